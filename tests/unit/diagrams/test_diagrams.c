/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The diagrams as rows: numbers that are known from elsewhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <spillway/diagrams.h>
#include <spillway/equilibrium.h>
#include <spillway/run.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#define MOST 8

/* Draws with settings "name", "value", ... NULL; the caller destroys it. */
static sw_measurement *draw(const char *name, const char *file, const char *const *settings,
                            sw_error *error) {
    const char *given[MOST][2];
    size_t count = 0;
    for (; settings != NULL && settings[2 * count] != NULL; count++) {
        given[count][0] = settings[2 * count];
        given[count][1] = settings[2 * count + 1];
    }
    const sw_measure_options options = {.registry = SW_DIAGRAMS,
                                        .instrument = name,
                                        .files = &file,
                                        .file_count = file != NULL,
                                        .given = (const char *const(*)[2])given,
                                        .given_count = count};
    sw_measurement *measurement = NULL;
    const sw_status status = sw_measure_files(&measurement, NULL, &options, NULL, error);
    assert_int_equal(status, error->code);
    return measurement;
}

static sw_measurement *drawn(const char *name, const char *const *settings) {
    sw_error error = {0};
    sw_measurement *measurement = draw(name, NULL, settings, &error);
    if (measurement == NULL)
        fail_msg("%s: %s: %s", name, error.place, error.message);
    return measurement;
}

static double value(const sw_measurement *measurement, const char *name) {
    const sw_measured *measured = sw_measurement_find(measurement, name);
    if (measured == NULL)
        fail_msg("there is no %s", name);
    return measured->value;
}

static const sw_table *table(const sw_measurement *measurement, const char *name) {
    for (size_t i = 0; i < sw_measurement_tables(measurement); i++) {
        const char *found;
        const sw_table *result = sw_measurement_table(measurement, i, &found);
        if (strcmp(found, name) == 0)
            return result;
    }
    fail_msg("there is no table %s", name);
    return NULL;
}

/* The number in a column, in the row whose first text is `row`. */
static double cell(const sw_table *of, const char *row, const char *column) {
    const ptrdiff_t index = sw_table_find(of, column);
    assert_true(index >= 0);
    for (size_t i = 0; i < sw_table_rows(of); i++)
        if (strcmp(sw_table_text(of, i, 0), row) == 0)
            return sw_table_numbers_const(of, (size_t)index)[i];
    fail_msg("there is no row %s", row);
    return 0.0;
}

static void near(double found, double expected, double tolerance, const char *what) {
    if (!(fabs(found - expected) <= tolerance))
        fail_msg("%s: %.10g, expected %.10g +- %g", what, found, expected, tolerance);
}

/* kJ per mole of O2 at 973.15 K and log10 of pO2: FREED and CEA, see test_thermo_equilibria.c. */
static void ellingham(void **context) {
    (void)context;
    const char *const settings[] = {"oxides", "NiO, CoO, TiO2, H2O", "at", "973.15 K", NULL};
    sw_measurement *measurement = drawn("ellingham", settings);
    const sw_table *oxides = table(measurement, "oxides");
    near(cell(oxides, "NiO", "dG"), -303.2, 1.0, "NiO");
    near(cell(oxides, "CoO", "dG"), -330.6, 1.0, "CoO");
    near(cell(oxides, "TiO2", "dG"), -766.2, 0.5, "TiO2");
    near(cell(oxides, "TiO2", "log10 pO2/bar"), -41.1, 0.05, "TiO2");
    near(cell(oxides, "NiO", "log10 pH2O/pH2"), 2.29, 0.01, "NiO");
    near(cell(oxides, "H2O", "log10 pH2O/pH2"), 0.0, 1e-9, "water");
    assert_int_equal(sw_table_rows(table(measurement, "ellingham")), 121);
    sw_measurement_destroy(measurement);
}

