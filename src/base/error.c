/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <spillway/base.h>

#include "base/number.h"

#include <stdarg.h>
#include <string.h>

static const char *const status_names[] = {
    [SW_OK] = "success",
    [SW_ERROR_MEMORY] = "memory error",
    [SW_ERROR_ARGUMENT] = "argument error",
    [SW_ERROR_FILE] = "file error",
    [SW_ERROR_FORMAT] = "format error",
    [SW_ERROR_MODEL] = "model error",
    [SW_ERROR_UNIT] = "unit error",
    [SW_ERROR_NOT_FOUND] = "not found",
    [SW_ERROR_NUMERIC] = "numeric error",
    [SW_ERROR_UNSUPPORTED] = "not supported",
    [SW_ERROR_CANCELLED] = "cancelled",
};

const char *sw_status_name(sw_status status) {
    size_t index = (size_t)status;
    if (index >= sizeof status_names / sizeof *status_names)
        return "unknown status";
    return status_names[index];
}

/* Closes a text that was cut at `size` bytes with "...", never inside a UTF-8 character. */
static void mark_cut(char *text, size_t size) {
    size_t end = size - 4;
    while (end > 0 && ((unsigned char)text[end] & 0xC0) == 0x80)
        end--;
    memcpy(text + end, "...", 4);
}

static void copy_cut(char *target, size_t size, const char *text) {
    size_t length = text ? strlen(text) : 0;
    size_t kept = length < size ? length : size - 1;
    /* the texts of the error itself may be passed in again, to add to them */
    if (kept > 0)
        memmove(target, text, kept);
    target[kept] = '\0';
    if (length >= size)
        mark_cut(target, size);
}

sw_status sw_error_set(sw_error *error, sw_status code, const char *place, const char *hint,
                       const char *format, ...) {
    if (!error)
        return code;

    char message[sizeof error->message];
    va_list arguments;
    va_start(arguments, format);
    int length = sw_print_plain(message, sizeof message, format, arguments);
    va_end(arguments);
    if (length < 0)
        message[0] = '\0';
    else if ((size_t)length >= sizeof message)
        mark_cut(message, sizeof message);

    error->code = code;
    memcpy(error->message, message, sizeof message);
    copy_cut(error->place, sizeof error->place, place);
    copy_cut(error->hint, sizeof error->hint, hint);
    return code;
}
