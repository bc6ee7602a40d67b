/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A place in the text of a database. Statements end with '!'; '$' begins a comment to the end of the
 * line, anywhere. Names are read in capitals.
 */
#ifndef SPILLWAY_THERMO_CALPHAD_CURSOR_H
#define SPILLWAY_THERMO_CALPHAD_CURSOR_H

#include "thermo/calphad/names.h"

#include <spillway/base.h>

typedef struct sw_calphad_cursor {
    const char *at, *end; /* *end is a zero byte */
    const char *line_start;
    size_t line; /* from 1 */
    const char *source;
    sw_error *error;
} sw_calphad_cursor;

/* Skips blanks and comments; the byte there, 0 at the end of the text. */
char sw_calphad_peek(sw_calphad_cursor *cursor);
/* Skips blanks and one byte, where it is `byte`; else nothing but blanks. */
bool sw_calphad_take(sw_calphad_cursor *cursor, char byte);
/* Whether the statement is at its end. */
bool sw_calphad_at_end(sw_calphad_cursor *cursor);
/* Goes behind the next '!', or to the end of the text. */
void sw_calphad_skip_statement(sw_calphad_cursor *cursor);

/* A word up to a blank or one of the `stops`; false (and an error) where it is empty or longer than
 * CALPHAD_NAME - 1. `what` names it in the error: "the name of a phase". */
bool sw_calphad_word(char word[CALPHAD_NAME], sw_calphad_cursor *cursor, const char *stops,
                     const char *what);
/* A number, with its sign. */
bool sw_calphad_number(double *value, sw_calphad_cursor *cursor, const char *what);

/* "source:line:column" of the place. */
void sw_calphad_place(char place[256], const sw_calphad_cursor *cursor);
/* Fills the error of the cursor with its place; returns false. */
bool sw_calphad_fail(const sw_calphad_cursor *cursor, sw_status code, const char *hint,
                     const char *format, ...) SW_PRINTF(4, 5);

#endif
