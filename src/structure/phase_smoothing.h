/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of atoms (0 .. SW_VALUE_LIMIT - 1, such as phases) made smooth over neighbours. */
#ifndef SPILLWAY_STRUCTURE_PHASE_SMOOTHING_H
#define SPILLWAY_STRUCTURE_PHASE_SMOOTHING_H

#include "structure/neighbours.h"

#define SW_VALUE_LIMIT 8

/* `steps` times every atom takes the value that most of itself and its neighbours have; it keeps
 * its own where that is one of the most frequent, else the lowest of them. Each step looks at the
 * state before it. *changed: atoms that end with another value. O(steps x neighbours). */
SW_MUST_USE sw_status sw_phase_majority(size_t *changed, uint8_t *value,
                                        const sw_neighbours *neighbours, size_t steps);

/* Connected regions of one value with fewer than `smallest` atoms take the value that most of the
 * neighbours around them have (the lowest of equal ones), all at once; regions without neighbours
 * outside stay. *changed: atoms. O(neighbours). */
SW_MUST_USE sw_status sw_phase_merge_small(size_t *changed, uint8_t *value,
                                           const sw_neighbours *neighbours, size_t smallest);

/* depth [atoms]: steps from neighbour to neighbour to the nearest atom of another value, 1 for an
 * atom beside one and for those that `border` (may be NULL) marks; 0 where none can be reached.
 * O(neighbours). */
SW_MUST_USE sw_status sw_steps_inside(uint32_t *depth, const uint8_t *value, const bool *border,
                                      const sw_neighbours *neighbours);

#endif
