/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What diffusion is at a composition of several components, and its mean between two compositions,
 * which neighbours in a grid have. Contents x [components] are those of mixture.h.
 */
#ifndef SPILLWAY_DIFFUSION_MIXING_H
#define SPILLWAY_DIFFUSION_MIXING_H

#include <stdbool.h>
#include <stddef.h>

#define SW_MIXTURE_COMPONENTS 7

/* A2/s; matrices by rows, [components][components]. */
typedef struct sw_mixing_point {
    double matrix[SW_MIXTURE_COMPONENTS *
                  SW_MIXTURE_COMPONENTS]; /* the flux of k is -sum_j D_kj grad x_j */
    double drift[SW_MIXTURE_COMPONENTS];  /* the lattice moves with sum_j drift_j grad x_j */
    /* of interstitials (else 0 and not read): the part of the flux that its own chemical potential
     * drives, own_kj = mobile_k d mu_k / d x_j / kT */
    double mobile[SW_MIXTURE_COMPONENTS];
    double own[SW_MIXTURE_COMPONENTS * SW_MIXTURE_COMPONENTS];
} sw_mixing_point;

typedef struct sw_mixing {
    /* False where the phase unmixes by itself: then nothing can be followed. */
    bool (*at)(sw_mixing_point *point, const void *of, const double *x);
    const void *of;
} sw_mixing;

/*
 * The mean on the straight way from a to b: mean [components][components] by rows and behind it the
 * drift [components]. False where the phase unmixes on the way.
 */
bool sw_mixing_between(double *mean, const sw_mixing *mixing, size_t components, const double *a,
                       const double *b);

#endif
