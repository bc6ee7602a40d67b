/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Regions: atoms of a fine simple cubic lattice measure their volumes; who wins where fills meet.
 */
#include "build_recipe.h"

#define EDGE 0.8 /* A, of the lattice that measures */

/* A^3, by counting. */
static double volume_of(const char *region) {
    char body[2048];
    snprintf(body, sizeof body,
             "crystals:\n  c: {structure: sc, elements: [H], a: 0.8 A, orientation: {quaternion: "
             "[1, 0.3, 0.2, 0.1]}}\n"
             "  m: {structure: fcc, elements: [Zr], a: 4 A, orientation: {up: [1, 1, 1]}}\n"
             "distance: 0.1 A\nregions:\n%s\n"
             "steps:\n  - fill: {name: all, region: r, crystal: c}\n",
             region);
    sw_built built = build_recipe(body);
    double volume = (double)sw_atoms_count(built.atoms) * EDGE * EDGE * EDGE;
    sw_built_clear(&built);
    return volume;
}

/* Counting errs by a share of the surface: less than 1 % here. */
static void assert_volume(const char *region, double expected) {
    double found = volume_of(region);
    if (!(fabs(found - expected) < 0.01 * expected))
        fail_msg("%s: %g A^3, expected %g", region, found, expected);
}

static void volumes_are_right(void **state) {
    (void)state;
    const double pi = 3.141592653589793, octahedron = 4.0 / 3 * pow(sqrt(3.0) * 12, 3);
    assert_volume("  r: {sphere: 15 A, centre: [100 A, 0 A, 0 A]}", 4.0 / 3 * pi * 3375);
    assert_volume("  r: {box: [20 A, 30 A, 15 A]}", 9000);
    assert_volume("  r: {planes: [{normals: \"<100>\", distance: 10 A}]}", 8000);
    assert_volume("  r: {crystal: m, planes: [{normals: \"<111>\", distance: 12 A}]}", octahedron);
    assert_volume("  a: {sphere: 10 A}\n  b: {sphere: 18 A}\n  r: {inside: [b], outside: [a]}",
                  4.0 / 3 * pi * (5832 - 1000));
    assert_volume("  a: {sphere: 10 A}\n  b: {sphere: 10 A, centre: [30 A, 0 A, 0 A]}\n"
                  "  r: {any: [a, b]}",
                  8.0 / 3 * pi * 1000);
    assert_volume("  a: {sphere: 10 A}\n  r: {inside: [a], grow: 5 A}", 4.0 / 3 * pi * 3375);
    assert_volume("  a: {sphere: 15 A}\n  r: {inside: [a], planes: [{normal: [0, 0, -1], distance: "
                  "0 A}]}",
                  2.0 / 3 * pi * 3375);
}

/*
 * Octahedron {111} with distance d, cut by {100} at e: volume 4/3 L^3 - 6 (1/3) 2 (L - e)^3 with
 * L = sqrt(3) d, as each cut takes a pyramid of height L - e over a square of area 2 (L - e)^2.
 */
static void wulff_shape_is_cut_by_energies(void **state) {
    (void)state;
    double d = 12, ratio = 1.2, whole = sqrt(3.0) * d, cut = whole - ratio * d;
    assert_volume(
        "  r: {crystal: m, wulff: {size: 12 A, facets: [{normals: \"<111>\", energy: 1 J/m2}, "
        "{normals: \"<100>\", energy: 1.2 J/m2}]}}",
        4.0 / 3 * whole * whole * whole - 4 * cut * cut * cut);
}

static sw_built meet(const char *wins) {
    char body[1024];
    snprintf(body, sizeof body,
             "crystals:\n  a: {structure: fcc, elements: [Zr], a: 4.6 A}\n"
             "  b: {structure: fcc, elements: [Fe], a: 3.6 A, orientation: {up: [1, 1, 1]}}\n"
             "regions:\n  big: {sphere: 14 A}\n  small: {sphere: 9 A}\ndistances: {Zr-Fe: 2.5 A}\n"
             "steps:\n  - fill: {name: one, region: big, crystal: a}\n"
             "  - fill: {name: two, region: small, crystal: b, wins: %s}\n",
             wins);
    return build_recipe(body);
}

static void later_wins_and_earlier_wins(void **state) {
    (void)state;
    sw_built earlier = meet("earlier"), later = meet("later");
    assert_int_equal(count_element(earlier.atoms, "Fe"), 0);
    double expected = 4.0 / 3 * 3.141592653589793 * 729 * 4 / (3.6 * 3.6 * 3.6);
    assert_true(fabs((double)count_element(later.atoms, "Fe") - expected) < 0.1 * expected);
    assert_true(least_distance(later.atoms, "Zr", "Fe", 0) >= 2.5);
    sw_built_clear(&earlier);
    sw_built_clear(&later);
}

/* Grains fill a periodic cell: all numbers occur, distances hold across all boundaries. */
static void grains_fill_the_cell(void **state) {
    (void)state;
    sw_built built = build_recipe("cell: {edges: [30 A, 30 A, 30 A]}\ncrystals:\n  c: {structure: "
                                  "fcc, elements: [Zr], a: 4.6 A}\n"
                                  "distance: 2.6 A\nsteps:\n  - fill: {name: g, crystal: c, "
                                  "grains: {count: 4, apart: 8 A}}\n");
    const double *grain =
        sw_atoms_column_const(built.atoms, (size_t)sw_atoms_find(built.atoms, "grain"));
    size_t count = sw_atoms_count(built.atoms), seen[5] = {0};
    for (size_t i = 0; i < count; i++)
        seen[(int)grain[i]]++;
    assert_int_equal(seen[0], 0);
    for (int g = 1; g <= 4; g++)
        assert_true(seen[g] > 10);
    double perfect = 27000 * 4 / (4.6 * 4.6 * 4.6);
    assert_true((double)count < perfect && (double)count > 0.8 * perfect);
    assert_true(least_distance(built.atoms, "Zr", "Zr", 30) >= 2.6);
    assert_non_null(sw_atoms_note(built.atoms, "grains"));
    sw_built_clear(&built);
}

static void an_endless_region_is_refused(void **state) {
    (void)state;
    sw_built built = {0};
    sw_error error = {0};
    assert_int_equal(
        try_recipe(
            &built, &error,
            "crystals:\n  c: {structure: sc, elements: [H], a: 2 A}\nregions:\n  r: {planes: "
            "[{normal: [0, 0, 1], distance: 3 A}]}\nsteps:\n  - fill: {name: a, region: r, "
            "crystal: c}\n"),
        SW_ERROR_MODEL);
    assert_non_null(strstr(error.message, "has no end"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(volumes_are_right),
        cmocka_unit_test(wulff_shape_is_cut_by_energies),
        cmocka_unit_test(later_wins_and_earlier_wins),
        cmocka_unit_test(grains_fill_the_cell),
        cmocka_unit_test(an_endless_region_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
