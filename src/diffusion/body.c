/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diffusion/body.h"

#include <math.h>
#include <string.h>

#define FEWEST 8 /* cells of a layer */

/* ---- at the start ---------------------------------------------------------------------------- */

/* Layers are the runs of regions of one phase. */
static void measure_layers(double length[2], const sw_diffusion_model *model) {
    size_t layer = 0;
    for (size_t i = 0; i < model->regions; i++) {
        if (i > 0 && strcmp(model->region[i].phase, model->region[i - 1].phase) != 0)
            layer = 1; /* the alloy has not more than two */
        length[layer] += model->region[i].length;
    }
}

/* Contents of a region as they are followed. */
static void content_of(double *u, const sw_alloy *alloy, const sw_diffusion_region *region) {
    if (alloy->mixed)
        sw_alloy_contents(u, alloy, region->x);
    else
        memcpy(u, region->x, sizeof region->x);
}

/* Mean content from a to b by volume: atoms per substitutional atom, which are atom fractions in a
 * couple. */
static double mean_between(const sw_diffusion_model *model, const sw_alloy *alloy, double a,
                           double b, size_t element) {
    const int dimension = (int)model->alloy.geometry;
    double begin = 0.0, sum = 0.0, u[SW_DIFFUSION_ELEMENTS];
    for (size_t i = 0; i < model->regions; begin += model->region[i].length, i++) {
        const double low = fmax(a, begin), high = fmin(b, begin + model->region[i].length);
        if (!(high > low))
            continue;
        content_of(u, alloy, &model->region[i]);
        sum += u[element] * (sw_volume_within(high, dimension) - sw_volume_within(low, dimension));
    }
    return sum / (sw_volume_within(b, dimension) - sw_volume_within(a, dimension));
}

static void fill_layer(sw_layer *layer, const sw_alloy *alloy, const sw_diffusion_model *model) {
    const double width = (layer->to - layer->from) / (double)layer->cells;
    for (size_t i = 0; i < layer->cells; i++) {
        const double from = layer->from + width * (double)i;
        layer->content[i] =
            mean_between(model, alloy, from, from + width, 1) * sw_layer_volume(layer, i);
    }
}

static sw_status make_couple(sw_couple *couple, const sw_alloy *alloy,
                             const sw_diffusion_model *model, sw_error *error) {
    const size_t layers = alloy->phases;
    double length[2] = {0.0, 0.0};
    size_t cells[2] = {model->alloy.cells, 0};
    measure_layers(length, model);
    if (layers == 2) {
        const double share = length[0] / (length[0] + length[1]);
        cells[0] = (size_t)lround(share * (double)model->alloy.cells);
        cells[0] = cells[0] < FEWEST ? FEWEST : cells[0];
        cells[1] = cells[0] + FEWEST < model->alloy.cells ? model->alloy.cells - cells[0] : FEWEST;
    }
    const sw_status status =
        sw_couple_create(couple, layers, cells, length, (int)model->alloy.geometry, error);
    if (status != SW_OK)
        return status;
    couple->control.tolerance = model->tolerance;
    couple->velocity = model->front.velocity;
    couple->layer[0].front_ratio = model->front.mobility_ratio;
    for (size_t i = 0; i < layers; i++) {
        couple->layer[i].diffusivity = &alloy->diffusivity[i];
        fill_layer(&couple->layer[i], alloy, model);
    }
    return SW_OK;
}

/* Markers lie where regions meet. */
static void lay_markers(sw_mixture *mixture, const sw_diffusion_model *model) {
    double place = 0.0;
    for (size_t i = 0; i + 1 < model->regions && i < SW_MIXTURE_MARKERS; i++) {
        place += model->region[i].length;
        mixture->now.marker[mixture->markers++] = place;
    }
}

static sw_status make_mixture(sw_mixture *mixture, const sw_alloy *alloy,
                              const sw_diffusion_model *model, sw_error *error) {
    const size_t components = model->alloy.elements - 1, cells = model->alloy.cells;
    double length[2] = {0.0, 0.0};
    measure_layers(length, model);
    const sw_status status =
        sw_mixture_create(mixture, components, cells, length[0], (int)model->alloy.geometry, error);
    if (status != SW_OK)
        return status;
    mixture->control.tolerance = model->tolerance;
    mixture->mixing = (sw_mixing){sw_alloy_mixing, alloy};
    for (size_t k = 0; k < components; k++)
        mixture->interstitial[k] = alloy->interstitial[k + 1];
    lay_markers(mixture, model);
    const double width = length[0] / (double)cells;
    for (size_t i = 0; i < cells; i++)
        for (size_t k = 0; k < components; k++)
            mixture->now.content[i * components + k] =
                mean_between(model, alloy, width * (double)i, width * (double)(i + 1), k + 1) *
                mixture->volume[i];
    return SW_OK;
}

sw_status sw_body_create(sw_body *body, const sw_alloy *alloy, const sw_diffusion_model *model,
                         sw_error *error) {
    *body = (sw_body){.elements = model->alloy.elements, .mixed = alloy->mixed, .alloy = alloy};
    return body->mixed ? make_mixture(&body->mixture, alloy, model, error)
                       : make_couple(&body->couple, alloy, model, error);
}

