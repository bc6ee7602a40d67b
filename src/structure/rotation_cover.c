/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/rotation_cover.h"

#include <math.h>
#include <string.h>

#define LANES SW_COVER_LANES

static void add(sw_rotation_cover *cover, const double x[3], double radius) {
    sw_rotation_block *block = &cover->block[cover->count / LANES];
    size_t lane = cover->count % LANES;
    double square = x[0] * x[0] + x[1] * x[1] + x[2] * x[2];
    for (int k = 0; k < 3; k++)
        for (int j = 0; j < 3; j++) {
            int other = 3 - k - j; /* the third axis; + for j, k in cyclic order */
            double across = k == j ? 0.0 : x[other] * ((k + 1) % 3 == j ? 1.0 : -1.0);
            double value = (k == j ? 1.0 - square : 0.0) + 2.0 * (x[k] * x[j] + across);
            block->matrix[3 * k + j][lane] = (float)(value / (1.0 + square));
        }
    block->part[lane] = (float)(radius * radius / (1.0 + square));
    cover->count++;
}

/* Corners of the cubes have even places, their middles odd ones; middles of cubes that are just
 * outside are outside along one axis. */
static void add_lattice(sw_rotation_cover *cover, double reach, int pieces) {
    double half = reach / pieces, radius = half * sqrt(5.0) / 2.0;
    int side = 2 * pieces + 3, at[3];
    for (int n = 0; n < side * side * side; n++) {
        double x[3];
        int odd = 0, outside = 0;
        at[0] = n % side - 1;
        at[1] = n / side % side - 1;
        at[2] = n / side / side - 1;
        for (int k = 0; k < 3; k++) {
            odd += at[k] % 2 != 0;
            outside += at[k] < 0 || at[k] > 2 * pieces;
            x[k] = half * (at[k] - pieces);
        }
        if ((odd == 0 && outside == 0) || (odd == 3 && outside <= 1))
            add(cover, x, radius);
    }
}

void sw_rotation_cover_make(sw_rotation_cover *cover, double reach, int pieces) {
    memset(cover, 0, sizeof *cover);
    add_lattice(cover, reach, pieces);
    cover->blocks = (cover->count + LANES - 1) / LANES;
    size_t last = (cover->count - 1) % LANES;
    sw_rotation_block *block = &cover->block[cover->blocks - 1];
    for (size_t lane = last + 1; lane < LANES; lane++) {
        for (size_t e = 0; e < 9; e++)
            block->matrix[e][lane] = block->matrix[e][last];
        block->part[lane] = block->part[last];
    }
}
