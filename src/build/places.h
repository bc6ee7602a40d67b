/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbered places that come and go, found by nearness: bins of at least a given width in a hash
 * table, each a list. Unlike the grid of the structure room it is filled one by one, while atoms
 * are being placed. Periodic images are seen in any cell, also one smaller than the distance asked
 * for.
 */
#ifndef SPILLWAY_BUILD_PLACES_H
#define SPILLWAY_BUILD_PLACES_H

#include <spillway/base.h>

typedef struct sw_places {
    bool periodic[3];
    double cell[3][3], inverse[3][3]; /* rows, A */
    double bins[3];                   /* along each axis of the cell */
    double width[3];                  /* A, of a bin */
    size_t buckets;                   /* a power of two */
    uint32_t *head;                   /* [buckets] first place + 1 */
    size_t capacity, used;
    struct sw_place {
        double position[3]; /* A, wrapped along periodic axes */
        int64_t bin[3];
        uint32_t next; /* place + 1 */
        bool present;
    } * place; /* [capacity] by number */
} sw_places;

/* Bins of about `width` A. cell NULL: free space. */
SW_MUST_USE sw_status sw_places_create(sw_places *places, const double cell[3][3],
                                       const bool periodic[3], double width, sw_error *error);
void sw_places_clear(sw_places *places);
/* The position inside the cell along periodic axes. */
void sw_places_wrap(double wrapped[3], const sw_places *places, const double position[3]);
/* A number that is not present yet. Amortised O(1). */
SW_MUST_USE sw_status sw_places_add(sw_places *places, size_t number, const double position[3],
                                    sw_error *error);
void sw_places_remove(sw_places *places, size_t number);
/* To another position. */
void sw_places_move(sw_places *places, size_t number, const double position[3]);

/* Gets every place and image nearer than the distance asked for: from the position asked for to it,
 * and the square of that length. False ends the visit. It must not add, move or remove places. */
typedef bool (*sw_places_function)(void *user, size_t number, const double vector[3],
                                   double squared);
void sw_places_visit(const sw_places *places, const double position[3], double distance,
                     sw_places_function function, void *user);
/* Whether any is nearer than `distance`. */
bool sw_places_any(const sw_places *places, const double position[3], double distance);

#endif
