/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Oxidation, vacancies, pores, noise, missing and hidden atoms: numbers and the truth in columns.
 */
#include "build_recipe.h"

/* 6 x 6 x 6 cells of fluorite: 864 Zr, 1728 O. */
#define FLUORITE                                                                                   \
    "cell: {edges: [30 A, 30 A, 30 A]}\ncrystals:\n  c: {structure: fluorite, elements: [Zr, O], " \
    "a: 5 A}\nregions:\n  ball: {sphere: 10 A}\n  half: {planes: [{normal: [0, 0, 1], distance: "  \
    "-1 A}]}\nsteps:\n  - fill: {name: all, crystal: c}\n"

static const double *column(const sw_atoms *atoms, const char *name) {
    ptrdiff_t index = sw_atoms_find(atoms, name);
    assert_true(index >= 0);
    return sw_atoms_column_const(atoms, (size_t)index);
}

static void vacancies_by_number_and_fraction(void **state) {
    (void)state;
    sw_built built =
        build_recipe(FLUORITE "  - vacancies: {number: 20, apart: 6 A, atoms: {elements: "
                              "[Zr]}}\n");
    assert_int_equal(count_element(built.atoms, "Zr"), 844);
    assert_int_equal(count_element(built.removed, "Zr"), 20);
    assert_true(least_distance(built.removed, "Zr", "Zr", 30) >= 6);
    assert_true(column(built.removed, "reason")[0] == 2);
    sw_built_clear(&built);
    /* 1728 draws at 0.3: six standard deviations are 114 */
    built = build_recipe(FLUORITE "  - missing: {fraction: 30 %, atoms: {elements: [O]}}\n");
    double kept = (double)count_element(built.atoms, "O");
    assert_true(fabs(kept - 0.7 * 1728) < 114);
    assert_int_equal(count_element(built.atoms, "Zr"), 864);
    assert_true(column(built.removed, "reason")[0] == 4);
    sw_built_clear(&built);
}

static void vacancies_at_a_depth(void **state) {
    (void)state;
    sw_built built =
        build_recipe(FLUORITE "  - vacancies: {number: 30, atoms: {elements: [Zr], place: "
                              "{surface: ball, least: -4 A, most: 1 A}}}\n");
    const double *p = sw_atoms_positions_const(built.removed);
    assert_int_equal(sw_atoms_count(built.removed), 30);
    for (size_t i = 0; i < 30; i++) {
        double radius =
            sqrt(pow(p[3 * i] - 15, 2) + pow(p[3 * i + 1] - 15, 2) + pow(p[3 * i + 2] - 15, 2));
        assert_true(radius >= 6 && radius <= 11);
    }
    sw_built_clear(&built);
}

/* Half of the cell is emptied of oxygen, the other stays full: 8 of 8 sites far from the border. */
static void oxidation_follows_its_profile(void **state) {
    (void)state;
    sw_built built = build_recipe(
        FLUORITE
        "  - oxidation: {sites: {elements: [O]}, of: Zr, bond: 2.4 A, surface: half, profile: "
        "[{distance: 0 A, filled: 0}, {distance: 0.1 A, filled: 1}]}\n");
    const double *p = sw_atoms_positions_const(built.atoms),
                 *oxidation = column(built.atoms, "oxidation");
    const double *sites = column(built.atoms, "sites");
    assert_int_equal(count_element(built.atoms, "O"), 1728 / 2);
    for (size_t i = 0; i < sw_atoms_count(built.atoms); i++) {
        if (sw_atoms_elements_const(built.atoms)[i] != 40)
            continue;
        assert_true(sites[i] == 8);
        if (p[3 * i + 2] > 16 && p[3 * i + 2] < 28)
            assert_true(oxidation[i] == 1);
        if (p[3 * i + 2] > 2 && p[3 * i + 2] < 11)
            assert_true(oxidation[i] == 0);
    }
    sw_built_clear(&built);
    /* six standard deviations of 1728 draws at 1/2 */
    built = build_recipe(
        FLUORITE
        "  - oxidation: {sites: {elements: [O]}, of: Zr, bond: 2.4 A, surface: half, profile: "
        "[{distance: 0 A, filled: 50 %}]}\n");
    assert_true(fabs((double)count_element(built.atoms, "O") - 864) < 125);
    sw_built_clear(&built);
}

