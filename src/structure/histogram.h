/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many atoms have which value: a table with its plot, as instruments add it. */
#ifndef SPILLWAY_STRUCTURE_HISTOGRAM_H
#define SPILLWAY_STRUCTURE_HISTOGRAM_H

#include <spillway/instrument.h>

typedef struct sw_histogram {
    const char *table, *column, *unit; /* static; the other column is "atoms" */
    const char *title, *help;
    size_t bins;
    double least; /* from 0 to the largest value, or to this if it is more */
} sw_histogram;

/* Values (0 or more; others do not count) into a table and a plot of bars. */
SW_MUST_USE sw_status sw_histogram_add(sw_measurement *measurement, const sw_histogram *histogram,
                                       const double *values, size_t count);

#endif
