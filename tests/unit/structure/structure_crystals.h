/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Perfect crystals in any orientation, for tests of the structure room. */
#ifndef SPILLWAY_TESTS_STRUCTURE_CRYSTALS_H
#define SPILLWAY_TESTS_STRUCTURE_CRYSTALS_H

#include "structure_atoms.h"

#include <math.h>

/* n^3 cubic cells of an fcc crystal (a in A), turned by an angle about two axes one after the other; with its
 * cell where periodic. */
static inline sw_atoms *fcc_atoms(double a, int n, bool periodic, double angle) {
    static const double basis[4][3] = {{0, 0, 0}, {0, .5, .5}, {.5, 0, .5}, {.5, .5, 0}};
    static const bool everywhere[3] = {true, true, true};
    const double s = sin(angle), o = cos(angle);
    const double turn[3][3] = {{o, s, 0}, {-s * o, o * o, s}, {s * s, -s * o, o}};
    double cell[3][3];
    sw_atoms *atoms;
    assert_int_equal(sw_atoms_create(&atoms, (size_t)(4 * n * n * n)), SW_OK);
    for (int d = 0; d < 3; d++)
        for (int k = 0; k < 3; k++)
            cell[d][k] = n * a * turn[d][k];
    for (int i = 0; i < 4 * n * n * n; i++) {
        const int at[3] = {i / 4 % n, i / 4 / n % n, i / 4 / n / n};
        sw_atoms_elements(atoms)[i] = 40;
        for (int k = 0; k < 3; k++)
            for (int d = 0; d < 3; d++)
                sw_atoms_positions(atoms)[3 * i + k] += a * (at[d] + basis[i % 4][d]) * turn[d][k];
    }
    if (periodic)
        sw_atoms_set_cell(atoms, (const double(*)[3])cell, everywhere);
    return atoms;
}

/* Takes an atom away: the last one takes its place. */
static inline void remove_atom(sw_atoms *atoms, size_t atom) {
    size_t last = sw_atoms_count(atoms) - 1;
    for (size_t k = 0; k < 3; k++)
        sw_atoms_positions(atoms)[3 * atom + k] = sw_atoms_positions(atoms)[3 * last + k];
    assert_int_equal(sw_atoms_resize(atoms, last), SW_OK);
}

/* The atom nearest to a place. */
static inline size_t nearest_atom(const sw_atoms *atoms, const double place[3]) {
    size_t nearest = 0;
    double least = INFINITY;
    for (size_t i = 0; i < sw_atoms_count(atoms); i++) {
        double square = 0.0;
        for (size_t k = 0; k < 3; k++)
            square += pow(sw_atoms_positions_const(atoms)[3 * i + k] - place[k], 2);
        nearest = square < least ? i : nearest;
        least = fmin(least, square);
    }
    return nearest;
}

#endif
