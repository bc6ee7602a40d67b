/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of rates, filled when first needed on a small patch of lattice. */
#include "base/memory.h"
#include "lattice/packed/packed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * The patch: a frame just large enough that what one site depends on does not meet itself, in
 * which the surroundings that a code stands for are set up and the general engine's rates asked.
 */
struct sw_packed_patch {
    sw_lattice_model model;
    sw_lattice lattice;
    uint32_t *anchor; /* [basis] */
    uint32_t **site;  /* [basis][slot] */
    size_t basis_sites;
};

/* ---- making the patch -------------------------------------------------------------------------- */

static void size_patch(sw_frame *frame, const sw_packed *packed)
{
    for (int d = 0; d < 3; d++) {
        int reach = 0;
        for (size_t b = 0; b < packed->basis_sites; b++)
            for (size_t i = 0; i < packed->basis[b].slots; i++) {
                int cells = abs(packed->basis[b].slot[i].step.cell[d]);
                reach = cells > reach ? cells : reach;
            }
        frame->size[d] = 2 * reach + 1;
    }
}

static sw_status compile_patch(sw_packed_patch *patch, const sw_lattice *whole, sw_error *error)
{
    sw_lattice *lattice = &patch->lattice;
    lattice->model = &patch->model;
    lattice->context = whole->context;
    lattice->scaling = whole->scaling; /* its factors, and so the same classes */
    sw_status status = sw_geometry_create(&lattice->geometry, &patch->model.frame, error);
    if (status != SW_OK)
        return status;
    /* what leaves the whole frame is left out here too, or the patterns would differ */
    memcpy(lattice->geometry.room, whole->geometry.room, sizeof whole->geometry.room);
    size_t sites = (size_t)lattice->geometry.sites + 1;
    lattice->species = sw_allocate(sites, 1);
    lattice->open = sw_allocate(sites, 1);
    lattice->rates = sw_allocate(patch->model.processes, sizeof *lattice->rates);
    lattice->clear_saddle =
        sw_allocate(patch->model.processes, sizeof *lattice->clear_saddle);
    if (!lattice->species || !lattice->open || !lattice->rates || !lattice->clear_saddle)
        return SW_ERROR_MEMORY;
    memset(lattice->open, 1, sites);
    lattice->species[sites - 1] = SW_WALL;
    status = sw_energy_create(&lattice->energy, &lattice->geometry, &patch->model.energetics, error);
    if (status == SW_OK)
        status = sw_patterns_create(&lattice->patterns, &lattice->geometry, &patch->model, error);
    if (status == SW_OK)
        status = sw_classes_assign(lattice, error);
    return status == SW_OK ? sw_saddles_find_clear(lattice, error) : status;
}

static sw_status place_slots(sw_packed_patch *patch, const sw_packed *packed)
{
    const sw_geometry *geometry = &patch->lattice.geometry;
    int middle[3];
    for (int d = 0; d < 3; d++)
        middle[d] = geometry->size[d] / 2;
    for (size_t b = 0; b < packed->basis_sites; b++) {
        const sw_packed_basis *basis = &packed->basis[b];
        size_t cell = ((size_t)middle[2] * (size_t)geometry->size[1] + (size_t)middle[1]) *
                          (size_t)geometry->size[0] + (size_t)middle[0];
        patch->anchor[b] = (uint32_t)(cell * packed->basis_sites + b);
        patch->site[b] = sw_allocate(basis->slots, sizeof **patch->site);
        if (!patch->site[b])
            return SW_ERROR_MEMORY;
        for (size_t i = 0; i < basis->slots; i++)
            patch->site[b][i] =
                sw_geometry_follow_slowly(geometry, patch->anchor[b], basis->slot[i].step);
    }
    return SW_OK;
}

sw_status sw_packed_patch_create(sw_packed *packed, const sw_lattice *lattice, sw_error *error)
{
    sw_packed_patch *patch = packed->patch = sw_allocate(1, sizeof *patch);
    if (!patch)
        return SW_ERROR_MEMORY;
    patch->model = *lattice->model;
    patch->basis_sites = packed->basis_sites;
    size_patch(&patch->model.frame, packed);
    patch->anchor = sw_allocate(packed->basis_sites, sizeof *patch->anchor);
    patch->site = sw_allocate(packed->basis_sites, sizeof *patch->site);
    if (!patch->anchor || !patch->site)
        return SW_ERROR_MEMORY;
    sw_status status = compile_patch(patch, lattice, error);
    return status == SW_OK ? place_slots(patch, packed) : status;
}

void sw_packed_patch_destroy(sw_packed_patch *patch)
{
    if (!patch)
        return;
    for (size_t b = 0; patch->site && b < patch->basis_sites; b++)
        free(patch->site[b]);
    free(patch->site);
    free(patch->anchor);
    sw_patterns_clear(&patch->lattice.patterns);
    sw_energy_clear(&patch->lattice.energy);
    sw_geometry_clear(&patch->lattice.geometry);
    free(patch->lattice.species);
    free(patch->lattice.open);
    free(patch->lattice.rates);
    free(patch->lattice.clear_saddle);
    free(patch);
}

/* ---- asking the patch ------------------------------------------------------------------------------ */

