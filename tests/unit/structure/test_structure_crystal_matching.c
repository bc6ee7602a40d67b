/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure_atoms.h"

#include "base/matrix.h"
#include "structure/crystal_matching.h"

#include <math.h>
#include <string.h>

#define EVERY (~1u & ((1u << SW_CRYSTALS) - 1))
#define COPIES 4

typedef struct sw_cell_of {
    sw_crystal_kind type;
    double cell[3][3];
    size_t count;
    double basis[8][3]; /* fractions */
    double nearest;     /* distance of nearest neighbours */
} sw_cell_of;

static const sw_cell_of crystals[] = {
    {SW_CRYSTAL_FCC, {{4, 0, 0}, {0, 4, 0}, {0, 0, 4}}, 4,
     {{0, 0, 0}, {0, .5, .5}, {.5, 0, .5}, {.5, .5, 0}}, 2.8284271247461903},
    {SW_CRYSTAL_BCC, {{3, 0, 0}, {0, 3, 0}, {0, 0, 3}}, 2, {{0, 0, 0}, {.5, .5, .5}},
     2.598076211353316},
    {SW_CRYSTAL_SIMPLE_CUBIC, {{3, 0, 0}, {0, 3, 0}, {0, 0, 3}}, 1, {{0, 0, 0}}, 3.0},
    {SW_CRYSTAL_HCP, {{3, 0, 0}, {-1.5, 2.598076211353316, 0}, {0, 0, 4.898979485566356}}, 2,
     {{0, 0, 0}, {1.0 / 3, 2.0 / 3, .5}}, 3.0},
    {SW_CRYSTAL_DIAMOND, {{5, 0, 0}, {0, 5, 0}, {0, 0, 5}}, 8,
     {{0, 0, 0}, {0, .5, .5}, {.5, 0, .5}, {.5, .5, 0},
      {.25, .25, .25}, {.25, .75, .75}, {.75, .25, .75}, {.75, .75, .25}}, 2.165063509461097},
};

/* A rotation about (1, 2, 3) by an angle, as rows that vectors are multiplied with. */
static void rotation_by(double turn[3][3], double angle) {
    const double n = sqrt(14.0), axis[3] = {1 / n, 2 / n, 3 / n};
    double c = cos(angle), s = sin(angle);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            turn[i][j] = (1 - c) * axis[i] * axis[j] + (i == j ? c : 0.0);
    turn[0][1] += s * axis[2], turn[1][0] -= s * axis[2];
    turn[1][2] += s * axis[0], turn[2][1] -= s * axis[0];
    turn[2][0] += s * axis[1], turn[0][2] -= s * axis[1];
}

/* COPIES^3 cells, every vector times `map`; periodic. */
static sw_atoms *make(const sw_cell_of *of, const double map[3][3], double noise) {
    const bool everywhere[3] = {true, true, true};
    size_t count = COPIES * COPIES * COPIES * of->count;
    double cell[3][3];
    sw_random random = sw_random_create(5, 0);
    sw_atoms *atoms;
    assert_int_equal(sw_atoms_create(&atoms, count), SW_OK);
    for (size_t i = 0; i < count; i++) {
        size_t c = i / of->count;
        const size_t corner[3] = {c % COPIES, c / COPIES % COPIES, c / COPIES / COPIES};
        double plain[3] = {0};
        for (size_t d = 0; d < 3; d++)
            for (size_t k = 0; k < 3; k++)
                plain[k] += ((double)corner[d] + of->basis[i % of->count][d]) * of->cell[d][k];
        sw_matrix_row_product(sw_atoms_positions(atoms) + 3 * i, plain, map);
        for (size_t k = 0; k < 3; k++)
            sw_atoms_positions(atoms)[3 * i + k] += noise * (2 * sw_random_uniform(&random) - 1);
    }
    for (int d = 0; d < 3; d++) {
        sw_matrix_row_product(cell[d], of->cell[d], map);
        for (int k = 0; k < 3; k++)
            cell[d][k] *= COPIES;
    }
    sw_atoms_set_cell(atoms, (const double(*)[3])cell, everywhere);
    return atoms;
}

