/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "powder/powder.h"

#include "base/hash.h"
#include "base/memory.h"
#include "powder/control.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static sw_status no_memory(sw_error *error) {
    return sw_error_set(error, SW_ERROR_MEMORY, "powder", NULL, "not enough memory");
}

/* Keeps the amounts after the last step. */
static sw_status note_point(sw_powder *powder, sw_error *error) {
    const double *state = sw_powder_integrator_state(&powder->integrator);
    if (!sw_reserve(&powder->point, &powder->capacity, powder->points + 1, sizeof *powder->point))
        return no_memory(error);
    sw_powder_coefficients_make(&powder->integrator.coefficients, &powder->compiled,
                                powder->integrator.leg, powder->integrator.time);
    sw_powder_rates(powder->work, state, &powder->compiled, &powder->integrator.coefficients);
    sw_powder_amounts_of(&powder->point[powder->points++], &powder->compiled, state, powder->work,
                         powder->integrator.time);
    sw_powder_control_of(powder->point[powder->points - 1].control, &powder->compiled, state,
                         powder->work, &powder->integrator.coefficients);
    return SW_OK;
}

static void note_corner(sw_powder *powder) {
    const double *state = sw_powder_integrator_state(&powder->integrator);
    memcpy(powder->corner_state, state, powder->compiled.size * sizeof *state);
    powder->corner_time = powder->integrator.time;
    powder->corner_steps = powder->integrator.steps;
    powder->corner_fingerprint = powder->fingerprint;
}

sw_status sw_powder_create(sw_powder **powder, const sw_powder_model *model, sw_error *error) {
    *powder = sw_allocate(1, sizeof **powder);
    sw_powder *made = *powder;
    if (!made)
        return no_memory(error);
    sw_status status = sw_powder_compile(&made->compiled, model, error);
    if (status == SW_OK)
        status = sw_powder_integrator_create(&made->integrator, &made->compiled, error);
    if (status == SW_OK) {
        made->work = sw_allocate(made->compiled.size, sizeof *made->work);
        made->corner_state = sw_allocate(made->compiled.size, sizeof *made->corner_state);
        if (!made->work || !made->corner_state)
            status = no_memory(error);
    }
    if (status == SW_OK) {
        sw_powder_start(made->work, &made->compiled);
        status = sw_powder_integrator_begin(&made->integrator, 0, made->work, error);
    }
    if (status == SW_OK) {
        note_corner(made);
        status = note_point(made, error);
    }
    if (status != SW_OK) {
        sw_powder_destroy(made);
        *powder = NULL;
    }
    return status;
}

void sw_powder_destroy(sw_powder *powder) {
    if (!powder)
        return;
    sw_powder_integrator_clear(&powder->integrator);
    free(powder->work);
    free(powder->corner_state);
    free(powder->point);
    free(powder);
}

static sw_status step(sw_powder *powder, sw_error *error) {
    sw_powder_integrator *integrator = &powder->integrator;
    if (integrator->time >= integrator->next)
        note_corner(powder);
    sw_status status = sw_powder_integrator_step(integrator, error);
    if (status != SW_OK)
        return status;
    powder->fingerprint = sw_hash(powder->fingerprint, &integrator->time, sizeof integrator->time);
    status = note_point(powder, error);
    if (status == SW_OK)
        powder->fingerprint =
            sw_hash(powder->fingerprint, &powder->point[powder->points - 1].conversion,
                    sizeof powder->point->conversion);
    return status;
}

sw_status sw_powder_advance(sw_powder *powder, double time, uint64_t steps, sw_error *error) {
    sw_status status = SW_OK;
    while (status == SW_OK && powder->integrator.time < time && powder->integrator.steps < steps)
        status = step(powder, error);
    /* the steps ended before the time, or the time lies within the last step */
    powder->time = fmin(time, powder->integrator.time);
    return status;
}

sw_status sw_powder_run(sw_powder *powder, double time, sw_error *error) {
    return sw_powder_advance(powder, time, UINT64_MAX, error);
}

sw_status sw_powder_observe(sw_powder_amounts *amounts, sw_powder *powder, sw_error *error) {
    const double *state;
    sw_status status = sw_powder_integrator_at(&powder->integrator, &state, powder->time, error);
    if (status != SW_OK)
        return status;
    sw_powder_coefficients_make(&powder->integrator.coefficients, &powder->compiled,
                                powder->integrator.leg, powder->time);
    sw_powder_rates(powder->work, state, &powder->compiled, &powder->integrator.coefficients);
    sw_powder_amounts_of(amounts, &powder->compiled, state, powder->work, powder->time);
    return SW_OK;
}

size_t sw_powder_points(const sw_powder *powder) {
    return powder->points;
}

const sw_powder_amounts *sw_powder_point(const sw_powder *powder, size_t index) {
    return index < powder->points ? &powder->point[index] : NULL;
}

/* ---- saved states ---------------------------------------------------------------------------- */

/* Before the state at the corner and the points up to it. */
typedef struct saved_head {
    uint64_t size, points;
    double time, corner_time;
    uint64_t steps, corner_steps, corner_fingerprint;
} saved_head;

sw_status sw_powder_save(const sw_powder *powder, sw_bytes *bytes) {
    const saved_head head = {.size = powder->compiled.size,
                             .points = powder->corner_steps + 1,
                             .time = powder->time,
                             .corner_time = powder->corner_time,
                             .steps = powder->integrator.steps,
                             .corner_steps = powder->corner_steps,
                             .corner_fingerprint = powder->corner_fingerprint};
    sw_status status = sw_bytes_append(bytes, &head, sizeof head);
    if (status == SW_OK)
        status = sw_bytes_append(bytes, powder->corner_state, head.size * sizeof(double));
    if (status == SW_OK)
        status = sw_bytes_append(bytes, powder->point, head.points * sizeof *powder->point);
    return status;
}

static bool fits(const sw_powder *powder, const saved_head *head, size_t size) {
    return head->size == powder->compiled.size && head->points == head->corner_steps + 1 &&
           head->points < SIZE_MAX / sizeof *powder->point / 2 &&
           size ==
               sizeof *head + head->size * sizeof(double) + head->points * sizeof *powder->point &&
           isfinite(head->time) && isfinite(head->corner_time);
}

sw_status sw_powder_restore(sw_powder *powder, const void *bytes, size_t size, sw_error *error) {
    saved_head head = {0};
    const unsigned char *at = bytes;
    if (size >= sizeof head)
        memcpy(&head, at, sizeof head);
    if (size < sizeof head || !fits(powder, &head, size))
        return sw_error_set(error, SW_ERROR_FORMAT, "checkpoint", "start the run again",
                            "the saved state is not one of this powder");
    if (!sw_reserve(&powder->point, &powder->capacity, head.points, sizeof *powder->point))
        return no_memory(error);
    memcpy(powder->corner_state, at + sizeof head, head.size * sizeof(double));
    memcpy(powder->point, at + sizeof head + head.size * sizeof(double),
           head.points * sizeof *powder->point);
    powder->points = head.points;
    sw_status status = sw_powder_integrator_begin(&powder->integrator, head.corner_time,
                                                  powder->corner_state, error);
    powder->integrator.steps = powder->corner_steps = head.corner_steps;
    powder->fingerprint = powder->corner_fingerprint = head.corner_fingerprint;
    powder->corner_time = head.corner_time;
    while (status == SW_OK && powder->integrator.steps < head.steps)
        status = step(powder, error);
    powder->time = head.time;
    return status;
}
