/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run of layers of an alloy as the driver sees it. */
#include "base/hash.h"
#include "diffusion/saved.h"

#define NOTES 4 /* of a database that are told; the rest is counted */

/* What the reader of a database left out or mended, as far as it is short. */
static void tell_notes(const sw_diffusion *diffusion, sw_context *context) {
    const sw_calphad *database = diffusion->alloy.database;
    const size_t count = database ? sw_calphad_notes(database) : 0;
    for (size_t i = 0; i < count && i < NOTES; i++)
        sw_log(context, SW_LOG_WARNING, "%s", sw_calphad_note(database, i));
    if (count > NOTES)
        sw_log(context, SW_LOG_WARNING, "and %zu more such notes", count - NOTES);
}

static sw_status create(void **state, const sw_model *model, uint64_t seed, sw_context *context,
                        sw_error *error) {
    (void)seed; /* nothing is left to chance */
    sw_diffusion *diffusion = NULL;
    const sw_status status = sw_diffusion_create(&diffusion, sw_model_diffusion(model), error);
    if (status == SW_OK)
        tell_notes(diffusion, context);
    *state = diffusion;
    return status;
}

static void destroy(void *state) {
    sw_diffusion_destroy(state);
}

static sw_status estimate(size_t *bytes, const sw_model *model, sw_error *error) {
    (void)error;
    const sw_diffusion_model *wanted = sw_model_diffusion(model);
    const size_t components = wanted->alloy.elements - 1;
    *bytes = sizeof(sw_diffusion) +
             components * (components + 2) * 9 * sizeof(double) * (wanted->alloy.cells + 16);
    return SW_OK;
}

static sw_status advance(void *state, sw_horizon horizon, bool *finished, sw_error *error) {
    *finished = false;
    return sw_diffusion_advance(state, horizon.time, horizon.events, error);
}

static double time_now(const void *state) {
    return sw_body_control(&((const sw_diffusion *)state)->body)->time;
}

static uint64_t steps_now(const void *state) {
    return sw_body_control(&((const sw_diffusion *)state)->body)->steps;
}

static sw_status describe_series(const void *state, sw_table *series) {
    return sw_diffusion_describe(series, state);
}

static sw_status observe(void *state, sw_table *series, sw_error *error) {
    const sw_status status = sw_diffusion_observe(series, state);
    return status == SW_OK ? SW_OK
                           : sw_error_set(error, status, "series", NULL, "no memory for a row");
}

static sw_status table(const void *state, size_t index, const char **name, sw_table **made,
                       sw_error *error) {
    return sw_diffusion_table(state, index, name, made, error);
}

static size_t plots(const void *state, const sw_plot **list) {
    const sw_diffusion_plots *made = &((const sw_diffusion *)state)->plots;
    *list = made->plot;
    return made->count;
}

static sw_status save(const void *state, sw_bytes *bytes, sw_error *error) {
    return sw_diffusion_save(state, bytes, error);
}

static sw_status restore(void *state, const void *bytes, size_t size, sw_error *error) {
    return sw_diffusion_restore(state, bytes, size, error);
}

static uint64_t fingerprint(const void *state) {
    const sw_body *body = &((const sw_diffusion *)state)->body;
    uint64_t hash = SW_HASH_START;
    for (size_t l = 0; l < sw_body_layers(body); l++) {
        size_t count;
        const double *content = sw_body_contents(body, l, &count);
        hash = sw_hash(hash, content, count * sizeof *content);
    }
    return hash;
}

const sw_simulator *sw_alloy_simulator(void) {
    static const sw_simulator row = {
        .create = create,
        .destroy = destroy,
        .estimate = estimate,
        .advance = advance,
        .time = time_now,
        .events = steps_now,
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
