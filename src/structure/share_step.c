/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/share_step.h"

#include "base/matrix.h"
#include "base/memory.h"
#include "base/student.h"

#include <math.h>
#include <stdlib.h>

#define RATIO (0.5 * SW_NORMAL_95 * SW_NORMAL_95) /* of the likelihood's logarithm */
#define SQRT_HALF 0.70710678118654752
#define DENSITY 0.3989422804014327 /* of the normal distribution at 0 */
#define SHARPEST 1e-3              /* widths in bins; below it a step is sharp */
#define PLACES 48                  /* of the first look, and widths for each */
#define WIDTHS 12
#define LEVEL_TURNS 100
#define LEAST_SPREAD 1e-12 /* of a share: share (1 - share) */
#define GOLDEN 0.3819660112501051
#define SEARCH_TURNS 60
#define FINE 1e-6 /* of what a search covers: for the fit, and for the ends of intervals */
#define COARSE 1e-4
#define BISECTIONS 20

typedef struct search {
    const sw_share_step_bins *bins;
    double *shape;       /* [bins] part of the step that a bin has behind it */
    double low, high;    /* A, where the bins begin and end */
    double sharp, broad; /* A, widths that are looked at */
    double level[2];     /* before and after, of the last likelihood */
} search;

/* ---- the likelihood -------------------------------------------------------------------------- */

/* Integral of the normal distribution. */
static double integral(double z) {
    return z * 0.5 * erfc(-z * SQRT_HALF) + DENSITY * exp(-0.5 * z * z);
}

static double shape_of(double from, double to, double position, double width) {
    double a = (from - position) / width, b = (to - position) / width;
    if (a > 8.0)
        return 1.0;
    double part = (integral(b) - integral(a)) / (b - a);
    return fmin(fmax(part, 0.0), 1.0);
}

/* Of the likelihood of a bin, over that of its own share: 0 or less, so that sums stay exact. */
static double logarithm(const sw_share_step_bins *bins, size_t b, double share) {
    double total = (double)bins->total[b], count = (double)bins->count[b * bins->stride];
    double rest = total - count;
    return (count > 0.0 ? count * log(share * total / count) : 0.0) +
           (rest > 0.0 ? rest * log((1.0 - share) * total / rest) : 0.0);
}

/*
 * The levels that fit a shape best, by expectation and maximisation: each count comes from before
 * or after the step, and the levels are the shares in both. Every turn is a better fit. Newton's
 * step is tried first and kept where it is better.
 */
static double levels_likelihood(const search *s, const double level[2]) {
    double sum = 0.0;
    for (size_t b = 0; b < s->bins->bins; b++)
        if (s->bins->total[b] > 0)
            sum += logarithm(s->bins, b, level[0] + (level[1] - level[0]) * s->shape[b]);
    return sum;
}

static void expect(double next[2], const search *s, const double level[2]) {
    double found[2] = {0}, all[2] = {0};
    for (size_t b = 0; b < s->bins->bins; b++) {
        double n = (double)s->bins->total[b], k = (double)s->bins->count[b * s->bins->stride];
        double part[2] = {1.0 - s->shape[b], s->shape[b]};
        double share = part[0] * level[0] + part[1] * level[1];
        for (int i = 0; i < 2 && n > 0.0; i++) {
            double hit = share > 0.0 ? k * part[i] * level[i] / share : 0.0;
            double miss = share < 1.0 ? (n - k) * part[i] * (1.0 - level[i]) / (1.0 - share) : 0.0;
            found[i] += hit;
            all[i] += hit + miss;
        }
    }
    for (int i = 0; i < 2; i++)
        next[i] = all[i] > 0.0 ? found[i] / all[i] : level[i];
}

