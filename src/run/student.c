/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/student.h"

#include <math.h>

#define CONFIDENCE 0.95
#define HALF_PI 1.57079632679489661923

/* P(|T| <= t) with t = sqrt(freedom) tan(angle): a finite series in cos(angle)^2. */
static double probability_within(double angle, size_t freedom) {
    double square = cos(angle) * cos(angle);
    double term = freedom % 2 == 1 ? cos(angle) : 1;
    double sum = freedom == 1 ? 0 : term;
    for (size_t k = freedom % 2 == 1 ? 3 : 2; k < freedom; k += 2) {
        term *= square * ((double)k - 1) / (double)k;
        sum += term;
    }
    return freedom % 2 == 1 ? (angle + sin(angle) * sum) / HALF_PI : sin(angle) * sum;
}

double sw_student_t95(size_t freedom) {
    double low = 0, high = HALF_PI;
    for (int step = 0; step < 60; step++) {
        double middle = 0.5 * (low + high);
        if (probability_within(middle, freedom) < CONFIDENCE)
            low = middle;
        else
            high = middle;
    }
    return sqrt((double)freedom) * tan(0.5 * (low + high));
}

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
    *spread = sw_student_t95(used - 1) * deviation / sqrt((double)used);
}
