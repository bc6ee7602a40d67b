/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dense random packings: distances hold without exception, and the density is what was asked. */
#include "build_recipe.h"

#define BODY(volume, sweeps)                                                                       \
    "cell: {edges: [20 A, 20 A, 20 A]}\nsteps:\n  - fill: {name: glass, amorphous: {formula: "     \
    "ZrO2, "                                                                                       \
    "volume: " volume ", distances: {Zr-Zr: 3.1 A, Zr-O: 1.9 A, O-O: 2.3 A}, sweeps: " sweeps      \
    "}}\n"

static void assert_apart(const sw_atoms *atoms) {
    assert_true(least_distance(atoms, "Zr", "Zr", 20) >= 3.1 - 1e-9);
    assert_true(least_distance(atoms, "Zr", "O", 20) >= 1.9 - 1e-9);
    assert_true(least_distance(atoms, "O", "O", 20) >= 2.3 - 1e-9);
}

static void reaches_its_density(void **state) {
    (void)state;
    sw_built built = build_recipe(BODY("34.6 A3", "2000"));
    assert_int_equal(count_element(built.atoms, "Zr"), 231); /* 8000 / 34.6 */
    assert_int_equal(count_element(built.atoms, "O"), 462);
    assert_apart(built.atoms);
    sw_built_clear(&built);
}

/* Too dense, or too few sweeps: fewer atoms, the distances still hold. */
static void falls_short_and_says_so(void **state) {
    (void)state;
    static const char *const bodies[] = {BODY("20 A3", "50"), BODY("34.6 A3", "2")};
    for (size_t i = 0; i < 2; i++) {
        sw_built built = build_recipe(bodies[i]);
        assert_true(sw_atoms_count(built.atoms) > 10);
        assert_null(strstr(sw_table_text(built.steps, 0, 1), " 0 left out"));
        assert_apart(built.atoms);
        sw_built_clear(&built);
    }
}

/* In a shell around a crystal: inside the region, away from the crystal. */
static void keeps_to_its_region(void **state) {
    (void)state;
    sw_built built = build_recipe(
        "crystals:\n  c: {structure: fcc, elements: [Zr], a: 4.6 A}\nregions:\n  core: {sphere: 8 "
        "A}\n"
        "  all: {sphere: 16 A}\n  shell: {inside: [all], outside: [core]}\ndistances: {Zr-O: 2 A}\n"
        "steps:\n  - fill: {name: core, region: core, crystal: c}\n"
        "  - fill: {name: shell, region: shell, amorphous: {formula: O, volume: 17 A3, distance: "
        "2.3 A}}\n");
    const double *p = sw_atoms_positions_const(built.atoms);
    for (size_t i = 0; i < sw_atoms_count(built.atoms); i++) {
        double radius =
            sqrt(p[3 * i] * p[3 * i] + p[3 * i + 1] * p[3 * i + 1] + p[3 * i + 2] * p[3 * i + 2]);
        assert_true(radius <= 16 + 1e-5);
        if (sw_atoms_elements_const(built.atoms)[i] == 8)
            assert_true(radius >= 8 - 1e-5);
    }
    assert_true(count_element(built.atoms, "O") > 700);
    assert_true(least_distance(built.atoms, "Zr", "O", 0) >= 2 - 1e-9);
    assert_true(least_distance(built.atoms, "O", "O", 0) >= 2.3 - 1e-9);
    sw_built_clear(&built);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reaches_its_density),
        cmocka_unit_test(falls_short_and_says_so),
        cmocka_unit_test(keeps_to_its_region),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
