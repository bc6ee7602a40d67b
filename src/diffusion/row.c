/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diffusion/row.h"

#include "data/headline.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

void sw_row_add(sw_row *row, double value, const char *unit, const char *format, ...) {
    va_list arguments;
    if (row->count >= SW_ROW_COLUMNS)
        return;
    va_start(arguments, format);
    vsnprintf(row->column[row->count].name, SW_ROW_NAME, format, arguments);
    va_end(arguments);
    row->column[row->count].unit = unit;
    row->column[row->count].help = NULL;
    row->column[row->count++].value = value;
}

void sw_row_show(sw_row *row, const char *help) {
    row->column[row->count - 1].help = help;
}

sw_status sw_row_describe(sw_table *series, const sw_row *row) {
    sw_status status = SW_OK;
    for (size_t i = 0; i < row->count && status == SW_OK; i++)
        status = sw_table_add_column(series, row->column[i].name, row->column[i].unit);
    return status;
}

sw_status sw_row_write_numbers(sw_table *table, const double *values, size_t count) {
    size_t row;
    const sw_status status = sw_table_add_row(table, &row);
    for (size_t i = 0; i < count && status == SW_OK; i++)
        sw_table_numbers(table, i)[row] = values[i];
    return status;
}

sw_status sw_row_write(sw_table *series, const sw_row *row) {
    double values[SW_ROW_COLUMNS];
    for (size_t i = 0; i < row->count; i++)
        values[i] = row->column[i].value;
    return sw_row_write_numbers(series, values, row->count);
}

sw_status sw_row_headline(sw_table *table, const sw_row *row) {
    sw_headline list[SW_ROW_COLUMNS];
    size_t count = 0;
    for (size_t i = 0; i < row->count; i++) {
        if (row->column[i].help == NULL || isnan(row->column[i].value))
            continue;
        list[count] = (sw_headline){.value = row->column[i].value,
                                    .spread = NAN,
                                    .unit = row->column[i].unit,
                                    .help = row->column[i].help};
        snprintf(list[count].name, sizeof list[count].name, "%.*s",
                 (int)sizeof list[count].name - 1, row->column[i].name);
        count++;
    }
    return sw_headline_fill(table, list, count);
}
