/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The programme of temperature and pressure, and the stirred reactor. */
#include "lattice/state.h"
#include "lattice_steps.h"
#include "oxide_models.h"
#include "small_models.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define BOLTZMANN_JOULE 1.380649e-23

typedef struct programme {
    small_model m;
    sw_leg leg[4];
    double pressure[4];
} programme;

/* One site that flips between empty and A with a barrier, and one gas. */
static void programme_init(programme *p, double temperature) {
    small_model_init(&p->m, 2, 1, 1, false, temperature);
    p->m.model.run.engine = SW_ENGINE_GENERAL; /* whose stored rates are looked at */
    small_model_process(&p->m, "come", 1, SW_KINETICS_RATE, 1e5, 0.5)->slot[0].after_species = 1;
    sw_process *go = small_model_process(&p->m, "go", 1, SW_KINETICS_RATE, 1e5, 0.4);
    go->slot[0].before = A_SET;
    go->slot[0].after_species = SW_EMPTY;
    p->m.gas[0] = (sw_gas_species){"H2", 1000.0};
    p->m.model.gas.species = 1;
    p->m.model.leg = p->leg;
    p->m.model.run.temperature_step = 2.0;
}

static void add_leg(programme *p, double duration, double temperature, bool ramp, double pressure) {
    size_t n = p->m.model.legs++;
    p->pressure[n] = pressure;
    p->leg[n] = (sw_leg){duration, temperature, ramp, &p->pressure[n]};
}

static void advance_to(sw_lattice *lattice, double time) {
    advance_to_time(lattice, time);
    assert_true(fabs(sw_lattice_time(lattice) - time) < 1e-9 * time);
}

/* Stored rates belong to the temperature that is shown. */
static void check_rates(sw_lattice *lattice) {
    audit_lattice(lattice);
    sw_channel *channels;
    size_t count;
    assert_int_equal(sw_lattice_channels(&channels, &count, lattice), SW_OK);
    assert_true(count == 2);
    for (size_t c = 0; c < count; c++) {
        double barrier = channels[c].process == 0 ? 0.5 : 0.4;
        double expected = 1e5 * exp(-barrier / (SW_BOLTZMANN * sw_lattice_temperature(lattice)));
        assert_true(fabs(channels[c].rate / expected - 1.0) < 1e-12);
        assert_true(fabs(lattice->selection[0].rate[channels[c].anchor] / expected - 1.0) < 1e-12);
    }
    free(channels);
}

static void test_switches(void **state) {
    (void)state;
    programme p = {0};
    programme_init(&p, 600.0);
    add_leg(&p, 1.0, 700.0, false, 500.0);
    add_leg(&p, 2.0, 700.0, false, 40.0);
    add_leg(&p, 1.0, 500.0, false, 0.0);
    sw_lattice *lattice = create_lattice(&p.m.model, 4);
    assert_true(sw_lattice_temperature(lattice) == 600.0);
    assert_true(sw_lattice_pressure(lattice, 0) == 1000.0);
    static const double at[4] = {0.5, 1.5, 3.5, 9.0}, temperature[4] = {700, 700, 500, 500},
                        pressure[4] = {500, 40, 0, 0};
    for (int i = 0; i < 4; i++) {
        advance_to(lattice, at[i]);
        assert_true(sw_lattice_temperature(lattice) == temperature[i]);
        assert_true(sw_lattice_pressure(lattice, 0) == pressure[i]);
        check_rates(lattice);
    }
    sw_lattice_destroy(lattice);
}

