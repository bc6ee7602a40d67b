/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/crystal_relation.h"

#include "base/matrix.h"
#include "base/memory.h"
#include "base/rotation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define STEP 1e-8 /* rad, angles that count as equal */
#define IN_PLANE 1e-9
#define NEARLY_IN_PLANE 1e-6

static void invert(double inverse[4], const double q[4]) {
    inverse[0] = q[0];
    for (int k = 1; k < 4; k++)
        inverse[k] = -q[k];
}

/* v_a = between v_b. */
static void find_between(double between[4], const sw_crystal_pose *a, const sw_crystal_pose *b) {
    double inverse[4];
    invert(inverse, a->orientation);
    sw_quaternion_product(between, inverse, b->orientation);
}

/* Exact for small angles too. */
static double angle_of(const double q[4]) {
    return 2.0 * atan2(sw_vector_length(q + 1), fabs(q[0]));
}

/* ---- disorientation -------------------------------------------------------------------------- */

/* Of all s between t the one with the largest |w|, as w >= 0. */
static void find_least(double least[4], const double between[4], sw_crystal_kind of_a,
                       sw_crystal_kind of_b) {
    const sw_crystal_template *a = sw_crystal_template_of(of_a), *b = sw_crystal_template_of(of_b);
    double most = -1.0;
    memcpy(least, between, 4 * sizeof *least);
    for (size_t s = 0; s < a->rotations; s++)
        for (size_t t = 0; t < b->rotations; t++) {
            double same[4];
            sw_quaternion_product(same, a->rotation[s], between);
            sw_quaternion_product(same, same, b->rotation[t]);
            if (!(fabs(same[0]) > most))
                continue;
            most = fabs(same[0]);
            for (int k = 0; k < 4; k++)
                least[k] = same[0] < 0.0 ? -same[k] : same[k];
        }
}

static bool is_cubic(sw_crystal_kind crystal) {
    return !sw_crystal_is_hexagonal(crystal) && crystal != SW_CRYSTAL_ICOSAHEDRON &&
           crystal != SW_CRYSTAL_OTHER;
}

static void fold_cubic(double axis[3]) {
    for (int k = 0; k < 3; k++)
        axis[k] = fabs(axis[k]);
    for (int i = 0; i < 2; i++)
        for (int k = 0; k < 2 - i; k++)
            if (axis[k] < axis[k + 1]) {
                double other = axis[k];
                axis[k] = axis[k + 1];
                axis[k + 1] = other;
            }
}

double sw_disorientation(double axis[3], const sw_crystal_pose *a, const sw_crystal_pose *b) {
    double between[4], least[4];
    find_between(between, a, b);
    find_least(least, between, a->crystal, b->crystal);
    double length = sw_vector_length(least + 1);
    for (int k = 0; k < 3; k++)
        axis[k] = length > 0.0 ? least[1 + k] / length : 0.0;
    if (is_cubic(a->crystal) && is_cubic(b->crystal))
        fold_cubic(axis);
    return angle_of(least);
}

/* ---- parallel planes and directions ---------------------------------------------------------- */

static double angle_between(const double a[3], const double b[3]) {
    double across[3];
    sw_vector_cross(across, a, b);
    return atan2(sw_vector_length(across), fabs(sw_vector_dot(a, b)));
}

static int size_of(const int index[3]) {
    return index[0] * index[0] + index[1] * index[1] + index[2] * index[2];
}

/* An order that qsort can keep, whatever the angle's last bits are. */
typedef struct ranked_pair {
    sw_parallel_pair pair;
    double step;
    int size;
} ranked_pair;

static int by_rank(const void *left, const void *right) {
    const ranked_pair *a = left, *b = right;
    if (a->step != b->step)
        return a->step < b->step ? -1 : 1;
    if (a->size != b->size)
        return a->size < b->size ? -1 : 1;
    if (a->pair.a != b->pair.a)
        return a->pair.a < b->pair.a ? -1 : 1;
    return a->pair.b < b->pair.b ? -1 : a->pair.b > b->pair.b;
}

