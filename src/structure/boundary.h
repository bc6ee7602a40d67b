/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How far atoms are from where something ends: the particle, or a part of its atoms.
 *
 * The boundary of chosen atoms goes through the middles of the bonds that join a chosen atom and
 * another: those edges of the solid's tetrahedra (alpha_shape.h) that are at most 1.1 times as long
 * as the shortest one around them. Longer ones (the diagonal of an octahedron) are crossed in the
 * mean of the bonds' middles, so the boundary between two planes of atoms is the plane half way,
 * exactly, where no bond reaches further than to the next plane: {111} and {100} of fcc, {110} and
 * {100} of bcc. Elsewhere it is as rough as the bonds are.
 */
#ifndef SPILLWAY_STRUCTURE_BOUNDARY_H
#define SPILLWAY_STRUCTURE_BOUNDARY_H

#include <spillway/data.h>

/*
 * distance [atoms]: A, inside positive. Of the surface of the solid of radius alpha (A): atoms that
 * are no corner of a tetrahedron inside lie outside. SW_ERROR_ARGUMENT where there is no surface;
 * errors of sw_tetrahedra_create and sw_alpha_shape_create. O(n log n).
 */
SW_MUST_USE sw_status sw_surface_profile_distances(double *distance, const sw_atoms *atoms,
                                                   double alpha, sw_context *context,
                                                   sw_error *error);
/* The same from the boundary between chosen [atoms] and the others; chosen ones are inside. */
SW_MUST_USE sw_status sw_boundary_distances(double *distance, const sw_atoms *atoms,
                                            const bool *chosen, double alpha, sw_context *context,
                                            sw_error *error);

#endif
