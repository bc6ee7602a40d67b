/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How many pairs of atoms lie how far apart. Pairs are counted as they are met and never stored, so
 * the grid (45 bytes an atom) is all the memory that is needed.
 *
 *   bin k holds start + k * width <= r < start + (k + 1) * width, as floor((r - start) * (1 /
 * width)) in doubles count[(a * kinds + b) * bins + k]: pairs from an atom of kind a to one of kind
 * b, both ways, so a pair within one kind is counted twice and count is the same for (a, b) and (b,
 * a)
 *
 * Counts are exact integers and depend neither on threads nor on the machine. Images count.
 */
#ifndef SPILLWAY_STRUCTURE_PAIR_COUNT_H
#define SPILLWAY_STRUCTURE_PAIR_COUNT_H

#include <spillway/data.h>

typedef struct sw_pair_bins {
    double start; /* A; 0 as a rule, may be negative */
    double width; /* A */
    size_t count;
} sw_pair_bins;

typedef struct sw_pair_count {
    sw_pair_bins bins;
    size_t kinds;
    uint8_t *element; /* [kinds] atomic numbers, ascending; one kind for all where not told apart */
    uint64_t *atoms;  /* [kinds] */
    uint64_t *count;  /* [kinds][kinds][bins.count] */
} sw_pair_count;

/* The bins of a width from 0 to at least `range` (A). */
sw_pair_bins sw_pair_bins_to(double range, double width);
/* The edge where bin k begins, A. */
double sw_pair_edge(const sw_pair_bins *bins, size_t k);

/*
 * Counts all pairs; `by_element` tells elements apart. Release with sw_pair_count_clear.
 * SW_ERROR_ARGUMENT where the bins are none or end at 0 A or below, SW_ERROR_MEMORY,
 * SW_ERROR_CANCELLED. O(atoms * neighbours in range).
 */
SW_MUST_USE sw_status sw_pair_count_create(sw_pair_count *pairs, const sw_atoms *atoms,
                                           const sw_pair_bins *bins, bool by_element,
                                           sw_context *context, sw_error *error);
void sw_pair_count_clear(sw_pair_count *pairs);

/* Pairs of any kind, both ways, in bin k. */
uint64_t sw_pair_count_total(const sw_pair_count *pairs, size_t k);

#endif
