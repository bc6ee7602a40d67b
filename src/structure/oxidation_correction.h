/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What an uncertainty of positions does to the degree of oxidation, and two corrections of it.
 * Positions are taken as true ones plus a Gaussian of `precision` (root mean square in three
 * dimensions, so precision / sqrt 3 along each axis).
 *
 *   verdicts  each tetrahedron with its corners moved about once more: how often it is filled then
 *   Bayes     oxidation_bayes.h: true shapes are found from those that were seen
 *   SIMEX     oxidation_simex.h: more noise, and a parabola back to none
 *
 * Intervals are meant for 95 %. They cover the chance of the noise, and what the method leaves open
 * as far as it shows itself (more rounds of EM, a parabola through fewer points); not a wrong
 * precision. The variance of Bayes is taken eight times, as if all verdicts around an atom went
 * together.
 *
 * Measured on 24 periodic crystals of 256 atoms each (mean, deviation; intervals that hold the
 * truth):
 *
 *   truth, precision              seen     Bayes               SIMEX
 *   degree 0 (fcc Zr), 12 pm      0.023    0.000, 0.001, 24    0.000, 0.001, 24
 *   degree 1 (c-ZrO2), 12 pm      1.000    1.000, 0.002, 24    1.020, 0.015, 24
 *   degree 0, 28 pm               0.364    0.010, 0.011, 24    0.045, 0.050, 22
 *   degree 1, 28 pm               1.235    0.997, 0.008, 24    0.828, 0.068, 19
 *   fraction 0, 12 pm             0.023    0.000, 0.001, 24    0.000, 0.000, 24
 *   fraction 1, 12 pm             0.999    1.000, 0.002, 24    0.999, 0.002, 24
 *   fraction 0, 28 pm             0.240    0.009, 0.010, 24    0.124, 0.036, 8
 *   fraction 1, 28 pm             0.922    0.994, 0.008, 24    0.995, 0.009, 24
 *
 * And on the particle of models/zr-zro2 (fraction 0.8735, degree 0.950), four draws of noise each:
 * all intervals of Bayes at 5, 10 and 12 pm hold the truth, and all of SIMEX but one of 24 (a
 * degree, at 10 pm). At 28 pm the core's fraction of 0.21 is seen as 0.38; SIMEX makes 0.30 of it,
 * Bayes 0.54: shapes of crystals under strain, of interfaces and of noise are no longer told apart.
 */
#ifndef SPILLWAY_STRUCTURE_OXIDATION_CORRECTION_H
#define SPILLWAY_STRUCTURE_OXIDATION_CORRECTION_H

#include "structure/corrected_oxidation.h"

typedef struct sw_oxidation_correction {
    sw_corrected_oxidation bayes, simex; /* single atoms of simex vary: average over atoms */
    double *verdict;                     /* [atoms] mean degree when corners are moved once more */
    double verdict_bias;                 /* mean of that less the observed degree, bulk atoms */
    double verdict_spread;               /* root mean square standard deviation of one verdict */
} sw_oxidation_correction;

/* 8 repeats, 32 draws; the precision is the caller's. */
sw_correction_options sw_correction_options_default(double precision);

/* Corrects `oxidation`, made of these tetrahedra of these metal atoms with the same options.
 * SW_ERROR_ARGUMENT for options out of range, SW_ERROR_MEMORY, SW_ERROR_CANCELLED. 4 repeats times
 * the cost of the plain rule, and about 20 us an atom; the same for any number of threads. */
SW_MUST_USE sw_status sw_oxidation_correct(sw_oxidation_correction *correction,
                                           const sw_oxidation *oxidation,
                                           const sw_tetrahedra *tetrahedra, const sw_atoms *metal,
                                           const sw_oxidation_options *options,
                                           const sw_correction_options *how, sw_context *context,
                                           sw_error *error);
void sw_oxidation_correction_clear(sw_oxidation_correction *correction);

#endif
