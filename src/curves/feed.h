/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A mixture of oxides and metals that hydrogen reduces to metal: how much of its mass is oxygen.
 * Written "Fe2O3", "50 mg Fe2O3", "0.65 Fe2O3 + 0.35 NiO" (masses), "Fe2O3 + NiO 36 wt% Ni" (of the
 * metal that is left, two parts), "Fe2O3 + Ni 35 at% Ni". All oxygen counts as removable. Atomic
 * weights: sw_element_mass.
 */
#ifndef SPILLWAY_CURVES_FEED_H
#define SPILLWAY_CURVES_FEED_H

#include <spillway/data.h>

enum { SW_FEED_PARTS = 6, SW_FEED_ELEMENTS = 6 };

typedef struct sw_feed_part {
    char name[32];
    int element[SW_FEED_ELEMENTS];  /* atomic numbers; 0 after the last */
    double atoms[SW_FEED_ELEMENTS]; /* in a formula unit */
    double molar_mass;              /* amu */
    double share;                   /* of the mass of the feed */
} sw_feed_part;

typedef struct sw_feed {
    size_t parts;
    sw_feed_part part[SW_FEED_PARTS];
    double mass; /* mg, of all; 0 where not given */
} sw_feed;

/* SW_ERROR_ARGUMENT at `place`, with what was expected. */
SW_MUST_USE sw_status sw_feed_parse(sw_feed *feed, const char *text, const char *place,
                                    sw_error *error);
/* Oxygen in the mass of the feed: the theoretical mass loss. */
double sw_feed_loss(const sw_feed *feed);
/* The share of one part in the oxygen of the feed; NaN where there is none. */
double sw_feed_oxygen_share(const sw_feed *feed, size_t part);
/* Share of an element in the atoms, and in the mass, of the metal that is left. */
double sw_feed_atom_share(const sw_feed *feed, int element);
double sw_feed_metal_share(const sw_feed *feed, int element);
/* The part of this name, or -1. */
ptrdiff_t sw_feed_find(const sw_feed *feed, const char *name);

#endif
