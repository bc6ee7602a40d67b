/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exchange with reservoirs against exact occupations, and the energies of faces that can be
 * counted in broken bonds. */
#include "lattice/state.h"
#include "oxide_models.h"
#include "small_models.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static const bool periodic[3] = {1, 1, 1};

static sw_lattice *create(const sw_lattice_model *model, uint64_t seed) {
    sw_lattice *lattice = NULL;
    sw_error error = {0};
    if (sw_lattice_create(&lattice, model, seed, NULL, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    return lattice;
}

static void run_exchange(sw_lattice *lattice, const sw_exchange *plan) {
    sw_error error = {0};
    if (sw_lattice_exchange(lattice, plan, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
}

/* Within 5.5 standard deviations of the binomial: false alarm below 4e-8. */
static void check_share(double count, double sites, double share) {
    if (fabs(count - sites * share) > 5.5 * sqrt(sites * share * (1.0 - share)))
        fail_msg("%.0f of %.0f sites, expected the share %.5f", count, sites, share);
}

/* Two species compete for two kinds of site of different energy: each site is occupied as in the
 * ideal lattice gas, weight exp(-(e - mu)/kT) against 1. A swap whose ways there and back were
 * weighed wrongly would show as a shift between the kinds: they have unlike numbers of neighbours. */
static void test_ideal_lattice_gas(void **state) {
    (void)state;
    const double temperature = 900.0, thermal = SW_BOLTZMANN * temperature, tetrahedral = 0.08;
    const double potential[4] = {0.0, -0.05, 0.03, 0.02};
    oxide_model m;
    oxide_model_init(&m, 8, 8, 8, periodic, temperature);
    m.site[m.model.energetics.site_terms++] =
        (sw_site_term){.species = METALS, .kinds = KIND(TETRAHEDRAL), .energy = tetrahedral};
    sw_lattice *lattice = create(&m.model, 3);
    run_exchange(lattice, &(sw_exchange){.species = METALS | ONLY(OX),
                                         .potential = potential,
                                         .moves = 400000, /* 49 trials a site */
                                         .first_temperature = temperature,
                                         .last_temperature = temperature});
    const double kinds[3] = {4.0 * 512, 4.0 * 512, 8.0 * 512}, cost[3] = {0.0, 0.0, tetrahedral};
    for (int kind = 0; kind < 3; kind++) {
        double weight[4] = {1.0}, sum = 1.0;
        for (int s = FE; s <= OX; s++) {
            bool may = kind == OXYGEN ? s == OX : s != OX;
            weight[s] = may ? exp((potential[s] - cost[kind]) / thermal) : 0.0;
            sum += weight[s];
        }
        for (int s = FE; s <= OX; s++)
            check_share((double)sw_lattice_count(lattice, ONLY(s), KIND(kind)), kinds[kind],
                        weight[s] / sum);
    }
    sw_error error = {0};
    if (sw_lattice_audit(lattice, &error) != SW_OK)
        fail_msg("%s", error.message);
    sw_lattice_destroy(lattice);
}

/* A ring of five sites with bonds between neighbours: exact weights of the numbers of atoms by
 * enumeration, observed in independent runs. chi-square of five degrees of freedom beyond 42:
 * false alarm 6e-8. */
static void test_interacting_ring(void **state) {
    (void)state;
    enum { SITES = 5, RUNS = 3000 };
    const double temperature = 800.0, thermal = SW_BOLTZMANN * temperature, bond = -0.06;
    const double potential[3] = {0.0, -0.05, 0.0};
    small_model m;
    small_model_init(&m, SITES, 1, 1, true, temperature);
    small_model_pair(&m, A_SET, A_SET, 2.0, bond);
    double weight[SITES + 1] = {0.0}, sum = 0.0, observed[SITES + 1] = {0.0}, chi_square = 0.0;
    for (unsigned set = 0; set < 1u << SITES; set++) {
        unsigned next = (set >> 1 | set << (SITES - 1)) & ((1u << SITES) - 1);
        int atoms = __builtin_popcount(set), bonds = __builtin_popcount(set & next);
        double boltzmann = exp(-(bonds * bond - atoms * potential[1]) / thermal);
        weight[atoms] += boltzmann;
        sum += boltzmann;
    }
    for (uint64_t seed = 1; seed <= RUNS; seed++) {
        sw_lattice *lattice = create(&m.model, seed);
        run_exchange(lattice, &(sw_exchange){.species = A_SET,
                                             .potential = potential,
                                             .moves = 300,
                                             .first_temperature = temperature,
                                             .last_temperature = temperature});
        observed[sw_lattice_count(lattice, A_SET, ~0u)]++;
        sw_lattice_destroy(lattice);
    }
    for (int atoms = 0; atoms <= SITES; atoms++) {
        double expected = RUNS * weight[atoms] / sum;
        assert_true(expected > 50.0);
        chi_square += pow(observed[atoms] - expected, 2.0) / expected;
    }
    if (chi_square > 42.0)
        fail_msg("chi-square %.1f of 5 degrees of freedom", chi_square);
}

static void test_held_sites_and_species_stay(void **state) {
    (void)state;
    const double potential[4] = {0.0, 0.5, 0.5, 0.5};
    oxide_model m;
    oxide_model_init(&m, 4, 4, 4, periodic, 800.0);
    m.fill[0] = (sw_fill){.crystal = -1, .kinds = KIND(CATION), .fraction = {0.0, 0.0, 0.5, 0.0}};
    m.model.structure.fills = 1;
    sw_lattice *lattice = create(&m.model, 5), *before = create(&m.model, 5);
    size_t sites = sw_lattice_sites(lattice), changed = 0;
    uint8_t *held = calloc(sites, 1);
    for (size_t s = 0; s < sites; s++)
        held[s] = s % 3 == 0;
    run_exchange(lattice, &(sw_exchange){.species = ONLY(FE),
                                         .potential = potential,
                                         .held = held,
                                         .moves = 20000,
                                         .first_temperature = 900.0,
                                         .last_temperature = 600.0});
    for (size_t s = 0; s < sites; s++) {
        int was = sw_lattice_species(before, s), is = sw_lattice_species(lattice, s);
        assert_true(was == is || (!held[s] && was == EMPTY && is == FE));
        changed += was != is;
    }
    assert_true(changed > 100);
    free(held);
    sw_lattice_destroy(lattice);
    sw_lattice_destroy(before);
}

static void test_same_seed_same_atoms(void **state) {
    (void)state;
    const double potential[4] = {0.0, -0.02, 0.0, 0.0};
    oxide_model m;
    oxide_model_init(&m, 4, 4, 4, periodic, 800.0);
    oxide_model_pair(&m, ONLY(FE), CATION, ONLY(FE), CATION, NEIGHBOUR, -0.02);
    const sw_exchange plan = {.species = ONLY(FE),
                              .potential = potential,
                              .moves = 5000,
                              .first_temperature = 1000.0,
                              .last_temperature = 500.0};
    sw_lattice *one = create(&m.model, 8), *same = create(&m.model, 8),
               *other = create(&m.model, 9);
    run_exchange(one, &plan);
    run_exchange(same, &plan);
    run_exchange(other, &plan);
    size_t different = 0;
    for (size_t s = 0; s < sw_lattice_sites(one); s++) {
        assert_int_equal(sw_lattice_species(one, s), sw_lattice_species(same, s));
        different += sw_lattice_species(one, s) != sw_lattice_species(other, s);
    }
    assert_true(different > 50);
    sw_lattice_destroy(one);
    sw_lattice_destroy(same);
    sw_lattice_destroy(other);
}

static void test_wrong_plans_are_refused(void **state) {
    (void)state;
    const double potential[3] = {0};
    small_model m;
    small_model_init(&m, 3, 3, 3, true, 500.0);
    sw_lattice *lattice = create(&m.model, 1);
    sw_error error = {0};
    sw_exchange plan = {.species = A_SET, .first_temperature = 500, .last_temperature = 500};
    assert_int_equal(sw_lattice_exchange(lattice, &plan, &error), SW_ERROR_ARGUMENT);
    assert_string_equal(error.place, "potential");
    plan.potential = potential;
    plan.last_temperature = 0.0;
    assert_int_equal(sw_lattice_exchange(lattice, &plan, &error), SW_ERROR_ARGUMENT);
    assert_string_equal(error.place, "temperature");
    sw_lattice_destroy(lattice);
}

/* ---- faces ----------------------------------------------------------------------------------- */

#define BOND_ENERGY 0.3 /* eV, simple cubic crystal of edge 2 A */

static const sw_crystal_site every_site[] = {{1, {0, 0, 0}}};
static const sw_crystal crystals[] = {{"cubic", 0.0, 1, every_site}};

static void cubic_crystal(small_model *m) {
    small_model_init(m, 4, 4, 4, false, 600.0);
    small_model_pair(m, A_SET, A_SET, 2.0, -BOND_ENERGY);
    m->model.structure.crystals = 1;
    m->model.structure.crystal = crystals;
}

static sw_face face_of(int h, int k, int l, double thickness) {
    return (sw_face){.crystal = "cubic",
                     .indices = {h, k, l},
                     .cells = {12, 12, 12},
                     .from = 0.1,
                     .thickness = thickness,
                     .depth = 2.5,
                     .species = A_SET,
                     .balance = 1,
                     .moves = 100000,
                     .first_temperature = 400.0,
                     .last_temperature = 100.0};
}

/* Half a bond for each that is broken: (h + k + l)/sqrt(hh + kk + ll) of them on the area of a
 * face of the cell, however the surface is stepped. */
static void check_face(int h, int k, int l, double thickness) {
    const double potential[3] = {0};
    small_model m;
    cubic_crystal(&m);
    sw_face face = face_of(h, k, l, thickness);
    sw_surface surface;
    sw_error error = {0};
    if (sw_lattice_surface(&surface, &m.model, &face, potential, 2, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    double length = sqrt(h * h + k * k + l * l);
    double expected = 0.5 * BOND_ENERGY * (h + k + l) / length / 4.0;
    assert_true(fabs(surface.potential[1] + 3.0 * BOND_ENERGY) < 1e-9);
    assert_true(fabs(surface.area - 2.0 * 144.0 * 4.0 * length) < 1e-6);
    assert_true(fabs(surface.cut_energy - expected) < 1e-9);
    assert_true(fabs(surface.energy - expected) < 1e-9);
    double same = (surface.total - surface.potential[1] * surface.atoms[1]) / surface.area;
    assert_true(fabs(surface.energy - same) < 1e-9);
}

static void test_faces_by_broken_bonds(void **state) {
    (void)state;
    check_face(1, 0, 0, 12.0);
    check_face(1, 1, 0, 8.4);
    check_face(1, 1, 1, 6.9);
}

static void check_refused(const sw_face *face, const char *place) {
    const double potential[3] = {0};
    small_model m;
    cubic_crystal(&m);
    sw_surface surface;
    sw_error error = {0};
    assert_int_equal(sw_lattice_surface(&surface, &m.model, face, potential, 1, &error),
                     SW_ERROR_ARGUMENT);
    assert_string_equal(error.place, place);
    assert_true(error.message[0] && error.hint[0]);
}

static void test_wrong_faces_are_refused(void **state) {
    (void)state;
    sw_face face = face_of(1, 0, 0, 12.0);
    face.crystal = "hexagonal";
    check_refused(&face, "crystal");
    face = face_of(2, 0, 0, 12.0);
    check_refused(&face, "normal");
    face = face_of(1, 0, 0, 4.9); /* no core */
    check_refused(&face, "thickness");
    face = face_of(1, 0, 0, 19.1); /* no gap */
    check_refused(&face, "thickness");
    face = face_of(1, 0, 0, 12.0);
    face.balance = 2; /* not in the crystal */
    check_refused(&face, "balance");
    face.balance = 7;
    check_refused(&face, "balance");
    face = face_of(1, 0, 0, 12.0);
    face.cells[1] = 0;
    check_refused(&face, "cells");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ideal_lattice_gas),
        cmocka_unit_test(test_interacting_ring),
        cmocka_unit_test(test_held_sites_and_species_stay),
        cmocka_unit_test(test_same_seed_same_atoms),
        cmocka_unit_test(test_wrong_plans_are_refused),
        cmocka_unit_test(test_faces_by_broken_bonds),
        cmocka_unit_test(test_wrong_faces_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
