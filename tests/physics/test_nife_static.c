/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The energetics of nife-fe3o4 without time: what the perfect phases, a vacancy and the order of
 * the cations cost, against the thermodynamic tables.
 */
#include <spillway/lattice.h>
#include <spillway/thermo.h>

#include "base/random.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { OCTAHEDRAL, OXYGEN_SITE, TETRAHEDRAL };
enum { EMPTY, FE, NI, OX };
/* ZINCBLENDE: FeO with iron on one of the two tetrahedral sublattices. THREEFOLD: the same less one
 * pair of neighbours in four, so that every iron has three oxygens and every oxygen three irons.
 * Fe3O4 beside SPINEL: rock salt and zincblende less one iron in four. */
typedef enum phase {
    IRON,
    NICKEL,
    IRON_OXIDE,
    NICKEL_OXIDE,
    SPINEL,
    ZINCBLENDE,
    THREEFOLD,
    VACANT_ROCK_SALT,
    VACANT_ZINCBLENDE
} phase;
#define CATIONS (1u << FE | 1u << NI)
#define ALL (~0u)
#define REACH 6.2 /* A: far enough that atoms need not pass between close cations */

typedef struct bench {
    sw_model *model;
    sw_lattice *lattice;
    double lattice_constant;
} bench;

static void open_bench(bench *b, const char *size, uint64_t seed) {
    const char *source = getenv("SPILLWAY_SOURCE");
    char path[4096];
    snprintf(path, sizeof path, "%s/models/nife-fe3o4/model.yaml", source ? source : ".");
    const sw_setting settings[] = {{"frame.size", size},
                                   {"frame.periodic", "[true, true, true]"},
                                   {"structure.relax.moves", "0"}};
    sw_error error = {0};
    if (sw_model_load(&b->model, path, settings, 3, NULL, 0, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    const sw_lattice_model *model = sw_model_lattice(b->model);
    assert_string_equal(model->species[FE].name, "Fe");
    assert_string_equal(model->species[OX].name, "O");
    assert_string_equal(model->frame.kind_names[TETRAHEDRAL], "tetrahedral");
    b->lattice_constant = model->frame.lattice_constant;
    if (sw_lattice_create(&b->lattice, model, seed, NULL, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
}

static void close_bench(bench *b) {
    sw_lattice_destroy(b->lattice);
    sw_model_destroy(b->model);
}

static bool equal_in_period(double a, double b) {
    double apart = (a - b) / 2.0;
    return fabs(apart - nearbyint(apart)) < 0.01;
}

/* Cations of spinel: a quarter of the face-centred lattice of cells holds the four octahedral and
 * two tetrahedral sites (in lattice constants of the oxygen lattice; period 2). */
static bool spinel_cation(const double p[3], int kind) {
    static const double octahedral[4][3] = {{0, 0, 0}, {0, 0.5, 0.5}, {0.5, 0, 0.5}, {0.5, 0.5, 0}};
    static const double tetrahedral[2][3] = {{0.75, 0.75, 0.75}, {1.25, 1.25, 1.25}};
    static const double centring[4][3] = {{0, 0, 0}, {0, 1, 1}, {1, 0, 1}, {1, 1, 0}};
    const double(*site)[3] = kind == OCTAHEDRAL ? octahedral : tetrahedral;
    for (int c = 0; c < 4; c++)
        for (int i = 0; i < (kind == OCTAHEDRAL ? 4 : 2); i++)
            if (equal_in_period(p[0], site[i][0] + centring[c][0]) &&
                equal_in_period(p[1], site[i][1] + centring[c][1]) &&
                equal_in_period(p[2], site[i][2] + centring[c][2]))
                return true;
    return false;
}

/* Every coordinate is this fraction of a lattice constant: one site in four of a sublattice. */
static bool at_fraction(const double p[3], double fraction) {
    for (int d = 0; d < 3; d++)
        if (fabs(p[d] - fraction - nearbyint(p[d] - fraction)) > 0.01)
            return false;
    return true;
}

/* The tetrahedral sublattice of (1/4, 1/4, 1/4). */
static bool on_first_sublattice(const double p[3]) {
    double sum = p[0] + p[1] + p[2] - 0.75;
    return fabs(sum - nearbyint(sum)) < 0.01;
}

static int species_without_octahedra(phase what, int kind, const double p[3]) {
    if (kind == OXYGEN_SITE)
        return what == THREEFOLD && at_fraction(p, 0.5) ? EMPTY : OX;
    if (kind != TETRAHEDRAL || !on_first_sublattice(p))
        return EMPTY;
    return what != ZINCBLENDE && at_fraction(p, 0.25) ? EMPTY : FE;
}

static int species_in(phase what, int kind, const double p[3]) {
    if (what == ZINCBLENDE || what == THREEFOLD || what == VACANT_ZINCBLENDE)
        return species_without_octahedra(what, kind, p);
    if (what == VACANT_ROCK_SALT && kind == OCTAHEDRAL && at_fraction(p, 0.0))
        return EMPTY;
    int metal = what == NICKEL || what == NICKEL_OXIDE ? NI : FE;
    if (kind == OXYGEN_SITE)
        return what == IRON || what == NICKEL ? EMPTY : OX;
    if (what == SPINEL)
        return spinel_cation(p, kind) ? FE : EMPTY;
    return kind == OCTAHEDRAL ? metal : EMPTY;
}

static void fill(bench *b, phase what) {
    for (size_t s = 0; s < sw_lattice_sites(b->lattice); s++) {
        double p[3];
        sw_lattice_position(p, b->lattice, s);
        for (int d = 0; d < 3; d++)
            p[d] /= b->lattice_constant;
        assert_int_equal(
            sw_lattice_set(b->lattice, s, species_in(what, sw_lattice_kind(b->lattice, s), p)),
            SW_OK);
    }
}

static double count(const bench *b, int species) {
    return (double)sw_lattice_count(b->lattice, 1u << species, ALL);
}

/* eV per atom of metal, per oxygen of an oxide */
static double energy_of(bench *b, phase what) {
    fill(b, what);
    double oxygen = count(b, OX), metal = count(b, FE) + count(b, NI);
    return sw_lattice_energy(b->lattice) / (oxygen > 0.0 ? oxygen : metal);
}

static double half_oxygen(double temperature) {
    sw_standard_state oxygen;
    assert_int_equal(sw_substance_state(&oxygen, sw_substance_find("O2"), temperature, NULL),
                     SW_OK);
    return 0.5 * oxygen.gibbs;
}

/* ---- formation ------------------------------------------------------------------------------- */

static void compare_formation(const char *reaction, double oxygens, double here, double tolerance) {
    double table;
    sw_error error = {0};
    if (sw_reaction_gibbs(&table, reaction, 973.15, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    table /= oxygens;
    if (fabs(here - table) > tolerance)
        fail_msg("%s: %.4f eV per oxygen, tables %.4f", reaction, here, table);
}

static void test_formation(void **state) {
    (void)state;
    bench b;
    open_bench(&b, "[8, 8, 8]", 1);
    assert_true(fabs(sw_lattice_temperature(b.lattice) - 973.15) < 1e-6);
    double iron = energy_of(&b, IRON), nickel = energy_of(&b, NICKEL), gas = half_oxygen(973.15);
    assert_true(iron < -2.0 && nickel < iron);
    double spinel = energy_of(&b, SPINEL);
    assert_true(count(&b, FE) == 0.75 * count(&b, OX));
    assert_true(sw_lattice_count(b.lattice, CATIONS, 1u << TETRAHEDRAL) * 3 ==
                sw_lattice_count(b.lattice, CATIONS, ALL));
    compare_formation("3 Fe + 2 O2 = Fe3O4", 4.0, spinel - 0.75 * iron - gas, 0.001);
    compare_formation("0.947 Fe + 1/2 O2 = Fe0.947O", 1.0, energy_of(&b, IRON_OXIDE) - iron - gas,
                      0.001);
    compare_formation("Ni + 1/2 O2 = NiO", 1.0, energy_of(&b, NICKEL_OXIDE) - nickel - gas, 0.001);
    close_bench(&b);
}

/* ---- phase boundaries with the gas ----------------------------------------------------------- */

typedef struct boundary {
    const char
        *reaction; /* with the gas ratio pH2O/pH2 at which thermo has oxide and iron together */
    phase oxide;
    double iron; /* atoms per oxygen of the model's oxide */
} boundary;

static double sw_diagram_gibbs_of(const char *name, double temperature) {
    sw_standard_state state;
    assert_int_equal(sw_substance_state(&state, sw_substance_find(name), temperature, NULL), SW_OK);
    return state.gibbs;
}

/* dG of taking one oxygen out of the oxide by hydrogen, at a fixed gas: oxide + H2 = metal + H2O. */
static double reduction(bench *b, const boundary *line, double temperature, double ratio) {
    sw_error error = {0};
    assert_int_equal(sw_lattice_set_temperature(b->lattice, temperature, &error), SW_OK);
    double solid = line->iron * energy_of(b, IRON) - energy_of(b, line->oxide);
    return solid + sw_diagram_gibbs_of("H2O", temperature) -
           sw_diagram_gibbs_of("H2", temperature) + SW_BOLTZMANN * temperature * log(ratio);
}

/* With the gas in which thermo has oxide and iron side by side at T, the model's oxide is stable
 * 10 K below T and its metal 10 K above. The offset is printed as the temperature at which the
 * model has them side by side, and as the free energy per oxygen. */
static void check_boundary(bench *b, const boundary *line) {
    for (double temperature = 700.0; temperature < 1101.0; temperature += 25.0) {
        double ratio;
        sw_error error = {0};
        assert_int_equal(sw_reaction_water_ratio(&ratio, NULL, line->reaction, temperature, &error),
                         SW_OK);
        double below = reduction(b, line, temperature - 10.0, ratio);
        double at = reduction(b, line, temperature, ratio);
        double above = reduction(b, line, temperature + 10.0, ratio);
        double offset = at / (below - above) * 20.0;
        print_message("# %s at %g K: pH2O/pH2 %.4f, model off by %+.2f meV per O, %+.1f K\n",
                      line->reaction, temperature, ratio, 1e3 * at, offset);
        if (!(below > 0.0 && above < 0.0))
            fail_msg("%s at %g K: dG %.5f eV 10 K below, %.5f eV 10 K above", line->reaction,
                     temperature, below, above);
    }
}

static void test_gas_boundaries(void **state) {
    (void)state;
    static const boundary line[2] = {
        {"Fe3O4 + 4 H2 = 3 Fe + 4 H2O", SPINEL, 0.75},
        {"Fe0.947O + H2 = 0.947 Fe + H2O", IRON_OXIDE, 1.0},
    };
    bench b;
    open_bench(&b, "[2, 2, 2]", 1);
    for (int i = 0; i < 2; i++)
        check_boundary(&b, &line[i]);
    close_bench(&b);
}

#define DOCUMENTED_VACANCY 4.37 /* eV, models/nife-fe3o4/README.md */

static double vacancy_energy(bench *b, size_t site) {
    double perfect = sw_lattice_energy(b->lattice);
    assert_int_equal(sw_lattice_species(b->lattice, site), OX);
    assert_int_equal(sw_lattice_set(b->lattice, site, EMPTY), SW_OK);
    double vacancy = sw_lattice_energy(b->lattice) - perfect;
    assert_int_equal(sw_lattice_set(b->lattice, site, OX), SW_OK);
    return vacancy;
}

/* An oxygen of spinel against half a molecule: the free energy's line through 500 and 900 K gives
 * the enthalpy, which is set against half a molecule at 0 K; the zero of energy is O2 at 298.15 K,
 * above O2 at 0 K by 8.683 kJ/mol (NIST-JANAF, 4th ed. (1998)). */
static void test_oxygen_vacancy(void **state) {
    (void)state;
    const double half_heating = 0.5 * 8.683 / 96.485, at[2] = {500.0, 900.0};
    bench b;
    sw_error error = {0};
    open_bench(&b, "[8, 8, 8]", 1);
    fill(&b, SPINEL);
    double cost[2], least = INFINITY, most = 0.0;
    for (size_t s = 0, tried = 0; s < sw_lattice_sites(b.lattice) && tried < 8; s++) {
        if (sw_lattice_species(b.lattice, s) != OX)
            continue;
        for (int i = 0; i < 2; i++) {
            assert_int_equal(sw_lattice_set_temperature(b.lattice, at[i], &error), SW_OK);
            cost[i] = vacancy_energy(&b, s);
        }
        double cold = cost[0] - at[0] * (cost[1] - cost[0]) / (at[1] - at[0]) - half_heating;
        least = fmin(least, cold);
        most = fmax(most, cold);
        tried++;
    }
    assert_true(most - least < 1e-9); /* all oxygens of spinel are alike */
    /* the textbook's 2.5-3.5 eV is unverified, of the surface, and no target; this is the value that
     * the model's README owns up to */
    if (fabs(least - DOCUMENTED_VACANCY) > 0.05)
        fail_msg("an oxygen vacancy costs %.3f eV, the model's README says %.2f", least,
                 DOCUMENTED_VACANCY);
    close_bench(&b);
}

/* ---- order of the cations -------------------------------------------------------------------- */

/* 24 iron atoms at random in the cell of 32 oxygens, cooled: the energy per cell at the end. */
static double anneal(bench *b, double *tetrahedral, uint64_t seed) {
    sw_random random = sw_random_create(seed, 77);
    size_t sites = sw_lattice_sites(b->lattice), placed = 0;
    for (size_t s = 0; s < sites; s++)
        assert_int_equal(sw_lattice_set(b->lattice, s,
                                        sw_lattice_kind(b->lattice, s) == OXYGEN_SITE ? OX : EMPTY),
                         SW_OK);
    while (placed < 24) {
        double u[2];
        sw_random_next_pair(u, &random);
        size_t site = (size_t)(u[0] * (double)sites);
        if (sw_lattice_species(b->lattice, site) != EMPTY)
            continue;
        assert_int_equal(sw_lattice_set(b->lattice, site, FE), SW_OK);
        placed++;
    }
    sw_error error = {0};
    if (sw_lattice_anneal(b->lattice, CATIONS, 1200000, 4000.0, 1000.0, REACH, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    assert_true(count(b, FE) == 24.0 && count(b, OX) == 32.0);
    *tetrahedral = (double)sw_lattice_count(b->lattice, CATIONS, 1u << TETRAHEDRAL) / 24.0;
    return sw_lattice_energy(b->lattice);
}

static void test_annealing_finds_spinel(void **state) {
    (void)state;
    double best = INFINITY, share = 0.0, perfect = 0.0;
    /* about every fourth seed freezes perfectly: the first that does is enough */
    for (uint64_t seed = 1; seed <= 12 && !(best < perfect + 0.05); seed++) {
        bench b;
        double tetrahedral;
        open_bench(&b, "[2, 2, 2]", seed);
        fill(&b, SPINEL);
        perfect = sw_lattice_energy(b.lattice);
        double energy = anneal(&b, &tetrahedral, seed);
        print_message("# seed %d: %.4f eV above spinel, %.4f tetrahedral\n", (int)seed,
                      energy - perfect, tetrahedral);
        if (energy < best) {
            best = energy;
            share = tetrahedral;
        }
        close_bench(&b);
    }
    if (fabs(best - perfect) > 0.05 || fabs(share - 1.0 / 3.0) > 1e-9)
        fail_msg("annealed %.4f eV per cell, spinel %.4f; tetrahedral %.4f", best, perfect, share);
}

/* ---- ground states --------------------------------------------------------------------------- */

/* Magnetite in the tables, FeO to hematite, eV per oxygen atom: -3.140 to -2.165
 * (test_nife_surfaces.c compares). */
#define POTENTIALS 5
static const double potentials[POTENTIALS] = {-3.12, -2.9, -2.6, -2.4, -2.18};

/* What the bench holds costs more than magnetite, eV per oxygen site, in equilibrium with oxygen of
 * that potential and the iron of magnetite. `spinel` is per oxygen. */
static double excess(const bench *b, double spinel, double oxygen) {
    double iron = (spinel - oxygen) / 0.75, sites = 0.0;
    for (size_t s = 0; s < sw_lattice_sites(b->lattice); s++)
        sites += sw_lattice_kind(b->lattice, s) == OXYGEN_SITE;
    return (sw_lattice_energy(b->lattice) - iron * count(b, FE) - oxygen * count(b, OX)) / sites;
}

/* Structures that a fit of f(w) alone does not tell from rock salt and spinel. Annealing from random
 * starts finds the all-tetrahedral ones at the low potentials only, and not always, so they are
 * built. */
static void test_magnetite_against_other_structures(void **state) {
    (void)state;
    static const phase others[] = {IRON,      IRON_OXIDE,       ZINCBLENDE,
                                   THREEFOLD, VACANT_ROCK_SALT, VACANT_ZINCBLENDE};
    bench b;
    open_bench(&b, "[4, 4, 4]", 1);
    double spinel = energy_of(&b, SPINEL);
    for (size_t o = 0; o < sizeof others / sizeof *others; o++) {
        fill(&b, others[o]);
        for (int p = 0; p < POTENTIALS; p++)
            if (excess(&b, spinel, potentials[p]) < 0.005)
                fail_msg(
                    "structure %d costs %.4f eV per oxygen site more than magnetite at %.2f eV",
                    (int)others[o], excess(&b, spinel, potentials[p]), potentials[p]);
    }
    close_bench(&b);
}

/* FeO is rock salt, with a margin of two thirds of kT per formula. */
static void test_rock_salt_is_the_lowest_iron_oxide(void **state) {
    (void)state;
    bench b;
    open_bench(&b, "[4, 4, 4]", 1);
    double rock_salt = energy_of(&b, IRON_OXIDE);
    double zincblende = energy_of(&b, ZINCBLENDE);
    assert_true(count(&b, FE) == count(&b, OX));
    double threefold = energy_of(&b, THREEFOLD);
    assert_true(count(&b, FE) == count(&b, OX));
    print_message("# above rock salt, eV per FeO: zincblende %.3f, threefold %.3f\n",
                  zincblende - rock_salt, threefold - rock_salt);
    assert_true(zincblende - rock_salt > 0.055 && threefold - rock_salt > 0.055);
    close_bench(&b);
}

/* From rock salt molten at 4000 K, iron and oxygen in exchange with magnetite: nothing lower turns
 * up. Structures short of oxygen, with iron on octahedral sites of five, are found in every one of
 * these searches where they are lower (with shared_by_at_least: 5 by 0.05 eV per site and more). */
static void test_nothing_else_freezes(void **state) {
    (void)state;
    for (int p = 0; p < POTENTIALS; p++) {
        bench b;
        sw_error error = {0};
        open_bench(&b, "[2, 2, 2]", 10 + (uint64_t)p);
        double spinel = energy_of(&b, SPINEL);
        const double potential[SW_SPECIES_LIMIT] = {
            [FE] = (spinel - potentials[p]) / 0.75, [OX] = potentials[p]};
        const sw_exchange plan = {.species = 1u << FE | 1u << OX,
                                  .potential = potential,
                                  .moves = 120000,
                                  .first_temperature = 4000.0,
                                  .last_temperature = 300.0};
        fill(&b, IRON_OXIDE);
        if (sw_lattice_exchange(b.lattice, &plan, &error) != SW_OK)
            fail_msg("%s: %s", error.place, error.message);
        double above = excess(&b, spinel, potentials[p]);
        print_message("# %.2f eV: froze %.4f eV per oxygen site above magnetite\n", potentials[p],
                      above);
        if (above < -1e-9)
            fail_msg("at %.2f eV something lies %.4f eV per oxygen site below magnetite",
                     potentials[p], -above);
        close_bench(&b);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_formation),
        cmocka_unit_test(test_gas_boundaries),
        cmocka_unit_test(test_oxygen_vacancy),
        cmocka_unit_test(test_annealing_finds_spinel),
        cmocka_unit_test(test_magnetite_against_other_structures),
        cmocka_unit_test(test_rock_salt_is_the_lowest_iron_oxide),
        cmocka_unit_test(test_nothing_else_freezes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
