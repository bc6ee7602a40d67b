/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Voronoi cells where memory ends at any moment: the call says so and leaves nothing behind. */
#include "structure_atoms.h"

#include "base/memory.h"
#include "structure/voronoi.h"

#ifdef SPILLWAY_TEST_ALLOCATION

/* Small faces left out, two atoms merged, surface cells: every array is used and some grow. */
static sw_status make_cells(const sw_atoms *atoms) {
    const sw_voronoi_options options = {.smallest_face = 0.02,
                                        .recompute = true,
                                        .cube = 3.0,
                                        .merge = true,
                                        .neighbours = true,
                                        .farthest = 50.0};
    sw_voronoi voronoi;
    sw_error error = {0};
    sw_status status = sw_voronoi_create(&voronoi, atoms, &options, NULL, &error);
    assert_int_equal(error.code, status);
    if (status == SW_OK)
        assert_int_equal(voronoi.merged, 1);
    else
        assert_null(voronoi.atom);
    sw_voronoi_clear(&voronoi);
    return status;
}

/* 80 atoms around one: a cell with more faces than there is room for at first. */
static sw_atoms *crowd(void) {
    sw_atoms *atoms = random_atoms(122, NULL, NULL, 4);
    sw_random random = sw_random_create(9, 0);
    double(*at)[3] = (void *)sw_atoms_positions(atoms);
    for (int i = 1; i < 81; i++) {
        double square = 0.0;
        for (int k = 0; k < 3; k++) {
            at[i][k] = sw_random_uniform(&random) - 0.5;
            square += at[i][k] * at[i][k];
        }
        for (int k = 0; k < 3; k++)
            at[i][k] = at[0][k] + 3.0 * at[i][k] / __builtin_sqrt(square);
    }
    for (int k = 0; k < 3; k++)
        at[121][k] = at[120][k];
    return atoms;
}

static void cells_survive(void **state) {
    (void)state;
    sw_atoms *atoms = crowd();
    long allocations = 0;
    sw_status status;
    do {
        sw_memory_fail_after(allocations++);
        status = make_cells(atoms);
        sw_memory_fail_after(-1);
        assert_true(status == SW_OK || status == SW_ERROR_MEMORY);
    } while (status != SW_OK && allocations < 1000);
    assert_int_equal(status, SW_OK);
    assert_in_range(allocations - 1, 60, 999);
    sw_atoms_destroy(atoms);
}

#else

static void cells_survive(void **state) {
    (void)state;
    print_message("# needs -Dtest_allocation=true\n");
    skip();
}

#endif

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_survive),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
