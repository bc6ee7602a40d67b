/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The neighbours of an atom as a shape: how they lie about it, whatever their scale. */
#ifndef SPILLWAY_STRUCTURE_SHAPE_H
#define SPILLWAY_STRUCTURE_SHAPE_H

#include "structure/crystal_templates.h"

/*
 *   lane[k][i] = component k of neighbour i from the atom, lane[3][i] = its distance, as parts of
 * the shape's size, the root of its spread; neighbours beyond `count` are 0
 */
typedef struct sw_shape {
    size_t count;
    const double (*vector)[3]; /* borrowed, A */
    double mean[3], spread,
        size; /* of atom and neighbours: A, sum of squares about the mean, its root */
    float lane[4][SW_TEMPLATE_NEIGHBOURS];
    float from_atom[SW_TEMPLATE_NEIGHBOURS]; /* distances in rising order, parts of the size */
    bool sorted;                             /* whether the next is filled */
    float from_others[SW_TEMPLATE_NEIGHBOURS][SW_TEMPLATE_NEIGHBOURS];
} sw_shape;

/* The shape of `count` vectors, which must stay. False where it has no size, or none that is
 * finite. */
bool sw_shape_take(sw_shape *shape, const double (*vector)[3], size_t count);

/* Fills from_others: column j is the distances of neighbour j from all, itself included, in rising
 * order. */
void sw_shape_sort(sw_shape *shape);

#endif
