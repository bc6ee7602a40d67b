/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Local cubic regression with the kernel 1 - u^2 (Fan, Gijbels, Local Polynomial Modelling and Its
 * Applications, Chapman and Hall 1996): a smooth value and its first derivative with standard
 * errors. Near points where fewer lie within the bandwidth than the polynomial needs, it is
 * widened.
 */
#ifndef SPILLWAY_CURVES_LOCAL_POLYNOMIAL_H
#define SPILLWAY_CURVES_LOCAL_POLYNOMIAL_H

#include <spillway/base.h>

typedef struct sw_smoothing {
    double bandwidth; /* half-width of the kernel, in the unit of x */
    double noise;     /* standard deviation of y, from the residuals */
    double
        correlation; /* of residuals of neighbours; the errors are widened where it is positive */
    bool chosen;     /* by cross-validation */
} sw_smoothing;

typedef struct sw_smooth {
    double value, slope;
    double value_error, slope_error; /* standard errors; bias is not in them */
} sw_smooth;

/* x rising. At `at`, which may lie anywhere in the range. O(log count + points within the
 * bandwidth). */
sw_smooth sw_smooth_at(const double *x, const double *y, size_t count, double at,
                       const sw_smoothing *smoothing);
/*
 * The bandwidth (0: by leave-one-out cross-validation over a ladder from the spacing to a fifth of
 * the range: the widest whose score is within one standard error of the best) and the noise. At
 * most 400 points are left out, evenly spread. count >= 8.
 */
sw_smoothing sw_smoothing_choose(const double *x, const double *y, size_t count, double bandwidth);

#endif
