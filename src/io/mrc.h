/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The header of an MRC file. */
#ifndef SPILLWAY_IO_MRC_H
#define SPILLWAY_IO_MRC_H

#include "io/format.h"
#include "io/pixels.h"

enum { SW_MRC_HEADER_SIZE = 1024 };

typedef struct sw_mrc_header {
    size_t columns, rows, sections; /* nx, ny, nz */
    int mode;
    sw_pixel_kind kind;
    bool swapped, has_map;
    size_t sampling[3]; /* mx, my, mz */
    double cell[3];     /* A */
    int axis_of[3];     /* mapc, mapr, maps minus one: the cell axis along x, y, frame */
    int space_group;
    size_t extended; /* bytes between header and data */
    char extended_type[5];
    double origin[3];
} sw_mrc_header;

/* Takes the header apart without judging it, except for the byte order. False where the source is
 * shorter than a header or no byte order makes sense. */
bool sw_mrc_parse(sw_mrc_header *header, const sw_source *source);

sw_status sw_mrc_write(sw_sink *sink, const sw_stack *stack, sw_error *error);

#endif
