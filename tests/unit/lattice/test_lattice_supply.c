/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The adsorbate that each cluster of carriers shares, and the field that spills over from it. */
#include "lattice/state.h"
#include "lattice_steps.h"
#include "oxide_models.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void put(sw_lattice *lattice, double x, double y, double z, int species)
{
    put_species(lattice, site_at_position(lattice, x, y, z), species);
}

/* Metal atoms that stay where they are, in the middle of a closed frame. */
static void metal_model(oxide_model *m, int x, int y, int z, double radius, double temperature)
{
    static const bool closed[3] = {0};
    oxide_model_init(m, x, y, z, closed, temperature);
    oxide_model_gas(m, 2e4, 0.0, 100.0);
    oxide_model_void_rule(m);
    oxide_model_supply(m);
    if (radius > 0.0)
        oxide_model_fill(m, CATION, FE, radius);
    oxide_model_hop(m, ONLY(FE), CATION, 6.0); /* never within these tests */
}

/* ---- inventory --------------------------------------------------------------------------------- */

enum { MOST = 200 }; /* atoms, in the master equation */

/* Arrivals at J and departures at J n (n - 1) / n_eq^2, two atoms each: dP/dt of the numbers. */
static void flow_of(double flow[MOST + 3], const double share[MOST + 3], double arrival,
                    double capacity)
{
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
static void master_equation(double *mean, double *variance, int start, double time,
                            double arrival, double capacity)
{
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
static void test_inventory_follows_master_equation(void **state)
{
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
static void test_inventory_is_poisson(void **state)
{
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
static void test_inventory_leaves_without_gas(void **state)
{
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
static void test_coverage_is_dissociative_langmuir(void **state)
{
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
    double free_energy = -0.5 - 900.0 * (2.5e-4 - 0.5 * hydrogen.entropy) -
                         0.5 * lattice->thermal * log(0.8);
    assert_true(fabs(log(high / (1.0 - high)) + free_energy / lattice->thermal) < 1e-9);
    sw_lattice_destroy(lattice);
}

/* ---- events that use it ------------------------------------------------------------------------- */

/* Oxygen around the metal leaves as water with two atoms of the supply, and comes back. */
static void water_model(oxide_model *m, double barrier)
{
    sw_process *water =
        oxide_model_process(m, "water", OXYGEN, 1, SW_KINETICS_BARRIER, 1e13, barrier);
    water->slot[0].before = ONLY(OX);
    water->slot[0].after_species = SW_EMPTY;
    water->conditions = 1; /* beside the metal */
    water->condition[0] = (sw_condition){.slot = 0,
                                         .species = METALS,
                                         .kinds = KIND(CATION),
                                         .distance = BOND,
                                         .minimum = 1,
                                         .maximum = 6};
    water->gas_changes = 2;
    water->gas_change[0] = (sw_gas_change){0, -1};
    water->gas_change[1] = (sw_gas_change){2, 1};
    water->supply_change = -2;
    water->reversible = true;
    water->spillover = true;
    oxide_model_spillover(m, 0.9, 1.2, 50);
    m->model.supply.bound_at_most = 6;
}

/* No more water than what arrived and what was there. The supply is slow, the reaction fast. */
static void test_water_within_arrival(void **state)
{
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
                          double high)
{
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
    assert_int_equal(
        sw_substance_state(&hydrogen, sw_substance_find("H2"), temperature, NULL), SW_OK);
    assert_int_equal(
        sw_substance_state(&water, sw_substance_find("H2O"), temperature, NULL), SW_OK);
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

static void test_balance_at_equilibrium(void **state)
{
    (void)state;
    check_balance(7.0, 2e4, 0.6, 10.0, 100.0);
}

/* Clusters that hold fewer atoms, in the mean, than one event takes. */
static void test_balance_of_small_clusters(void **state)
{
    (void)state;
    check_balance(2.5, 5e3, 0.6, 1.0, 2.0);
    check_balance(2.5, 500.0, 0.6, 0.5, 1.0);
    check_balance(2.5, 50.0, 0.6, 0.1, 0.5);
}

/* Far from metal nothing is shared: neither way. */
static void test_no_cluster_neither_way(void **state)
{
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

/* ---- clusters ----------------------------------------------------------------------------------- */

static double total_inventory(const sw_lattice *lattice)
{
    double total = 0.0;
    for (size_t c = 1; c < lattice->supply.clusters; c++)
        total += lattice->supply.cluster[c].inventory;
    return total;
}

/* Two blocks of metal; a bridge joins them and is taken away again. */
static void test_split_and_merge(void **state)
{
    (void)state;
    oxide_model m;
    metal_model(&m, 6, 4, 4, 0.0, 700.0);
    sw_lattice *lattice = create_lattice(&m.model, 1);
    for (size_t s = 0; s < sw_lattice_sites(lattice); s++) {
        double p[3];
        sw_lattice_position(p, lattice, s);
        bool block = p[0] < 9.0 || p[0] > 13.0;
        if (sw_lattice_kind(lattice, s) == CATION && block && p[1] < 7.0 && p[2] < 7.0)
            put_species(lattice, s, FE);
    }
    assert_int_equal(sw_supply_refresh(lattice), SW_OK);
    assert_int_equal(lattice->supply.clusters, 3);
    lattice->supply.cluster[1].inventory = 3.0;
    lattice->supply.cluster[2].inventory = 8.0;
    put(lattice, 10, 2, 4, FE);
    put(lattice, 12, 4, 4, FE);
    assert_int_equal(sw_supply_refresh(lattice), SW_OK);
    assert_int_equal(lattice->supply.clusters, 2);
    assert_true(fabs(total_inventory(lattice) - 11.0) < 1e-9);
    uint32_t joined = lattice->supply.cluster[1].carriers;
    put(lattice, 12, 4, 4, EMPTY);
    assert_int_equal(sw_supply_refresh(lattice), SW_OK);
    assert_int_equal(lattice->supply.clusters, 3);
    assert_true(fabs(total_inventory(lattice) - 11.0) < 1e-9);
    assert_int_equal(
        lattice->supply.cluster[1].carriers + lattice->supply.cluster[2].carriers, joined - 1);
    double each = 11.0 / (joined - 1);
    for (int c = 1; c <= 2; c++) { /* as its carriers' share, in whole atoms */
        const sw_cluster *part = &lattice->supply.cluster[c];
        assert_true(part->inventory == floor(part->inventory));
        assert_true(fabs(part->inventory - each * part->carriers) < 2.0 + each);
    }
    sw_lattice_destroy(lattice);
}

/* An atom that moves within its cluster takes nothing away. */
static void test_moved_atom_keeps_inventory(void **state)
{
    (void)state;
    oxide_model m;
    metal_model(&m, 5, 5, 5, 5.0, 700.0);
    sw_lattice *lattice = create_lattice(&m.model, 1);
    double before = total_inventory(lattice);
    uint32_t carriers = lattice->supply.cluster[1].carriers;
    assert_true(before > 1.0);
    double p[3];
    size_t farthest = 0;
    double top = 0.0;
    for (size_t s = 0; s < sw_lattice_sites(lattice); s++) {
        sw_lattice_position(p, lattice, s);
        if (sw_lattice_species(lattice, s) == FE && p[2] > top) {
            top = p[2];
            farthest = s;
        }
    }
    sw_lattice_position(p, lattice, farthest);
    put_species(lattice, farthest, EMPTY);
    double low = 1e9;
    size_t under = 0;
    for (size_t s = 0; s < sw_lattice_sites(lattice); s++) {
        sw_lattice_position(p, lattice, s);
        if (sw_lattice_species(lattice, s) == FE && p[2] < low) {
            low = p[2];
            under = s;
        }
    }
    sw_lattice_position(p, lattice, under);
    put(lattice, p[0] + 2.0, p[1], p[2] - 2.0, FE);
    assert_int_equal(sw_supply_refresh(lattice), SW_OK);
    assert_int_equal(lattice->supply.clusters, 2);
    assert_int_equal(lattice->supply.cluster[1].carriers, carriers);
    assert_true(fabs(total_inventory(lattice) - before) < 1e-9);
    sw_lattice_destroy(lattice);
}

/* After annealing, clusters and field are those of the new structure. */
static void test_anneal_renews_clusters(void **state)
{
    (void)state;
    oxide_model m;
    metal_model(&m, 5, 5, 5, 5.0, 700.0);
    water_model(&m, 1.5);
    sw_lattice *lattice = create_lattice(&m.model, 1);
    size_t sites = sw_lattice_sites(lattice), differ = 0;
    sw_error error = {0};
    uint16_t old[16 * 125], kept[16 * 125];
    assert_true(sites == sizeof old / sizeof *old);
    memcpy(old, lattice->supply.cluster_of, sizeof old);
    assert_int_equal(sw_lattice_anneal(lattice, ONLY(FE), 20000, 3000.0, 3000.0, 0.0, &error),
                     SW_OK);
    memcpy(kept, lattice->supply.cluster_of, sizeof kept);
    assert_int_equal(sw_supply_refresh(lattice), SW_OK);
    assert_memory_equal(kept, lattice->supply.cluster_of, sizeof kept);
    for (size_t s = 0; s < sites; s++)
        differ += kept[s] != old[s];
    assert_true(differ > 0);
    assert_int_equal(sw_lattice_audit(lattice, &error), SW_OK);
    sw_lattice_destroy(lattice);
}

/* Carriers bound by too much oxygen, and clusters that are too small, have none. */
static void test_who_carries(void **state)
{
    (void)state;
    oxide_model m;
    metal_model(&m, 4, 4, 4, 0.0, 700.0);
    sw_lattice *lattice = create_lattice(&m.model, 1);
    put(lattice, 6, 6, 4, FE);
    put(lattice, 8, 8, 4, FE);
    put(lattice, 6, 8, 6, FE);
    assert_int_equal(sw_supply_refresh(lattice), SW_OK);
    assert_int_equal(lattice->supply.clusters, 1); /* three: too small */
    put(lattice, 8, 6, 6, FE);
    assert_int_equal(sw_supply_refresh(lattice), SW_OK);
    assert_int_equal(lattice->supply.clusters, 2);
    assert_int_equal(lattice->supply.cluster[1].exposed, 4);
    put(lattice, 6, 6, 2, OX);
    put(lattice, 4, 6, 4, OX);
    assert_int_equal(sw_supply_refresh(lattice), SW_OK);
    assert_int_equal(lattice->supply.clusters, 2); /* two oxygens are allowed */
    put(lattice, 6, 4, 4, OX);
    assert_int_equal(sw_supply_refresh(lattice), SW_OK);
    assert_int_equal(lattice->supply.clusters, 1);
    sw_lattice_destroy(lattice);
}

static size_t cluster_at(const sw_lattice *lattice, size_t site)
{
    return lattice->supply.cluster_of[site];
}

/* ---- spillover field --------------------------------------------------------------------------- */

/* A layer of cations along x carries the field away from a block of metal at its end. */
static sw_lattice *field_lattice(oxide_model *m, bool contact_only)
{
    metal_model(m, 12, 4, 4, 0.0, 900.0);
    water_model(m, 1.5);
    m->model.supply.bound_at_most = 2;
    m->model.spillover.contact_only = contact_only;
    m->model.spillover.loss_barrier = 1.1;
    sw_lattice *lattice = create_lattice(&m->model, 1);
    for (size_t s = 0; s < sw_lattice_sites(lattice); s++) {
        double p[3];
        sw_lattice_position(p, lattice, s);
        int kind = sw_lattice_kind(lattice, s);
        int next = kind == OXYGEN ? OX : FE;
        if (kind == TETRAHEDRAL || p[2] > 4.5)
            continue;
        if (p[0] > 4.5 || kind == CATION)
            put_species(lattice, s, next);
    }
    assert_int_equal(sw_supply_refresh(lattice), SW_OK);
    assert_int_equal(lattice->supply.clusters, 2);
    return lattice;
}

static void test_field_decays_with_path(void **state)
{
    (void)state;
    oxide_model m;
    sw_lattice *lattice = field_lattice(&m, false);
    double length = sqrt(exp(0.2 / lattice->thermal)); /* in steps */
    double factor = exp(-1.0 / length);
    int values = 0, away = 0;
    for (size_t s = 0; s < sw_lattice_sites(lattice); s++) {
        double field = (double)lattice->supply.field[s], best = 0.0;
        if (sw_lattice_kind(lattice, s) != OXYGEN) {
            assert_true(field == 0.0);
            continue;
        }
        if (field == 0.0)
            continue;
        double steps = -log(field) * length;
        assert_true(fabs(steps - nearbyint(steps)) < 1e-3); /* a whole number of steps */
        values += steps > 5.5;
        away += steps > 0.5;
        const sw_steps *along = &lattice->supply.along[lattice->geometry.basis[s]];
        for (size_t i = 0; i < along->count; i++) {
            uint32_t at = sw_geometry_follow(&lattice->geometry, (uint32_t)s, along->list[i]);
            if (at < lattice->geometry.sites)
                best = fmax(best, (double)lattice->supply.field[at]);
        }
        if (steps > 0.5) /* one step beyond the nearest neighbour */
            assert_true(fabs(field / (best * factor) - 1.0) < 1e-5);
        assert_int_equal(cluster_at(lattice, s), 1);
    }
    assert_true(away > 30 && values > 5);
    sw_lattice_destroy(lattice);
    lattice = field_lattice(&m, true);
    for (size_t s = 0; s < sw_lattice_sites(lattice); s++)
        assert_true(lattice->supply.field[s] == 0.0f || lattice->supply.field[s] == 1.0f);
    sw_lattice_destroy(lattice);
}

/* Whether a site is occupied itself changes nothing about its own field: the rate of leaving and
 * of coming back are multiplied by the same number. */
static void test_field_without_own_occupation(void **state)
{
    (void)state;
    oxide_model m;
    sw_lattice *lattice = field_lattice(&m, false);
    int compared = 0;
    for (size_t s = 0; s < sw_lattice_sites(lattice); s++) {
        double p[3];
        sw_lattice_position(p, lattice, s);
        if (sw_lattice_kind(lattice, s) != OXYGEN || p[0] < 9.0 ||
            lattice->supply.field[s] == 0.0f)
            continue;
        int held = sw_lattice_species(lattice, s);
        float field = lattice->supply.field[s];
        put_species(lattice, s, held == OX ? EMPTY : OX);
        sw_spillover_refresh(lattice);
        assert_true(lattice->supply.field[s] == field);
        put_species(lattice, s, held);
        sw_spillover_refresh(lattice);
        compared++;
    }
    assert_true(compared > 20);
    sw_lattice_destroy(lattice);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_inventory_follows_master_equation),
        cmocka_unit_test(test_inventory_is_poisson),
        cmocka_unit_test(test_inventory_leaves_without_gas),
        cmocka_unit_test(test_coverage_is_dissociative_langmuir),
        cmocka_unit_test(test_water_within_arrival),
        cmocka_unit_test(test_balance_at_equilibrium),
        cmocka_unit_test(test_balance_of_small_clusters),
        cmocka_unit_test(test_no_cluster_neither_way),
        cmocka_unit_test(test_split_and_merge),
        cmocka_unit_test(test_moved_atom_keeps_inventory),
        cmocka_unit_test(test_anneal_renews_clusters),
        cmocka_unit_test(test_who_carries),
        cmocka_unit_test(test_field_decays_with_path),
        cmocka_unit_test(test_field_without_own_occupation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
