/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "curves/diffraction_peaks.h"

#include "base/memory.h"
#include "base/sorting.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PI 3.14159265358979323846
#define LN2 0.69314718055994530942

/* Parameters: those of the background, then of each peak: position, ln(width), mixing, area. */
enum { P_POSITION, P_WIDTH, P_MIXING, P_AREA };

/* ---- profile --------------------------------------------------------------------------------- */

/* Integral of exp(-a x^2)/(1 + b x^2): pi/sqrt(b) exp(a/b) erfc(sqrt(a/b)); by the moments of the
 * Gaussian before exp(a/b) is beyond doubles. */
static double product_area(double width, double mixing) {
    double a = 4.0 * LN2 * (1.0 - mixing) / (width * width), b = 4.0 * mixing / (width * width);
    if (b < 2e-3 * a) {
        double r = b / a;
        return sqrt(PI / a) * (1.0 - r * (0.5 - r * (0.75 - 1.875 * r)));
    }
    return PI / sqrt(b) * exp(a / b) * erfc(sqrt(a / b));
}

double sw_peak_profile(sw_peak_shape shape, double x, double width, double mixing) {
    double u = 4.0 * x * x / (width * width);
    if (shape == SW_PEAK_SUM) {
        double lorentz = 2.0 / (PI * width) / (1.0 + u);
        double gauss = 2.0 / width * sqrt(LN2 / PI) * exp(-LN2 * u);
        return mixing * lorentz + (1.0 - mixing) * gauss;
    }
    double m = fmin(fmax(mixing, 0.0), 1.0);
    return exp(-LN2 * (1.0 - m) * u) / (1.0 + m * u) / product_area(width, m);
}

/* Where the second wavelength puts a peak. */
static double second_position(double position, double ratio) {
    double sine = ratio * sin(0.5 * SW_RADIAN_PER_DEGREE * position);
    return sine < 1.0 ? 2.0 * asin(sine) / SW_RADIAN_PER_DEGREE : (double)NAN;
}

static double peak_at(const sw_peak_model *model, const double *peak, double angle) {
    double width = exp(peak[P_WIDTH]);
    double mixing = model->fixed_mixing ? model->mixing : peak[P_MIXING];
    double y =
        peak[P_AREA] * sw_peak_profile(model->shape, angle - peak[P_POSITION], width, mixing);
    if (!(model->second_wavelength > 0.0))
        return y;
    double second = second_position(peak[P_POSITION], model->second_wavelength);
    return y + model->second_ratio * peak[P_AREA] *
                   sw_peak_profile(model->shape, angle - second, width, mixing);
}

/* ---- the fit --------------------------------------------------------------------------------- */

typedef struct peaks_work {
    const sw_peak_model *model;
    const sw_pattern *pattern;
    size_t peaks;
} peaks_work;

/* Chebyshev polynomials of the angle, brought to -1 to 1. */
static double background_at(const double *coefficient, size_t count, const sw_pattern *pattern,
                            double angle) {
    double low = pattern->angle[0], high = pattern->angle[pattern->count - 1];
    double x = (2.0 * angle - low - high) / (high - low), before = 1.0, now = x;
    double sum = coefficient[0];
    for (size_t i = 1; i < count; i++) {
        sum += coefficient[i] * now;
        double next = 2.0 * x * now - before;
        before = now;
        now = next;
    }
    return sum;
}

static void residuals(void *user, const double *parameter, double *residual) {
    const peaks_work *work = user;
    const double *peaks = parameter + work->model->background;
    for (size_t i = 0; i < work->pattern->count; i++) {
        double angle = work->pattern->angle[i], y = work->pattern->intensity[i];
        double sum = background_at(parameter, work->model->background, work->pattern, angle);
        for (size_t p = 0; p < work->peaks; p++)
            sum += peak_at(work->model, peaks + p * SW_PEAK_PARAMETERS, angle);
        residual[i] = (y - sum) / sqrt(work->pattern->variance[i]);
    }
    /* a mixing that takes no part is held at its value by one residual more */
    for (size_t p = 0; p < work->peaks && work->model->fixed_mixing; p++)
        residual[work->pattern->count + p] =
            1e3 * (peaks[p * SW_PEAK_PARAMETERS + P_MIXING] - work->model->mixing);
}

