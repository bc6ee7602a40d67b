/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Models whose answer is known exactly; seeds are fixed. False alarms: sampled_mean.h. */
#include "physics/sampled_mean.h"
#include "unit/lattice/lattice_steps.h"
#include "unit/lattice/small_models.h"

#include "lattice/portable_math.h"

#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static double barrier_of_rate(double rate, double temperature) {
    return SW_BOLTZMANN * temperature * log(1e13 / rate);
}

/* ---- isotherms ------------------------------------------------------------------------------- */

static double coverage_now(const sw_lattice *lattice) {
    return (double)sw_lattice_count(lattice, A_SET, ALL_KINDS) / (double)sw_lattice_sites(lattice);
}

static void compare_coverage(const small_model *m, double interval, double expected,
                             const char *what) {
    sw_lattice *lattice = create_lattice(&m->model, 21);
    sums s = {0};
    for (int i = 0; i < 60; i++) {
        advance_to_time(lattice, (i + 1) * interval);
        if (i >= 4)
            add(&s, coverage_now(lattice));
    }
    compare(&s, expected, 0.006, what);
    sw_lattice_destroy(lattice);
}

/* theta = ka / (ka + kd), whatever the hops do. */
static void check_langmuir(double hop_rate) {
    small_model m;
    small_model_init(&m, 15, 15, 1, true, 500.0);
    small_model_adsorption(&m, 1, 3.0, 2.0);
    if (hop_rate > 0.0)
        small_model_hop(&m, A_SET, barrier_of_rate(hop_rate, 500.0));
    compare_coverage(&m, 2.0, 0.6, "Langmuir");
}

/* Pairs come and go: theta / (1 - theta) = sqrt(ka / kd). */
static void check_dissociative(double hop_rate) {
    small_model m;
    small_model_init(&m, 16, 16, 1, true, 500.0);
    sw_process *pair = small_model_process(&m, "pair", 2, SW_KINETICS_RATE, 2.0, 0.0);
    for (int k = 0; k < 2; k++)
        pair->slot[k].after_species = 1;
    pair->reversible = true;
    pair->has_reverse_rate = true;
    pair->reverse_prefactor = 0.5;
    if (hop_rate > 0.0)
        small_model_hop(&m, A_SET, barrier_of_rate(hop_rate, 500.0));
    compare_coverage(&m, 3.0, 2.0 / 3.0, "dissociative Langmuir");
}

static void test_langmuir(void **state) {
    (void)state;
    check_langmuir(0.0);
    check_langmuir(1.0);
    check_langmuir(5.0);
}

static void test_dissociative_langmuir(void **state) {
    (void)state;
    check_dissociative(0.0);
    check_dissociative(2.0);
}

/* ---- random sequential adsorption ------------------------------------------------------------ */

static void check_jamming(int x, int y, double expected, double largest_error) {
    small_model m;
    small_model_init(&m, x, y, 1, true, 500.0);
    sw_process *pair = small_model_process(&m, "dimer", 2, SW_KINETICS_RATE, 1.0, 0.0);
    for (int k = 0; k < 2; k++)
        pair->slot[k].after_species = 1;
    sums s = {0};
    for (uint64_t seed = 1; seed <= 60; seed++) {
        sw_lattice *lattice = create_lattice(&m.model, seed);
        assert_true(advance_until(lattice, INFINITY, UINT64_MAX));
        add(&s, coverage_now(lattice));
        sw_lattice_destroy(lattice);
    }
    compare(&s, expected, largest_error, y > 1 ? "dimers, square" : "dimers, line");
}

/* Flory: 1 - exp(-2) on a line; on the square lattice 0.906820 (Evans, Rev. Mod. Phys. 65, 1281
 * (1993)). */
static void test_dimers_jam(void **state) {
    (void)state;
    check_jamming(2000, 1, 1.0 - exp(-2.0), 0.0015);
    check_jamming(45, 45, 0.906820, 0.0015);
}

/* ---- exclusion process ----------------------------------------------------------------------- */

/* Particles that hop one way round a ring: every arrangement is equally likely, so the number of
 * hops per second is N (L - N) / (L - 1). */
