/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finite volumes and the implicit Euler rule with coefficients of the old compositions; what
 * crosses each face is added up, so that contents are kept to rounding. */
#include "diffusion/mixture.h"

#include "base/memory.h"
#include "diffusion/blocks.h"
#include "diffusion/layer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST SW_MIXTURE_COMPONENTS
#define ROUNDS 60 /* for the place of a marker */

/* ---- room ------------------------------------------------------------------------------------ */

static void set_volumes(sw_mixture *mixture) {
    const double width = mixture->length / (double)mixture->cells;
    for (size_t i = 0; i < mixture->cells; i++)
        mixture->volume[i] = mixture->dimension == 0
                                 ? width
                                 : sw_volume_within(width * (double)(i + 1), mixture->dimension) -
                                       sw_volume_within(width * (double)i, mixture->dimension);
}

sw_status sw_mixture_create(sw_mixture *mixture, size_t components, size_t cells, double length,
                            int dimension, sw_error *error) {
    const size_t m = components, states = cells * m, faces = cells * m * (m + 1);
    *mixture = (sw_mixture){.components = m,
                            .cells = cells,
                            .length = length,
                            .dimension = dimension,
                            .control = {.tolerance = 1e-4}};
    const size_t work = 3 * cells * m * m + states;
    mixture->memory = sw_allocate(4 * states + cells + 2 * faces + work, sizeof *mixture->memory);
    if (!mixture->memory)
        return sw_error_set(error, SW_ERROR_MEMORY, "cells", NULL, "no memory for %zu cells",
                            cells);
    double *at = mixture->memory;
    sw_mixture_state *const all[] = {&mixture->now, &mixture->whole, &mixture->half,
                                     &mixture->second};
    for (size_t i = 0; i < 4; i++, at += states)
        all[i]->content = at;
    mixture->volume = at;
    mixture->coefficient[0] = at + cells;
    mixture->coefficient[1] = mixture->coefficient[0] + faces;
    mixture->work = mixture->coefficient[1] + faces;
    set_volumes(mixture);
    return SW_OK;
}

void sw_mixture_clear(sw_mixture *mixture) {
    free(mixture->memory);
    *mixture = (sw_mixture){0};
}

void sw_mixture_changed(sw_mixture *mixture) {
    mixture->known = false;
}

/* ---- coefficients ---------------------------------------------------------------------------- */

static void compositions(double *x, const sw_mixture *mixture, const double *content, size_t cell) {
    for (size_t k = 0; k < mixture->components; k++)
        x[k] = content[cell * mixture->components + k] / mixture->volume[cell];
}

/* The face across which the phase unmixes; 0: there is none. */
static size_t find_coefficients(double *coefficient, const sw_mixture *mixture,
                                const sw_mixture_state *state) {
    const size_t m = mixture->components;
    double left[MOST] = {0}, right[MOST] = {0};
    compositions(left, mixture, state->content, 0);
    for (size_t face = 1; face < mixture->cells; face++) {
        compositions(right, mixture, state->content, face);
        if (!sw_mixing_between(&coefficient[(face - 1) * m * (m + 1)], &mixture->mixing, m, left,
                               right))
            return face;
        memcpy(left, right, sizeof left);
    }
    return 0;
}

static sw_status unmixes_at(const sw_mixture *mixture, size_t face, sw_error *error) {
    char text[160];
    size_t length = 0;
    for (size_t k = 0; k < mixture->components && length < sizeof text - 40; k++)
        length += (size_t)snprintf(text + length, sizeof text - length, "%s%.3g to %.3g",
                                   k == 0 ? "" : ", ", sw_mixture_x(mixture, face - 1, k),
                                   sw_mixture_x(mixture, face, k));
    return sw_error_set(error, SW_ERROR_NUMERIC, "diffusion",
                        "another temperature or contents: two phases of more than two elements "
                        "are not followed",
                        "the phase unmixes by itself at %g s, at atom fractions of all but the "
                        "first element of %s",
                        mixture->control.time, text);
}

/* Brings coefficient[0] to the state now. */
static sw_status know_coefficients(sw_mixture *mixture, sw_error *error) {
    if (mixture->known)
        return SW_OK;
    const size_t face = find_coefficients(mixture->coefficient[0], mixture, &mixture->now);
    if (face > 0)
        return unmixes_at(mixture, face, error);
    mixture->known = true;
    return SW_OK;
}

/* ---- one step of the Euler rule -------------------------------------------------------------- */

/* Area over width, at inner face 1, 2, ... */
static double conductance(const sw_mixture *mixture, size_t face) {
    const double width = mixture->length / (double)mixture->cells;
    return sw_area_at(width * (double)face, mixture->dimension) / width;
}

