/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/atom_columns.h"

#include <math.h>
#include <stdio.h>

static bool has_form(const sw_atoms *atoms, ptrdiff_t column, size_t width, bool integer) {
    return sw_atoms_column_width(atoms, (size_t)column) == width &&
           sw_atoms_column_is_integer(atoms, (size_t)column) == integer;
}

sw_status sw_atom_column(double **column, sw_atoms *atoms, const char *name, size_t width,
                         bool integer) {
    char other[128];
    ptrdiff_t found = sw_atoms_find(atoms, name);
    snprintf(other, sizeof other, "%s", name);
    for (int n = 2; found >= 0 && !has_form(atoms, found, width, integer); n++) {
        snprintf(other, sizeof other, "%.100s %d", name, n);
        found = sw_atoms_find(atoms, other);
    }
    sw_status status = SW_OK;
    if (found < 0) {
        status = sw_atoms_add_column(atoms, other, width, integer);
        found = sw_atoms_find(atoms, other);
    }
    *column = status == SW_OK ? sw_atoms_column(atoms, (size_t)found) : NULL;
    return status;
}

sw_status sw_atom_column_empty(double **column, sw_atoms *atoms, const char *name, bool integer,
                               double empty) {
    sw_status status = sw_atom_column(column, atoms, name, 1, integer);
    for (size_t i = 0; i < sw_atoms_count(atoms) && status == SW_OK; i++)
        (*column)[i] = empty;
    return status;
}

sw_status sw_atom_column_of_some(sw_atoms *atoms, const char *name, const double *values,
                                 const uint32_t *number, size_t count) {
    double *column;
    sw_status status = sw_atom_column_empty(&column, atoms, name, false, NAN);
    for (size_t i = 0; i < count && status == SW_OK; i++)
        column[number[i]] = values[i];
    return status;
}

sw_status sw_atom_column_named(const double **values, const sw_atoms *atoms, const char *name,
                               const char *parameter, const char *hint, sw_error *error) {
    *values = sw_atoms_numbers(atoms, name);
    if (*values)
        return SW_OK;
    return sw_error_set(error, SW_ERROR_ARGUMENT, parameter, hint,
                        "the atoms have no column \"%s\" of one number", name);
}
