/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The solid of atoms: their Delaunay tetrahedra with a circumradius up to alpha (H. Edelsbrunner
 * and E. P. Muecke, ACM Trans. Graphics 13, 43 (1994)). Its surface are the faces between a
 * tetrahedron inside and none, each once, so that the surface closes in itself whatever the atoms
 * do.
 *
 * The margin of periodic tetrahedra has to be SW_ALPHA_MARGIN alpha: own tetrahedra reach 2 alpha
 * out of the cell, and those behind their faces 2 alpha more.
 */
#ifndef SPILLWAY_STRUCTURE_ALPHA_SHAPE_H
#define SPILLWAY_STRUCTURE_ALPHA_SHAPE_H

#include "structure/tetrahedra.h"
#include "structure/triangle_tree.h"

#define SW_ALPHA_MARGIN 4.0

typedef struct sw_alpha_shape {
    const sw_tetrahedra *tetrahedra; /* not owned; outlives the shape */
    double alpha;                    /* A */
    bool *inside;                    /* [tetrahedra] images too */
    double volume;                   /* A^3, of the cell where periodic */
    uint32_t (*triangle)[3];         /* [triangles] points, counter-clockwise seen from outside */
    size_t triangles;
    double area;           /* A^2 */
    bool closed;           /* every edge has an even number of triangles */
    size_t solids;         /* pieces, joined over faces */
    double largest_volume; /* A^3, of the largest piece */
    size_t cavities;       /* empty pieces without a way out; in a cell that is periodic along
                              three axes every empty piece */
    double cavity_volume;  /* A^3 */
    sw_triangle_tree tree; /* of the surface */
} sw_alpha_shape;

/* SW_ERROR_ARGUMENT where alpha is not above 0 A, or the margin of periodic tetrahedra is too
 * narrow; SW_ERROR_MEMORY. O(tetrahedra + s log s) for s triangles. */
SW_MUST_USE sw_status sw_alpha_shape_create(sw_alpha_shape *shape, const sw_tetrahedra *tetrahedra,
                                            double alpha, sw_error *error);
void sw_alpha_shape_clear(sw_alpha_shape *shape);

/* Distance of each atom to the surface (A): depth[atoms]. 0 on it and outside of it; infinite where
 * there is no surface. O(log s) an atom, more deep inside. */
SW_MUST_USE sw_status sw_alpha_shape_depths(double *depth, const sw_alpha_shape *shape,
                                            sw_context *context, sw_error *error);

#endif
