/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Deviates and first passages against closed forms. Distances between distributions are judged at a
 * false alarm of 1e-6 each: sqrt(n) D > 2.69 (Kolmogorov and Smirnov), |z| > 4.9.
 */
#include "lattice/superbasin/deviates.h"
#include "lattice/superbasin/passage.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define KS_LIMIT 2.69
#define Z_LIMIT 4.9
#define DRAWS 20000

static int compare_numbers(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* sqrt(n) times the largest distance of the sample from a distribution. */
static double ks_distance(double *sample, size_t n, double (*cumulative)(double)) {
    qsort(sample, n, sizeof *sample, compare_numbers);
    double largest = 0.0;
    for (size_t i = 0; i < n; i++) {
        double expected = cumulative(sample[i]);
        largest = fmax(largest, fmax(expected - (double)i / (double)n,
                                     (double)(i + 1) / (double)n - expected));
    }
    return largest * sqrt((double)n);
}

static double exponential(double x) {
    return -expm1(-x);
}

static double erlang_3(double x) {
    return 1.0 - exp(-x) * (1.0 + x + 0.5 * x * x);
}

static void test_gamma(void **state) {
    (void)state;
    static double sample[DRAWS];
    sw_random random = sw_random_create(3, 1);
    for (int i = 0; i < DRAWS; i++)
        sample[i] = sw_deviate_gamma(&random, 1.0);
    assert_true(ks_distance(sample, DRAWS, exponential) < KS_LIMIT);
    for (int i = 0; i < DRAWS; i++)
        sample[i] = sw_deviate_gamma(&random, 3.0);
    assert_true(ks_distance(sample, DRAWS, erlang_3) < KS_LIMIT);
}

static double normal(double x) {
    return 0.5 * erfc(-x / sqrt(2.0));
}

/* With a huge argument both laws are normal to the resolution of the test; what matters is that
 * nothing cancels. */
static void test_huge_arguments(void **state) {
    (void)state;
    static double sample[DRAWS];
    static const double means[] = {1e9, 1e15, 0x1p60};
    sw_random random = sw_random_create(4, 1);
    for (int m = 0; m < 3; m++) {
        for (int i = 0; i < DRAWS; i++)
            sample[i] = (sw_deviate_gamma(&random, means[m]) - means[m]) / sqrt(means[m]);
        assert_true(ks_distance(sample, DRAWS, normal) < KS_LIMIT);
        for (int i = 0; i < DRAWS; i++)
            sample[i] = ((double)sw_deviate_poisson(&random, means[m]) - means[m]) / sqrt(means[m]);
        assert_true(ks_distance(sample, DRAWS, normal) < KS_LIMIT);
    }
}

/* Chi-square against the probabilities; cells of fewer than ten are joined. */
static void test_poisson(void **state) {
    (void)state;
    static const double means[] = {0.3, 4.0, 10.0, 37.0, 400.0};
    sw_random random = sw_random_create(5, 1);
    for (int m = 0; m < 5; m++) {
        static double seen[1024];
        memset(seen, 0, sizeof seen);
        for (int i = 0; i < DRAWS; i++) {
            uint64_t k = sw_deviate_poisson(&random, means[m]);
            assert_true(k < 1024);
            seen[k]++;
        }
        double chi = 0.0, cells = -1.0, found = 0.0, expected = 0.0, all = 0.0;
        for (int k = 0; k < 1024; k++) {
            double p = exp(k * log(means[m]) - means[m] - lgamma(k + 1.0));
            assert_true(fabs(sw_ln_poisson(k, means[m]) - log(fmax(p, 1e-300))) < 1e-9 ||
                        p < 1e-250);
            found += seen[k];
            expected += p * DRAWS;
            all += p * DRAWS;
            if (expected < 10.0 && k < 1023)
                continue;
            if (expected > 1.0) {
                chi += (found - expected) * (found - expected) / expected;
                cells++;
            }
            found = expected = 0.0;
        }
        assert_true(fabs(all - DRAWS) < 1e-6 * DRAWS);
        /* Wilson and Hilferty */
        double z = (cbrt(chi / cells) - (1.0 - 2.0 / (9.0 * cells))) / sqrt(2.0 / (9.0 * cells));
        assert_true(z < Z_LIMIT);
    }
}

/* ---- passages -------------------------------------------------------------------------------- */

/* Two states, a way out of the second only: the time is a sum of two exponentials in
 * distribution. */
static double there, back, out_of_second;

static double two_states(double t) {
    double sum = there + back + out_of_second;
    double root = sqrt(sum * sum - 4.0 * there * out_of_second);
    double fast = 0.5 * (sum + root), slow = there * out_of_second / fast;
    return 1.0 - (fast * exp(-slow * t) - slow * exp(-fast * t)) / (fast - slow);
}

static void check_two_states(double a, double b, double c) {
    static double sample[DRAWS];
    there = a;
    back = b;
    out_of_second = c;
    double rate[] = {0.0, a, b, 0.0}, leaving[] = {0.0, c};
    sw_passage passage;
    assert_int_equal(sw_passage_create(&passage, 2, rate, leaving), SW_OK);
    sw_random random = sw_random_create(6, 1);
    double hops = 0.0;
    for (int i = 0; i < DRAWS; i++) {
        sw_passage_end end = sw_passage_draw(&passage, 0, INFINITY, &random);
        assert_true(end.absorbed && end.state == 1);
        sample[i] = end.time;
        hops += end.hops / DRAWS;
    }
    assert_true(ks_distance(sample, DRAWS, two_states) < KS_LIMIT);
    if (b > 1e3 * c) /* hops per passage are geometric: 1 + 2 b/c, spread 2 b/c */
        assert_true(fabs(hops / (2.0 * b / c) - 1.0) < 0.02 + Z_LIMIT / sqrt(DRAWS));
    sw_passage_clear(&passage);
}

static void test_two_states(void **state) {
    (void)state;
    check_two_states(1.0, 2.0, 3.0);
    check_two_states(1e10, 1e12, 1e7);
    check_two_states(1e10, 1e12, 1e-3); /* 1e15 hops */
}

/* Gauss: mean time and chance of every exit from state 0. */
static void solve(double mean[6], double exit[6][6], const double rate[36],
                  const double leaving[6]) {
    double m[6][13];
    for (int i = 0; i < 6; i++) {
        double total = leaving[i];
        for (int j = 0; j < 6; j++)
            total += i == j ? 0.0 : rate[i * 6 + j];
        for (int j = 0; j < 6; j++) {
            m[i][j] = i == j ? total : -rate[i * 6 + j];
            m[i][6 + j] = i == j ? leaving[i] : 0.0;
        }
        m[i][12] = 1.0;
    }
    for (int p = 0; p < 6; p++)
        for (int i = 0; i < 6; i++) {
            double factor = i == p ? 0.0 : m[i][p] / m[p][p];
            for (int j = 0; j < 13; j++)
                m[i][j] -= factor * m[p][j];
        }
    for (int i = 0; i < 6; i++) {
        mean[i] = m[i][12] / m[i][i];
        for (int j = 0; j < 6; j++)
            exit[i][j] = m[i][6 + j] / m[i][i];
    }
}

static void random_chain(double rate[36], double leaving[6], uint64_t seed) {
    sw_random random = sw_random_create(seed, 9);
    for (int i = 0; i < 36; i++)
        rate[i] = i / 6 == i % 6 ? 0.0 : pow(10.0, 4.0 * sw_random_uniform(&random));
    for (int i = 0; i < 6; i++)
        leaving[i] = pow(10.0, 3.0 * sw_random_uniform(&random));
}

static void test_exits_and_times(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 4; seed++) {
        double rate[36], leaving[6], mean[6], exit[6][6], seen[6] = {0}, sum = 0.0, square = 0.0;
        random_chain(rate, leaving, seed);
        solve(mean, exit, rate, leaving);
        sw_passage passage;
        assert_int_equal(sw_passage_create(&passage, 6, rate, leaving), SW_OK);
        sw_random random = sw_random_create(seed, 2);
        for (int i = 0; i < DRAWS; i++) {
            sw_passage_end end = sw_passage_draw(&passage, 0, INFINITY, &random);
            seen[end.state]++;
            sum += end.time;
            square += end.time * end.time;
        }
        sw_passage_clear(&passage);
        double average = sum / DRAWS, spread = sqrt((square / DRAWS - average * average) / DRAWS);
        assert_true(fabs(average - mean[0]) < Z_LIMIT * spread);
        for (int j = 0; j < 6; j++) {
            double error = sqrt(exit[0][j] * (1.0 - exit[0][j]) / DRAWS);
            assert_true(fabs(seen[j] / DRAWS - exit[0][j]) < Z_LIMIT * error);
        }
    }
}

