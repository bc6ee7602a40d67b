/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/voronoi_far.h"

#include "base/matrix.h"

#include <math.h>

#define CUBE_GROWTH 4.0
#define DEEPEST 64 /* levels of the tree */

/* ---- one image of all atoms ------------------------------------------------------------------ */

static bool node_matters(const sw_voronoi_search *search, size_t node, const double move[3]) {
    const sw_place_tree *tree = &search->space->tree;
    double low[3], high[3];
    for (int k = 0; k < 3; k++) {
        low[k] = tree->low[node][k] + move[k];
        high[k] = tree->high[node][k] + move[k];
    }
    return low[0] <= high[0] && sw_convex_cell_sees(&search->cell, low, high);
}

static sw_status try_leaf(sw_voronoi_search *search, size_t leaf, const double move[3]) {
    const sw_grid *grid = &search->space->grid;
    double close = search->space->close;
    for (size_t j = leaf * SW_PLACE_TREE_LEAF;
         j < (leaf + 1) * SW_PLACE_TREE_LEAF && j < grid->atoms; j++) {
        double vector[3];
        for (int k = 0; k < 3; k++)
            vector[k] = grid->position[j][k] + move[k];
        if (sw_vector_dot(vector, vector) <= close * close)
            continue;
        if (sw_voronoi_try(search, (uint32_t)j, vector) == SW_CUT_NO_MEMORY)
            return SW_ERROR_MEMORY;
    }
    return SW_OK;
}

/* Squared distance of the middle of a node from the atom. */
static double node_distance(const sw_place_tree *tree, size_t node, const double move[3]) {
    double sum = 0.0;
    for (int k = 0; k < 3; k++) {
        double middle = 0.5 * (tree->low[node][k] + tree->high[node][k]) + move[k];
        sum += middle * middle;
    }
    return sum;
}

/* Tries all atoms, moved by `move` (image and origin of the atom), that could cut. */
static sw_status search_image(sw_voronoi_search *search, const double move[3]) {
    const sw_place_tree *tree = &search->space->tree;
    size_t waiting[DEEPEST], count = 1;
    sw_status status = SW_OK;
    waiting[0] = 1;
    while (count > 0 && status == SW_OK) {
        size_t node = waiting[--count];
        if (!node_matters(search, node, move))
            continue;
        if (node >= tree->leaves) {
            status = try_leaf(search, node - tree->leaves, move);
            continue;
        }
        bool first_is_nearer =
            node_distance(tree, 2 * node, move) < node_distance(tree, 2 * node + 1, move);
        waiting[count++] = 2 * node + first_is_nearer;
        waiting[count++] = 2 * node + !first_is_nearer;
    }
    return status;
}

/* ---- the images that matter ------------------------------------------------------------------ */

/* Shrinks the sphere around a vertex through the atom to one that holds the part of it within the
 * atoms' range along the axes that are not periodic. False where there is none. */
static bool cut_sphere(double centre[3], double *radius, const sw_box *box) {
    double fraction[3], farthest = 0.0;
    int axis = -1;
    sw_box_fraction(fraction, box, centre);
    for (int d = 0; d < 3; d++) {
        double outside = fmax(-fraction[d], fraction[d] - 1.0) * box->height[d];
        if (!box->periodic[d] && outside > farthest) {
            farthest = outside;
            axis = d;
        }
    }
    if (farthest >= *radius)
        return false;
    *radius = sqrt(*radius * *radius - farthest * farthest);
    for (int k = 0; axis >= 0 && k < 3; k++) {
        /* the inverse's column is normal to the other two axes, its length 1 / height */
        double normal = box->inverse[k][axis] * box->height[axis];
        centre[k] += fraction[axis] < 0.0 ? farthest * normal : -farthest * normal;
    }
    return true;
}

/* Images along each axis in which some atom could cut. */
static void find_images(int64_t low[3], int64_t high[3], const sw_voronoi_search *search,
                        const double position[3]) {
    const sw_box *box = &search->space->grid.box;
    const sw_convex_cell *cell = &search->cell;
    for (int d = 0; d < 3; d++) {
        low[d] = box->periodic[d] ? INT64_MAX : 0;
        high[d] = box->periodic[d] ? INT64_MIN : 0;
    }
    for (uint32_t v = 0; v < cell->vertices; v++) {
        const double at[3] = {cell->x[v], cell->y[v], cell->z[v]};
        double centre[3], from_origin[3], fraction[3], radius = sw_vector_length(at);
        for (int k = 0; k < 3; k++)
            centre[k] = position[k] + at[k];
        if (!cut_sphere(centre, &radius, box))
            continue;
        for (int k = 0; k < 3; k++)
            from_origin[k] = centre[k] - box->origin[k];
        sw_matrix_row_product(fraction, from_origin, box->inverse);
        for (int d = 0; d < 3; d++) {
            double width = radius / box->height[d] + 1e-9;
            int64_t first = (int64_t)floor(fraction[d] - width);
            int64_t last = (int64_t)floor(fraction[d] + width);
            low[d] = box->periodic[d] && first < low[d] ? first : low[d];
            high[d] = box->periodic[d] && last > high[d] ? last : high[d];
        }
    }
}

static sw_status search_images(sw_voronoi_search *search, const double position[3]) {
    const sw_box *box = &search->space->grid.box;
    int64_t low[3], high[3], at[3];
    sw_status status = SW_OK;
    find_images(low, high, search, position);
    for (at[0] = low[0]; at[0] <= high[0]; at[0]++)
        for (at[1] = low[1]; at[1] <= high[1]; at[1]++)
            for (at[2] = low[2]; at[2] <= high[2] && status == SW_OK; at[2]++) {
                double move[3];
                for (int k = 0; k < 3; k++)
                    move[k] = (double)at[0] * box->cell[0][k] + (double)at[1] * box->cell[1][k] +
                              (double)at[2] * box->cell[2][k] - position[k];
                status = search_image(search, move);
            }
    return status;
}

sw_status sw_voronoi_search_far(sw_voronoi_search *search, size_t place) {
    double largest = search->space->largest;
    sw_status status = SW_OK;
    bool reaches_out = true;
    while (status == SW_OK && reaches_out && search->half < largest) {
        status = sw_voronoi_search_restart(search, fmin(CUBE_GROWTH * search->half, largest));
        if (status == SW_OK)
            status = search_images(search, search->space->grid.position[place]);
        reaches_out = !(sw_convex_cell_reach(&search->cell) < search->half * search->half);
    }
    search->open = reaches_out;
    return status;
}
