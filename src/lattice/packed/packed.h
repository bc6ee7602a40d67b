/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The packed engine: for models whose rates follow from a few dozen sites, a site's whole
 * surroundings fit into a word of 63 bits or a few of them.
 *
 *   code     what the slots of a site hold, a few bits each; slot 0 is the site itself
 *   class    species that no rate tells apart at a slot share a class, and so their bits
 *   event    one orientation and direction of a process with given species: where it can happen
 *            (code & mask == value), the part of the code its rate depends on, and what it does:
 *            one exclusive or into the code of every site that sees a change
 *   number   sites that add the same to what a rate follows from are only counted: a rate that
 *            depends on 18 neighbours by their numbers has a small table
 *   own      the events of a site that holds a given species, in groups; the rates of a group are
 *            a table over the bits and numbers that the group depends on
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
#include "lattice/saved_parts.h"
#include "lattice/state.h"

#define SW_PACKED_WORDS 8      /* at most, of a code */
#define SW_PACKED_WORD_BITS 63 /* used of each */
#define SW_PACKED_TABLE                                                                            \
    ((uint64_t)1 << 14)          /* entries of the largest table of a group or an event */
#define SW_PACKED_DIRECT_BITS 16 /* widest code with its bins in one table */
#define SW_PACKED_STATES (SW_SPECIES_LIMIT + 1) /* what a slot may hold: a species or `outside` */
#define SW_PACKED_WALL SW_SPECIES_LIMIT         /* number of the state `outside` */
#define SW_PACKED_UPDATES 512                   /* at most by one event */
#define SW_PACKED_OUTSIDE INT32_MIN
#define SW_PACKED_OFFSETS ((size_t)1 << 24) /* at most, over all stands */
#define SW_PACKED_UNKNOWN 0xfffeu           /* a bin that is not computed yet */

typedef struct sw_packed_site {
    uint64_t code;  /* its first word */
    uint32_t place; /* in its bin */
    uint16_t bin;
    uint16_t stand; /* its basis and its place with respect to the boundaries */
} sw_packed_site;

/* The words of a site's code. */
typedef struct sw_packed_code {
    uint64_t first;
    const uint64_t *further; /* [words - 1] */
} sw_packed_code;

/* A part of the code: the class of the state of the site at `step`. */
typedef struct sw_packed_slot {
    sw_step step;
    uint8_t word, shift, width; /* bits; width 0: no rate depends on it */
    uint8_t classes;
    bool one_hot; /* class c > 0 has bit c - 1, so that bits can be counted; else c in binary */
    bool matched; /* events look for a definite species here: in the first word */
    bool may_be_outside;
    uint8_t class[SW_PACKED_STATES];
} sw_packed_slot;

/* One exclusive or: into the code of the site at this step from the anchor. */
typedef struct sw_packed_update {
    uint64_t mask;
    sw_step at;
    uint32_t run;     /* how many updates from here on are of this basis */
    uint32_t further; /* where its masks of further words lay while planning */
} sw_packed_update;

/* Sites of one basis at the same distances from all boundaries, or away from them, stand alike:
 * an update is at the same distance in the list of sites from each of them. */
typedef struct sw_packed_stand {
    const int32_t *offset; /* [updates] from the anchor; SW_PACKED_OUTSIDE beyond a boundary */
    uint8_t basis;
} sw_packed_stand;

/* What a rate follows from: eV and numbers of neighbours. A site outside the pattern adds to them
 * by what it holds, and independently of the others, where the energetics are pairs only. */
enum {
    SW_PACKED_CHANGE,                                /* energy change of the event */
    SW_PACKED_REMOVAL,                               /* of taking the moving atoms away */
    SW_PACKED_CONDITION,                             /* [8] what each counts */
    SW_PACKED_ENVIRONMENT = SW_PACKED_CONDITION + 8, /* [2][2] */
    SW_PACKED_QUANTITIES = SW_PACKED_ENVIRONMENT + 4
};
typedef struct sw_packed_sums {
    double of[SW_PACKED_QUANTITIES];
} sw_packed_sums;

