/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Grains and mean orientations against closed forms: misorientation, size and lattice of known
 * crystals. */
#include "structure_atoms.h"

#include "base/rotation.h"
#include "structure/grains.h"
#include "structure/orientation.h"

#include <math.h>
#include <stdlib.h>

#define DEGREE 0.017453292519943295
#define EVERY (~1u & ((1u << SW_CRYSTALS) - 1))

static const double fcc_basis[4][3] = {{0, 0, 0}, {0, .5, .5}, {.5, 0, .5}, {.5, .5, 0}};

/* About the axis (1, 2, 3). */
static void turned(double q[4], double degrees) {
    const double n = sqrt(14.0), half = 0.5 * degrees * DEGREE;
    q[0] = cos(half);
    for (int k = 0; k < 3; k++)
        q[1 + k] = sin(half) * (k + 1) / n;
}

/* Appends the atoms of an fcc crystal in a box, low <= position < high, turned about the origin. */
static void append_fcc(sw_atoms *atoms, double a, const double q[4], const double low[3],
                       const double high[3], double noise, uint64_t seed) {
    double rotation[3][3];
    sw_random random = sw_random_create(seed, 2);
    sw_rotation_of_quaternion(rotation, q);
    for (int i = 0; i < 4 * 40 * 40 * 40; i++) {
        const int cell[3] = {i / 4 % 40 - 20, i / 160 % 40 - 20, i / 6400 - 20};
        double own[3], at[3];
        bool inside = true;
        for (int k = 0; k < 3; k++)
            own[k] = a * (cell[k] + fcc_basis[i % 4][k]);
        sw_rotation_apply(at, (const double(*)[3])rotation, own);
        for (int k = 0; k < 3; k++)
            inside = inside && at[k] >= low[k] - 1e-9 && at[k] < high[k] - 1e-9;
        if (!inside)
            continue;
        size_t n = sw_atoms_count(atoms);
        assert_int_equal(sw_atoms_resize(atoms, n + 1), SW_OK);
        for (size_t k = 0; k < 3; k++)
            sw_atoms_positions(atoms)[3 * n + k] =
                at[k] + noise * (2.0 * sw_random_uniform(&random) - 1.0);
    }
}

static void find(sw_crystal_grains *grains, const sw_atoms *atoms, double cutoff,
                 const sw_crystal_grain_options *options) {
    const sw_crystal_matching_options match = {
        .crystals = EVERY, .threshold = 0.1, .farthest = 0.1};
    sw_crystal_matching matching;
    sw_neighbours neighbours;
    sw_error error = {0};
    if (sw_crystal_matching_create(&matching, atoms, &match, NULL, &error) != SW_OK ||
        sw_neighbours_within(&neighbours, atoms, cutoff, SW_NEIGHBOURS_AS_FOUND, NULL, &error) !=
            SW_OK ||
        sw_crystal_grains_create(grains, &neighbours, &matching, options, NULL, &error) != SW_OK)
        fail_msg("%s", error.message);
    sw_crystal_matching_clear(&matching);
    sw_neighbours_clear(&neighbours);
}

static void misorientation_is_exact_and_knows_symmetry(void **state) {
    (void)state;
    static const double degrees[] = {1e-7, 1e-3, 1.0, 20.0};
    for (size_t d = 0; d < sizeof degrees / sizeof degrees[0]; d++) {
        double a[4], b[4], both[4];
        turned(a, 17.0);
        turned(b, degrees[d]);
        for (int c = SW_CRYSTAL_FCC; c < SW_CRYSTALS; c++) {
            const sw_crystal_template *of = sw_crystal_template_of((sw_crystal_kind)c);
            for (size_t r = 0; r < of->rotations; r++) {
                sw_quaternion_product(both, b, a);
                sw_quaternion_product(both, both, of->rotation[r]);
                double angle = sw_orientation_apart(a, both, (sw_crystal_kind)c);
                assert_true(fabs(angle - degrees[d] * DEGREE) < 1e-14);
            }
        }
    }
}

static void a_mean_orientation_is_the_middle(void **state) {
    (void)state;
    const sw_crystal_template *of = sw_crystal_template_of(SW_CRYSTAL_FCC);
    sw_orientation_mean mean = {.count = 0};
    double q[4], middle[4], found[4];
    turned(mean.reference, 40.0);
    for (int i = -3; i <= 3; i++) {
        turned(q, 40.0 + i);
        sw_quaternion_product(q, q, of->rotation[(size_t)(i + 3) * 3]);
        sw_orientation_mean_add(&mean, q, SW_CRYSTAL_FCC);
    }
    sw_orientation_mean_take(found, &mean);
    turned(middle, 40.0);
    assert_true(sw_orientation_apart(found, middle, SW_CRYSTAL_FCC) < 1e-14);
}

