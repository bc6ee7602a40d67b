/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lines of a CSV file as spillway writes it, for whoever writes a table at once or row by row:
 * a text column is quoted throughout, a missing value is an empty cell ("nan" in a table of one
 * column, where an empty line would be no row), `name []` is a name that ends like a unit.
 */
#ifndef SPILLWAY_IO_CSV_ROWS_H
#define SPILLWAY_IO_CSV_ROWS_H

#include "base/text.h"

#include <spillway/data.h>

/* Appends the line of names and units, with its line feed. */
void sw_csv_append_names(sw_text *text, const sw_table *table);
/* Appends one row, with its line feed. */
void sw_csv_append_row(sw_text *text, const sw_table *table, size_t row);

#endif
