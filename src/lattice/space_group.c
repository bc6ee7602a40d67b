/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lattice/space_group.h"

#include "base/matrix.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LENGTH_TOLERANCE 1e-3 /* of products of edges */
#define PLACE_TOLERANCE 5e-3  /* lattice constants */

/* Lattice vectors as long as one edge of the cell. */
typedef struct vectors {
    int (*list)[3];
    size_t count, capacity;
} vectors;

static void to_cartesian(double vector[3], const int cells[3], const sw_frame *frame) {
    const double fraction[3] = {cells[0], cells[1], cells[2]};
    sw_matrix_row_product(vector, fraction, frame->cell);
}

/* Cells along each axis that a sphere of this radius can reach. */
static void find_reach(int reach[3], const sw_frame *frame, double radius) {
    double volume = fabs(sw_matrix_determinant(frame->cell));
    for (int i = 0; i < 3; i++) {
        double across[3];
        sw_vector_cross(across, frame->cell[(i + 1) % 3], frame->cell[(i + 2) % 3]);
        reach[i] = (int)(radius * sw_vector_length(across) / volume + 1e-6) + 1;
    }
}

static sw_status find_vectors(vectors *found, const sw_frame *frame, int edge) {
    int reach[3];
    double square = sw_vector_dot(frame->cell[edge], frame->cell[edge]);
    find_reach(reach, frame, sqrt(square));
    for (int x = -reach[0]; x <= reach[0]; x++)
        for (int y = -reach[1]; y <= reach[1]; y++)
            for (int z = -reach[2]; z <= reach[2]; z++) {
                const int cells[3] = {x, y, z};
                double vector[3];
                to_cartesian(vector, cells, frame);
                if (fabs(sw_vector_dot(vector, vector) - square) > LENGTH_TOLERANCE * square)
                    continue;
                if (!sw_reserve(&found->list, &found->capacity, found->count + 1,
                                sizeof *found->list))
                    return SW_ERROR_MEMORY;
                memcpy(found->list[found->count++], cells, sizeof cells);
            }
    return SW_OK;
}

/* The vectors in rows `first` and `second` of a turn keep the angle of their edges. */
static bool keeps_angle(const sw_frame *frame, const int turn[3][3], int first, int second) {
    double a[3], b[3];
    const double *u = frame->cell[first], *v = frame->cell[second];
    to_cartesian(a, turn[first], frame);
    to_cartesian(b, turn[second], frame);
    return fabs(sw_vector_dot(a, b) - sw_vector_dot(u, v)) <=
           LENGTH_TOLERANCE * sqrt(sw_vector_dot(u, u) * sw_vector_dot(v, v));
}

/* The basis site of `kind` at a fractional position, and its cell; -1 where there is none. */
static int site_at(int cell[3], const sw_frame *frame, const double position[3], int kind) {
    for (size_t b = 0; b < frame->basis_sites; b++) {
        double rest[3], vector[3];
        if (frame->basis[b].kind != kind)
            continue;
        for (int d = 0; d < 3; d++) {
            double difference = position[d] - frame->basis[b].position[d];
            cell[d] = (int)lround(difference);
            rest[d] = difference - cell[d];
        }
        sw_matrix_row_product(vector, rest, frame->cell);
        if (sw_vector_length(vector) <= PLACE_TOLERANCE * frame->lattice_constant)
            return (int)b;
    }
    return -1;
}

static void turn_position(double turned[3], const double position[3], const int turn[3][3]) {
    for (int d = 0; d < 3; d++)
        turned[d] = position[0] * turn[0][d] + position[1] * turn[1][d] + position[2] * turn[2][d];
}

/* Completes the operation whose turn takes basis site 0 onto `target`; false where it is none. */
static bool complete(sw_group_operation *operation, const sw_frame *frame, size_t target) {
    double first[3], from[3], position[3];
    turn_position(first, frame->basis[0].position, operation->turn);
    for (size_t b = 0; b < frame->basis_sites; b++) {
        turn_position(from, frame->basis[b].position, operation->turn);
        for (int d = 0; d < 3; d++)
            position[d] = from[d] - first[d] + frame->basis[target].position[d];
        int image = site_at(operation->shift[b], frame, position, frame->basis[b].kind);
        if (image < 0)
            return false;
        operation->image[b] = (uint8_t)image;
    }
    return true;
}

static sw_status add_operations(sw_space_group *symmetry, const sw_frame *frame, int turn[3][3]) {
    sw_group_operation operation = {.turn = {{0}}};
    memcpy(operation.turn, turn, sizeof operation.turn);
    for (size_t target = 0; target < frame->basis_sites; target++) {
        if (frame->basis[target].kind != frame->basis[0].kind ||
            !complete(&operation, frame, target))
            continue;
        if (!sw_reserve(&symmetry->list, &symmetry->capacity, symmetry->count + 1,
                        sizeof *symmetry->list))
            return SW_ERROR_MEMORY;
        symmetry->list[symmetry->count++] = operation;
    }
    return SW_OK;
}

static sw_status try_turns(sw_space_group *symmetry, const sw_frame *frame,
                           const vectors edges[3]) {
    int turn[3][3];
    sw_status status = SW_OK;
    for (size_t i = 0; i < edges[0].count; i++)
        for (size_t j = 0; j < edges[1].count; j++) {
            memcpy(turn[0], edges[0].list[i], sizeof turn[0]);
            memcpy(turn[1], edges[1].list[j], sizeof turn[1]);
            if (!keeps_angle(frame, turn, 0, 1))
                continue;
            for (size_t k = 0; k < edges[2].count && status == SW_OK; k++) {
                memcpy(turn[2], edges[2].list[k], sizeof turn[2]);
                if (keeps_angle(frame, turn, 0, 2) && keeps_angle(frame, turn, 1, 2))
                    status = add_operations(symmetry, frame, turn);
            }
        }
    return status;
}

sw_status sw_space_group_find(sw_space_group *symmetry, const sw_frame *frame) {
    vectors edges[3] = {{0}};
    sw_status status = SW_OK;
    *symmetry = (sw_space_group){0};
    for (int edge = 0; edge < 3 && status == SW_OK; edge++)
        status = find_vectors(&edges[edge], frame, edge);
    if (status == SW_OK)
        status = try_turns(symmetry, frame, edges);
    for (int edge = 0; edge < 3; edge++)
        free(edges[edge].list);
    if (status != SW_OK)
        sw_space_group_clear(symmetry);
    return status;
}

void sw_space_group_clear(sw_space_group *symmetry) {
    free(symmetry->list);
    *symmetry = (sw_space_group){0};
}

void sw_space_group_apply(int *basis, int cell[3], const sw_group_operation *operation) {
    int from[3];
    memcpy(from, cell, sizeof from);
    for (int d = 0; d < 3; d++)
        cell[d] = from[0] * operation->turn[0][d] + from[1] * operation->turn[1][d] +
                  from[2] * operation->turn[2][d] + operation->shift[*basis][d];
    *basis = operation->image[*basis];
}