static sw_blocks blocks_of(const sw_mixture *mixture) {
    const size_t m = mixture->components, square = mixture->cells * m * m;
    double *at = mixture->work;
    return (sw_blocks){mixture->cells, m, at, at + square, at + 2 * square, at + 3 * square};
}

static void fill_blocks(sw_blocks *blocks, const sw_mixture *mixture, const double *coefficient,
                        const sw_mixture_state *from, double step) {
    const size_t m = mixture->components, square = m * m;
    memset(blocks->diagonal, 0, mixture->cells * square * sizeof *blocks->diagonal);
    for (size_t i = 0; i < mixture->cells; i++)
        for (size_t k = 0; k < m; k++)
            blocks->diagonal[i * square + k * m + k] = mixture->volume[i];
    memcpy(blocks->right, from->content, mixture->cells * m * sizeof *blocks->right);
    for (size_t face = 1; face < mixture->cells; face++) {
        const double *matrix = &coefficient[(face - 1) * m * (m + 1)];
        const double through = step * conductance(mixture, face);
        for (size_t e = 0; e < square; e++) {
            const double exchange = through * matrix[e];
            blocks->diagonal[(face - 1) * square + e] += exchange;
            blocks->diagonal[face * square + e] += exchange;
            blocks->upper[(face - 1) * square + e] = -exchange;
            blocks->lower[face * square + e] = -exchange;
        }
    }
}

/* What crosses an inner face, times `through`, over the difference of compositions u [cells][m]. */
static double crossing(const double *row, const double *u, size_t face, size_t m) {
    double sum = 0.0;
    for (size_t j = 0; j < m; j++)
        sum += row[j] * (u[(face - 1) * m + j] - u[face * m + j]);
    return sum;
}

static void move_contents(sw_mixture_state *next, const sw_mixture *mixture,
                          const double *coefficient, const sw_mixture_state *from, const double *u,
                          double step) {
    const size_t m = mixture->components;
    for (size_t k = 0; k < m; k++) {
        double came = 0.0;
        for (size_t i = 0; i < mixture->cells; i++) {
            double leaves = 0.0;
            if (i + 1 < mixture->cells)
                leaves = step * conductance(mixture, i + 1) *
                         crossing(&coefficient[i * m * (m + 1) + k * m], u, i + 1, m);
            next->content[i * m + k] = from->content[i * m + k] + came - leaves;
            came = leaves;
        }
    }
}

/* Velocity of the lattice at a face, A/s; the ends stand. */
static double drift_at(const sw_mixture *mixture, const double *coefficient, const double *u,
                       size_t face) {
    const size_t m = mixture->components;
    if (face == 0 || face >= mixture->cells)
        return 0.0;
    const double width = mixture->length / (double)mixture->cells;
    return -crossing(&coefficient[(face - 1) * m * (m + 1) + m * m], u, face, m) / width;
}

/* Where a marker is after the step: it moves as the lattice does at its new place, linear between
 * faces. */
static double moved(const sw_mixture *mixture, const double *coefficient, const double *u,
                    double marker, double step) {
    double place = marker;
    for (int i = 0; i < ROUNDS; i++) {
        const double scaled = place / mixture->length * (double)mixture->cells;
        const double face = fmin(fmax(floor(scaled), 0.0), (double)(mixture->cells - 1));
        const double left = drift_at(mixture, coefficient, u, (size_t)face);
        const double right = drift_at(mixture, coefficient, u, (size_t)face + 1);
        const double next = marker + step * (left + (scaled - face) * (right - left));
        const double off = fabs(next - place);
        place = fmin(fmax(next, 0.0), mixture->length);
        if (off <= 1e-14 * mixture->length)
            break;
    }
    return place;
}

static bool euler(sw_mixture_state *next, const sw_mixture *mixture, const double *coefficient,
                  const sw_mixture_state *from, double step) {
    sw_blocks blocks = blocks_of(mixture);
    fill_blocks(&blocks, mixture, coefficient, from, step);
    if (!sw_blocks_solve(&blocks))
        return false;
    move_contents(next, mixture, coefficient, from, blocks.right, step);
    for (size_t i = 0; i < mixture->markers; i++)
        next->marker[i] = moved(mixture, coefficient, blocks.right, from->marker[i], step);
    return true;
}

/* ---- steps with an error --------------------------------------------------------------------- */

static double difference(const sw_mixture *mixture) {
    const size_t m = mixture->components;
    double most = 0.0;
    for (size_t i = 0; i < mixture->cells; i++)
        for (size_t k = 0; k < m; k++) {
            const double off =
                mixture->second.content[i * m + k] - mixture->whole.content[i * m + k];
            if (!isfinite(off))
                return INFINITY;
            most = fmax(most, fabs(off) / mixture->volume[i]);
        }
    for (size_t i = 0; i < mixture->markers; i++)
        most = fmax(most,
                    fabs(mixture->second.marker[i] - mixture->whole.marker[i]) / mixture->length);
    return most;
}

