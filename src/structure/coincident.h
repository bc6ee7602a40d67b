/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Atoms on top of each other. */
#ifndef SPILLWAY_STRUCTURE_COINCIDENT_H
#define SPILLWAY_STRUCTURE_COINCIDENT_H

#include "structure/grid.h"

/*
 * For every atom the first one in the same place (itself where there is no earlier one): atoms
 * closer than `close` (A, periodic images too) and what hangs together with them. *first [atoms] is
 * the caller's. SW_ERROR_MEMORY, or SW_OK. O(atoms) times the atoms of 27 cells of the grid.
 */
SW_MUST_USE sw_status sw_coincident_find(uint32_t **first, const sw_grid *grid, double close);

#endif
