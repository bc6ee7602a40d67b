/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far places are from a surface of triangles and its periodic images. */
#ifndef SPILLWAY_STRUCTURE_SURFACE_DISTANCE_H
#define SPILLWAY_STRUCTURE_SURFACE_DISTANCE_H

#include "structure/box.h"
#include "structure/triangle_tree.h"

/* Distance (A) from a position in the box to the nearest triangle or image of one; infinite where
 * there are none. All images that can be nearer than the triangles themselves are looked at.
 * O(log triangles), more far away from the surface. */
double sw_surface_distance(const sw_triangle_tree *tree, const sw_box *box,
                           const double position[3]);
/* The same for every atom, wrapped into the box first: distance [atoms]. SW_ERROR_CANCELLED. */
SW_MUST_USE sw_status sw_surface_distances(double *distance, const sw_triangle_tree *tree,
                                           const sw_box *box, const sw_atoms *atoms,
                                           sw_context *context);

#endif
