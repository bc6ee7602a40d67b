/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/boundary.h"

#include "base/memory.h"
#include "structure/alpha_shape.h"
#include "structure/surface_distance.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BOND 1.1        /* of the shortest edge nearby: below sqrt(4/3), the next ones of bcc */
#define ON_SURFACE 1e-9 /* A */

/* ---- crossed edges --------------------------------------------------------------------------- */

/* A tetrahedron with chosen corners and others: chosen ones first, and where it crosses its edges.
 */
typedef struct mixed {
    uint32_t point[4]; /* of the tetrahedra's points */
    int chosen, edges;
    uint8_t edge[4][2]; /* corners, around the plane that parts them */
    double crossing[4][3];
} mixed;

/* One edge of one tetrahedron; those of one edge stand together once they are sorted. */
typedef struct crossed_edge {
    sw_image_key key;
    uint32_t tetrahedron; /* place in the list */
    uint32_t number;      /* of its edges */
    double length;        /* A */
} crossed_edge;

typedef struct crossings {
    const sw_tetrahedra *tetrahedra;
    mixed *list;
    size_t count, capacity;
    crossed_edge *edge;
    size_t edges, edge_capacity;
} crossings;

static bool sort_corners(mixed *m, const sw_tetrahedra *tetrahedra, size_t t, const bool *chosen) {
    static const uint8_t one[3][2] = {{0, 1}, {0, 2}, {0, 3}},
                         three[3][2] = {{0, 3}, {1, 3}, {2, 3}};
    static const uint8_t two[4][2] = {{0, 2}, {0, 3}, {1, 3}, {1, 2}};
    int next = 0;
    *m = (mixed){0};
    for (int side = 1; side >= 0; side--)
        for (int c = 0; c < 4; c++) {
            uint32_t point = tetrahedra->delaunay.vertex[t][c];
            if (chosen[tetrahedra->points.atom[point]] != (side == 1))
                continue;
            m->point[next++] = point;
            m->chosen += side;
        }
    m->edges = m->chosen == 2 ? 4 : 3;
    memcpy(m->edge, m->chosen == 1 ? one : m->chosen == 2 ? two : three, 2 * (size_t)m->edges);
    return m->chosen > 0 && m->chosen < 4;
}

static sw_status add_edges(crossings *found, mixed *m, size_t place) {
    const sw_periodic_points *points = &found->tetrahedra->points;
    for (int e = 0; e < m->edges; e++) {
        const uint32_t ends[2] = {m->point[m->edge[e][0]], m->point[m->edge[e][1]]};
        double square = 0.0;
        if (!sw_reserve(&found->edge, &found->edge_capacity, found->edges + 1, sizeof *found->edge))
            return SW_ERROR_MEMORY;
        crossed_edge *edge = &found->edge[found->edges++];
        for (int k = 0; k < 3; k++) {
            double a = points->position[ends[0]][k], b = points->position[ends[1]][k];
            m->crossing[e][k] = 0.5 * (a + b);
            square += (b - a) * (b - a);
        }
        sw_periodic_points_key(&edge->key, points, ends, 2);
        edge->tetrahedron = (uint32_t)place;
        edge->number = (uint32_t)e;
        edge->length = sqrt(square);
    }
    return SW_OK;
}

static int edge_order(const void *a, const void *b) {
    const crossed_edge *left = a, *right = b;
    int order = sw_image_key_order(&left->key, &right->key);
    if (order != 0)
        return order;
    return left->tetrahedron < right->tetrahedron ? -1 : left->tetrahedron > right->tetrahedron;
}

static sw_status find_crossings(crossings *found, const sw_alpha_shape *shape, const bool *chosen) {
    const sw_tetrahedra *tetrahedra = shape->tetrahedra;
    sw_status status = SW_OK;
    for (size_t t = 0; t < tetrahedra->count && status == SW_OK; t++) {
        mixed m;
        if (tetrahedra->own[t] != t || !shape->inside[t] ||
            !sort_corners(&m, tetrahedra, t, chosen))
            continue;
        if (!sw_reserve(&found->list, &found->capacity, found->count + 1, sizeof *found->list))
            return SW_ERROR_MEMORY;
        status = add_edges(found, &m, found->count);
        found->list[found->count++] = m;
    }
    return status;
}

/* ---- bonds decide ---------------------------------------------------------------------------- */

static double length_of(const crossings *found, const mixed *m, int e) {
    const double *a = found->tetrahedra->points.position[m->point[m->edge[e][0]]];
    const double *b = found->tetrahedra->points.position[m->point[m->edge[e][1]]];
    return sqrt((b[0] - a[0]) * (b[0] - a[0]) + (b[1] - a[1]) * (b[1] - a[1]) +
                (b[2] - a[2]) * (b[2] - a[2]));
}

/* How far the crossing of one edge moves: to the mean of the bonds' crossings around it. The
 * tetrahedra hold the middles still; `moved` gets the new places. */
static void move_crossing(double (*moved)[4][3], const crossings *found, size_t first, size_t end) {
    double shortest = INFINITY, offset[3] = {0}, bonds = 0.0;
    for (size_t i = first; i < end; i++) {
        const mixed *m = &found->list[found->edge[i].tetrahedron];
        for (int e = 0; e < m->edges; e++)
            shortest = fmin(shortest, length_of(found, m, e));
    }
    bool is_bond = found->edge[first].length <= BOND * shortest;
    for (size_t i = first; i < end && !is_bond; i++) {
        const mixed *m = &found->list[found->edge[i].tetrahedron];
        for (int e = 0; e < m->edges; e++) {
            if (length_of(found, m, e) > BOND * shortest)
                continue;
            bonds += 1.0;
            for (int k = 0; k < 3; k++)
                offset[k] += m->crossing[e][k] - m->crossing[found->edge[i].number][k];
        }
    }
    for (size_t i = first; i < end; i++) {
        const crossed_edge *edge = &found->edge[i];
        for (int k = 0; k < 3; k++)
            moved[edge->tetrahedron][edge->number][k] =
                found->list[edge->tetrahedron].crossing[edge->number][k] +
                (is_bond ? 0.0 : offset[k] / bonds);
    }
}

