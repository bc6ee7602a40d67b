/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run of an oxide as the driver sees it, and its saved states. */
#include "base/hash.h"
#include "base/memory.h"
#include "diffusion/oxide_run.h"
#include "diffusion/programme.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void destroy(void *state) {
    sw_oxide_run *run = state;
    if (!run)
        return;
    sw_profiles_clear(&run->profiles);
    sw_oxide_clear(&run->oxide);
    free(run);
}

static void look_at_profiles(sw_oxide_run *run) {
    sw_profiles_look(&run->profiles, run->oxide.control.time, sw_oxide_quantity, &run->oxide);
}

static sw_status create(void **state, const sw_model *model, uint64_t seed, sw_context *context,
                        sw_error *error) {
    (void)seed; /* nothing is left to chance */
    (void)context;
    const sw_diffusion_model *wanted = sw_model_diffusion(model);
    sw_oxide_run *run = sw_allocate(1, sizeof *run);
    *state = NULL;
    if (!run)
        return sw_error_set(error, SW_ERROR_MEMORY, "diffusion", NULL, "no memory for a run");
    run->model = wanted;
    sw_status status =
        sw_oxide_create(&run->oxide, &wanted->oxide, sw_diffusion_temperature(wanted, 0.0), error);
    if (status == SW_OK)
        status = sw_profiles_create(&run->profiles, sw_oxide_quantities(&run->oxide),
                                    wanted->run.end_time, error);
    if (status != SW_OK) {
        destroy(run);
        return status;
    }
    run->oxide.control.tolerance = wanted->tolerance;
    look_at_profiles(run);
    sw_oxide_plots_make(run);
    *state = run;
    return SW_OK;
}

static sw_status estimate(size_t *bytes, const sw_model *model, sw_error *error) {
    (void)error;
    *bytes =
        sizeof(sw_oxide_run) + 50 * sizeof(double) * (sw_model_diffusion(model)->oxide.cells + 16);
    return SW_OK;
}

static sw_status advance(void *state, sw_horizon horizon, bool *finished, sw_error *error) {
    sw_oxide_run *run = state;
    sw_oxide *oxide = &run->oxide;
    const sw_step_control *control = &oxide->control;
    while (control->time < horizon.time && control->steps < horizon.events && !oxide->used_up) {
        const double corner = fmin(sw_diffusion_corner(run->model, control->time, horizon.time),
                                   sw_profiles_next(&run->profiles));
        const double middle = 0.5 * (control->time + corner);
        sw_status status =
            sw_oxide_heat(oxide, sw_diffusion_temperature(run->model, middle), error);
        while (status == SW_OK && control->time < corner && control->steps < horizon.events &&
               !oxide->used_up)
            status = sw_oxide_advance(oxide, corner, error);
        if (status != SW_OK)
            return status;
        look_at_profiles(run);
    }
    *finished = oxide->used_up;
    return SW_OK;
}

static double time_now(const void *state) {
    return ((const sw_oxide_run *)state)->oxide.control.time;
}

static uint64_t steps_now(const void *state) {
    return ((const sw_oxide_run *)state)->oxide.control.steps;
}

static sw_status describe_series(const void *state, sw_table *series) {
    return sw_oxide_describe(series, state);
}

static sw_status observe(void *state, sw_table *series, sw_error *error) {
    const sw_status status = sw_oxide_observe(series, state);
    return status == SW_OK ? SW_OK
                           : sw_error_set(error, status, "series", NULL, "no memory for a row");
}

static sw_status table(const void *state, size_t index, const char **name, sw_table **made,
                       sw_error *error) {
    return sw_oxide_table(state, index, name, made, error);
}

static size_t plots(const void *state, const sw_plot **list) {
    const sw_oxide_run *run = state;
    *list = run->plot;
    return run->plots;
}

/* ---- saved states ---------------------------------------------------------------------------- */

/* What a state has beside its profiles, which follow, and the contents of its cells, which are
 * last. */
struct saved {
    uint64_t cells, components, kept, used_up;
    double temperature, from, to;
    sw_step_control control;
    double start[SW_OXIDE_CATIONS];
    struct {
        uint64_t metallic;
        double unknown[SW_OXIDE_CATIONS], y[SW_OXIDE_CATIONS], metal[SW_OXIDE_CATIONS];
        double growth, nickel, lattice;
    } face[2];
};

