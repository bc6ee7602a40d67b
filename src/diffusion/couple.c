/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diffusion/couple.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define THINNEST 1e-4 /* share of the couple below which a layer is gone */

sw_status sw_couple_create(sw_couple *couple, size_t layers, const size_t cells[2],
                           const double length[2], int dimension, sw_error *error) {
    size_t all = 0;
    *couple = (sw_couple){.layers = layers, .control = {.tolerance = 1e-4}};
    for (size_t i = 0; i < layers; i++)
        all += cells[i];
    couple->memory = sw_allocate(9 * all, sizeof *couple->memory);
    if (!couple->memory)
        return sw_error_set(error, SW_ERROR_MEMORY, "cells", NULL, "no memory for %zu cells", all);
    double *at = couple->memory, from = 0.0;
    for (size_t i = 0; i < layers; i++, at += 3 * cells[i - 1]) {
        couple->layer[i] = (sw_layer){.cells = cells[i],
                                      .from = from,
                                      .to = from + length[i],
                                      .dimension = dimension,
                                      .content = at};
        couple->whole[i].content = at + cells[i];
        couple->half[i].content = at + 2 * cells[i];
        from += length[i];
    }
    couple->work = (sw_layer_work){at, at + all, at + 2 * all, at + 3 * all, at + 4 * all};
    return SW_OK;
}

void sw_couple_clear(sw_couple *couple) {
    free(couple->memory);
    couple->memory = NULL;
}

void sw_couple_set_boundary(sw_couple *couple, double left_x, double right_x) {
    couple->layer[0].last_open = couple->layer[1].first_open = true;
    couple->layer[0].last_x = left_x;
    couple->layer[1].first_x = right_x;
}

double sw_couple_total(const sw_couple *couple) {
    double sum = 0.0;
    for (size_t i = 0; i < couple->layers; i++)
        sum += sw_layer_total(&couple->layer[i]);
    return sum;
}

void sw_couple_range(const sw_couple *couple, double *lowest, double *highest) {
    *lowest = INFINITY;
    *highest = -INFINITY;
    for (size_t l = 0; l < couple->layers; l++)
        for (size_t i = 0; i < couple->layer[l].cells; i++) {
            const double x = sw_layer_x(&couple->layer[l], i);
            *lowest = fmin(*lowest, x);
            *highest = fmax(*highest, x);
        }
}

/* ---- one step of the Euler rule -------------------------------------------------------------- */

static void prepare(sw_layer *next, const sw_layer *from) {
    double *content = next->content;
    *next = *from;
    next->content = content;
}

/* Moves the boundary to `place`; returns what is lost there, 0 where it is placed rightly. */
static double lost_at(sw_couple *couple, sw_layer *next, const sw_layer *from, double place,
                      double step) {
    double in, out, first, last;
    next[0].to = next[1].from = place;
    sw_layer_step(&next[0], &first, &out, &from[0], step, &couple->work);
    sw_layer_step(&next[1], &in, &last, &from[1], step, &couple->work);
    return out - in;
}

/* What rounding leaves of a balance: that of all contents, and that of what crosses the half cells
 * at the boundary to and fro, which is far more than the balance where steps are long. */
static double rounding_of(const sw_layer *from, double step) {
    double most = sw_volume_within(from[1].to, from[1].dimension);
    for (size_t l = 0; l < 2; l++) {
        const double x = l == 0 ? from[0].last_x : from[1].first_x;
        const double width = (from[l].to - from[l].from) / (double)from[l].cells;
        const double area = pow(from[0].to, from[l].dimension);
        most += step * area * sw_diffusivity_at(from[l].diffusivity, x) / (0.5 * width);
    }
    return 1e-15 * most;
}

/* The place of the boundary at which all that leaves one layer enters the other. Secants; false
 * where they do not meet. */
static bool place_boundary(sw_couple *couple, sw_layer *next, const sw_layer *from, double step) {
    const double length = from[1].to - from[0].from;
    const double least = from[0].from + 0.2 * (from[0].to - from[0].from);
    const double most = from[1].to - 0.2 * (from[1].to - from[1].from);
    const double small = rounding_of(from, step);
    double a = from[0].to, lost_a = lost_at(couple, next, from, a, step);
    /* a boundary that moves takes the difference of both compositions with it */
    double jump = from[1].first_x - from[0].last_x;
    double b = a - lost_a / jump;
    for (int i = 0; i < 60; i++) {
        if (!(b > least && b < most))
            return false;
        const double lost_b = lost_at(couple, next, from, b, step);
        if (fabs(lost_b) <= small || fabs(b - a) <= 1e-16 * length) {
            next[1].content[0] += lost_b; /* the last rounding, so that nothing is lost at all */
            return true;
        }
        const double slope = (lost_b - lost_a) / (b - a);
        a = b;
        lost_a = lost_b;
        b = a - lost_a / slope;
    }
    return false;
}

