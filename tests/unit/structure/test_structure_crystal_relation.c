/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Planes, directions, disorientations and named relations of crystals against closed forms. */
#include "structure_atoms.h"

#include "base/matrix.h"
#include "base/rotation.h"
#include "structure/crystal_relation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DEGREE 0.017453292519943295

static size_t relation(const char *name) {
    for (size_t n = 0; n < SW_NAMED_RELATIONS; n++)
        if (strcmp(sw_named_relation_at(n)->name, name) == 0)
            return n;
    fail_msg("there is no relation \"%s\"", name);
    return 0;
}

static sw_crystal_pose random_pose(sw_crystal_kind crystal, uint64_t seed) {
    sw_random random = sw_random_create(seed, 1);
    sw_crystal_pose pose = {.crystal = crystal, .c_over_a = sw_ideal_c_over_a()};
    sw_quaternion_random(pose.orientation, &random);
    return pose;
}

/* b in the relation to a, by another of the quaternions that mean it. */
static sw_crystal_pose related(const char *name, const sw_crystal_pose *a, sw_crystal_kind crystal,
                               size_t variant) {
    const sw_crystal_template *of = sw_crystal_template_of(crystal);
    sw_crystal_pose b = {.crystal = crystal, .c_over_a = sw_ideal_c_over_a()};
    assert_true(sw_pose_in_relation(&b, relation(name), a));
    sw_quaternion_product(b.orientation, b.orientation, of->rotation[variant % of->rotations]);
    return b;
}

/* The indices of a plane and a direction say whether it lies in it, in any crystal. */
static void a_direction_lies_in_a_plane(void **state) {
    (void)state;
    static const sw_crystal_kind kinds[] = {SW_CRYSTAL_BCC, SW_CRYSTAL_HCP};
    for (size_t c = 0; c < 2; c++) {
        sw_lattice_vectors planes, directions;
        assert_int_equal(sw_lattice_vectors_create(&planes, kinds[c], SW_LATTICE_PLANE, 3, 1.59),
                         SW_OK);
        assert_int_equal(
            sw_lattice_vectors_create(&directions, kinds[c], SW_LATTICE_DIRECTION, 3, 1.59), SW_OK);
        assert_int_equal(planes.count, 145);
        for (size_t p = 0; p < planes.count; p++)
            for (size_t d = 0; d < directions.count; d++) {
                int zone = 0;
                for (int k = 0; k < 3; k++)
                    zone += planes.list[p].index[k] * directions.list[d].index[k];
                double dot = sw_vector_dot(planes.list[p].unit, directions.list[d].unit);
                assert_int_equal(zone == 0, fabs(dot) < 1e-12);
            }
        sw_lattice_vectors_clear(&planes);
        sw_lattice_vectors_clear(&directions);
    }
}

static void assert_family(const sw_lattice_vectors *vectors, const char *name, size_t members) {
    size_t found = 0;
    char text[SW_LATTICE_TEXT];
    for (size_t v = 0; v < vectors->count; v++)
        found += strcmp(sw_lattice_print(text, vectors, v, true), name) == 0;
    if (found != members)
        fail_msg("%s has %zu members, expected %zu", name, found, members);
}

static void families_have_their_multiplicity(void **state) {
    (void)state;
    sw_lattice_vectors vectors;
    assert_int_equal(sw_lattice_vectors_create(&vectors, SW_CRYSTAL_FCC, SW_LATTICE_PLANE, 3, 1.0),
                     SW_OK);
    assert_family(&vectors, "{1 0 0}", 3);
    assert_family(&vectors, "{1 1 0}", 6);
    assert_family(&vectors, "{1 1 1}", 4);
    assert_family(&vectors, "{2 1 0}", 12);
    assert_family(&vectors, "{3 1 1}", 12);
    assert_family(&vectors, "{3 2 1}", 24);
    sw_lattice_vectors_clear(&vectors);
    assert_int_equal(sw_lattice_vectors_create(&vectors, SW_CRYSTAL_HCP, SW_LATTICE_PLANE, 2, 1.6),
                     SW_OK);
    assert_family(&vectors, "{0 0 0 1}", 1);
    assert_family(&vectors, "{1 0 -1 0}", 3);
    assert_family(&vectors, "{1 1 -2 0}", 3);
    assert_family(&vectors, "{1 0 -1 1}", 6);
    sw_lattice_vectors_clear(&vectors);
    assert_int_equal(
        sw_lattice_vectors_create(&vectors, SW_CRYSTAL_HCP, SW_LATTICE_DIRECTION, 2, 1.6), SW_OK);
    assert_family(&vectors, "<0 0 0 1>", 1);
    assert_family(&vectors, "<1 1 -2 0>", 3);
    assert_family(&vectors, "<1 0 -1 0>", 3);
    sw_lattice_vectors_clear(&vectors);
}

/* Published angles (Y. He, S. Godet, J. J. Jonas, Acta Mater. 53, 1179 (2005)) to their printed digits, and those of
 * closed form. */
