/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A lattice cut into domains that run side by side: the synchronous sublattice algorithm of Shim
 * and Amar, Phys. Rev. B 71, 125432 (2005).
 *
 *   turn    all domains run the same sector for the same time; then they tell their neighbours
 *   sweep   every sector has one turn of the same length, in an order drawn anew each time
 *
 * Within a turn the rest of the lattice stands still: that is the bias, and it vanishes with the
 * length of a turn. Drawing an order (instead of a sector, as in the paper) makes every sector run
 * for exactly the time that passes, and the error of second order in the turn, since orders and
 * their opposites are equally likely (Childs, Ostrander, Su, Quantum 3, 182 (2019)).
 *
 * The domains lie in as many processes as were joined, or all in one. The first process leads: it
 * calls what follows, and the others do the same through sw_domains_serve. It also keeps the whole
 * lattice, without an engine, to be looked at.
 */
#ifndef SPILLWAY_LATTICE_DOMAINS_DOMAINS_H
#define SPILLWAY_LATTICE_DOMAINS_DOMAINS_H

#include "lattice/domains/domain.h"
#include "lattice/domains/link.h"
#include "lattice/domains/team.h"

/* What a domain tells all others at the end of a sweep. */
typedef struct sw_tally {
    uint64_t events, fingerprint;
    double total, fastest;   /* 1/s, bounds: of all sites, of the fastest site */
    double running, passing; /* s on the wall: in turns, telling neighbours and waiting for them */
    int64_t status;
} sw_tally;

typedef struct sw_domains {
    const sw_lattice_model *model;
    sw_context *context;
    uint64_t seed;
    sw_grid grid;
    sw_link link;
    sw_team *team;
    int first, held;                /* domains of this process */
    sw_domain *domain;              /* [held] */
    sw_parcel *outgoing, *incoming; /* [held x SW_GRID_NEIGHBOURS] */
    sw_tally *tally;                /* [grid.count] */
    sw_lattice *whole;              /* NULL but in the first process */
    double time, turn;              /* s; turn: of the last sweep */
    uint64_t events, sweeps;
    bool advised; /* the log has told of the length of turns */
} sw_domains;

/* ---- domains.c: what the first process asks for ---------------------------------------------- */

SW_MUST_USE sw_status sw_domains_create(sw_domains **domains, const sw_lattice_model *model,
                                        uint64_t seed, sw_context *context, sw_error *error);
void sw_domains_destroy(sw_domains *domains);
/* Sweeps until the time (then exactly) or the number of events (then at the end of a sweep). */
SW_MUST_USE sw_status sw_domains_advance(sw_domains *domains, sw_horizon horizon, bool *finished,
                                         sw_error *error);
/* Brings the whole lattice up to date: species, counts, clocks, conditions. O(sites). */
SW_MUST_USE sw_status sw_domains_look(sw_domains *domains, sw_error *error);
SW_MUST_USE sw_status sw_domains_save(sw_domains *domains, sw_bytes *bytes, sw_error *error);
SW_MUST_USE sw_status sw_domains_restore(sw_domains *domains, const void *bytes, size_t size,
                                         sw_error *error);

/* ---- parts.c: the same in every process ------------------------------------------------------ */

/* Makes the domains of this process; seed, grid and link are set. */
SW_MUST_USE sw_status sw_domains_make_parts(sw_domains *domains, sw_error *error);
void sw_domains_clear_parts(sw_domains *domains);
/* The first process deals out the start of the whole. */
SW_MUST_USE sw_status sw_domains_deal(sw_domains *domains, sw_error *error);
/* Species and counts go to the first process. */
SW_MUST_USE sw_status sw_domains_gather(sw_domains *domains, sw_error *error);
/* Bytes of each domain go to the first process, or come from there; bytes[grid.count] there. */
SW_MUST_USE sw_status sw_domains_collect_states(sw_domains *domains, sw_bytes *bytes,
                                                sw_error *error);
SW_MUST_USE sw_status sw_domains_deal_states(sw_domains *domains, const sw_bytes *bytes,
                                             sw_error *error);
/* Every process learns of the first error of any. */
SW_MUST_USE sw_status sw_domains_agree(const sw_domains *domains, sw_status status,
                                       sw_error *error);

/*
 * An estimate of the bias as a share: the events of a site in a turn, times the share of the sites
 * that lie so near to a sector's border that an event beyond it matters. NaN before the first sweep.
 */
double sw_domains_bias(const sw_domains *domains);

/* ---- sweep.c --------------------------------------------------------------------------------- */
SW_MUST_USE sw_status sw_domains_sweep_until(sw_domains *domains, sw_horizon horizon,
                                             bool *finished, sw_error *error);
/* Fills tally[] and events. */
SW_MUST_USE sw_status sw_domains_count(sw_domains *domains, sw_error *error);

/* ---- exchange.c ------------------------------------------------------------------------------ */
/* After a turn of a sector: everybody's changes reach everybody who holds the sites. */
SW_MUST_USE sw_status sw_domains_exchange(sw_domains *domains, unsigned sector);

/* ---- audit.c --------------------------------------------------------------------------------- */
/* Codes, rates and bins of every domain, and that all copies of a site agree; for tests, in one
 * process. O(sites x processes). */
SW_MUST_USE sw_status sw_domains_audit(sw_domains *domains, sw_error *error);

#endif
