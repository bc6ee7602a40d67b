/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Diffusion as the driver sees it. */
#include "diffusion/diffusion.h"

#include "base/hash.h"

#include <math.h>
#include <string.h>

#define NOTES 4 /* of a database that are told; the rest is counted */

static const sw_diffusion_model *model_of(const sw_model *model, sw_error *error) {
    const sw_diffusion_model *diffusion = sw_model_diffusion(model);
    if (!diffusion)
        sw_error_set(error, SW_ERROR_ARGUMENT, sw_model_name(model), NULL,
                     "the model is not for the diffusion simulator");
    return diffusion;
}

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
    const sw_diffusion_model *wanted = model_of(model, error);
    sw_diffusion *diffusion = NULL;
    if (!wanted)
        return SW_ERROR_ARGUMENT;
    const sw_status status = sw_diffusion_create(&diffusion, wanted, error);
    if (status == SW_OK)
        tell_notes(diffusion, context);
    *state = diffusion;
    return status;
}

static void destroy(void *state) {
    sw_diffusion_destroy(state);
}

static sw_status estimate(size_t *bytes, const sw_model *model, sw_error *error) {
    const sw_diffusion_model *wanted = model_of(model, error);
    if (!wanted)
        return SW_ERROR_ARGUMENT;
    *bytes = sizeof(sw_diffusion) + 9 * sizeof(double) * (wanted->alloy.cells + 16);
    return SW_OK;
}

static sw_status advance(void *state, sw_horizon horizon, bool *finished, sw_error *error) {
    *finished = false;
    return sw_diffusion_advance(state, horizon.time, horizon.events, error);
}

static double time_now(const void *state) {
    return ((const sw_diffusion *)state)->couple.pace.time;
}

static uint64_t steps_now(const void *state) {
    return ((const sw_diffusion *)state)->couple.pace.steps;
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
    (void)state;
    return sw_diffusion_plots(list);
}

/* ---- saved states ------------------------------------------------------------------------------
 */

/* What a state has beside the contents of its cells. */
struct saved {
    uint64_t layers, steps, rejected, cells[2];
    double time, step, given, from[2], to[2];
    double total, homogeneous_at, spread, spread_time, tracer[2], mean, temperature;
    sw_profiles profiles;
};

static struct saved summary_of(const sw_diffusion *diffusion) {
    const sw_couple *couple = &diffusion->couple;
    struct saved saved = {.layers = couple->layers,
                          .steps = couple->pace.steps,
                          .rejected = couple->pace.rejected,
                          .time = couple->pace.time,
                          .step = couple->pace.step,
                          .given = couple->layer[0].given,
                          .total = diffusion->total,
                          .homogeneous_at = diffusion->homogeneous_at,
                          .spread = diffusion->spread,
                          .spread_time = diffusion->spread_time,
                          .tracer = {diffusion->tracer[0], diffusion->tracer[1]},
                          .mean = diffusion->mean,
                          .temperature = diffusion->alloy.temperature,
                          .profiles = diffusion->profiles};
    for (size_t i = 0; i < couple->layers; i++) {
        saved.cells[i] = couple->layer[i].cells;
        saved.from[i] = couple->layer[i].from;
        saved.to[i] = couple->layer[i].to;
    }
    return saved;
}

static sw_status save(const void *state, sw_bytes *bytes, sw_error *error) {
    const sw_diffusion *diffusion = state;
    const struct saved saved = summary_of(diffusion);
    /* which phase the layer is, where one has swallowed the other */
    const uint64_t phase =
        diffusion->couple.layer[0].diffusivity == &diffusion->alloy.diffusivity[1];
    sw_status status = sw_bytes_append(bytes, &saved, sizeof saved);
    if (status == SW_OK)
        status = sw_bytes_append(bytes, &phase, sizeof phase);
    for (size_t i = 0; i < diffusion->couple.layers && status == SW_OK; i++)
        status = sw_bytes_append(bytes, diffusion->couple.layer[i].content,
                                 diffusion->couple.layer[i].cells * sizeof(double));
    return status == SW_OK
               ? SW_OK
               : sw_error_set(error, status, "checkpoint", NULL, "not enough memory to save");
}

static sw_status damaged(sw_error *error) {
    return sw_error_set(error, SW_ERROR_FORMAT, "checkpoint", "start again with --overwrite",
                        "the checkpoint is not of this model, or is damaged");
}

static void take(sw_diffusion *diffusion, const struct saved *saved) {
    sw_couple *couple = &diffusion->couple;
    couple->layers = saved->layers;
    couple->pace.steps = saved->steps;
    couple->pace.rejected = saved->rejected;
    couple->pace.time = saved->time;
    couple->pace.step = saved->step;
    couple->layer[0].given = saved->given;
    for (size_t i = 0; i < saved->layers; i++) {
        couple->layer[i].from = saved->from[i];
        couple->layer[i].to = saved->to[i];
    }
    diffusion->total = saved->total;
    diffusion->homogeneous_at = saved->homogeneous_at;
    diffusion->spread = saved->spread;
    diffusion->spread_time = saved->spread_time;
    memcpy(diffusion->tracer, saved->tracer, sizeof saved->tracer);
    diffusion->mean = saved->mean;
    diffusion->profiles = saved->profiles;
}

static sw_status restore(void *state, const void *bytes, size_t size, sw_error *error) {
    sw_diffusion *diffusion = state;
    sw_couple *couple = &diffusion->couple;
    struct saved saved;
    uint64_t phase;
    if (size < sizeof saved + sizeof phase)
        return damaged(error);
    memcpy(&saved, bytes, sizeof saved);
    memcpy(&phase, (const char *)bytes + sizeof saved, sizeof phase);
    if (saved.layers < 1 || saved.layers > couple->layers || phase > 1 ||
        saved.profiles.kept > SW_PROFILE_TIMES)
        return damaged(error);
    if (saved.layers < couple->layers && phase == 1)
        couple->layer[0] = couple->layer[1];
    if (saved.layers < couple->layers)
        couple->layer[0].first_open = couple->layer[0].last_open = false;
    const char *at = (const char *)bytes + sizeof saved + sizeof phase;
    for (size_t i = 0; i < saved.layers; i++) {
        const size_t count = couple->layer[i].cells * sizeof(double);
        if (saved.cells[i] != couple->layer[i].cells ||
            (size_t)(at - (const char *)bytes) + count > size)
            return damaged(error);
        memcpy(couple->layer[i].content, at, count);
        at += count;
    }
    take(diffusion, &saved);
    const sw_status status = sw_alloy_set(&diffusion->alloy, saved.temperature, error);
    if (status == SW_OK && couple->layers == 2)
        sw_couple_set_boundary(couple, diffusion->alloy.touching[0], diffusion->alloy.touching[1]);
    return status;
}

static uint64_t fingerprint(const void *state) {
    const sw_couple *couple = &((const sw_diffusion *)state)->couple;
    uint64_t hash = SW_HASH_START;
    for (size_t l = 0; l < couple->layers; l++)
        hash = sw_hash(hash, couple->layer[l].content, couple->layer[l].cells * sizeof(double));
    return hash;
}

const sw_simulator *sw_diffusion_simulator(void) {
    static const sw_simulator row = {
        .name = SW_DIFFUSION_SIMULATOR_NAME,
        .summary = "diffusion between layers of a binary alloy, with a moving phase boundary",
        .deterministic = true,
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