/* Sites in a state with one and the same effect: how many of these bits are set. */
typedef struct sw_packed_number {
    uint64_t mask[SW_PACKED_WORDS];
    uint32_t largest;
    sw_packed_sums effect; /* of each */
} sw_packed_number;

/* A factor of a place in a table: bits of a word side by side, or how many of them are set. */
typedef struct sw_packed_part {
    uint64_t mask, stride;
    uint32_t word;
} sw_packed_part;

/* Which entry of a table a code names: the bits of its first word, then bits of further words,
 * then numbers. */
typedef struct sw_packed_index {
    uint64_t bits;
    uint32_t first_part;
    uint16_t gathers, numbers; /* parts */
} sw_packed_index;

/* Rates by what they depend on, NaN where not computed yet; keys only where a table would be too
 * large. */
typedef struct sw_packed_rates {
    sw_packed_index index;
    double *rate;
    uint64_t *key; /* NULL for a table; 0 free, else the index with the highest bit set */
    size_t slots, entries;
} sw_packed_rates;

/* Where an event can happen and how fast: what choosing among the events of a site reads. */
typedef struct sw_packed_chance {
    uint64_t mask, value, bits;
    double *rate; /* table by bits; NULL where the event has to be asked */
} sw_packed_chance;

typedef struct sw_packed_event {
    uint64_t mask, value;
    sw_packed_rates rates;
    uint32_t pattern;
    uint32_t counter;               /* 2 x process + reverse */
    uint32_t leader;                /* the event of a like basis whose rates it shares, or itself */
    bool shared;                    /* it is another */
    uint32_t first_update, updates; /* sorted by basis; every changed site is among them */
    uint32_t first_number;          /* of what its rate follows from, where it is counted */
    uint16_t numbers;
    bool counted;
    sw_packed_sums base; /* with every counted slot in class 0 */
    uint8_t basis, changes;
    uint8_t writes; /* changes, but at least two: a lone one is written twice */
    struct {
        uint32_t update; /* the place of the site in the list of updates */
        uint8_t slot, after;
    } change[SW_SLOT_LIMIT];
} sw_packed_event;

/* Where an event can happen, apart from the site itself. */
typedef struct sw_packed_gate {
    uint64_t mask, value;
} sw_packed_gate;

/* A negative total means that events of further groups may be possible too: a gate is open. */
typedef struct sw_packed_group {
    sw_packed_index index;
    double *total; /* [entries], NaN where not computed; NULL: too wide, sum the events */
    uint32_t entries;
    uint32_t first, count; /* events */
    uint32_t first_gate, gates;
    bool shared; /* the table is that of a like basis */
} sw_packed_group;

/* What a site of one basis that holds one species can do. The first groups are always looked up,
 * the others only where a gate among these is open. */
typedef struct sw_packed_own {
    uint32_t first_event, events;
    uint32_t first_group;
    uint16_t open_groups, groups;
    uint16_t first_further; /* the first group that is not among the lookups */
} sw_packed_own;

/* An open group as the inner loop reads it; see lookup.c. */
typedef struct sw_packed_lookup {
    uint64_t bits; /* of the first word */
    const double *total;
} sw_packed_lookup;

typedef struct sw_packed_basis {
    sw_packed_slot *slot;
    size_t slots, capacity;
    unsigned bits, words;
    uint64_t own_mask;                   /* bits of slot 0 */
    uint16_t *bin;                       /* [2^bits] where the code is narrow, else NULL */
    bool shared;                         /* its tables are those of a like basis */
    sw_packed_own own[SW_SPECIES_LIMIT]; /* by class of slot 0 */
    uint8_t species[SW_SPECIES_LIMIT];   /* that may sit on sites of this basis, empty first */
    uint8_t states;                      /* how many of them */
} sw_packed_basis;

