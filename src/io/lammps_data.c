/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * LAMMPS data files: one configuration for read_data. A title, a header of lines that end in their
 * key, then sections. What is not about single atoms (bonds, coefficients) is passed over and told.
 */
#include "io/lammps_data.h"

#include <stdlib.h>
#include <string.h>

#define HEADER_LINES_SEEN 64 /* of a file that is to be recognised */
#define SHORTEST_ROW (sizeof "1 1 0 0 0" - 1)
#define WORDS_MAX 6

/* A line as words, as many as a header line can have; count says how many there are in all. */
typedef struct header_line {
    sw_span words[WORDS_MAX];
    size_t count;
} header_line;

typedef struct data_header {
    size_t atoms, types;
    bool has_atoms, bonded, by_mass;
    bool has_bounds[3], has_vector[3];
    sw_lammps_box box;
} data_header;

bool sw_lammps_next_line(sw_lines *lines, sw_span *comment) {
    while (sw_lines_next(lines)) {
        sw_span line = lines->line;
        const char *mark = memchr(line.start, '#', line.length);
        size_t length = mark ? (size_t)(mark - line.start) : line.length;
        if (comment)
            *comment = mark ? sw_span_trim((sw_span){mark + 1, line.length - length - 1})
                            : (sw_span){line.start + line.length, 0};
        lines->line.length = length;
        if (sw_span_trim(lines->line).length > 0)
            return true;
    }
    return false;
}