static void baur_glaessner(void **context) {
    (void)context;
    sw_measurement *measurement = drawn("baur-glaessner", NULL);
    near(value(measurement, "pH2O/pH2 FeO-Fe"), 0.436, 0.005, "FeO/Fe");
    near(value(measurement, "pH2O/pH2 Fe3O4-FeO"), 1.21, 0.01, "Fe3O4/FeO");
    near(value(measurement, "eutectoid"), 565.0, 10.0, "eutectoid");
    /* gas in equilibrium by the shift reaction, whose constant is 1 near 820 degC */
    const sw_table *lines = table(measurement, "baur-glaessner");
    const double *T = sw_table_numbers_const(lines, 0);
    const double *hydrogen =
        sw_table_numbers_const(lines, (size_t)sw_table_find(lines, "FeO-Fe with H2"));
    const double *carbon =
        sw_table_numbers_const(lines, (size_t)sw_table_find(lines, "FeO-Fe with CO"));
    for (size_t i = 0; i < sw_table_rows(lines); i++)
        if (isfinite(hydrogen[i]))
            assert_true((carbon[i] < hydrogen[i]) == (T[i] < 825.0) || fabs(T[i] - 820.0) < 15.0);
    sw_measurement_destroy(measurement);
    /* below the eutectoid there is no wustite, and no composition of it */
    const char *const cold[] = {"at", "500 degC", NULL};
    measurement = drawn("baur-glaessner", cold);
    near(value(measurement, "pH2O/pH2 Fe3O4-Fe"), 0.236, 0.005, "Fe3O4/Fe");
    assert_null(sw_measurement_find(measurement, "Fe/O with iron"));
    sw_measurement_destroy(measurement);
}

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

/* Hematite and hydrogen in excess: iron, and as much water as there was oxygen. */
static void equilibrium(void **context) {
    (void)context;
    const char *const settings[] = {"amounts", "1 Fe2O3, 100 H2", "temperature", "700 degC", NULL};
    sw_measurement *measurement = drawn("equilibrium", settings);
    const sw_table *state = table(measurement, "equilibrium");
    near(cell(state, "Fe", "amount"), 2.0, 1e-9, "iron");
    near(cell(state, "H2O", "amount"), 3.0, 1e-6, "water");
    near(value(measurement, "gas"), 100.0, 1e-5, "gas");
    sw_measurement_destroy(measurement);
    const char *const range[] = {
        "amounts", "1 Fe2O3, 2 H2", "temperature", "400 degC..1000 degC", "points", "13", NULL};
    measurement = drawn("equilibrium", range);
    assert_int_equal(sw_table_rows(table(measurement, "equilibrium")), 13);
    sw_measurement_destroy(measurement);
}

static bool tells(const sw_measurement *measurement, const char *words) {
    for (size_t i = 0; i < sw_measurement_notes(measurement); i++)
        if (strstr(sw_measurement_note_at(measurement, i), words) != NULL)
            return true;
    return false;
}

/* Alloys melt, and there is no liquid of them: said where they do, and below their assessment. */
static void limits_of_alloys(void **context) {
    (void)context;
    static const struct {
        const char *temperature;
        bool melts, cold;
    } rows[] = {{"2000 K", true, false}, {"1000 K", false, false}, {"200 K", false, true}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *const settings[] = {"amounts", "0.5 Fe, 0.5 Ni", "temperature",
                                        rows[i].temperature, NULL};
        sw_measurement *measurement = drawn("equilibrium", settings);
        assert_int_equal(tells(measurement, "no liquid alloy"), rows[i].melts);
        assert_int_equal(tells(measurement, "begins at 298.15 K"), rows[i].cold);
        sw_measurement_destroy(measurement);
    }
    const char *const map[] = {"metal",       "0.5 Fe, 0.5 Ni", "points", "2",
                               "temperature", "1600 K..1800 K", NULL};
    sw_measurement *measurement = drawn("predominance", map);
    assert_true(tells(measurement, "no liquid alloy"));
    sw_measurement_destroy(measurement);
}

/* Two fcc alloys either side of the gap that magnetism makes: a row each. */
static void two_of_a_solution(void **context) {
    (void)context;
    const char *const settings[] = {"amounts", "0.535 Fe, 0.465 Ni", "temperature", "698.5 K",
                                    NULL};
    sw_measurement *measurement = drawn("equilibrium", settings);
    const sw_table *state = table(measurement, "equilibrium");
    const double *nickel =
        sw_table_numbers_const(state, (size_t)sw_table_find(state, "Ni/(Fe+Ni)"));
    size_t rows = 0;
    double product = 1.0;
    for (size_t i = 0; i < sw_table_rows(state); i++)
        if (strcmp(sw_table_text(state, i, 0), "fcc") == 0) {
            rows++;
            product *= nickel[i] - 0.465;
        }
    assert_int_equal(rows, 2);
    assert_true(product < -1e-5);
    sw_measurement_destroy(measurement);
}

