/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Delaunay tetrahedra of atoms, periodic or not, with their volumes and circumspheres: what
 * alpha shapes, voids and oxygen sites are made of.
 *
 * Of a periodic structure the triangulation covers the cell and a margin of images. A tetrahedron
 * with circumradius R is right where the margin is at least 2 R, and one of its images (`own`)
 * belongs to the cell (periodic_points.h): sums over own tetrahedra are those of the cell.
 */
#ifndef SPILLWAY_STRUCTURE_TETRAHEDRA_H
#define SPILLWAY_STRUCTURE_TETRAHEDRA_H

#include "structure/delaunay.h"
#include "structure/periodic_points.h"

typedef struct sw_tetrahedra {
    sw_periodic_points points;
    sw_delaunay delaunay; /* of points */
    size_t count;         /* of tetrahedra, own or not */
    uint32_t *own;        /* [count] the own image of each: itself where it belongs to the cell;
                             SW_DELAUNAY_NONE where that is not in the triangulation */
    double *volume;       /* [count] A^3 */
    double *radius;       /* [count] circumradius, A */
    double own_volume;    /* A^3 */
    bool complete; /* periodic along three axes, and the own tetrahedra fill the cell to 1e-10:
                      the margin was wide enough for every tetrahedron */
} sw_tetrahedra;

/*
 * `margin` in A; ignored without periodic axes. Atoms that span no volume: count is 0 and
 * delaunay.span says why. Errors of sw_periodic_points_create and sw_delaunay_create. 16 bytes a
 * tetrahedron more than sw_delaunay, and 4.
 */
SW_MUST_USE sw_status sw_tetrahedra_create(sw_tetrahedra *tetrahedra, const sw_atoms *atoms,
                                           double margin, sw_context *context, sw_error *error);
void sw_tetrahedra_clear(sw_tetrahedra *tetrahedra);

/* The corners as rows, A. */
void sw_tetrahedra_corners(double corner[4][3], const sw_tetrahedra *tetrahedra, size_t t);
/* Volume (>= 0 for the order of delaunay.h) and circumsphere; the centre (may be NULL) is from
 * corner 3. Returns the radius: infinite where the tetrahedron is flat. */
double sw_tetrahedron_sphere(double *volume, double centre[3], const double corner[4][3]);
/* Longest edge over the mean one, less 1. Regular 0; a quarter of an octahedron 0.3229. */
double sw_tetrahedron_distortion(const double corner[4][3]);

/* The corners of the face without corner i, counter-clockwise seen from outside. */
void sw_tetrahedron_face(uint32_t face[3], const uint32_t vertex[4], int i);

#endif
