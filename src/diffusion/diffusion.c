/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diffusion/diffusion.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FEWEST 8      /* cells of a layer */
#define RAMP_STEP 0.5 /* K: a ramp is climbed in steps of this */

double sw_diffusion_temperature(const sw_diffusion_model *model, double time) {
    double temperature = model->run.temperature;
    for (size_t i = 0; i < model->legs; i++) {
        const sw_diffusion_leg *leg = &model->leg[i];
        if (time < leg->duration)
            return leg->ramp ? temperature + (leg->temperature - temperature) * time / leg->duration
                             : leg->temperature;
        temperature = leg->temperature;
        time -= leg->duration;
    }
    return temperature;
}

/* The end of the leg that holds this time, at most `end`; within ramps the time of the next step.
 */
static double next_corner(const sw_diffusion_model *model, double time, double end) {
    double begin = 0.0, from = model->run.temperature;
    for (size_t i = 0; i < model->legs; begin += model->leg[i].duration, i++) {
        const sw_diffusion_leg *leg = &model->leg[i];
        const double corner = begin + leg->duration;
        if (time < corner) {
            const double rise = fabs(leg->temperature - from);
            const double piece =
                leg->ramp && rise > 0.0 ? leg->duration * RAMP_STEP / rise : INFINITY;
            return fmin(fmin(corner, end), time + piece);
        }
        from = leg->temperature;
    }
    return end;
}

/* Layers are the runs of regions of one phase. */
static void measure_layers(double length[2], const sw_diffusion_model *model) {
    size_t layer = 0;
    for (size_t i = 0; i < model->regions; i++) {
        if (i > 0 && strcmp(model->region[i].phase, model->region[i - 1].phase) != 0)
            layer++;
        length[layer] += model->region[i].length;
    }
}

static double composition_at(const sw_diffusion_model *model, double place) {
    double end = 0.0;
    for (size_t i = 0; i < model->regions; i++) {
        end += model->region[i].length;
        if (place < end)
            return model->region[i].composition;
    }
    return model->region[model->regions - 1].composition;
}

/* Mean composition from a to b by volume. */
static double mean_between(const sw_diffusion_model *model, double a, double b, int dimension) {
    double begin = 0.0, sum = 0.0;
    for (size_t i = 0; i < model->regions; begin += model->region[i].length, i++) {
        const double low = fmax(a, begin), high = fmin(b, begin + model->region[i].length);
        if (high > low)
            sum += model->region[i].composition *
                   (sw_volume_within(high, dimension) - sw_volume_within(low, dimension));
    }
    const double volume = sw_volume_within(b, dimension) - sw_volume_within(a, dimension);
    return volume > 0.0 ? sum / volume : composition_at(model, a);
}

static void fill_layer(sw_layer *layer, const sw_diffusion_model *model) {
    const double width = (layer->to - layer->from) / (double)layer->cells;
    for (size_t i = 0; i < layer->cells; i++) {
        const double from = layer->from + width * (double)i;
        layer->content[i] =
            mean_between(model, from, from + width, layer->dimension) * sw_layer_volume(layer, i);
    }
}

static sw_status make_couple(sw_diffusion *diffusion, sw_error *error) {
    const sw_diffusion_model *model = diffusion->model;
    const size_t layers = diffusion->alloy.phases;
    double length[2] = {0.0, 0.0};
    size_t cells[2] = {model->alloy.cells, 0};
    measure_layers(length, model);
    if (layers == 2) {
        const double share = length[0] / (length[0] + length[1]);
        cells[0] = (size_t)lround(share * (double)model->alloy.cells);
        cells[0] = cells[0] < FEWEST ? FEWEST : cells[0];
        cells[1] = cells[0] + FEWEST < model->alloy.cells ? model->alloy.cells - cells[0] : FEWEST;
    }
    sw_couple *couple = &diffusion->couple;
    const sw_status status =
        sw_couple_create(couple, layers, cells, length, (int)model->alloy.geometry, error);
    if (status != SW_OK)
        return status;
    couple->pace.tolerance = model->tolerance;
    couple->velocity = model->front.velocity;
    couple->layer[0].front_ratio = model->front.mobility_ratio;
    for (size_t i = 0; i < layers; i++) {
        couple->layer[i].diffusivity = &diffusion->alloy.diffusivity[i];
        fill_layer(&couple->layer[i], model);
    }
    return SW_OK;
}

