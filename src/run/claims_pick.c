/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/claims_pick.h"

#include "run/column_mean.h"

#include <math.h>
#include <string.h>

static double named_row(const sw_table *table, size_t column, const char *row) {
    for (size_t c = 0; c < sw_table_columns(table); c++)
        for (size_t r = 0; sw_table_is_text(table, c) && r < sw_table_rows(table); r++)
            if (strcmp(sw_table_text(table, r, c), row) == 0)
                return sw_table_numbers_const(table, column)[r];
    return NAN;
}

static double largest_of(const double *values, size_t first, size_t rows) {
    double largest = NAN;
    for (size_t r = first; r < rows; r++)
        if (isfinite(values[r]))
            largest = largest >= values[r] ? largest : values[r];
    return largest;
}

/* "settled" leaves out the first third, in which a cut structure relaxes. */
double sw_claim_pick(const sw_table *table, size_t column, const char *row) {
    static const char settled[] = "settled ";
    const double *values = sw_table_numbers_const(table, column);
    size_t rows = sw_table_rows(table), first = 0;
    if (rows == 0)
        return NAN;
    if (strncmp(row, settled, strlen(settled)) == 0) {
        first = rows / 3;
        row += strlen(settled);
    }
    if (strcmp(row, "first") == 0)
        return values[first];
    if (strcmp(row, "last") == 0)
        return values[rows - 1];
    if (strcmp(row, "mean") == 0)
        return sw_column_mean(table, column, first);
    if (strcmp(row, "largest") == 0)
        return largest_of(values, first, rows);
    if (strcmp(row, "change") == 0)
        return values[rows - 1] / values[first] - 1.0;
    if (strcmp(row, "difference") == 0)
        return values[rows - 1] - values[first];
    return named_row(table, column, row);
}

sw_status sw_claim_number(double *value, const sw_measure *measure, sw_number_reader reader,
                          void *user) {
    double other = 0.0;
    sw_status status = reader(value, measure, user);
    if (status == SW_OK && measure->minus) {
        status = sw_claim_number(&other, measure->minus, reader, user);
        *value -= other;
    }
    if (status == SW_OK && measure->over) {
        status = sw_claim_number(&other, measure->over, reader, user);
        *value /= other;
    }
    if (measure->logarithm)
        *value = log(*value);
    if (measure->magnitude)
        *value = fabs(*value);
    *value *= measure->scale;
    return status;
}
