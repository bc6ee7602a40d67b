/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a rising function has a value. */
#ifndef SPILLWAY_BASE_BISECTION_H
#define SPILLWAY_BASE_BISECTION_H

/* A function of x with what else it needs. */
typedef double (*sw_rising_function)(const void *user, double x);

/*
 * x between low and high where a rising function passes `wanted`; low where it lies
 * above throughout, high where it lies below. Exact to (high - low)/2^halvings.
 */
double sw_bisect(sw_rising_function function, const void *user, double low, double high,
                 double wanted, int halvings);

#endif
