/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How two crystals lie against each other, modulo the rotations of both onto themselves
 * (crystal_templates.h).
 *
 *   between   the rotation from the axes of b to those of a: v_a = between v_b
 */
#ifndef SPILLWAY_STRUCTURE_CRYSTAL_RELATION_H
#define SPILLWAY_STRUCTURE_CRYSTAL_RELATION_H

#include "structure/lattice_vectors.h"

typedef struct sw_crystal_pose {
    sw_crystal_kind crystal; /* no other or icosahedron */
    double orientation[4];   /* (w, x, y, z) from the crystal's axes to those of the file */
    double c_over_a;         /* of hexagonal ones */
} sw_crystal_pose;

/*
 * The disorientation: of all rotations between the two that mean the same crystals the one by the
 * least angle. Returns the angle (rad); axis[3] (unit, 0 for no rotation) in the axes of a, for
 * two cubic crystals as that with x >= y >= z >= 0. O(rotations^2).
 */
double sw_disorientation(double axis[3], const sw_crystal_pose *a, const sw_crystal_pose *b);

/* ---- parallel planes and directions ---------------------------------------------------------- */

/* A vector of a's list nearly parallel to one of b's. */
typedef struct sw_parallel_pair {
    uint32_t a, b; /* places in the lists */
    double angle;  /* rad */
} sw_parallel_pair;

typedef struct sw_parallel_pairs {
    size_t count, capacity;
    sw_parallel_pair *list;
} sw_parallel_pairs;

/*
 * Pairs with an angle up to `tolerance` (rad): all of them, or of each pair of families the best.
 * The best first: by the angle to 1e-8 rad, then the smaller indices. Release with free(list).
 * SW_ERROR_MEMORY. O(vectors^2).
 */
SW_MUST_USE sw_status sw_parallel_pairs_find(sw_parallel_pairs *pairs, const sw_crystal_pose *a,
                                             const sw_lattice_vectors *of_a,
                                             const sw_crystal_pose *b,
                                             const sw_lattice_vectors *of_b, double tolerance,
                                             bool families);
/*
 * A pair of planes and a pair of directions in them that say the relation with the smallest
 * indices (least sum of squares, then of angles, then the planes that hold more neighbours); false
 * where there is none. Pairs are all.
 */
bool sw_plane_and_direction(sw_parallel_pair chosen[2], const sw_parallel_pairs *planes,
                            const sw_lattice_vectors *planes_of[2],
                            const sw_parallel_pairs *directions,
                            const sw_lattice_vectors *directions_of[2]);

/* ---- named relations ------------------------------------------------------------------------- */

typedef struct sw_named_relation {
    const char *name, *pairs, *source;
} sw_named_relation;

#define SW_NAMED_RELATIONS 9

/* By number; NULL beyond the last. */
const sw_named_relation *sw_named_relation_at(size_t number);
/* Angle (rad) to the nearest variant of a relation; NaN where it is of other crystals. Which of the
 * two crystals is a does not matter. O(rotations^2). */
double sw_angle_to_relation(size_t number, const sw_crystal_pose *a, const sw_crystal_pose *b);
/* An orientation of b beside a in exactly this relation, for tests; false for other crystals. */
bool sw_pose_in_relation(sw_crystal_pose *b, size_t number, const sw_crystal_pose *a);

#endif
