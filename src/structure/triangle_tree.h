/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tree of boxes around triangles: the nearest one, and those that a ray crosses. */
#ifndef SPILLWAY_STRUCTURE_TRIANGLE_TREE_H
#define SPILLWAY_STRUCTURE_TRIANGLE_TREE_H

#include <spillway/base.h>

typedef struct sw_triangle {
    double corner[3][3]; /* A, counter-clockwise seen from outside */
} sw_triangle;

typedef struct sw_triangle_node {
    double low[3], high[3];
    uint32_t first, end; /* triangles */
    uint32_t right;      /* the second half; the first is the next node; 0 for a leaf */
} sw_triangle_node;

typedef struct sw_triangle_tree {
    sw_triangle *triangle; /* [triangles], by place in the tree */
    sw_triangle_node *node;
    size_t triangles, nodes;
} sw_triangle_tree;

/* Takes the triangles (allocated with base/memory.h) and reorders them. SW_ERROR_MEMORY, and the
 * triangles are released then too. At most 2^31 triangles. O(n log n). */
SW_MUST_USE sw_status sw_triangle_tree_create(sw_triangle_tree *tree, sw_triangle *triangle,
                                              size_t triangles);
void sw_triangle_tree_clear(sw_triangle_tree *tree);

/* Distance (A) from a point to the nearest triangle, or `limit` where none is nearer. */
double sw_triangle_tree_distance(const sw_triangle_tree *tree, const double point[3], double limit);
double sw_triangle_distance(const sw_triangle *triangle, const double point[3]);

/* Told of each crossing: how far along (A), +1 where the ray leaves through the triangle, -1 where
 * it enters. */
typedef void (*sw_triangle_crossing)(void *user, double distance, int sign);
/* All crossings in front of the origin, in no order; direction has length 1. */
void sw_triangle_tree_ray(const sw_triangle_tree *tree, const double origin[3],
                          const double direction[3], sw_triangle_crossing crossing, void *user);

#endif
