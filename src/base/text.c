/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include "base/memory.h"
#include "base/number.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Makes room for `size` more bytes and the closing zero. */
static bool make_room(sw_text *text, size_t size) {
    if (text->failed)
        return false;
    if (size >= SIZE_MAX - text->length ||
        !sw_reserve(&text->bytes, &text->capacity, text->length + size + 1, 1))
        text->failed = true;
    return !text->failed;
}

void sw_text_append_bytes(sw_text *text, const void *bytes, size_t size) {
    if (!make_room(text, size))
        return;
    if (size > 0)
        memcpy(text->bytes + text->length, bytes, size);
    text->length += size;
    text->bytes[text->length] = '\0';
}

void sw_text_append(sw_text *text, const char *format, ...) {
    char buffer[256];
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = sw_print_plain(buffer, sizeof buffer, format, arguments);
    if (length < 0) {
        text->failed = true;
    } else if ((size_t)length < sizeof buffer) {
        sw_text_append_bytes(text, buffer, (size_t)length);
    } else if (make_room(text, (size_t)length)) {
        sw_print_plain(text->bytes + text->length, (size_t)length + 1, format, again);
        text->length += (size_t)length;
    }
    va_end(again);
    va_end(arguments);
}

void sw_text_append_number(sw_text *text, double value) {
    char buffer[SW_NUMBER_SIZE];
    sw_number_print(buffer, value);
    sw_text_append_bytes(text, buffer, strlen(buffer));
}

char *sw_text_take(sw_text *text) {
    sw_text_append_bytes(text, "", 0);
    if (text->failed) {
        sw_text_clear(text);
        return NULL;
    }
    char *bytes = text->bytes;
    *text = (sw_text){0};
    return bytes;
}

void sw_text_clear(sw_text *text) {
    free(text->bytes);
    *text = (sw_text){0};
}
