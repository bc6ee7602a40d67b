/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/dump.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool recognise(const sw_source *source) {
    sw_lines lines = sw_lines_of(source);
    return sw_lines_next(&lines) && sw_span_starts(lines.line, "ITEM: ");
}

static bool is_item(const sw_lines *lines, const char *name) {
    return sw_span_starts(lines->line, "ITEM: ") &&
           sw_span_starts((sw_span){lines->line.start + 6, lines->line.length - 6}, name);
}

static sw_status read_note(sw_atoms *atoms, const char *key, sw_lines *lines, sw_error *error) {
    if (!sw_lines_next(lines))
        return sw_lines_error(lines, (sw_span){0}, "the file is cut off", error,
                              "expected the value of %s, found the end of the file", key);
    if (!atoms)
        return SW_OK;
    char *text = sw_span_text(sw_span_trim(lines->line));
    sw_status status = text ? sw_atoms_set_note(atoms, key, text) : SW_ERROR_MEMORY;
    free(text);
    return status == SW_OK ? SW_OK : sw_source_no_memory(lines->source, error);
}

static sw_status read_count(size_t *count, sw_lines *lines, sw_error *error) {
    if (!sw_lines_next(lines) || !sw_span_count(count, sw_span_trim(lines->line)))
        return sw_lines_error(lines, (sw_span){0}, "the file is cut off or damaged", error,
                              "expected the number of atoms, found \"%.*s\"",
                              SW_SHOWN(lines->line));
    if (*count > (sw_lines_left(lines) + 1) / 6) /* the shortest row is "0 0 0" */
        return sw_lines_error(lines, (sw_span){0}, "the file is cut off, or the number is wrong",
                              error, "expected rows for %zu atoms, but only %zu bytes follow",
                              *count, sw_lines_left(lines));
    return SW_OK;
}

/* What the items before ITEM: ATOMS say. */
typedef struct frame_header {
    size_t count;
    bool has_count, has_box;
    sw_lammps_box box;
} frame_header;

/* Reads one item that is not ATOMS. `atoms` takes the notes; NULL where they are not wanted. */
static sw_status read_item(frame_header *header, sw_atoms *atoms, sw_lines *lines,
                           sw_error *error) {
    if (is_item(lines, "TIMESTEP"))
        return read_note(atoms, "timestep", lines, error);
    if (is_item(lines, "TIME"))
        return read_note(atoms, "time", lines, error);
    if (is_item(lines, "UNITS"))
        return read_note(atoms, "units", lines, error);
    if (is_item(lines, "NUMBER OF ATOMS")) {
        header->has_count = true;
        return read_count(&header->count, lines, error);
    }
    if (is_item(lines, "BOX BOUNDS")) {
        header->has_box = true;
        return sw_dump_read_box(&header->box, lines, error);
    }
    return sw_lines_error(lines, (sw_span){0},
                          "only atom dumps (dump style atom or custom) are read", error,
                          "expected ITEM: TIMESTEP, NUMBER OF ATOMS, BOX BOUNDS or ATOMS, "
                          "found \"%.*s\"",
                          SW_SHOWN(lines->line));
}

/* Reads up to and including the line ITEM: ATOMS. *found is false at the end of the file. */
static sw_status read_header(frame_header *header, bool *found, sw_atoms *atoms, sw_lines *lines,
                             sw_error *error) {
    *header = (frame_header){0};
    *found = false;
    while (sw_lines_next(lines)) {
        if (sw_span_trim(lines->line).length == 0)
            continue;
        *found = true;
        if (is_item(lines, "ATOMS")) {
            if (header->has_count && header->has_box)
                return SW_OK;
            return sw_lines_error(lines, (sw_span){0}, "the frame is damaged", error,
                                  "expected ITEM: %s before ITEM: ATOMS",
                                  header->has_count ? "BOX BOUNDS" : "NUMBER OF ATOMS");
        }
        sw_status status = read_item(header, atoms, lines, error);
        if (status != SW_OK)
            return status;
    }
    if (!*found)
        return SW_OK;
    return sw_lines_error(lines, (sw_span){0}, "the last frame is cut off; ask for an earlier one",
                          error, "expected ITEM: ATOMS, found the end of the file");
}

static sw_status skip_frame(bool *found, sw_lines *lines, sw_error *error) {
    frame_header header;
    sw_status status = read_header(&header, found, NULL, lines, error);
    if (status != SW_OK || !*found)
        return status;
    if (!sw_lines_skip(lines, header.count))
        return sw_lines_error(lines, (sw_span){0},
                              "the last frame is cut off; ask for an earlier one", error,
                              "expected %zu rows, but the file ends", header.count);
    return SW_OK;
}

static sw_status count_frames(size_t *frames, const sw_source *source, sw_error *error) {
    sw_lines lines = sw_lines_of(source);
    bool found = true;
    *frames = 0;
    for (;;) {
        sw_status status = skip_frame(&found, &lines, error);
        if (status != SW_OK || !found)
            return status;
        ++*frames;
    }
}

static sw_status seek_frame(sw_lines *lines, const sw_source *source, ptrdiff_t frame,
                            sw_error *error) {
    size_t frames, index = (size_t)frame;
    sw_status status = SW_OK;
    if (frame < 0) {
        status = count_frames(&frames, source, error);
        if (status == SW_OK)
            status = sw_source_frame(&index, source, frame, frames, error);
    }
    *lines = sw_lines_of(source);
    bool found = true;
    for (size_t i = 0; i < index && status == SW_OK; i++) {
        status = skip_frame(&found, lines, error);
        if (status == SW_OK && !found)
            return sw_source_frame(&index, source, frame, i, error);
    }
    return status;
}

static sw_status read_dump(sw_content *content, const sw_source *source, ptrdiff_t frame,
                           sw_error *error) {
    sw_lines lines;
    frame_header header;
    bool found = false;
    size_t index, before = frame > 0 ? (size_t)frame : 0;
    sw_status status = seek_frame(&lines, source, frame, error);
    if (status != SW_OK)
        return status;
    if (sw_atoms_create(&content->atoms, 0) != SW_OK)
        return sw_source_no_memory(source, error);
    content->noun = SW_NOUN_ATOMS;
    status = read_header(&header, &found, content->atoms, &lines, error);
    if (status == SW_OK && !found)
        return sw_source_frame(&index, source, frame, before, error);
    if (status != SW_OK)
        return status;
    if (sw_atoms_resize(content->atoms, header.count) != SW_OK)
        return sw_source_no_memory(source, error);
    status = sw_lammps_box_set(content->atoms, &header.box, source, error);
    if (status == SW_OK)
        status = sw_dump_read_atoms(content->atoms, &header.box, &lines, error);
    return status;
}

const sw_format_operations sw_format_dump = {
    .format = {.name = "lammps-dump",
               .summary = "LAMMPS dump: atom trajectories, triclinic boxes too",
               .noun = SW_NOUN_ATOMS,
               .reads = true,
               .writes = true,
               .extensions = "dump lammpstrj",
               .citation = "LAMMPS manual, docs.lammps.org/dump.html"},
    .is_text = true,
    .recognise = recognise,
    .count = count_frames,
    .read = read_dump,
    .write_atoms = sw_dump_write,
    .appends = true,
};
