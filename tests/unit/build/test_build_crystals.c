/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Crystals: numbers of atoms, distances and coordination against what crystallography says. */
#include "build_recipe.h"

static sw_built build_named(const char *crystal, const char *cell) {
    char body[1024];
    snprintf(body, sizeof body,
             "cell: {edges: %s}\ncrystals:\n  c: %s\nsteps:\n  - fill: {name: all, crystal: c}\n",
             cell, crystal);
    return build_recipe(body);
}

/* In a periodic cell of 3 x 3 x 3 unit cells. */
static void cubic_structures_are_complete(void **state) {
    (void)state;
    static const struct {
        const char *structure, *elements;
        size_t atoms; /* in the unit cell */
        double nearest;
    } rows[] = {{"sc", "[Po]", 1, 1},
                {"fcc", "[Zr]", 4, 0.7071067811865476},
                {"bcc", "[Fe]", 2, 0.8660254037844386},
                {"diamond", "[Si]", 8, 0.4330127018922193},
                {"rock-salt", "[Ni, O]", 8, 0.5},
                {"fluorite", "[Zr, O]", 12, 0.4330127018922193},
                {"spinel", "[Fe, Ni, O]", 56, 0.21650635094610965}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char crystal[128];
        snprintf(crystal, sizeof crystal, "{structure: %s, elements: %s, a: 5 A}",
                 rows[i].structure, rows[i].elements);
        sw_built built = build_named(crystal, "[15 A, 15 A, 15 A]");
        size_t count = sw_atoms_count(built.atoms);
        double least = INFINITY;
        if (count != 27 * rows[i].atoms)
            fail_msg("%s: %zu atoms, expected %zu", rows[i].structure, count, 27 * rows[i].atoms);
        for (size_t k = 0; k < 56 && k < count; k++)
            for (size_t j = k + 1; j < count; j++)
                least = fmin(least, distance_of(built.atoms, k, j, 15));
        if (fabs(least - 5 * rows[i].nearest) > 1e-9)
            fail_msg("%s: nearest %.12g", rows[i].structure, least);
        sw_built_clear(&built);
    }
}

static size_t neighbours(const sw_atoms *atoms, size_t atom, const char *symbol, double distance,
                         double edge) {
    size_t count = 0;
    for (size_t j = 0; j < sw_atoms_count(atoms); j++)
        count += j != atom && sw_atoms_elements_const(atoms)[j] == sw_element_number(symbol) &&
                 fabs(distance_of(atoms, atom, j, edge) - distance) < 1e-6;
    return count;
}

/* Spinel: four oxygen at sqrt(3) a / 8 around tetrahedral, six at a / 4 around octahedral cations.
 */
static void spinel_has_its_coordination(void **state) {
    (void)state;
    sw_built built =
        build_named("{structure: spinel, elements: [Fe, Ni, O], a: 8 A}", "[16 A, 16 A, 16 A]");
    assert_int_equal(count_element(built.atoms, "Fe"), 64);
    assert_int_equal(count_element(built.atoms, "Ni"), 128);
    for (size_t i = 0; i < sw_atoms_count(built.atoms); i++) {
        int element = sw_atoms_elements_const(built.atoms)[i];
        if (element == sw_element_number("Fe"))
            assert_int_equal(neighbours(built.atoms, i, "O", sqrt(3.0), 16), 4);
        if (element == sw_element_number("Ni"))
            assert_int_equal(neighbours(built.atoms, i, "O", 2, 16), 6);
    }
    sw_built_clear(&built);
}

