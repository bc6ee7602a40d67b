/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "build/lattice_points.h"

#include "base/matrix.h"
#include "base/rotation.h"

#include <math.h>

/* Fractional coordinates of the corners of the box give the cells that it may touch. */
static void find_range(sw_lattice_points *points, const double low[3], const double high[3]) {
    double inverse[3][3], least[3] = {INFINITY, INFINITY, INFINITY};
    double most[3] = {-INFINITY, -INFINITY, -INFINITY};
    points->sites = 0;
    if (!sw_matrix_inverse(inverse, (const double(*)[3])points->vector))
        return;
    for (int corner = 0; corner < 8; corner++) {
        double place[3], fraction[3];
        for (int i = 0; i < 3; i++)
            place[i] = (corner >> i & 1 ? high[i] : low[i]) - points->origin[i];
        sw_matrix_row_product(fraction, place, (const double(*)[3])inverse);
        for (int i = 0; i < 3; i++) {
            least[i] = fmin(least[i], fraction[i]);
            most[i] = fmax(most[i], fraction[i]);
        }
    }
    points->sites = (double)points->crystal->atoms;
    for (int i = 0; i < 3; i++) {
        points->first[i] = (int64_t)floor(fmax(least[i], -1e9)) - 1;
        points->last[i] = (int64_t)ceil(fmin(most[i], 1e9)) + 1;
        points->sites *= (double)(points->last[i] - points->first[i] + 1);
    }
}

void sw_lattice_points_create(sw_lattice_points *points, const sw_oriented_crystal *crystal,
                              const double rotation[3][3], const double origin[3],
                              const double low[3], const double high[3]) {
    *points = (sw_lattice_points){.crystal = crystal};
    for (int i = 0; i < 3; i++) {
        points->origin[i] = origin[i];
        sw_rotation_apply(points->vector[i], rotation, crystal->cell[i]);
    }
    find_range(points, low, high);
}

static sw_status visit_cell(const sw_lattice_points *points, const int64_t cell[3],
                            sw_lattice_points_function function, void *user) {
    sw_status status = SW_OK;
    for (size_t k = 0; k < points->crystal->atoms && status == SW_OK; k++) {
        const sw_crystal_atom *atom = &points->crystal->atom[k];
        double fraction[3], position[3];
        for (int i = 0; i < 3; i++)
            fraction[i] = (double)cell[i] + atom->position[i];
        sw_matrix_row_product(position, fraction, (const double(*)[3])points->vector);
        for (int i = 0; i < 3; i++)
            position[i] += points->origin[i];
        status = function(user, position, atom->element);
    }
    return status;
}

sw_status sw_lattice_points_visit(const sw_lattice_points *points,
                                  sw_lattice_points_function function, void *user) {
    sw_status status = SW_OK;
    int64_t cell[3];
    if (points->sites <= 0)
        return SW_OK;
    for (cell[0] = points->first[0]; cell[0] <= points->last[0]; cell[0]++)
        for (cell[1] = points->first[1]; cell[1] <= points->last[1]; cell[1]++)
            for (cell[2] = points->first[2]; cell[2] <= points->last[2]; cell[2]++) {
                status = visit_cell(points, cell, function, user);
                if (status != SW_OK)
                    return status;
            }
    return SW_OK;
}