static bool newton(double next[2], const search *s, const double level[2]) {
    double slope[2] = {0}, curve[3] = {0};
    for (size_t b = 0; b < s->bins->bins; b++) {
        double n = (double)s->bins->total[b], k = (double)s->bins->count[b * s->bins->stride];
        double part[2] = {1.0 - s->shape[b], s->shape[b]};
        double share = part[0] * level[0] + part[1] * level[1];
        if (n == 0.0 || !(share > 0.0 && share < 1.0))
            continue;
        double first = k / share - (n - k) / (1.0 - share);
        double second = k / (share * share) + (n - k) / ((1.0 - share) * (1.0 - share));
        for (int i = 0; i < 2; i++)
            slope[i] += first * part[i];
        curve[0] += second * part[0] * part[0];
        curve[1] += second * part[0] * part[1];
        curve[2] += second * part[1] * part[1];
    }
    double determinant = curve[0] * curve[2] - curve[1] * curve[1];
    if (!(determinant > 1e-12 * curve[0] * curve[2]))
        return false;
    next[0] = level[0] + (curve[2] * slope[0] - curve[1] * slope[1]) / determinant;
    next[1] = level[1] + (curve[0] * slope[1] - curve[1] * slope[0]) / determinant;
    return next[0] >= 0.0 && next[0] <= 1.0 && next[1] >= 0.0 && next[1] <= 1.0;
}

static double best_levels(search *s) {
    double next[2] = {0}, level[2] = {fmin(fmax(s->level[0], 1e-6), 1.0 - 1e-6),
                                      fmin(fmax(s->level[1], 1e-6), 1.0 - 1e-6)};
    double sum = levels_likelihood(s, level);
    for (int turn = 0; turn < LEVEL_TURNS; turn++) {
        double better = -INFINITY;
        if (newton(next, s, level))
            better = levels_likelihood(s, next);
        if (!(better > sum)) {
            expect(next, s, level);
            better = levels_likelihood(s, next);
        }
        if (!(better > sum))
            break;
        bool done = better - sum < 1e-11 * (1.0 + fabs(sum));
        sum = better;
        level[0] = next[0];
        level[1] = next[1];
        if (done)
            break;
    }
    s->level[0] = level[0];
    s->level[1] = level[1];
    return sum;
}

static double likelihood(search *s, double position, double width) {
    for (size_t b = 0; b < s->bins->bins; b++) {
        double from = s->bins->first + (double)b * s->bins->size;
        s->shape[b] = shape_of(from, from + s->bins->size, position, fmax(width, s->sharp));
    }
    return best_levels(s);
}

/* ---- searches -------------------------------------------------------------------------------- */

typedef double (*curve)(search *s, double at, double other);

static double by_position(search *s, double position, double width) {
    return likelihood(s, position, width);
}

static double by_width(search *s, double logarithm_of_width, double position) {
    return likelihood(s, position, exp(logarithm_of_width));
}

/* The largest value near `at`, by golden sections within `reach` of it. */
static double climb(double *at, search *s, curve value, double other, double reach, double fine) {
    double a = *at - reach, d = *at + reach, b = a + GOLDEN * (d - a), c = d - GOLDEN * (d - a);
    double at_b = value(s, b, other), at_c = value(s, c, other);
    for (int turn = 0; turn < SEARCH_TURNS && d - a > fine * reach; turn++) {
        if (at_b >= at_c) {
            d = c;
            c = b;
            at_c = at_b;
            b = a + GOLDEN * (d - a);
            at_b = value(s, b, other);
        } else {
            a = b;
            b = c;
            at_b = at_c;
            c = d - GOLDEN * (d - a);
            at_c = value(s, c, other);
        }
    }
    *at = at_b >= at_c ? b : c;
    return fmax(at_b, at_c);
}

