/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Templates and the search for the best assignment, against plain searches over all assignments. */
#include "structure_atoms.h"

#include "base/matrix.h"
#include "base/rotation.h"
#include "structure/superposition.h"
#include "structure/template_search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static sw_template_search search;
static sw_shape shape;

/* ---- neighbourhoods -------------------------------------------------------------------------- */

static double normal(sw_random *random) {
    double radius = sqrt(-2.0 * log(1.0 - sw_random_uniform(random)));
    return radius * cos(2.0 * acos(-1.0) * sw_random_uniform(random));
}

static void random_rotation(double rotation[4], sw_random *random) {
    double length = 0.0;
    for (int k = 0; k < 4; k++) {
        rotation[k] = normal(random);
        length += rotation[k] * rotation[k];
    }
    for (int k = 0; k < 4; k++)
        rotation[k] /= sqrt(length);
}

/* A template turned, scaled, displaced at random and in any order. */
static void distort(double (*vector)[3], const sw_crystal_template *of, const double rotation[4],
                    double scale, double sigma, sw_random *random) {
    double matrix[3][3], off[3];
    sw_rotation_of_quaternion(matrix, rotation);
    for (int k = 0; k < 3; k++)
        off[k] = sigma * normal(random);
    for (size_t i = 0; i < of->neighbours; i++) {
        size_t at = (size_t)(sw_random_uniform(random) * (double)(i + 1));
        memcpy(vector[i], vector[at], sizeof vector[i]);
        for (int k = 0; k < 3; k++)
            vector[at][k] =
                scale * (matrix[k][0] * of->point[i + 1][0] + matrix[k][1] * of->point[i + 1][1] +
                         matrix[k][2] * of->point[i + 1][2] + sigma * normal(random) - off[k]);
    }
}

static bool find(sw_template_fit *fit, const sw_crystal_template *of, const double (*vector)[3],
                 double limit) {
    if (!sw_shape_take(&shape, vector, of->neighbours))
        return false;
    sw_template_search_begin(&search, of, &shape, limit);
    sw_template_search_complete(&search, limit);
    return sw_template_search_result(fit, &search);
}

/* ---- plain search ---------------------------------------------------------------------------- */

typedef struct plain_search {
    const sw_crystal_template *of;
    const double (*vector)[3];
    size_t place[SW_TEMPLATE_NEIGHBOURS];
    double best; /* rmsd */
} plain_search;

/* The sum of squares that is left of the atom and its first `count` neighbours, in any scale. */
static double left_over(const plain_search *plain, size_t count) {
    double mean_v[3] = {0}, mean_w[3] = {0}, outer[3][3] = {{0}}, spread_v = 0.0, spread_w = 0.0;
    double points = (double)count + 1.0;
    for (size_t i = 0; i < count; i++)
        for (int k = 0; k < 3; k++) {
            mean_v[k] += plain->vector[i][k] / points;
            mean_w[k] += plain->of->point[plain->place[i] + 1][k] / points;
        }
    for (size_t i = 0; i <= count; i++)
        for (int k = 0; k < 3; k++) {
            double w = (i < count ? plain->of->point[plain->place[i] + 1][k] : 0.0) - mean_w[k];
            double v = (i < count ? plain->vector[i][k] : 0.0) - mean_v[k];
            spread_v += v * v;
            spread_w += w * w;
            for (int j = 0; j < 3; j++) /* the matrix with b across a */
                outer[k][j] += w * ((i < count ? plain->vector[i][j] : 0.0) - mean_v[j]);
        }
    double overlap = sw_overlap((const double(*)[3])outer, sqrt(spread_v * spread_w));
    return spread_v > 0.0 ? fmax(spread_w - overlap * overlap / spread_v, 0.0) : 0.0;
}

/* All assignments of neighbours `from` and on, but those whose beginning alone leaves too much. */
static void look(plain_search *plain, size_t from, uint32_t taken) {
    double points = (double)plain->of->neighbours + 1.0;
    double rmsd = from > 2 ? sqrt(left_over(plain, from) / points) : 0.0;
    if (rmsd >= plain->best)
        return;
    if (from == plain->of->neighbours) {
        plain->best = rmsd;
        return;
    }
    for (size_t w = 0; w < plain->of->neighbours; w++)
        if (!(taken >> w & 1U)) {
            plain->place[from] = w;
            look(plain, from + 1, taken | 1U << w);
        }
}