static void disorientations_are_known(void **state) {
    (void)state;
    static const struct {
        const char *name;
        sw_crystal_kind a, b;
        double angle, tolerance;
    } cases[] = {
        {"cube on cube", SW_CRYSTAL_FCC, SW_CRYSTAL_FCC, 0.0, 1e-10},
        {"cube on cube", SW_CRYSTAL_FCC, SW_CRYSTAL_BCC, 0.0, 1e-10},
        {"twin, Sigma 3", SW_CRYSTAL_FCC, SW_CRYSTAL_FCC, 60.0, 1e-10},
        {"Bain", SW_CRYSTAL_FCC, SW_CRYSTAL_BCC, 45.0, 1e-10},
        {"Kurdjumov-Sachs", SW_CRYSTAL_FCC, SW_CRYSTAL_BCC, 42.85, 0.01},
        {"Nishiyama-Wassermann", SW_CRYSTAL_FCC, SW_CRYSTAL_BCC, 45.98, 0.01},
        {"Pitsch", SW_CRYSTAL_FCC, SW_CRYSTAL_BCC, 45.98, 0.01},
    };
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++)
        for (uint64_t seed = 0; seed < 5; seed++) {
            sw_crystal_pose a = random_pose(cases[c].a, seed);
            sw_crystal_pose b = related(cases[c].name, &a, cases[c].b, seed * 7);
            double axis[3], back[3];
            double angle = sw_disorientation(axis, &a, &b) / DEGREE;
            if (!(fabs(angle - cases[c].angle) < cases[c].tolerance))
                fail_msg("%s: %.12g", cases[c].name, angle);
            assert_true(fabs(sw_disorientation(back, &b, &a) / DEGREE - angle) < 1e-10);
            for (int k = 0; k < 3 && c == 2; k++)
                assert_true(fabs(axis[k] - sqrt(1.0 / 3.0)) < 1e-10);
        }
}

static void relations_recognise_themselves(void **state) {
    (void)state;
    static const struct {
        const char *name;
        sw_crystal_kind a, b;
    } cases[] = {
        {"cube on cube", SW_CRYSTAL_DIAMOND, SW_CRYSTAL_SIMPLE_CUBIC},
        {"twin, Sigma 3", SW_CRYSTAL_BCC, SW_CRYSTAL_BCC},
        {"Bain", SW_CRYSTAL_FCC, SW_CRYSTAL_BCC},
        {"Kurdjumov-Sachs", SW_CRYSTAL_BCC, SW_CRYSTAL_FCC},
        {"Nishiyama-Wassermann", SW_CRYSTAL_FCC, SW_CRYSTAL_BCC},
        {"Pitsch", SW_CRYSTAL_BCC, SW_CRYSTAL_FCC},
        {"Burgers", SW_CRYSTAL_BCC, SW_CRYSTAL_HCP},
        {"Shoji-Nishiyama", SW_CRYSTAL_HCP, SW_CRYSTAL_FCC},
        {"hexagonal, all parallel", SW_CRYSTAL_HCP, SW_CRYSTAL_HEXAGONAL_DIAMOND},
    };
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++)
        for (uint64_t seed = 0; seed < 24; seed++) {
            sw_crystal_pose a = random_pose(cases[c].a, 100 + seed);
            sw_crystal_pose b = related(cases[c].name, &a, cases[c].b, seed);
            size_t number = relation(cases[c].name);
            assert_true(sw_angle_to_relation(number, &a, &b) < 1e-12);
            assert_true(sw_angle_to_relation(number, &b, &a) < 1e-12);
        }
    sw_crystal_pose a = random_pose(SW_CRYSTAL_HCP, 1), b = random_pose(SW_CRYSTAL_HCP, 2);
    assert_true(isnan(sw_angle_to_relation(relation("Bain"), &a, &b)));
    assert_false(sw_pose_in_relation(&b, relation("Burgers"), &a));
    assert_null(sw_named_relation_at(SW_NAMED_RELATIONS));
}

/* Between relations: 60 deg - atan(sqrt 2) from Kurdjumov-Sachs to Nishiyama-Wassermann and to Pitsch, atan(sqrt 2) -
 * 45 deg from Bain to both. */
static void relations_are_as_far_apart_as_they_are(void **state) {
    (void)state;
    const double close = 60.0 - atan(sqrt(2.0)) / DEGREE, far = atan(sqrt(2.0)) / DEGREE - 45.0;
    const struct {
        const char *from, *to;
        double angle;
    } cases[] = {
        {"Kurdjumov-Sachs", "Nishiyama-Wassermann", close},
        {"Nishiyama-Wassermann", "Kurdjumov-Sachs", close},
        {"Pitsch", "Kurdjumov-Sachs", close},
        {"Nishiyama-Wassermann", "Bain", far},
        {"Pitsch", "Bain", far},
    };
    assert_true(fabs(close - 5.26439) < 1e-5);
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        sw_crystal_pose a = random_pose(SW_CRYSTAL_FCC, c);
        sw_crystal_pose b = related(cases[c].from, &a, SW_CRYSTAL_BCC, c * 5);
        double angle = sw_angle_to_relation(relation(cases[c].to), &a, &b) / DEGREE;
        if (!(fabs(angle - cases[c].angle) < 1e-10))
            fail_msg("%s to %s: %.12g, expected %.12g", cases[c].from, cases[c].to, angle,
                     cases[c].angle);
    }
}