/* Seen from a site that changes: who sees it, and as which slot. */
typedef struct sw_packed_dependent {
    sw_step back;
    uint16_t slot;
} sw_packed_dependent;

typedef struct sw_packed_dependents {
    sw_packed_dependent *list;
    size_t count, capacity;
} sw_packed_dependents;

typedef struct sw_packed_patch sw_packed_patch;

typedef struct sw_packed {
    sw_packed_site *site;     /* [sites]; NULL in the narrow tier: */
    struct sw_narrow *narrow; /* its sites and bins (narrow.h), else NULL */
    unsigned words;           /* of the widest code */
    uint64_t *further;        /* [sites][words - 1] the rest of the codes */
    sw_packed_bins bins;
    sw_packed_basis *basis;
    size_t basis_sites;
    sw_packed_event *event;
    size_t events, event_capacity;
    sw_packed_chance *chance; /* [events] */
    uint16_t **direct;        /* [basis] basis[].bin */
    uint64_t *own_mask;       /* [basis] basis[].own_mask */
    bool all_direct;          /* every basis with slots has its bins in one table */
    sw_packed_group *group;
    size_t groups, group_capacity;
    sw_packed_lookup *lookup; /* [basis][class of the site itself][lookups] */
    unsigned lookups;
    sw_packed_gate *gate;
    size_t gates, gate_capacity;
    sw_packed_update *update;
    size_t updates, update_capacity;
    uint64_t *further_mask;                 /* [updates][words - 1] */
    size_t further_masks, further_capacity; /* updates, while planning */
    sw_packed_part *part;
    size_t parts, part_capacity;
    sw_packed_number *number;
    size_t numbers, number_capacity;
    sw_packed_dependents *seen; /* [basis] of the site that changes */
    sw_packed_stand *stand;     /* [zones][basis] */
    int32_t *offset;            /* [zones][updates] */
    int reach[3];               /* cells that an event can be followed */
    int zones[3]; /* along each axis: near either boundary, one each; all others one */
    int size[3];
    double pressure[SW_GAS_LIMIT]; /* Pa: what the tables are for */
    sw_packed_patch *patch;
    sw_feed feed;
    uint64_t fed;                      /* first attempt of the feed */
    bool fast_gather;                  /* the processor extracts bits in one instruction */
    sw_status status;                  /* of a table that could not be filled */
    struct sw_packed_sectors *sectors; /* NULL: all sites act; else parts by turns (sectors.h) */
    uint8_t sector;                    /* this part's */
} sw_packed;

/* ---- packed.c, layout.c, plan.c -------------------------------------------------------------- */
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

/* Slots, classes and bits; *reason is set where they do not fit. The patch is made on the way. */
sw_status sw_packed_lay_out(sw_packed *packed, const char **reason, const sw_lattice *lattice,
                            sw_error *error);
/* Steps that the rate of a pattern depends on, its own sites first. */
sw_status sw_packed_dependencies(sw_steps *steps, const sw_lattice *lattice,
                                 const sw_pattern *pattern);
size_t sw_packed_find_slot(const sw_packed_basis *basis, sw_step step);
sw_status sw_packed_plan_events(sw_packed *packed, const char **reason, const sw_lattice *lattice);

/* ---- study.c --------------------------------------------------------------------------------- */
/* An event under study: what it does, and what each slot adds to what its rate follows from. */
typedef struct sw_packed_study {
    sw_packed *packed;
    const sw_lattice *lattice;
    const sw_pattern *pattern;
    uint32_t number; /* of the pattern */
    uint8_t basis;
    int before[SW_SLOT_LIMIT], after[SW_SLOT_LIMIT];
    size_t own[SW_SLOT_LIMIT]; /* slots of the basis that the pattern looks at */
    size_t slots;              /* others that it may depend on */
    size_t *slot;
    bool *energetic;                            /* whether energies may depend on it */
    bool additive;                              /* every energy is a sum over the slots */
    sw_packed_sums base;                        /* with all of these slots empty */
    sw_packed_sums (*effect)[SW_PACKED_STATES]; /* [slots] beyond an empty one */
} sw_packed_study;

