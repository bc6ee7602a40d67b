/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <spillway/data.h>

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct table_column {
    char *name;
    char *unit;
    bool is_text;
    double *numbers; /* [rows], NULL in a text column */
    char **texts;    /* [rows], NULL for "", NULL in a number column */
    size_t capacity;
} table_column;

struct sw_table {
    size_t rows;
    size_t columns, column_capacity;
    table_column *column;
    char *source;
    size_t *line; /* [line_capacity], 0 where not known; NULL where none is */
    size_t line_capacity;
};

sw_status sw_table_create(sw_table **table) {
    *table = sw_allocate(1, sizeof **table);
    return *table ? SW_OK : SW_ERROR_MEMORY;
}

static void clear_column(table_column *column, size_t rows) {
    for (size_t row = 0; column->texts && row < rows; row++)
        free(column->texts[row]);
    free(column->texts);
    free(column->numbers);
    free(column->unit);
    free(column->name);
}

void sw_table_destroy(sw_table *table) {
    if (!table)
        return;
    for (size_t i = 0; i < table->columns; i++)
        clear_column(&table->column[i], table->rows);
    free(table->column);
    free(table->source);
    free(table->line);
    free(table);
}

/* Makes room for `rows` rows; those beyond table->rows are NaN or "". */
static bool reserve_rows(table_column *column, size_t rows, size_t used) {
    if (column->is_text)
        return sw_reserve(&column->texts, &column->capacity, rows, sizeof *column->texts);
    if (!sw_reserve(&column->numbers, &column->capacity, rows, sizeof *column->numbers))
        return false;
    for (size_t row = used; row < rows; row++)
        column->numbers[row] = NAN;
    return true;
}

static sw_status add_column(sw_table *table, const char *name, const char *unit, bool is_text) {
    if (!name || name[0] == '\0' || sw_table_find(table, name) >= 0)
        return SW_ERROR_ARGUMENT;
    if (!sw_reserve(&table->column, &table->column_capacity, table->columns + 1,
                    sizeof *table->column))
        return SW_ERROR_MEMORY;

    table_column added = {.is_text = is_text};
    added.name = sw_duplicate_text(name);
    added.unit = sw_duplicate_text(unit ? unit : "");
    /* room for one row more than there are, so that the array of an empty column is not NULL */
    if (!added.name || !added.unit || !reserve_rows(&added, table->rows + 1, 0)) {
        clear_column(&added, 0);
        return SW_ERROR_MEMORY;
    }
    table->column[table->columns++] = added;
    return SW_OK;
}

sw_status sw_table_add_column(sw_table *table, const char *name, const char *unit) {
    return add_column(table, name, unit, false);
}

sw_status sw_table_add_text_column(sw_table *table, const char *name) {
    return add_column(table, name, "", true);
}

sw_status sw_table_add_row(sw_table *table, size_t *row) {
    for (size_t i = 0; i < table->columns; i++)
        if (!reserve_rows(&table->column[i], table->rows + 1, table->rows))
            return SW_ERROR_MEMORY;
    if (row)
        *row = table->rows;
    table->rows++;
    return SW_OK;
}

size_t sw_table_rows(const sw_table *table) {
    return table->rows;
}

size_t sw_table_columns(const sw_table *table) {
    return table->columns;
}

ptrdiff_t sw_table_find(const sw_table *table, const char *name) {
    for (size_t i = 0; i < table->columns; i++)
        if (strcmp(table->column[i].name, name) == 0)
            return (ptrdiff_t)i;
    return -1;
}

const char *sw_table_name(const sw_table *table, size_t column) {
    return column < table->columns ? table->column[column].name : "";
}

const char *sw_table_unit(const sw_table *table, size_t column) {
    return column < table->columns ? table->column[column].unit : "";
}

bool sw_table_is_text(const sw_table *table, size_t column) {
    return column < table->columns && table->column[column].is_text;
}

double *sw_table_numbers(sw_table *table, size_t column) {
    return column < table->columns ? table->column[column].numbers : NULL;
}

const double *sw_table_numbers_const(const sw_table *table, size_t column) {
    return column < table->columns ? table->column[column].numbers : NULL;
}

static bool is_text_cell(const sw_table *table, size_t row, size_t column) {
    return row < table->rows && sw_table_is_text(table, column);
}

const char *sw_table_text(const sw_table *table, size_t row, size_t column) {
    const char *text = is_text_cell(table, row, column) ? table->column[column].texts[row] : NULL;
    return text ? text : "";
}

sw_status sw_table_set_text(sw_table *table, size_t row, size_t column, const char *text) {
    if (!is_text_cell(table, row, column))
        return SW_ERROR_ARGUMENT;
    char *copy = sw_duplicate_text(text);
    if (text && !copy)
        return SW_ERROR_MEMORY;
    free(table->column[column].texts[row]);
    table->column[column].texts[row] = copy;
    return SW_OK;
}

sw_status sw_table_set_source(sw_table *table, const char *name) {
    char *copy = sw_duplicate_text(name);
    if (name && !copy)
        return SW_ERROR_MEMORY;
    free(table->source);
    table->source = copy;
    return SW_OK;
}

const char *sw_table_source(const sw_table *table) {
    return table->source ? table->source : "";
}

sw_status sw_table_set_line(sw_table *table, size_t row, size_t line) {
    if (row >= table->rows)
        return SW_ERROR_ARGUMENT;
    if (!sw_reserve(&table->line, &table->line_capacity, row + 1, sizeof *table->line))
        return SW_ERROR_MEMORY;
    table->line[row] = line;
    return SW_OK;
}

size_t sw_table_line(const sw_table *table, size_t row) {
    return row < table->line_capacity ? table->line[row] : 0;
}
