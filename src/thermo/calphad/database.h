/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a database holds, as it was read. Indices everywhere; names only in the lists of names. */
#ifndef SPILLWAY_THERMO_CALPHAD_DATABASE_H
#define SPILLWAY_THERMO_CALPHAD_DATABASE_H

#include "thermo/calphad/expression.h"

#include <spillway/calphad.h>

#define CALPHAD_SUBLATTICES 10
#define CALPHAD_SPECIES_ELEMENTS 6
#define CALPHAD_TYPES 16       /* type definitions of a phase */
#define CALPHAD_ORDERED 4      /* elements with a magnetic factor of their own */
#define CALPHAD_VACANCY 0      /* the species VA is always there, first */
#define CALPHAD_ANY UINT16_MAX /* a constituent written '*' */

typedef struct sw_calphad_species {
    bool declared;
    double charge;
    int elements;
    uint16_t element[CALPHAD_SPECIES_ELEMENTS]; /* indices of species: an element is one too */
    double amount[CALPHAD_SPECIES_ELEMENTS];
} sw_calphad_species;

/* A run in calphad_database.constituents. */
typedef struct sw_calphad_run {
    uint32_t first, count;
} sw_calphad_run;

/* What magnetic order does to mobilities (DIFFUSION MAGNETIC): alpha of Jonsson, of all and of some. */
typedef struct sw_calphad_ordering {
    double alpha;
    int elements;
    uint16_t element[CALPHAD_ORDERED];
    double own_alpha[CALPHAD_ORDERED];
} sw_calphad_ordering;

typedef struct sw_calphad_phase {
    bool declared;
    char suffix; /* of "LIQUID:L"; 0 where none */
    char types[CALPHAD_TYPES];
    int sublattices;
    double sites[CALPHAD_SUBLATTICES];
    sw_calphad_run constituents[CALPHAD_SUBLATTICES]; /* indices of species */
    bool has_constituents;
    sw_calphad_ordering ordering;
    uint32_t first_parameter, last_parameter; /* plus one; 0: none */
} sw_calphad_phase;

enum sw_calphad_property {
    CALPHAD_GIBBS,
    CALPHAD_CURIE,
    CALPHAD_MOMENT,
    CALPHAD_MOBILITY,
    CALPHAD_FREQUENCY,
    CALPHAD_OTHER
};

typedef struct sw_calphad_parameter {
    enum sw_calphad_property property;
    uint16_t target; /* of a mobility: the species that moves */
    uint16_t order;
    sw_calphad_run constituents[CALPHAD_SUBLATTICES]; /* within a sublattice by name, '*' last */
    sw_calphad_expression expression;
    uint32_t line, next; /* next parameter of the phase, plus one */
} sw_calphad_parameter;

/* Type definitions by their letter. */
typedef struct sw_calphad_type {
    bool magnetic, ordered;
    double antiferromagnetic, p; /* factor -1 or -3; 0.4 or 0.28 */
    char phase[CALPHAD_NAME];    /* that it is for; "@" or "": any */
    char disordered[CALPHAD_NAME];
} sw_calphad_type;

typedef struct sw_calphad_note_text {
    char text[400];
} sw_calphad_note_text;

struct sw_calphad {
    sw_calphad_names species_names, phase_names;
    sw_calphad_species *species;
    size_t species_capacity;
    sw_calphad_phase *phases;
    size_t phase_capacity;
    sw_calphad_parameter *parameters;
    size_t parameter_count, parameter_capacity;
    uint16_t *constituents;
    size_t constituent_count, constituent_capacity;
    sw_calphad_type types[128]; /* [letter] */
    sw_calphad_expressions expressions;
    sw_calphad_note_text *notes;
    size_t note_count, note_capacity, notes_left_out;
    char source[256];
};

/* Adds a note with the place of the cursor; many are counted only. */
bool sw_calphad_remark(sw_calphad *database, const sw_calphad_cursor *cursor, const char *format,
                       ...) SW_PRINTF(3, 4);
/* Adds to the shared list of constituents; false without memory. */
bool sw_calphad_add_constituent(sw_calphad *database, uint16_t species);
/* The type definition of a phase that is magnetic, or that makes it the ordered part of another;
 * NULL where none. */
const sw_calphad_type *sw_calphad_magnetism_of(const sw_calphad *database, size_t phase);
const sw_calphad_type *sw_calphad_order_of(const sw_calphad *database, size_t phase);

#endif
