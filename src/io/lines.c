/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/lines.h"

#include "base/memory.h"
#include "base/number.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

sw_lines sw_lines_of(const sw_source *source) {
    const char *start = (const char *)source->bytes;
    return (sw_lines){source, start, start + source->size, 0, {start, 0}};
}

bool sw_lines_next(sw_lines *lines) {
    if (lines->cursor >= lines->end)
        return false;
    size_t left = (size_t)(lines->end - lines->cursor);
    const char *stop = memchr(lines->cursor, '\n', left);
    size_t length = stop ? (size_t)(stop - lines->cursor) : left;
    lines->line = (sw_span){lines->cursor, length};
    lines->cursor += stop ? length + 1 : length;
    if (length > 0 && lines->line.start[length - 1] == '\r')
        lines->line.length--;
    lines->number++;
    return true;
}

bool sw_lines_skip(sw_lines *lines, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!sw_lines_next(lines))
            return false;
    return true;
}

size_t sw_lines_left(const sw_lines *lines) {
    return (size_t)(lines->end - lines->cursor);
}

sw_status sw_lines_error(const sw_lines *lines, sw_span at, const char *hint, sw_error *error,
                         const char *format, ...) {
    char place[256], message[512];
    size_t number = lines->number > 0 ? lines->number : 1;
    if (at.start && at.start >= lines->line.start &&
        at.start <= lines->line.start + lines->line.length)
        snprintf(place, sizeof place, "%.200s:%zu:%zu", lines->source->name, number,
                 (size_t)(at.start - lines->line.start) + 1);
    else
        snprintf(place, sizeof place, "%.200s:%zu", lines->source->name, number);
    va_list arguments;
    va_start(arguments, format);
    sw_print_plain(message, sizeof message, format, arguments);
    va_end(arguments);
    sw_error_set(error, SW_ERROR_FORMAT, place, hint, "%s", message);
    sw_error_clean(error);
    return SW_ERROR_FORMAT;
}

bool sw_span_word(sw_span *word, sw_span *rest) {
    while (rest->length > 0 && is_blank(*rest->start)) {
        rest->start++;
        rest->length--;
    }
    word->start = rest->start;
    while (rest->length > 0 && !is_blank(*rest->start)) {
        rest->start++;
        rest->length--;
    }
    word->length = (size_t)(rest->start - word->start);
    return word->length > 0;
}

sw_span sw_span_trim(sw_span span) {
    while (span.length > 0 && is_blank(*span.start)) {
        span.start++;
        span.length--;
    }
    while (span.length > 0 && is_blank(span.start[span.length - 1]))
        span.length--;
    return span;
}

bool sw_span_is(sw_span span, const char *text) {
    return strlen(text) == span.length && memcmp(span.start, text, span.length) == 0;
}

bool sw_span_starts(sw_span span, const char *text) {
    size_t length = strlen(text);
    return span.length >= length && memcmp(span.start, text, length) == 0;
}

void sw_span_copy(char *text, size_t size, sw_span span) {
    size_t length = span.length < size ? span.length : size - 1;
    memcpy(text, span.start, length);
    text[length] = '\0';
}

char *sw_span_text(sw_span span) {
    char *text = span.length < SIZE_MAX ? sw_allocate(span.length + 1, 1) : NULL;
    if (text)
        memcpy(text, span.start, span.length);
    return text;
}

bool sw_span_number(double *value, sw_span span) {
    char text[64];
    if (span.length == 0 || span.length >= sizeof text || memchr(span.start, '\0', span.length))
        return false;
    sw_span_copy(text, sizeof text, span);
    if (sw_number_parse(value, text, NULL))
        return true;
    char *exponent = strpbrk(text, "dD");
    if (!exponent || exponent == text || strpbrk(text, "nNiI"))
        return false;
    *exponent = 'e';
    return sw_number_parse(value, text, NULL);
}

bool sw_span_count(size_t *value, sw_span span) {
    size_t number = 0;
    if (span.length == 0 || span.length > 18)
        return false;
    for (size_t i = 0; i < span.length; i++) {
        if (span.start[i] < '0' || span.start[i] > '9')
            return false;
        number = number * 10 + (size_t)(span.start[i] - '0');
    }
    *value = number;
    return true;
}

static sw_status take_number(double *value, bool finite, const sw_lines *lines, sw_span *rest,
                             const char *what, sw_error *error) {
    sw_span word;
    if (!sw_span_word(&word, rest))
        return sw_lines_error(lines, word, "the line is too short; the file may be cut off", error,
                              "expected %s, found the end of the line", what);
    if (!sw_span_number(value, word) || (finite && !isfinite(*value)))
        return sw_lines_error(lines, word, "write a decimal number such as 1.25 or 3e-4", error,
                              "expected %s, found \"%.*s\"", what, SW_SHOWN(word));
    return SW_OK;
}

sw_status sw_lines_number(double *value, const sw_lines *lines, sw_span *rest, const char *what,
                          sw_error *error) {
    return take_number(value, true, lines, rest, what, error);
}

sw_status sw_lines_value(double *value, const sw_lines *lines, sw_span *rest, const char *what,
                         sw_error *error) {
    return take_number(value, false, lines, rest, what, error);
}

sw_status sw_lines_numbers(double *values, size_t count, const sw_lines *lines, sw_span *rest,
                           const char *what, sw_error *error) {
    for (size_t i = 0; i < count; i++) {
        sw_status status = sw_lines_number(&values[i], lines, rest, what, error);
        if (status != SW_OK)
            return status;
    }
    return SW_OK;
}
