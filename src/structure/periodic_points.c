/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/periodic_points.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define POINT_LIMIT 500000000u

/* Shifts that bring an atom near the cell, along each axis. */
typedef struct shift_range {
    int32_t low[3], high[3];
} shift_range;

static void find_range(shift_range *range, const sw_box *box, const double position[3],
                       double margin) {
    double fraction[3];
    sw_box_fraction(fraction, box, position);
    for (int d = 0; d < 3; d++) {
        double reach = box->periodic[d] ? margin / box->height[d] : 0.0;
        range->low[d] = box->periodic[d] ? (int32_t)ceil(-reach - fraction[d]) : 0;
        range->high[d] = box->periodic[d] ? (int32_t)floor(1.0 + reach - fraction[d]) : 0;
        range->low[d] = range->low[d] > 0 ? 0 : range->low[d];
        range->high[d] = range->high[d] < 0 ? 0 : range->high[d];
    }
}

static size_t range_size(const shift_range *range) {
    size_t size = 1;
    for (int d = 0; d < 3; d++)
        size *= (size_t)(range->high[d] - range->low[d] + 1);
    return size;
}

static void add_images(sw_periodic_points *points, uint32_t atom, const shift_range *range) {
    const double(*cell)[3] = points->box.cell;
    for (int32_t x = range->low[0]; x <= range->high[0]; x++)
        for (int32_t y = range->low[1]; y <= range->high[1]; y++)
            for (int32_t z = range->low[2]; z <= range->high[2]; z++) {
                if (x == 0 && y == 0 && z == 0)
                    continue;
                size_t p = points->count++;
                points->atom[p] = atom;
                points->shift[p][0] = x;
                points->shift[p][1] = y;
                points->shift[p][2] = z;
                for (int k = 0; k < 3; k++)
                    points->position[p][k] = points->position[atom][k] +
                                             (x * cell[0][k] + y * cell[1][k] + z * cell[2][k]);
            }
}

static sw_status count_points(size_t *count, const sw_periodic_points *points,
                              const double *position, double margin, sw_error *error) {
    double least = INFINITY;
    *count = 0;
    for (int d = 0; d < 3; d++)
        least = points->box.periodic[d] ? fmin(least, points->box.height[d]) : least;
    if (!(margin >= 0.0) || !(margin < 1000.0 * least || !(least < INFINITY)))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "margin", "give 0 to 1000 times the cell",
                            "%g A is no margin for images", margin);
    for (size_t i = 0; i < points->atoms && *count <= POINT_LIMIT; i++) {
        shift_range range;
        find_range(&range, &points->box, position + 3 * i, margin);
        *count += range_size(&range);
    }
    if (*count > POINT_LIMIT)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "margin", "give a smaller one",
                            "atoms and images are more than %u points", POINT_LIMIT);
    return SW_OK;
}

static void place_atom(sw_periodic_points *points, size_t i, const double *position) {
    const sw_box *box = &points->box;
    double fraction[3];
    memcpy(points->position[i], position, sizeof points->position[i]);
    if (box->periodic[0] || box->periodic[1] || box->periodic[2]) {
        sw_box_fraction(fraction, box, position);
        sw_box_position(points->position[i], box, fraction);
    }
    points->atom[i] = (uint32_t)i;
}

sw_status sw_periodic_points_create(sw_periodic_points *points, const sw_atoms *atoms,
                                    double margin, sw_error *error) {
    size_t count;
    const double *position = sw_atoms_positions_const(atoms);
    memset(points, 0, sizeof *points);
    points->atoms = sw_atoms_count(atoms);
    sw_status status = sw_box_create(&points->box, atoms, error);
    const bool *periodic = points->box.periodic;
    points->margin = periodic[0] || periodic[1] || periodic[2] ? margin : INFINITY;
    if (status == SW_OK)
        status = count_points(&count, points, position, margin, error);
    if (status != SW_OK)
        return status;
    points->position = sw_allocate(count, sizeof *points->position);
    points->atom = sw_allocate(count, sizeof *points->atom);
    points->shift = sw_allocate(count, sizeof *points->shift);
    if (!points->position || !points->atom || !points->shift) {
        sw_periodic_points_clear(points);
        return sw_error_set(error, SW_ERROR_MEMORY, "images", NULL,
                            "not enough memory for %zu atoms and images", count);
    }
    for (size_t i = 0; i < points->atoms; i++)
        place_atom(points, i, position + 3 * i);
    points->count = points->atoms;
    for (size_t i = 0; i < points->atoms; i++) {
        shift_range range;
        find_range(&range, &points->box, position + 3 * i, margin);
        add_images(points, (uint32_t)i, &range);
    }
    return SW_OK;
}

void sw_periodic_points_clear(sw_periodic_points *points) {
    free(points->position);
    free(points->atom);
    free(points->shift);
    memset(points, 0, sizeof *points);
}

/* ---- images of sets -------------------------------------------------------------------------- */

static int member_order(const int32_t *a, const int32_t *b) {
    for (int k = 0; k < 4; k++)
        if (a[k] != b[k])
            return a[k] < b[k] ? -1 : 1;
    return 0;
}

static void set_member(int32_t member[4], const sw_periodic_points *points, uint32_t point) {
    member[0] = (int32_t)points->atom[point];
    for (int k = 0; k < 3; k++)
        member[1 + k] = points->shift[point][k];
}

int sw_periodic_points_anchor(const sw_periodic_points *points, const uint32_t *vertex, int count) {
    int32_t best[4], member[4];
    int anchor = 0;
    set_member(best, points, vertex[0]);
    for (int i = 1; i < count; i++) {
        set_member(member, points, vertex[i]);
        if (member_order(member, best) < 0) {
            memcpy(best, member, sizeof best);
            anchor = i;
        }
    }
    return anchor;
}

bool sw_periodic_points_owns(const sw_periodic_points *points, const uint32_t *vertex, int count) {
    return vertex[sw_periodic_points_anchor(points, vertex, count)] < points->atoms;
}

void sw_periodic_points_key(sw_image_key *key, const sw_periodic_points *points,
                            const uint32_t *vertex, int count) {
    const int32_t *origin = points->shift[vertex[sw_periodic_points_anchor(points, vertex, count)]];
    for (int i = 0; i < 4; i++) {
        int32_t member[4] = {-1, 0, 0, 0};
        int place = i;
        if (i < count)
            set_member(member, points, vertex[i]);
        for (int k = 0; k < 3 && i < count; k++)
            member[1 + k] -= origin[k];
        for (; place > 0 && member_order(member, key->member[place - 1]) < 0; place--)
            memcpy(key->member[place], key->member[place - 1], sizeof member);
        memcpy(key->member[place], member, sizeof member);
    }
}

int sw_image_key_order(const void *a, const void *b) {
    const sw_image_key *left = a, *right = b;
    for (int i = 0; i < 4; i++) {
        int order = member_order(left->member[i], right->member[i]);
        if (order != 0)
            return order;
    }
    return 0;
}

uint64_t sw_image_key_hash(const sw_image_key *key) {
    uint64_t hash = UINT64_C(0x9E3779B97F4A7C15);
    for (int i = 0; i < 16; i++) {
        hash = (hash ^ (uint32_t)key->member[i / 4][i % 4]) * UINT64_C(0xFF51AFD7ED558CCD);
        hash ^= hash >> 32;
    }
    return hash;
}
