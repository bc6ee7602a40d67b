/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure_crystals.h"

#include "structure/oxidation_correction.h"
#include "structure/oxidation_shapes.h"

static sw_status oxidation_of(sw_oxidation *oxidation, const sw_atoms *atoms,
                              const sw_oxidation_options *options, sw_error *error) {
    sw_tetrahedra tetrahedra;
    sw_status status = sw_oxidation_tetrahedra(&tetrahedra, atoms, options, NULL, error);
    if (status == SW_OK)
        status = sw_oxidation_create(oxidation, &tetrahedra, options, error);
    sw_tetrahedra_clear(&tetrahedra);
    return status;
}

static sw_status correction_of(sw_oxidation_correction *correction, const sw_oxidation *oxidation,
                               const sw_atoms *atoms, const sw_oxidation_options *options,
                               const sw_correction_options *how, sw_context *context,
                               sw_error *error) {
    sw_tetrahedra tetrahedra;
    sw_status status = sw_oxidation_tetrahedra(&tetrahedra, atoms, options, NULL, error);
    if (status == SW_OK)
        status = sw_oxidation_correct(correction, oxidation, &tetrahedra, atoms, options, how,
                                      context, error);
    sw_tetrahedra_clear(&tetrahedra);
    return status;
}

static void perfect_crystals(void **state) {
    (void)state;
    for (int c = 0; c < 8; c++) {
        bool oxide = c % 2, periodic = c / 2 % 2;
        const double a = oxide ? 5.09 : 4.666;
        sw_oxidation_options options = sw_oxidation_options_default();
        sw_oxidation oxidation;
        sw_atoms *atoms = fcc_atoms(a, 4, periodic, 0.29 * (c / 4));
        assert_int_equal(oxidation_of(&oxidation, atoms, &options, NULL), SW_OK);
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
            assert_int_equal(oxidation.sites_around[i], 8);
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
    assert_int_equal(oxidation_of(&oxidation, atoms, &options, NULL), SW_OK);
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

/* The square around an octahedron's waist is flat and hardly distorted: a site only as printed. */
static void slivers_are_no_sites(void **state) {
    (void)state;
    sw_oxidation_options options = sw_oxidation_options_default();
    const double distortion = 6.0 * sqrt(2.0) / (4.0 + 2.0 * sqrt(2.0)) - 1.0;
    assert_true(fabs(distortion - 0.2426) < 1e-4);
    assert_false(sw_oxidation_is_site(&options, 0.05, distortion));
    assert_true(sw_oxidation_is_site(&options, 4.23, 0.0));
    assert_false(sw_oxidation_holds(&options, 4.23, 0.0));
    assert_true(sw_oxidation_holds(&options, 5.49, 0.0));
    options.sliver = 0.0;
    assert_true(sw_oxidation_is_site(&options, 0.0, distortion));
}

static void few_atoms_and_bad_options(void **state) {
    (void)state;
    sw_oxidation_options options = sw_oxidation_options_default();
    sw_oxidation oxidation;
    sw_error error = {0};
    for (size_t count = 0; count < 4; count++) {
        sw_atoms *atoms = random_atoms(count, NULL, NULL, 4);
        assert_int_equal(oxidation_of(&oxidation, atoms, &options, NULL), SW_OK);
        assert_int_equal(oxidation.bulk, 0);
        assert_true(isnan(oxidation.bulk_degree));
        sw_oxidation_clear(&oxidation);
        sw_atoms_destroy(atoms);
    }
    sw_atoms *atoms = random_atoms(9, NULL, NULL, 4);
    options.volume = NAN;
    assert_int_equal(oxidation_of(&oxidation, atoms, &options, &error), SW_ERROR_ARGUMENT);
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

/* Bayes: five of the deviations that the header gives. SIMEX helps where the bias is large. */
static void corrections_of_crystals(void **state) {
    (void)state;
    const double within[4] = {0.006, 0.009, 0.064, 0.041};
    for (int c = 0; c < 4; c++) {
        double truth = c % 2, precision = c < 2 ? 0.12 : 0.28, mean[3] = {0};
        sw_oxidation_options options = sw_oxidation_options_default();
        sw_correction_options how = sw_correction_options_default(precision);
        sw_oxidation oxidation;
        sw_oxidation_correction correction;
        sw_atoms *atoms = noisy_crystal(c % 2 ? 5.09 : 4.666, precision);
        how.repeats = 2;
        assert_int_equal(oxidation_of(&oxidation, atoms, &options, NULL), SW_OK);
        assert_int_equal(correction_of(&correction, &oxidation, atoms, &options, &how, NULL, NULL),
                         SW_OK);
        double bias = fabs(oxidation.bulk_degree - truth);
        assert_true(fabs(correction.bayes.bulk_degree.value - truth) <= within[c]);
        if (c >= 2)
            assert_true(fabs(correction.bayes.bulk_degree.value - truth) < 0.2 * bias);
        if (c < 2)
            assert_true(correction.bayes.bulk_fraction.low <= truth &&
                        correction.bayes.bulk_fraction.high >= truth &&
                        correction.simex.bulk_fraction.low <= truth &&
                        correction.simex.bulk_fraction.high >= truth - 1e-12);
        if (c == 2)
            assert_true(fabs(correction.simex.bulk_degree.value - truth) < bias);
        for (size_t i = 0; i < correction.bayes.count; i++) {
            mean[0] += correction.bayes.degree[i] / (double)correction.bayes.count;
            mean[1] += correction.simex.degree[i] / (double)correction.bayes.count;
            mean[2] += correction.verdict[i] / (double)correction.bayes.count;
        }
        assert_true(fabs(mean[0] - correction.bayes.bulk_degree.value) < 1e-9);
        assert_true(fabs(fmax(mean[1], 0.0) - correction.simex.bulk_degree.value) < 1e-9);
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
    assert_int_equal(oxidation_of(&oxidation, atoms, &options, NULL), SW_OK);
    how.repeats = 2;
    assert_int_equal(correction_of(&one, &oxidation, atoms, &options, &how, NULL, NULL), SW_OK);
    assert_true(fabs(one.simex.bulk_degree.value - 1.0) < 1e-9);
    assert_true(one.verdict_bias == 0.0 && one.verdict_spread == 0.0);
    sw_oxidation_correction_clear(&one);
    how.precision = 0.2;
    sw_context_set_threads(context, 3);
    assert_int_equal(correction_of(&one, &oxidation, atoms, &options, &how, NULL, NULL), SW_OK);
    assert_int_equal(correction_of(&three, &oxidation, atoms, &options, &how, context, NULL),
                     SW_OK);
    assert_memory_equal(one.bayes.degree, three.bayes.degree,
                        one.bayes.count * sizeof *one.bayes.degree);
    assert_memory_equal(one.simex.degree, three.simex.degree,
                        one.simex.count * sizeof *one.simex.degree);
    assert_memory_equal(one.verdict, three.verdict, one.bayes.count * sizeof *one.verdict);
    assert_memory_equal(&one.simex.bulk_degree, &three.simex.bulk_degree,
                        sizeof one.simex.bulk_degree);
    sw_oxidation_correction_clear(&one);
    sw_oxidation_correction_clear(&three);
    how.precision = NAN;
    assert_int_equal(correction_of(&one, &oxidation, atoms, &options, &how, NULL, &error),
                     SW_ERROR_ARGUMENT);
    how.precision = 0.1;
    remove_atom(atoms, 0);
    assert_int_equal(correction_of(&one, &oxidation, atoms, &options, &how, NULL, &error),
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
        cmocka_unit_test(slivers_are_no_sites),
        cmocka_unit_test(few_atoms_and_bad_options),
        cmocka_unit_test(verdicts_of_one_tetrahedron),
        cmocka_unit_test(corrections_of_crystals),
        cmocka_unit_test(corrections_of_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
