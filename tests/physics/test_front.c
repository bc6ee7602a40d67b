/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fe2o3-nio-front: its energies give the partitioning enthalpies, the boundary with the gas and the
 * vacancies that they were made from; events keep the elements, and the water they make is the
 * oxygen that is gone.
 */
#include "physics/built_in.h"

#include <spillway/thermo.h>

#include <math.h>

enum { EMPTY, FE, NI, FE_ION, NI_ION, OX };
enum { CATION, ANION };
#define ALL (~0u)
#define BOLTZMANN 8.617333262e-5        /* eV/K */
#define LAYER (4.31 * 1.73205081 / 3.0) /* A between layers of cations */

typedef enum filling { METAL, OXIDE, OXYGEN_TERMINATED, IRON_TERMINATED } filling;

/* Layer of a site: whole numbers for cations, halves for oxygen. */
static double layer_of(const sw_lattice *lattice, size_t site) {
    double p[3];
    sw_lattice_position(p, lattice, site);
    return nearbyint(2.0 * p[2] / LAYER) / 2.0;
}

/* Oxide below layer 18, nickel from there on; or all of one. */
static int species_in(filling what, int kind, double layer) {
    bool metal = what == METAL || (what != OXIDE && layer > 17.75);
    if (what == IRON_TERMINATED && layer == 18.0)
        return FE_ION;
    if (kind == ANION)
        return metal ? EMPTY : OX;
    return metal ? NI : FE_ION;
}

static void fill(sw_lattice *lattice, filling what) {
    for (size_t s = 0; s < sw_lattice_sites(lattice); s++)
        assert_int_equal(
            sw_lattice_set(lattice, s,
                           species_in(what, sw_lattice_kind(lattice, s), layer_of(lattice, s))),
            SW_OK);
}

/* The n-th cation site of a layer. */
static size_t site_in(const sw_lattice *lattice, double layer, size_t n) {
    for (size_t s = 0; s < sw_lattice_sites(lattice); s++)
        if (sw_lattice_kind(lattice, s) == CATION && layer_of(lattice, s) == layer && n-- == 0)
            return s;
    fail_msg("layer %g has too few sites", layer);
    return 0;
}

static void open_front(built_in *b, const char *const *without, size_t count) {
    const sw_setting small = {"frame.size", "[8, 5, 12]"};
    sw_error error = {0};
    if (sw_model_load(&b->model, "fe2o3-nio-front", &small, 1, without, count, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    b->lattice = create_lattice(sw_model_lattice(b->model), 3);
}

static double change(sw_lattice *lattice, size_t site, int species) {
    double before = sw_lattice_energy(lattice);
    assert_int_equal(sw_lattice_set(lattice, site, species), SW_OK);
    return sw_lattice_energy(lattice) - before;
}

/* Fe of a cation layer and Ni of a metal layer change places, far from each other. */
static double exchange(sw_lattice *lattice, filling what, double oxide, double metal) {
    fill(lattice, what);
    return change(lattice, site_in(lattice, oxide, 0), NI_ION) +
           change(lattice, site_in(lattice, metal, 60), FE);
}

static double partitioning(sw_lattice *lattice) {
    fill(lattice, METAL);
    double metal = change(lattice, site_in(lattice, 5.0, 0), FE);
    fill(lattice, OXIDE);
    return metal + change(lattice, site_in(lattice, 5.0, 0), NI_ION);
}

/* The three energies of Fig. 5 of the paper, and what bulk thermochemistry says. */
static void test_partitioning(void **state) {
    (void)state;
    built_in b;
    const char *without[] = {"paper-partitioning"};
    open_front(&b, NULL, 0);
    assert_true(fabs(partitioning(b.lattice) + 0.26) < 1e-3);
    assert_true(fabs(exchange(b.lattice, IRON_TERMINATED, 18.0, 19.0) - 0.25) < 1e-3);
    assert_true(fabs(exchange(b.lattice, OXYGEN_TERMINATED, 17.0, 18.0) + 0.21) < 1e-3);
    built_in_destroy(&b);
    open_front(&b, without, 1);
    assert_true(fabs(partitioning(b.lattice) - 0.51) < 1e-3);
    built_in_destroy(&b);
}

static double sw_diagram_gibbs_of(const char *name) {
    sw_standard_state state;
    assert_int_equal(sw_substance_state(&state, sw_substance_find(name), 973.15, NULL), SW_OK);
    return state.gibbs;
}

/* Ideal vacancies, x of the cation sites: mu(Fe) = E(Fe2+) + kT ln((1-x)/x) and
 * mu(O) = E(O) + kT ln x. */
static void test_boundary(void **state) {
    (void)state;
    built_in b;
    open_front(&b, NULL, 0);
    double thermal = BOLTZMANN * 973.15;
    fill(b.lattice, METAL);
    for (size_t s = 0; s < sw_lattice_sites(b.lattice); s++)
        if (sw_lattice_species(b.lattice, s) == NI)
            assert_int_equal(sw_lattice_set(b.lattice, s, FE), SW_OK);
    double iron = sw_lattice_energy(b.lattice) / (double)sw_lattice_count(b.lattice, 1u << FE, ALL);
    fill(b.lattice, OXIDE);
    double formula =
        sw_lattice_energy(b.lattice) / (double)sw_lattice_count(b.lattice, 1u << OX, ALL);
    double ion = -change(b.lattice, site_in(b.lattice, 5.0, 0), EMPTY);
    double vacant = 1.0 / (1.0 + exp((iron - ion) / thermal));
    double oxygen = formula - ion + thermal * log(vacant);
    double ratio = exp((oxygen - sw_diagram_gibbs_of("H2O") + sw_diagram_gibbs_of("H2")) / thermal);
    if (!(fabs(vacant - 0.048) < 5e-4 && ratio > 0.42 && ratio < 0.44))
        fail_msg("%.4f of the cations are missing, pH2O/pH2 = %.4f", vacant, ratio);
    built_in_destroy(&b);
}

/* Water made by all processes so far. */
static double water_made(const sw_lattice *lattice, const sw_lattice_model *model) {
    double made = 0.0;
    for (size_t p = 0; p < model->processes; p++)
        if (model->process[p].gas_changes > 0)
            made += (double)sw_lattice_process_events(lattice, p, false) -
                    (double)sw_lattice_process_events(lattice, p, true);
    return made;
}

static void test_balance(void **state) {
    (void)state;
    built_in b;
    open_front(&b, NULL, 0);
    double iron = (double)sw_lattice_count(b.lattice, 1u << FE | 1u << FE_ION, ALL);
    double nickel = (double)sw_lattice_count(b.lattice, 1u << NI | 1u << NI_ION, ALL);
    double oxygen = (double)sw_lattice_count(b.lattice, 1u << OX, ALL);
    advance_by_events(b.lattice, 10000);
    double made = water_made(b.lattice, sw_model_lattice(b.model));
    assert_true(made != 0.0);
    assert_true(iron == (double)sw_lattice_count(b.lattice, 1u << FE | 1u << FE_ION, ALL));
    assert_true(nickel == (double)sw_lattice_count(b.lattice, 1u << NI | 1u << NI_ION, ALL));
    assert_true(oxygen == made + (double)sw_lattice_count(b.lattice, 1u << OX, ALL));
    audit_lattice(b.lattice);
    built_in_destroy(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_partitioning),
        cmocka_unit_test(test_boundary),
        cmocka_unit_test(test_balance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