/* A ramp is climbed in steps; it ends at its temperature, with the rates of that temperature. */
static void test_ramp(void **state) {
    (void)state;
    programme p = {0};
    programme_init(&p, 600.0);
    add_leg(&p, 10.0, 651.0, true, 1000.0);
    add_leg(&p, 5.0, 651.0, true, 1000.0);
    add_leg(&p, 5.0, 652.5, true, 1000.0); /* less than one step */
    add_leg(&p, 5.0, 600.0, true, 1000.0);
    sw_lattice *lattice = create_lattice(&p.m.model, 4);
    for (double time = 0.37; time < 10.0; time += 0.37) {
        advance_to(lattice, time);
        double behind = 600.0 + 5.1 * time - sw_lattice_temperature(lattice);
        assert_true(behind > -1e-9 && behind < 2.0 + 1e-9);
        check_rates(lattice);
    }
    advance_to(lattice, 10.5);
    assert_true(fabs(sw_lattice_temperature(lattice) - 651.0) < 1e-9);
    check_rates(lattice);
    advance_to(lattice, 20.01);
    assert_true(fabs(sw_lattice_temperature(lattice) - 652.5) < 1e-9);
    check_rates(lattice);
    advance_to(lattice, 22.5);
    assert_true(fabs(sw_lattice_temperature(lattice) - 626.25) < 2.0 + 1e-9);
    check_rates(lattice);
    advance_to(lattice, 40.0);
    assert_true(fabs(sw_lattice_temperature(lattice) - 600.0) < 1e-9);
    check_rates(lattice);
    sw_lattice_destroy(lattice);
}

/* Events at each temperature of a programme come as often as its rates say (5.5 standard errors:
 * false alarm below 1e-7). */
static void test_events_follow_programme(void **state) {
    (void)state;
    programme p = {0};
    programme_init(&p, 600.0);
    p.m.model.frame.size[0] = 50;
    add_leg(&p, 2.0, 600.0, false, 1000.0);
    add_leg(&p, 2.0, 800.0, false, 1000.0);
    sw_lattice *lattice = create_lattice(&p.m.model, 4);
    static const double temperature[2] = {600.0, 800.0};
    for (int leg = 0; leg < 2; leg++) {
        double kt = SW_BOLTZMANN * temperature[leg];
        double come = 1e5 * exp(-0.5 / kt), go = 1e5 * exp(-0.4 / kt);
        advance_to(lattice, leg * 2.0 + 1.0); /* relaxes within 1 / (come + go) */
        uint64_t before = sw_lattice_events(lattice);
        advance_to(lattice, leg * 2.0 + 2.0);
        double events = (double)(sw_lattice_events(lattice) - before);
        double expected = 2.0 * 50.0 * come * go / (come + go);
        assert_true(expected > 500.0);
        assert_true(fabs(events - expected) < 5.5 * sqrt(2.0 * expected));
    }
    sw_lattice_destroy(lattice);
}

/* Metal that holds hydrogen and does nothing else. */
static void hydrogen_model(oxide_model *m) {
    static const bool periodic[3] = {1, 1, 1};
    oxide_model_init(m, 3, 3, 3, periodic, 800.0);
    oxide_model_gas(m, 2e4, 0.0, 0.0);
    oxide_model_supply(m);
    oxide_model_fill(m, CATION, FE, 4.5);
    oxide_model_hop(m, ONLY(FE), CATION, 6.0);
}

/* The supply notices a switch of its gas at once, and what it held leaves; no rate of the lattice
 * is computed again for it. */
static void test_switch_reaches_supply(void **state) {
    (void)state;
    oxide_model m;
    static const double off[3] = {0.0, 2000.0, 0.0}, on[3] = {5e4, 0.0, 0.0};
    hydrogen_model(&m);
    m.model.legs = 2;
    m.leg[0] = (sw_leg){1.0, 800.0, false, off};
    m.leg[1] = (sw_leg){1.0, 800.0, false, on};
    sw_lattice *lattice = create_lattice(&m.model, 4);
    const sw_cluster *cluster = &lattice->supply.cluster[1];
    uint64_t misses = lattice->memo.misses, cleared = lattice->memo.cleared;
    assert_true(lattice->supply.clusters == 2 && cluster->inventory > 2.0);
    assert_true(sw_supply_turnover(lattice) > 0.0);
    advance_to(lattice, 0.5);
    assert_true(sw_lattice_pressure(lattice, 0) == 0.0);
    assert_true(cluster->inventory <= 1.0 && sw_supply_turnover(lattice) == 0.0);
    advance_to(lattice, 1.0 + 1e-6);
    assert_true(sw_lattice_pressure(lattice, 0) == 5e4);
    assert_true(cluster->inventory > 2.0);
    assert_true(lattice->memo.misses == misses && lattice->memo.cleared == cleared);
    sw_lattice_destroy(lattice);
}

