/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The built-in couple as a run: published times of homogenisation, conservation, saved states. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <spillway/diffusion.h>
#include <spillway/model.h>

#include <math.h>
#include <time.h>

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static sw_model *load(const sw_setting *settings, size_t count) {
    sw_model *model;
    sw_error error = {0};
    if (sw_model_load(&model, "fe-ni-couple", settings, count, NULL, 0, &error) != SW_OK)
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

static double last_of(const void *state, const char *column) {
    sw_table *series;
    double value;
    assert_int_equal(sw_table_create(&series), SW_OK);
    assert_int_equal(sw_diffusion_simulator()->describe_series(state, series), SW_OK);
    assert_int_equal(sw_diffusion_simulator()->observe((void *)(uintptr_t)state, series, NULL),
                     SW_OK);
    const ptrdiff_t at = sw_table_find(series, column);
    assert_true(at >= 0);
    value = sw_table_numbers(series, (size_t)at)[0];
    sw_table_destroy(series);
    return value;
}

/* data/calphad/couple1d_out.txt, an independent solution: 163, 247 and 646 h, to the hour. */
static void couples_become_homogeneous_when_they_should(void **unused) {
    (void)unused;
    static const struct {
        const char *mobilities, *iron, *nickel;
        double hours;
    } cases[] = {{"jonsson", "227.99 nm", "122.01 nm", 163},
                 {"khorasgani", "227.99 nm", "122.01 nm", 247},
                 {"jonsson", "455.98 nm", "244.02 nm", 646}};
    for (size_t i = 0; i < 3; i++) {
        const sw_setting settings[] = {{"alloy.mobilities", cases[i].mobilities},
                                       {"iron", cases[i].iron},
                                       {"nickel", cases[i].nickel}};
        sw_model *model = load(settings, 3);
        const double start = seconds();
        void *state = open_run(model);
        advance(state, 1000 * 3600.0);
        const double hours = last_of(state, "homogeneous after");
        print_message("# %s: %.2f h (%g), %g steps, %.0f ms, balance %.1e\n", cases[i].mobilities,
                      hours, cases[i].hours, last_of(state, "steps"), 1e3 * (seconds() - start),
                      last_of(state, "balance"));
        assert_true(fabs(hours / cases[i].hours - 1) < 0.01);
        assert_true(fabs(last_of(state, "balance")) < 1e-12);
        sw_diffusion_simulator()->destroy(state);
        sw_model_destroy(model);
    }
}

/* sqrt(D t) in 1200 s: 6.6 nm for Fe and 10.9 nm for Ni (data/calphad/feni_diffusion_out.txt). */
static void tracers_go_as_far_as_published(void **unused) {
    (void)unused;
    sw_model *model = load(NULL, 0);
    void *state = open_run(model);
    advance(state, 1200);
    assert_true(fabs(last_of(state, "first tracer length") - 6.56) < 0.05);
    assert_true(fabs(last_of(state, "second tracer length") - 10.86) < 0.06);
    sw_diffusion_simulator()->destroy(state);
    sw_model_destroy(model);
}

static void a_restored_run_goes_on_bit_for_bit(void **unused) {
    (void)unused;
    const sw_simulator *simulator = sw_diffusion_simulator();
    sw_model *model = load(NULL, 0);
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

static void faults_of_a_model_are_told(void **unused) {
    (void)unused;
    static const sw_setting faults[] = {{"alloy.mobilities", "nobody"},
                                        {"alloy.database", "/nowhere.tdb"},
                                        {"alloy.elements", "[Cr, Ni]"}};
    for (size_t i = 0; i < 3; i++) {
        sw_model *model = load(&faults[i], 1);
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
        cmocka_unit_test(faults_of_a_model_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
