/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Means of independent samples against known values, at 6.5 standard errors. From 40 samples on a
 * false alarm has a probability of at most 1.1e-7 each (Student's t with 39 degrees of freedom).
 */
#ifndef SPILLWAY_TESTS_SAMPLED_MEAN_H
#define SPILLWAY_TESTS_SAMPLED_MEAN_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define STANDARD_ERRORS 6.5
#define FEWEST_SAMPLES 40

typedef struct sums {
    double count, sum, squares;
} sums;

static inline void add(sums *s, double value) {
    s->count += 1.0;
    s->sum += value;
    s->squares += value * value;
}

static inline double mean_of(const sums *s) {
    return s->sum / s->count;
}

static inline double error_of(const sums *s) {
    double mean = mean_of(s);
    return sqrt(fmax(s->squares / s->count - mean * mean, 0.0) / (s->count - 1.0));
}

/* largest_error: the test must be sharp enough to mean something. What was measured goes into the
 * log of the test, from where docs/exactness.md has it. */
static inline void compare(const sums *s, double expected, double largest_error, const char *what) {
    double mean = mean_of(s), error = error_of(s);
    assert_true(s->count >= FEWEST_SAMPLES);
    if (fabs(mean - expected) > STANDARD_ERRORS * error || error > largest_error)
        fail_msg("%s: %.6g +- %.2g, expected %.6g", what, mean, error, expected);
    printf("# %s: %.6g +- %.2g, exact %.6g\n", what, mean, error, expected);
}

#endif
