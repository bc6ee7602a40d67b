/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/valley.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

#define BINS_A_BANDWIDTH 8.0
#define BIN_LIMIT 4096
#define REACH 3.0 /* bandwidths at either end, and of the Gaussian */
#define DEEP 0.5

typedef struct sw_valley_curve {
    double start, width;
    size_t bins;
    double *counts, *curve;
} sw_valley_curve;

static bool find_range(double range[2], const double *values, size_t count) {
    range[0] = INFINITY;
    range[1] = -INFINITY;
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(values[i]))
            continue;
        range[0] = fmin(range[0], values[i]);
        range[1] = fmax(range[1], values[i]);
    }
    return range[0] <= range[1];
}

static void smooth(sw_valley_curve *curve, double bandwidth) {
    double sigma = fmax(bandwidth / curve->width, 1e-3);
    size_t reach = (size_t)ceil(REACH * sigma);
    for (size_t i = 0; i < curve->bins; i++)
        for (size_t away = 0; away <= reach; away++) {
            double weight = exp(-0.5 * (double)(away * away) / (sigma * sigma));
            if (i + away < curve->bins)
                curve->curve[i + away] += weight * curve->counts[i];
            if (away > 0 && away <= i)
                curve->curve[i - away] += weight * curve->counts[i];
        }
}

static sw_status make_curve(sw_valley_curve *curve, const double *values, size_t count,
                            const double range[2], double bandwidth) {
    double whole = range[1] - range[0] + 2.0 * REACH * bandwidth;
    curve->start = range[0] - REACH * bandwidth;
    curve->width = fmax(bandwidth / BINS_A_BANDWIDTH, whole / BIN_LIMIT);
    curve->bins = (size_t)ceil(whole / curve->width) + 1;
    curve->counts = sw_allocate(curve->bins, sizeof *curve->counts);
    curve->curve = sw_allocate(curve->bins, sizeof *curve->curve);
    if (!curve->counts || !curve->curve)
        return SW_ERROR_MEMORY;
    for (size_t i = 0; i < count; i++)
        if (isfinite(values[i])) {
            size_t bin = (size_t)((values[i] - curve->start) / curve->width);
            curve->counts[bin < curve->bins ? bin : curve->bins - 1] += 1.0;
        }
    smooth(curve, bandwidth);
    return SW_OK;
}

static double place_of(const sw_valley_curve *curve, double bin) {
    return curve->start + (bin + 0.5) * curve->width;
}

static size_t highest(const sw_valley_curve *curve, size_t first, size_t end) {
    size_t best = first;
    for (size_t i = first; i < end; i++)
        best = curve->curve[i] > curve->curve[best] ? i : best;
    return best;
}

/* A flat bottom from `first` to before `end`, between a fall and a rise. */
static void consider(sw_valley *valley, double *best, const sw_valley_curve *curve, size_t first,
                     size_t end) {
    size_t left = highest(curve, 0, first), right = highest(curve, end, curve->bins);
    double low = curve->curve[first], lower = fmin(curve->curve[left], curve->curve[right]);
    if (lower - low <= *best || low >= DEEP * lower)
        return;
    *best = lower - low;
    *valley = (sw_valley){.place = place_of(curve, 0.5 * (double)(first + end - 1)),
                          .left = place_of(curve, (double)left),
                          .right = place_of(curve, (double)right),
                          .depth = low / lower};
}

static void search(sw_valley *valley, const sw_valley_curve *curve, double total, double least) {
    double best = 0.0, before = 0.0;
    size_t end;
    for (size_t first = 1; first < curve->bins; first = end) {
        before += curve->counts[first - 1];
        end = first + 1;
        while (end < curve->bins && curve->curve[end] == curve->curve[first])
            before += curve->counts[end++ - 1];
        if (end < curve->bins && curve->curve[first] < curve->curve[first - 1] &&
            curve->curve[end] > curve->curve[first] && before >= least && total - before >= least)
            consider(valley, &best, curve, first, end);
    }
}

sw_status sw_valley_find(sw_valley *valley, const double *values, size_t count, double bandwidth,
                         size_t least) {
    sw_valley_curve curve = {0};
    double range[2], total = 0.0;
    *valley = (sw_valley){NAN, NAN, NAN, NAN};
    if (!find_range(range, values, count) || !(bandwidth > 0.0) ||
        !isfinite(range[1] - range[0] + 2.0 * REACH * bandwidth))
        return SW_OK;
    sw_status status = make_curve(&curve, values, count, range, bandwidth);
    for (size_t b = 0; b < curve.bins && status == SW_OK; b++)
        total += curve.counts[b];
    if (status == SW_OK)
        search(valley, &curve, total, fmax((double)least, 1.0));
    free(curve.counts);
    free(curve.curve);
    return status;
}
