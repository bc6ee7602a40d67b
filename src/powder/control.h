/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SPILLWAY_POWDER_CONTROL_H
#define SPILLWAY_POWDER_CONTROL_H

#include "powder/rates.h"

#include <spillway/powder.h>

/* Means over cells and sizes, weighed by what passes each front; NaN where nothing does. `rate` is
 * that of the state. O(cells x bins). */
void sw_powder_control_of(sw_powder_control control[SW_FRONTS], const sw_powder_compiled *compiled,
                          const double *state, const double *rate,
                          const sw_powder_coefficients *now);

#endif
