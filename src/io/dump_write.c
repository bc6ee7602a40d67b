/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/dump.h"

#include <math.h>
#include <string.h>

static void bounding_box(sw_dump_box *box, const sw_atoms *atoms) {
    const double *positions = sw_atoms_positions_const(atoms);
    for (int k = 0; k < 3; k++) {
        double low = 0, high = 1;
        for (size_t i = 0; i < sw_atoms_count(atoms); i++) {
            low = i == 0 ? positions[k] : fmin(low, positions[3 * i + (size_t)k]);
            high = i == 0 ? positions[k] : fmax(high, positions[3 * i + (size_t)k]);
        }
        box->origin[k] = low;
        box->cell[k][k] = high > low ? high - low : 1;
    }
}

static void read_origin(double origin[3], const sw_atoms *atoms) {
    const char *note = sw_atoms_note(atoms, "cell_origin");
    sw_span rest = {note, note ? strlen(note) : 0}, word;
    double values[3];
    for (int i = 0; i < 3; i++)
        if (!sw_span_word(&word, &rest) || !sw_span_number(&values[i], word))
            return;
    memcpy(origin, values, sizeof values);
}

/* LAMMPS boxes have a along x and b in the xy plane. */
static sw_status find_box(sw_dump_box *box, const sw_atoms *atoms, sw_error *error) {
    *box = (sw_dump_box){0};
    if (!sw_atoms_cell(atoms, box->cell, box->periodic)) {
        bounding_box(box, atoms);
        return SW_OK;
    }
    read_origin(box->origin, atoms);
    const double(*cell)[3] = (const double(*)[3])box->cell;
    double tolerance = 1e-9 * (fabs(cell[0][0]) + fabs(cell[1][1]) + fabs(cell[2][2]));
    bool restricted = fabs(cell[0][1]) <= tolerance && fabs(cell[0][2]) <= tolerance &&
                      fabs(cell[1][2]) <= tolerance && cell[0][0] > 0 && cell[1][1] > 0 &&
                      cell[2][2] > 0;
    if (!restricted)
        return sw_error_set(error, SW_ERROR_UNSUPPORTED, "cell",
                            "turn the atoms so, or write extended XYZ",
                            "a LAMMPS dump needs a cell with a along x and b in the xy plane");
    return SW_OK;
}

static void write_bounds(sw_sink *sink, double low, double high) {
    sw_sink_number(sink, low);
    sw_sink_write(sink, " ", 1);
    sw_sink_number(sink, high);
}

static void write_box(sw_sink *sink, const sw_dump_box *box) {
    double xy = box->cell[1][0], xz = box->cell[2][0], yz = box->cell[2][1];
    bool tilted = xy != 0 || xz != 0 || yz != 0;
    double low[3], high[3], tilt[3] = {xy, xz, yz};
    for (int k = 0; k < 3; k++) {
        low[k] = box->origin[k];
        high[k] = box->origin[k] + box->cell[k][k];
    }
    low[0] += fmin(fmin(0, xy), fmin(xz, xy + xz));
    high[0] += fmax(fmax(0, xy), fmax(xz, xy + xz));
    low[1] += fmin(0, yz);
    high[1] += fmax(0, yz);
    sw_sink_print(sink, "ITEM: BOX BOUNDS%s", tilted ? " xy xz yz" : "");
    for (int k = 0; k < 3; k++)
        sw_sink_print(sink, " %s", box->periodic[k] ? "pp" : "ff");
    sw_sink_print(sink, "\n");
    for (int k = 0; k < 3; k++) {
        write_bounds(sink, low[k], high[k]);
        if (tilted) {
            sw_sink_write(sink, " ", 1);
            sw_sink_number(sink, tilt[k]);
        }
        sw_sink_print(sink, "\n");
    }
}