/* A passage cut at a limit and gone on with from where it stood is a passage. */
static void test_cut_passages(void **state) {
    (void)state;
    static double sample[DRAWS];
    there = 2.0;
    back = 50.0;
    out_of_second = 4.0;
    double rate[] = {0.0, there, back, 0.0}, leaving[] = {0.0, out_of_second};
    sw_passage passage;
    assert_int_equal(sw_passage_create(&passage, 2, rate, leaving), SW_OK);
    sw_random random = sw_random_create(8, 1);
    for (int i = 0; i < DRAWS; i++) {
        sw_passage_end end = {0};
        double before = 0.0;
        for (size_t at = 0; !end.absorbed; at = end.state) {
            end = sw_passage_draw(&passage, at, 1.7, &random);
            before += end.absorbed ? end.time : 1.7;
            assert_true(end.time <= 1.7);
        }
        sample[i] = before;
    }
    assert_true(ks_distance(sample, DRAWS, two_states) < KS_LIMIT);
    sw_passage_clear(&passage);
}

static void test_no_way_out(void **state) {
    (void)state;
    double rate[] = {0.0, 1.0, 3.0, 0.0}, still[4] = {0}, none[] = {0.0, 0.0};
    sw_passage passage;
    assert_int_equal(sw_passage_create(&passage, 2, still, none), SW_ERROR_NOT_FOUND);
    sw_passage_clear(&passage);
    assert_int_equal(sw_passage_create(&passage, 2, rate, none), SW_OK);
    sw_random random = sw_random_create(10, 1);
    int second = 0;
    for (int i = 0; i < DRAWS; i++) {
        sw_passage_end end = sw_passage_draw(&passage, 0, 1e6, &random);
        assert_true(!end.absorbed && end.time == 1e6);
        second += end.state == 1;
    }
    assert_true(fabs(second - 0.25 * DRAWS) < Z_LIMIT * sqrt(DRAWS * 0.25 * 0.75));
    assert_false(sw_passage_draw(&passage, 0, INFINITY, &random).absorbed);
    sw_passage_clear(&passage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gamma),           cmocka_unit_test(test_huge_arguments),
        cmocka_unit_test(test_poisson),         cmocka_unit_test(test_two_states),
        cmocka_unit_test(test_exits_and_times), cmocka_unit_test(test_cut_passages),
        cmocka_unit_test(test_no_way_out),
    };
    return cmocka_run_group_tests_name("lattice_passage", tests, NULL, NULL);
}
