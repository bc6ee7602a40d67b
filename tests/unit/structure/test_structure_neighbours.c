/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure_atoms.h"

#include "base/memory.h"
#include "structure/nearby.h"
#include "structure/neighbours.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define IMAGES 6

static const double cells[][3][3] = {{{9, 0, 0}, {0, 8, 0}, {0, 0, 7}},
                                     {{6, 0, 0}, {3, 6, 0}, {-2, 2.5, 5}},
                                     {{2, 0, 0}, {0, 20, 0}, {0.5, 0, 3}}};

typedef struct plain_neighbour {
    double distance;
    uint32_t index;
    double vector[3];
} plain_neighbour;

static int by_distance(const void *a, const void *b) {
    const plain_neighbour *left = a, *right = b;
    return (left->distance > right->distance) - (left->distance < right->distance);
}

/* Every neighbour of an atom within the images looked at, nearest first. */
static size_t list_plainly(plain_neighbour *list, const sw_atoms *atoms, size_t atom) {
    double cell[3][3];
    bool periodic[3];
    size_t found = 0;
    const double *position = sw_atoms_positions_const(atoms);
    sw_atoms_cell(atoms, cell, periodic);
    for (int x = -IMAGES * periodic[0]; x <= IMAGES * periodic[0]; x++)
        for (int y = -IMAGES * periodic[1]; y <= IMAGES * periodic[1]; y++)
            for (int z = -IMAGES * periodic[2]; z <= IMAGES * periodic[2]; z++)
                for (size_t j = 0; j < sw_atoms_count(atoms); j++) {
                    plain_neighbour *one = &list[found];
                    if (j == atom && x == 0 && y == 0 && z == 0)
                        continue;
                    one->index = (uint32_t)j;
                    for (size_t k = 0; k < 3; k++)
                        one->vector[k] = position[3 * j + k] - position[3 * atom + k] +
                                         x * cell[0][k] + y * cell[1][k] + z * cell[2][k];
                    one->distance =
                        sqrt(one->vector[0] * one->vector[0] + one->vector[1] * one->vector[1] +
                             one->vector[2] * one->vector[2]);
                    found++;
                }
    qsort(list, found, sizeof *list, by_distance);
    return found;
}

/* Random atoms have no two distances as near as rounding, so both orders must agree. */
static void check_list(const sw_neighbours *neighbours, size_t atom, const plain_neighbour *plain,
                       size_t count) {
    size_t first = neighbours->first[atom];
    assert_int_equal(neighbours->first[atom + 1] - first, count);
    for (size_t i = 0; i < count; i++) {
        assert_true(fabs(neighbours->distance[first + i] - plain[i].distance) < 1e-12);
        if (i > 0)
            assert_true(neighbours->distance[first + i] >= neighbours->distance[first + i - 1]);
        /* an image and its opposite are equally far: only then may they be swapped */
        if (neighbours->index[first + i] == atom)
            continue;
        assert_int_equal(neighbours->index[first + i], plain[i].index);
        for (int k = 0; k < 3; k++)
            assert_true(fabs(neighbours->vector[first + i][k] - plain[i].vector[k]) < 1e-12);
    }
}

static sw_atoms *case_atoms(int cell, int mask, size_t count) {
    const bool periodic[3] = {mask & 1, mask & 2, mask & 4};
    return random_atoms(count, cells[cell], periodic, (uint64_t)(100 * cell + mask));
}

static void within_a_cutoff_as_by_brute_force(void **state) {
    (void)state;
    static plain_neighbour plain[24 * 13 * 13 * 13];
    for (int c = 0; c < 3; c++)
        for (int mask = 0; mask < 8; mask++) {
            sw_atoms *atoms = case_atoms(c, mask, 24);
            for (double cutoff = 0.3; cutoff < 7.0; cutoff *= 2.2) {
                sw_neighbours neighbours;
                assert_int_equal(sw_neighbours_within(&neighbours, atoms, cutoff,
                                                      SW_NEIGHBOURS_BY_DISTANCE, NULL, NULL),
                                 SW_OK);
                for (size_t i = 0; i < 24; i += 5) {
                    size_t count = list_plainly(plain, atoms, i), within = 0;
                    while (within < count && plain[within].distance < cutoff)
                        within++;
                    check_list(&neighbours, i, plain, within);
                }
                sw_neighbours_clear(&neighbours);
            }
            sw_atoms_destroy(atoms);
        }
}

static void the_nearest_as_by_brute_force(void **state) {
    (void)state;
    static plain_neighbour plain[24 * 13 * 13 * 13];
    static const size_t counts[] = {0, 1, 2, 12, 23, 60};
    for (int c = 0; c < 3; c++)
        for (int mask = 0; mask < 8; mask++) {
            sw_atoms *atoms = case_atoms(c, mask, 24);
            for (int n = 0; n < 6; n++) {
                sw_neighbours neighbours;
                assert_int_equal(sw_neighbours_nearest(&neighbours, atoms, counts[n], NULL, NULL),
                                 SW_OK);
                for (size_t i = 0; i < 24; i += 5) {
                    size_t count = list_plainly(plain, atoms, i);
                    check_list(&neighbours, i, plain, count < counts[n] ? count : counts[n]);
                }
                sw_neighbours_clear(&neighbours);
            }
            sw_atoms_destroy(atoms);
        }
}

