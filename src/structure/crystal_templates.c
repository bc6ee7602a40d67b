/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/crystal_templates.h"

#include "base/matrix.h"
#include "base/rotation.h"

#include <math.h>
#include <pthread.h>
#include <string.h>

static sw_crystal_template templates[SW_CRYSTALS];
static pthread_once_t made = PTHREAD_ONCE_INIT;

/* ---- points ---------------------------------------------------------------------------------- */

static void add(sw_crystal_template *crystal, double x, double y, double z) {
    double *point = crystal->point[++crystal->neighbours];
    point[0] = x;
    point[1] = y;
    point[2] = z;
}

/* (0, a, b) with both signs of each, and its cyclic permutations: a = b: fcc; golden ratio:
 * icosahedron. */
static void add_cyclic(sw_crystal_template *crystal, double a, double b) {
    for (int signs = 0; signs < 4; signs++) {
        double p = signs & 1 ? a : -a, q = signs & 2 ? b : -b;
        add(crystal, 0.0, p, q);
        add(crystal, q, 0.0, p);
        add(crystal, p, q, 0.0);
    }
}

static void add_faces_of_cube(sw_crystal_template *crystal, double a) {
    for (int sign = -1; sign <= 1; sign += 2) {
        add(crystal, sign * a, 0.0, 0.0);
        add(crystal, 0.0, sign * a, 0.0);
        add(crystal, 0.0, 0.0, sign * a);
    }
}

static void add_corners_of_cube(sw_crystal_template *crystal, double a) {
    for (int signs = 0; signs < 8; signs++)
        add(crystal, signs & 1 ? a : -a, signs & 2 ? a : -a, signs & 4 ? a : -a);
}

/* Six in the layer, three above and below the same triangles: spheres that touch. */
static void add_hcp(sw_crystal_template *crystal) {
    const double third = acos(-1.0) / 3.0;
    for (int k = 0; k < 6; k++)
        add(crystal, cos(k * third), sin(k * third), 0.0);
    for (int k = 0; k < 3; k++)
        for (int sign = -1; sign <= 1; sign += 2)
            add(crystal, sqrt(1.0 / 3.0) * cos((2 * k + 0.5) * third),
                sqrt(1.0 / 3.0) * sin((2 * k + 0.5) * third), sign * sqrt(2.0 / 3.0));
}

/*
 * Four bonds t; from the end of bond i three more: -t_j (staggered), or t_j mirrored in the plane
 * across the bond (eclipsed), which in hexagonal diamond the bond along z is.
 */
static void add_diamond(sw_crystal_template *crystal, const double bond[4][3], int eclipsed) {
    for (int i = 0; i < 4; i++)
        add(crystal, bond[i][0], bond[i][1], bond[i][2]);
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 4; j++) {
            const double *t = bond[i], *u = bond[j];
            double along = 2.0 * (t[0] * u[0] + t[1] * u[1] + t[2] * u[2]) /
                           (t[0] * t[0] + t[1] * t[1] + t[2] * t[2]);
            double end[3];
            for (int k = 0; k < 3; k++)
                end[k] = t[k] + (i == eclipsed ? u[k] - along * t[k] : -u[k]);
            if (i != j)
                add(crystal, end[0], end[1], end[2]);
        }
}

static void add_cubic_diamond(sw_crystal_template *crystal) {
    static const double bond[4][3] = {{1, 1, 1}, {1, -1, -1}, {-1, 1, -1}, {-1, -1, 1}};
    add_diamond(crystal, bond, -1);
}

static void add_hexagonal_diamond(sw_crystal_template *crystal) {
    double bond[4][3] = {{0.0, 0.0, 1.0}}, wide = sqrt(8.0) / 3.0;
    for (int k = 0; k < 3; k++) {
        double angle = (2 * k + 0.5) * acos(-1.0) / 3.0;
        bond[k + 1][0] = wide * cos(angle);
        bond[k + 1][1] = wide * sin(angle);
        bond[k + 1][2] = -1.0 / 3.0;
    }
    add_diamond(crystal, bond, 0);
}

/* ---- rotations onto itself ------------------------------------------------------------------- */

