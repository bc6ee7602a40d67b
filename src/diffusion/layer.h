/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One phase between two boundaries, cut into cells of equal width that move with the boundaries:
 *
 *   from |  0  |  1  |  ...  | cells-1 | to
 *
 * A cell holds content = x times its volume per unit of angle (plane: width; cylinder: (r1^2 -
 * r0^2)/2; sphere: (r1^3 - r0^3)/3). A boundary is closed, or moves at a given composition.
 */
#ifndef SPILLWAY_DIFFUSION_LAYER_H
#define SPILLWAY_DIFFUSION_LAYER_H

#include "diffusion/diffusivity.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct sw_layer {
    size_t cells;
    double from, to; /* A */
    int dimension;   /* 0 plane, 1 cylinder, 2 sphere */
    const sw_diffusivity *diffusivity;
    double *content; /* [cells] */
    bool first_open, last_open;
    double first_x, last_x; /* compositions at open boundaries */
    /* a front at the first boundary: > 0: what leaves is x / (x + ratio (1 - x)) of all that
     * leaves, and all leaves that it sweeps */
    double front_ratio;
    double given; /* what has left through it */
} sw_layer;

/* Room for sw_layer_step; arrays of at least as many cells. */
typedef struct sw_layer_work {
    double *x, *lower, *diagonal, *upper, *right; /* [cells] */
} sw_layer_work;

/* Volume up to a position, and area there, per unit of angle. */
double sw_volume_within(double position, int dimension);
double sw_area_at(double position, int dimension);
double sw_layer_volume(const sw_layer *layer, size_t cell);
double sw_layer_x(const sw_layer *layer, size_t cell);
/* Middle of a cell, A. */
double sw_layer_middle(const sw_layer *layer, size_t cell);
double sw_layer_total(const sw_layer *layer);
/* The composition at a front, where diffusion takes away what does not leave. `swept` is how far it
 * goes in `step`. */
double sw_layer_front_x(const sw_layer *layer, double swept, double step);

/*
 * One step of the implicit Euler rule, with coefficients of the old compositions, to new
 * boundaries. `next` has its boundaries set and its contents are filled; it may not be `layer`.
 * *out is what left through the last boundary, *in what came through the first (both 0 where
 * closed), relative to the moving boundary, in the step as a whole; two places. O(cells).
 */
void sw_layer_step(sw_layer *next, double *in, double *out, const sw_layer *layer, double step,
                   const sw_layer_work *work);

#endif
