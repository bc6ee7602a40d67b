/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pieces of advancing that several use: bounds, events, the clock, counters. */
#ifndef SPILLWAY_LATTICE_ADVANCE_H
#define SPILLWAY_LATTICE_ADVANCE_H

#include "lattice/state.h"

#include <string.h>

/* The bound of all rates as they stand, 1/s: at least their sum. */
double sw_lattice_bound(const sw_lattice *lattice);
/* Draws what happens now in proportion to the bounds, without time; it may be thinned away.
 * *changed tells whether anything happened. */
sw_status sw_lattice_draw(sw_lattice *lattice, sw_random *random, bool *changed);
/* Lets a channel happen; everything follows but the fields. */
sw_status sw_lattice_execute(sw_lattice *lattice, const sw_channel *channel);
/* Renews the supply's clusters and field where it is time. */
sw_status sw_lattice_renew(sw_lattice *lattice, bool *renewed);
/* Moves the clock; what changes between events follows. */
sw_status sw_lattice_pass_time(sw_lattice *lattice, double until, sw_error *error);

/* An event of a process has happened. */
static inline void sw_lattice_count_event(sw_lattice *lattice, size_t process, bool reverse) {
    sw_process_counts *counts = &lattice->counts[process];
    if (reverse)
        counts->reverse++;
    else
        counts->forward++;
    lattice->events++;
}

/* Mixes the time and a number into the fingerprint of the trajectory. */
static inline void sw_lattice_mix(sw_lattice *lattice, uint64_t what) {
    uint64_t bits;
    memcpy(&bits, &lattice->time, sizeof bits);
    uint64_t mixed = (lattice->fingerprint ^ bits ^ what) * 0x9e3779b97f4a7c15ULL;
    lattice->fingerprint = mixed ^ (mixed >> 29);
}

#endif
