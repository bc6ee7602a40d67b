/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/column_mean.h"

#include <math.h>

static double mean_over_rows(const double *value, size_t first, size_t rows) {
    double sum = 0.0, used = 0.0;
    for (size_t r = first; r < rows; r++) {
        if (!isfinite(value[r]))
            continue;
        sum += value[r];
        used++;
    }
    return used > 0.0 ? sum / used : (double)NAN;
}

static double mean_over_time(const double *value, const double *time, size_t first, size_t rows) {
    double sum = 0.0, length = 0.0;
    for (size_t r = first + 1; r < rows; r++) {
        if (!isfinite(value[r]) || !(time[r] > time[r - 1]))
            continue;
        sum += value[r] * (time[r] - time[r - 1]);
        length += time[r] - time[r - 1];
    }
    return length > 0.0 ? sum / length : (double)NAN;
}

double sw_column_mean(const sw_table *table, size_t column, size_t first) {
    const double *value = sw_table_numbers_const(table, column);
    const size_t rows = sw_table_rows(table);
    const ptrdiff_t clock = sw_table_find(table, "time");
    double mean = (double)NAN;
    if (clock >= 0 && !sw_table_is_text(table, (size_t)clock))
        mean = mean_over_time(value, sw_table_numbers_const(table, (size_t)clock), first, rows);
    return isnan(mean) ? mean_over_rows(value, first, rows) : mean;
}
