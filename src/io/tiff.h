/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the TIFF format: opening without global state, calibration, reading, writing. */
#ifndef SPILLWAY_IO_TIFF_H
#define SPILLWAY_IO_TIFF_H

#include "io/format.h"

#include <tiffio.h>

/* A TIFF file that is read from memory or written to a sink; keeps the first message of libtiff,
 * which is silent otherwise. */
typedef struct sw_tiff {
    TIFF *handle;
    const sw_source *source; /* when reading */
    sw_sink *sink;           /* when writing */
    uint64_t at, size;
    char message[200];
} sw_tiff;

/* False where libtiff refuses; *message says why. */
bool sw_tiff_open(sw_tiff *tiff, const sw_source *source);
bool sw_tiff_create(sw_tiff *tiff, sw_sink *sink, bool big);
void sw_tiff_close(sw_tiff *tiff);

/* Axes from what the current page and its description say. */
void sw_tiff_read_axes(sw_stack *stack, const sw_tiff *tiff);
/* The description and resolution tags of the current page, for ImageJ and for ourselves. False
 * where there is no memory. */
bool sw_tiff_write_axes(const sw_stack *stack, TIFF *handle, bool first_page);

sw_status sw_tiff_write(sw_sink *sink, const sw_stack *stack, sw_error *error);
/* The same with the choice of BigTIFF left to the caller. */
sw_status sw_tiff_write_as(sw_sink *sink, const sw_stack *stack, bool big, sw_error *error);

#endif
