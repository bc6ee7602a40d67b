/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which column of an instrument's table holds a quantity, told by its name and unit in many
 * spellings. */
#ifndef SPILLWAY_CURVES_NAMED_COLUMN_H
#define SPILLWAY_CURVES_NAMED_COLUMN_H

#include <spillway/data.h>

/* How a unit may be written; inside = value * factor + offset. */
typedef struct sw_unit_spelling {
    const char *text; /* NULL ends a list */
    double factor, offset;
} sw_unit_spelling;

typedef struct sw_quantity_names {
    const char *what;           /* "time"; the option that names its column, too */
    const char *const *symbols; /* whole names, as they are: "t" */
    const char *const *words;   /* a name that begins so, small letters: "temp" */
    const char *const *better;  /* contained: rather this column ("sample") */
    const char *const *worse;   /* contained: rather another ("program") */
    const char *const *never;   /* contained: something else ("deriv") */
    const sw_unit_spelling *units;
    bool needs_unit; /* no unit is an error */
} sw_quantity_names;

extern const sw_quantity_names sw_names_of_time, sw_names_of_temperature, sw_names_of_mass,
    sw_names_of_angle, sw_names_of_intensity, sw_names_of_length;

typedef struct sw_named_column {
    size_t index;
    double factor, offset; /* to the inside unit */
    const char *unit;      /* the spelling in the list that was met, "" where there was none */
} sw_named_column;

/*
 * Finds the column. `wanted` is "auto", a name, or a number from 1; `unit` is "auto" or the
 * unit, NULL: "auto", and no option gives it.
 * SW_ERROR_NOT_FOUND with the names of the columns where none fits, SW_ERROR_ARGUMENT where two fit
 * equally well, SW_ERROR_FORMAT where it holds text, SW_ERROR_UNIT where its unit is not known.
 */
SW_MUST_USE sw_status sw_named_column_find(sw_named_column *column, const sw_table *table,
                                           const sw_quantity_names *quantity, const char *wanted,
                                           const char *unit, sw_error *error);
/* A value of the column in the inside unit; NaN where it is missing. */
double sw_named_column_value(const sw_named_column *column, const sw_table *table, size_t row);

#endif
