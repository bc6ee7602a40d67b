/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/dump.h"
#include "io/label.h"

#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum column_use { USE_COORDINATE, USE_ELEMENT, USE_VALUE, USE_UNREAD } column_use;

typedef struct dump_column {
    column_use use;
    sw_span name;
    size_t axis;   /* of a coordinate */
    size_t column; /* of the atoms, for a value */
    size_t part;   /* "stress[2]" is part 1 of the column "stress" */
} dump_column;

typedef struct dump_columns {
    dump_column *items;
    size_t count, capacity;
    bool has_axis[3], scaled[3];
} dump_columns;

/* x, xs, xu, xsu and the like. */
static bool is_coordinate(sw_span name, size_t *axis, bool *scaled) {
    if (name.length < 1 || name.length > 3 || *name.start < 'x' || *name.start > 'z')
        return false;
    sw_span suffix = {name.start + 1, name.length - 1};
    *axis = (size_t)(*name.start - 'x');
    *scaled = sw_span_starts(suffix, "s");
    return suffix.length == 0 || sw_span_is(suffix, "s") || sw_span_is(suffix, "u") ||
           sw_span_is(suffix, "su");
}

/* Splits "stress[2]": the base name and the part, from 1; part 0 where there is none. */
static sw_span base_name(sw_span name, size_t *part) {
    const char *bracket = memchr(name.start, '[', name.length);
    *part = 0;
    if (!bracket || bracket == name.start || name.start[name.length - 1] != ']')
        return name;
    size_t length = (size_t)(bracket - name.start);
    sw_span number = {bracket + 1, name.length - length - 2};
    if (!sw_span_count(part, number))
        *part = 0;
    return (sw_span){name.start, length};
}

/* How many columns from `first` on are parts 1, 2, 3 ... of one name: 1 where it stands alone. */
static size_t group_width(const dump_columns *columns, size_t first) {
    size_t width = 0, part;
    sw_span base = base_name(columns->items[first].name, &part);
    while (first + width < columns->count && width < 9 && part != 0) {
        sw_span next = base_name(columns->items[first + width].name, &part);
        if (part != width + 1 || next.length != base.length ||
            memcmp(next.start, base.start, base.length) != 0)
            break;
        width++;
    }
    return width > 1 ? width : 1;
}

/* Looks at the first row: whether a word of it is a number. */
static bool word_is_number(sw_span row, size_t index) {
    sw_span word = {0};
    double value = 0;
    for (size_t i = 0; i <= index; i++)
        if (!sw_span_word(&word, &row))
            return true; /* a short row is an error later on, with its line */
    return sw_span_number(&value, word);
}

