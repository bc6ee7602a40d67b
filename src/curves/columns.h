/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arrays as the tables and numbers of a measurement. */
#ifndef SPILLWAY_CURVES_COLUMNS_H
#define SPILLWAY_CURVES_COLUMNS_H

#include <spillway/instrument.h>

/* A column of `rows` numbers, or of texts where `texts` is not NULL. A name that begins with NUL
 * ends a list: {0}. */
typedef struct sw_column {
    const char *name, *unit;
    const double *numbers;
    const char *const *texts;
} sw_column;

/* Adds a table of these columns; the arrays are copied. */
SW_MUST_USE sw_status sw_add_columns(sw_measurement *measurement, const char *name,
                                     const sw_column *columns, size_t rows);
/* A number without an interval, and one with a symmetric interval. */
SW_MUST_USE sw_status sw_add_plain(sw_measurement *measurement, const char *name, double value,
                                   const char *unit, const char *help);
SW_MUST_USE sw_status sw_add_spread(sw_measurement *measurement, const char *name, double value,
                                    double spread, const char *unit, const char *help);

#endif
