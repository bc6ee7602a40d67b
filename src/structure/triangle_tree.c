/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/triangle_tree.h"

#include "base/matrix.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LEAF 4
#define DEPTH 64

/* ---- building -------------------------------------------------------------------------------- */

static void grow_box(sw_triangle_node *node, const sw_triangle *triangle) {
    for (int c = 0; c < 3; c++)
        for (int k = 0; k < 3; k++) {
            node->low[k] = fmin(node->low[k], triangle->corner[c][k]);
            node->high[k] = fmax(node->high[k], triangle->corner[c][k]);
        }
}

static double centre(const sw_triangle *triangle, int axis) {
    return triangle->corner[0][axis] + triangle->corner[1][axis] + triangle->corner[2][axis];
}

/* Puts the half with the smaller centres first (quickselect). */
static void halve(sw_triangle *triangle, size_t first, size_t end, int axis) {
    size_t middle = first + (end - first) / 2;
    while (end - first > 1) {
        double pivot = centre(&triangle[first + (end - 1 - first) / 2], axis);
        size_t i = first, j = end - 1;
        for (;; i++, j--) {
            while (centre(&triangle[i], axis) < pivot)
                i++;
            while (centre(&triangle[j], axis) > pivot)
                j--;
            if (i >= j)
                break;
            sw_triangle swapped = triangle[i];
            triangle[i] = triangle[j];
            triangle[j] = swapped;
        }
        if (middle <= j)
            end = j + 1;
        else
            first = j + 1;
    }
}

static int longest_axis(const sw_triangle_node *node) {
    int axis = 0;
    for (int k = 1; k < 3; k++)
        if (node->high[k] - node->low[k] > node->high[axis] - node->low[axis])
            axis = k;
    return axis;
}

static void build(sw_triangle_tree *tree, size_t first, size_t end) {
    sw_triangle_node *node = &tree->node[tree->nodes++];
    for (int k = 0; k < 3; k++) {
        node->low[k] = INFINITY;
        node->high[k] = -INFINITY;
    }
    for (size_t i = first; i < end; i++)
        grow_box(node, &tree->triangle[i]);
    node->first = (uint32_t)first;
    node->end = (uint32_t)end;
    if (end - first <= LEAF)
        return;
    size_t middle = first + (end - first) / 2;
    halve(tree->triangle, first, end, longest_axis(node));
    build(tree, first, middle);
    node->right = (uint32_t)tree->nodes;
    build(tree, middle, end);
}

sw_status sw_triangle_tree_create(sw_triangle_tree *tree, sw_triangle *triangle, size_t triangles) {
    *tree = (sw_triangle_tree){.triangle = triangle, .triangles = triangles};
    tree->node = sw_allocate(triangles + 1, sizeof *tree->node); /* leaves hold at least two */
    if (!tree->node) {
        sw_triangle_tree_clear(tree);
        return SW_ERROR_MEMORY;
    }
    build(tree, 0, triangles);
    return SW_OK;
}

void sw_triangle_tree_clear(sw_triangle_tree *tree) {
    free(tree->triangle);
    free(tree->node);
    memset(tree, 0, sizeof *tree);
}

/* ---- nearest --------------------------------------------------------------------------------- */

static void subtract(double result[3], const double a[3], const double b[3]) {
    for (int k = 0; k < 3; k++)
        result[k] = a[k] - b[k];
}

/* As in base/matrix.h, but inlined: these are what the search does most. */
static double dot(const double a[3], const double b[3]) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static void cross(double out[3], const double a[3], const double b[3]) {
    out[0] = a[1] * b[2] - a[2] * b[1];
    out[1] = a[2] * b[0] - a[0] * b[2];
    out[2] = a[0] * b[1] - a[1] * b[0];
}

static double edge_square(const double along[3], const double from[3]) {
    double gap = 0.0, square = dot(along, along);
    double part = square > 0.0 ? dot(along, from) / square : 0.0;
    part = part < 0.0 ? 0.0 : part > 1.0 ? 1.0 : part;
    for (int k = 0; k < 3; k++)
        gap += (from[k] - part * along[k]) * (from[k] - part * along[k]);
    return gap;
}

