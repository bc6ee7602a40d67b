/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/template_axes.h"

#include "base/matrix.h"
#include "base/rotation.h"

#include <math.h>
#include <pthread.h>
#include <string.h>

#define CUBE_PIECES 3 /* the fastest of those tried, as are these */
#define ICOSAHEDRON_PIECES 2

static sw_template_axes all[SW_CRYSTALS];
static sw_rotation_cover cube_cover, icosahedron_cover;
static pthread_once_t made = PTHREAD_ONCE_INIT;

typedef struct sw_turned_points {
    size_t count;
    double point[SW_TEMPLATE_NEIGHBOURS][3];
} sw_turned_points;

static void turn(sw_turned_points *turned, const double rotation[3][3],
                 const sw_turned_points *points) {
    turned->count = points->count;
    for (size_t p = 0; p < points->count; p++)
        sw_rotation_apply(turned->point[p], rotation, points->point[p]);
}

static bool is_same_point(const double a[3], const double b[3]) {
    return fabs(a[0] - b[0]) + fabs(a[1] - b[1]) + fabs(a[2] - b[2]) < 1e-6;
}

static bool are_same(const sw_turned_points *a, const sw_turned_points *b) {
    size_t found = 0;
    for (size_t p = 0; p < a->count; p++)
        for (size_t q = 0; q < b->count; q++)
            found += is_same_point(a->point[p], b->point[q]);
    return found == a->count;
}

/* Opposite places share an axis; these axes come first. */
static void find_axes(sw_template_axes *axes, const sw_crystal_template *of) {
    for (int paired = 1; paired >= 0; paired--)
        for (size_t p = 0; p < of->neighbours; p++) {
            const double *at = of->point[p + 1];
            const double opposite[3] = {-at[0], -at[1], -at[2]};
            size_t q = 0;
            while (q < of->neighbours && !is_same_point(of->point[q + 1], opposite))
                q++;
            if ((q < of->neighbours) != paired || (paired && q < p))
                continue;
            axes->half_square[axes->axes] = (float)(0.5 * sw_vector_dot(at, at) / of->spread);
            axes->squares += (paired ? 2.0F : 1.0F) * axes->half_square[axes->axes];
            axes->place[0][axes->axes] = (uint8_t)p;
            axes->place[1][axes->axes++] = (uint8_t)q;
            axes->pairs += (size_t)paired;
        }
}

/* Turns the hexagonal templates so that their rotations are some of the cube's: z to (1, 1, 1), y
 * to (1, -1, 0). */
static void lay_on_cube(sw_turned_points *points, const sw_crystal_template *of) {
    static const double raised[3][3] = {
        {-0.40824829046386302, 0.70710678118654752, 0.57735026918962576},
        {-0.40824829046386302, -0.70710678118654752, 0.57735026918962576},
        {0.81649658092772603, 0.0, 0.57735026918962576}};
    sw_turned_points plain = {.count = of->neighbours};
    bool hexagonal = of == sw_crystal_template_of(SW_CRYSTAL_HCP) ||
                     of == sw_crystal_template_of(SW_CRYSTAL_HEXAGONAL_DIAMOND);
    memcpy(plain.point, of->point[1], of->neighbours * sizeof of->point[1]);
    *points = plain;
    if (hexagonal)
        turn(points, raised, &plain);
}

/* The rotations of a cube that bring the template to different places; of the icosahedron, whose
 * cover is its own, only that by 0. */
static void find_turns(sw_template_axes *axes, const sw_crystal_template *of) {
    const sw_crystal_template *cube = sw_crystal_template_of(SW_CRYSTAL_FCC);
    bool icosahedron = of == sw_crystal_template_of(SW_CRYSTAL_ICOSAHEDRON);
    sw_turned_points points, kept[SW_MOST_TURNS] = {{0}};
    lay_on_cube(&points, of);
    for (size_t r = 0; r < cube->rotations && !(icosahedron && axes->turns == 1); r++) {
        double rotation[3][3];
        sw_turned_points *next = &kept[axes->turns];
        bool seen = axes->turns == SW_MOST_TURNS;
        if (seen)
            break;
        sw_rotation_of_quaternion(rotation, cube->rotation[r]);
        turn(next, (const double(*)[3])rotation, &points);
        for (size_t t = 0; t < axes->turns && !seen; t++)
            seen = are_same(next, &kept[t]);
        axes->turns += !seen;
    }
    for (size_t t = 0; t < axes->turns; t++)
        for (size_t a = 0; a < axes->axes; a++)
            for (int k = 0; k < 3; k++)
                axes->turned[t][a][k] =
                    (float)(kept[t].point[axes->place[0][a]][k] / sqrt(of->spread));
}

/* How far the least turned rotations reach along the axes: to the faces of the cube, at 45 degrees
 * about its axes, and to the middles of the edges between two five-fold axes, at 36 degrees about
 * each. */
static void make_covers(void) {
    double right = acos(0.0), half = 0.5 * atan(2.0); /* half the angle between five-fold axes */
    sw_rotation_cover_make(&cube_cover, tan(0.25 * right), CUBE_PIECES);
    sw_rotation_cover_make(&icosahedron_cover, tan(0.2 * right) / cos(half), ICOSAHEDRON_PIECES);
}

static void make(void) {
    make_covers();
    for (sw_crystal_kind crystal = SW_CRYSTAL_FCC; crystal < SW_CRYSTALS; crystal++) {
        const sw_crystal_template *of = sw_crystal_template_of(crystal);
        sw_template_axes *axes = &all[crystal];
        find_axes(axes, of);
        find_turns(axes, of);
        axes->cover = crystal == SW_CRYSTAL_ICOSAHEDRON ? &icosahedron_cover : &cube_cover;
    }
}

const sw_template_axes *sw_template_axes_of(sw_crystal_kind crystal) {
    pthread_once(&made, make);
    return &all[crystal];
}
