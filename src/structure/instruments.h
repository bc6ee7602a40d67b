/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of this room, one file each (instrument_NAME.c). */
#ifndef SPILLWAY_STRUCTURE_INSTRUMENTS_H
#define SPILLWAY_STRUCTURE_INSTRUMENTS_H

#include <spillway/structure.h>

extern const sw_instrument sw_instrument_clusters, sw_instrument_compare, sw_instrument_defects,
    sw_instrument_profile, sw_instrument_strain;

#endif
