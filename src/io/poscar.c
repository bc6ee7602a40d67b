/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/poscar.h"

#include <string.h>

const sw_format_operations sw_format_poscar = {
    .format = {.name = "poscar",
               .summary = "VASP POSCAR and CONTCAR: one periodic cell",
               .noun = SW_NOUN_ATOMS,
               .reads = true,
               .writes = true,
               .extensions = "poscar vasp contcar",
               .citation = "VASP wiki, vasp.at/wiki/POSCAR"},
    .file_names = "POSCAR CONTCAR",
    .is_text = true,
    .recognise = sw_poscar_recognise,
    .read = sw_poscar_read,
    .write_atoms = sw_poscar_write,
};

static sw_status check(const sw_atoms *atoms, sw_error *error) {
    double cell[3][3];
    bool periodic[3];
    if (!sw_atoms_cell(atoms, cell, periodic))
        return sw_error_set(error, SW_ERROR_UNSUPPORTED, "cell",
                            "give the atoms a cell, or write extended XYZ",
                            "a POSCAR file needs a cell, and these atoms have none");
    if (sw_atoms_count(atoms) == 0)
        return sw_error_set(error, SW_ERROR_UNSUPPORTED, "atoms", "write extended XYZ instead",
                            "a POSCAR file needs at least one atom");
    for (size_t i = 0; i < sw_atoms_count(atoms); i++)
        if (sw_atoms_elements_const(atoms)[i] == 0)
            return sw_error_set(error, SW_ERROR_UNSUPPORTED, "elements",
                                "set the elements, or write extended XYZ",
                                "a POSCAR file needs elements, and atom %zu has none", i);
    return SW_OK;
}

/* Atoms keep their order: an element may have several groups. */
static void write_groups(sw_sink *sink, const sw_atoms *atoms, bool symbols) {
    const uint8_t *elements = sw_atoms_elements_const(atoms);
    size_t count = sw_atoms_count(atoms);
    for (size_t i = 0, next; i < count; i = next) {
        for (next = i + 1; next < count && elements[next] == elements[i];)
            next++;
        if (symbols)
            sw_sink_print(sink, " %s", sw_element_symbol(elements[i]));
        else
            sw_sink_print(sink, " %zu", next - i);
    }
    sw_sink_print(sink, "\n");
}

static void write_vector(sw_sink *sink, const double vector[3]) {
    for (int k = 0; k < 3; k++) {
        sw_sink_write(sink, " ", k > 0);
        sw_sink_number(sink, vector[k]);
    }
}

static void write_header(sw_sink *sink, const sw_atoms *atoms, bool selective) {
    double cell[3][3];
    bool periodic[3];
    const char *comment = sw_atoms_note(atoms, "comment");
    sw_atoms_cell(atoms, cell, periodic);
    for (const char *c = comment ? comment : "atoms"; *c; c++)
        sw_sink_write(sink, *c == '\n' || *c == '\r' ? " " : c, 1);
    sw_sink_print(sink, "\n1.0\n");
    for (int i = 0; i < 3; i++) {
        write_vector(sink, cell[i]);
        sw_sink_print(sink, "\n");
    }
    write_groups(sink, atoms, true);
    write_groups(sink, atoms, false);
    sw_sink_print(sink, "%sCartesian\n", selective ? "Selective dynamics\n" : "");
}

sw_status sw_poscar_write(sw_sink *sink, const sw_atoms *atoms, sw_error *error) {
    sw_status status = check(atoms, error);
    if (status != SW_OK)
        return status;
    ptrdiff_t found = sw_atoms_find(atoms, "selective_dynamics");
    bool selective = found >= 0 && sw_atoms_column_width(atoms, (size_t)found) == 3;
    const double *flags = selective ? sw_atoms_column_const(atoms, (size_t)found) : NULL;
    write_header(sink, atoms, selective);
    for (size_t i = 0; i < sw_atoms_count(atoms); i++) {
        write_vector(sink, &sw_atoms_positions_const(atoms)[3 * i]);
        for (size_t k = 0; k < 3 && selective; k++)
            sw_sink_print(sink, " %c", flags[3 * i + k] != 0 ? 'T' : 'F');
        sw_sink_print(sink, "\n");
    }
    return SW_OK;
}
