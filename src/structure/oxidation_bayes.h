/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Empirical Bayes for the oxygen sites: which true shapes there are, and how many of each, is found
 * from the shapes that were seen (the likelihood's maximum by EM, N. Laird, J. Am. Stat. Assoc. 73,
 * 805 (1978)); then each tetrahedron counts with the probability that its true shape is one that
 * the rule fills, given its volume and distortion jointly.
 */
#ifndef SPILLWAY_STRUCTURE_OXIDATION_BAYES_H
#define SPILLWAY_STRUCTURE_OXIDATION_BAYES_H

#include "structure/corrected_oxidation.h"

/* `tetrahedra` of the metal atoms, in their order. Errors: SW_ERROR_MEMORY, SW_ERROR_CANCELLED. */
SW_MUST_USE sw_status sw_oxidation_bayes(sw_corrected_oxidation *corrected,
                                         const sw_oxidation *oxidation,
                                         const sw_tetrahedra *tetrahedra,
                                         const sw_oxidation_options *options,
                                         const sw_correction_options *how, sw_context *context);

#endif
