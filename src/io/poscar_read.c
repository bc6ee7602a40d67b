/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/label.h"
#include "io/poscar.h"

#include "base/matrix.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { KINDS_MAX = 256 };

/* Everything that stands above the coordinates. */
typedef struct poscar_header {
    double cell[3][3]; /* scaled, A */
    double scale[3];   /* of Cartesian coordinates */
    size_t kinds;
    int elements[KINDS_MAX];
    size_t counts[KINDS_MAX];
    size_t atoms;
    bool selective, cartesian;
} poscar_header;

static size_t numbers_in(sw_span line) {
    sw_span word;
    double value;
    size_t count = 0;
    while (sw_span_word(&word, &line)) {
        if (!sw_span_number(&value, word))
            break; /* a comment may follow */
        count++;
    }
    return count;
}

/* The first letter of a line, small; zero where the line is blank. */
static char first_letter(sw_span line) {
    sw_span text = sw_span_trim(line);
    char letter = text.length > 0 ? *text.start : '\0';
    return letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
}

bool sw_poscar_recognise(const sw_source *source) {
    sw_lines lines = sw_lines_of(source);
    sw_span word;
    size_t count;
    if (!sw_lines_skip(&lines, 2))
        return false;
    size_t scales = numbers_in(lines.line);
    if (scales != 1 && scales != 3)
        return false;
    for (int i = 0; i < 3; i++)
        if (!sw_lines_next(&lines) || numbers_in(lines.line) != 3)
            return false;
    bool counts = false;
    for (int i = 0; i < 2 && !counts && sw_lines_next(&lines); i++) {
        sw_span rest = lines.line;
        counts = sw_span_word(&word, &rest) && sw_span_count(&count, word);
    }
    char letter = counts && sw_lines_next(&lines) ? first_letter(lines.line) : '\0';
    return letter && strchr("sdck", letter);
}

static sw_status next_line(sw_lines *lines, const char *what, sw_error *error) {
    if (sw_lines_next(lines))
        return SW_OK;
    return sw_lines_error(lines, (sw_span){0}, "the file is cut off", error,
                          "expected %s, found the end of the file", what);
}

/* One number scales all, three scale the Cartesian axes; a negative one is the cell volume. */
static sw_status read_cell(poscar_header *header, sw_lines *lines, sw_error *error) {
    sw_status status = next_line(lines, "the scale factor", error);
    if (status != SW_OK)
        return status;
    sw_lines scale_line = *lines;
    size_t scales = numbers_in(lines->line) >= 3 ? 3 : 1;
    sw_span rest = lines->line;
    status = sw_lines_numbers(header->scale, scales, lines, &rest, "a scale factor", error);
    for (int i = 0; i < 3 && status == SW_OK; i++) {
        status = next_line(lines, "a cell vector", error);
        rest = lines->line;
        if (status == SW_OK)
            status = sw_lines_numbers(header->cell[i], 3, lines, &rest, "a cell vector", error);
    }
    if (status != SW_OK)
        return status;
    double volume = fabs(sw_matrix_determinant((const double(*)[3])header->cell));
    if (!(volume > 0) || !isfinite(volume))
        return sw_lines_error(lines, (sw_span){0}, "check the three cell vectors", error,
                              "the cell vectors span no volume");
    if (scales == 1)
        header->scale[1] = header->scale[2] = header->scale[0];
    if (scales == 1 && header->scale[0] < 0)
        header->scale[0] = header->scale[1] = header->scale[2] = cbrt(-header->scale[0] / volume);
    for (int k = 0; k < 3; k++) {
        if (!(header->scale[k] > 0) || header->scale[k] > 1e100)
            return sw_lines_error(&scale_line, (sw_span){0},
                                  "give one number (negative for a volume) or three positive ones",
                                  error, "expected a positive scale factor, found %g",
                                  header->scale[k]);
        for (int i = 0; i < 3; i++)
            header->cell[i][k] *= header->scale[k];
    }
    return SW_OK;
}

