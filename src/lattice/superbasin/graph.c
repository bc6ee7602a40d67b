/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The graph of configurations: what a state lists, and how states are linked. */
#include "lattice/superbasin/superbasin.h"

#include "base/memory.h"
#include "lattice/advance.h"
#include "lattice/scramble.h"

#include <string.h>

#define COVERED 0.999      /* of the bound of the moves: no more sites are owned then */
#define MOST_ELSEWHERE 0.5 /* of a state's total rate */

/* ---- keys ------------------------------------------------------------------------------------ */

static uint64_t word(uint32_t site, int species) {
    return sw_scramble((uint64_t)site << 8 | (uint64_t)(unsigned)species);
}

/* The key of the state that a channel leads to from the lattice as it is. */
static uint64_t key_after(const sw_lattice *lattice, uint64_t key, const sw_channel *channel) {
    for (size_t k = 0; k < channel->slots; k++) {
        uint32_t site = (uint32_t)channel->sites[k];
        int before = lattice->species[site], after = channel->after[k];
        if (after != before)
            key ^= word(site, before) ^ word(site, after);
    }
    return key ? key : 1;
}

uint32_t sw_superbasin_find(const sw_superbasin *superbasin, uint64_t key) {
    for (size_t s = 0; s < superbasin->states; s++)
        if (superbasin->state[s].key == key)
            return (uint32_t)s;
    return SW_SUPERBASIN_OUT;
}

/* ---- owned sites ----------------------------------------------------------------------------- */

/* The sites with the fastest moves, until they carry nearly all; ascending. */
static size_t choose_owned(uint32_t owned[SW_SUPERBASIN_OWNED], const sw_selection *selection) {
    double covered = 0.0, weight = sw_selection_weight(selection);
    size_t count = 0;
    for (unsigned b = SW_BINS; b-- > 0 && covered < COVERED * weight;) {
        const sw_bin *bin = &selection->bin[b];
        for (size_t i = 0; i < bin->count; i++) {
            if (count == SW_SUPERBASIN_OWNED || covered >= COVERED * weight)
                break;
            uint32_t site = bin->sites[i];
            size_t at = count++;
            for (; at > 0 && owned[at - 1] > site; at--)
                owned[at] = owned[at - 1];
            owned[at] = site;
            covered += sw_selection_edge(b);
        }
        if (count == SW_SUPERBASIN_OWNED)
            break;
    }
    return count;
}

size_t sw_superbasin_owned(uint32_t owned[SW_SUPERBASIN_OWNED], const sw_superbasin *superbasin,
                           uint32_t state) {
    const sw_superbasin_state *listed = &superbasin->state[state];
    size_t count = 0;
    for (uint32_t c = listed->first; c < listed->first + listed->channels; c++) {
        uint32_t site = superbasin->channel[c].site;
        if (count == 0 || owned[count - 1] != site) /* channels come site by site */
            owned[count++] = site;
    }
    return count;
}

sw_status sw_superbasin_hide(sw_lattice *lattice, const uint32_t *owned, size_t count) {
    sw_status status = SW_OK;
    for (size_t i = 0; i < count && status == SW_OK; i++)
        status = sw_selection_set(&lattice->selection[lattice->superbasin->plain], owned[i], 0.0);
    return status;
}

sw_status sw_superbasin_unhide(sw_lattice *lattice, const uint32_t *owned, size_t count) {
    sw_status status = SW_OK;
    for (size_t i = 0; i < count && status == SW_OK; i++)
        status = sw_lattice_set_rates(lattice, owned[i]);
    return status;
}

/* The bound of everything but the moves of these sites. */
static sw_status bound_elsewhere(double *elsewhere, sw_lattice *lattice, const uint32_t *owned,
                                 size_t count) {
    sw_status status = sw_superbasin_hide(lattice, owned, count);
    *elsewhere = sw_lattice_bound(lattice);
    return status == SW_OK ? sw_superbasin_unhide(lattice, owned, count) : status;
}

/* ---- channels -------------------------------------------------------------------------------- */

static sw_status list_channel(sw_superbasin *superbasin, sw_superbasin_channel channel) {
    if (!sw_reserve(&superbasin->channel, &superbasin->channel_capacity, superbasin->channels + 1,
                    sizeof *superbasin->channel))
        return SW_ERROR_MEMORY;
    superbasin->channel[superbasin->channels++] = channel;
    return SW_OK;
}

