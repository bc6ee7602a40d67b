/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Oxide and metal side by side in a gas at their boundary. The cations stay; oxygen is a lattice
 * gas with attraction whose full layers cost what Fe3O4 costs in the thermodynamic tables. By
 * particle-hole symmetry full and empty regions coexist exactly at that energy per oxygen, and flat
 * interfaces in a periodic frame have no curvature that would shift it. The drift of the oxide is
 * measured over independent runs at a gas that belongs to a boundary some kelvin colder or hotter.
 */
#include <spillway/thermo.h>

#include "unit/lattice/oxide_models.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define TEMPERATURE 1000.0 /* K */
#define ATTRACTION 0.058   /* eV per oxygen pair: 0.6 of the critical temperature */
#define NEIGHBOURS 12
#define HYDROGEN 2e4 /* Pa */
static const char reduction[] = "Fe3O4 + 4 H2 = 3 Fe + 4 H2O";

/* eV per oxygen of Fe3O4 less its iron, on the scale of the tables */
static double oxide_energy(void) {
    double gibbs;
    sw_standard_state oxygen;
    assert_int_equal(sw_reaction_gibbs(&gibbs, "3 Fe + 2 O2 = Fe3O4", TEMPERATURE, NULL), SW_OK);
    assert_int_equal(sw_substance_state(&oxygen, sw_substance_find("O2"), TEMPERATURE, NULL),
                     SW_OK);
    return gibbs / 4.0 + 0.5 * oxygen.gibbs;
}

/* pH2O/pH2 in which iron is favoured as it is `hotter` kelvin above the boundary. */
static double gas_ratio(double hotter) {
    double ratio, warm, cold;
    assert_int_equal(sw_reaction_water_ratio(&ratio, NULL, reduction, TEMPERATURE, NULL), SW_OK);
    assert_int_equal(sw_reaction_gibbs(&warm, reduction, TEMPERATURE + 5.0, NULL), SW_OK);
    assert_int_equal(sw_reaction_gibbs(&cold, reduction, TEMPERATURE - 5.0, NULL), SW_OK);
    double per_kelvin = (warm - cold) / 4.0 / 10.0 + SW_BOLTZMANN * log(ratio);
    return ratio * exp(hotter * per_kelvin / (SW_BOLTZMANN * TEMPERATURE));
}

static void add_water(oxide_model *m, double barrier) {
    sw_process *water =
        oxide_model_process(m, "water", OXYGEN, 1, SW_KINETICS_BARRIER, 1e13, barrier);
    water->slot[0].before = ONLY(OX);
    water->slot[0].after_species = SW_EMPTY;
    water->gas_changes = 2;
    water->gas_change[0] = (sw_gas_change){0, -1};
    water->gas_change[1] = (sw_gas_change){2, 1};
    water->reversible = true;
}

/* The metal shares its hydrogen, which spills over the oxide. */
static void add_supply(oxide_model *m) {
    oxide_model_supply(m);
    m->model.supply.smallest_cluster = 13;
    m->process[0].supply_change = -2;
    m->process[0].spillover = true;
    oxide_model_spillover(m, 1.2, 1.46, 100);
}

static void coexistence_model(oxide_model *m, double hotter, bool shared) {
    static const bool periodic[3] = {true, true, true};
    static const sw_half_space slab[2] = {{{0, 0, 1}, 10.0}, {{0, 0, -1}, 10.0}};
    oxide_model_init(m, 8, 8, 10, periodic, TEMPERATURE);
    oxide_model_gas(m, HYDROGEN, 0.0, HYDROGEN * gas_ratio(hotter));
    oxide_model_fill(m, CATION, FE, 0.0);
    sw_fill *oxide = oxide_model_fill(m, OXYGEN, OX, 0.0);
    oxide->half_space = slab;
    oxide->half_spaces = 2;
    oxide_model_pair(m, ONLY(OX), OXYGEN, ONLY(OX), OXYGEN, NEIGHBOUR, -ATTRACTION);
    m->model.energetics.site_terms = 1;
    m->site[0] =
        (sw_site_term){ONLY(OX), KIND(OXYGEN), oxide_energy() + ATTRACTION * NEIGHBOURS / 2.0};
    add_water(m, shared ? 0.8 : 0.5);
    if (shared)
        add_supply(m);
}

static void advance(sw_lattice *lattice, uint64_t events) {
    bool finished;
    sw_error error = {0};
    if (sw_lattice_advance(lattice, (sw_horizon){INFINITY, events}, &finished, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
}

/* Oxygen gained per nanosecond after the first third of a run. */
static double drift_of_run(const oxide_model *m, uint64_t seed, uint64_t events) {
    sw_lattice *lattice = NULL;
    sw_error error = {0};
    if (sw_lattice_create(&lattice, &m->model, seed, NULL, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    advance(lattice, events / 3);
    double start = sw_lattice_time(lattice);
    double held = (double)sw_lattice_count(lattice, ONLY(OX), KIND(OXYGEN));
    advance(lattice, events);
    double gained = (double)sw_lattice_count(lattice, ONLY(OX), KIND(OXYGEN)) - held;
    double drift = gained / (sw_lattice_time(lattice) - start) * 1e-9;
    sw_lattice_destroy(lattice);
    return drift;
}

/* Mean drift and its standard error. */
static double drift(double *error, double hotter, bool shared, int runs, uint64_t events) {
    oxide_model m;
    double sum = 0.0, square = 0.0;
    coexistence_model(&m, hotter, shared);
    for (int r = 1; r <= runs; r++) {
        double value = drift_of_run(&m, (uint64_t)r, events);
        sum += value / runs;
        square += value * value / runs;
    }
    *error = sqrt((square - sum * sum) / (runs - 1));
    return sum;
}

/* The drift either side has the right sign and the zero of the line through both is the boundary:
 * within `step` kelvin and within 5.5 standard errors (false alarm 4e-8). */
static void check_coexistence(double step, bool shared, int runs, uint64_t events) {
    double cold_error, hot_error;
    double cold = drift(&cold_error, -step, shared, runs, events);
    double hot = drift(&hot_error, step, shared, runs, events);
    double slope = (hot - cold) / (2.0 * step);
    double crossing = -0.5 * (cold + hot) / slope;
    double error = 0.5 * sqrt(cold_error * cold_error + hot_error * hot_error) / fabs(slope);
    print_message("# %g K colder %+.3g +- %.2g, hotter %+.3g +- %.2g O/ns; no drift at %+.1f +- "
                  "%.1f K from thermo\n",
                  step, cold, cold_error, hot, hot_error, crossing, error);
    if (!(cold > 0.0 && hot < 0.0))
        fail_msg("%g K colder the oxide changes by %g +- %g O/ns, hotter by %g +- %g", step, cold,
                 cold_error, hot, hot_error);
    if (!(fabs(crossing) < step && fabs(crossing) < 5.5 * error))
        fail_msg("no drift at %+.1f +- %.1f K from thermo", crossing, error);
}

/* Expected: 36 O/ns against a standard error of 6 at 10 K, so a wrong sign by chance is 1e-9. */
static void test_gas_and_oxide(void **state) {
    (void)state;
    check_coexistence(10.0, false, 16, 30000);
}

/* Through the supply; expected 1.2 O/ns against 0.16 at 40 K. */
static void test_through_supply(void **state) {
    (void)state;
    check_coexistence(40.0, true, 8, 20000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gas_and_oxide),
        cmocka_unit_test(test_through_supply),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
