/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One layer whose components diffuse, cut into cells of equal width that move with its two ends:
 *
 *   from |  0  |  1  |  ...  | cells-1 | to       content[cell][component] = y times width
 *
 * At each end the composition is known, or nothing crosses. What crosses is counted relative to the
 * moving ends, so that contents are conserved to rounding. Plane.
 */
#ifndef SPILLWAY_DIFFUSION_OXIDE_LAYER_H
#define SPILLWAY_DIFFUSION_OXIDE_LAYER_H

#include "diffusion/mixing.h"

#define SW_OXIDE_COMPONENTS 2 /* at most */

typedef struct sw_oxide_layer {
    size_t cells, components;
    double from, to; /* A */
    double moved[2]; /* A, what the ends have gone in the step that has led here */
    double *content; /* [cells][components], A */
} sw_oxide_layer;

/* An end of the layer. */
typedef struct sw_oxide_end {
    bool open;
    double y[SW_OXIDE_COMPONENTS]; /* where open */
} sw_oxide_end;

/* Means of D, A2/s: [cells + 1] squares by rows, the first and the last those at the ends; and room
 * for a step. */
typedef struct sw_oxide_work {
    double *coefficient; /* [cells + 1][components][components] */
    double *blocks;      /* [cells][3 components^2 + components] */
} sw_oxide_work;

void sw_oxide_layer_y(double *y, const sw_oxide_layer *layer, size_t cell);
/* Component k at a share (0 to 1) of the thickness: linear between ends and middles of cells. */
double sw_oxide_layer_at(const sw_oxide_layer *layer, const sw_oxide_end ends[2], double share,
                         size_t k);
/* Of a component, summed with care. */
double sw_oxide_layer_total(const sw_oxide_layer *layer, size_t k);

/* Means of D between neighbours. Columns of the mean stand [component][component], without the
 * drift of sw_mixing. False where the phase ends or unmixes. O(cells). */
bool sw_oxide_coefficients(double *coefficient, const sw_oxide_layer *layer,
                           const sw_oxide_end ends[2], const sw_mixing *mixing);

/*
 * One step of the implicit Euler rule with these coefficients, from `layer` to `next`, whose ends
 * are at their new places. Solves for the compositions, work->blocks' last part, and fills crossed
 * [2][components]: what enters at the first end, and leaves at the last. False where it cannot be
 * solved. O(cells).
 */
bool sw_oxide_layer_solve(double crossed[2][SW_OXIDE_COMPONENTS], const sw_oxide_layer *next,
                          const sw_oxide_layer *layer, const sw_oxide_end ends[2], double step,
                          const sw_oxide_work *work);
/* Fills next's contents after that, with what has crossed the ends as it is given: what was to be
 * nothing may be made so to the last bit. */
void sw_oxide_layer_move(sw_oxide_layer *next, const double crossed[2][SW_OXIDE_COMPONENTS],
                         const sw_oxide_layer *layer, double step, const sw_oxide_work *work);

#endif
