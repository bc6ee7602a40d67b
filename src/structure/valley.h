/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where a distribution of values falls into two: the lowest place between two peaks of its smoothed
 * curve (a sum of Gaussians of width `bandwidth` at the values). Of all low places with at least
 * `least` values on either side the one is taken that lies deepest below the lower of the highest
 * peaks left and right of it, if it lies below half of that.
 */
#ifndef SPILLWAY_STRUCTURE_VALLEY_H
#define SPILLWAY_STRUCTURE_VALLEY_H

#include <spillway/base.h>

typedef struct sw_valley {
    double place;       /* NaN where there is none */
    double left, right; /* the highest peaks on either side */
    double depth;       /* height of the valley over that of the lower peak */
} sw_valley;

/* Values that are not finite do not count. SW_ERROR_MEMORY. O(values + bins x 40), at most 4,096
 * bins of an eighth of the bandwidth (wider ones where the range is larger). */
SW_MUST_USE sw_status sw_valley_find(sw_valley *valley, const double *values, size_t count,
                                     double bandwidth, size_t least);

#endif
