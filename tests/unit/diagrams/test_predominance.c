/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Predominance diagrams: lines between fields, and what the fields hold. */
#include "drawn_diagrams.h"

static void predominance(void **context) {
    (void)context;
    const char *const settings[] = {"metal", "Fe", "at", "973.15 K", NULL};
    sw_measurement *measurement = drawn("predominance", settings);
    const sw_table *phases = table(measurement, "phases");
    assert_int_equal(sw_table_rows(phases), 4);
    near(pow(10.0, cell(phases, "Fe", "to log10 pH2O/pH2")), 0.436, 0.005, "iron");
    near(pow(10.0, cell(phases, "wustite", "to log10 pH2O/pH2")), 1.21, 0.01, "wustite");
    near(cell(phases, "Fe3O4", "to log10 pO2/bar"), -10.92, 0.01, "magnetite");
    sw_measurement_destroy(measurement);
    /* of cobalt, whose oxides are stoichiometric: the formation of CoO of the tables */
    const char *const cobalt[] = {"metal", "Co", "at", "973.15 K", NULL};
    measurement = drawn("predominance", cobalt);
    near(cell(table(measurement, "phases"), "Co", "to log10 pO2/bar"), -17.72, 0.05, "Co");
    sw_measurement_destroy(measurement);
}

/* The row of a table whose first text is `row` and whose column is nearest to a value. */
static size_t row_of(const sw_table *of, const char *text, const char *row) {
    const ptrdiff_t column = sw_table_find(of, text);
    assert_true(column >= 0);
    for (size_t i = 0; i < sw_table_rows(of); i++)
        if (strcmp(sw_table_text(of, i, (size_t)column), row) == 0)
            return i;
    fail_msg("there is no row %s", row);
    return 0;
}

static double number(const sw_table *of, size_t row, const char *column) {
    const ptrdiff_t index = sw_table_find(of, column);
    assert_true(index >= 0);
    return sw_table_numbers_const(of, (size_t)index)[row];
}

/* Fields of iron: boundaries and the point where wustite begins are those of Baur-Glaessner. */
static void fields_of_iron(void **context) {
    (void)context;
    const char *const settings[] = {"metal",    "Fe",     "axis", "water", "at",
                                    "973.15 K", "points", "41",   NULL};
    sw_wustite_state iron, magnetite;
    double hematite;
    sw_measurement *measurement = drawn("predominance", settings);
    const sw_table *phases = table(measurement, "phases"), *fields = table(measurement, "fields");
    assert_int_equal(sw_wustite_with_iron(&iron, 973.15, NULL), SW_OK);
    assert_int_equal(sw_wustite_with_magnetite(&magnetite, 973.15, NULL), SW_OK);
    assert_int_equal(
        sw_reaction_water_ratio(&hematite, NULL, "3 Fe2O3 + H2 = 2 Fe3O4 + H2O", 973.15, NULL),
        SW_OK);
    near(cell(phases, "Fe", "to log10 pH2O/pH2"), log10(iron.water_ratio), 1e-6, "iron");
    near(cell(phases, "wustite", "to log10 pH2O/pH2"), log10(magnetite.water_ratio), 1e-6,
         "wustite");
    /* magnetite is that of the assessment here, not of the table: 3 kJ, of which H2 sees 2 */
    near(cell(phases, "Fe3O4", "to log10 pH2O/pH2"), log10(hematite), 0.5, "magnetite");
    assert_int_equal(sw_table_rows(fields), 4);
    sw_measurement *other = drawn("baur-glaessner", NULL);
    near(number(fields, row_of(fields, "phases", "wustite"), "from temperature"),
         value(other, "eutectoid"), 1e-4, "eutectoid");
    sw_measurement_destroy(other);
    sw_measurement_destroy(measurement);
}

/* Fields of Cu and Co, whose oxides are pure: edges are reactions, meeting points where two are. */
static void fields_of_pure_oxides(void **context) {
    (void)context;
    const char *const settings[] = {"metal",    "Cu, Co", "axis", "oxygen", "at",
                                    "973.15 K", "points", "31",   NULL};
    double copper, cobalt;
    sw_measurement *measurement = drawn("predominance", settings);
    const sw_table *phases = table(measurement, "phases"), *fields = table(measurement, "fields");
    assert_int_equal(sw_reaction_gibbs(&cobalt, "2 Co + O2 = 2 CoO", 973.15, NULL), SW_OK);
    near(cell(phases, "Co + Cu", "to log10 pO2/bar"), cobalt / (SW_BOLTZMANN * 973.15) / log(10.0),
         1e-8, "CoO");
    const double meeting =
        number(fields, row_of(fields, "phases", "CuO + CoO"), "from temperature") + SW_ICE_POINT;
    assert_int_equal(sw_reaction_gibbs(&copper, "2 Cu2O + O2 = 4 CuO", meeting, NULL), SW_OK);
    assert_int_equal(sw_reaction_gibbs(&cobalt, "6 CoO + O2 = 2 Co3O4", meeting, NULL), SW_OK);
    near((copper - cobalt) / (SW_BOLTZMANN * meeting), 0.0, 1e-6, "meeting point");
    sw_measurement_destroy(measurement);
}

