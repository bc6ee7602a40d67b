/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The powder simulator as the driver sees it. */
#include "powder/powder.h"

#include <math.h>

static const sw_powder_model *powder_of(const sw_model *model, sw_error *error) {
    const sw_powder_model *powder = sw_model_powder(model);
    if (!powder)
        sw_error_set(error, SW_ERROR_ARGUMENT, sw_model_name(model), NULL,
                     "the model is not for the powder simulator");
    return powder;
}

static sw_status create(void **state, const sw_model *model, uint64_t seed, sw_context *context,
                        sw_error *error) {
    (void)seed, (void)context; /* nothing is left to chance */
    const sw_powder_model *powder_model = powder_of(model, error);
    sw_powder *powder = NULL;
    if (!powder_model)
        return SW_ERROR_ARGUMENT;
    sw_status status = sw_powder_create(&powder, powder_model, error);
    *state = powder;
    return status;
}

static void destroy(void *state) {
    sw_powder_destroy(state);
}

/* The banded Jacobian, twice, and vectors of the integrator; some thousand points. */
static sw_status estimate(size_t *bytes, const sw_model *model, sw_error *error) {
    const sw_powder_model *powder = powder_of(model, error);
    if (!powder)
        return SW_ERROR_ARGUMENT;
    size_t cell = SW_CELL_BINS + SW_BIN_SIZE * powder->feed.bins;
    size_t size = SW_STATE_CELLS + cell * powder->bed.cells;
    *bytes = sizeof(sw_powder) + size * (7 * cell + 30) * sizeof(double) +
             20000 * sizeof(sw_powder_amounts);
    return SW_OK;
}

static sw_status advance(void *state, sw_horizon horizon, bool *finished, sw_error *error) {
    *finished = false;
    return sw_powder_advance(state, horizon.time, horizon.events, error);
}

static double time_now(const void *state) {
    return ((const sw_powder *)state)->time;
}

static uint64_t events_now(const void *state) {
    return ((const sw_powder *)state)->integrator.steps;
}

static sw_status describe_series(const void *state, sw_table *series) {
    (void)state;
    return sw_powder_series_describe(series);
}

static sw_status observe(void *state, sw_table *series, sw_error *error) {
    return sw_powder_series_observe(series, state, error);
}

static sw_status table(const void *state, size_t index, const char **name, sw_table **made,
                       sw_error *error) {
    sw_status status = sw_powder_table(state, index, name, made);
    if (status == SW_OK)
        return SW_OK;
    sw_table_destroy(*made);
    *made = NULL;
    return sw_error_set(error, status, "tables", NULL, "not enough memory for a table");
}

static size_t plots(const void *state, const sw_plot **list) {
    (void)state;
    return sw_powder_plots(list);
}

static sw_status save(const void *state, sw_bytes *bytes, sw_error *error) {
    sw_status status = sw_powder_save(state, bytes);
    return status == SW_OK
               ? SW_OK
               : sw_error_set(error, status, "checkpoint", NULL, "not enough memory to save");
}

static sw_status restore(void *state, const void *bytes, size_t size, sw_error *error) {
    return sw_powder_restore(state, bytes, size, error);
}

static uint64_t fingerprint(const void *state) {
    return ((const sw_powder *)state)->fingerprint;
}

const sw_simulator *sw_powder_simulator(void) {
    static const sw_simulator row = {
        .name = SW_POWDER_SIMULATOR_NAME,
        .summary = "grains of iron and nickel oxides reduced in flowing hydrogen",
        .deterministic = true,
        .counted = "steps",
        .create = create,
        .destroy = destroy,
        .estimate = estimate,
        .advance = advance,
        .time = time_now,
        .events = events_now,
        .describe_series = describe_series,
        .observe = observe,
        .table = table,
        .plots = plots,
        .save = save,
        .restore = restore,
        .fingerprint = fingerprint,
    };
    return &row;
}
