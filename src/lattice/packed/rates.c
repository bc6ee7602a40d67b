/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of rates, filled when first needed. */
#include "base/memory.h"
#include "lattice/packed/narrow.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_KEYS ((size_t)1 << 16)

/* ---- emptying -------------------------------------------------------------------------------- */

static void forget_rates(sw_packed_rates *rates) {
    for (size_t i = 0; i < rates->slots && !rates->key; i++)
        rates->rate[i] = NAN;
    if (rates->key)
        memset(rates->key, 0, rates->slots * sizeof *rates->key);
    rates->entries = 0;
}

static void forget_tables(sw_packed *packed) {
    for (size_t e = 0; e < packed->events; e++)
        if (!packed->event[e].shared)
            forget_rates(&packed->event[e].rates);
    for (size_t g = 0; g < packed->groups; g++) {
        sw_packed_group *group = &packed->group[g];
        for (size_t i = 0; group->total && !group->shared && i < group->entries; i++)
            group->total[i] = NAN;
    }
    for (size_t b = 0; b < packed->basis_sites; b++) {
        sw_packed_basis *basis = &packed->basis[b];
        size_t entries = (size_t)1 << (basis->bin ? basis->bits : 0);
        for (size_t i = 0; basis->bin && !basis->shared && i < entries; i++)
            basis->bin[i] = SW_PACKED_UNKNOWN;
    }
}

sw_status sw_packed_forget(sw_packed *packed, const sw_lattice *lattice, sw_error *error) {
    memcpy(packed->pressure, lattice->pressure, sizeof packed->pressure);
    packed->status = SW_OK;
    forget_tables(packed);
    if (packed->narrow)
        sw_narrow_forget(packed);
    return sw_packed_patch_set(packed, lattice, error);
}

/* ---- events ---------------------------------------------------------------------------------- */

static uint32_t number_at(const sw_packed_number *number, sw_packed_code code, unsigned words) {
    int count = __builtin_popcountll(code.first & number->mask[0]);
    for (unsigned w = 1; w < words; w++)
        count += __builtin_popcountll(code.further[w - 1] & number->mask[w]);
    return (uint32_t)count;
}

/* A rate from its sums: a function of the numbers alone, whatever site asks first. */
static double counted_rate(sw_packed *packed, const sw_packed_event *event, sw_packed_code code) {
    sw_packed_sums sums = event->base;
    for (uint32_t n = event->first_number; n < event->first_number + event->numbers; n++) {
        const sw_packed_number *number = &packed->number[n];
        double times = number_at(number, code, packed->words);
        for (int q = 0; q < SW_PACKED_QUANTITIES; q++)
            sums.of[q] += times * number->effect.of[q];
    }
    return sw_packed_patch_rate(packed, event->pattern, &sums);
}

static double compute_rate(sw_packed *packed, const sw_packed_event *event, sw_packed_code code) {
    return event->counted ? counted_rate(packed, event, code) : sw_packed_ask(packed, event, code);
}

/* Where a key is, or where it would be. */
static size_t find_key(const sw_packed_rates *rates, uint64_t key) {
    size_t slot = (size_t)(key * 0x9e3779b97f4a7c15ULL >> 32) & (rates->slots - 1);
    while (rates->key[slot] && rates->key[slot] != key)
        slot = (slot + 1) & (rates->slots - 1);
    return slot;
}

/* Twice as many keys; false where there is no memory. */
static bool widen(sw_packed_rates *rates) {
    sw_packed_rates wider = {.slots = 2 * rates->slots, .entries = rates->entries};
    wider.key = sw_allocate(wider.slots, sizeof *wider.key);
    wider.rate = sw_allocate(wider.slots, sizeof *wider.rate);
    if (!wider.key || !wider.rate) {
        free(wider.key);
        free(wider.rate);
        return false;
    }
    for (size_t i = 0; i < rates->slots; i++) {
        size_t slot = rates->key[i] ? find_key(&wider, rates->key[i]) : 0;
        if (rates->key[i]) {
            wider.key[slot] = rates->key[i];
            wider.rate[slot] = rates->rate[i];
        }
    }
    wider.index = rates->index;
    free(rates->key);
    free(rates->rate);
    *rates = wider;
    return true;
}

/* Rates by key come and go with memory, but a rate is the same whenever it is computed. */
static double keyed_rate(sw_packed *packed, sw_packed_event *event, sw_packed_code code) {
    sw_packed_rates *rates = &event->rates;
    uint64_t key = sw_packed_place(&rates->index, packed->part, code, sw_packed_gather) | 1ULL
                                                                                              << 63;
    size_t slot = find_key(rates, key);
    if (rates->key[slot])
        return rates->rate[slot];
    double rate = compute_rate(packed, event, code);
    if (rates->entries >= rates->slots / 2) {
        if (rates->slots >= MOST_KEYS || !widen(rates))
            forget_rates(rates);
        slot = find_key(rates, key);
    }
    rates->entries++;
    rates->key[slot] = key;
    rates->rate[slot] = rate;
    return rate;
}

double sw_packed_event_rate(sw_packed *packed, sw_packed_event *event, sw_packed_code code) {
    event = &packed->event[event->leader];
    if (event->rates.key)
        return keyed_rate(packed, event, code);
    double *rate =
        &event->rates
             .rate[sw_packed_place(&event->rates.index, packed->part, code, sw_packed_gather)];
    if (isnan(*rate))
        *rate = compute_rate(packed, event, code);
    return *rate;
}

/* ---- groups and sites ------------------------------------------------------------------------ */

static double sum_events(sw_packed *packed, uint32_t first, uint32_t count, sw_packed_code code) {
    double total = 0.0;
    for (uint32_t e = first; e < first + count; e++) {
        sw_packed_event *event = &packed->event[e];
        if ((code.first & event->mask) == event->value)
            total += sw_packed_event_rate(packed, event, code);
    }
    return total;
}

static bool gate_open(const sw_packed *packed, const sw_packed_group *group, sw_packed_code code) {
    const sw_packed_gate *gate = packed->gate + group->first_gate;
    for (uint32_t i = 0; i < group->gates; i++)
        if ((code.first & gate[i].mask) == gate[i].value)
            return true;
    return false;
}

double sw_packed_group_total(sw_packed *packed, const sw_packed_group *group, sw_packed_code code) {
    double total = sum_events(packed, group->first, group->count, code);
    if (gate_open(packed, group, code))
        total = -total;
    if (group->total)
        group->total[sw_packed_place(&group->index, packed->part, code, sw_packed_gather)] = total;
    return total;
}

unsigned sw_packed_bin_of_total(sw_packed *packed, double total) {
    if (total < SW_LOWEST_RATE)
        return SW_PACKED_NO_BIN;
    if (total < SW_HIGHEST_RATE)
        return sw_packed_bin_for(total);
    packed->status = SW_ERROR_NUMERIC;
    return SW_PACKED_NO_BIN;
}

unsigned sw_packed_direct_bin(sw_packed *packed, sw_packed_basis *basis, sw_packed_code code) {
    const sw_packed_own *own = &basis->own[code.first & basis->own_mask];
    double total = sum_events(packed, own->first_event, own->events, code);
    unsigned bin = sw_packed_bin_of_total(packed, total);
    basis->bin[code.first] = (uint16_t)bin;
    return bin;
}
