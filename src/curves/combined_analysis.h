/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Combined kinetic analysis: ln(rate) = ln(c A) - E/RT + m ln(alpha) + n ln(1 - alpha) through all
 * runs at all levels of conversion at once, which needs no list of models: L. Perez-Maqueda, J.
 * Criado, P. Sanchez-Jimenez, J. Phys. Chem. A 110, 12456 (2006), doi:10.1021/jp064792g. c is such
 * that c alpha^m (1 - alpha)^n is f.
 */
#ifndef SPILLWAY_CURVES_COMBINED_ANALYSIS_H
#define SPILLWAY_CURVES_COMBINED_ANALYSIS_H

#include "curves/kinetic_runs.h"

/* Half-widths of 95 % intervals: of least squares, widened where neighbouring residuals are alike,
 * or of leaving out each of three runs or more in turn, whichever is more. */
typedef struct sw_combined_analysis {
    double energy, energy_spread; /* J/mol */
    double ln_a, ln_a_spread;     /* of c A, A in 1/s */
    double m, m_spread, n, n_spread;
} sw_combined_analysis;

/* Over conversion 0.1 to 0.9. SW_ERROR_NUMERIC where the runs do not determine it. */
SW_MUST_USE sw_status sw_combined_analysis_find(sw_combined_analysis *found,
                                                const sw_kinetic_runs *runs, sw_error *error);
SW_MUST_USE sw_status sw_combined_analysis_report(const sw_combined_analysis *found,
                                                  sw_measurement *measurement);

#endif
