/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs of three elements: another program's profile, the run of two elements, balances, saved
 * states, what the language refuses. */
#include "model/load.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <spillway/calphad.h>
#include <spillway/diffusion.h>
#include <spillway/model.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static sw_status try_load(sw_model **model, const char *text, sw_error *error) {
    char whole[2048];
    snprintf(whole, sizeof whole, "format: 1\nname: test\nsimulator: diffusion\n%s", text);
    return sw_model_load_bytes(model, "test", whole, strlen(whole), error);
}

static sw_model *load(const char *text) {
    sw_model *model;
    sw_error error = {0};
    if (try_load(&model, text, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    return model;
}

static void *open_run(const sw_model *model) {
    void *state;
    sw_error error = {0};
    if (sw_diffusion_simulator()->create(&state, model, 1, NULL, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    return state;
}

static void advance(void *state, double time) {
    bool finished;
    sw_error error = {0};
    const sw_horizon horizon = {.time = time, .events = UINT64_MAX};
    if (sw_diffusion_simulator()->advance(state, horizon, &finished, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
}

static double last_of(void *state, const char *column) {
    sw_table *series;
    assert_int_equal(sw_table_create(&series), SW_OK);
    assert_int_equal(sw_diffusion_simulator()->describe_series(state, series), SW_OK);
    assert_int_equal(sw_diffusion_simulator()->observe(state, series, NULL), SW_OK);
    const ptrdiff_t at = sw_table_find(series, column);
    assert_true(at >= 0);
    const double value = sw_table_numbers_const(series, (size_t)at)[0];
    sw_table_destroy(series);
    return value;
}

/* The table of a run by its name; to be destroyed. */
static sw_table *table_of(void *state, const char *wanted) {
    for (size_t i = 0;; i++) {
        const char *name;
        sw_table *table;
        assert_int_equal(sw_diffusion_simulator()->table(state, i, &name, &table, NULL), SW_OK);
        assert_non_null(table);
        if (strcmp(name, wanted) == 0)
            return table;
        sw_table_destroy(table);
    }
}

static const double *column_of(const sw_table *table, const char *name) {
    const ptrdiff_t at = sw_table_find(table, name);
    assert_true(at >= 0);
    return sw_table_numbers_const(table, (size_t)at);
}

static void close_run(void *state, sw_model *model) {
    sw_diffusion_simulator()->destroy(state);
    sw_model_destroy(model);
}

/* Largest difference of an element's content between two runs of as many cells, at%. */
static double apart(void *one, void *other, const char *element) {
    sw_table *a = table_of(one, "profile"), *b = table_of(other, "profile");
    double most = 0.0;
    assert_int_equal(sw_table_rows(a), sw_table_rows(b));
    for (size_t i = 0; i < sw_table_rows(a); i++)
        most = fmax(most, fabs(column_of(a, element)[i] - column_of(b, element)[i]));
    sw_table_destroy(a);
    sw_table_destroy(b);
    return most;
}

/* ---- against others ----------------------------------------------------------------------------
 */

/* Fe-5Cr-35Ni on Fe-25Cr-15Ni, 100 um each in 50 cells, 10 h at 1373.15 K, by kawin 0.5.0 (explicit
 * finite volumes) with the same database: the position, um from the weld, Cr and Ni. */
static const double kawin[][3] = {{-19, 0.07443454, 0.33433602}, {-9, 0.10488464, 0.30286446},
                                  {-3, 0.13038921, 0.27117211},  {1, 0.14967001, 0.24653719},
                                  {11, 0.19910944, 0.18995870},  {21, 0.23392718, 0.15987554}};

static void another_program_has_the_same_profile(void **unused) {
    (void)unused;
    const char *data = getenv("SPILLWAY_DATA");
    char path[512], text[1024];
    snprintf(path, sizeof path, "%s/calphad/kawin_FeCrNi_MatCalc_ODbL.tdb", data ? data : "");
    FILE *file = data ? fopen(path, "rb") : NULL;
    if (!file)
        skip();
    fclose(file);
    snprintf(text, sizeof text,
             "alloy: {elements: [Fe, Cr, Ni], database: %s, cells: 100}\n"
             "regions:\n  - {length: 100 um, contents: {Cr: 5 %%, Ni: 35 %%}}\n"
             "  - {length: 100 um, contents: {Cr: 25 %%, Ni: 15 %%}}\n"
             "run: {temperature: 1373.15 K, time: 10 h, tolerance: 1e-5}\n",
             path);
    sw_model *model = load(text);
    void *state = open_run(model);
    advance(state, 36000);
    sw_table *profile = table_of(state, "profile");
    const double *place = column_of(profile, "position");
    double off = 0.0;
    for (size_t k = 0; k < sizeof kawin / sizeof *kawin; k++)
        for (size_t i = 0; i < 100; i++) {
            if (fabs(place[i] - 1e5 - 1e3 * kawin[k][0]) > 1.0)
                continue;
            off = fmax(off, fabs(column_of(profile, "Cr")[i] - 100 * kawin[k][1]));
            off = fmax(off, fabs(column_of(profile, "Ni")[i] - 100 * kawin[k][2]));
        }
    print_message("# off by %.4f at%%\n", off);
    assert_true(off > 0.0 && off < 0.003);
    sw_table_destroy(profile);
    close_run(state, model);
}

/* Without the third element the run is that of two: the same layers by the code for two elements,
 * whose means across jumps and steps in time differ. */
static void without_the_third_it_is_the_run_of_two(void **unused) {
    (void)unused;
    static const char layers[] = "regions:\n  - {length: 228 nm, contents: {Ni: 0 %}}\n"
                                 "  - {length: 122 nm, contents: {Ni: 100 %}}\n"
                                 "run: {temperature: 700 degC, time: 200 h, tolerance: 1e-5}\n";
    char text[512];
    sw_model *model[2];
    void *state[2];
    for (size_t i = 0; i < 2; i++) {
        snprintf(text, sizeof text, "alloy: {elements: %s, mobilities: jonsson, cells: 100}\n%s",
                 i == 0 ? "[Fe, Ni]" : "[Fe, Cr, Ni]", layers);
        model[i] = load(text);
        state[i] = open_run(model[i]);
        advance(state[i], 40 * 3600.0);
    }
    print_message("# Ni differs by %.1e at%%\n", apart(state[0], state[1], "Ni"));
    assert_true(apart(state[0], state[1], "Ni") < 0.02);
    for (size_t i = 0; i < 2; i++)
        advance(state[i], 200 * 3600.0);
    print_message("# homogeneous after %.3f and %.3f h\n", last_of(state[0], "homogeneous after"),
                  last_of(state[1], "homogeneous after"));
    assert_true(
        fabs(last_of(state[0], "homogeneous after") / last_of(state[1], "homogeneous after") - 1) <
        1e-4);
    assert_true(fabs(last_of(state[1], "highest Cr")) < 1e-9);
    for (size_t i = 0; i < 2; i++)
        close_run(state[i], model[i]);
}

/* ---- what must hold ----------------------------------------------------------------------------
 */

#define STEELS                                                                                     \
    "regions:\n  - {length: 40 um, contents: {Fe: 70 %, Ni: 30 %}}\n"                              \
    "  - {length: 40 um, contents: {Fe: 45 %, Cr: 20 %, Ni: 35 %}}\n"                              \
    "run: {temperature: 1100 degC, time: 20 h, tolerance: 1e-5}\n"

/* The same couple with each element as the reference; the marker too. */
static void the_reference_does_not_matter(void **unused) {
    (void)unused;
    static const char *const orders[] = {"[Fe, Cr, Ni]", "[Cr, Fe, Ni]", "[Ni, Cr, Fe]"};
    sw_model *model[3];
    void *state[3];
    for (size_t i = 0; i < 3; i++) {
        char text[512];
        snprintf(text, sizeof text, "alloy: {elements: %s, mobilities: jonsson, cells: 80}\n%s",
                 orders[i], STEELS);
        model[i] = load(text);
        state[i] = open_run(model[i]);
        advance(state[i], 72000);
        assert_true(fabs(last_of(state[i], "balance")) < 1e-12);
    }
    for (size_t i = 1; i < 3; i++) {
        print_message("# Cr %.1e, Ni %.1e at%%, marker %.6f %.6f nm\n",
                      apart(state[0], state[i], "Cr"), apart(state[0], state[i], "Ni"),
                      last_of(state[0], "marker shift"), last_of(state[i], "marker shift"));
        assert_true(apart(state[0], state[i], "Cr") < 1e-3);
        assert_true(apart(state[0], state[i], "Ni") < 1e-3);
        assert_true(
            fabs(last_of(state[0], "marker shift") / last_of(state[i], "marker shift") - 1) < 1e-4);
    }
    for (size_t i = 0; i < 3; i++)
        close_run(state[i], model[i]);
}

/* Fluxes of all elements are none in all; nickel turns twice, and there its flux is small. */
static void fluxes_have_planes_of_zero(void **unused) {
    (void)unused;
    sw_model *model =
        load("alloy: {elements: [Fe, Cr, Ni], mobilities: jonsson, cells: 80}\n" STEELS);
    void *state = open_run(model);
    advance(state, 36000);
    sw_table *fluxes = table_of(state, "fluxes"), *planes = table_of(state, "zero_flux_planes");
    const double *place = column_of(fluxes, "position"), *nickel = column_of(fluxes, "Ni");
    double largest = 0.0;
    for (size_t i = 0; i < sw_table_rows(fluxes); i++) {
        const double iron = column_of(fluxes, "Fe")[i], chromium = column_of(fluxes, "Cr")[i];
        largest = fmax(largest, fabs(nickel[i]));
        assert_true(fabs(iron + chromium + nickel[i]) <= 1e-12 * (fabs(iron) + fabs(chromium)));
    }
    assert_int_equal(sw_table_rows(planes), 2);
    for (size_t p = 0; p < 2; p++) {
        const double plane = column_of(planes, "position")[p];
        assert_string_equal(sw_table_text(planes, p, 0), "Ni");
        for (size_t i = 0; i < sw_table_rows(fluxes); i++)
            if (fabs(place[i] - plane) < 600) /* cells of 1000 nm */
                assert_true(fabs(nickel[i]) < 0.3 * largest);
    }
    sw_table_destroy(fluxes);
    sw_table_destroy(planes);
    close_run(state, model);
}

/* Cylinder and sphere: balances, and the marker of a core moves. */
static void round_bodies_keep_what_they_have(void **unused) {
    (void)unused;
    static const char *const shapes[] = {"cylinder", "sphere"};
    for (size_t i = 0; i < 2; i++) {
        char text[512];
        snprintf(text, sizeof text,
                 "alloy: {elements: [Fe, Cr, Ni], mobilities: khorasgani, cells: 60, geometry: "
                 "%s}\n%s",
                 shapes[i], STEELS);
        sw_model *model = load(text);
        void *state = open_run(model);
        advance(state, 72000);
        print_message("# %s: balance %.1e, marker %.3f nm\n", shapes[i], last_of(state, "balance"),
                      last_of(state, "marker shift"));
        assert_true(fabs(last_of(state, "balance")) < 1e-12);
        assert_true(fabs(last_of(state, "marker shift")) > 1.0);
        close_run(state, model);
    }
}

static void a_restored_run_goes_on_bit_for_bit(void **unused) {
    (void)unused;
    const sw_simulator *simulator = sw_diffusion_simulator();
    static const char ramp[] =
        "alloy: {elements: [Fe, Cr, Ni], mobilities: jonsson, cells: 60}\n"
        "programme:\n  - {duration: 10 h, temperature: 1150 degC, ramp: true}\n" STEELS;
    sw_model *model = load(ramp),
             *binary = load("alloy: {elements: [Fe, Ni], mobilities: jonsson}\n"
                            "regions: [{length: 1 um, contents: {Ni: 1 %}}]\n"
                            "run: {temperature: 900 degC, time: 1 h}\n");
    void *state = open_run(model), *again = open_run(model), *other = open_run(binary);
    sw_bytes bytes = {0}, ends[2] = {{0}, {0}};
    sw_error error = {0};
    advance(state, 18000);
    assert_int_equal(simulator->save(state, &bytes, &error), SW_OK);
    assert_int_equal(simulator->restore(again, bytes.data, bytes.size, &error), SW_OK);
    advance(state, 54000);
    advance(again, 54000);
    assert_true(simulator->fingerprint(state) == simulator->fingerprint(again));
    assert_int_equal(simulator->save(state, &ends[0], &error), SW_OK);
    assert_int_equal(simulator->save(again, &ends[1], &error), SW_OK);
    assert_int_equal(ends[0].size, ends[1].size);
    assert_memory_equal(ends[0].data, ends[1].data, ends[0].size);
    for (size_t cut = 1; cut < bytes.size; cut = 3 * cut + 1)
        assert_int_equal(simulator->restore(again, bytes.data, bytes.size - cut, &error),
                         SW_ERROR_FORMAT);
    assert_int_equal(simulator->restore(other, bytes.data, bytes.size, &error), SW_ERROR_FORMAT);
    sw_bytes_clear(&bytes);
    for (size_t i = 0; i < 2; i++)
        sw_bytes_clear(&ends[i]);
    simulator->destroy(again);
    simulator->destroy(other);
    sw_model_destroy(binary);
    close_run(state, model);
}

/* ---- an element between the others -------------------------------------------------------------
 */

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

/* Fe-10Cr on Fe-40Cr below the gap of bcc: the code that followed it would get oscillations. */
static void what_unmixes_is_refused(void **unused) {
    (void)unused;
    static const char mobilities[] = "PARAMETER MQ(BCC_A2&CR,*:VA;0) 298.15 -250000; 6000 N !\n"
                                     "PARAMETER MQ(BCC_A2&FE,*:VA;0) 298.15 -250000; 6000 N !\n"
                                     "PARAMETER MQ(BCC_A2&NI,*:VA;0) 298.15 -250000; 6000 N !\n";
    char path[] = "/tmp/spillway-mobilities-XXXXXX", text[512];
    const int file = mkstemp(path);
    assert_true(file >= 0 &&
                write(file, mobilities, sizeof mobilities - 1) == sizeof mobilities - 1);
    close(file);
    for (size_t hot = 0; hot < 2; hot++) {
        snprintf(text, sizeof text,
                 "alloy: {elements: [Fe, Cr, Ni], mobilities: %s, cells: 40}\n"
                 "regions:\n  - {phase: BCC_A2, length: 1 um, contents: {Cr: 10 %%}}\n"
                 "  - {phase: BCC_A2, length: 1 um, contents: {Cr: 60 %%}}\n"
                 "run: {temperature: %d degC, time: 1 h}\n",
                 path, hot ? 900 : 450);
        sw_model *model = load(text);
        void *state = open_run(model);
        bool finished;
        sw_error error = {0};
        const sw_horizon horizon = {.time = 3600, .events = UINT64_MAX};
        const sw_status status =
            sw_diffusion_simulator()->advance(state, horizon, &finished, &error);
        assert_int_equal(status, hot ? SW_OK : SW_ERROR_NUMERIC);
        print_message("# %s\n", error.message);
        assert_true(hot || strstr(error.message, "unmixes"));
        close_run(state, model);
    }
    unlink(path);
}

/* ---- the language ------------------------------------------------------------------------------
 */

/* 36 wt% Ni are 34.86 at% (55.845 and 58.693 g/mol). */
static void weights_become_atoms(void **unused) {
    (void)unused;
    sw_model *model = load("alloy: {elements: [Fe, Cr, Ni], mobilities: jonsson, cells: 16}\n"
                           "regions: [{length: 1 um, contents: {Ni: 36 %}, of: weight}]\n"
                           "run: {temperature: 900 degC, time: 1 s}\n");
    const sw_diffusion_region *region = &sw_model_diffusion(model)->region[0];
    const double expected = 36 / 58.693 / (36 / 58.693 + 64 / 55.845);
    assert_true(fabs(region->x[2] - expected) < 1e-5);
    assert_true(fabs(region->x[2] - 0.3486) < 1e-4);
    assert_true(fabs(region->x[0] + region->x[2] - 1) < 1e-15 && region->x[1] == 0.0);
    sw_model_destroy(model);
}

static void faults_are_told_with_their_place(void **unused) {
    (void)unused;
    static const struct {
        const char *elements, *region, *place, *part;
    } faults[] = {
        {"[Fe]", "contents: {Fe: 1}", "test:4:19", "2 to 8 elements"},
        {"[Fe, Ni, fe]", "contents: {Ni: 0.2}", "test:4:28", "twice"},
        {"[Fe, Cr, Ni]", "contents: {Mn: 0.2}", "test:6:31", "element 'Mn'"},
        {"[Fe, Cr, Ni]", "contents: {Cr: 60 %, Ni: 60 %}", "test:6:30", "120 %"},
        {"[Fe, Cr, Ni]", "contents: {Fe: 10 %, Ni: 60 %}", "test:6:30", "70 %"},
        {"[Fe, Cr, Ni]", "composition: 0.2", "test:6:33", "of two elements"},
        {"[Fe, Cr, Ni]", "of: atoms", "test:6:5", "has contents"},
        {"[Fe, Ni]", "composition: 0.2, contents: {Ni: 0.2}", "test:6:5", "or a composition"},
        {"[Fe, Cr, QQ]", "contents: {QQ: 0.2}, of: weight", "test:6:5", "weight of QQ"},
        {"[Fe, Cr, Ni]",
         "contents: {Ni: 0.2}}\n  - {phase: BCC_A2, length: 1 um, contents: {Ni: 0.2}", "test:7:5",
         "FCC_A1 and BCC_A2"}};
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        char text[512];
        sw_model *model;
        sw_error error = {0};
        snprintf(text, sizeof text,
                 "alloy: {elements: %s}\nregions:\n  - {length: 1 um, %s}\n"
                 "run: {temperature: 900 degC, time: 1 s}\n",
                 faults[i].elements, faults[i].region);
        assert_int_not_equal(try_load(&model, text, &error), SW_OK);
        print_message("# %s: %s\n", error.place, error.message);
        assert_non_null(strstr(error.message, faults[i].part));
        assert_string_equal(error.place, faults[i].place);
    }
}

/* Cobalt is not in the built-in database, and bcc chromium has no mobilities there. Two elements
 * are in order. */
static void what_the_database_lacks_is_told(void **unused) {
    (void)unused;
    static const struct {
        const char *elements, *phase, *last, *place;
    } faults[] = {{"[Fe, Co, Ni]", "FCC_A1", "Ni", "CO"},
                  {"[Fe, Cr, Ni]", "BCC_A2", "Ni", "CR"},
                  {"[Ni, Fe]", "FCC_A1", "Fe", "alloy.elements"}};
    for (size_t i = 0; i < 3; i++) {
        char text[512];
        void *state;
        sw_error error = {0};
        snprintf(text, sizeof text,
                 "alloy: {elements: %s, mobilities: jonsson}\n"
                 "regions: [{phase: %s, length: 1 um, contents: {%s: 1 %%}}]\n"
                 "run: {temperature: 900 degC, time: 1 s}\n",
                 faults[i].elements, faults[i].phase, faults[i].last);
        sw_model *model = load(text);
        assert_int_equal(sw_diffusion_simulator()->create(&state, model, 1, NULL, &error),
                         i < 2 ? SW_ERROR_NOT_FOUND : SW_ERROR_MODEL);
        assert_string_equal(error.place, faults[i].place);
        sw_model_destroy(model);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(another_program_has_the_same_profile),
        cmocka_unit_test(without_the_third_it_is_the_run_of_two),
        cmocka_unit_test(the_reference_does_not_matter),
        cmocka_unit_test(fluxes_have_planes_of_zero),
        cmocka_unit_test(round_bodies_keep_what_they_have),
        cmocka_unit_test(a_restored_run_goes_on_bit_for_bit),
        cmocka_unit_test(carbon_levels_its_potential),
        cmocka_unit_test(dilute_carbon_is_an_error_function),
        cmocka_unit_test(what_unmixes_is_refused),
        cmocka_unit_test(weights_become_atoms),
        cmocka_unit_test(faults_are_told_with_their_place),
        cmocka_unit_test(what_the_database_lacks_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
