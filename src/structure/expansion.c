/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/expansion.h"

#include <math.h>
#include <string.h>

#define SPLITTER 134217729.0 /* 2^27 + 1: halves of 26 bits */

/* high + low = a + b, high the rounded sum. */
static double two_sum(double *low, double a, double b) {
    double high = a + b;
    double b_part = high - a;
    *low = (a - (high - b_part)) + (b - b_part);
    return high;
}

static double split(double *low, double a) {
    double c = SPLITTER * a;
    double high = c - (c - a);
    *low = a - high;
    return high;
}

static double two_product(double *low, double a, double b) {
    double a_low, b_low, product = a * b;
    double a_high = split(&a_low, a), b_high = split(&b_low, b);
    *low = a_low * b_low - (((product - a_high * b_high) - a_low * b_high) - a_high * b_low);
    return product;
}

size_t sw_expansion_difference(double result[2], double a, double b) {
    double low, high = two_sum(&low, a, -b);
    size_t terms = 0;
    if (low != 0.0)
        result[terms++] = low;
    if (high != 0.0)
        result[terms++] = high;
    return terms;
}

/* The terms of both by growing magnitude are added up one after the other. */
size_t sw_expansion_sum(double *result, const double *left, size_t left_terms, const double *right,
                        size_t right_terms, double sign) {
    size_t i = 0, j = 0, terms = 0;
    double sum = 0.0;
    while (i < left_terms || j < right_terms) {
        double low, next;
        if (j == right_terms || (i < left_terms && fabs(left[i]) < fabs(right[j])))
            next = left[i++];
        else
            next = sign * right[j++];
        sum = two_sum(&low, sum, next);
        if (low != 0.0)
            result[terms++] = low;
    }
    if (sum != 0.0)
        result[terms++] = sum;
    return terms;
}

size_t sw_expansion_scale(double *result, const double *left, size_t left_terms, double factor) {
    size_t terms = 0;
    double sum = 0.0;
    for (size_t i = 0; i < left_terms; i++) {
        double product_low, low, product = two_product(&product_low, left[i], factor);
        sum = two_sum(&low, sum, product_low);
        if (low != 0.0)
            result[terms++] = low;
        sum = two_sum(&low, product, sum);
        if (low != 0.0)
            result[terms++] = low;
    }
    if (sum != 0.0)
        result[terms++] = sum;
    return terms;
}

size_t sw_expansion_product(double *result, const double *left, size_t left_terms,
                            const double *right, size_t right_terms, double *scratch) {
    double *scaled = scratch, *before = scratch + 2 * left_terms;
    size_t terms = 0;
    for (size_t j = 0; j < right_terms; j++) {
        size_t count = sw_expansion_scale(scaled, left, left_terms, right[j]);
        memcpy(before, result, terms * sizeof *before);
        terms = sw_expansion_sum(result, before, terms, scaled, count, 1.0);
    }
    return terms;
}

int sw_expansion_sign(const double *expansion, size_t terms) {
    if (terms == 0)
        return 0;
    return expansion[terms - 1] > 0.0 ? 1 : -1;
}
