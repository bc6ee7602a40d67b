/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/template_search.h"

#include "base/matrix.h"
#include "base/rotation.h"
#include "structure/superposition.h"
#include "structure/template_tree.h"
#include "structure/wide.h"

#include <math.h>
#include <string.h>

#define LANES                                                                                      \
    SW_TEMPLATE_NEIGHBOURS  /* neighbours; those beyond the template's number stay closed */
#define SLACK 1e-4F         /* rounding of sums of floats, relative and absolute */
#define GUESS_TOLERANCE 0.3 /* of separations, in mean distances */

/* ---- leaves -------------------------------------------------------------------------------------
 */

static void set_limit(sw_template_search *search, double limit) {
    double points = (double)search->of->neighbours + 1.0;
    /* Lengths are scaled to equal spreads, not to the best scale: a little more than rmsd^2. */
    double part = fmin(points * limit * limit / search->of->spread, 1.0);
    double squared = limit * limit * 2.0 / (1.0 + sqrt(1.0 - part));
    search->limit = limit;
    search->bound = (float)(points * points * squared) * (1.0F + SLACK) + 1e-3F * SLACK;
}

static double rmsd_of_overlap(const sw_template_search *search, double overlap) {
    double spread = search->of->spread, points = (double)search->of->neighbours + 1.0;
    double squared = (spread - overlap * overlap / search->spread) / points;
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
        const double *w = of->point[search->place[i] + 1], *v = search->vector[i];
        for (int a = 0; a < 3; a++)
            for (int b = 0; b < 3; b++)
                outer[a][b] += w[a] * v[b];
    }
    double points = (double)of->neighbours + 1.0;
    for (int a = 0; a < 3; a++)
        for (int b = 0; b < 3; b++)
            outer[a][b] -= points * of->mean[a] * search->mean[b];
    double overlap = sw_overlap((const double(*)[3])outer, sqrt(of->spread * search->spread));
    double rmsd = rmsd_of_overlap(search, overlap);
    if (rmsd < search->ignored)
        return;
    search->angle = fmin(search->angle, angle_of(search, rmsd));
    if (rmsd < search->limit) {
        search->found = true;
        search->overlap = overlap;
        memcpy(search->best, search->place, sizeof search->best);
        memcpy(search->best_outer, outer, sizeof outer);
        set_limit(search, rmsd);
    }
    search->finished = search->finished ||
                       angle_of(search, rmsd) + angle_of(search, search->limit) < of->uniqueness;
}

/* ---- a first guess ------------------------------------------------------------------------------
 */

/* Each neighbour to the place that lies nearest to it when the template is turned. */
SW_WIDE static void find_nearest(float *restrict nearest, const float (*restrict lane)[LANES],
                                 const float (*restrict turned)[4], size_t count) {
    float best[LANES], at[LANES];
    SW_LANE_LOOP
    for (size_t i = 0; i < LANES; i++) {
        best[i] = -1e30F;
        at[i] = 0.0F;
    }
    for (size_t w = 0; w < count; w++) {
        float x = turned[w][0], y = turned[w][1], z = turned[w][2], half = turned[w][3];
        float place = (float)w, near[LANES];
        SW_LANE_LOOP
        for (size_t i = 0; i < LANES; i++) {
            near[i] = lane[0][i] * x + lane[1][i] * y + lane[2][i] * z - half;
            at[i] += (near[i] > best[i] ? 1.0F : 0.0F) * (place - at[i]);
        }
        SW_LANE_LOOP
        for (size_t i = 0; i < LANES; i++)
            best[i] = near[i] > best[i] ? near[i] : best[i];
    }
    memcpy(nearest, at, sizeof at);
}

static void take_nearest(sw_template_search *search, const double rotation[3][3]) {
    const sw_crystal_template *of = search->of;
    float turned[LANES][4], nearest[LANES];
    uint32_t taken = 0;
    for (size_t w = 0; w < of->neighbours; w++) {
        const double *point = of->point[w + 1];
        for (int k = 0; k < 3; k++)
            turned[w][k] = (float)(rotation[k][0] * point[0] + rotation[k][1] * point[1] +
                                   rotation[k][2] * point[2]);
        turned[w][3] = 0.5F * of->distance[0][w + 1] * of->distance[0][w + 1];
    }
    find_nearest(nearest, (const float(*)[LANES])search->lane, (const float(*)[4])turned,
                 of->neighbours);
    for (size_t i = 0; i < of->neighbours; i++) {
        search->place[i] = (uint8_t)nearest[i];
        taken |= 1U << search->place[i];
    }
    if (taken + 1U == 1U << of->neighbours) /* no place twice */
        sw_template_search_try(search);
}

/* Columns: the directions of a + b, of a - b across it, and of their cross product. */
static bool frame_between(double frame[3][3], const double a[3], const double b[3]) {
    double u[3][3], along = 0.0, lengths[2] = {0.0, 0.0};
    for (int k = 0; k < 3; k++) {
        u[0][k] = a[k] + b[k];
        u[1][k] = a[k] - b[k];
        lengths[0] += u[0][k] * u[0][k];
        along += u[0][k] * u[1][k];
    }
    for (int k = 0; k < 3; k++) {
        u[1][k] -= along / lengths[0] * u[0][k];
        lengths[1] += u[1][k] * u[1][k];
    }
    if (!(lengths[0] > 1e-12) || !(lengths[1] > 1e-12))
        return false;
    sw_vector_cross(u[2], u[0], u[1]);
    for (int c = 0; c < 3; c++) {
        double length = c < 2 ? sqrt(lengths[c]) : sqrt(lengths[0] * lengths[1]);
        for (int k = 0; k < 3; k++)
            frame[k][c] = u[c][k] / length;
    }
    return true;
}

