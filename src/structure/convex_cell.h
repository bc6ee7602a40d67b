/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A convex polyhedron around the origin that planes cut one after another.
 *
 * Three edges meet in every vertex. Where more faces meet in a point, vertices lie on top of each
 * other, with edges of no length between them. Half-edge h leaves vertex h / 4 (h % 4 is 0, 1, 2,
 * counter-clockwise seen from outside):
 *
 *   twin[h]   the same edge seen from its other end
 *   face[h]   the face to its left
 *
 * A cut cannot break this: what is cut away is made connected, and what is left too, whatever
 * rounding says of vertices close to the plane. In a graph of three edges a vertex in which two
 * faces share at most one edge, the edges between two connected parts form a ring that meets every
 * face at most once, and replacing one part by a new face gives such a graph again.
 */
#ifndef SPILLWAY_STRUCTURE_CONVEX_CELL_H
#define SPILLWAY_STRUCTURE_CONVEX_CELL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SW_CONVEX_CELL_WALLS 6 /* faces 0 .. 5 are those of the box it began as */

typedef struct sw_convex_cell {
    uint32_t vertices, faces;
    uint32_t vertex_capacity, face_capacity;
    double *x, *y, *z;     /* [vertices]; zeros behind, up to a multiple of 8 */
    uint32_t *twin, *face; /* [4 * vertices] */
    double (*normal)[3];   /* [faces] planes: normal . x = offset */
    double *offset;
    double *area;     /* [faces] by sw_convex_cell_measure; 0 of faces that are cut away */
    uint32_t *edges;  /* [faces] */
    double tolerance; /* A */
    /* scratch */
    double *height, (*fresh)[3];
    uint32_t *outside, *ring, *ring_end, *ring_face, *mark;
    uint32_t marked;
} sw_convex_cell;

typedef enum sw_convex_cut { SW_CUT_NOTHING, SW_CUT_FACE, SW_CUT_NO_MEMORY } sw_convex_cut;

/* An empty one; false where there is no memory. Release with sw_convex_cell_clear. */
bool sw_convex_cell_create(sw_convex_cell *cell);
void sw_convex_cell_clear(sw_convex_cell *cell);

/* A cube of half the side `half` (A). Planes that stand out of the cell by less than `tolerance`
 * (A) do not cut. */
void sw_convex_cell_start(sw_convex_cell *cell, double half, double tolerance);

/* Cuts away what lies beyond normal . x = |normal|^2 / 2: half of what a neighbour at `normal` (A)
 * leaves. SW_CUT_FACE: there is a new face, cell->faces - 1. O(vertices), in vector instructions,
 * and O(vertices cut away). */
sw_convex_cut sw_convex_cell_cut(sw_convex_cell *cell, const double normal[3]);

/* Square of the distance to the farthest vertex, A^2. */
double sw_convex_cell_reach(const sw_convex_cell *cell);

/* Areas (A^2) of all faces and their numbers of edges longer than `shortest` (A). Returns the
 * volume, A^3. */
double sw_convex_cell_measure(sw_convex_cell *cell, double shortest);

/* Whether a point of the box low .. high (A, from the origin) could cut: it lies within the sphere
 * around some vertex that passes through the origin. */
bool sw_convex_cell_sees(const sw_convex_cell *cell, const double low[3], const double high[3]);

#endif
