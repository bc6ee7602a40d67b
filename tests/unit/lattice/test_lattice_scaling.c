/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quasi-equilibrium scaling: what is scaled and what is not, on both engines; restarts. */
#include "lattice/saved_state.h"
#include "lattice/scaling.h"
#include "lattice_steps.h"
#include "small_models.h"

#include <string.h>

static const sw_engine engines[2] = {SW_ENGINE_PACKED, SW_ENGINE_GENERAL};

static void accelerate(small_model *m, double margin, uint64_t window) {
    m->model.run.acceleration.scaling = (sw_scaling_settings){.present = true,
                                                              .window = window,
                                                              .executions = 500,
                                                              .tolerance = 0.1,
                                                              .margin = margin,
                                                              .lowest = 1e-6};
}

/* A comes and goes, and now and then leaves for good: process 0 and process 1. */
static void leaking_model(small_model *m, double arrives, double leaves, double leaks) {
    small_model_init(m, 12, 12, 1, true, 500.0);
    small_model_adsorption(m, 1, arrives, leaves);
    sw_process *leak = small_model_process(m, "leak", 1, SW_KINETICS_RATE, leaks, 0.0);
    leak->slot[0].before = A_SET;
    leak->slot[0].after_species = SW_EMPTY;
}

static double factor_of(const sw_lattice *lattice, size_t process) {
    return lattice->scaling->pair[process].factor;
}

static void test_off_by_default(void **state) {
    (void)state;
    small_model m;
    leaking_model(&m, 1000.0, 1000.0, 1.0);
    sw_lattice *lattice = create_lattice(&m.model, 3);
    assert_null(lattice->scaling);
    sw_lattice_destroy(lattice);
}

/* Only the pair is scaled, to the margin; what is kept stays right. */
static void test_fast_pair_is_scaled(void **state) {
    (void)state;
    small_model m;
    leaking_model(&m, 1000.0, 1000.0, 1.0);
    accelerate(&m, 20.0, 4000);
    for (int e = 0; e < 2; e++) {
        m.model.run.engine = engines[e];
        sw_lattice *lattice = create_lattice(&m.model, 3);
        advance_by_events(lattice, 100000);
        /* 1000 each way for every leak, 20 wanted: 1/50 but for chance and rounding */
        assert_true(factor_of(lattice, 0) >= 1.0 / 64 && factor_of(lattice, 0) <= 1.0 / 16);
        assert_true(factor_of(lattice, 1) == 1.0);
        audit_lattice(lattice);
        sw_scaling_summary found;
        sw_scaling_summarize(&found, lattice);
        assert_true(found.scaled == 1.0 && found.lowest == factor_of(lattice, 0));
        assert_true(found.gain > 10.0 && found.error > 0.0 && found.error < 0.1);
        sw_lattice_destroy(lattice);
    }
}

/* Nothing is in balance: the run is the one without scaling, event for event. */
static void test_imbalance_holds_it(void **state) {
    (void)state;
    small_model m;
    leaking_model(&m, 1000.0, 100.0, 500.0);
    m.model.run.engine = SW_ENGINE_PACKED;
    sw_lattice *plain = create_lattice(&m.model, 3);
    accelerate(&m, 1.0, 1000);
    sw_lattice *lattice = create_lattice(&m.model, 3);
    advance_by_events(plain, 50000);
    advance_by_events(lattice, 50000);
    assert_true(lattice->scaling->record.changes == 0);
    assert_true(!lattice->scaling->pair[0].balanced);
    assert_true(lattice->fingerprint == plain->fingerprint);
    m.model.run.engine = SW_ENGINE_GENERAL;
    sw_lattice *general = create_lattice(&m.model, 3);
    advance_by_events(general, 50000);
    assert_true(general->scaling->record.changes == 0 && !general->scaling->pair[0].balanced);
    sw_lattice_destroy(plain);
    sw_lattice_destroy(lattice);
    sw_lattice_destroy(general);
}

