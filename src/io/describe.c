/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/format.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void describe_elements(sw_text *text, const sw_atoms *atoms) {
    size_t counts[256] = {0};
    for (size_t i = 0; i < sw_atoms_count(atoms); i++)
        counts[sw_atoms_elements_const(atoms)[i]]++;
    sw_text_append(text, "elements\t");
    bool first = true;
    for (int i = 0; i < 256; i++)
        if (counts[i] > 0) {
            sw_text_append(text, "%s%s %zu", first ? "" : ", ", sw_element_symbol(i), counts[i]);
            first = false;
        }
    sw_text_append(text, "\n");
}

static void describe_cell(sw_text *text, const sw_atoms *atoms) {
    double cell[3][3];
    bool periodic[3];
    if (!sw_atoms_cell(atoms, cell, periodic)) {
        sw_text_append(text, "cell\tnone\n");
        return;
    }
    sw_text_append(text, "cell [A]\t");
    for (int i = 0; i < 9; i++) {
        sw_text_append(text, "%s", i == 0 ? "" : i % 3 == 0 ? "; " : " ");
        sw_text_append_number(text, cell[i / 3][i % 3]);
    }
    sw_text_append(text, "\nperiodic\t%s %s %s\n", periodic[0] ? "yes" : "no",
                   periodic[1] ? "yes" : "no", periodic[2] ? "yes" : "no");
}

/* Values stand on one line. */
static void append_line(sw_text *text, const char *key, const char *value) {
    sw_text_append(text, "%s\t", key);
    for (const char *c = value; *c; c++)
        sw_text_append_bytes(text, (unsigned char)*c < 0x20 ? " " : c, 1);
    sw_text_append(text, "\n");
}

static void describe_atoms(sw_text *text, const sw_atoms *atoms) {
    sw_text_append(text, "atoms\t%zu\n", sw_atoms_count(atoms));
    describe_elements(text, atoms);
    describe_cell(text, atoms);
    for (size_t i = 0; i < sw_atoms_columns(atoms); i++)
        sw_text_append(text, "column\t%s (%zu %s)\n", sw_atoms_column_name(atoms, i),
                       sw_atoms_column_width(atoms, i),
                       sw_atoms_column_is_integer(atoms, i) ? "whole numbers" : "numbers");
    for (size_t i = 0; i < sw_atoms_notes(atoms); i++) {
        sw_text line = {0};
        sw_text_append(&line, "%s = %s", sw_atoms_note_key(atoms, i), sw_atoms_note_text(atoms, i));
        append_line(text, "note", line.bytes ? line.bytes : "");
        text->failed = text->failed || line.failed;
        sw_text_clear(&line);
    }
}

static void describe_columns(sw_text *text, const sw_table *table) {
    for (size_t i = 0; i < sw_table_columns(table); i++) {
        const char *unit = sw_table_unit(table, i);
        sw_text line = {0};
        sw_text_append(&line, "%s%s%s%s%s", sw_table_name(table, i), *unit ? " [" : "", unit,
                       *unit ? "]" : "", sw_table_is_text(table, i) ? " (text)" : "");
        append_line(text, "column", line.bytes ? line.bytes : "");
        text->failed = text->failed || line.failed;
        sw_text_clear(&line);
    }
}

static void describe_stack(sw_text *text, const sw_stack *stack) {
    static const char *const keys[3] = {"axis frame", "axis y", "axis x"};
    const float *pixels = sw_stack_pixels_const(stack);
    size_t sizes[3] = {sw_stack_frames(stack), sw_stack_height(stack), sw_stack_width(stack)};
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < sizes[0] * sizes[1] * sizes[2]; i++) {
        low = fmin(low, (double)pixels[i]);
        high = fmax(high, (double)pixels[i]);
    }
    sw_text_append(text, "size [frames y x]\t%zu %zu %zu\n", sizes[0], sizes[1], sizes[2]);
    for (int i = 0; i < 3; i++) {
        const sw_axis *axis = sw_stack_axis_of_const(stack, (sw_stack_axis)i);
        sw_text_append(text, "%s\t%s: ", keys[i], axis->name);
        sw_text_append_number(text, axis->origin);
        sw_text_append(text, " + i * ");
        sw_text_append_number(text, axis->step);
        sw_text_append(text, " %s\n", axis->unit);
    }
    sw_text_append(text, "range\t");
    sw_text_append_number(text, low);
    sw_text_append(text, " .. ");
    sw_text_append_number(text, high);
    sw_text_append(text, "\n");
    describe_columns(text, sw_stack_columns_const(stack));
}

static void describe_content(sw_text *text, const sw_content *content) {
    if (content->noun == SW_NOUN_ATOMS) {
        describe_atoms(text, content->atoms);
    } else if (content->noun == SW_NOUN_STACK) {
        describe_stack(text, content->stack);
    } else if (content->noun == SW_NOUN_TABLE) {
        sw_text_append(text, "rows\t%zu\n", sw_table_rows(content->table));
        describe_columns(text, content->table);
    }
}

static sw_status read_for_description(sw_content *content, sw_text *text,
                                      const sw_format_operations *operations,
                                      const sw_source *source, sw_error *error) {
    static const char *const nouns[] = {"", "atoms", "stack", "table"};
    size_t frames = 1;
    sw_status status = SW_OK;
    sw_source quiet = *source; /* remarks come from the reading that follows */
    quiet.remarks = NULL;
    if (operations->count)
        status = operations->count(&frames, &quiet, error);
    if (status == SW_OK)
        status = operations->read(content, source, 0, error);
    if (status != SW_OK)
        return status;
    sw_text_append(text, "format\t%s (%s)\nholds\t%s\nframes\t%zu\n", operations->format.name,
                   operations->format.summary, nouns[content->noun], frames);
    describe_content(text, content);
    return SW_OK;
}

sw_status sw_describe(char **text, const char *path, sw_error *error) {
    sw_source source;
    sw_text lines = {0}, remarks = {0};
    sw_content content = {0};
    *text = NULL;
    sw_status status = sw_source_open(&source, path, SW_SOURCE_MAP_ABOVE, error);
    if (status != SW_OK)
        return status;
    source.remarks = &remarks;
    const sw_format_operations *operations = sw_format_recognise(&source);
    if (operations && operations->read)
        status = read_for_description(&content, &lines, operations, &source, error);
    else if (operations)
        sw_text_append(&lines, "format\t%s (written, not read)\n", operations->format.name);
    else
        status = sw_error_set(error, SW_ERROR_UNSUPPORTED, path,
                              "the formats that are read are listed by `spillway list formats`",
                              "the content of the file is of no format that is known");
    if (remarks.bytes)
        sw_text_append_bytes(&lines, remarks.bytes, remarks.length);
    if (status == SW_OK && (lines.failed || remarks.failed || !(*text = sw_text_take(&lines))))
        status = sw_source_no_memory(&source, error);
    sw_text_clear(&lines);
    sw_text_clear(&remarks);
    sw_content_clear(&content);
    sw_source_close(&source);
    return status;
}
