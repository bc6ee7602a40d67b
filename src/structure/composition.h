/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What every atom or ion counts as. Atoms with the column `ion_type` and the note `ion_types`
 * (ranged atom-probe points, io.h) count as all that their ion is made of: FeO is one Fe and one O.
 * All others count as one of their element; X counts as nothing.
 */
#ifndef SPILLWAY_STRUCTURE_COMPOSITION_H
#define SPILLWAY_STRUCTURE_COMPOSITION_H

#include <spillway/data.h>

typedef struct sw_composition {
    size_t atoms;
    size_t elements;  /* different ones that are there */
    uint8_t *element; /* [elements] atomic numbers, the most frequent first */
    size_t types;
    uint16_t *type;   /* [atoms] */
    uint16_t *count;  /* [types][elements] */
    uint16_t *total;  /* [types] sum of the row */
    size_t *found;    /* [elements] in all atoms */
    size_t counted;   /* sum of these */
    size_t uncounted; /* atoms that count as nothing */
} sw_composition;

/* SW_ERROR_ARGUMENT where the note and the column do not fit each other. O(atoms). */
SW_MUST_USE sw_status sw_composition_create(sw_composition *composition, const sw_atoms *atoms,
                                            sw_error *error);
void sw_composition_clear(sw_composition *composition);
/* The place of an element by symbol; -1 where it is not there. */
ptrdiff_t sw_composition_find(const sw_composition *composition, const char *symbol);

/*
 * How many atoms of chosen elements each type counts as: *part [types], the caller's (free). `text`
 * lists symbols with commas; "auto" is the second most frequent element, or the only one. An
 * element that is not there is SW_ERROR_ARGUMENT, with those that are as the hint; `place` is the
 * name of the parameter.
 */
SW_MUST_USE sw_status sw_composition_choose(uint16_t **part, const sw_composition *composition,
                                            const char *text, const char *place, sw_error *error);

#endif
