/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * X-ray scattering factors of neutral atoms, f = c + sum of a exp(-b s^2), s = sin(theta)/lambda:
 * D. Waasmaier, A. Kirfel, New analytical scattering-factor functions for free atoms and ions, Acta
 * Cryst. A 51, 416 (1995), doi:10.1107/S0108767394013292. They hold for s up to 6 1/A. There is no
 * anomalous dispersion in them: near an absorption edge (Co in Cu K-alpha, Fe in Co K-alpha) an
 * atom scatters by one to three electrons less.
 */
#ifndef SPILLWAY_CURVES_SCATTERING_FACTORS_H
#define SPILLWAY_CURVES_SCATTERING_FACTORS_H

#include <stdbool.h>

enum { SW_SCATTERING_ELEMENTS = 98 }; /* H to Cf */

bool sw_scattering_is_known(int element);
/* Electrons, at s squared (1/A2); the element is known. */
double sw_scattering_factor(int element, double square);

#endif
