/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/distance_bound.h"

#include "structure/wide.h"

#include <math.h>

#define LANES                                                                                      \
    SW_TEMPLATE_NEIGHBOURS /* neighbours; those beyond the template's number are not read */
#define SLACK 1e-4F        /* rounding of sums of floats, relative and absolute */

/* The sum over pairs that goes with a root mean square deviation. Lengths are scaled to equal
 * sizes, not to the best scale, which adds a little. */
static float sum_allowed(const sw_crystal_template *of, double limit) {
    double points = (double)of->neighbours + 1.0;
    double part = fmin(points * limit * limit / of->spread, 1.0);
    double squared = limit * limit * 2.0 / (1.0 + sqrt(1.0 - part));
    return (float)(points * points * squared) * (1.0F + SLACK) + 1e-3F * SLACK;
}

static float sum_from_atom(const sw_crystal_template *of, const sw_shape *shape, float size) {
    float sum = 0.0F;
    for (size_t i = 0; i < of->neighbours; i++) {
        float off = size * shape->from_atom[i] - of->sorted[i];
        sum += off * off;
    }
    return sum;
}

/*
 * Distances of a neighbour to all others, in rising order, against those of a kind of place: half
 * of these squares (each pair has two ends), and the whole of that to the atom, must be added by a
 * neighbour there.
 */
SW_WIDE static void find_kind_costs(float (*restrict cost)[LANES],
                                    const float (*restrict sorted)[LANES],
                                    const float *restrict from_atom, float size,
                                    const sw_crystal_template *restrict of) {
    size_t kind = 0;
    do { /* every template has a kind */
        float sum[LANES];
        SW_LANE_LOOP
        for (size_t j = 0; j < LANES; j++) {
            float off = size * from_atom[j] - of->from_atom[kind];
            sum[j] = 2.0F * off * off;
        }
        for (size_t i = 1; i < of->neighbours; i++) {
            SW_LANE_LOOP
            for (size_t j = 0; j < LANES; j++) {
                float off = size * sorted[i][j] - of->from_others[kind][i - 1];
                sum[j] += off * off;
            }
        }
        SW_LANE_LOOP
        for (size_t j = 0; j < LANES; j++)
            cost[kind][j] = 0.5F * sum[j];
    } while (++kind < of->kinds);
}

/* The cheapest choice of kinds for all neighbours; of two kinds each as often as it is there. */
static float cheapest_kinds(const float (*cost)[LANES], const sw_crystal_template *of) {
    float sum = 0.0F, dearer[LANES] = {0};
    for (size_t i = 0; i < of->neighbours; i++) {
        float least = cost[0][i];
        if (of->kinds == 2) {
            size_t at = i;
            for (; at > 0 && dearer[at - 1] > cost[1][i] - least; at--)
                dearer[at] = dearer[at - 1];
            dearer[at] = cost[1][i] - least;
        }
        for (size_t kind = 1; kind < of->kinds && of->kinds != 2; kind++)
            least = cost[kind][i] < least ? cost[kind][i] : least;
        sum += least;
    }
    for (size_t i = 0; of->kinds == 2 && i < of->of_kind[1]; i++)
        sum += dearer[i];
    return sum;
}

bool sw_distances_allow(const sw_crystal_template *of, sw_shape *shape, double limit) {
    float cost[LANES][LANES], bound = sum_allowed(of, limit), size = (float)sqrt(of->spread);
    if (sum_from_atom(of, shape, size) > bound)
        return false;
    sw_shape_sort(shape);
    find_kind_costs(cost, (const float(*)[LANES])shape->from_others, shape->lane[3], size, of);
    return cheapest_kinds((const float(*)[LANES])cost, of) <= bound;
}
