/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is counted along a line: elements in bins of one width, inside a cylinder around it or
 * anywhere. */
#ifndef SPILLWAY_STRUCTURE_PROFILE_H
#define SPILLWAY_STRUCTURE_PROFILE_H

#include "structure/composition.h"

typedef struct sw_profile_line {
    double start[3];     /* A; distance 0 */
    double direction[3]; /* unit vector */
    double radius;       /* A, atoms within it of the line; infinite: all (distance from a plane) */
    double step;         /* A, width of a bin */
} sw_profile_line;

typedef struct sw_profile {
    size_t bins, elements;
    double first, step; /* A: bin b is first + b step .. first + (b + 1) step */
    size_t *count;      /* [bins][elements] of the composition */
    size_t *total;      /* [bins] */
} sw_profile;

/* The axis of the largest extent through the centre of all atoms; *line gets start and direction.
 */
void sw_profile_longest(sw_profile_line *line, const sw_atoms *atoms);
/*
 * Positions as they stand: no periodic images. Bins cover all atoms inside, from a whole number of
 * steps. SW_ERROR_ARGUMENT where no counted atom is inside or there are more than 1e6 bins,
 * SW_ERROR_NUMERIC for positions that are not finite. O(atoms).
 */
SW_MUST_USE sw_status sw_profile_create(sw_profile *profile, const sw_atoms *atoms,
                                        const sw_composition *composition,
                                        const sw_profile_line *line, sw_error *error);
void sw_profile_clear(sw_profile *profile);

#endif
