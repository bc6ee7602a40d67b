/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Smoothed steps through counts: exact where counts are, intervals that hold the truth as often as they say. */
#include "structure_atoms.h"

#include "structure/share_step.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BINS 40

static size_t counts[BINS], totals[BINS];

static sw_share_step_bins bins_of(double first, double size) {
    return (sw_share_step_bins){BINS, first, size, counts, totals, 1};
}

static double normal(double z) {
    return 0.5 * erfc(-z / sqrt(2.0));
}

/* The share of a bin by many points in it: nothing of the fit's own formula. */
static double expected_share(double from, double size, double position, double width,
                             const double level[2]) {
    double sum = 0.0;
    for (int i = 0; i < 2000; i++)
        sum += normal((from + (i + 0.5) / 2000.0 * size - position) / width);
    return level[0] + (level[1] - level[0]) * sum / 2000.0;
}

/* So many counts that rounding to whole ones is all that is wrong. */
static void a_step_without_noise_is_found(void **state) {
    (void)state;
    static const struct {
        double position, width, level[2];
    } cases[] = {{3.2, 5.0, {0.1, 0.7}}, {-4.4, 0.9, {0.95, 0.2}}, {1.0, 12.0, {0.0, 1.0}}};
    for (size_t c = 0; c < 3; c++) {
        sw_share_step_bins bins = bins_of(-40.0, 2.0);
        sw_share_step fit;
        for (int b = 0; b < BINS; b++) {
            double share = expected_share(-40.0 + 2.0 * b, 2.0, cases[c].position, cases[c].width,
                                          cases[c].level);
            totals[b] = 1000000000;
            counts[b] = (size_t)(1e9 * share + 0.5);
        }
        assert_int_equal(sw_share_step_fit(&fit, &bins, NULL), SW_OK);
        if (!(fabs(fit.position.value - cases[c].position) < 1e-3 &&
              fabs(fit.width.value - cases[c].width) < 1e-3 &&
              fabs(fit.before.value - cases[c].level[0]) < 1e-4 &&
              fabs(fit.after.value - cases[c].level[1]) < 1e-4))
            fail_msg("case %zu: %g %g %g %g", c, fit.position.value, fit.width.value,
                     fit.before.value, fit.after.value);
        assert_true(fit.position.low < fit.position.value &&
                    fit.position.high > fit.position.value);
        assert_true(fit.width.low > 0.0 && fit.width.low < fit.width.value);
        assert_true(fit.width.high > fit.width.value);
    }
}

/* 120 profiles by chance: a 95 % interval misses on average 6 times, and 21 times or more with a
 * probability below 6e-7. */
static void intervals_hold_the_truth(void **state) {
    (void)state;
    static const double level[2] = {0.15, 0.45};
    size_t missed[4] = {0};
    double share[BINS];
    for (int b = 0; b < BINS; b++)
        share[b] = expected_share(-40.0 + 2.0 * b, 2.0, 3.2, 4.0, level);
    for (uint64_t run = 0; run < 120; run++) {
        sw_random random = sw_random_create(run, 11);
        sw_share_step_bins bins = bins_of(-40.0, 2.0);
        sw_share_step fit;
        memset(counts, 0, sizeof counts);
        for (int b = 0; b < BINS; b++) {
            totals[b] = 120;
            for (size_t i = 0; i < totals[b]; i++)
                counts[b] += sw_random_uniform(&random) < share[b];
        }
        assert_int_equal(sw_share_step_fit(&fit, &bins, NULL), SW_OK);
        missed[0] += !(fit.position.low <= 3.2 && fit.position.high >= 3.2);
        missed[1] += !(fit.width.low <= 4.0 && fit.width.high >= 4.0);
        missed[2] += !(fit.before.low <= 0.15 && fit.before.high >= 0.15);
        missed[3] += !(fit.after.low <= 0.45 && fit.after.high >= 0.45);
    }
    for (int i = 0; i < 4; i++)
        if (missed[i] >= 21)
            fail_msg("interval %d missed %zu of 120 times", i, missed[i]);
}

/* A sharp step within a bin: the width may be none, the place is known to a part of the bin. */
static void a_sharp_step_has_no_least_width(void **state) {
    (void)state;
    sw_share_step_bins bins = bins_of(0.0, 1.0);
    sw_share_step fit;
    for (size_t b = 0; b < BINS; b++) {
        totals[b] = 1000;
        counts[b] = b < 17 ? 100 : b > 17 ? 600 : 300; /* 0.6 of bin 17 lie before it */
    }
    assert_int_equal(sw_share_step_fit(&fit, &bins, NULL), SW_OK);
    assert_true(fabs(fit.position.value - 17.6) < 0.05);
    assert_true(fit.position.low < 17.6 && fit.position.high > 17.6);
    assert_true(fit.width.low == 0.0 && fit.width.high < 1.0);
    assert_true(fabs(fit.before.value - 0.1) < 0.01 && fabs(fit.after.value - 0.6) < 0.01);
    for (size_t b = 0; b < BINS; b++)
        counts[b] = b < 17 ? 0 : 1000; /* levels at the ends of their range */
    assert_int_equal(sw_share_step_fit(&fit, &bins, NULL), SW_OK);
    assert_true(fit.before.value < 1e-6 && fit.before.high < 1e-3 && fit.before.high > 1e-5);
    assert_true(fit.after.value > 1 - 1e-6 && fit.after.low > 1 - 1e-3);
}

static void what_is_no_step_is_refused(void **state) {
    (void)state;
    sw_share_step_bins bins = bins_of(0.0, 1.0);
    sw_share_step fit;
    sw_error error = {0};
    memset(counts, 0, sizeof counts);
    for (size_t b = 0; b < BINS; b++)
        totals[b] = 10;
    assert_int_equal(sw_share_step_fit(&fit, &bins, &error), SW_ERROR_ARGUMENT);
    assert_string_equal(error.place, "fit");
    memset(totals, 0, sizeof totals);
    totals[3] = totals[4] = 10;
    counts[3] = 5;
    assert_int_equal(sw_share_step_fit(&fit, &bins, NULL), SW_ERROR_ARGUMENT);
    bins.bins = SW_SHARE_STEP_MOST_BINS + 1; /* too many */
    bins.count = bins.total = calloc(SW_SHARE_STEP_MOST_BINS + 1, sizeof(size_t));
    assert_int_equal(sw_share_step_fit(&fit, &bins, NULL), SW_ERROR_ARGUMENT);
    free((void *)bins.count);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_step_without_noise_is_found),
        cmocka_unit_test(intervals_hold_the_truth),
        cmocka_unit_test(a_sharp_step_has_no_least_width),
        cmocka_unit_test(what_is_no_step_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