static void pores_are_empty(void **state) {
    (void)state;
    sw_built built =
        build_recipe(FLUORITE "  - pores: {radius: 5 A, at: [[0, 0, 0], [15, 15, 15]]}\n"
                              "  - pores: {radius: 3 A, number: 4, apart: 1 A}\n");
    const double *p = sw_atoms_positions_const(built.atoms);
    const char *note = sw_atoms_note(built.atoms, "pores");
    size_t pores = 0;
    assert_non_null(note);
    for (; note; note = strchr(note + 1, ',')) {
        double x, y, z, radius;
        assert_int_equal(sscanf(note + (*note == ','), "%lf %lf %lf %lf", &x, &y, &z, &radius), 4);
        const double middle[3] = {x, y, z};
        for (size_t i = 0; i < sw_atoms_count(built.atoms); i++) {
            double squared = 0;
            for (size_t k = 0; k < 3; k++) {
                double d = p[3 * i + k] - middle[k];
                d -= 30 * round(d / 30);
                squared += d * d;
            }
            assert_true(squared > (radius - 1e-3) * (radius - 1e-3));
        }
        pores++;
    }
    assert_int_equal(pores, 6);
    sw_built_clear(&built);
}

/* Mean square of 2592 x 3 draws: relative error sqrt(2 / n) = 1.6 %; six of them. */
static void noise_has_its_width(void **state) {
    (void)state;
    sw_built built = build_recipe(FLUORITE "  - noise: {sigma: 16 pm}\n");
    sw_built still = build_recipe(FLUORITE);
    const double *moved = column(built.atoms, "displacement");
    const double *p = sw_atoms_positions_const(built.atoms),
                 *q = sw_atoms_positions_const(still.atoms);
    double squares = 0;
    size_t count = 3 * sw_atoms_count(built.atoms);
    for (size_t i = 0; i < count; i++) {
        double d = p[i] - q[i];
        squares += moved[i] * moved[i];
        assert_true(fabs(d - 30 * round(d / 30) - moved[i]) < 1e-9);
    }
    assert_true(fabs(squares / (double)count / (0.16 * 0.16) - 1) < 0.1);
    sw_built_clear(&built);
    sw_built_clear(&still);
    built =
        build_recipe(FLUORITE "  - noise: {along: [0 A, 0 A, 0.1 A], atoms: {elements: [O]}}\n");
    moved = column(built.atoms, "displacement");
    for (size_t i = 0; i < sw_atoms_count(built.atoms); i++) {
        assert_true(moved[3 * i] == 0 && moved[3 * i + 1] == 0);
        assert_true((moved[3 * i + 2] != 0) == (sw_atoms_elements_const(built.atoms)[i] == 8));
    }
    sw_built_clear(&built);
}

static void hidden_elements_are_kept_aside(void **state) {
    (void)state;
    sw_built built = build_recipe(FLUORITE "  - hide: {elements: [O]}\n");
    assert_int_equal(sw_atoms_count(built.atoms), 864);
    assert_int_equal(sw_atoms_count(built.removed), 1728);
    assert_true(column(built.removed, "reason")[1000] == 5);
    assert_string_equal(sw_atoms_note(built.atoms, "regions"), "1 all");
    sw_built_clear(&built);
}

static void what_cannot_be_done_is_refused(void **state) {
    (void)state;
    static const char *const bodies[] = {FLUORITE
                                         "  - vacancies: {number: 1000, atoms: {elements: [Zr]}}\n",
                                         FLUORITE "  - pores: {radius: 9 A, number: 50}\n"};
    for (size_t i = 0; i < 2; i++) {
        sw_built built = {0};
        sw_error error = {0};
        assert_int_equal(try_recipe(&built, &error, bodies[i]), SW_ERROR_MODEL);
        assert_non_null(strstr(error.place, "steps[1], line"));
        assert_null(built.atoms);
    }
}

/* The same seed gives the same atoms, another one others. */
static void seeds(void **state) {
    (void)state;
    static const char *const bodies[] = {FLUORITE "  - noise: {sigma: 16 pm}\n",
                                         FLUORITE "  - noise: {sigma: 16 pm}\n",
                                         FLUORITE "  - noise: {sigma: 16 pm}\nseed: 2\n"};
    sw_built built[3];
    for (size_t i = 0; i < 3; i++)
        built[i] = build_recipe(bodies[i]);
    size_t bytes = 3 * sw_atoms_count(built[0].atoms) * sizeof(double);
    const double *first = sw_atoms_positions_const(built[0].atoms);
    assert_memory_equal(first, sw_atoms_positions_const(built[1].atoms), bytes);
    assert_true(memcmp(first, sw_atoms_positions_const(built[2].atoms), bytes) != 0);
    for (size_t i = 0; i < 3; i++)
        sw_built_clear(&built[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vacancies_by_number_and_fraction),
        cmocka_unit_test(vacancies_at_a_depth),
        cmocka_unit_test(oxidation_follows_its_profile),
        cmocka_unit_test(pores_are_empty),
        cmocka_unit_test(noise_has_its_width),
        cmocka_unit_test(hidden_elements_are_kept_aside),
        cmocka_unit_test(what_cannot_be_done_is_refused),
        cmocka_unit_test(seeds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
