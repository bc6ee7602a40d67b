/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lattice/packed/bins.h"

#include "base/memory.h"

#include <stdlib.h>

void sw_packed_bins_clear(sw_packed_bins *bins) {
    for (size_t b = 0; b < SW_PACKED_BINS; b++)
        free(bins->bin[b].sites);
    memset(bins, 0, sizeof *bins);
}

void sw_packed_bins_empty(sw_packed_bins *bins) {
    for (size_t b = 0; b < SW_PACKED_BINS; b++)
        bins->bin[b].count = 0;
    memset(bins->weight, 0, sizeof bins->weight);
}

/* The block in use that holds a bin, from now on if not before. */
static sw_packed_block *use_block(sw_packed_bins *bins, unsigned number) {
    unsigned n = 0;
    while (n < bins->blocks && bins->block[n].number > number)
        n++;
    if (n < bins->blocks && bins->block[n].number == number)
        return &bins->block[n];
    memmove(&bins->block[n + 1], &bins->block[n], (bins->blocks++ - n) * sizeof *bins->block);
    bins->block[n] = (sw_packed_block){.unit = sw_packed_unit(number), .number = number};
    return &bins->block[n];
}

static void use_bin(sw_packed_block *block, unsigned number) {
    unsigned n = block->bins++;
    for (; n > 0 && block->bin[n - 1] < number; n--)
        block->bin[n] = block->bin[n - 1];
    block->bin[n] = (uint16_t)number;
}

bool sw_packed_bin_widen(sw_packed_bins *bins, unsigned number) {
    sw_packed_bin *bin = &bins->bin[number];
    size_t capacity = bin->capacity;
    /* not sw_reserve: by a half, because the lists are the larger part of a site's bytes */
    size_t wider = capacity + capacity / 2 + 64;
    uint32_t *sites = wider <= UINT32_MAX
                          ? sw_reallocate_large(bin->sites, capacity, wider, sizeof *sites)
                          : NULL;
    if (!sites)
        return false;
    bin->sites = sites;
    bin->capacity = (uint32_t)wider;
    bin->edge = sw_packed_edge(number);
    bin->inverse = UINT64_MAX / bin->edge + 1;
    if (capacity == 0)
        use_bin(use_block(bins, sw_packed_block_of(number)), number);
    return true;
}
