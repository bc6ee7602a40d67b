/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A powder model compiled to what the rates need: SI units (m, mol, s, K), amounts, areas, and the
 * layout of the state.
 *
 *   y = [ water out | stream: H2, H2O | cell 0 | cell 1 | ... ]
 *   cell = [ H2, H2O, NiO, fcc iron, | bin 0 | bin 1 ... ]
 *   bin = [ v Fe2O3, v Fe3O4, v FeO, nuclei, bcc area, fcc area ]
 *
 * Gas states are concentrations over `concentration`; water out is in moles of the oxygen that can
 * leave. NiO is the share of the cell's nickel, fcc iron the share of its iron. The three v are the
 * shares of a grain's iron that lie within its fronts (all of the outer front and what it holds).
 * Nuclei are counted on SW_POWDER_NUCLEI m2; areas are extended ones, as in Avrami's theory.
 */
#ifndef SPILLWAY_POWDER_COMPILED_H
#define SPILLWAY_POWDER_COMPILED_H

#include "powder/alloy.h"
#include "powder/equilibria.h"

#include <spillway/powder_model.h>

enum { SW_STATE_OUT, SW_STATE_STREAM, SW_STATE_CELLS = 3 };
enum { SW_CELL_H2, SW_CELL_H2O, SW_CELL_NIO, SW_CELL_FCC, SW_CELL_BINS };
enum { SW_BIN_FRONT, SW_BIN_NUCLEI = SW_FRONTS, SW_BIN_BCC, SW_BIN_FCC, SW_BIN_SIZE };

#define SW_POWDER_NUCLEI 1e-12        /* m2 */
#define SW_OXYGEN_WUSTITE (1 / 0.947) /* per iron */
#define SW_MASS_IRON 0.055845         /* kg/mol: CODATA atomic weights */
#define SW_MASS_NICKEL 0.0586934
#define SW_MASS_OXYGEN 0.015999

typedef struct sw_powder_compiled {
    const sw_powder_model *model;
    const sw_powder_equilibria *equilibria;
    const sw_powder_alloy *alloy;
    size_t cells, bins, cell_size, size; /* of the state */
    double iron, nickel;                 /* mol in the sample */
    double mass;                         /* kg as weighed in */
    double oxygen_fed;                   /* mol that can leave */
    double oxygen;                       /* the same; where there is none, mol that iron can take */
    double radius[SW_POWDER_BIN_LIMIT];  /* m, of the grains of a bin */
    double area, depth;                  /* m2, m of the bed */
    double void_volume;                  /* m3 of gas in a cell */
    double feed_flow;                    /* mol/s */
    double concentration;                /* mol/m3 of all gas at SW_POWDER_REFERENCE */
    double contact;                      /* share of the oxide's surface that touches nickel */
    double contact_radius;               /* m */
    double contact_density;              /* 1/m2 of oxide surface */
    double nickel_area;                  /* m2 of nickel metal per mol */
    double oxide_area;                   /* m2 of oxide surface per mol of iron, mean over bins */
    double nickel_radius;                /* m, of a grain of the metal */
    double accessible;                   /* share of the nickel that iron mixes with */
    double nuclei;                       /* per m of front; see sw_powder_nuclei */
    double start, end;                   /* s, of the programme */
} sw_powder_compiled;

#define SW_POWDER_REFERENCE 973.15 /* K */

/* Share of the feed's mass that can leave as oxygen. */
double sw_powder_oxygen_share(const sw_powder_feed *feed);

/* Fills `compiled`, which keeps a pointer to the model. Fails where a temperature of the programme
 * lies outside the tables of the species. */
SW_MUST_USE sw_status sw_powder_compile(sw_powder_compiled *compiled, const sw_powder_model *model,
                                        sw_error *error);
/* The state at the start. `state` has compiled->size places. */
void sw_powder_start(double *state, const sw_powder_compiled *compiled);
/* Where the cell begins in the state. */
static inline size_t sw_powder_cell(const sw_powder_compiled *compiled, size_t cell) {
    return SW_STATE_CELLS + cell * compiled->cell_size;
}
/* Oxygen per iron that leaves at each front. */
extern const double sw_powder_oxygen_step[SW_FRONTS];

#endif
