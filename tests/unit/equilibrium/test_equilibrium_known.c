/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Equilibria with answers in closed form. */
#include "equilibrium_systems.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define HYDROGEN 1
#define CARBON 6
#define NITROGEN 7
#define OXYGEN 8
#define IRON 26
#define NICKEL 28

static size_t phase_index(const sw_system *system, const char *name) {
    for (size_t i = 0; i < sw_system_phases(system); i++)
        if (strcmp(sw_substance_name(sw_system_phase(system, i)), name) == 0)
            return i;
    fail_msg("the system has no %s", name);
    return 0;
}

static size_t gas_index(const sw_system *system, const char *name) {
    for (size_t i = 0; i < sw_system_gases(system); i++)
        if (strcmp(sw_substance_name(sw_system_gas(system, i)), name) == 0)
            return i;
    fail_msg("the system has no %s", name);
    return 0;
}

static double amount_of(const sw_equilibrium *equilibrium, const sw_system *system,
                        const char *name) {
    return sw_equilibrium_phase(equilibrium, phase_index(system, name));
}

static void near(double value, double expected, double tolerance, const char *what) {
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%s: %.15g, expected %.15g +- %.3g", what, value, expected, tolerance);
}

/* ---- gas ------------------------------------------------------------------------------------- */

/* H2 = 2 H alone: x = 2a/(1+a), K = 4 a^2 p/(1-a^2). */
static void dissociation_of_hydrogen(void **context) {
    (void)context;
    const int elements[] = {HYDROGEN};
    const double amounts[] = {2.0};
    sw_system *system;
    sw_equilibrium *equilibrium = of_elements(&system, elements, 1);
    const double pressures[] = {1e-8, 1.0, 1e5, 1e7};
    for (double T = 400.0; T < 5000.0; T += 500.0)
        for (size_t p = 0; p < 4; p++) {
            double gibbs;
            assert_int_equal(sw_reaction_gibbs(&gibbs, "H2 = 2 H", T, NULL), SW_OK);
            const double k = exp(-gibbs / (SW_BOLTZMANN * T)) * SW_STANDARD_PRESSURE / pressures[p];
            const double degree = sqrt(k / (k + 4.0));
            find(equilibrium, T, pressures[p], amounts);
            near(sw_equilibrium_gas(equilibrium), 1.0 + degree, 1e-10, "molecules");
            const double log_fraction =
                sw_equilibrium_gas_fraction_log(equilibrium, gas_index(system, "H"));
            near(log_fraction, log(2.0 * degree / (1.0 + degree)), 1e-9, "ln fraction of H");
        }
    sw_equilibrium_destroy(equilibrium);
    sw_system_destroy(system);
}

/* Oxygen over hydrogen with a trace of oxygen, 1e-30 and 1e-200 of it: all becomes water. */
static void traces_keep_their_logarithm(void **context) {
    (void)context;
    const int elements[] = {HYDROGEN, OXYGEN};
    sw_system *system;
    sw_equilibrium *equilibrium = of_elements(&system, elements, 2);
    const double traces[] = {1e-3, 1e-12, 1e-30, 1e-100, 1e-200};
    for (size_t i = 0; i < 5; i++) {
        const double amounts[] = {2.0, traces[i]};
        double gibbs;
        find(equilibrium, 900.0, 1e5, amounts);
        assert_int_equal(sw_reaction_gibbs(&gibbs, "H2O = H2 + 1/2 O2", 900.0, NULL), SW_OK);
        const double water = sw_equilibrium_gas_fraction_log(equilibrium, gas_index(system, "H2O"));
        const double hydrogen =
            sw_equilibrium_gas_fraction_log(equilibrium, gas_index(system, "H2"));
        const double oxygen = sw_equilibrium_gas_fraction_log(equilibrium, gas_index(system, "O2"));
        near(water, log(traces[i]), 1e-6, "ln fraction of water");
        near(oxygen, 2.0 * (water - hydrogen - gibbs / (SW_BOLTZMANN * 900.0)), 1e-8, "ln pO2");
    }
    sw_equilibrium_destroy(equilibrium);
    sw_system_destroy(system);
}

