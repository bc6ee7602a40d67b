/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that the instrument `interface` measures, before it is written. */
#ifndef SPILLWAY_STRUCTURE_INTERFACE_MEASURED_H
#define SPILLWAY_STRUCTURE_INTERFACE_MEASURED_H

#include "structure/interface_angles.h"
#include "structure/interface_sides.h"
#include "structure/step_fit.h"

#define SW_PATCHES_WITH_ANGLES 50 /* the largest ones */

typedef struct sw_interface_measured {
    sw_interface_sides sides;
    sw_interface interface;
    sw_coherency coherency;
    sw_interface_patches patches;
    double *distance;                                   /* [atoms] signed, A */
    uint32_t *nearest;                                  /* [atoms] contact */
    double *concentration;                              /* [atoms] 1/A^3; NaN at surfaces */
    sw_step_fit step;                                   /* of the concentration over the distance */
    double range, near, layer, nearest_distance;        /* A */
    sw_interface_angles angles[SW_PATCHES_WITH_ANGLES]; /* of the first patches */
    size_t with_angles, first_atoms, second_atoms;
    size_t main; /* the patch whose planes continue best; SIZE_MAX where none do */
} sw_interface_measured;

/* Release with sw_interface_measured_clear whatever the result. */
SW_MUST_USE sw_status sw_interface_measure(sw_interface_measured *measured,
                                           sw_measurement *measurement, const sw_atoms *subset,
                                           const uint32_t *index, const sw_atoms *atoms,
                                           const sw_instrument_settings *settings,
                                           sw_context *context, sw_error *error);
void sw_interface_measured_clear(sw_interface_measured *measured);

#endif