static sw_status rank_pairs(sw_parallel_pairs *pairs, const sw_lattice_vectors *of_a,
                            const sw_lattice_vectors *of_b) {
    ranked_pair *rank = sw_allocate(pairs->count, sizeof *rank);
    if (!rank)
        return SW_ERROR_MEMORY;
    for (size_t p = 0; p < pairs->count; p++) {
        const sw_parallel_pair *pair = &pairs->list[p];
        rank[p] = (ranked_pair){*pair, floor(pair->angle / STEP),
                                size_of(of_a->list[of_a->list[pair->a].family].index) +
                                    size_of(of_b->list[of_b->list[pair->b].family].index)};
    }
    if (pairs->count > 0)
        qsort(rank, pairs->count, sizeof *rank, by_rank);
    for (size_t p = 0; p < pairs->count; p++)
        pairs->list[p] = rank[p].pair;
    free(rank);
    return SW_OK;
}

/* Keeps the first of each pair of families. */
static void keep_best(sw_parallel_pairs *pairs, const sw_lattice_vectors *of_a,
                      const sw_lattice_vectors *of_b) {
    size_t kept = 0;
    for (size_t p = 0; p < pairs->count; p++) {
        const sw_parallel_pair *pair = &pairs->list[p];
        bool fresh = true;
        for (size_t q = 0; q < kept && fresh; q++)
            fresh = of_a->list[pairs->list[q].a].family != of_a->list[pair->a].family ||
                    of_b->list[pairs->list[q].b].family != of_b->list[pair->b].family;
        if (fresh)
            pairs->list[kept++] = *pair;
    }
    pairs->count = kept;
}

sw_status sw_parallel_pairs_find(sw_parallel_pairs *pairs, const sw_crystal_pose *a,
                                 const sw_lattice_vectors *of_a, const sw_crystal_pose *b,
                                 const sw_lattice_vectors *of_b, double tolerance, bool families) {
    double between[4], rotation[3][3], turned[3];
    *pairs = (sw_parallel_pairs){0};
    find_between(between, a, b);
    sw_rotation_of_quaternion(rotation, between);
    for (size_t j = 0; j < of_b->count; j++) {
        sw_rotation_apply(turned, (const double(*)[3])rotation, of_b->list[j].unit);
        for (size_t i = 0; i < of_a->count; i++) {
            double angle = angle_between(of_a->list[i].unit, turned);
            if (angle > tolerance)
                continue;
            if (!sw_reserve(&pairs->list, &pairs->capacity, pairs->count + 1,
                            sizeof *pairs->list)) {
                free(pairs->list);
                *pairs = (sw_parallel_pairs){0};
                return SW_ERROR_MEMORY;
            }
            pairs->list[pairs->count++] = (sw_parallel_pair){(uint32_t)i, (uint32_t)j, angle};
        }
    }
    sw_status status = rank_pairs(pairs, of_a, of_b);
    if (status == SW_OK && families)
        keep_best(pairs, of_a, of_b);
    return status;
}

/* How many neighbours of an atom lie in a plane with it. */
static int neighbours_in(const sw_lattice_vectors *of, size_t plane) {
    const sw_crystal_template *crystal = sw_crystal_template_of(of->crystal);
    int count = 0;
    for (size_t n = 1; n <= crystal->neighbours; n++)
        count += fabs(sw_vector_dot(crystal->point[n], of->list[plane].unit)) < NEARLY_IN_PLANE;
    return count;
}

/* What is the simpler way to say a relation: smaller indices, then angles, then planes that are
 * packed more densely. */
typedef struct statement {
    int size;
    double angle;
    int packing;
} statement;

static bool is_simpler(const statement *a, const statement *b) {
    if (a->size != b->size)
        return a->size < b->size;
    if (fabs(a->angle - b->angle) > STEP)
        return a->angle < b->angle;
    return a->packing > b->packing;
}

