/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where voids lie among the phases of a particle: how far from its dense crystal (the metal core),
 * and from the boundary between wide crystal and amorphous (the two forms of the oxide).
 *
 * A distance alone says little: most of a shell is near something. So each comes with a rank, the
 * share of the atoms of the oxide (wide or amorphous) that are nearer. Over voids that lie anywhere
 * in the oxide ranks are even from 0 to 1 and have the mean 1/2, whatever the shape of the
 * particle.
 */
#ifndef SPILLWAY_STRUCTURE_VOID_PLACES_H
#define SPILLWAY_STRUCTURE_VOID_PLACES_H

#include "structure/phases.h"
#include "structure/voids.h"

typedef enum sw_void_target {
    SW_FROM_CORE,     /* the nearest atom of the dense crystal */
    SW_FROM_BOUNDARY, /* the nearest middle of two neighbours, one wide and one amorphous */
    SW_VOID_TARGETS
} sw_void_target;

typedef struct sw_void_distances {
    double *distance; /* [voids] A, from the centre; all NaN where there is no target */
    double *rank;     /* [voids] 0 to 1; NaN without oxide too */
    double *oxide;    /* [oxide] A, of its atoms, ascending; NULL where there is no target */
} sw_void_distances;

typedef struct sw_void_places {
    sw_void_distances from[SW_VOID_TARGETS];
    size_t oxide; /* atoms */
} sw_void_places;

/* The voids and the phases are those of the same atoms. SW_ERROR_MEMORY, SW_ERROR_CANCELLED; the
 * same for any number of threads. O(n log n). Release with sw_void_places_clear. */
SW_MUST_USE sw_status sw_void_places_create(sw_void_places *places, const sw_voids *voids,
                                            const sw_atoms *atoms, const sw_phase_map *map,
                                            sw_context *context, sw_error *error);
void sw_void_places_clear(sw_void_places *places);
/* Atoms of the oxide that are nearer to the target than `distance` (A). */
size_t sw_void_places_nearer(const sw_void_places *places, sw_void_target target, double distance);

#endif