/* Above its melting point an element is the liquid of the tables: 2 Ni(l) + O2 = 2 NiO. */
static void liquid_elements(void **context) {
    (void)context;
    const char *const settings[] = {"oxides", "NiO", "at", "1900 K", NULL};
    sw_measurement *measurement = drawn("ellingham", settings);
    double gibbs;
    assert_int_equal(sw_reaction_gibbs(&gibbs, "2 Ni(l) + O2 = 2 NiO", 1900.0, NULL), SW_OK);
    near(cell(table(measurement, "oxides"), "NiO", "dG"), gibbs / SW_JOULE_PER_MOLE * 1e-3, 1e-6,
         "NiO");
    sw_measurement_destroy(measurement);
}

/* The paper's three values from energies that differ by them, typed and read. */
static void partition(void **context) {
    (void)context;
    const double values[] = {-0.26, 0.25, -0.21};
    for (size_t i = 0; i < 3; i++) {
        char swapped[32];
        snprintf(swapped, sizeof swapped, "%.2f eV", -100.0 + values[i]);
        const char *const settings[] = {"host-a", "-100 eV", "a-with-b", swapped, NULL};
        sw_measurement *measurement = drawn("partition", settings);
        near(value(measurement, "partitioning enthalpy"), values[i], 1e-12, "Hp");
        sw_measurement_destroy(measurement);
    }
    sw_measurement *measurement = drawn("partition", NULL);
    const sw_table *pairs = table(measurement, "screening");
    assert_int_equal(sw_table_rows(pairs), 56);
    /* Ni + Fe0.947O = NiO + 0.947 Fe: +49.6 kJ */
    for (size_t i = 0; i < sw_table_rows(pairs); i++)
        if (strcmp(sw_table_text(pairs, i, 0), "NiO") == 0 &&
            strcmp(sw_table_text(pairs, i, 1), "Fe0.947O") == 0)
            near(sw_table_numbers_const(pairs, 3)[i], 49.6, 0.3, "Ni takes oxygen from wustite");
    sw_measurement_destroy(measurement);
    const char *const lacking[] = {"host-a", "-100 eV", NULL};
    sw_error error = {0};
    assert_null(draw("partition", NULL, lacking, &error));
    assert_int_equal(error.code, SW_ERROR_ARGUMENT);
}

/* The order of the claim, and that unverified data are called so. */
static void volcano(void **context) {
    (void)context;
    sw_measurement *measurement = drawn("volcano", NULL);
    near(value(measurement, "rank of Ni"), 1.0, 0.0, "Ni");
    near(value(measurement, "rank of W"), 4.0, 0.0, "W");
    near(value(measurement, "rank of W by model"), 5.0, 0.0, "W by model");
    const sw_table *metals = table(measurement, "metals");
    const ptrdiff_t source = sw_table_find(metals, "source");
    for (size_t i = 0; i < sw_table_rows(metals); i++)
        assert_string_equal(sw_table_text(metals, i, (size_t)source), "unverified");
    sw_measurement_destroy(measurement);
}

