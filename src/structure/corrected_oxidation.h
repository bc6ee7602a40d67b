/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Degrees of oxidation after a correction, for each metal atom and for the bulk. */
#ifndef SPILLWAY_STRUCTURE_CORRECTED_OXIDATION_H
#define SPILLWAY_STRUCTURE_CORRECTED_OXIDATION_H

#include "structure/interval.h"
#include "structure/oxidation.h"

typedef struct sw_corrected_oxidation {
    size_t count;                           /* of metal atoms, as in the sw_oxidation */
    double *degree;                         /* [count] may leave 0 to 1: average over atoms */
    double *fraction;                       /* [count] NaN where there is no site */
    sw_interval bulk_degree, bulk_fraction; /* means; NaN where there is no bulk */
} sw_corrected_oxidation;

/* What a correction is told of the noise, and how much it may draw. */
typedef struct sw_correction_options {
    double precision; /* A, root mean square in three dimensions */
    size_t repeats;   /* of SIMEX for each variance, at least 2 */
    size_t draws;     /* of a tetrahedron's verdict, at least 1 */
    uint64_t seed;
} sw_correction_options;

/* Two means over the bulk, of what sw_oxidation calls degree and fraction. */
typedef struct sw_oxidation_means {
    double degree, fraction;
} sw_oxidation_means;

/* All zero. SW_ERROR_MEMORY; release with sw_corrected_oxidation_clear. */
SW_MUST_USE sw_status sw_corrected_oxidation_create(sw_corrected_oxidation *corrected,
                                                    size_t count);
void sw_corrected_oxidation_clear(sw_corrected_oxidation *corrected);

/* Of what `degree` and `fraction` hold. */
sw_oxidation_means sw_corrected_means(const sw_corrected_oxidation *corrected,
                                      const sw_oxidation *oxidation);

#endif
