/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure_atoms.h"

#include "base/memory.h"
#include "structure/pair_count.h"

#include <math.h>
#include <string.h>

#define IMAGES 5
#define ATOMS 30
#define BINS 61

static void mix_elements(sw_atoms *atoms) {
    static const uint8_t element[] = {8, 40, 8, 26};
    for (size_t i = 0; i < sw_atoms_count(atoms); i++)
        sw_atoms_elements(atoms)[i] = element[i % 4];
}

/* Ordered pairs by looking at every image: kinds 8, 26, 40 in this order. */
static void count_plainly(uint64_t *count, const sw_atoms *atoms, const sw_pair_bins *bins) {
    static const size_t kind_of[256] = {[8] = 0, [26] = 1, [40] = 2};
    double cell[3][3];
    bool periodic[3];
    const double *at = sw_atoms_positions_const(atoms);
    sw_atoms_cell(atoms, cell, periodic);
    for (int x = -IMAGES * periodic[0]; x <= IMAGES * periodic[0]; x++)
        for (int y = -IMAGES * periodic[1]; y <= IMAGES * periodic[1]; y++)
            for (int z = -IMAGES * periodic[2]; z <= IMAGES * periodic[2]; z++)
                for (size_t i = 0; i < ATOMS; i++)
                    for (size_t j = 0; j < ATOMS; j++) {
                        double sum = 0.0;
                        for (size_t k = 0; k < 3; k++) {
                            double d = at[3 * j + k] - at[3 * i + k] + x * cell[0][k] +
                                       y * cell[1][k] + z * cell[2][k];
                            sum += d * d;
                        }
                        double bin = floor((sqrt(sum) - bins->start) * (1.0 / bins->width));
                        size_t a = kind_of[sw_atoms_elements_const(atoms)[i]];
                        size_t b = kind_of[sw_atoms_elements_const(atoms)[j]];
                        if ((i != j || x != 0 || y != 0 || z != 0) && bin >= 0.0 && bin < BINS)
                            count[(a * 3 + b) * BINS + (size_t)bin]++;
                    }
}

static void as_by_brute_force(void **state) {
    (void)state;
    static const double cells[][3][3] = {{{9, 0, 0}, {0, 8, 0}, {0, 0, 7}},
                                         {{6, 0, 0}, {3, 6, 0}, {-2, 2.5, 5}},
                                         {{2, 0, 0}, {0, 20, 0}, {0.5, 0, 3}}};
    for (int c = 0; c < 3; c++)
        for (int mask = 0; mask < 8; mask++)
            for (int s = -1; s <= 1; s++) {
                static uint64_t plain[9 * BINS];
                const bool periodic[3] = {mask & 1, mask & 2, mask & 4};
                const sw_pair_bins bins = {0.7 * s, 0.083, BINS};
                sw_atoms *atoms = random_atoms(ATOMS, cells[c], periodic, (uint64_t)(8 * c + mask));
                sw_pair_count told_apart, all;
                mix_elements(atoms);
                memset(plain, 0, sizeof plain);
                count_plainly(plain, atoms, &bins);
                assert_int_equal(sw_pair_count_create(&told_apart, atoms, &bins, true, NULL, NULL),
                                 SW_OK);
                assert_int_equal(sw_pair_count_create(&all, atoms, &bins, false, NULL, NULL),
                                 SW_OK);
                assert_int_equal(told_apart.kinds, 3);
                assert_int_equal(told_apart.element[1], 26);
                assert_int_equal(told_apart.atoms[0], 15);
                assert_memory_equal(told_apart.count, plain, sizeof plain);
                for (size_t k = 0; k < BINS; k++)
                    assert_int_equal(all.count[k], sw_pair_count_total(&told_apart, k));
                sw_pair_count_clear(&told_apart);
                sw_pair_count_clear(&all);
                sw_atoms_destroy(atoms);
            }
}

