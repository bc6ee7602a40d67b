/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How much of the slices of a line the solid of atoms fills (alpha_shape.h): lines beside the line,
 * one in each of 256 x 256 squares of its cross-section at a place by chance, are cut by all
 * tetrahedra inside; along each of them the length is exact.
 */
#ifndef SPILLWAY_STRUCTURE_PROFILE_FILL_H
#define SPILLWAY_STRUCTURE_PROFILE_FILL_H

#include "structure/alpha_shape.h"
#include "structure/profile_line.h"

/*
 * volume [profile->parts]: A^3 of the solid in each part, between profile->low and high. Periodic
 * images count where the line is bounded; SW_ERROR_UNSUPPORTED for periodic atoms where it is not.
 * Errors by chance are a few 1e-4 of the cross-section, and none where a slice is full.
 * SW_ERROR_MEMORY, SW_ERROR_CANCELLED. O(tetrahedra x lines through each).
 */
SW_MUST_USE sw_status sw_profile_fill(double *volume, const sw_profile *profile,
                                      const sw_profile_line *line, const sw_alpha_shape *shape,
                                      sw_context *context, sw_error *error);

#endif
