/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random numbers of the packed engine, made for many attempts at once. Attempt a uses the blocks
 * 2a and 2a + 1 of Philox 4x32-10 (Salmon et al., SC'11), as sw_philox gives them:
 *
 *   waiting   -ln(u), the waiting time in units of 1 / total rate
 *   block     which block of bins
 *   place     which bin of the block and which site of the bin
 *   channel   whether the site acts, and how
 */
#ifndef SPILLWAY_LATTICE_PACKED_FEED_H
#define SPILLWAY_LATTICE_PACKED_FEED_H

#include <stdint.h>
#include <string.h>

#define SW_FEED 256 /* attempts */

typedef struct sw_feed {
    double waiting[SW_FEED];
    uint64_t block[SW_FEED], place[SW_FEED], channel[SW_FEED];
} sw_feed;

/* The numbers of the attempts first ... first + SW_FEED - 1. */
void sw_feed_fill(sw_feed *feed, uint64_t seed, uint64_t stream, uint64_t first);
/* The same without wide vectors. */
void sw_feed_fill_portably(sw_feed *feed, uint64_t seed, uint64_t stream, uint64_t first);

/* 64 random bits as a number in (0, 1). */
static inline double sw_feed_unit(uint64_t word) {
    uint64_t bits = word >> 12 | 0x3ff0000000000000ULL; /* 1 + word 2^-64, cut to 52 bits */
    double unit;
    memcpy(&unit, &bits, sizeof unit);
    return unit - 1.0 + 0x1p-53;
}

#endif
