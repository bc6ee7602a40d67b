/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The diagrams as rows: numbers that are known from elsewhere. */
#include "drawn_diagrams.h"

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
        cmocka_unit_test(ellingham),         cmocka_unit_test(baur_glaessner),
        cmocka_unit_test(equilibrium),       cmocka_unit_test(limits_of_alloys),
        cmocka_unit_test(two_of_a_solution), cmocka_unit_test(liquid_elements),
        cmocka_unit_test(partition),         cmocka_unit_test(volcano),
        cmocka_unit_test(free_energy),       cmocka_unit_test(refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
