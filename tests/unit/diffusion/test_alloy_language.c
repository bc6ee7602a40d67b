/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What models of alloys say, and what is refused in them and in their databases. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "diffusion_runs.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_become_atoms),
        cmocka_unit_test(faults_are_told_with_their_place),
        cmocka_unit_test(what_the_database_lacks_is_told),
        cmocka_unit_test(what_unmixes_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
