/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/shell_volume.h"

#include "base/matrix.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SETS 2
#define PIECES 64 /* sums of their own, added in order */
#define SEED 64

/* Crossings of the rays of one set: how many lie beyond each bin, and what they fill of their own.
 */
typedef struct crossing_tally {
    double *beyond;  /* [bins + 1] signs of crossings in the bin; the last for all farther */
    double *partial; /* [bins] sum of sign (t^3 - low^3) / 3 */
    double width;
    size_t bins;
} crossing_tally;

static void add_crossing(void *user, double distance, int sign) {
    crossing_tally *tally = user;
    double place = distance / tally->width;
    if (!(place < (double)tally->bins)) {
        tally->beyond[tally->bins] += sign;
        return;
    }
    size_t bin = (size_t)place;
    double low = (double)bin * tally->width;
    tally->beyond[bin] += sign;
    tally->partial[bin] += sign * (distance * distance * distance - low * low * low) / 3.0;
}

/* A random rotation: a quaternion evenly on its sphere (K. Shoemake, Graphics Gems III, 124
 * (1992)). */
static void random_rotation(double rotation[3][3], sw_random *random) {
    double u[2], v[2];
    sw_random_next_pair(u, random);
    sw_random_next_pair(v, random);
    double a = sqrt(1.0 - u[0]), b = sqrt(u[0]), s = 2.0 * M_PI * u[1], t = 2.0 * M_PI * v[0];
    double x = a * sin(s), y = a * cos(s), z = b * sin(t), w = b * cos(t);
    const double rows[3][3] = {{1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)},
                               {2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)},
                               {2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)}};
    memcpy(rotation, rows, sizeof rows);
}

/* Directions evenly over the sphere: equal steps of height, the golden angle around. */
static void fibonacci_direction(double direction[3], size_t index, size_t count) {
    double height = 1.0 - (2.0 * (double)index + 1.0) / (double)count;
    double angle = M_PI * (3.0 - sqrt(5.0)) * (double)index, ring = sqrt(1.0 - height * height);
    direction[0] = ring * cos(angle);
    direction[1] = ring * sin(angle);
    direction[2] = height;
}

typedef struct shell_work {
    const sw_alpha_shape *shape;
    double width, *sums; /* [PIECES][SETS][2 bins + 1] */
    size_t bins, rays;   /* of a set */
    size_t piece;        /* atoms */
} shell_work;

static void shoot(crossing_tally *tally, const shell_work *work, size_t atom, uint64_t set) {
    double rotation[3][3], direction[3], turned[3];
    sw_random random = sw_random_create(SEED + set, atom);
    random_rotation(rotation, &random);
    for (size_t r = 0; r < work->rays; r++) {
        fibonacci_direction(direction, r, work->rays);
        sw_matrix_row_product(turned, direction, (const double(*)[3])rotation);
        sw_triangle_tree_ray(&work->shape->tree, work->shape->tetrahedra->points.position[atom],
                             turned, add_crossing, tally);
    }
}

static sw_status shoot_all(void *user, size_t first, size_t end, int worker) {
    const shell_work *work = user;
    (void)worker;
    for (uint64_t set = 0; set < SETS; set++) {
        double *sums = work->sums + (first / work->piece * SETS + set) * (2 * work->bins + 1);
        crossing_tally tally = {sums, sums + work->bins + 1, work->width, work->bins};
        for (size_t atom = first; atom < end; atom++)
            shoot(&tally, work, atom, set);
    }
    return SW_OK;
}

/* The mean shell volumes of one set. */
static void finish_set(double *volume, const shell_work *work, size_t atoms, size_t set) {
    size_t bins = work->bins, stride = 2 * bins + 1;
    double full = 0.0, share = 4.0 * M_PI / ((double)work->rays * (double)atoms);
    for (size_t p = 0; p < PIECES; p++)
        full += work->sums[(p * SETS + set) * stride + bins];
    for (size_t bin = bins; bin-- > 0;) {
        double low = (double)bin * work->width, high = low + work->width, partial = 0.0, here = 0.0;
        for (size_t p = 0; p < PIECES; p++) {
            const double *sums = work->sums + (p * SETS + set) * stride;
            here += sums[bin];
            partial += sums[bins + 1 + bin];
        }
        volume[bin] = share * (full * (high * high * high - low * low * low) / 3.0 + partial);
        full += here;
    }
}

static sw_status combine(double *volume, double *error_of_volume, const shell_work *work,
                         size_t atoms) {
    double *other = sw_allocate(work->bins, sizeof *other);
    if (!other)
        return SW_ERROR_MEMORY;
    finish_set(volume, work, atoms, 0);
    finish_set(other, work, atoms, 1);
    for (size_t bin = 0; bin < work->bins; bin++) {
        if (error_of_volume)
            error_of_volume[bin] = 0.5 * fabs(volume[bin] - other[bin]);
        volume[bin] = 0.5 * (volume[bin] + other[bin]);
    }
    free(other);
    return SW_OK;
}

static sw_status check(const sw_alpha_shape *shape, double width, size_t bins, size_t rays,
                       sw_error *error) {
    const sw_box *box = &shape->tetrahedra->points.box;
    if (box->periodic[0] || box->periodic[1] || box->periodic[2])
        return sw_error_set(error, SW_ERROR_UNSUPPORTED, "shell volumes",
                            "divide by 4 pi r^2 dr and the density instead",
                            "a periodic structure has no shape of its own");
    if (!(width > 0.0) || !(width < INFINITY) || bins == 0 || rays == 0)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "shell volumes",
                            "give a width above 0 A, at least one bin and one ray",
                            "shells %g A wide, %zu of them, %zu rays", width, bins, rays);
    return SW_OK;
}

sw_status sw_shell_volumes(double *volume, double *error_of_volume, const sw_alpha_shape *shape,
                           double width, size_t bins, size_t rays, sw_context *context,
                           sw_error *error) {
    size_t atoms = shape->tetrahedra->points.atoms;
    sw_status status = check(shape, width, bins, rays, error);
    if (status != SW_OK)
        return status;
    memset(volume, 0, bins * sizeof *volume);
    if (error_of_volume)
        memset(error_of_volume, 0, bins * sizeof *error_of_volume);
    if (atoms == 0)
        return SW_OK;
    shell_work work = {.shape = shape,
                       .width = width,
                       .bins = bins,
                       .rays = (rays + 1) / 2,
                       .piece = (atoms - 1) / PIECES + 1};
    work.sums = sw_allocate((size_t)PIECES * SETS, (2 * bins + 1) * sizeof *work.sums);
    status =
        work.sums ? sw_parallel(context, atoms, work.piece, shoot_all, &work) : SW_ERROR_MEMORY;
    if (status == SW_OK)
        status = combine(volume, error_of_volume, &work, atoms);
    free(work.sums);
    if (status == SW_OK)
        return SW_OK;
    return sw_error_set(error, status, "shell volumes", NULL, "%s",
                        status == SW_ERROR_MEMORY ? "not enough memory" : "cancelled");
}
