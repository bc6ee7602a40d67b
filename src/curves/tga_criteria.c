/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "curves/tga_criteria.h"

#include <math.h>

const char *const sw_onset_words[] = {
    "tangent", "conversion-1", "conversion-5", "conversion-10", "rate-5", "rate-10", NULL};
const char *const sw_onset_meanings[] = {"tangent at the largest rate meets conversion 0",
                                         "conversion 1 %",
                                         "conversion 5 %",
                                         "conversion 10 %",
                                         "rate 5 % of its largest, for the first time",
                                         "rate 10 % of its largest, for the first time"};
const char *const sw_saturation_words[] = {
    "tangent",  "conversion-90", "conversion-95", "conversion-99", "final-90",
    "final-95", "final-99",      "rate-5",        "rate-1",        NULL};
const char *const sw_saturation_meanings[] = {
    "tangent at the largest rate meets the final conversion",
    "conversion 90 %",
    "conversion 95 %",
    "conversion 99 %",
    "90 % of the final conversion",
    "95 % of the final conversion",
    "99 % of the final conversion",
    "rate down to 5 % of its largest",
    "rate down to 1 % of its largest"};

static const double onset_levels[] = {NAN, 0.01, 0.05, 0.10, 0.05, 0.10};
static const double saturation_levels[] = {NAN, 0.90, 0.95, 0.99, 0.90, 0.95, 0.99, 0.05, 0.01};
enum { FIRST_ONSET_RATE = 4, FIRST_FINAL = 4, FIRST_SATURATION_RATE = 7 };

static const sw_criterion never = {NAN, NAN, NAN};

static double temperature_at(const sw_rate_curve *curve, double time) {
    size_t i = 0;
    while (i + 2 < curve->count && curve->time[i + 1] < time)
        i++;
    double share = (time - curve->time[i]) / (curve->time[i + 1] - curve->time[i]);
    share = fmin(fmax(share, 0.0), 1.0);
    return curve->temperature[i] + share * (curve->temperature[i + 1] - curve->temperature[i]);
}

/* Where y passes `level` from index `first` on, upward or downward. */
static sw_criterion crossing(const sw_rate_curve *curve, const double *y, const double *spread,
                             double level, size_t first, int sign) {
    for (size_t i = first; i + 1 < curve->count; i++) {
        double a = sign * (y[i] - level), b = sign * (y[i + 1] - level);
        if (i == first && a >= 0.0)
            return (sw_criterion){curve->time[i], NAN, curve->temperature[i]};
        if (!(a < 0.0 && b >= 0.0))
            continue;
        double share = a / (a - b), step = curve->time[i + 1] - curve->time[i];
        double time = curve->time[i] + share * step;
        double slope = fabs(y[i + 1] - y[i]) / step;
        return (sw_criterion){time, spread[i] / slope, temperature_at(curve, time)};
    }
    return never;
}

/* The tangent at the largest rate meets `level`. */
static sw_criterion tangent(const sw_rate_curve *curve, size_t peak, double level,
                            double level_spread) {
    double rate = curve->rate[peak], away = level - curve->value[peak];
    if (!(rate > 0.0))
        return never;
    double time = curve->time[peak] + away / rate;
    double of_level = hypot(level_spread, curve->value_spread[peak]) / rate;
    double of_rate = away / (rate * rate) * curve->rate_spread[peak];
    return (sw_criterion){time, hypot(of_level, of_rate), temperature_at(curve, time)};
}

static size_t find_peak(const sw_rate_curve *curve) {
    size_t peak = 0;
    for (size_t i = 1; i < curve->count; i++)
        if (curve->rate[i] > curve->rate[peak])
            peak = i;
    return peak;
}

static void find_onsets(sw_criteria *criteria, const sw_rate_curve *curve) {
    double largest = curve->rate[criteria->peak];
    criteria->onset[0] = tangent(curve, criteria->peak, 0.0, 0.0);
    for (size_t i = 1; i < SW_ONSET_CRITERIA; i++)
        criteria->onset[i] =
            i < FIRST_ONSET_RATE
                ? crossing(curve, curve->value, curve->value_spread, onset_levels[i], 0, 1)
            : largest > 0.0
                ? crossing(curve, curve->rate, curve->rate_spread, onset_levels[i] * largest, 0, 1)
                : never;
}

static void find_saturations(sw_criteria *criteria, const sw_rate_curve *curve) {
    size_t last = curve->count - 1;
    double final = curve->value[last], largest = curve->rate[criteria->peak];
    criteria->saturation[0] = tangent(curve, criteria->peak, final, curve->value_spread[last]);
    for (size_t i = 1; i < SW_SATURATION_CRITERIA; i++) {
        double level = saturation_levels[i];
        criteria->saturation[i] = never;
        if (i < FIRST_SATURATION_RATE ? i >= FIRST_FINAL && !(final > 0.0) : !(largest > 0.0))
            continue;
        if (i >= FIRST_SATURATION_RATE)
            criteria->saturation[i] = crossing(curve, curve->rate, curve->rate_spread,
                                               level * largest, criteria->peak, -1);
        else
            criteria->saturation[i] = crossing(curve, curve->value, curve->value_spread,
                                               i >= FIRST_FINAL ? level * final : level, 0, 1);
    }
}

sw_criteria sw_criteria_find(const sw_rate_curve *curve) {
    sw_criteria criteria = {.peak = find_peak(curve)};
    find_onsets(&criteria, curve);
    find_saturations(&criteria, curve);
    return criteria;
}
