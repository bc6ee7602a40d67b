/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/box.h"

#include "base/matrix.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static sw_status refuse_position(const sw_atoms *atoms, size_t atom, sw_error *error) {
    char place[32];
    const double *at = sw_atoms_positions_const(atoms) + 3 * atom;
    snprintf(place, sizeof place, "atom %zu", atom + 1);
    return sw_error_set(error, SW_ERROR_NUMERIC, place, "remove the atom or repair the file",
                        "its position (%g, %g, %g) is not a place", at[0], at[1], at[2]);
}

static sw_status check_positions(const sw_atoms *atoms, sw_error *error) {
    const double *position = sw_atoms_positions_const(atoms);
    for (size_t i = 0; i < 3 * sw_atoms_count(atoms); i++)
        if (!(fabs(position[i]) < 1e12))
            return refuse_position(atoms, i / 3, error);
    return SW_OK;
}

/* Axes that are not periodic may be anything that makes a volume: perpendicular ones where the file
 * has none. */
static void complete_axes(sw_box *box) {
    for (int d = 0; d < 3; d++) {
        double cross[3];
        const double *a = box->cell[(d + 1) % 3], *b = box->cell[(d + 2) % 3];
        if (box->periodic[d] || sw_vector_length(box->cell[d]) > 0.0)
            continue;
        sw_vector_cross(cross, a, b);
        double length = sw_vector_length(cross);
        for (int k = 0; k < 3; k++)
            box->cell[d][k] = length > 0.0 ? cross[k] / length : (double)(k == d);
    }
}

static void take_cell(sw_box *box, const sw_atoms *atoms) {
    if (!sw_atoms_cell(atoms, box->cell, box->periodic)) {
        memset(box->cell, 0, sizeof box->cell);
        memset(box->periodic, 0, sizeof box->periodic);
    }
    for (int d = 0; d < 3; d++)
        if (!box->periodic[d] && !box->periodic[(d + 1) % 3] && !box->periodic[(d + 2) % 3])
            for (int k = 0; k < 3; k++)
                box->cell[d][k] = (double)(k == d);
    complete_axes(box);
}

/* Makes the axes that are not periodic just as long as the atoms need. */
static void fit_axes(sw_box *box, const sw_atoms *atoms) {
    const double *position = sw_atoms_positions_const(atoms);
    double low[3] = {INFINITY, INFINITY, INFINITY}, high[3] = {-INFINITY, -INFINITY, -INFINITY};
    if (box->periodic[0] && box->periodic[1] && box->periodic[2])
        return;
    for (size_t i = 0; i < sw_atoms_count(atoms); i++) {
        double fraction[3];
        sw_matrix_row_product(fraction, position + 3 * i, box->inverse);
        for (int d = 0; d < 3; d++) {
            low[d] = fraction[d] < low[d] ? fraction[d] : low[d];
            high[d] = fraction[d] > high[d] ? fraction[d] : high[d];
        }
    }
    double start[3] = {0};
    for (int d = 0; d < 3; d++) {
        if (box->periodic[d] || !(high[d] >= low[d]))
            continue;
        start[d] = low[d];
        double length = sw_vector_length(box->cell[d]);
        bool thin = !((high[d] - low[d]) * length > 1e-6);
        double stretch = thin ? 1.0 / length : high[d] - low[d];
        box->flat = box->flat || thin;
        for (int k = 0; k < 3; k++)
            box->cell[d][k] *= stretch;
        start[d] /= stretch;
    }
    sw_matrix_row_product(box->origin, start, box->cell);
}

static void find_heights(sw_box *box) {
    double volume = fabs(sw_matrix_determinant(box->cell));
    for (int d = 0; d < 3; d++) {
        double cross[3];
        sw_vector_cross(cross, box->cell[(d + 1) % 3], box->cell[(d + 2) % 3]);
        box->height[d] = volume / sw_vector_length(cross);
    }
}

sw_status sw_box_create(sw_box *box, const sw_atoms *atoms, sw_error *error) {
    memset(box, 0, sizeof *box);
    sw_status status = check_positions(atoms, error);
    if (status != SW_OK)
        return status;
    take_cell(box, atoms);
    if (!sw_matrix_inverse(box->inverse, box->cell))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "cell",
                            "give three vectors that are not in one plane, or no periodic axes",
                            "the cell has no volume");
    fit_axes(box, atoms);
    if (!sw_matrix_inverse(box->inverse, box->cell))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "cell",
                            "look for a single atom far away from all others",
                            "the atoms span too flat a box");
    find_heights(box);
    return SW_OK;
}

void sw_box_fraction(double fraction[3], const sw_box *box, const double position[3]) {
    double from_origin[3];
    for (int k = 0; k < 3; k++)
        from_origin[k] = position[k] - box->origin[k];
    sw_matrix_row_product(fraction, from_origin, box->inverse);
    for (int d = 0; d < 3; d++) {
        if (!box->periodic[d])
            continue;
        fraction[d] -= floor(fraction[d]);
        if (fraction[d] >= 1.0)
            fraction[d] = 0.0;
    }
}

void sw_box_position(double position[3], const sw_box *box, const double fraction[3]) {
    sw_matrix_row_product(position, fraction, box->cell);
    for (int k = 0; k < 3; k++)
        position[k] += box->origin[k];
}

void sw_box_wrap(double wrapped[3], const sw_box *box, const double position[3]) {
    double fraction[3];
    sw_box_fraction(fraction, box, position);
    sw_box_position(wrapped, box, fraction);
}

double sw_box_volume(const sw_box *box) {
    bool all = box->periodic[0] && box->periodic[1] && box->periodic[2];
    return all ? fabs(sw_matrix_determinant(box->cell)) : 0.0;
}

void sw_box_nearest_image(double vector[3], const sw_box *box) {
    double fraction[3];
    sw_matrix_row_product(fraction, vector, box->inverse);
    for (int d = 0; d < 3; d++) {
        double turns = box->periodic[d] ? nearbyint(fraction[d]) : 0.0;
        for (int k = 0; k < 3; k++)
            vector[k] -= turns * box->cell[d][k];
    }
}
