/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs of three elements: another program's profile, the run of two elements, balances, saved
 * states. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "diffusion_runs.h"

#include <math.h>
#include <stdlib.h>

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

/* ---- against others -------------------------------------------------------------------------- */

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
             "run: {temperature: 1373.15 K, time: 10 h, tolerance: 3e-5}\n",
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

/* Iron and nickel with markers: the contents of the code without, and a weld that moves to the side
 * of nickel, the faster one, with the square root of time. */
static void two_elements_may_have_markers(void **unused) {
    (void)unused;
    static const char *const keys[] = {"false", "true"};
    sw_model *model[2];
    void *state[2];
    for (size_t i = 0; i < 2; i++) {
        char text[512];
        snprintf(text, sizeof text,
                 "alloy: {elements: [Fe, Ni], mobilities: jonsson, cells: 200, markers: %s}\n"
                 "regions:\n  - {length: 1 um, composition: 0}\n"
                 "  - {length: 1 um, composition: 1}\n"
                 "run: {temperature: 700 degC, time: 200 h, tolerance: 1e-5}\n",
                 keys[i]);
        model[i] = load(text);
        state[i] = open_run(model[i]);
        advance(state[i], 50 * 3600.0);
    }
    const double early = last_of(state[1], "marker shift");
    for (size_t i = 0; i < 2; i++)
        advance(state[i], 200 * 3600.0);
    const double late = last_of(state[1], "marker shift");
    print_message("# markers at %.3f and %.3f nm, Ni differs by %.1e at%%\n", early, late,
                  apart(state[0], state[1], "Ni"));
    assert_true(early > 10.0 && fabs(late / early - 2.0) < 0.05);
    assert_true(apart(state[0], state[1], "Ni") < 0.02);
    for (size_t i = 0; i < 2; i++)
        close_run(state[i], model[i]);
}

/* ---- what must hold -------------------------------------------------------------------------- */

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
        snprintf(text, sizeof text, "alloy: {elements: %s, mobilities: jonsson, cells: 60}\n%s",
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(another_program_has_the_same_profile),
        cmocka_unit_test(without_the_third_it_is_the_run_of_two),
        cmocka_unit_test(two_elements_may_have_markers),
        cmocka_unit_test(the_reference_does_not_matter),
        cmocka_unit_test(fluxes_have_planes_of_zero),
        cmocka_unit_test(round_bodies_keep_what_they_have),
        cmocka_unit_test(a_restored_run_goes_on_bit_for_bit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
