/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Atoms on the sites of a reference: every atom belongs to the site nearest to it (the site's
 * Wigner-Seitz cell), if that is not too far. A site with none is vacant, one with several holds
 * interstitials.
 */
#ifndef SPILLWAY_STRUCTURE_OCCUPANCY_H
#define SPILLWAY_STRUCTURE_OCCUPANCY_H

#include <spillway/data.h>

#define SW_NO_SITE UINT32_MAX

typedef struct sw_occupancy {
    size_t site_count, atom_count;
    uint32_t *atoms;   /* [sites] how many atoms */
    uint32_t *nearest; /* [sites] the atom nearest to the site's centre, or SW_NO_SITE */
    double *distance;  /* [sites] A, of that atom; NaN where vacant */
    uint32_t *site_of; /* [atoms] or SW_NO_SITE */
} sw_occupancy;

/* shift is added to the atoms; an atom farther than `farthest` (A) from every site has none.
 * Periodic axes are those of the reference. O(atoms). */
SW_MUST_USE sw_status sw_occupancy_create(sw_occupancy *occupancy, const sw_atoms *reference,
                                          const sw_atoms *atoms, const double shift[3],
                                          double farthest, sw_context *context, sw_error *error);
void sw_occupancy_clear(sw_occupancy *occupancy);

#endif