bool sw_lammps_is_word(sw_span span) {
    char first = span.length > 0 ? *span.start : '\0';
    return (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z');
}

static header_line split(sw_span line) {
    header_line split = {0};
    sw_span word;
    while (sw_span_word(&word, &line)) {
        if (split.count < WORDS_MAX)
            split.words[split.count] = word;
        split.count++;
    }
    return split;
}

static bool ends_in(const header_line *line, size_t numbers, const char *first,
                    const char *second) {
    size_t count = numbers + (second ? 2 : 1);
    return line->count == count && sw_span_is(line->words[numbers], first) &&
           (!second || sw_span_is(line->words[numbers + 1], second));
}

static bool recognise(const sw_source *source) {
    sw_lines lines = sw_lines_of(source);
    bool atoms = false, box = false;
    size_t number;
    if (!sw_lines_next(&lines))
        return false;
    for (int i = 0; i < HEADER_LINES_SEEN && !(atoms && box); i++) {
        if (!sw_lammps_next_line(&lines, NULL))
            return false;
        header_line line = split(lines.line);
        atoms =
            atoms || (ends_in(&line, 1, "atoms", NULL) && sw_span_count(&number, line.words[0]));
        box = box || ends_in(&line, 2, "xlo", "xhi") || ends_in(&line, 3, "avec", NULL);
    }
    return atoms && box;
}

/* ---- header ---------------------------------------------------------------------------------- */

/* "... boundary = p p f" is how this library's own title keeps what the format does not. */
static void read_title(data_header *header, sw_atoms *atoms, sw_lines *lines, bool *no_memory) {
    static const char boundary[] = ", boundary = ";
    for (int k = 0; k < 3; k++)
        header->box.periodic[k] = true;
    header->by_mass = true;
    if (!sw_lines_next(lines))
        return;
    char *title = sw_span_text(sw_span_trim(lines->line));
    *no_memory = title == NULL;
    char *found = NULL;
    for (char *at = title; at && (at = strstr(at, boundary)); at++)
        found = at; /* the last: a comment may hold the word too */
    if (found) {
        const char *letters = found + sizeof boundary - 1;
        for (size_t k = 0; k < 3 && strlen(letters) == 5; k++)
            header->box.periodic[k] = letters[2 * k] == 'p';
        *found = '\0';
    }
    const char *units = title ? strstr(title, "units = ") : NULL; /* as write_data has it */
    if (units)
        header->by_mass = strncmp(units + 8, "metal", 5) == 0 || strncmp(units + 8, "real", 4) == 0;
    if (title && *title && sw_atoms_set_note(atoms, "comment", title) != SW_OK)
        *no_memory = true;
    free(title);
}

static sw_status read_numbers(double *values, size_t count, const sw_lines *lines,
                              sw_error *error) {
    sw_span rest = lines->line;
    return sw_lines_numbers(values, count, lines, &rest, "a length of the box", error);
}

/* Lines of the box. *taken is false where it is none of them. */
static sw_status read_box_line(data_header *header, bool *taken, const header_line *line,
                               const sw_lines *lines, sw_error *error) {
    static const char *const keys[3][3] = {
        {"xlo", "xhi", "avec"}, {"ylo", "yhi", "bvec"}, {"zlo", "zhi", "cvec"}};
    double numbers[3];
    sw_lammps_box *box = &header->box;
    *taken = true;
    for (int k = 0; k < 3; k++) {
        if (ends_in(line, 3, keys[k][2], NULL)) {
            header->has_vector[k] = true;
            return read_numbers(box->cell[k], 3, lines, error);
        }
        if (!ends_in(line, 2, keys[k][0], keys[k][1]))
            continue;
        sw_status status = read_numbers(numbers, 2, lines, error);
        header->has_bounds[k] = true;
        box->origin[k] = status == SW_OK ? numbers[0] : 0;
        box->cell[k][k] = status == SW_OK ? numbers[1] - numbers[0] : 0;
        return status;
    }
    if (ends_in(line, 3, "abc", "origin"))
        return read_numbers(box->origin, 3, lines, error);
    *taken = line->count == 6 && sw_span_is(line->words[3], "xy") &&
             sw_span_is(line->words[4], "xz") && sw_span_is(line->words[5], "yz");
    if (!*taken)
        return SW_OK;
    sw_status status = read_numbers(numbers, 3, lines, error);
    if (status == SW_OK) {
        box->cell[1][0] = numbers[0];
        box->cell[2][0] = numbers[1];
        box->cell[2][1] = numbers[2];
    }
    return status;
}

static bool begins_section(const sw_lines *lines) {
    return sw_lammps_is_word(sw_span_trim(lines->line));
}

static sw_status read_header_line(data_header *header, const sw_lines *lines, sw_error *error) {
    header_line line = split(lines->line);
    size_t number = 0;
    bool taken, counts = sw_span_count(&number, line.words[0]);
    sw_status status = read_box_line(header, &taken, &line, lines, error);
    if (status != SW_OK || taken)
        return status;
    if (ends_in(&line, 1, "atoms", NULL) && counts) {
        header->has_atoms = true;
        header->atoms = number;
    } else if (ends_in(&line, 1, "atom", "types") && counts) {
        header->types = number;
    } else if (ends_in(&line, 1, "bonds", NULL) && counts) {
        header->bonded = number > 0;
    } else if (!counts || line.count < 2 || !sw_lammps_is_word(line.words[1])) {
        return sw_lines_error(lines, (sw_span){0}, "such as \"12 atoms\" or \"0 8.4 xlo xhi\"",
                              error, "expected a line of the header, found \"%.*s\"",
                              SW_SHOWN(lines->line));
    } /* what else is counted is about bonds, or room to be kept */
    return SW_OK;
}

/* The box is given by bounds and tilt, or by three vectors; an axis without either is -0.5 to 0.5,
 * as read_data has it. */
static sw_status finish_box(data_header *header, const sw_lines *lines, sw_error *error) {
    bool vectors = header->has_vector[0] || header->has_vector[1] || header->has_vector[2];
    for (int k = 0; k < 3; k++) {
        if (vectors && (!header->has_vector[k] || header->has_bounds[k]))
            return sw_lines_error(lines, (sw_span){0},
                                  "give xlo xhi and the like, or avec, bvec and cvec", error,
                                  "the header has some vectors of the box and not others");
        if (vectors || header->has_bounds[k])
            continue;
        header->box.origin[k] = -0.5;
        header->box.cell[k][k] = 1;
    }
    return sw_lammps_box_check(&header->box, lines, error);
}

/* Ends on the name of the first section (*style is its comment), or at the end of the file. */
static sw_status read_header(data_header *header, bool *section, sw_span *style, sw_lines *lines,
                             sw_error *error) {
    sw_status status = SW_OK;
    while (status == SW_OK && (*section = sw_lammps_next_line(lines, style)) &&
           !begins_section(lines))
        status = read_header_line(header, lines, error);
    if (status != SW_OK)
        return status;
    if (!header->has_atoms)
        return sw_lines_error(lines, (sw_span){0}, "the header says \"12 atoms\"", error,
                              "the number of atoms is missing");
    if (header->atoms > (sw_lines_left(lines) + 1) / SHORTEST_ROW)
        return sw_lines_error(lines, (sw_span){0}, "the file is cut off, or the number is wrong",
                              error, "expected rows for %zu atoms, but only %zu bytes follow",
                              header->atoms, sw_lines_left(lines));
    return finish_box(header, lines, error);
}

/* ---- sections -------------------------------------------------------------------------------- */

/* Goes to the name of the next section: a word behind an empty line. */
static bool skip_section(sw_lines *lines, sw_span *style) {
    bool behind_empty = false;
    sw_lines before = *lines;
    while (sw_lines_next(lines)) {
        bool empty = sw_span_trim(lines->line).length == 0;
        if (behind_empty && begins_section(lines)) {
            *lines = before;
            return sw_lammps_next_line(lines, style);
        }
        behind_empty = empty;
        before = *lines;
    }
    return false;
}

typedef struct data_reading {
    data_header header;
    sw_lammps_types types;
    bool has_rows;
} data_reading;

/* Reads the section `lines` stands on. *skipped where it is none of those that are read. */
static sw_status read_section(data_reading *reading, bool *skipped, sw_atoms *atoms,
                              sw_lines *lines, sw_span style, sw_error *error) {
    sw_span name = sw_span_trim(lines->line);
    *skipped = false;
    if (sw_span_is(name, "Masses"))
        return sw_lammps_read_masses(&reading->types, lines, reading->header.by_mass, error);
    if (sw_span_is(name, "Atom Type Labels"))
        return sw_lammps_read_labels(&reading->types, lines, error);
    if (sw_span_is(name, "Velocities"))
        return sw_lammps_read_velocities(atoms, lines, error);
    if (sw_span_is(name, "Atoms")) {
        if (reading->has_rows)
            return sw_lines_error(lines, (sw_span){0}, "write it once", error,
                                  "the section Atoms appears twice");
        reading->has_rows = true;
        return sw_lammps_read_rows(atoms, &reading->types, lines, style, reading->header.bonded,
                                   error);
    }
    *skipped = true;
    sw_source_remark(lines->source, "not understood", "section %.*s", SW_SHOWN(name));
    return SW_OK;
}

static sw_status read_sections(data_reading *reading, bool section, sw_atoms *atoms,
                               sw_lines *lines, sw_span style, sw_error *error) {
    sw_status status = SW_OK;
    bool skipped = false;
    while (status == SW_OK && section) {
        if (!begins_section(lines))
            return sw_lines_error(lines, (sw_span){0}, "compare with the numbers of the header",
                                  error, "expected the name of a section, found \"%.*s\"",
                                  SW_SHOWN(lines->line));
        status = read_section(reading, &skipped, atoms, lines, style, error);
        if (status == SW_OK)
            section = skipped ? skip_section(lines, &style) : sw_lammps_next_line(lines, &style);
    }
    if (status == SW_OK && reading->header.atoms > 0 && !reading->has_rows)
        return sw_lines_error(lines, (sw_span){0}, "the file is cut off", error,
                              "expected the section Atoms, found the end of the file");
    return status;
}

static void tell_element(const sw_source *source, const struct sw_lammps_type *type,
                         size_t number) {
    if (type->element == 0)
        sw_source_remark(source, "not understood", "the element of atom type %zu", number);
    else if (type->told_by == SW_LAMMPS_BY_MASS)
        sw_source_remark(source, "assumed", "atom type %zu is %s, by its mass", number,
                         sw_element_symbol(type->element));
}

/* Masses may stand behind the atoms, so the elements come last. */
static void set_elements(sw_atoms *atoms, const sw_lammps_types *types, const sw_source *source) {
    ptrdiff_t column = sw_atoms_find(atoms, "type");
    for (size_t type = 1; type <= types->count && types->list; type++)
        tell_element(source, &types->list[type], type);
    if (!types->list && types->count > 0)
        sw_source_remark(source, "not understood", "the elements: there is no section Masses");
    for (size_t i = 0; i < sw_atoms_count(atoms) && column >= 0 && types->list; i++)
        sw_atoms_elements(atoms)[i] =
            types->list[(size_t)sw_atoms_column_const(atoms, (size_t)column)[i]].element;
}

static sw_status read_data(sw_content *content, const sw_source *source, ptrdiff_t frame,
                           sw_error *error) {
    sw_lines lines = sw_lines_of(source);
    data_reading reading = {0};
    size_t index;
    bool section = false, no_memory = false;
    sw_span style = {0};
    sw_status status = sw_source_frame(&index, source, frame, 1, error);
    if (status != SW_OK)
        return status;
    if (sw_atoms_create(&content->atoms, 0) != SW_OK)
        return sw_source_no_memory(source, error);
    content->noun = SW_NOUN_ATOMS;
    read_title(&reading.header, content->atoms, &lines, &no_memory);
    status = no_memory ? sw_source_no_memory(source, error)
                       : read_header(&reading.header, &section, &style, &lines, error);
    if (status == SW_OK && sw_atoms_resize(content->atoms, reading.header.atoms) != SW_OK)
        status = sw_source_no_memory(source, error);
    if (status == SW_OK)
        status = sw_lammps_box_set(content->atoms, &reading.header.box, source, error);
    reading.types.count = reading.header.types;
    if (status == SW_OK)
        status = read_sections(&reading, section, content->atoms, &lines, style, error);
    if (status == SW_OK)
        set_elements(content->atoms, &reading.types, source);
    free(reading.types.list);
    return status;
}

const sw_format_operations sw_format_lammps_data = {
    .format = {.name = "lammps-data",
               .summary = "LAMMPS data: one configuration, atom styles atomic and charge",
               .noun = SW_NOUN_ATOMS,
               .reads = true,
               .writes = true,
               .extensions = "lmp lammps",
               .citation = "LAMMPS manual, docs.lammps.org/read_data.html"},
    .is_text = true,
    .recognise = recognise,
    .read = read_data,
    .write_atoms = sw_lammps_data_write,
};
