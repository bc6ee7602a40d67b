/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/oxidation_shapes.h"

#include "base/memory.h"
#include "base/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { REGULAR, QUARTER, SQUARE, SHAPES };

#define EDGES 21 /* from 0.8 to 1.2 of that of a regular tetrahedron at the volume limit */
#define LEAST 0.8
#define RANGE 0.4
#define IDEAL ((size_t)SHAPES * EDGES)
#define DRAWS 2000
#define FLOOR 1e-7   /* chance of a bin that no draw fell into */
#define CRYSTALS 0.1 /* their share to begin with */

/* How often a shape is seen in which bins. */
typedef struct shape_chance {
    uint16_t bin;
    float chance;
} shape_chance;

struct sw_shapes {
    size_t count;
    size_t *begin; /* [count + 1] into chance */
    shape_chance *chance;
    uint16_t *bin;       /* [count] its own */
    bool *filled, *site; /* [count] */
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

size_t sw_shape_bin(const sw_oxidation_options *options, double volume, double distortion) {
    return bin_along(volume / options->volume, SW_SHAPE_VOLUMES) * SW_SHAPE_DISTORTIONS +
           bin_along(distortion / options->distortion, SW_SHAPE_DISTORTIONS);
}

/* Adds what noise makes of a shape, bin by bin. */
static void sample_shape(sw_shapes *shapes, size_t k, const double corner[4][3],
                         const sw_oxidation_options *options, double precision, uint64_t seed) {
    double moved[4][3], volume, distortion;
    uint16_t seen[SW_SHAPE_BINS] = {0};
    size_t end = shapes->begin[k];
    sw_random random = sw_random_create(seed, k);
    measure(&volume, &distortion, corner);
    shapes->filled[k] = sw_oxidation_holds(options, volume, distortion);
    shapes->site[k] = sw_oxidation_is_site(options, volume, distortion);
    shapes->bin[k] = (uint16_t)sw_shape_bin(options, volume, distortion);
    for (int n = 0; n < DRAWS; n++) {
        move_corners(moved, corner, precision / sqrt(3.0), &random);
        measure(&volume, &distortion, (const double(*)[3])moved);
        seen[sw_shape_bin(options, volume, distortion)]++;
    }
    for (size_t b = 0; b < SW_SHAPE_BINS; b++)
        if (seen[b] > 0)
            shapes->chance[end++] = (shape_chance){(uint16_t)b, (float)seen[b] / DRAWS};
    shapes->begin[k + 1] = end;
}

static void sample_shapes(sw_shapes *shapes, const sw_oxidation_options *options, double precision,
                          const double (*shape)[4][3], uint64_t seed) {
    double regular = cbrt(options->volume * 6.0 * sqrt(2.0));
    for (size_t k = 0; k < shapes->count; k++) {
        double ideal[4][3];
        double edge = regular * (LEAST + RANGE * (double)(k % EDGES) / (EDGES - 1));
        if (k < IDEAL)
            make_shape(ideal, (int)(k / EDGES), edge);
        sample_shape(shapes, k, k < IDEAL ? (const double(*)[3])ideal : shape[k - IDEAL], options,
                     precision, seed);
    }
}

sw_status sw_shapes_create(sw_shapes **shapes, const sw_oxidation_options *options,
                           double precision, const double (*shape)[4][3], size_t count,
                           uint64_t seed) {
    sw_shapes *made = *shapes = sw_allocate(1, sizeof **shapes);
    if (!made)
        return SW_ERROR_MEMORY;
    made->count = IDEAL + count;
    made->begin = sw_allocate(made->count + 1, sizeof *made->begin);
    made->chance = sw_allocate(made->count, SW_SHAPE_BINS * sizeof *made->chance);
    made->bin = sw_allocate(made->count, sizeof *made->bin);
    made->filled = sw_allocate(made->count, sizeof *made->filled);
    made->site = sw_allocate(made->count, sizeof *made->site);
    if (!made->begin || !made->chance || !made->bin || !made->filled || !made->site) {
        sw_shapes_destroy(made);
        *shapes = NULL;
        return SW_ERROR_MEMORY;
    }
    sample_shapes(made, options, precision, shape, seed);
    return SW_OK;
}

void sw_shapes_destroy(sw_shapes *shapes) {
    if (!shapes)
        return;
    free(shapes->begin);
    free(shapes->chance);
    free(shapes->bin);
    free(shapes->filled);
    free(shapes->site);
    free(shapes);
}

/* ---- shares of the shapes -------------------------------------------------------------------- */

/* Chance of each bin, of shapes with these shares (and of those that `only` marks, if given). */
static void predict(double *bin, const sw_shapes *shapes, const double *share, const bool *only) {
    double floor = 0.0;
    memset(bin, 0, SW_SHAPE_BINS * sizeof *bin);
    for (size_t k = 0; k < shapes->count; k++) {
        if (only && !only[k])
            continue;
        floor += share[k] * FLOOR;
        for (size_t c = shapes->begin[k]; c < shapes->begin[k + 1]; c++)
            bin[shapes->chance[c].bin] += share[k] * (double)shapes->chance[c].chance;
    }
    for (size_t b = 0; b < SW_SHAPE_BINS; b++)
        bin[b] += floor;
}

/* One round of expectation and maximisation. */
static void improve(double *share, const sw_shapes *shapes, const double *seen) {
    double ratio[SW_SHAPE_BINS], total = 0.0, everywhere = 0.0;
    predict(ratio, shapes, share, NULL);
    for (size_t b = 0; b < SW_SHAPE_BINS; b++) {
        ratio[b] = seen[b] > 0.0 ? seen[b] / ratio[b] : 0.0;
        everywhere += FLOOR * ratio[b];
        total += seen[b];
    }
    for (size_t k = 0; k < shapes->count && total > 0.0; k++) {
        double factor = everywhere;
        for (size_t c = shapes->begin[k]; c < shapes->begin[k + 1]; c++)
            factor += ratio[shapes->chance[c].bin] * (double)shapes->chance[c].chance;
        share[k] *= factor / total;
    }
}

/* What was seen, and a part for the shapes of crystals. */
static void begin_shares(double *share, const sw_shapes *shapes, const double *seen) {
    double total = 0.0;
    for (size_t k = IDEAL; k < shapes->count; k++)
        total += seen[shapes->bin[k]];
    for (size_t k = 0; k < shapes->count; k++)
        share[k] = k < IDEAL ? CRYSTALS / IDEAL : (1.0 - CRYSTALS) * seen[shapes->bin[k]] / total;
}

static void judge(sw_shape_verdict *verdict, const sw_shapes *shapes, const double *share) {
    double all[SW_SHAPE_BINS];
    predict(all, shapes, share, NULL);
    predict(verdict->filled, shapes, share, shapes->filled);
    predict(verdict->site, shapes, share, shapes->site);
    for (size_t b = 0; b < SW_SHAPE_BINS; b++) {
        verdict->filled[b] = all[b] > 0.0 ? verdict->filled[b] / all[b] : 0.0;
        verdict->site[b] = all[b] > 0.0 ? verdict->site[b] / all[b] : 0.0;
    }
}

sw_status sw_shapes_fit(sw_shape_verdict *verdict, const sw_shapes *shapes, const double *seen,
                        int rounds) {
    double *share = sw_allocate(shapes->count, sizeof *share);
    if (!share)
        return SW_ERROR_MEMORY;
    begin_shares(share, shapes, seen);
    for (int round = 0; round < rounds; round++)
        improve(share, shapes, seen);
    judge(verdict, shapes, share);
    free(share);
    return SW_OK;
}
