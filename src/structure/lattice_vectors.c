/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/lattice_vectors.h"

#include "base/matrix.h"
#include "base/memory.h"
#include "base/rotation.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SAME_LINE 1e-9
#define ROOT_3 1.7320508075688772

bool sw_crystal_is_hexagonal(sw_crystal_kind crystal) {
    return crystal == SW_CRYSTAL_HCP || crystal == SW_CRYSTAL_HEXAGONAL_DIAMOND;
}

double sw_ideal_c_over_a(void) {
    return sqrt(8.0 / 3.0);
}

void sw_lattice_unit(double unit[3], sw_crystal_kind crystal, sw_lattice_kind kind,
                     const int index[3], double c_over_a) {
    double h = index[0], k = index[1], l = index[2];
    if (!sw_crystal_is_hexagonal(crystal)) {
        unit[0] = h;
        unit[1] = k;
    } else if (kind == SW_LATTICE_PLANE) { /* reciprocal axes of a1, a2 */
        unit[0] = h;
        unit[1] = (h + 2.0 * k) / ROOT_3;
        l /= c_over_a;
    } else {
        unit[0] = h - 0.5 * k;
        unit[1] = 0.5 * ROOT_3 * k;
        l *= c_over_a;
    }
    unit[2] = l;
    double length = sw_vector_length(unit);
    for (int d = 0; d < 3; d++)
        unit[d] /= length;
}

/* ---- all of them ----------------------------------------------------------------------------- */

static int common_factor(int a, int b) {
    while (b != 0) {
        int rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

/* One of v and -v, without a common factor. */
static bool is_listed(const int index[3]) {
    int first = 0;
    while (first < 3 && index[first] == 0)
        first++;
    return first < 3 && index[first] > 0 &&
           common_factor(common_factor(index[0], index[1]), index[2]) == 1;
}

/* Whether a is the better name. */
static bool reads_better(const int a[3], const int b[3]) {
    int minus[2] = {0}, sum[2] = {0};
    for (int d = 0; d < 3; d++) {
        minus[0] += a[d] < 0;
        minus[1] += b[d] < 0;
        sum[0] += a[d];
        sum[1] += b[d];
    }
    if (minus[0] != minus[1])
        return minus[0] < minus[1];
    if (sum[0] != sum[1])
        return sum[0] > sum[1];
    for (int d = 0; d < 3; d++)
        if (a[d] != b[d])
            return a[d] > b[d];
    return false;
}

static void name_after(sw_lattice_vectors *vectors, size_t of, const double turned[3]) {
    sw_lattice_vector *vector = &vectors->list[of];
    for (size_t other = 0; other < vectors->count; other++)
        if (fabs(sw_vector_dot(turned, vectors->list[other].unit)) > 1.0 - SAME_LINE &&
            reads_better(vectors->list[other].index, vectors->list[vector->family].index))
            vector->family = (uint32_t)other;
}

static void find_families(sw_lattice_vectors *vectors) {
    const sw_crystal_template *of = sw_crystal_template_of(vectors->crystal);
    for (size_t v = 0; v < vectors->count; v++) {
        vectors->list[v].family = (uint32_t)v;
        for (size_t r = 0; r < of->rotations; r++) {
            double rotation[3][3], turned[3];
            sw_rotation_of_quaternion(rotation, of->rotation[r]);
            sw_rotation_apply(turned, (const double(*)[3])rotation, vectors->list[v].unit);
            name_after(vectors, v, turned);
        }
    }
}

sw_status sw_lattice_vectors_create(sw_lattice_vectors *vectors, sw_crystal_kind crystal,
                                    sw_lattice_kind kind, int largest, double c_over_a) {
    size_t capacity = 0;
    int index[3];
    *vectors = (sw_lattice_vectors){.crystal = crystal, .kind = kind};
    for (index[0] = 0; index[0] <= largest; index[0]++)
        for (index[1] = -largest; index[1] <= largest; index[1]++)
            for (index[2] = -largest; index[2] <= largest; index[2]++) {
                if (!is_listed(index))
                    continue;
                if (!sw_reserve(&vectors->list, &capacity, vectors->count + 1,
                                sizeof *vectors->list)) {
                    sw_lattice_vectors_clear(vectors);
                    return SW_ERROR_MEMORY;
                }
                sw_lattice_vector *vector = &vectors->list[vectors->count++];
                memcpy(vector->index, index, sizeof index);
                sw_lattice_unit(vector->unit, crystal, kind, index, c_over_a);
            }
    find_families(vectors);
    return SW_OK;
}

void sw_lattice_vectors_clear(sw_lattice_vectors *vectors) {
    free(vectors->list);
    *vectors = (sw_lattice_vectors){0};
}

/* Of hexagonal crystals four indices; directions by their smallest whole numbers. */
static int expand(int four[4], const sw_lattice_vectors *vectors, const int index[3]) {
    if (!sw_crystal_is_hexagonal(vectors->crystal)) {
        memcpy(four, index, 3 * sizeof *four);
        return 3;
    }
    bool plane = vectors->kind == SW_LATTICE_PLANE;
    four[0] = plane ? index[0] : 2 * index[0] - index[1];
    four[1] = plane ? index[1] : 2 * index[1] - index[0];
    four[2] = -(four[0] + four[1]);
    four[3] = plane ? index[2] : 3 * index[2];
    int factor = common_factor(common_factor(four[0], four[1]), four[3]);
    for (int d = 0; d < 4; d++)
        four[d] /= factor;
    return 4;
}

const char *sw_lattice_print(char text[SW_LATTICE_TEXT], const sw_lattice_vectors *vectors,
                             size_t vector, bool family) {
    static const char brackets[2][2][3] = {{"()", "{}"}, {"[]", "<>"}};
    const char *around = brackets[vectors->kind == SW_LATTICE_DIRECTION][family];
    size_t shown = family ? vectors->list[vector].family : vector;
    int four[4], count = expand(four, vectors, vectors->list[shown].index);
    size_t used = (size_t)snprintf(text, SW_LATTICE_TEXT, "%c%d", around[0], four[0]);
    for (int d = 1; d < count; d++)
        used += (size_t)snprintf(text + used, SW_LATTICE_TEXT - used, " %d", four[d]);
    snprintf(text + used, SW_LATTICE_TEXT - used, "%c", around[1]);
    return text;
}
