/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/alpha_shape.h"

#include "base/matrix.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "structure/surface_distance.h"
#include "structure/tetrahedra_groups.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ATOMS_A_PIECE 1024

/* ---- what is inside -------------------------------------------------------------------------- */

static void mark_inside(sw_alpha_shape *shape) {
    const sw_tetrahedra *tetrahedra = shape->tetrahedra;
    for (size_t t = 0; t < tetrahedra->count; t++) {
        uint32_t own = tetrahedra->own[t]; /* images agree to the last bit */
        shape->inside[t] = tetrahedra->radius[own == SW_DELAUNAY_NONE ? t : own] <= shape->alpha;
        shape->volume += own == t && shape->inside[t] ? tetrahedra->volume[t] : 0.0;
    }
}

static bool is_inside(const sw_alpha_shape *shape, uint32_t t) {
    return t != SW_DELAUNAY_NONE && shape->inside[t];
}

/* ---- the surface ----------------------------------------------------------------------------- */

static sw_status find_surface(sw_alpha_shape *shape) {
    const sw_tetrahedra *tetrahedra = shape->tetrahedra;
    size_t capacity = 0;
    for (size_t t = 0; t < tetrahedra->count; t++)
        for (int i = 0; i < 4; i++) {
            if (tetrahedra->own[t] != t || !shape->inside[t] ||
                is_inside(shape, tetrahedra->delaunay.neighbour[t][i]))
                continue;
            if (!sw_reserve(&shape->triangle, &capacity, shape->triangles + 1,
                            sizeof *shape->triangle))
                return SW_ERROR_MEMORY;
            sw_tetrahedron_face(shape->triangle[shape->triangles++], tetrahedra->delaunay.vertex[t],
                                i);
        }
    return SW_OK;
}

static double triangle_area(const sw_triangle *triangle) {
    double a[3], b[3], cross[3];
    for (int k = 0; k < 3; k++) {
        a[k] = triangle->corner[1][k] - triangle->corner[0][k];
        b[k] = triangle->corner[2][k] - triangle->corner[0][k];
    }
    sw_vector_cross(cross, a, b);
    return 0.5 * sw_vector_length(cross);
}

static sw_status plant_tree(sw_alpha_shape *shape) {
    sw_triangle *triangle = sw_allocate(shape->triangles, sizeof *triangle);
    if (!triangle)
        return SW_ERROR_MEMORY;
    for (size_t i = 0; i < shape->triangles; i++) {
        for (int c = 0; c < 3; c++)
            memcpy(triangle[i].corner[c], shape->tetrahedra->points.position[shape->triangle[i][c]],
                   sizeof triangle[i].corner[c]);
        shape->area += triangle_area(&triangle[i]);
    }
    return sw_triangle_tree_create(&shape->tree, triangle, shape->triangles);
}

/* Edges of all triangles, images of one edge being one, in order: runs of even length. */
static sw_status check_closed(sw_alpha_shape *shape) {
    size_t edges = 0;
    sw_image_key *key = sw_allocate(3 * shape->triangles, sizeof *key);
    if (!key)
        return SW_ERROR_MEMORY;
    for (size_t i = 0; i < shape->triangles; i++)
        for (int c = 0; c < 3; c++) {
            const uint32_t *corner = shape->triangle[i];
            const uint32_t edge[2] = {corner[c], corner[(c + 1) % 3]};
            sw_periodic_points_key(&key[edges++], &shape->tetrahedra->points, edge, 2);
        }
    qsort(key, edges, sizeof *key, sw_image_key_order);
    shape->closed = true;
    for (size_t first = 0, end; first < edges; first = end) {
        for (end = first; end < edges && sw_image_key_order(&key[first], &key[end]) == 0; end++)
            continue;
        shape->closed = shape->closed && (end - first) % 2 == 0;
    }
    free(key);
    return SW_OK;
}

/* ---- pieces ---------------------------------------------------------------------------------- */

