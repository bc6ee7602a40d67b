/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which atoms an instrument looks at, by element: "all", "metal" (every element but the nonmetals),
 * or symbols with commas ("Fe,Ni"). */
#ifndef SPILLWAY_STRUCTURE_ELEMENT_CHOICE_H
#define SPILLWAY_STRUCTURE_ELEMENT_CHOICE_H

#include <spillway/data.h>

/* *chosen [atoms] becomes 1 where the atom is of one of the elements; the caller's (free). NULL
 * where all are. place is the name of the parameter. An element that no atom has is an error too.
 */
SW_MUST_USE sw_status sw_element_choice(uint8_t **chosen, const sw_atoms *atoms, const char *text,
                                        const char *place, sw_error *error);

/* The chosen atoms as atoms of their own; index (may be NULL) becomes their numbers, the caller's
 * (free). */
SW_MUST_USE sw_status sw_element_subset(sw_atoms **subset, uint32_t **index, const sw_atoms *atoms,
                                        const char *text, const char *place, sw_error *error);

#endif
