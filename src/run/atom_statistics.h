/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Means and correlations of the columns that instruments added to atoms. */
#ifndef SPILLWAY_RUN_ATOM_STATISTICS_H
#define SPILLWAY_RUN_ATOM_STATISTICS_H

#include <spillway/data.h>

/* Which atoms: those for which every column `where` is what `is` says. */
#define SW_ATOM_CONDITIONS 4
typedef struct sw_atom_choice {
    size_t conditions;
    const char *where[SW_ATOM_CONDITIONS];
    double is[SW_ATOM_CONDITIONS];
} sw_atom_choice;

typedef struct sw_atom_statistic {
    double value, low, high; /* 95 %; all NaN where a column or atoms are missing */
    size_t atoms;
} sw_atom_statistic;

/* Mean of a column of one number over atoms that have it (normal interval, independent atoms). */
sw_atom_statistic sw_atom_mean(const sw_atoms *atoms, const char *column,
                               const sw_atom_choice *choice);
/* Pearson's correlation of two columns over atoms that have both (interval by Fisher's z). */
sw_atom_statistic sw_atom_correlation(const sw_atoms *atoms, const char *first, const char *second,
                                      const sw_atom_choice *choice);

#endif
