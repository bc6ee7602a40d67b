/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saddles of fixed energy: rates by hand, detailed balance also where repulsion lifts an end above
 * the saddle, and codes that hold no more than the rates depend on. */
#include "lattice/portable_math.h"
#include "lattice/state.h"
#include "small_models.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define SIDE 5
#define SPACING 2.0
#define DIAGONAL 2.8284271247461903

static sw_lattice *create(const small_model *m) {
    sw_lattice *lattice = NULL;
    sw_error error = {0};
    if (sw_lattice_create(&lattice, &m->model, 1, NULL, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    return lattice;
}

static void add_hop(small_model *m, sw_species_set species, double saddle) {
    small_model_hop(m, species, saddle);
    m->process[m->model.processes - 1].kinetics = SW_KINETICS_SADDLE;
}

static void add_adsorption(small_model *m, double saddle) {
    sw_process *process = small_model_adsorption(m, 1, 1e9, 0.0);
    process->kinetics = SW_KINETICS_SADDLE;
    process->barrier = saddle;
}

/* The only process, a hop, from a site with `bonds` neighbours: saddle + bonds x strength. */
static void test_rate_by_hand(void **state) {
    (void)state;
    small_model m;
    small_model_init(&m, SIDE, SIDE, 1, true, 500.0);
    small_model_pair(&m, A_SET, A_SET, SPACING, -0.1);
    small_model_pair(&m, A_SET, A_SET, DIAGONAL, -0.03);
    add_hop(&m, A_SET, 0.5);
    sw_lattice *lattice = create(&m);
    /* a right angle: the corner (0) has two bonds, each end (1 and SIDE) one and one diagonal */
    const size_t sites[3] = {0, 1, SIDE};
    for (int i = 0; i < 3; i++)
        assert_int_equal(sw_lattice_set(lattice, sites[i], 1), SW_OK);
    sw_channel *channels = NULL;
    size_t count = 0;
    assert_int_equal(sw_lattice_channels(&channels, &count, lattice), SW_OK);
    assert_int_equal(count, 2 + 3 + 3);
    for (size_t c = 0; c < count; c++) {
        double barrier = channels[c].anchor == 0 ? 0.7 : 0.63;
        double right = 1e13 * exp(-barrier / (SW_BOLTZMANN * 500.0));
        assert_true(fabs(channels[c].rate / right - 1.0) < 1e-9);
    }
    free(channels);
    sw_lattice_destroy(lattice);
}

/* ---- detailed balance ------------------------------------------------------------------------ */

static bool undoes(const sw_channel *back, const sw_channel *there,
                   const int before[SW_SLOT_LIMIT]) {
    size_t found = 0;
    if (back->process != there->process || back->slots != there->slots)
        return false;
    for (size_t i = 0; i < there->slots; i++)
        for (size_t k = 0; k < back->slots; k++)
            found += back->sites[k] == there->sites[i] && back->after[k] == before[i];
    return found == there->slots;
}

static void check_channel(sw_lattice *lattice, const sw_channel *there) {
    int before[SW_SLOT_LIMIT];
    double energy = sw_lattice_energy(lattice), back_rate = 0.0;
    for (size_t k = 0; k < there->slots; k++) {
        before[k] = sw_lattice_species(lattice, there->sites[k]);
        assert_int_equal(sw_lattice_set(lattice, there->sites[k], there->after[k]), SW_OK);
    }
    double change = sw_lattice_energy(lattice) - energy;
    sw_channel *channels = NULL;
    size_t count = 0;
    assert_int_equal(sw_lattice_channels(&channels, &count, lattice), SW_OK);
    for (size_t c = 0; c < count; c++)
        back_rate += undoes(&channels[c], there, before) ? channels[c].rate : 0.0;
    free(channels);
    for (size_t k = 0; k < there->slots; k++)
        assert_int_equal(sw_lattice_set(lattice, there->sites[k], before[k]), SW_OK);
    double ratio = log(there->rate / back_rate) * SW_BOLTZMANN * sw_lattice_temperature(lattice);
    if (fabs(ratio + change) > 1e-9)
        fail_msg("forward / backward of process %zu asks for %.9f eV, the energies give %.9f eV",
                 there->process, -ratio, change);
    assert_true(there->rate <= 1e13 * (1.0 + 1e-12));
}

static void check_balance(double pair, double saddle, double adsorption, size_t dependents) {
    small_model m;
    sw_error error = {0};
    small_model_init(&m, SIDE, SIDE, 1, true, 500.0);
    small_model_pair(&m, A_SET | B_SET, A_SET | B_SET, SPACING, pair);
    small_model_pair(&m, A_SET, B_SET, DIAGONAL, 0.5 * pair);
    small_model_fill(&m, 0.3, 0.2);
    m.model.run.engine = SW_ENGINE_GENERAL; /* whose dependents are counted */
    add_hop(&m, A_SET | B_SET, saddle);
    add_adsorption(&m, adsorption);
    sw_lattice *lattice = create(&m);
    if (lattice->codes.species[0].count != dependents)
        fail_msg("%zu dependents for pairs of %g eV, expected %zu", lattice->codes.species[0].count,
                 pair, dependents);
    sw_channel *channels = NULL;
    size_t count = 0;
    assert_int_equal(sw_lattice_channels(&channels, &count, lattice), SW_OK);
    assert_true(count > 20);
    for (size_t c = 0; c < count; c++)
        check_channel(lattice, &channels[c]);
    free(channels);
    bool finished;
    for (uint64_t events = 200; events <= 2000; events += 200) {
        assert_int_equal(
            sw_lattice_advance(lattice, (sw_horizon){INFINITY, events}, &finished, &error), SW_OK);
        if (sw_lattice_audit(lattice, &error) != SW_OK)
            fail_msg("%s: %s", error.place, error.message);
    }
    sw_lattice_destroy(lattice);
}

/* Attraction never reaches the saddle: the anchor and its two shells are all that counts, 1 + 4 + 4
 * sites of a layer. Repulsion may: the shells of all five ends count, 21 sites. */
static void test_balance(void **state) {
    (void)state;
    check_balance(-0.05, 0.4, 0.1, 9);
    check_balance(0.02, 0.4, 0.2, 9);
    check_balance(0.1, 0.1, 0.3, 21);
    check_balance(0.3, 0.0, -0.1, 21);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rate_by_hand),
        cmocka_unit_test(test_balance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
