/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/lattice_planes.h"

#include "base/matrix.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TWICE_PI 6.283185307179586
#define ROUND_LIMIT 50
#define FEWEST 8 /* points */

/* ---- families -------------------------------------------------------------------------------- */

static bool is_cubic(sw_crystal_kind crystal) {
    return crystal == SW_CRYSTAL_FCC || crystal == SW_CRYSTAL_BCC ||
           crystal == SW_CRYSTAL_SIMPLE_CUBIC || crystal == SW_CRYSTAL_DIAMOND;
}

/* Whether planes of these (whole) indices hold all atoms: waves of this vector are in phase on all
 * sites of the cell. */
static bool holds_atoms(const int index[3], sw_crystal_kind crystal) {
    bool odd[3] = {index[0] & 1, index[1] & 1, index[2] & 1};
    int sum = index[0] + index[1] + index[2];
    bool face_centred = odd[0] == odd[1] && odd[1] == odd[2];
    if (crystal == SW_CRYSTAL_FCC)
        return face_centred;
    if (crystal == SW_CRYSTAL_BCC)
        return (sum & 1) == 0;
    if (crystal == SW_CRYSTAL_DIAMOND)
        return face_centred && (sum & 3) == 0;
    return true;
}

/* The shortest multiple that holds all atoms; in diamond {111} stays: its planes come in pairs. */
static int multiple_of(const int index[3], sw_crystal_kind crystal) {
    for (int m = 1; m < 8; m++) {
        const int times[3] = {m * index[0], m * index[1], m * index[2]};
        if (holds_atoms(times, crystal) ||
            (crystal == SW_CRYSTAL_DIAMOND && holds_atoms(times, SW_CRYSTAL_FCC) && (times[0] & 1)))
            return m;
    }
    return 1;
}

static bool is_known(const sw_plane_family *planes, size_t count, const int index[3]) {
    for (size_t p = 0; p < count; p++) {
        bool same = true, opposite = true;
        for (int d = 0; d < 3; d++) {
            same = same && planes[p].index[d] == index[d];
            opposite = opposite && planes[p].index[d] == -index[d];
        }
        if (same || opposite)
            return true;
    }
    return false;
}

/* All permutations and signs of an index. */
static void add_family(sw_plane_family *planes, size_t *count, const int index[3],
                       sw_crystal_kind crystal) {
    static const int order[6][3] = {{0, 1, 2}, {1, 2, 0}, {2, 0, 1},
                                    {0, 2, 1}, {2, 1, 0}, {1, 0, 2}};
    int multiple = multiple_of(index, crystal);
    for (int p = 0; p < 6; p++)
        for (int signs = 0; signs < 8; signs++) {
            int plane[3];
            for (int d = 0; d < 3; d++)
                plane[d] = (signs >> d & 1 ? -1 : 1) * index[order[p][d]];
            if (is_known(planes, *count, plane) || *count == SW_PLANE_LIMIT)
                continue;
            memcpy(planes[*count].index, plane, sizeof plane);
            for (int d = 0; d < 3; d++)
                planes[*count].normal[d] = multiple * plane[d];
            (*count)++;
        }
}

sw_status sw_planes_of(sw_plane_family planes[SW_PLANE_LIMIT], size_t *count, const char *text,
                       sw_crystal_kind crystal, sw_error *error) {
    const char *at = text;
    *count = 0;
    while (*at != '\0') {
        int index[3] = {0, 0, 0};
        size_t digits = 0;
        for (; digits < 3 && at[digits] >= '0' && at[digits] <= '9'; digits++)
            index[digits] = at[digits] - '0';
        if (digits < 3 || index[0] + index[1] + index[2] == 0 || (at[3] != ',' && at[3] != '\0'))
            return sw_error_set(error, SW_ERROR_ARGUMENT, "planes", "such as 111,100,110",
                                "\"%s\" is no list of planes, three digits each", text);
        if (is_cubic(crystal))
            add_family(planes, count, index, crystal);
        at += at[3] == ',' ? 4 : 3;
    }
    return SW_OK;
}

/* ---- least squares --------------------------------------------------------------------------- */

/* A place about the middle of all, and the plane that it was put on. */
typedef struct sw_plane_point {
    double own[3], away2, weight, number;
} sw_plane_point;

static int by_distance(const void *a, const void *b) {
    const sw_plane_point *left = a, *right = b;
    return left->away2 < right->away2 ? -1 : left->away2 > right->away2;
}

static sw_plane_point *make_points(const double (*place)[3], const double *weight, size_t count,
                                   size_t *points) {
    sw_plane_point *point = sw_allocate(count, sizeof *point);
    double middle[3] = {0.0, 0.0, 0.0}, total = 0.0;
    *points = 0;
    for (size_t i = 0; point && i < count; i++) {
        double w = weight ? weight[i] : 1.0;
        total += w;
        for (int d = 0; d < 3; d++)
            middle[d] += w * place[i][d];
    }
    for (size_t i = 0; point && i < count; i++) {
        sw_plane_point *at = &point[*points];
        at->weight = weight ? weight[i] : 1.0;
        if (at->weight == 0.0)
            continue;
        at->away2 = 0.0;
        for (int d = 0; d < 3; d++) {
            at->own[d] = place[i][d] - middle[d] / total;
            at->away2 += at->own[d] * at->own[d];
        }
        (*points)++;
    }
    if (*points > 0)
        qsort(point, *points, sizeof *point, by_distance);
    return point;
}