static void look(sw_diffusion *diffusion) {
    double lowest, highest;
    const sw_couple *couple = &diffusion->couple;
    const double level = diffusion->model->homogeneous, before = diffusion->spread;
    sw_couple_range(couple, &lowest, &highest);
    diffusion->spread = highest - lowest;
    if (isnan(diffusion->homogeneous_at) && diffusion->spread < level) {
        /* spreads fall exponentially at the end: the logarithm is linear between two steps */
        const double part =
            before > level ? log(before / level) / log(before / diffusion->spread) : 1.0;
        diffusion->homogeneous_at =
            diffusion->spread_time + part * (couple->pace.time - diffusion->spread_time);
    }
    diffusion->spread_time = couple->pace.time;
}

static sw_status set_temperature(sw_diffusion *diffusion, double temperature, sw_error *error) {
    const sw_status status = sw_alloy_set(&diffusion->alloy, temperature, error);
    if (status == SW_OK && diffusion->couple.layers == 2)
        sw_couple_set_boundary(&diffusion->couple, diffusion->alloy.touching[0],
                               diffusion->alloy.touching[1]);
    return status;
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
        status = make_couple(made, error);
    if (status == SW_OK)
        status = set_temperature(made, sw_diffusion_temperature(model, 0.0), error);
    if (status != SW_OK) {
        sw_diffusion_destroy(made);
        return status;
    }
    const sw_layer *last = &made->couple.layer[made->couple.layers - 1];
    made->total = sw_couple_total(&made->couple);
    made->mean = made->total / sw_volume_within(last->to, last->dimension);
    made->homogeneous_at = NAN;
    made->profiles = (sw_profiles){.end = model->run.end_time, .length = last->to};
    sw_profiles_look(&made->profiles, &made->couple);
    look(made);
    *diffusion = made;
    return SW_OK;
}

void sw_diffusion_destroy(sw_diffusion *diffusion) {
    if (!diffusion)
        return;
    sw_couple_clear(&diffusion->couple);
    sw_alloy_close(&diffusion->alloy);
    free(diffusion);
}

static void add_tracers(sw_diffusion *diffusion, double seconds) {
    sw_binary_diffusion at;
    if (!diffusion->alloy.database)
        return;
    if (sw_solution_binary_diffusion(&at, diffusion->alloy.solution[0], diffusion->mean, NULL) !=
        SW_OK)
        return;
    for (size_t i = 0; i < 2; i++)
        diffusion->tracer[i] += at.tracer[i] * seconds;
}

sw_status sw_diffusion_advance(sw_diffusion *diffusion, double end, uint64_t steps,
                               sw_error *error) {
    sw_couple *couple = &diffusion->couple;
    while (couple->pace.time < end && couple->pace.steps < steps) {
        const double corner = fmin(next_corner(diffusion->model, couple->pace.time, end),
                                   sw_profiles_next(&diffusion->profiles));
        const double middle = 0.5 * (couple->pace.time + corner), before = couple->pace.time;
        sw_status status =
            set_temperature(diffusion, sw_diffusion_temperature(diffusion->model, middle), error);
        if (status != SW_OK)
            return status;
        while (couple->pace.time < corner && couple->pace.steps < steps) {
            status = sw_couple_advance(couple, corner, error);
            if (status != SW_OK)
                return status;
            look(diffusion);
        }
        add_tracers(diffusion, couple->pace.time - before);
        sw_profiles_look(&diffusion->profiles, couple);
    }
    return SW_OK;
}