static void check_exclusion(int length, int particles) {
    small_model m;
    small_model_init(&m, length, 1, 1, true, 500.0);
    sw_process *hop = small_model_process(&m, "forward", 2, SW_KINETICS_RATE, 1.0, 0.0);
    hop->slot[0].before = A_SET;
    hop->slot[0].after_species = SW_EMPTY;
    hop->slot[1].after_species = 1;
    hop->slot[1].offset_given = true;
    hop->slot[1].offset[0] = 2.0;
    sw_lattice *lattice = create_lattice(&m.model, 17);
    for (int i = 0; i < particles; i++)
        put_species(lattice, (size_t)(2 * i) % (size_t)length, 1);
    const double block = 400.0;
    double hops = (double)particles * (length - particles) / (length - 1.0);
    sums s = {0};
    advance_to_time(lattice, block); /* far longer than the ring takes to forget */
    for (int b = 1; b <= 40; b++) {
        uint64_t before = sw_lattice_events(lattice);
        advance_to_time(lattice, (b + 1) * block);
        add(&s, (double)(sw_lattice_events(lattice) - before) / block / hops);
    }
    compare(&s, 1.0, 0.01, "current over N (L - N) / (L - 1)");
    assert_int_equal(sw_lattice_count(lattice, A_SET, ALL_KINDS), particles);
    sw_lattice_destroy(lattice);
}

static void test_exclusion_process(void **state) {
    (void)state;
    check_exclusion(24, 6);
    check_exclusion(9, 4);
}

/* ---- diffusion ------------------------------------------------------------------------------- */

typedef struct walker {
    int size[3];
    size_t site;
    int64_t at[3]; /* unwrapped, in steps */
} walker;

static void cell_of(int cell[3], const walker *w, size_t site) {
    cell[0] = (int)site % w->size[0];
    cell[1] = (int)site / w->size[0] % w->size[1];
    cell[2] = (int)site / w->size[0] / w->size[1];
}

/* Finds the particle one step from where it was. */
static void follow(walker *w, const sw_lattice *lattice) {
    int from[3];
    cell_of(from, w, w->site);
    for (int way = 0; way < 6; way++) {
        int d = way / 2, step = way % 2 ? 1 : -1, to[3] = {from[0], from[1], from[2]};
        to[d] = (to[d] + step + w->size[d]) % w->size[d];
        size_t site = (size_t)((to[2] * w->size[1] + to[1]) * w->size[0] + to[0]);
        if (sw_lattice_species(lattice, site) != 1)
            continue;
        w->site = site;
        w->at[d] += step;
        return;
    }
    fail_msg("the particle did not move to a neighbour");
}

/* <r^2> = 2 d D t with D = k a^2, k the rate of a hop in one direction. */
static void check_diffusion(int x, int y, int z, int dimensions) {
    small_model m;
    const double rate = 2.0, duration = 2.0;
    small_model_init(&m, x, y, z, true, 500.0);
    small_model_hop(&m, A_SET, barrier_of_rate(rate, 500.0));
    sw_lattice *lattice = create_lattice(&m.model, 5);
    put_species(lattice, 0, 1);
    walker w = {.size = {x, y, z}};
    sums square = {0}, drift = {0};
    for (int i = 1; i <= 3000; i++) {
        double r2 = 0.0;
        memset(w.at, 0, sizeof w.at);
        for (;;) {
            uint64_t events = sw_lattice_events(lattice);
            advance_until(lattice, i * duration, events + 1);
            if (sw_lattice_events(lattice) == events)
                break;
            follow(&w, lattice);
        }
        for (int d = 0; d < 3; d++)
            r2 += 4.0 * (double)(w.at[d] * w.at[d]);
        add(&square, r2 / (2.0 * dimensions * rate * 4.0 * duration));
        add(&drift, (double)w.at[0]);
    }
    compare(&square, 1.0, 0.03, "<r2> / 2 d D t");
    compare(&drift, 0.0, 0.06, "mean displacement");
    sw_lattice_destroy(lattice);
}

static void test_diffusion(void **state) {
    (void)state;
    check_diffusion(9, 1, 1, 1);
    check_diffusion(7, 6, 1, 2);
    check_diffusion(5, 6, 4, 3);
}

/* Mean time from one end of a closed row of n sites to the other: n (n - 1) / (2 k), with the
 * start reflecting (Redner, A Guide to First-Passage Processes (2001)). */
