/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What atoms count as, counts along a line, and concentrations on a grid. */
#include "structure_crystals.h"

#include "structure/concentration_grid.h"
#include "structure/profile_fill.h"

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

static sw_profile_line slanted_line(sw_cross_section section, double half) {
    sw_profile_line line = {.start = {1, 2, 3},
                            .axis = {{0.6, 0.0, 0.8}},
                            .length = INFINITY,
                            .section = section,
                            .half = half};
    sw_profile_line_set_across(&line, (const double[3]){0, 1, 0});
    return line;
}

static sw_atoms *alloy(size_t count, const double cell[3][3], const bool periodic[3]) {
    sw_atoms *atoms = random_atoms(count, cell, periodic, 5);
    for (size_t i = 0; i < count; i++)
        sw_atoms_elements(atoms)[i] = i % 3 == 0 ? 28 : i % 3 == 1 ? 26 : 0;
    return atoms;
}

/* Against a plain count of every bin, in a slanted cylinder and a slanted bar; bins that overlap too. */
static void bins_hold_what_lies_in_them(void **state) {
    (void)state;
    sw_atoms *atoms = alloy(3000, NULL, NULL);
    sw_composition composition;
    assert_int_equal(sw_composition_create(&composition, atoms, NULL), SW_OK);
    size_t nickel = (size_t)sw_composition_find(&composition, "Ni");
    for (int round = 0; round < 4; round++) {
        bool square = round % 2;
        size_t overlap = round < 2 ? 1 : 4;
        const sw_profile_options options = {0.7, overlap, -2.0, 5.0};
        sw_profile_line line = slanted_line(square ? SW_SECTION_SQUARE : SW_SECTION_CIRCLE, 3.0);
        sw_profile_points points = {0};
        sw_profile profile;
        assert_int_equal(sw_profile_line_points(&points, &line, atoms, NULL, NULL), SW_OK);
        assert_int_equal(sw_profile_create(&profile, &points, &composition, &options, NULL), SW_OK);
        assert_true(profile.bins > 9 * overlap);
        for (size_t b = 0; b < profile.bins; b++) {
            double low = profile.first + (double)b * 0.7 / (double)overlap;
            size_t total = 0, found = 0;
            for (size_t i = 0; i < 3000; i++) {
                const double *at = sw_atoms_positions_const(atoms) + 3 * i;
                double s = 0.6 * (at[0] - 1) + 0.8 * (at[2] - 3);
                double t = at[1] - 2, u = 0.6 * (at[2] - 3) - 0.8 * (at[0] - 1);
                bool inside = square ? fabs(t) <= 3 && fabs(u) <= 3 : t * t + u * u <= 9;
                inside = inside && s >= low && s < low + 0.7 && s >= -2.0 && s <= 5.0;
                total += inside && i % 3 != 2;
                found += inside && i % 3 == 0;
            }
            assert_true(fabs(sw_profile_middle(&profile, b) - low - 0.35) < 1e-12);
            assert_int_equal(sw_profile_total(&profile, b), total);
            assert_int_equal(sw_profile_count(&profile, b, nickel), found);
        }
        sw_profile_clear(&profile);
        sw_profile_points_clear(&points);
    }
    sw_composition_clear(&composition);
    sw_atoms_destroy(atoms);
}

/* A line through a triclinic cell and its images, against all images laid out one by one. */
static void images_along_a_line_count(void **state) {
    (void)state;
    static const double cell[3][3] = {{6, 0, 0}, {2.5, 7, 0}, {-1, 0.3, 5}};
    static const bool periodic[3] = {true, false, true};
    sw_atoms *atoms = alloy(60, cell, periodic);
    for (int square = 0; square < 2; square++) {
        sw_profile_line line = slanted_line(square ? SW_SECTION_SQUARE : SW_SECTION_CIRCLE, 3.3);
        sw_profile_points points = {0};
        size_t expected = 0;
        double sum = 0.0, other = 0.0, local[3];
        line.length = 31.0;
        assert_int_equal(sw_profile_line_points(&points, &line, atoms, NULL, NULL), SW_OK);
        for (int x = -30; x <= 30; x++)
            for (int z = -30; z <= 30; z++)
                for (size_t i = 0; i < 60; i++) {
                    double at[3];
                    for (int k = 0; k < 3; k++)
                        at[k] = sw_atoms_positions_const(atoms)[3 * i + (size_t)k] +
                                x * cell[0][k] + z * cell[2][k];
                    if (sw_profile_line_local(local, &line, at) && local[0] >= 0 &&
                        local[0] <= 31) {
                        expected++;
                        sum += local[0];
                    }
                }
        for (size_t p = 0; p < points.count; p++)
            other += points.distance[p];
        assert_true(expected > 100);
        assert_int_equal(points.count, expected);
        assert_true(fabs(sum - other) < 1e-9 * sum);
        sw_profile_points_clear(&points);
        line.length = 1e12;
        assert_int_equal(sw_profile_line_points(&points, &line, atoms, NULL, NULL),
                         SW_ERROR_ARGUMENT);
        sw_profile_points_clear(&points);
    }
    sw_atoms_destroy(atoms);
}