static sw_status read_symbols(poscar_header *header, const sw_lines *lines, sw_span rest,
                              sw_error *error) {
    sw_span word;
    header->kinds = 0;
    while (sw_span_word(&word, &rest) && *word.start != '!' && *word.start != '#') {
        int number = sw_label_element(word);
        if (number < 0)
            return sw_label_error(lines, word, error);
        if (header->kinds == KINDS_MAX)
            return sw_lines_error(lines, word, "join equal elements", error,
                                  "more than %d groups of atoms", KINDS_MAX);
        header->elements[header->kinds++] = number;
    }
    return SW_OK;
}

static sw_status read_counts(poscar_header *header, sw_lines *lines, sw_error *error) {
    sw_span rest = lines->line, word;
    size_t kinds = 0;
    while (sw_span_word(&word, &rest) && *word.start != '!' && *word.start != '#') {
        if (kinds == header->kinds || !sw_span_count(&header->counts[kinds], word))
            return sw_lines_error(lines, word, "give one number of atoms for each element", error,
                                  "expected %zu numbers of atoms, found \"%.*s\"", header->kinds,
                                  SW_SHOWN(word));
        /* the shortest row is "0 0 0" */
        if (header->counts[kinds] > (sw_lines_left(lines) + 1) / 6 ||
            header->atoms > (sw_lines_left(lines) + 1) / 6 - header->counts[kinds])
            return sw_lines_error(lines, word, "the file is cut off, or the number is wrong", error,
                                  "expected rows for these atoms, but only %zu bytes follow",
                                  sw_lines_left(lines));
        header->atoms += header->counts[kinds++];
    }
    if (kinds == header->kinds && kinds > 0)
        return SW_OK;
    return sw_lines_error(lines, (sw_span){0}, "give one number of atoms for each element", error,
                          "expected %zu numbers of atoms, found %zu", header->kinds, kinds);
}

/* Files of VASP 4 have no line of symbols: they are then taken from the comment, where it holds
 * as many symbols as there are counts. */
static sw_status read_kinds(poscar_header *header, sw_lines *lines, const sw_lines *comment,
                            sw_error *error) {
    sw_span word = {0}, rest;
    size_t number;
    sw_status status = next_line(lines, "the element symbols", error);
    if (status != SW_OK)
        return status;
    rest = lines->line;
    if (sw_span_word(&word, &rest) && !sw_span_count(&number, word)) {
        status = read_symbols(header, lines, lines->line, error);
        if (status == SW_OK)
            status = next_line(lines, "the numbers of atoms", error);
    } else if (read_symbols(header, comment, comment->line, NULL) != SW_OK ||
               header->kinds != numbers_in(lines->line)) {
        return sw_lines_error(lines, word, "add a line with the element symbols above this one",
                              error, "expected element symbols, found \"%.*s\"", SW_SHOWN(word));
    } else {
        sw_source_remark(lines->source, "elements", "taken from the comment line");
    }
    return status == SW_OK ? read_counts(header, lines, error) : status;
}

static sw_status read_mode(poscar_header *header, sw_lines *lines, sw_error *error) {
    sw_status status = next_line(lines, "Direct or Cartesian", error);
    char letter = first_letter(lines->line);
    header->selective = letter == 's';
    if (status == SW_OK && header->selective) {
        status = next_line(lines, "Direct or Cartesian", error);
        letter = first_letter(lines->line);
    }
    if (status != SW_OK)
        return status;
    header->cartesian = letter == 'c' || letter == 'k';
    if (header->cartesian || letter == 'd')
        return SW_OK;
    return sw_lines_error(lines, (sw_span){0}, "write Direct or Cartesian above the coordinates",
                          error, "expected Direct or Cartesian, found \"%.*s\"",
                          SW_SHOWN(lines->line));
}

