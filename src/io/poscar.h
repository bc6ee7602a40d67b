/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The halves of the POSCAR format. */
#ifndef SPILLWAY_IO_POSCAR_H
#define SPILLWAY_IO_POSCAR_H

#include "io/format.h"

bool sw_poscar_recognise(const sw_source *source);
sw_status sw_poscar_read(sw_content *content, const sw_source *source, ptrdiff_t frame,
                         sw_error *error);
sw_status sw_poscar_write(sw_sink *sink, const sw_atoms *atoms, sw_error *error);

#endif
