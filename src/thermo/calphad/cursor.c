/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thermo/calphad/cursor.h"

#include "base/number.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void step(sw_calphad_cursor *cursor) {
    if (*cursor->at == '\n') {
        cursor->line++;
        cursor->line_start = cursor->at + 1;
    }
    cursor->at++;
}

static bool is_blank(char byte) {
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

char sw_calphad_peek(sw_calphad_cursor *cursor) {
    while (cursor->at < cursor->end) {
        if (*cursor->at == '$')
            while (cursor->at < cursor->end && *cursor->at != '\n')
                cursor->at++;
        else if (is_blank(*cursor->at) || *cursor->at == '\0')
            step(cursor);
        else
            return *cursor->at;
    }
    return '\0';
}

bool sw_calphad_take(sw_calphad_cursor *cursor, char byte) {
    if (sw_calphad_peek(cursor) != byte || byte == '\0')
        return false;
    step(cursor);
    return true;
}

bool sw_calphad_at_end(sw_calphad_cursor *cursor) {
    const char byte = sw_calphad_peek(cursor);
    return byte == '!' || byte == '\0';
}

void sw_calphad_skip_statement(sw_calphad_cursor *cursor) {
    while (!sw_calphad_at_end(cursor))
        step(cursor);
    sw_calphad_take(cursor, '!');
}

static char capital(char byte) {
    return byte >= 'a' && byte <= 'z' ? (char)(byte - 'a' + 'A') : byte;
}

bool sw_calphad_word(char word[CALPHAD_NAME], sw_calphad_cursor *cursor, const char *stops,
                     const char *what) {
    sw_calphad_peek(cursor);
    size_t length = 0;
    const char *at = cursor->at;
    for (; at < cursor->end && *at && !is_blank(*at) && *at != '!' && *at != '$' &&
           !strchr(stops, *at);
         at++) {
        if (length == CALPHAD_NAME - 1)
            return sw_calphad_fail(cursor, SW_ERROR_FORMAT, "names have at most 31 characters",
                                   "expected %s, found a longer word: %.40s", what, cursor->at);
        word[length++] = capital(*at);
    }
    word[length] = '\0';
    if (length == 0)
        return sw_calphad_fail(cursor, SW_ERROR_FORMAT, "a statement ends with '!'",
                               "expected %s, found '%.12s'", what, cursor->at);
    cursor->at = at;
    return true;
}

bool sw_calphad_number(double *value, sw_calphad_cursor *cursor, const char *what) {
    const char first = sw_calphad_peek(cursor);
    const char *end;
    const bool begins =
        (first >= '0' && first <= '9') || first == '.' || first == '+' || first == '-';
    if (!begins || !sw_number_parse(value, cursor->at, &end) || end > cursor->end)
        return sw_calphad_fail(cursor, SW_ERROR_FORMAT, "numbers look like -1.5E+3",
                               "expected %s, found '%.12s'", what, cursor->at);
    cursor->at = end;
    return true;
}

void sw_calphad_place(char place[256], const sw_calphad_cursor *cursor) {
    snprintf(place, 256, "%.200s:%zu:%zu", cursor->source, cursor->line,
             (size_t)(cursor->at - cursor->line_start) + 1);
}

bool sw_calphad_fail(const sw_calphad_cursor *cursor, sw_status code, const char *hint,
                     const char *format, ...) {
    char place[256], message[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    for (char *byte = message; *byte; byte++)
        if (*byte == '\n' || *byte == '\r')
            *byte = ' ';
    sw_calphad_place(place, cursor);
    sw_error_set(cursor->error, code, place, hint, "%s", message);
    return false;
}