/* ---- condensed phases and gas ---------------------------------------------------------------- */

/* Iron, magnetite and hematite by the ratio O/Fe, no gas: the lever rule between neighbours. */
static void lever_rule_without_gas(void **context) {
    (void)context;
    const int elements[] = {IRON, OXYGEN};
    sw_system *system;
    sw_equilibrium *equilibrium = of_elements(&system, elements, 2);
    const struct {
        double oxygen;
        const char *poor, *rich;
        double poor_ratio, rich_ratio;
    } rows[] = {{0.5, "Fe", "Fe0.947O", 0.0, 1.0 / 0.947},
                {1.2, "Fe0.947O", "Fe3O4", 1.0 / 0.947, 4.0 / 3.0},
                {1.45, "Fe3O4", "Fe2O3", 4.0 / 3.0, 1.5}};
    for (size_t i = 0; i < 3; i++) {
        const double amounts[] = {1.0, rows[i].oxygen};
        find(equilibrium, 1000.0, 1e5, amounts);
        const double share = (rows[i].rich_ratio - rows[i].oxygen) /
                             (rows[i].rich_ratio - rows[i].poor_ratio); /* of iron */
        const double poor_iron = sw_substance_atoms(sw_substance_find(rows[i].poor), IRON);
        const double rich_iron = sw_substance_atoms(sw_substance_find(rows[i].rich), IRON);
        near(amount_of(equilibrium, system, rows[i].poor) * poor_iron, share, 1e-10, "poor");
        near(amount_of(equilibrium, system, rows[i].rich) * rich_iron, 1.0 - share, 1e-10, "rich");
        assert_true(sw_equilibrium_gas(equilibrium) == 0.0);
    }
    sw_equilibrium_destroy(equilibrium);
    sw_system_destroy(system);
}

/* Exactly the composition of a phase, of each there is: that phase alone. */
static void exact_stoichiometry(void **context) {
    (void)context;
    const int elements[] = {IRON, NICKEL, OXYGEN, HYDROGEN};
    sw_system *system;
    sw_equilibrium *equilibrium = of_elements(&system, elements, 4);
    const char *const names[] = {"Fe", "Ni", "Fe3O4", "Fe2O3", "NiO", "Fe0.947O"};
    for (size_t i = 0; i < 6; i++)
        for (double T = 900.0; T < 1300.0; T += 100.0) {
            double amounts[4];
            for (size_t j = 0; j < 4; j++)
                amounts[j] = 3.0 * sw_substance_atoms(sw_substance_find(names[i]), elements[j]);
            find(equilibrium, T, 1e5, amounts);
            near(amount_of(equilibrium, system, names[i]), 3.0, 1e-9, names[i]);
        }
    sw_equilibrium_destroy(equilibrium);
    sw_system_destroy(system);
}

/* The four iron phases with oxygen, from all metal to all gas (Cantera's issue 1139): the oxygen
 * pressure is that of the pair present, and above hematite the gas is oxygen. */
static void iron_with_oxygen(void **context) {
    (void)context;
    const int elements[] = {IRON, OXYGEN};
    sw_system *system;
    sw_equilibrium *equilibrium = of_elements(&system, elements, 2);
    for (double T = 500.0; T < 1300.0; T += 150.0)
        for (double oxygen = 0.05; oxygen < 3.0; oxygen += 0.0371) {
            const double amounts[] = {1.0, oxygen};
            find(equilibrium, T, 1e5, amounts);
            if (oxygen <= 1.5)
                continue;
            near(amount_of(equilibrium, system, "Fe2O3"), 0.5, 1e-6, "hematite");
            near(sw_equilibrium_gas(equilibrium), (oxygen - 1.5) / 2.0, 1e-6, "oxygen");
        }
    sw_equilibrium_destroy(equilibrium);
    sw_system_destroy(system);
}

