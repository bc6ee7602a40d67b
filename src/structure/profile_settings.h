/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parameters of the instrument `profile` ask for: a line, or distances from a surface. */
#ifndef SPILLWAY_STRUCTURE_PROFILE_SETTINGS_H
#define SPILLWAY_STRUCTURE_PROFILE_SETTINGS_H

#include "structure/profile_line.h"

#include <spillway/instrument.h>

/* In the order of the parameter "from". */
typedef enum sw_profile_origin {
    SW_FROM_LINE,
    SW_FROM_ISOSURFACE,
    SW_FROM_SURFACE,
    SW_FROM_COLUMN
} sw_profile_origin;

/* Parameters start, end, direction, radius, side, across. SW_ERROR_ARGUMENT for what is no vector
 * or does not go together. O(atoms). */
SW_MUST_USE sw_status sw_profile_settings_line(sw_profile_line *line, const sw_atoms *atoms,
                                               const sw_instrument_settings *settings,
                                               sw_error *error);
/* Distance of every atom from the surface of `origin` (not a line), inside positive: distance
 * [atoms], A. Parameters alpha, column, values and those of found_isosurface.h. */
SW_MUST_USE sw_status sw_profile_settings_distances(double *distance, sw_profile_origin origin,
                                                    sw_measurement *measurement,
                                                    const sw_atoms *atoms,
                                                    const sw_composition *composition,
                                                    const sw_instrument_settings *settings,
                                                    sw_context *context, sw_error *error);

#endif
