/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a run follows: layers of two elements (couple.h), or one phase of several (mixture.h),
 * behind one face. Elements are numbered as in the model; the first is the reference.
 */
#ifndef SPILLWAY_DIFFUSION_BODY_H
#define SPILLWAY_DIFFUSION_BODY_H

#include "diffusion/alloy.h"
#include "diffusion/couple.h"
#include "diffusion/mixture.h"

typedef struct sw_body {
    size_t elements;
    bool mixed; /* as the alloy is: the mixture is used, else the couple */
    const sw_alloy *alloy;
    sw_couple couple;
    sw_mixture mixture;
} sw_body;

/* Layers as the model has them at the start, over an alloy that must outlive them. */
sw_status sw_body_create(sw_body *body, const sw_alloy *alloy, const sw_diffusion_model *model,
                         sw_error *error);
void sw_body_clear(sw_body *body);
/* After the alloy has got another temperature, or the contents have been read. */
void sw_body_refresh(sw_body *body, const sw_alloy *alloy);
/* Tries one step that ends at `end` at most. */
sw_status sw_body_advance(sw_body *body, double end, sw_error *error);
const sw_step_control *sw_body_control(const sw_body *body);

size_t sw_body_layers(const sw_body *body);
size_t sw_body_cells(const sw_body *body, size_t layer);
/* Middle of a cell, A, and the atom fraction of an element in it. */
double sw_body_middle(const sw_body *body, size_t layer, size_t cell);
double sw_body_x(const sw_body *body, size_t layer, size_t cell, size_t element);
/* At a place: linear between the middles of cells of one layer, so that a boundary between phases
 * stays sharp; NaN behind a front. */
double sw_body_x_at(const sw_body *body, double place, size_t element);
void sw_body_range(const sw_body *body, size_t element, double *lowest, double *highest);
/* How much there is: atoms per substitutional atom times volume, with what has left through a
 * front. */
double sw_body_total(const sw_body *body, size_t element);
/* The far end, A, and the volume up to it. */
double sw_body_length(const sw_body *body);
double sw_body_volume(const sw_body *body);

/* All contents of the cells of a layer, for saved states: *count numbers. */
double *sw_body_contents(const sw_body *body, size_t layer, size_t *count);

#endif
