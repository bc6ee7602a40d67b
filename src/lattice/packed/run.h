/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the inner loops of the two tiers share. */
#ifndef SPILLWAY_LATTICE_PACKED_RUN_H
#define SPILLWAY_LATTICE_PACKED_RUN_H

#include "lattice/advance.h"
#include "lattice/packed/packed.h"

#define SW_INLINE static inline __attribute__((always_inline))

/* Where attempts end, and whether somebody looks on. */
typedef struct sw_packed_leg {
    uint64_t events; /* stop at so many */
    double time;     /* or here, s */
    bool observed;
} sw_packed_leg;

/* Tells the observer of an event at the anchor before it happens. */
void sw_packed_tell_observer(sw_lattice *lattice, const sw_packed_event *event, uint32_t anchor);

/* Attempts of either tier until the leg ends or the random numbers are used up. True where the time
 * ran out. */
bool sw_packed_run(sw_lattice *lattice, const sw_packed_leg *until);

/* After an event: the counters. */
SW_INLINE void sw_packed_count_event(sw_lattice *lattice, const sw_packed_event *event,
                                     uint32_t anchor) {
    sw_lattice_count_event(lattice, event->counter / 2, event->counter & 1);
    sw_lattice_mix(lattice, ((uint64_t)anchor << 20) ^ event->pattern);
}

#endif
