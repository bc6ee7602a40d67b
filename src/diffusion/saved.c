/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diffusion/saved.h"

#include <string.h>

/* What a state has beside its profiles, which follow, and the contents of its cells, which are
 * last. */
struct saved {
    uint64_t elements, layers, cells[2], markers, kept;
    uint64_t phase; /* which one the layer is, where one has swallowed the other */
    uint64_t steps, rejected;
    double time, step, given, from[2], to[2];
    double homogeneous_at, spread, spread_time, temperature;
    double total[SW_DIFFUSION_ELEMENTS], mean[SW_DIFFUSION_ELEMENTS];
    double tracer[SW_DIFFUSION_ELEMENTS];
    double marker[SW_MIXTURE_MARKERS], first_marker[SW_MIXTURE_MARKERS];
};

static void summarise_layers(struct saved *saved, const sw_diffusion *diffusion) {
    const sw_couple *couple = &diffusion->body.couple;
    saved->phase = couple->layer[0].diffusivity == &diffusion->alloy.diffusivity[1];
    saved->given = couple->layer[0].given;
    for (size_t i = 0; i < couple->layers; i++) {
        saved->from[i] = couple->layer[i].from;
        saved->to[i] = couple->layer[i].to;
    }
}

static struct saved summary_of(const sw_diffusion *diffusion) {
    const sw_body *body = &diffusion->body;
    const sw_step_control *control = sw_body_control(body);
    struct saved saved = {.elements = body->elements,
                          .layers = sw_body_layers(body),
                          .markers = body->mixture.markers,
                          .kept = diffusion->profiles.kept,
                          .steps = control->steps,
                          .rejected = control->rejected,
                          .time = control->time,
                          .step = control->step,
                          .homogeneous_at = diffusion->homogeneous_at,
                          .spread = diffusion->spread,
                          .spread_time = diffusion->spread_time,
                          .temperature = diffusion->alloy.temperature};
    for (size_t i = 0; i < saved.layers; i++)
        saved.cells[i] = sw_body_cells(body, i);
    if (!body->mixed)
        summarise_layers(&saved, diffusion);
    memcpy(saved.total, diffusion->total, sizeof saved.total);
    memcpy(saved.mean, diffusion->mean, sizeof saved.mean);
    memcpy(saved.tracer, diffusion->tracer, sizeof saved.tracer);
    memcpy(saved.marker, body->mixture.now.marker, sizeof saved.marker);
    memcpy(saved.first_marker, diffusion->marker, sizeof saved.first_marker);
    return saved;
}

sw_status sw_diffusion_save(const sw_diffusion *diffusion, sw_bytes *bytes, sw_error *error) {
    const struct saved saved = summary_of(diffusion);
    sw_status status = sw_bytes_append(bytes, &saved, sizeof saved);
    if (status == SW_OK)
        status = sw_bytes_append(bytes, diffusion->profiles.x,
                                 sw_profiles_numbers(&diffusion->profiles) * sizeof(double));
    for (size_t i = 0; i < sw_body_layers(&diffusion->body) && status == SW_OK; i++) {
        size_t count;
        const double *content = sw_body_contents(&diffusion->body, i, &count);
        status = sw_bytes_append(bytes, content, count * sizeof *content);
    }
    return status == SW_OK
               ? SW_OK
               : sw_error_set(error, status, "checkpoint", NULL, "not enough memory to save");
}

static sw_status damaged(sw_error *error) {
    return sw_error_set(error, SW_ERROR_FORMAT, "checkpoint", "start again with --overwrite",
                        "the checkpoint is not of this model, or is damaged");
}

/* Takes the next numbers; false where there are not so many. */
static bool take_numbers(double *numbers, size_t count, const char **at, const char *end) {
    if ((size_t)(end - *at) < count * sizeof *numbers)
        return false;
    memcpy(numbers, *at, count * sizeof *numbers);
    *at += count * sizeof *numbers;
    return true;
}

/* The body with as many layers as the state has, of as many cells; else false. */
static bool fit_body(sw_body *body, const struct saved *saved) {
    if (saved->elements != body->elements || saved->layers < 1 ||
        saved->layers > sw_body_layers(body) || saved->phase > 1 ||
        saved->kept > SW_PROFILE_TIMES || saved->markers != body->mixture.markers)
        return false;
    if (saved->layers < sw_body_layers(body))
        sw_couple_keep(&body->couple, saved->phase);
    for (size_t i = 0; i < saved->layers; i++)
        if (saved->cells[i] != sw_body_cells(body, i))
            return false;
    return true;
}

static void take_pace(sw_step_control *control, const struct saved *saved) {
    control->steps = saved->steps;
    control->rejected = saved->rejected;
    control->time = saved->time;
    control->step = saved->step;
}

static void take_summary(sw_diffusion *diffusion, const struct saved *saved) {
    sw_body *body = &diffusion->body;
    take_pace(body->mixed ? &body->mixture.control : &body->couple.control, saved);
    if (!body->mixed)
        body->couple.layer[0].given = saved->given;
    for (size_t i = 0; i < saved->layers && !body->mixed; i++) {
        body->couple.layer[i].from = saved->from[i];
        body->couple.layer[i].to = saved->to[i];
    }
    diffusion->homogeneous_at = saved->homogeneous_at;
    diffusion->spread = saved->spread;
    diffusion->spread_time = saved->spread_time;
    memcpy(diffusion->total, saved->total, sizeof saved->total);
    memcpy(diffusion->mean, saved->mean, sizeof saved->mean);
    memcpy(diffusion->tracer, saved->tracer, sizeof saved->tracer);
    memcpy(body->mixture.now.marker, saved->marker, sizeof saved->marker);
    memcpy(diffusion->marker, saved->first_marker, sizeof saved->first_marker);
}

sw_status sw_diffusion_restore(sw_diffusion *diffusion, const void *bytes, size_t size,
                               sw_error *error) {
    struct saved saved;
    if (size < sizeof saved)
        return damaged(error);
    memcpy(&saved, bytes, sizeof saved);
    if (!fit_body(&diffusion->body, &saved))
        return damaged(error);
    const char *at = (const char *)bytes + sizeof saved, *end = (const char *)bytes + size;
    diffusion->profiles.kept = saved.kept;
    bool good =
        take_numbers(diffusion->profiles.x, sw_profiles_numbers(&diffusion->profiles), &at, end);
    for (size_t i = 0; i < saved.layers && good; i++) {
        size_t count;
        double *content = sw_body_contents(&diffusion->body, i, &count);
        good = take_numbers(content, count, &at, end);
    }
    if (!good)
        return damaged(error);
    take_summary(diffusion, &saved);
    const sw_status status = sw_alloy_set(&diffusion->alloy, saved.temperature, error);
    if (status == SW_OK)
        sw_body_refresh(&diffusion->body, &diffusion->alloy);
    return status;
}