typedef sw_status sw_packed_visit(void *context, const sw_packed_study *study);
/* Studies every pattern with every choice of species, in order. *reason where they are too many. */
sw_status sw_packed_study_events(sw_packed *packed, const char **reason, const sw_lattice *lattice,
                                 sw_packed_visit *visit, void *context);
/* Whether the event's rate can tell two states of slot[i] apart. */
bool sw_packed_tells_apart(const sw_packed_study *study, size_t i, unsigned a, unsigned b);
/* Whether two effects are the same. */
bool sw_packed_same_effect(const sw_packed_sums *a, const sw_packed_sums *b);

/* ---- group.c --------------------------------------------------------------------------------- */
/* A table under construction: what its index depends on. */
typedef struct sw_packed_shape {
    uint64_t bits[SW_PACKED_WORDS];
    uint32_t number[32]; /* in packed->number, no two with the same masks */
    uint32_t numbers;
} sw_packed_shape;
/* Entries of its table; UINT64_MAX where beyond 2^62. */
uint64_t sw_packed_entries(const sw_packed *packed, const sw_packed_shape *shape);
sw_status sw_packed_make_index(sw_packed_index *index, sw_packed *packed,
                               const sw_packed_shape *shape);
/* Puts the events into groups and into their order. */
sw_status sw_packed_group_events(sw_packed *packed);

/* ---- lookup.c -------------------------------------------------------------------------------- */
sw_status sw_packed_make_lookups(sw_packed *packed);

/* ---- share.c --------------------------------------------------------------------------------- */
/* Lets bases that differ by a translation have their tables in common. */
void sw_packed_share_tables(sw_packed *packed, const sw_lattice *lattice);

/* ---- stands.c -------------------------------------------------------------------------------- */
/* The stands and the sites. NULL or a reason as sw_packed_create. */
sw_status sw_packed_make_sites(sw_packed *packed, const char **reason, const sw_lattice *lattice);

/* ---- patch.c --------------------------------------------------------------------------------- */
sw_status sw_packed_patch_create(sw_packed *packed, const sw_lattice *lattice, sw_error *error);
void sw_packed_patch_destroy(sw_packed_patch *patch);
sw_status sw_packed_patch_set(sw_packed *packed, const sw_lattice *lattice, sw_error *error);
/* Rate of an event in the surroundings that the code stands for, the slots it does not depend on
 * in class 0. */
double sw_packed_ask(sw_packed *packed, const sw_packed_event *event, sw_packed_code code);
/* Empties the patch. */
void sw_packed_patch_empty(sw_packed *packed);
void sw_packed_patch_put(sw_packed *packed, int basis, size_t slot, unsigned state);
/* The sums of an event as the patch is. */
sw_packed_sums sw_packed_patch_sums(sw_packed *packed, const sw_packed_study *study);
double sw_packed_patch_rate(sw_packed *packed, uint32_t pattern, const sw_packed_sums *sums);

/* ---- rates.c --------------------------------------------------------------------------------- */
/* Empties all tables and takes over the lattice's temperature and pressures. */
sw_status sw_packed_forget(sw_packed *packed, const sw_lattice *lattice, sw_error *error);
/* Rate of an event at a site with this code; computed and kept where not known yet. */
double sw_packed_event_rate(sw_packed *packed, sw_packed_event *event, sw_packed_code code);
/* Sum over a group, filled into its table; negative where one of its gates is open. */
double sw_packed_group_total(sw_packed *packed, const sw_packed_group *group, sw_packed_code code);
/* The bin of a code of a narrow basis, filled into its table. */
unsigned sw_packed_direct_bin(sw_packed *packed, sw_packed_basis *basis, sw_packed_code code);
/* The bin for a total; errors are remembered in packed->status. */
unsigned sw_packed_bin_of_total(sw_packed *packed, double total);

