/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reactions as text: what is read, what is refused, and identities between reactions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <spillway/thermo.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "thermo/reaction.h"

static void assert_near(double value, double expected, double tolerance, const char *what) {
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%s: %.12g, expected %.12g +- %.3g", what, value, expected, tolerance);
}

static void assert_says(const char *text, const char *part) {
    if (strstr(text, part) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", text, part);
}

static double sw_diagram_gibbs_of(const char *reaction, double temperature) {
    double gibbs = NAN;
    sw_error error = {0};
    if (sw_reaction_gibbs(&gibbs, reaction, temperature, &error) != SW_OK)
        fail_msg("%s: %s: %s", reaction, error.place, error.message);
    return gibbs;
}

static void spellings_are_equal(void **context) {
    (void)context;
    const double expected = sw_diagram_gibbs_of("Cu + 1/2 O2 = CuO", 800.0);
    const char *const spellings[] = {"Cu+0.5O2=CuO", "  Cu(cr)  + .5 O2(g) -> CuO(s)\n",
                                     "Cu + 0.25 O2 + 0.25 O2 = CuO", "1 Cu + 2/4 O2 = 1. CuO",
                                     "Cu(fcc) + 1/2 O2 + Ar = Ar + CuO(tenorite)"};
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++)
        assert_near(sw_diagram_gibbs_of(spellings[i], 800.0), expected, 1e-12, spellings[i]);
}

static void each_substance_stands_once(void **context) {
    (void)context;
    struct sw_reaction reaction;
    assert_int_equal(sw_reaction_parse(&reaction, "Fe + 2 Fe(s) = 3 Fe(cr)", NULL), SW_OK);
    assert_int_equal(reaction.count, 1);
    assert_near(reaction.terms[0].left, 3.0, 0.0, "left");
    assert_near(reaction.terms[0].right, 3.0, 0.0, "right");
}

