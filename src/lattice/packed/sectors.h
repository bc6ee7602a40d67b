/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A lattice cut into sectors that have their turns one after another (lattice/domains). Every
 * sector has bins of its own, so a turn ends and begins without a look at any site; an event near
 * the edge of its sector changes the codes of sites beyond it at once, and such strays move to
 * the bin of their new rate when sw_packed_settle is called.
 *
 * The parts share everything but bins and feed; lattice->packed is the one whose turn it is.
 */
#ifndef SPILLWAY_LATTICE_PACKED_SECTORS_H
#define SPILLWAY_LATTICE_PACKED_SECTORS_H

#include "lattice/packed/packed.h"

#define SW_SECTOR_LIMIT 8
#define SW_NO_SECTOR 0xffu /* the site never acts; only its code is kept */

struct sw_packed_sectors {
    uint8_t *of; /* [sites] */
    sw_packed *part[SW_SECTOR_LIMIT];
    unsigned count;
    uint32_t *stray;
    size_t strays, capacity;
};

/* Cuts the engine of a lattice: of[] [sites] holds sectors below `count` or SW_NO_SECTOR and is
 * copied. All bins are empty then, until a rebuild. Once for a lattice. */
SW_MUST_USE sw_status sw_packed_divide(sw_lattice *lattice, const uint8_t *of, unsigned count);
void sw_packed_sectors_destroy(sw_packed *packed);
/* Gives the turn to a sector. */
void sw_packed_take_turn(sw_lattice *lattice, unsigned sector);
/* Moves the strays to the bins of their rates. */
void sw_packed_settle(sw_lattice *lattice);
/* Bound of the rate of all sites of all sectors, and of the fastest site, 1/s. */
void sw_packed_find_rates(double *total, double *fastest, const sw_packed *packed);
/* Empties all bins and forgets the strays; conditions become those of `packed`. */
void sw_packed_empty(sw_packed *packed);

/* The part in whose bins a site lies: NULL where it never acts. */
static inline sw_packed *sw_packed_part_of(sw_packed *packed, uint32_t site) {
    const struct sw_packed_sectors *sectors = packed->sectors;
    if (!sectors)
        return packed;
    return sectors->of[site] == SW_NO_SECTOR ? NULL : sectors->part[sectors->of[site]];
}

#endif
