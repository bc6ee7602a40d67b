/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One phase of several elements between closed ends, followed in time in steps with an error
 * (step_control.h), in the frame of fixed volume, and markers that lie in its lattice (Kirkendall).
 * Components are all elements but one, the reference, which fills up; contents x are atoms per
 * substitutional atom: atom fractions where no element is interstitial. Cells have equal width:
 *
 *   0 |  0  |  1  |  ...  | cells-1 | length       content[cell][component] = x times volume
 */
#ifndef SPILLWAY_DIFFUSION_MIXTURE_H
#define SPILLWAY_DIFFUSION_MIXTURE_H

#include "diffusion/mixing.h"
#include "diffusion/step_control.h"

#include <stddef.h>

#define SW_MIXTURE_MARKERS 16

/* Arrays [cells][components]; markers in A. */
typedef struct sw_mixture_state {
    double *content;
    double marker[SW_MIXTURE_MARKERS];
} sw_mixture_state;

typedef struct sw_mixture {
    size_t components, cells, markers;
    double length; /* A */
    int dimension; /* 0 plane, 1 cylinder, 2 sphere */
    sw_mixing mixing;
    bool interstitial[SW_MIXTURE_COMPONENTS]; /* takes no volume: the reference does not make up */
    sw_mixture_state now;
    sw_step_control control;
    bool known;                           /* coefficients are those of `now` */
    sw_mixture_state whole, half, second; /* room for steps */
    double *volume;                       /* [cells] */
    double *coefficient[2]; /* means across inner faces [cells - 1][components][components + 1]: the
                               matrix by rows, and as last row the drift; of `now` and of `half` */
    double *work;           /* blocks and right side */
    double *memory;
} sw_mixture;

/* All contents are 0 at first. O(cells components^2) memory. */
sw_status sw_mixture_create(sw_mixture *mixture, size_t components, size_t cells, double length,
                            int dimension, sw_error *error);
void sw_mixture_clear(sw_mixture *mixture);
/* To be called where contents or what mixing says have changed from outside. */
void sw_mixture_changed(sw_mixture *mixture);
/* Tries one step that ends at `end` at most; one that is not exact enough leaves the time as it is.
 * An error where the phase unmixes. O(cells components^3). */
sw_status sw_mixture_advance(sw_mixture *mixture, double end, sw_error *error);

/* Content of component k, or of the reference (k = components), per substitutional atom, in a cell,
 * and at a place: linear between the middles of cells. */
double sw_mixture_x(const sw_mixture *mixture, size_t cell, size_t k);
double sw_mixture_x_at(const sw_mixture *mixture, double place, size_t k);
/* How much there is: x times volume, summed with care. The same k. */
double sw_mixture_total(const sw_mixture *mixture, size_t k);
/* Flux of each component and of the reference through an inner face (1 to cells - 1), A/s, over the
 * atoms per volume, and *drift, the velocity of the lattice there. flux [components + 1]. */
void sw_mixture_flux(double *flux, double *drift, const sw_mixture *mixture, size_t face);

#endif