/* fcc, a = 4: shells of 12, 6, 24, 12, 24, 8, 48 at 4 sqrt(n / 2), some on an edge of a bin. */
static void shells_of_fcc(void **state) {
    (void)state;
    static const int shell[] = {12, 6, 24, 12, 24, 8, 48};
    static const double basis[4][3] = {{0, 0, 0}, {0, 2, 2}, {2, 0, 2}, {2, 2, 0}};
    const double cell[3][3] = {{4, 0, 0}, {0, 4, 0}, {0, 0, 4}};
    const bool periodic[3] = {true, true, true};
    const sw_pair_bins bins = sw_pair_bins_to(7.6, 0.1);
    sw_atoms *atoms;
    sw_pair_count pairs;
    assert_int_equal(bins.count, 76);
    assert_int_equal(sw_atoms_create(&atoms, 4), SW_OK);
    memcpy(sw_atoms_positions(atoms), basis, sizeof basis);
    sw_atoms_set_cell(atoms, cell, periodic);
    assert_int_equal(sw_pair_count_create(&pairs, atoms, &bins, false, NULL, NULL), SW_OK);
    for (int n = 1; n <= 7; n++) {
        size_t bin = (size_t)floor(4.0 * sqrt(0.5 * n) * 10.0);
        assert_int_equal(pairs.count[bin], 4 * shell[n - 1]);
        pairs.count[bin] = 0;
    }
    for (size_t k = 0; k < 76; k++)
        assert_int_equal(pairs.count[k], 0);
    sw_pair_count_clear(&pairs);
    sw_atoms_destroy(atoms);
}

static void any_number_of_threads_gives_the_same(void **state) {
    (void)state;
    sw_context *context;
    sw_pair_count pairs[2];
    const sw_pair_bins bins = sw_pair_bins_to(3.0, 0.01);
    sw_atoms *atoms = random_atoms(4000, NULL, NULL, 4);
    mix_elements(atoms);
    assert_int_equal(sw_context_create(&context), SW_OK);
    for (int t = 0; t < 2; t++) {
        sw_context_set_threads(context, 1 + 3 * t);
        assert_int_equal(sw_pair_count_create(&pairs[t], atoms, &bins, true, context, NULL), SW_OK);
    }
    assert_memory_equal(pairs[0].count, pairs[1].count, 9 * bins.count * sizeof *pairs[0].count);
    for (int t = 0; t < 2; t++)
        sw_pair_count_clear(&pairs[t]);
    sw_context_cancel(context);
    assert_int_equal(sw_pair_count_create(&pairs[0], atoms, &bins, true, context, NULL),
                     SW_ERROR_CANCELLED);
    sw_context_destroy(context);
    sw_atoms_destroy(atoms);
}

static void few_atoms_and_bad_bins(void **state) {
    (void)state;
    sw_pair_count pairs;
    sw_error error = {0};
    const sw_pair_bins good = sw_pair_bins_to(3.0, 0.1);
    const sw_pair_bins bad[] = {{0, 0.1, 0},  {0, -0.1, 5},    {0, NAN, 5},
                                {-9, 0.1, 5}, {0, 1e9, 99999}, {0, 1e-9, (size_t)1 << 40}};
    for (size_t count = 0; count < 4; count++) {
        sw_atoms *atoms = random_atoms(count, NULL, NULL, 4);
        for (size_t i = 0; i < 3 * count; i++)
            sw_atoms_positions(atoms)[i] = 1.0;
        assert_int_equal(sw_pair_count_create(&pairs, atoms, &good, true, NULL, NULL), SW_OK);
        if (count > 0)
            assert_int_equal(pairs.count[0], count * (count - 1));
        sw_pair_count_clear(&pairs);
        for (int b = 0; b < 6; b++)
            assert_int_equal(sw_pair_count_create(&pairs, atoms, &bad[b], true, NULL, &error),
                             SW_ERROR_ARGUMENT);
        sw_atoms_destroy(atoms);
    }
    assert_int_equal(sw_pair_bins_to(1.0, 0.0).count, 0);
    assert_int_equal(sw_pair_bins_to(NAN, 1.0).count, 0);
    assert_int_equal(sw_pair_bins_to(1.0, 0.1).count, 10);
}

#ifdef SPILLWAY_TEST_ALLOCATION
static void every_failed_allocation_is_reported(void **state) {
    (void)state;
    const sw_pair_bins bins = sw_pair_bins_to(3.0, 0.1);
    sw_atoms *atoms = random_atoms(50, NULL, NULL, 4);
    mix_elements(atoms);
    sw_status status = SW_ERROR_MEMORY;
    for (long allowed = 0; status != SW_OK; allowed++) {
        sw_pair_count pairs;
        assert_true(allowed < 100);
        sw_memory_fail_after(allowed);
        status = sw_pair_count_create(&pairs, atoms, &bins, true, NULL, NULL);
        sw_memory_fail_after(-1);
        assert_true(status == SW_OK || status == SW_ERROR_MEMORY);
        sw_pair_count_clear(&pairs);
    }
    sw_atoms_destroy(atoms);
}
#endif

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_by_brute_force),
        cmocka_unit_test(shells_of_fcc),
        cmocka_unit_test(any_number_of_threads_gives_the_same),
        cmocka_unit_test(few_atoms_and_bad_bins),
#ifdef SPILLWAY_TEST_ALLOCATION
        cmocka_unit_test(every_failed_allocation_is_reported),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
