/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Atoms sorted into the cells of a grid, so that all atoms near a place are found in a few runs of
 * consecutive ones. Cells along x are neighbours in memory:
 *
 *   key = (z * count[1] + y) * count[0] + x
 *
 * Periodic images, also of cells smaller than the distance asked for, are runs with a shift. Where
 * there would be many more cells than atoms only the occupied ones are kept.
 */
#ifndef SPILLWAY_STRUCTURE_GRID_H
#define SPILLWAY_STRUCTURE_GRID_H

#include "structure/box.h"

typedef struct sw_grid {
    sw_box box;
    size_t atoms;
    int64_t count[3];      /* cells along each axis */
    uint32_t *order;       /* [atoms] the atom that stands at this place of the grid */
    double (*position)[3]; /* [atoms] by place, A; periodic axes wrapped into the box */
    uint64_t *key;         /* [atoms] by place, the cell; ascending */
    uint32_t *start;       /* [cells + 1] places where cells begin; NULL where cells are sparse */
} sw_grid;

/* A run of atoms; the image meant is position + shift. */
typedef struct sw_grid_run {
    size_t first, end;
    double shift[3]; /* A */
} sw_grid_run;

/* Cells at least `width` wide (A; larger where there would be more than 2^20 along an axis). At
 * most 2^32 - 2 atoms. O(atoms) time (n log n where sparse), 44 bytes an atom. */
SW_MUST_USE sw_status sw_grid_create(sw_grid *grid, const sw_atoms *atoms, double width,
                                     sw_error *error);
void sw_grid_clear(sw_grid *grid);

/* How many cells around its own hold everything within `distance` of a place. */
void sw_grid_reach(int64_t reach[3], const sw_grid *grid, double distance);
/* The cell of a place of the grid, and of any position (may lie outside where not periodic). */
void sw_grid_cell(int64_t cell[3], const sw_grid *grid, size_t place);
void sw_grid_cell_at(int64_t cell[3], const sw_grid *grid, const double position[3]);
/* An upper bound of the runs that sw_grid_runs returns for this reach. */
size_t sw_grid_run_limit(const sw_grid *grid, const int64_t reach[3]);
/* The runs of all atoms and images in cells up to `reach` from `cell`. Returns how many. */
size_t sw_grid_runs(sw_grid_run *runs, const sw_grid *grid, const int64_t cell[3],
                    const int64_t reach[3]);

/* The same around any position, which is wrapped into the box first (`at`). */
size_t sw_grid_runs_around(sw_grid_run *runs, double at[3], const sw_grid *grid,
                           const double position[3], const int64_t reach[3]);
/* Squared distance from a position in the box to the atom at a place, the image of its run, A^2. */
double sw_grid_squared(const sw_grid *grid, size_t place, const sw_grid_run *run,
                       const double at[3]);

#endif
