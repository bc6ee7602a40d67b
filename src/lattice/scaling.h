/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Quasi-equilibrium scaling: a reversible process that is in balance and far faster than all that
 * is not is slowed, both ways by the same factor, so its equilibrium stays where it is.
 *
 * Every window of events each process is reviewed with its executions f forward and r in reverse:
 *
 *   balance       |f - r| <= tolerance (f + r)   over at least `executions`
 *   disturbances  D = sites changed by everything that is not in balance
 *   factor        2 margin (max(D, |f - r|) + 1) factor / (f + r), rounded up to a power of two
 *
 * so that it still happens `margin` times each way for every disturbance (where all is in balance,
 * for every site that the slowest process changes). It is two-way: the
 * factor rises again when D grows, and is 1 at once when the balance fails. Dybeck, Plaisance and
 * Neurock, J. Chem. Theory Comput. 13, 1525 (2017), after Chatterjee and Voter, J. Chem. Phys. 132,
 * 194101 (2010), set all factors back after every disturbance instead: the superbasin of the whole
 * lattice is left. Somewhere on thousands of sites that happens all the time, and nothing would be
 * gained; so the factors follow, as in Nunez, Robie and Vlachos, J. Chem. Phys. 147, 164103 (2017)
 * and Prats, Li and Stamatakis, J. Chem. Theory Comput. 21, 12262 (2025), window by window.
 *
 * A hop that is its own reverse has no f and r: its executions to higher and to lower energy are
 * balanced against each other.
 *
 * Error: what disturbances take from one end of a pair is missing until the pair has brought it
 * back: a share of D / r of it. Slowed, this share is larger by (1 - factor) D / r, which is what
 * is reported as the error of each scaled process, with (f + r) / 2 for r, summed over them: by how
 * much populations may be off. It is exact to first order where every disturbance drains one end of
 * a pair; a rate of higher order in these populations may be off by more. It knows nothing of
 * distance: where species must mix over a path, a hop must happen (path / step)^2 times between
 * disturbances.
 */
#ifndef SPILLWAY_LATTICE_SCALING_H
#define SPILLWAY_LATTICE_SCALING_H

#include "lattice/state.h"

/* Executions of a pair up to some moment; those with a known direction are sampled. */
typedef struct sw_pair_counts {
    uint64_t executions, samples, up, down;
} sw_pair_counts;

/* One process, both ways. Plain data, saved with the run. */
typedef struct sw_scaled_pair {
    double factor;         /* of both ways; 1: not scaled */
    double spared;         /* executions that were not needed, up to the window's start */
    sw_pair_counts own;    /* executions to higher (up) and lower energy: own reverse only */
    sw_pair_counts window; /* when the window began */
    sw_pair_counts judged; /* when its balance was last judged */
    sw_pair_counts seen;   /* when it was last observed */
    uint64_t age;          /* windows since it was judged */
    uint64_t balanced;     /* 0 or 1 */
} sw_scaled_pair;

typedef struct sw_scaling_record {
    uint64_t next_review;     /* events */
    uint64_t changes;         /* of factors, so far */
    uint64_t seen_events;     /* at the last observation ... */
    double seen_spared;       /* ... */
    double window_start;      /* s */
    double error_time, timed; /* s: error x time, and time, since the last observation */
    double last_error;        /* of the last window */
} sw_scaling_record;

typedef struct sw_scaling {
    sw_scaled_pair *pair;   /* [processes] */
    bool *reversible, *may; /* [processes] has both ways; may be scaled */
    size_t processes;
    bool told; /* that nothing is slowed; not taken back yet */
    sw_scaling_record record;
} sw_scaling;

/* Makes lattice->scaling where the model asks for it; the patterns must be known. */
sw_status sw_scaling_create(sw_lattice *lattice);
void sw_scaling_destroy(sw_scaling *scaling);

/* 1 + the process whose factor multiplies a pattern, 0 where none may. */
uint16_t sw_scaling_of_process(const sw_lattice *lattice, size_t process);

/* Called before an event of the general engine; energy_change is known. */
void sw_scaling_event(sw_lattice *lattice, const sw_channel *channel);
/* The same for the packed engine, which does not know the energy: finds it for one event in 16. */
void sw_scaling_sample(sw_lattice *lattice, const sw_pattern *pattern, uint32_t anchor);
/* Whether some event must be looked at before it happens. */
bool sw_scaling_follows(const sw_lattice *lattice);

/* Whether the window is over. */
static inline bool sw_scaling_due(const sw_lattice *lattice) {
    return lattice->scaling && lattice->events >= lattice->scaling->record.next_review;
}

/* The event at which a run that goes on to `events` must stop first. */
static inline uint64_t sw_scaling_next_stop(const sw_lattice *lattice, uint64_t events) {
    const sw_scaling *scaling = lattice->scaling;
    return scaling && scaling->record.next_review < events ? scaling->record.next_review : events;
}

/* Judges all pairs and sets their factors for the next window. O(processes); packed engine: and
 * O(sites) where a factor changes. Tells in the log, once, where after many windows nothing was
 * slowed yet: the margin that would slow the fastest pair. */
sw_status sw_scaling_review(sw_lattice *lattice);

/* What the time series shows of it, over the time since the last observation. */
typedef struct sw_scaling_summary {
    double scaled;    /* pairs now */
    double lowest;    /* factor now */
    double changes;   /* so far */
    double gain;      /* events that would have been needed / events */
    double imbalance; /* |f - r| / (f + r) of the scaled pairs */
    double error;     /* relative, see above */
} sw_scaling_summary;
void sw_scaling_summarize(sw_scaling_summary *summary, const sw_lattice *lattice);
/* An observation is over. */
void sw_scaling_remember(sw_lattice *lattice);
/* Executions of a process that scaling has spared so far. */
double sw_scaling_spared(const sw_lattice *lattice, size_t process);
/* Whether saved data can be those of this lattice. */
bool sw_scaling_valid(const sw_lattice *lattice);

#endif
