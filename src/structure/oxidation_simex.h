/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * SIMEX for the oxygen sites: the whole rule, Delaunay included, with 1/2, 1, 3/2 and 2 times the
 * variance of the positions added; a parabola through the results goes back to no variance at all
 * (J. Cook, L. Stefanski, J. Am. Stat. Assoc. 89, 1314 (1994)).
 */
#ifndef SPILLWAY_STRUCTURE_OXIDATION_SIMEX_H
#define SPILLWAY_STRUCTURE_OXIDATION_SIMEX_H

#include "structure/corrected_oxidation.h"

/* `metal`: the atoms of `oxidation` alone. Errors: SW_ERROR_MEMORY, SW_ERROR_CANCELLED. */
SW_MUST_USE sw_status sw_oxidation_simex(sw_corrected_oxidation *corrected,
                                         const sw_oxidation *oxidation, const sw_atoms *metal,
                                         const sw_oxidation_options *options,
                                         const sw_correction_options *how, sw_context *context);

#endif