/* Lists the channels of a site that holds what it holds now; adds their rates to *total. */
static sw_status list_site(sw_lattice *lattice, uint64_t key, uint32_t site, double *total) {
    sw_superbasin *superbasin = lattice->superbasin;
    const sw_patterns *patterns = &lattice->patterns;
    int basis = lattice->geometry.basis[site];
    sw_status status = SW_OK;
    for (size_t p = patterns->first[basis]; p < patterns->first[basis + 1] && status == SW_OK;
         p++) {
        const sw_pattern *pattern = &patterns->list[p];
        sw_channel channel;
        if (pattern->class != superbasin->plain ||
            !SW_IN(pattern->before[0], lattice->species[site]))
            continue;
        double rate = sw_rates_channel(lattice, site, pattern, &channel);
        if (rate <= 0.0)
            continue;
        bool move = superbasin->moves[pattern->process];
        *total += rate;
        status =
            list_channel(superbasin, (sw_superbasin_channel){
                                         .target = move ? key_after(lattice, key, &channel) : 0,
                                         .rate = rate,
                                         .site = site,
                                         .pattern = (uint32_t)p,
                                         .to = SW_SUPERBASIN_OUT,
                                     });
    }
    return status;
}

/* ---- states ---------------------------------------------------------------------------------- */

static size_t row_length(const sw_superbasin *superbasin) {
    return superbasin->limit + SW_SLOT_LIMIT;
}

sw_status sw_superbasin_mobilise(sw_lattice *lattice, const sw_channel *channel, bool *fits) {
    sw_superbasin *superbasin = lattice->superbasin;
    *fits = true;
    for (size_t k = 0; k < channel->slots; k++) {
        uint32_t site = (uint32_t)channel->sites[k];
        bool known = channel->after[k] == lattice->species[site];
        for (size_t m = 0; m < superbasin->mobiles && !known; m++)
            known = superbasin->mobile[m] == site;
        if (known)
            continue;
        *fits = superbasin->mobiles < row_length(superbasin);
        if (!*fits)
            return SW_OK;
        if (!sw_reserve(&superbasin->mobile, &superbasin->mobile_capacity, superbasin->mobiles + 1,
                        sizeof *superbasin->mobile))
            return SW_ERROR_MEMORY;
        for (size_t s = 0; s < superbasin->states; s++)
            superbasin->held[s * row_length(superbasin) + superbasin->mobiles] =
                lattice->species[site];
        superbasin->mobile[superbasin->mobiles++] = site;
    }
    return SW_OK;
}

uint8_t *sw_superbasin_held(const sw_superbasin *superbasin, uint32_t state) {
    return superbasin->held + state * row_length(superbasin);
}

/* Links the new state to those it leads to and those that lead to it. */
static void link_state(sw_superbasin *superbasin, uint32_t added) {
    const sw_superbasin_state *state = &superbasin->state[added];
    for (uint32_t c = state->first; c < state->first + state->channels; c++)
        superbasin->channel[c].to = sw_superbasin_find(superbasin, superbasin->channel[c].target);
    for (uint32_t c = 0; c < state->first; c++)
        if (superbasin->channel[c].target == state->key)
            superbasin->channel[c].to = added;
}

static sw_status append_state(sw_lattice *lattice, sw_superbasin_state state) {
    sw_superbasin *superbasin = lattice->superbasin;
    if (!sw_reserve(&superbasin->state, &superbasin->state_capacity, superbasin->states + 1,
                    sizeof *superbasin->state))
        return SW_ERROR_MEMORY;
    uint32_t added = (uint32_t)superbasin->states;
    superbasin->state[superbasin->states++] = state;
    uint8_t *held = sw_superbasin_held(superbasin, added);
    for (size_t m = 0; m < superbasin->mobiles; m++)
        held[m] = lattice->species[superbasin->mobile[m]];
    link_state(superbasin, added);
    superbasin->now = superbasin->shown = added;
    superbasin->stayed = 0;
    superbasin->closed = false;
    sw_passage_clear(&superbasin->passage);
    return SW_OK;
}

sw_status sw_superbasin_add(sw_lattice *lattice, uint64_t key, bool *fits) {
    sw_superbasin *superbasin = lattice->superbasin;
    uint32_t owned[SW_SUPERBASIN_OWNED];
    *fits = false;
    if (superbasin->states == superbasin->limit)
        return SW_OK;
    size_t count = choose_owned(owned, &lattice->selection[superbasin->plain]);
    sw_superbasin_state state = {.key = key, .first = (uint32_t)superbasin->channels};
    sw_status status = bound_elsewhere(&state.elsewhere, lattice, owned, count);
    state.total = state.elsewhere;
    /* rates lie below their bounds: what is too much of the bound is too much of the total */
    bool hopeless = state.elsewhere > MOST_ELSEWHERE * sw_lattice_bound(lattice);
    for (size_t i = 0; i < count && status == SW_OK && !hopeless; i++)
        status = list_site(lattice, key, owned[i], &state.total);
    state.channels = (uint32_t)(superbasin->channels - state.first);
    *fits =
        status == SW_OK && state.channels > 0 && state.elsewhere <= MOST_ELSEWHERE * state.total;
    if (*fits)
        return append_state(lattice, state);
    superbasin->channels = state.first;
    return status;
}