/* ---- stirred reactor ------------------------------------------------------------------------- */

static void test_stirred_relaxes_exactly(void **state) {
    (void)state;
    programme p = {0};
    programme_init(&p, 600.0);
    p.m.model.processes = 0;
    add_leg(&p, 3.0, 600.0, false, 1000.0);
    add_leg(&p, 3.0, 600.0, false, 200.0);
    p.m.model.gas.mode = SW_GAS_STIRRED;
    p.m.model.gas.flow = 2e-9;
    p.m.model.gas.volume = 3e-9;
    p.m.model.gas.copies = 1.0;
    sw_lattice *lattice = create_lattice(&p.m.model, 4);
    sw_lattice_set_pressure(lattice, 0, 100.0);
    double rate = 2.0 / 3.0, held = 100.0;
    for (double time = 0.3; time < 3.0; time += 0.3) {
        advance_to(lattice, time);
        held = 1000.0 - 900.0 * exp(-rate * time);
        assert_true(fabs(sw_lattice_pressure(lattice, 0) / held - 1.0) < 1e-12);
    }
    double at_switch = 1000.0 - 900.0 * exp(-rate * 3.0);
    for (double time = 3.3; time < 12.0; time += 0.9) { /* the last feed goes on */
        advance_to(lattice, time);
        held = 200.0 + (at_switch - 200.0) * exp(-rate * (time - 3.0));
        assert_true(fabs(sw_lattice_pressure(lattice, 0) / held - 1.0) < 1e-12);
    }
    sw_lattice_destroy(lattice);
}

/* A site that takes a molecule and gives back another: what is used and made is what the
 * pressures lack and have more, when nothing flows. */
static void test_stirred_mass_balance(void **state) {
    (void)state;
    small_model m;
    small_model_init(&m, 6, 6, 1, true, 600.0);
    m.gas[0] = (sw_gas_species){"H2", 1000.0};
    m.gas[1] = (sw_gas_species){"H2O", 10.0};
    m.model.gas = (sw_gas){2, m.gas, SW_GAS_STIRRED, 0.0, 1e-9, 1e8};
    sw_process *take = small_model_process(&m, "take", 1, SW_KINETICS_RATE, 1e4, 0.0);
    take->slot[0].after_species = 1;
    take->gas_changes = 1;
    take->gas_change[0] = (sw_gas_change){0, -2};
    sw_process *give = small_model_process(&m, "give", 1, SW_KINETICS_RATE, 1e2, 0.0);
    give->slot[0].before = A_SET;
    give->slot[0].after_species = SW_EMPTY;
    give->gas_changes = 1;
    give->gas_change[0] = (sw_gas_change){1, 1};
    sw_lattice *lattice = create_lattice(&m.model, 4);
    advance_until(lattice, 1e9, 3000);
    double one = 1e8 * BOLTZMANN_JOULE * 600.0 / 1e-9;
    double taken = (double)sw_lattice_process_events(lattice, 0, false);
    double given = (double)sw_lattice_process_events(lattice, 1, false);
    assert_true(taken > 100.0 && given > 100.0);
    assert_true(fabs(sw_lattice_pressure(lattice, 0) - (1000.0 - 2.0 * one * taken)) < 1e-6);
    assert_true(fabs(sw_lattice_pressure(lattice, 1) - (10.0 + one * given)) < 1e-6);
    sw_lattice_destroy(lattice);
}

/* In a stirred reactor the supply lives on the pressure of the moment: hydrogen on the metal and in
 * the gas together stay what they were while nothing flows, and when the feed is switched off the
 * metal empties as the gas is washed out. */