/* A process that is not named stays as it is; one that is alone sets its own pace. */
static void test_choice(void **state) {
    (void)state;
    const bool chosen[2] = {false, false};
    small_model m;
    leaking_model(&m, 1000.0, 1000.0, 1.0);
    accelerate(&m, 5.0, 1000);
    m.model.run.acceleration.scaling.chosen = chosen;
    sw_lattice *lattice = create_lattice(&m.model, 3);
    advance_by_events(lattice, 20000);
    assert_true(lattice->scaling->pair[0].balanced && factor_of(lattice, 0) == 1.0);
    sw_lattice_destroy(lattice);
    m.model.run.acceleration.scaling.chosen = NULL;
    m.model.processes = 1;
    lattice = create_lattice(&m.model, 3);
    advance_by_events(lattice, 20000);
    assert_true(lattice->scaling->pair[0].balanced && factor_of(lattice, 0) == 1.0);
    sw_lattice_destroy(lattice);
}

/* Two-way: what leaks becomes fast, and later the balance is lost. */
static void test_scaled_back(void **state) {
    (void)state;
    for (int e = 0; e < 2; e++) {
        small_model m;
        leaking_model(&m, 1000.0, 1000.0, 1.0);
        accelerate(&m, 20.0, 2000);
        m.model.run.engine = engines[e];
        sw_lattice *lattice = create_lattice(&m.model, 3);
        sw_error error = {0};
        advance_by_events(lattice, 50000);
        double first = factor_of(lattice, 0);
        m.process[1].prefactor = 8.0;
        assert_int_equal(sw_lattice_set_temperature(lattice, 500.001, &error), SW_OK);
        advance_by_events(lattice, 50000);
        assert_true(factor_of(lattice, 0) >= 4.0 * first && factor_of(lattice, 0) < 1.0);
        m.process[1].prefactor = 800.0;
        assert_int_equal(sw_lattice_set_temperature(lattice, 500.002, &error), SW_OK);
        advance_by_events(lattice, 6000);
        assert_true(factor_of(lattice, 0) == 1.0);
        sw_lattice_destroy(lattice);
    }
}

/* Atoms that gather: their hops lead downhill, so they are not in balance before they have. The
 * hop is its own reverse, so only the energy tells. */
static void test_hops_downhill(void **state) {
    (void)state;
    for (int e = 0; e < 2; e++) {
        small_model m;
        small_model_init(&m, 24, 24, 1, true, 500.0);
        small_model_pair(&m, A_SET, A_SET, 2.0, -0.1);
        small_model_hop(&m, A_SET, 0.5);
        small_model_fill(&m, 0.3, 0.0);
        accelerate(&m, 5.0, 100);
        m.model.run.acceleration.scaling.executions = 100;
        m.model.run.engine = engines[e];
        sw_lattice *lattice = create_lattice(&m.model, 3);
        advance_by_events(lattice, 100);
        const sw_scaled_pair *pair = &lattice->scaling->pair[0];
        assert_true(pair->own.down > pair->own.up && !pair->balanced);
        assert_true(e == 0 ? pair->own.samples < 20 : pair->own.samples == 100);
        m.model.run.acceleration.scaling.window = 20000; /* once they have, as many lead up */
        m.model.run.acceleration.scaling.executions = 10000;
        advance_by_events(lattice, 400000);
        assert_true(pair->balanced && pair->own.up > 10000 / (e == 0 ? 16 : 1));
        sw_lattice_destroy(lattice);
    }
}

static void save(sw_bytes *bytes, const sw_lattice *lattice) {
    *bytes = (sw_bytes){0};
    assert_int_equal(sw_saved_state_write(lattice, bytes), SW_OK);
}

