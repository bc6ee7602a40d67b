/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a model's database says at a temperature. Of two elements: diffusivities of the phases, and
 * the compositions at which two of them touch. Of more: the matrix at any composition. */
#ifndef SPILLWAY_DIFFUSION_ALLOY_H
#define SPILLWAY_DIFFUSION_ALLOY_H

#include "diffusion/diffusivity.h"
#include "diffusion/mixing.h"

#include <spillway/calphad.h>
#include <spillway/diffusion_model.h>

typedef struct sw_alloy {
    sw_calphad *database; /* NULL: an oxide with a front, which asks none */
    size_t phases;        /* 1 or 2, in the order of the regions */
    sw_solution *solution[2];
    sw_diffusivity diffusivity[2];
    double temperature; /* K, of the above; 0: none yet */
    double touching[2]; /* compositions of both phases at their boundary */
    bool falling;       /* the first phase is the one richer in the second element */
    bool mixed; /* more than two elements, one between the others, or markers: there is a matrix */
    size_t elements;
    size_t place[SW_DIFFUSION_ELEMENTS]; /* of the model's elements among those of the solution */
    bool interstitial[SW_DIFFUSION_ELEMENTS]; /* never the first one, the reference */
} sw_alloy;

sw_status sw_alloy_open(sw_alloy *alloy, const sw_diffusion_model *model, sw_error *error);
void sw_alloy_close(sw_alloy *alloy);
/* Evaluates everything at a temperature; nothing where it is that already. */
sw_status sw_alloy_set(sw_alloy *alloy, double temperature, sw_error *error);

/* Where mixed, at contents per substitutional atom u [elements] in the order of the model, which
 * the result has too; the first is the reference. */
sw_status sw_alloy_state(sw_multicomponent *state, const sw_alloy *alloy, const double *u,
                         sw_error *error);
/* The same as sw_mixing wants it: of all but the first element. False where the phase unmixes by
 * itself. */
bool sw_alloy_mixing(sw_mixing_point *point, const void *alloy, const double *u);

/* Contents per substitutional atom of atom fractions, and back; the same where there are no
 * interstitials. */
void sw_alloy_contents(double *u, const sw_alloy *alloy, const double *x);
void sw_alloy_fractions(double *x, const sw_alloy *alloy, const double *u);

#endif
