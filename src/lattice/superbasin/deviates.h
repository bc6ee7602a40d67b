/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random deviates from basic operations only, so that they are the same bits on every machine.
 * Exact methods: rejection, no approximation by a normal law however large the argument.
 */
#ifndef SPILLWAY_LATTICE_SUPERBASIN_DEVIATES_H
#define SPILLWAY_LATTICE_SUPERBASIN_DEVIATES_H

#include <spillway/base.h>

/* Uniform in (0,1). */
double sw_deviate_unit(sw_random *random);
/* Sum of `shape` exponentials of mean 1, shape >= 1. Marsaglia and Tsang, ACM Trans. Math. Softw.
 * 26, 363 (2000). */
double sw_deviate_gamma(sw_random *random, double shape);
/* Number of events of a Poisson process of mean 0 <= mean < 2^62. Hoermann, Insurance: Math. and
 * Econ. 12, 39 (1993), transformed rejection; below 10 by counting exponentials. */
uint64_t sw_deviate_poisson(sw_random *random, double mean);
/* ln of the probability of k events, k a whole number; exact to rounding also where k and the mean
 * are huge. */
double sw_ln_poisson(double k, double mean);

#endif