static bool same_lists(const sw_neighbours *a, const sw_neighbours *b) {
    size_t total = a->first[a->atoms];
    return a->atoms == b->atoms &&
           memcmp(a->first, b->first, (a->atoms + 1) * sizeof *a->first) == 0 &&
           memcmp(a->index, b->index, total * sizeof *a->index) == 0 &&
           memcmp(a->vector, b->vector, total * sizeof *a->vector) == 0 &&
           memcmp(a->distance, b->distance, total * sizeof *a->distance) == 0;
}

static void any_number_of_threads_gives_the_same(void **state) {
    (void)state;
    sw_context *context;
    assert_int_equal(sw_context_create(&context), SW_OK);
    sw_atoms *atoms = case_atoms(1, 5, 5000);
    sw_neighbours within[2], nearest[2];
    for (int t = 0; t < 2; t++) {
        sw_context_set_threads(context, 1 + 3 * t);
        assert_int_equal(
            sw_neighbours_within(&within[t], atoms, 0.8, SW_NEIGHBOURS_AS_FOUND, context, NULL),
            SW_OK);
        assert_int_equal(sw_neighbours_nearest(&nearest[t], atoms, 9, context, NULL), SW_OK);
    }
    assert_true(same_lists(&within[0], &within[1]));
    assert_true(same_lists(&nearest[0], &nearest[1]));
    for (int t = 0; t < 2; t++) {
        sw_neighbours_clear(&within[t]);
        sw_neighbours_clear(&nearest[t]);
    }
    sw_atoms_destroy(atoms);
    sw_context_destroy(context);
}

/* Every vector has exactly its opposite in the list of the other atom. */
static void there_and_back_are_opposite(void **state) {
    (void)state;
    sw_atoms *atoms = case_atoms(1, 7, 60);
    sw_neighbours n;
    assert_int_equal(sw_neighbours_within(&n, atoms, 2.5, SW_NEIGHBOURS_AS_FOUND, NULL, NULL),
                     SW_OK);
    for (size_t i = 0; i < n.atoms; i++)
        for (size_t k = n.first[i]; k < n.first[i + 1]; k++) {
            int back = 0;
            for (size_t m = n.first[n.index[k]]; m < n.first[n.index[k] + 1]; m++)
                back += n.index[m] == i && n.vector[m][0] == -n.vector[k][0] &&
                        n.vector[m][1] == -n.vector[k][1] && n.vector[m][2] == -n.vector[k][2];
            assert_int_equal(back, 1);
        }
    sw_neighbours_clear(&n);
    sw_atoms_destroy(atoms);
}

static void coincident_atoms_are_neighbours_in_order(void **state) {
    (void)state;
    sw_atoms *atoms;
    sw_neighbours n;
    assert_int_equal(sw_atoms_create(&atoms, 300), SW_OK);
    for (size_t i = 0; i < 900; i++)
        sw_atoms_positions(atoms)[i] = 7.25;
    assert_int_equal(sw_neighbours_nearest(&n, atoms, 5, NULL, NULL), SW_OK);
    for (size_t i = 0; i < 300; i++)
        for (size_t k = 0; k < 5; k++) {
            assert_int_equal(n.index[5 * i + k], k < i ? k : k + 1);
            assert_true(n.distance[5 * i + k] == 0.0);
        }
    sw_neighbours_clear(&n);
    assert_int_equal(sw_neighbours_within(&n, atoms, 1e-3, SW_NEIGHBOURS_AS_FOUND, NULL, NULL),
                     SW_OK);
    assert_int_equal(n.first[300], 300 * 299);
    sw_neighbours_clear(&n);
    sw_atoms_destroy(atoms);
}

/* A distance that is the cutoff to the last bit is not below it. */
static void the_cutoff_is_strict(void **state) {
    (void)state;
    sw_atoms *atoms;
    sw_neighbours n;
    assert_int_equal(sw_atoms_create(&atoms, 2), SW_OK);
    for (double length = 0.1; length < 9.0; length += 0.0371) {
        sw_atoms_positions(atoms)[3] = length;
        for (int above = 0; above < 2; above++) {
            double cutoff = above ? nextafter(length, INFINITY) : length;
            assert_int_equal(
                sw_neighbours_within(&n, atoms, cutoff, SW_NEIGHBOURS_AS_FOUND, NULL, NULL), SW_OK);
            assert_int_equal(n.first[2], 2 * above);
            sw_neighbours_clear(&n);
        }
        assert_true(sqrt(sw_square_limit(length)) >= length);
        assert_true(sqrt(nextafter(sw_square_limit(length), 0.0)) < length);
    }
    sw_atoms_destroy(atoms);
}