static bool euler(sw_couple *couple, sw_layer *next, const sw_layer *from, double step) {
    double in, out;
    for (size_t i = 0; i < couple->layers; i++)
        prepare(&next[i], &from[i]);
    if (couple->layers == 2)
        return place_boundary(couple, next, from, step);
    next[0].from += couple->velocity * step;
    sw_layer_step(&next[0], &in, &out, &from[0], step, &couple->work);
    return true;
}

/* ---- steps with an error --------------------------------------------------------------------- */

/* Contents after two halves: the first goes into half[], the second back into layer-like room. */
static bool two_halves(sw_couple *couple, sw_layer *second, double step) {
    return euler(couple, couple->half, couple->layer, 0.5 * step) &&
           euler(couple, second, couple->half, 0.5 * step);
}

static double difference(const sw_couple *couple, const sw_layer *second) {
    double most = 0.0;
    for (size_t l = 0; l < couple->layers; l++)
        for (size_t i = 0; i < second[l].cells; i++)
            most = fmax(most, fabs(sw_layer_x(&second[l], i) - sw_layer_x(&couple->whole[l], i)));
    if (couple->layers == 2)
        most = fmax(most, fabs(second[0].to - couple->whole[0].to) /
                              fmin(second[0].to - second[0].from, second[1].to - second[1].from));
    return most;
}

static void accept(sw_couple *couple, const sw_layer *second) {
    for (size_t l = 0; l < couple->layers; l++) {
        sw_layer *layer = &couple->layer[l];
        layer->from = 2.0 * second[l].from - couple->whole[l].from;
        layer->to = 2.0 * second[l].to - couple->whole[l].to;
        layer->given = 2.0 * second[l].given - couple->whole[l].given;
        for (size_t i = 0; i < layer->cells; i++)
            layer->content[i] = 2.0 * second[l].content[i] - couple->whole[l].content[i];
    }
}

void sw_couple_keep(sw_couple *couple, size_t kept) {
    couple->layer[0] = couple->layer[kept];
    couple->layer[0].first_open = couple->layer[0].last_open = false;
    couple->whole[0].content = couple->whole[kept].content;
    couple->half[0].content = couple->half[kept].content;
    couple->layers = 1;
}

/* The other layer takes over the place and what a layer that is gone held. */
static void drop_thin_layer(sw_couple *couple) {
    if (couple->layers < 2)
        return;
    sw_layer *layer = couple->layer;
    const double length = layer[1].to - layer[0].from;
    for (size_t gone = 0; gone < 2; gone++) {
        sw_layer *kept = &layer[1 - gone];
        if (layer[gone].to - layer[gone].from > THINNEST * length)
            continue;
        const double held = sw_layer_total(&layer[gone]);
        sw_layer grown = *kept;
        grown.from = layer[0].from;
        grown.to = layer[1].to;
        double volume = 0.0, total = sw_layer_total(kept) + held, sum = 0.0;
        for (size_t i = 0; i < kept->cells; i++)
            volume += sw_layer_volume(&grown, i);
        for (size_t i = 0; i < kept->cells; i++) {
            kept->content[i] *= sw_layer_volume(&grown, i) / sw_layer_volume(kept, i);
            sum += kept->content[i];
        }
        /* what is left over, a small thing, is spread evenly */
        for (size_t i = 0; i < kept->cells; i++)
            kept->content[i] += (total - sum) * sw_layer_volume(&grown, i) / volume;
        layer[1 - gone] = grown;
        sw_couple_keep(couple, 1 - gone);
        return;
    }
}

/* A step to begin with: a hundredth of what crosses one cell. */
static double first_step(const sw_couple *couple) {
    double shortest = INFINITY;
    for (size_t l = 0; l < couple->layers; l++) {
        const sw_layer *layer = &couple->layer[l];
        const double width = (layer->to - layer->from) / (double)layer->cells;
        double fastest = 0.0;
        for (size_t i = 0; i <= SW_DIFFUSIVITY_STEPS; i++)
            fastest = fmax(fastest, layer->diffusivity->value[i]);
        if (fastest > 0.0)
            shortest = fmin(shortest, 0.01 * width * width / fastest);
    }
    return shortest;
}

sw_status sw_couple_advance(sw_couple *couple, double end, sw_error *error) {
    if (!(couple->control.time < end))
        return SW_OK;
    if (!(couple->control.step > 0.0))
        couple->control.step = first_step(couple);
    const size_t all = couple->layer[0].cells + (couple->layers == 2 ? couple->layer[1].cells : 0);
    /* the second half goes behind the work arrays: room of its own */
    sw_layer second[2] = {{.content = couple->work.right + all}, {0}};
    second[1].content = second[0].content + couple->layer[0].cells;
    const double step = sw_step_control_next(&couple->control, end);
    const bool placed =
        euler(couple, couple->whole, couple->layer, step) && two_halves(couple, second, step);
    const double off = placed ? difference(couple, second) : INFINITY;
    if (!sw_step_control_accept(&couple->control, step, off, end))
        return sw_step_control_check(&couple->control, error);
    accept(couple, second);
    drop_thin_layer(couple);
    return SW_OK;
}
