/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/step_fit.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

#define BINS 512
#define FEWEST 8
#define PARAMETERS 4
#define CHI_SQUARE 3.841458820694124 /* 95 % of one degree of freedom lie below */
#define ROOT_HALF 0.7071067811865476
#define SIGMAS 40 /* tried at first, from a 500th of the range to the range */
#define MIDDLES 40
#define ROUNDS 28
#define GOLDEN 0.6180339887498949

typedef struct sw_step_bin {
    double count, x, y; /* means once filled */
} sw_step_bin;

typedef struct sw_step_points {
    sw_step_bin bin[BINS];
    size_t bins; /* that hold points; the first ones once filled */
    double low, high;
    double within; /* sum of squares inside bins */
    double count;
} sw_step_points;

static bool counts(double x, double y) {
    return isfinite(x) && isfinite(y);
}

static void fill_bins(sw_step_points *points, const double *x, const double *y, size_t count) {
    points->low = INFINITY;
    points->high = -INFINITY;
    for (size_t i = 0; i < count; i++)
        if (counts(x[i], y[i])) {
            points->low = fmin(points->low, x[i]);
            points->high = fmax(points->high, x[i]);
        }
    double scale = BINS * (1.0 - 1e-12) / (points->high - points->low);
    for (size_t i = 0; i < count && points->high > points->low; i++) {
        if (!counts(x[i], y[i]))
            continue;
        sw_step_bin *bin = &points->bin[(size_t)((x[i] - points->low) * scale)];
        double away = y[i] - bin->y;
        bin->count += 1.0;
        bin->x += (x[i] - bin->x) / bin->count;
        bin->y += away / bin->count;
        points->within += away * (y[i] - bin->y);
        points->count += 1.0;
    }
}

static void drop_empty_bins(sw_step_points *points) {
    for (size_t b = 0; b < BINS; b++)
        if (points->bin[b].count > 0.0)
            points->bin[points->bins++] = points->bin[b];
}

/* Both levels for a given middle and sigma, and the sum of squares that is left. */
static double solve_levels(sw_step_fit *fit, const sw_step_points *points) {
    double n = 0, s = 0, ss = 0, y = 0, sy = 0, squares = points->within;
    for (size_t b = 0; b < points->bins; b++) {
        const sw_step_bin *bin = &points->bin[b];
        double step = 0.5 * erfc(-(bin->x - fit->middle) / fit->sigma * ROOT_HALF);
        n += bin->count;
        s += bin->count * step;
        ss += bin->count * step * step;
        y += bin->count * bin->y;
        sy += bin->count * step * bin->y;
    }
    double determinant = n * ss - s * s;
    double slope = determinant > 1e-12 * n * n ? (n * sy - s * y) / determinant : 0.0;
    fit->left = (y - slope * s) / n;
    fit->right = fit->left + slope;
    for (size_t b = 0; b < points->bins; b++) {
        const sw_step_bin *bin = &points->bin[b];
        double away = bin->y - sw_step_fit_value(fit, bin->x);
        squares += bin->count * away * away;
    }
    return squares;
}

/* The best of middles spread over the range, for the sigma of the fit. */
static double scan_middles(sw_step_fit *fit, const sw_step_points *points) {
    double best = INFINITY, at = points->low, step = (points->high - points->low) / MIDDLES;
    for (int m = 1; m < MIDDLES; m++) {
        fit->middle = points->low + m * step;
        double squares = solve_levels(fit, points);
        at = squares < best ? fit->middle : at;
        best = fmin(best, squares);
    }
    fit->middle = at;
    return best;
}

static double squares_about(sw_step_fit *fit, const sw_step_points *points, double middle) {
    fit->middle = middle;
    return solve_levels(fit, points);
}

