/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The simulation box of LAMMPS files: cell vectors as rows, and the corner they start from. */
#ifndef SPILLWAY_IO_LAMMPS_BOX_H
#define SPILLWAY_IO_LAMMPS_BOX_H

#include "io/lines.h"

#include <spillway/data.h>

typedef struct sw_lammps_box {
    double cell[3][3];
    double origin[3];
    bool periodic[3];
} sw_lammps_box;

/* Format error at the current line where the box has no positive extent along an axis. */
SW_MUST_USE sw_status sw_lammps_box_check(const sw_lammps_box *box, const sw_lines *lines,
                                          sw_error *error);
/* Gives the atoms the box as their cell; a corner off the origin becomes the note "cell_origin". */
SW_MUST_USE sw_status sw_lammps_box_set(sw_atoms *atoms, const sw_lammps_box *box,
                                        const sw_source *source, sw_error *error);
/* The box of atoms that are to be written; the bounding box where they have no cell. An error where
 * a is not along x or b not in the xy plane. */
SW_MUST_USE sw_status sw_lammps_box_of(sw_lammps_box *box, const sw_atoms *atoms, sw_error *error);

#endif
