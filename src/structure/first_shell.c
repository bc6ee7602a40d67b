/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/first_shell.h"

#include "base/memory.h"
#include "base/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RISE 0.1 /* part of a height that is no noise */
#define HALF 0.5
#define KERNEL 5.0 /* sigmas */
#define LARGE 30.0 /* mean above which a Poisson number is drawn as a Gaussian one */

void sw_curve_smooth(double *smooth, const double *curve, size_t count, double sigma) {
    if (!(sigma > 0.0)) {
        memcpy(smooth, curve, count * sizeof *smooth);
        return;
    }
    double most = fmin(ceil(KERNEL * sigma), (double)count);
    ptrdiff_t reach = (ptrdiff_t)most, end = (ptrdiff_t)count;
    for (ptrdiff_t k = 0; k < end; k++) {
        double sum = 0.0, weights = 0.0;
        for (ptrdiff_t j = k > reach ? k - reach : 0; j < end && j <= k + reach; j++) {
            double away = (double)(j - k) / sigma, weight = exp(-0.5 * away * away);
            sum += weight * curve[j];
            weights += weight;
        }
        smooth[k] = sum / weights;
    }
}

/* ---- reading a curve ------------------------------------------------------------------------- */

/* Places on a curve, in bins; -1 where there is none. */
typedef struct sw_places {
    double peak, valley;
    size_t peak_bin, valley_bin;
} sw_places;

/* The turning point of a parabola through a bin and its neighbours, within half a bin. */
static double refine(const double *curve, size_t count, size_t k) {
    if (k == 0 || k + 1 >= count)
        return (double)k;
    double bend = curve[k - 1] - 2.0 * curve[k] + curve[k + 1];
    double shift = bend != 0.0 ? 0.5 * (curve[k - 1] - curve[k + 1]) / bend : 0.0;
    return (double)k + fmax(-0.5, fmin(0.5, shift));
}

static size_t find_peak(const double *curve, size_t count) {
    double highest = 0.0;
    for (size_t k = 0; k < count; k++)
        highest = fmax(highest, curve[k]);
    size_t k = 0;
    while (k < count && !(curve[k] > HALF * highest))
        k++;
    size_t peak = k;
    for (; k < count; k++) {
        if (curve[k] > curve[peak])
            peak = k;
        if (curve[k] < (1.0 - RISE) * curve[peak])
            return peak;
    }
    return count;
}

static size_t find_valley(const double *curve, size_t count, size_t peak) {
    size_t lowest = peak;
    for (size_t k = peak; k < count; k++) {
        if (curve[k] < curve[lowest])
            lowest = k;
        if (curve[k] - curve[lowest] > RISE * (curve[peak] - curve[lowest]))
            return lowest;
    }
    return count;
}

static sw_places read_curve(const double *curve, size_t count) {
    sw_places places = {-1.0, -1.0, find_peak(curve, count), count};
    if (places.peak_bin == count)
        return places;
    places.peak = refine(curve, count, places.peak_bin);
    places.valley_bin = find_valley(curve, count, places.peak_bin);
    if (places.valley_bin == count)
        return places;
    size_t last = places.valley_bin;
    while (last + 1 < count && curve[last + 1] == curve[places.valley_bin])
        last++;
    places.valley = last == places.valley_bin ? refine(curve, count, last)
                                              : 0.5 * ((double)places.valley_bin + (double)last);
    return places;
}

/* ---- intervals ------------------------------------------------------------------------------- */

