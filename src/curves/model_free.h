/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Activation energy against conversion without a model (S. Vyazovkin et al., Thermochim. Acta 520,
 * 1 (2011)).
 *
 *   Friedman   ln(rate) = ln(A f) - E/RT                 (H. Friedman, J. Polym. Sci. C 6, 183
 * (1964)) KAS        ln(b/T^2) = const - E/RT                  (Kissinger, Akahira, Sunose); b the
 * heating rate FWO        ln b = const - 1.052 E/RT                 (Flynn, Wall, Ozawa) with
 * Doyle's p(x) Vyazovkin  least sum over i, j of J_i/J_j, J the integral of exp(-E/RT) over the
 * measured temperature between neighbouring levels   (J. Comput. Chem. 22, 178 (2001))
 *
 * KAS and FWO are also corrected by the exact temperature integral, iterated until E stays. They
 * need constant heating rates and give a mean of E from 0 on; Friedman and Vyazovkin give E at the
 * level.
 */
#ifndef SPILLWAY_CURVES_MODEL_FREE_H
#define SPILLWAY_CURVES_MODEL_FREE_H

#include "curves/kinetic_runs.h"

typedef enum sw_model_free_method {
    SW_FRIEDMAN,
    SW_KAS,
    SW_KAS_CORRECTED,
    SW_FWO,
    SW_FWO_CORRECTED,
    SW_VYAZOVKIN,
    SW_MODEL_FREE_METHODS
} sw_model_free_method;

extern const char *const sw_model_free_names[SW_MODEL_FREE_METHODS];

/* J/mol; half-widths of 95 % intervals (of Student's t; of the F test for Vyazovkin, the wider
 * side). */
typedef struct sw_energies {
    double energy[SW_MOST_LEVELS], spread[SW_MOST_LEVELS];
    double low[SW_MOST_LEVELS], high[SW_MOST_LEVELS];
} sw_energies;

typedef struct sw_model_free {
    sw_energies of[SW_MODEL_FREE_METHODS]; /* NaN where a method does not apply */
    double ln_af[SW_MOST_LEVELS];          /* Friedman: ln(A f(alpha)), A in 1/s */
    bool linear;                           /* all heating rates are constant */
} sw_model_free;

/* At least 2 runs whose temperatures differ; with 2 there are no intervals. */
SW_MUST_USE sw_status sw_model_free_find(sw_model_free *found, const sw_kinetic_runs *runs,
                                         sw_error *error);

#endif
