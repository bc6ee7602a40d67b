/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Choosing a site with probability proportional to its rate, in a time that does not grow with
 * the number of sites. Sites lie in bins by rate, four bins an octave; a bin weighs its count
 * times its upper edge, so nothing drifts; a choice is accepted with rate / edge, and after a
 * rejection everything is drawn again (composition and rejection: Slepoy, Thompson and Plimpton,
 * J. Chem. Phys. 128, 205101 (2008), with exact thinning in time).
 */
#ifndef SPILLWAY_LATTICE_SELECTION_H
#define SPILLWAY_LATTICE_SELECTION_H

#include <spillway/base.h>

#define SW_BINS 512
#define SW_NO_BIN 0xffffu
#define SW_LOWEST_RATE 0x1p-64 /* 1/s; slower is never */
#define SW_HIGHEST_RATE 0x1p63

typedef struct sw_bin {
    uint32_t *sites;
    size_t count, capacity;
} sw_bin;

typedef struct sw_selection {
    uint32_t sites;
    uint16_t *bin_of; /* [sites] */
    uint32_t *place;  /* [sites] in its bin */
    double *rate;     /* [sites] */
    sw_bin bin[SW_BINS];
    uint64_t used[SW_BINS / 64]; /* bit b: bin b is not empty */
} sw_selection;

sw_status sw_selection_create(sw_selection *selection, uint32_t sites);
void sw_selection_clear(sw_selection *selection);
/* Sets the rate of a site; below SW_LOWEST_RATE it leaves. O(1). */
sw_status sw_selection_set(sw_selection *selection, uint32_t site, double rate);
void sw_selection_empty(sw_selection *selection);

double sw_selection_edge(unsigned bin);
/* Sum of the weights of all bins: at least the sum of all rates, at most 1.25 times it. */
double sw_selection_weight(const sw_selection *selection);
/* The bin in which `point` (0 .. weight) falls, and what is left of point within it. */
unsigned sw_selection_bin_at(const sw_selection *selection, double *point);

#endif
