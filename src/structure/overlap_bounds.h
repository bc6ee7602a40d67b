/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How well a shape can overlap with a template that is turned by a given rotation, whatever
 * neighbour has whatever place: never less than
 *
 *   max over assignments of  sum over neighbours i of  v_i . R w(place of i)
 *
 * Each neighbour takes the place it likes best, at prices w^2 / 2; then prices change until each
 * place has a neighbour that likes it as well as any: the first two steps towards the assignment
 * problem's dual (H. W. Kuhn, Naval Res. Logist. Quart. 2, 83 (1955)).
 */
#ifndef SPILLWAY_STRUCTURE_OVERLAP_BOUNDS_H
#define SPILLWAY_STRUCTURE_OVERLAP_BOUNDS_H

#include "structure/template_axes.h"

typedef struct sw_overlap_input {
    const sw_template_axes *axes;
    const float (*turned)[3];           /* the axes to use: one of axes->turned */
    size_t count;                       /* neighbours */
    float v[SW_TEMPLATE_NEIGHBOURS][3]; /* from the atom, as sw_shape has them */
} sw_overlap_input;

/* bound[l] for each rotation of a block. Where all of a first, cheaper bound are below `needed`
 * already, that one. */
void sw_overlap_bounds(float bound[SW_COVER_LANES], const sw_overlap_input *input,
                       const sw_rotation_block *block, const float needed[SW_COVER_LANES]);

/* loss[i][p]: what giving neighbour i place p takes from the overlap that is returned, for one
 * rotation of a block; 0 at least once for every neighbour and every place, and not negative. */
float sw_overlap_losses(float (*loss)[SW_TEMPLATE_NEIGHBOURS], const sw_overlap_input *input,
                        const sw_rotation_block *block, size_t lane);

#endif
