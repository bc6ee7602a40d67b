/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text of a source, line by line and word by word, with the place for messages. */
#ifndef SPILLWAY_IO_LINES_H
#define SPILLWAY_IO_LINES_H

#include "io/source.h"

/* A piece of the source; not zero-terminated. */
typedef struct sw_span {
    const char *start;
    size_t length;
} sw_span;

/* "%.*s" arguments that show at most 40 characters of a span. */
#define SW_SHOWN(span) (int)((span).length < 40 ? (span).length : 40), (span).start

typedef struct sw_lines {
    const sw_source *source;
    const char *cursor, *end;
    size_t number; /* of the current line, from 1; 0 before the first */
    sw_span line;  /* the current line without its end */
} sw_lines;

sw_lines sw_lines_of(const sw_source *source);
/* Goes to the next line; false, and the place stays the end of the file, when there is none. */
bool sw_lines_next(sw_lines *lines);
/* Skips `count` lines without looking at them; false where the file ends before. */
bool sw_lines_skip(sw_lines *lines, size_t count);
size_t sw_lines_left(const sw_lines *lines); /* bytes after the current line */

/* Format error at the current line, and at the column of `at` where at.start is not NULL. */
sw_status sw_lines_error(const sw_lines *lines, sw_span at, const char *hint, sw_error *error,
                         const char *format, ...) SW_PRINTF(5, 6);

/* Takes the next blank-separated word off the front of *rest. */
bool sw_span_word(sw_span *word, sw_span *rest);
sw_span sw_span_trim(sw_span span);
bool sw_span_is(sw_span span, const char *text);
bool sw_span_starts(sw_span span, const char *text);
/* Copies the span, cut where it does not fit, with a closing zero. */
void sw_span_copy(char *text, size_t size, sw_span span);
/* The span as zero-terminated text of the caller's; NULL where there is no memory. */
char *sw_span_text(sw_span span);
/* The whole span as a number; Fortran's 1.0d0 counts. */
bool sw_span_number(double *value, sw_span span);
/* The whole span as a whole number without sign. */
bool sw_span_count(size_t *value, sw_span span);

/* Takes the next word as a finite number; `what` names it in the message. */
SW_MUST_USE sw_status sw_lines_number(double *value, const sw_lines *lines, sw_span *rest,
                                      const char *what, sw_error *error);
/* The same where nan and inf are values too. */
SW_MUST_USE sw_status sw_lines_value(double *value, const sw_lines *lines, sw_span *rest,
                                     const char *what, sw_error *error);
/* Takes `count` finite numbers. */
SW_MUST_USE sw_status sw_lines_numbers(double *values, size_t count, const sw_lines *lines,
                                       sw_span *rest, const char *what, sw_error *error);

#endif
