/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What noise makes of single tetrahedra, and back: the probability that one is filled, given its
 * volume and distortion (oxidation_correction.h). */
#ifndef SPILLWAY_STRUCTURE_OXIDATION_BAYES_H
#define SPILLWAY_STRUCTURE_OXIDATION_BAYES_H

#include "structure/oxidation.h"

/* Bins whose borders meet the limits of the rule. */
#define SW_BAYES_VOLUMES 48
#define SW_BAYES_DISTORTIONS 32
#define SW_BAYES_BINS (SW_BAYES_VOLUMES * SW_BAYES_DISTORTIONS)

typedef struct sw_bayes sw_bayes;

/* Samples what noise of a precision (A) makes of the shapes. SW_ERROR_MEMORY. */
SW_MUST_USE sw_status sw_bayes_create(sw_bayes **bayes, const sw_oxidation_options *options,
                                      double precision, uint64_t seed);
void sw_bayes_destroy(sw_bayes *bayes);

size_t sw_bayes_bin(const sw_oxidation_options *options, double volume, double distortion);
/* filled[SW_BAYES_BINS]: the probability for each bin, given how many were seen in each. */
void sw_bayes_fit(double *filled, sw_bayes *bayes, const double *seen);

/* How often a tetrahedron is filled when its corners are moved (stream: any number of its own). */
double sw_oxidation_verdict(const double corner[4][3], const sw_oxidation_options *options,
                            double precision, size_t draws, uint64_t seed, uint64_t stream);

#endif
