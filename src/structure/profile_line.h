/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line through atoms, with what lies around it: a cylinder, a square bar, or all. */
#ifndef SPILLWAY_STRUCTURE_PROFILE_LINE_H
#define SPILLWAY_STRUCTURE_PROFILE_LINE_H

#include "structure/box.h"
#include "structure/profile.h"

typedef enum sw_cross_section {
    SW_SECTION_ALL,
    SW_SECTION_CIRCLE,
    SW_SECTION_SQUARE
} sw_cross_section;

typedef struct sw_profile_line {
    double start[3];   /* A; distance 0 */
    double axis[3][3]; /* unit vectors: along the line, and two across; a square lies along these */
    double length;     /* A, where it ends; infinite */
    sw_cross_section section;
    double half; /* A, radius of the circle or half a side of the square */
} sw_profile_line;

/* Start and axis[0] of the largest extent through the centre of all atoms. */
void sw_profile_line_longest(sw_profile_line *line, const sw_atoms *atoms);
/* axis[1] and axis[2] for axis[0]: towards `across`, or where that is NULL or lies along the line
 * to the axis of the file that is most across. */
void sw_profile_line_set_across(sw_profile_line *line, const double across[3]);
/* Distance along the line and places across it, A: local[3]. Returns whether it is inside. */
bool sw_profile_line_local(double local[3], const sw_profile_line *line, const double position[3]);
/* Area of the cross-section, A^2; infinite for all. */
double sw_profile_line_area(const sw_profile_line *line);

/*
 * Whether the line has an end and a cross-section, so that periodic images count.
 */
bool sw_profile_line_is_bounded(const sw_profile_line *line);
/*
 * The cells by which what lies in `low` .. `high` (fractions of the box) can be moved into a
 * bounded line: first .. last along each axis, both 0 where it is not periodic. False where these
 * are more than 1e7.
 */
bool sw_profile_line_images(int64_t first[3], int64_t last[3], const sw_profile_line *line,
                            const sw_box *box, const double low[3], const double high[3]);

/*
 * The atoms inside, with all periodic images where the line is bounded; else positions as they
 * stand. SW_ERROR_ARGUMENT where too many images would have to be looked at; errors of
 * sw_box_create. O(atoms x images near the line).
 */
SW_MUST_USE sw_status sw_profile_line_points(sw_profile_points *points, const sw_profile_line *line,
                                             const sw_atoms *atoms, sw_context *context,
                                             sw_error *error);

#endif