/* The best of a lattice of positions and widths. */
static double look_around(double *position, double *width, search *s) {
    double best = -INFINITY;
    for (int p = 0; p < PLACES; p++)
        for (int w = 0; w < WIDTHS; w++) {
            double at = s->low + (s->high - s->low) * (p + 0.5) / PLACES;
            double wide = 0.3 * s->bins->size *
                          pow(s->broad / (0.3 * s->bins->size), (double)w / (WIDTHS - 1));
            double value = likelihood(s, at, wide);
            if (value > best) {
                best = value;
                *position = at;
                *width = wide;
            }
        }
    return best;
}

/* One after the other until neither helps. */
static double refine(double *position, double *width, search *s, double best) {
    for (int turn = 0; turn < 20; turn++) {
        double at = *position, wide = log(*width), before = best;
        double reach = fmax((s->high - s->low) / PLACES, *width);
        double value = climb(&at, s, by_position, *width, reach, FINE);
        if (value > best) {
            best = value;
            *position = at;
        }
        value = climb(&wide, s, by_width, *position, 1.0, FINE);
        if (value > best) {
            best = value;
            *width = fmax(exp(wide), s->sharp);
        }
        if (!(best - before > 1e-7))
            break;
    }
    return best;
}

/* The greatest likelihood at one width, and at one position. */
static double at_width(search *s, double width, double position) {
    double reach = fmax((s->high - s->low) / PLACES, 2.0 * width);
    return climb(&position, s, by_position, width, reach, COARSE);
}

static double at_position(search *s, double position, double width) {
    double wide = log(width);
    return climb(&wide, s, by_width, position, 3.0, COARSE);
}

/* Where a falling curve passes `level` between a (above) and b. */
static double bisect(search *s, curve value, double other, double a, double b, double level) {
    for (int turn = 0; turn < BISECTIONS; turn++) {
        double middle = 0.5 * (a + b);
        if (value(s, middle, other) >= level)
            a = middle;
        else
            b = middle;
    }
    return 0.5 * (a + b);
}

static void find_intervals(sw_share_step *fit, search *s, double best) {
    double position = fit->position.value, width = fit->width.value, level = best - RATIO;
    fit->position.low = bisect(s, at_position, width, position, s->low, level);
    fit->position.high = bisect(s, at_position, width, position, s->high, level);
    fit->width.low = at_width(s, s->sharp, position) >= level
                         ? 0.0
                         : bisect(s, at_width, position, width, s->sharp, level);
    fit->width.high = at_width(s, s->broad, position) >= level
                          ? INFINITY
                          : bisect(s, at_width, position, width, s->broad, level);
}

/* ---- levels ---------------------------------------------------------------------------------- */

static double slope_of(const sw_share_step *fit, const sw_share_step_bins *bins, size_t b,
                       int parameter) {
    sw_share_step up = *fit, down = *fit;
    double *const high[] = {&up.before.value, &up.after.value, &up.position.value, &up.width.value};
    double *const low[] = {&down.before.value, &down.after.value, &down.position.value,
                           &down.width.value};
    double change = parameter < 2 ? 1e-4 : 1e-3 * bins->size;
    *high[parameter] += change;
    *low[parameter] -= change;
    return (sw_share_step_value(&up, bins, b) - sw_share_step_value(&down, bins, b)) /
           (2.0 * change);
}

/* In place; false where a pivot vanishes. */
static bool invert(double matrix[4][4]) {
    for (int p = 0; p < 4; p++) {
        double pivot = matrix[p][p];
        if (!(pivot > 1e-280))
            return false;
        matrix[p][p] = 1.0;
        for (int k = 0; k < 4; k++)
            matrix[p][k] /= pivot;
        for (int r = 0; r < 4; r++) {
            double factor = matrix[r][p];
            if (r == p)
                continue;
            matrix[r][p] = 0.0;
            for (int k = 0; k < 4; k++)
                matrix[r][k] -= factor * matrix[p][k];
        }
    }
    return true;
}

static double spread_of(double share) {
    return fmax(share * (1.0 - share), LEAST_SPREAD);
}

