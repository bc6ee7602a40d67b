/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What an uncertainty of positions does to the degree of oxidation, and two corrections of it.
 * Positions are taken as true ones plus a Gaussian of `precision` (root mean square in three
 * dimensions, so precision / sqrt 3 along each axis).
 *
 *   verdicts   each tetrahedron with its corners moved about once more: how often it is filled then
 *   Bayes      true shapes are those of close-packed crystals: regular tetrahedra, quarters of
 *              octahedra and flat squares, with edges on a grid. What noise makes of each is
 * sampled in bins of volume and distortion jointly; their shares are those of greatest likelihood
 * (EM; N. Laird, J. Am. Stat. Assoc. 73, 805 (1978)); a tetrahedron counts with the probability
 * that it is one that the rule fills SIMEX      the whole rule, Delaunay included, with 1/2, 1, 3/2
 * and 2 times the variance added; a parabola through the means goes back to no variance (J. Cook
 * and L. Stefanski, J. Am. Stat. Assoc. 89, 1314 (1994))
 *
 * Intervals are meant for 95 % and cover the chance of the noise alone: not a wrong precision, not
 * true shapes of other kinds (amorphous oxide, interfaces: not tested), not what a parabola leaves
 * over. The variance of Bayes is taken eight times, as if all verdicts around an atom went
 * together.
 *
 * Measured on 24 periodic crystals of 256 atoms each (mean, deviation; intervals that hold the
 * truth):
 *
 *   truth, precision    seen     Bayes                  SIMEX
 *   0 (fcc Zr), 12 pm   0.023    0.0001, 0.0002, 24     -0.04, 0.03, 14
 *   1 (c-ZrO2), 12 pm   1.000    0.9998, 0.0009, 24     1.02, 0.02, 22
 *   0, 28 pm            0.362    0.005, 0.007, 24       0.05, 0.05, 15
 *   1, 28 pm            1.236    0.997, 0.013, 23       0.84, 0.09, 9
 *
 * These crystals are what Bayes supposes, so it is at its best here. The intervals of SIMEX are too
 * narrow: its parabola has a bias of its own, and at 12 pm in the metal that is larger than the one
 * it corrects. Shapes in between (one edge of any length) made Bayes ill-posed: 1.85 for 1 at 28
 * pm.
 */
#ifndef SPILLWAY_STRUCTURE_OXIDATION_CORRECTION_H
#define SPILLWAY_STRUCTURE_OXIDATION_CORRECTION_H

#include "structure/interval.h"
#include "structure/oxidation.h"

typedef struct sw_correction_options {
    double precision; /* A */
    size_t repeats;   /* of SIMEX for each variance, at least 2 */
    size_t draws;     /* of a tetrahedron's verdict, at least 1 */
    uint64_t seed;
} sw_correction_options;

typedef struct sw_oxidation_correction {
    size_t count;          /* of metal atoms, as in the sw_oxidation */
    double *bayes;         /* [count] degree; average over atoms */
    double *simex;         /* [count] degree, may leave 0 .. 1: average over atoms */
    double *verdict;       /* [count] mean degree when corners are moved once more */
    double verdict_bias;   /* mean of that less the observed degree, bulk atoms */
    double verdict_spread; /* root mean square standard deviation of one verdict */
    sw_interval bayes_degree, simex_degree; /* of the bulk; NaN where there is none */
} sw_oxidation_correction;

/* 8 repeats, 32 draws; the precision is the caller's. */
sw_correction_options sw_correction_options_default(double precision);

/* Corrects `oxidation`, made of the same atoms with the same options. SW_ERROR_ARGUMENT for options
 * out of range, SW_ERROR_MEMORY, SW_ERROR_CANCELLED. 4 repeats times the cost of the plain rule,
 * and about 20 us an atom; the same for any number of threads. */
SW_MUST_USE sw_status sw_oxidation_correct(sw_oxidation_correction *correction,
                                           const sw_oxidation *oxidation, const sw_atoms *atoms,
                                           const sw_oxidation_options *options,
                                           const sw_correction_options *how, sw_context *context,
                                           sw_error *error);
void sw_oxidation_correction_clear(sw_oxidation_correction *correction);

#endif
