/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What atoms count as, counts along a line, and concentrations on a grid. */
#include "structure_atoms.h"

#include "structure/concentration_grid.h"
#include "structure/profile.h"

#include <math.h>
#include <stdlib.h>

static void ions_count_as_their_atoms(void **state) {
    (void)state;
    static const double types[4] = {1, 2, 0, 2};
    sw_atoms *atoms = random_atoms(4, NULL, NULL, 1);
    sw_composition composition;
    sw_error error = {0};
    assert_int_equal(sw_atoms_add_column(atoms, "ion_type", 1, true), SW_OK);
    for (size_t i = 0; i < 4; i++)
        sw_atoms_column(atoms, 0)[i] = types[i];
    assert_int_equal(sw_atoms_set_note(atoms, "ion_types", "Ni Fe2O3"), SW_OK);
    assert_int_equal(sw_composition_create(&composition, atoms, NULL), SW_OK);
    assert_int_equal(composition.counted, 11);
    assert_int_equal(composition.uncounted, 1);
    assert_int_equal(composition.element[0], 8);
    assert_int_equal(composition.found[sw_composition_find(&composition, "Fe")], 4);
    assert_int_equal(sw_composition_find(&composition, "Zr"), -1);
    sw_composition_clear(&composition);
    sw_atoms_column(atoms, 0)[1] = 3;
    assert_int_equal(sw_composition_create(&composition, atoms, &error), SW_ERROR_ARGUMENT);
    assert_string_equal(error.place, "ion_type");
    sw_atoms_destroy(atoms);
}

/* Against a plain count of every bin, in a slanted cylinder. */
static void bins_hold_what_lies_in_them(void **state) {
    (void)state;
    sw_profile_line line = {{1, 2, 3}, {0.6, 0.0, 0.8}, 4.0, 0.7};
    sw_atoms *atoms = random_atoms(3000, NULL, NULL, 5);
    sw_composition composition;
    sw_profile profile;
    for (size_t i = 0; i < 3000; i++)
        sw_atoms_elements(atoms)[i] = i % 3 == 0 ? 28 : i % 3 == 1 ? 26 : 0;
    assert_int_equal(sw_composition_create(&composition, atoms, NULL), SW_OK);
    assert_int_equal(sw_profile_create(&profile, atoms, &composition, &line, NULL), SW_OK);
    ptrdiff_t nickel = sw_composition_find(&composition, "Ni");
    assert_true(profile.bins > 10);
    for (size_t b = 0; b < profile.bins; b++) {
        double low = profile.first + (double)b * 0.7;
        size_t total = 0, found = 0;
        for (size_t i = 0; i < 3000; i++) {
            const double *at = sw_atoms_positions_const(atoms) + 3 * i;
            double s = 0.6 * (at[0] - 1) + 0.8 * (at[2] - 3);
            double square = pow(at[0] - 1, 2) + pow(at[1] - 2, 2) + pow(at[2] - 3, 2) - s * s;
            bool inside = square <= 16.0 && s >= low && s < low + 0.7;
            total += inside && i % 3 != 2;
            found += inside && i % 3 == 0;
        }
        assert_int_equal(profile.total[b], total);
        assert_int_equal(profile.count[b * profile.elements + (size_t)nickel], found);
    }
    sw_profile_clear(&profile);
    sw_composition_clear(&composition);
    sw_atoms_destroy(atoms);
}

static void bad_atoms_are_refused(void **state) {
    (void)state;
    static const size_t counts[] = {0, 1, 2, 3};
    for (size_t c = 0; c < 4; c++)
        for (int bad = 0; bad < 4; bad++) {
            sw_profile_line line = {.radius = INFINITY, .step = 5.0};
            sw_atoms *atoms = random_atoms(counts[c], NULL, NULL, 2);
            sw_composition composition;
            sw_profile profile;
            for (size_t i = 0; i < counts[c]; i++)
                sw_atoms_elements(atoms)[i] = 26;
            for (size_t i = 0; i < 3 * counts[c] && bad == 3; i++)
                sw_atoms_positions(atoms)[i] = 1.0; /* on top of each other */
            if (counts[c] > 0 && bad > 0 && bad < 3)
                sw_atoms_positions(atoms)[0] = bad == 1 ? NAN : 1e9;
            assert_int_equal(sw_composition_create(&composition, atoms, NULL), SW_OK);
            sw_profile_longest(&line, atoms);
            sw_status status = sw_profile_create(&profile, atoms, &composition, &line, NULL);
            sw_status expected = counts[c] == 0 ? SW_ERROR_ARGUMENT
                                 : bad == 1     ? SW_ERROR_NUMERIC
                                 : bad == 2 && counts[c] > 1 ? SW_ERROR_ARGUMENT
                                                             : SW_OK;
            assert_int_equal(status, expected);
            sw_profile_clear(&profile);
            sw_composition_clear(&composition);
            sw_atoms_destroy(atoms);
        }
}

/* A slab of iron in nickel: two error functions. Atoms on points of the grid get no variance from linear
 * weights, so the width is 1/48 too small; a sum over planes h = 2 A apart is h^2/24 of a second
 * derivative off its integral. With width 4 A that is (1/48 + 1/96) of x phi(x), at most 0.0076. */
static void a_slab_is_smoothed(void **state) {
    (void)state;
    static const bool periodic[3] = {true, true, true};
    for (int shear = 0; shear < 2; shear++) {
        const double cell[3][3] = {{20, 0, 0}, {4.0 * shear, 20, 0}, {0, 0, 48}};
        const double width[3] = {4, 4, 4};
        sw_atoms *atoms = random_atoms(2400, cell, periodic, 1);
        sw_composition composition;
        sw_concentration_grid grid;
        for (size_t i = 0; i < 2400; i++) {
            double *at = sw_atoms_positions(atoms) + 3 * i;
            at[2] = 2.0 * (double)(i / 100);
            at[1] = 2.0 * (double)(i / 10 % 10);
            at[0] = 2.0 * (double)(i % 10) + 0.2 * shear * at[1];
            sw_atoms_elements(atoms)[i] = at[2] >= 14.0 && at[2] < 34.0 ? 26 : 28;
        }
        assert_int_equal(sw_composition_create(&composition, atoms, NULL), SW_OK);
        uint16_t *iron;
        assert_int_equal(sw_composition_choose(&iron, &composition, "Fe", "elements", NULL), SW_OK);
        assert_int_equal(sw_concentration_grid_create(&grid, atoms, &composition, iron, 2.0, width,
                                                      NULL, NULL),
                         SW_OK);
        for (int z = 0; z < 48; z++) {
            const double at[3] = {7.3, 11.1, (double)z};
            double expected = 0.5 * (erf((z - 13.0) / (4.0 * sqrt(2.0))) -
                                     erf((z - 33.0) / (4.0 * sqrt(2.0))));
            if (!(fabs(sw_concentration_grid_at(&grid, at) - expected) < 0.008))
                fail_msg("shear %d, z %d: %g, expected %g", shear, z,
                         sw_concentration_grid_at(&grid, at), expected);
        }
        sw_concentration_grid_clear(&grid);
        free(iron);
        sw_composition_clear(&composition);
        sw_atoms_destroy(atoms);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ions_count_as_their_atoms),
        cmocka_unit_test(bins_hold_what_lies_in_them),
        cmocka_unit_test(bad_atoms_are_refused),
        cmocka_unit_test(a_slab_is_smoothed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
