/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns that an instrument reads, or adds to atoms, which may bring columns of the same name with them. */
#ifndef SPILLWAY_STRUCTURE_ATOM_COLUMNS_H
#define SPILLWAY_STRUCTURE_ATOM_COLUMNS_H

#include <spillway/data.h>

/* The column to fill, [atoms][width]: one of this name and form is taken over, beside one of
 * another form stands "NAME 2". Pointers to other columns stay valid. */
SW_MUST_USE sw_status sw_atom_column(double **column, sw_atoms *atoms, const char *name,
                                     size_t width, bool integer);

/* The same for a column of one number that is `empty` for every atom. */
SW_MUST_USE sw_status sw_atom_column_empty(double **column, sw_atoms *atoms, const char *name,
                                           bool integer, double empty);

/* A column of one number from values of some of the atoms: number [count] are their numbers in
 * `atoms`, the rest have NaN. */
SW_MUST_USE sw_status sw_atom_column_of_some(sw_atoms *atoms, const char *name,
                                             const double *values, const uint32_t *number,
                                             size_t count);

/* The numbers of a column that a parameter of an instrument names, [count]; SW_ERROR_ARGUMENT with the hint
 * where the atoms have none of one number. *values belongs to the atoms. */
SW_MUST_USE sw_status sw_atom_column_named(const double **values, const sw_atoms *atoms,
                                           const char *name, const char *parameter,
                                           const char *hint, sw_error *error);

#endif