static void fill_triangles(sw_triangle *triangle, const crossings *found, double (*moved)[4][3]) {
    size_t count = 0;
    for (size_t n = 0; n < found->count; n++)
        for (int part = 0; part < found->list[n].edges - 2; part++) {
            static const int corners[2][3] = {{0, 1, 2}, {0, 2, 3}};
            for (int c = 0; c < 3; c++)
                memcpy(triangle[count].corner[c], moved[n][corners[part][c]], sizeof moved[n][0]);
            count++;
        }
}

static sw_status join_crossings(sw_triangle_tree *tree, crossings *found) {
    size_t triangles = 0;
    double(*moved)[4][3] = sw_allocate(found->count, sizeof *moved);
    for (size_t n = 0; n < found->count; n++)
        triangles += (size_t)found->list[n].edges - 2;
    sw_triangle *triangle = sw_allocate(triangles, sizeof *triangle);
    if (!moved || !triangle) {
        free(moved);
        free(triangle);
        return SW_ERROR_MEMORY;
    }
    if (found->edges > 0)
        qsort(found->edge, found->edges, sizeof *found->edge, edge_order);
    for (size_t first = 0, end; first < found->edges; first = end) {
        for (end = first + 1; end < found->edges && sw_image_key_order(&found->edge[first].key,
                                                                       &found->edge[end].key) == 0;
             end++)
            continue;
        move_crossing(moved, found, first, end);
    }
    fill_triangles(triangle, found, moved);
    free(moved);
    return sw_triangle_tree_create(tree, triangle, triangles);
}

static sw_status make_tree(sw_triangle_tree *tree, const sw_alpha_shape *shape,
                           const bool *chosen) {
    crossings found = {.tetrahedra = shape->tetrahedra};
    sw_status status = find_crossings(&found, shape, chosen);
    if (status == SW_OK)
        status = join_crossings(tree, &found);
    free(found.list);
    free(found.edge);
    return status;
}

/* ---- distances ------------------------------------------------------------------------------- */

static sw_status from_boundary(double *distance, const sw_atoms *atoms, const sw_alpha_shape *shape,
                               const bool *chosen, sw_context *context, sw_error *error) {
    sw_triangle_tree tree;
    sw_status status = make_tree(&tree, shape, chosen);
    if (status != SW_OK)
        return sw_error_set(error, status, "column", NULL, "no memory for the boundary");
    if (tree.triangles == 0)
        status = sw_error_set(error, SW_ERROR_ARGUMENT, "column", "look at --values and --alpha",
                              "no atom with one of the values has a neighbour without");
    else
        status =
            sw_surface_distances(distance, &tree, &shape->tetrahedra->points.box, atoms, context);
    for (size_t i = 0; i < sw_atoms_count(atoms) && status == SW_OK; i++)
        distance[i] = chosen[i] ? distance[i] : -distance[i];
    sw_triangle_tree_clear(&tree);
    return status;
}

static sw_status from_surface(double *distance, const sw_atoms *atoms, const sw_alpha_shape *shape,
                              sw_context *context, sw_error *error) {
    size_t count = sw_atoms_count(atoms);
    if (shape->triangles == 0)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "alpha",
                            "give another --alpha; a full periodic cell has no surface",
                            "the atoms have no surface");
    double *depth = sw_allocate(count, sizeof *depth);
    if (!depth)
        return sw_error_set(error, SW_ERROR_MEMORY, "alpha", NULL, "no memory for distances");
    sw_status status = sw_alpha_shape_depths(depth, shape, context, error);
    if (status == SW_OK)
        status = sw_surface_distances(distance, &shape->tree, &shape->tetrahedra->points.box, atoms,
                                      context);
    for (size_t i = 0; i < count && status == SW_OK; i++) /* depth is 0 outside */
        distance[i] = distance[i] < ON_SURFACE ? 0.0 : depth[i] > 0.0 ? distance[i] : -distance[i];
    free(depth);
    return status;
}

static sw_status find_distances(double *distance, const sw_atoms *atoms, const bool *chosen,
                                double alpha, sw_context *context, sw_error *error) {
    sw_tetrahedra tetrahedra;
    sw_alpha_shape shape;
    sw_status status =
        sw_tetrahedra_create(&tetrahedra, atoms, SW_ALPHA_MARGIN * alpha, context, error);
    if (status != SW_OK)
        return status;
    status = sw_alpha_shape_create(&shape, &tetrahedra, alpha, error);
    if (status == SW_OK) {
        status = chosen ? from_boundary(distance, atoms, &shape, chosen, context, error)
                        : from_surface(distance, atoms, &shape, context, error);
        sw_alpha_shape_clear(&shape);
    }
    sw_tetrahedra_clear(&tetrahedra);
    return status;
}

sw_status sw_surface_profile_distances(double *distance, const sw_atoms *atoms, double alpha,
                                       sw_context *context, sw_error *error) {
    return find_distances(distance, atoms, NULL, alpha, context, error);
}

sw_status sw_boundary_distances(double *distance, const sw_atoms *atoms, const bool *chosen,
                                double alpha, sw_context *context, sw_error *error) {
    return find_distances(distance, atoms, chosen, alpha, context, error);
}
