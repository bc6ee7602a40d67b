/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Patches of an interface: all contacts between the same two grains (or atoms without a grain). */
#ifndef SPILLWAY_STRUCTURE_INTERFACE_PATCHES_H
#define SPILLWAY_STRUCTURE_INTERFACE_PATCHES_H

#include "structure/coherency.h"
#include "structure/grains.h"
#include "structure/interface.h"

#define SW_NO_PATCH UINT32_MAX

typedef enum sw_coherency_class {
    SW_COHERENT,
    SW_SEMI_COHERENT,
    SW_INCOHERENT,
    SW_COHERENCY_CLASSES
} sw_coherency_class;

/* "coherent", "semi-coherent", "incoherent". */
const char *sw_coherency_name(sw_coherency_class class);

typedef struct sw_interface_patch {
    uint32_t first_grain, second_grain; /* or SW_NO_GRAIN */
    size_t contacts;
    double area;            /* A^2, flat */
    double normal[3];       /* mean over the area, from first to second */
    double middle[3];       /* A, a place in its middle */
    size_t atoms, matched;  /* of the first side that have most of their contact here */
    size_t bonds;           /* across, of these atoms */
    double length, length2; /* A, A^2: sums over these bonds */
    sw_coherency_class class;
} sw_interface_patch;

typedef struct sw_interface_patches {
    size_t count;
    sw_interface_patch *list; /* the largest area first, then the lower grains */
    uint32_t *of_contact;     /* [contacts] */
    uint32_t *of_atom; /* [atoms] of the first side at the interface; SW_NO_PATCH elsewhere */
} sw_interface_patches;

/* A patch is coherent where at least `coherent` of its atoms are matched, else semi-coherent where
 * the whole interval of that share (interval.h) is above `semi_coherent`, else incoherent. Neighbours, grains and coherency are of the same atoms; side
 * is 2 on the second. SW_ERROR_MEMORY. O(contacts log contacts + neighbours). */
SW_MUST_USE sw_status sw_interface_patches_create(
    sw_interface_patches *patches, const sw_interface *interface, const sw_crystal_grains *grains,
    const sw_neighbours *neighbours, const uint8_t *side, const sw_coherency *coherency,
    double coherent, double semi_coherent);
void sw_interface_patches_clear(sw_interface_patches *patches);

#endif
