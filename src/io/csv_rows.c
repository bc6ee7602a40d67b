/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/csv_rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void append_quoted(sw_text *text, const char *cell) {
    sw_text_append_bytes(text, "\"", 1);
    for (; *cell != '\0'; cell++)
        sw_text_append_bytes(text, *cell == '"' ? "\"\"" : cell, *cell == '"' ? 2 : 1);
    sw_text_append_bytes(text, "\"", 1);
}

/* A name that ends like a unit is followed by [] so that it is not split when it is read. */
static void append_name(sw_text *text, const char *name, const char *unit) {
    sw_text title = {0};
    size_t length = strlen(name);
    char last = length > 0 ? name[length - 1] : '\0';
    bool like_unit = last == ']' || last == ')' || strchr(name, '/') != NULL;
    sw_text_append_bytes(&title, name, length);
    if (unit[0] != '\0' || like_unit)
        sw_text_append(&title, " [%s]", unit);
    char *bytes = sw_text_take(&title);
    if (bytes == NULL)
        text->failed = true;
    else if (strpbrk(bytes, ",;\"\t\n\r#%") != NULL || bytes[0] == ' ')
        append_quoted(text, bytes);
    else
        sw_text_append_bytes(text, bytes, strlen(bytes));
    free(bytes);
}

void sw_csv_append_names(sw_text *text, const sw_table *table) {
    for (size_t column = 0; column < sw_table_columns(table); column++) {
        sw_text_append_bytes(text, ",", column > 0);
        append_name(text, sw_table_name(table, column), sw_table_unit(table, column));
    }
    sw_text_append_bytes(text, "\n", 1);
}

/* A text column is quoted throughout, which is how it is known again. */
static void append_cell(sw_text *text, const sw_table *table, size_t row, size_t column) {
    if (sw_table_is_text(table, column)) {
        append_quoted(text, sw_table_text(table, row, column));
        return;
    }
    double value = sw_table_numbers_const(table, column)[row];
    if (!isnan(value))
        sw_text_append_number(text, value);
    else if (sw_table_columns(table) == 1)
        sw_text_append_bytes(text, "nan", 3);
}

void sw_csv_append_row(sw_text *text, const sw_table *table, size_t row) {
    for (size_t column = 0; column < sw_table_columns(table); column++) {
        sw_text_append_bytes(text, ",", column > 0);
        append_cell(text, table, row, column);
    }
    sw_text_append_bytes(text, "\n", 1);
}
