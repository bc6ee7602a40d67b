/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "curves/local_polynomial.h"

#include <math.h>

enum { TERMS = 4, LEFT_OUT = 400, LADDER = 18 };

typedef struct local_window {
    size_t first, last; /* [first, last) */
    double width;       /* of the kernel */
    double unit; /* that x is counted in: how far the points reach, where the kernel is wider */
} local_window;

/* The first index whose x is not below `value`. */
static size_t lower_bound(const double *x, size_t count, double value) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (x[middle] < value)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Points with a weight; at least TERMS + 1. */
static local_window window_at(const double *x, size_t count, double at, double width) {
    local_window window = {lower_bound(x, count, at - width), lower_bound(x, count, at + width),
                           width, width};
    while (window.last - window.first < TERMS + 1) {
        bool left = window.first > 0 &&
                    (window.last == count || at - x[window.first - 1] <= x[window.last] - at);
        if (left)
            window.first--;
        else if (window.last < count)
            window.last++;
        else
            break;
    }
    double reach = fmax(at - x[window.first], x[window.last - 1] - at);
    window.width = fmax(width, reach * 1.05);
    window.unit = fmin(window.width, reach * 1.05);
    return window;
}

/* matrix = L L^T in place; false where it is not positive. */
static bool factor(double matrix[TERMS][TERMS]) {
    for (int i = 0; i < TERMS; i++)
        for (int j = 0; j <= i; j++) {
            double sum = matrix[i][j];
            for (int k = 0; k < j; k++)
                sum -= matrix[i][k] * matrix[j][k];
            if (i == j && !(sum > 1e-14 * matrix[0][0]))
                return false;
            matrix[i][j] = i == j ? sqrt(sum) : sum / matrix[j][j];
        }
    return true;
}

static void solve(double result[TERMS], const double factor_of[TERMS][TERMS],
                  const double right[TERMS]) {
    for (int i = 0; i < TERMS; i++) {
        double sum = right[i];
        for (int k = 0; k < i; k++)
            sum -= factor_of[i][k] * result[k];
        result[i] = sum / factor_of[i][i];
    }
    for (int i = TERMS - 1; i >= 0; i--) {
        double sum = result[i];
        for (int k = i + 1; k < TERMS; k++)
            sum -= factor_of[k][i] * result[k];
        result[i] = sum / factor_of[i][i];
    }
}

/* Sums of w u^k, of w^2 u^k, and of w u^k y. */
typedef struct local_sums {
    double weight[2 * TERMS - 1], square[2 * TERMS - 1], right[TERMS];
} local_sums;

static local_sums sum_window(const double *x, const double *y, double at,
                             const local_window *window) {
    local_sums sums = {0};
    double origin = y[window->first]; /* keeps digits where y is far from zero */
    for (size_t i = window->first; i < window->last; i++) {
        double u = (x[i] - at) / window->unit, v = (x[i] - at) / window->width;
        double weight = 1.0 - v * v, power = 1.0;
        for (int k = 0; k < 2 * TERMS - 1; k++) {
            sums.weight[k] += weight * power;
            sums.square[k] += weight * weight * power;
            if (k < TERMS)
                sums.right[k] += weight * power * (y[i] - origin);
            power *= u;
        }
    }
    return sums;
}

/* Variance of coefficient `term` for noise 1: e S^-1 S2 S^-1 e. */
static double variance_of(int term, const double factor_of[TERMS][TERMS],
                          const double square[2 * TERMS - 1]) {
    double unit[TERMS] = {0}, row[TERMS], sum = 0.0;
    unit[term] = 1.0;
    solve(row, factor_of, unit);
    for (int i = 0; i < TERMS; i++)
        for (int j = 0; j < TERMS; j++)
            sum += row[i] * row[j] * square[i + j];
    return fmax(sum, 0.0);
}

