/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Solution phases for a system of chosen elements, as far as the built-in assessment has them. */
#ifndef DIAGRAMS_SOLUTIONS_H
#define DIAGRAMS_SOLUTIONS_H

#include "diagrams/mixture.h"

#include <spillway/equilibrium.h>
#include <spillway/instrument.h>

/*
 * Alloys where the system has iron and nickel; oxides where it has iron and oxygen and the range of
 * temperatures, K, is within their assessment: *oxides tells. *assessed is to be destroyed after
 * the system, also after an error.
 */
SW_MUST_USE sw_status sw_diagram_solutions_add(sw_assessed **assessed, bool *oxides,
                                               sw_system *system, double lowest, double highest,
                                               sw_error *error);
/* A note where alloys of Fe and Ni are taken below their assessment, or where they would melt. */
SW_MUST_USE sw_status sw_diagram_alloys_tell(sw_measurement *measurement,
                                             const struct sw_diagram_mixture *mixture,
                                             double lowest, double highest);
/* A note where a system of iron and oxygen had to do without. */
SW_MUST_USE sw_status sw_diagram_solutions_tell(sw_measurement *measurement,
                                                const sw_system *system, bool oxides);

/* Atoms of an element (0: of all) in a formula unit. */
double sw_diagram_solution_atoms(const sw_solution_phase *phase, const double *fraction,
                                 int element);

/* The share of nickel in the metal of a solution; metal per oxygen. NaN where it cannot have any.
 */
enum sw_diagram_solution_ratio { NICKEL_SHARE, METAL_PER_OXYGEN, SOLUTION_RATIOS };
double sw_diagram_solution_ratio(const sw_solution_phase *phase, const double *fraction,
                                 enum sw_diagram_solution_ratio ratio);
const char *sw_diagram_solution_ratio_name(enum sw_diagram_solution_ratio ratio);

#endif