/* Knuth's product of uniforms for small means, a rounded Gaussian for large ones. */
static double draw_poisson(double mean, sw_random *random) {
    if (mean > LARGE)
        return fmax(nearbyint(mean + sqrt(mean) * sw_random_next_normal(random)), 0.0);
    double count = 0.0, product = sw_random_uniform(random), limit = exp(-mean);
    for (; product > limit; count++)
        product *= sw_random_uniform(random);
    return count;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void set_interval(sw_estimate *estimate, double *values, size_t count, double confidence) {
    estimate->low = estimate->high = estimate->value;
    if (count == 0)
        return;
    qsort(values, count, sizeof *values, ascending);
    double tail = 0.5 * (1.0 - confidence) * (double)(count - 1);
    estimate->low = values[(size_t)floor(tail)];
    estimate->high = values[count - 1 - (size_t)floor(tail)];
}

typedef struct sw_reading {
    size_t bins, draws;
    double *curve, *smooth, *drawn; /* [bins] g, and it drawn anew and smoothed */
    double *count;                  /* [bins] pairs, each once */
    double *peak, *valley;          /* [draws] */
} sw_reading;

static bool allocate(sw_reading *reading) {
    double **array[] = {&reading->curve, &reading->smooth, &reading->drawn, &reading->count};
    bool all = true;
    for (int i = 0; i < 4; i++)
        all = (*array[i] = sw_allocate(reading->bins, sizeof(double))) && all;
    reading->peak = sw_allocate(reading->draws, sizeof *reading->peak);
    reading->valley = sw_allocate(reading->draws, sizeof *reading->valley);
    return all && reading->peak && reading->valley;
}

static void release(sw_reading *reading) {
    free(reading->curve);
    free(reading->smooth);
    free(reading->drawn);
    free(reading->count);
    free(reading->peak);
    free(reading->valley);
}

static void take_curve(sw_reading *reading, const sw_pair_count *pairs,
                       const sw_pair_distribution *distribution, size_t a, size_t b) {
    size_t bins = reading->bins;
    for (size_t k = 0; k < bins; k++) {
        size_t at = (a * pairs->kinds + b) * bins + k;
        bool all = a == SIZE_MAX;
        double both = all ? (double)sw_pair_count_total(pairs, k) : (double)pairs->count[at];
        reading->curve[k] = all ? distribution->total[k] : distribution->partial[at];
        reading->count[k] = all || a == b ? 0.5 * both : both; /* (a, b) has each pair once */
    }
}

/* In bins; returns how many values there are of each. */
static void draw(sw_reading *reading, size_t used[2], double sigma,
                 const sw_first_shell_options *options) {
    sw_random random = sw_random_create(options->seed, 0);
    used[0] = used[1] = 0;
    for (size_t d = 0; d < options->draws; d++) {
        for (size_t k = 0; k < reading->bins; k++) {
            double count = reading->count[k];
            reading->drawn[k] =
                count > 0.0 ? reading->curve[k] * draw_poisson(count, &random) / count : 0.0;
        }
        sw_curve_smooth(reading->smooth, reading->drawn, reading->bins, sigma);
        sw_places places = read_curve(reading->smooth, reading->bins);
        if (places.peak >= 0.0)
            reading->peak[used[0]++] = places.peak;
        if (places.valley >= 0.0)
            reading->valley[used[1]++] = places.valley;
    }
}

static void to_length(sw_estimate *estimate, const sw_pair_bins *bins) {
    double *value[] = {&estimate->value, &estimate->low, &estimate->high};
    for (int i = 0; i < 3; i++)
        *value[i] = *value[i] < 0.0 ? NAN : bins->start + (*value[i] + 0.5) * bins->width;
}

static void read_shell(sw_first_shell *shell, sw_reading *reading, const sw_pair_bins *bins,
                       const sw_first_shell_options *options) {
    double sigma = options->smoothing / bins->width;
    size_t used[2];
    sw_curve_smooth(reading->smooth, reading->curve, reading->bins, sigma);
    sw_places places = read_curve(reading->smooth, reading->bins);
    shell->peak.value = places.peak;
    shell->valley.value = places.valley;
    shell->peak_height = places.peak < 0.0 ? NAN : reading->smooth[places.peak_bin];
    shell->valley_height = places.valley < 0.0 ? NAN : reading->smooth[places.valley_bin];
    draw(reading, used, sigma, options);
    set_interval(&shell->peak, reading->peak, used[0], options->confidence);
    set_interval(&shell->valley, reading->valley, used[1], options->confidence);
    to_length(&shell->peak, bins);
    to_length(&shell->valley, bins);
}

sw_status sw_first_shell_find(sw_first_shell *shell, const sw_pair_count *pairs,
                              const sw_pair_distribution *distribution, size_t a, size_t b,
                              const sw_first_shell_options *options, sw_error *error) {
    memset(shell, 0, sizeof *shell);
    if (!(options->smoothing >= 0.0 && options->confidence > 0.0 && options->confidence < 1.0))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "first shell",
                            "give a smoothing of 0 A or more and a confidence between 0 and 1",
                            "smoothing %g A, confidence %g", options->smoothing,
                            options->confidence);
    sw_reading reading = {.bins = pairs->bins.count, .draws = options->draws};
    sw_status status = SW_OK;
    if (allocate(&reading)) {
        take_curve(&reading, pairs, distribution, a, b);
        read_shell(shell, &reading, &pairs->bins, options);
    } else {
        status = sw_error_set(error, SW_ERROR_MEMORY, "first shell", NULL, "not enough memory");
    }
    release(&reading);
    return status;
}
