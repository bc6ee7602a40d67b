/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The adsorbate that each cluster of carriers shares: how it arrives and leaves, and events that use it. */
#include "lattice/state.h"
#include "supply_models.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- inventory ------------------------------------------------------------------------------- */

enum { MOST = 200 }; /* atoms, in the master equation */

/* Arrivals at J and departures at J n (n - 1) / n_eq^2, two atoms each: dP/dt of the numbers. */
static void flow_of(double flow[MOST + 3], const double share[MOST + 3], double arrival,
                    double capacity) {
    memset(flow, 0, (MOST + 3) * sizeof *flow);
    for (int n = 0; n <= MOST; n++) {
        double in = n + 2 <= MOST ? arrival * share[n] : 0.0;
        double out = arrival * n * (n - 1) / (capacity * capacity) * share[n];
        flow[n + 2] += in;
        flow[n] -= in + out;
        if (n >= 2)
            flow[n - 2] += out;
    }
}

/* Mean number and its variance after `time` from `start` atoms, in small Euler steps. */
static void master_equation(double *mean, double *variance, int start, double time, double arrival,
                            double capacity) {
    enum { STEPS = 40000 };
    double share[MOST + 3] = {0}, flow[MOST + 3];
    share[start] = 1.0;
    for (int i = 0; i < STEPS; i++) {
        flow_of(flow, share, arrival, capacity);
        for (int n = 0; n <= MOST; n++)
            share[n] += time / STEPS * flow[n];
    }
    double square = 0.0;
    *mean = 0.0;
    for (int n = 0; n <= MOST; n++) {
        *mean += n * share[n];
        square += (double)n * n * share[n];
    }
    *variance = square - *mean * *mean;
}

/* Filling from empty and emptying from overfull, the mean of many runs against the master
 * equation: 5.5 standard errors, false alarm 4e-8 each. In the limit of many atoms it is
 * n_eq tanh(2 J t / n_eq), to which it must be near. */
static void test_inventory_follows_master_equation(void **state) {
    (void)state;
    enum { RUNS = 2000 };
    oxide_model m;
    metal_model(&m, 5, 5, 5, 5.0, 700.0);
    sw_lattice *lattice = create_lattice(&m.model, 1);
    assert_int_equal(lattice->supply.clusters, 2);
    sw_cluster *cluster = &lattice->supply.cluster[1];
    double capacity = sw_supply_capacity(lattice, cluster);
    assert_true(cluster->exposed > 10 && cluster->carriers > cluster->exposed);
    assert_true(fabs(capacity - sw_supply_coverage(lattice) * cluster->exposed) < 1e-12);
    assert_true(cluster->inventory == floor(capacity + 0.5) && capacity > 8.0);
    double arrival = cluster->dissociation * 0.2;
    double expected = cluster->exposed * exp(-0.1 / lattice->thermal) *
                      sw_collision_rate(sw_substance_find("H2"), 700.0, 2e4, 5.0);
    assert_true(fabs(arrival / expected - 1.0) < 1e-12);
    static const double start[2] = {0.0, 40.0};
    double unit = capacity / (2.0 * arrival);
    for (int way = 0; way < 2; way++) {
        double sum = 0.0, mean, variance;
        for (int i = 0; i < RUNS; i++) {
            cluster->inventory = start[way];
            sw_supply_count(lattice);
            advance_until(lattice, sw_lattice_time(lattice) + 0.6 * unit, UINT64_MAX);
            sum += cluster->inventory / RUNS;
        }
        master_equation(&mean, &variance, (int)start[way], 0.6 * unit, arrival, capacity);
        assert_true(variance > 0.5);
        if (fabs(sum - mean) > 5.5 * sqrt(variance / RUNS))
            fail_msg("from %g: %g atoms, master equation %g +- %g", start[way], sum, mean,
                     sqrt(variance / RUNS));
        if (way == 0)
            assert_true(fabs(mean / (capacity * tanh(0.6)) - 1.0) < 0.1);
    }
    assert_int_equal(sw_lattice_events(lattice), 0);
    sw_lattice_destroy(lattice);
}

/* In a gas held for long, a cluster holds n atoms as often as the Poisson distribution of mean
 * n_eq says (among numbers of its parity), here of 1.5 atoms and less. The shares of many
 * independent looks: 5.5 standard errors. */
