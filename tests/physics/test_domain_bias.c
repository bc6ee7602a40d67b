/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A lattice in domains against the serial engine. Means of independent runs are compared in units
 * of their standard errors, which the runs themselves give: 2 x 16 runs, 30 degrees of freedom, at
 * most 7 standard errors apart, which chance exceeds with a probability of 1e-7 per quantity. Long
 * turns must differ by more: the comparison would see a bias.
 */
#include "../unit/lattice/lattice_steps.h"
#include "../unit/lattice/small_models.h"
#include "lattice/domains/domains.h"

#include <math.h>

#define RUNS 16
#define APART 7.0
#define QUANTITIES 3

typedef struct sample {
    double sum[QUANTITIES], squares[QUANTITIES];
} sample;

static void add(sample *all, const double *values) {
    for (int q = 0; q < QUANTITIES; q++) {
        all->sum[q] += values[q];
        all->squares[q] += values[q] * values[q];
    }
}

static double standard_errors_apart(const sample *a, const sample *b, int q) {
    double mean_a = a->sum[q] / RUNS, mean_b = b->sum[q] / RUNS;
    double variance = (a->squares[q] / RUNS - mean_a * mean_a) / (RUNS - 1) +
                      (b->squares[q] / RUNS - mean_b * mean_b) / (RUNS - 1);
    return fabs(mean_a - mean_b) / sqrt(fmax(variance, 1e-30));
}

/* Atoms that land, leave and hop, bound by their neighbours: every rate counts what a turn may have
 * left behind. Hops are far more frequent than the rest. */
static void adatoms(small_model *m) {
    small_model_init(m, 24, 24, 1, true, 600.0);
    small_model_fill(m, 0.2, 0.0);
    small_model_pair(m, A_SET, A_SET, 2.0, -0.05);
    small_model_hop(m, A_SET, 0.60);
    small_model_adsorption(m, 1, 3e7, 5e7);
    small_model_adsorption(m, 2, 1e7, 5e7);
}

static void count_species(double *values, const sw_lattice *lattice) {
    values[0] += (double)sw_lattice_count(lattice, A_SET, ALL_KINDS);
    values[1] += sw_lattice_energy(lattice);
}

#define LOOKS 40
#define BETWEEN 2e-8 /* s: about the time in which atoms come and go */

static void run_serially(double *values, const small_model *m, uint64_t seed) {
    sw_lattice *lattice = create_lattice(&m->model, seed);
    for (int look = 1; look <= LOOKS; look++) {
        advance_until(lattice, look * BETWEEN, UINT64_MAX);
        count_species(values, lattice);
    }
    values[2] = (double)sw_lattice_events(lattice);
    sw_lattice_destroy(lattice);
}

static void run_in_domains(double *values, const small_model *m, uint64_t seed) {
    sw_domains *domains;
    sw_error error = {0};
    bool finished;
    assert_int_equal(sw_domains_create(&domains, &m->model, seed, NULL, &error), SW_OK);
    for (int look = 1; look <= LOOKS; look++) {
        while (domains->time < look * BETWEEN)
            assert_int_equal(sw_domains_advance(domains, (sw_horizon){look * BETWEEN, UINT64_MAX},
                                                &finished, &error),
                             SW_OK);
        assert_int_equal(sw_domains_look(domains, &error), SW_OK);
        count_species(values, domains->whole);
    }
    values[2] = (double)domains->events;
    sw_domains_destroy(domains);
}

static sample measure(double turn) {
    sample found = {0};
    for (uint64_t seed = 1; seed <= RUNS; seed++) {
        double values[QUANTITIES] = {0};
        small_model m;
        adatoms(&m);
        m.model.run.turn = turn;
        m.model.run.domains[0] = m.model.run.domains[1] = 2;
        if (turn < 0.0)
            run_serially(values, &m, seed);
        else
            run_in_domains(values, &m, seed + 1000);
        add(&found, values);
    }
    return found;
}

static void test_bias(void **state) {
    (void)state;
    static const char *const name[QUANTITIES] = {"atoms", "energy", "events"};
    sample serial = measure(-1.0), standard = measure(0.0), longer = measure(BETWEEN);
    double most = 0.0;
    for (int q = 0; q < QUANTITIES; q++) {
        double apart = standard_errors_apart(&serial, &standard, q);
        double far = standard_errors_apart(&serial, &longer, q);
        print_message("# %s: %.6g serially, %.6g in domains (%.2f standard errors), %.6g with long "
                      "turns (%.1f)\n",
                      name[q], serial.sum[q] / RUNS, standard.sum[q] / RUNS, apart,
                      longer.sum[q] / RUNS, far);
        assert_true(apart < APART);
        most = fmax(most, far);
    }
    assert_true(most > APART);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_bias)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