static void write_file(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/* Without frequencies and gases Gibbs energies are energies: the two-state cycle in closed form. */
static void free_energy(void **context) {
    (void)context;
    const char *path = "free-energy-test.csv";
    const char *const settings[] = {"temperature", "700 K", NULL};
    const double kT = SW_BOLTZMANN * 700.0, prefactor = kT / SW_PLANCK;
    const double forth = prefactor * exp(-0.5 / kT), next = prefactor * exp(-1.3 / kT);
    const double back = prefactor * exp(-0.9 / kT), last = prefactor * exp(-1.6 / kT);
    sw_error error = {0};
    write_file(path, "state,energy [eV],kind\nclean,0.0,minimum\nfirst,0.5,transition\n"
                     "bound,-0.4,minimum\nsecond,0.9,transition\nproduct,-0.7,minimum\n");
    sw_measurement *measurement = draw("free-energy", path, settings, &error);
    if (measurement == NULL)
        fail_msg("%s: %s", error.place, error.message);
    near(value(measurement, "energetic span"), 1.3, 1e-12, "span");
    const double expected = (forth * next - back * last) / (forth + back + next + last);
    near(value(measurement, "turnover") / expected, 1.0, 1e-9, "turnover");
    sw_measurement_destroy(measurement);
    /* the same in kJ/mol; a minimum with a motion of its own is told */
    error = (sw_error){0};
    write_file(path,
               "state,energy [kJ/mol],kind,frequencies [cm^-1]\nclean,0.0,minimum,\"-50 -60\"\n"
               "first,48.24266,transition,\"-900\"\nbound,-38.59413,minimum,\n"
               "second,86.83679,transition,\nproduct,-67.53972,minimum,\n");
    measurement = draw("free-energy", path, settings, &error);
    if (measurement == NULL)
        fail_msg("%s: %s", error.place, error.message);
    near(value(measurement, "energetic span"), 1.3, 1e-6, "span of kJ/mol");
    assert_true(tells(measurement, "clean: 2"));
    sw_measurement_destroy(measurement);
    static const char *const wrong[] = {"energy [K/s],frequencies",
                                        "energy [eV],frequencies [THz]"};
    for (size_t i = 0; i < 2; i++) {
        char text[160];
        snprintf(text, sizeof text, "state,%s\nclean,0.0,100\nproduct,-0.7,100\n", wrong[i]);
        error = (sw_error){0};
        write_file(path, text);
        assert_null(draw("free-energy", path, settings, &error));
        assert_int_equal(error.code, SW_ERROR_UNIT);
    }
    write_file(path,
               "state,energy [eV],frequencies\nclean,0.0,\nbound,-0.4,12 x7\nproduct,-0.7,\n");
    error = (sw_error){0};
    assert_null(draw("free-energy", path, settings, &error));
    assert_non_null(strstr(error.message, "x7"));
    assert_non_null(strstr(error.place, "row 2"));
    assert_int_equal(remove(path), 0);
}

static void refusals(void **context) {
    (void)context;
    const struct {
        const char *diagram, *name, *text;
    } rows[] = {{"ellingham", "oxides", "NiOO"},
                {"ellingham", "oxides", "Fe"},
                {"ellingham", "oxides", ","},
                {"ellingham", "temperature", "900..700 K"},
                {"predominance", "metal", "O"},
                {"predominance", "metal", "Au"},
                {"predominance", "metal", "Fe, C"},
                {"predominance", "metal", "0 Fe, 0 Ni"},
                {"equilibrium", "amounts", "-1 Fe"},
                {"equilibrium", "amounts", "1 Unobtainium"},
                {"equilibrium", "without", "Ag"},
                {"partition", "host-a", "no such file"},
                {"ellingham", "oxides", "NiO, NiO"},
                {"partition", "oxides", "NiO"},
                {"predominance", "range", "-20..0"},
                {"equilibrium", "amounts",
                 "1000000000000000000000000000000000000000000000000000 Fe, 1 H2"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *const settings[] = {rows[i].name, rows[i].text, NULL};
        sw_error error = {0};
        assert_null(draw(rows[i].diagram, NULL, settings, &error));
        assert_true(error.place[0] != '\0' && error.message[0] != '\0');
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ellingham),
        cmocka_unit_test(baur_glaessner),
        cmocka_unit_test(predominance),
        cmocka_unit_test(fields_of_iron),
        cmocka_unit_test(fields_of_pure_oxides),
        cmocka_unit_test(fields_of_iron_and_nickel),
        cmocka_unit_test(fields_beside_a_trace),
        cmocka_unit_test(equilibrium),
        cmocka_unit_test(limits_of_alloys),
        cmocka_unit_test(two_of_a_solution),
        cmocka_unit_test(liquid_elements),
        cmocka_unit_test(partition),
        cmocka_unit_test(volcano),
        cmocka_unit_test(free_energy),
        cmocka_unit_test(refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