static void faults_are_named(void **context) {
    (void)context;
    static const struct {
        const char *text;
        sw_status status;
        const char *place, *message, *hint;
    } rows[] = {
        {"Fe3O5 + H2 = Fe", SW_ERROR_NOT_FOUND, "character 1", "\"Fe3O5\"", "\"Fe3O4\""},
        {"NiO + H2 = Ni + H20", SW_ERROR_NOT_FOUND, "character 17", "\"H20\"", "\"H2O\""},
        {"Fe + Qwertyuiop = Fe", SW_ERROR_NOT_FOUND, "character 6", "Qwertyuiop", "Fe(fcc)"},
        {"Fe3O4 + 4 H2 = 3 Fe + 3 H2O", SW_ERROR_ARGUMENT, "reaction",
         "2 H too many on the left (8 left, 6 right); 1 O too many on the left (4 left, 3 right)",
         "amounts"},
        {"NiO = 3 Ni + 1/2 O2", SW_ERROR_ARGUMENT, "reaction", "2 Ni too many on the right", ""},
        {"FeO = 0.9469 Fe0.947O", SW_ERROR_ARGUMENT, "reaction", "Fe too many on the left", ""},
        {"", SW_ERROR_FORMAT, "character 1", "end of the reaction", "Fe3O4"},
        {"Fe", SW_ERROR_FORMAT, "character 3", "\"+\", \"=\" or \"->\"", ""},
        {"Fe =", SW_ERROR_FORMAT, "character 5", "expected a substance", ""},
        {"Fe + = Fe", SW_ERROR_FORMAT, "character 6", "expected a substance", ""},
        {"Fe = Fe = Fe", SW_ERROR_FORMAT, "character 9", "end of the reaction", ""},
        {"Fe = Fe Fe", SW_ERROR_FORMAT, "character 9", "\"Fe\"", ""},
        {"0 Fe = Fe", SW_ERROR_FORMAT, "character 1", "above zero", ""},
        {"1/0 Fe = Fe", SW_ERROR_FORMAT, "character 3", "above zero", ""},
        {"1.2.3 Fe = Fe", SW_ERROR_FORMAT, "character 1", "above zero", ""},
        {"-1 Fe = Fe", SW_ERROR_FORMAT, "character 1", "expected a substance", ""},
        {"Fe <=> Fe", SW_ERROR_FORMAT, "character 4", "\"=\"", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        double gibbs;
        sw_error error = {0};
        assert_int_equal(sw_reaction_gibbs(&gibbs, rows[i].text, 900.0, &error), rows[i].status);
        assert_int_equal(error.code, rows[i].status);
        assert_says(error.place, rows[i].place);
        assert_says(error.message, rows[i].message);
        assert_says(error.hint, rows[i].hint);
    }
    double gibbs;
    assert_int_equal(sw_reaction_gibbs(&gibbs, NULL, 900.0, NULL), SW_ERROR_FORMAT);
}

static void very_long_input_is_refused(void **context) {
    (void)context;
    char text[5000];
    double gibbs;
    const char *const letters = "F9+";
    for (size_t i = 0; i < strlen(letters); i++) {
        memset(text, letters[i], sizeof text - 1);
        text[sizeof text - 1] = '\0';
        sw_error error = {0};
        assert_int_not_equal(sw_reaction_gibbs(&gibbs, text, 900.0, &error), SW_OK);
        assert_true(strlen(error.message) > 0);
    }
}

/* All substances at once are more than a reaction holds. */
static void too_many_substances_are_refused(void **context) {
    (void)context;
    char text[2000] = "";
    size_t used = 0;
    for (size_t i = 0; i <= REACTION_SUBSTANCES; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", i > 0 ? " + " : "",
                                 sw_substance_name(sw_substance_at(i)));
    struct sw_reaction reaction;
    assert_int_equal(sw_reaction_parse(&reaction, text, NULL), SW_ERROR_UNSUPPORTED);
}

static void outside_a_table_the_substance_is_named(void **context) {
    (void)context;
    double gibbs;
    sw_error error = {0};
    assert_int_equal(sw_reaction_gibbs(&gibbs, "Zn + 1/2 O2 = ZnO", 900.0, &error),
                     SW_ERROR_NUMERIC);
    assert_string_equal(error.place, "Zn");
    assert_says(error.hint, "298.15 to 692.73 K");
}

static void water_ratio_wants_oxygen_to_be_taken(void **context) {
    (void)context;
    const char *const wrong[] = {"H2 + 1/2 O2 = H2O", "CO2 + H2 = CO + H2O", "H2 = H2",
                                 "2 CO = C + CO2", "Fe(bcc) = Fe"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        double ratio;
        sw_error error = {0};
        assert_int_equal(sw_reaction_water_ratio(&ratio, NULL, wrong[i], 900.0, &error),
                         SW_ERROR_ARGUMENT);
        assert_says(error.hint, "NiO + H2 = Ni + H2O");
    }
}

/* What takes the oxygen does not change where oxide and metal are in equilibrium. */
static void water_ratio_is_the_same_by_any_gas(void **context) {
    (void)context;
    const char *const others[] = {"2 NiO = 2 Ni + O2", "Ni + 1/2 O2 = NiO", "NiO + CO = Ni + CO2"};
    double ratio, pressure;
    assert_int_equal(sw_reaction_water_ratio(&ratio, &pressure, "NiO + H2 = Ni + H2O", 900.0, NULL),
                     SW_OK);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        double other, other_pressure;
        assert_int_equal(sw_reaction_water_ratio(&other, &other_pressure, others[i], 900.0, NULL),
                         SW_OK);
        assert_near(other, ratio, 1e-9 * ratio, others[i]);
        assert_near(other_pressure, pressure, 1e-9 * pressure, others[i]);
    }
}

