/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure_atoms.h"

#include "base/parallel.h"
#include "structure/grid.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static double squared_distance(const double *a, const double *b, const double shift[3]) {
    double sum = 0.0;
    for (int k = 0; k < 3; k++)
        sum += (b[k] + shift[k] - a[k]) * (b[k] + shift[k] - a[k]);
    return sum;
}

/* Pairs (with images, self-images too) closer than the cutoff, by looking at every image. */
static size_t count_plainly(const sw_atoms *atoms, double cutoff, int images) {
    double cell[3][3];
    bool periodic[3];
    size_t count = sw_atoms_count(atoms), found = 0;
    const double *position = sw_atoms_positions_const(atoms);
    sw_atoms_cell(atoms, cell, periodic);
    for (int x = -images * periodic[0]; x <= images * periodic[0]; x++)
        for (int y = -images * periodic[1]; y <= images * periodic[1]; y++)
            for (int z = -images * periodic[2]; z <= images * periodic[2]; z++) {
                double shift[3];
                for (int k = 0; k < 3; k++)
                    shift[k] = x * cell[0][k] + y * cell[1][k] + z * cell[2][k];
                for (size_t i = 0; i < count; i++)
                    for (size_t j = 0; j < count; j++)
                        found += squared_distance(position + 3 * i, position + 3 * j, shift) <
                                 cutoff * cutoff;
            }
    return found;
}

static size_t count_with_grid(const sw_atoms *atoms, double cutoff, double width) {
    sw_grid grid;
    int64_t reach[3], cell[3];
    size_t found = 0;
    assert_int_equal(sw_grid_create(&grid, atoms, width, NULL), SW_OK);
    sw_grid_reach(reach, &grid, cutoff);
    sw_grid_run *runs = calloc(sw_grid_run_limit(&grid, reach), sizeof *runs);
    for (size_t i = 0; i < grid.atoms; i++) {
        sw_grid_cell(cell, &grid, i);
        size_t count = sw_grid_runs(runs, &grid, cell, reach);
        assert_true(count <= sw_grid_run_limit(&grid, reach));
        for (size_t r = 0; r < count; r++)
            for (size_t j = runs[r].first; j < runs[r].end; j++)
                found += squared_distance(grid.position[i], grid.position[j], runs[r].shift) <
                         cutoff * cutoff;
    }
    free(runs);
    sw_grid_clear(&grid);
    return found;
}

static void every_pair_is_found_once(void **state) {
    (void)state;
    static const double cells[][3][3] = {{{9, 0, 0}, {0, 8, 0}, {0, 0, 7}},
                                         {{6, 0, 0}, {3, 6, 0}, {-2, 2.5, 5}},
                                         {{2, 0, 0}, {0, 20, 0}, {0.5, 0, 3}}};
    for (int c = 0; c < 3; c++)
        for (int mask = 0; mask < 8; mask++)
            for (int w = 1; w <= 4; w++) {
                const bool periodic[3] = {mask & 1, mask & 2, mask & 4};
                sw_atoms *atoms = random_atoms(40, cells[c], periodic, (uint64_t)(c * 8 + mask));
                assert_int_equal(count_with_grid(atoms, 3.2, 0.8 * w),
                                 count_plainly(atoms, 3.2, 5));
                sw_atoms_destroy(atoms);
            }
}

static void atoms_far_apart_need_no_more_memory(void **state) {
    (void)state;
    sw_atoms *atoms = random_atoms(2000, NULL, NULL, 5);
    size_t near = count_with_grid(atoms, 1.5, 1.5);
    for (int k = 0; k < 3; k++) {
        sw_atoms_positions(atoms)[k] = 1e9;
        sw_atoms_positions(atoms)[3 + k] = -1e9;
    }
    size_t apart = count_with_grid(atoms, 1.5, 1.5);
    assert_true(apart < near && apart + 200 > near);
    sw_atoms_destroy(atoms);
}

static void few_atoms_and_bad_ones(void **state) {
    (void)state;
    sw_grid grid;
    sw_error error = {0};
    for (size_t count = 0; count < 4; count++) {
        sw_atoms *atoms;
        assert_int_equal(sw_atoms_create(&atoms, count), SW_OK);
        assert_int_equal(count_with_grid(atoms, 1.0, 1.0), count * count);
        if (count > 0) {
            sw_atoms_positions(atoms)[3 * count - 2] = NAN;
            assert_int_equal(sw_grid_create(&grid, atoms, 1.0, &error), SW_ERROR_NUMERIC);
            assert_non_null(strstr(error.place, "atom"));
        }
        sw_atoms_destroy(atoms);
    }
    const bool periodic[3] = {true, true, true};
    const double flat[3][3] = {{1, 0, 0}, {0, 1, 0}, {1, 1, 0}};
    sw_atoms *atoms = random_atoms(3, flat, periodic, 1);
    assert_int_equal(sw_grid_create(&grid, atoms, 1.0, &error), SW_ERROR_ARGUMENT);
    sw_atoms_destroy(atoms);
}

/* ---- work on threads ------------------------------------------------------------------------- */

typedef struct sw_tally {
    atomic_int seen[1000];
    size_t fail_at;
} sw_tally;

static sw_status mark(void *user, size_t first, size_t end, int worker) {
    sw_tally *tally = user;
    assert_in_range(worker, 0, 3);
    for (size_t i = first; i < end; i++)
        atomic_fetch_add(&tally->seen[i], 1);
    return first <= tally->fail_at && tally->fail_at < end ? SW_ERROR_NUMERIC : SW_OK;
}

static void every_item_is_done_once(void **state) {
    (void)state;
    sw_context *context;
    assert_int_equal(sw_context_create(&context), SW_OK);
    for (int threads = 1; threads <= 4; threads++) {
        static sw_tally tally;
        memset(&tally, 0, sizeof tally);
        tally.fail_at = SIZE_MAX;
        sw_context_set_threads(context, threads);
        assert_int_equal(sw_parallel(context, 1000, 7, mark, &tally), SW_OK);
        for (int i = 0; i < 1000; i++)
            assert_int_equal(atomic_load(&tally.seen[i]), 1);
        tally.fail_at = 500;
        assert_int_equal(sw_parallel(context, 1000, 7, mark, &tally), SW_ERROR_NUMERIC);
        assert_int_equal(sw_parallel(context, 0, 7, mark, &tally), SW_OK);
    }
    sw_context_cancel(context);
    static sw_tally none;
    assert_int_equal(sw_parallel(context, 1000, 7, mark, &none), SW_ERROR_CANCELLED);
    sw_context_destroy(context);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pair_is_found_once),
        cmocka_unit_test(atoms_far_apart_need_no_more_memory),
        cmocka_unit_test(few_atoms_and_bad_ones),
        cmocka_unit_test(every_item_is_done_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
