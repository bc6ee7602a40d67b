/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs with an element between the others. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "diffusion_runs.h"

#include <spillway/calphad.h>

#include <math.h>
#include <stdlib.h>

static const char *carbon_path(char path[512]) {
    const char *source = getenv("SPILLWAY_SOURCE");
    snprintf(path, 512, "%s/tests/models/fe-mn-c.tdb", source ? source : ".");
    return path;
}

static void *open_carbon(sw_model **model, int cells) {
    char text[1024], path[512];
    snprintf(text, sizeof text,
             "alloy: {elements: [Fe, Mn, C], database: %s, cells: %d}\n"
             "regions:\n  - {length: 100 um, contents: {Mn: 2 %%, C: 3 %%}}\n"
             "  - {length: 100 um, contents: {Mn: 15 %%, C: 3 %%}}\n"
             "run: {temperature: 1100 degC, time: 10 s, tolerance: 1e-4}\n",
             carbon_path(path), cells);
    *model = load(text);
    void *state = open_run(*model);
    advance(state, 10);
    return state;
}

/* Chemical potential of carbon in a cell, over kT. */
static double carbon_potential(const sw_solution *fcc, const sw_table *profile, size_t cell) {
    sw_multicomponent at;
    double u[3] = {column_of(profile, "Fe")[cell], column_of(profile, "Mn")[cell],
                   column_of(profile, "C")[cell]};
    const double sum = u[0] + u[1];
    for (size_t i = 0; i < 3; i++)
        u[i] /= sum;
    assert_int_equal(sw_solution_multicomponent(&at, fcc, u, 0, NULL), SW_OK);
    return at.potential[2] / (8.314462618 * SW_JOULE_PER_MOLE * 1373.15);
}

/* Carbon, level at first, goes uphill to manganese, which stands still meanwhile (Darken 1949),
 * until its potential is level across the step; on a coarse grid as on a fine one, though both miss
 * the 0.1 um in which manganese changes. */
static void carbon_levels_its_potential(void **unused) {
    (void)unused;
    static const char *const names[] = {"FE", "MN", "C"};
    static const size_t cells[2] = {100, 400};
    sw_calphad *database;
    sw_solution *fcc;
    char path[512];
    double beside[2][2];
    assert_int_equal(sw_calphad_read(&database, carbon_path(path), NULL), SW_OK);
    assert_int_equal(sw_solution_create(&fcc, database, "FCC_A1", names, 3, NULL), SW_OK);
    assert_int_equal(sw_solution_set(fcc, 1373.15, 1e5, NULL), SW_OK);
    for (size_t g = 0; g < 2; g++) {
        sw_model *model;
        void *state = open_carbon(&model, (int)cells[g]);
        sw_table *profile = table_of(state, "profile");
        for (size_t side = 0; side < 2; side++) /* 19 um to both sides of the weld */
            beside[g][side] =
                sw_table_numbers_const(profile, 3)[cells[g] * (side == 0 ? 81 : 119) / 200];
        const size_t right = cells[g] / 2;
        const double step =
            carbon_potential(fcc, profile, right) - carbon_potential(fcc, profile, right - 1);
        print_message("# %zu cells: C %.4f and %.4f at%%, step of the potential %.4f kT, balance "
                      "%.1e\n",
                      cells[g], beside[g][0], beside[g][1], step, last_of(state, "balance"));
        assert_true(fabs(step) < 0.05);
        assert_true(last_of(state, "highest C") > 3.3 && last_of(state, "lowest C") < 2.6);
        assert_true(fabs(last_of(state, "balance")) < 1e-12);
        sw_table_destroy(profile);
        close_run(state, model);
    }
    for (size_t side = 0; side < 2; side++)
        assert_true(fabs(beside[0][side] - beside[1][side]) < 0.02);
    sw_solution_destroy(fcc);
    sw_calphad_destroy(database);
}

/* Carbon alone in iron, dilute: an error function. */
static void dilute_carbon_is_an_error_function(void **unused) {
    (void)unused;
    char text[1024], path[512];
    snprintf(text, sizeof text,
             "alloy: {elements: [Fe, C], database: %s, cells: 100}\n"
             "regions:\n  - {length: 100 um, contents: {C: 0.0 %%}}\n"
             "  - {length: 100 um, contents: {C: 0.001 %%}}\n"
             "run: {temperature: 1100 degC, time: 5 s, tolerance: 1e-9}\n",
             carbon_path(path));
    sw_model *model = load(text);
    void *state = open_run(model);
    advance(state, 5);
    sw_table *profile = table_of(state, "profile");
    const double diffusivity = 1e18 * exp((-148123 - 88 * 1373.15) / (8.31451 * 1373.15));
    double off = 0.0;
    for (size_t i = 0; i < 100; i++) {
        const double z = column_of(profile, "position")[i] - 1e5;
        const double exact = 0.0005 * (1 + erf(z / (2 * sqrt(diffusivity * 5))));
        off = fmax(off, fabs(column_of(profile, "C")[i] - exact));
    }
    print_message("# off by %.1e of 1e-3 at%%\n", off);
    assert_true(off < 1e-6);
    sw_table_destroy(profile);
    close_run(state, model);
}

/* More carbon than sites, and carbon as the reference. */
static void too_much_carbon_is_refused(void **unused) {
    (void)unused;
    static const struct {
        const char *elements, *contents, *part;
    } faults[] = {{"[Fe, Mn, C]", "C: 60 %", "region 1 has 1.5 atoms"},
                  {"[C, Fe]", "Fe: 99 %", "C lies between"},
                  {"[Fe, C, O]", "C: 1 %", "no element O"}};
    for (size_t i = 0; i < 3; i++) {
        char text[1024], path[512];
        void *state;
        sw_error error = {0};
        snprintf(text, sizeof text,
                 "alloy: {elements: %s, database: %s}\nregions: [{length: 1 um, contents: {%s}}]\n"
                 "run: {temperature: 1100 degC, time: 1 s}\n",
                 faults[i].elements, carbon_path(path), faults[i].contents);
        sw_model *model = load(text);
        assert_int_not_equal(sw_diffusion_simulator()->create(&state, model, 1, NULL, &error),
                             SW_OK);
        print_message("# %s: %s\n", error.place, error.message);
        assert_non_null(strstr(error.message, faults[i].part));
        sw_model_destroy(model);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(carbon_levels_its_potential),
        cmocka_unit_test(dilute_carbon_is_an_error_function),
        cmocka_unit_test(too_much_carbon_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
