/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An order in which to insert points one by one: random rounds, each eight times as large as the
 * one before, and within a round along a Hilbert curve (N. Amenta, S. Choi and G. Rote,
 * "Incremental constructions con BRIO", SoCG 2003). Coarse points first, near ones one after the
 * other.
 */
#ifndef SPILLWAY_STRUCTURE_POINT_ORDER_H
#define SPILLWAY_STRUCTURE_POINT_ORDER_H

#include <spillway/base.h>

/* order[count] becomes a permutation; it depends on nothing but the points [count][3].
 * SW_ERROR_MEMORY. O(n log n), 16 bytes a point while it runs. */
SW_MUST_USE sw_status sw_point_order(uint32_t *order, const double (*point)[3], size_t count);

#endif