/* The neighbour whose direction is most across that of the first. */
static size_t most_across(const float (*lane)[LANES], size_t count) {
    size_t best = 1;
    float most = -1.0F;
    for (size_t i = 1; i < count; i++) {
        float x = lane[1][0] * lane[2][i] - lane[2][0] * lane[1][i];
        float y = lane[2][0] * lane[0][i] - lane[0][0] * lane[2][i];
        float z = lane[0][0] * lane[1][i] - lane[1][0] * lane[0][i];
        float across = x * x + y * y + z * z;
        if (across > most) {
            most = across;
            best = i;
        }
    }
    return best;
}

static void guess(sw_template_search *search) {
    const sw_crystal_template *of = search->of;
    size_t other = most_across((const float(*)[LANES])search->lane, of->neighbours);
    double a[3], b[3], there[3][3], off = 0.0;
    for (int k = 0; k < 3; k++) {
        a[k] = search->lane[k][0];
        b[k] = search->lane[k][other];
        off += (a[k] - b[k]) * (a[k] - b[k]);
    }
    off = sqrt(off);
    if (!frame_between(there, a, b))
        return;
    for (size_t p = 0; p < of->neighbours; p++)
        for (size_t q = 0; q < of->neighbours && !search->finished; q++) {
            double here[3][3], rotation[3][3];
            bool kept = (of->first_places >> p & 1U) && (of->second_places[p] >> q & 1U) &&
                        fabs(of->distance[p + 1][q + 1] - off) < GUESS_TOLERANCE;
            if (!kept || !frame_between(here, of->point[p + 1], of->point[q + 1]))
                continue;
            for (int i = 0; i < 3; i++)
                for (int j = 0; j < 3; j++)
                    rotation[i][j] = there[i][0] * here[j][0] + there[i][1] * here[j][1] +
                                     there[i][2] * here[j][2];
            take_nearest(search, (const double(*)[3])rotation);
        }
}

/* ---- the search ---------------------------------------------------------------------------------
 */

static void find_spread(sw_template_search *search) {
    size_t count = search->of->neighbours;
    double squares = 0.0, points = (double)count + 1.0;
    memset(search->mean, 0, sizeof search->mean);
    for (size_t i = 0; i < count; i++)
        for (int k = 0; k < 3; k++) {
            search->mean[k] += search->vector[i][k] / points;
            squares += search->vector[i][k] * search->vector[i][k];
        }
    for (int k = 0; k < 3; k++)
        squares -= points * search->mean[k] * search->mean[k];
    search->spread = squares;
}

/* Distances from the atom alone, in rising order, are a bound already. */
static bool may_fit(const sw_template_search *search, const float *distance) {
    float sorted[LANES], sum = 0.0F;
    for (size_t i = 0; i < search->of->neighbours; i++) {
        size_t at = i;
        for (; at > 0 && sorted[at - 1] > distance[i]; at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = distance[i];
    }
    for (size_t i = 0; i < search->of->neighbours; i++) {
        float off = sorted[i] - search->of->sorted[i];
        sum += off * off;
    }
    return sum <= search->bound;
}

/* Neighbours in lengths of the template. */
static void fill_lanes(sw_template_search *search) {
    float(*lane)[LANES] = search->lane;
    double scale = sqrt(search->of->spread / search->spread);
    memset(lane, 0, sizeof search->lane);
    for (size_t i = 0; i < search->of->neighbours; i++) {
        const double *v = search->vector[i];
        for (int k = 0; k < 3; k++)
            lane[k][i] = (float)(v[k] * scale);
        lane[3][i] =
            sqrtf(lane[0][i] * lane[0][i] + lane[1][i] * lane[1][i] + lane[2][i] * lane[2][i]);
    }
}

/* From the residuals themselves: differences of overlaps would lose half of the digits. */
static void finish(sw_template_fit *fit, const sw_template_search *search) {
    const sw_crystal_template *of = search->of;
    double matrix[3][3], squares = 0.0, ratio = search->overlap / search->spread;
    sw_overlap_rotation(fit->rotation, search->best_outer, search->overlap);
    sw_rotation_of_quaternion(matrix, fit->rotation);
    for (size_t p = 0; p <= of->neighbours; p++) {
        const double *w = of->point[p > 0 ? search->best[p - 1] + 1 : 0];
        for (int k = 0; k < 3; k++) {
            double v = p > 0 ? search->vector[p - 1][k] : 0.0, turned = 0.0;
            for (int j = 0; j < 3; j++)
                turned += matrix[k][j] * (w[j] - of->mean[j]);
            squares +=
                (ratio * (v - search->mean[k]) - turned) * (ratio * (v - search->mean[k]) - turned);
        }
    }
    fit->rmsd = sqrt(squares / ((double)of->neighbours + 1.0));
    fit->scale = 1.0 / ratio;
    memcpy(fit->place, search->best, sizeof fit->place);
}

void sw_template_search_begin(sw_template_search *search, const sw_crystal_template *of,
                              const double (*vector)[3], double limit) {
    search->of = of;
    search->vector = vector;
    search->found = search->finished = false;
    search->angle = INFINITY;
    find_spread(search);
    if (!(search->spread > 0.0) || !isfinite(search->spread) || !(limit > 0.0)) {
        search->finished = true;
        return;
    }
    set_limit(search, limit);
    fill_lanes(search);
    search->finished = !may_fit(search, search->lane[3]);
    if (!search->finished)
        guess(search);
}

void sw_template_search_complete(sw_template_search *search, double limit) {
    if (search->finished)
        return;
    if (limit < search->limit)
        set_limit(search, limit);
    sw_template_tree_search(search);
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
