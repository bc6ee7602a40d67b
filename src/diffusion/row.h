/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of a row of the series with their values, so that names and numbers stand together;
 * and which of them the report shows first. */
#ifndef SPILLWAY_DIFFUSION_ROW_H
#define SPILLWAY_DIFFUSION_ROW_H

#include <spillway/data.h>

#define SW_ROW_NAME 80
#define SW_ROW_COLUMNS 64

typedef struct sw_row {
    size_t count;
    struct {
        char name[SW_ROW_NAME];
        const char *unit;
        const char *help; /* NULL: not one of the numbers that the report shows first */
        double value;
    } column[SW_ROW_COLUMNS];
} sw_row;

void sw_row_add(sw_row *row, double value, const char *unit, const char *format, ...)
    SW_PRINTF(4, 5);
/* The column that was added last is a number that the report shows first. */
void sw_row_show(sw_row *row, const char *help);

/* Its columns, into an empty table. */
sw_status sw_row_describe(sw_table *series, const sw_row *row);
sw_status sw_row_write(sw_table *series, const sw_row *row);
/* A row of any table of numbers, in the order of its columns. */
sw_status sw_row_write_numbers(sw_table *table, const double *values, size_t count);
sw_status sw_row_headline(sw_table *table, const sw_row *row);

#endif
