/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Superbasins: few configurations among which a few fast moves lead back and forth (an adatom on a
 * terrace, an atom that flickers between two places), while all else is slow.
 *
 * The lattice keeps a graph of the configurations that it has been in: for each the moves that
 * lead on, their rates, and the rate of everything else. Within the graph an event costs a few
 * table look-ups and the lattice itself stands still; it is brought up to date when
 * something leaves the graph. Where the walk within the graph goes on for long, the way out
 * is drawn from its exact distribution (passage.h). Either way every trajectory has the probability
 * that it has without the graph.
 *
 *   state      a configuration: what the mobile sites hold; all others are as the lattice has them
 *   owned      sites whose moves are listed in a state, because they carry nearly all of its rate
 *   channel    one move of an owned site: to another state, or out of the graph
 *   elsewhere  the bound of all that is not listed: anything may happen there, and ends the graph
 *
 * Invariants: a state's channels and `elsewhere` are those of the lattice in that state; while the
 * graph is in use nothing else of the lattice changes. Only moves (no gas, no supply) lead from
 * state to state. The graph is part of what is saved.
 */
#ifndef SPILLWAY_LATTICE_SUPERBASIN_H
#define SPILLWAY_LATTICE_SUPERBASIN_H

#include "lattice/saved_parts.h"
#include "lattice/state.h"
#include "lattice/superbasin/passage.h"

#define SW_SUPERBASIN_OWNED 16 /* sites, at most, in a state */
#define SW_SUPERBASIN_OUT UINT32_MAX

typedef struct sw_superbasin_channel {
    uint64_t target; /* key of the state it leads to; 0: never a state */
    double rate;     /* 1/s */
    uint32_t site, pattern;
    uint32_t to; /* state, or SW_SUPERBASIN_OUT */
} sw_superbasin_channel;

typedef struct sw_superbasin_state {
    uint64_t key;
    double total, elsewhere; /* 1/s, of all; of what is not listed */
    uint32_t first, channels;
} sw_superbasin_state;

/* What is reported: totals of the run. */
typedef struct sw_superbasin_record {
    uint64_t moves;    /* events within a graph, one by one */
    uint64_t passages; /* drawn at once */
    double passed;     /* expected events that the passages stand for */
    uint64_t entered;  /* graphs begun */
} sw_superbasin_record;

typedef struct sw_superbasin {
    size_t limit; /* states at most */
    int plain;    /* class of the moves */
    bool *moves;  /* [processes] may lead from state to state */

    sw_superbasin_state *state;
    size_t states, state_capacity; /* 0 states: not in a superbasin */
    sw_superbasin_channel *channel;
    size_t channels, channel_capacity;
    uint32_t *mobile; /* sites */
    size_t mobiles, mobile_capacity;
    uint8_t *held;       /* [limit][limit + SW_SLOT_LIMIT]: species of the mobile sites, by state */
    uint32_t now, shown; /* the state of the run, and that of the lattice */
    uint64_t stayed;     /* moves since the graph last grew or was left */
    uint64_t next_look;  /* events at which the lattice is next looked at */
    sw_passage passage;  /* of the graph as it is; 0 states: none */
    bool closed;         /* the graph as it is has no way out */
    sw_superbasin_record record;
} sw_superbasin;

/* ---- superbasin.c ---------------------------------------------------------------------------- */
/* NULL stays where the model does not ask for it. An error names what does not go with it. */
sw_status sw_superbasin_create(sw_lattice *lattice, sw_error *error);
void sw_superbasin_destroy(sw_superbasin *superbasin);
/* Forgets the graph, if there is one; the lattice must show the present state. */
void sw_superbasin_leave(sw_superbasin *superbasin);
/* Brings the lattice into the present state. */
sw_status sw_superbasin_show(sw_lattice *lattice);
/* Prepares passages for the graph as it is. */
sw_status sw_superbasin_prepare(sw_superbasin *superbasin);
/*
 * One event of the superbasin that the lattice is in, or looks whether it is in one: *done tells
 * whether anything happened. Stops at `limit` (s) with *reached.
 */
sw_status sw_superbasin_step(sw_lattice *lattice, double limit, bool *done, bool *reached,
                             sw_error *error);

/* ---- graph.c --------------------------------------------------------------------------------- */
/* Adds the configuration of the lattice, which has this key, as the present state. *fits is false,
 * and the graph as before, where it is full or where more than a few sites carry the rate. */
sw_status sw_superbasin_add(sw_lattice *lattice, uint64_t key, bool *fits);
/* Before a channel is taken: the sites that it changes become mobile, if there is room. */
sw_status sw_superbasin_mobilise(sw_lattice *lattice, const sw_channel *channel, bool *fits);
/* [mobiles] what the mobile sites hold in a state. */
uint8_t *sw_superbasin_held(const sw_superbasin *superbasin, uint32_t state);
/* The state with this key, or SW_SUPERBASIN_OUT. */
uint32_t sw_superbasin_find(const sw_superbasin *superbasin, uint64_t key);
/* Sites of a state's channels, each once; returns how many. */
size_t sw_superbasin_owned(uint32_t owned[SW_SUPERBASIN_OWNED], const sw_superbasin *superbasin,
                           uint32_t state);

/* Takes the moves of owned sites out of the selection, and puts them back. */
sw_status sw_superbasin_hide(sw_lattice *lattice, const uint32_t *owned, size_t count);
sw_status sw_superbasin_unhide(sw_lattice *lattice, const uint32_t *owned, size_t count);

/* ---- saved.c --------------------------------------------------------------------------------- */
sw_status sw_superbasin_save(const sw_superbasin *superbasin, sw_bytes *bytes);
/* SW_ERROR_FORMAT where what is read is no graph of this lattice. */
sw_status sw_superbasin_restore(sw_lattice *lattice, sw_saved_reader *in);

#endif
