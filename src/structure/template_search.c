/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/template_search.h"

#include "base/matrix.h"
#include "base/rotation.h"
#include "structure/distance_bound.h"
#include "structure/rotation_search.h"
#include "structure/superposition.h"
#include "structure/template_guess.h"

#include <math.h>
#include <string.h>

/* ---- leaves ---------------------------------------------------------------------------------- */

static double rmsd_of_overlap(const sw_template_search *search, double overlap) {
    double spread = search->of->spread, points = (double)search->of->neighbours + 1.0;
    double squared = (spread - overlap * overlap / search->shape->spread) / points;
    return sqrt(fmax(squared, 0.0));
}

static double angle_of(const sw_template_search *search, double rmsd) {
    double points = (double)search->of->neighbours + 1.0;
    return asin(fmin(rmsd * sqrt(points / search->of->spread), 1.0));
}

void sw_template_search_try(sw_template_search *search) {
    const sw_crystal_template *of = search->of;
    double outer[3][3] = {{0}};
    for (size_t i = 0; i < of->neighbours; i++) {
        const double *w = of->point[search->place[i] + 1], *v = search->shape->vector[i];
        for (int a = 0; a < 3; a++)
            for (int b = 0; b < 3; b++)
                outer[a][b] += w[a] * v[b];
    }
    double points = (double)of->neighbours + 1.0;
    for (int a = 0; a < 3; a++)
        for (int b = 0; b < 3; b++)
            outer[a][b] -= points * of->mean[a] * search->shape->mean[b];
    double overlap =
        sw_overlap((const double(*)[3])outer, sqrt(of->spread * search->shape->spread));
    double rmsd = rmsd_of_overlap(search, overlap);
    search->angle = fmin(search->angle, angle_of(search, rmsd));
    if (rmsd < search->limit) {
        search->found = true;
        search->overlap = overlap;
        memcpy(search->best, search->place, sizeof search->best);
        memcpy(search->best_outer, outer, sizeof outer);
        search->limit = rmsd;
    }
    search->finished = search->finished ||
                       angle_of(search, rmsd) + angle_of(search, search->limit) < of->uniqueness;
}

/* ---- the search ------------------------------------------------------------------------------ */

/* From the residuals themselves: differences of overlaps would lose half of the digits. */
static void finish(sw_template_fit *fit, const sw_template_search *search) {
    const sw_crystal_template *of = search->of;
    double matrix[3][3], squares = 0.0, ratio = search->overlap / search->shape->spread;
    sw_overlap_rotation(fit->rotation, search->best_outer, search->overlap);
    sw_rotation_of_quaternion(matrix, fit->rotation);
    for (size_t p = 0; p <= of->neighbours; p++) {
        const double *w = of->point[p > 0 ? search->best[p - 1] + 1 : 0];
        for (int k = 0; k < 3; k++) {
            double v = p > 0 ? search->shape->vector[p - 1][k] : 0.0, turned = 0.0;
            for (int j = 0; j < 3; j++)
                turned += matrix[k][j] * (w[j] - of->mean[j]);
            squares += (ratio * (v - search->shape->mean[k]) - turned) *
                       (ratio * (v - search->shape->mean[k]) - turned);
        }
    }
    fit->rmsd = sqrt(squares / ((double)of->neighbours + 1.0));
    fit->scale = 1.0 / ratio;
    memcpy(fit->place, search->best, sizeof fit->place);
}

void sw_template_search_begin(sw_template_search *search, const sw_crystal_template *of,
                              sw_shape *shape, double limit) {
    search->of = of;
    search->shape = shape;
    search->limit = limit;
    search->found = false;
    search->angle = INFINITY;
    search->finished = !(limit > 0.0) || !sw_distances_allow(of, shape, limit);
    if (!search->finished)
        sw_template_guess(search);
}

void sw_template_search_complete(sw_template_search *search, double limit) {
    if (search->finished)
        return;
    search->limit = fmin(search->limit, limit);
    if (sw_distances_allow(search->of, search->shape, search->limit))
        sw_rotation_search(search);
    search->finished = true;
}

bool sw_template_search_result(sw_template_fit *fit, const sw_template_search *search) {
    if (search->found)
        finish(fit, search);
    return search->found;
}

void sw_template_deformation(double deformation[3][3], const sw_template_fit *fit,
                             const sw_crystal_template *of, const double (*vector)[3]) {
    double outer[3][3] = {{0}};
    /* Points of the template about their mean sum to nothing, so the mean of the vectors drops out.
     */
    for (size_t i = 0; i < of->neighbours; i++) {
        const double *w = of->point[fit->place[i] + 1];
        for (int a = 0; a < 3; a++)
            for (int b = 0; b < 3; b++)
                outer[a][b] += vector[i][a] * (w[b] - of->mean[b]);
    }
    sw_matrix_product(deformation, (const double(*)[3])outer, of->inverse);
}
