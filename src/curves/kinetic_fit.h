/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reaction models fitted by least squares to the conversions of all runs at once:
 *   one of the 41            g(alpha) = k0 r(t), r the integral of exp(-E/R (1/T - 1/T0)) dt
 *   order n                  the same with f = (1 - alpha)^n, n free
 *   Sestak, Berggren         the same with f = alpha^m (1 - alpha)^n, or with (-ln(1 - alpha))^p
 *                            too, all exponents free
 *   two parallel steps       alpha = w a1 + (1 - w) a2, each of order n with its own E and k0
 *   two consecutive steps    alpha = w a1 + (1 - w) a2, a1 of order n, da2/dt = k2 (a1 - a2)
 * The fit knows ln k0 at T0 (the mean temperature at conversion 0.5), which is hardly correlated
 * with E; ln A = ln k0 + E/(R T0).
 */
#ifndef SPILLWAY_CURVES_KINETIC_FIT_H
#define SPILLWAY_CURVES_KINETIC_FIT_H

#include "curves/kinetic_runs.h"
#include "curves/least_squares.h"
#include "curves/reaction_models.h"

typedef enum sw_kinetic_kind {
    SW_FIT_ONE_OF,
    SW_FIT_ORDER,
    SW_FIT_SESTAK_BERGGREN,
    SW_FIT_SESTAK_BERGGREN_3,
    SW_FIT_PARALLEL, /* from here on two steps */
    SW_FIT_CONSECUTIVE
} sw_kinetic_kind;

enum { SW_FIT_EXPONENTS = 3 }; /* m, n, p */
enum { SW_FIT_SAMPLES = 60 };  /* of each run, evenly over conversion 0.01 to 0.99 */

typedef struct sw_kinetic_step {
    double energy, energy_spread; /* J/mol */
    double ln_a, ln_a_spread;     /* A in 1/s */
    double order, order_spread;   /* NaN where there is none */
    double share, share_spread;   /* of the step in the conversion; NaN with one step */
    /* m, n, p of Sestak and Berggren; NaN where the model has none */
    double exponent[SW_FIT_EXPONENTS], exponent_spread[SW_FIT_EXPONENTS];
    double sum, sum_spread; /* m + p, which curves tell apart badly; NaN without p */
} sw_kinetic_step;

typedef struct sw_kinetic_fit {
    sw_kinetic_kind kind;
    const sw_reaction_model *model; /* of SW_FIT_ONE_OF */
    size_t steps;
    sw_kinetic_step step[2];
    sw_least_squares_result result;
    double points, parameters, akaike, bayes; /* AICc and BIC */
    double rms;                               /* of conversion */
    double noise;     /* standard error of the values that are compared, of the worst run */
    double reference; /* K */
} sw_kinetic_fit;

/*
 * Fits from a first guess of the energies (J/mol; the second of two steps). SW_ERROR_NUMERIC where
 * nothing could be fitted. Two steps are ordered by energy; runs[].conversion gives the data.
 * O(steps of the fit x points of all runs).
 */
SW_MUST_USE sw_status sw_kinetic_fit_find(sw_kinetic_fit *fit, const sw_kinetic_runs *runs,
                                          sw_kinetic_kind kind, const sw_reaction_model *model,
                                          const double energies[2], sw_error *error);
/* Conversion of a fit along a programme, [count], from 0 at its start; `parameter` those of
 * fit->result or near them. SW_ERROR_MEMORY. */
SW_MUST_USE sw_status sw_kinetic_fit_curve(double *alpha, const sw_kinetic_fit *fit,
                                           const double *parameter, const sw_programme *programme);
/* How many parameters a kind has. */
size_t sw_kinetic_parameters(sw_kinetic_kind kind);

#endif
