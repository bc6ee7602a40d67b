/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether distances alone rule out that a shape is that of a template. For N points e_i off
 *
 *   N sum |e_i|^2 >= sum over pairs (| |v_i - v_j| - |w_i - w_j| |)^2
 *
 * and of all ways to pair two lists of numbers their rising orders make the sum of squares least.
 */
#ifndef SPILLWAY_STRUCTURE_DISTANCE_BOUND_H
#define SPILLWAY_STRUCTURE_DISTANCE_BOUND_H

#include "structure/shape.h"

/* False where every assignment has a larger root mean square deviation than `limit`. The distances
 * to the atom, then those among neighbours, which are sorted once for all templates of the shape.
 * O(1), up to half a microsecond. */
bool sw_distances_allow(const sw_crystal_template *of, sw_shape *shape, double limit);

#endif
