/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of the search for one cell that its files share. */
#ifndef SPILLWAY_STRUCTURE_VORONOI_FAR_H
#define SPILLWAY_STRUCTURE_VORONOI_FAR_H

#include "structure/voronoi_search.h"

/* Cuts with a neighbour unless it is excluded, and notes it. */
sw_convex_cut sw_voronoi_try(sw_voronoi_search *search, uint32_t place, const double vector[3]);

/* Goes on with a cell that reaches out of its cube, in larger ones, until it is closed or the
 * largest is reached (search->open). */
SW_MUST_USE sw_status sw_voronoi_search_far(sw_voronoi_search *search, size_t place);

#endif
