/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/csv.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void write_quoted(sw_sink *sink, const char *text) {
    sw_sink_write(sink, "\"", 1);
    for (const char *c = text; *c; c++)
        sw_sink_write(sink, *c == '"' ? "\"\"" : c, *c == '"' ? 2 : 1);
    sw_sink_write(sink, "\"", 1);
}

/* A name that ends like a unit is followed by [] so that it is not split when it is read. */
static void write_name(sw_sink *sink, const char *name, const char *unit) {
    char title[512];
    size_t length = strlen(name);
    char last = length > 0 ? name[length - 1] : '\0';
    bool like_unit = last == ']' || last == ')' || strchr(name, '/');
    if (*unit || like_unit)
        snprintf(title, sizeof title, "%.255s [%.200s]", name, unit);
    else
        snprintf(title, sizeof title, "%.500s", name);
    if (strpbrk(title, ",;\"\t\n\r#%") || *title == ' ')
        write_quoted(sink, title);
    else
        sw_sink_write(sink, title, strlen(title));
}

/* A text column is quoted throughout, which is how it is known again. */
static void write_cell(sw_sink *sink, const sw_table *table, size_t row, size_t column) {
    if (sw_table_is_text(table, column)) {
        write_quoted(sink, sw_table_text(table, row, column));
        return;
    }
    double value = sw_table_numbers_const(table, column)[row];
    if (!isnan(value))
        sw_sink_number(sink, value);
    else if (sw_table_columns(table) == 1)
        sw_sink_write(sink, "nan", 3); /* an empty line would be no row */
}

sw_status sw_csv_write(sw_sink *sink, const sw_table *table, sw_error *error) {
    size_t columns = sw_table_columns(table);
    if (columns == 0)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "table", "add a column first",
                            "a table without columns cannot be written as CSV");
    for (size_t i = 0; i < columns; i++) {
        sw_sink_write(sink, ",", i > 0);
        write_name(sink, sw_table_name(table, i), sw_table_unit(table, i));
    }
    sw_sink_write(sink, "\n", 1);
    for (size_t row = 0; row < sw_table_rows(table); row++) {
        for (size_t i = 0; i < columns; i++) {
            sw_sink_write(sink, ",", i > 0);
            write_cell(sink, table, row, i);
        }
        sw_sink_write(sink, "\n", 1);
    }
    return SW_OK;
}
