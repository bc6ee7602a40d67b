/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Neighbours in the order of the faces of the atom's Voronoi cell: that whose face covers the
 * largest solid angle first. Where atoms tremble a stranger may come nearer than a neighbour in the
 * crystal, but behind others: its face is small.
 */
#ifndef SPILLWAY_STRUCTURE_FACE_ORDER_H
#define SPILLWAY_STRUCTURE_FACE_ORDER_H

#include "structure/neighbours.h"

/*
 * Orders lists that are ordered by distance. The cells are those of the neighbours in the lists
 * alone. Atoms in the same place come first, those without a face last, by distance; so do faces
 * whose angles are the same to within 1e-9. SW_ERROR_MEMORY, SW_ERROR_CANCELLED. O(neighbours), 10
 * microseconds for 18.
 */
SW_MUST_USE sw_status sw_neighbours_order_by_faces(sw_neighbours *neighbours, sw_context *context,
                                                   sw_error *error);

/* Solid angle (of 4 pi) of the triangle a, b, c seen from the origin; signed, counter-clockwise
 * seen from outside is positive. A. van Oosterom, J. Strackee, IEEE Trans. Biomed. Eng. 30, 125
 * (1983). */
double sw_solid_angle(const double a[3], const double b[3], const double c[3]);

#endif
