/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One domain: a lattice of its own, of the cells of its block and of the halo around it, on the
 * packed engine. Sites of the halo never act; what lies beyond the halo (or, where the axis is
 * periodic, across it) is of no account, because no site that acts sees it.
 */
#ifndef SPILLWAY_LATTICE_DOMAINS_DOMAIN_H
#define SPILLWAY_LATTICE_DOMAINS_DOMAIN_H

#include "lattice/domains/grid.h"

typedef struct sw_buffer {
    uint8_t *data;
    size_t size, capacity;
} sw_buffer;

typedef struct sw_domain {
    int number;
    sw_block block;
    sw_lattice_model model; /* the whole's, with the frame of block and halo, empty */
    sw_lattice *lattice;
    sw_buffer out[SW_GRID_NEIGHBOURS], in[SW_GRID_NEIGHBOURS]; /* parcels, by `beyond` - 1 */
    double running, passing;                                   /* s on the wall */
    sw_status status;
} sw_domain;

/* An empty domain. Refuses models that the packed engine does not take. */
SW_MUST_USE sw_status sw_domain_create(sw_domain *domain, const sw_grid *grid, int number,
                                       const sw_lattice_model *model, uint64_t seed,
                                       sw_error *error);
void sw_domain_destroy(sw_domain *domain);

/* Takes over the species of block and halo, [size z][size y][size x][basis]. */
SW_MUST_USE sw_status sw_domain_fill(sw_domain *domain, const uint8_t *species);

/* Events of a sector from a time to another (s), without the programme. */
void sw_domain_run_turn(sw_domain *domain, unsigned sector, double from, double until);
/* Makes the species of a box those of a parcel; codes follow. Sites that the parcel changes lie
 * beyond the sector of the turn or in the halo. */
void sw_domain_take(sw_domain *domain, const sw_box *box, const uint8_t *species);
/* After the parcels: puts every site into the bin of its rate. */
void sw_domain_end_turn(sw_domain *domain);
/* The clock of the programme, after all turns. */
void sw_domain_pass_time(sw_domain *domain, double time);

/* Copies the species of a box, row by row. */
void sw_domain_copy_out(uint8_t *species, const sw_domain *domain, const sw_box *box);
/* The first site of a row of cells. */
size_t sw_domain_site(const sw_domain *domain, int x, int y, int z);

#endif
