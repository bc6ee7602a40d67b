/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/tetrahedra.h"

#include "base/matrix.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FILLS 1e-10 /* part of the cell's volume */

/* ---- one tetrahedron ------------------------------------------------------------------------- */

double sw_tetrahedron_sphere(double *volume, double centre[3], const double corner[4][3]) {
    double edge[3][3], cross[3][3], square[3], sum[3] = {0};
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++)
            edge[i][k] = corner[i][k] - corner[3][k];
    for (int i = 0; i < 3; i++) {
        sw_vector_cross(cross[i], edge[(i + 1) % 3], edge[(i + 2) % 3]);
        square[i] = sw_vector_dot(edge[i], edge[i]);
        for (int k = 0; k < 3; k++)
            sum[k] += square[i] * cross[i][k];
    }
    double six_volumes = sw_vector_dot(edge[0], cross[0]);
    *volume = six_volumes / 6.0;
    if (!(fabs(six_volumes) > 0.0))
        return INFINITY;
    for (int k = 0; k < 3 && centre; k++)
        centre[k] = sum[k] / (2.0 * six_volumes);
    return sw_vector_length(sum) / (2.0 * fabs(six_volumes));
}

double sw_tetrahedron_distortion(const double corner[4][3]) {
    double longest = 0.0, sum = 0.0;
    for (int i = 0; i < 3; i++)
        for (int j = i + 1; j < 4; j++) {
            double edge[3];
            for (int k = 0; k < 3; k++)
                edge[k] = corner[j][k] - corner[i][k];
            double length = sw_vector_length(edge);
            longest = fmax(longest, length);
            sum += length;
        }
    return sum > 0.0 ? 6.0 * longest / sum - 1.0 : 0.0;
}

void sw_tetrahedron_face(uint32_t face[3], const uint32_t vertex[4], int i) {
    static const int corner[4][3] = {{1, 3, 2}, {0, 2, 3}, {0, 3, 1}, {0, 1, 2}};
    for (int k = 0; k < 3; k++)
        face[k] = vertex[corner[i][k]];
}

void sw_tetrahedra_corners(double corner[4][3], const sw_tetrahedra *tetrahedra, size_t t) {
    for (int i = 0; i < 4; i++)
        memcpy(corner[i], tetrahedra->points.position[tetrahedra->delaunay.vertex[t][i]],
               sizeof corner[i]);
}

/* ---- images ---------------------------------------------------------------------------------- */

typedef struct own_table {
    uint32_t *entry; /* [mask + 1] own tetrahedra by the hash of their keys */
    size_t mask;
} own_table;

static void key_of(sw_image_key *key, const sw_tetrahedra *tetrahedra, size_t t) {
    sw_periodic_points_key(key, &tetrahedra->points, tetrahedra->delaunay.vertex[t], 4);
}

static uint32_t find_own(const own_table *table, const sw_tetrahedra *tetrahedra,
                         const sw_image_key *key, size_t *place) {
    for (*place = sw_image_key_hash(key) & table->mask;; *place = (*place + 1) & table->mask) {
        sw_image_key other;
        uint32_t t = table->entry[*place];
        if (t == SW_DELAUNAY_NONE)
            return t;
        key_of(&other, tetrahedra, t);
        if (sw_image_key_order(key, &other) == 0)
            return t;
    }
}

static bool find_images(sw_tetrahedra *tetrahedra, size_t owned) {
    own_table table = {.mask = 16};
    while (table.mask < 2 * owned)
        table.mask *= 2;
    table.entry = sw_allocate(table.mask, sizeof *table.entry);
    if (!table.entry)
        return false;
    memset(table.entry, 0xff, table.mask * sizeof *table.entry);
    table.mask--;
    for (int pass = 0; pass < 2; pass++)
        for (size_t t = 0; t < tetrahedra->count; t++) {
            sw_image_key key;
            size_t place;
            if ((pass == 0) != (tetrahedra->own[t] == t))
                continue;
            key_of(&key, tetrahedra, t);
            tetrahedra->own[t] = find_own(&table, tetrahedra, &key, &place);
            if (pass == 0)
                tetrahedra->own[t] = table.entry[place] = (uint32_t)t;
        }
    free(table.entry);
    return true;
}

static bool measure(sw_tetrahedra *tetrahedra) {
    size_t owned = 0;
    for (size_t t = 0; t < tetrahedra->count; t++) {
        double corner[4][3];
        sw_tetrahedra_corners(corner, tetrahedra, t);
        tetrahedra->radius[t] =
            sw_tetrahedron_sphere(&tetrahedra->volume[t], NULL, (const double(*)[3])corner);
        bool own = sw_periodic_points_owns(&tetrahedra->points, tetrahedra->delaunay.vertex[t], 4);
        tetrahedra->own[t] = own ? (uint32_t)t : SW_DELAUNAY_NONE;
        tetrahedra->own_volume += own ? tetrahedra->volume[t] : 0.0;
        owned += own;
    }
    double cell = sw_box_volume(&tetrahedra->points.box);
    tetrahedra->complete = cell > 0.0 && fabs(tetrahedra->own_volume - cell) <= FILLS * cell;
    return tetrahedra->points.count == tetrahedra->points.atoms || find_images(tetrahedra, owned);
}

sw_status sw_tetrahedra_create(sw_tetrahedra *tetrahedra, const sw_atoms *atoms, double margin,
                               sw_context *context, sw_error *error) {
    memset(tetrahedra, 0, sizeof *tetrahedra);
    sw_status status = sw_periodic_points_create(&tetrahedra->points, atoms, margin, error);
    if (status == SW_OK)
        status = sw_delaunay_create(&tetrahedra->delaunay,
                                    (const double(*)[3])tetrahedra->points.position,
                                    tetrahedra->points.count, context, error);
    if (status != SW_OK) {
        sw_tetrahedra_clear(tetrahedra);
        return status;
    }
    size_t count = tetrahedra->count = tetrahedra->delaunay.tetrahedra;
    tetrahedra->own = sw_allocate(count, sizeof *tetrahedra->own);
    tetrahedra->volume = sw_allocate(count, sizeof *tetrahedra->volume);
    tetrahedra->radius = sw_allocate(count, sizeof *tetrahedra->radius);
    if (tetrahedra->own && tetrahedra->volume && tetrahedra->radius && measure(tetrahedra))
        return SW_OK;
    sw_tetrahedra_clear(tetrahedra);
    return sw_error_set(error, SW_ERROR_MEMORY, "tetrahedra", NULL,
                        "not enough memory to measure %zu tetrahedra", count);
}

void sw_tetrahedra_clear(sw_tetrahedra *tetrahedra) {
    sw_periodic_points_clear(&tetrahedra->points);
    sw_delaunay_clear(&tetrahedra->delaunay);
    free(tetrahedra->own);
    free(tetrahedra->volume);
    free(tetrahedra->radius);
    memset(tetrahedra, 0, sizeof *tetrahedra);
}
