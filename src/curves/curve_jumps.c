/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A jump is a change of the mass between two rows that is ten times the largest of the five before
 * and the five after, and more than 0.1 % of the whole range: a reaction that sets in quickly
 * changes its neighbours too, a switched gas or a knock does not.
 */
#include "curves/curve.h"

#include <math.h>

enum { AROUND = 5 };
static const double stands_out = 10.0;
static const double least_share = 1e-3;

static double range_of(const sw_curve *curve) {
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < curve->count; i++) {
        low = fmin(low, curve->mass[i]);
        high = fmax(high, curve->mass[i]);
    }
    return high - low;
}

/* Changes are compared per second, because rows may lie unevenly. */
static double slope(const sw_curve *curve, size_t i) {
    return fabs(curve->mass[i] - curve->mass[i - 1]) / (curve->time[i] - curve->time[i - 1]);
}

static bool is_jump(const sw_curve *curve, size_t i, double range) {
    double largest = 0.0, step = fabs(curve->mass[i] - curve->mass[i - 1]);
    if (step <= least_share * range || i < 2 || i + 1 >= curve->count)
        return false;
    for (size_t k = 1; k <= AROUND; k++) {
        if (i > k)
            largest = fmax(largest, slope(curve, i - k));
        if (i + k < curve->count)
            largest = fmax(largest, slope(curve, i + k));
    }
    return slope(curve, i) > stands_out * largest;
}

static sw_status refuse(const sw_curve *curve, size_t i, sw_error *error) {
    char place[256];
    sw_curve_place(place, curve, i);
    return sw_error_set(error, SW_ERROR_FORMAT, place,
                        "give --jumps remove to take it out, or --jumps keep",
                        "the mass jumps by %.4g %s at %.6g s, as when a gas is switched or the "
                        "balance is knocked",
                        curve->mass[i] - curve->mass[i - 1], curve->mass_unit, curve->time[i]);
}

/* What the mass would have changed by between the two rows. */
static double expected_step(const sw_curve *curve, size_t i) {
    double before =
        (curve->mass[i - 1] - curve->mass[i - 2]) / (curve->time[i - 1] - curve->time[i - 2]);
    double after = (curve->mass[i + 1] - curve->mass[i]) / (curve->time[i + 1] - curve->time[i]);
    return 0.5 * (before + after) * (curve->time[i] - curve->time[i - 1]);
}

static void take_out(sw_curve *curve, size_t i) {
    double shift = curve->mass[i] - curve->mass[i - 1] - expected_step(curve, i);
    for (size_t k = i; k < curve->count; k++)
        curve->mass[k] -= shift;
    curve->jumps++;
    curve->jump_sum += shift;
}

sw_status sw_curve_treat_jumps(sw_curve *curve, bool remove, sw_error *error) {
    double range = range_of(curve);
    for (size_t i = 1; i < curve->count; i++) {
        if (!is_jump(curve, i, range))
            continue;
        if (!remove)
            return refuse(curve, i, error);
        take_out(curve, i);
    }
    return SW_OK;
}
