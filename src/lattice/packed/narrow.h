/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The narrow tier of the packed engine: where the codes of all sites fit into 16 bits, a site is
 * eight bytes, its bin and its events are looked up by its code, and nothing in an event's way is a
 * branch that cannot be foretold but the event itself.
 *
 *   update   one exclusive or into a code; the lists of the events are padded to a few lengths
 *   pick     the events of a code as an alias table (Walker, ACM Trans. Math. Softw. 3, 253 (1977))
 * in whole numbers: the upper bits of a random number name a column, the others decide between the
 * two outcomes of the column; what the bin's edge exceeds the rates by is the outcome that nothing
 * happens
 */
#ifndef SPILLWAY_LATTICE_PACKED_NARROW_H
#define SPILLWAY_LATTICE_PACKED_NARROW_H

#include "lattice/packed/narrow_bins.h"
#include "lattice/packed/run.h"

#define SW_NARROW_NOTHING UINT32_MAX /* no event */
#define SW_NARROW_NEAR 16
#define SW_NARROW_FEWEST_SITES 200000 /* fewer lie in the cache: the ordinary loop is faster */

typedef struct sw_narrow_site {
    uint32_t place; /* in its bin */
    uint16_t code;
    uint16_t stand;
} sw_narrow_site;

/* The exclusive or of a site's code, as it is seen from the anchor. */
typedef struct sw_narrow_update {
    int32_t offset; /* SW_PACKED_OUTSIDE beyond a boundary */
    uint16_t mask;
} sw_narrow_update;

/* What an event does. Its updates are sorted by basis; padded, they come in stretches. */
typedef struct sw_narrow_deed {
    uint32_t first_update, first_stretch;
    uint16_t stretches;
    uint8_t writes;
    struct {
        uint16_t update;
        uint8_t after;
    } change[SW_SLOT_LIMIT];
} sw_narrow_deed;

/* Updates of sites of one basis. */
typedef struct sw_narrow_stretch {
    const uint16_t *bin; /* by code */
    uint32_t updates;
} sw_narrow_stretch;

typedef struct sw_narrow_outcome {
    uint64_t threshold;
    uint32_t event[2]; /* below it and not */
} sw_narrow_outcome;

typedef struct sw_narrow {
    sw_narrow_site *site; /* [sites] */
    sw_narrow_bins bins;
    sw_narrow_deed *deed; /* [events] */
    sw_narrow_stretch *stretch;
    size_t stretches, stretch_capacity;
    sw_narrow_update *update; /* [zones][updates] */
    size_t updates;
    sw_narrow_update **of_stand; /* [stands] those of its zone */
    int32_t
        near[SW_NARROW_NEAR]; /* distances at which an event far from boundaries changes sites, */
    unsigned nears;           /* one for each cache line; 0: they all fit into the cache */
    bool closed;              /* some sites have neighbours outside */
    uint32_t **pick; /* [basis][2^bits] first outcome x 32 + bits of the column; 0 not known yet */
    size_t bases;
    sw_narrow_outcome *outcome;
    size_t outcomes, capacity;
} sw_narrow;

/* ---- narrow.c -------------------------------------------------------------------------------- */
/* Whether all codes are narrow. */
bool sw_narrow_suits(const sw_packed *packed);
/* Whether a new lattice is better off here: narrow, large, without domains and scaling. */
bool sw_narrow_wins(const sw_packed *packed, const sw_lattice *lattice);
/* Puts a suitable engine of so many sites into the narrow tier, after its stands were made; what
 * the sites hold is left to the caller. */
sw_status sw_narrow_create(sw_packed *packed, size_t sites);
void sw_narrow_destroy(sw_narrow *narrow);
/* Forgets the picks. */
void sw_narrow_forget(sw_packed *packed);
/* The pick of a code at its basis, made where it is not known yet; 0 where there is no memory. */
uint32_t sw_narrow_pick(sw_packed *packed, uint8_t basis, uint16_t code);

/* ---- narrow_sites.c -------------------------------------------------------------------------- */
/* Codes and bins of all sites from the species; errors are remembered in packed->status. */
void sw_narrow_enter_sites(sw_lattice *lattice);
/* One exclusive or into the code of a site, from outside the run. */
void sw_narrow_change(sw_packed *packed, uint32_t site, uint16_t mask);
sw_status sw_narrow_audit(sw_lattice *lattice, sw_error *error);
/* Moves a running lattice that suits into the narrow tier whatever its size: small lattices are
 * how the tier is tested. The order within bins is lost. */
sw_status sw_narrow_adopt(sw_lattice *lattice);

/* ---- narrow_run.c ---------------------------------------------------------------------------- */
/* Attempts until the leg ends or the feed is used up. True where the time ran out. */
bool sw_narrow_run(sw_lattice *lattice, const sw_packed_leg *until);
/* Bound of the rate of all sites, 1/s. */
double sw_narrow_total(const sw_narrow *narrow);

static inline uint8_t sw_narrow_basis_at(const sw_packed *packed, uint32_t site) {
    return packed->stand[packed->narrow->site[site].stand].basis;
}

/* The bin in which a site lies. */
static inline unsigned sw_narrow_bin_at(const sw_packed *packed, uint32_t site) {
    const uint16_t *bin = packed->basis[sw_narrow_basis_at(packed, site)].bin;
    return bin ? bin[packed->narrow->site[site].code] : SW_PACKED_NO_BIN;
}

#endif
