/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds out how a table is written: delimiter, decimal mark, where names, units and data begin. */
#ifndef SPILLWAY_IO_CSV_SNIFF_H
#define SPILLWAY_IO_CSV_SNIFF_H

#include "io/csv_syntax.h"

typedef struct sw_csv_dialect {
    char delimiter; /* tab, ';', ',' or a blank */
    bool decimal_comma;
    size_t columns;
    double confidence; /* share of the records that look like rows of numbers of one table */
    /* Lines from 1; 0 where there is none. */
    size_t names_line, units_line, data_line;
    bool names_commented; /* the names stand behind a # */
} sw_csv_dialect;

SW_MUST_USE sw_status sw_csv_sniff(sw_csv_dialect *dialect, const sw_source *source,
                                   sw_error *error);

/* Splits "T [K]", "T (K)" or "T/K" into name and unit, both the caller's. The unit is spelled the
 * way of the units of the base room ("degC"), "" where there is none. */
SW_MUST_USE bool sw_csv_split_name(char **name, char **unit, const sw_csv_cell *cell);
/* True where the text is a unit by itself, brackets allowed. */
bool sw_csv_is_unit(sw_span text);

#endif
