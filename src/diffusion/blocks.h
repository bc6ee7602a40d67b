/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Equations that couple each cell with its two neighbours through small square blocks. */
#ifndef SPILLWAY_DIFFUSION_BLOCKS_H
#define SPILLWAY_DIFFUSION_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>

#define SW_BLOCK_LARGEST 8

/*
 * lower[i] u[i-1] + diagonal[i] u[i] + upper[i] u[i+1] = right[i], with blocks of size x size by
 * rows: arrays of [cells][size][size] and right [cells][size]. lower[0] and the last upper are not
 * read.
 */
typedef struct sw_blocks {
    size_t cells, size;
    double *lower, *diagonal, *upper, *right;
} sw_blocks;

/* The solution replaces `right`; the blocks are used up. Gauss over blocks, with pivots within a
 * block: for matrices that are dominant by blocks, as those of diffusion are. False where a block
 * is singular. O(cells size^3). */
bool sw_blocks_solve(sw_blocks *blocks);

#endif
