/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The graph in a checkpoint: it decides which random numbers are drawn. */
#include "lattice/superbasin/superbasin.h"

#include "base/memory.h"

#include <math.h>
#include <string.h>

typedef struct header {
    uint64_t states, channels, mobiles;
    uint64_t stayed, next_look;
    uint32_t now, shown;
    uint64_t drawn; /* passages have been prepared */
    sw_superbasin_record record;
} header;

sw_status sw_superbasin_save(const sw_superbasin *superbasin, sw_bytes *bytes) {
    header now;
    memset(&now, 0, sizeof now);
    now.states = superbasin->states;
    now.channels = superbasin->channels;
    now.mobiles = superbasin->mobiles;
    now.stayed = superbasin->stayed;
    now.next_look = superbasin->next_look;
    now.now = superbasin->now;
    now.shown = superbasin->shown;
    now.drawn = superbasin->passage.states > 0;
    now.record = superbasin->record;
    const sw_saved_part part[] = {
        {&now, sizeof now},
        {superbasin->state, superbasin->states * sizeof *superbasin->state},
        {superbasin->channel, superbasin->channels * sizeof *superbasin->channel},
        {superbasin->mobile, superbasin->mobiles * sizeof *superbasin->mobile},
    };
    sw_status status = sw_saved_parts_write(bytes, part, sizeof part / sizeof *part);
    for (uint32_t s = 0; s < superbasin->states && status == SW_OK; s++)
        if (superbasin->mobiles)
            status = sw_bytes_append(bytes, sw_superbasin_held(superbasin, s), superbasin->mobiles);
    return status;
}

static bool rate_valid(double rate) {
    return rate >= 0.0 && rate < INFINITY;
}

/* Whether every index is one of this lattice and of this graph. */
static bool graph_valid(const sw_superbasin *superbasin, const sw_lattice *lattice) {
    uint64_t expected = 0;
    for (size_t s = 0; s < superbasin->states; s++) {
        const sw_superbasin_state *state = &superbasin->state[s];
        if (state->first != expected || !rate_valid(state->total) || !(state->total > 0.0) ||
            !rate_valid(state->elsewhere))
            return false;
        expected += state->channels;
    }
    if (expected != superbasin->channels)
        return false;
    for (size_t c = 0; c < superbasin->channels; c++) {
        const sw_superbasin_channel *channel = &superbasin->channel[c];
        if (channel->site >= lattice->geometry.sites || !rate_valid(channel->rate) ||
            channel->pattern >= lattice->patterns.count ||
            (channel->to != SW_SUPERBASIN_OUT && channel->to >= superbasin->states))
            return false;
    }
    return true;
}

/* Every state must be one that the lattice can be in, and the one that it shows is its own. */
static bool species_valid(const sw_superbasin *superbasin, const sw_lattice *lattice) {
    for (size_t m = 0; m < superbasin->mobiles; m++) {
        uint32_t site = superbasin->mobile[m];
        if (site >= lattice->geometry.sites)
            return false;
        int kind = lattice->geometry.frame->basis[lattice->geometry.basis[site]].kind;
        for (uint32_t s = 0; s < superbasin->states; s++) {
            int species = sw_superbasin_held(superbasin, s)[m];
            if (species >= (int)lattice->model->species_count ||
                (species != SW_EMPTY && !SW_IN(lattice->model->species[species].kinds, kind)) ||
                (s == superbasin->shown && species != lattice->species[site]))
                return false;
        }
    }
    return true;
}

static bool take_header(sw_saved_reader *in, header *then, const sw_superbasin *superbasin) {
    size_t channels = superbasin->limit * SW_SUPERBASIN_OWNED * 4096;
    return sw_saved_take(in, then, 1, sizeof *then) && then->states <= superbasin->limit &&
           then->mobiles <= superbasin->limit + SW_SLOT_LIMIT && then->channels <= channels &&
           then->channels <= in->left / sizeof(sw_superbasin_channel) &&
           (then->states == 0 || (then->now < then->states && then->shown < then->states)) &&
           rate_valid(then->record.passed);
}

sw_status sw_superbasin_restore(sw_lattice *lattice, sw_saved_reader *in) {
    sw_superbasin *superbasin = lattice->superbasin;
    header then;
    sw_superbasin_leave(superbasin);
    if (!take_header(in, &then, superbasin))
        return SW_ERROR_FORMAT;
    if (!sw_reserve(&superbasin->state, &superbasin->state_capacity, then.states,
                    sizeof *superbasin->state) ||
        !sw_reserve(&superbasin->channel, &superbasin->channel_capacity, then.channels,
                    sizeof *superbasin->channel) ||
        !sw_reserve(&superbasin->mobile, &superbasin->mobile_capacity, then.mobiles,
                    sizeof *superbasin->mobile))
        return SW_ERROR_MEMORY;
    superbasin->mobiles = then.mobiles;
    bool whole =
        sw_saved_take(in, superbasin->state, then.states, sizeof *superbasin->state) &&
        sw_saved_take(in, superbasin->channel, then.channels, sizeof *superbasin->channel) &&
        sw_saved_take(in, superbasin->mobile, then.mobiles, sizeof *superbasin->mobile);
    for (uint32_t s = 0; s < then.states && whole; s++)
        whole = sw_saved_take(in, sw_superbasin_held(superbasin, s), then.mobiles, 1);
    superbasin->states = then.states;
    superbasin->channels = then.channels;
    superbasin->now = then.now;
    superbasin->shown = then.shown;
    if (!whole || !graph_valid(superbasin, lattice) || !species_valid(superbasin, lattice)) {
        sw_superbasin_leave(superbasin);
        return SW_ERROR_FORMAT;
    }
    superbasin->stayed = then.stayed;
    superbasin->next_look = then.next_look;
    superbasin->record = then.record;
    return then.drawn ? sw_superbasin_prepare(superbasin) : SW_OK;
}
