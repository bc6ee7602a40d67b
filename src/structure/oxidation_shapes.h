/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What noise makes of single tetrahedra, and back: the probability that one is filled, given its
 * volume and distortion (oxidation_correction.h). */
#ifndef SPILLWAY_STRUCTURE_OXIDATION_SHAPES_H
#define SPILLWAY_STRUCTURE_OXIDATION_SHAPES_H

#include "structure/oxidation.h"

/* Bins whose borders meet the limits of the rule. */
#define SW_SHAPE_VOLUMES 48
#define SW_SHAPE_DISTORTIONS 32
#define SW_SHAPE_BINS ((size_t)SW_SHAPE_VOLUMES * SW_SHAPE_DISTORTIONS)

typedef struct sw_shapes sw_shapes;

/*
 * Samples what noise of a precision (A) makes of shapes: those of close-packed crystals, and
 * `shapes` more, given by their corners. SW_ERROR_MEMORY.
 */
SW_MUST_USE sw_status sw_shapes_create(sw_shapes **shapes, const sw_oxidation_options *options,
                                       double precision, const double (*shape)[4][3], size_t count,
                                       uint64_t seed);
void sw_shapes_destroy(sw_shapes *shapes);

size_t sw_shape_bin(const sw_oxidation_options *options, double volume, double distortion);
/* Probabilities [SW_SHAPE_BINS] that what is seen in a bin is filled, and that it is a site, given
 * how many were seen in each. */
typedef struct sw_shape_verdict {
    double filled[SW_SHAPE_BINS], site[SW_SHAPE_BINS];
} sw_shape_verdict;
/* In so many rounds of EM; few keep the answer near what was seen. SW_ERROR_MEMORY. */
#define SW_SHAPE_ROUNDS 60
SW_MUST_USE sw_status sw_shapes_fit(sw_shape_verdict *verdict, const sw_shapes *shapes,
                                    const double *seen, int rounds);

/* How often a tetrahedron is filled when its corners are moved (stream: any number of its own). */
double sw_oxidation_verdict(const double corner[4][3], const sw_oxidation_options *options,
                            double precision, size_t draws, uint64_t seed, uint64_t stream);

#endif
