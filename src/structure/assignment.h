/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The assignment problem: every row takes a column of its own, for the least sum of losses. */
#ifndef SPILLWAY_STRUCTURE_ASSIGNMENT_H
#define SPILLWAY_STRUCTURE_ASSIGNMENT_H

#include <stddef.h>

#define SW_ASSIGNMENT_MOST 16

/*
 * Lowers each row and each column by a price, until no loss is negative (but for rounding) and some
 * assignment loses nothing; returns the sum of the prices, which is the least sum of losses. Where
 * that exceeds `most` it may stop early and return any sum above it, with losses as they were. By
 * shortest augmenting paths (R. Jonker and A. Volgenant, Computing 38, 325 (1987)). O(count^3).
 */
float sw_assignment_reduce(float (*loss)[SW_ASSIGNMENT_MOST], size_t count, float most);

#endif
