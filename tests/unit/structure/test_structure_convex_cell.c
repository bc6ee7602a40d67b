/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The polyhedron that planes cut: known bodies, and a sound graph whatever the planes. */
#include "structure/convex_cell.h"

#include <spillway/base.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

static sw_convex_cell created(double half, double tolerance) {
    sw_convex_cell cell;
    assert_true(sw_convex_cell_create(&cell));
    sw_convex_cell_start(&cell, half, tolerance);
    return cell;
}

/* Twins are twins, faces turn the same way round both ends, and Euler's formula holds. */
static void assert_sound(const sw_convex_cell *cell) {
    uint32_t loops = 0;
    static bool seen[1 << 20];
    assert_true(4 * cell->vertices < 1 << 20);
    for (uint32_t h = 0; h < 4 * cell->vertices; h++)
        seen[h] = false;
    for (uint32_t h = 0; h < 4 * cell->vertices; h++) {
        if (h % 4 == 3)
            continue;
        uint32_t twin = cell->twin[h];
        assert_true(twin < 4 * cell->vertices && twin % 4 != 3 && twin / 4 != h / 4);
        assert_int_equal(cell->twin[twin], h);
        assert_int_not_equal(cell->face[h], cell->face[twin]);
        if (seen[h])
            continue;
        loops++;
        uint32_t at = h, steps = 0;
        do {
            seen[at] = true;
            assert_int_equal(cell->face[at], cell->face[h]);
            at = cell->twin[at];
            at = at % 4 ? at - 1 : at + 2;
            steps++;
        } while (at != h);
        assert_true(steps >= 3);
    }
    assert_int_equal(2 * loops, cell->vertices + 4);
}

static void a_cube_and_its_half(void **state) {
    (void)state;
    sw_convex_cell cell = created(2.0, 1e-12);
    assert_sound(&cell);
    assert_true(fabs(sw_convex_cell_measure(&cell, 1e-6) - 64.0) < 1e-12);
    for (uint32_t f = 0; f < 6; f++) {
        assert_int_equal(cell.edges[f], 4);
        assert_true(fabs(cell.area[f] - 16.0) < 1e-12);
    }
    assert_true(sw_convex_cell_reach(&cell) == 12.0);
    assert_int_equal(sw_convex_cell_cut(&cell, (const double[3]){2.0, 0.0, 0.0}), SW_CUT_FACE);
    assert_sound(&cell);
    assert_true(fabs(sw_convex_cell_measure(&cell, 1e-6) - 48.0) < 1e-12);
    assert_true(cell.area[1] == 0.0 && fabs(cell.area[6] - 16.0) < 1e-12);
    assert_int_equal(sw_convex_cell_cut(&cell, (const double[3]){2.0, 0.0, 0.0}), SW_CUT_NOTHING);
    assert_int_equal(sw_convex_cell_cut(&cell, (const double[3]){5.0, 0.0, 0.0}), SW_CUT_NOTHING);
    sw_convex_cell_clear(&cell);
}

/* A corner cut off through three corners: planes through vertices cut nothing more than they must. */
static void a_plane_through_vertices(void **state) {
    (void)state;
    sw_convex_cell cell = created(1.0, 1e-12);
    const double corner[3] = {2.0 / 3.0, 2.0 / 3.0, 2.0 / 3.0}; /* x + y + z = 1 */
    assert_int_equal(sw_convex_cell_cut(&cell, corner), SW_CUT_FACE);
    assert_sound(&cell);
    assert_true(fabs(sw_convex_cell_measure(&cell, 1e-6) - (8.0 - 8.0 / 6.0)) < 1e-12);
    assert_int_equal(cell.edges[6], 3);
    assert_int_equal(cell.edges[0], 4);
    assert_int_equal(cell.edges[1], 3);
    sw_convex_cell_clear(&cell);
}

