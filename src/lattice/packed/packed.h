/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The packed engine: for models whose rates follow from a few dozen sites, a site's whole
 * surroundings fit into 64 bits.
 *
 *   code     what the slots of a site hold, a few bits each; slot 0 is the site itself
 *   event    one orientation and direction of a process with given species: where it can happen
 *            (code & mask == value), the part of the code its rate depends on, and what it does:
 *            one exclusive or into the code of every site that sees a change
 *   own      the events of a site that holds a given species, in groups; the rates of a group are
 *            a table over the bits that the group depends on
 *   bins     sites by total rate
 *
 * Invariants: a code is what it packs from the species; a site lies in the bin of its total rate.
 * Tables are filled when first needed, by trying the surroundings on a small patch of lattice
 * with the same code that the general engine uses, so the two engines cannot disagree on a rate.
 */
#ifndef SPILLWAY_LATTICE_PACKED_H
#define SPILLWAY_LATTICE_PACKED_H

#include "lattice/packed/bins.h"
#include "lattice/packed/feed.h"
#include "lattice/state.h"

#define SW_PACKED_TABLE_BITS 14 /* widest table of a group or an event */
#define SW_PACKED_DIRECT_BITS 16 /* widest code with its bins in one table */
#define SW_PACKED_UPDATES 512 /* at most by one event */
#define SW_PACKED_OUTSIDE INT32_MIN
#define SW_PACKED_OFFSETS ((size_t)1 << 24) /* at most, over all stands */
#define SW_PACKED_UNKNOWN 0xfffeu /* a bin that is not computed yet */

typedef struct sw_packed_site {
    uint64_t code;
    uint32_t place; /* in its bin */
    uint16_t bin;
    uint16_t stand; /* its basis and its place with respect to the boundaries */
} sw_packed_site;

/* A part of the code: the state of the site at `step`. */
typedef struct sw_packed_slot {
    sw_step step;
    uint8_t shift, width; /* bits; width 0: one state only */
    bool may_be_outside;
} sw_packed_slot;

/* One exclusive or: into the code of the site at this step from the anchor. */
typedef struct sw_packed_update {
    uint64_t mask;
    sw_step at;
    uint32_t run; /* how many updates from here on are of this basis */
} sw_packed_update;

/* Sites of one basis at the same distances from all boundaries, or away from them, stand alike:
 * an update is at the same distance in the list of sites from each of them. */
typedef struct sw_packed_stand {
    const int32_t *offset; /* [updates] from the anchor; SW_PACKED_OUTSIDE beyond a boundary */
    uint8_t basis;
} sw_packed_stand;

/* Rates by the bits they depend on, NaN where not computed yet; keys only where there are too
 * many bits for a table. */
typedef struct sw_packed_rates {
    uint64_t bits;
    double *rate;
    uint64_t *key; /* NULL for a table; 0 free, else code bits with the highest set */
    size_t slots, entries;
} sw_packed_rates;

/* Where an event can happen and how fast: what choosing among the events of a site reads. */
typedef struct sw_packed_chance {
    uint64_t mask, value, bits;
    double *rate; /* table by bits; NULL where the rates are kept by key */
} sw_packed_chance;

typedef struct sw_packed_event {
    uint64_t mask, value;
    sw_packed_rates rates;
    uint32_t pattern;
    uint32_t counter;     /* 2 x process + reverse */
    uint32_t first_update, updates; /* sorted by basis; every changed site is among them */
    uint8_t basis, changes;
    uint8_t writes; /* changes, but at least two: a lone one is written twice */
    struct {
        uint32_t update; /* the place of the site in the list of updates */
        uint8_t slot, after;
    } change[SW_SLOT_LIMIT];
} sw_packed_event;

typedef struct sw_packed_group {
    uint64_t bits;  /* of the code */
    double *total;  /* [2^bits], NaN where not computed; NULL: too wide, sum the events */
    uint32_t first, count; /* events */
} sw_packed_group;

/* What a site of one basis that holds one species can do. */
typedef struct sw_packed_own {
    uint32_t first_event, events;
    uint32_t first_group, groups;
} sw_packed_own;

typedef struct sw_packed_basis {
    sw_packed_slot *slot;
    size_t slots, capacity;
    unsigned bits;
    uint64_t own_mask;  /* bits of slot 0 */
    uint16_t *bin;      /* [2^bits] where the code is narrow, else NULL */
    sw_packed_own own[SW_SPECIES_LIMIT]; /* by state of slot 0 */
    uint8_t state[SW_SPECIES_LIMIT];   /* by species, for sites of this basis */
    uint8_t species[SW_SPECIES_LIMIT]; /* by state */
    uint8_t states;                    /* beyond a boundary the state has this number */
} sw_packed_basis;

/* Seen from a site that changes: who sees it, and in which bits. */
typedef struct sw_packed_dependent {
    sw_step back;
    uint8_t shift;
} sw_packed_dependent;

typedef struct sw_packed_dependents {
    sw_packed_dependent *list;
    size_t count, capacity;
} sw_packed_dependents;

typedef struct sw_packed_patch sw_packed_patch;

