/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/delaunay.h"

#include "base/matrix.h"
#include "base/memory.h"
#include "structure/delaunay_mesh.h"
#include "structure/point_order.h"
#include "structure/predicates.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TIE 1e-11
#define FLAT 1e-14 /* of the width of the points */
#define TINY 1e-30 /* A; below, a coordinate is 0, so that no product underflows */
#define HUGE_COORDINATE 1e30
#define POINT_LIMIT 500000000u
#define BETWEEN_LOOKS 4096 /* insertions between two looks for cancellation */

/* ---- where to begin -------------------------------------------------------------------------- */

static void subtract(double result[3], const double a[3], const double b[3]) {
    for (int k = 0; k < 3; k++)
        result[k] = a[k] - b[k];
}

/* From the nearest of some corners to a point: short vectors keep their digits. */
static void subtract_nearest(double result[3], const double point[3], const double (*at)[3],
                             const uint32_t *corner, int corners) {
    double least = INFINITY, from[3];
    for (int c = 0; c < corners; c++) {
        subtract(from, point, at[corner[c]]);
        double length = sw_vector_length(from);
        if (length < least) {
            least = length;
            memcpy(result, from, sizeof from);
        }
    }
}

/* How far a point is from the span of the first `corners` corners. */
static double distance_from(const double (*at)[3], const uint32_t corner[4], int corners,
                            const double point[3]) {
    double from[3], along[3], other[3], cross[3];
    subtract_nearest(from, point, at, corner, corners);
    if (corners == 1)
        return sw_vector_length(from);
    subtract(along, at[corner[1]], at[corner[0]]);
    if (corners == 2) {
        sw_vector_cross(cross, along, from);
        return sw_vector_length(cross) / sw_vector_length(along);
    }
    subtract_nearest(other, at[corner[2]], at, corner, 2);
    sw_vector_cross(cross, along, other);
    return fabs(sw_vector_dot(cross, from)) / sw_vector_length(cross);
}

/* Four corners of which each is as far from those before it as it can be. */
static sw_span find_corners(uint32_t corner[4], const double (*at)[3], size_t count) {
    double width = 0.0;
    memset(corner, 0, 4 * sizeof *corner);
    for (int corners = 1; corners < 4; corners++) {
        double most = 0.0;
        for (size_t i = 0; i < count; i++) {
            double distance = distance_from(at, corner, corners, at[i]);
            if (distance > most) {
                most = distance;
                corner[corners] = (uint32_t)i;
            }
        }
        width = corners == 1 ? most : width;
        if (!(most > FLAT * width))
            return (sw_span)(SW_SPAN_PLACE + 1 - corners);
    }
    int side = sw_predicate_side(at[corner[0]], at[corner[1]], at[corner[2]], at[corner[3]], 0.0);
    return side != 0 ? SW_SPAN_SPACE : SW_SPAN_PLANE;
}

const char *sw_span_name(sw_span span) {
    static const char *const names[] = {"space", "a plane", "a line", "a single place"};
    return names[span];
}

/* ---- inserting ------------------------------------------------------------------------------- */

/* The points in the order of insertion. */
typedef struct sorted_points {
    uint32_t *order;    /* [count] the point at this place */
    double (*point)[3]; /* [count] */
    uint32_t *same;     /* [count] places */
    size_t count;
} sorted_points;

static void sorted_clear(sorted_points *sorted) {
    free(sorted->order);
    free(sorted->point);
    free(sorted->same);
}

static sw_status sort_points(sorted_points *sorted, const double (*point)[3], size_t count) {
    sorted->count = count;
    sorted->order = sw_allocate(count, sizeof *sorted->order);
    sorted->point = sw_allocate(count, sizeof *sorted->point);
    sorted->same = sw_allocate(count, sizeof *sorted->same);
    if (!sorted->order || !sorted->point || !sorted->same)
        return SW_ERROR_MEMORY;
    sw_status status = sw_point_order(sorted->order, point, count);
    for (size_t i = 0; i < count && status == SW_OK; i++) {
        sorted->same[i] = (uint32_t)i;
        for (int k = 0; k < 3; k++) {
            double x = point[sorted->order[i]][k];
            sorted->point[i][k] = fabs(x) < TINY ? 0.0 : x;
        }
    }
    return status;
}

/* SW_ERROR_NUMERIC: a contradiction. */
static sw_status insert_all(sw_mesh *mesh, sorted_points *sorted, const uint32_t corner[4],
                            sw_context *context) {
    if (!sw_mesh_begin(mesh, corner))
        return SW_ERROR_MEMORY;
    for (uint32_t i = 0; i < sorted->count; i++) {
        uint32_t twin;
        if (i % BETWEEN_LOOKS == 0) {
            if (sw_context_cancelled(context))
                return SW_ERROR_CANCELLED;
            sw_progress(context, (double)i / (double)sorted->count, "Delaunay tetrahedra");
        }
        if (i == corner[0] || i == corner[1] || i == corner[2] || i == corner[3])
            continue;
        if (!sw_mesh_insert(mesh, i, &twin))
            return mesh->contradiction ? SW_ERROR_NUMERIC : SW_ERROR_MEMORY;
        sorted->same[i] = twin == SW_MESH_INFINITE ? i : twin;
    }
    return SW_OK;
}

static sw_status triangulate(sw_mesh *mesh, sorted_points *sorted, const uint32_t corner[4],
                             sw_context *context) {
    sw_status status = SW_ERROR_NUMERIC;
    const double ties[2] = {TIE, 0.0};
    for (int attempt = 0; attempt < 2 && status == SW_ERROR_NUMERIC; attempt++) {
        sw_mesh_clear(mesh);
        mesh->point = (const double(*)[3])sorted->point;
        mesh->tie = ties[attempt];
        status = insert_all(mesh, sorted, corner, context);
    }
    return status;
}

