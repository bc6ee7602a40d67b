/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is counted against a distance: elements in bins of one width. Bins may overlap: each begins
 * a whole part of its width after the one before. Counts are kept by these parts, which do not
 * overlap:
 *
 *   part p   first + p part .. first + (p + 1) part
 *   bin b    parts b .. b + overlap - 1
 */
#ifndef SPILLWAY_STRUCTURE_PROFILE_H
#define SPILLWAY_STRUCTURE_PROFILE_H

#include "structure/composition.h"

/* Atoms, or images of them, and how far they are. */
typedef struct sw_profile_points {
    size_t count, capacity;
    uint32_t *atom;
    double *distance; /* A */
} sw_profile_points;

SW_MUST_USE sw_status sw_profile_points_add(sw_profile_points *points, size_t atom,
                                            double distance);
void sw_profile_points_clear(sw_profile_points *points);

typedef struct sw_profile_options {
    double step;      /* A, width of a bin, above 0 */
    size_t overlap;   /* bins that hold a distance; 1: none overlap */
    double low, high; /* A; points outside are not counted; infinite: all */
} sw_profile_options;

typedef struct sw_profile {
    size_t bins, parts, overlap, elements;
    double first, part; /* A */
    double low, high;   /* A, of the options */
    size_t *count;      /* [parts][elements] of the composition */
    size_t *total;      /* [parts] */
} sw_profile;

/*
 * Bins cover all counted points, from a whole number of steps. SW_ERROR_ARGUMENT where no point of
 * an element is inside or there are more than 1e6 parts, SW_ERROR_NUMERIC for distances that are
 * not finite. O(points).
 */
SW_MUST_USE sw_status sw_profile_create(sw_profile *profile, const sw_profile_points *points,
                                        const sw_composition *composition,
                                        const sw_profile_options *options, sw_error *error);
void sw_profile_clear(sw_profile *profile);

/* Of a bin: the middle of it (A), what is counted in it, and of one element. */
double sw_profile_middle(const sw_profile *profile, size_t bin);
size_t sw_profile_total(const sw_profile *profile, size_t bin);
size_t sw_profile_count(const sw_profile *profile, size_t bin, size_t element);

#endif
