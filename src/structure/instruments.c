/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/instruments.h"

static const sw_instrument *const rows[] = {
    &sw_instrument_bond_order,  &sw_instrument_clusters,  &sw_instrument_compare,
    &sw_instrument_defects,     &sw_instrument_interface, &sw_instrument_isosurface,
    &sw_instrument_orientation, &sw_instrument_oxidation, &sw_instrument_phases,
    &sw_instrument_profile,     &sw_instrument_rdf,       &sw_instrument_strain,
    &sw_instrument_surface,     &sw_instrument_template,  &sw_instrument_voids,
    &sw_instrument_voronoi,
};

const sw_instrument *sw_structure_instrument(size_t index) {
    return index < sizeof rows / sizeof rows[0] ? rows[index] : NULL;
}
