/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Correlation factors of tracer diffusion by single vacancies, from the model vacancy-fcc with the
 * sites of six lattices: growth of the squared displacement over growth of the sum of squared hops,
 * once the first hops, which nothing precedes, are over. Full length: `spillway verify
 * vacancy-fcc`. False alarms: sampled_mean.h.
 */
#include "physics/built_in.h"
#include "physics/sampled_mean.h"

#include "lattice/tracers.h"

#define SETTLE 150000 /* events */
#define BLOCK 15000

/* 0.1 % of vacancies meet so rarely that f is that of a single one within 0.1 %. */
static void check(const char *lattice, double factor, const sw_setting *settings, size_t count) {
    built_in b;
    sw_tracer_sums before, now;
    sums found = {0};
    built_in_create(&b, "vacancy-fcc", settings, count, 3);
    advance_by_events(b.lattice, SETTLE);
    sw_tracers_sum(&before, b.lattice, 1);
    for (int i = 0; i < FEWEST_SAMPLES; i++) {
        advance_by_events(b.lattice, BLOCK);
        sw_tracers_sum(&now, b.lattice, 1);
        add(&found, (now.square - before.square) / (now.hop_squares - before.hop_squares));
        before = now;
    }
    compare(&found, factor, 0.012, lattice);
    built_in_destroy(&b);
}

static void test_fcc(void **state) {
    (void)state;
    check("fcc", 0.78146, NULL, 0);
}

static void test_bcc(void **state) {
    (void)state;
    const sw_setting settings[] = {{"frame.sites.atom", "[[0, 0, 0], [0.5, 0.5, 0.5]]"},
                                   {"frame.size", "[25, 25, 25]"},
                                   {"frame.distances.neighbour", "0.8660254"}};
    check("bcc", 0.7272, settings, 3);
}

static void test_simple_cubic(void **state) {
    (void)state;
    const sw_setting settings[] = {{"frame.sites.atom", "[[0, 0, 0]]"},
                                   {"frame.size", "[32, 32, 32]"},
                                   {"frame.distances.neighbour", "1"}};
    check("simple cubic", 0.65311, settings, 3);
}

static void test_diamond(void **state) {
    (void)state;
    const sw_setting settings[] = {{"frame.sites.atom",
                                    "[[0, 0, 0], [0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0], "
                                    "[0.25, 0.25, 0.25], [0.25, 0.75, 0.75], [0.75, 0.25, 0.75], "
                                    "[0.75, 0.75, 0.25]]"},
                                   {"frame.size", "[16, 16, 16]"},
                                   {"frame.distances.neighbour", "0.4330127"}};
    check("diamond", 0.5, settings, 3);
}

static void test_square(void **state) {
    (void)state;
    const sw_setting settings[] = {{"frame.sites.atom", "[[0, 0, 0]]"},
                                   {"frame.size", "[180, 180, 1]"},
                                   {"frame.periodic", "[true, true, false]"},
                                   {"frame.distances.neighbour", "1"}};
    check("square", 0.466942, settings, 4);
}

static void test_honeycomb(void **state) {
    (void)state;
    const sw_setting settings[] = {
        {"frame.cell", "[[1, 0, 0], [0.5, 0.8660254, 0], [0, 0, 1]]"},
        {"frame.sites.atom", "[[0.3333333, 0.3333333, 0], [0.6666667, 0.6666667, 0]]"},
        {"frame.size", "[130, 130, 1]"},
        {"frame.periodic", "[true, true, false]"},
        {"frame.distances.neighbour", "0.5773503"}};
    check("honeycomb", 1.0 / 3.0, settings, 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fcc),          cmocka_unit_test(test_bcc),
        cmocka_unit_test(test_simple_cubic), cmocka_unit_test(test_diamond),
        cmocka_unit_test(test_square),       cmocka_unit_test(test_honeycomb),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
