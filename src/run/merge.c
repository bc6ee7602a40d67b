/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/merge.h"

#include "base/memory.h"
#include "run/mean_and_spread.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static sw_status check_columns(const sw_table *const *tables, size_t count, sw_error *error) {
    for (size_t i = 1; i < count; i++) {
        bool same = sw_table_columns(tables[i]) == sw_table_columns(tables[0]);
        for (size_t column = 0; same && column < sw_table_columns(tables[0]); column++)
            same = strcmp(sw_table_name(tables[i], column), sw_table_name(tables[0], column)) == 0;
        if (!same)
            return sw_error_set(error, SW_ERROR_ARGUMENT, "series",
                                "remove the folder and run all replicas anew",
                                "replica %zu has other columns than the first", i + 1);
    }
    return SW_OK;
}

static size_t most_rows(const sw_table *const *tables, size_t count) {
    size_t rows = 0;
    for (size_t i = 0; i < count; i++)
        if (sw_table_rows(tables[i]) > rows)
            rows = sw_table_rows(tables[i]);
    return rows;
}

static sw_status add_columns(sw_table *merged, const sw_table *first) {
    char name[512];
    sw_status status = SW_OK;
    for (size_t column = 0; status == SW_OK && column < sw_table_columns(first); column++) {
        const char *source = sw_table_name(first, column);
        if (sw_table_is_text(first, column)) {
            status = sw_table_add_text_column(merged, source);
            continue;
        }
        const char *unit = sw_table_unit(first, column);
        status = sw_table_add_column(merged, source, unit);
        snprintf(name, sizeof name, "%.480s spread", source);
        if (status == SW_OK)
            status = sw_table_add_column(merged, name, unit);
    }
    return status;
}

/* The values of one cell over the tables that have the row; NaN for the others. */
static void gather(double *values, const sw_table *const *tables, size_t count, size_t column,
                   size_t row) {
    for (size_t i = 0; i < count; i++) {
        const double *numbers = sw_table_numbers_const(tables[i], column);
        values[i] = numbers != NULL && row < sw_table_rows(tables[i]) ? numbers[row] : (double)NAN;
    }
}

static sw_status fill_row(sw_table *merged, const sw_table *const *tables, size_t count, size_t row,
                          double *values) {
    size_t target = 0;
    sw_status status = sw_table_add_row(merged, NULL);
    for (size_t column = 0; status == SW_OK && column < sw_table_columns(tables[0]); column++) {
        if (sw_table_is_text(tables[0], column)) {
            if (row < sw_table_rows(tables[0]))
                status =
                    sw_table_set_text(merged, row, target, sw_table_text(tables[0], row, column));
            target++;
            continue;
        }
        gather(values, tables, count, column, row);
        sw_mean_and_spread(&sw_table_numbers(merged, target)[row],
                           &sw_table_numbers(merged, target + 1)[row], values, count);
        target += 2;
    }
    return status;
}

sw_status sw_merge_series(sw_table **merged, const sw_table *const *tables, size_t count,
                          sw_error *error) {
    *merged = NULL;
    if (count == 0)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "series", NULL, "there is nothing to merge");
    sw_status status = check_columns(tables, count, error);
    if (status != SW_OK)
        return status;
    double *values = sw_allocate(count, sizeof *values);
    status = values != NULL ? sw_table_create(merged) : SW_ERROR_MEMORY;
    if (status == SW_OK)
        status = add_columns(*merged, tables[0]);
    size_t rows = most_rows(tables, count);
    for (size_t row = 0; status == SW_OK && row < rows; row++)
        status = fill_row(*merged, tables, count, row, values);
    free(values);
    if (status == SW_OK)
        return SW_OK;
    sw_table_destroy(*merged);
    *merged = NULL;
    return sw_error_set(error, status, "series", NULL, "no memory to merge %zu replicas", count);
}

static sw_status copy_text(sw_table *merged, const sw_table *first, const char *name, size_t row) {
    ptrdiff_t source = sw_table_find(first, name), target = sw_table_find(merged, name);
    if (source < 0 || target < 0 || !sw_table_is_text(first, (size_t)source))
        return SW_OK;
    return sw_table_set_text(merged, row, (size_t)target,
                             sw_table_text(first, row, (size_t)source));
}

static sw_status headline_columns(sw_table *merged) {
    static const char *const names[] = {"name", "value", "spread", "unit", "help"};
    sw_status status = SW_OK;
    for (size_t i = 0; i < 5 && status == SW_OK; i++)
        status = i == 1 || i == 2 ? sw_table_add_column(merged, names[i], NULL)
                                  : sw_table_add_text_column(merged, names[i]);
    return status;
}

static sw_status headline_row(sw_table *merged, const sw_table *const *tables, size_t count,
                              size_t row, double *values) {
    static const char *const texts[] = {"name", "unit", "help"};
    ptrdiff_t value = sw_table_find(tables[0], "value");
    sw_status status = sw_table_add_row(merged, NULL);
    for (size_t i = 0; i < 3 && status == SW_OK; i++)
        status = copy_text(merged, tables[0], texts[i], row);
    if (status != SW_OK || value < 0)
        return status;
    gather(values, tables, count, (size_t)value, row);
    sw_mean_and_spread(&sw_table_numbers(merged, 1)[row], &sw_table_numbers(merged, 2)[row], values,
                       count);
    return SW_OK;
}

sw_status sw_merge_headline(sw_table **merged, const sw_table *const *tables, size_t count,
                            sw_error *error) {
    *merged = NULL;
    if (count == 0)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "headline", NULL,
                            "there is nothing to merge");
    sw_status status = check_columns(tables, count, error);
    if (status != SW_OK)
        return status;
    double *values = sw_allocate(count, sizeof *values);
    status = values != NULL ? sw_table_create(merged) : SW_ERROR_MEMORY;
    if (status == SW_OK)
        status = headline_columns(*merged);
    for (size_t row = 0; status == SW_OK && row < sw_table_rows(tables[0]); row++)
        status = headline_row(*merged, tables, count, row, values);
    free(values);
    if (status == SW_OK)
        return SW_OK;
    sw_table_destroy(*merged);
    *merged = NULL;
    return sw_error_set(error, status, "headline", NULL, "no memory to merge %zu replicas", count);
}