/* One atom 7e6 A away from two thousand others, in free space and in a cell as large. */
static void far_outliers_take_no_time(void **state) {
    (void)state;
    const bool periodic[3] = {true, true, true};
    const double large[3][3] = {{1e7, 0, 0}, {0, 1e7, 0}, {0, 0, 1e7}};
    sw_atoms *atoms = random_atoms(2000, NULL, NULL, 5);
    sw_neighbours n;
    for (int k = 0; k < 3; k++)
        sw_atoms_positions(atoms)[k] = 4e6;
    for (int box = 0; box < 2; box++) {
        assert_int_equal(sw_neighbours_nearest(&n, atoms, 4, NULL, NULL), SW_OK);
        assert_true(n.distance[3] > 6e6 && n.distance[4] < 5.0);
        sw_neighbours_clear(&n);
        assert_int_equal(sw_neighbours_within(&n, atoms, 1.0, SW_NEIGHBOURS_AS_FOUND, NULL, NULL),
                         SW_OK);
        assert_int_equal(n.first[1], 0);
        sw_neighbours_clear(&n);
        sw_atoms_set_cell(atoms, large, periodic);
    }
    sw_atoms_destroy(atoms);
}

static void too_much_is_refused_and_few_atoms_are_fine(void **state) {
    (void)state;
    sw_neighbours n;
    sw_error error = {0};
    sw_atoms *atoms = case_atoms(0, 7, 20);
    assert_int_equal(sw_neighbours_within(&n, atoms, 1e5, SW_NEIGHBOURS_AS_FOUND, NULL, &error),
                     SW_ERROR_MEMORY);
    assert_non_null(strstr(error.message, "GB"));
    assert_null(n.first);
    assert_int_equal(sw_neighbours_nearest(&n, atoms, (size_t)1 << 40, NULL, &error),
                     SW_ERROR_MEMORY);
    const double bad[] = {0.0, -1.0, NAN, INFINITY};
    for (int b = 0; b < 4; b++)
        assert_int_equal(
            sw_neighbours_within(&n, atoms, bad[b], SW_NEIGHBOURS_AS_FOUND, NULL, &error),
            SW_ERROR_ARGUMENT);
    sw_atoms_positions(atoms)[4] = NAN;
    assert_int_equal(sw_neighbours_nearest(&n, atoms, 2, NULL, &error), SW_ERROR_NUMERIC);
    sw_atoms_destroy(atoms);
    for (size_t count = 0; count < 4; count++) {
        atoms = random_atoms(count, NULL, NULL, 3);
        assert_int_equal(sw_neighbours_nearest(&n, atoms, 12, NULL, NULL), SW_OK);
        assert_int_equal(n.first[count], count * (count > 0 ? count - 1 : 0));
        sw_neighbours_clear(&n);
        assert_int_equal(sw_neighbours_within(&n, atoms, 99.0, SW_NEIGHBOURS_AS_FOUND, NULL, NULL),
                         SW_OK);
        assert_int_equal(n.first[count], count * (count > 0 ? count - 1 : 0));
        sw_neighbours_clear(&n);
        sw_atoms_destroy(atoms);
    }
}

#ifdef SPILLWAY_TEST_ALLOCATION
static void every_failed_allocation_is_reported(void **state) {
    (void)state;
    sw_atoms *atoms = case_atoms(1, 7, 40);
    for (int way = 0; way < 2; way++) {
        sw_status status = SW_ERROR_MEMORY;
        for (long allowed = 0; status != SW_OK; allowed++) {
            sw_neighbours n;
            assert_true(allowed < 200);
            sw_memory_fail_after(allowed);
            status = way == 0 ? sw_neighbours_nearest(&n, atoms, 40, NULL, NULL)
                              : sw_neighbours_within(&n, atoms, 2.0, SW_NEIGHBOURS_BY_DISTANCE,
                                                     NULL, NULL);
            sw_memory_fail_after(-1);
            assert_true(status == SW_OK || status == SW_ERROR_MEMORY);
            if (status == SW_OK)
                sw_neighbours_clear(&n);
        }
    }
    sw_atoms_destroy(atoms);
}
#endif

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(within_a_cutoff_as_by_brute_force),
        cmocka_unit_test(the_nearest_as_by_brute_force),
        cmocka_unit_test(any_number_of_threads_gives_the_same),
        cmocka_unit_test(there_and_back_are_opposite),
        cmocka_unit_test(coincident_atoms_are_neighbours_in_order),
        cmocka_unit_test(the_cutoff_is_strict),
        cmocka_unit_test(far_outliers_take_no_time),
        cmocka_unit_test(too_much_is_refused_and_few_atoms_are_fine),
#ifdef SPILLWAY_TEST_ALLOCATION
        cmocka_unit_test(every_failed_allocation_is_reported),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