/* Columns: an orthonormal frame from two vectors that are not parallel. */
static void frame(double matrix[3][3], const double a[3], const double b[3]) {
    double u[3][3], along = 0.0;
    double length = sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2]);
    for (int k = 0; k < 3; k++)
        u[0][k] = a[k] / length;
    for (int k = 0; k < 3; k++)
        along += u[0][k] * b[k];
    for (int k = 0; k < 3; k++)
        u[1][k] = b[k] - along * u[0][k];
    length = sqrt(u[1][0] * u[1][0] + u[1][1] * u[1][1] + u[1][2] * u[1][2]);
    for (int k = 0; k < 3; k++)
        u[1][k] /= length;
    for (int k = 0; k < 3; k++)
        u[2][k] = u[0][(k + 1) % 3] * u[1][(k + 2) % 3] - u[0][(k + 2) % 3] * u[1][(k + 1) % 3];
    for (int k = 0; k < 3; k++)
        for (int c = 0; c < 3; c++)
            matrix[k][c] = u[c][k];
}

static double separation(const double a[3], const double b[3]) {
    return sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]) +
                (a[2] - b[2]) * (a[2] - b[2]));
}

/* Whether the rotation brings points onto points; image[p] is where point p goes. */
static bool maps_onto_itself(uint8_t *image, const double (*point)[3], size_t count,
                             const double rotation[3][3]) {
    for (size_t p = 0; p < count; p++) {
        double turned[3];
        size_t at = 0;
        for (int k = 0; k < 3; k++)
            turned[k] = rotation[k][0] * point[p][0] + rotation[k][1] * point[p][1] +
                        rotation[k][2] * point[p][2];
        while (at < count && separation(turned, point[at]) > 1e-6)
            at++;
        if (at == count)
            return false;
        image[p] = (uint8_t)at;
    }
    return true;
}

typedef struct sw_symmetry {
    size_t count;
    double rotation[SW_MOST_ROTATIONS][3][3];
    uint8_t image[SW_MOST_ROTATIONS][SW_TEMPLATE_NEIGHBOURS];
} sw_symmetry;

/* All rotations of points (the first two not parallel) onto themselves: where these two may go. */
static void find_rotations(sw_symmetry *found, const double (*point)[3], size_t count,
                           size_t second) {
    double from[3][3], back[3][3];
    frame(from, point[0], point[second]);
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++)
            back[i][k] = from[k][i];
    found->count = 0;
    for (size_t a = 0; a < count; a++)
        for (size_t b = 0; b < count; b++) {
            double to[3][3], rotation[3][3];
            bool same =
                fabs(separation(point[a], point[b]) - separation(point[0], point[second])) < 1e-6;
            if (a == b || !same || found->count == SW_MOST_ROTATIONS)
                continue;
            frame(to, point[a], point[b]);
            sw_matrix_product(rotation, (const double(*)[3])to, (const double(*)[3])back);
            if (!maps_onto_itself(found->image[found->count], point, count, rotation))
                continue;
            memcpy(found->rotation[found->count++], rotation, sizeof rotation);
        }
}

static size_t not_parallel(const double (*point)[3]) {
    double zero[3] = {0.0, 0.0, 0.0}, opposite[3];
    for (int k = 0; k < 3; k++)
        opposite[k] = -point[0][k];
    size_t second = 1;
    while (fabs(separation(point[second], opposite)) < 1e-6 * separation(point[0], zero))
        second++;
    return second;
}

static void find_places(sw_crystal_template *crystal) {
    sw_symmetry own;
    size_t count = crystal->neighbours;
    const double(*point)[3] = (const double(*)[3]) & crystal->point[1];
    find_rotations(&own, point, count, not_parallel(point));
    for (size_t a = 0; a < count; a++) {
        bool least = true;
        for (size_t r = 0; r < own.count; r++)
            least = least && own.image[r][a] >= a;
        if (!least)
            continue;
        crystal->first_places |= 1U << a;
        for (size_t b = 0; b < count; b++) {
            bool kept = b != a;
            for (size_t r = 0; r < own.count; r++)
                kept = kept && (own.image[r][a] != a || own.image[r][b] >= b);
            crystal->second_places[a] |= (uint32_t)kept << b;
        }
    }
}

/* Orientations are told apart by the rotations of the crystal, which has atoms with mirrored
 * neighbourhoods too (diamond, hcp): the cube's or the hexagonal prism's. */
