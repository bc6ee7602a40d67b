/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/local_strain.h"

#include "base/matrix.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "structure/box.h"
#include "structure/neighbours.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const int axis[6][2] = {{0, 0}, {1, 1}, {2, 2}, {1, 2}, {0, 2}, {0, 1}};

/* The rotation nearest to F: Newton's iteration on R -> (R + R^-T) / 2 (N. J. Higham, SIAM J. Sci.
 * Stat. Comput. 7, 1160 (1986)). Quadratic, so 50 rounds are never needed. */
static double rotation_angle(const double map[3][3]) {
    double turn[3][3], inverse[3][3], change = 1.0;
    memcpy(turn, map, sizeof turn);
    for (int round = 0; round < 50 && change > 1e-15; round++) {
        change = 0.0;
        if (!sw_matrix_inverse(inverse, turn))
            return NAN;
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++) {
                double step = 0.5 * (inverse[j][i] - turn[i][j]);
                turn[i][j] += step;
                change = fmax(change, fabs(step));
            }
    }
    double sines[3] = {turn[1][2] - turn[2][1], turn[2][0] - turn[0][2], turn[0][1] - turn[1][0]};
    double trace = turn[0][0] + turn[1][1] + turn[2][2];
    return atan2(sw_vector_length(sines), trace - 1.0);
}

static void add_products(double square[3][3], double mixed[3][3], const double reference[3],
                         const double found[3]) {
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            square[i][j] += reference[i] * reference[j];
            mixed[i][j] += reference[i] * found[j];
        }
}

static double left_over(const double map[3][3], const double (*reference)[3],
                        const double (*found)[3], size_t count) {
    double sum = 0.0;
    for (size_t n = 0; n < count; n++) {
        double there[3];
        sw_matrix_row_product(there, reference[n], map);
        for (int k = 0; k < 3; k++)
            sum += (found[n][k] - there[k]) * (found[n][k] - there[k]);
    }
    return sum;
}

void sw_local_strain_fit(sw_local_strain *strain, const double (*reference)[3],
                         const double (*found)[3], size_t count) {
    double square[3][3] = {{0}}, mixed[3][3] = {{0}}, inverse[3][3], map[3][3];
    *strain = (sw_local_strain){.neighbours = (unsigned)count};
    for (size_t n = 0; n < count; n++)
        add_products(square, mixed, reference[n], found[n]);
    strain->known = count >= 3 && sw_matrix_inverse(inverse, square);
    if (!strain->known)
        return;
    sw_matrix_product(map, inverse, mixed);
    double rest = left_over(map, reference, found, count);
    double variance = count > 3 ? rest / (3.0 * ((double)count - 3.0)) : NAN;
    for (int c = 0; c < 6; c++) {
        int i = axis[c][0], j = axis[c][1];
        strain->strain[c] = 0.5 * (sw_vector_dot(map[i], map[j]) - (double)(i == j));
        /* to first order E is the symmetric part of F; its rows i have variance A^-1[i][i] */
        double factor = i == j ? inverse[i][i] : 0.25 * (inverse[i][i] + inverse[j][j]);
        strain->error[c] = sqrt(variance * factor);
    }
    strain->rotation = rotation_angle(map);
    strain->non_affine = rest / (double)count;
}

/* ---- all atoms ------------------------------------------------------------------------------- */

typedef struct sw_strain_work {
    sw_local_strain *strain;
    const sw_atoms *found;
    const sw_matching *matching;
    const sw_neighbours *near;
    sw_box box;           /* of the found atoms */
    size_t most;          /* neighbours of one atom */
    double (*vectors)[3]; /* [workers][2][most] */
} sw_strain_work;

/* The vector that `reference` became: the image that is nearest to it. */
static void found_vector(double vector[3], const sw_strain_work *work, uint32_t from, uint32_t to,
                         const double reference[3]) {
    const double *position = sw_atoms_positions_const(work->found);
    double change[3];
    for (size_t k = 0; k < 3; k++)
        change[k] = position[3 * (size_t)to + k] - position[3 * (size_t)from + k] - reference[k];
    sw_box_nearest_image(change, &work->box);
    for (int k = 0; k < 3; k++)
        vector[k] = reference[k] + change[k];
}

static sw_status fit_atoms(void *user, size_t first, size_t end, int worker) {
    const sw_strain_work *work = user;
    double(*reference)[3] = work->vectors + 2 * (size_t)worker * work->most;
    double(*found)[3] = reference + work->most;
    for (size_t i = first; i < end; i++) {
        uint32_t self = work->matching->partner[i];
        size_t count = 0;
        for (size_t n = work->near->first[i]; n < work->near->first[i + 1]; n++) {
            uint32_t other = work->matching->partner[work->near->index[n]];
            if (self == SW_UNMATCHED || other == SW_UNMATCHED)
                continue;
            memcpy(reference[count], work->near->vector[n], sizeof reference[count]);
            found_vector(found[count], work, self, other, reference[count]);
            count++;
        }
        sw_local_strain_fit(&work->strain[i], (const double(*)[3])reference,
                            (const double(*)[3])found, count);
    }
    return SW_OK;
}

static size_t most_neighbours(const sw_neighbours *near) {
    size_t most = 1;
    for (size_t i = 0; i < near->atoms; i++)
        if (near->first[i + 1] - near->first[i] > most)
            most = near->first[i + 1] - near->first[i];
    return most;
}

sw_status sw_local_strains(sw_local_strain *strain, const sw_atoms *reference,
                           const sw_atoms *found, const sw_matching *matching, double cutoff,
                           sw_context *context, sw_error *error) {
    sw_neighbours near = {0};
    const size_t piece = 1000;
    size_t atoms = sw_atoms_count(reference);
    sw_strain_work work = {.strain = strain, .found = found, .matching = matching, .near = &near};
    bool own_cell = sw_atoms_cell(found, NULL, NULL);
    sw_status status = sw_box_create(&work.box, own_cell ? found : reference, error);
    if (status == SW_OK)
        status =
            sw_neighbours_within(&near, reference, cutoff, SW_NEIGHBOURS_AS_FOUND, context, error);
    if (status != SW_OK)
        return status;
    work.most = most_neighbours(&near);
    size_t workers = (size_t)sw_parallel_workers(context, atoms, piece);
    work.vectors = sw_allocate(workers * 2 * work.most, sizeof *work.vectors);
    status = work.vectors ? sw_parallel(context, atoms, piece, fit_atoms, &work) : SW_ERROR_MEMORY;
    free(work.vectors);
    sw_neighbours_clear(&near);
    return status == SW_OK
               ? SW_OK
               : sw_error_set(error, status, "strain", NULL, "%s",
                              status == SW_ERROR_MEMORY ? "not enough memory" : "interrupted");
}
