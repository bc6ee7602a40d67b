/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sections Atoms (styles atomic and charge) and Velocities of a LAMMPS data file. */
#include "io/lammps_data.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* How the rows of the section Atoms are made up. */
typedef struct row_layout {
    bool charged, imaged;
    size_t id, type, charge, image; /* columns of the atoms */
} row_layout;

static size_t words_in(sw_span line) {
    sw_span word;
    size_t count = 0;
    while (sw_span_word(&word, &line))
        count++;
    return count;
}

/* The style from its name, or from the number of words where the file does not say. */
static sw_status find_layout(row_layout *layout, size_t words, sw_span style, bool bonded,
                             const sw_lines *lines, sw_error *error) {
    bool atomic = sw_span_is(style, "atomic"), charge = sw_span_is(style, "charge");
    static const char hint[] = "write it with atom_style atomic or charge, and name the style: "
                               "\"Atoms # charge\"";
    *layout = (row_layout){0};
    if (style.length == 0 && bonded)
        return sw_lines_error(lines, (sw_span){0}, hint, error,
                              "the atoms have bonds, and their style is not named");
    if (style.length > 0 && !atomic && !charge)
        return sw_lines_error(lines, (sw_span){0}, hint, error,
                              "the atom styles atomic and charge are read, not \"%.*s\"",
                              SW_SHOWN(style));
    layout->charged = charge || (!atomic && (words == 6 || words == 9));
    layout->imaged = words == (layout->charged ? 9 : 8);
    if (words != (layout->charged ? 6u : 5u) + (layout->imaged ? 3u : 0u))
        return sw_lines_error(lines, (sw_span){0}, hint, error,
                              "expected id, type%s and position, with or without three images, "
                              "found %zu words",
                              layout->charged ? ", charge" : "", words);
    if (style.length == 0)
        sw_source_remark(lines->source, "assumed", "atom style %s, by the number of words",
                         layout->charged ? "charge" : "atomic");
    return SW_OK;
}

static bool add_column(size_t *column, sw_atoms *atoms, const char *name, bool integer) {
    *column = sw_atoms_columns(atoms);
    return sw_atoms_add_column(atoms, name, 1, integer) == SW_OK;
}

static bool add_columns(row_layout *layout, sw_atoms *atoms) {
    size_t last;
    return add_column(&layout->id, atoms, "id", true) &&
           add_column(&layout->type, atoms, "type", true) &&
           (!layout->charged || add_column(&layout->charge, atoms, "q", false)) &&
           (!layout->imaged ||
            (add_column(&layout->image, atoms, "ix", true) &&
             add_column(&last, atoms, "iy", true) && add_column(&last, atoms, "iz", true)));
}

static sw_status take_integer(double *value, const sw_lines *lines, sw_span *rest, const char *what,
                              sw_error *error) {
    sw_span before = *rest, word;
    sw_status status = sw_lines_number(value, lines, rest, what, error);
    if (status != SW_OK || (*value == floor(*value) && fabs(*value) <= 9007199254740992.0))
        return status;
    sw_span_word(&word, &before);
    return sw_lines_error(lines, word, "write a whole number", error, "expected %s, found \"%.*s\"",
                          what, SW_SHOWN(word));
}

static sw_status read_row(sw_atoms *atoms, size_t row, const row_layout *layout,
                          const sw_lammps_types *types, const sw_lines *lines, sw_error *error) {
    sw_span rest = lines->line, word;
    sw_status status =
        take_integer(&sw_atoms_column(atoms, layout->id)[row], lines, &rest, "an atom id", error);
    if (status != SW_OK)
        return status;
    sw_span_word(&word, &rest);
    size_t type = sw_lammps_type_of(types, word);
    if (type == 0)
        return sw_lines_error(lines, word, "types count from 1 to the number in the header", error,
                              "expected an atom type from 1 to %zu, found \"%.*s\"", types->count,
                              SW_SHOWN(word));
    sw_atoms_column(atoms, layout->type)[row] = (double)type;
    if (layout->charged)
        status = sw_lines_number(&sw_atoms_column(atoms, layout->charge)[row], lines, &rest,
                                 "a charge", error);
    if (status == SW_OK)
        status = sw_lines_numbers(&sw_atoms_positions(atoms)[3 * row], 3, lines, &rest,
                                  "a position", error);
    for (size_t k = 0; k < 3 && layout->imaged && status == SW_OK; k++)
        status = take_integer(&sw_atoms_column(atoms, layout->image + k)[row], lines, &rest,
                              "an image", error);
    return status;
}

static int compare_ids(const void *one, const void *other) {
    const sw_lammps_id *a = one, *b = other;
    return a->id < b->id ? -1 : a->id > b->id;
}

