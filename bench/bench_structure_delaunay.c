/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Processor time of Delaunay tetrahedra of 1e6 points: random, perfect fcc, fcc with thermal noise.
 *
 *   bench_structure_delaunay BUILD: writes BUILD/bench-structure_delaunay.json
 */
#include "fcc.h"
#include "measuring.h"

#include "structure/delaunay.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define PASSES 3
#define CELLS 63     /* fcc cells along an edge: 1,000,188 atoms */
#define LATTICE 5.09 /* A */
#define NOISE 0.1    /* A, each axis */

typedef enum point_kind { RANDOM, PERFECT, THERMAL, KINDS } point_kind;

static const char *const kind_names[KINDS] = {"random", "perfect fcc", "thermal fcc"};

static double (*make_points(point_kind kind, size_t count))[3] {
    sw_random random = sw_random_create(1, kind);
    double(*point)[3] = calloc(count, sizeof *point);
    for (size_t i = 0; i < count && point; i++) {
        for (size_t k = 0; k < 3; k++) {
            double uniform[2];
            sw_random_pair(uniform, &random);
            point[i][k] = kind == RANDOM ? LATTICE * CELLS * uniform[0]
                                         : LATTICE * fcc_coordinate(i, CELLS, k);
            if (kind == THERMAL)
                point[i][k] += NOISE * sqrt(-2.0 * log(uniform[0])) * cos(2.0 * M_PI * uniform[1]);
        }
    }
    return point;
}

/* Seconds of processor time of a pass; negative where it failed. */
static double pass(const double (*point)[3], size_t count, size_t *tetrahedra) {
    sw_delaunay delaunay;
    sw_error error = {0};
    double start = processor_seconds();
    if (sw_delaunay_create(&delaunay, point, count, NULL, &error) != SW_OK) {
        fprintf(stderr, "%s\n", error.message);
        return -1.0;
    }
    double seconds = processor_seconds() - start;
    *tetrahedra = delaunay.tetrahedra;
    sw_delaunay_clear(&delaunay);
    return seconds;
}

static int measure(json_t *results, point_kind kind) {
    size_t count = (size_t)4 * CELLS * CELLS * CELLS, tetrahedra = 0;
    double(*point)[3] = make_points(kind, count), seconds[PASSES];
    if (!point)
        return 1;
    for (int p = 0; p < PASSES; p++)
        seconds[p] = pass((const double(*)[3])point, count, &tetrahedra);
    free(point);
    sort_numbers(seconds, PASSES);
    printf("%-12s %8zu points %9zu tetrahedra  %.2f s (%.2f to %.2f)\n", kind_names[kind], count,
           tetrahedra, seconds[PASSES / 2], seconds[0], seconds[PASSES - 1]);
    json_array_append_new(
        results, json_pack("{s:s,s:I,s:I,s:f,s:f,s:f}", "points", kind_names[kind], "count",
                           (json_int_t)count, "tetrahedra", (json_int_t)tetrahedra, "seconds",
                           seconds[PASSES / 2], "least", seconds[0], "most", seconds[PASSES - 1]));
    return seconds[0] < 0.0;
}

int main(int count, char **arguments) {
    json_t *results = json_array();
    int failed = 0;
    for (point_kind kind = 0; kind < KINDS; kind++)
        failed |= measure(results, kind);
    return write_results(count > 1 ? arguments[1] : ".", "structure_delaunay", results) || failed;
}
