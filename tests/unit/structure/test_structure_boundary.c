/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distances from the surface of a solid, from the boundary of chosen atoms, and from triangles and their images. */
#include "structure_crystals.h"

#include "base/memory.h"
#include "structure/boundary.h"
#include "structure/surface_distance.h"

#include <stdlib.h>
#include <string.h>

/* Two planes of atoms are half a lattice constant apart, and the boundary lies in the middle: exact, in any
 * orientation, with and without periodic images (then there is a second boundary). */
static void a_plane_lies_half_way_between_layers(void **state) {
    (void)state;
    for (int periodic = 0; periodic < 2; periodic++)
        for (int turn = 0; turn < 3; turn++) {
            const double angle = 0.4 * turn, a = 4.1, s = sin(angle), o = cos(angle);
            /* the axes of fcc_atoms; the third is the normal */
            const double axis[3][3] = {{o, s, 0}, {-s * o, o * o, s}, {s * s, -s * o, o}};
            sw_atoms *atoms = fcc_atoms(a, 6, periodic, angle);
            size_t count = sw_atoms_count(atoms);
            bool *chosen = calloc(count, sizeof *chosen);
            double *distance = calloc(count, sizeof *distance),
                   *height = calloc(count, sizeof *height);
            bool *rim = calloc(count, sizeof *rim); /* beside the end of the boundary */
            for (size_t i = 0; i < count; i++) {
                for (int d = 0; d < 3; d++) {
                    double at = 0.0;
                    for (size_t k = 0; k < 3; k++)
                        at += sw_atoms_positions_const(atoms)[3 * i + k] * axis[d][k];
                    height[i] = at;
                    rim[i] = rim[i] || (d < 2 && !periodic && fabs(at - 2.75 * a) > 2.3 * a);
                }
                chosen[i] = height[i] < 2.75 * a; /* layers 0 .. 2.5, of 0 .. 5.5 */
            }
            assert_int_equal(sw_boundary_distances(distance, atoms, chosen, 3.5, NULL, NULL),
                             SW_OK);
            for (size_t i = 0; i < count; i++) {
                double expected = 2.75 * a - height[i];
                if (periodic && chosen[i])
                    expected = fmin(expected, height[i] + 0.25 * a);
                else if (periodic)
                    expected = fmax(expected, height[i] - 5.75 * a);
                if (!rim[i] && !(fabs(distance[i] - expected) < 1e-10))
                    fail_msg("periodic %d, turn %d, atom %zu: %.12g, expected %.12g", periodic,
                             turn, i, distance[i], expected);
            }
            free(chosen);
            free(rim);
            free(distance);
            free(height);
            sw_atoms_destroy(atoms);
        }
}

/* A cube of atoms: depth below the nearest face (its corners and edges are cut off by alpha, and not far in). */
static void a_surface_is_where_the_atoms_end(void **state) {
    (void)state;
    sw_atoms *atoms = fcc_atoms(4.0, 6, false, 0.0);
    size_t count = sw_atoms_count(atoms);
    double *distance = calloc(count + 1, sizeof *distance);
    assert_int_equal(sw_atoms_resize(atoms, count + 1), SW_OK);
    for (size_t k = 0; k < 3; k++)
        sw_atoms_positions(atoms)[3 * count + k] = k == 0 ? 61.0 : 11.0; /* one far outside */
    assert_int_equal(sw_surface_profile_distances(distance, atoms, 4.0, NULL, NULL), SW_OK);
    for (size_t i = 0; i < count; i++) {
        const double *at = sw_atoms_positions_const(atoms) + 3 * i;
        double expected = INFINITY, largest = 0.0;
        for (size_t k = 0; k < 3; k++) {
            expected = fmin(expected, fmin(at[k], 22.0 - at[k]));
            largest = fmax(largest, fabs(at[k] - 11.0));
        }
        if (largest < 7.5 && !(fabs(distance[i] - expected) < 1e-10))
            fail_msg("atom %zu: %.12g, expected %.12g", i, distance[i], expected);
        assert_true(distance[i] >= 0.0);
    }
    assert_true(fabs(distance[count] + 61.0 - 22.0) < 0.5);
    free(distance);
    sw_atoms_destroy(atoms);
}

static void what_has_no_boundary_is_refused(void **state) {
    (void)state;
    sw_atoms *atoms = fcc_atoms(4.0, 3, true, 0.3);
    bool chosen[108] = {false};
    double distance[108];
    sw_error error = {0};
    assert_int_equal(sw_boundary_distances(distance, atoms, chosen, 3.5, NULL, &error),
                     SW_ERROR_ARGUMENT);
    assert_string_equal(error.place, "column");
    assert_int_equal(sw_surface_profile_distances(distance, atoms, 3.5, NULL, &error),
                     SW_ERROR_ARGUMENT);
    assert_string_equal(error.place, "alpha");
    assert_int_equal(sw_surface_profile_distances(distance, atoms, 0.0, NULL, &error),
                     SW_ERROR_ARGUMENT);
    sw_atoms_destroy(atoms);
}

/* Against all images within four cells of a strongly slanted cell, one by one. */
static void the_nearest_image_is_found(void **state) {
    (void)state;
    static const double cell[3][3] = {{5, 0, 0}, {9, 3, 0}, {-7, 4, 6}};
    static const bool periodic[3] = {true, true, true};
    sw_atoms *atoms = random_atoms(200, cell, periodic, 9);
    sw_random random = sw_random_create(4, 4);
    sw_triangle *triangle = sw_allocate(3, sizeof *triangle);
    sw_triangle_tree tree, alone;
    double distance[200];
    sw_box box;
    for (int i = 0; i < 27; i++)
        triangle[i / 9].corner[i / 3 % 3][i % 3] = 3.0 * sw_random_uniform(&random) + i / 9;
    assert_int_equal(sw_box_create(&box, atoms, NULL), SW_OK);
    assert_int_equal(sw_triangle_tree_create(&tree, triangle, 3), SW_OK);
    assert_int_equal(sw_surface_distances(distance, &tree, &box, atoms, NULL), SW_OK);
    for (size_t i = 0; i < 200; i++) {
        double least = INFINITY;
        for (int n = 0; n < 13 * 13 * 13; n++) {
            const int shift[3] = {n % 13 - 6, n / 13 % 13 - 6, n / 169 - 6};
            double at[3];
            for (int k = 0; k < 3; k++) {
                at[k] = sw_atoms_positions_const(atoms)[3 * i + (size_t)k];
                for (int d = 0; d < 3; d++)
                    at[k] += shift[d] * cell[d][k];
            }
            for (int t = 0; t < 3; t++)
                least = fmin(least, sw_triangle_distance(&tree.triangle[t], at));
        }
        if (!(fabs(distance[i] - least) < 1e-12))
            fail_msg("atom %zu: %.12g, expected %.12g", i, distance[i], least);
    }
    assert_int_equal(sw_triangle_tree_create(&alone, sw_allocate(1, sizeof *triangle), 0), SW_OK);
    assert_true(isinf(sw_surface_distance(&alone, &box, sw_atoms_positions_const(atoms))));
    sw_triangle_tree_clear(&alone);
    sw_triangle_tree_clear(&tree);
    sw_atoms_destroy(atoms);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plane_lies_half_way_between_layers),
        cmocka_unit_test(a_surface_is_where_the_atoms_end),
        cmocka_unit_test(what_has_no_boundary_is_refused),
        cmocka_unit_test(the_nearest_image_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
