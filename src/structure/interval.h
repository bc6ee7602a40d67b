/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 95 % intervals of numbers that are counted or averaged. */
#ifndef SPILLWAY_STRUCTURE_INTERVAL_H
#define SPILLWAY_STRUCTURE_INTERVAL_H

#include <stddef.h>

typedef struct sw_interval {
    double value, low, high;
} sw_interval;

/* `count` of `total` as a fraction (Wilson, J. Am. Stat. Assoc. 22, 209 (1927)); all NaN where
 * total is 0. */
sw_interval sw_interval_fraction(size_t count, size_t total);
/* The same for a fraction that is worth n independent ones; n need not be whole. */
sw_interval sw_interval_share(double part, double n);
/* Mean of n independent values from their sum and sum of squares (normal); NaN ends where n < 2. */
sw_interval sw_interval_mean(double sum, double sum_of_squares, size_t n);
/* Root of the mean of squares, from the sums of second and fourth powers of n values. */
sw_interval sw_interval_root_mean_square(double sum_of_squares, double sum_of_fourths, size_t n);

#endif
