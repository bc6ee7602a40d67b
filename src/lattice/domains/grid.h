/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a frame is cut into domains, and who must hear of the changes of a turn.
 *
 *   domain   a block of unit cells; number = (z * domains y + y) * domains x + x
 *   halo     `reach` cells around a block along every axis that is cut: what rates of its sites
 *            depend on; periodic axes that are not cut have none
 *   sector   the lower or upper half of a block along every axis that is cut: 2, 4 or 8; bit n of
 *            its number tells the half along the n-th axis that is cut
 *
 * During a turn all domains run the same sector. An event there changes sites up to `change`
 * cells beyond it and depends on sites up to `reach` cells beyond it. Halves have at least
 * reach + change cells, so what one domain changes no other depends on or changes in that turn.
 *
 * After the turn a domain sends the species around its sector to the neighbours beyond the
 * sector's outer sides. `beyond` says which: bit n is set where it lies beyond the n-th axis that
 * is cut; so there are 1, 3 or 7 neighbours.
 */
#ifndef SPILLWAY_LATTICE_DOMAINS_GRID_H
#define SPILLWAY_LATTICE_DOMAINS_GRID_H

#define SW_GRID_NEIGHBOURS 7 /* of a sector, at most */
#define SW_GRID_DOMAINS 4096 /* at most */

#include "lattice/state.h"

typedef struct sw_grid {
    int size[3]; /* cells */
    bool periodic[3];
    int domains[3], count;
    int reach[3], change[3]; /* cells */
    int bit[3];              /* of a sector's number; -1 where the axis is not cut */
    unsigned sectors;
    int basis_sites;
} sw_grid;

/* Cells from `low` up to but not including `high`. */
typedef struct sw_box {
    int low[3], high[3];
} sw_box;

/* Local cells count from the corner of the halo. */
typedef struct sw_block {
    int place[3];           /* of the domain among the domains */
    int first[3];           /* cell of the frame */
    int owned[3];           /* cells */
    int half[3];            /* cells of the lower half; all where the axis is not cut */
    int before[3], size[3]; /* halo before the block; block and halo together */
} sw_block;

/* Fills all but reach and change. */
void sw_grid_cut(sw_grid *grid, const sw_frame *frame, const int domains[3]);
/* Finds reach and change from the patterns of a lattice of that frame. */
SW_MUST_USE sw_status sw_grid_find_reach(sw_grid *grid, const sw_lattice *lattice);
/* Refuses blocks that are too thin. */
SW_MUST_USE sw_status sw_grid_check(const sw_grid *grid, sw_error *error);

sw_block sw_grid_block(const sw_grid *grid, int domain);
/* In local cells. */
sw_box sw_block_owned(const sw_block *block);
sw_box sw_grid_sector(const sw_grid *grid, const sw_block *block, unsigned sector);

/* A parcel of a turn: where its species lie at its sender and where at its receiver. */
typedef struct sw_passage {
    int from, to;
    sw_box source, target; /* local cells, of equal size */
} sw_passage;

/* The parcel that `domain` sends beyond, or (`arriving`) the one it gets from the other side; false
 * where there is none. */
bool sw_grid_passage(sw_passage *passage, const sw_grid *grid, int domain, unsigned sector,
                     unsigned beyond, bool arriving);

size_t sw_box_cells(const sw_box *box);

#endif