static void bad_atoms_are_refused(void **state) {
    (void)state;
    static const size_t counts[] = {0, 1, 2, 3};
    for (size_t c = 0; c < 4; c++)
        for (int bad = 0; bad < 4; bad++) {
            sw_profile_line line = {.length = INFINITY};
            const sw_profile_options options = {5.0, 1, -INFINITY, INFINITY};
            sw_atoms *atoms = random_atoms(counts[c], NULL, NULL, 2);
            sw_profile_points points = {0};
            sw_composition composition;
            sw_profile profile = {0};
            for (size_t i = 0; i < counts[c]; i++)
                sw_atoms_elements(atoms)[i] = 26;
            for (size_t i = 0; i < 3 * counts[c] && bad == 3; i++)
                sw_atoms_positions(atoms)[i] = 1.0; /* on top of each other */
            if (counts[c] > 0 && bad > 0 && bad < 3)
                sw_atoms_positions(atoms)[0] = bad == 1 ? NAN : 1e9;
            assert_int_equal(sw_composition_create(&composition, atoms, NULL), SW_OK);
            sw_profile_line_longest(&line, atoms);
            sw_profile_line_set_across(&line, NULL);
            sw_status status = sw_profile_line_points(&points, &line, atoms, NULL, NULL);
            if (status == SW_OK)
                status = sw_profile_create(&profile, &points, &composition, &options, NULL);
            sw_status expected = counts[c] == 0              ? SW_ERROR_ARGUMENT
                                 : bad == 1                  ? SW_ERROR_NUMERIC
                                 : bad == 2 && counts[c] > 1 ? SW_ERROR_ARGUMENT
                                                             : SW_OK;
            assert_int_equal(status, expected);
            sw_profile_clear(&profile);
            sw_profile_points_clear(&points);
            sw_composition_clear(&composition);
            sw_atoms_destroy(atoms);
        }
}

/* Volumes of slices of a cube of atoms: whole ones exactly, a slanted section by its plane geometry. */
static void the_solid_fills_slices(void **state) {
    (void)state;
    sw_atoms *atoms =
        fcc_atoms(4.0, 6, false, 0.0); /* its surface is a cube of 22 A, cut at edges */
    const sw_profile_options options = {2.5, 2, -INFINITY, INFINITY};
    sw_composition composition;
    sw_tetrahedra tetrahedra;
    sw_alpha_shape shape;
    assert_int_equal(sw_composition_create(&composition, atoms, NULL), SW_OK);
    assert_int_equal(sw_tetrahedra_create(&tetrahedra, atoms, 16.0, NULL, NULL), SW_OK);
    assert_int_equal(sw_alpha_shape_create(&shape, &tetrahedra, 4.0, NULL), SW_OK);
    for (int round = 0; round < 3; round++) {
        sw_profile_line line = slanted_line((sw_cross_section)round, 4.0);
        sw_profile_points points = {0};
        sw_profile profile;
        double *volume, sum = 0.0;
        for (int k = 0; k < 3; k++)
            line.start[k] = 11.0;
        assert_int_equal(sw_profile_line_points(&points, &line, atoms, NULL, NULL), SW_OK);
        assert_int_equal(sw_profile_create(&profile, &points, &composition, &options, NULL), SW_OK);
        volume = calloc(profile.parts, sizeof *volume);
        assert_int_equal(sw_profile_fill(volume, &profile, &line, &shape, NULL, NULL), SW_OK);
        for (size_t p = 0; p < profile.parts; p++)
            sum += volume[p];
        if (line.section == SW_SECTION_ALL)
            assert_true(fabs(sum / shape.volume - 1.0) < 1e-3);
        else
            for (size_t p = 0; p < profile.parts; p++) {
                double middle = profile.first + ((double)p + 0.5) * profile.part;
                if (fabs(middle) < 5.0) /* deep inside: full, so exact */
                    assert_true(fabs(volume[p] / (1.25 * sw_profile_line_area(&line)) - 1.0) <
                                1e-9);
            }
        free(volume);
        sw_profile_clear(&profile);
        sw_profile_points_clear(&points);
    }
    sw_alpha_shape_clear(&shape);
    sw_tetrahedra_clear(&tetrahedra);
    sw_composition_clear(&composition);
    sw_atoms_destroy(atoms);
}

