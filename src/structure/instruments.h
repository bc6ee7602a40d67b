/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of this room, one file each (instrument_NAME.c). */
#ifndef SPILLWAY_STRUCTURE_INSTRUMENTS_H
#define SPILLWAY_STRUCTURE_INSTRUMENTS_H

#include <spillway/structure.h>

extern const sw_instrument sw_instrument_bond_order;
extern const sw_instrument sw_instrument_clusters;
extern const sw_instrument sw_instrument_compare;
extern const sw_instrument sw_instrument_defects;
extern const sw_instrument sw_instrument_interface;
extern const sw_instrument sw_instrument_isosurface;
extern const sw_instrument sw_instrument_orientation;
extern const sw_instrument sw_instrument_oxidation;
extern const sw_instrument sw_instrument_phases;
extern const sw_instrument sw_instrument_profile;
extern const sw_instrument sw_instrument_rdf;
extern const sw_instrument sw_instrument_strain;
extern const sw_instrument sw_instrument_surface;
extern const sw_instrument sw_instrument_template;
extern const sw_instrument sw_instrument_voids;
extern const sw_instrument sw_instrument_voronoi;

#endif
