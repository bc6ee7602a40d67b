/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/mean_and_spread.h"

#include "base/student.h"

#include <math.h>

void sw_mean_and_spread(double *mean, double *spread, const double *values, size_t count) {
    double sum = 0, squares = 0;
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(values[i]))
            continue;
        sum += values[i];
        used++;
    }
    *mean = used > 0 ? sum / (double)used : (double)NAN;
    *spread = (double)NAN;
    if (used < 2)
        return;
    for (size_t i = 0; i < count; i++)
        if (isfinite(values[i]))
            squares += (values[i] - *mean) * (values[i] - *mean);
    double deviation = sqrt(squares / (double)(used - 1));
    *spread = sw_student_t95((double)(used - 1)) * deviation / sqrt((double)used);
}
