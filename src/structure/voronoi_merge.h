/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Voronoi cells where atoms may be on top of each other. */
#ifndef SPILLWAY_STRUCTURE_VORONOI_MERGE_H
#define SPILLWAY_STRUCTURE_VORONOI_MERGE_H

#include "structure/voronoi.h"
#include "structure/voronoi_search.h"

/* SW_ERROR_NUMERIC with a message that names two atoms in one place, and says how many there are.
 */
sw_status sw_voronoi_refuse(const sw_voronoi_space *space, sw_error *error);

/* The first atoms of each place alone; *kept [atoms of *apart] are their numbers. Both are the
 * caller's; SW_ERROR_MEMORY, errors of the grid, or SW_OK. */
SW_MUST_USE sw_status sw_voronoi_separate(sw_atoms **apart, uint32_t **kept, const sw_atoms *atoms,
                                          sw_error *error);

/* From results of the atoms kept to those of all `count` atoms. SW_ERROR_MEMORY, or SW_OK. */
SW_MUST_USE sw_status sw_voronoi_spread(sw_voronoi *voronoi, const uint32_t *kept, size_t count);

#endif