/* ---- fill.c ---------------------------------------------------------------------------------- */
void sw_packed_code_of(uint64_t code[SW_PACKED_WORDS], const sw_packed *packed,
                       const sw_lattice *lattice, uint32_t site);
/* Codes and bins of all sites anew. */
sw_status sw_packed_rebuild(sw_lattice *lattice);
/* After a change of species from outside the run. */
void sw_packed_changed(sw_lattice *lattice, uint32_t site, int before, int after);
sw_status sw_packed_audit(sw_lattice *lattice, sw_error *error);
sw_status sw_packed_audit_error(sw_error *error, uint32_t site, const char *what);
/* The total rate of a site by enumeration on the whole lattice, without any table. */
double sw_packed_plain_total(sw_lattice *lattice, uint32_t site);
/* The bin of a site must hold its rate up to rounding at an edge of the bin. */
bool sw_packed_bin_fits(unsigned bin, double rate);

/* ---- order.c --------------------------------------------------------------------------------- */
/* Appends the sites in the order in which they lie in the bins. */
sw_status sw_packed_save(const sw_packed *packed, sw_bytes *bytes);
/* Puts the sites, which lie in the right bins, into a saved order. An error where the saved bins
 * hold other sites. */
sw_status sw_packed_reorder(sw_packed *packed, sw_saved_reader *in);

/* ---- advance.c ------------------------------------------------------------------------------- */
sw_status sw_packed_advance(sw_lattice *lattice, sw_horizon horizon, bool *finished,
                            sw_error *error);

/* ---- run.c ----------------------------------------------------------------------------------- */
/* Moves a site to the bin of its rate. */
void sw_packed_move(sw_packed *packed, uint32_t site, unsigned bin);
unsigned sw_packed_bin_of(sw_packed *packed, uint32_t site);

/* ---- sectors.c ------------------------------------------------------------------------------- */
/* Whether a site lies beyond the sector whose turn it is; its bin is then seen to later. */
bool sw_packed_stray(sw_packed *packed, uint32_t site);

/* Bits of `value` where `bits` are set, side by side from bit 0. */
static inline uint64_t sw_packed_gather(uint64_t value, uint64_t bits) {
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

/* The place in a table that a code names. */
static inline __attribute__((always_inline)) uint64_t
sw_packed_place(const sw_packed_index *index, const sw_packed_part *part, sw_packed_code code,
                uint64_t (*gather)(uint64_t, uint64_t)) {
    uint64_t place = gather(code.first, index->bits);
    const sw_packed_part *next = part + index->first_part;
    for (unsigned i = index->gathers; i > 0; i--, next++)
        /* NOLINTNEXTLINE(clang-analyzer-core.*): codes of one word have no such part */
        place += gather(code.further[next->word - 1], next->mask) * next->stride;
    for (unsigned i = index->numbers; i > 0; i--, next++)
        place += (uint64_t)__builtin_popcountll(
                     /* NOLINTNEXTLINE(clang-analyzer-core.*): codes of one word have word 0 */
                     (next->word ? code.further[next->word - 1] : code.first) & next->mask) *
                 next->stride;
    return place;
}

static inline sw_packed_code sw_packed_code_at(const sw_packed *packed, uint32_t site) {
    return (sw_packed_code){packed->site[site].code,
                            packed->further + (size_t)site * (packed->words - 1)};
}

/* The bits of a slot that hold a state (a species or SW_PACKED_WALL), in place in their word. */
static inline uint64_t sw_packed_slot_bits(const sw_packed_slot *slot, unsigned state) {
    unsigned class = slot->class[state];
    uint64_t bits = slot->one_hot ? (1ULL << class) >> 1 : class;
    return bits << slot->shift;
}

static inline const sw_packed_basis *sw_packed_basis_of(const sw_packed *packed,
                                                        const sw_packed_site *site) {
    return &packed->basis[packed->stand[site->stand].basis];
}

#endif
