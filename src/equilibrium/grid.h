/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Compositions at which solutions are sampled: dense towards every end, where logarithms rule.
 *
 * Two ends: a line of points. Three: rows of equal share of the third end, in each of them points
 * along the line between the first two; the last point of all is the third end itself. So the
 * samples of a solution that lacks an end are those that have none of it.
 */
#ifndef EQUILIBRIUM_GRID_H
#define EQUILIBRIUM_GRID_H

#include <spillway/equilibrium.h>

#define GRID_LINE 61 /* points of two ends */
#define GRID_ROW 15  /* of a row of three */
#define GRID_POINTS (GRID_ROW * (GRID_ROW - 1) + 1)
#define GRID_NEIGHBOURS GRID_ROW

/* Fractions of the ends of a solution. */
struct sw_equilibrium_composition {
    double part[SW_SOLUTION_ENDS];
};

struct sw_equilibrium_grid {
    size_t ends, points;
    struct sw_equilibrium_composition at[GRID_POINTS];
};

void sw_equilibrium_grid_create(struct sw_equilibrium_grid *grid, size_t ends);
/* Points beside one; how many. */
size_t sw_equilibrium_grid_neighbours(size_t neighbour[GRID_NEIGHBOURS],
                                      const struct sw_equilibrium_grid *grid, size_t point);

#endif
