/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a reaction sets in and when it is over: the criteria in use, side by side. */
#ifndef SPILLWAY_CURVES_TGA_CRITERIA_H
#define SPILLWAY_CURVES_TGA_CRITERIA_H

#include <stddef.h>

/* In this order; the words are those of the parameters. */
enum { SW_ONSET_CRITERIA = 6, SW_SATURATION_CRITERIA = 9 };
extern const char *const sw_onset_words[], *const sw_saturation_words[];
extern const char *const sw_onset_meanings[], *const sw_saturation_meanings[];

/* A curve of conversion on a grid of times; spreads are half-widths of 95 % intervals. */
typedef struct sw_rate_curve {
    size_t count;
    const double *time, *temperature, *value, *value_spread, *rate, *rate_spread;
} sw_rate_curve;

/* NaN where the curve never gets there, or goes down. */
typedef struct sw_criterion {
    double time, spread, temperature;
} sw_criterion;

typedef struct sw_criteria {
    size_t peak; /* index of the largest rate */
    sw_criterion onset[SW_ONSET_CRITERIA];
    sw_criterion saturation[SW_SATURATION_CRITERIA];
} sw_criteria;

/* O(count). Spreads are those of conversion or rate over the slope with which the level is crossed.
 */
sw_criteria sw_criteria_find(const sw_rate_curve *curve);

#endif