static void test_stirred_feeds_supply(void **state) {
    (void)state;
    oxide_model m;
    static const double on[3] = {2e4, 0.0, 0.0}, off[3] = {0.0, 0.0, 0.0};
    hydrogen_model(&m);
    m.model.gas = (sw_gas){3, m.gas, SW_GAS_STIRRED, 0.0, 1e-9, 1e9};
    sw_lattice *lattice = create_lattice(&m.model, 4);
    sw_cluster *cluster = &lattice->supply.cluster[1];
    double one = 1e9 * BOLTZMANN_JOULE * 800.0 / 1e-9;
    cluster->inventory = 0.0;
    sw_supply_count(lattice);
    for (int i = 1; i <= 20; i++) {
        advance_to(lattice, 1e-8 * i);
        double gone = (2e4 - sw_lattice_pressure(lattice, 0)) / one;
        assert_true(fabs(2.0 * gone - cluster->inventory) < 1e-6);
        double capacity = sw_supply_capacity(lattice, cluster);
        double odds = lattice->supply.odds * sqrt(sw_lattice_pressure(lattice, 0) / 1e5);
        assert_true(fabs(capacity - odds / (1.0 + odds) * cluster->exposed) < 1e-9);
    }
    assert_true(lattice->supply.arrived > 2.0 && lattice->supply.arrived == cluster->inventory);
    sw_lattice_destroy(lattice);
    m.model.gas.flow = 1e-2; /* 1e7 volumes a second */
    m.model.gas.copies = 1.0;
    m.model.legs = 2;
    m.leg[0] = (sw_leg){1e-6, 800.0, false, on};
    m.leg[1] = (sw_leg){1e-4, 800.0, false, off};
    lattice = create_lattice(&m.model, 4);
    advance_to(lattice, 1e-6);
    assert_true(lattice->supply.cluster[1].inventory > 2.0);
    advance_to(lattice, 1e-5);
    assert_true(sw_lattice_pressure(lattice, 0) < 1.0);
    assert_true(lattice->supply.cluster[1].inventory <= 1.0);
    sw_lattice_destroy(lattice);
}

/* With flow the steady state is feed + molecules made per second x copies kT / flow; 6 standard
 * errors of the event count. */
static void test_stirred_steady_state(void **state) {
    (void)state;
    programme p = {0};
    programme_init(&p, 600.0);
    p.m.model.frame.size[0] = 40;
    sw_process *go = &p.m.process[1];
    go->gas_changes = 1;
    go->gas_change[0] = (sw_gas_change){0, 1};
    p.m.model.gas.mode = SW_GAS_STIRRED;
    p.m.model.gas.flow = 1e-9;
    p.m.model.gas.volume = 1e-9;
    p.m.model.gas.copies = 1e9;
    sw_lattice *lattice = create_lattice(&p.m.model, 4);
    double kt = SW_BOLTZMANN * 600.0, come = 1e5 * exp(-0.5 / kt), back = 1e5 * exp(-0.4 / kt);
    double made = 40.0 * come * back / (come + back), mean = 0.0;
    advance_to(lattice, 10.0);
    for (int i = 1; i <= 400; i++) {
        advance_to(lattice, 10.0 + 0.1 * i);
        mean += sw_lattice_pressure(lattice, 0) / 400.0;
    }
    double above = made * 1e9 * BOLTZMANN_JOULE * 600.0 / 1e-9;
    assert_true(fabs(mean - 1000.0 - above) < 6.0 * above / sqrt(made * 40.0));
    sw_lattice_destroy(lattice);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_switches),
        cmocka_unit_test(test_ramp),
        cmocka_unit_test(test_events_follow_programme),
        cmocka_unit_test(test_switch_reaches_supply),
        cmocka_unit_test(test_stirred_relaxes_exactly),
        cmocka_unit_test(test_stirred_mass_balance),
        cmocka_unit_test(test_stirred_feeds_supply),
        cmocka_unit_test(test_stirred_steady_state),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