/* hcp with the ideal edge: 12 neighbours at a. Rutile: two oxygen at sqrt(2) u a, four others. */
static void hcp_and_rutile(void **state) {
    (void)state;
    sw_built built = build_recipe(
        "crystals:\n  c: {structure: hcp, elements: [Zr], a: 3 A}\nregions: {ball: {sphere: 8 A}}\n"
        "steps:\n  - fill: {name: all, region: ball, crystal: c}\n");
    const double *p = sw_atoms_positions_const(built.atoms);
    for (size_t i = 0; i < sw_atoms_count(built.atoms); i++)
        if (hypot(hypot(p[3 * i], p[3 * i + 1]), p[3 * i + 2]) < 4)
            assert_int_equal(neighbours(built.atoms, i, "Zr", 3, 0), 12);
    sw_built_clear(&built);
    built = build_named("{structure: rutile, elements: [Ti, O], a: 4 A, c: 2 A, u: 0.3}",
                        "[12 A, 12 A, 12 A]");
    assert_int_equal(count_element(built.atoms, "Ti"), 9 * 6 * 2);
    assert_int_equal(count_element(built.atoms, "O"), 9 * 6 * 4);
    assert_int_equal(neighbours(built.atoms, 0, "O", 4 * 0.3 * sqrt(2.0), 12), 2);
    assert_int_equal(neighbours(built.atoms, 0, "O", hypot(4 * 0.2 * sqrt(2.0), 1), 12), 4);
    sw_built_clear(&built);
}

/* up and along: the (111) planes of fcc lie flat, a / sqrt(3) apart; rows along [1-10] lie along x.
 */
static void orientation_lays_planes_flat(void **state) {
    (void)state;
    sw_built built = build_recipe(
        "crystals:\n  c: {structure: fcc, elements: [Zr], a: 4 A, orientation: {up: [1, 1, 1], "
        "along: [1, -1, 0]}}\nregions: {ball: {sphere: 12 A}}\n"
        "steps:\n  - fill: {name: all, region: ball, crystal: c}\n");
    const double *p = sw_atoms_positions_const(built.atoms);
    size_t along = 0;
    for (size_t i = 0; i < sw_atoms_count(built.atoms); i++) {
        double layer = p[3 * i + 2] * sqrt(3.0) / 4;
        assert_true(fabs(layer - round(layer)) < 1e-9);
        along += fabs(p[3 * i] - sqrt(8.0)) < 1e-9 && fabs(p[3 * i + 1]) < 1e-9 &&
                 fabs(p[3 * i + 2]) < 1e-9;
    }
    assert_int_equal(along, 1);
    sw_built_clear(&built);
}

/* Euler angles, a quaternion, and axes that mean the same turn: a quarter about z. Of the lattice
 * 3, 6, 9 A five atoms lie along y within 7 A, and three on each side. */
static void orientations_agree(void **state) {
    (void)state;
    static const char *const ways[] = {"euler: [90 deg, 0 deg, 0 deg]",
                                       "euler: [0 deg, 0 deg, 90 deg]", "quaternion: [1, 0, 0, 1]",
                                       "up: [0, 0, 1], along: [0, -1, 0]"};
    for (size_t i = 0; i < 4; i++) {
        char body[512];
        snprintf(body, sizeof body,
                 "crystals:\n  c: {cell: [1, 2, 3], a: 3 A, basis: {Fe: [[0, 0, 0]]}, "
                 "orientation: {%s}}\nregions: {ball: {sphere: 7 A}}\n"
                 "steps:\n  - fill: {name: all, region: ball, crystal: c}\n",
                 ways[i]);
        sw_built built = build_recipe(body);
        const double *p = sw_atoms_positions_const(built.atoms);
        assert_int_equal(sw_atoms_count(built.atoms), 5 + 2 * 3);
        for (size_t k = 0; k < sw_atoms_count(built.atoms); k++) {
            assert_true(fabs(p[3 * k + 1] / 3 - round(p[3 * k + 1] / 3)) < 1e-9);
            assert_true(fabs(p[3 * k] / 6 - round(p[3 * k] / 6)) < 1e-9);
        }
        sw_built_clear(&built);
    }
}

/* A crystal that does not close in the cell leaves a gap, never two atoms too near. */
static void a_crystal_that_does_not_close(void **state) {
    (void)state;
    sw_built built =
        build_named("{structure: fcc, elements: [Zr], a: 4.3 A}", "[15 A, 15 A, 15 A]");
    assert_true(sw_atoms_count(built.atoms) > 100);
    assert_true(least_distance(built.atoms, "Zr", "Zr", 15) >= 1.8);
    sw_built_clear(&built);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cubic_structures_are_complete),
        cmocka_unit_test(spinel_has_its_coordination),
        cmocka_unit_test(hcp_and_rutile),
        cmocka_unit_test(orientation_lays_planes_flat),
        cmocka_unit_test(orientations_agree),
        cmocka_unit_test(a_crystal_that_does_not_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
