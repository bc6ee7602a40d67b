/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The atoms while they are being built: all that were ever placed, each with what is known of it,
 * and those present by place. Positions are A from the middle of the cell.
 */
#ifndef SPILLWAY_BUILD_DRAFT_H
#define SPILLWAY_BUILD_DRAFT_H

#include "base/text.h"
#include "build/places.h"
#include "build/region.h"

#include <spillway/data.h>

/* Why an atom is not there. Those that gave way to others leave no trace. */
typedef enum sw_gone {
    SW_PRESENT,
    SW_GONE_SITE, /* a site that is not filled */
    SW_GONE_VACANCY,
    SW_GONE_PORE,
    SW_GONE_MISSING,
    SW_GONE_HIDDEN,
    SW_GONE_WAY /* gave way to another atom */
} sw_gone;

typedef struct sw_draft_atom {
    double position[3];
    double displacement[3];
    double oxidation;
    uint32_t sites;
    uint32_t grain; /* from 1; 0: none */
    uint32_t fill;
    uint8_t element;
    uint8_t gone; /* sw_gone */
} sw_draft_atom;

typedef struct sw_draft {
    const sw_recipe *recipe;
    sw_context *context;
    sw_error *error;
    double middle[3];       /* A, of the cell from its corner */
    double low[3], high[3]; /* A, a box around the cell; infinite without */
    double inverse[3][3];   /* of the cell */
    size_t atoms, capacity;
    sw_draft_atom *atom;
    sw_places present; /* by number of the atom; positions are from the corner */
    uint32_t fills;    /* done so far */
    size_t step;       /* the present one: also the stream of its random numbers */
    bool oxidised, displaced;
    size_t added, removed; /* by the present step */
    char done[200];        /* what it did, in words */
    sw_text grains;        /* "1:1 w x y z, ..." */
    sw_text pores;         /* "x y z r, ..." */
} sw_draft;

SW_MUST_USE sw_status sw_draft_create(sw_draft *draft, const sw_recipe *recipe, sw_context *context,
                                      sw_error *error);
void sw_draft_clear(sw_draft *draft);

/* A stream of random numbers of the present step; parts of a step have streams of their own. */
sw_random sw_draft_random(const sw_draft *draft, unsigned part);
/* SW_ERROR_MODEL at the present step. */
SW_MUST_USE sw_status sw_draft_fail(sw_draft *draft, const char *hint, const char *format, ...)
    SW_PRINTF(3, 4);
/* Whether a place is in the cell; always where there is none. */
bool sw_draft_has(const sw_draft *draft, const double position[3]);
/* Bounds of a region (-1: everywhere) inside the cell; an error where it has no end. */
SW_MUST_USE sw_status sw_draft_bounds(double low[3], double high[3], sw_draft *draft, int region);

SW_MUST_USE sw_status sw_draft_add(sw_draft *draft, const sw_draft_atom *atom);
void sw_draft_remove(sw_draft *draft, size_t number, sw_gone gone);
void sw_draft_move(sw_draft *draft, size_t number, const double position[3]);
/* Visits what is present near a position from the middle. */
void sw_draft_visit(const sw_draft *draft, const double position[3], double distance,
                    sw_places_function function, void *user);

/* Least distance of two elements, and the largest of all pairs. */
double sw_pair_distance_of(const sw_pair_distances *distances, int first, int second);
double sw_pair_distance_largest(const sw_pair_distances *distances);

/* A place drawn evenly from the box between low and high, and the same place seen from the corner of
 * the cell; two blocks of random numbers. */
void sw_draft_draw_place(double place[3], double corner[3], const sw_draft *draft,
                         const double low[3], const double high[3], sw_random *random);

#endif
