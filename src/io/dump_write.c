/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/dump.h"

#include <math.h>
#include <string.h>

static void write_bounds(sw_sink *sink, double low, double high) {
    sw_sink_number(sink, low);
    sw_sink_write(sink, " ", 1);
    sw_sink_number(sink, high);
}

static void write_box(sw_sink *sink, const sw_lammps_box *box) {
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
    sw_lammps_box box;
    sw_status status = check_names(atoms, error);
    if (status == SW_OK)
        status = sw_lammps_box_of(&box, atoms, error);
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
