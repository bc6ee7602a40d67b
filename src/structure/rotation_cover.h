/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rotations near enough to all others, up to those of a group. A rotation is a vector x, its axis
 * times the tangent of half its angle: its quaternion is (1, x) / sqrt(1 + x^2) (O. Rodrigues, J.
 * Math. Pures Appl. 5, 380 (1840)). Of all that the group makes equal the rotation that is turned
 * least lies in a polyhedron about 0; the cover is a body-centred lattice in a cube around it.
 *
 * Every x in the cube lies in a tetrahedron of four places of the lattice: the middles of two cubes
 * that share a face and two neighbouring corners of it. `radius` is that of the sphere through the
 * four, whose centre is inside.
 */
#ifndef SPILLWAY_STRUCTURE_ROTATION_COVER_H
#define SPILLWAY_STRUCTURE_ROTATION_COVER_H

#include <stddef.h>

#define SW_COVER_LANES 8   /* rotations in a row */
#define SW_COVER_BLOCKS 20 /* rows at most */

typedef struct sw_rotation_block {
    float matrix[9][SW_COVER_LANES]; /* [3 k + j]: component j times this is added to component k of
                                        R^T v */
    float part[SW_COVER_LANES];      /* radius^2 / (1 + x^2) */
} sw_rotation_block;

typedef struct sw_rotation_cover {
    size_t count, blocks; /* the last block is filled up with copies of the last rotation */
    sw_rotation_block block[SW_COVER_BLOCKS];
} sw_rotation_cover;

/* Covers the cube from -reach to reach with `pieces` cubes (1 to 3) along each edge. */
void sw_rotation_cover_make(sw_rotation_cover *cover, double reach, int pieces);

#endif
