/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Linear programme of a few rows: the cheapest amounts of columns that give the elements. */
#ifndef EQUILIBRIUM_SIMPLEX_H
#define EQUILIBRIUM_SIMPLEX_H

#include "equilibrium/problem.h"

/* The state of the revised simplex: kept while columns are added. */
struct sw_simplex {
    size_t rows;
    size_t basis[SW_SYSTEM_ELEMENTS]; /* columns */
    double inverse[SW_SYSTEM_ELEMENTS][SW_SYSTEM_ELEMENTS];
    double amount[SW_SYSTEM_ELEMENTS];    /* of the basic columns */
    double potential[SW_SYSTEM_ELEMENTS]; /* of the elements */
};

/* Begins with the artificial columns, which are the problem's first. */
void sw_simplex_start(struct sw_simplex *simplex, const struct sw_problem *problem);
/* To the optimum over the columns there are; false where it does not get there. O(rows^2 + rows
 * columns) a step. */
bool sw_simplex_optimise(struct sw_simplex *simplex, const struct sw_problem *problem);
/* Potentials at which the basic columns cost `cost` instead: cost^T B^-1. */
void sw_simplex_potentials(double *potentials, const struct sw_simplex *simplex,
                           const double *cost);
/* What of the elements no phase can hold. */
double sw_simplex_missing(const struct sw_simplex *simplex, const struct sw_problem *problem);

#endif
