/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/concentration_threshold.h"

#include "base/sorting.h"

#include <math.h>

#define LEAST_STEP 1e-4

/* How many values, rising, are in the lower class; *separation as in the header. */
static size_t part_classes(double *separation, const double *value, size_t count) {
    double total = 0.0, squares = 0.0, below = 0.0, best = -1.0;
    size_t lower = 0;
    for (size_t i = 0; i < count; i++)
        total += value[i];
    double mean = total / (double)count;
    for (size_t i = 0; i < count; i++)
        squares += (value[i] - mean) * (value[i] - mean);
    for (size_t i = 1; i < count; i++) {
        below += value[i - 1] - mean;
        double n = (double)i, between = below * below / n + below * below / ((double)count - n);
        if (value[i] > value[i - 1] && between > best) {
            best = between;
            lower = i;
        }
    }
    *separation = best / squares;
    return lower;
}

static double median(const double *value, size_t count) {
    return 0.5 * (value[(count - 1) / 2] + value[count / 2]);
}

void sw_concentration_threshold_find(sw_concentration_threshold *threshold, double *value,
                                     size_t count) {
    *threshold = (sw_concentration_threshold){NAN, 0.0, NAN, NAN};
    if (count == 0)
        return;
    sw_sort_numbers(value, count);
    threshold->high = median(value, count);
    if (value[count - 1] - value[0] >= LEAST_STEP) {
        size_t lower = part_classes(&threshold->separation, value, count);
        threshold->low = median(value, lower);
        threshold->high = median(value + lower, count - lower);
    }
    double half = 0.5 * (threshold->low + threshold->high);
    threshold->value = half > 0.0 ? half : NAN;
}
