/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The most frequent of values that scatter: where the sum of Gaussians at the values (width h) is
 * highest. h is the interquartile deviation times n^(-1/7), as the highest place is found best
 * (E. Parzen, Ann. Math. Stat. 33, 1065 (1962)):
 *
 *   variance of the mode = f(m) / (4 sqrt(pi) n h^3 f''(m)^2)
 *
 * The asymmetry of a distribution moves it by a part of that which does not become smaller with n
 * (0.4 deviations for Maxwell's distribution), so intervals hold a little less than 95 %.
 */
#ifndef SPILLWAY_STRUCTURE_MODE_H
#define SPILLWAY_STRUCTURE_MODE_H

#include "structure/interval.h"

#include <spillway/base.h>

/* Of `count` finite values, which are sorted, worth `independent` ones (bonds that are seen from
 * both ends: half). Values that are all equal give just that. NaN for fewer than 2, or where
 * independent is not above 0. SW_ERROR_MEMORY. O(n log n). */
SW_MUST_USE sw_status sw_mode_find(sw_interval *mode, double *values, size_t count,
                                   double independent);

#endif