/* Above the triangle the distance to its plane, else that to the nearest edge; squared. */
static double triangle_square(const sw_triangle *triangle, const double point[3]) {
    double normal[3], edge[3][3], from[3][3], across[3], least = INFINITY;
    bool above = true;
    for (int c = 0; c < 3; c++) {
        subtract(edge[c], triangle->corner[(c + 1) % 3], triangle->corner[c]);
        subtract(from[c], point, triangle->corner[c]);
    }
    cross(normal, edge[0], edge[1]);
    for (int c = 0; c < 3; c++) {
        cross(across, edge[c], from[c]);
        above = above && dot(across, normal) >= 0.0;
    }
    double square = dot(normal, normal), height = dot(from[2], normal);
    if (above && square > 0.0)
        return height * height / square;
    for (int c = 0; c < 3; c++) {
        double gap = edge_square(edge[c], from[c]);
        least = gap < least ? gap : least;
    }
    return least;
}

double sw_triangle_distance(const sw_triangle *triangle, const double point[3]) {
    return sqrt(triangle_square(triangle, point));
}

static double box_square(const sw_triangle_node *node, const double point[3]) {
    double square = 0.0;
    for (int k = 0; k < 3; k++) {
        double below = node->low[k] - point[k], above = point[k] - node->high[k];
        double gap = below > 0.0 ? below : above > 0.0 ? above : 0.0;
        square += gap * gap;
    }
    return square;
}

double sw_triangle_tree_distance(const sw_triangle_tree *tree, const double point[3],
                                 double limit) {
    uint32_t stack[DEPTH];
    double least = limit * limit;
    bool nearer = false;
    int waiting = 0;
    stack[waiting++] = 0;
    while (waiting > 0) {
        const sw_triangle_node *node = &tree->node[stack[--waiting]];
        if (!(box_square(node, point) < least))
            continue;
        if (node->right == 0) {
            for (uint32_t i = node->first; i < node->end; i++) {
                double square = triangle_square(&tree->triangle[i], point);
                nearer = nearer || square < least;
                least = square < least ? square : least;
            }
            continue;
        }
        uint32_t left = (uint32_t)(node - tree->node) + 1;
        bool left_nearer =
            box_square(&tree->node[left], point) <= box_square(&tree->node[node->right], point);
        stack[waiting++] = left_nearer ? node->right : left;
        stack[waiting++] = left_nearer ? left : node->right;
    }
    return nearer ? sqrt(least) : limit;
}

/* ---- rays ------------------------------------------------------------------------------------ */

static bool meets_box(const sw_triangle_node *node, const double origin[3],
                      const double inverse[3]) {
    double near = 0.0, far = INFINITY;
    for (int k = 0; k < 3; k++) {
        double a = (node->low[k] - origin[k]) * inverse[k];
        double b = (node->high[k] - origin[k]) * inverse[k];
        near = fmax(near, fmin(a, b));
        far = fmin(far, fmax(a, b));
    }
    return near <= far * (1.0 + 1e-12) + 1e-12;
}

/* The line passes the three edges on the same side: volumes with the direction have one sign. */
static void cross_triangle(const sw_triangle *triangle, const double origin[3],
                           const double direction[3], sw_triangle_crossing crossing, void *user) {
    double corner[3][3], moment[3], part[3];
    for (int c = 0; c < 3; c++)
        subtract(corner[c], triangle->corner[c], origin);
    for (int c = 0; c < 3; c++) {
        sw_vector_cross(moment, corner[(c + 1) % 3], corner[(c + 2) % 3]);
        part[c] = sw_vector_dot(moment, direction);
    }
    bool out = part[0] > 0.0 && part[1] > 0.0 && part[2] > 0.0;
    bool in = part[0] < 0.0 && part[1] < 0.0 && part[2] < 0.0;
    if (!out && !in)
        return;
    double sum = part[0] + part[1] + part[2], distance = 0.0;
    for (int c = 0; c < 3; c++)
        distance += part[c] / sum * sw_vector_dot(corner[c], direction);
    if (distance > 0.0)
        crossing(user, distance, out ? 1 : -1);
}

void sw_triangle_tree_ray(const sw_triangle_tree *tree, const double origin[3],
                          const double direction[3], sw_triangle_crossing crossing, void *user) {
    uint32_t stack[DEPTH];
    double inverse[3];
    int waiting = 0;
    for (int k = 0; k < 3; k++)
        inverse[k] = 1.0 / (fabs(direction[k]) > 1e-300 ? direction[k] : 1e-300);
    stack[waiting++] = 0;
    while (waiting > 0) {
        const sw_triangle_node *node = &tree->node[stack[--waiting]];
        if (!meets_box(node, origin, inverse))
            continue;
        if (node->right == 0) {
            for (uint32_t i = node->first; i < node->end; i++)
                cross_triangle(&tree->triangle[i], origin, direction, crossing, user);
            continue;
        }
        stack[waiting++] = node->right;
        stack[waiting++] = (uint32_t)(node - tree->node) + 1;
    }
}
