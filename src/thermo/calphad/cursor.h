/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A place in the text of a database. Statements end with '!'; '$' begins a comment to the end of the
 * line, anywhere. Names are read in capitals.
 */
#ifndef SPILLWAY_THERMO_CALPHAD_CURSOR_H
#define SPILLWAY_THERMO_CALPHAD_CURSOR_H

#include "thermo/calphad/names.h"

#include <spillway/base.h>

typedef struct calphad_cursor {
    const char *at, *end; /* *end is a zero byte */
    const char *line_start;
    size_t line; /* from 1 */
    const char *source;
    sw_error *error;
} calphad_cursor;

/* Skips blanks and comments; the byte there, 0 at the end of the text. */
char calphad_peek(calphad_cursor *cursor);
/* Skips blanks and one byte, where it is `byte`; else nothing but blanks. */
bool calphad_take(calphad_cursor *cursor, char byte);
/* Whether the statement is at its end. */
bool calphad_at_end(calphad_cursor *cursor);
/* Goes behind the next '!', or to the end of the text. */
void calphad_skip_statement(calphad_cursor *cursor);

/* A word up to a blank or one of the `stops`; false (and an error) where it is empty or longer than
 * CALPHAD_NAME - 1. `what` names it in the error: "the name of a phase". */
bool calphad_word(char word[CALPHAD_NAME], calphad_cursor *cursor, const char *stops,
                  const char *what);
/* A number, with its sign. */
bool calphad_number(double *value, calphad_cursor *cursor, const char *what);

/* "source:line:column" of the place. */
void calphad_place(char place[256], const calphad_cursor *cursor);
/* Fills the error of the cursor with its place; returns false. */
bool calphad_fail(const calphad_cursor *cursor, sw_status code, const char *hint,
                  const char *format, ...) SW_PRINTF(4, 5);

#endif
