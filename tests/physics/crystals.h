/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Perfect crystals, periodic or cut out as a cluster. */
#ifndef SPILLWAY_TESTS_CRYSTALS_H
#define SPILLWAY_TESTS_CRYSTALS_H

#include <spillway/data.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef struct sw_crystal {
    double cell[3][3];
    size_t count;
    double basis[4][3]; /* fractions */
} sw_crystal;

static const sw_crystal simple_cubic = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, 1, {{0}}};
static const sw_crystal body_centred = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, 2, {{0}, {.5, .5, .5}}};
static const sw_crystal face_centred = {
    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, 4, {{0}, {0, .5, .5}, {.5, 0, .5}, {.5, .5, 0}}};

/* Nearest distance 1; c / a as given. */
static inline sw_crystal hexagonal(double c_over_a) {
    return (sw_crystal){{{1, 0, 0}, {-0.5, sqrt(0.75), 0}, {0, 0, c_over_a}},
                        2,
                        {{1. / 3, 2. / 3, .25}, {2. / 3, 1. / 3, .75}}};
}

/* n x n x n cells with an edge times a, turned by a matrix (NULL: not). */
static inline sw_atoms *crystal_atoms(const sw_crystal *crystal, int n, double a, bool periodic,
                                      const double turn[3][3]) {
    static const double straight[3][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    const double(*rows)[3] = turn ? turn : straight;
    double cell[3][3] = {{0}};
    sw_atoms *atoms;
    size_t at = 0;
    for (int d = 0; d < 3; d++)
        for (int k = 0; k < 3; k++)
            for (int e = 0; e < 3; e++)
                cell[d][k] += n * a * crystal->cell[d][e] * rows[e][k];
    assert_int_equal(sw_atoms_create(&atoms, crystal->count * (size_t)(n * n * n)), SW_OK);
    for (int i = 0; i < n * n * n; i++)
        for (size_t b = 0; b < crystal->count; b++, at++) {
            const int corner[3] = {i % n, i / n % n, i / n / n};
            for (int d = 0; d < 3; d++)
                for (size_t k = 0; k < 3; k++)
                    sw_atoms_positions(atoms)[3 * at + k] +=
                        (corner[d] + crystal->basis[b][d]) / n * cell[d][k];
        }
    if (periodic)
        sw_atoms_set_cell(atoms, cell, (const bool[3]){true, true, true});
    return atoms;
}

/* About the axis (1, 2, 3) by an angle: no axis stays. */
static inline void turning(double turn[3][3], double angle) {
    const double u[3] = {1 / sqrt(14), 2 / sqrt(14), 3 / sqrt(14)};
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            double cross = i == j ? 0.0 : ((j - i + 3) % 3 == 1 ? -1.0 : 1.0) * u[3 - i - j];
            turn[i][j] =
                (i == j) * cos(angle) + (1.0 - cos(angle)) * u[i] * u[j] + sin(angle) * cross;
        }
}

#endif
