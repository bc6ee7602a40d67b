/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Neighbours by the solid angles of Voronoi faces: angles that are known, orders that are known,
 * bad input. */
#include "structure_atoms.h"

#include "base/matrix.h"
#include "structure/face_order.h"

#include <math.h>
#include <string.h>

static void find(sw_neighbours *neighbours, const sw_atoms *atoms, size_t count,
                 sw_context *context) {
    assert_int_equal(sw_neighbours_nearest(neighbours, atoms, count, context, NULL), SW_OK);
    assert_int_equal(sw_neighbours_order_by_faces(neighbours, context, NULL), SW_OK);
}

static void angles_of_triangles(void **state) {
    (void)state;
    const double x[3] = {2, 0, 0}, y[3] = {0, 0.5, 0}, z[3] = {0, 0, 7};
    const double pi = acos(-1.0);
    assert_true(fabs(sw_solid_angle(x, y, z) - 0.5 * pi) < 1e-14); /* an eighth of the sphere */
    assert_true(fabs(sw_solid_angle(x, z, y) + 0.5 * pi) < 1e-14);
    assert_true(sw_solid_angle(x, x, y) == 0.0);
    /* A face of the tetrahedron: a quarter. */
    const double a[3] = {1, 1, 1}, b[3] = {-1, -1, 1}, c[3] = {-1, 1, -1};
    assert_true(fabs(sw_solid_angle(a, c, b) - pi) < 1e-14);
}

/* Six neighbours at the faces of a cube, a seventh that is nearer than one of them but behind two
 * others: cells of 7 planes, where the seventh cuts an edge off. */
static void a_stranger_comes_last(void **state) {
    (void)state;
    static const double at[8][3] = {{0, 0, 0},  {1, 0, 0},   {-1, 0, 0}, {0, 1, 0},
                                    {0, -1, 0}, {0, 0, 1.3}, {0, 0, -1}, {0.8, 0.9, 0}};
    sw_atoms *atoms;
    sw_neighbours neighbours;
    assert_int_equal(sw_atoms_create(&atoms, 8), SW_OK);
    memcpy(sw_atoms_positions(atoms), at, sizeof at);
    find(&neighbours, atoms, 7, NULL);
    assert_int_equal(neighbours.index[0], 2); /* faces of 1 by 1.15, at 0.5; nothing is cut off */
    assert_int_equal(neighbours.index[1], 4);
    assert_int_equal(neighbours.index[2], 6); /* 1 by 1, less a corner */
    assert_int_equal(neighbours.index[6], 7);
    for (size_t k = 0; k < 7; k++) {
        const double *to = at[neighbours.index[k]];
        assert_memory_equal(neighbours.vector[k], to, sizeof at[0]);
        assert_true(fabs(neighbours.distance[k] - sw_vector_length(to)) < 1e-14);
    }
    sw_neighbours_clear(&neighbours);
    sw_atoms_destroy(atoms);
}

/* All faces equal, the others touch in points: the order by distance stays. */
static void perfect_fcc_keeps_its_order(void **state) {
    (void)state;
    static const double basis[4][3] = {{0, 0, 0}, {0, 2, 2}, {2, 0, 2}, {2, 2, 0}};
    const double cell[3][3] = {{4, 0, 0}, {0, 4, 0}, {0, 0, 4}};
    const bool periodic[3] = {true, true, true};
    sw_atoms *atoms;
    sw_neighbours plain, ordered;
    assert_int_equal(sw_atoms_create(&atoms, 4), SW_OK);
    memcpy(sw_atoms_positions(atoms), basis, sizeof basis);
    sw_atoms_set_cell(atoms, cell, periodic);
    assert_int_equal(sw_neighbours_nearest(&plain, atoms, 18, NULL, NULL), SW_OK);
    find(&ordered, atoms, 18, NULL);
    assert_memory_equal(plain.index, ordered.index, plain.first[4] * sizeof *plain.index);
    assert_memory_equal(plain.vector, ordered.vector, plain.first[4] * sizeof *plain.vector);
    sw_neighbours_clear(&plain);
    sw_neighbours_clear(&ordered);
    sw_atoms_destroy(atoms);
}

static void few_atoms_and_atoms_in_one_place(void **state) {
    (void)state;
    for (size_t count = 0; count < 12; count++)
        for (int far = 0; far < 3; far++) {
            sw_atoms *atoms;
            sw_neighbours neighbours;
            assert_int_equal(sw_atoms_create(&atoms, count), SW_OK);
            for (size_t i = 0; i < count;
                 i++) { /* pairs in one place along a line, or all in one */
                sw_atoms_positions(atoms)[3 * i] = far == 0 ? 1e9 : (double)(i / 2);
                sw_atoms_positions(atoms)[3 * i + 1] = far == 1 ? 1e9 : 0.0;
            }
            find(&neighbours, atoms, 18, NULL);
            for (size_t i = 0; i < count && count > 1; i++)
                if (i / 2 * 2 + 1 < count)
                    assert_true(neighbours.distance[neighbours.first[i]] == 0.0);
            sw_neighbours_clear(&neighbours);
            sw_atoms_destroy(atoms);
        }
}

static void threads_change_nothing(void **state) {
    (void)state;
    const double cell[3][3] = {{20, 0, 0}, {3, 20, 0}, {0, 5, 20}};
    const bool periodic[3] = {true, true, false};
    sw_atoms *atoms = random_atoms(1500, cell, periodic, 4);
    sw_neighbours one, three;
    sw_context *context;
    assert_int_equal(sw_context_create(&context), SW_OK);
    sw_context_set_threads(context, 1);
    find(&one, atoms, 18, context);
    sw_context_set_threads(context, 3);
    find(&three, atoms, 18, context);
    assert_memory_equal(one.index, three.index, one.first[1500] * sizeof *one.index);
    assert_memory_equal(one.vector, three.vector, one.first[1500] * sizeof *one.vector);
    sw_neighbours_clear(&one);
    sw_neighbours_clear(&three);
    sw_context_destroy(context);
    sw_atoms_destroy(atoms);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(angles_of_triangles),
        cmocka_unit_test(a_stranger_comes_last),
        cmocka_unit_test(perfect_fcc_keeps_its_order),
        cmocka_unit_test(few_atoms_and_atoms_in_one_place),
        cmocka_unit_test(threads_change_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