static void find_crystal_rotations(sw_crystal_template *crystal, sw_crystal_kind which) {
    sw_crystal_template other = {0};
    sw_symmetry found;
    if (which == SW_CRYSTAL_ICOSAHEDRON)
        add_cyclic(&other, 1.0, 0.5 * (1.0 + sqrt(5.0)));
    else if (which == SW_CRYSTAL_HCP || which == SW_CRYSTAL_HEXAGONAL_DIAMOND)
        add_hcp(&other);
    else
        add_faces_of_cube(&other, 1.0);
    bool hexagonal = which == SW_CRYSTAL_HCP || which == SW_CRYSTAL_HEXAGONAL_DIAMOND;
    size_t count = hexagonal ? 6 : other.neighbours; /* the layer alone has the whole group */
    find_rotations(&found, (const double(*)[3]) & other.point[1], count,
                   not_parallel((const double(*)[3]) & other.point[1]));
    crystal->rotations = found.count;
    for (size_t r = 0; r < found.count; r++)
        sw_quaternion_of_rotation(crystal->rotation[r], (const double(*)[3])found.rotation[r]);
}

/* ---- the whole ------------------------------------------------------------------------------- */

static void scale_points(sw_crystal_template *crystal) {
    double sum = 0.0;
    crystal->nearest = INFINITY;
    for (size_t p = 1; p <= crystal->neighbours; p++)
        sum += separation(crystal->point[p], crystal->point[0]);
    for (size_t p = 1; p <= crystal->neighbours; p++) {
        for (int k = 0; k < 3; k++) {
            crystal->point[p][k] *= (double)crystal->neighbours / sum;
            crystal->mean[k] += crystal->point[p][k] / (double)(crystal->neighbours + 1);
        }
        double far = separation(crystal->point[p], crystal->point[0]);
        crystal->nearest = fmin(crystal->nearest, far);
        crystal->sorted[p - 1] = (float)far;
        for (size_t q = p - 1; q > 0 && crystal->sorted[q - 1] > (float)far; q--) {
            crystal->sorted[q] = crystal->sorted[q - 1];
            crystal->sorted[q - 1] = (float)far;
        }
    }
}

static void sum_up(sw_crystal_template *crystal) {
    double outer[3][3] = {{0}};
    for (size_t p = 0; p <= crystal->neighbours; p++) {
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++)
                outer[i][j] += (crystal->point[p][i] - crystal->mean[i]) *
                               (crystal->point[p][j] - crystal->mean[j]);
        for (size_t q = 0; q <= crystal->neighbours; q++)
            crystal->distance[p][q] = (float)separation(crystal->point[p], crystal->point[q]);
    }
    crystal->spread = outer[0][0] + outer[1][1] + outer[2][2];
    (void)sw_matrix_inverse(crystal->inverse, (const double(*)[3])outer);
}

static void sort_in(float *list, size_t count, float value) {
    for (; count > 0 && list[count - 1] > value; count--)
        list[count] = list[count - 1];
    list[count] = value;
}

static void find_lengths(sw_crystal_template *crystal) {
    for (size_t p = 1; p <= crystal->neighbours; p++)
        for (size_t q = 1; q < p; q++) {
            float length = crystal->distance[p][q];
            size_t at = 0;
            while (at < crystal->lengths && fabsf(crystal->length[at] - length) > 1e-5F)
                at++;
            if (at == crystal->lengths)
                sort_in(crystal->length, crystal->lengths++, length);
        }
}

static void find_kinds(sw_crystal_template *crystal) {
    for (size_t p = 1; p <= crystal->neighbours; p++) {
        float *own = crystal->from_others[crystal->kinds];
        size_t others = 0, kind = 0;
        for (size_t q = 1; q <= crystal->neighbours; q++)
            if (q != p)
                sort_in(own, others++, crystal->distance[p][q]);
        crystal->from_atom[crystal->kinds] = crystal->distance[p][0];
        for (; kind < crystal->kinds; kind++) {
            float off = fabsf(crystal->from_atom[kind] - crystal->distance[p][0]);
            for (size_t q = 0; q < others; q++)
                off += fabsf(own[q] - crystal->from_others[kind][q]);
            if (off < 1e-4F)
                break;
        }
        crystal->kinds += kind == crystal->kinds;
        crystal->of_kind[kind]++;
    }
}

/* By exhaustive search, rounded down; test_structure_template_search.c looks for counterexamples.
 */
