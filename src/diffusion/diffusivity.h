/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A diffusion coefficient against composition, and its integral, on a grid. */
#ifndef SPILLWAY_DIFFUSION_DIFFUSIVITY_H
#define SPILLWAY_DIFFUSION_DIFFUSIVITY_H

#define SW_DIFFUSIVITY_STEPS 1000

/* value[i] and the integral from 0 at x = i / SW_DIFFUSIVITY_STEPS; linear between. A2/s. */
typedef struct sw_diffusivity {
    double value[SW_DIFFUSIVITY_STEPS + 1], integral[SW_DIFFUSIVITY_STEPS + 1];
} sw_diffusivity;

/* Fills the integral from the values. */
void sw_diffusivity_integrate(sw_diffusivity *diffusivity);
double sw_diffusivity_at(const sw_diffusivity *diffusivity, double x);
/* The mean over the compositions from a to b: with it the flux across a jump is exact. */
double sw_diffusivity_between(const sw_diffusivity *diffusivity, double a, double b);

#endif
