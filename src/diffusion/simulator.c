/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Diffusion as the driver sees it: a run of an alloy, or of an oxide between two faces. */
#include "base/memory.h"
#include "diffusion/diffusion.h"
#include "diffusion/oxide_run.h"

#include <stdlib.h>

/* A state, and the operations on what is in it. */
struct run {
    const sw_simulator *as;
    void *state;
};

/* NULL, and an error, where the model is not of diffusion. */
static const sw_simulator *operations_of(const sw_model *model, sw_error *error) {
    const sw_diffusion_model *diffusion = sw_model_diffusion(model);
    if (diffusion)
        return diffusion->oxide.present ? sw_oxide_simulator() : sw_alloy_simulator();
    sw_error_set(error, SW_ERROR_ARGUMENT, sw_model_name(model), NULL,
                 "the model is not for the diffusion simulator");
    return NULL;
}

static void destroy(void *state) {
    struct run *run = state;
    if (run && run->state)
        run->as->destroy(run->state);
    free(run);
}

static sw_status create(void **state, const sw_model *model, uint64_t seed, sw_context *context,
                        sw_error *error) {
    const sw_simulator *as = operations_of(model, error);
    *state = NULL;
    if (!as)
        return SW_ERROR_ARGUMENT;
    struct run *run = sw_allocate(1, sizeof *run);
    if (!run)
        return sw_error_set(error, SW_ERROR_MEMORY, "diffusion", NULL, "no memory for a run");
    run->as = as;
    const sw_status status = as->create(&run->state, model, seed, context, error);
    if (status != SW_OK) {
        free(run);
        return status;
    }
    *state = run;
    return SW_OK;
}

static sw_status estimate(size_t *bytes, const sw_model *model, sw_error *error) {
    const sw_simulator *as = operations_of(model, error);
    return as ? as->estimate(bytes, model, error) : SW_ERROR_ARGUMENT;
}

static sw_status advance(void *state, sw_horizon horizon, bool *finished, sw_error *error) {
    struct run *run = state;
    return run->as->advance(run->state, horizon, finished, error);
}

static double time_now(const void *state) {
    const struct run *run = state;
    return run->as->time(run->state);
}

static uint64_t steps_now(const void *state) {
    const struct run *run = state;
    return run->as->events(run->state);
}

static sw_status describe_series(const void *state, sw_table *series) {
    const struct run *run = state;
    return run->as->describe_series(run->state, series);
}

static sw_status observe(void *state, sw_table *series, sw_error *error) {
    struct run *run = state;
    return run->as->observe(run->state, series, error);
}

static sw_status table(const void *state, size_t index, const char **name, sw_table **made,
                       sw_error *error) {
    const struct run *run = state;
    return run->as->table(run->state, index, name, made, error);
}

static size_t plots(const void *state, const sw_plot **list) {
    const struct run *run = state;
    return run->as->plots(run->state, list);
}

static sw_status save(const void *state, sw_bytes *bytes, sw_error *error) {
    const struct run *run = state;
    return run->as->save(run->state, bytes, error);
}

static sw_status restore(void *state, const void *bytes, size_t size, sw_error *error) {
    struct run *run = state;
    return run->as->restore(run->state, bytes, size, error);
}

static uint64_t fingerprint(const void *state) {
    const struct run *run = state;
    return run->as->fingerprint(run->state);
}

const sw_simulator *sw_diffusion_simulator(void) {
    static const sw_simulator row = {
        .name = SW_DIFFUSION_SIMULATOR_NAME,
        .summary = "diffusion in layers of an alloy, or in an oxide; boundaries move",
        .deterministic = true,
        .counted = "steps",
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