static void set_surroundings(sw_packed *packed, int number, uint64_t code)
{
    const sw_packed_basis *basis = &packed->basis[number];
    uint8_t *species = packed->patch->lattice.species;
    for (size_t i = 0; i < basis->slots; i++) {
        const sw_packed_slot *slot = &basis->slot[i];
        const sw_packed_basis *there = &packed->basis[slot->step.basis];
        uint64_t state = code >> slot->shift & ((1ULL << slot->width) - 1);
        species[packed->patch->site[number][i]] =
            state >= there->states ? (uint8_t)SW_WALL : there->species[state];
    }
}

static double ask(sw_packed *packed, const sw_packed_event *event, uint64_t code)
{
    sw_lattice *lattice = &packed->patch->lattice;
    const sw_pattern *pattern = &lattice->patterns.list[event->pattern];
    sw_channel channel;
    set_surroundings(packed, event->basis, code);
    double rate = sw_rates_channel(lattice, packed->patch->anchor[event->basis], pattern, &channel);
    rate *= sw_class_activity(lattice, pattern->class);
    if (!(rate >= 0.0 && rate < SW_HIGHEST_RATE)) {
        packed->status = SW_ERROR_NUMERIC;
        return 0.0;
    }
    return rate;
}

/* ---- tables ------------------------------------------------------------------------------------------ */

static void forget_rates(sw_packed_rates *rates)
{
    for (size_t i = 0; i < rates->slots && !rates->key; i++)
        rates->rate[i] = NAN;
    if (rates->key)
        memset(rates->key, 0, rates->slots * sizeof *rates->key);
    rates->entries = 0;
}

static void forget_tables(sw_packed *packed)
{
    for (size_t e = 0; e < packed->events; e++)
        forget_rates(&packed->event[e].rates);
    for (size_t g = 0; g < packed->groups; g++) {
        sw_packed_group *group = &packed->group[g];
        size_t entries = (size_t)1 << __builtin_popcountll(group->bits);
        for (size_t i = 0; group->total && i < entries; i++)
            group->total[i] = NAN;
    }
    for (size_t b = 0; b < packed->basis_sites; b++) {
        sw_packed_basis *basis = &packed->basis[b];
        size_t entries = (size_t)1 << (basis->bin ? basis->bits : 0);
        for (size_t i = 0; basis->bin && i < entries; i++)
            basis->bin[i] = SW_PACKED_UNKNOWN;
    }
}

sw_status sw_packed_forget(sw_packed *packed, const sw_lattice *lattice, sw_error *error)
{
    sw_lattice *patch = &packed->patch->lattice;
    memcpy(packed->pressure, lattice->pressure, sizeof packed->pressure);
    memcpy(patch->pressure, lattice->pressure, sizeof patch->pressure);
    packed->status = SW_OK;
    forget_tables(packed);
    return sw_rates_set_temperature(patch, lattice->temperature, error);
}

static double cached_rate(sw_packed *packed, sw_packed_event *event, uint64_t code)
{
    sw_packed_rates *rates = &event->rates;
    uint64_t key = (code & rates->bits) | 1ULL << 63;
    size_t slot = (size_t)(key * 0x9e3779b97f4a7c15ULL >> 32) & (rates->slots - 1);
    while (rates->key[slot] && rates->key[slot] != key)
        slot = (slot + 1) & (rates->slots - 1);
    if (rates->key[slot] == key)
        return rates->rate[slot];
    double rate = ask(packed, event, code);
    if (rates->entries >= rates->slots / 2) {
        forget_rates(rates);
        slot = (size_t)(key * 0x9e3779b97f4a7c15ULL >> 32) & (rates->slots - 1);
    }
    rates->entries++;
    rates->key[slot] = key;
    rates->rate[slot] = rate;
    return rate;
}

double sw_packed_event_rate(sw_packed *packed, sw_packed_event *event, uint64_t code)
{
    if (event->rates.key)
        return cached_rate(packed, event, code);
    double *rate = &event->rates.rate[sw_packed_gather(code, event->rates.bits)];
    if (isnan(*rate))
        *rate = ask(packed, event, code);
    return *rate;
}

static double sum_events(sw_packed *packed, uint32_t first, uint32_t count, uint64_t code)
{
    double total = 0.0;
    for (uint32_t e = first; e < first + count; e++) {
        sw_packed_event *event = &packed->event[e];
        if ((code & event->mask) == event->value)
            total += sw_packed_event_rate(packed, event, code);
    }
    return total;
}

double sw_packed_group_total(sw_packed *packed, const sw_packed_group *group, uint64_t code)
{
    double total = sum_events(packed, group->first, group->count, code);
    if (group->total)
        group->total[sw_packed_gather(code, group->bits)] = total;
    return total;
}

unsigned sw_packed_bin_of_total(sw_packed *packed, double total)
{
    if (total < SW_LOWEST_RATE)
        return SW_PACKED_NO_BIN;
    if (total < SW_HIGHEST_RATE)
        return sw_packed_bin_for(total);
    packed->status = SW_ERROR_NUMERIC;
    return SW_PACKED_NO_BIN;
}

unsigned sw_packed_direct_bin(sw_packed *packed, sw_packed_basis *basis, uint64_t code)
{
    const sw_packed_own *own = &basis->own[code & basis->own_mask];
    double total = sum_events(packed, own->first_event, own->events, code);
    unsigned bin = sw_packed_bin_of_total(packed, total);
    basis->bin[code] = (uint16_t)bin;
    return bin;
}
