/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mean of a sample and the half-width of its 95 % confidence interval (Student's t). */
#ifndef SPILLWAY_RUN_STUDENT_H
#define SPILLWAY_RUN_STUDENT_H

#include <stddef.h>

/* t with P(|T| <= t) = 0.95 for `freedom` degrees of freedom, >= 1. Abramowitz and Stegun, 26.7.3
 * and 26.7.4, inverted by bisection; relative error below 1e-12. */
double sw_student_t95(size_t freedom);
/* Values that are not finite are left out. *mean is NaN without values, *spread without two. */
void sw_mean_and_spread(double *mean, double *spread, const double *values, size_t count);

#endif