static const double uniqueness[SW_CRYSTALS] = {
    [SW_CRYSTAL_FCC] = 0.3646,
    [SW_CRYSTAL_HCP] = 0.3161,
    [SW_CRYSTAL_BCC] = 0.2896,
    [SW_CRYSTAL_ICOSAHEDRON] = 0.37,
    [SW_CRYSTAL_SIMPLE_CUBIC] = 0.38,
    [SW_CRYSTAL_DIAMOND] = 0.2362,
    [SW_CRYSTAL_HEXAGONAL_DIAMOND] = 0.2362,
};

static void make(void) {
    add_cyclic(&templates[SW_CRYSTAL_FCC], 1.0, 1.0);
    add_hcp(&templates[SW_CRYSTAL_HCP]);
    add_corners_of_cube(&templates[SW_CRYSTAL_BCC], 0.5);
    add_faces_of_cube(&templates[SW_CRYSTAL_BCC], 1.0);
    add_cyclic(&templates[SW_CRYSTAL_ICOSAHEDRON], 1.0, 0.5 * (1.0 + sqrt(5.0)));
    add_faces_of_cube(&templates[SW_CRYSTAL_SIMPLE_CUBIC], 1.0);
    add_cubic_diamond(&templates[SW_CRYSTAL_DIAMOND]);
    add_hexagonal_diamond(&templates[SW_CRYSTAL_HEXAGONAL_DIAMOND]);
    for (sw_crystal_kind which = SW_CRYSTAL_FCC; which < SW_CRYSTALS; which++) {
        templates[which].kind = which;
        scale_points(&templates[which]);
        sum_up(&templates[which]);
        templates[which].uniqueness = uniqueness[which];
        find_lengths(&templates[which]);
        find_kinds(&templates[which]);
        find_places(&templates[which]);
        find_crystal_rotations(&templates[which], which);
    }
}

const sw_crystal_template *sw_crystal_template_of(sw_crystal_kind crystal) {
    pthread_once(&made, make);
    return &templates[crystal];
}

double sw_crystal_apart(sw_crystal_kind a, sw_crystal_kind b) {
    static const struct {
        sw_crystal_kind a, b;
        double angle;
    } pairs[] = {{SW_CRYSTAL_FCC, SW_CRYSTAL_HCP, 0.2747},
                 {SW_CRYSTAL_FCC, SW_CRYSTAL_ICOSAHEDRON, 0.2318},
                 {SW_CRYSTAL_HCP, SW_CRYSTAL_ICOSAHEDRON, 0.2564},
                 {SW_CRYSTAL_DIAMOND, SW_CRYSTAL_HEXAGONAL_DIAMOND, 0.2606}};
    for (size_t p = 0; p < sizeof pairs / sizeof pairs[0]; p++)
        if ((pairs[p].a == a && pairs[p].b == b) || (pairs[p].a == b && pairs[p].b == a))
            return pairs[p].angle;
    return 0.0;
}

const char *sw_crystal_name(sw_crystal_kind crystal) {
    static const char *const names[SW_CRYSTALS] = {
        "other",       "fcc",          "hcp",     "bcc",
        "icosahedron", "simple cubic", "diamond", "hexagonal diamond"};
    return names[crystal];
}

/* Whether a is to be preferred: the first component that differs by more than rounding decides. */
static bool turned_less(const double a[4], const double b[4]) {
    for (int k = 0; k < 4; k++)
        if (fabs(a[k] - b[k]) > 1e-9)
            return a[k] > b[k];
    return false;
}

void sw_crystal_reduce(double orientation[4], sw_crystal_kind crystal) {
    const sw_crystal_template *of = sw_crystal_template_of(crystal);
    double best[4] = {-2.0, 0.0, 0.0, 0.0};
    for (size_t r = 0; r < of->rotations; r++) {
        double same[4];
        const double *q = of->rotation[r], *p = orientation;
        double w = fabs(p[0] * q[0] - p[1] * q[1] - p[2] * q[2] - p[3] * q[3]);
        if (w < best[0] - 1e-9)
            continue;
        sw_quaternion_product(same, p, q);
        for (int sign = 0; sign < 2; sign++) {
            if (turned_less(same, best))
                memcpy(best, same, sizeof same);
            for (int k = 0; k < 4; k++)
                same[k] = -same[k];
        }
    }
    memcpy(orientation, best, sizeof best);
}
