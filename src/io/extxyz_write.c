/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/extxyz.h"

#include <string.h>

/* Words that every reader takes unquoted. */
static bool is_bare(const char *text) {
    return *text && strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                 "_.+-/") == strlen(text);
}

static void write_quoted(sw_sink *sink, const char *text) {
    if (is_bare(text)) {
        sw_sink_write(sink, text, strlen(text));
        return;
    }
    sw_sink_write(sink, "\"", 1);
    for (const char *c = text; *c; c++) {
        if (*c == '"' || *c == '\\')
            sw_sink_write(sink, "\\", 1);
        if (*c == '\n')
            sw_sink_write(sink, "\\n", 2);
        else if (*c == '\r')
            sw_sink_write(sink, " ", 1);
        else
            sw_sink_write(sink, c, 1);
    }
    sw_sink_write(sink, "\"", 1);
}

static sw_status check_names(const sw_atoms *atoms, sw_error *error) {
    static const char *const reserved_columns[] = {"species", "pos"};
    static const char *const reserved_keys[] = {"Lattice", "Properties", "pbc"};
    for (size_t i = 0; i < sw_atoms_columns(atoms); i++) {
        const char *name = sw_atoms_column_name(atoms, i);
        bool bad = !*name || strpbrk(name, " \t\n\r:=\"[]{}\\");
        for (size_t k = 0; k < 2; k++)
            bad = bad || strcmp(name, reserved_columns[k]) == 0;
        if (bad)
            return sw_error_set(error, SW_ERROR_ARGUMENT, name,
                                "rename the column, or write HDF5 instead",
                                "extended XYZ cannot hold a column named \"%s\"", name);
    }
    for (size_t i = 0; i < sw_atoms_notes(atoms); i++)
        for (size_t k = 0; k < 3; k++)
            if (strcmp(sw_atoms_note_key(atoms, i), reserved_keys[k]) == 0)
                return sw_error_set(error, SW_ERROR_ARGUMENT, reserved_keys[k], "rename the note",
                                    "extended XYZ keeps the key %s for itself", reserved_keys[k]);
    return SW_OK;
}

static void write_cell(sw_sink *sink, const sw_atoms *atoms) {
    double cell[3][3] = {{0}};
    bool periodic[3] = {false};
    if (sw_atoms_cell(atoms, cell, periodic)) {
        sw_sink_print(sink, "Lattice=\"");
        for (int i = 0; i < 9; i++) {
            sw_sink_write(sink, " ", i > 0);
            sw_sink_number(sink, cell[i / 3][i % 3]);
        }
        sw_sink_print(sink, "\" ");
    }
    sw_sink_print(sink, "pbc=\"%c %c %c\" ", periodic[0] ? 'T' : 'F', periodic[1] ? 'T' : 'F',
                  periodic[2] ? 'T' : 'F');
}

static void write_header(sw_sink *sink, const sw_atoms *atoms) {
    sw_sink_print(sink, "%zu\n", sw_atoms_count(atoms));
    write_cell(sink, atoms);
    sw_sink_print(sink, "Properties=species:S:1:pos:R:3");
    for (size_t i = 0; i < sw_atoms_columns(atoms); i++)
        sw_sink_print(sink, ":%s:%c:%zu", sw_atoms_column_name(atoms, i),
                      sw_atoms_column_is_integer(atoms, i) ? 'I' : 'R',
                      sw_atoms_column_width(atoms, i));
    for (size_t i = 0; i < sw_atoms_notes(atoms); i++) {
        sw_sink_print(sink, " ");
        write_quoted(sink, sw_atoms_note_key(atoms, i));
        sw_sink_print(sink, "=");
        write_quoted(sink, sw_atoms_note_text(atoms, i));
    }
    sw_sink_print(sink, "\n");
}

static void write_position(sw_sink *sink, const sw_atoms *atoms, size_t row) {
    const char *symbol = sw_element_symbol(sw_atoms_elements_const(atoms)[row]);
    sw_sink_write(sink, symbol, strlen(symbol));
    for (size_t k = 0; k < 3; k++) {
        sw_sink_write(sink, " ", 1);
        sw_sink_number(sink, sw_atoms_positions_const(atoms)[3 * row + k]);
    }
}

sw_status sw_extxyz_write(sw_sink *sink, const sw_atoms *atoms, sw_error *error) {
    sw_status status = check_names(atoms, error);
    if (status != SW_OK)
        return status;
    write_header(sink, atoms);
    for (size_t row = 0; row < sw_atoms_count(atoms); row++) {
        write_position(sink, atoms, row);
        for (size_t i = 0; i < sw_atoms_columns(atoms); i++) {
            size_t width = sw_atoms_column_width(atoms, i);
            const double *values = sw_atoms_column_const(atoms, i) + row * width;
            for (size_t k = 0; k < width; k++) {
                sw_sink_write(sink, " ", 1);
                sw_sink_number(sink, values[k]);
            }
        }
        sw_sink_write(sink, "\n", 1);
    }
    return SW_OK;
}

sw_status sw_xyz_write(sw_sink *sink, const sw_atoms *atoms, sw_error *error) {
    (void)error;
    const char *comment = sw_atoms_note(atoms, "comment");
    sw_sink_print(sink, "%zu\n", sw_atoms_count(atoms));
    for (const char *c = comment ? comment : ""; *c; c++)
        sw_sink_write(sink, *c == '\n' || *c == '\r' ? " " : c, 1);
    sw_sink_write(sink, "\n", 1);
    for (size_t row = 0; row < sw_atoms_count(atoms); row++) {
        write_position(sink, atoms, row);
        sw_sink_write(sink, "\n", 1);
    }
    return SW_OK;
}