bool sw_plane_and_direction(sw_parallel_pair chosen[2], const sw_parallel_pairs *planes,
                            const sw_lattice_vectors *planes_of[2],
                            const sw_parallel_pairs *directions,
                            const sw_lattice_vectors *directions_of[2]) {
    statement best = {0};
    bool found = false;
    for (size_t p = 0; p < planes->count; p++)
        for (size_t d = 0; d < directions->count; d++) {
            const sw_parallel_pair *plane = &planes->list[p], *direction = &directions->list[d];
            const sw_lattice_vector *vector[4] = {
                &planes_of[0]->list[plane->a], &planes_of[1]->list[plane->b],
                &directions_of[0]->list[direction->a], &directions_of[1]->list[direction->b]};
            statement now = {.angle = plane->angle + direction->angle};
            if (fabs(sw_vector_dot(vector[0]->unit, vector[2]->unit)) > IN_PLANE ||
                fabs(sw_vector_dot(vector[1]->unit, vector[3]->unit)) > IN_PLANE)
                continue;
            for (int v = 0; v < 4; v++)
                now.size += size_of(vector[v]->index);
            now.packing =
                neighbours_in(planes_of[0], plane->a) + neighbours_in(planes_of[1], plane->b);
            if (found && !is_simpler(&now, &best))
                continue;
            found = true;
            best = now;
            chosen[0] = *plane;
            chosen[1] = *direction;
        }
    return found;
}

/* ---- named relations ------------------------------------------------------------------------- */

typedef enum lattice { CUBIC, FACE_CENTRED, BODY_CENTRED, HEXAGONAL } lattice;

typedef struct relation_row {
    sw_named_relation name;
    lattice of[2];
    int plane[2][3], direction[2][3]; /* parallel; directions of hexagonal crystals [u v w] */
} relation_row;

static const relation_row rows[SW_NAMED_RELATIONS] = {
    {{"cube on cube", "{100} || {100}, <100> || <100>", "by definition"},
     {CUBIC, CUBIC},
     {{0, 0, 1}, {0, 0, 1}},
     {{1, 0, 0}, {1, 0, 0}}},
    {{"twin, Sigma 3", "{111} || {111}, <110> || <-1-10>", "60 degrees about <111>"},
     {CUBIC, CUBIC},
     {{1, 1, 1}, {1, 1, 1}},
     {{1, -1, 0}, {-1, 1, 0}}},
    {{"Bain", "{001}f || {001}b, <100>f || <110>b", "E. C. Bain, Trans. AIME 70, 25 (1924)"},
     {FACE_CENTRED, BODY_CENTRED},
     {{0, 0, 1}, {0, 0, 1}},
     {{1, 0, 0}, {1, 1, 0}}},
    {{"Kurdjumov-Sachs", "{111}f || {011}b, <-101>f || <-1-11>b",
      "G. Kurdjumow and G. Sachs, Z. Phys. 64, 325 (1930)"},
     {FACE_CENTRED, BODY_CENTRED},
     {{1, 1, 1}, {0, 1, 1}},
     {{-1, 0, 1}, {-1, -1, 1}}},
    {{"Nishiyama-Wassermann", "{111}f || {011}b, <01-1>f || <100>b",
      "Z. Nishiyama, Sci. Rep. Tohoku Univ. 23, 637 (1934); G. Wassermann, Arch. "
      "Eisenhuettenwes. 6, 347 (1933)"},
     {FACE_CENTRED, BODY_CENTRED},
     {{1, 1, 1}, {0, 1, 1}},
     {{0, 1, -1}, {1, 0, 0}}},
    {{"Pitsch", "{010}f || {101}b, <101>f || <-111>b", "W. Pitsch, Philos. Mag. 4, 577 (1959)"},
     {FACE_CENTRED, BODY_CENTRED},
     {{0, 1, 0}, {1, 0, 1}},
     {{1, 0, 1}, {-1, 1, 1}}},
    {{"Burgers", "{110}b || {0001}h, <1-11>b || <11-20>h", "W. G. Burgers, Physica 1, 561 (1934)"},
     {BODY_CENTRED, HEXAGONAL},
     {{1, 1, 0}, {0, 0, 1}},
     {{1, -1, 1}, {1, 1, 0}}},
    {{"Shoji-Nishiyama", "{111}f || {0001}h, <1-10>f || <11-20>h",
      "H. Shoji, Z. Kristallogr. 77, 381 (1931)"},
     {FACE_CENTRED, HEXAGONAL},
     {{1, 1, 1}, {0, 0, 1}},
     {{1, -1, 0}, {1, 1, 0}}},
    {{"hexagonal, all parallel", "{0001} || {0001}, <11-20> || <11-20>", "by definition"},
     {HEXAGONAL, HEXAGONAL},
     {{0, 0, 1}, {0, 0, 1}},
     {{1, 1, 0}, {1, 1, 0}}},
};