/* Two blocks of known orientation, lattice and size, with their surfaces; far from each other. */
static void two_blocks_are_two_grains_to_their_surfaces(void **state) {
    (void)state;
    static const double lows[2][3] = {{-12, -12, -12}, {-9, -9, 20}};
    static const double highs[2][3] = {{12, 12, 12}, {9, 9, 40}};
    static const double lattices[2] = {4.0, 4.4};
    sw_crystal_grains grains;
    double q[2][4];
    size_t of_first;
    sw_atoms *atoms;
    assert_int_equal(sw_atoms_create(&atoms, 0), SW_OK);
    turned(q[0], 10.0);
    turned(q[1], 22.0);
    append_fcc(atoms, lattices[0], q[0], lows[0], highs[0], 0.0, 1);
    of_first = sw_atoms_count(atoms);
    append_fcc(atoms, lattices[1], q[1], lows[1], highs[1], 0.0, 2);
    find(&grains, atoms, 3.7, &sw_crystal_grain_standard);
    assert_int_equal(grains.count, 2);
    for (size_t g = 0; g < 2; g++) {
        const sw_crystal_grain *grain = &grains.list[g];
        assert_true(sw_orientation_apart(grain->orientation, q[g], SW_CRYSTAL_FCC) < 1e-10);
        assert_true(fabs(grain->lattice - lattices[g]) < 1e-10);
        assert_true(grain->spread < 1e-7 && grain->distance_spread < 1e-6);
        assert_true(grain->matched < grain->atoms);
    }
    size_t in_first = 0, in_second = 0;
    for (size_t i = 0; i < grains.atoms; i++) {
        in_first += i < of_first && grains.of[i] == 0;
        in_second += i >= of_first && grains.of[i] == 1;
        assert_true(grains.of[i] == SW_NO_GRAIN || grains.of[i] == (i >= of_first));
    }
    /* all but atoms with fewer than three neighbours, at corners of the turned crystals */
    assert_true(in_first == grains.list[0].atoms && in_second == grains.list[1].atoms);
    assert_true(in_first > of_first * 99 / 100 && in_second > (grains.atoms - of_first) * 98 / 100);
    sw_crystal_grains_clear(&grains);
    sw_atoms_destroy(atoms);
}

/* A twist boundary inside a block: one grain where the tolerance is wider than the angle, two
 * below. */
static void the_tolerance_decides_what_is_one_grain(void **state) {
    (void)state;
    static const double low[2][3] = {{-14, -14, -14}, {-14, -14, 0}};
    static const double high[2][3] = {{14, 14, 0}, {14, 14, 14}};
    sw_crystal_grain_options options = sw_crystal_grain_standard;
    sw_crystal_grains grains;
    sw_atoms *atoms;
    assert_int_equal(sw_atoms_create(&atoms, 0), SW_OK);
    for (uint64_t b = 0; b < 2; b++) {
        const double half = 0.5 * 3.0 * DEGREE * (double)b;
        const double q[4] = {cos(half), 0.0, 0.0, sin(half)};
        append_fcc(atoms, 4.0, q, low[b], high[b], 0.0, b);
    }
    options.misorientation = 4.0 * DEGREE;
    find(&grains, atoms, 3.4, &options);
    assert_int_equal(grains.count, 1);
    sw_crystal_grains_clear(&grains);
    options.misorientation = 1.0 * DEGREE;
    find(&grains, atoms, 3.4, &options);
    assert_int_equal(grains.count, 2);
    double apart = sw_orientation_apart(grains.list[0].orientation, grains.list[1].orientation,
                                        SW_CRYSTAL_FCC);
    assert_true(fabs(apart - 3.0 * DEGREE) < 0.02 * DEGREE);
    sw_crystal_grains_clear(&grains);
    sw_atoms_destroy(atoms);
}

