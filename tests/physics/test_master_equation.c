/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Both engines against the full master equation of systems with up to twelve sites. */
#include "physics/master_equation.h"
#include "physics/sampled_mean.h"
#include "unit/lattice/small_models.h"

#include "lattice/state.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* Time-averaged shares of every number of particles, over blocks of a long run. */
static void compare_with_master(const small_model *m, uint64_t block_events, const char *what) {
    enum { BLOCKS = FEWEST_SAMPLES };
    sw_lattice *lattice = create_lattice(&m->model, 7);
    master_equation master;
    master_create(&master, lattice, 2);
    double *p = calloc(master.states, sizeof *p), expected[16] = {0};
    sums share[16] = {{0}};
    master_stationary(p, &master);
    for (size_t s = 0; s < master.states; s++)
        expected[occupation(&master, s, 1)] += p[s];
    put_state(lattice, 2, 1);
    advance_by_events(lattice, block_events);
    for (int b = 0; b < BLOCKS; b++) {
        double part[16] = {0}, start = sw_lattice_time(lattice);
        for (uint64_t e = 0; e < block_events; e++) {
            double before = sw_lattice_time(lattice);
            size_t n = sw_lattice_count(lattice, A_SET, ALL_KINDS);
            advance_by_events(lattice, 1);
            part[n] += sw_lattice_time(lattice) - before;
        }
        for (size_t n = 0; n <= master.sites; n++)
            add(&share[n], part[n] / (sw_lattice_time(lattice) - start));
    }
    audit_lattice(lattice);
    /* a number of particles that no block need meet has no error of its own */
    for (size_t n = 0; n <= master.sites; n++)
        if (expected[n] > 1e-3)
            compare(&share[n], expected[n], 0.02, what);
    free(p);
    master_clear(&master);
    sw_lattice_destroy(lattice);
}

static void test_two_sites(void **state) {
    (void)state;
    small_model m;
    small_model_init(&m, 2, 1, 1, false, 600);
    small_model_pair(&m, A_SET, A_SET, 2.0, -0.08);
    small_model_adsorption(&m, 1, 3.0, 0.0);
    small_model_hop(&m, A_SET, 1.5);
    compare_with_master(&m, 400, "two sites");
}

static void test_three_sites(void **state) {
    (void)state;
    small_model m;
    small_model_init(&m, 3, 1, 1, true, 500);
    small_model_pair(&m, A_SET, A_SET, 2.0, 0.05);
    sw_process *ads = small_model_adsorption(&m, 1, 2.0, 1.0);
    ads->has_reverse_rate = true;
    sw_process *pair = small_model_process(&m, "pairs leave", 2, SW_KINETICS_RATE, 4.0, 0.0);
    for (int k = 0; k < 2; k++) {
        pair->slot[k].before = A_SET;
        pair->slot[k].after_species = SW_EMPTY;
    }
    compare_with_master(&m, 400, "three sites");
}

static void test_twelve_sites(void **state) {
    (void)state;
    small_model m;
    small_model_init(&m, 4, 3, 1, true, 500);
    small_model_pair(&m, A_SET, A_SET, 2.0, -0.04);
    small_model_pair(&m, A_SET, A_SET, 2.0 * sqrt(2.0), 0.03);
    m.cluster[m.model.energetics.cluster_terms++] =
        (sw_cluster_term){.points = 3,
                          .species = {A_SET, A_SET, A_SET},
                          .kinds = {1, 1, 1},
                          .distance = {{0, 2, 2}, {2, 0, 2 * M_SQRT2}, {2, 2 * M_SQRT2, 0}},
                          .energy = 0.02};
    small_model_adsorption(&m, 1, 1.0, 0.0);
    sw_process *pair = small_model_process(&m, "pairs leave", 2, SW_KINETICS_BARRIER, 3.0, 0.02);
    for (int k = 0; k < 2; k++) {
        pair->slot[k].before = A_SET;
        pair->slot[k].after_species = SW_EMPTY;
    }
    small_model_hop(&m, A_SET, 1.25);
    compare_with_master(&m, 800, "twelve sites");
}

/* A row long enough for the packed engine. */
static void test_twelve_in_a_row(void **state) {
    (void)state;
    small_model m;
    small_model_init(&m, 12, 1, 1, true, 500);
    small_model_pair(&m, A_SET, A_SET, 2.0, -0.04);
    small_model_pair(&m, A_SET, A_SET, 4.0, 0.03);
    small_model_adsorption(&m, 1, 1.0, 0.0);
    small_model_hop(&m, A_SET, 1.25);
    sw_lattice *lattice = create_lattice(&m.model, 1);
    assert_non_null(lattice->packed);
    sw_lattice_destroy(lattice);
    compare_with_master(&m, 800, "twelve sites");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_sites),
        cmocka_unit_test(test_three_sites),
        cmocka_unit_test(test_twelve_sites),
        cmocka_unit_test(test_twelve_in_a_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
