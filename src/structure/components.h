/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Connected groups of atoms: two atoms closer than a cutoff are in one group. Groups are numbered
 * by size, the largest first (equal ones by their first atom).
 */
#ifndef SPILLWAY_STRUCTURE_COMPONENTS_H
#define SPILLWAY_STRUCTURE_COMPONENTS_H

#include <spillway/data.h>

#define SW_NO_COMPONENT UINT32_MAX

typedef struct sw_component {
    size_t atoms;
    double centre[3]; /* A, mean of the unwrapped positions */
    double gyration;  /* A, radius of gyration, every atom the same weight */
    bool endless;     /* joined to a periodic image of itself: centre and gyration mean nothing */
    uint32_t first;   /* its atom of lowest index */
} sw_component;

typedef struct sw_components {
    size_t count, capacity;
    sw_component *list;
    uint32_t *of; /* [atoms] or SW_NO_COMPONENT */
} sw_components;

/* chosen [atoms]: which atoms take part; NULL: all. Pairs at `cutoff` (A) itself are not joined.
 * O(atoms x neighbours). */
SW_MUST_USE sw_status sw_components_create(sw_components *components, const sw_atoms *atoms,
                                           double cutoff, const uint8_t *chosen,
                                           sw_context *context, sw_error *error);
void sw_components_clear(sw_components *components);

#endif
