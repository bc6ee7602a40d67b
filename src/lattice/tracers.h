/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tracers: how far each atom of the tagged species is from where it began, walked round periodic
 * boundaries and all. What belongs to an atom is kept at its site and moves with it; an atom that
 * comes from outside begins where it appears. Opt-in: 24 bytes a site.
 */
#ifndef SPILLWAY_LATTICE_TRACERS_H
#define SPILLWAY_LATTICE_TRACERS_H

#include "lattice/observer.h"

typedef struct sw_tracer {
    int32_t cells[3];   /* whole cells from the start, not folded back */
    uint32_t start;     /* basis site where it began */
    double hop_squares; /* A2, sum of the squares of its steps */
} sw_tracer;

typedef struct sw_tracer_sums {
    double atoms;
    double square;      /* A2, sum of squared displacements */
    double hop_squares; /* A2, sum over atoms and steps: what uncorrelated steps would give */
} sw_tracer_sums;

/* Refuses a frame so small that a step has no unique direction. */
sw_status sw_tracers_create(sw_lattice *lattice, sw_error *error);
/* Follows the atoms of an event that is about to happen. */
void sw_tracers_follow(sw_lattice *lattice, const sw_channel *channel);
/* Whatever sits on this site begins here. */
void sw_tracers_begin(sw_lattice *lattice, uint32_t site);
void sw_tracers_sum(sw_tracer_sums *sums, const sw_lattice *lattice, int species);
/* False where what was read from a file cannot be. */
bool sw_tracers_valid(const sw_lattice *lattice);

#endif