static void check_against_plain(sw_crystal_kind like, sw_crystal_kind crystal, double sigma,
                                double limit, uint64_t seed) {
    sw_random random = sw_random_create(seed, (uint64_t)(16 * like) + crystal);
    double rotation[4], vector[SW_TEMPLATE_NEIGHBOURS][3];
    sw_template_fit fit;
    const sw_crystal_template *of = sw_crystal_template_of(crystal);
    random_rotation(rotation, &random);
    distort(vector, sw_crystal_template_of(like), rotation, 2.7, sigma, &random);
    plain_search plain = {.of = of, .vector = (const double(*)[3])vector, .best = limit};
    look(&plain, 0, 0);
    bool found = find(&fit, of, (const double(*)[3])vector, limit);
    assert_int_equal(found, plain.best < limit);
    if (found)
        assert_true(fabs(fit.rmsd - plain.best) <= 1e-9);
}

static void finds_the_best_of_all_assignments(void **state) {
    (void)state;
    for (sw_crystal_kind like = SW_CRYSTAL_FCC; like <= SW_CRYSTAL_SIMPLE_CUBIC; like++)
        for (sw_crystal_kind crystal = SW_CRYSTAL_FCC; crystal <= SW_CRYSTAL_SIMPLE_CUBIC;
             crystal++) {
            bool same_number = sw_crystal_template_of(like)->neighbours ==
                               sw_crystal_template_of(crystal)->neighbours;
            for (uint64_t seed = 1; seed <= 6 && same_number; seed++)
                check_against_plain(like, crystal, 0.03 * (double)seed, 0.12, seed);
        }
}

/* Up to the largest limit of the instrument; the plain search takes its time there. */
static void finds_the_best_of_all_assignments_far_off(void **state) {
    (void)state;
    for (sw_crystal_kind crystal = SW_CRYSTAL_FCC; crystal < SW_CRYSTALS; crystal++)
        for (uint64_t seed = 1; seed <= (crystal < SW_CRYSTAL_DIAMOND ? 12 : 4); seed++)
            check_against_plain(crystal, crystal, 0.1 + 0.01 * (double)seed, 0.25, 100 + seed);
}

/* So far from the octahedron that the best assignment is not the one it came from; all 720 are
 * tried. */
static void finds_the_best_far_from_the_template(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 200; seed++)
        check_against_plain(SW_CRYSTAL_SIMPLE_CUBIC, SW_CRYSTAL_SIMPLE_CUBIC,
                            0.1 + 0.002 * (double)seed, 0.5, seed);
}

/* ---- templates ------------------------------------------------------------------------------- */

static void templates_have_their_rotations(void **state) {
    (void)state;
    static const size_t rotations[SW_CRYSTALS] = {0, 24, 12, 24, 60, 24, 24, 12};
    static const size_t neighbours[SW_CRYSTALS] = {0, 12, 12, 14, 12, 6, 16, 16};
    for (sw_crystal_kind c = SW_CRYSTAL_FCC; c < SW_CRYSTALS; c++) {
        const sw_crystal_template *of = sw_crystal_template_of(c);
        double sum = 0.0;
        assert_int_equal(of->rotations, rotations[c]);
        assert_int_equal(of->neighbours, neighbours[c]);
        for (size_t p = 1; p <= of->neighbours; p++)
            sum += sw_vector_length(of->point[p]);
        assert_true(fabs(sum / (double)of->neighbours - 1.0) <= 1e-14);
    }
}

static double angle_to_itself(const sw_crystal_template *of, const size_t place[]) {
    plain_search plain = {.of = of, .vector = (const double(*)[3]) & of->point[1]};
    memcpy(plain.place, place, of->neighbours * sizeof *place);
    return asin(sqrt(fmin(left_over(&plain, of->neighbours) / of->spread, 1.0)));
}

/* Exchanges of two and of three places, the least that can be exchanged, on top of nothing or of a
 * rotation: none may come nearer than the search trusts. */
static void no_exchange_of_places_comes_nearer_than_told(void **state) {
    (void)state;
    for (sw_crystal_kind c = SW_CRYSTAL_FCC; c < SW_CRYSTALS; c++) {
        const sw_crystal_template *of = sw_crystal_template_of(c);
        double least = 10.0;
        for (size_t i = 0; i < of->neighbours; i++)
            for (size_t j = 0; j < of->neighbours; j++)
                for (size_t k = 0; k < of->neighbours; k++) {
                    size_t place[SW_TEMPLATE_NEIGHBOURS];
                    for (size_t p = 0; p < of->neighbours; p++)
                        place[p] = p;
                    place[i] = j;
                    place[j] = k == i || k == j ? i : k;
                    if (k != i && k != j)
                        place[k] = i;
                    if (i != j)
                        least = fmin(least, angle_to_itself(of, place));
                }
        assert_true(of->uniqueness > 0.2);
        assert_true(least >= of->uniqueness);
    }
}