static void test_inventory_is_poisson(void **state) {
    (void)state;
    enum { LOOKS = 20000, SHOWN = 8 };
    oxide_model m;
    metal_model(&m, 5, 5, 5, 2.5, 900.0);
    m.model.supply.smallest_cluster = 4;
    sw_lattice *lattice = create_lattice(&m.model, 5);
    sw_cluster *cluster = &lattice->supply.cluster[1];
    for (int odd = 0; odd < 2; odd++) {
        double capacity = sw_supply_capacity(lattice, cluster);
        assert_true(lattice->supply.clusters == 2 && capacity > 0.1 && capacity < 1.5);
        cluster->inventory = odd;
        sw_supply_count(lattice);
        double wait = 10.0 * capacity / (cluster->dissociation * 0.2), seen[SHOWN] = {0};
        for (int i = 0; i < LOOKS; i++) {
            advance_until(lattice, sw_lattice_time(lattice) + wait, UINT64_MAX);
            if (cluster->inventory < SHOWN)
                seen[(int)cluster->inventory] += 1.0 / LOOKS;
        }
        double norm = odd ? sinh(capacity) : cosh(capacity), weight = 1.0;
        for (int n = 0; n < SHOWN; n++) {
            double share = n % 2 == odd ? weight / norm : 0.0;
            double error = sqrt(share * (1.0 - share) / LOOKS);
            if (fabs(seen[n] - share) > 5.5 * error + 5.0 / LOOKS)
                fail_msg("%d atoms: %g of the time, expected %g", n, seen[n], share);
            weight *= capacity / (n + 1);
        }
    }
    sw_lattice_destroy(lattice);
}

/* Without the gas, pairs leave at dissociation x n (n - 1) / (odds x exposed)^2, the limit of J c,
 * until fewer than two are left. The time that takes is a sum of exponential times; its mean over
 * many runs within 5.5 standard errors. */
static void test_inventory_leaves_without_gas(void **state) {
    (void)state;
    enum { RUNS = 400, ATOMS = 13 };
    oxide_model m;
    metal_model(&m, 5, 5, 5, 5.0, 700.0);
    sw_lattice *lattice = create_lattice(&m.model, 1);
    sw_cluster *cluster = &lattice->supply.cluster[1];
    sw_lattice_set_pressure(lattice, 0, 0.0);
    double limit = cluster->dissociation / pow(lattice->supply.odds * cluster->exposed, 2.0);
    double expected = 0.0, variance = 0.0, taken = 0.0, step = 0.002 / limit;
    for (int n = ATOMS; n > 1; n -= 2) {
        double part = 1.0 / (limit * n * (n - 1));
        expected += part;
        variance += part * part;
    }
    for (int i = 0; i < RUNS; i++) {
        double start = sw_lattice_time(lattice);
        cluster->inventory = ATOMS;
        sw_supply_count(lattice);
        while (cluster->inventory > 1.0)
            advance_until(lattice, sw_lattice_time(lattice) + step, UINT64_MAX);
        taken += (sw_lattice_time(lattice) - start - 0.5 * step) / RUNS;
        assert_true(cluster->inventory == 1.0);
    }
    if (fabs(taken - expected) > 5.5 * sqrt(variance / RUNS))
        fail_msg("gone after %g s, expected %g", taken, expected);
    assert_true(sw_supply_turnover(lattice) == 0.0);
    sw_lattice_destroy(lattice);
}

/* theta / (1 - theta) = sqrt(p) exp(...): four times the pressure doubles the odds. */
static void test_coverage_is_dissociative_langmuir(void **state) {
    (void)state;
    oxide_model m;
    metal_model(&m, 3, 3, 3, 3.0, 900.0);
    sw_lattice *lattice = create_lattice(&m.model, 1);
    double low = sw_supply_coverage(lattice);
    double turnover = sw_supply_turnover(lattice);
    sw_lattice_set_pressure(lattice, 0, 8e4);
    double high = sw_supply_coverage(lattice);
    assert_true(sw_supply_turnover(lattice) > 1.5 * turnover); /* known at once */
    assert_true(fabs(high / (1.0 - high) / (low / (1.0 - low)) - 2.0) < 1e-9);
    sw_standard_state hydrogen;
    assert_int_equal(sw_substance_state(&hydrogen, sw_substance_find("H2"), 900.0, NULL), SW_OK);
    double free_energy =
        -0.5 - 900.0 * (2.5e-4 - 0.5 * hydrogen.entropy) - 0.5 * lattice->thermal * log(0.8);
    assert_true(fabs(log(high / (1.0 - high)) + free_energy / lattice->thermal) < 1e-9);
    sw_lattice_destroy(lattice);
}

