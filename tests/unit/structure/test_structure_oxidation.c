/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure_crystals.h"

#include "structure/oxidation_bayes.h"
#include "structure/oxidation_correction.h"

static void perfect_crystals(void **state) {
    (void)state;
    for (int c = 0; c < 8; c++) {
        bool oxide = c % 2, periodic = c / 2 % 2;
        const double a = oxide ? 5.09 : 4.666;
        sw_oxidation_options options = sw_oxidation_options_default();
        sw_oxidation oxidation;
        sw_atoms *atoms = fcc_atoms(a, 4, periodic, 0.29 * (c / 4));
        options.element = 40;
        assert_int_equal(sw_oxidation_create(&oxidation, atoms, &options, NULL, NULL), SW_OK);
        assert_int_equal(oxidation.count, 256);
        if (periodic) {
            assert_int_equal(oxidation.bulk, 256);
            assert_int_equal(oxidation.sites, oxide ? 512 : 0);
        } else {
            assert_true(oxidation.bulk > 0 && oxidation.bulk < 256);
            assert_true(oxidation.surface_degree < (oxide ? 1.0 : 1e-12));
        }
        assert_true(oxidation.bulk_degree == (oxide ? 1.0 : 0.0));
        assert_true(oxidation.bulk_fraction == (oxide ? 1.0 : 0.0));
        for (size_t i = 0; i < oxidation.count; i++) {
            if (oxidation.surface[i])
                continue;
            assert_true(sw_oxidation_degree(&oxidation, i) == (oxide ? 1.0 : 0.0));
            assert_true(sw_oxidation_fraction(&oxidation, i) == (oxide ? 1.0 : 0.0));
            assert_int_equal(oxidation.regular[i], 8);
        }
        sw_oxidation_clear(&oxidation);
        sw_atoms_destroy(atoms);
    }
}

/* A block cut along cube faces: its outermost layer, not what is more than half a cell inside. */
static void surface_atoms_are_counted_apart(void **state) {
    (void)state;
    sw_atoms *atoms = fcc_atoms(5.09, 3, false, 0.0);
    sw_oxidation_options options = sw_oxidation_options_default();
    sw_oxidation oxidation;
    assert_int_equal(sw_oxidation_create(&oxidation, atoms, &options, NULL, NULL), SW_OK);
    for (size_t i = 0; i < oxidation.count; i++) {
        const double *at = sw_atoms_positions(atoms) + 3 * i;
        bool low = at[0] < 0.1 || at[1] < 0.1 || at[2] < 0.1;
        if (low)
            assert_true(oxidation.surface[i]);
        bool deep = true;
        for (int k = 0; k < 3; k++)
            deep = deep && at[k] > 2.6 && at[k] < 10.2;
        if (deep)
            assert_false(oxidation.surface[i]);
    }
    sw_oxidation_clear(&oxidation);
    sw_atoms_destroy(atoms);
}

