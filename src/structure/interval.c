/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/interval.h"

#include "base/student.h"

#include <math.h>

sw_interval sw_interval_share(double part, double n) {
    double z2 = SW_NORMAL_95 * SW_NORMAL_95;
    double centre = (part + z2 / (2.0 * n)) / (1.0 + z2 / n);
    double half =
        SW_NORMAL_95 * sqrt(part * (1.0 - part) / n + z2 / (4.0 * n * n)) / (1.0 + z2 / n);
    return (sw_interval){part, part <= 0.0 ? 0.0 : fmax(centre - half, 0.0),
                         part >= 1.0 ? 1.0 : fmin(centre + half, 1.0)};
}

sw_interval sw_interval_fraction(size_t count, size_t total) {
    if (total == 0)
        return (sw_interval){NAN, NAN, NAN};
    return sw_interval_share((double)count / (double)total, (double)total);
}

sw_interval sw_interval_mean(double sum, double sum_of_squares, size_t n) {
    double mean = n > 0 ? sum / (double)n : NAN;
    if (n < 2)
        return (sw_interval){mean, NAN, NAN};
    double variance = fmax(sum_of_squares / (double)n - mean * mean, 0.0);
    double half = SW_NORMAL_95 * sqrt(variance / (double)(n - 1));
    return (sw_interval){mean, mean - half, mean + half};
}

sw_interval sw_interval_root_mean_square(double sum_of_squares, double sum_of_fourths, size_t n) {
    sw_interval square = sw_interval_mean(sum_of_squares, sum_of_fourths, n);
    return (sw_interval){sqrt(square.value), sqrt(fmax(square.low, 0.0)), sqrt(square.high)};
}