/* What one crystal's template lies off another's, as the search finds it without these numbers. */
static void crystals_are_as_far_apart_as_told(void **state) {
    (void)state;
    for (sw_crystal_kind a = SW_CRYSTAL_FCC; a < SW_CRYSTALS; a++)
        for (sw_crystal_kind b = SW_CRYSTAL_FCC; b < SW_CRYSTALS; b++) {
            const sw_crystal_template *of = sw_crystal_template_of(b);
            double apart = sw_crystal_apart(a, b);
            if (apart == 0.0)
                continue;
            assert_true(apart == sw_crystal_apart(b, a));
            assert_true(sw_shape_take(&shape,
                                      (const double(*)[3]) & sw_crystal_template_of(a)->point[1],
                                      of->neighbours));
            sw_template_search_begin(&search, of, &shape, 0.4);
            sw_template_search_complete(&search, 0.4);
            assert_true(search.angle >= apart && search.angle < apart + 1e-4);
        }
}

static void a_rotation_of_the_crystal_is_no_rotation(void **state) {
    (void)state;
    sw_random random = sw_random_create(3, 1);
    for (sw_crystal_kind c = SW_CRYSTAL_FCC; c < SW_CRYSTALS; c++) {
        const sw_crystal_template *of = sw_crystal_template_of(c);
        double any[4], reduced[4];
        random_rotation(any, &random);
        memcpy(reduced, any, sizeof any);
        sw_crystal_reduce(reduced, c);
        for (size_t r = 0; r < of->rotations; r++) {
            double same[4];
            sw_quaternion_product(same, any, of->rotation[r]);
            assert_true(reduced[0] >= fabs(same[0]) - 1e-12);
            sw_crystal_reduce(same, c);
            for (int k = 0; k < 4; k++)
                assert_true(fabs(same[k] - reduced[k]) <= 1e-12);
        }
    }
}

/* ---- fits ------------------------------------------------------------------------------------ */

static void perfect_neighbourhoods_in_any_orientation(void **state) {
    (void)state;
    sw_random random = sw_random_create(11, 1);
    for (sw_crystal_kind c = SW_CRYSTAL_FCC; c < SW_CRYSTALS; c++)
        for (int turn = 0; turn < 50; turn++) {
            const sw_crystal_template *of = sw_crystal_template_of(c);
            double rotation[4], vector[SW_TEMPLATE_NEIGHBOURS][3];
            sw_template_fit fit;
            random_rotation(rotation, &random);
            distort(vector, of, rotation, 3.2, 0.0, &random);
            assert_true(find(&fit, of, (const double(*)[3])vector, 0.1));
            assert_true(fit.rmsd < 1e-12);
            assert_true(fabs(fit.scale - 3.2) <= 1e-12);
            sw_crystal_reduce(rotation, c);
            sw_crystal_reduce(fit.rotation, c);
            for (int k = 0; k < 4; k++)
                assert_true(fabs(fit.rotation[k] - rotation[k]) <= 1e-11);
        }
}

static void nothing_fits_no_extent(void **state) {
    (void)state;
    double vector[SW_TEMPLATE_NEIGHBOURS][3] = {{0}};
    sw_template_fit fit;
    for (sw_crystal_kind c = SW_CRYSTAL_FCC; c < SW_CRYSTALS; c++)
        assert_false(find(&fit, sw_crystal_template_of(c), (const double(*)[3])vector, 0.1));
    for (size_t i = 0; i < SW_TEMPLATE_NEIGHBOURS; i++) /* on a line, and in a plane */
        vector[i][0] = (double)(i + 1);
    for (sw_crystal_kind c = SW_CRYSTAL_FCC; c < SW_CRYSTALS; c++)
        assert_false(find(&fit, sw_crystal_template_of(c), (const double(*)[3])vector, 0.15));
    for (size_t i = 0; i < SW_TEMPLATE_NEIGHBOURS; i++) {
        vector[i][0] = cos((double)i);
        vector[i][1] = sin((double)i);
    }
    for (sw_crystal_kind c = SW_CRYSTAL_FCC; c < SW_CRYSTALS; c++)
        assert_false(find(&fit, sw_crystal_template_of(c), (const double(*)[3])vector, 0.15));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(templates_have_their_rotations),
        cmocka_unit_test(a_rotation_of_the_crystal_is_no_rotation),
        cmocka_unit_test(no_exchange_of_places_comes_nearer_than_told),
        cmocka_unit_test(crystals_are_as_far_apart_as_told),
        cmocka_unit_test(perfect_neighbourhoods_in_any_orientation),
        cmocka_unit_test(finds_the_best_of_all_assignments),
        cmocka_unit_test(finds_the_best_of_all_assignments_far_off),
        cmocka_unit_test(finds_the_best_far_from_the_template),
        cmocka_unit_test(nothing_fits_no_extent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