/* A slab that is periodic along x and y: a bounded line through many images of its cell. */
static void the_solid_fills_periodic_slices(void **state) {
    (void)state;
    static const bool periodic[3] = {true, true, false};
    double cell[3][3];
    sw_atoms *atoms = fcc_atoms(4.0, 3, true, 0.0);
    assert_true(sw_atoms_cell(atoms, cell, NULL));
    sw_atoms_set_cell(atoms, (const double(*)[3])cell, periodic); /* atoms at z = 0 .. 10 */
    sw_profile_line line = {.start = {1, 2, 4.3},
                            .axis = {{0.8, 0.6, 0}},
                            .length = 59.9,
                            .section = SW_SECTION_SQUARE,
                            .half = 7.0};
    const sw_profile_options options = {4.0, 1, 0.0, 59.9};
    sw_profile_points points = {0};
    sw_composition composition;
    sw_tetrahedra tetrahedra;
    sw_alpha_shape shape;
    sw_profile profile;
    double volume[15];
    sw_profile_line_set_across(&line, (const double[3]){0, 0, 1});
    assert_int_equal(sw_composition_create(&composition, atoms, NULL), SW_OK);
    assert_int_equal(sw_tetrahedra_create(&tetrahedra, atoms, 16.0, NULL, NULL), SW_OK);
    assert_int_equal(sw_alpha_shape_create(&shape, &tetrahedra, 4.0, NULL), SW_OK);
    assert_int_equal(sw_profile_line_points(&points, &line, atoms, NULL, NULL), SW_OK);
    assert_int_equal(sw_profile_create(&profile, &points, &composition, &options, NULL), SW_OK);
    assert_int_equal(profile.parts, 15);
    assert_int_equal(sw_profile_fill(volume, &profile, &line, &shape, NULL, NULL), SW_OK);
    for (size_t p = 0; p < 15; p++) /* z = 0 .. 10 of a bar from -2.7 to 11.3 */
        if (!(fabs(volume[p] / ((p < 14 ? 4.0 : 3.9) * 14.0 * 10.0) - 1.0) < 2e-3))
            fail_msg("part %zu: %g A3", p, volume[p]);
    line.length = INFINITY;
    assert_int_equal(sw_profile_fill(volume, &profile, &line, &shape, NULL, NULL),
                     SW_ERROR_UNSUPPORTED);
    sw_alpha_shape_clear(&shape);
    sw_tetrahedra_clear(&tetrahedra);
    sw_profile_clear(&profile);
    sw_profile_points_clear(&points);
    sw_composition_clear(&composition);
    sw_atoms_destroy(atoms);
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
        assert_int_equal(
            sw_concentration_grid_create(&grid, atoms, &composition, iron, 2.0, width, NULL, NULL),
            SW_OK);
        for (int z = 0; z < 48; z++) {
            const double at[3] = {7.3, 11.1, (double)z};
            double expected =
                0.5 * (erf((z - 13.0) / (4.0 * sqrt(2.0))) - erf((z - 33.0) / (4.0 * sqrt(2.0))));
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
        cmocka_unit_test(images_along_a_line_count),
        cmocka_unit_test(bad_atoms_are_refused),
        cmocka_unit_test(the_solid_fills_slices),
        cmocka_unit_test(the_solid_fills_periodic_slices),
        cmocka_unit_test(a_slab_is_smoothed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
