/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A saved powder goes on bit for bit; damaged states are refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "powder/powder.h"

#include <string.h>

static sw_model *model_of(void) {
    sw_model *model = NULL;
    sw_error error = {0};
    if (sw_model_load(&model, "fe2o3-nio", NULL, 0, NULL, 0, &error) != SW_OK)
        fail_msg("%s", error.message);
    return model;
}

static void *start(const sw_model *model) {
    void *state = NULL;
    sw_error error = {0};
    if (sw_powder_simulator()->create(&state, model, 1, NULL, &error) != SW_OK)
        fail_msg("%s", error.message);
    return state;
}

static void advance(void *state, double time, uint64_t events) {
    bool finished;
    sw_error error = {0};
    sw_horizon horizon = {.time = time, .events = events};
    if (sw_powder_simulator()->advance(state, horizon, &finished, &error) != SW_OK)
        fail_msg("%s", error.message);
}

/* Stopped in a leg, at a corner, and where the integrator is beyond the time of the stop. */
static void resumed_runs_are_the_same(void **unused) {
    (void)unused;
    static const double stops[] = {0, 1000.5, 2040, 2075.25, 2100};
    const sw_simulator *simulator = sw_powder_simulator();
    sw_model *model = model_of();
    void *whole = start(model);
    advance(whole, 2150, UINT64_MAX);
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        void *first = start(model), *second = start(model);
        sw_bytes bytes = {0};
        sw_powder_amounts a, b;
        if (stops[i] > 0)
            advance(first, stops[i], UINT64_MAX);
        assert_int_equal(simulator->save(first, &bytes, NULL), SW_OK);
        sw_error error = {0};
        if (simulator->restore(second, bytes.data, bytes.size, &error) != SW_OK)
            fail_msg("after %g s: %s", stops[i], error.message);
        assert_int_equal(simulator->fingerprint(first), simulator->fingerprint(second));
        advance(second, 2150, UINT64_MAX);
        assert_int_equal(simulator->fingerprint(second), simulator->fingerprint(whole));
        assert_int_equal(sw_powder_observe(&a, whole, NULL), SW_OK);
        assert_int_equal(sw_powder_observe(&b, second, NULL), SW_OK);
        assert_memory_equal(&a, &b, sizeof a);
        sw_bytes_clear(&bytes);
        simulator->destroy(first);
        simulator->destroy(second);
    }
    simulator->destroy(whole);
    sw_model_destroy(model);
}

static void damaged_states_are_refused(void **unused) {
    (void)unused;
    const sw_simulator *simulator = sw_powder_simulator();
    sw_model *model = model_of();
    void *state = start(model);
    sw_bytes bytes = {0};
    sw_error error = {0};
    assert_int_equal(simulator->save(state, &bytes, NULL), SW_OK);
    assert_int_equal(simulator->restore(state, bytes.data, 10, &error), SW_ERROR_FORMAT);
    assert_int_equal(simulator->restore(state, bytes.data, bytes.size - 8, &error),
                     SW_ERROR_FORMAT);
    memset((unsigned char *)bytes.data, 0x7f, 16);
    assert_int_equal(simulator->restore(state, bytes.data, bytes.size, &error), SW_ERROR_FORMAT);
    sw_bytes_clear(&bytes);
    simulator->destroy(state);
    sw_model_destroy(model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(resumed_runs_are_the_same),
        cmocka_unit_test(damaged_states_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
