/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Atoms and those of their periodic images that are near the cell, as plain points: what a method
 * for points in free space needs to see a periodic one. The atoms come first, wrapped into the
 * cell.
 *
 *   position[p] = position[atom[p]] + shift[p] * cell
 */
#ifndef SPILLWAY_STRUCTURE_PERIODIC_POINTS_H
#define SPILLWAY_STRUCTURE_PERIODIC_POINTS_H

#include "structure/box.h"

typedef struct sw_periodic_points {
    sw_box box;
    double margin; /* A; infinite without periodic axes */
    size_t atoms, count;
    double (*position)[3]; /* [count] A */
    uint32_t *atom;        /* [count] */
    int32_t (*shift)[3];   /* [count] cells; 0 for the atoms themselves */
} sw_periodic_points;

/* Images within `margin` (A, >= 0) of the cell's faces along periodic axes. Errors of
 * sw_box_create; SW_ERROR_ARGUMENT for a bad margin or more than 5e8 points. O(points). */
SW_MUST_USE sw_status sw_periodic_points_create(sw_periodic_points *points, const sw_atoms *atoms,
                                                double margin, sw_error *error);
void sw_periodic_points_clear(sw_periodic_points *points);

/*
 * Of all images of a set of points (a tetrahedron, a face, an edge) exactly one belongs to the
 * cell: that in which the vertex of the smallest atom number (of these the one with the smallest
 * shift) is the atom itself. Returns that vertex; its shift is 0 where the set belongs to the cell.
 */
int sw_periodic_points_anchor(const sw_periodic_points *points, const uint32_t *vertex, int count);
bool sw_periodic_points_owns(const sw_periodic_points *points, const uint32_t *vertex, int count);

/* What is equal for all images of a set of up to 4 points: atoms and shifts from the anchor,
 * sorted. */
typedef struct sw_image_key {
    int32_t member[4][4]; /* atom, shift; atom -1 where there are fewer */
} sw_image_key;

void sw_periodic_points_key(sw_image_key *key, const sw_periodic_points *points,
                            const uint32_t *vertex, int count);
/* For qsort and tables. */
int sw_image_key_order(const void *a, const void *b);
uint64_t sw_image_key_hash(const sw_image_key *key);

#endif
