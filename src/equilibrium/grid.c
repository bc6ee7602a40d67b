/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "equilibrium/grid.h"

#include <math.h>

/* A line: the pure end, points at which what is left falls by a constant factor, equal steps. */
struct line {
    size_t points, logarithmic; /* the second of either end */
    double near, far;           /* from the end */
};
static const struct line fine = {GRID_LINE, 12, 0.02, 1e-16}, coarse = {GRID_ROW, 3, 0.02, 1e-12};

/* Both shares of a point of a line, small ones with all their digits. */
static void shares(double *first, double *second, const struct line *line, size_t point) {
    const size_t last = line->points - 1;
    if (2 * point > last) {
        shares(second, first, line, last - point);
        return;
    }
    const double steps = (double)(last - 2 * line->logarithmic);
    *second = 0.0;
    if (point > line->logarithmic)
        *second =
            line->near + (1.0 - 2.0 * line->near) * (double)(point - line->logarithmic) / steps;
    else if (point > 0)
        *second = line->far * pow(line->near / line->far,
                                  (double)(point - 1) / (double)(line->logarithmic - 1));
    *first = 1.0 - *second;
}

void sw_equilibrium_grid_create(struct sw_equilibrium_grid *grid, size_t ends) {
    double rest = 1.0, third = 0.0, first, second;
    *grid = (struct sw_equilibrium_grid){.ends = ends};
    if (ends == 2) {
        for (size_t i = 0; i < GRID_LINE; i++) {
            shares(&first, &second, &fine, i);
            grid->at[grid->points++] = (struct sw_equilibrium_composition){{first, second}};
        }
        return;
    }
    for (size_t row = 0; row + 1 < GRID_ROW; row++) {
        shares(&rest, &third, &coarse, row);
        for (size_t i = 0; i < GRID_ROW; i++) {
            shares(&first, &second, &coarse, i);
            grid->at[grid->points++] =
                (struct sw_equilibrium_composition){{rest * first, rest * second, third}};
        }
    }
    grid->at[grid->points++] = (struct sw_equilibrium_composition){{0.0, 0.0, 1.0}};
}

size_t sw_equilibrium_grid_neighbours(size_t neighbour[GRID_NEIGHBOURS],
                                      const struct sw_equilibrium_grid *grid, size_t point) {
    const size_t length = grid->ends == 2 ? GRID_LINE : GRID_ROW, last = grid->points - 1;
    const size_t along = point % length;
    size_t count = 0;
    if (grid->ends == 3 && point == last) {
        for (size_t i = 0; i < GRID_ROW; i++)
            neighbour[count++] = last - 1 - i;
        return count;
    }
    if (along > 0)
        neighbour[count++] = point - 1;
    if (along + 1 < length)
        neighbour[count++] = point + 1;
    if (grid->ends == 3 && point >= length)
        neighbour[count++] = point - length;
    if (grid->ends == 3)
        neighbour[count++] = point + length < last ? point + length : last;
    return count;
}
