/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The stable phases of metals of given amounts under oxygen of any pressure: at each temperature a
 * row of intervals along the logarithm of pO2, or of pH2O/pH2, each with one set of phases.
 */
#ifndef DIAGRAMS_PHASE_MAP_H
#define DIAGRAMS_PHASE_MAP_H

#include "diagrams/columns.h"
#include "diagrams/mixture.h"
#include "diagrams/sweep.h"

#define MAP_INTERVALS 32
#define MAP_SETS 128
#define MAP_NAME 112

enum sw_map_axis { MAP_OXYGEN, MAP_WATER }; /* log10(pO2 / bar), log10(pH2O/pH2) */

/* edge[k] to edge[k + 1] is interval k. */
struct sw_map_row {
    double temperature; /* K */
    size_t intervals;
    int set[MAP_INTERVALS];
    double edge[MAP_INTERVALS + 1];
    /* Share of nickel in the metal of halite, as far as it was seen; NaN: none. */
    double least[MAP_INTERVALS], most[MAP_INTERVALS];
};

struct sw_map_settings {
    struct sw_diagram_mixture metals;
    enum sw_map_axis axis;
    double low, high; /* of the axis */
    struct sw_sweep sweep;
    struct sw_map_row *at; /* NULL, or a row for one more temperature, which is in it */
};

struct sw_diagram_phase_map {
    size_t rows, room;
    struct sw_map_row *row; /* rising temperatures; two at almost the same where sets change */
    size_t sets;
    char name[MAP_SETS][MAP_NAME]; /* "fcc + halite" */
    bool oxides;                   /* with their compositions */
    struct sw_beyond beyond;
};

/*
 * Every edge to 1e-9 of the axis' decade, and every temperature at which the order of sets changes
 * to 1e-5 K, as far as intervals of a fiftieth of the axis, and of the steps of the sweep, show
 * them. To be cleared, after errors too.
 */
SW_MUST_USE sw_status sw_diagram_phase_map_make(struct sw_diagram_phase_map *map,
                                                const struct sw_map_settings *settings,
                                                sw_context *context, sw_error *error);
bool sw_map_row_same_sets(const struct sw_map_row *one, const struct sw_map_row *other);
void sw_diagram_phase_map_clear(struct sw_diagram_phase_map *map);

#endif
