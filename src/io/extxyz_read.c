/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/extxyz.h"
#include "io/label.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char plain_columns[] = "species:S:1:pos:R:3";

/* What the pairs of the second line say about the cell. */
typedef struct cell_header {
    double cell[3][3];
    bool periodic[3];
    bool has_lattice, has_periodic;
} cell_header;

static sw_status read_lattice(cell_header *header, const sw_pair *pair, const sw_lines *lines,
                              sw_error *error) {
    sw_span rest = pair->value;
    sw_status status = sw_lines_numbers(&header->cell[0][0], 9, lines, &rest,
                                        "nine numbers of the cell (Lattice)", error);
    if (status == SW_OK && sw_span_trim(rest).length > 0)
        status = sw_lines_error(lines, sw_span_trim(rest), "give three vectors of three numbers",
                                error, "expected nine numbers in Lattice, found more");
    header->has_lattice = true;
    return status;
}

static sw_status read_periodic(cell_header *header, const sw_pair *pair, const sw_lines *lines,
                               sw_error *error) {
    sw_span rest = pair->value, word;
    for (int i = 0; i < 3; i++) {
        bool found = sw_span_word(&word, &rest);
        bool on = found && (sw_span_is(word, "T") || sw_span_is(word, "1") ||
                            sw_span_is(word, "True") || sw_span_is(word, "true"));
        bool off = found && (sw_span_is(word, "F") || sw_span_is(word, "0") ||
                             sw_span_is(word, "False") || sw_span_is(word, "false"));
        if (!on && !off)
            return sw_lines_error(lines, word, "write pbc=\"T T F\"", error,
                                  "expected three of T and F in pbc, found \"%.*s\"",
                                  SW_SHOWN(pair->value));
        header->periodic[i] = on;
    }
    header->has_periodic = true;
    return SW_OK;
}

static sw_status read_note(sw_atoms *atoms, const sw_pair *pair, const sw_lines *lines,
                           sw_error *error) {
    sw_pair key = {.value = pair->key, .quoted = memchr(pair->key.start, '\\', pair->key.length)};
    char *name = sw_pair_text(&key), *text = sw_pair_text(pair);
    sw_status status = SW_ERROR_MEMORY;
    if (name && text)
        status = sw_atoms_set_note(atoms, name, text);
    free(name);
    free(text);
    return status == SW_OK ? SW_OK : sw_source_no_memory(lines->source, error);
}

static sw_status read_pair(sw_properties *properties, cell_header *header, sw_atoms *atoms,
                           const sw_pair *pair, const sw_lines *lines, sw_error *error) {
    if (sw_span_is(pair->key, "Lattice"))
        return read_lattice(header, pair, lines, error);
    if (sw_span_is(pair->key, "pbc"))
        return read_periodic(header, pair, lines, error);
    if (sw_span_is(pair->key, "Properties"))
        return sw_properties_parse(properties, pair->value, lines, error);
    return read_note(atoms, pair, lines, error);
}

static sw_status set_cell(sw_atoms *atoms, cell_header *header, const sw_lines *lines,
                          sw_error *error) {
    bool any = header->periodic[0] || header->periodic[1] || header->periodic[2];
    if (header->has_periodic && any && !header->has_lattice)
        return sw_lines_error(lines, (sw_span){0}, "add Lattice=\"...\", or write pbc=\"F F F\"",
                              error, "the frame is periodic (pbc) but has no Lattice");
    if (!header->has_lattice)
        return SW_OK;
    for (int i = 0; i < 3 && !header->has_periodic; i++)
        header->periodic[i] = true;
    sw_atoms_set_cell(atoms, (const double(*)[3])header->cell, header->periodic);
    return SW_OK;
}

/* A plain file has free text there; it is kept whole. */
static sw_status read_plain_comment(sw_properties *properties, sw_atoms *atoms,
                                    const sw_lines *lines, sw_error *error) {
    sw_span comment = sw_span_trim(lines->line);
    sw_pair pair = {.key = {"comment", 7}, .value = comment};
    sw_status status = comment.length > 0 ? read_note(atoms, &pair, lines, error) : SW_OK;
    if (status == SW_OK)
        status = sw_properties_parse(properties, (sw_span){plain_columns, sizeof plain_columns - 1},
                                     lines, error);
    properties->words = 0; /* further words in a row are allowed */
    return status;
}

sw_status sw_extxyz_read_header(sw_properties *properties, sw_atoms *atoms, const sw_lines *lines,
                                sw_error *error) {
    sw_span rest = lines->line;
    properties->count = 0;
    if (!memmem(rest.start, rest.length, "Properties=", 11) &&
        !memmem(rest.start, rest.length, "Lattice=", 8))
        return read_plain_comment(properties, atoms, lines, error);
    cell_header header = {0};
    sw_status status = SW_OK;
    bool found = true;
    while (status == SW_OK) {
        sw_pair pair;
        status = sw_pair_next(&pair, &found, lines, &rest, error);
        if (status != SW_OK || !found)
            break;
        status = read_pair(properties, &header, atoms, &pair, lines, error);
    }
    if (status == SW_OK)
        status = set_cell(atoms, &header, lines, error);
    if (status == SW_OK && properties->count == 0)
        status = sw_properties_parse(properties, (sw_span){plain_columns, sizeof plain_columns - 1},
                                     lines, error);
    return status;
}