static void accept(sw_mixture *mixture) {
    const size_t count = mixture->cells * mixture->components;
    for (size_t i = 0; i < count; i++)
        mixture->now.content[i] = 2.0 * mixture->second.content[i] - mixture->whole.content[i];
    for (size_t i = 0; i < mixture->markers; i++)
        mixture->now.marker[i] = 2.0 * mixture->second.marker[i] - mixture->whole.marker[i];
    mixture->known = false;
}

/* A hundredth of what crosses one cell where diffusion is fastest. */
static double first_step(const sw_mixture *mixture) {
    const size_t m = mixture->components;
    const double *coefficient = mixture->coefficient[0];
    const double width = mixture->length / (double)mixture->cells;
    double fastest = 0.0;
    for (size_t face = 1; face < mixture->cells; face++)
        for (size_t k = 0; k < m; k++) {
            double row = 0.0;
            for (size_t j = 0; j < m; j++)
                row += fabs(coefficient[(face - 1) * m * (m + 1) + k * m + j]);
            fastest = fmax(fastest, row);
        }
    return fastest > 0.0 ? 0.01 * width * width / fastest : INFINITY;
}

sw_status sw_mixture_advance(sw_mixture *mixture, double end, sw_error *error) {
    if (!(mixture->control.time < end))
        return SW_OK;
    const sw_status status = know_coefficients(mixture, error);
    if (status != SW_OK)
        return status;
    if (!(mixture->control.step > 0.0))
        mixture->control.step = first_step(mixture);
    const double *before = mixture->coefficient[0];
    double *middle = mixture->coefficient[1];
    const double step = sw_step_control_next(&mixture->control, end);
    const bool solved = euler(&mixture->whole, mixture, before, &mixture->now, step) &&
                        euler(&mixture->half, mixture, before, &mixture->now, 0.5 * step) &&
                        find_coefficients(middle, mixture, &mixture->half) == 0 &&
                        euler(&mixture->second, mixture, middle, &mixture->half, 0.5 * step);
    if (!sw_step_control_accept(&mixture->control, step, solved ? difference(mixture) : INFINITY,
                                end))
        return sw_step_control_check(&mixture->control, error);
    accept(mixture);
    return SW_OK;
}

/* ---- what is seen ---------------------------------------------------------------------------- */

double sw_mixture_x(const sw_mixture *mixture, size_t cell, size_t k) {
    const size_t m = mixture->components;
    const double *content = mixture->now.content + cell * m;
    if (k < m)
        return content[k] / mixture->volume[cell];
    double rest = mixture->volume[cell];
    for (size_t j = 0; j < m; j++)
        rest -= mixture->interstitial[j] ? 0.0 : content[j];
    return rest / mixture->volume[cell];
}

double sw_mixture_x_at(const sw_mixture *mixture, double place, size_t k) {
    const double last = (double)(mixture->cells - 1);
    const double scaled = place / mixture->length * (double)mixture->cells - 0.5;
    const double cell = fmin(fmax(scaled, 0.0), last);
    const size_t left = (size_t)fmin(floor(cell), last - 1.0);
    const double from = sw_mixture_x(mixture, left, k), to = sw_mixture_x(mixture, left + 1, k);
    return from + (cell - (double)left) * (to - from);
}

double sw_mixture_total(const sw_mixture *mixture, size_t k) {
    double sum = 0.0, lost = 0.0; /* Kahan */
    for (size_t i = 0; i < mixture->cells; i++) {
        const double term = sw_mixture_x(mixture, i, k) * mixture->volume[i] - lost;
        const double grown = sum + term;
        lost = (grown - sum) - term;
        sum = grown;
    }
    return sum;
}

void sw_mixture_flux(double *flux, double *drift, const sw_mixture *mixture, size_t face) {
    const size_t m = mixture->components;
    const double width = mixture->length / (double)mixture->cells;
    double coefficient[MOST * (MOST + 1)], left[MOST] = {0}, right[MOST] = {0};
    compositions(left, mixture, mixture->now.content, face - 1);
    compositions(right, mixture, mixture->now.content, face);
    if (!sw_mixing_between(coefficient, &mixture->mixing, m, left, right))
        memset(coefficient, 0, sizeof coefficient); /* where it unmixes there is no flux to tell */
    flux[m] = *drift = 0.0;
    for (size_t k = 0; k < m; k++) {
        flux[k] = 0.0;
        for (size_t j = 0; j < m; j++)
            flux[k] -= coefficient[k * m + j] * (right[j] - left[j]) / width;
        flux[m] -= mixture->interstitial[k] ? 0.0 : flux[k];
        *drift += coefficient[m * m + k] * (right[k] - left[k]) / width;
    }
}