/* Wustite and iron with hydrogen and water: the ratio of sw_reaction_water_ratio. */
static void water_over_wustite(void **context) {
    (void)context;
    const int elements[] = {IRON, OXYGEN, HYDROGEN};
    sw_system *system;
    sw_equilibrium *equilibrium = of_elements(&system, elements, 3);
    for (double T = 900.0; T < 1180.0; T += 20.0) {
        const double amounts[] = {1.0, 1.0, 3.0};
        double ratio;
        find(equilibrium, T, 1e5, amounts);
        assert_int_equal(
            sw_reaction_water_ratio(&ratio, NULL, "Fe0.947O + H2 = 0.947 Fe + H2O", T, NULL),
            SW_OK);
        near(sw_equilibrium_gas_fraction_log(equilibrium, gas_index(system, "H2O")) -
                 sw_equilibrium_gas_fraction_log(equilibrium, gas_index(system, "H2")),
             log(ratio), 1e-9, "ln(pH2O/pH2)");
        assert_true(amount_of(equilibrium, system, "Fe") > 0.0);
        assert_true(amount_of(equilibrium, system, "Fe0.947O") > 0.0);
    }
    sw_equilibrium_destroy(equilibrium);
    sw_system_destroy(system);
}

/* An inert gas, elements without amounts, and amounts of very different size. */
static void amounts_of_any_size(void **context) {
    (void)context;
    const int elements[] = {IRON, OXYGEN, HYDROGEN, NITROGEN, CARBON};
    sw_system *system;
    sw_equilibrium *equilibrium = of_elements(&system, elements, 5);
    const double list[][5] = {{1, 0, 0, 0, 0},      {0, 1, 0, 0, 0},        {0, 0, 0, 5, 0},
                              {2, 3, 0, 1, 0},      {2, 3, 1e-12, 1, 0},    {1e-9, 1, 1e3, 1, 0},
                              {1e-20, 1, 2, 1, 0},  {1, 1e-15, 0, 1, 0},    {1, 1, 1, 1, 1},
                              {1, 1e-3, 10, 0, 1},  {1, 4, 10, 0, 1e-30},   {0, 0, 0, 0, 1},
                              {1e-3, 1e8, 1, 1, 0}, {1e8, 1e-3, 1, 1e-8, 1}};
    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++)
        for (double T = 350.0; T < 1750.0; T += 175.0)
            find(equilibrium, T, 1e5, list[i]);
    near(sw_equilibrium_drive(equilibrium, phase_index(system, "Fe3O4")), -1.0, 100.0, "drive");
    sw_equilibrium_destroy(equilibrium);
    sw_system_destroy(system);
}

/* ---- open systems ---------------------------------------------------------------------------- */

/* Iron under an oxygen potential: one phase, changing where the reactions say. */
static void phases_at_an_oxygen_potential(void **context) {
    (void)context;
    const int elements[] = {IRON, OXYGEN};
    sw_system *system;
    sw_equilibrium *equilibrium = of_elements(&system, elements, 2);
    const double T = 1000.0, amounts[] = {1.0, 0.0};
    const struct {
        const char *name, *reaction;
    } rows[] = {{"Fe", NULL},
                {"Fe0.947O", "0.947 Fe + H2O = Fe0.947O + H2"},
                {"Fe3O4", "3 Fe0.947O + 0.788 H2O = 0.947 Fe3O4 + 0.788 H2"},
                {"Fe2O3", "2 Fe3O4 + H2O = 3 Fe2O3 + H2"}};
    for (size_t i = 1; i < 4; i++)
        for (int side = 0; side < 2; side++) {
            double pressure, potential;
            assert_int_equal(sw_reaction_water_ratio(NULL, &pressure, rows[i].reaction, T, NULL),
                             SW_OK);
            pressure *= side == 0 ? 1.0 - 1e-7 : 1.0 + 1e-7;
            assert_int_equal(
                sw_gas_chemical_potential(&potential, sw_substance_find("O2"), T, pressure, NULL),
                SW_OK);
            const double potentials[] = {(double)NAN, potential / 2.0};
            const sw_equilibrium_conditions conditions = {
                .temperature = T, .pressure = 1e5, .amounts = amounts, .potentials = potentials};
            assert_int_equal(sw_equilibrium_find(equilibrium, &conditions, NULL), SW_OK);
            const char *stable = rows[side == 0 ? i - 1 : i].name;
            const double iron = sw_substance_atoms(sw_substance_find(stable), IRON);
            near(amount_of(equilibrium, system, stable), 1.0 / iron, 1e-9, stable);
        }
    sw_equilibrium_destroy(equilibrium);
    sw_system_destroy(system);
}

