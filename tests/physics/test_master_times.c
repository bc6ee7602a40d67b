/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What depends on time in the full master equation: occupancies on the way from a start, mean first
 * passages, turnover of a reaction; both engines. False alarms: sampled_mean.h.
 */
#include "physics/master_equation.h"
#include "physics/sampled_mean.h"
#include "unit/lattice/small_models.h"

#include "lattice/state.h"

/* Atoms on a ring that come, leave, hop and attract each other. */
static void make_ring(small_model *m, int sites) {
    small_model_init(m, sites, 1, 1, true, 500);
    small_model_pair(m, A_SET, A_SET, 2.0, -0.04);
    small_model_pair(m, A_SET, A_SET, 4.0, 0.03);
    small_model_adsorption(m, 1, 1.0, 0.0);
    small_model_hop(m, A_SET, 1.25);
}

/* CO and O2 on a ring, as A and B: they come and go, A hops, neighbours react. */
enum { ARRIVE_A, ARRIVE_B, HOP, REACT };
static void make_reaction(small_model *m, int sites) {
    small_model_init(m, sites, 1, 1, true, 500);
    small_model_adsorption(m, 1, 1.0, 0.7);
    sw_process *pair = small_model_process(m, "pairs come", 2, SW_KINETICS_RATE, 0.8, 0.0);
    for (int k = 0; k < 2; k++)
        pair->slot[k].after_species = 2;
    pair->reversible = pair->has_reverse_rate = true; /* else B covers everything in the end */
    pair->reverse_prefactor = 0.3;
    small_model_hop(m, A_SET, 1.25);
    sw_process *react = small_model_process(m, "react", 2, SW_KINETICS_RATE, 1.5, 0.0);
    react->slot[0].before = A_SET;
    react->slot[1].before = B_SET;
    for (int k = 0; k < 2; k++)
        react->slot[k].after_species = SW_EMPTY;
}

static sw_lattice *create_with(small_model *m, sw_engine engine) {
    m->model.run.engine = engine;
    sw_lattice *lattice = create_lattice(&m->model, 11);
    assert_true((lattice->packed != NULL) == (engine == SW_ENGINE_PACKED));
    return lattice;
}

/* ---- occupancies on the way ------------------------------------------------------------------ */

static void expected_on_the_way(double mean[2], const master_equation *master, double time) {
    double *p = calloc(master->states, sizeof *p);
    p[0] = 1.0;
    master_transient(p, master, time);
    mean[0] = mean[1] = 0.0;
    for (size_t s = 0; s < master->states; s++) {
        double n = (double)occupation(master, s, 1);
        mean[0] += p[s] * n;
        mean[1] += p[s] * n * n;
    }
    free(p);
}

static void test_on_the_way(void **state) {
    small_model m;
    make_ring(&m, 12);
    sw_lattice *lattice = create_with(&m, *(const sw_engine *)*state);
    master_equation master;
    master_create(&master, lattice, 2);
    for (double time = 0.1; time < 2.0; time *= 3.0) {
        double expected[2];
        sums number = {0}, square = {0};
        expected_on_the_way(expected, &master, time);
        for (int i = 0; i < 1200; i++) {
            put_state(lattice, 2, 0);
            advance_to_time(lattice, sw_lattice_time(lattice) + time);
            double n = (double)sw_lattice_count(lattice, A_SET, ALL_KINDS);
            add(&number, n);
            add(&square, n * n);
        }
        compare(&number, expected[0], 0.06, "atoms on the way from empty");
        compare(&square, expected[1], 0.8, "their square");
    }
    master_clear(&master);
    sw_lattice_destroy(lattice);
}

/* ---- first passages -------------------------------------------------------------------------- */

static bool nearly_full(const master_equation *master, size_t state) {
    return occupation(master, state, 1) >= 9;
}