/* ---- events that use it ---------------------------------------------------------------------- */

/* No more water than what arrived and what was there. The supply is slow, the reaction fast. */
static void test_water_within_arrival(void **state) {
    (void)state;
    oxide_model m;
    metal_model(&m, 7, 7, 7, 5.0, 700.0);
    for (int s = 0; s < SW_SPECIES_LIMIT; s++)
        m.model.supply.dissociation_barrier[s] = 1.2;
    m.gas[2].pressure = 0.0;
    static const sw_half_space upper = {{0.0, 0.0, -1.0}, -1.5};
    sw_fill *coat = oxide_model_fill(&m, OXYGEN, OX, 8.0);
    coat->half_space = &upper;
    coat->half_spaces = 1;
    water_model(&m, 0.6);
    sw_lattice *lattice = create_lattice(&m.model, 3);
    double initial = 0.0;
    for (size_t c = 1; c < lattice->supply.clusters; c++)
        initial += lattice->supply.cluster[c].inventory;
    assert_true(initial > 2.0);
    uint64_t last = 0;
    assert_true(initial == floor(initial));
    for (int i = 0; i < 60; i++) {
        advance_by_events(lattice, 1);
        uint64_t water = sw_lattice_process_events(lattice, 1, false);
        double inventory = 0.0;
        for (size_t c = 1; c < lattice->supply.clusters; c++)
            inventory += lattice->supply.cluster[c].inventory;
        assert_true(2.0 * (double)water <= initial + lattice->supply.arrived + 1e-9);
        assert_true(fabs(initial + lattice->supply.arrived - lattice->supply.used - inventory) <
                    1e-9);
        assert_true(lattice->supply.used == 2.0 * (double)water);
        assert_true(inventory >= 0.0 && water >= last);
        last = water;
    }
    assert_true(2.0 * (double)last > 3.0 * initial); /* arrival was what it lived on */
    sw_lattice_destroy(lattice);
}

/* At the pressures at which the oxygen is as likely present as absent, water goes as often as it
 * comes (each site alternates), and half the sites are full: detailed balance, however few atoms
 * the cluster holds. The occupation is averaged over many flips of many independent sites; 6
 * standard errors of the blocks. */
