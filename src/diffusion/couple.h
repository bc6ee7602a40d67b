/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One or two layers of two elements and the boundary between them, followed in time in steps with
 * an error (step_control.h).
 */
#ifndef SPILLWAY_DIFFUSION_COUPLE_H
#define SPILLWAY_DIFFUSION_COUPLE_H

#include "diffusion/layer.h"
#include "diffusion/step_control.h"

typedef struct sw_couple {
    size_t layers; /* 1 or 2 */
    sw_layer layer[2];
    sw_step_control control;
    double velocity;            /* of a front at the first end, A/s; 0: none */
    sw_layer whole[2], half[2]; /* room for steps */
    sw_layer_work work;
    double *memory;
} sw_couple;

/* Layers of `cells` cells each from 0, over `length` each, at a uniform composition each. */
sw_status sw_couple_create(sw_couple *couple, size_t layers, const size_t cells[2],
                           const double length[2], int dimension, sw_error *error);
void sw_couple_clear(sw_couple *couple);
/* Both layers touch at these compositions from now on. */
void sw_couple_set_boundary(sw_couple *couple, double left_x, double right_x);
/* Tries one step that ends at `end` at most; a step that is not exact enough leaves the time as it
 * is. */
sw_status sw_couple_advance(sw_couple *couple, double end, sw_error *error);
/* Leaves but one of two layers, closed at both ends, with its contents and room. */
void sw_couple_keep(sw_couple *couple, size_t kept);
double sw_couple_total(const sw_couple *couple);
void sw_couple_range(const sw_couple *couple, double *lowest, double *highest);

#endif