/* Stopped anywhere in a window and restored, it goes on bit for bit. */
static void test_restored_goes_on(void **state) {
    (void)state;
    small_model m;
    leaking_model(&m, 1000.0, 1000.0, 1.0);
    small_model_pair(&m, A_SET, A_SET, 2.0, -0.02);
    small_model_hop(&m, A_SET, 0.95);
    accelerate(&m, 10.0, 1500);
    for (int e = 0; e < 2; e++) {
        m.model.run.engine = engines[e];
        sw_lattice *whole = create_lattice(&m.model, 5);
        advance_by_events(whole, 20000);
        assert_true(factor_of(whole, 0) < 1.0);
        for (uint64_t pause = 0; pause < 3; pause++) {
            sw_bytes saved, first, second;
            sw_error error = {0};
            advance_by_events(whole, pause == 1 ? 1 : 777); /* 21000 is a review */
            save(&saved, whole);
            sw_lattice *part = create_lattice(&m.model, 5);
            if (sw_saved_state_read(part, saved.data, saved.size, &error) != SW_OK)
                fail_msg("%s: %s", error.place, error.message);
            audit_lattice(part);
            advance_by_events(part, 5000);
            advance_by_events(whole, 5000);
            save(&first, whole);
            save(&second, part);
            assert_true(part->fingerprint == whole->fingerprint);
            assert_int_equal(first.size, second.size);
            assert_memory_equal(first.data, second.data, first.size);
            sw_bytes_clear(&saved);
            sw_bytes_clear(&first);
            sw_bytes_clear(&second);
            sw_lattice_destroy(part);
        }
        sw_lattice_destroy(whole);
    }
}

/* A run without scaling is not taken for one with it, and impossible factors are refused. */
static void test_refused(void **state) {
    (void)state;
    small_model m;
    leaking_model(&m, 1000.0, 1000.0, 1.0);
    sw_lattice *plain = create_lattice(&m.model, 5);
    accelerate(&m, 10.0, 1500);
    sw_lattice *scaled = create_lattice(&m.model, 5);
    sw_bytes bytes;
    sw_error error = {0};
    advance_by_events(plain, 2000);
    save(&bytes, plain);
    assert_int_equal(sw_saved_state_read(scaled, bytes.data, bytes.size, &error), SW_ERROR_FORMAT);
    sw_bytes_clear(&bytes);
    sw_lattice_destroy(scaled);
    scaled = create_lattice(&m.model, 5);
    advance_by_events(scaled, 2000);
    scaled->scaling->pair[0].factor = 0.0;
    save(&bytes, scaled);
    sw_lattice *fresh = create_lattice(&m.model, 5);
    assert_int_equal(sw_saved_state_read(fresh, bytes.data, bytes.size, &error), SW_ERROR_FORMAT);
    assert_non_null(strstr(error.message, "scale factors"));
    sw_bytes_clear(&bytes);
    sw_lattice_destroy(fresh);
    sw_lattice_destroy(scaled);
    sw_lattice_destroy(plain);
}

/* Columns of the time series: only where scaling is on. */
static void test_series(void **state) {
    (void)state;
    small_model m;
    leaking_model(&m, 1000.0, 1000.0, 1.0);
    accelerate(&m, 20.0, 4000);
    sw_lattice *lattice = create_lattice(&m.model, 3);
    sw_table *series = NULL;
    sw_error error = {0};
    assert_int_equal(sw_table_create(&series), SW_OK);
    assert_int_equal(sw_lattice_simulator()->describe_series(lattice, series), SW_OK);
    advance_by_events(lattice, 60000);
    assert_int_equal(sw_lattice_simulator()->observe(lattice, series, &error), SW_OK);
    advance_by_events(lattice, 60000);
    assert_int_equal(sw_lattice_simulator()->observe(lattice, series, &error), SW_OK);
    const char *const names[] = {"scaled processes",         "lowest scale factor",
                                 "changes of scale factors", "scaling gain",
                                 "scaling imbalance",        "scaling error"};
    double least[] = {1, 1.0 / 64, 1, 10, 0, 0.005}, most[] = {1, 1.0 / 16, 20, 65, 0.05, 0.1};
    for (size_t i = 0; i < 6; i++) {
        ptrdiff_t column = sw_table_find(series, names[i]);
        assert_true(column >= 0);
        double value = sw_table_numbers(series, (size_t)column)[1];
        if (!(value >= least[i] && value <= most[i]))
            fail_msg("%s is %g", names[i], value);
    }
    sw_table_destroy(series);
    sw_lattice_destroy(lattice);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_off_by_default),
        cmocka_unit_test(test_fast_pair_is_scaled),
        cmocka_unit_test(test_imbalance_holds_it),
        cmocka_unit_test(test_choice),
        cmocka_unit_test(test_scaled_back),
        cmocka_unit_test(test_hops_downhill),
        cmocka_unit_test(test_restored_goes_on),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_series),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