typedef struct sw_packed {
    sw_packed_site *site; /* [sites] */
    sw_packed_bins bins;
    sw_packed_basis *basis;
    size_t basis_sites;
    sw_packed_event *event;
    size_t events, event_capacity;
    sw_packed_chance *chance; /* [events] */
    uint16_t **direct;        /* [basis] basis[].bin */
    sw_packed_group *group;
    size_t groups, group_capacity;
    sw_packed_update *update;
    size_t updates, update_capacity;
    sw_packed_dependents *seen; /* [basis] of the site that changes */
    sw_packed_stand *stand; /* [zones][basis] */
    int32_t *offset;        /* [zones][updates] */
    int reach[3];           /* cells that an event can be followed */
    int zones[3];           /* along each axis: near either boundary, one each; all others one */
    int size[3];
    double pressure[SW_GAS_LIMIT]; /* Pa: what the tables are for */
    sw_packed_patch *patch;
    sw_feed feed;
    uint64_t fed;       /* first attempt of the feed */
    bool fast_gather;   /* the processor extracts bits in one instruction */
    sw_status status;   /* of a table that could not be filled */
    struct sw_packed_sectors *sectors; /* NULL: all sites act; else parts by turns (sectors.h) */
    uint8_t sector;     /* this part's */
} sw_packed;

/* ---- plan.c, layout.c ---- */
/*
 * Plans the packed engine for a lattice whose patterns are compiled. *packed stays NULL where the
 * model does not suit it, and *reason then says why (static text).
 */
sw_status sw_packed_create(sw_packed **packed, const char **reason, sw_lattice *lattice,
                           sw_error *error);
void sw_packed_destroy(sw_packed *packed);
/* What keeps a model with the general engine whatever its size; NULL where nothing does. */
const char *sw_packed_unsuited(const sw_lattice_model *model);
/* margin[] grows to the cells that the slots reach. */
void sw_packed_widen_margin(int margin[3], const sw_packed *packed);

/* Slots and their bits; *reason is set where they do not fit. */
sw_status sw_packed_lay_out(sw_packed *packed, const char **reason, const sw_lattice *lattice);
/* Steps that the rate of a pattern depends on, its own sites first. */
sw_status sw_packed_dependencies(sw_steps *steps, const sw_lattice *lattice,
                                 const sw_pattern *pattern);
const sw_packed_slot *sw_packed_find_slot(const sw_packed_basis *basis, sw_step step);
sw_status sw_packed_plan_events(sw_packed *packed, const char **reason, const sw_lattice *lattice);

/* ---- stands.c ---- */
/* The stands and the sites. NULL or a reason as sw_packed_create. */
sw_status sw_packed_make_sites(sw_packed *packed, const char **reason, const sw_geometry *geometry);

/* ---- rates.c ---- */
sw_status sw_packed_patch_create(sw_packed *packed, const sw_lattice *lattice, sw_error *error);
void sw_packed_patch_destroy(sw_packed_patch *patch);
/* Empties all tables and takes over the lattice's temperature and pressures. */
sw_status sw_packed_forget(sw_packed *packed, const sw_lattice *lattice, sw_error *error);
/* Rate of an event at a site with this code; computed and kept where not known yet. */
double sw_packed_event_rate(sw_packed *packed, sw_packed_event *event, uint64_t code);
/* Sum over a group, filled into its table. */
double sw_packed_group_total(sw_packed *packed, const sw_packed_group *group, uint64_t code);
/* The bin of a code of a narrow basis, filled into its table. */
unsigned sw_packed_direct_bin(sw_packed *packed, sw_packed_basis *basis, uint64_t code);
/* The bin for a total; errors are remembered in packed->status. */
unsigned sw_packed_bin_of_total(sw_packed *packed, double total);

/* ---- fill.c ---- */
uint64_t sw_packed_code_of(const sw_packed *packed, const sw_lattice *lattice, uint32_t site);
/* Codes and bins of all sites anew. */
sw_status sw_packed_rebuild(sw_lattice *lattice);
/* After a change of species from outside the run. */
void sw_packed_changed(sw_lattice *lattice, uint32_t site, int before, int after);
sw_status sw_packed_audit(sw_lattice *lattice, sw_error *error);

/* ---- order.c ---- */
/* Appends the sites in the order in which they lie in the bins. */
sw_status sw_packed_save(const sw_packed *packed, sw_bytes *bytes);
/* Puts the sites, which lie in the right bins, into a saved order; *used bytes were read. An error
 * where the saved bins hold other sites. */
sw_status sw_packed_reorder(sw_packed *packed, const unsigned char *bytes, size_t size,
                            size_t *used);

/* ---- run.c ---- */
sw_status sw_packed_advance(sw_lattice *lattice, sw_horizon horizon, bool *finished,
                            sw_error *error);
/* Moves a site to the bin of its rate. */
void sw_packed_move(sw_packed *packed, uint32_t site, unsigned bin);
unsigned sw_packed_bin_of(sw_packed *packed, const sw_packed_site *site);

/* ---- sectors.c ---- */
/* Whether a site lies beyond the sector whose turn it is; its bin is then seen to later. */
bool sw_packed_stray(sw_packed *packed, uint32_t site);

/* Bits of `value` where `bits` are set, side by side from bit 0. */
static inline uint64_t sw_packed_gather(uint64_t value, uint64_t bits)
{
    uint64_t gathered = 0;
    for (unsigned at = 0; bits;) {
        unsigned from = (unsigned)__builtin_ctzll(bits);
        unsigned run = (unsigned)__builtin_ctzll(~(bits >> from) | 1ULL << 63);
        uint64_t mask = (1ULL << run) - 1;
        gathered |= (value >> from & mask) << at;
        at += run;
        bits &= ~(mask << from);
    }
    return gathered;
}

static inline const sw_packed_basis *sw_packed_basis_of(const sw_packed *packed,
                                                        const sw_packed_site *site)
{
    return &packed->basis[packed->stand[site->stand].basis];
}

#endif