static void noise_changes_the_mean_by_its_share(void **state) {
    (void)state;
    static const double low[3] = {-14, -14, -14}, high[3] = {14, 14, 14};
    const double noise = 0.2, sigma = noise / sqrt(3.0); /* uniform */
    sw_crystal_grains grains;
    double q[4];
    sw_atoms *atoms;
    assert_int_equal(sw_atoms_create(&atoms, 0), SW_OK);
    turned(q, 31.0);
    append_fcc(atoms, 4.0, q, low, high, noise, 5);
    find(&grains, atoms, 3.4, &sw_crystal_grain_standard);
    assert_int_equal(grains.count, 1);
    assert_true((double)grains.list[0].atoms > 0.98 * (double)sw_atoms_count(atoms));
    /* rotation of n atoms about their middle: variance sigma^2 / (n * mean square arm) an axis; the
     * means of overlapping neighbourhoods keep less of it than that of single ones. Five
     * deviations. */
    double n = (double)grains.list[0].matched, arm = sqrt(2.0 / 3.0) * 2.83;
    assert_true(sw_orientation_apart(grains.list[0].orientation, q, SW_CRYSTAL_FCC) <
                5.0 * sqrt(3.0) * sigma / (arm * sqrt(n)));
    sw_crystal_grains_clear(&grains);
    sw_atoms_destroy(atoms);
}

/* Crystals whose sites mirror each other are one grain; their edges are those of their cells. */
static void crystals_of_two_sites_are_one_grain(void **state) {
    (void)state;
    static const bool everywhere[3] = {true, true, true};
    static const double hcp_basis[2][3] = {{0, 0, 0}, {1.0 / 3, 2.0 / 3, 0.5}};
    for (int diamond = 0; diamond < 2; diamond++) {
        const int sites = diamond ? 8 : 2;
        const double cells[2][3][3] = {
            {{3, 0, 0}, {-1.5, 2.598076211353316, 0}, {0, 0, 4.898979485566356}},
            {{5, 0, 0}, {0, 5, 0}, {0, 0, 5}}};
        double box[3][3];
        sw_crystal_grains grains;
        sw_atoms *atoms;
        assert_int_equal(sw_atoms_create(&atoms, (size_t)(125 * sites)), SW_OK);
        for (int i = 0; i < 125 * sites; i++) {
            const int corner[3] = {i / sites % 5, i / sites / 5 % 5, i / sites / 25};
            for (size_t d = 0; d < 3; d++)
                for (size_t k = 0; k < 3; k++) {
                    double part = diamond ? fcc_basis[i % 4][d] + (i % 8 > 3 ? 0.25 : 0.0)
                                          : hcp_basis[i % 2][d];
                    sw_atoms_positions(atoms)[3 * (size_t)i + k] +=
                        (corner[d] + part) * cells[diamond][d][k];
                }
        }
        for (int d = 0; d < 3; d++)
            for (int k = 0; k < 3; k++)
                box[d][k] = 5 * cells[diamond][d][k];
        sw_atoms_set_cell(atoms, (const double(*)[3])box, everywhere);
        find(&grains, atoms, 3.5, &sw_crystal_grain_standard);
        assert_int_equal(grains.count, 1);
        assert_int_equal(grains.list[0].atoms, 125 * sites);
        assert_int_equal(grains.list[0].matched, 125 * sites);
        assert_true(fabs(grains.list[0].lattice - (diamond ? 5.0 : 3.0)) < 1e-9);
        sw_crystal_grains_clear(&grains);
        sw_atoms_destroy(atoms);
    }
}

/* A vacancy spoils the neighbourhoods of twelve atoms; the rim gives them back. Labels keep apart.
 */
static void rims_heal_and_labels_part(void **state) {
    (void)state;
    static const double low[3] = {-10, -10, -10}, high[3] = {10, 10, 10};
    static const double q[4] = {1, 0, 0, 0};
    sw_crystal_grain_options options = sw_crystal_grain_standard;
    sw_crystal_grains grains;
    sw_atoms *atoms;
    assert_int_equal(sw_atoms_create(&atoms, 0), SW_OK);
    append_fcc(atoms, 4.0, q, low, high, 0.0, 1);
    size_t count = sw_atoms_count(atoms), middle = count;
    uint8_t *label = calloc(count, 1);
    for (size_t i = 0; i < count; i++) {
        const double *at = sw_atoms_positions(atoms) + 3 * i;
        middle = fabs(at[0]) + fabs(at[1]) + fabs(at[2]) < 1e-6 ? i : middle;
        label[i] = at[2] < -0.1 ? 1 : 2;
    }
    assert_true(middle < count);
    sw_atoms_positions(atoms)[3 * middle] = 1000.0;
    find(&grains, atoms, 3.4, &options);
    assert_int_equal(grains.count, 1);
    assert_int_equal(grains.list[0].atoms, count - 1);
    sw_crystal_grains_clear(&grains);
    options.rim_rounds = 0;
    find(&grains, atoms, 3.4, &options);
    size_t whole = grains.list[0].matched;
    assert_int_equal(grains.list[0].atoms, whole);
    assert_true(whole < count);
    sw_crystal_grains_clear(&grains);
    options.rim_rounds = 10;
    options.label = label;
    find(&grains, atoms, 3.4, &options);
    assert_int_equal(grains.count, 2);
    for (size_t i = 0; i < count; i++)
        assert_true(i == middle || grains.list[grains.of[i]].label == label[i]);
    sw_crystal_grains_clear(&grains);
    free(label);
    sw_atoms_destroy(atoms);
}

