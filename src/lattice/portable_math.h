/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * exp and log from basic operations only, so that rates and waiting times are the same bits on
 * every machine (the C library's versions differ between processors). Within 2 (exp) and 4 (ln)
 * units in the last place.
 */
#ifndef SPILLWAY_LATTICE_PORTABLE_MATH_H
#define SPILLWAY_LATTICE_PORTABLE_MATH_H

#include <stdint.h>
#include <string.h>

#define SW_LN_2_HIGH 6.93147180369123816490e-01 /* exact in few bits */
#define SW_LN_2_LOW 1.90821492927058770002e-10

static inline double sw_scale_by_power(double value, int power) {
    uint64_t bits = (uint64_t)(power + 1023) << 52;
    double scale;
    memcpy(&scale, &bits, sizeof scale);
    return value * scale;
}

static inline double sw_exp(double x) {
    if (x < -700.0)
        x = -700.0; /* 1e-304: never happens, but is not nothing */
    if (x > 700.0)
        x = 700.0;
    int power = (int)(x * 1.44269504088896340736 + (x < 0 ? -0.5 : 0.5));
    double rest = (x - power * SW_LN_2_HIGH) - power * SW_LN_2_LOW;
    double sum = 1.0;
    for (int n = 14; n > 0; n--)
        sum = 1.0 + sum * rest / n;
    return sw_scale_by_power(sum, power);
}

/* x > 0 and normal. */
static inline double sw_ln(double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    int power = (int)(bits >> 52) - 1023;
    bits = (bits & 0xfffffffffffffULL) | 0x3ff0000000000000ULL;
    memcpy(&x, &bits, sizeof x);
    if (x > 1.41421356237309504880) {
        x *= 0.5;
        power++;
    }
    double s = (x - 1.0) / (x + 1.0), square = s * s, sum = 0.0;
    for (int n = 23; n > 0; n -= 2)
        sum = sum * square + 1.0 / n;
    return power * SW_LN_2_HIGH + (power * SW_LN_2_LOW + 2.0 * s * sum);
}

#endif