/* ---- the result ------------------------------------------------------------------------------ */

/* The first of the points at one place stands for all of them. */
static void number_duplicates(sw_delaunay *delaunay, const sorted_points *sorted,
                              uint32_t *stands) {
    for (size_t i = 0; i < sorted->count; i++)
        stands[i] = UINT32_MAX;
    for (size_t i = 0; i < sorted->count; i++) {
        uint32_t place = sorted->same[i], point = sorted->order[i];
        stands[place] = point < stands[place] ? point : stands[place];
        delaunay->duplicates += place != i;
    }
    for (size_t i = 0; i < sorted->count; i++)
        delaunay->same[sorted->order[i]] = stands[sorted->same[i]];
}

static bool is_real(const sw_mesh *mesh, uint32_t t) {
    const uint32_t *v = mesh->vertex[t];
    return mesh->mark[t] != SW_MESH_FREE && v[0] != SW_MESH_INFINITE && v[1] != SW_MESH_INFINITE &&
           v[2] != SW_MESH_INFINITE && v[3] != SW_MESH_INFINITE;
}

/* Leaves out free places and what is outside; vertices become points. The arrays of the mesh become
 * those of the result. */
static void take_tetrahedra(sw_delaunay *delaunay, sw_mesh *mesh, const uint32_t *stands) {
    size_t count = 0;
    for (uint32_t t = 0; t < mesh->used; t++)
        mesh->mark[t] = is_real(mesh, t) ? (uint32_t)count++ : SW_DELAUNAY_NONE;
    for (uint32_t t = 0; t < mesh->used; t++) {
        uint32_t to = mesh->mark[t];
        if (to == SW_DELAUNAY_NONE)
            continue;
        for (int i = 0; i < 4; i++) {
            mesh->vertex[to][i] = stands[mesh->vertex[t][i]];
            mesh->neighbour[to][i] = mesh->mark[mesh->neighbour[t][i]];
        }
    }
    delaunay->tetrahedra = count;
    delaunay->vertex = sw_reallocate(mesh->vertex, count, sizeof *mesh->vertex);
    delaunay->vertex = delaunay->vertex ? delaunay->vertex : mesh->vertex;
    delaunay->neighbour = sw_reallocate(mesh->neighbour, count, sizeof *mesh->neighbour);
    delaunay->neighbour = delaunay->neighbour ? delaunay->neighbour : mesh->neighbour;
    mesh->vertex = NULL;
    mesh->neighbour = NULL;
}

static void number_alone(sw_delaunay *delaunay) {
    for (size_t i = 0; i < delaunay->points; i++)
        delaunay->same[i] = (uint32_t)i;
}

static sw_status build(sw_delaunay *delaunay, sorted_points *sorted, sw_context *context) {
    uint32_t corner[4];
    sw_mesh mesh = {0};
    delaunay->span = find_corners(corner, (const double(*)[3])sorted->point, sorted->count);
    if (delaunay->span != SW_SPAN_SPACE) {
        number_alone(delaunay);
        return SW_OK;
    }
    sw_status status = triangulate(&mesh, sorted, corner, context);
    uint32_t *stands = status == SW_OK ? sw_allocate(sorted->count, sizeof *stands) : NULL;
    if (stands) {
        delaunay->exact = mesh.tie == 0.0;
        number_duplicates(delaunay, sorted, stands);
        take_tetrahedra(delaunay, &mesh, stands);
    } else if (status == SW_OK) {
        status = SW_ERROR_MEMORY;
    }
    free(stands);
    sw_mesh_clear(&mesh);
    return status;
}

static sw_status check_points(const double (*point)[3], size_t count, sw_error *error) {
    if (count > POINT_LIMIT)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "delaunay", "take a part of the points",
                            "%zu points are more than %u", count, POINT_LIMIT);
    for (size_t i = 0; i < count; i++)
        for (int k = 0; k < 3; k++)
            if (!(fabs(point[i][k]) < HUGE_COORDINATE))
                return sw_error_set(error, SW_ERROR_NUMERIC, "delaunay",
                                    "remove the point or repair its file",
                                    "point %zu is not a place", i + 1);
    return SW_OK;
}

sw_status sw_delaunay_create(sw_delaunay *delaunay, const double (*point)[3], size_t count,
                             sw_context *context, sw_error *error) {
    sorted_points sorted = {0};
    memset(delaunay, 0, sizeof *delaunay);
    delaunay->points = count;
    sw_status status = check_points(point, count, error);
    if (status != SW_OK)
        return status;
    delaunay->same = sw_allocate(count, sizeof *delaunay->same);
    status = delaunay->same ? sort_points(&sorted, point, count) : SW_ERROR_MEMORY;
    if (status == SW_OK)
        status = build(delaunay, &sorted, context);
    sorted_clear(&sorted);
    if (status == SW_OK)
        return SW_OK;
    sw_delaunay_clear(delaunay);
    if (status == SW_ERROR_CANCELLED)
        return sw_error_set(error, status, "delaunay", NULL, "cancelled");
    if (status == SW_ERROR_MEMORY)
        return sw_error_set(error, status, "delaunay", NULL,
                            "not enough memory for the tetrahedra of %zu points", count);
    return sw_error_set(error, status, "delaunay", "look for coordinates of very different size",
                        "the tetrahedra of %zu points could not be told apart", count);
}

void sw_delaunay_clear(sw_delaunay *delaunay) {
    free(delaunay->vertex);
    free(delaunay->neighbour);
    free(delaunay->same);
    memset(delaunay, 0, sizeof *delaunay);
}
