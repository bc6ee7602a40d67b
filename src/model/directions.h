/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Directions and planes by their indices, as half-spaces and facets give them. */
#ifndef SPILLWAY_MODEL_DIRECTIONS_H
#define SPILLWAY_MODEL_DIRECTIONS_H

#include "model/reading.h"

#define SW_FAMILY_LIMIT 48

/*
 * The indices under `normals` (all of a cubic family: permutations and signs) or `normal` (one) of
 * a mapping. `thing` names the mapping in messages, `example` shows how it may look.
 */
bool sw_read_indices(sw_reading *reading, const sw_node *node, const char *thing,
                     const char *example, double list[SW_FAMILY_LIMIT][3], size_t *count);

#endif
