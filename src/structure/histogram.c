/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/histogram.h"

#include "structure/results.h"

#include <math.h>

static sw_status add_bins(sw_table *table, const sw_histogram *histogram, double width) {
    sw_status status = sw_table_add_column(table, histogram->column, histogram->unit);
    if (status == SW_OK)
        status = sw_table_add_column(table, "atoms", "");
    for (size_t b = 0; b < histogram->bins && status == SW_OK; b++) {
        status = sw_table_add_row(table, NULL);
        if (status != SW_OK)
            break;
        sw_table_numbers(table, 0)[b] = ((double)b + 0.5) * width;
        sw_table_numbers(table, 1)[b] = 0.0;
    }
    return status;
}

static double bin_width(const sw_histogram *histogram, const double *values, size_t count) {
    double largest = fmax(histogram->least, 1e-9);
    for (size_t i = 0; i < count; i++)
        if (isfinite(values[i]))
            largest = fmax(largest, values[i]);
    return largest / (double)histogram->bins * (1.0 + 1e-12);
}

sw_status sw_histogram_add(sw_measurement *measurement, const sw_histogram *histogram,
                           const double *values, size_t count) {
    sw_table *table;
    double width = bin_width(histogram, values, count);
    sw_status status = sw_table_create(&table);
    if (status != SW_OK)
        return status;
    status = add_bins(table, histogram, width);
    for (size_t i = 0; i < count && status == SW_OK; i++)
        if (isfinite(values[i]) && values[i] >= 0.0)
            sw_table_numbers(table, 1)[(size_t)(values[i] / width)] += 1.0;
    status = sw_add_filled_table(measurement, histogram->table, table, status);
    if (status != SW_OK)
        return status;
    return sw_measurement_add_plot(measurement, (sw_plot){.title = histogram->title,
                                                          .table = histogram->table,
                                                          .x = histogram->column,
                                                          .y = "atoms",
                                                          .y_label = "atoms",
                                                          .kind = "bars",
                                                          .help = histogram->help});
}
