/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers as sums of doubles that do not overlap, the smallest first: sums and products without
 * rounding (Shewchuk, Discrete Comput. Geom. 18, 305 (1997), theorems 10, 13 and 19). Zeros are
 * left out; an expansion of no terms is 0. The sign is that of the last term. Exact as long as no
 * product of two terms underflows or overflows.
 */
#ifndef SPILLWAY_STRUCTURE_EXPANSION_H
#define SPILLWAY_STRUCTURE_EXPANSION_H

#include <stddef.h>

/* a - b: at most 2 terms. Returns how many, as all functions here. */
size_t sw_expansion_difference(double result[2], double a, double b);
/* left + sign * right; result has room for both and is neither. O(terms). */
size_t sw_expansion_sum(double *result, const double *left, size_t left_terms, const double *right,
                        size_t right_terms, double sign);
/* left * factor: at most 2 * left_terms terms. O(terms). */
size_t sw_expansion_scale(double *result, const double *left, size_t left_terms, double factor);
/* left * right: at most 2 * left_terms * right_terms terms; `scratch` has room for as many and for
 * 2 * left_terms more. O(left_terms * right_terms^2). */
size_t sw_expansion_product(double *result, const double *left, size_t left_terms,
                            const double *right, size_t right_terms, double *scratch);
/* -1, 0 or 1. */
int sw_expansion_sign(const double *expansion, size_t terms);

#endif