static bool is_integer_name(sw_span name) {
    static const char *const names[] = {"id", "type", "mol", "ix", "iy", "iz", "proc"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (sw_span_is(name, names[i]))
            return true;
    return false;
}

static sw_status add_value_columns(sw_atoms *atoms, dump_columns *columns, size_t first,
                                   size_t width, const sw_lines *lines, sw_error *error) {
    size_t part;
    sw_span full = columns->items[first].name;
    char *name = sw_span_text(width > 1 ? base_name(full, &part) : full);
    if (!name)
        return sw_source_no_memory(lines->source, error);
    sw_status status = SW_OK;
    if (sw_atoms_find(atoms, name) >= 0)
        status = sw_lines_error(lines, full, "give each column its own name", error,
                                "the column \"%.*s\" appears twice", SW_SHOWN(full));
    else if (sw_atoms_add_column(atoms, name, width, is_integer_name(full)) != SW_OK)
        status = sw_source_no_memory(lines->source, error);
    free(name);
    for (size_t i = 0; i < width; i++) {
        columns->items[first + i].column = sw_atoms_columns(atoms) - 1;
        columns->items[first + i].part = i;
    }
    return status;
}

static sw_status parse_columns(dump_columns *columns, const sw_lines *lines, sw_error *error) {
    sw_span rest = {lines->line.start + 11, lines->line.length - 11}, name; /* "ITEM: ATOMS" */
    while (sw_span_word(&name, &rest)) {
        if (columns->count == 256)
            return sw_lines_error(lines, name, "dump fewer columns", error,
                                  "more than 256 columns");
        if (!sw_reserve(&columns->items, &columns->capacity, columns->count + 1,
                        sizeof *columns->items))
            return sw_source_no_memory(lines->source, error);
        dump_column *item = &columns->items[columns->count++];
        *item = (dump_column){.use = USE_VALUE, .name = name};
        bool scaled;
        if (sw_span_is(name, "element")) {
            item->use = USE_ELEMENT;
        } else if (is_coordinate(name, &item->axis, &scaled) && !columns->has_axis[item->axis]) {
            item->use = USE_COORDINATE;
            columns->has_axis[item->axis] = true;
            columns->scaled[item->axis] = scaled;
        }
    }
    if (!columns->has_axis[0] || !columns->has_axis[1] || !columns->has_axis[2] ||
        columns->scaled[0] != columns->scaled[1] || columns->scaled[0] != columns->scaled[2])
        return sw_lines_error(lines, (sw_span){0}, "dump x y z, xs ys zs, xu yu zu or xsu ysu zsu",
                              error, "the columns do not hold three coordinates of one kind");
    return SW_OK;
}

/* Gives every value column its place in *atoms; text columns are told of, not kept. */
static sw_status place_columns(sw_atoms *atoms, dump_columns *columns, sw_span first_row,
                               const sw_lines *lines, sw_error *error) {
    sw_text unread = {0};
    sw_status status = SW_OK;
    for (size_t i = 0, width; i < columns->count && status == SW_OK; i += width) {
        width = 1;
        if (columns->items[i].use != USE_VALUE)
            continue;
        width = group_width(columns, i);
        if (word_is_number(first_row, i)) {
            status = add_value_columns(atoms, columns, i, width, lines, error);
        } else {
            width = 1;
            columns->items[i].use = USE_UNREAD;
            sw_text_append(&unread, "%s%.*s", unread.length > 0 ? " " : "",
                           SW_SHOWN(columns->items[i].name));
        }
    }
    if (status == SW_OK && unread.length > 0) {
        sw_source_remark(lines->source, "not understood", "columns %s (text)", unread.bytes);
        if (sw_atoms_set_note(atoms, "unread_columns", unread.bytes) != SW_OK)
            status = sw_source_no_memory(lines->source, error);
    }
    sw_text_clear(&unread);
    return status;
}

static sw_status read_word(sw_atoms *atoms, size_t row, const dump_column *item,
                           const sw_lines *lines, sw_span *rest, sw_error *error) {
    char name[48];
    sw_span_copy(name, sizeof name, item->name);
    if (item->use == USE_COORDINATE)
        return sw_lines_number(&sw_atoms_positions(atoms)[3 * row + item->axis], lines, rest, name,
                               error);
    if (item->use == USE_VALUE) {
        size_t width = sw_atoms_column_width(atoms, item->column);
        double *value = &sw_atoms_column(atoms, item->column)[row * width + item->part];
        return sw_lines_value(value, lines, rest, name, error);
    }
    sw_span word;
    if (!sw_span_word(&word, rest))
        return sw_lines_error(lines, word, "the line is too short; the file may be cut off", error,
                              "expected %s, found the end of the line", name);
    int number = item->use == USE_ELEMENT ? sw_label_element(word) : 0;
    if (number < 0)
        return sw_label_error(lines, word, error);
    if (item->use == USE_ELEMENT)
        sw_atoms_elements(atoms)[row] = (uint8_t)number;
    return SW_OK;
}

static void unscale(double position[3], const sw_lammps_box *box) {
    double scaled[3] = {position[0], position[1], position[2]};
    for (int k = 0; k < 3; k++)
        position[k] = box->origin[k] + scaled[0] * box->cell[0][k] + scaled[1] * box->cell[1][k] +
                      scaled[2] * box->cell[2][k];
}

static sw_status read_rows(sw_atoms *atoms, const dump_columns *columns, const sw_lammps_box *box,
                           sw_lines *lines, sw_error *error) {
    size_t count = sw_atoms_count(atoms);
    for (size_t row = 0; row < count; row++) {
        if (!sw_lines_next(lines) || sw_span_starts(lines->line, "ITEM:"))
            return sw_lines_error(lines, (sw_span){0}, "the file is cut off or damaged", error,
                                  "expected %zu atoms, found %zu", count, row);
        sw_span rest = lines->line;
        for (size_t i = 0; i < columns->count; i++) {
            sw_status status = read_word(atoms, row, &columns->items[i], lines, &rest, error);
            if (status != SW_OK)
                return status;
        }
        if (sw_span_trim(rest).length > 0)
            return sw_lines_error(lines, sw_span_trim(rest), "compare the row with ITEM: ATOMS",
                                  error, "expected %zu words, found more", columns->count);
        if (columns->scaled[0])
            unscale(&sw_atoms_positions(atoms)[3 * row], box);
    }
    return SW_OK;
}

sw_status sw_dump_read_atoms(sw_atoms *atoms, const sw_lammps_box *box, sw_lines *lines,
                             sw_error *error) {
    dump_columns columns = {0};
    size_t left = sw_lines_left(lines), count = sw_atoms_count(atoms);
    sw_lines ahead = *lines;
    sw_span first_row = {0};
    if (sw_lines_next(&ahead))
        first_row = ahead.line;
    sw_status status = parse_columns(&columns, lines, error);
    if (status == SW_OK && count > 0 && columns.count > (left + 1) / 2 / count)
        status = sw_lines_error(lines, (sw_span){0}, "the file is cut off, or the number is wrong",
                                error, "expected %zu rows of %zu words, but only %zu bytes follow",
                                count, columns.count, left);
    if (status == SW_OK)
        status = place_columns(atoms, &columns, first_row, lines, error);
    if (status == SW_OK)
        status = read_rows(atoms, &columns, box, lines, error);
    free(columns.items);
    return status;
}
