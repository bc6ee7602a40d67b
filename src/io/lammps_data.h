/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the LAMMPS data format. */
#ifndef SPILLWAY_IO_LAMMPS_DATA_H
#define SPILLWAY_IO_LAMMPS_DATA_H

#include "io/format.h"
#include "io/lammps_box.h"

/* What told the element of a type; a higher one counts more. */
enum { SW_LAMMPS_BY_NOTHING, SW_LAMMPS_BY_MASS, SW_LAMMPS_BY_COMMENT, SW_LAMMPS_BY_LABEL };

/* What the file says of the types of its atoms, from 1 on; index 0 is not used. */
typedef struct sw_lammps_types {
    size_t count;
    struct sw_lammps_type {
        uint8_t element; /* 0: not known */
        uint8_t told_by; /* SW_LAMMPS_BY_... */
        double mass;     /* amu; 0 where none is given */
        sw_span label;   /* of the section Atom Type Labels */
    } * list;            /* NULL until a section tells of types */
} sw_lammps_types;

/* The next line that holds more than a comment; its comment is cut off into *comment (may be NULL).
 * False at the end of the file. */
bool sw_lammps_next_line(sw_lines *lines, sw_span *comment);

/* Begins with a letter: the name of a section, a symbol or a label, not a number. */
bool sw_lammps_is_word(sw_span span);

/* Sections; `lines` stands on their name. `by_mass`: masses are atomic weights. */
SW_MUST_USE sw_status sw_lammps_read_masses(sw_lammps_types *types, sw_lines *lines, bool by_mass,
                                            sw_error *error);
SW_MUST_USE sw_status sw_lammps_read_labels(sw_lammps_types *types, sw_lines *lines,
                                            sw_error *error);
/* The type that a word stands for, by number or label; 0 where none. */
size_t sw_lammps_type_of(const sw_lammps_types *types, sw_span word);

/* `style` is the comment behind the name of the section; `bonded`: the header counts bonds. */
SW_MUST_USE sw_status sw_lammps_read_rows(sw_atoms *atoms, const sw_lammps_types *types,
                                          sw_lines *lines, sw_span style, bool bonded,
                                          sw_error *error);
/* After the atoms; matched by their id. */
SW_MUST_USE sw_status sw_lammps_read_velocities(sw_atoms *atoms, sw_lines *lines, sw_error *error);

sw_status sw_lammps_data_write(sw_sink *sink, const sw_atoms *atoms, sw_error *error);

/* Atoms by the numbers of their column "id". */
typedef struct sw_lammps_id {
    double id;
    size_t row;
} sw_lammps_id;
/* Sorted by id, to be freed; NULL where there is no memory. *twice is a row whose id another row
 * has too, or the number of atoms. O(n log n). */
sw_lammps_id *sw_lammps_sort_ids(size_t *twice, const double *ids, size_t count);

#endif
