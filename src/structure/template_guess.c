/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/template_guess.h"

#include "base/matrix.h"
#include "structure/wide.h"

#include <math.h>
#include <pthread.h>
#include <string.h>

#define LANES SW_TEMPLATE_NEIGHBOURS
#define TOLERANCE 0.3 /* of the distance of two neighbours, in mean distances from the atom */
#define MOST_PAIRS 128

typedef struct sw_place_pair {
    double distance, frame[3][3];
} sw_place_pair;

/* Pairs of places that no rotation of the template makes equal. */
typedef struct sw_place_pairs {
    size_t count;
    sw_place_pair pair[MOST_PAIRS];
} sw_place_pairs;

static sw_place_pairs all[SW_CRYSTALS];
static pthread_once_t made = PTHREAD_ONCE_INIT;

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

static void add_pair(sw_place_pairs *pairs, const sw_crystal_template *of, size_t p, size_t q) {
    sw_place_pair *next = &pairs->pair[pairs->count];
    next->distance = (double)of->distance[p + 1][q + 1];
    pairs->count += frame_between(next->frame, of->point[p + 1], of->point[q + 1]);
}

static void make(void) {
    for (sw_crystal_kind crystal = SW_CRYSTAL_FCC; crystal < SW_CRYSTALS; crystal++) {
        const sw_crystal_template *of = sw_crystal_template_of(crystal);
        for (size_t p = 0; p < of->neighbours; p++)
            for (size_t q = 0; q < of->neighbours; q++)
                if ((of->first_places >> p & 1U) && (of->second_places[p] >> q & 1U) &&
                    all[crystal].count < MOST_PAIRS)
                    add_pair(&all[crystal], of, p, q);
    }
}

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
    double size = sqrt(of->spread);
    float turned[LANES][4], nearest[LANES];
    uint32_t taken = 0;
    for (size_t w = 0; w < of->neighbours; w++) {
        const double *point = of->point[w + 1];
        for (int k = 0; k < 3; k++)
            turned[w][k] = (float)(size * (rotation[k][0] * point[0] + rotation[k][1] * point[1] +
                                           rotation[k][2] * point[2]));
        turned[w][3] = 0.5F * of->distance[0][w + 1] * of->distance[0][w + 1];
    }
    find_nearest(nearest, (const float(*)[LANES])search->shape->lane, (const float(*)[4])turned,
                 of->neighbours);
    for (size_t i = 0; i < of->neighbours; i++) {
        search->place[i] = (uint8_t)nearest[i];
        taken |= 1U << search->place[i];
    }
    if (taken + 1U == 1U << of->neighbours) /* no place twice */
        sw_template_search_try(search);
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

void sw_template_guess(sw_template_search *search) {
    const float(*lane)[LANES] = (const float(*)[LANES])search->shape->lane;
    double size = sqrt(search->of->spread), a[3], b[3], there[3][3], off = 0.0;
    size_t other = most_across(lane, search->of->neighbours);
    pthread_once(&made, make);
    const sw_place_pairs *pairs = &all[search->of->kind];
    for (int k = 0; k < 3; k++) {
        a[k] = size * (double)lane[k][0];
        b[k] = size * (double)lane[k][other];
        off += (a[k] - b[k]) * (a[k] - b[k]);
    }
    off = sqrt(off);
    if (!frame_between(there, a, b))
        return;
    for (size_t p = 0; p < pairs->count && !search->finished; p++) {
        const double(*here)[3] = (const double(*)[3])pairs->pair[p].frame;
        double rotation[3][3];
        if (!(fabs(pairs->pair[p].distance - off) < TOLERANCE))
            continue;
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++)
                rotation[i][j] =
                    there[i][0] * here[j][0] + there[i][1] * here[j][1] + there[i][2] * here[j][2];
        take_nearest(search, (const double(*)[3])rotation);
    }
}
