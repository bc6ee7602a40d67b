/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure_crystals.h"

#include "structure/oxidation.h"

static void perfect_crystals(void **state) {
    (void)state;
    for (int c = 0; c < 16; c++) {
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
    assert_true(fabs(sw_tetrahedron_distortion(quarter) - (6 * sqrt(2) / (5 + sqrt(2)) - 1)) < 1e-12);
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(perfect_crystals),
        cmocka_unit_test(surface_atoms_are_counted_apart),
        cmocka_unit_test(single_tetrahedra),
        cmocka_unit_test(few_atoms_and_bad_options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
