/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Structure room: instruments on atoms, simulated or experimental. What each measures, and after
 * whom, is in its row (instrument.h); `spillway list instruments` shows them.
 */
#ifndef SPILLWAY_STRUCTURE_H
#define SPILLWAY_STRUCTURE_H

#include <spillway/instrument.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The instruments of this room by index; NULL after the last. */
SW_API const sw_instrument *sw_structure_instrument(size_t index);

/* Leaves only the atoms of some elements: "all", "metal" (every element but the nonmetals), or symbols
 * with commas ("Fe,Ni"). SW_ERROR_ARGUMENT at `place` for what is no element or not there. */
SW_API SW_MUST_USE sw_status sw_atoms_keep_elements(sw_atoms *atoms, const char *text,
                                                    const char *place, sw_error *error);

#ifdef __cplusplus
}
#endif
#endif
