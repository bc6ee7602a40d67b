/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The crystal that benchmarks of structure work on. */
#ifndef BENCH_FCC_H
#define BENCH_FCC_H

#include <spillway/data.h>

/* Coordinate `axis` of atom i of n x n x n cells, in cells. */
static inline double fcc_coordinate(size_t i, size_t n, size_t axis) {
    static const double basis[4][3] = {{0, 0, 0}, {0, .5, .5}, {.5, 0, .5}, {.5, .5, 0}};
    const size_t corner[3] = {i / 4 % n, i / 4 / n % n, i / 4 / n / n};
    return (double)corner[axis] + basis[i % 4][axis];
}

/* 4 n^3 atoms, cells of `constant` A, periodic; NULL without memory. */
static inline sw_atoms *fcc_atoms(size_t n, double constant) {
    double edge = constant * (double)n;
    const double cell[3][3] = {{edge, 0, 0}, {0, edge, 0}, {0, 0, edge}};
    sw_atoms *atoms;
    if (sw_atoms_create(&atoms, 4 * n * n * n) != SW_OK)
        return NULL;
    for (size_t i = 0; i < 3 * sw_atoms_count(atoms); i++)
        sw_atoms_positions(atoms)[i] = constant * fcc_coordinate(i / 3, n, i % 3);
    sw_atoms_set_cell(atoms, cell, (const bool[3]){true, true, true});
    return atoms;
}

#endif
