/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The parallelepiped that atoms live in. Along a periodic axis it is the cell; along others it is
 * as wide as the atoms, whatever the cell says, so every atom has fractional coordinates in [0, 1].
 *
 *   position = origin + fraction * cell          (row vectors, A)
 */
#ifndef SPILLWAY_STRUCTURE_BOX_H
#define SPILLWAY_STRUCTURE_BOX_H

#include <spillway/data.h>

typedef struct sw_box {
    double cell[3][3]; /* rows, A */
    double inverse[3][3];
    double origin[3];
    bool periodic[3];
    double height[3]; /* A, between opposite faces */
    bool flat;        /* the atoms span no volume: along some axis the box is 1 A by choice */
} sw_box;

/* SW_ERROR_NUMERIC where a position is not finite (the place names the atom), SW_ERROR_ARGUMENT
 * where the periodic axes span nothing. No atoms: a box of 1 A. O(atoms). */
SW_MUST_USE sw_status sw_box_create(sw_box *box, const sw_atoms *atoms, sw_error *error);

/* Fraction of a position, along periodic axes brought into [0, 1). */
void sw_box_fraction(double fraction[3], const sw_box *box, const double position[3]);
/* The image of a position that lies in the box along periodic axes. */
void sw_box_wrap(double wrapped[3], const sw_box *box, const double position[3]);
void sw_box_position(double position[3], const sw_box *box, const double fraction[3]);
/* Volume of the cell where all axes are periodic, else 0. */
double sw_box_volume(const sw_box *box);
/* The shortest of a vector and its periodic images, for vectors shorter than half the least
 * height; longer ones are brought near that. */
void sw_box_nearest_image(double vector[3], const sw_box *box);

#endif
