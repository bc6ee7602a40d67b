/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A layer of (Fe,Ni)O between two faces, followed in time in steps with an error (step_control.h).
 * The frame is the oxygen lattice; the first face is at 0 at the start. Amounts are lengths of the
 * lattice: of a cation, so many A of lattice have one on each of their sites.
 */
#ifndef SPILLWAY_DIFFUSION_OXIDE_H
#define SPILLWAY_DIFFUSION_OXIDE_H

#include "diffusion/oxide_faces.h"
#include "diffusion/step_control.h"

typedef struct sw_oxide_state {
    sw_oxide_layer layer;
    sw_oxide_face face[2]; /* first and last */
} sw_oxide_state;

typedef struct sw_oxide {
    const sw_diffusion_oxide *model;
    sw_oxide_thermo thermo;
    sw_mixing mixing;
    sw_oxide_state now;
    sw_step_control control;
    double start[SW_OXIDE_CATIONS];     /* what there was of each cation, A of the lattice */
    bool used_up;                       /* the layer is thinner than a hundredth of what it was */
    sw_oxide_state whole, half, second; /* room for steps */
    sw_oxide_work work[2];              /* of `now`, and of `half` */
    double *memory;
} sw_oxide;

/* `model` must outlive it. O(cells) memory. */
sw_status sw_oxide_create(sw_oxide *oxide, const sw_diffusion_oxide *model, double temperature,
                          sw_error *error);
void sw_oxide_clear(sw_oxide *oxide);
/* Nothing where it is that temperature already. */
sw_status sw_oxide_heat(sw_oxide *oxide, double temperature, sw_error *error);
/* Tries one step that ends at `end` at most; one that is not exact enough leaves the time as it is.
 * O(cells), for each of up to four unknowns of the faces some times. */
sw_status sw_oxide_advance(sw_oxide *oxide, double end, sw_error *error);

double sw_oxide_thickness(const sw_oxide *oxide);
const sw_oxide_face_model *sw_oxide_face_of(const sw_oxide *oxide, size_t face);
/* Whether it is a scale: metal at one face, gas at the other. */
bool sw_oxide_is_scale(const sw_oxide *oxide);
/* Shares of the cation sites at a share (0 to 1) of the thickness. */
void sw_oxide_y_at(double *y, const sw_oxide *oxide, double share);
/* What has been lost or made of a cation (0, 1) or of oxygen (2), over the most that there was or is
 * of it: rounding. */
double sw_oxide_imbalance(const sw_oxide *oxide, size_t of);

#endif
