/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs of the diffusion simulator in tests: opened, advanced, looked at; failures fail the test.
 * Included behind cmocka.h. */
#ifndef SPILLWAY_TEST_DIFFUSION_RUNS_H
#define SPILLWAY_TEST_DIFFUSION_RUNS_H

#include "model/load.h"

#include <spillway/diffusion.h>
#include <spillway/model.h>

#include <stdio.h>
#include <string.h>

/* A model of which format, name and simulator are given. */
static inline sw_status try_load(sw_model **model, const char *text, sw_error *error) {
    char whole[2048];
    snprintf(whole, sizeof whole, "format: 1\nname: test\nsimulator: diffusion\n%s", text);
    return sw_model_load_bytes(model, "test", whole, strlen(whole), error);
}

static inline sw_model *load(const char *text) {
    sw_model *model;
    sw_error error = {0};
    if (try_load(&model, text, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    return model;
}

static inline void *open_run(const sw_model *model) {
    void *state;
    sw_error error = {0};
    if (sw_diffusion_simulator()->create(&state, model, 1, NULL, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    return state;
}

static inline void advance(void *state, double time) {
    bool finished;
    sw_error error = {0};
    const sw_horizon horizon = {.time = time, .events = UINT64_MAX};
    if (sw_diffusion_simulator()->advance(state, horizon, &finished, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
}

/* The number of a column now. */
static inline double last_of(void *state, const char *column) {
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
static inline sw_table *table_of(void *state, const char *wanted) {
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

static inline const double *column_of(const sw_table *table, const char *name) {
    const ptrdiff_t at = sw_table_find(table, name);
    assert_true(at >= 0);
    return sw_table_numbers_const(table, (size_t)at);
}

static inline void close_run(void *state, sw_model *model) {
    sw_diffusion_simulator()->destroy(state);
    sw_model_destroy(model);
}

#endif
