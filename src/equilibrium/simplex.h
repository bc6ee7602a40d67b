/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Linear programme of a few rows: the cheapest amounts of columns that give the elements. */
#ifndef EQUILIBRIUM_SIMPLEX_H
#define EQUILIBRIUM_SIMPLEX_H

#include "equilibrium/problem.h"

/* The state of the revised simplex: kept while columns are added. */
struct simplex {
    size_t rows;
    size_t basis[SW_SYSTEM_ELEMENTS]; /* columns */
    double inverse[SW_SYSTEM_ELEMENTS][SW_SYSTEM_ELEMENTS];
    double amount[SW_SYSTEM_ELEMENTS];    /* of the basic columns */
    double potential[SW_SYSTEM_ELEMENTS]; /* of the elements */
};

/* Begins with the artificial columns, which are the problem's first. */
void simplex_start(struct simplex *simplex, const struct problem *problem);
/* To the optimum over the columns there are; false where it does not get there. O(rows^2 + rows
 * columns) a step. */
bool simplex_optimise(struct simplex *simplex, const struct problem *problem);
/* Potentials at which the basic columns cost `cost` instead: cost^T B^-1. */
void simplex_potentials(double *potentials, const struct simplex *simplex, const double *cost);
/* What of the elements no phase can hold. */
double simplex_missing(const struct simplex *simplex, const struct problem *problem);

#endif