static void single_tetrahedra(void **state) {
    (void)state;
    const double regular[4][3] = {{1, 1, 1}, {1, -1, -1}, {-1, 1, -1}, {-1, -1, 1}};
    const double quarter[4][3] = {{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    assert_true(fabs(sw_tetrahedron_distortion(regular)) < 1e-12);
    assert_true(fabs(sw_tetrahedron_distortion(quarter) - 0.323) < 1e-3);
    assert_true(fabs(sw_tetrahedron_distortion(quarter) - (6 * sqrt(2) / (5 + sqrt(2)) - 1)) <
                1e-12);
}

static void few_atoms_and_bad_options(void **state) {
    (void)state;
    sw_oxidation_options options = sw_oxidation_options_default();
    sw_oxidation oxidation;
    sw_error error = {0};
    for (size_t count = 0; count < 4; count++) {
        sw_atoms *atoms = random_atoms(count, NULL, NULL, 4);
        assert_int_equal(sw_oxidation_create(&oxidation, atoms, &options, NULL, NULL), SW_OK);
        assert_int_equal(oxidation.bulk, 0);
        assert_true(isnan(oxidation.bulk_degree));
        sw_oxidation_clear(&oxidation);
        sw_atoms_destroy(atoms);
    }
    sw_atoms *atoms = random_atoms(9, NULL, NULL, 4);
    options.element = 40;
    assert_int_equal(sw_oxidation_create(&oxidation, atoms, &options, NULL, &error),
                     SW_ERROR_NOT_FOUND);
    options.element = 0;
    options.volume = NAN;
    assert_int_equal(sw_oxidation_create(&oxidation, atoms, &options, NULL, &error),
                     SW_ERROR_ARGUMENT);
    sw_atoms_destroy(atoms);
}

/* An isolated tetrahedron at 28 pm, Zr-Zr of the fcc core and of the oxide: 19 and 92 % are filled.
 */
static void verdicts_of_one_tetrahedron(void **state) {
    (void)state;
    const double unit[4][3] = {{1, 1, 1}, {1, -1, -1}, {-1, 1, -1}, {-1, -1, 1}};
    const double edges[2] = {4.666 * sqrt(0.5), 5.09 * sqrt(0.5)}, expected[2] = {0.19, 0.92};
    sw_oxidation_options options = sw_oxidation_options_default();
    for (int e = 0; e < 2; e++) {
        double corner[4][3];
        for (int i = 0; i < 12; i++)
            corner[i / 3][i % 3] = unit[i / 3][i % 3] * edges[e] / sqrt(8.0);
        const double(*at)[3] = (const double(*)[3])corner;
        assert_true(sw_oxidation_verdict(at, &options, 0.0, 3, 1, 1) == e);
        double filled = sw_oxidation_verdict(at, &options, 0.28, 100000, 1, 1);
        assert_true(fabs(filled - expected[e]) <
                    0.005 + 5.0 * sqrt(0.25 / 100000)); /* 5 deviations */
    }
}

static sw_atoms *noisy_crystal(double a, double precision) {
    sw_random random = sw_random_create(3, 3);
    sw_atoms *atoms = fcc_atoms(a, 4, true, 0.2);
    for (size_t i = 0; i < 3 * sw_atoms_count(atoms); i++) {
        double u[2];
        sw_random_pair(u, &random);
        sw_atoms_positions(atoms)[i] +=
            precision / sqrt(3.0) * sqrt(-2.0 * log(u[0])) * cos(2.0 * M_PI * u[1]);
    }
    return atoms;
}

/* Bayes: five of the deviations that the header gives. SIMEX helps where the bias is large; in the
 * oxide it need not. */
static void corrections_of_crystals(void **state) {
    (void)state;
    const double within[4] = {0.0011, 0.0047, 0.04, 0.066};
    for (int c = 0; c < 4; c++) {
        double truth = c % 2, precision = c < 2 ? 0.12 : 0.28, mean[3] = {0};
        sw_oxidation_options options = sw_oxidation_options_default();
        sw_correction_options how = sw_correction_options_default(precision);
        sw_oxidation oxidation;
        sw_oxidation_correction correction;
        sw_atoms *atoms = noisy_crystal(c % 2 ? 5.09 : 4.666, precision);
        how.repeats = 2;
        assert_int_equal(sw_oxidation_create(&oxidation, atoms, &options, NULL, NULL), SW_OK);
        assert_int_equal(
            sw_oxidation_correct(&correction, &oxidation, atoms, &options, &how, NULL, NULL),
            SW_OK);
        double bias = fabs(oxidation.bulk_degree - truth);
        assert_true(fabs(correction.bayes_degree.value - truth) <= within[c]);
        if (c >= 2)
            assert_true(fabs(correction.bayes_degree.value - truth) < 0.2 * bias);
        if (c == 2)
            assert_true(fabs(correction.simex_degree.value - truth) < bias);
        for (size_t i = 0; i < correction.count; i++) {
            mean[0] += correction.bayes[i] / (double)correction.count;
            mean[1] += correction.simex[i] / (double)correction.count;
            mean[2] += correction.verdict[i] / (double)correction.count;
        }
        assert_true(fabs(mean[0] - correction.bayes_degree.value) < 1e-9);
        assert_true(fabs(mean[1] - correction.simex_degree.value) < 1e-9);
        assert_true(fabs(mean[2] - oxidation.bulk_degree - correction.verdict_bias) < 1e-9);
        sw_oxidation_correction_clear(&correction);
        sw_oxidation_clear(&oxidation);
        sw_atoms_destroy(atoms);
    }
}

/* Without noise nothing is to be corrected; threads change nothing; bad options are refused. */
static void corrections_of_nothing(void **state) {
    (void)state;
    sw_oxidation_options options = sw_oxidation_options_default();
    sw_correction_options how = sw_correction_options_default(0.0);
    sw_oxidation oxidation;
    sw_oxidation_correction one, three;
    sw_context *context;
    sw_error error = {0};
    sw_atoms *atoms = fcc_atoms(5.09, 4, false, 0.2);
    assert_int_equal(sw_context_create(&context), SW_OK);
    assert_int_equal(sw_oxidation_create(&oxidation, atoms, &options, NULL, NULL), SW_OK);
    how.repeats = 2;
    assert_int_equal(sw_oxidation_correct(&one, &oxidation, atoms, &options, &how, NULL, NULL),
                     SW_OK);
    assert_true(fabs(one.simex_degree.value - 1.0) < 1e-9);
    assert_true(one.verdict_bias == 0.0 && one.verdict_spread == 0.0);
    sw_oxidation_correction_clear(&one);
    how.precision = 0.2;
    sw_context_set_threads(context, 3);
    assert_int_equal(sw_oxidation_correct(&one, &oxidation, atoms, &options, &how, NULL, NULL),
                     SW_OK);
    assert_int_equal(sw_oxidation_correct(&three, &oxidation, atoms, &options, &how, context, NULL),
                     SW_OK);
    assert_memory_equal(one.bayes, three.bayes, one.count * sizeof *one.bayes);
    assert_memory_equal(one.simex, three.simex, one.count * sizeof *one.simex);
    assert_memory_equal(one.verdict, three.verdict, one.count * sizeof *one.verdict);
    assert_memory_equal(&one.simex_degree, &three.simex_degree, sizeof one.simex_degree);
    sw_oxidation_correction_clear(&one);
    sw_oxidation_correction_clear(&three);
    how.precision = NAN;
    assert_int_equal(sw_oxidation_correct(&one, &oxidation, atoms, &options, &how, NULL, &error),
                     SW_ERROR_ARGUMENT);
    how.precision = 0.1;
    remove_atom(atoms, 0);
    assert_int_equal(sw_oxidation_correct(&one, &oxidation, atoms, &options, &how, NULL, &error),
                     SW_ERROR_ARGUMENT);
    sw_oxidation_clear(&oxidation);
    sw_context_destroy(context);
    sw_atoms_destroy(atoms);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(perfect_crystals),
        cmocka_unit_test(surface_atoms_are_counted_apart),
        cmocka_unit_test(single_tetrahedra),
        cmocka_unit_test(few_atoms_and_bad_options),
        cmocka_unit_test(verdicts_of_one_tetrahedron),
        cmocka_unit_test(corrections_of_crystals),
        cmocka_unit_test(corrections_of_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
