/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/writer.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/number_text.h"

void sw_writer_clear(sw_writer *writer) {
    free(writer->text);
    *writer = (sw_writer){0};
}

sw_status sw_writer_take(char **text, size_t *size, sw_writer *writer, sw_error *error) {
    *text = NULL;
    sw_writer_add(writer, "");
    if (writer->failed) {
        sw_writer_clear(writer);
        return sw_error_set(error, SW_ERROR_MEMORY, "report", "free some memory and try again",
                            "not enough memory for the text of the page");
    }
    *text = writer->text;
    if (size != NULL) {
        *size = writer->size;
    }
    *writer = (sw_writer){0};
    return SW_OK;
}

static bool make_room(sw_writer *writer, size_t size) {
    if (writer->failed || size > SIZE_MAX / 4 - writer->size) {
        writer->failed = true;
        return false;
    }
    size_t needed = writer->size + size + 1;
    if (needed <= writer->capacity) {
        return true;
    }
    size_t capacity = needed < 512 ? 1024 : 2 * needed;
    char *text = realloc(writer->text, capacity);
    if (text == NULL) {
        writer->failed = true;
        return false;
    }
    writer->text = text;
    writer->capacity = capacity;
    return true;
}

void sw_writer_bytes(sw_writer *writer, const void *bytes, size_t size) {
    if (!make_room(writer, size)) {
        return;
    }
    if (size > 0) {
        memcpy(writer->text + writer->size, bytes, size);
    }
    writer->size += size;
    writer->text[writer->size] = '\0';
}

void sw_writer_add(sw_writer *writer, const char *text) {
    sw_writer_bytes(writer, text, strlen(text));
}

void sw_writer_format(sw_writer *writer, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0) {
        writer->failed = true;
    } else if (make_room(writer, (size_t)length)) {
        vsnprintf(writer->text + writer->size, (size_t)length + 1, format, again);
        writer->size += (size_t)length;
    }
    va_end(again);
}

static bool is_continuation(char byte) {
    return ((unsigned char)byte & 0xC0u) == 0x80u;
}

/* XML 1.0 admits neither surrogates nor U+FFFE, U+FFFF. */
static bool is_allowed_three(unsigned char first, unsigned char second, unsigned char third) {
    bool overlong = first == 0xE0 && second < 0xA0;
    bool surrogate = first == 0xED && second >= 0xA0;
    bool not_a_character = first == 0xEF && second == 0xBF && third >= 0xBE;
    return !overlong && !surrogate && !not_a_character;
}

static bool is_allowed_four(unsigned char first, unsigned char second) {
    return !(first == 0xF0 && second < 0x90) && !(first == 0xF4 && second >= 0x90);
}

size_t sw_utf8_length(const char *text) {
    unsigned char first = (unsigned char)text[0];
    if (first == 0) {
        return 0;
    }
    if (first < 0x80) {
        return 1;
    }
    size_t length = first >= 0xC2 && first < 0xE0   ? 2
                    : first >= 0xE0 && first < 0xF0 ? 3
                    : first >= 0xF0 && first < 0xF5 ? 4
                                                    : 0;
    for (size_t i = 1; i < length; i++) {
        if (!is_continuation(text[i])) {
            return 0;
        }
    }
    unsigned char second = (unsigned char)text[length > 1 ? 1 : 0];
    if (length == 3 && !is_allowed_three(first, second, (unsigned char)text[2])) {
        return 0;
    }
    if (length == 4 && !is_allowed_four(first, second)) {
        return 0;
    }
    return length;
}

static const char *entity(char character) {
    switch (character) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

void sw_writer_escaped(sw_writer *writer, const char *text) {
    if (text == NULL) {
        return;
    }
    while (*text != '\0') {
        size_t length = sw_utf8_length(text);
        if (length == 0) {
            sw_writer_add(writer, "\xEF\xBF\xBD");
            text++;
            continue;
        }
        bool control = length == 1 && ((unsigned char)*text < 0x20 || *text == 0x7F);
        if (length == 1 && entity(*text) != NULL) {
            sw_writer_add(writer, entity(*text));
        } else if (!control) {
            sw_writer_bytes(writer, text, length);
        } else if (*text == '\n' || *text == '\t') {
            sw_writer_bytes(writer, text, 1);
        }
        text += length;
    }
}

void sw_writer_json(sw_writer *writer, const char *text) {
    sw_writer_add(writer, "\"");
    while (text != NULL && *text != '\0') {
        size_t length = sw_utf8_length(text);
        unsigned char first = (unsigned char)*text;
        if (length == 0) {
            sw_writer_add(writer, "\\ufffd");
            length = 1;
        } else if (length == 1 && (first < 0x20 || strchr("\"\\<>&\x7f", first) != NULL)) {
            /* "<" too: neither "</script" nor "<!--" can then end the element early */
            sw_writer_format(writer, "\\u%04x", first);
        } else {
            sw_writer_bytes(writer, text, length);
        }
        text += length;
    }
    sw_writer_add(writer, "\"");
}

void sw_writer_coordinate(sw_writer *writer, double value) {
    if (!isfinite(value) || fabs(value) > 1e9) {
        value = 0;
    }
    long long hundredths = llround(value * 100);
    const char *sign = hundredths < 0 ? "-" : "";
    long long size = llabs(hundredths);
    if (size % 100 == 0) {
        sw_writer_format(writer, "%s%lld", sign, size / 100);
    } else if (size % 10 == 0) {
        sw_writer_format(writer, "%s%lld.%lld", sign, size / 100, size / 10 % 10);
    } else {
        sw_writer_format(writer, "%s%lld.%02lld", sign, size / 100, size % 100);
    }
}

void sw_writer_json_number(sw_writer *writer, double value) {
    char text[SW_NUMBER_SIZE];
    if (!isfinite(value)) {
        sw_writer_add(writer, "null");
        return;
    }
    sw_number_plain(text, value, 9);
    sw_writer_add(writer, text);
}

void sw_writer_base64(sw_writer *writer, const void *bytes, size_t size) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *source = bytes;
    if (size > SIZE_MAX / 4 || !make_room(writer, (size + 2) / 3 * 4)) {
        writer->failed = true;
        return;
    }
    char *out = writer->text + writer->size;
    for (size_t i = 0; i < size; i += 3) {
        size_t left = size - i;
        uint32_t group = (uint32_t)source[i] << 16;
        group |= left > 1 ? (uint32_t)source[i + 1] << 8 : 0;
        group |= left > 2 ? (uint32_t)source[i + 2] : 0;
        *out++ = digits[group >> 18];
        *out++ = digits[(group >> 12) & 63];
        *out++ = left > 1 ? digits[(group >> 6) & 63] : '=';
        *out++ = left > 2 ? digits[group & 63] : '=';
    }
    *out = '\0';
    writer->size = (size_t)(out - writer->text);
}
