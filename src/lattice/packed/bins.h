/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sites by their total rate, for the packed engine: 32 bins an octave, 256 bins (eight octaves) a
 * block. Within a block the upper edge of a bin is a whole number times the block's power of two,
 * so the weight of a block is a whole number and nothing drifts; the total is a sum over the few
 * blocks in use.
 *
 *   bin = (exponent and 5 bits of the mantissa of the rate) - FIRST
 *   block = (bin + 128) / 256: rates about 1/s lie in the middle of one
 *   edge = (33 + mantissa) << octave  in units of  2^(8 block - 73)
 */
#ifndef SPILLWAY_LATTICE_PACKED_BINS_H
#define SPILLWAY_LATTICE_PACKED_BINS_H

#include <spillway/base.h>

#include <string.h>

#define SW_PACKED_BLOCKS 17
#define SW_PACKED_BLOCK_BINS 256
#define SW_PACKED_BINS 4096
#define SW_PACKED_NO_BIN SW_PACKED_BINS /* of sites that nothing can happen at */
#define SW_PACKED_FIRST_BIN ((1023u - 64u) << 5)

typedef struct sw_packed_bin {
    uint32_t *sites;
    uint32_t count;
    uint32_t capacity;
    uint64_t edge;    /* sw_packed_edge, set where there is a list */
    uint64_t inverse; /* 2^64 / edge, rounded up: a product instead of a division */
} sw_packed_bin;

/* A block in use. */
typedef struct sw_packed_block {
    double unit; /* sw_packed_unit */
    unsigned number, bins;
    uint16_t bin[SW_PACKED_BLOCK_BINS]; /* those that have a list, maybe empty; descending */
} sw_packed_block;

typedef struct sw_packed_bins {
    uint64_t weight[SW_PACKED_BLOCKS]; /* sum of count x edge, in the unit of the block */
    sw_packed_block block[SW_PACKED_BLOCKS];
    unsigned blocks; /* in use, the fastest first */
    sw_packed_bin bin[SW_PACKED_BINS];
} sw_packed_bins;

/* The bin of a rate between SW_LOWEST_RATE and SW_HIGHEST_RATE. */
static inline unsigned sw_packed_bin_for(double rate) {
    uint64_t bits;
    memcpy(&bits, &rate, sizeof bits);
    return (unsigned)(bits >> 47) - SW_PACKED_FIRST_BIN;
}

static inline unsigned sw_packed_block_of(unsigned bin) {
    return (bin + 128u) / SW_PACKED_BLOCK_BINS;
}

/* Upper edge of a bin in the unit of its block. */
static inline uint64_t sw_packed_edge(unsigned bin) {
    return (uint64_t)(33u + (bin & 31u)) << (((bin + 128u) >> 5) & 7u);
}

/* The unit of a block, 1/s. */
static inline double sw_packed_unit(unsigned block) {
    uint64_t bits = (uint64_t)(1023u + 8u * block - 73u) << 52;
    double unit;
    memcpy(&unit, &bits, sizeof unit);
    return unit;
}

void sw_packed_bins_clear(sw_packed_bins *bins);
/* Takes every site out. */
void sw_packed_bins_empty(sw_packed_bins *bins);
/* Room for one more site in a bin; false where there is no memory. */
bool sw_packed_bin_widen(sw_packed_bins *bins, unsigned number);

#endif
