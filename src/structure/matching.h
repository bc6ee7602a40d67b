/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two sets of atoms matched one to one: the closest pairs first, each atom once, up to a distance.
 * A shift common to all found atoms is removed: it is the mean displacement of the matched pairs,
 * found by repeating matching and shifting until it stays.
 */
#ifndef SPILLWAY_STRUCTURE_MATCHING_H
#define SPILLWAY_STRUCTURE_MATCHING_H

#include <spillway/data.h>

#define SW_UNMATCHED UINT32_MAX

typedef struct sw_matching {
    size_t reference_atoms, found_atoms;
    uint32_t *partner;  /* [reference atoms] the found atom, or SW_UNMATCHED */
    uint32_t *of_found; /* [found atoms] the reference atom, or SW_UNMATCHED */
    double *distance;   /* [reference atoms] A, after the shift; NaN where unmatched */
    size_t matched;
    double shift[3]; /* A, added to found positions */
    int rounds;
    bool settled; /* the shift stayed within `shift_tolerance` */
} sw_matching;

typedef struct sw_matching_options {
    double farthest;   /* A: pairs farther apart are no match */
    bool shifted;      /* false: compare as they are */
    bool same_element; /* only atoms of one element match */
    int most_rounds;
    double shift_tolerance; /* A */
} sw_matching_options;

/* Periodic axes are those of the reference. O(n log n) a round for as many candidates as atoms. */
SW_MUST_USE sw_status sw_matching_create(sw_matching *matching, const sw_atoms *reference,
                                         const sw_atoms *found, const sw_matching_options *options,
                                         sw_context *context, sw_error *error);
void sw_matching_clear(sw_matching *matching);

#endif