static sw_status count_pieces(sw_alpha_shape *shape) {
    sw_tetrahedra_groups full, empty;
    sw_status status = sw_tetrahedra_groups_create(&full, shape->tetrahedra, shape->inside, true);
    if (status != SW_OK)
        return status;
    shape->solids = full.count;
    for (size_t g = 0; g < full.count; g++)
        shape->largest_volume = fmax(shape->largest_volume, full.volume[g]);
    sw_tetrahedra_groups_clear(&full);
    status = sw_tetrahedra_groups_create(&empty, shape->tetrahedra, shape->inside, false);
    if (status != SW_OK)
        return status;
    for (size_t g = 0; g < empty.count; g++) {
        shape->cavities += !empty.reaches_out[g];
        shape->cavity_volume += empty.reaches_out[g] ? 0.0 : empty.volume[g];
    }
    sw_tetrahedra_groups_clear(&empty);
    return SW_OK;
}

sw_status sw_alpha_shape_create(sw_alpha_shape *shape, const sw_tetrahedra *tetrahedra,
                                double alpha, sw_error *error) {
    memset(shape, 0, sizeof *shape);
    if (!(alpha > 0.0))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "alpha", "give a radius above 0 A",
                            "%g A is no radius", alpha);
    if (tetrahedra->points.margin < SW_ALPHA_MARGIN * alpha)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "margin", "give four times alpha",
                            "images within %g A are too few for alpha = %g A",
                            tetrahedra->points.margin, alpha);
    shape->tetrahedra = tetrahedra;
    shape->alpha = alpha;
    shape->inside = sw_allocate(tetrahedra->count, sizeof *shape->inside);
    sw_status status = shape->inside ? SW_OK : SW_ERROR_MEMORY;
    if (status == SW_OK) {
        mark_inside(shape);
        status = find_surface(shape);
    }
    if (status == SW_OK)
        status = check_closed(shape);
    if (status == SW_OK)
        status = count_pieces(shape);
    if (status == SW_OK)
        status = plant_tree(shape);
    if (status == SW_OK)
        return SW_OK;
    sw_alpha_shape_clear(shape);
    return sw_error_set(error, status, "alpha shape", NULL, "not enough memory for the surface");
}

void sw_alpha_shape_clear(sw_alpha_shape *shape) {
    free(shape->inside);
    free(shape->triangle);
    sw_triangle_tree_clear(&shape->tree);
    memset(shape, 0, sizeof *shape);
}

/* ---- depths ---------------------------------------------------------------------------------- */

typedef struct depth_work {
    const sw_alpha_shape *shape;
    const bool *covered; /* [atoms] a corner of the solid */
    double *depth;
} depth_work;

static sw_status find_depths(void *user, size_t first, size_t end, int worker) {
    const depth_work *work = user;
    (void)worker;
    for (size_t i = first; i < end; i++)
        work->depth[i] =
            work->covered[i] || work->shape->triangles == 0
                ? sw_surface_distance(&work->shape->tree, &work->shape->tetrahedra->points.box,
                                      work->shape->tetrahedra->points.position[i])
                : 0.0;
    return SW_OK;
}

sw_status sw_alpha_shape_depths(double *depth, const sw_alpha_shape *shape, sw_context *context,
                                sw_error *error) {
    const sw_tetrahedra *tetrahedra = shape->tetrahedra;
    size_t atoms = tetrahedra->points.atoms;
    bool *covered = sw_allocate(atoms, sizeof *covered);
    if (!covered)
        return sw_error_set(error, SW_ERROR_MEMORY, "depth", NULL, "not enough memory");
    for (size_t t = 0; t < tetrahedra->count; t++)
        for (int i = 0; i < 4 && shape->inside[t]; i++)
            covered[tetrahedra->points.atom[tetrahedra->delaunay.vertex[t][i]]] = true;
    for (size_t i = 0; i < atoms; i++) {
        uint32_t same = tetrahedra->delaunay.same[i];
        covered[i] = covered[i] || covered[tetrahedra->points.atom[same]];
    }
    depth_work work = {.shape = shape, .covered = covered};
    work.depth = depth;
    sw_status status = sw_parallel(context, atoms, ATOMS_A_PIECE, find_depths, &work);
    free(covered);
    return status == SW_OK ? SW_OK : sw_error_set(error, status, "depth", NULL, "cancelled");
}
