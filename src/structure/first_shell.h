/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the first shell of a pair distribution lies and where it ends: the first peak, and the
 * first valley behind it, both of the smoothed curve and between bins by a parabola, with intervals
 * from counting statistics: every bin's pairs are drawn anew (Poisson) and the curve is read again.
 *
 * The first peak is the highest place of the first rise above half of the highest peak; it ends
 * where the curve has fallen by a tenth. The valley is the lowest place before the curve has risen
 * again by a tenth of the fall; a flat bottom counts with its middle.
 */
#ifndef SPILLWAY_STRUCTURE_FIRST_SHELL_H
#define SPILLWAY_STRUCTURE_FIRST_SHELL_H

#include "structure/pair_distribution.h"

/*
 * Smoothing (sigma of a Gaussian, A) of published pair distributions of zirconium oxide: the paper
 * prints 1.5 A, which erases every peak (they are 0.2 A wide); the authors' program smooths
 * over 1.5 bins of 0.02 A.
 */
#define SW_SMOOTHING_AS_PRINTED 1.5
#define SW_SMOOTHING_AS_PROGRAMMED 0.03

typedef struct sw_estimate {
    double value, low, high; /* A; NaN where there is none */
} sw_estimate;

typedef struct sw_first_shell {
    sw_estimate peak, valley;
    double peak_height, valley_height; /* g of the smoothed curve */
} sw_first_shell;

typedef struct sw_first_shell_options {
    double smoothing;  /* sigma, A; 0: none */
    size_t draws;      /* for the intervals; 0: low = high = value */
    double confidence; /* of the interval, 0.95 */
    uint64_t seed;
} sw_first_shell_options;

/* A Gaussian of `sigma` bins, cut at 5 sigma, with the weights that lie on the curve made one. */
void sw_curve_smooth(double *smooth, const double *curve, size_t count, double sigma);

/*
 * Of the partial distribution a-b, or of all pairs where a = b = SIZE_MAX. A value is NaN where the
 * range ends before it; draws without a value are left out of an interval. SW_ERROR_MEMORY.
 * O(draws * bins * sigma).
 */
SW_MUST_USE sw_status sw_first_shell_find(sw_first_shell *shell, const sw_pair_count *pairs,
                                          const sw_pair_distribution *distribution, size_t a,
                                          size_t b, const sw_first_shell_options *options,
                                          sw_error *error);

#endif
