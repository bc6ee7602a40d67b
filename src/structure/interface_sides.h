/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two sides of an interface: phases, or values of a column of the file. */
#ifndef SPILLWAY_STRUCTURE_INTERFACE_SIDES_H
#define SPILLWAY_STRUCTURE_INTERFACE_SIDES_H

#include "structure/phase_parameters.h"

typedef struct sw_interface_sides {
    uint8_t *side;    /* [atoms] 1, 2, or 0 */
    sw_phase_map map; /* its neighbours and grains; the rest only where phases were found */
    double cutoff;    /* A, of the neighbours */
    size_t count[3];  /* atoms by side */
} sw_interface_sides;

/*
 * Reads the parameters column, first and second besides those of phases. Column "auto": the phases
 * of these atoms; else a column of `atoms`, of which the subset's atoms are `index`, and grains of
 * the two sides apart. SW_ERROR_ARGUMENT for a column that is not there, or one value twice.
 */
SW_MUST_USE sw_status sw_interface_sides_create(sw_interface_sides *sides,
                                                sw_measurement *measurement, const sw_atoms *subset,
                                                const uint32_t *index, const sw_atoms *atoms,
                                                const sw_instrument_settings *settings,
                                                sw_context *context, sw_error *error);
void sw_interface_sides_clear(sw_interface_sides *sides);

#endif