void sw_body_clear(sw_body *body) {
    sw_couple_clear(&body->couple);
    sw_mixture_clear(&body->mixture);
}

/* ---- on the way ------------------------------------------------------------------------------ */

void sw_body_refresh(sw_body *body, const sw_alloy *alloy) {
    if (body->mixed)
        sw_mixture_changed(&body->mixture);
    else if (body->couple.layers == 2)
        sw_couple_set_boundary(&body->couple, alloy->touching[0], alloy->touching[1]);
}

sw_status sw_body_advance(sw_body *body, double end, sw_error *error) {
    return body->mixed ? sw_mixture_advance(&body->mixture, end, error)
                       : sw_couple_advance(&body->couple, end, error);
}

const sw_step_control *sw_body_control(const sw_body *body) {
    return body->mixed ? &body->mixture.control : &body->couple.control;
}

/* ---- what is seen ---------------------------------------------------------------------------- */

size_t sw_body_layers(const sw_body *body) {
    return body->mixed ? 1 : body->couple.layers;
}

size_t sw_body_cells(const sw_body *body, size_t layer) {
    return body->mixed ? body->mixture.cells : body->couple.layer[layer].cells;
}

double sw_body_middle(const sw_body *body, size_t layer, size_t cell) {
    if (!body->mixed)
        return sw_layer_middle(&body->couple.layer[layer], cell);
    return body->mixture.length * ((double)cell + 0.5) / (double)body->mixture.cells;
}

/* The mixture has the reference last. */
static size_t component_of(const sw_body *body, size_t element) {
    return element > 0 ? element - 1 : body->elements - 1;
}

/* Of two elements the second is followed. */
static double of_two(double x, size_t element) {
    return element == 1 ? x : 1.0 - x;
}

/* The atom fraction of an element where `at` gives contents per substitutional atom. */
static double fraction_of(const sw_body *body, double (*at)(const sw_mixture *, double, size_t),
                          double where, size_t element) {
    double u[SW_DIFFUSION_ELEMENTS], x[SW_DIFFUSION_ELEMENTS];
    for (size_t e = 0; e < body->elements; e++)
        u[e] = at(&body->mixture, where, component_of(body, e));
    sw_alloy_fractions(x, body->alloy, u);
    return x[element];
}

static double in_cell(const sw_mixture *mixture, double cell, size_t component) {
    return sw_mixture_x(mixture, (size_t)cell, component);
}

double sw_body_x(const sw_body *body, size_t layer, size_t cell, size_t element) {
    return body->mixed ? fraction_of(body, in_cell, (double)cell, element)
                       : of_two(sw_layer_x(&body->couple.layer[layer], cell), element);
}

static double couple_x_at(const sw_couple *couple, double place) {
    const sw_layer *layer = &couple->layer[0];
    if (couple->layers == 2 && place >= layer->to)
        layer = &couple->layer[1];
    if (place < layer->from)
        return NAN; /* behind a front */
    const double last = (double)(layer->cells - 1);
    const double part = (place - layer->from) / (layer->to - layer->from);
    const double cell = fmin(fmax(part * (double)layer->cells - 0.5, 0.0), last);
    const size_t left = (size_t)fmin(floor(cell), last - 1.0);
    const double from = sw_layer_x(layer, left), to = sw_layer_x(layer, left + 1);
    return from + (cell - (double)left) * (to - from);
}

double sw_body_x_at(const sw_body *body, double place, size_t element) {
    return body->mixed ? fraction_of(body, sw_mixture_x_at, place, element)
                       : of_two(couple_x_at(&body->couple, place), element);
}

static void mixture_range(const sw_body *body, size_t element, double *lowest, double *highest) {
    *lowest = INFINITY;
    *highest = -INFINITY;
    for (size_t i = 0; i < body->mixture.cells; i++) {
        const double x = sw_body_x(body, 0, i, element);
        *lowest = fmin(*lowest, x);
        *highest = fmax(*highest, x);
    }
}

void sw_body_range(const sw_body *body, size_t element, double *lowest, double *highest) {
    if (body->mixed) {
        mixture_range(body, element, lowest, highest);
        return;
    }
    double low, high;
    sw_couple_range(&body->couple, &low, &high);
    *lowest = element == 1 ? low : 1.0 - high;
    *highest = element == 1 ? high : 1.0 - low;
}

double sw_body_total(const sw_body *body, size_t element) {
    if (body->mixed)
        return sw_mixture_total(&body->mixture, component_of(body, element));
    const double second = sw_couple_total(&body->couple) + body->couple.layer[0].given;
    return element == 1 ? second : sw_body_volume(body) - second;
}

double sw_body_length(const sw_body *body) {
    return body->mixed ? body->mixture.length : body->couple.layer[body->couple.layers - 1].to;
}

double sw_body_volume(const sw_body *body) {
    return sw_volume_within(sw_body_length(body), body->mixed ? body->mixture.dimension
                                                              : body->couple.layer[0].dimension);
}

double *sw_body_contents(const sw_body *body, size_t layer, size_t *count) {
    *count = sw_body_cells(body, layer) * (body->mixed ? body->mixture.components : 1);
    return body->mixed ? body->mixture.now.content : body->couple.layer[layer].content;
}
