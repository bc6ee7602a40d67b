/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Atoms for tests of the structure room. */
#ifndef SPILLWAY_TESTS_STRUCTURE_ATOMS_H
#define SPILLWAY_TESTS_STRUCTURE_ATOMS_H

#include <spillway/data.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* `count` atoms anywhere in the cell; cell NULL: a cluster in a cube of 10 A. */
static inline sw_atoms *random_atoms(size_t count, const double cell[3][3], const bool periodic[3],
                                     uint64_t seed) {
    static const double cube[3][3] = {{10, 0, 0}, {0, 10, 0}, {0, 0, 10}};
    sw_random random = sw_random_create(seed, 1);
    sw_atoms *atoms;
    assert_int_equal(sw_atoms_create(&atoms, count), SW_OK);
    for (size_t i = 0; i < count; i++)
        for (int d = 0; d < 3; d++) {
            double fraction = sw_random_uniform(&random);
            for (int k = 0; k < 3; k++)
                sw_atoms_positions(atoms)[3 * i + (size_t)k] +=
                    fraction * (cell ? cell : cube)[d][k];
        }
    if (cell)
        sw_atoms_set_cell(atoms, cell, periodic);
    return atoms;
}

#endif
