/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The concentration of chosen elements on a grid of points, delocalised by a Gaussian:
 *
 *   value[p] = sum over atoms of (counts of them) G(x_p - x) / sum of (all counts) G(x_p -
 * x) p = (k * size[1] + j) * size[0] + i        x_p = origin + i step[0] + j step[1] + k step[2]
 *
 * Atoms go to the eight grid points around them with linear weights, then the grid is convolved;
 * the variance of these weights is taken off that of the Gaussian. O. C. Hellman et al., Microsc.
 * Microanal. 6, 437 (2000).
 */
#ifndef SPILLWAY_STRUCTURE_CONCENTRATION_GRID_H
#define SPILLWAY_STRUCTURE_CONCENTRATION_GRID_H

#include "structure/box.h"
#include "structure/composition.h"

typedef struct sw_concentration_grid {
    size_t size[3];    /* points along each axis */
    bool periodic[3];  /* the point after the last is the first */
    double origin[3];  /* A */
    double step[3][3]; /* A, rows: from one point to the next along an axis */
    double inverse[3][3];
    float *value; /* [points] fraction; NaN where there are too few atoms to tell */
} sw_concentration_grid;

/*
 * `part` [types] is what each type of the composition counts as (sw_composition_choose); `voxel`
 * the largest distance of points along an axis (A), `width` the standard deviations of the Gaussian
 * along x, y, z (A). A concentration is not known where the smoothed density is below a quarter of
 * its median over points with atoms. SW_ERROR_ARGUMENT where there would be more than 2^25 points
 * or the width is below half the voxel. O(atoms + points x width / voxel); where the axes of the
 * grid are not those of the Gaussian, x its cube.
 */
SW_MUST_USE sw_status sw_concentration_grid_create(sw_concentration_grid *grid,
                                                   const sw_atoms *atoms,
                                                   const sw_composition *composition,
                                                   const uint16_t *part, double voxel,
                                                   const double width[3], sw_context *context,
                                                   sw_error *error);
void sw_concentration_grid_clear(sw_concentration_grid *grid);
size_t sw_concentration_grid_points(const sw_concentration_grid *grid);
/* Point numbers of a place, not rounded. */
void sw_concentration_grid_coordinates(double coordinates[3], const sw_concentration_grid *grid,
                                       const double position[3]);
/* The index of a point, brought into the grid along periodic axes; -1 outside. */
ptrdiff_t sw_concentration_grid_index(const sw_concentration_grid *grid, const int64_t point[3]);
/*
 * The four corners of the tetrahedron (Kuhn, six a cell of the grid) that a place lies in, as
 * points of the grid that may lie outside of it, and their weights: 0 or more, together 1. False
 * where the place is no place or further away than numbers of points go.
 */
bool sw_concentration_grid_corners(int64_t corner[4][3], double weight[4],
                                   const sw_concentration_grid *grid, const double position[3]);
/* Linear in each of the six tetrahedra (Kuhn) of a grid cell; NaN where not known. */
double sw_concentration_grid_at(const sw_concentration_grid *grid, const double position[3]);

#endif
