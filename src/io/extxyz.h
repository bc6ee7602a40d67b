/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The halves of the extended XYZ format, which also serve plain XYZ. */
#ifndef SPILLWAY_IO_EXTXYZ_H
#define SPILLWAY_IO_EXTXYZ_H

#include "io/format.h"
#include "io/properties.h"

bool sw_extxyz_recognise(const sw_source *source);
bool sw_xyz_recognise(const sw_source *source);
sw_status sw_extxyz_count(size_t *frames, const sw_source *source, sw_error *error);
sw_status sw_extxyz_read(sw_content *content, const sw_source *source, ptrdiff_t frame,
                         sw_error *error);
sw_status sw_extxyz_write(sw_sink *sink, const sw_atoms *atoms, sw_error *error);
sw_status sw_xyz_write(sw_sink *sink, const sw_atoms *atoms, sw_error *error);

/* The second line, as far as it is known: what the rows hold, and the cell and notes of *atoms. */
SW_MUST_USE sw_status sw_extxyz_read_header(sw_properties *properties, sw_atoms *atoms,
                                            const sw_lines *lines, sw_error *error);
/* The `count` rows after it. */
SW_MUST_USE sw_status sw_extxyz_read_rows(sw_atoms *atoms, const sw_properties *properties,
                                          sw_lines *lines, size_t count, sw_error *error);

#endif