typedef struct lists {
    sw_lattice_vectors planes[2], directions[2];
} lists;

static void make_lists(lists *made, const sw_crystal_pose *a, const sw_crystal_pose *b) {
    const sw_crystal_pose *pose[2] = {a, b};
    for (int i = 0; i < 2; i++) {
        assert_int_equal(sw_lattice_vectors_create(&made->planes[i], pose[i]->crystal,
                                                   SW_LATTICE_PLANE, 3, pose[i]->c_over_a),
                         SW_OK);
        assert_int_equal(sw_lattice_vectors_create(&made->directions[i], pose[i]->crystal,
                                                   SW_LATTICE_DIRECTION, 3, pose[i]->c_over_a),
                         SW_OK);
    }
}

/* Kurdjumov-Sachs and Burgers are told by the planes and directions that they are named by, which come first. */
static void parallel_planes_are_found(void **state) {
    (void)state;
    static const struct {
        const char *name;
        sw_crystal_kind a, b;
        const char *text[4];
    } cases[] = {
        {"Kurdjumov-Sachs",
         SW_CRYSTAL_FCC,
         SW_CRYSTAL_BCC,
         {"{1 1 1}", "{1 1 0}", "<1 1 0>", "<1 1 1>"}},
        {"Burgers",
         SW_CRYSTAL_BCC,
         SW_CRYSTAL_HCP,
         {"{1 1 0}", "{0 0 0 1}", "<1 1 1>", "<1 1 -2 0>"}},
        {"Nishiyama-Wassermann",
         SW_CRYSTAL_FCC,
         SW_CRYSTAL_BCC,
         {"{1 1 1}", "{1 1 0}", "<1 1 0>", "<1 0 0>"}},
    };
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        sw_crystal_pose a = random_pose(cases[c].a, 50 + c);
        sw_crystal_pose b = related(cases[c].name, &a, cases[c].b, c);
        sw_parallel_pairs planes, directions, families;
        sw_parallel_pair chosen[2];
        lists of;
        char text[SW_LATTICE_TEXT];
        make_lists(&of, &a, &b);
        const sw_lattice_vectors *planes_of[2] = {&of.planes[0], &of.planes[1]};
        const sw_lattice_vectors *directions_of[2] = {&of.directions[0], &of.directions[1]};
        assert_int_equal(
            sw_parallel_pairs_find(&planes, &a, planes_of[0], &b, planes_of[1], 2 * DEGREE, false),
            SW_OK);
        assert_int_equal(
            sw_parallel_pairs_find(&families, &a, planes_of[0], &b, planes_of[1], 2 * DEGREE, true),
            SW_OK);
        assert_int_equal(sw_parallel_pairs_find(&directions, &a, directions_of[0], &b,
                                                directions_of[1], 2 * DEGREE, false),
                         SW_OK);
        assert_true(sw_plane_and_direction(chosen, &planes, planes_of, &directions, directions_of));
        assert_true(chosen[0].angle < 1e-10 && chosen[1].angle < 1e-10);
        const size_t vector[4] = {chosen[0].a, chosen[0].b, chosen[1].a, chosen[1].b};
        for (size_t i = 0; i < 4; i++)
            assert_string_equal(sw_lattice_print(text, i < 2 ? planes_of[i] : directions_of[i - 2],
                                                 vector[i], true),
                                cases[c].text[i]);
        for (size_t p = 0; p < families.count; p++) {
            assert_true(families.list[p].angle <= 2 * DEGREE);
            assert_true(p == 0 || families.list[p].angle > families.list[p - 1].angle - 1e-8);
            for (size_t q = 0; q < p; q++)
                assert_false(of.planes[0].list[families.list[p].a].family ==
                                 of.planes[0].list[families.list[q].a].family &&
                             of.planes[1].list[families.list[p].b].family ==
                                 of.planes[1].list[families.list[q].b].family);
        }
        assert_true(families.list[0].angle < 1e-10 && families.count < planes.count);
        for (int i = 0; i < 2; i++) {
            sw_lattice_vectors_clear(&of.planes[i]);
            sw_lattice_vectors_clear(&of.directions[i]);
        }
        free(planes.list);
        free(families.list);
        free(directions.list);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_direction_lies_in_a_plane),
        cmocka_unit_test(families_have_their_multiplicity),
        cmocka_unit_test(disorientations_are_known),
        cmocka_unit_test(relations_recognise_themselves),
        cmocka_unit_test(relations_are_as_far_apart_as_they_are),
        cmocka_unit_test(parallel_planes_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
