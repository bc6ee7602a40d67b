/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The adsorbate that each cluster of carriers shares, and the field that spills over from it. */
#include "lattice/state.h"
#include "lattice_steps.h"
#include "oxide_models.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

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

/* From empty, n(t) = n_eq tanh(2 J t / n_eq), whether followed in one step or in many. */
static void test_inventory_is_tanh(void **state)
{
    (void)state;
    oxide_model m;
    metal_model(&m, 5, 5, 5, 5.0, 700.0);
    sw_lattice *lattice = create_lattice(&m.model, 1);
    assert_int_equal(lattice->supply.clusters, 2);
    sw_cluster *cluster = &lattice->supply.cluster[1];
    double coverage = sw_supply_coverage(lattice);
    assert_true(coverage > 0.01 && coverage < 1.0);
    assert_true(cluster->exposed > 10 && cluster->carriers > cluster->exposed);
    assert_true(fabs(cluster->capacity - coverage * cluster->exposed) < 1e-12);
    double expected = cluster->exposed * exp(-0.1 / lattice->thermal) *
                      sw_collision_rate(sw_substance_find("H2"), 700.0, 2e4, 5.0);
    assert_true(fabs(cluster->arrival / expected - 1.0) < 1e-12);
    cluster->inventory = 0.0;
    sw_supply_bound(lattice);
    double unit = cluster->capacity / (2.0 * cluster->arrival);
    for (int i = 1; i <= 40; i++) {
        advance_to_time(lattice, 0.1 * i * unit);
        double exact = cluster->capacity * tanh(0.1 * i);
        assert_true(fabs(cluster->inventory / exact - 1.0) < 1e-10);
        assert_true(sw_supply_c(lattice, 1) <= lattice->supply.bound_on_c * (1.0 + 1e-12));
    }
    assert_true(fabs(lattice->supply.arrived - cluster->inventory) < 1e-9);
    /* from above it is coth */
    cluster->inventory = 2.0 * cluster->capacity;
    double start = sw_lattice_time(lattice), phase = atanh(0.5);
    sw_supply_bound(lattice);
    for (int i = 1; i <= 10; i++) {
        advance_to_time(lattice, start + 0.2 * i * unit);
        double exact = cluster->capacity / tanh(0.2 * i + phase);
        assert_true(fabs(cluster->inventory / exact - 1.0) < 1e-9);
    }
    assert_int_equal(sw_lattice_events(lattice), 0);
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
    sw_lattice_set_pressure(lattice, 0, 8e4);
    double high = sw_supply_coverage(lattice);
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
    m->model.spillover = (sw_spillover){.present = true,
                                        .kind = OXYGEN,
                                        .step = NEIGHBOUR,
                                        .contact = NEIGHBOUR,
                                        .hop_prefactor = 1e13,
                                        .hop_barrier = 0.9,
                                        .loss_prefactor = 1e13,
                                        .loss_barrier = 1.2,
                                        .smallest = 1e-3,
                                        .refresh = 50};
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
 * comes (each site alternates), and half the sites are full: detailed balance with c = 1. The
 * occupation is averaged over many flips of many independent sites; 6 standard errors. */
static void test_balance_at_equilibrium(void **state)
{
    (void)state;
    const double temperature = 800.0;
    oxide_model m;
    metal_model(&m, 7, 7, 7, 7.0, temperature);
    oxide_model_fill(&m, OXYGEN, OX, 12.0);
    m.fill[1].fraction[OX] = 0.5;
    water_model(&m, 1.5);
    m.model.energetics.site_terms = 1;
    sw_standard_state hydrogen, water;
    assert_int_equal(
        sw_substance_state(&hydrogen, sw_substance_find("H2"), temperature, NULL), SW_OK);
    assert_int_equal(
        sw_substance_state(&water, sw_substance_find("H2O"), temperature, NULL), SW_OK);
    /* G(empty) + H2O = G(O) + H2 at these pressures */
    double kt = SW_BOLTZMANN * temperature;
    double energy = water.gibbs - hydrogen.gibbs + kt * log(100.0 / 2e4);
    m.site[0] = (sw_site_term){ONLY(OX), KIND(OXYGEN), energy};
    sw_lattice *lattice = create_lattice(&m.model, 8);
    advance_until(lattice, INFINITY, 4000);
    double sum = 0.0, square = 0.0, weight = 0.0;
    uint64_t forward = sw_lattice_process_events(lattice, 1, false),
             reverse = sw_lattice_process_events(lattice, 1, true);
    size_t first = sw_lattice_count(lattice, ONLY(OX), KIND(OXYGEN));
    size_t sites = 0;
    sw_channel *channels;
    assert_int_equal(sw_lattice_channels(&channels, &sites, lattice), SW_OK);
    size_t moving = 0, full = 0;
    for (size_t c = 0; c < sites; c++)
        if (channels[c].process == 1 && lattice->supply.field[channels[c].anchor] > 0.0f)
            moving++;
    free(channels);
    assert_true(moving > 60);
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
    lattice->supply.cluster[2].inventory = 7.5;
    put(lattice, 10, 2, 4, FE);
    put(lattice, 12, 4, 4, FE);
    assert_int_equal(sw_supply_refresh(lattice), SW_OK);
    assert_int_equal(lattice->supply.clusters, 2);
    assert_true(fabs(total_inventory(lattice) - 10.5) < 1e-9);
    uint32_t joined = lattice->supply.cluster[1].carriers;
    put(lattice, 12, 4, 4, EMPTY);
    assert_int_equal(sw_supply_refresh(lattice), SW_OK);
    assert_int_equal(lattice->supply.clusters, 3);
    assert_true(fabs(total_inventory(lattice) - 10.5) < 1e-9);
    assert_int_equal(
        lattice->supply.cluster[1].carriers + lattice->supply.cluster[2].carriers, joined - 1);
    double each = 10.5 / (joined - 1);
    for (int c = 1; c <= 2; c++)
        assert_true(fabs(lattice->supply.cluster[c].inventory -
                         each * lattice->supply.cluster[c].carriers) < 1e-9);
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
        assert_int_equal(sw_supply_cluster_at(lattice, (uint32_t)s), 1);
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
        cmocka_unit_test(test_inventory_is_tanh),
        cmocka_unit_test(test_coverage_is_dissociative_langmuir),
        cmocka_unit_test(test_water_within_arrival),
        cmocka_unit_test(test_balance_at_equilibrium),
        cmocka_unit_test(test_split_and_merge),
        cmocka_unit_test(test_moved_atom_keeps_inventory),
        cmocka_unit_test(test_who_carries),
        cmocka_unit_test(test_field_decays_with_path),
        cmocka_unit_test(test_field_without_own_occupation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
