/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All atoms of an oriented crystal in a box, one after the other. */
#ifndef SPILLWAY_BUILD_LATTICE_POINTS_H
#define SPILLWAY_BUILD_LATTICE_POINTS_H

#include <spillway/recipe.h>

typedef struct sw_lattice_points {
    const sw_oriented_crystal *crystal;
    double vector[3][3];       /* rows: the turned cell, A */
    double origin[3];          /* of a lattice point */
    int64_t first[3], last[3]; /* cells along each axis */
    double sites;              /* how many will be visited */
} sw_lattice_points;

/* rotation: as of the crystal, or another. The box holds at least what lies between low and high.
 */
void sw_lattice_points_create(sw_lattice_points *points, const sw_oriented_crystal *crystal,
                              const double rotation[3][3], const double origin[3],
                              const double low[3], const double high[3]);

/* Position and element of each; a status other than SW_OK ends the walk and is returned. */
typedef sw_status (*sw_lattice_points_function)(void *user, const double position[3], int element);
SW_MUST_USE sw_status sw_lattice_points_visit(const sw_lattice_points *points,
                                              sw_lattice_points_function function, void *user);

#endif