/* ---- solutions ------------------------------------------------------------------------------- */

/* Regular solution with W = 3 kT: binodal where ln(x/(1-x)) = 3 (2x - 1), lever rule between. */
static void miscibility_gap(void **context) {
    (void)context;
    const double T = 800.0, thermal = SW_BOLTZMANN * T;
    const int elements[] = {IRON, NICKEL};
    const sw_redlich_kister parameters = {.first = sw_substance_find("Fe"),
                                          .second = sw_substance_find("Ni"),
                                          .energy = {3.0 * thermal}};
    sw_solution_phase solution;
    sw_system *system;
    sw_equilibrium *equilibrium;
    double binodal = 0.01;
    for (int i = 0; i < 200; i++) /* x = 1/(1 + exp(3 (1 - 2x))) is a contraction here */
        binodal = 1.0 / (1.0 + exp(3.0 * (1.0 - 2.0 * binodal)));
    assert_int_equal(sw_redlich_kister_solution(&solution, "solid", &parameters, NULL), SW_OK);
    assert_int_equal(sw_system_create(&system, elements, 2, NULL), SW_OK);
    assert_int_equal(sw_system_add_solution(system, &solution, NULL), SW_OK);
    assert_int_equal(sw_equilibrium_create(&equilibrium, system), SW_OK);
    for (double x = 0.01; x < 1.0; x += 0.01) {
        const double amounts[] = {1.0 - x, x};
        find(equilibrium, T, 1e5, amounts);
        const bool two = x > binodal && x < 1.0 - binodal;
        assert_int_equal(sw_equilibrium_solutions(equilibrium), two ? 2 : 1);
        for (size_t i = 0; i < sw_equilibrium_solutions(equilibrium); i++) {
            const sw_solution_present present = sw_equilibrium_solution(equilibrium, i);
            const bool poor = present.fraction[1] < 0.5;
            const double other = poor ? 1.0 - binodal : binodal;
            const double expected = two ? poor ? binodal : 1.0 - binodal : x;
            near(present.fraction[1], expected, 1e-8, "composition");
            near(present.amount, two ? fabs(x - other) / (1.0 - 2.0 * binodal) : 1.0, 1e-7,
                 "lever rule");
        }
    }
    sw_equilibrium_destroy(equilibrium);
    sw_system_destroy(system);
}