static sw_status read_flags(double flags[3], const sw_lines *lines, sw_span *rest,
                            sw_error *error) {
    for (int k = 0; k < 3; k++) {
        sw_span word;
        bool found = sw_span_word(&word, rest);
        if (found && *word.start == '.') {
            word.start++;
            word.length--;
        }
        if (!found || word.length == 0 || !strchr("TtFf", *word.start))
            return sw_lines_error(lines, word, "write three of T and F after each position", error,
                                  "expected T or F (selective dynamics), found \"%.*s\"",
                                  SW_SHOWN(word));
        flags[k] = *word.start == 'T' || *word.start == 't';
    }
    return SW_OK;
}

static sw_status read_row(sw_atoms *atoms, size_t row, const poscar_header *header, sw_lines *lines,
                          sw_error *error) {
    double given[3];
    sw_status status = next_line(lines, "the position of an atom", error);
    if (status != SW_OK)
        return status;
    sw_span rest = lines->line;
    status = sw_lines_numbers(given, 3, lines, &rest, "a position", error);
    if (status != SW_OK)
        return status;
    double *position = &sw_atoms_positions(atoms)[3 * row];
    if (header->cartesian)
        for (int k = 0; k < 3; k++)
            position[k] = given[k] * header->scale[k];
    else
        sw_matrix_row_product(position, given, (const double(*)[3])header->cell);
    return header->selective ? read_flags(&sw_atoms_column(atoms, 0)[3 * row], lines, &rest, error)
                             : SW_OK;
}

static sw_status read_rows(sw_atoms *atoms, const poscar_header *header, sw_lines *lines,
                           sw_error *error) {
    size_t row = 0;
    for (size_t kind = 0; kind < header->kinds; kind++)
        for (size_t i = 0; i < header->counts[kind]; i++, row++) {
            sw_atoms_elements(atoms)[row] = (uint8_t)header->elements[kind];
            sw_status status = read_row(atoms, row, header, lines, error);
            if (status != SW_OK)
                return status;
        }
    while (sw_lines_next(lines))
        if (sw_span_trim(lines->line).length > 0) {
            sw_source_remark(lines->source, "not understood",
                             "line %zu and after (velocities, predictor)", lines->number);
            break;
        }
    return SW_OK;
}

static sw_status set_comment(sw_atoms *atoms, const sw_lines *comment, sw_error *error) {
    sw_span text = sw_span_trim(comment->line);
    if (text.length == 0)
        return SW_OK;
    char *note = sw_span_text(text);
    sw_status status = note ? sw_atoms_set_note(atoms, "comment", note) : SW_ERROR_MEMORY;
    free(note);
    return status == SW_OK ? SW_OK : sw_source_no_memory(comment->source, error);
}

static sw_status read_header(poscar_header *header, sw_lines *lines, sw_lines *comment,
                             sw_error *error) {
    sw_status status = next_line(lines, "the comment line", error);
    *comment = *lines;
    if (status == SW_OK)
        status = read_cell(header, lines, error);
    if (status == SW_OK)
        status = read_kinds(header, lines, comment, error);
    if (status == SW_OK)
        status = read_mode(header, lines, error);
    return status;
}

sw_status sw_poscar_read(sw_content *content, const sw_source *source, ptrdiff_t frame,
                         sw_error *error) {
    static const bool periodic[3] = {true, true, true};
    poscar_header header = {0};
    sw_lines lines = sw_lines_of(source), comment;
    size_t index;
    sw_status status = sw_source_frame(&index, source, frame, 1, error);
    if (status == SW_OK)
        status = read_header(&header, &lines, &comment, error);
    if (status != SW_OK)
        return status;
    if (sw_atoms_create(&content->atoms, header.atoms) != SW_OK)
        return sw_source_no_memory(source, error);
    content->noun = SW_NOUN_ATOMS;
    sw_atoms_set_cell(content->atoms, (const double(*)[3])header.cell, periodic);
    if (header.selective &&
        sw_atoms_add_column(content->atoms, "selective_dynamics", 3, true) != SW_OK)
        return sw_source_no_memory(source, error);
    status = set_comment(content->atoms, &comment, error);
    return status == SW_OK ? read_rows(content->atoms, &header, &lines, error) : status;
}
