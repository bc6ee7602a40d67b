/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/extxyz.h"

#include "io/label.h"

#include <stdlib.h>
#include <string.h>

static bool first_two_lines(sw_lines *lines, const sw_source *source) {
    size_t count;
    sw_span word, rest;
    *lines = sw_lines_of(source);
    if (!sw_lines_next(lines))
        return false;
    rest = lines->line;
    return sw_span_word(&word, &rest) && sw_span_count(&count, word) &&
           !sw_span_word(&word, &rest) && sw_lines_next(lines);
}

bool sw_extxyz_recognise(const sw_source *source) {
    sw_lines lines;
    if (!first_two_lines(&lines, source))
        return false;
    return memmem(lines.line.start, lines.line.length, "Properties=", 11) ||
           memmem(lines.line.start, lines.line.length, "Lattice=", 8);
}

bool sw_xyz_recognise(const sw_source *source) {
    sw_lines lines;
    sw_span word;
    double number;
    if (!first_two_lines(&lines, source) || !sw_lines_next(&lines))
        return false;
    sw_span rest = lines.line;
    if (!sw_span_word(&word, &rest) || sw_label_element(word) < 0)
        return false;
    for (int i = 0; i < 3; i++)
        if (!sw_span_word(&word, &rest) || !sw_span_number(&number, word))
            return false;
    return true;
}

/* Reads the line with the number of atoms; *found is false at the end of the file. */
static sw_status read_atom_count(size_t *count, bool *found, sw_lines *lines, sw_error *error) {
    sw_span word = {0}, rest = {0};
    *found = false;
    do {
        if (!sw_lines_next(lines))
            return SW_OK;
        rest = lines->line;
    } while (!sw_span_word(&word, &rest));
    *found = true;
    if (!sw_span_count(count, word) || sw_span_trim(rest).length > 0)
        return sw_lines_error(
            lines, word, "a frame begins with a line that holds the number of atoms alone", error,
            "expected the number of atoms, found \"%.*s\"", SW_SHOWN(sw_span_trim(lines->line)));
    /* the shortest row is "H 0 0 0" */
    if (*count > (sw_lines_left(lines) + 1) / 6)
        return sw_lines_error(lines, word, "the file is cut off, or the number is wrong", error,
                              "expected rows for %zu atoms, but only %zu bytes follow", *count,
                              sw_lines_left(lines));
    return SW_OK;
}

static sw_status skip_frame(bool *found, sw_lines *lines, sw_error *error) {
    size_t count;
    sw_status status = read_atom_count(&count, found, lines, error);
    if (status != SW_OK || !*found)
        return status;
    size_t first = lines->number;
    if (!sw_lines_skip(lines, count + 1))
        return sw_lines_error(
            lines, (sw_span){0}, "the last frame is cut off; ask for an earlier one", error,
            "expected %zu rows after line %zu, but the file ends", count, first + 1);
    return SW_OK;
}

sw_status sw_extxyz_count(size_t *frames, const sw_source *source, sw_error *error) {
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

/* Stands before the frame that is asked for. */
static sw_status seek_frame(sw_lines *lines, const sw_source *source, ptrdiff_t frame,
                            sw_error *error) {
    size_t frames, index = (size_t)frame;
    sw_status status = SW_OK;
    if (frame < 0) {
        status = sw_extxyz_count(&frames, source, error);
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

sw_status sw_extxyz_read(sw_content *content, const sw_source *source, ptrdiff_t frame,
                         sw_error *error) {
    sw_lines lines;
    size_t count = 0;
    bool found = false;
    sw_status status = seek_frame(&lines, source, frame, error);
    size_t before = frame > 0 ? (size_t)frame : 0;
    if (status == SW_OK)
        status = read_atom_count(&count, &found, &lines, error);
    if (status == SW_OK && !found)
        status = sw_source_frame(&count, source, frame, before, error);
    if (status != SW_OK)
        return status;
    if (!sw_lines_next(&lines))
        return sw_lines_error(&lines, (sw_span){0}, "the file is cut off", error,
                              "expected the comment line after the number of atoms");
    if (sw_atoms_create(&content->atoms, count) != SW_OK)
        return sw_source_no_memory(source, error);
    content->noun = SW_NOUN_ATOMS;
    sw_properties *properties = malloc(sizeof *properties);
    if (!properties)
        return sw_source_no_memory(source, error);
    status = sw_extxyz_read_header(properties, content->atoms, &lines, error);
    if (status == SW_OK)
        status = sw_extxyz_read_rows(content->atoms, properties, &lines, count, error);
    free(properties);
    return status;
}

const sw_format_operations sw_format_extxyz = {
    .format = {.name = "extxyz",
               .summary = "extended XYZ: elements, positions, cell and any columns",
               .noun = SW_NOUN_ATOMS,
               .reads = true,
               .writes = true,
               .extensions = "extxyz xyz",
               .citation = "libAtoms/extxyz specification, github.com/libAtoms/extxyz"},
    .is_text = true,
    .recognise = sw_extxyz_recognise,
    .count = sw_extxyz_count,
    .read = sw_extxyz_read,
    .write_atoms = sw_extxyz_write,
    .appends = true,
};

const sw_format_operations sw_format_xyz = {
    .format = {.name = "xyz",
               .summary = "plain XYZ: elements and positions only",
               .noun = SW_NOUN_ATOMS,
               .reads = true,
               .writes = true,
               .extensions = "xyz",
               .citation = "XMol XYZ, open-babel.readthedocs.io/en/latest/FileFormats/XYZ.html"},
    .is_text = true,
    .recognise = sw_xyz_recognise,
    .count = sw_extxyz_count,
    .read = sw_extxyz_read,
    .write_atoms = sw_xyz_write,
    .appends = true,
};