static sw_crystal_matching match(const sw_atoms *atoms, double threshold) {
    const sw_crystal_matching_options options = {EVERY, threshold, threshold};
    sw_crystal_matching matching;
    sw_error error = {0};
    if (sw_crystal_matching_create(&matching, atoms, &options, NULL, &error) != SW_OK)
        fail_msg("%s", error.message);
    return matching;
}

static void perfect_crystals_are_known_in_any_orientation(void **state) {
    (void)state;
    for (size_t c = 0; c < sizeof crystals / sizeof crystals[0]; c++)
        for (int turn = 0; turn < 4; turn++) {
            double map[3][3];
            rotation_by(map, 0.7 * turn);
            sw_atoms *atoms = make(&crystals[c], (const double(*)[3])map, 0.0);
            sw_crystal_matching matching = match(atoms, 0.1);
            for (size_t i = 0; i < matching.atoms; i++) {
                const sw_crystal_match *found = &matching.match[i];
                assert_int_equal(found->type, crystals[c].type);
                assert_true(found->rmsd < 1e-7);
                assert_true(fabs(found->distance / crystals[c].nearest - 1.0) < 1e-10);
            }
            sw_crystal_matching_clear(&matching);
            sw_atoms_destroy(atoms);
        }
}

/* Stretched by 2 % along z and turned: the strain is found, against the unstrained distance. */
static void a_strain_is_found(void **state) {
    (void)state;
    double turn[3][3], map[3][3], strain[6];
    const double stretch[3][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1.02}};
    rotation_by(turn, 0.4);
    sw_matrix_product(map, turn, stretch); /* the stretch is along z of the file */
    sw_atoms *atoms = make(&crystals[0], (const double(*)[3])map, 0.0);
    sw_crystal_matching matching = match(atoms, 0.1);
    for (size_t i = 0; i < matching.atoms; i++) {
        assert_int_equal(matching.match[i].type, SW_CRYSTAL_FCC);
        sw_crystal_strain(strain, &matching.match[i], crystals[0].nearest);
        for (int v = 0; v < 6; v++)
            assert_true(fabs(strain[v] - (v == 2 ? 0.02 : 0.0)) < 1e-9);
    }
    sw_crystal_matching_clear(&matching);
    sw_atoms_destroy(atoms);
}

/* Noise of 3 % of the distance along each axis leaves every atom of fcc and bcc what it is; a random
 * gas is of no crystal as a rule. */
static void noise_does_not_hide_a_crystal(void **state) {
    (void)state;
    const double none[3][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, cube[3][3] = {{15, 0, 0}, {0, 15, 0}, {0, 0, 15}};
    for (size_t c = 0; c < 2; c++) {
        sw_atoms *atoms = make(&crystals[c], none, 0.03 * crystals[c].nearest);
        sw_crystal_matching matching = match(atoms, 0.1);
        for (size_t i = 0; i < matching.atoms; i++)
            assert_int_equal(matching.match[i].type, crystals[c].type);
        sw_crystal_matching_clear(&matching);
        sw_atoms_destroy(atoms);
    }
    const bool everywhere[3] = {true, true, true};
    sw_atoms *gas = random_atoms(400, cube, everywhere, 2);
    sw_crystal_matching matching = match(gas, 0.1);
    size_t crystal = 0;
    for (size_t i = 0; i < matching.atoms; i++)
        crystal += matching.match[i].type != SW_CRYSTAL_OTHER;
    assert_true(crystal < 8);
    sw_crystal_matching_clear(&matching);
    sw_atoms_destroy(gas);
}

static void few_atoms_are_of_no_crystal(void **state) {
    (void)state;
    for (size_t count = 0; count < 5; count++) {
        sw_atoms *atoms = random_atoms(count, NULL, NULL, 1);
        sw_crystal_matching matching = match(atoms, 0.1);
        assert_int_equal(matching.atoms, count);
        for (size_t i = 0; i < count; i++)
            assert_int_equal(matching.match[i].type, SW_CRYSTAL_OTHER);
        sw_crystal_matching_clear(&matching);
        sw_atoms_destroy(atoms);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(perfect_crystals_are_known_in_any_orientation),
        cmocka_unit_test(a_strain_is_found),
        cmocka_unit_test(noise_does_not_hide_a_crystal),
        cmocka_unit_test(few_atoms_are_of_no_crystal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
