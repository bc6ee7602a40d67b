/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The built-in species against NIST-JANAF tables (Chase 1998), where these are at hand.
 *
 * -[G - H(298.15 K)]/T: the same assessments or CODATA, so that only the fits differ. NASA's fits
 * follow the lambda peaks of iron and nickel to 0.11 J/(mol K), all others to 0.02; the copper
 * oxides are another assessment that stays within 0.11.
 * Formation Gibbs energies: other assessments for many oxides, which agree to 3 kJ per mole of
 * oxygen atoms; to 0.05 kJ where the assessment is the same.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <spillway/thermo.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HIGHEST_TEMPERATURE 1500.0
#define REFERENCE_TEMPERATURE 298.15

/* One printed line; formation values are NAN where the table has none. */
struct janaf_row {
    double temperature, heat_capacity, entropy, gibbs_function, enthalpy;
    double formation_enthalpy, formation_gibbs;
};

static FILE *open_table(const char *name) {
    char path[1024];
    const char *data = getenv("SPILLWAY_DATA"), *source = getenv("SPILLWAY_SOURCE");
    if (data != NULL)
        snprintf(path, sizeof path, "%s/kinetics/janaf/%s.txt", data, name);
    else
        snprintf(path, sizeof path, "%s/../shared/data/kinetics/janaf/%s.txt",
                 source != NULL ? source : ".", name);
    return fopen(path, "r");
}

/* The next row of numbers between 298.15 K and the highest temperature; notes are left out. */
static bool next_row(struct janaf_row *row, FILE *file) {
    char line[400];
    while (fgets(line, sizeof line, file) != NULL) {
        row->formation_gibbs = NAN;
        const int count = sscanf(line, "%lf %lf %lf %lf %lf %lf %lf", &row->temperature,
                                 &row->heat_capacity, &row->entropy, &row->gibbs_function,
                                 &row->enthalpy, &row->formation_enthalpy, &row->formation_gibbs);
        if (count >= 5 && row->temperature > 298.0 && row->temperature <= HIGHEST_TEMPERATURE)
            return true;
    }
    return false;
}

static void skip_without_tables(void) {
    FILE *file = open_table("H-050");
    if (file == NULL) {
        print_message("# no JANAF tables in kinetics/janaf of SPILLWAY_DATA: nothing compared\n");
        skip();
    } else {
        fclose(file);
    }
}

static void gibbs_functions(void **context) {
    (void)context;
    static const struct {
        const char *table, *name;
        double tolerance; /* J/(mol K) */
    } rows[] = {{"H-050", "H2", 0.02},   {"H-064", "H2O", 0.02},  {"O-029", "O2", 0.02},
                {"C-093", "CO", 0.02},   {"C-095", "CO2", 0.02},  {"Cu-001", "Cu", 0.02},
                {"Co-001", "Co", 0.02},  {"Mo-001", "Mo", 0.02},  {"W-001", "W", 0.02},
                {"Zr-001", "Zr", 0.02},  {"Fe-003", "Fe", 0.11},  {"Ni-001", "Ni", 0.11},
                {"Cu-015", "CuO", 0.11}, {"Cu-019", "Cu2O", 0.11}};
    skip_without_tables();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const sw_substance *substance = sw_substance_find(rows[i].name);
        FILE *file = open_table(rows[i].table);
        assert_non_null(file);
        sw_standard_state state;
        assert_int_equal(sw_substance_state(&state, substance, REFERENCE_TEMPERATURE, NULL), SW_OK);
        const double reference = state.enthalpy;
        struct janaf_row row;
        size_t compared = 0;
        while (next_row(&row, file)) {
            if (sw_substance_state(&state, substance, row.temperature, NULL) != SW_OK)
                continue;
            const double value = (reference - state.gibbs) / row.temperature / SW_JOULE_PER_MOLE;
            if (!(fabs(value - row.gibbs_function) <= rows[i].tolerance))
                fail_msg("%s at %g K: %.4f, JANAF %.3f", rows[i].name, row.temperature, value,
                         row.gibbs_function);
            compared++;
        }
        fclose(file);
        assert_true(compared >= 12);
    }
}

static void formation_gibbs_energies(void **context) {
    (void)context;
    static const struct {
        const char *table, *reaction;
        double oxygen_atoms, tolerance; /* kJ per mole of oxygen atoms */
    } rows[] = {{"H-064", "H2 + 1/2 O2 = H2O", 1, 0.05},
                {"C-093", "C + 1/2 O2 = CO", 1, 0.05},
                {"C-095", "C + O2 = CO2", 2, 0.05},
                {"Fe-001", "0.947 Fe + 1/2 O2 = Fe0.947O", 1, 3.0},
                {"Fe-018", "Fe + 1/2 O2 = FeO", 1, 3.0},
                {"Fe-030", "2 Fe + 3/2 O2 = Fe2O3", 3, 3.0},
                {"Fe-032", "3 Fe + 2 O2 = Fe3O4", 4, 3.0},
                {"Cu-015", "Cu + 1/2 O2 = CuO", 1, 3.0},
                {"Cu-019", "2 Cu + 1/2 O2 = Cu2O", 1, 3.0},
                {"Cr-014", "2 Cr + 3/2 O2 = Cr2O3", 3, 3.0},
                {"Mo-009", "Mo + O2 = MoO2", 2, 3.0},
                {"Mo-014", "Mo + 3/2 O2 = MoO3", 3, 3.0},
                {"O-013", "Sr + 1/2 O2 = SrO", 1, 3.0},
                {"O-043", "Ti + O2 = TiO2", 2, 3.0},
                {"O-047", "W + O2 = WO2", 2, 3.0},
                {"O-052", "Zr + O2 = ZrO2", 2, 3.0},
                {"O-065", "W + 3/2 O2 = WO3", 3, 3.0}};
    skip_without_tables();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        FILE *file = open_table(rows[i].table);
        assert_non_null(file);
        struct janaf_row row;
        size_t compared = 0;
        while (next_row(&row, file)) {
            double gibbs;
            if (isnan(row.formation_gibbs) ||
                sw_reaction_gibbs(&gibbs, rows[i].reaction, row.temperature, NULL) != SW_OK)
                continue;
            gibbs *= 1e-3 / SW_JOULE_PER_MOLE;
            if (!(fabs(gibbs - row.formation_gibbs) <= rows[i].oxygen_atoms * rows[i].tolerance))
                fail_msg("%s at %g K: %.3f kJ/mol, JANAF %.3f", rows[i].reaction, row.temperature,
                         gibbs, row.formation_gibbs);
            compared++;
        }
        fclose(file);
        assert_true(compared >= 7);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gibbs_functions),
        cmocka_unit_test(formation_gibbs_energies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