/* Ideal Fe-Ni over hydrogen and water with NiO: a(Ni) = x; the water ratio falls with it. */
static void ideal_alloy_over_its_oxide(void **context) {
    (void)context;
    const double T = 1000.0;
    const int elements[] = {NICKEL, IRON, OXYGEN, HYDROGEN};
    const sw_redlich_kister parameters = {.first = sw_substance_find("Ni"),
                                          .second = sw_substance_find("Fe")};
    sw_solution_phase solution;
    sw_system *system;
    sw_equilibrium *equilibrium = of_elements(&system, elements, 4);
    sw_equilibrium_destroy(equilibrium);
    assert_int_equal(sw_redlich_kister_solution(&solution, "alloy", &parameters, NULL), SW_OK);
    assert_int_equal(sw_system_remove(system, sw_substance_find("Fe"), NULL), SW_OK);
    assert_int_equal(sw_system_remove(system, sw_substance_find("Ni"), NULL), SW_OK);
    assert_int_equal(sw_system_add_solution(system, &solution, NULL), SW_OK);
    assert_int_equal(sw_equilibrium_create(&equilibrium, system), SW_OK);
    for (double hydrogen = 0.5; hydrogen < 12.0; hydrogen += 0.5) {
        const double amounts[] = {1.0, 1.0, 1.5, hydrogen};
        double ratio;
        find(equilibrium, T, 1e5, amounts);
        assert_int_equal(sw_equilibrium_solutions(equilibrium), 1);
        const double x = sw_equilibrium_solution(equilibrium, 0).fraction[1];
        assert_int_equal(
            sw_reaction_water_ratio(&ratio, NULL, "Fe0.947O + H2 = 0.947 Fe + H2O", T, NULL),
            SW_OK);
        if (amount_of(equilibrium, system, "Fe0.947O") > 0.0)
            near(sw_equilibrium_gas_fraction_log(equilibrium, gas_index(system, "H2O")) -
                     sw_equilibrium_gas_fraction_log(equilibrium, gas_index(system, "H2")),
                 log(ratio) - 0.947 * log(x), 1e-8, "ln(pH2O/pH2)");
    }
    sw_equilibrium_destroy(equilibrium);
    sw_system_destroy(system);
}

/* ---- assessed phases ------------------------------------------------------------------------- */

/* Iron, wustite with its defects and magnetite under hydrogen: compositions and pH2O/pH2 are those
 * of sw_wustite_with_iron and sw_wustite_with_magnetite, and wustite is not stable below the
 * eutectoid. */
static void wustite_with_its_neighbours(void **context) {
    (void)context;
    const int elements[] = {IRON, OXYGEN, HYDROGEN};
    const double poor[] = {1.0, 0.5, 1e-3}, rich[] = {1.0, 1.2, 1e-3};
    sw_assessed *assessed;
    sw_system *system;
    sw_equilibrium *equilibrium = of_elements(&system, elements, 3);
    assert_int_equal(sw_assessed_create(&assessed, NULL), SW_OK);
    assert_int_equal(sw_assessed_add_wustite(assessed, system, NULL), SW_OK);
    for (double T = 780.0; T < 1500.0; T += 60.0)
        for (int side = 0; side < 2; side++) {
            sw_wustite_state state;
            find(equilibrium, T, 1e5, side == 0 ? poor : rich);
            assert_int_equal(sw_equilibrium_solutions(equilibrium), T > 833.0);
            if (T < 833.0)
                continue;
            assert_int_equal(side == 0 ? sw_wustite_with_iron(&state, T, NULL)
                                       : sw_wustite_with_magnetite(&state, T, NULL),
                             SW_OK);
            const sw_solution_present wustite = sw_equilibrium_solution(equilibrium, 0);
            near(wustite.fraction[0] + 2.0 / 3.0 * wustite.fraction[1], state.iron_per_oxygen, 1e-6,
                 "Fe/O");
            near(sw_equilibrium_gas_fraction_log(equilibrium, gas_index(system, "H2O")) -
                     sw_equilibrium_gas_fraction_log(equilibrium, gas_index(system, "H2")),
                 log(state.water_ratio), 1e-5, "ln(pH2O/pH2)");
        }
    sw_equilibrium_destroy(equilibrium);
    sw_system_destroy(system);
    sw_assessed_destroy(assessed);
}

