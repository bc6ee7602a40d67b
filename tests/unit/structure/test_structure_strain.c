/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure_atoms.h"

#include "base/matrix.h"
#include "structure/local_strain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* n^3 cells of fcc, 4 A, periodic or not. */
static sw_atoms *make_fcc(size_t n, bool everywhere) {
    static const double basis[4][3] = {{0, 0, 0}, {0.5, 0.5, 0}, {0.5, 0, 0.5}, {0, 0.5, 0.5}};
    const double edge = 4.0 * (double)n;
    const double cell[3][3] = {{edge, 0, 0}, {0, edge, 0}, {0, 0, edge}};
    const bool periodic[3] = {everywhere, everywhere, everywhere};
    sw_atoms *atoms;
    assert_int_equal(sw_atoms_create(&atoms, 4 * n * n * n), SW_OK);
    for (size_t i = 0; i < 4 * n * n * n; i++) {
        const size_t at[3] = {i / 4 % n, i / 4 / n % n, i / 4 / n / n};
        for (size_t k = 0; k < 3; k++)
            sw_atoms_positions(atoms)[3 * i + k] = 4.0 * ((double)at[k] + basis[i % 4][k]);
    }
    sw_atoms_set_cell(atoms, cell, periodic);
    return atoms;
}

/* Every atom its own partner. */
static sw_matching match_with_self(size_t count) {
    sw_matching matching = {.reference_atoms = count, .found_atoms = count, .matched = count};
    matching.partner = malloc(count * sizeof *matching.partner);
    for (size_t i = 0; i < count; i++)
        matching.partner[i] = (uint32_t)i;
    return matching;
}

/* A rotation by 0.3 rad about z after a stretch: E is that of the stretch alone. */
static void a_homogeneous_strain_is_found_exactly(void **state) {
    (void)state;
    const double stretch[3][3] = {{1.02, 0.01, 0}, {0.01, 0.97, -0.02}, {0, -0.02, 1.0}};
    const double turn[3][3] = {{cos(0.3), sin(0.3), 0}, {-sin(0.3), cos(0.3), 0}, {0, 0, 1}};
    double map[3][3], square[3][3];
    sw_atoms *reference = make_fcc(3, false), *found;
    size_t count = sw_atoms_count(reference);
    sw_local_strain *strain = calloc(count, sizeof *strain);
    sw_matching matching = match_with_self(count);
    sw_matrix_product(map, stretch, turn);
    sw_matrix_product(square, stretch, stretch);
    assert_int_equal(sw_atoms_copy(&found, reference), SW_OK);
    for (size_t i = 0; i < count; i++)
        sw_matrix_row_product(sw_atoms_positions(found) + 3 * i,
                              sw_atoms_positions(reference) + 3 * i, map);
    assert_int_equal(sw_local_strains(strain, reference, found, &matching, 3.0, NULL, NULL), SW_OK);
    for (size_t i = 0; i < count; i++) {
        assert_true(strain[i].known);
        assert_true(fabs(strain[i].strain[SW_STRAIN_XX] - (square[0][0] - 1) / 2) < 1e-12);
        assert_true(fabs(strain[i].strain[SW_STRAIN_YZ] - square[1][2] / 2) < 1e-12);
        assert_true(fabs(strain[i].strain[SW_STRAIN_XY] - square[0][1] / 2) < 1e-12);
        assert_true(fabs(strain[i].rotation - 0.3) < 1e-10);
        assert_true(strain[i].non_affine < 1e-24);
    }
    free(strain);
    free(matching.partner);
    sw_atoms_destroy(reference);
    sw_atoms_destroy(found);
}

/* Atoms that crossed the boundary, in a periodic box that is only two cells wide. */
static void perfect_crystals_have_no_strain(void **state) {
    (void)state;
    sw_atoms *reference = make_fcc(2, true), *found;
    size_t count = sw_atoms_count(reference);
    sw_local_strain *strain = calloc(count, sizeof *strain);
    sw_matching matching = match_with_self(count);
    assert_int_equal(sw_atoms_copy(&found, reference), SW_OK);
    for (size_t i = 0; i < count; i++)
        sw_atoms_positions(found)[3 * i] += i % 3 == 0 ? 8.0 : -16.0;
    assert_int_equal(sw_local_strains(strain, reference, found, &matching, 3.0, NULL, NULL), SW_OK);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(strain[i].neighbours, 12);
        for (int c = 0; c < 6; c++)
            assert_true(fabs(strain[i].strain[c]) < 1e-13);
    }
    free(strain);
    free(matching.partner);
    sw_atoms_destroy(reference);
    sw_atoms_destroy(found);
}

/* The stated variance is that which noise makes, within 10 %: 4000 draws know it to 2.2 %, so 4.5
 * standard errors are allowed, 7e-6 a component (fixed seed). */
static void the_error_is_that_of_noise(void **state) {
    (void)state;
    static const double neighbours[12][3] = {{2, 2, 0}, {2, -2, 0}, {-2, 2, 0}, {-2, -2, 0},
                                             {2, 0, 2}, {2, 0, -2}, {-2, 0, 2}, {-2, 0, -2},
                                             {0, 2, 2}, {0, 2, -2}, {0, -2, 2}, {0, -2, -2}};
    sw_random random = sw_random_create(11, 0);
    double squares[6] = {0}, variances[6] = {0};
    for (int trial = 0; trial < 4000; trial++) {
        double found[12][3];
        sw_local_strain strain;
        for (int n = 0; n < 12; n++)
            for (int k = 0; k < 3; k++) {
                double pair[2];
                sw_random_pair(pair, &random);
                found[n][k] = neighbours[n][k] +
                              0.01 * sqrt(-2 * log(pair[0])) * cos(6.283185307179586 * pair[1]);
            }
        sw_local_strain_fit(&strain, neighbours, (const double(*)[3])found, 12);
        for (int c = 0; c < 6; c++) {
            squares[c] += strain.strain[c] * strain.strain[c];
            variances[c] += strain.error[c] * strain.error[c];
        }
    }
    for (int c = 0; c < 6; c++)
        assert_true(fabs(squares[c] / variances[c] - 1.0) < 0.1);
}

static void too_few_neighbours_have_no_strain(void **state) {
    (void)state;
    static const double flat[4][3] = {{1, 0, 0}, {0, 1, 0}, {-1, 0, 0}, {0, -1, 0}};
    sw_local_strain strain;
    for (size_t count = 0; count <= 4; count++) {
        sw_local_strain_fit(&strain, flat, flat, count);
        assert_false(strain.known);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_homogeneous_strain_is_found_exactly),
        cmocka_unit_test(perfect_crystals_have_no_strain),
        cmocka_unit_test(the_error_is_that_of_noise),
        cmocka_unit_test(too_few_neighbours_have_no_strain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