static void water_ratio_does_not_depend_on_how_it_is_written(void **context) {
    (void)context;
    double once, thrice, back, pressure, pressure_back;
    assert_int_equal(sw_reaction_water_ratio(&once, &pressure, "NiO + H2 = Ni + H2O", 900.0, NULL),
                     SW_OK);
    assert_int_equal(
        sw_reaction_water_ratio(&thrice, NULL, "3 NiO + 3 H2 = 3 Ni + 3 H2O", 900.0, NULL), SW_OK);
    assert_int_equal(
        sw_reaction_water_ratio(&back, &pressure_back, "Ni + H2O = NiO + H2", 900.0, NULL), SW_OK);
    assert_near(thrice, once, 1e-10 * once, "three times the reaction");
    assert_near(back, once, 1e-10 * once, "the reverse reaction");
    assert_near(pressure_back, pressure, 1e-10 * pressure, "its oxygen pressure");
}

/* pO2 of the gas is the dissociation pressure of the oxide: 2 NiO = 2 Ni + O2. */
static void oxygen_pressure_is_the_dissociation_pressure(void **context) {
    (void)context;
    for (double T = 400.0; T <= 1600.0; T += 100.0) {
        double pressure;
        assert_int_equal(sw_reaction_water_ratio(NULL, &pressure, "NiO + H2 = Ni + H2O", T, NULL),
                         SW_OK);
        const double expected = -sw_diagram_gibbs_of("2 NiO = 2 Ni + O2", T) / (SW_BOLTZMANN * T);
        assert_near(log(pressure / SW_STANDARD_PRESSURE), expected, 1e-9, "ln pO2");
    }
}

/* Magnetite to wustite and wustite to iron add up to magnetite to iron. */
static void reactions_add_up(void **context) {
    (void)context;
    for (double T = 300.0; T <= 1600.0; T += 50.0) {
        const double first =
            sw_diagram_gibbs_of("0.947 Fe3O4 + 0.788 H2 = 3 Fe0.947O + 0.788 H2O", T);
        const double second = sw_diagram_gibbs_of("Fe0.947O + H2 = 0.947 Fe + H2O", T);
        const double both = sw_diagram_gibbs_of("0.947 Fe3O4 + 3.788 H2 = 2.841 Fe + 3.788 H2O", T);
        assert_near(first + 3.0 * second, both, 1e-10, "sum of two steps");
        assert_near(sw_diagram_gibbs_of("0.947 Fe + H2O = Fe0.947O + H2", T), -second, 1e-12,
                    "reverse");
    }
}

/* Gibbs-Helmholtz: d(dG/T)/d(1/T) = dH, with dH from the species. */
static void reaction_enthalpy_is_the_slope(void **context) {
    (void)context;
    const double T = 1100.0, h = 0.1; /* away from the joints of the tables */
    const char *const reaction = "Fe2O3 + 3 H2 = 2 Fe + 3 H2O";
    const double slope = (sw_diagram_gibbs_of(reaction, T + h) / (T + h) -
                          sw_diagram_gibbs_of(reaction, T - h) / (T - h)) /
                         (1.0 / (T + h) - 1.0 / (T - h));
    const struct {
        const char *name;
        double amount;
    } terms[] = {{"Fe2O3", -1.0}, {"H2", -3.0}, {"Fe", 2.0}, {"H2O", 3.0}};
    double enthalpy = 0.0;
    for (size_t i = 0; i < 4; i++) {
        sw_standard_state state;
        assert_int_equal(sw_substance_state(&state, sw_substance_find(terms[i].name), T, NULL),
                         SW_OK);
        enthalpy += terms[i].amount * state.enthalpy;
    }
    assert_near(slope, enthalpy, 1e-6, "reaction enthalpy");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings_are_equal),
        cmocka_unit_test(each_substance_stands_once),
        cmocka_unit_test(faults_are_named),
        cmocka_unit_test(very_long_input_is_refused),
        cmocka_unit_test(too_many_substances_are_refused),
        cmocka_unit_test(outside_a_table_the_substance_is_named),
        cmocka_unit_test(water_ratio_wants_oxygen_to_be_taken),
        cmocka_unit_test(water_ratio_is_the_same_by_any_gas),
        cmocka_unit_test(water_ratio_does_not_depend_on_how_it_is_written),
        cmocka_unit_test(oxygen_pressure_is_the_dissociation_pressure),
        cmocka_unit_test(reactions_add_up),
        cmocka_unit_test(reaction_enthalpy_is_the_slope),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
