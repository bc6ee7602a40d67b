/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/oxidation_bayes.h"

#include "base/memory.h"
#include "base/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { REGULAR, QUARTER, SQUARE, SHAPES };

#define EDGES 21 /* from 0.8 to 1.2 of that of a regular tetrahedron at the volume limit */
#define LEAST 0.8
#define RANGE 0.4
#define KINDS (SHAPES * EDGES)
#define DRAWS 4000
#define FLOOR 1e-7 /* chance of a bin that no draw fell into */
#define ROUNDS 200

struct sw_bayes {
    double chance[KINDS][SW_BAYES_BINS]; /* that a kind is seen in a bin */
    double share[KINDS];
    bool filled[KINDS];
};

/* Two corners an edge apart, two more q edges apart (1; sqrt 2 for a quarter of an octahedron), an
 * edge between all others; or a square. */
static void make_shape(double corner[4][3], int shape, double edge) {
    double q = shape == QUARTER ? sqrt(2.0) : 1.0;
    memset(corner, 0, 4 * sizeof *corner);
    for (int c = 0; c < 4 && shape == SQUARE; c++) {
        corner[c][0] = edge * (c == 1 || c == 2);
        corner[c][1] = edge * (c >= 2);
    }
    if (shape == SQUARE)
        return;
    corner[0][0] = 0.5 * edge;
    corner[1][0] = -0.5 * edge;
    corner[2][1] = 0.5 * q * edge;
    corner[3][1] = -0.5 * q * edge;
    corner[2][2] = corner[3][2] = edge * sqrt(0.75 - 0.25 * q * q);
}

static void move_corners(double moved[4][3], const double corner[4][3], double deviation,
                         sw_random *random) {
    for (int i = 0; i < 12; i += 2) {
        double uniform[2];
        sw_random_next_pair(uniform, random);
        double size = deviation * sqrt(-2.0 * log(uniform[0])), turn = 2.0 * M_PI * uniform[1];
        moved[i / 3][i % 3] = corner[i / 3][i % 3] + size * cos(turn);
        moved[(i + 1) / 3][(i + 1) % 3] = corner[(i + 1) / 3][(i + 1) % 3] + size * sin(turn);
    }
}

static void measure(double *volume, double *distortion, const double corner[4][3]) {
    sw_tetrahedron_sphere(volume, NULL, corner);
    *volume = fabs(*volume);
    *distortion = sw_tetrahedron_distortion(corner);
}

double sw_oxidation_verdict(const double corner[4][3], const sw_oxidation_options *options,
                            double precision, size_t draws, uint64_t seed, uint64_t stream) {
    sw_random random = sw_random_create(seed, stream);
    size_t filled = 0;
    for (size_t n = 0; n < draws; n++) {
        double moved[4][3], volume, distortion;
        move_corners(moved, corner, precision / sqrt(3.0), &random);
        measure(&volume, &distortion, (const double(*)[3])moved);
        filled += sw_oxidation_holds(options, volume, distortion);
    }
    return (double)filled / (double)draws;
}

/* The bin of a number of which 1 lies in the middle of all. */
static size_t bin_along(double number, size_t bins) {
    double place = number * (double)bins / 2.0;
    if (!(place > 0.0))
        return 0;
    return place < (double)(bins - 1) ? (size_t)place : bins - 1;
}

size_t sw_bayes_bin(const sw_oxidation_options *options, double volume, double distortion) {
    return bin_along(volume / options->volume, SW_BAYES_VOLUMES) * SW_BAYES_DISTORTIONS +
           bin_along(distortion / options->distortion, SW_BAYES_DISTORTIONS);
}

static void sample_kind(sw_bayes *bayes, int kind, const sw_oxidation_options *options,
                        double precision, uint64_t seed) {
    double corner[4][3], moved[4][3], volume, distortion;
    double regular = cbrt(options->volume * 6.0 * sqrt(2.0));
    sw_random random = sw_random_create(seed, (uint64_t)kind);
    make_shape(corner, kind / EDGES, regular * (LEAST + RANGE * (kind % EDGES) / (EDGES - 1)));
    measure(&volume, &distortion, (const double(*)[3])corner);
    bayes->filled[kind] = sw_oxidation_holds(options, volume, distortion);
    for (int b = 0; b < SW_BAYES_BINS; b++)
        bayes->chance[kind][b] = FLOOR;
    for (int n = 0; n < DRAWS; n++) {
        move_corners(moved, (const double(*)[3])corner, precision / sqrt(3.0), &random);
        measure(&volume, &distortion, (const double(*)[3])moved);
        bayes->chance[kind][sw_bayes_bin(options, volume, distortion)] += 1.0 / DRAWS;
    }
}

sw_status sw_bayes_create(sw_bayes **bayes, const sw_oxidation_options *options, double precision,
                          uint64_t seed) {
    *bayes = sw_allocate(1, sizeof **bayes);
    if (!*bayes)
        return SW_ERROR_MEMORY;
    for (int kind = 0; kind < KINDS; kind++)
        sample_kind(*bayes, kind, options, precision, seed);
    return SW_OK;
}

void sw_bayes_destroy(sw_bayes *bayes) {
    free(bayes);
}

/* One round of expectation and maximisation. */
static void improve(sw_bayes *bayes, const double *seen) {
    double next[KINDS] = {0}, total = 0.0;
    for (int b = 0; b < SW_BAYES_BINS; b++) {
        double sum = 0.0;
        if (!(seen[b] > 0.0))
            continue;
        for (int kind = 0; kind < KINDS; kind++)
            sum += bayes->share[kind] * bayes->chance[kind][b];
        for (int kind = 0; kind < KINDS; kind++)
            next[kind] += seen[b] * bayes->share[kind] * bayes->chance[kind][b] / sum;
        total += seen[b];
    }
    for (int kind = 0; kind < KINDS && total > 0.0; kind++)
        bayes->share[kind] = next[kind] / total;
}

void sw_bayes_fit(double *filled, sw_bayes *bayes, const double *seen) {
    for (int kind = 0; kind < KINDS; kind++)
        bayes->share[kind] = 1.0 / KINDS;
    for (int round = 0; round < ROUNDS; round++)
        improve(bayes, seen);
    for (int b = 0; b < SW_BAYES_BINS; b++) {
        double sum = 0.0, yes = 0.0;
        for (int kind = 0; kind < KINDS; kind++) {
            double part = bayes->share[kind] * bayes->chance[kind][b];
            sum += part;
            yes += bayes->filled[kind] ? part : 0.0;
        }
        filled[b] = sum > 0.0 ? yes / sum : 0.0;
    }
}
