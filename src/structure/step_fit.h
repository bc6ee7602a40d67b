/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A smooth step through points, by least squares:
 *
 *   y(x) = left + (right - left) (1 + erf((x - middle) / (sqrt(2) sigma))) / 2
 *
 * Its width from 10 to 90 % is 2.5631 sigma. Intervals are those of the profile likelihood: sigma
 * is held, the rest fitted again, and the sum of squares may rise by 3.84 of its mean (95 %). So
 * they are sound for steps that are sharper than the points can tell, too: low is then 0.
 */
#ifndef SPILLWAY_STRUCTURE_STEP_FIT_H
#define SPILLWAY_STRUCTURE_STEP_FIT_H

#include <spillway/base.h>

#define SW_STEP_WIDTH 2.5631031310892007 /* of 10 to 90 %, over sigma */

typedef struct sw_step_fit {
    double left, right, middle, sigma;
    double sigma_low, sigma_high; /* high is infinite where the points do not limit it */
    double deviation;             /* root mean square about the fit */
    size_t points;
} sw_step_fit;

/* Points that are not finite do not count. All NaN where fewer than 8 do, or all x are one.
 * SW_ERROR_MEMORY. Points are averaged in 512 bins of their range first: O(points + 5e6). */
SW_MUST_USE sw_status sw_step_fit_find(sw_step_fit *fit, const double *x, const double *y,
                                       size_t count);
double sw_step_fit_value(const sw_step_fit *fit, double x);

#endif