/* The offset c for which points lie best on planes of k: the phase of their wave. */
static double best_offset(const sw_plane_point *point, size_t count, const double k[3]) {
    double real = 0.0, imaginary = 0.0;
    for (size_t i = 0; i < count; i++) {
        double phase = TWICE_PI * sw_vector_dot(k, point[i].own);
        real += point[i].weight * cos(phase);
        imaginary += point[i].weight * sin(phase);
    }
    return -atan2(imaginary, real) / TWICE_PI;
}

/* Points onto their nearest planes. *changed: how many went to another; returns how many planes
 * lie between the outermost. */
static double put_on_planes(sw_plane_point *point, size_t count, const double k[3], double c,
                            size_t *changed) {
    double least = INFINITY, most = -INFINITY;
    *changed = 0;
    for (size_t i = 0; i < count; i++) {
        double number = round(sw_vector_dot(k, point[i].own) + c);
        *changed += number != point[i].number;
        point[i].number = number;
        least = fmin(least, number);
        most = fmax(most, number);
    }
    return most - least;
}

/* k and c of least squares for the planes that points are on; false where they do not span space.
 */
static bool solve_planes(double k[3], double *c, const sw_plane_point *point, size_t count) {
    double total = 0.0, mean[3] = {0}, number = 0.0, squares[3][3] = {{0}}, products[3] = {0};
    double inverse[3][3];
    for (size_t i = 0; i < count; i++) {
        total += point[i].weight;
        number += point[i].weight * point[i].number;
        for (int d = 0; d < 3; d++)
            mean[d] += point[i].weight * point[i].own[d];
    }
    number /= total;
    for (int d = 0; d < 3; d++)
        mean[d] /= total;
    for (size_t i = 0; i < count; i++)
        for (int d = 0; d < 3; d++) {
            double away = point[i].weight * (point[i].own[d] - mean[d]);
            products[d] += away * (point[i].number - number);
            for (int e = 0; e < 3; e++)
                squares[d][e] += away * (point[i].own[e] - mean[e]);
        }
    if (!sw_matrix_inverse(inverse, (const double(*)[3])squares))
        return false;
    for (int d = 0; d < 3; d++)
        k[d] = sw_vector_dot(inverse[d], products);
    *c = number - sw_vector_dot(k, mean);
    return true;
}

/* Rounds until no point changes its plane. */
static bool fit_points(double k[3], double *c, sw_plane_point *point, size_t count) {
    *c = best_offset(point, count, k);
    for (int round = 0; round < ROUND_LIMIT; round++) {
        size_t changed;
        double between = put_on_planes(point, count, k, *c, &changed);
        if (round > 0 && changed == 0)
            return true;
        if (!(between >= 1.0) || !solve_planes(k, c, point, count))
            return false;
    }
    return true;
}

static double deviation_of(const sw_plane_point *point, size_t count, const double k[3], double c) {
    double squares = 0.0, total = 0.0;
    for (size_t i = 0; i < count; i++) {
        double away = sw_vector_dot(k, point[i].own) + c - point[i].number;
        squares += point[i].weight * away * away;
        total += point[i].weight;
    }
    return sqrt(squares / total);
}

sw_status sw_plane_fit_find(sw_plane_fit *fit, const double (*place)[3], const double *weight,
                            size_t count, const double start[3]) {
    static const double parts[] = {0.3, 0.6, 1.0}; /* of the points, from the middle outwards */
    double c = 0.0;
    size_t points;
    *fit = (sw_plane_fit){.k = {start[0], start[1], start[2]}, .deviation = NAN};
    sw_plane_point *point = make_points(place, weight, count, &points);
    if (point == NULL)
        return SW_ERROR_MEMORY;
    fit->found = points >= FEWEST;
    for (int stage = 0; stage < 3 && fit->found; stage++) {
        size_t part = (size_t)ceil(parts[stage] * (double)points);
        fit->found = fit_points(fit->k, &c, point, part < FEWEST ? FEWEST : part);
    }
    if (fit->found)
        fit->deviation = deviation_of(point, points, fit->k, c);
    free(point);
    return SW_OK;
}

double sw_plane_contrast(const double (*place)[3], const double *weight, size_t count,
                         const double k[3]) {
    double real = 0.0, imaginary = 0.0, total = 0.0;
    for (size_t i = 0; i < count; i++) {
        double w = weight ? weight[i] : 1.0, phase = TWICE_PI * sw_vector_dot(k, place[i]);
        real += w * cos(phase);
        imaginary += w * sin(phase);
        total += w;
    }
    return total > 0.0 ? sqrt(real * real + imaginary * imaginary) / total : 0.0;
}

double sw_plane_angle(const double a[3], const double b[3]) {
    double cross[3];
    sw_vector_cross(cross, a, b);
    return atan2(sw_vector_length(cross), fabs(sw_vector_dot(a, b)));
}