/* As many independent counts as have this variance. */
static void set_level(sw_interval *level, double variance) {
    double counts = spread_of(level->value) / variance;
    *level = counts > 0.0 && isfinite(counts) ? sw_interval_share(level->value, counts)
                                              : (sw_interval){level->value, NAN, NAN};
}

/* Position and width too, where a sharp step does not fit as well. */
static void find_level_intervals(sw_share_step *fit, const sw_share_step_bins *bins) {
    double information[4][4] = {{0}};
    int parameters = fit->width.low > 0.0 ? 4 : 2;
    for (int i = parameters; i < 4; i++)
        information[i][i] = 1.0;
    for (size_t b = 0; b < bins->bins; b++) {
        double share = sw_share_step_value(fit, bins, b), slope[4];
        double weight = (double)bins->total[b] / spread_of(share);
        for (int i = 0; i < parameters; i++)
            slope[i] = slope_of(fit, bins, b, i);
        for (int i = 0; i < parameters; i++)
            for (int j = 0; j < parameters; j++)
                information[i][j] += weight * slope[i] * slope[j];
    }
    bool known = invert(information);
    set_level(&fit->before, known ? information[0][0] : NAN);
    set_level(&fit->after, known ? information[1][1] : NAN);
}

/* ---- the whole ------------------------------------------------------------------------------- */

double sw_share_step_value(const sw_share_step *fit, const sw_share_step_bins *bins, size_t b) {
    double from = bins->first + (double)b * bins->size;
    double part = shape_of(from, from + bins->size, fit->position.value,
                           fmax(fit->width.value, SHARPEST * bins->size));
    return fit->before.value + (fit->after.value - fit->before.value) * part;
}

static void find_deviance(sw_share_step *fit, const sw_share_step_bins *bins) {
    size_t filled = 0;
    for (size_t b = 0; b < bins->bins; b++) {
        if (bins->total[b] == 0)
            continue;
        fit->deviance -= 2.0 * logarithm(bins, b, sw_share_step_value(fit, bins, b));
        filled++;
    }
    fit->freedom = filled - 4;
}

static sw_status check(const sw_share_step_bins *bins, sw_error *error) {
    size_t filled = 0, count = 0, total = 0;
    for (size_t b = 0; b < bins->bins; b++) {
        filled += bins->total[b] > 0;
        count += bins->count[b * bins->stride];
        total += bins->total[b];
    }
    if (bins->bins > SW_SHARE_STEP_MOST_BINS)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "fit", "give a larger step",
                            "a step is fitted through at most %d bins", SW_SHARE_STEP_MOST_BINS);
    if (filled < 5 || count == 0 || count == total)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "fit",
                            "give a smaller step, or another element",
                            "there is no step to fit: %zu bins with atoms, %zu of %zu are of the "
                            "element",
                            filled, count, total);
    return SW_OK;
}

sw_status sw_share_step_fit(sw_share_step *fit, const sw_share_step_bins *bins, sw_error *error) {
    search s = {.bins = bins, .low = bins->first, .level = {0.4, 0.6}};
    *fit = (sw_share_step){0};
    sw_status status = check(bins, error);
    if (status != SW_OK)
        return status;
    s.high = bins->first + (double)bins->bins * bins->size;
    s.sharp = SHARPEST * bins->size;
    s.broad = s.high - s.low;
    s.shape = sw_allocate(bins->bins, sizeof *s.shape);
    if (!s.shape)
        return sw_error_set(error, SW_ERROR_MEMORY, "fit", NULL, "no memory to fit a step");
    double best = look_around(&fit->position.value, &fit->width.value, &s);
    best = refine(&fit->position.value, &fit->width.value, &s, best);
    (void)likelihood(&s, fit->position.value, fit->width.value);
    fit->before.value = s.level[0];
    fit->after.value = s.level[1];
    find_intervals(fit, &s, best);
    find_level_intervals(fit, bins);
    find_deviance(fit, bins);
    free(s.shape);
    return SW_OK;
}
