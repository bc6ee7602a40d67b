/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The design of the room in one place: a format is one table of operations, and io.c holds the
 * ordered list of them. Adding a format is one file, one declaration here and one line there.
 */
#ifndef SPILLWAY_IO_FORMAT_H
#define SPILLWAY_IO_FORMAT_H

#include "io/sink.h"
#include "io/source.h"

#include <spillway/io.h>

typedef struct sw_format_operations {
    sw_format format;
    const char *file_names; /* blank-separated names without extension ("POSCAR"); may be NULL */
    bool is_text;           /* a zero byte cannot be part of it */
    bool fallback;          /* recognise() is a guess: the extension is asked first */
    /* True where the bytes are of this format; looks at the beginning only. */
    bool (*recognise)(const sw_source *source);
    /* NULL where a file holds one frame. */
    sw_status (*count)(size_t *frames, const sw_source *source, sw_error *error);
    /* Fills *content, which is zero. What it put there on failure is freed by the caller. NULL
     * where the format is only written. */
    sw_status (*read)(sw_content *content, const sw_source *source, ptrdiff_t frame,
                      sw_error *error);
    /* Writers leave failures of the disk to the sink. NULL where the noun is not written. */
    sw_status (*write_atoms)(sw_sink *sink, const sw_atoms *atoms, sw_error *error);
    sw_status (*write_stack)(sw_sink *sink, const sw_stack *stack, sw_error *error);
    sw_status (*write_table)(sw_sink *sink, const sw_table *table, sw_error *error);
    bool appends; /* write_atoms may be repeated in one file */
} sw_format_operations;

extern const sw_format_operations sw_format_extxyz, sw_format_xyz, sw_format_dump,
    sw_format_lammps_data, sw_format_poscar, sw_format_cif, sw_format_csv, sw_format_hdf5,
    sw_format_mrc, sw_format_tiff, sw_format_png, sw_format_pos, sw_format_epos;

/* The operations behind a public row; NULL where it is not one of ours. */
const sw_format_operations *sw_format_operations_of(const sw_format *format);
/* The format of a source by content, then by name, then by guess; NULL where none. */
const sw_format_operations *sw_format_recognise(const sw_source *source);
/* The format of a name by extension or file name; NULL where none. */
const sw_format_operations *sw_format_of_name(const char *path);

#endif