/* id and type are written where the atoms do not carry their own. */
static void write_names(sw_sink *sink, const sw_atoms *atoms) {
    sw_sink_print(sink, "ITEM: ATOMS%s%s element x y z",
                  sw_atoms_find(atoms, "id") < 0 ? " id" : "",
                  sw_atoms_find(atoms, "type") < 0 ? " type" : "");
    for (size_t i = 0; i < sw_atoms_columns(atoms); i++) {
        size_t width = sw_atoms_column_width(atoms, i);
        const char *name = sw_atoms_column_name(atoms, i);
        for (size_t k = 0; k < width; k++)
            if (width == 1)
                sw_sink_print(sink, " %s", name);
            else
                sw_sink_print(sink, " %s[%zu]", name, k + 1);
    }
    sw_sink_print(sink, "\n");
}

/* Types count the elements that occur, in the order of their atomic numbers. */
static void number_types(int types[256], const sw_atoms *atoms) {
    bool occurs[256] = {false};
    for (size_t i = 0; i < sw_atoms_count(atoms); i++)
        occurs[sw_atoms_elements_const(atoms)[i]] = true;
    int next = 1;
    for (int i = 0; i < 256; i++)
        types[i] = occurs[i] ? next++ : 0;
}

static void write_row(sw_sink *sink, const sw_atoms *atoms, size_t row, bool id, const int *type) {
    uint8_t element = sw_atoms_elements_const(atoms)[row];
    if (id)
        sw_sink_print(sink, "%zu ", row + 1);
    if (type)
        sw_sink_print(sink, "%d ", type[element]);
    const char *symbol = sw_element_symbol(element);
    sw_sink_write(sink, symbol, strlen(symbol));
    for (size_t k = 0; k < 3; k++) {
        sw_sink_write(sink, " ", 1);
        sw_sink_number(sink, sw_atoms_positions_const(atoms)[3 * row + k]);
    }
    for (size_t i = 0; i < sw_atoms_columns(atoms); i++) {
        size_t width = sw_atoms_column_width(atoms, i);
        for (size_t k = 0; k < width; k++) {
            sw_sink_write(sink, " ", 1);
            sw_sink_number(sink, sw_atoms_column_const(atoms, i)[row * width + k]);
        }
    }
    sw_sink_write(sink, "\n", 1);
}

static sw_status check_names(const sw_atoms *atoms, sw_error *error) {
    for (size_t i = 0; i < sw_atoms_columns(atoms); i++) {
        const char *name = sw_atoms_column_name(atoms, i);
        bool coordinate = strlen(name) == 1 && *name >= 'x' && *name <= 'z';
        if (!*name || strpbrk(name, " \t\r\n") || strcmp(name, "element") == 0 || coordinate)
            return sw_error_set(error, SW_ERROR_ARGUMENT, name, "rename the column",
                                "a LAMMPS dump cannot hold a column named \"%s\"", name);
    }
    return SW_OK;
}

sw_status sw_dump_write(sw_sink *sink, const sw_atoms *atoms, sw_error *error) {
    static const char *const notes[][2] = {{"units", "UNITS"}, {"time", "TIME"}};
    sw_dump_box box;
    sw_status status = check_names(atoms, error);
    if (status == SW_OK)
        status = find_box(&box, atoms, error);
    if (status != SW_OK)
        return status;
    for (size_t i = 0; i < 2; i++)
        if (sw_atoms_note(atoms, notes[i][0]) &&
            !strpbrk(sw_atoms_note(atoms, notes[i][0]), "\n\r"))
            sw_sink_print(sink, "ITEM: %s\n%s\n", notes[i][1], sw_atoms_note(atoms, notes[i][0]));
    const char *step = sw_atoms_note(atoms, "timestep");
    size_t timestep = 0;
    if (step && !sw_span_count(&timestep, (sw_span){step, strlen(step)}))
        timestep = 0;
    sw_sink_print(sink, "ITEM: TIMESTEP\n%zu\nITEM: NUMBER OF ATOMS\n%zu\n", timestep,
                  sw_atoms_count(atoms));
    write_box(sink, &box);
    write_names(sink, atoms);
    int types[256];
    number_types(types, atoms);
    bool id = sw_atoms_find(atoms, "id") < 0, type = sw_atoms_find(atoms, "type") < 0;
    for (size_t row = 0; row < sw_atoms_count(atoms); row++)
        write_row(sink, atoms, row, id, type ? types : NULL);
    return SW_OK;
}
