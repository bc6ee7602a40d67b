/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lattice/packed/narrow_bins.h"

#include "base/memory.h"

#include <stdlib.h>

void sw_narrow_bins_start(sw_narrow_bins *bins, size_t sites) {
    memset(bins, 0, sizeof *bins);
    bins->sites = sites;
    for (unsigned b = 0; b < SW_PACKED_BINS; b++)
        bins->bin[b].step = 1, bins->bin[b].number = b;
    for (unsigned b = 0; b < SW_PACKED_BLOCKS; b++)
        bins->block[b].unit = sw_packed_unit(b);
    sw_narrow_bin *none = &bins->bin[SW_PACKED_NO_BIN];
    none->sites = &bins->nowhere;
    none->weight = &bins->nothing;
    none->high = none->low = UINT32_MAX;
}

void sw_narrow_bins_clear(sw_narrow_bins *bins) {
    for (unsigned b = 0; b < SW_PACKED_BINS; b++)
        free(bins->bin[b].sites);
    memset(bins, 0, sizeof *bins);
}

/* Sets the weight for a count that may be entered or has been left (change is added by whoever
 * enters), and at which counts that must be done again. */
static void set_weight(sw_narrow_bin *bin, uint32_t count, bool entering) {
    uint32_t rounded = (uint32_t)sw_narrow_rounded(count);
    bool exact = count <= 128;
    bin->change = exact ? bin->edge : 0;
    *bin->weight = bin->edge * (rounded - (exact && entering ? 1 : 0));
    bin->high = exact ? 128 : rounded;
    bin->low = exact ? UINT32_MAX : rounded - (1u << sw_narrow_rounding(count));
    bin->high = bin->high < bin->capacity ? bin->high : bin->capacity;
}

void sw_narrow_bins_empty(sw_narrow_bins *bins) {
    for (unsigned b = 0; b < SW_PACKED_BINS; b++) {
        sw_narrow_bin *bin = &bins->bin[b];
        bin->count = 0;
        if (!bin->sites)
            continue;
        set_weight(bin, 0, false);
    }
}

/* The fastest blocks come first, so that slow ones hardly need a look. */
static void use_block(sw_narrow_bins *bins, unsigned block) {
    unsigned n = bins->blocks++;
    for (; n > 0 && bins->used[n - 1] < block; n--)
        bins->used[n] = bins->used[n - 1];
    bins->used[n] = (uint8_t)block;
}

/* Puts a bin among those of its block that are in use. */
static void use_bin(sw_narrow_bins *bins, unsigned number) {
    sw_narrow_block *block = &bins->block[sw_packed_block_of(number)];
    if (block->bins == 0)
        use_block(bins, sw_packed_block_of(number));
    unsigned n = block->bins++;
    for (; n > 0 && block->bin[n - 1] > number; n--) {
        block->bin[n] = block->bin[n - 1];
        block->weight[n] = block->weight[n - 1];
        bins->bin[block->bin[n]].weight = &block->weight[n];
    }
    block->bin[n] = (uint16_t)number;
    block->weight[n] = 0;
    bins->bin[number].weight = &block->weight[n];
}

/* By a half, because the lists are the larger part of a site's bytes. */
static bool widen(sw_narrow_bin *bin, size_t sites) {
    size_t wider = (size_t)bin->capacity + bin->capacity / 2 + 64;
    wider = wider < sites ? wider : sites;
    uint32_t *list = sw_reallocate_large(bin->sites, bin->capacity, wider, sizeof *list);
    if (!list)
        return false;
    bin->sites = list;
    bin->capacity = (uint32_t)wider;
    return true;
}

bool sw_narrow_bin_fit(sw_narrow_bins *bins, sw_narrow_bin *bin, uint32_t count) {
    bool fresh = !bin->sites, entering = count > bin->count;
    if (count > bin->capacity && !widen(bin, bins->sites))
        return false;
    if (fresh) {
        bin->edge = sw_packed_edge(bin->number);
        bin->inverse = UINT64_MAX / bin->edge + 1;
        use_bin(bins, bin->number);
    }
    set_weight(bin, count, entering);
    return true;
}
