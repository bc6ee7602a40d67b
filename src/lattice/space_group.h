/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The space group of a frame: every turn, mirror and translation that puts each site on one of its
 * kind, found in the frame's own cell. A turn takes cell edge i to the lattice vector of row i, so
 *
 *   the site `basis` in cell c goes to the site image[basis] in cell c turn + shift[basis].
 *
 * Translations by whole cells are left out; those between sites of one cell (a centred cell) are
 * in. Found by trial over lattice vectors of the right lengths, which needs no reduced cell and
 * gives what the lattice works with, whole cells and basis sites.
 */
#ifndef SPILLWAY_LATTICE_SPACE_GROUP_H
#define SPILLWAY_LATTICE_SPACE_GROUP_H

#include <spillway/model.h>

#define SW_BASIS_MOST 64

typedef struct sw_group_operation {
    int turn[3][3];
    uint8_t image[SW_BASIS_MOST];
    int shift[SW_BASIS_MOST][3];
} sw_group_operation;

typedef struct sw_space_group {
    sw_group_operation *list;
    size_t count, capacity;
} sw_space_group;

/* O(turns x sites of the cell cubed). Lengths may differ by a thousandth, places by half a
 * hundredth of the lattice constant. */
sw_status sw_space_group_find(sw_space_group *symmetry, const sw_frame *frame);
void sw_space_group_clear(sw_space_group *symmetry);
/* Where a site goes. */
void sw_space_group_apply(int *basis, int cell[3], const sw_group_operation *operation);

#endif