sw_lammps_id *sw_lammps_sort_ids(size_t *twice, const double *ids, size_t count) {
    sw_lammps_id *sorted = sw_allocate(count + 1, sizeof *sorted);
    *twice = count;
    if (!sorted)
        return NULL;
    for (size_t i = 0; i < count; i++)
        sorted[i] = (sw_lammps_id){ids[i], i};
    qsort(sorted, count, sizeof *sorted, compare_ids);
    for (size_t i = 1; i < count && *twice == count; i++)
        if (!(sorted[i].id > sorted[i - 1].id))
            *twice = sorted[i].row;
    return sorted;
}

static sw_status check_ids(const sw_atoms *atoms, size_t column, const sw_lines *lines,
                           sw_error *error) {
    size_t twice, count = sw_atoms_count(atoms);
    const double *ids = sw_atoms_column_const(atoms, column);
    sw_lammps_id *sorted = sw_lammps_sort_ids(&twice, ids, count);
    free(sorted);
    if (!sorted)
        return sw_source_no_memory(lines->source, error);
    if (twice == count)
        return SW_OK;
    return sw_lines_error(lines, (sw_span){0}, "give each atom its own id", error,
                          "the atom id %.0f appears twice in the section that ends here",
                          ids[twice]);
}

sw_status sw_lammps_read_rows(sw_atoms *atoms, const sw_lammps_types *types, sw_lines *lines,
                              sw_span style, bool bonded, sw_error *error) {
    row_layout layout;
    size_t count = sw_atoms_count(atoms), words = 0;
    sw_status status = SW_OK;
    for (size_t row = 0; row < count; row++) {
        if (!sw_lammps_next_line(lines, NULL))
            return sw_lines_error(lines, (sw_span){0}, "the file is cut off", error,
                                  "expected %zu atoms, found %zu", count, row);
        size_t found = words_in(lines->line);
        if (row == 0) {
            words = found;
            status = find_layout(&layout, words, style, bonded, lines, error);
            if (status == SW_OK && !add_columns(&layout, atoms))
                status = sw_source_no_memory(lines->source, error);
        } else if (found != words) {
            status = sw_lines_error(lines, (sw_span){0}, "all atoms have the same number of words",
                                    error, "expected %zu words, found %zu", words, found);
        }
        if (status == SW_OK)
            status = read_row(atoms, row, &layout, types, lines, error);
        if (status != SW_OK)
            return status;
    }
    return count > 0 ? check_ids(atoms, layout.id, lines, error) : SW_OK;
}

/* ---- velocities ------------------------------------------------------------------------------ */

static sw_status read_velocity(sw_atoms *atoms, size_t column, const sw_lammps_id *sorted,
                               const sw_lines *lines, sw_error *error) {
    sw_span rest = lines->line;
    sw_lammps_id wanted = {0};
    sw_status status = take_integer(&wanted.id, lines, &rest, "an atom id", error);
    if (status != SW_OK)
        return status;
    const sw_lammps_id *found =
        bsearch(&wanted, sorted, sw_atoms_count(atoms), sizeof *sorted, compare_ids);
    if (!found)
        return sw_lines_error(lines, (sw_span){0}, "compare with the section Atoms", error,
                              "no atom has the id %.0f", wanted.id);
    for (size_t k = 0; k < 3 && status == SW_OK; k++)
        status = sw_lines_number(&sw_atoms_column(atoms, column + k)[found->row], lines, &rest,
                                 "a velocity", error);
    if (status == SW_OK && sw_span_trim(rest).length > 0)
        status = sw_lines_error(lines, sw_span_trim(rest), "write id vx vy vz", error,
                                "expected four words, found more");
    return status;
}

sw_status sw_lammps_read_velocities(sw_atoms *atoms, sw_lines *lines, sw_error *error) {
    ptrdiff_t id = sw_atoms_find(atoms, "id");
    size_t twice, column = sw_atoms_columns(atoms), last, count = sw_atoms_count(atoms);
    if (id < 0 || sw_atoms_find(atoms, "vx") >= 0)
        return sw_lines_error(lines, (sw_span){0}, "write the section Atoms before it, and it once",
                              error, "the section Velocities stands where it cannot be");
    if (!add_column(&last, atoms, "vx", false) || !add_column(&last, atoms, "vy", false) ||
        !add_column(&last, atoms, "vz", false))
        return sw_source_no_memory(lines->source, error);
    sw_lammps_id *sorted =
        sw_lammps_sort_ids(&twice, sw_atoms_column_const(atoms, (size_t)id), count);
    sw_status status = SW_OK;
    if (!sorted)
        return sw_source_no_memory(lines->source, error);
    for (size_t row = 0; row < count && status == SW_OK; row++) {
        if (!sw_lammps_next_line(lines, NULL))
            status = sw_lines_error(lines, (sw_span){0}, "the file is cut off", error,
                                    "expected %zu velocities, found %zu", count, row);
        else
            status = read_velocity(atoms, column, sorted, lines, error);
    }
    free(sorted);
    return status;
}
