/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The atoms of one element, as atoms of their own: what a method for metal atoms sees. */
#ifndef SPILLWAY_STRUCTURE_SUBSET_H
#define SPILLWAY_STRUCTURE_SUBSET_H

#include <spillway/data.h>

/* Positions, elements and cell of the atoms of `element` (atomic number; 0: all) for which keep
 * (may be NULL) is true. index (may be NULL) becomes their numbers in `atoms`, released with
 * free(). SW_ERROR_NOT_FOUND where no atom is of the element, SW_ERROR_MEMORY. O(atoms). */
SW_MUST_USE sw_status sw_subset_create(sw_atoms **subset, uint32_t **index, const sw_atoms *atoms,
                                       int element, const bool *keep, sw_error *error);

#endif
