/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure_atoms.h"

#include "structure/tetrahedra.h"

#include <math.h>

static const double cells[][3][3] = {{{10, 0, 0}, {0, 11, 0}, {0, 0, 12}},
                                     {{10, 0, 0}, {4, 9, 0}, {-3, 2.5, 11}},
                                     {{8.1, 1.2, -0.7}, {0.3, 7.7, 1.9}, {2.2, -1.1, 9.3}}};
static const bool everywhere[3] = {true, true, true};

static void tetrahedra_fill_the_cell(void **state) {
    (void)state;
    for (int c = 0; c < 3; c++)
        for (size_t count = 1; count < 400; count = count * 2 + 1) {
            sw_tetrahedra t;
            sw_atoms *atoms = random_atoms(count, cells[c], everywhere, count);
            for (size_t i = 0; i < 3 * count; i++)
                sw_atoms_positions(atoms)[i] += 17.3;
            assert_int_equal(sw_tetrahedra_create(&t, atoms, 25.0, NULL, NULL), SW_OK);
            double volume = sw_box_volume(&t.points.box);
            assert_true(fabs(t.own_volume - volume) < 1e-10 * volume);
            assert_true(t.complete);
            sw_tetrahedra_clear(&t);
            sw_atoms_destroy(atoms);
        }
}

/* The neighbours of all own tetrahedra have own images, and these are as large. */
static void images_are_found(void **state) {
    (void)state;
    sw_tetrahedra t;
    sw_atoms *atoms = random_atoms(150, cells[1], everywhere, 3);
    assert_int_equal(sw_tetrahedra_create(&t, atoms, 12.0, NULL, NULL), SW_OK);
    for (size_t i = 0; i < t.count; i++)
        for (int k = 0; k < 4 && t.own[i] == i; k++) {
            uint32_t next = t.delaunay.neighbour[i][k];
            assert_int_not_equal(next, SW_DELAUNAY_NONE);
            assert_int_not_equal(t.own[next], SW_DELAUNAY_NONE);
            assert_true(fabs(t.volume[t.own[next]] - t.volume[next]) < 1e-9);
        }
    sw_tetrahedra_clear(&t);
    sw_atoms_destroy(atoms);
}

/* fcc in any orientation with a constant that rounds: images are divided alike, so the cell is filled; 24
 * tetrahedra of a^3/24 a cubic cell. */
static void perfect_periodic_crystals(void **state) {
    (void)state;
    static const double basis[4][3] = {{0, 0, 0}, {0, .5, .5}, {.5, 0, .5}, {.5, .5, 0}};
    for (int c = 0; c < 8; c++) {
        const double a = c % 2 ? 5.09 : 4.0, angle = 0.37 * (c / 2);
        const double s = sin(angle), o = cos(angle);
        const double turn[3][3] = {{o, s, 0}, {-s * o, o * o, s}, {s * s, -s * o, o}};
        double cell[3][3];
        sw_atoms *atoms;
        enum { N = 3 };
        assert_int_equal(sw_atoms_create(&atoms, 4 * N * N * N), SW_OK);
        for (int d = 0; d < 3; d++)
            for (int k = 0; k < 3; k++)
                cell[d][k] = N * a * turn[d][k];
        for (int i = 0; i < 4 * N * N * N; i++) {
            const int at[3] = {i / 4 % N, i / 4 / N % N, i / 4 / N / N};
            for (int k = 0; k < 3; k++)
                for (int d = 0; d < 3; d++)
                    sw_atoms_positions(atoms)[3 * i + k] +=
                        a * (at[d] + basis[i % 4][d]) * turn[d][k];
        }
        sw_atoms_set_cell(atoms, (const double(*)[3])cell, everywhere);
        sw_tetrahedra t;
        assert_int_equal(sw_tetrahedra_create(&t, atoms, 8.0, NULL, NULL), SW_OK);
        assert_true(t.complete);
        size_t owned = 0, regular = 0;
        for (size_t i = 0; i < t.count; i++) {
            double corner[4][3];
            if (t.own[i] != i)
                continue;
            owned++;
            sw_tetrahedra_corners(corner, &t, i);
            double distortion = sw_tetrahedron_distortion((const double(*)[3])corner);
            double quarter = 6.0 * sqrt(2.0) / (5.0 + sqrt(2.0)) - 1.0;
            bool flat_free = fabs(t.volume[i] - a * a * a / 24.0) < 1e-10;
            assert_true(flat_free);
            regular += fabs(distortion) < 1e-10;
            assert_true(fabs(distortion) < 1e-10 || fabs(distortion - quarter) < 1e-10);
            double radius = fabs(distortion) < 1e-10 ? sqrt(3.0) / 4.0 : 0.5;
            assert_true(fabs(t.radius[i] - a * radius) < 1e-9);
        }
        assert_int_equal(owned, 24 * N * N * N);
        assert_int_equal(regular, 8 * N * N * N);
        sw_tetrahedra_clear(&t);
        sw_atoms_destroy(atoms);
    }
}

static void what_is_no_volume(void **state) {
    (void)state;
    sw_tetrahedra t;
    sw_error error = {0};
    sw_atoms *atoms = random_atoms(3, NULL, NULL, 1);
    assert_int_equal(sw_tetrahedra_create(&t, atoms, 1.0, NULL, NULL), SW_OK);
    assert_int_equal(t.count, 0);
    assert_int_equal(t.delaunay.span, SW_SPAN_PLANE);
    sw_tetrahedra_clear(&t);
    sw_atoms_destroy(atoms);
    atoms = random_atoms(10, cells[0], everywhere, 1);
    assert_int_equal(sw_tetrahedra_create(&t, atoms, 1e9, NULL, &error), SW_ERROR_ARGUMENT);
    assert_int_equal(sw_tetrahedra_create(&t, atoms, NAN, NULL, &error), SW_ERROR_ARGUMENT);
    assert_int_equal(sw_tetrahedra_create(&t, atoms, 1.0, NULL, &error), SW_OK);
    assert_false(t.complete); /* the margin is too narrow, and said to be */
    sw_tetrahedra_clear(&t);
    sw_atoms_destroy(atoms);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tetrahedra_fill_the_cell),
        cmocka_unit_test(images_are_found),
        cmocka_unit_test(perfect_periodic_crystals),
        cmocka_unit_test(what_is_no_volume),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
