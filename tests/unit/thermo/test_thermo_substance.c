/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The built-in species: names, identities between their functions, joints, gases, errors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <spillway/thermo.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "thermo/species_table.h"

#define CONTINUITY 1e-5 /* eV: the promise of the header */

static double joule_per_mole(double electronvolt) {
    return electronvolt / SW_JOULE_PER_MOLE;
}

static void assert_near(double value, double expected, double tolerance, const char *what) {
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%s: %.12g, expected %.12g +- %.3g", what, value, expected, tolerance);
}

static const sw_substance *find(const char *name) {
    const sw_substance *substance = sw_substance_find(name);
    if (substance == NULL)
        fail_msg("no substance %s", name);
    return substance;
}

static sw_standard_state state_of(const sw_substance *substance, double temperature) {
    sw_standard_state state = {0};
    sw_error error = {0};
    if (sw_substance_state(&state, substance, temperature, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    return state;
}

static void every_name_finds_its_substance_alone(void **context) {
    (void)context;
    assert_true(sw_substance_count() >= 70);
    for (size_t i = 0; i < sw_substance_count(); i++) {
        const sw_substance *substance = sw_substance_at(i);
        assert_ptr_equal(find(sw_substance_name(substance)), substance);
        for (size_t j = 0; j < SPECIES_ALIASES && substance->aliases[j] != NULL; j++)
            assert_ptr_equal(find(substance->aliases[j]), substance);
        assert_true(strlen(sw_substance_source(substance)) > 5);
    }
    assert_null(sw_substance_at(sw_substance_count()));
    assert_null(sw_substance_find("Unobtainium"));
    assert_null(sw_substance_find(""));
    assert_null(sw_substance_find(NULL));
}

static void plain_oxide_names_are_the_solids(void **context) {
    (void)context;
    assert_false(sw_substance_is_gas(find("NiO")));
    assert_true(sw_substance_is_gas(find("NiO(g)")));
    assert_false(sw_substance_is_gas(find("FeO")));
    assert_true(sw_substance_is_gas(find("H2")));
    assert_ptr_equal(find("Fe(a)"), find("Fe(bcc)"));
    assert_ptr_equal(find("Fe.947O"), find("Fe0.947O"));
}

static void composition_and_mass_follow_the_formula(void **context) {
    (void)context;
    const sw_substance *wustite = find("Fe0.947O");
    assert_near(sw_substance_atoms(wustite, 26), 0.947, 0.0, "Fe in Fe0.947O");
    assert_near(sw_substance_atoms(wustite, 8), 1.0, 0.0, "O in Fe0.947O");
    assert_near(sw_substance_atoms(wustite, 28), 0.0, 0.0, "Ni in Fe0.947O");
    assert_near(sw_substance_mass(wustite), 0.947 * 55.845 + 15.999, 0.002, "mass of Fe0.947O");
    assert_near(sw_substance_mass(find("MgAl2O4")), 142.265, 0.005, "mass of MgAl2O4");
    assert_near(sw_substance_mass(find("H2")), 2.016, 0.001, "mass of H2");
}

/* H(298.15 K) of a reference element is zero: tables are fitted to it within 0.01 J/mol. */
static void elements_have_no_enthalpy_at_the_reference(void **context) {
    (void)context;
    const char *const elements[] = {"H2", "O2", "N2", "Ar", "He", "C",  "Fe", "Ni",
                                    "Co", "Cu", "Zr", "Ti", "Sr", "W",  "Mo", "Cr",
                                    "V",  "Mn", "Zn", "Mg", "Al", "Si", "Ru"};
    for (size_t i = 0; i < sizeof elements / sizeof elements[0]; i++)
        assert_near(joule_per_mole(state_of(find(elements[i]), 298.15).enthalpy), 0.0, 0.01,
                    elements[i]);
}

/* Formation enthalpies and entropies as the sources print them, one for each kind of table. */
static void reference_values_are_those_of_the_sources(void **context) {
    (void)context;
    static const struct {
        const char *name;
        double enthalpy, entropy, entropy_digit; /* J/mol, J/(mol K) */
    } rows[] = {
        {"H2O", -241826.0, 188.829, 0.0005},  {"CO2", -393510.0, 213.787, 0.0005},
        {"He", 0.0, 126.153, 0.001},          {"Fe0.947O", -266269.76, 57.488, 0.0005},
        {"Fe2O3", -824248.0, 87.404, 0.0005}, {"Fe3O4", -1118383.2, 146.147, 0.0005},
        {"NiO", -239743.2, 37.99072, 5e-6},   {"RuO2", -307189.28, 52.3, 5e-6},
        {"Ru", 0.0, 28.53488, 5e-6},          {"SiO2", -910647.6, 41.33792, 5e-6},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const sw_standard_state state = state_of(find(rows[i].name), 298.15);
        assert_near(joule_per_mole(state.enthalpy), rows[i].enthalpy, 0.02, rows[i].name);
        assert_near(joule_per_mole(state.entropy), rows[i].entropy, rows[i].entropy_digit,
                    rows[i].name);
    }
}

/* Cp of bunsenite in its three ranges, from the Maier-Kelley numbers. */
static void heat_capacity_of_bunsenite_has_three_pieces(void **context) {
    (void)context;
    const sw_substance *oxide = find("NiO");
    assert_near(joule_per_mole(state_of(oxide, 400.0).heat_capacity),
                -20.87816 + 0.15723472 * 400.0 + 1627576.0 / 160000.0, 1e-6, "NiO at 400 K");
    assert_near(joule_per_mole(state_of(oxide, 550.0).heat_capacity), 58.07392, 1e-6, "550 K");
    assert_near(joule_per_mole(state_of(oxide, 1000.0).heat_capacity), 46.77712 + 8.45168, 1e-6,
                "1000 K");
}

/*
 * G = H - TS, dH/dT = Cp, dG/dT = -S, dS/dT = Cp/T, by central differences of 0.02 K: truncation
 * below 1e-6 of Cp, rounding below 1e-9 eV/K even where coefficients of 1e9 cancel.
 */
static void check_identities(const sw_substance *substance, double temperature) {
    const double step = 0.02;
    const sw_standard_state low = state_of(substance, temperature - step);
    const sw_standard_state here = state_of(substance, temperature);
    const sw_standard_state high = state_of(substance, temperature + step);
    const char *name = sw_substance_name(substance);
    const double tolerance = 1e-9 + 2e-6 * here.heat_capacity;
    assert_near(here.gibbs, here.enthalpy - temperature * here.entropy, 1e-10, name);
    assert_near((high.enthalpy - low.enthalpy) / (2 * step), here.heat_capacity, tolerance, name);
    assert_near((high.gibbs - low.gibbs) / (2 * step), -here.entropy, tolerance, name);
    assert_near((high.entropy - low.entropy) / (2 * step), here.heat_capacity / temperature,
                tolerance / temperature + 1e-11, name);
    assert_true(here.heat_capacity > 0.0);
    assert_true(here.entropy > 0.0);
}

static void functions_are_derivatives_of_each_other(void **context) {
    (void)context;
    for (size_t i = 0; i < sw_substance_count(); i++) {
        const sw_substance *substance = sw_substance_at(i);
        for (size_t r = 0; r < substance->range_count; r++) {
            const struct sw_species_range *range = &substance->ranges[r];
            for (int step = 1; step < 12; step++)
                check_identities(substance,
                                 range->lowest + (range->highest - range->lowest) * step / 12.0);
        }
    }
}

/* Heats of transition, J/mol, as the sources give them; every other joint is smooth. */
static const struct transition {
    const char *name;
    double temperature, heat;
} transitions[] = {
    {"Fe", 1184.0, 900.0},    {"Fe", 1665.0, 837.0},   {"Co", 700.1, 452.0},
    {"Zr", 1135.0, 4017.0},   {"Ti", 1156.0, 3800.0},  {"Sr", 820.0, 850.0},
    {"ZrO2", 1445.0, 8400.0}, {"WO3", 1013.0, 1000.0}, {"SiO2", 848.0, 1213.36},
};

static double heat_at(const char *name, double temperature) {
    for (size_t i = 0; i < sizeof transitions / sizeof transitions[0]; i++)
        if (strcmp(transitions[i].name, name) == 0 && transitions[i].temperature == temperature)
            return transitions[i].heat;
    return 0.0;
}

static void ranges_join(void **context) {
    (void)context;
    size_t found = 0;
    for (size_t i = 0; i < sw_substance_count(); i++) {
        const sw_substance *substance = sw_substance_at(i);
        for (size_t r = 0; r + 1 < substance->range_count; r++) {
            const double joint = substance->ranges[r].highest;
            assert_true(substance->ranges[r + 1].lowest == joint);
            const sw_standard_state below = state_of(substance, joint);
            const sw_standard_state above = state_of(substance, nextafter(joint, INFINITY));
            const double heat = heat_at(substance->name, joint);
            found += heat > 0.0;
            assert_near(above.gibbs, below.gibbs, CONTINUITY, substance->name);
            assert_near(joule_per_mole(above.enthalpy - below.enthalpy), heat, 1.1,
                        substance->name);
            assert_near(joule_per_mole(above.entropy - below.entropy), heat / joint, 0.004,
                        substance->name);
        }
    }
    assert_int_equal(found, sizeof transitions / sizeof transitions[0]);
}

static void solids_and_melts_meet_at_the_melting_point(void **context) {
    (void)context;
    static const char *const pairs[][2] = {
        {"Fe", "Fe(l)"}, {"Ni", "Ni(l)"}, {"Fe0.947O", "Fe0.947O(l)"}, {"Fe3O4", "Fe3O4(l)"}};
    for (size_t i = 0; i < 4; i++) {
        double lowest, highest;
        sw_substance_range(find(pairs[i][0]), &lowest, &highest);
        assert_near(state_of(find(pairs[i][0]), highest).gibbs,
                    state_of(find(pairs[i][1]), highest).gibbs, CONTINUITY, pairs[i][1]);
    }
}

static void joined_solid_is_its_phase(void **context) {
    (void)context;
    const sw_substance *iron = find("Fe");
    assert_true(state_of(iron, 1000.0).gibbs == state_of(find("Fe(bcc)"), 1000.0).gibbs);
    assert_true(state_of(iron, 1300.0).gibbs == state_of(find("Fe(fcc)"), 1300.0).gibbs);
    assert_true(state_of(iron, 1700.0).gibbs == state_of(find("Fe(delta)"), 1700.0).gibbs);
}

static void chemical_potential_follows_pressure_and_temperature(void **context) {
    (void)context;
    const sw_substance *gas = find("H2O");
    const double T = 900.0, p = 2.5e3, h = 0.05;
    double at_standard, low, here, high;
    assert_int_equal(sw_gas_chemical_potential(&at_standard, gas, T, 1e5, NULL), SW_OK);
    assert_int_equal(sw_gas_chemical_potential(&here, gas, T, p, NULL), SW_OK);
    assert_int_equal(sw_gas_chemical_potential(&low, gas, T - h, p, NULL), SW_OK);
    assert_int_equal(sw_gas_chemical_potential(&high, gas, T + h, p, NULL), SW_OK);
    const sw_standard_state state = state_of(gas, T);
    assert_near(at_standard, state.gibbs, 1e-14, "mu at 1 bar");
    assert_near(here - at_standard, SW_BOLTZMANN * T * log(0.025), 1e-13, "kT ln p");
    assert_near((high - low) / (2 * h), -(state.entropy - SW_BOLTZMANN * log(0.025)), 1e-9,
                "dmu/dT = -S(T, p)");
}

static void collision_rates(void **context) {
    (void)context;
    const sw_substance *hydrogen = find("H2"), *oxygen = find("O2");
    const double nickel_site = 3.524 * 3.524 * sqrt(3.0) / 4.0;   /* Ni(111), one atom */
    const double magnetite = 8.396 * 8.396 / 2 * sqrt(3.0) / 2.0; /* Fe3O4(111) 1x1 */
    assert_near(sw_collision_rate(hydrogen, 673.0, 2e4, nickel_site), 7.7e7, 0.05e7, "H2 673 K");
    assert_near(sw_collision_rate(hydrogen, 973.0, 2e4, nickel_site), 6.4e7, 0.05e7, "H2 973 K");
    assert_near(sw_collision_rate(oxygen, 673.0, 2e3, magnetite), 1.1e7, 0.05e7, "O2 673 K");
    assert_near(sw_collision_rate(oxygen, 973.0, 2e3, magnetite), 9.1e6, 0.05e6, "O2 973 K");
    assert_true(isnan(sw_collision_rate(find("Ni"), 673.0, 2e4, 5.0)));
    assert_true(isnan(sw_collision_rate(hydrogen, 0.0, 2e4, 5.0)));
    assert_true(isnan(sw_collision_rate(hydrogen, 673.0, -1.0, 5.0)));
}

static void assert_says(const char *text, const char *part) {
    if (strstr(text, part) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", text, part);
}

static void temperature_outside_the_table_names_the_range(void **context) {
    (void)context;
    const double wrong[] = {298.0, 1700.0, -1.0, NAN, INFINITY};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        sw_standard_state state;
        sw_error error = {0};
        assert_int_equal(sw_substance_state(&state, find("Fe0.947O"), wrong[i], &error),
                         SW_ERROR_NUMERIC);
        assert_says(error.hint, "298.15 to 1652 K");
        assert_says(error.message, "Fe0.947O");
    }
}

static void wrong_arguments_are_refused(void **context) {
    (void)context;
    sw_standard_state state;
    double potential;
    sw_error error = {0};
    assert_int_equal(sw_substance_state(&state, NULL, 300.0, &error), SW_ERROR_ARGUMENT);
    assert_int_equal(sw_substance_state(NULL, find("Fe"), 300.0, NULL), SW_ERROR_ARGUMENT);
    const double pressures[] = {0.0, -1.0, NAN, INFINITY};
    for (size_t i = 0; i < sizeof pressures / sizeof pressures[0]; i++)
        assert_int_equal(
            sw_gas_chemical_potential(&potential, find("H2"), 300.0, pressures[i], &error),
            SW_ERROR_ARGUMENT);
    assert_int_equal(sw_gas_chemical_potential(&potential, find("Fe"), 300.0, 1e5, &error),
                     SW_ERROR_ARGUMENT);
    assert_says(error.message, "expected a gas, found Fe");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_name_finds_its_substance_alone),
        cmocka_unit_test(plain_oxide_names_are_the_solids),
        cmocka_unit_test(composition_and_mass_follow_the_formula),
        cmocka_unit_test(elements_have_no_enthalpy_at_the_reference),
        cmocka_unit_test(reference_values_are_those_of_the_sources),
        cmocka_unit_test(heat_capacity_of_bunsenite_has_three_pieces),
        cmocka_unit_test(functions_are_derivatives_of_each_other),
        cmocka_unit_test(ranges_join),
        cmocka_unit_test(solids_and_melts_meet_at_the_melting_point),
        cmocka_unit_test(joined_solid_is_its_phase),
        cmocka_unit_test(chemical_potential_follows_pressure_and_temperature),
        cmocka_unit_test(collision_rates),
        cmocka_unit_test(temperature_outside_the_table_names_the_range),
        cmocka_unit_test(wrong_arguments_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