static void test_passage(void **state) {
    small_model m;
    make_ring(&m, 12);
    sw_lattice *lattice = create_with(&m, *(const sw_engine *)*state);
    master_equation master;
    master_create(&master, lattice, 2);
    double *expected = calloc(master.states, sizeof *expected);
    master_passage(expected, &master, nearly_full);
    sums time = {0};
    for (int i = 0; i < 800; i++) {
        put_state(lattice, 2, 0);
        double start = sw_lattice_time(lattice);
        while (sw_lattice_count(lattice, A_SET, ALL_KINDS) < 9)
            advance_by_events(lattice, 1);
        add(&time, (sw_lattice_time(lattice) - start) / expected[0]);
    }
    compare(&time, 1.0, 0.04, "time from empty to nine of twelve, over the exact mean");
    free(expected);
    master_clear(&master);
    sw_lattice_destroy(lattice);
}

/* ---- turnover -------------------------------------------------------------------------------- */

/* Reactions per second, and shares of sites that hold A and B. */
static void expected_turnover(double mean[3], const master_equation *master) {
    double *p = calloc(master->states, sizeof *p);
    mean[0] = mean[1] = mean[2] = 0.0;
    master_stationary(p, master);
    for (size_t t = 0; t < master->count; t++)
        if (master->list[t].process == REACT)
            mean[0] += p[master->list[t].from] * master->list[t].rate;
    for (size_t s = 0; s < master->states; s++)
        for (size_t species = 1; species <= 2; species++)
            mean[species] += p[s] * (double)occupation(master, s, species) / (double)master->sites;
    free(p);
}

/* From event to event for a time: reactions per second and shares of the time. */
static void measure_block(sums found[3], sw_lattice *lattice, double duration) {
    double now = sw_lattice_time(lattice), end = now + duration, area[2] = {0.0, 0.0};
    uint64_t before = sw_lattice_process_events(lattice, REACT, false);
    double sites = (double)sw_lattice_sites(lattice);
    while (now < end) {
        double a = (double)sw_lattice_count(lattice, A_SET, ALL_KINDS);
        double b = (double)sw_lattice_count(lattice, B_SET, ALL_KINDS);
        advance_until(lattice, end, sw_lattice_events(lattice) + 1);
        double step = sw_lattice_time(lattice) - now;
        now += step;
        area[0] += a / sites * step;
        area[1] += b / sites * step;
    }
    uint64_t reactions = sw_lattice_process_events(lattice, REACT, false) - before;
    add(&found[0], (double)reactions / duration);
    add(&found[1], area[0] / duration);
    add(&found[2], area[1] / duration);
}

static void test_turnover(void **state) {
    small_model m;
    make_reaction(&m, 7);
    sw_lattice *lattice = create_with(&m, *(const sw_engine *)*state);
    master_equation master;
    master_create(&master, lattice, 3);
    double expected[3];
    sums found[3] = {{0}};
    expected_turnover(expected, &master);
    put_state(lattice, 3, 0);
    advance_to_time(lattice, sw_lattice_time(lattice) + 50.0);
    for (int b = 0; b < 60; b++)
        measure_block(found, lattice, 50.0);
    compare(&found[0], expected[0], 0.04, "turnover of seven sites");
    compare(&found[1], expected[1], 0.01, "share of A");
    compare(&found[2], expected[2], 0.01, "share of B");
    master_clear(&master);
    sw_lattice_destroy(lattice);
}

/* ---- every case with both engines ------------------------------------------------------------ */

static sw_engine packed = SW_ENGINE_PACKED, general = SW_ENGINE_GENERAL;

int main(void) {
    const struct CMUnitTest tests[] = {
        {"on the way, packed", test_on_the_way, NULL, NULL, &packed},
        {"on the way, general", test_on_the_way, NULL, NULL, &general},
        {"first passage, packed", test_passage, NULL, NULL, &packed},
        {"first passage, general", test_passage, NULL, NULL, &general},
        {"turnover, packed", test_turnover, NULL, NULL, &packed},
        {"turnover, general", test_turnover, NULL, NULL, &general},
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
