/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The built-in couple as a run: published times of homogenisation, conservation, saved states. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "diffusion_runs.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static sw_model *load_couple(const sw_setting *settings, size_t count) {
    sw_model *model;
    sw_error error = {0};
    if (sw_model_load(&model, "fe-ni-couple", settings, count, NULL, 0, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    return model;
}

static double hours_of(const char *mobilities, const char *iron, const char *nickel) {
    const sw_setting settings[] = {
        {"alloy.mobilities", mobilities}, {"iron", iron}, {"nickel", nickel}};
    sw_model *model = load_couple(settings, 3);
    const double start = seconds();
    void *state = open_run(model);
    advance(state, 1000 * 3600.0);
    const double hours = last_of(state, "homogeneous after");
    print_message("# %s: %.2f h, %g steps, %.0f ms, balance %.1e\n", mobilities, hours,
                  last_of(state, "steps"), 1e3 * (seconds() - start), last_of(state, "balance"));
    assert_true(fabs(last_of(state, "balance")) < 1e-12);
    sw_diffusion_simulator()->destroy(state);
    sw_model_destroy(model);
    return hours;
}

/*
 * data/calphad/couple1d_out.txt, an independent solution to the hour, whose 400 cells hold 139 of
 * nickel. Its 163 h for 350 nm is not a quarter of its 646 h for 700 nm, as it must be: half of the
 * thickness has the larger error of its time steps. So 163 is taken as 646 / 4.
 */
static void couples_become_homogeneous_when_they_should(void **unused) {
    (void)unused;
    const double half = hours_of("jonsson", "228.375 nm", "121.625 nm");
    const double whole = hours_of("jonsson", "456.75 nm", "243.25 nm");
    const double other = hours_of("khorasgani", "228.375 nm", "121.625 nm");
    assert_true(fabs(half / (646 / 4.0) - 1) < 0.01);
    assert_true(fabs(whole / 646 - 1) < 0.01);
    assert_true(fabs(other / 247 - 1) < 0.01);
    assert_true(fabs(whole / half / 4 - 1) < 1e-3);
}

/* sqrt(D t) in 1200 s: 6.6 nm for Fe and 10.9 nm for Ni (data/calphad/feni_diffusion_out.txt). */
static void tracers_go_as_far_as_published(void **unused) {
    (void)unused;
    sw_model *model = load_couple(NULL, 0);
    void *state = open_run(model);
    advance(state, 1200);
    assert_true(fabs(last_of(state, "Fe tracer length") - 6.56) < 0.05);
    assert_true(fabs(last_of(state, "Ni tracer length") - 10.86) < 0.06);
    sw_diffusion_simulator()->destroy(state);
    sw_model_destroy(model);
}

static void a_restored_run_goes_on_bit_for_bit(void **unused) {
    (void)unused;
    const sw_simulator *simulator = sw_diffusion_simulator();
    sw_model *model = load_couple(NULL, 0);
    void *state = open_run(model), *again = open_run(model);
    sw_bytes bytes = {0};
    sw_error error = {0};
    advance(state, 3600);
    assert_int_equal(simulator->save(state, &bytes, &error), SW_OK);
    assert_int_equal(simulator->restore(again, bytes.data, bytes.size, &error), SW_OK);
    advance(state, 7200);
    advance(again, 7200);
    assert_true(simulator->fingerprint(state) == simulator->fingerprint(again));
    assert_true(simulator->events(state) == simulator->events(again));
    assert_int_equal(simulator->restore(again, bytes.data, bytes.size - 1, &error),
                     SW_ERROR_FORMAT);
    assert_int_equal(simulator->restore(again, bytes.data, 3, &error), SW_ERROR_FORMAT);
    sw_bytes_clear(&bytes);
    simulator->destroy(state);
    simulator->destroy(again);
    sw_model_destroy(model);
}

/* ---- two phases ------------------------------------------------------------------------------ */

/* Fe and Ni with made-up mobilities in both phases: bcc iron on fcc Fe-30Ni at 700 degC. */
static const char extra[] = "PARAMETER MQ(BCC_A2&FE,FE:VA;0) 298.15 -250000; 6000 N !\n"
                            "PARAMETER MQ(BCC_A2&NI,FE:VA;0) 298.15 -250000; 6000 N !\n"
                            "PARAMETER MQ(BCC_A2&FE,NI:VA;0) 298.15 -250000; 6000 N !\n"
                            "PARAMETER MQ(BCC_A2&NI,NI:VA;0) 298.15 -250000; 6000 N !\n"
                            "PARAMETER MQ(FCC_A1&FE,*:VA;0) 298.15 -270000; 6000 N !\n"
                            "PARAMETER MQ(FCC_A1&NI,*:VA;0) 298.15 -270000; 6000 N !\n";

static sw_model *load_two_phases(const char *mobilities) {
    char text[1024];
    sw_model *model;
    sw_error error = {0};
    snprintf(text, sizeof text,
             "format: 1\nname: two\nsimulator: diffusion\n"
             "alloy: {elements: [Fe, Ni], mobilities: %s, cells: 200}\n"
             "regions:\n  - {phase: BCC_A2, length: 100 nm, composition: 0}\n"
             "  - {phase: FCC_A1, length: 100 nm, composition: 0.12}\n"
             "run: {temperature: 700 degC, time: 3 h, tolerance: 1e-5}\n",
             mobilities);
    if (sw_model_load_bytes(&model, "two", text, strlen(text), &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    return model;
}

/* In the end both phases hold their compositions of the tie line, and the lever rule gives the
 * place of the boundary: 6 at% Ni between 2.941 and 8.578. */
static void ends_at_the_lever_rule(const char *mobilities, double time) {
    sw_model *model = load_two_phases(mobilities);
    void *state = open_run(model);
    advance(state, time);
    const double place = last_of(state, "boundary");
    print_message("# boundary at %.3f nm, %.4f to %.4f at%%, balance %.1e, %g steps\n", place,
                  last_of(state, "lowest Ni"), last_of(state, "highest Ni"),
                  last_of(state, "balance"), last_of(state, "steps"));
    assert_true(fabs(last_of(state, "lowest Ni") - 2.941) < 1e-3);
    assert_true(fabs(last_of(state, "highest Ni") - 8.578) < 1e-3);
    assert_true(fabs(place - 200 * (8.578 - 6.0) / (8.578 - 2.941)) < 0.1);
    assert_true(fabs(last_of(state, "balance")) < 1e-12);
    sw_diffusion_simulator()->destroy(state);
    sw_model_destroy(model);
}

static void two_phases_end_at_the_lever_rule(void **unused) {
    (void)unused;
    char path[] = "/tmp/spillway-mobilities-XXXXXX";
    const int file = mkstemp(path);
    assert_true(file >= 0 && write(file, extra, sizeof extra - 1) == sizeof extra - 1);
    close(file);
    ends_at_the_lever_rule(path, 1e4);
    unlink(path);
}

/* The same with assessed mobilities of both: bcc iron below its Curie temperature, 250 times as
 * fast as fcc. */
static void bcc_and_fcc_have_their_own_mobilities(void **unused) {
    (void)unused;
    ends_at_the_lever_rule("jonsson", 3e6);
}

/* The message names the element, and the hint says what to add. */
static void a_phase_without_mobilities_is_refused(void **unused) {
    (void)unused;
    sw_model *model = load_two_phases("khorasgani"); /* fcc alone */
    void *state;
    sw_error error = {0};
    assert_int_equal(sw_diffusion_simulator()->create(&state, model, 1, NULL, &error),
                     SW_ERROR_NOT_FOUND);
    assert_string_equal(error.place, "FE");
    sw_model_destroy(model);
}

static void faults_of_a_model_are_told(void **unused) {
    (void)unused;
    static const sw_setting faults[] = {{"alloy.mobilities", "nobody"},
                                        {"alloy.database", "/nowhere.tdb"},
                                        {"alloy.elements", "[Co, Ni]"}};
    for (size_t i = 0; i < 3; i++) {
        sw_model *model = load_couple(&faults[i], 1);
        void *state;
        sw_error error = {0};
        assert_int_not_equal(sw_diffusion_simulator()->create(&state, model, 1, NULL, &error),
                             SW_OK);
        assert_true(error.message[0] != '\0');
        sw_model_destroy(model);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(couples_become_homogeneous_when_they_should),
        cmocka_unit_test(tracers_go_as_far_as_published),
        cmocka_unit_test(a_restored_run_goes_on_bit_for_bit),
        cmocka_unit_test(two_phases_end_at_the_lever_rule),
        cmocka_unit_test(bcc_and_fcc_have_their_own_mobilities),
        cmocka_unit_test(a_phase_without_mobilities_is_refused),
        cmocka_unit_test(faults_of_a_model_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
