/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bins as in bins.h, whose blocks list the weights of their bins.
 *
 * A bin weighs its count times its edge, the count rounded up to six or seven digits, so that the
 * weights of long lists stand still from event to event and a random number names the same site
 * some attempts ahead (it can be fetched early). What lies beyond the end of the list is a
 * rejection.
 */
#ifndef SPILLWAY_LATTICE_PACKED_NARROW_BINS_H
#define SPILLWAY_LATTICE_PACKED_NARROW_BINS_H

#include "lattice/packed/bins.h"

#define SW_NARROW_NOBODY UINT32_MAX /* beyond the end of a list */

typedef struct sw_narrow_bin {
    uint32_t *sites;
    uint64_t *weight; /* of all its sites, in the list of its block */
    uint64_t edge;    /* sw_packed_edge */
    uint64_t inverse; /* 2^64 / edge, rounded up: a product instead of a division */
    uint64_t change;  /* of the weight with a site: edge; 0 where counts are rounded */
    uint32_t count, capacity;
    uint32_t high, low; /* counts at which the list or the rounded count changes */
    uint32_t step;      /* 1; 0 for the bin that keeps no list */
    uint32_t number;
} sw_narrow_bin;

typedef struct sw_narrow_block {
    uint64_t weight[SW_PACKED_BLOCK_BINS]; /* of the bins in use */
    uint16_t bin[SW_PACKED_BLOCK_BINS];    /* their numbers, ascending */
    unsigned bins;
    double unit; /* sw_packed_unit */
} sw_narrow_block;

typedef struct sw_narrow_bins {
    sw_narrow_bin bin[SW_PACKED_BINS + 1]; /* the last is SW_PACKED_NO_BIN */
    sw_narrow_block block[SW_PACKED_BLOCKS];
    uint8_t used[SW_PACKED_BLOCKS]; /* blocks with bins in use, the fastest first */
    unsigned blocks;                /* of these */
    uint32_t nowhere;               /* the list of the last bin, */
    uint64_t nothing;               /* and its weight */
    size_t sites;                   /* of the lattice: no list needs more room */
} sw_narrow_bins;

/* What a count is rounded up to a multiple of, as a power of two. */
static inline unsigned sw_narrow_rounding(uint32_t count) {
    return count > 128 ? 25u - (unsigned)__builtin_clz(count - 1) : 0;
}

static inline uint64_t sw_narrow_rounded(uint32_t count) {
    uint64_t rest = (1ULL << sw_narrow_rounding(count)) - 1;
    return (count + rest) & ~rest;
}

/* Makes empty bins for a lattice of so many sites. */
void sw_narrow_bins_start(sw_narrow_bins *bins, size_t sites);
void sw_narrow_bins_clear(sw_narrow_bins *bins);
/* Takes every site out. */
void sw_narrow_bins_empty(sw_narrow_bins *bins);
/* Room and weight for so many sites, when the count goes beyond high or comes to low. False where
 * there is no memory. */
bool sw_narrow_bin_fit(sw_narrow_bins *bins, sw_narrow_bin *bin, uint32_t count);

/* ---- choosing -------------------------------------------------------------------------------- */

/* The weights of the blocks in use, 1/s, in their order, and their sums up to each. */
typedef struct sw_narrow_weights {
    uint64_t weight[SW_PACKED_BLOCKS];
    double sum[SW_PACKED_BLOCKS], total;
} sw_narrow_weights;

static inline __attribute__((always_inline)) void sw_narrow_weigh(sw_narrow_weights *weights,
                                                                  const sw_narrow_bins *bins) {
    weights->total = 0.0;
    for (unsigned n = 0; n < bins->blocks; n++) {
        const sw_narrow_block *block = &bins->block[bins->used[n]];
        uint64_t sum = 0;
        for (unsigned i = 0; i < block->bins; i++)
            sum += block->weight[i];
        weights->weight[n] = sum;
        weights->total += (double)(int64_t)sum * block->unit;
        weights->sum[n] = weights->total;
    }
}

/* Which of the blocks in use lies at `unit` (0 .. 1) of the total. */
static inline __attribute__((always_inline)) unsigned
sw_narrow_choose_block(const sw_narrow_bins *bins, const sw_narrow_weights *weights, double unit) {
    double point = unit * weights->total;
    unsigned n = 0;
    for (unsigned i = 0; i + 1 < bins->blocks; i++)
        n += point >= weights->sum[i];
    return n;
}

/* The bin of a block in which `point` of its weight falls; *point becomes the rest within it. */
static inline __attribute__((always_inline)) unsigned
sw_narrow_choose_bin(const sw_narrow_block *block, uint64_t *point) {
    const uint64_t *weight = block->weight;
    for (; *point >= *weight; weight++)
        *point -= *weight;
    return block->bin[weight - block->weight];
}

/* The site that a random number names in one of the blocks in use, and its bin; SW_NARROW_NOBODY
 * beyond the end of the bin's list. */
static inline __attribute__((always_inline)) uint32_t
sw_narrow_choose_site(const sw_narrow_bins *bins, const sw_narrow_block *block, uint64_t weight,
                      uint64_t random, unsigned *number) {
    if (__builtin_expect(weight == 0, 0)) /* rounding at the very end of the total */
        return SW_NARROW_NOBODY;
    uint64_t point = (uint64_t)((unsigned __int128)random * weight >> 64);
    *number = sw_narrow_choose_bin(block, &point);
    const sw_narrow_bin *bin = &bins->bin[*number];
    uint64_t place = (uint64_t)((unsigned __int128)point * bin->inverse >> 64);
    return place < bin->count ? bin->sites[place] : SW_NARROW_NOBODY;
}

/* ---- moving ---------------------------------------------------------------------------------- */

/* Takes a site, which lies at `place`, out of a bin. Returns the site whose place that is now: the
 * last of the list, or the site itself where the bin keeps no list. */
static inline __attribute__((always_inline)) uint32_t
sw_narrow_leave(sw_narrow_bins *bins, unsigned number, uint32_t site, uint32_t place) {
    sw_narrow_bin *bin = &bins->bin[number];
    uint32_t *sites = bin->sites, step = bin->step, count = bin->count - step;
    uint32_t last = sites[count];
    bin->count = count;
    sites[place] = last;
    *bin->weight -= bin->change;
    if (__builtin_expect(count == bin->low, 0))
        (void)sw_narrow_bin_fit(bins, bin, count);
    return last ^ ((last ^ site) & (step - 1));
}

/* Puts a site at the end of a bin and sets its place. False where there is no memory. */
static inline __attribute__((always_inline)) bool
sw_narrow_enter(sw_narrow_bins *bins, unsigned number, uint32_t site, uint32_t *place) {
    sw_narrow_bin *bin = &bins->bin[number];
    uint32_t count = bin->count;
    if (__builtin_expect(count == bin->high, 0) && !sw_narrow_bin_fit(bins, bin, count + 1))
        return false;
    *place = count;
    bin->sites[count] = site;
    bin->count = count + bin->step;
    *bin->weight += bin->change;
    return true;
}

#endif