static void labels_lie_within(const sw_table *fields) {
    for (size_t i = 0; i < sw_table_rows(fields); i++)
        if (*sw_table_text(fields, i, (size_t)sw_table_find(fields, "label")) != '\0') {
            assert_in_range((uintmax_t)number(fields, i, "temperature"),
                            (uintmax_t)number(fields, i, "from temperature"),
                            (uintmax_t)number(fields, i, "to temperature"));
            assert_true(
                number(fields, i, "log10 pH2O/pH2") > number(fields, i, "from log10 pH2O/pH2") &&
                number(fields, i, "log10 pH2O/pH2") < number(fields, i, "to log10 pH2O/pH2"));
        }
}

/* Fields of Fe-Ni: at each edge the equilibrium changes within 1e-7 of the axis, and the labels
 * that are drawn lie in their fields. */
static void fields_of_iron_and_nickel(void **context) {
    (void)context;
    static const char *const expected[] = {"fcc", "fcc + wustite", "fcc + spinel",
                                           "spinel + bunsenite"};
    const char *const settings[] = {"metal", "0.65 Fe, 0.35 Ni", "at", "973.15 K", "points", "26",
                                    NULL};
    sw_measurement *measurement = drawn("predominance", settings);
    const sw_table *phases = table(measurement, "phases");
    const int elements[] = {26, 28, 8};
    sw_assessed *assessed;
    sw_system *system;
    sw_equilibrium *equilibrium;
    sw_standard_state oxygen;
    double water;
    assert_int_equal(sw_system_create(&system, elements, 3, NULL), SW_OK);
    assert_int_equal(sw_system_add_all(system, NULL), SW_OK);
    assert_int_equal(sw_assessed_create(&assessed, NULL), SW_OK);
    assert_int_equal(sw_assessed_add_oxides(assessed, system, NULL), SW_OK);
    assert_int_equal(sw_assessed_add_alloys(assessed, system, NULL), SW_OK);
    assert_int_equal(sw_equilibrium_create(&equilibrium, system), SW_OK);
    assert_int_equal(sw_substance_state(&oxygen, sw_substance_find("O2"), 973.15, NULL), SW_OK);
    assert_int_equal(sw_reaction_gibbs(&water, "H2 + 1/2 O2 = H2O", 973.15, NULL), SW_OK);
    assert_int_equal(sw_table_rows(phases), 4);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(sw_table_text(phases, i, 0), expected[i]);
        for (int side = -1; side <= 1 && i < 3; side += 2) {
            const double axis = number(phases, i, "to log10 pH2O/pH2") + side * 1e-7;
            const double amounts[] = {0.65, 0.35, 0.0};
            const double potentials[] = {(double)NAN, (double)NAN,
                                         0.5 * oxygen.gibbs + water +
                                             SW_BOLTZMANN * 973.15 * log(10.0) * axis};
            const sw_equilibrium_conditions conditions = {.temperature = 973.15,
                                                          .pressure = SW_BAR,
                                                          .amounts = amounts,
                                                          .potentials = potentials,
                                                          .beyond = true};
            assert_int_equal(sw_equilibrium_find(equilibrium, &conditions, NULL), SW_OK);
            const char *is = expected[side < 0 ? i : i + 1];
            assert_int_equal(sw_equilibrium_solutions(equilibrium),
                             strchr(is, '+') == NULL ? 1 : 2);
            for (size_t k = 0; k < sw_equilibrium_solutions(equilibrium); k++) {
                const char *name =
                    sw_system_solution(system, sw_equilibrium_solution(equilibrium, k).solution)
                        ->name;
                assert_true(strstr(is, name) != NULL || strcmp(name, "halite") == 0);
            }
        }
    }
    labels_lie_within(table(measurement, "fields"));
    sw_equilibrium_destroy(equilibrium);
    sw_system_destroy(system);
    sw_assessed_destroy(assessed);
    sw_measurement_destroy(measurement);
}

/* A trace of nickel: fields of three phases are as narrow as edges are exact, and must not be taken for
 * events without end. */
static void fields_beside_a_trace(void **context) {
    (void)context;
    const char *const settings[] = {
        "metal",       "1 Fe, 1e-6 Ni",      "axis", "water", "points", "2",
        "temperature", "700 degC..760 degC", NULL};
    sw_measurement *measurement = drawn("predominance", settings);
    assert_true(sw_table_rows(table(measurement, "boundaries")) < 2000);
    sw_measurement_destroy(measurement);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(predominance),          cmocka_unit_test(fields_of_iron),
        cmocka_unit_test(fields_of_pure_oxides), cmocka_unit_test(fields_of_iron_and_nickel),
        cmocka_unit_test(fields_beside_a_trace),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