/* The best middle about a first one, by golden section. */
static double solve_middle(sw_step_fit *fit, const sw_step_points *points) {
    double reach = fmax((points->high - points->low) / MIDDLES, 0.5 * fit->sigma);
    double low = fit->middle - reach, high = fit->middle + reach;
    double left = high - GOLDEN * (high - low), right = low + GOLDEN * (high - low);
    double at_left = squares_about(fit, points, left);
    double at_right = squares_about(fit, points, right);
    for (int i = 0; i < ROUNDS; i++) {
        if (at_left < at_right) {
            high = right;
            right = left;
            at_right = at_left;
            left = high - GOLDEN * (high - low);
            at_left = squares_about(fit, points, left);
        } else {
            low = left;
            left = right;
            at_left = at_right;
            right = low + GOLDEN * (high - low);
            at_right = squares_about(fit, points, right);
        }
    }
    return squares_about(fit, points, 0.5 * (low + high));
}

/* From a first middle: the middle and levels for a sigma. */
static double squares_at(sw_step_fit *fit, const sw_step_points *points, double sigma,
                         double middle) {
    fit->sigma = sigma;
    fit->middle = middle;
    return solve_middle(fit, points);
}

/* Golden section of the sum of squares over log sigma, around the best of a scan. */
static double solve_sigma(sw_step_fit *fit, const sw_step_points *points, double least,
                          double most) {
    double step = log(most / least) / SIGMAS, best = INFINITY, at = 0.0, middle = points->low;
    for (int i = 0; i <= SIGMAS; i++) {
        fit->sigma = least * exp(i * step);
        double squares = scan_middles(fit, points);
        at = squares < best ? i : at;
        middle = squares < best ? fit->middle : middle;
        best = fmin(best, squares);
    }
    double low = fmax(at - 1.5, 0.0), high = fmin(at + 1.5, SIGMAS);
    for (int i = 0; i < ROUNDS; i++) {
        double left = high - GOLDEN * (high - low), right = low + GOLDEN * (high - low);
        if (squares_at(fit, points, least * exp(left * step), middle) <
            squares_at(fit, points, least * exp(right * step), middle))
            high = right;
        else
            low = left;
    }
    return squares_at(fit, points, least * exp(0.5 * (low + high) * step), middle);
}

/* Where the sum of squares passes `limit` between the best sigma and an end; the end where it does
 * not. */
static double crossing(const sw_step_points *points, const sw_step_fit *best, double end,
                       double limit) {
    sw_step_fit fit = *best;
    double inside = log(best->sigma), outside = log(end);
    if (squares_at(&fit, points, end, best->middle) <= limit)
        return end;
    for (int i = 0; i < ROUNDS; i++) {
        double half = 0.5 * (inside + outside);
        if (squares_at(&fit, points, exp(half), best->middle) <= limit)
            inside = half;
        else
            outside = half;
    }
    return exp(0.5 * (inside + outside));
}

sw_status sw_step_fit_find(sw_step_fit *fit, const double *x, const double *y, size_t count) {
    *fit = (sw_step_fit){NAN, NAN, NAN, NAN, NAN, NAN, NAN, 0};
    sw_step_points *points = sw_allocate(1, sizeof *points);
    if (points == NULL)
        return SW_ERROR_MEMORY;
    fill_bins(points, x, y, count);
    drop_empty_bins(points);
    fit->points = (size_t)points->count;
    double range = points->high - points->low;
    if (fit->points >= FEWEST && range > 0.0 && isfinite(range)) {
        double least = range / 500.0, most = range;
        double squares = solve_sigma(fit, points, least, most);
        double limit = squares * (1.0 + CHI_SQUARE / fmax(points->count - PARAMETERS, 1.0));
        double low = crossing(points, fit, least, limit);
        double high = crossing(points, fit, most, limit);
        fit->sigma_low = low <= least ? 0.0 : low;
        fit->sigma_high = high >= most ? INFINITY : high;
        fit->deviation = sqrt(squares / fmax(points->count - PARAMETERS, 1.0));
    }
    free(points);
    return SW_OK;
}

double sw_step_fit_value(const sw_step_fit *fit, double x) {
    return fit->left +
           (fit->right - fit->left) * 0.5 * erfc(-(x - fit->middle) / fit->sigma * ROOT_HALF);
}
