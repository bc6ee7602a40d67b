/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/surface_distance.h"

#include "base/parallel.h"

#include <math.h>

#define ATOMS_A_PIECE 1024

/* The box around all triangles in fractions of the cell. */
static void find_bounds(double low[3], double high[3], const sw_triangle_tree *tree,
                        const sw_box *box) {
    const sw_triangle_node *root = &tree->node[0];
    for (int d = 0; d < 3; d++) {
        low[d] = high[d] = 0.0;
        for (int k = 0; k < 3; k++) {
            double a = (root->low[k] - box->origin[k]) * box->inverse[k][d];
            double b = (root->high[k] - box->origin[k]) * box->inverse[k][d];
            low[d] += fmin(a, b);
            high[d] += fmax(a, b);
        }
    }
}

/* Cells that the position has to be moved by for the surface to be within `distance`. */
static void find_range(int64_t first[3], int64_t last[3], const sw_triangle_tree *tree,
                       const sw_box *box, const double position[3], double distance) {
    double low[3], high[3];
    find_bounds(low, high, tree, box);
    for (int d = 0; d < 3; d++) {
        double at = 0.0, reach = distance / box->height[d];
        for (int k = 0; k < 3; k++)
            at += (position[k] - box->origin[k]) * box->inverse[k][d];
        first[d] = box->periodic[d] ? (int64_t)ceil(low[d] - reach - at - 1e-9) : 0;
        last[d] = box->periodic[d] ? (int64_t)floor(high[d] + reach - at + 1e-9) : 0;
    }
}

double sw_surface_distance(const sw_triangle_tree *tree, const sw_box *box,
                           const double position[3]) {
    int64_t first[3], last[3];
    if (tree->triangles == 0)
        return INFINITY;
    double nearest = sw_triangle_tree_distance(tree, position, INFINITY);
    find_range(first, last, tree, box, position, nearest);
    for (int64_t x = first[0]; x <= last[0]; x++)
        for (int64_t y = first[1]; y <= last[1]; y++)
            for (int64_t z = first[2]; z <= last[2]; z++) {
                double image[3];
                for (int k = 0; k < 3; k++)
                    image[k] = position[k] + (double)x * box->cell[0][k] +
                               (double)y * box->cell[1][k] + (double)z * box->cell[2][k];
                nearest = sw_triangle_tree_distance(tree, image, nearest);
            }
    return nearest;
}

typedef struct distance_work {
    const sw_triangle_tree *tree;
    const sw_box *box;
    const double *position;
    double *distance;
} distance_work;

static sw_status find_distances(void *user, size_t first, size_t end, int worker) {
    const distance_work *work = user;
    (void)worker;
    for (size_t i = first; i < end; i++) {
        double wrapped[3];
        sw_box_wrap(wrapped, work->box, work->position + 3 * i);
        work->distance[i] = sw_surface_distance(work->tree, work->box, wrapped);
    }
    return SW_OK;
}

sw_status sw_surface_distances(double *distance, const sw_triangle_tree *tree, const sw_box *box,
                               const sw_atoms *atoms, sw_context *context) {
    distance_work work = {.tree = tree, .box = box, .position = sw_atoms_positions_const(atoms)};
    work.distance = distance;
    return sw_parallel(context, sw_atoms_count(atoms), ATOMS_A_PIECE, find_distances, &work);
}
