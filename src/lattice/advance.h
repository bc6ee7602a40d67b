/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pieces of the general engine's advance that others use: bounds, events, the clock. */
#ifndef SPILLWAY_LATTICE_ADVANCE_H
#define SPILLWAY_LATTICE_ADVANCE_H

#include "lattice/state.h"

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
/* Mixes the time and a number into the fingerprint of the trajectory. */
void sw_lattice_mix(sw_lattice *lattice, uint64_t what);

#endif
