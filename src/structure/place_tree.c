/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/place_tree.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void box_of_leaf(sw_place_tree *tree, const sw_grid *grid, size_t leaf) {
    double *low = tree->low[tree->leaves + leaf], *high = tree->high[tree->leaves + leaf];
    size_t first = leaf * SW_PLACE_TREE_LEAF;
    for (int k = 0; k < 3; k++) {
        low[k] = INFINITY;
        high[k] = -INFINITY;
        for (size_t i = first; i < first + SW_PLACE_TREE_LEAF && i < grid->atoms; i++) {
            low[k] = fmin(low[k], grid->position[i][k]);
            high[k] = fmax(high[k], grid->position[i][k]);
        }
    }
}

sw_status sw_place_tree_create(sw_place_tree *tree, const sw_grid *grid) {
    memset(tree, 0, sizeof *tree);
    tree->leaves = 1;
    while (tree->leaves * SW_PLACE_TREE_LEAF < grid->atoms)
        tree->leaves *= 2;
    tree->low = sw_allocate(2 * tree->leaves, sizeof *tree->low);
    tree->high = sw_allocate(2 * tree->leaves, sizeof *tree->high);
    if (!tree->low || !tree->high) {
        sw_place_tree_clear(tree);
        return SW_ERROR_MEMORY;
    }
    for (size_t leaf = 0; leaf < tree->leaves; leaf++)
        box_of_leaf(tree, grid, leaf);
    for (size_t node = tree->leaves - 1; node > 0; node--)
        for (int k = 0; k < 3; k++) {
            tree->low[node][k] = fmin(tree->low[2 * node][k], tree->low[2 * node + 1][k]);
            tree->high[node][k] = fmax(tree->high[2 * node][k], tree->high[2 * node + 1][k]);
        }
    return SW_OK;
}

void sw_place_tree_clear(sw_place_tree *tree) {
    free(tree->low);
    free(tree->high);
    memset(tree, 0, sizeof *tree);
}