static void many_planes_make_a_sphere(void **state) {
    (void)state;
    sw_convex_cell cell = created(3.0, 1e-12);
    sw_random random = sw_random_create(3, 0);
    for (int i = 0; i < 4000; i++) {
        double u[2], w = 2.0 * sw_random_uniform(&random) - 1.0;
        sw_random_pair(u, &random);
        double r = sqrt(1.0 - w * w), angle = 2.0 * M_PI * u[0];
        const double normal[3] = {2.0 * r * cos(angle), 2.0 * r * sin(angle), 2.0 * w};
        assert_int_not_equal(sw_convex_cell_cut(&cell, normal), SW_CUT_NO_MEMORY);
        if (i % 200 == 0)
            assert_sound(&cell);
    }
    assert_sound(&cell);
    double volume = sw_convex_cell_measure(&cell, 1e-9), surface = 0.0;
    for (uint32_t f = 0; f < cell.faces; f++)
        surface += cell.area[f];
    assert_true(volume > 4.0 / 3.0 * M_PI && volume < 4.0 / 3.0 * M_PI * 1.005);
    assert_true(fabs(surface / 3.0 - volume) < 1e-10 * volume); /* all planes touch the sphere */
    sw_convex_cell_clear(&cell);
}

/* Planes that nearly meet in points, with and without the tolerance that would keep them apart. */
static void nearly_degenerate_planes_leave_it_sound(void **state) {
    (void)state;
    static const double axes[13][3] = {{1, 0, 0},  {0, 1, 0},  {0, 0, 1}, {1, 1, 0},  {1, -1, 0},
                                       {1, 0, 1},  {1, 0, -1}, {0, 1, 1}, {0, 1, -1}, {1, 1, 1},
                                       {1, 1, -1}, {1, -1, 1}, {-1, 1, 1}};
    sw_random random = sw_random_create(11, 0);
    for (int round = 0; round < 3000; round++) {
        double noise = pow(10.0, -17.0 + 4.0 * sw_random_uniform(&random));
        sw_convex_cell cell = created(1.0, round % 2 ? 1e-300 : 1e-16);
        for (int i = 0; i < 60; i++) {
            const double *axis = axes[(int)(13.0 * sw_random_uniform(&random))];
            double normal[3], sign = sw_random_uniform(&random) < 0.5 ? -1.0 : 1.0;
            double length = i % 3 ? 1.0 : 2.0 / 3.0;
            for (int k = 0; k < 3; k++)
                normal[k] = sign * length * axis[k] + noise * (sw_random_uniform(&random) - 0.5);
            sw_convex_cell_cut(&cell, normal);
            assert_sound(&cell);
        }
        double volume = sw_convex_cell_measure(&cell, 1e-9);
        assert_true(volume > 0.0 && volume <= 8.0);
        sw_convex_cell_clear(&cell);
    }
}

static void boxes_that_cannot_cut_are_not_seen(void **state) {
    (void)state;
    sw_convex_cell cell = created(1.0, 1e-12);
    assert_true(
        sw_convex_cell_sees(&cell, (const double[3]){1.9, 0, 0}, (const double[3]){3, 1, 1}));
    assert_false(
        sw_convex_cell_sees(&cell, (const double[3]){2.8, 0, 0}, (const double[3]){3, 1, 1}));
    assert_false(
        sw_convex_cell_sees(&cell, (const double[3]){2, 2, 2}, (const double[3]){3, 3, 3}));
    assert_true(sw_convex_cell_sees(&cell, (const double[3]){1.99, 1.99, 1.99},
                                    (const double[3]){3, 3, 3}));
    sw_convex_cell_clear(&cell);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cube_and_its_half),
        cmocka_unit_test(a_plane_through_vertices),
        cmocka_unit_test(many_planes_make_a_sphere),
        cmocka_unit_test(nearly_degenerate_planes_leave_it_sound),
        cmocka_unit_test(boxes_that_cannot_cut_are_not_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