/* Adds the columns to *atoms and says which ones cannot be kept. */
static sw_status add_columns(sw_atoms *atoms, const sw_properties *properties,
                             const sw_lines *lines, sw_error *error) {
    sw_text unread = {0};
    sw_status status = SW_OK;
    for (size_t i = 0; i < properties->count && status == SW_OK; i++) {
        const sw_property *item = &properties->items[i];
        char *name = sw_span_text(item->name);
        if (!name)
            status = SW_ERROR_MEMORY;
        else if (item->use == SW_PROPERTY_COLUMN)
            status = sw_atoms_add_column(atoms, name, item->width, item->type != 'R');
        else if (item->use == SW_PROPERTY_UNREAD)
            sw_text_append(&unread, "%s%s", unread.length > 0 ? " " : "", name);
        free(name);
    }
    if (status == SW_OK && unread.length > 0) {
        status = sw_atoms_set_note(atoms, "unread_columns", unread.bytes);
        sw_source_remark(lines->source, "not understood", "columns %s (text or too wide)",
                         unread.bytes);
    }
    sw_text_clear(&unread);
    return status == SW_OK ? SW_OK : sw_source_no_memory(lines->source, error);
}

static sw_status read_element(uint8_t *element, const sw_lines *lines, sw_span *rest,
                              sw_error *error) {
    sw_span word;
    if (!sw_span_word(&word, rest))
        return sw_lines_error(lines, word, "the line is too short; the file may be cut off", error,
                              "expected an element symbol, found the end of the line");
    int number = sw_label_element(word);
    if (number < 0)
        return sw_label_error(lines, word, error);
    *element = (uint8_t)number;
    return SW_OK;
}

/* A value of a column; these may be nan or inf, unlike positions. */
static sw_status read_value(double *value, const sw_property *item, const sw_lines *lines,
                            sw_span *rest, sw_error *error) {
    sw_span word;
    char name[64];
    sw_span_copy(name, sizeof name, item->name);
    bool found = sw_span_word(&word, rest), read = false;
    if (found && item->type == 'L') {
        *value = *word.start == 'T' || *word.start == 't' || *word.start == '1';
        read = *value > 0 || *word.start == 'F' || *word.start == 'f' || *word.start == '0';
    } else if (found) {
        read = sw_span_number(value, word);
    }
    if (found && read && (item->type != 'I' || *value == floor(*value)))
        return SW_OK;
    const char *kind = item->type == 'L'   ? "T or F"
                       : item->type == 'I' ? "a whole number"
                                           : "a number";
    if (!found)
        return sw_lines_error(lines, word, "the line is too short; the file may be cut off", error,
                              "expected %s for %s, found the end of the line", kind, name);
    return sw_lines_error(lines, word, "compare the row with Properties in line 2 of the frame",
                          error, "expected %s for %s, found \"%.*s\"", kind, name, SW_SHOWN(word));
}

static sw_status read_row(sw_atoms *atoms, size_t row, const sw_properties *properties,
                          const sw_lines *lines, sw_error *error) {
    sw_span rest = lines->line, word;
    sw_status status = SW_OK;
    size_t column = 0;
    for (size_t i = 0; i < properties->count && status == SW_OK; i++) {
        const sw_property *item = &properties->items[i];
        if (item->use == SW_PROPERTY_ELEMENT) {
            status = read_element(&sw_atoms_elements(atoms)[row], lines, &rest, error);
        } else if (item->use == SW_PROPERTY_POSITION) {
            status = sw_lines_numbers(&sw_atoms_positions(atoms)[3 * row], 3, lines, &rest,
                                      "a position", error);
        } else if (item->use == SW_PROPERTY_COLUMN) {
            double *values = sw_atoms_column(atoms, column++) + row * item->width;
            for (size_t k = 0; k < item->width && status == SW_OK; k++)
                status = read_value(&values[k], item, lines, &rest, error);
        } else {
            for (size_t k = 0; k < item->width; k++)
                sw_span_word(&word, &rest);
        }
    }
    if (status == SW_OK && properties->words > 0 && sw_span_word(&word, &rest))
        status = sw_lines_error(lines, word, "compare the row with Properties", error,
                                "expected %zu words in the row, found more: \"%.*s\"",
                                properties->words, SW_SHOWN(word));
    return status;
}

sw_status sw_extxyz_read_rows(sw_atoms *atoms, const sw_properties *properties, sw_lines *lines,
                              size_t count, sw_error *error) {
    size_t left = sw_lines_left(lines);
    if (count > 0 && properties->words > (left + 1) / 2 / count)
        return sw_lines_error(lines, (sw_span){0}, "the file is cut off, or the number is wrong",
                              error, "expected %zu rows of %zu words, but only %zu bytes follow",
                              count, properties->words, left);
    sw_status status = add_columns(atoms, properties, lines, error);
    for (size_t row = 0; row < count && status == SW_OK; row++) {
        if (!sw_lines_next(lines))
            return sw_lines_error(lines, (sw_span){0},
                                  "the file is cut off, or the number of "
                                  "atoms is wrong",
                                  error, "expected %zu atoms, found %zu", count, row);
        status = read_row(atoms, row, properties, lines, error);
    }
    return status;
}
