/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A concentration that parts two levels, when it is not given. */
#ifndef SPILLWAY_STRUCTURE_CONCENTRATION_THRESHOLD_H
#define SPILLWAY_STRUCTURE_CONCENTRATION_THRESHOLD_H

#include <stddef.h>

typedef struct sw_concentration_threshold {
    double value;      /* half way between the levels; NaN where all is 0 */
    double low, high;  /* the levels: medians of the two classes; low is 0 where there is one */
    double separation; /* variance between classes over all of it, 0 to 1; 0.64 for one normal
                          distribution, NaN where there is one level */
} sw_concentration_threshold;

/*
 * Classes by N. Otsu, IEEE Trans. Syst. Man Cybern. 9, 62 (1979), on the values themselves. The
 * threshold is half way between their medians, where a smoothed step stands. Values that differ by
 * less than 1e-4 are one level, and the other is 0. Sorts the values, which are finite. O(n log n).
 */
void sw_concentration_threshold_find(sw_concentration_threshold *threshold, double *value,
                                     size_t count);

#endif
