/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the types of a LAMMPS data file are made of: by their label, by the comment behind their
 * mass, or by the mass itself. */
#include "io/label.h"
#include "io/lammps_data.h"

#include "base/memory.h"

#include <math.h>
#include <string.h>

#define LAST_ELEMENT 118
#define NEAR_WEIGHT 0.1 /* amu: how files round atomic weights */

static sw_status make_list(sw_lammps_types *types, size_t shortest_row, const sw_lines *lines,
                           sw_error *error) {
    if (types->count > (sw_lines_left(lines) + 1) / shortest_row)
        return sw_lines_error(lines, (sw_span){0}, "the file is cut off, or the number is wrong",
                              error, "expected rows for %zu atom types, but only %zu bytes follow",
                              types->count, sw_lines_left(lines));
    if (!types->list)
        types->list = sw_allocate(types->count + 1, sizeof *types->list);
    return types->list ? SW_OK : sw_source_no_memory(lines->source, error);
}

/* Begins a row of a section of types: its number. */
static sw_status next_type(size_t *type, sw_span *rest, sw_span *comment,
                           const sw_lammps_types *types, sw_lines *lines, sw_error *error) {
    sw_span word = {0};
    if (!sw_lammps_next_line(lines, comment))
        return sw_lines_error(lines, (sw_span){0}, "the file is cut off", error,
                              "expected a row for each of %zu atom types, found the end of the "
                              "file",
                              types->count);
    *rest = lines->line;
    sw_span_word(&word, rest);
    *type = sw_lammps_type_of(types, word);
    if (*type == 0)
        return sw_lines_error(lines, word, "types count from 1 to the number in the header", error,
                              "expected an atom type from 1 to %zu, found \"%.*s\"", types->count,
                              SW_SHOWN(word));
    return SW_OK;
}

static void set_element(struct sw_lammps_type *type, int element, uint8_t told_by) {
    if (element <= 0 || told_by < type->told_by)
        return;
    type->element = (uint8_t)element;
    type->told_by = told_by;
}

/* The only element with about this weight; 0 where there is none, or more than one. */
static int element_of_mass(double mass) {
    int found = 0;
    for (int element = 1; element <= LAST_ELEMENT; element++) {
        if (fabs(sw_element_mass(element) - mass) > NEAR_WEIGHT)
            continue;
        if (found != 0)
            return 0;
        found = element;
    }
    return found;
}

/* A comment is the author's own: it counts where it is a symbol and not far from the mass. */
static int element_of_comment(sw_span comment, double mass) {
    sw_span word;
    if (!sw_span_word(&word, &comment) || !sw_lammps_is_word(word))
        return 0;
    int element = sw_label_element(word);
    bool possible = element > 0 && fabs(sw_element_mass(element) - mass) < 0.1 * mass + 1.1;
    return possible ? element : 0;
}

sw_status sw_lammps_read_masses(sw_lammps_types *types, sw_lines *lines, bool by_mass,
                                sw_error *error) {
    sw_status status = make_list(types, sizeof "1 1" - 1, lines, error);
    for (size_t i = 0; i < types->count && status == SW_OK; i++) {
        size_t type = 0;
        sw_span rest, comment;
        double mass;
        status = next_type(&type, &rest, &comment, types, lines, error);
        if (status == SW_OK)
            status = sw_lines_number(&mass, lines, &rest, "a mass", error);
        if (status != SW_OK)
            return status;
        if (!(mass > 0))
            return sw_lines_error(lines, (sw_span){0}, "masses are in g/mol", error,
                                  "expected a mass above zero, found %g", mass);
        types->list[type].mass = mass;
        set_element(&types->list[type], element_of_comment(comment, mass), SW_LAMMPS_BY_COMMENT);
        if (by_mass)
            set_element(&types->list[type], element_of_mass(mass), SW_LAMMPS_BY_MASS);
    }
    return status;
}

sw_status sw_lammps_read_labels(sw_lammps_types *types, sw_lines *lines, sw_error *error) {
    sw_status status = make_list(types, sizeof "1 C" - 1, lines, error);
    for (size_t i = 0; i < types->count && status == SW_OK; i++) {
        size_t type = 0;
        sw_span rest, label;
        status = next_type(&type, &rest, NULL, types, lines, error);
        if (status != SW_OK)
            return status;
        if (!sw_span_word(&label, &rest) || !sw_lammps_is_word(label))
            return sw_lines_error(lines, label, "labels begin with a letter", error,
                                  "expected a label, found \"%.*s\"", SW_SHOWN(label));
        types->list[type].label = label;
        set_element(&types->list[type], sw_label_element(label), SW_LAMMPS_BY_LABEL);
    }
    return status;
}

size_t sw_lammps_type_of(const sw_lammps_types *types, sw_span word) {
    size_t number;
    if (sw_span_count(&number, word))
        return number <= types->count ? number : 0;
    for (size_t i = 1; types->list && word.length > 0 && i <= types->count; i++)
        if (types->list[i].label.length == word.length &&
            memcmp(types->list[i].label.start, word.start, word.length) == 0)
            return i;
    return 0;
}