static struct saved summary_of(const sw_oxide_run *run) {
    const sw_oxide *oxide = &run->oxide;
    const sw_oxide_layer *layer = &oxide->now.layer;
    struct saved saved = {.cells = layer->cells,
                          .components = layer->components,
                          .kept = run->profiles.kept,
                          .used_up = oxide->used_up,
                          .temperature = oxide->thermo.temperature,
                          .from = layer->from,
                          .to = layer->to,
                          .control = oxide->control};
    memcpy(saved.start, oxide->start, sizeof saved.start);
    for (size_t f = 0; f < 2; f++) {
        const sw_oxide_face *face = &oxide->now.face[f];
        saved.face[f].metallic = face->metallic;
        saved.face[f].growth = face->growth;
        saved.face[f].nickel = face->nickel;
        saved.face[f].lattice = face->lattice;
        memcpy(saved.face[f].unknown, face->unknown, sizeof face->unknown);
        memcpy(saved.face[f].y, face->end.y, sizeof face->end.y);
        memcpy(saved.face[f].metal, face->metal, sizeof face->metal);
    }
    return saved;
}

static size_t contents_of(const sw_oxide_layer *layer) {
    return layer->cells * layer->components;
}

static sw_status save(const void *state, sw_bytes *bytes, sw_error *error) {
    const sw_oxide_run *run = state;
    const struct saved saved = summary_of(run);
    const sw_oxide_layer *layer = &run->oxide.now.layer;
    sw_status status = sw_bytes_append(bytes, &saved, sizeof saved);
    if (status == SW_OK)
        status = sw_bytes_append(bytes, run->profiles.x,
                                 sw_profiles_numbers(&run->profiles) * sizeof(double));
    if (status == SW_OK)
        status = sw_bytes_append(bytes, layer->content, contents_of(layer) * sizeof(double));
    return status == SW_OK
               ? SW_OK
               : sw_error_set(error, status, "checkpoint", NULL, "not enough memory to save");
}

static void take_faces(sw_oxide *oxide, const struct saved *saved) {
    for (size_t f = 0; f < 2; f++) {
        sw_oxide_face *face = &oxide->now.face[f];
        face->metallic = saved->face[f].metallic != 0;
        face->growth = saved->face[f].growth;
        face->nickel = saved->face[f].nickel;
        face->lattice = saved->face[f].lattice;
        memcpy(face->unknown, saved->face[f].unknown, sizeof face->unknown);
        memcpy(face->end.y, saved->face[f].y, sizeof face->end.y);
        memcpy(face->metal, saved->face[f].metal, sizeof face->metal);
    }
}

static sw_status restore(void *state, const void *bytes, size_t size, sw_error *error) {
    sw_oxide_run *run = state;
    sw_oxide *oxide = &run->oxide;
    sw_oxide_layer *layer = &oxide->now.layer;
    struct saved saved = {0};
    if (size >= sizeof saved)
        memcpy(&saved, bytes, sizeof saved);
    const size_t profiles = SW_PROFILE_PLACES * run->profiles.quantities * (size_t)saved.kept;
    if (saved.cells != layer->cells || saved.components != layer->components ||
        saved.kept > SW_PROFILE_TIMES ||
        size != sizeof saved + (profiles + contents_of(layer)) * sizeof(double))
        return sw_error_set(error, SW_ERROR_FORMAT, "checkpoint", "start again with --overwrite",
                            "the checkpoint is not of this model, or is damaged");
    const char *at = (const char *)bytes + sizeof saved;
    memcpy(run->profiles.x, at, profiles * sizeof(double));
    memcpy(layer->content, at + profiles * sizeof(double), contents_of(layer) * sizeof(double));
    run->profiles.kept = (size_t)saved.kept;
    layer->from = saved.from;
    layer->to = saved.to;
    oxide->control = saved.control;
    oxide->used_up = saved.used_up != 0;
    memcpy(oxide->start, saved.start, sizeof saved.start);
    take_faces(oxide, &saved);
    return sw_oxide_thermo_set(&oxide->thermo, saved.temperature, error);
}

static uint64_t fingerprint(const void *state) {
    const sw_oxide_layer *layer = &((const sw_oxide_run *)state)->oxide.now.layer;
    uint64_t hash = sw_hash(SW_HASH_START, &layer->from, sizeof layer->from);
    hash = sw_hash(hash, &layer->to, sizeof layer->to);
    return sw_hash(hash, layer->content, contents_of(layer) * sizeof *layer->content);
}

const sw_simulator *sw_oxide_simulator(void) {
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
