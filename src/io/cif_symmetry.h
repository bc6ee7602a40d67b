/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Symmetry operators in the notation of the International Tables: "-y+1/2, x, z". */
#ifndef SPILLWAY_IO_CIF_SYMMETRY_H
#define SPILLWAY_IO_CIF_SYMMETRY_H

#include "io/lines.h"

/* image = rotation * position + translation, in fractions of the cell. */
typedef struct sw_symmetry {
    double rotation[3][3];
    double translation[3];
} sw_symmetry;

/* False where the text is no operator, or where it is none that keeps a lattice. */
bool sw_symmetry_parse(sw_symmetry *operator, sw_span text);
void sw_symmetry_apply(double image[3], const sw_symmetry *operator, const double position[3]);

#endif