static double lowest_near(const sw_pattern *pattern, double angle, double reach) {
    double low = INFINITY;
    for (size_t i = 0; i < pattern->count; i++)
        if (fabs(pattern->angle[i] - angle) <= reach)
            low = fmin(low, pattern->intensity[i]);
    return low;
}

static double highest_near(const sw_pattern *pattern, double angle, double reach) {
    double high = -INFINITY;
    for (size_t i = 0; i < pattern->count; i++)
        if (fabs(pattern->angle[i] - angle) <= reach)
            high = fmax(high, pattern->intensity[i]);
    return high;
}

static void guess_parameters(double *parameter, const peaks_work *work, const double *position,
                             double width) {
    double *peaks = parameter + work->model->background, lowest = INFINITY;
    for (size_t i = 0; i < work->pattern->count; i++)
        lowest = fmin(lowest, work->pattern->intensity[i]);
    parameter[0] = lowest;
    for (size_t p = 0; p < work->peaks; p++) {
        double *peak = peaks + p * SW_PEAK_PARAMETERS;
        double height = highest_near(work->pattern, position[p], width) -
                        lowest_near(work->pattern, position[p], 4.0 * width);
        peak[P_POSITION] = position[p];
        peak[P_WIDTH] = log(width);
        peak[P_MIXING] = work->model->fixed_mixing ? work->model->mixing : 0.5;
        peak[P_AREA] = 1.2 * height * width;
    }
}

static sw_peak peak_of(const sw_least_squares_result *result, const sw_peak_model *model,
                       size_t first) {
    const double *value = result->parameter + first, *spread = result->spread + first;
    double width = exp(value[P_WIDTH]);
    double mixing = model->fixed_mixing ? model->mixing : value[P_MIXING];
    return (sw_peak){.position = value[P_POSITION],
                     .position_spread = spread[P_POSITION],
                     .width = width,
                     .width_spread = width * spread[P_WIDTH],
                     .mixing = mixing,
                     .mixing_spread = model->fixed_mixing ? (double)NAN : spread[P_MIXING],
                     .area = value[P_AREA],
                     .area_spread = spread[P_AREA],
                     .height = value[P_AREA] * sw_peak_profile(model->shape, 0.0, width, mixing)};
}

static int compare_peaks(const void *a, const void *b) {
    double first = ((const sw_peak *)a)->position, second = ((const sw_peak *)b)->position;
    return (first > second) - (first < second);
}

static void take_result(sw_peak_fit *fit, const sw_peak_model *model, const sw_pattern *pattern) {
    double squares = 0.0;
    memcpy(fit->background, fit->result.parameter, model->background * sizeof(double));
    for (size_t p = 0; p < fit->peaks; p++)
        fit->peak[p] = peak_of(&fit->result, model, model->background + p * SW_PEAK_PARAMETERS);
    for (size_t i = 0; i < pattern->count; i++)
        squares += pattern->intensity[i] * pattern->intensity[i] / pattern->variance[i];
    fit->rwp = sqrt(fit->result.sum / squares);
    fit->chi_squared = fit->result.sum / fmax(fit->result.freedom, 1.0);
    qsort(fit->peak, fit->peaks, sizeof fit->peak[0], compare_peaks);
}

sw_status sw_peaks_fit(sw_peak_fit *fit, const sw_peak_model *model, const sw_pattern *pattern,
                       const double *guess, size_t peaks, double width, sw_error *error) {
    peaks_work work = {model, pattern, peaks};
    size_t held = model->fixed_mixing ? peaks : 0;
    *fit = (sw_peak_fit){.peaks = peaks};
    guess_parameters(fit->result.parameter, &work, guess, width);
    const sw_least_squares problem = {.points = pattern->count + held,
                                      .parameters = model->background + peaks * SW_PEAK_PARAMETERS,
                                      .residuals = residuals,
                                      .user = &work};
    sw_status status = sw_least_squares_fit(&fit->result, &problem, error);
    if (status == SW_OK)
        take_result(fit, model, pattern);
    return status;
}

