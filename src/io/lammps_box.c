/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/lammps_box.h"

#include <math.h>
#include <string.h>

sw_status sw_lammps_box_check(const sw_lammps_box *box, const sw_lines *lines, sw_error *error) {
    bool turned = box->cell[0][1] != 0 || box->cell[0][2] != 0 || box->cell[1][2] != 0;
    for (int i = 0; i < 3; i++) {
        double length = sqrt(box->cell[i][0] * box->cell[i][0] + box->cell[i][1] * box->cell[i][1] +
                             box->cell[i][2] * box->cell[i][2]);
        if (!(length > 0) || !isfinite(length) || (!turned && !(box->cell[i][i] > 0)))
            return sw_lines_error(lines, (sw_span){0}, "each upper bound lies above the lower one",
                                  error, "the box has no positive extent along %c", 'x' + i);
    }
    return SW_OK;
}

/* The corner of the box stays known: positions are kept as the file has them. */
sw_status sw_lammps_box_set(sw_atoms *atoms, const sw_lammps_box *box, const sw_source *source,
                            sw_error *error) {
    sw_atoms_set_cell(atoms, box->cell, box->periodic);
    if (box->origin[0] == 0 && box->origin[1] == 0 && box->origin[2] == 0)
        return SW_OK;
    sw_text text = {0};
    for (int i = 0; i < 3; i++) {
        sw_text_append(&text, "%s", i > 0 ? " " : "");
        sw_text_append_number(&text, box->origin[i]);
    }
    sw_status status =
        text.failed ? SW_ERROR_MEMORY : sw_atoms_set_note(atoms, "cell_origin", text.bytes);
    sw_text_clear(&text);
    return status == SW_OK ? SW_OK : sw_source_no_memory(source, error);
}

static void bounding_box(sw_lammps_box *box, const sw_atoms *atoms) {
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
sw_status sw_lammps_box_of(sw_lammps_box *box, const sw_atoms *atoms, sw_error *error) {
    *box = (sw_lammps_box){0};
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
                            "LAMMPS needs a cell with a along x and b in the xy plane");
    return SW_OK;
}