static void test_first_passage(void **state) {
    (void)state;
    enum { SITES = 8 };
    small_model m;
    const double rate = 3.0;
    small_model_init(&m, SITES, 1, 1, false, 500.0);
    small_model_hop(&m, A_SET, barrier_of_rate(rate, 500.0));
    sw_lattice *lattice = create_lattice(&m.model, 6);
    sums s = {0};
    for (int i = 0; i < 1500; i++) {
        double start = sw_lattice_time(lattice);
        put_species(lattice, SITES - 1, SW_EMPTY);
        put_species(lattice, 0, 1);
        while (sw_lattice_species(lattice, SITES - 1) == SW_EMPTY)
            advance_by_events(lattice, 1);
        add(&s, sw_lattice_time(lattice) - start);
    }
    compare(&s, SITES * (SITES - 1) / (2.0 * rate), 0.4, "first passage from a closed end");
    sw_lattice_destroy(lattice);
}

/* One walk from site `start` of a closed row until it stands on either end. */
static double time_to_an_end(sw_lattice *lattice, int length, int start) {
    for (int s = 0; s <= length; s++)
        put_species(lattice, (size_t)s, s == start ? 1 : SW_EMPTY);
    double begin = sw_lattice_time(lattice);
    while (sw_lattice_species(lattice, 0) == SW_EMPTY &&
           sw_lattice_species(lattice, (size_t)length) == SW_EMPTY)
        advance_by_events(lattice, 1);
    return sw_lattice_time(lattice) - begin;
}

/* Mean time until either end of 0..L is reached from x: x (L - x) / 2 D, D = k in steps. */
static void test_exit_time(void **state) {
    (void)state;
    enum { LENGTH = 12 };
    const double rate = 2.0;
    small_model m;
    small_model_init(&m, LENGTH + 1, 1, 1, false, 500.0);
    small_model_hop(&m, A_SET, barrier_of_rate(rate, 500.0));
    sw_lattice *lattice = create_lattice(&m.model, 8);
    for (int x = 1; x <= LENGTH / 2; x += 2) {
        double expected = x * (LENGTH - x) / (2.0 * rate);
        sums s = {0};
        for (int i = 0; i < 1500; i++)
            add(&s, time_to_an_end(lattice, LENGTH, x) / expected);
        compare(&s, 1.0, 0.06, "first passage over x (L - x) / 2 D");
    }
    sw_lattice_destroy(lattice);
}

/* ---- exp and log ----------------------------------------------------------------------------- */

static double unit_in_last_place(double value) {
    return nextafter(fabs(value), INFINITY) - fabs(value);
}

static void test_exponential(void **state) {
    (void)state;
    double worst = 0.0;
    for (int i = -200000; i <= 200000; i++) {
        double x = i < 0 ? i * 0.0034567 : i * 0.0034321;
        double right = exp(x);
        worst = fmax(worst, fabs(sw_exp(x) - right) / unit_in_last_place(right));
    }
    if (worst > 2.0)
        fail_msg("exp is %.2f units in the last place off", worst);
    assert_true(sw_exp(0.0) == 1.0);
    assert_true(sw_exp(-1e300) > 0.0 && sw_exp(-1e300) < 1e-300);
    assert_true(sw_exp(1e300) < DBL_MAX);
}

static void test_logarithm(void **state) {
    (void)state;
    double worst = 0.0;
    for (int i = 1; i <= 300000; i++) {
        const double points[3] = {i / 300001.0, exp2(i * 0.0067 - 1000.0), 1.0 + i * 1e-7};
        for (int k = 0; k < 3; k++) {
            double right = log(points[k]);
            worst = fmax(worst, fabs(sw_ln(points[k]) - right) / unit_in_last_place(right));
        }
    }
    if (worst > 4.0)
        fail_msg("log is %.2f units in the last place off", worst);
    assert_true(sw_ln(1.0) == 0.0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_langmuir),   cmocka_unit_test(test_dissociative_langmuir),
        cmocka_unit_test(test_dimers_jam), cmocka_unit_test(test_exclusion_process),
        cmocka_unit_test(test_diffusion),  cmocka_unit_test(test_first_passage),
        cmocka_unit_test(test_exit_time),  cmocka_unit_test(test_exponential),
        cmocka_unit_test(test_logarithm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
