/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A jump is a change of the mass between two rows that is ten times the largest of the five before
 * and the five after, more than 0.1 % of the whole range, and more than the balance's last digit: a
 * reaction that sets in quickly changes its neighbours too, a switched gas or a knock does not. A
 * row stands alone where the mass changes so to it and back.
 */
#include "curves/curve.h"

#include <math.h>

enum { AROUND = 5, OFTEN = 3 };
static const double stands_out = 10.0;
static const double least_share = 1e-3;
static const double digits = 2.5;   /* of the last one, that are no jump */
static const double returned = 0.3; /* of the way to a row that stands alone, not gone back */

static double range_of(const sw_curve *curve) {
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < curve->count; i++) {
        low = fmin(low, curve->mass[i]);
        high = fmax(high, curve->mass[i]);
    }
    return high - low;
}

static double change(const sw_curve *curve, size_t i) {
    return curve->mass[i] - curve->mass[i - 1];
}

/* One in the last digit: the least change, where it is met often; else 0. */
static double last_digit(const sw_curve *curve) {
    double least = INFINITY;
    size_t times = 0;
    for (size_t i = 1; i < curve->count; i++)
        if (change(curve, i) != 0.0)
            least = fmin(least, fabs(change(curve, i)));
    for (size_t i = 1; i < curve->count; i++)
        times += change(curve, i) != 0.0 && fabs(change(curve, i)) < 1.01 * least;
    return times >= OFTEN ? least : 0.0;
}

/* Smaller changes are no jumps. */
static double least_jump(const sw_curve *curve) {
    return fmax(least_share * range_of(curve), digits * last_digit(curve));
}

/* Changes are compared per second, because rows may lie unevenly. */
static double slope(const sw_curve *curve, size_t i) {
    return fabs(change(curve, i)) / (curve->time[i] - curve->time[i - 1]);
}

/* Whether the change to row i stands out of those before `first` and after `last`. */
static bool is_steep(const sw_curve *curve, size_t i, size_t first, size_t last, double least) {
    double largest = 0.0;
    if (fabs(change(curve, i)) <= least)
        return false;
    for (size_t k = 1; k <= AROUND; k++) {
        if (first > k)
            largest = fmax(largest, slope(curve, first - k));
        if (last + k < curve->count)
            largest = fmax(largest, slope(curve, last + k));
    }
    return slope(curve, i) > stands_out * largest;
}

static bool is_jump(const sw_curve *curve, size_t i, double least) {
    return i >= 2 && i + 1 < curve->count && is_steep(curve, i, i, i, least);
}

static bool stands_alone(const sw_curve *curve, size_t i, double least) {
    size_t last = curve->count - 1;
    if (i == 0 || i == last)
        return is_steep(curve, i == 0 ? 1 : last, i == 0 ? 1 : last, i == 0 ? 1 : last, least);
    double to = change(curve, i), back = change(curve, i + 1);
    return fabs(to + back) < returned * fabs(to) && is_steep(curve, i, i, i + 1, least) &&
           is_steep(curve, i + 1, i, i + 1, least);
}

static sw_status refuse_jump(const sw_curve *curve, size_t i, sw_error *error) {
    char place[256];
    sw_curve_place(place, curve, i);
    return sw_error_set(error, SW_ERROR_FORMAT, place,
                        "give --jumps remove to take it out, or --jumps keep",
                        "the mass jumps by %.4g %s at %.6g s, as when a gas is switched or the "
                        "balance is knocked",
                        change(curve, i), curve->mass_unit, curve->time[i]);
}

static sw_status refuse_row(const sw_curve *curve, size_t i, sw_error *error) {
    char place[256];
    sw_curve_place(place, curve, i);
    return sw_error_set(error, SW_ERROR_FORMAT, place,
                        "give --jumps remove to put it on the line of its neighbours, or --jumps "
                        "keep",
                        "the mass of this row stands alone, %.4g %s off the next, at %.6g s",
                        i == 0 ? -change(curve, 1) : change(curve, i), curve->mass_unit,
                        curve->time[i]);
}

/* What the mass would have changed by between the two rows. */
static double expected_step(const sw_curve *curve, size_t i) {
    double before = change(curve, i - 1) / (curve->time[i - 1] - curve->time[i - 2]);
    double after = change(curve, i + 1) / (curve->time[i + 1] - curve->time[i]);
    return 0.5 * (before + after) * (curve->time[i] - curve->time[i - 1]);
}

static void take_out(sw_curve *curve, size_t i) {
    double shift = change(curve, i) - expected_step(curve, i);
    for (size_t k = i; k < curve->count; k++)
        curve->mass[k] -= shift;
    curve->jumps++;
    curve->jump_sum += shift;
}

/* On the line through the two rows beside it, or the next two at an end. */
static void put_on_line(sw_curve *curve, size_t i) {
    size_t last = curve->count - 1, a = i == 0 ? 1 : i == last ? last - 2 : i - 1;
    size_t b = i == 0 ? 2 : i == last ? last - 1 : i + 1;
    double share = (curve->time[i] - curve->time[a]) / (curve->time[b] - curve->time[a]);
    curve->mass[i] = curve->mass[a] + share * (curve->mass[b] - curve->mass[a]);
    curve->alone++;
}

sw_status sw_curve_treat_jumps(sw_curve *curve, bool remove, sw_error *error) {
    double least = least_jump(curve);
    for (size_t i = 0; i < curve->count; i++) {
        if (!stands_alone(curve, i, least))
            continue;
        if (!remove)
            return refuse_row(curve, i, error);
        put_on_line(curve, i);
    }
    least = least_jump(curve);
    for (size_t i = 1; i < curve->count; i++) {
        if (!is_jump(curve, i, least))
            continue;
        if (!remove)
            return refuse_jump(curve, i, error);
        take_out(curve, i);
    }
    return SW_OK;
}
