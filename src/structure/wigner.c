/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/wigner.h"

#include <math.h>
#include <stdlib.h>

static long double factorial(int n) {
    long double product = 1.0L;
    for (int i = 2; i <= n; i++)
        product *= (long double)i;
    return product;
}

/* G. Racah, Phys. Rev. 62 (1942) 438, equation 16, for j1 = j2 = j3 = l. */
double sw_wigner_3j(int l, int m1, int m2) {
    int m3 = -m1 - m2;
    if (abs(m1) > l || abs(m2) > l || abs(m3) > l)
        return 0.0;
    long double sum = 0.0L;
    for (int t = 0; t <= l; t++) {
        if (t > l - m1 || t > l + m2 || t < -m1 || t < m2)
            continue;
        long double term = factorial(t) * factorial(l - t) * factorial(l - m1 - t) *
                           factorial(l + m2 - t) * factorial(t + m1) * factorial(t - m2);
        sum += (t % 2 ? -1.0L : 1.0L) / term;
    }
    long double triangle = factorial(l) * factorial(l) * factorial(l) / factorial(3 * l + 1);
    long double root = sqrtl(triangle * factorial(l + m1) * factorial(l - m1) * factorial(l + m2) *
                             factorial(l - m2) * factorial(l + m3) * factorial(l - m3));
    return (double)((m3 % 2 ? -1.0L : 1.0L) * root * sum);
}