const sw_named_relation *sw_named_relation_at(size_t number) {
    return number < SW_NAMED_RELATIONS ? &rows[number].name : NULL;
}

static bool is_of(sw_crystal_kind crystal, lattice wanted) {
    switch (wanted) {
    case CUBIC:
        return is_cubic(crystal);
    case FACE_CENTRED:
        return crystal == SW_CRYSTAL_FCC || crystal == SW_CRYSTAL_DIAMOND;
    case BODY_CENTRED:
        return crystal == SW_CRYSTAL_BCC;
    default:
        return sw_crystal_is_hexagonal(crystal);
    }
}

/* Columns: the direction, the normal of the plane, and what is across both. */
static void find_frame(double frame[3][3], sw_crystal_kind crystal, const int plane[3],
                       const int direction[3]) {
    double unit[3][3];
    sw_lattice_unit(unit[0], crystal, SW_LATTICE_DIRECTION, direction, 1.0);
    sw_lattice_unit(unit[2], crystal, SW_LATTICE_PLANE, plane, 1.0);
    sw_vector_cross(unit[1], unit[2], unit[0]);
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++)
            frame[k][i] = unit[i][k];
}

/* v_a = ideal v_b in the relation. False where the crystals are of another one. */
static bool find_ideal(double ideal[4], size_t number, sw_crystal_kind a, sw_crystal_kind b) {
    const relation_row *row = &rows[number];
    double frame[2][3][3], back[3][3], rotation[3][3];
    bool forward = is_of(a, row->of[0]) && is_of(b, row->of[1]);
    if (!forward && !(is_of(a, row->of[1]) && is_of(b, row->of[0])))
        return false;
    int of_a = forward ? 0 : 1;
    find_frame(frame[0], a, row->plane[of_a], row->direction[of_a]);
    find_frame(frame[1], b, row->plane[1 - of_a], row->direction[1 - of_a]);
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++)
            back[i][k] = frame[1][k][i];
    sw_matrix_product(rotation, (const double(*)[3])frame[0], (const double(*)[3])back);
    sw_quaternion_of_rotation(ideal, (const double(*)[3])rotation);
    return true;
}

double sw_angle_to_relation(size_t number, const sw_crystal_pose *a, const sw_crystal_pose *b) {
    const sw_crystal_template *of_a = sw_crystal_template_of(a->crystal);
    const sw_crystal_template *of_b = sw_crystal_template_of(b->crystal);
    double ideal[4], between[4], inverse[4], least = INFINITY;
    if (!find_ideal(ideal, number, a->crystal, b->crystal))
        return NAN;
    find_between(between, a, b);
    invert(inverse, between);
    for (size_t s = 0; s < of_a->rotations; s++)
        for (size_t t = 0; t < of_b->rotations; t++) {
            double variant[4];
            sw_quaternion_product(variant, of_a->rotation[s], ideal);
            sw_quaternion_product(variant, variant, of_b->rotation[t]);
            sw_quaternion_product(variant, inverse, variant);
            least = fmin(least, angle_of(variant));
        }
    return least;
}

bool sw_pose_in_relation(sw_crystal_pose *b, size_t number, const sw_crystal_pose *a) {
    double ideal[4];
    if (number >= SW_NAMED_RELATIONS || !find_ideal(ideal, number, a->crystal, b->crystal))
        return false;
    sw_quaternion_product(b->orientation, a->orientation, ideal);
    return true;
}