void sw_peaks_curve(double *calculated, double *background, const sw_peak_fit *fit,
                    const sw_peak_model *model, const sw_pattern *pattern) {
    const double *peaks = fit->result.parameter + model->background;
    for (size_t i = 0; i < pattern->count; i++) {
        background[i] =
            background_at(fit->background, model->background, pattern, pattern->angle[i]);
        calculated[i] = background[i];
        for (size_t p = 0; p < fit->peaks; p++)
            calculated[i] += peak_at(model, peaks + p * SW_PEAK_PARAMETERS, pattern->angle[i]);
    }
}

/* ---- where peaks are ------------------------------------------------------------------------- */

static void smooth_pattern(double *smooth, const sw_pattern *pattern, double reach) {
    size_t first = 0, last = 0;
    double sum = 0.0;
    for (size_t i = 0; i < pattern->count; i++) {
        while (last < pattern->count && pattern->angle[last] <= pattern->angle[i] + reach)
            sum += pattern->intensity[last++];
        while (pattern->angle[first] < pattern->angle[i] - reach)
            sum -= pattern->intensity[first++];
        smooth[i] = sum / (double)(last - first);
    }
}

/* From differences of neighbours: their median is 0.954 standard deviations of one. */
static double noise_of(const sw_pattern *pattern, double *buffer) {
    for (size_t i = 0; i + 1 < pattern->count; i++)
        buffer[i] = fabs(pattern->intensity[i + 1] - pattern->intensity[i]);
    sw_sort_numbers(buffer, pattern->count - 1);
    return buffer[(pattern->count - 1) / 2] / 0.954;
}

/* How far a maximum stands above the higher of the valleys on its sides; -1 where it is no maximum.
 */
static double prominence(const double *smooth, const sw_pattern *pattern, size_t i, double width) {
    double valley[2] = {smooth[i], smooth[i]};
    if ((i > 0 && smooth[i - 1] >= smooth[i]) ||
        (i + 1 < pattern->count && smooth[i + 1] > smooth[i]))
        return -1.0;
    for (int side = 0; side < 2; side++)
        for (size_t k = i; side == 0 ? k > 0 : k + 1 < pattern->count;) {
            k = side == 0 ? k - 1 : k + 1;
            if (smooth[k] > smooth[i] || (smooth[k] == smooth[i] && side == 0)) {
                if (fabs(pattern->angle[k] - pattern->angle[i]) < 0.5 * width)
                    return -1.0;
                break;
            }
            valley[side] = fmin(valley[side], smooth[k]);
        }
    return smooth[i] - fmax(valley[0], valley[1]);
}

static void insert(double *position, double *height, size_t *count, size_t most, double angle,
                   double value) {
    size_t at = *count < most ? (*count)++ : most;
    if (at == most && (most == 0 || value <= height[most - 1]))
        return;
    at = at == most ? most - 1 : at;
    for (; at > 0 && height[at - 1] < value; at--) {
        height[at] = height[at - 1];
        position[at] = position[at - 1];
    }
    height[at] = value;
    position[at] = angle;
}

/* A peak is five standard errors above the background; its valleys are the deepest of so many that
 * have noise, which lie sqrt(2 ln n) below it. */
static double stands_out(double cells) {
    return 5.0 + sqrt(2.0 * log(fmax(cells, 1.0)));
}

size_t sw_peaks_search(double *position, size_t most, const sw_pattern *pattern, double width) {
    double height[SW_MOST_PEAKS];
    double *smooth = sw_allocate(pattern->count, sizeof *smooth);
    double *buffer = sw_allocate(pattern->count, sizeof *buffer);
    size_t count = 0;
    if (smooth != NULL && buffer != NULL) {
        double noise = noise_of(pattern, buffer);
        double step =
            (pattern->angle[pattern->count - 1] - pattern->angle[0]) / (double)(pattern->count - 1);
        smooth_pattern(smooth, pattern, 0.25 * width);
        double together = fmax(0.5 * width / step, 1.0); /* points that are smoothed to one */
        double factor = stands_out((double)pattern->count / together);
        double limit = factor * noise / sqrt(together);
        for (size_t i = 0; i < pattern->count; i++) {
            double stands = prominence(smooth, pattern, i, width);
            double counts = factor * sqrt(fmax(smooth[i], 0.0) / together);
            if (stands > fmax(limit, fmin(counts, 0.5 * smooth[i])))
                insert(position, height, &count, most, pattern->angle[i], stands);
        }
        sw_sort_numbers(position, count);
    }
    free(smooth);
    free(buffer);
    return count;
}
