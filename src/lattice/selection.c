/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lattice/selection.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* The bin is the exponent and the two highest bits of the mantissa, counted from 2^-64. */
#define FIRST_BIN ((1023u - 64u) << 2)

static unsigned bin_for(double rate) {
    uint64_t bits;
    memcpy(&bits, &rate, sizeof bits);
    return (unsigned)(bits >> 50) - FIRST_BIN;
}

double sw_selection_edge(unsigned bin) {
    uint64_t bits = (uint64_t)(bin + FIRST_BIN + 1) << 50;
    double edge;
    memcpy(&edge, &bits, sizeof edge);
    return edge;
}

sw_status sw_selection_create(sw_selection *selection, uint32_t sites) {
    memset(selection, 0, sizeof *selection);
    selection->sites = sites;
    selection->bin_of = sw_allocate(sites, sizeof *selection->bin_of);
    selection->place = sw_allocate(sites, sizeof *selection->place);
    selection->rate = sw_allocate(sites, sizeof *selection->rate);
    if (!selection->bin_of || !selection->place || !selection->rate)
        return SW_ERROR_MEMORY;
    memset(selection->bin_of, 0xff, sites * sizeof *selection->bin_of);
    return SW_OK;
}

void sw_selection_clear(sw_selection *selection) {
    free(selection->bin_of);
    free(selection->place);
    free(selection->rate);
    for (unsigned b = 0; b < SW_BINS; b++)
        free(selection->bin[b].sites);
    memset(selection, 0, sizeof *selection);
}

void sw_selection_empty(sw_selection *selection) {
    for (unsigned b = 0; b < SW_BINS; b++)
        selection->bin[b].count = 0;
    memset(selection->used, 0, sizeof selection->used);
    memset(selection->bin_of, 0xff, selection->sites * sizeof *selection->bin_of);
}

static void leave(sw_selection *selection, uint32_t site) {
    unsigned b = selection->bin_of[site];
    sw_bin *bin = &selection->bin[b];
    uint32_t last = bin->sites[--bin->count];
    bin->sites[selection->place[site]] = last;
    selection->place[last] = selection->place[site];
    selection->bin_of[site] = SW_NO_BIN;
    if (bin->count == 0)
        selection->used[b / 64] &= ~(1ULL << (b % 64));
}

static sw_status enter(sw_selection *selection, uint32_t site, unsigned b) {
    sw_bin *bin = &selection->bin[b];
    if (!sw_reserve(&bin->sites, &bin->capacity, bin->count + 1, sizeof *bin->sites))
        return SW_ERROR_MEMORY;
    selection->place[site] = (uint32_t)bin->count;
    bin->sites[bin->count++] = site;
    selection->bin_of[site] = (uint16_t)b;
    selection->used[b / 64] |= 1ULL << (b % 64);
    return SW_OK;
}

sw_status sw_selection_set(sw_selection *selection, uint32_t site, double rate) {
    unsigned now = selection->bin_of[site];
    unsigned next = SW_NO_BIN;
    if (rate >= SW_LOWEST_RATE) {
        if (!(rate < SW_HIGHEST_RATE))
            return SW_ERROR_NUMERIC;
        next = bin_for(rate);
        selection->rate[site] = rate;
    }
    if (now == next)
        return SW_OK;
    if (now != SW_NO_BIN)
        leave(selection, site);
    return next == SW_NO_BIN ? SW_OK : enter(selection, site, next);
}

double sw_selection_weight(const sw_selection *selection) {
    double weight = 0.0;
    for (int word = SW_BINS / 64 - 1; word >= 0; word--)
        for (uint64_t rest = selection->used[word]; rest;) {
            unsigned bit = 63u - (unsigned)__builtin_clzll(rest);
            unsigned b = (unsigned)word * 64 + bit;
            weight += (double)selection->bin[b].count * sw_selection_edge(b);
            rest &= ~(1ULL << bit);
        }
    return weight;
}

unsigned sw_selection_bin_at(const sw_selection *selection, double *point) {
    unsigned lowest = SW_NO_BIN;
    for (int word = SW_BINS / 64 - 1; word >= 0; word--)
        for (uint64_t rest = selection->used[word]; rest;) {
            unsigned bit = 63u - (unsigned)__builtin_clzll(rest);
            lowest = (unsigned)word * 64 + bit;
            double weight = (double)selection->bin[lowest].count * sw_selection_edge(lowest);
            if (*point < weight)
                return lowest;
            *point -= weight;
            rest &= ~(1ULL << bit);
        }
    *point = 0.0; /* rounding at the very end */
    return lowest;
}
