/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The halves of the LAMMPS dump format. */
#ifndef SPILLWAY_IO_DUMP_H
#define SPILLWAY_IO_DUMP_H

#include "io/format.h"
#include "io/lammps_box.h"

sw_status sw_dump_write(sw_sink *sink, const sw_atoms *atoms, sw_error *error);

/* Reads the three lines after "ITEM: BOX BOUNDS ..."; `lines` stands on that line. */
SW_MUST_USE sw_status sw_dump_read_box(sw_lammps_box *box, sw_lines *lines, sw_error *error);
/* Reads the columns and rows of "ITEM: ATOMS ..."; `lines` stands on that line. */
SW_MUST_USE sw_status sw_dump_read_atoms(sw_atoms *atoms, const sw_lammps_box *box, sw_lines *lines,
                                         sw_error *error);

#endif