static void check_balance(double radius, double hydrogen_pressure, double barrier, double low,
                          double high) {
    const double temperature = 800.0;
    oxide_model m;
    metal_model(&m, 7, 7, 7, radius, temperature);
    m.gas[0].pressure = hydrogen_pressure;
    m.model.supply.smallest_cluster = 4;
    oxide_model_fill(&m, OXYGEN, OX, 12.0);
    m.fill[1].fraction[OX] = 0.5;
    water_model(&m, barrier);
    m.model.energetics.site_terms = 1;
    sw_standard_state hydrogen, water;
    assert_int_equal(sw_substance_state(&hydrogen, sw_substance_find("H2"), temperature, NULL),
                     SW_OK);
    assert_int_equal(sw_substance_state(&water, sw_substance_find("H2O"), temperature, NULL),
                     SW_OK);
    /* G(empty) + H2O = G(O) + H2 at these pressures */
    double kt = SW_BOLTZMANN * temperature;
    double energy = water.gibbs - hydrogen.gibbs + kt * log(100.0 / hydrogen_pressure);
    m.site[0] = (sw_site_term){ONLY(OX), KIND(OXYGEN), energy};
    sw_lattice *lattice = create_lattice(&m.model, 8);
    assert_int_equal(lattice->supply.clusters, 2);
    double capacity = sw_supply_capacity(lattice, &lattice->supply.cluster[1]);
    if (!(capacity > low && capacity < high))
        fail_msg("the cluster holds %g atoms", capacity);
    advance_until(lattice, INFINITY, 4000);
    double sum = 0.0, square = 0.0, weight = 0.0;
    uint64_t forward = sw_lattice_process_events(lattice, 1, false),
             reverse = sw_lattice_process_events(lattice, 1, true);
    size_t first = sw_lattice_count(lattice, ONLY(OX), KIND(OXYGEN));
    size_t sites = 0;
    sw_channel *channels;
    double held_now = lattice->supply.cluster[1].inventory;
    lattice->supply.cluster[1].inventory = 100.0; /* so that every site shows its channel */
    assert_int_equal(sw_lattice_channels(&channels, &sites, lattice), SW_OK);
    lattice->supply.cluster[1].inventory = held_now;
    size_t moving = 0, full = 0;
    for (size_t c = 0; c < sites; c++)
        if (channels[c].process == 1 && lattice->supply.field[channels[c].anchor] > 0.0f)
            moving++;
    free(channels);
    assert_true(moving > 15);
    for (size_t s = 0; s < sw_lattice_sites(lattice); s++) /* those that cannot move */
        full += sw_lattice_kind(lattice, s) == OXYGEN && lattice->supply.field[s] <= 0.0f &&
                sw_lattice_species(lattice, s) == OX;
    enum { BLOCKS = 40 };
    for (int b = 0; b < BLOCKS; b++) {
        double part = 0.0, start = sw_lattice_time(lattice);
        for (int e = 0; e < 250; e++) {
            double before = sw_lattice_time(lattice);
            size_t held = sw_lattice_count(lattice, ONLY(OX), KIND(OXYGEN)) - full;
            advance_by_events(lattice, 1);
            part += (double)held * (sw_lattice_time(lattice) - before);
        }
        double share = part / (sw_lattice_time(lattice) - start) / (double)moving;
        sum += share / BLOCKS;
        square += share * share / BLOCKS;
        weight += 1.0;
    }
    forward = sw_lattice_process_events(lattice, 1, false) - forward;
    reverse = sw_lattice_process_events(lattice, 1, true) - reverse;
    size_t last = sw_lattice_count(lattice, ONLY(OX), KIND(OXYGEN));
    assert_true(forward > 1000 && reverse > 1000);
    assert_int_equal((int64_t)first - (int64_t)last, (int64_t)(forward - reverse));
    double error = sqrt((square - sum * sum) / (weight - 1.0));
    if (fabs(sum - 0.5) > 6.0 * error || error > 0.02)
        fail_msg("occupied %g +- %g, expected 0.5", sum, error);
    sw_lattice_destroy(lattice);
}

static void test_balance_at_equilibrium(void **state) {
    (void)state;
    check_balance(7.0, 2e4, 0.6, 10.0, 100.0);
}

/* Clusters that hold fewer atoms, in the mean, than one event takes. */
static void test_balance_of_small_clusters(void **state) {
    (void)state;
    check_balance(2.5, 5e3, 0.6, 1.0, 2.0);
    check_balance(2.5, 500.0, 0.6, 0.5, 1.0);
    check_balance(2.5, 50.0, 0.6, 0.1, 0.5);
}

/* Far from metal nothing is shared: neither way. */
static void test_no_cluster_neither_way(void **state) {
    (void)state;
    oxide_model m;
    metal_model(&m, 5, 5, 5, 2.5, 900.0);
    m.model.supply.smallest_cluster = 20; /* no cluster at all */
    oxide_model_fill(&m, OXYGEN, OX, 12.0);
    m.fill[1].fraction[OX] = 0.5;
    water_model(&m, 0.5);
    m.process[1].spillover = false;
    sw_lattice *lattice = create_lattice(&m.model, 2);
    assert_int_equal(lattice->supply.clusters, 1);
    advance_until(lattice, 1e-6, UINT64_MAX);
    assert_int_equal(sw_lattice_events(lattice), 0);
    sw_channel *channels;
    size_t count;
    assert_int_equal(sw_lattice_channels(&channels, &count, lattice), SW_OK);
    for (size_t c = 0; c < count; c++)
        assert_true(channels[c].process != 1);
    free(channels);
    sw_lattice_destroy(lattice);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_inventory_follows_master_equation),
        cmocka_unit_test(test_inventory_is_poisson),
        cmocka_unit_test(test_inventory_leaves_without_gas),
        cmocka_unit_test(test_coverage_is_dissociative_langmuir),
        cmocka_unit_test(test_water_within_arrival),
        cmocka_unit_test(test_balance_at_equilibrium),
        cmocka_unit_test(test_balance_of_small_clusters),
        cmocka_unit_test(test_no_cluster_neither_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
