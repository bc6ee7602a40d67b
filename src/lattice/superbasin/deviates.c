/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lattice/superbasin/deviates.h"

#include "base/random.h"
#include "lattice/portable_math.h"

#include <math.h>

double sw_deviate_unit(sw_random *random) {
    double pair[2];
    sw_random_next_pair(pair, random);
    return pair[0];
}

/* Polar method. */
static double normal(sw_random *random) {
    for (;;) {
        double pair[2];
        sw_random_next_pair(pair, random);
        double x = 2.0 * pair[0] - 1.0, y = 2.0 * pair[1] - 1.0;
        double square = x * x + y * y;
        if (square > 0.0 && square < 1.0)
            return x * sqrt(-2.0 * sw_ln(square) / square);
    }
}

/* x - ln(1 + x), x > -1, without cancellation: what a large argument multiplies must be exact. */
static double logarithmic_excess(double x) {
    if (fabs(x) > 0.1)
        return x - sw_ln(1.0 + x);
    double sum = 0.0;
    for (int n = 18; n >= 2; n--)
        sum = 1.0 / n - x * sum;
    return x * x * sum;
}

double sw_deviate_gamma(sw_random *random, double shape) {
    double d = shape - 1.0 / 3.0, c = 1.0 / sqrt(9.0 * d);
    for (;;) {
        double x = normal(random), y = c * x;
        if (y <= -1.0)
            continue;
        double above = y * (3.0 + y * (3.0 + y)); /* (1 + y)^3 - 1 */
        double bound = 0.5 * x * x - d * logarithmic_excess(above);
        if (sw_ln(sw_deviate_unit(random)) < bound)
            return d * (1.0 + above);
    }
}

/* ln k! - (k ln k - k), k >= 1: Stirling's series, below 16 directly. */
static double stirling_remainder(double k) {
    static const double ln_2_pi = 1.83787706640934548356;
    if (k < 16.0) {
        double ln_factorial = 0.0;
        for (int i = 2; i <= k; i++)
            ln_factorial += sw_ln(i);
        return ln_factorial - (k * sw_ln(k) - k);
    }
    double inverse = 1.0 / k, square = inverse * inverse;
    double series =
        inverse *
        (1.0 / 12.0 - square * (1.0 / 360.0 - square * (1.0 / 1260.0 - square * (1.0 / 1680.0))));
    return 0.5 * (ln_2_pi + sw_ln(k)) + series;
}

double sw_ln_poisson(double k, double mean) {
    if (k < 1.0)
        return -mean;
    return -k * logarithmic_excess((mean - k) / k) - stirling_remainder(k);
}

static uint64_t count_exponentials(sw_random *random, double mean) {
    uint64_t count = 0;
    double sum = -sw_ln(sw_deviate_unit(random));
    while (sum < mean) {
        sum -= sw_ln(sw_deviate_unit(random));
        count++;
    }
    return count;
}

uint64_t sw_deviate_poisson(sw_random *random, double mean) {
    if (mean < 10.0)
        return count_exponentials(random, mean);
    double b = 0.931 + 2.53 * sqrt(mean), a = -0.059 + 0.02483 * b;
    double ln_inverse_alpha = sw_ln(1.1239 + 1.1328 / (b - 3.4));
    double squeeze = 0.9277 - 3.6224 / (b - 2.0);
    for (;;) {
        double pair[2];
        sw_random_next_pair(pair, random);
        double u = pair[0] - 0.5, v = pair[1], side = 0.5 - fabs(u);
        double k = floor((2.0 * a / side + b) * u + mean + 0.43);
        if (side >= 0.07 && v <= squeeze)
            return (uint64_t)k;
        if (k < 0.0 || (side < 0.013 && v > side))
            continue;
        double left = sw_ln(v) + ln_inverse_alpha - sw_ln(a / (side * side) + b);
        if (left <= sw_ln_poisson(k, mean))
            return (uint64_t)k;
    }
}
