/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Atoms of one element told apart by crystal order and packing: a dense crystal (the metal of an
 * oxidised particle), a wide crystal (the metal atoms of its crystalline oxide) and what is neither
 * (amorphous).
 *
 * 1. Crystalline is
 *    SW_ORDER_BY_LATTICE: an atom of a grain (grains.h), its rim with it;
 *    SW_ORDER_BY_BONDS: an atom whose averaged Q4 and Q6, over those of fcc, are not below
 *    `disordered` (bond_order.h); the rule of the published work on zirconium oxide.
 * 2. Dense or wide: the spacing of an atom is the nearest distance of the template that fits around
 *    it, averaged with that of its neighbours. Dense is what lies below `spacing`; where it is NaN
 *    the valley of the distribution of all spacings is taken (bandwidth 1.5 % of the median, at
 *    least `smallest` atoms on either side), and without a valley every crystal is wide. Atoms that
 *    no template fits take their side from their grain, or by bonds from the mean spacing of their
 *    crystalline neighbours, round by round.
 * 3. Smoothing: `smoothing` times every atom takes the phase that most of itself and its neighbours
 *    have, and keeps its own where that is one of them.
 * 4. Connected regions of a phase with fewer than `smallest` atoms take the phase that most of
 *    their neighbours outside have; without a neighbour they stay.
 */
#ifndef SPILLWAY_STRUCTURE_PHASES_H
#define SPILLWAY_STRUCTURE_PHASES_H

#include "structure/bond_order.h"
#include "structure/grains.h"
#include "structure/valley.h"

typedef enum sw_phase_kind {
    SW_PHASE_NONE, /* not looked at */
    SW_PHASE_DENSE,
    SW_PHASE_WIDE,
    SW_PHASE_AMORPHOUS,
    SW_PHASES
} sw_phase_kind;

/* "dense crystal", "wide crystal", "amorphous"; "none". */
const char *sw_phase_name(sw_phase_kind phase);

typedef enum sw_order_rule { SW_ORDER_BY_LATTICE, SW_ORDER_BY_BONDS } sw_order_rule;

typedef struct sw_phase_options {
    sw_order_rule rule;
    double cutoff; /* A, neighbours */
    double disordered;
    const sw_order_reference *reference;
    uint32_t crystals; /* bit c: crystal c */
    double threshold;  /* rmsd of templates */
    double spacing;    /* A; NaN: from the valley */
    size_t smoothing, smallest;
    sw_crystal_grain_options grain; /* label and smallest are set here */
} sw_phase_options;

typedef struct sw_phase_map {
    size_t atoms;
    uint8_t *phase;           /* [atoms] sw_phase_kind, never SW_PHASE_NONE */
    double *order;            /* [atoms] normalised bond order; NULL by lattice */
    double *spacing;          /* [atoms] A; NaN where no template fits */
    double border;            /* A, between dense and wide; NaN where there is none */
    sw_valley valley;         /* NaN where the border was given */
    size_t smoothed, moved;   /* atoms that steps 3 and 4 changed */
    sw_crystal_grains grains; /* of: only where the grain's side is the phase of the atom */
    sw_neighbours neighbours;
} sw_phase_map;

/* SW_ERROR_ARGUMENT, SW_ERROR_NUMERIC (positions, atoms on top of each other), SW_ERROR_MEMORY.
 * Independent of the number of threads. Release with sw_phase_map_clear. O(neighbours). */
SW_MUST_USE sw_status sw_phase_map_create(sw_phase_map *map, const sw_atoms *atoms,
                                          const sw_phase_options *options, sw_context *context,
                                          sw_error *error);
void sw_phase_map_clear(sw_phase_map *map);

#endif
