/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one look at all sites gives: amounts, areas, where the particle and the interface are. */
#ifndef SPILLWAY_LATTICE_CENSUS_H
#define SPILLWAY_LATTICE_CENSUS_H

#include "lattice/observer.h"

typedef struct sw_census {
    double held[SW_KIND_LIMIT][SW_SPECIES_LIMIT]; /* sites of a kind that hold a species */
    double sites[SW_KIND_LIMIT];
    double phase[16];
    double core_atoms, core_in_metal, open_exchanged, interface_atoms, reached;
    double interface[3], core[3]; /* A */
    double area[16][3];           /* nm2 */
    bool core_found;
} sw_census;

/* O(sites); what only phases, a core, exchanged atoms or a supply need is left out without them. */
sw_status sw_census_take(sw_census *found, const sw_lattice *lattice);
/* Sites that hold a species, of all kinds. */
double sw_census_atoms(const sw_census *found, size_t species);

#endif
