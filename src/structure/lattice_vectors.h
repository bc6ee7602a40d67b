/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Planes and directions of crystals by their indices, up to a largest one: lines, so that of v and
 * -v only one is there. Those that a rotation of the crystal joins are a family; it is named after
 * the member with the fewest minus signs, then the largest sum, then the largest first indices.
 *
 * Axes are those of crystal_templates.h. Cubic: those of the cube. Hexagonal: a1 along x, a2 at
 * 120 degrees, c along z; printed with four indices (Miller-Bravais).
 */
#ifndef SPILLWAY_STRUCTURE_LATTICE_VECTORS_H
#define SPILLWAY_STRUCTURE_LATTICE_VECTORS_H

#include "structure/crystal_templates.h"

#include <spillway/base.h>

typedef enum sw_lattice_kind { SW_LATTICE_PLANE, SW_LATTICE_DIRECTION } sw_lattice_kind;

typedef struct sw_lattice_vector {
    int index[3];
    double unit[3];  /* the normal of a plane, or the direction, in the crystal's axes */
    uint32_t family; /* the vector that it is named after */
} sw_lattice_vector;

typedef struct sw_lattice_vectors {
    sw_crystal_kind crystal;
    sw_lattice_kind kind;
    size_t count;
    sw_lattice_vector *list;
} sw_lattice_vectors;

#define SW_LARGEST_INDEX 6
#define SW_LATTICE_TEXT 48

bool sw_crystal_is_hexagonal(sw_crystal_kind crystal);
/* c over a of touching spheres, sqrt(8/3). */
double sw_ideal_c_over_a(void);

/* The unit vector of indices in the crystal's axes; c_over_a counts for hexagonal ones only. */
void sw_lattice_unit(double unit[3], sw_crystal_kind crystal, sw_lattice_kind kind,
                     const int index[3], double c_over_a);
/* All without a common factor and with indices up to `largest` (1 .. SW_LARGEST_INDEX).
 * SW_ERROR_MEMORY. O(n^2 rotations) for n vectors. */
SW_MUST_USE sw_status sw_lattice_vectors_create(sw_lattice_vectors *vectors,
                                                sw_crystal_kind crystal, sw_lattice_kind kind,
                                                int largest, double c_over_a);
void sw_lattice_vectors_clear(sw_lattice_vectors *vectors);
/* "(1 1 -1)", "[1 0 -1 0]"; a whole family "{1 1 1}", "<1 1 0>". Returns text. */
const char *sw_lattice_print(char text[SW_LATTICE_TEXT], const sw_lattice_vectors *vectors,
                             size_t vector, bool family);

#endif