/* Fe-36Ni at 700 degC is fcc alone; 5 % Ni at 800 K is bcc and fcc. */
static void iron_nickel_alloys(void **context) {
    (void)context;
    const int elements[] = {IRON, NICKEL};
    sw_assessed *assessed;
    sw_system *system;
    sw_equilibrium *equilibrium = of_elements(&system, elements, 2);
    assert_int_equal(sw_assessed_create(&assessed, NULL), SW_OK);
    assert_int_equal(sw_assessed_add_alloys(assessed, system, NULL), SW_OK);
    find(equilibrium, 973.15, 1e5, (const double[]){0.652, 0.348});
    assert_int_equal(sw_equilibrium_solutions(equilibrium), 1);
    sw_solution_present present = sw_equilibrium_solution(equilibrium, 0);
    assert_string_equal(sw_system_solution(system, present.solution)->name, "fcc");
    near(present.fraction[1], 0.348, 1e-10, "x");
    find(equilibrium, 800.0, 1e5, (const double[]){0.9, 0.1});
    assert_int_equal(sw_equilibrium_solutions(equilibrium), 2);
    sw_equilibrium_destroy(equilibrium);
    sw_system_destroy(system);
    sw_assessed_destroy(assessed);
}

/* ---- refusals -------------------------------------------------------------------------------- */

static void refusals(void **context) {
    (void)context;
    const int elements[] = {IRON, OXYGEN}, twice[] = {IRON, IRON};
    const double good[] = {1.0, 1.0}, none[] = {0.0, 0.0}, negative[] = {1.0, -1.0};
    sw_system *system, *other;
    sw_error error = {0};
    assert_int_equal(sw_system_create(&other, twice, 2, &error), SW_ERROR_ARGUMENT);
    sw_equilibrium *equilibrium = of_elements(&system, elements, 2);
    sw_equilibrium_conditions conditions = {.temperature = 1000.0, .pressure = 1e5};
    assert_int_equal(sw_equilibrium_find(equilibrium, &conditions, &error), SW_ERROR_ARGUMENT);
    conditions.amounts = none;
    assert_int_equal(sw_equilibrium_find(equilibrium, &conditions, &error), SW_ERROR_ARGUMENT);
    conditions.amounts = negative;
    assert_int_equal(sw_equilibrium_find(equilibrium, &conditions, &error), SW_ERROR_ARGUMENT);
    conditions.amounts = good;
    conditions.pressure = 0.0;
    assert_int_equal(sw_equilibrium_find(equilibrium, &conditions, &error), SW_ERROR_ARGUMENT);
    conditions.pressure = 1e5;
    conditions.temperature = 150.0;
    assert_int_equal(sw_equilibrium_find(equilibrium, &conditions, &error), SW_ERROR_NUMERIC);
    conditions.beyond = true;
    assert_int_equal(sw_equilibrium_find(equilibrium, &conditions, &error), SW_OK);
    assert_true(sw_equilibrium_beyond(equilibrium) > 0);
    assert_int_equal(sw_system_add(system, sw_substance_find("NiO"), &error), SW_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "Ni"));
    sw_equilibrium_destroy(equilibrium);
    sw_system_destroy(system);
    /* a system whose phases cannot hold what is given */
    assert_int_equal(sw_system_create(&system, elements, 2, NULL), SW_OK);
    assert_int_equal(sw_system_add(system, sw_substance_find("Fe3O4"), NULL), SW_OK);
    assert_int_equal(sw_equilibrium_create(&equilibrium, system), SW_OK);
    conditions.temperature = 1000.0;
    assert_int_equal(sw_equilibrium_find(equilibrium, &conditions, &error), SW_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "hold"));
    sw_equilibrium_destroy(equilibrium);
    sw_system_destroy(system);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dissociation_of_hydrogen),
        cmocka_unit_test(traces_keep_their_logarithm),
        cmocka_unit_test(lever_rule_without_gas),
        cmocka_unit_test(exact_stoichiometry),
        cmocka_unit_test(iron_with_oxygen),
        cmocka_unit_test(water_over_wustite),
        cmocka_unit_test(amounts_of_any_size),
        cmocka_unit_test(phases_at_an_oxygen_potential),
        cmocka_unit_test(miscibility_gap),
        cmocka_unit_test(ideal_alloy_over_its_oxide),
        cmocka_unit_test(wustite_with_its_neighbours),
        cmocka_unit_test(iron_nickel_alloys),
        cmocka_unit_test(refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
