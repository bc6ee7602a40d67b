/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diffusion/diffusion.h"

#include "base/memory.h"
#include "diffusion/programme.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PERCENT 100.0

/* Looks at the spread after a step, and whether it has become small. */
static void look(sw_diffusion *diffusion) {
    const double level = diffusion->model->homogeneous, before = diffusion->spread;
    const double time = sw_body_control(&diffusion->body)->time;
    diffusion->spread = 0.0;
    for (size_t e = diffusion->body.mixed ? 0 : 1; e < diffusion->body.elements; e++) {
        double lowest, highest;
        sw_body_range(&diffusion->body, e, &lowest, &highest);
        diffusion->spread = fmax(diffusion->spread, highest - lowest);
    }
    if (isnan(diffusion->homogeneous_at) && diffusion->spread < level) {
        /* spreads fall exponentially at the end: the logarithm is linear between two steps */
        const double part =
            before > level ? log(before / level) / log(before / diffusion->spread) : 1.0;
        diffusion->homogeneous_at = diffusion->spread_time + part * (time - diffusion->spread_time);
    }
    diffusion->spread_time = time;
}

static sw_status set_temperature(sw_diffusion *diffusion, double temperature, sw_error *error) {
    if (diffusion->alloy.temperature == temperature)
        return SW_OK;
    const sw_status status = sw_alloy_set(&diffusion->alloy, temperature, error);
    if (status == SW_OK)
        sw_body_refresh(&diffusion->body, &diffusion->alloy);
    return status;
}

/* Of two elements profiles are kept of the second, else of all. */
static double content_at(const void *of, double share, size_t element) {
    const sw_body *body = of;
    return PERCENT *
           sw_body_x_at(body, sw_body_length(body) * share, element + (body->mixed ? 0 : 1));
}

static void look_at_profiles(sw_diffusion *diffusion) {
    const sw_body *body = &diffusion->body;
    sw_profiles_look(&diffusion->profiles, sw_body_control(body)->time, content_at, body);
}

static void remember_start(sw_diffusion *diffusion) {
    const sw_body *body = &diffusion->body;
    for (size_t e = 0; e < body->elements; e++) {
        diffusion->total[e] = sw_body_total(body, e);
        diffusion->mean[e] = diffusion->total[e] / sw_body_volume(body);
    }
    memcpy(diffusion->marker, body->mixture.now.marker, sizeof diffusion->marker);
    diffusion->homogeneous_at = NAN;
    look_at_profiles(diffusion);
    look(diffusion);
}

sw_status sw_diffusion_create(sw_diffusion **diffusion, const sw_diffusion_model *model,
                              sw_error *error) {
    sw_diffusion *made = sw_allocate(1, sizeof *made);
    *diffusion = NULL;
    if (!made)
        return sw_error_set(error, SW_ERROR_MEMORY, "diffusion", NULL, "no memory for a run");
    made->model = model;
    sw_status status = sw_alloy_open(&made->alloy, model, error);
    if (status == SW_OK)
        status = sw_body_create(&made->body, &made->alloy, model, error);
    if (status == SW_OK)
        status = set_temperature(made, sw_diffusion_temperature(model, 0.0), error);
    if (status == SW_OK)
        status = sw_profiles_create(&made->profiles, made->body.mixed ? model->alloy.elements : 1,
                                    model->run.end_time, error);
    if (status != SW_OK) {
        sw_diffusion_destroy(made);
        return status;
    }
    remember_start(made);
    sw_diffusion_plots_make(&made->plots, model, made->body.mixed, made->alloy.phases,
                            made->body.mixture.markers);
    *diffusion = made;
    return SW_OK;
}

void sw_diffusion_destroy(sw_diffusion *diffusion) {
    if (!diffusion)
        return;
    sw_profiles_clear(&diffusion->profiles);
    sw_body_clear(&diffusion->body);
    sw_alloy_close(&diffusion->alloy);
    free(diffusion);
}

/* Tracer coefficients at the mean composition; false where no database is asked. */
static bool tracers_at_mean(double tracer[SW_DIFFUSION_ELEMENTS], const sw_diffusion *diffusion) {
    sw_binary_diffusion of_two;
    sw_multicomponent of_more;
    if (!diffusion->alloy.database)
        return false;
    if (diffusion->body.mixed) {
        if (sw_alloy_state(&of_more, &diffusion->alloy, diffusion->mean, NULL) != SW_OK)
            return false;
        memcpy(tracer, of_more.tracer, diffusion->body.elements * sizeof *tracer);
        return true;
    }
    if (sw_solution_binary_diffusion(&of_two, diffusion->alloy.solution[0], diffusion->mean[1],
                                     NULL) != SW_OK)
        return false;
    memcpy(tracer, of_two.tracer, sizeof of_two.tracer);
    return true;
}

static void add_tracers(sw_diffusion *diffusion, double seconds) {
    double tracer[SW_DIFFUSION_ELEMENTS];
    if (!tracers_at_mean(tracer, diffusion))
        return;
    for (size_t i = 0; i < diffusion->body.elements; i++)
        diffusion->tracer[i] += tracer[i] * seconds;
}

sw_status sw_diffusion_advance(sw_diffusion *diffusion, double end, uint64_t steps,
                               sw_error *error) {
    const sw_step_control *control = sw_body_control(&diffusion->body);
    while (control->time < end && control->steps < steps) {
        const double corner = fmin(sw_diffusion_corner(diffusion->model, control->time, end),
                                   sw_profiles_next(&diffusion->profiles));
        const double middle = 0.5 * (control->time + corner), before = control->time;
        sw_status status =
            set_temperature(diffusion, sw_diffusion_temperature(diffusion->model, middle), error);
        if (status != SW_OK)
            return status;
        while (control->time < corner && control->steps < steps) {
            status = sw_body_advance(&diffusion->body, corner, error);
            if (status != SW_OK)
                return status;
            look(diffusion);
        }
        add_tracers(diffusion, control->time - before);
        look_at_profiles(diffusion);
    }
    return SW_OK;
}
