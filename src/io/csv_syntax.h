/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records and cells of delimited text (RFC 4180 quoting; a blank as delimiter stands for any run
 * of blanks). */
#ifndef SPILLWAY_IO_CSV_SYNTAX_H
#define SPILLWAY_IO_CSV_SYNTAX_H

#include "io/lines.h"

typedef struct sw_csv_cell {
    sw_span text; /* trimmed; without the quotes, but with doubled quotes inside */
    bool quoted;
} sw_csv_cell;

typedef struct sw_csv_record {
    sw_lines lines; /* stands on the last line of the record */
    size_t line;    /* where the record begins */
    char delimiter;
    sw_csv_cell *cells;
    size_t count, capacity;
} sw_csv_record;

enum { SW_CSV_COLUMNS_MAX = 4096 };

/* A cursor before the first record, behind a UTF-8 byte order mark. */
sw_csv_record sw_csv_records_of(const sw_source *source, char delimiter);
void sw_csv_clear(sw_csv_record *record);
/* Goes to the next record that is neither blank nor a comment; *found is false at the end. */
SW_MUST_USE sw_status sw_csv_next(sw_csv_record *record, bool *found, sw_error *error);
/* True for a line that begins with # or with %. */
bool sw_csv_is_comment(sw_span line);
/* A comment without the signs that begin it. */
sw_span sw_csv_commented(sw_span line);
/* Splits one line that is no record by itself (a commented header). */
SW_MUST_USE sw_status sw_csv_split(sw_csv_record *record, sw_span line, sw_error *error);
/* The cell as text of the caller's, doubled quotes resolved; NULL where there is no memory. */
char *sw_csv_text(const sw_csv_cell *cell);
/* "", NA, nan, null, "-", "--", "?": no value. Never a quoted text. */
bool sw_csv_missing(const sw_csv_cell *cell);
bool sw_csv_number(double *value, const sw_csv_cell *cell, bool decimal_comma);

#endif