/* *leverage: what the point at `at` itself weighs in its smooth value. */
static sw_smooth fit_at(double *leverage, const double *x, const double *y, size_t count, double at,
                        double width) {
    local_window window = window_at(x, count, at, width);
    local_sums sums = sum_window(x, y, at, &window);
    double matrix[TERMS][TERMS], unit[TERMS] = {1.0}, found[TERMS];
    for (int i = 0; i < TERMS; i++)
        for (int j = 0; j < TERMS; j++)
            matrix[i][j] = sums.weight[i + j];
    *leverage = 1.0;
    if (!factor(matrix))
        return (sw_smooth){NAN, NAN, NAN, NAN};
    solve(found, matrix, unit);
    *leverage = found[0];
    solve(found, matrix, sums.right);
    return (sw_smooth){found[0] + y[window.first], found[1] / window.unit,
                       sqrt(variance_of(0, matrix, sums.square)),
                       sqrt(variance_of(1, matrix, sums.square)) / window.unit};
}

sw_smooth sw_smooth_at(const double *x, const double *y, size_t count, double at,
                       const sw_smoothing *smoothing) {
    double leverage, correlation = fmin(fmax(smoothing->correlation, 0.0), 0.95);
    double error = smoothing->noise * sqrt((1.0 + correlation) / (1.0 - correlation));
    sw_smooth smooth = fit_at(&leverage, x, y, count, at, smoothing->bandwidth);
    smooth.value_error *= error;
    smooth.slope_error *= error;
    return smooth;
}

/* ---- cross-validation ------------------------------------------------------------------------ */

typedef struct left_out {
    double score, error; /* mean square of what is left out, and its standard error */
} left_out;

static left_out leave_out(const double *x, const double *y, size_t count, double width) {
    size_t stride = count / LEFT_OUT + 1, used = 0;
    double sum = 0.0, squares = 0.0;
    for (size_t i = 0; i < count; i += stride) {
        double leverage;
        sw_smooth smooth = fit_at(&leverage, x, y, count, x[i], width);
        double left = (y[i] - smooth.value) / fmax(1.0 - leverage, 1e-3), square = left * left;
        if (!isfinite(square))
            continue;
        sum += square;
        squares += square * square;
        used++;
    }
    double n = (double)used, mean = used > 0 ? sum / n : INFINITY;
    double spread = used > 1 ? sqrt(fmax(squares / n - mean * mean, 0.0) / (n - 1.0)) : 0.0;
    return (left_out){mean, spread};
}

static double choose_width(const double *x, const double *y, size_t count) {
    double range = x[count - 1] - x[0], least = 3.01 * range / (double)(count - 1);
    double most = fmax(range / 5.0, least), width[LADDER];
    left_out tried[LADDER];
    int best = 0;
    for (int i = 0; i < LADDER; i++) {
        width[i] = least * pow(most / least, (double)i / (LADDER - 1));
        tried[i] = leave_out(x, y, count, width[i]);
        if (tried[i].score < tried[best].score)
            best = i;
    }
    int chosen = best;
    while (chosen + 1 < LADDER && tried[chosen + 1].score <= tried[best].score + tried[best].error)
        chosen++;
    return width[chosen];
}

/* Standard deviation of the noise, and the correlation of neighbours' residuals. */
static void measure_noise(sw_smoothing *smoothing, const double *x, const double *y, size_t count) {
    size_t stride = count / LEFT_OUT + 1;
    double own = 0.0, both = 0.0, freedom = 0.0, pairs = 0.0, power = 0.0;
    for (size_t i = 0; i + 1 < count; i += stride) {
        double leverage[2], left[2];
        for (size_t k = 0; k < 2; k++)
            left[k] =
                y[i + k] - fit_at(&leverage[k], x, y, count, x[i + k], smoothing->bandwidth).value;
        if (!isfinite(left[0]) || !isfinite(left[1]))
            continue;
        own += left[0] * left[0];
        freedom += 1.0 - leverage[0];
        both += left[0] * left[1];
        power += 0.5 * (left[0] * left[0] + left[1] * left[1]);
        pairs += 1.0;
    }
    smoothing->noise = freedom > 0.5 ? sqrt(own / freedom) : 0.0;
    smoothing->correlation = pairs > 2.0 && power > 0.0 ? both / power : 0.0;
}

sw_smoothing sw_smoothing_choose(const double *x, const double *y, size_t count, double bandwidth) {
    sw_smoothing smoothing = {.bandwidth = bandwidth, .chosen = !(bandwidth > 0.0)};
    if (smoothing.chosen)
        smoothing.bandwidth = choose_width(x, y, count);
    measure_noise(&smoothing, x, y, count);
    return smoothing;
}
