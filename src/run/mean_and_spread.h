/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mean of a sample and the half-width of its 95 % confidence interval (Student's t). */
#ifndef SPILLWAY_RUN_MEAN_AND_SPREAD_H
#define SPILLWAY_RUN_MEAN_AND_SPREAD_H

#include <stddef.h>

/* Values that are not finite are left out. *mean is NaN without values, *spread without two. */
void sw_mean_and_spread(double *mean, double *spread, const double *values, size_t count);

#endif
