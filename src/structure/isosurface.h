/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The surface on which a concentration has one value, and the bodies inside of it. Inside each of
 * the six tetrahedra (Kuhn) of a grid cell the concentration is linear, so the surface there is a
 * plane: a triangle or two (marching tetrahedra; A. Doi and A. Koide, IEICE Trans. E74, 214
 * (1991)). All share their corners, so the surface closes in itself whatever the numbers are, and
 * its volume and area are off by a multiple of the voxel squared.
 *
 * Where the concentration is not known, and around the grid, there is none of the elements: the
 * surface closes there too, and these triangles are `border`. Positions are those of the cell;
 * along periodic axes a triangle may reach into the next one:
 *
 *   corner c of triangle t = vertex[corner[t][c]] + shift[t][c] * period
 */
#ifndef SPILLWAY_STRUCTURE_ISOSURFACE_H
#define SPILLWAY_STRUCTURE_ISOSURFACE_H

#include "structure/concentration_grid.h"

#define SW_NO_BODY UINT32_MAX

typedef struct sw_isosurface_body {
    double volume;    /* A^3, of the tetrahedra's parts above the threshold */
    double area;      /* A^2, holes within it too */
    double border;    /* A^2, of the area: where the concentration ends to be known */
    double centre[3]; /* A, of its volume, unwrapped from its first point */
    bool endless;     /* joined to a periodic image of itself: the centre means nothing */
} sw_isosurface_body;

typedef struct sw_isosurface {
    const sw_concentration_grid *grid; /* not owned; outlives the surface */
    double threshold, period[3][3];
    size_t vertices, triangles;
    double (*vertex)[3];   /* [vertices] A */
    uint32_t (*corner)[3]; /* [triangles] counter-clockwise seen from outside */
    int8_t (*shift)[3][3]; /* [triangles] 0 or 1 */
    uint32_t *body;        /* [triangles] */
    bool *border;          /* [triangles] */
    size_t shells;         /* connected surfaces: one a body, and one for each hole in it */
    size_t bodies;         /* connected over edges of tetrahedra; the largest first */
    sw_isosurface_body *list;
    /* The grid with a layer of nothing around it where it is not periodic. */
    size_t extent[3];
    float *height; /* [points] concentration less the threshold */
    uint32_t *of;  /* [points] body, or SW_NO_BODY below the threshold */
} sw_isosurface;

/* The threshold is above 0 (a fraction), else SW_ERROR_ARGUMENT; SW_ERROR_MEMORY,
 * SW_ERROR_CANCELLED. O(points); 23 bytes a point. */
SW_MUST_USE sw_status sw_isosurface_create(sw_isosurface *surface,
                                           const sw_concentration_grid *grid, double threshold,
                                           sw_context *context, sw_error *error);
void sw_isosurface_clear(sw_isosurface *surface);

/* Takes bodies away, with their triangles and vertices: keep [bodies]. SW_ERROR_MEMORY. O(points).
 */
SW_MUST_USE sw_status sw_isosurface_select(sw_isosurface *surface, const bool *keep);

/* The body that a place is in, or SW_NO_BODY: exactly the side of the triangles. */
uint32_t sw_isosurface_body_at(const sw_isosurface *surface, const double position[3]);
/* The corners of a triangle, A. */
void sw_isosurface_triangle(double corner[3][3], const sw_isosurface *surface, size_t triangle);
/* Vertices - edges + triangles: 2 for each sphere, 0 for a torus. */
int64_t sw_isosurface_euler(const sw_isosurface *surface);

#endif
