/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where atoms of two fills or two grains meet: which of them stay. */
#ifndef SPILLWAY_BUILD_MEETING_H
#define SPILLWAY_BUILD_MEETING_H

#include "build/draft.h"

/*
 * Adds an atom unless an earlier one is nearer than the recipe's distances. Between fills the later
 * atom wins where `later_wins`: the earlier ones are removed. Between grains the earlier wins.
 * `own` is a bit less than the shortest distance inside the crystal: atoms of its own grain are
 * nearer only across a periodic boundary, where the crystal does not close.
 */
SW_MUST_USE sw_status sw_meeting_add(sw_draft *draft, const sw_draft_atom *atom, bool later_wins,
                                     double own);
/* Removes what is present in a region. */
void sw_meeting_clear(sw_draft *draft, const sw_region *region);

#endif
