/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/sections.h"

#include "base/matrix.h"

#include <math.h>
#include <stdio.h>

#define TOLERANCE 0.01
#define FARTHEST_CELLS 6

/* Cells that a sphere of this radius can reach along each axis. */
static void reach_of(int reach[3], const sw_frame *frame, double radius) {
    double volume = fabs(sw_matrix_determinant(frame->cell));
    for (int i = 0; i < 3; i++) {
        double across[3];
        sw_vector_cross(across, frame->cell[(i + 1) % 3], frame->cell[(i + 2) % 3]);
        double height = volume / sw_vector_length(across);
        reach[i] = (int)fmin(ceil(radius / height) + 1, FARTHEST_CELLS);
    }
}

/* The distance nearest to the wanted one from site a to the images of site b. */
static double nearest_of_pair(const sw_frame *frame, const sw_basis_site *a, const sw_basis_site *b,
                              const int reach[3], double wanted, double nearest) {
    for (int x = -reach[0]; x <= reach[0]; x++)
        for (int y = -reach[1]; y <= reach[1]; y++)
            for (int z = -reach[2]; z <= reach[2]; z++) {
                const double fraction[3] = {b->position[0] - a->position[0] + x,
                                            b->position[1] - a->position[1] + y,
                                            b->position[2] - a->position[2] + z};
                double vector[3];
                sw_matrix_row_product(vector, fraction, frame->cell);
                double length = sw_vector_length(vector);
                if (length > 1e-6 && fabs(length - wanted) < fabs(nearest - wanted))
                    nearest = length;
            }
    return nearest;
}

bool sw_check_shell(sw_reading *reading, const sw_node *node, sw_kind_set from, sw_kind_set to,
                    double distance) {
    const sw_frame *frame = &reading->lattice->frame;
    int reach[3];
    double nearest = INFINITY;
    reach_of(reach, frame, distance);
    for (size_t i = 0; i < frame->basis_sites; i++)
        for (size_t j = 0; j < frame->basis_sites; j++) {
            const sw_basis_site *a = &frame->basis[i], *b = &frame->basis[j];
            if (!(from >> a->kind & 1u) || !(to >> b->kind & 1u))
                continue;
            nearest = nearest_of_pair(frame, a, b, reach, distance, nearest);
            if (fabs(nearest - distance) <= TOLERANCE * distance)
                return true;
        }
    char hint[SW_HINT_SIZE];
    snprintf(hint, sizeof hint,
             "the distance of such sites nearest to it is %.4f A = %.5f lattice constants", nearest,
             nearest / frame->lattice_constant);
    return sw_fail(reading, node, hint,
                   "no two such sites are %.4f A apart (%.5f lattice "
                   "constants)",
                   distance, distance / frame->lattice_constant);
}
