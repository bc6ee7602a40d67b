/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Boxes around runs of consecutive places of a grid, boxes around two of those, and so on up to
 * all: node n holds nodes 2n and 2n + 1; node 1 holds everything. For searches that grids are too
 * fine for.
 */
#ifndef SPILLWAY_STRUCTURE_PLACE_TREE_H
#define SPILLWAY_STRUCTURE_PLACE_TREE_H

#include "structure/grid.h"

#define SW_PLACE_TREE_LEAF 8 /* places */

typedef struct sw_place_tree {
    size_t leaves;    /* a power of two; nodes leaves .. 2 leaves - 1 */
    double (*low)[3]; /* [2 * leaves] A; above `high` where there are no atoms */
    double (*high)[3];
} sw_place_tree;

/* SW_ERROR_MEMORY, or SW_OK. O(atoms). */
SW_MUST_USE sw_status sw_place_tree_create(sw_place_tree *tree, const sw_grid *grid);
void sw_place_tree_clear(sw_place_tree *tree);

#endif