/* Half of the atoms of a layer are missing, so that no atom near it has its twelve neighbours: two
 * seeds, whose rims meet in one grain; but not where the halves are turned against each other. */
static void halves_that_meet_are_one_grain(void **state) {
    (void)state;
    static const double low[2][3] = {{-12, -12, -16}, {-12, -12, 0}};
    static const double high[2][3] = {{12, 12, 0}, {12, 12, 16}};
    for (int turn = 0; turn < 2; turn++) {
        sw_crystal_grain_options options = sw_crystal_grain_standard;
        sw_crystal_grains grains;
        sw_atoms *atoms;
        assert_int_equal(sw_atoms_create(&atoms, 0), SW_OK);
        for (uint64_t b = 0; b < 2; b++) {
            const double half = 0.5 * 10.0 * DEGREE * (double)(turn * (int)b);
            const double q[4] = {cos(half), 0.0, 0.0, sin(half)};
            append_fcc(atoms, 4.0, q, low[b], high[b], 0.0, b);
        }
        for (size_t i = sw_atoms_count(atoms), n = 0; i-- > 0;) {
            double *at = sw_atoms_positions(atoms) + 3 * i;
            if (fabs(at[2]) < 0.1 && n++ % 2 == 0)
                at[2] += 1000.0 + 50.0 * (double)n;
        }
        options.rim_rounds = 0;
        find(&grains, atoms, 3.4, &options);
        assert_int_equal(grains.count, 2);
        sw_crystal_grains_clear(&grains);
        find(&grains, atoms, 3.4, &sw_crystal_grain_standard);
        assert_int_equal(grains.count, turn == 0 ? 1 : 2);
        sw_crystal_grains_clear(&grains);
        sw_atoms_destroy(atoms);
    }
}

/* Atoms without a label of their own join by the rim rule, whatever the label of the grain. */
static void atoms_of_any_label_join_rims(void **state) {
    (void)state;
    static const double low[3] = {-10, -10, -10}, high[3] = {10, 10, 10};
    static const double q[4] = {1, 0, 0, 0};
    sw_crystal_grain_options options = sw_crystal_grain_standard;
    sw_crystal_grains grains;
    sw_atoms *atoms;
    assert_int_equal(sw_atoms_create(&atoms, 0), SW_OK);
    append_fcc(atoms, 4.0, q, low, high, 0.0, 1);
    size_t count = sw_atoms_count(atoms);
    uint8_t *label = calloc(count, 1);
    for (size_t i = 0; i < count; i++) {
        double z = sw_atoms_positions(atoms)[3 * i + 2];
        label[i] = z < -4.1 ? 1 : z > 4.1 ? 0 : SW_ANY_GRAIN;
    }
    options.label = label;
    find(&grains, atoms, 3.4, &options);
    assert_int_equal(grains.count, 1);
    assert_int_equal(grains.list[0].label, 1);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(grains.of[i] == SW_NO_GRAIN, label[i] == 0);
        assert_true(grains.rim[i] || label[i] != SW_ANY_GRAIN);
    }
    sw_crystal_grains_clear(&grains);
    free(label);
    sw_atoms_destroy(atoms);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(misorientation_is_exact_and_knows_symmetry),
        cmocka_unit_test(a_mean_orientation_is_the_middle),
        cmocka_unit_test(two_blocks_are_two_grains_to_their_surfaces),
        cmocka_unit_test(the_tolerance_decides_what_is_one_grain),
        cmocka_unit_test(noise_changes_the_mean_by_its_share),
        cmocka_unit_test(crystals_of_two_sites_are_one_grain),
        cmocka_unit_test(rims_heal_and_labels_part),
        cmocka_unit_test(halves_that_meet_are_one_grain),
        cmocka_unit_test(atoms_of_any_label_join_rims),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
