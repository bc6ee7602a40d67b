/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Over a small difference one point is as good as a mean; else Gauss's two points on each piece of
 * the way. The mean of D gives the flux of one component exactly, whatever its profile. An
 * interstitial is quick: across a step of the other elements that is far thinner than the grid its
 * potential is level, so that its flux must be none where the potentials of both sides agree: the
 * mean slope of the potential over the mean resistance 1/mobile.
 */
#include "diffusion/mixing.h"

#include <math.h>
#include <string.h>

#define MOST SW_MIXTURE_COMPONENTS
#define JUMP 0.005 /* difference of content over which one point is as good as a mean */
#define PANEL 0.05 /* larger ones are cut into pieces of this */

struct sums {
    double matrix[MOST * MOST],
        drift[MOST]; /* without what an interstitial's own potential drives */
    double slope[MOST * MOST], resistance[MOST];
};

static void add_row(struct sums *sums, const sw_mixing_point *point, size_t k, size_t m,
                    double share) {
    const bool inside = point->mobile[k] > 0.0;
    sums->drift[k] += share * point->drift[k];
    sums->resistance[k] += inside ? share / point->mobile[k] : 0.0;
    for (size_t i = k * m; i < (k + 1) * m; i++) {
        sums->matrix[i] += share * (point->matrix[i] - (inside ? point->own[i] : 0.0));
        sums->slope[i] += inside ? share * point->own[i] / point->mobile[k] : 0.0;
    }
}

/* Adds share times what there is at a + part (b - a). */
static bool add_at(struct sums *sums, const sw_mixing *mixing, size_t m, const double *a,
                   const double *b, double part, double share) {
    double x[MOST] = {0};
    sw_mixing_point point;
    for (size_t k = 0; k < m; k++)
        x[k] = a[k] + part * (b[k] - a[k]);
    if (!mixing->at(&point, mixing->of, x))
        return false;
    for (size_t k = 0; k < m; k++)
        add_row(sums, &point, k, m, share);
    return true;
}

static bool add_way(struct sums *sums, const sw_mixing *mixing, size_t m, const double *a,
                    const double *b) {
    double jump = 0.0;
    for (size_t k = 0; k < m; k++)
        jump = fmax(jump, fabs(b[k] - a[k]));
    if (!(jump > JUMP))
        return add_at(sums, mixing, m, a, b, 0.5, 1.0);
    const double pieces = fmin(ceil(jump / PANEL), 1.0 / PANEL), apart = 0.5 / sqrt(3.0);
    bool mixes = true;
    for (double piece = 0.5; piece < pieces && mixes; piece += 1.0)
        mixes = add_at(sums, mixing, m, a, b, (piece - apart) / pieces, 0.5 / pieces) &&
                add_at(sums, mixing, m, a, b, (piece + apart) / pieces, 0.5 / pieces);
    return mixes;
}

bool sw_mixing_between(double *mean, const sw_mixing *mixing, size_t components, const double *a,
                       const double *b) {
    const size_t m = components;
    struct sums sums;
    memset(&sums, 0, sizeof sums);
    if (!add_way(&sums, mixing, m, a, b))
        return false;
    for (size_t k = 0; k < m; k++) {
        const bool inside = sums.resistance[k] > 0.0;
        for (size_t i = k * m; i < (k + 1) * m; i++)
            mean[i] = sums.matrix[i] + (inside ? sums.slope[i] / sums.resistance[k] : 0.0);
        mean[m * m + k] = sums.drift[k];
    }
    return true;
}
