/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/face_order.h"

#include "base/matrix.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "structure/convex_cell.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PIECE 256
#define CUBE                                                                                       \
    10.0           /* half the side of the cube that cells begin as, in distances of the farthest  \
                    */
#define MOST 64    /* neighbours that are ordered; those beyond stay behind */
#define ALIKE 1e-9 /* angles */
#define SAME_PLACE 1e-6 /* of the distance of the farthest */

typedef struct sw_face_order_work {
    sw_neighbours *neighbours;
    sw_convex_cell *cell; /* one a worker */
} sw_face_order_work;

typedef struct sw_ordered_neighbour {
    double angle; /* in steps of ALIKE */
    size_t place; /* in the list as it was */
    uint32_t index;
    double vector[3], distance;
} sw_ordered_neighbour;

double sw_solid_angle(const double a[3], const double b[3], const double c[3]) {
    double cross[3];
    double x = sw_vector_length(a), y = sw_vector_length(b), z = sw_vector_length(c);
    sw_vector_cross(cross, b, c);
    return 2.0 *
           atan2(sw_vector_dot(a, cross), x * y * z + sw_vector_dot(a, b) * z +
                                              sw_vector_dot(a, c) * y + sw_vector_dot(b, c) * x);
}

static void vertex_of(double place[3], const sw_convex_cell *cell, uint32_t vertex) {
    place[0] = cell->x[vertex];
    place[1] = cell->y[vertex];
    place[2] = cell->z[vertex];
}

/* Adds the angle of every face of the cell to its neighbour: triangles from the first vertex of the
 * face that is met to each of its edges. */
static void add_angles(sw_ordered_neighbour *item, const sw_convex_cell *cell,
                       const uint32_t *owner) {
    uint32_t first[MOST + SW_CONVEX_CELL_WALLS];
    for (uint32_t f = 0; f < cell->faces; f++)
        first[f] = UINT32_MAX;
    for (uint32_t h = 0; h < 4 * cell->vertices; h++) {
        uint32_t face = cell->face[h];
        double a[3], b[3], c[3];
        if (h % 4 == 3 || face < SW_CONVEX_CELL_WALLS)
            continue;
        if (first[face] == UINT32_MAX)
            first[face] = h / 4;
        vertex_of(a, cell, first[face]);
        vertex_of(b, cell, h / 4);
        vertex_of(c, cell, cell->twin[h] / 4);
        item[owner[face - SW_CONVEX_CELL_WALLS]].angle += sw_solid_angle(a, b, c);
    }
}

static int compare(const void *left, const void *right) {
    const sw_ordered_neighbour *a = left, *b = right;
    if (a->angle != b->angle)
        return a->angle > b->angle ? -1 : 1;
    return a->place < b->place ? -1 : 1;
}

/* Angles of `count` neighbours. False: no memory. */
static bool find_angles(sw_ordered_neighbour *item, size_t count, sw_convex_cell *cell) {
    uint32_t owner[MOST];
    double farthest = item[count - 1].distance;
    sw_convex_cell_start(cell, CUBE * farthest, 64.0 * DBL_EPSILON * CUBE * farthest);
    for (size_t i = 0; i < count; i++) {
        bool same_place = !(item[i].distance > SAME_PLACE * farthest);
        item[i].angle = same_place ? INFINITY : 0.0;
        if (same_place)
            continue;
        sw_convex_cut cut = sw_convex_cell_cut(cell, item[i].vector);
        if (cut == SW_CUT_NO_MEMORY)
            return false;
        if (cut == SW_CUT_FACE)
            owner[cell->faces - 1 - SW_CONVEX_CELL_WALLS] = (uint32_t)i;
    }
    add_angles(item, cell, owner);
    return true;
}

static sw_status order_atom(sw_neighbours *neighbours, size_t atom, sw_convex_cell *cell) {
    size_t first = neighbours->first[atom], count = neighbours->first[atom + 1] - first;
    sw_ordered_neighbour item[MOST];
    count = count < MOST ? count : MOST;
    for (size_t i = 0; i < count; i++) {
        item[i].place = i;
        item[i].index = neighbours->index[first + i];
        item[i].distance = neighbours->distance[first + i];
        memcpy(item[i].vector, neighbours->vector[first + i], sizeof item[i].vector);
    }
    if (count == 0 || !(item[count - 1].distance > 0.0))
        return SW_OK;
    if (!find_angles(item, count, cell))
        return SW_ERROR_MEMORY;
    for (size_t i = 0; i < count; i++)
        item[i].angle = round(item[i].angle / ALIKE);
    qsort(item, count, sizeof *item, compare);
    for (size_t i = 0; i < count; i++) {
        neighbours->index[first + i] = item[i].index;
        neighbours->distance[first + i] = item[i].distance;
        memcpy(neighbours->vector[first + i], item[i].vector, sizeof item[i].vector);
    }
    return SW_OK;
}

static sw_status order_piece(void *user, size_t first, size_t end, int worker) {
    sw_face_order_work *work = user;
    sw_status status = SW_OK;
    for (size_t atom = first; atom < end && status == SW_OK; atom++)
        status = order_atom(work->neighbours, atom, &work->cell[worker]);
    return status;
}

sw_status sw_neighbours_order_by_faces(sw_neighbours *neighbours, sw_context *context,
                                       sw_error *error) {
    int workers = sw_parallel_workers(context, neighbours->atoms, PIECE), ready = 0;
    sw_face_order_work work = {.neighbours = neighbours};
    work.cell = sw_allocate((size_t)workers, sizeof *work.cell);
    sw_status status = work.cell ? SW_OK : SW_ERROR_MEMORY;
    while (status == SW_OK && ready < workers)
        status = sw_convex_cell_create(&work.cell[ready++]) ? SW_OK : SW_ERROR_MEMORY;
    if (status == SW_OK)
        status = sw_parallel(context, neighbours->atoms, PIECE, order_piece, &work);
    for (int i = 0; i < ready; i++)
        sw_convex_cell_clear(&work.cell[i]);
    free(work.cell);
    if (status == SW_ERROR_CANCELLED)
        return sw_error_set(error, status, "neighbours", NULL, "cancelled");
    if (status != SW_OK)
        return sw_error_set(error, status, "neighbours", NULL,
                            "not enough memory for the cells of %zu atoms", neighbours->atoms);
    return SW_OK;
}
