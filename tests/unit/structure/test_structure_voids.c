/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure_crystals.h"

#include "structure/voids.h"

#include <string.h>

static const double constants[2] = {5.09, 4.666};

/* Takes `missing` neighbouring atoms out of the middle; *centre is where they were. */
static sw_atoms *with_vacancies(double a, int missing, bool periodic, double angle,
                                double centre[3]) {
    sw_atoms *atoms = fcc_atoms(a, 5, periodic, angle);
    double middle[3] = {0};
    for (size_t i = 0; i < sw_atoms_count(atoms); i++)
        for (size_t k = 0; k < 3; k++)
            middle[k] += sw_atoms_positions(atoms)[3 * i + k] / (double)sw_atoms_count(atoms);
    memset(centre, 0, 3 * sizeof *centre);
    for (int m = 0; m < missing; m++) {
        size_t atom = nearest_atom(atoms, middle);
        for (size_t k = 0; k < 3; k++) {
            middle[k] = sw_atoms_positions(atoms)[3 * atom + k];
            centre[k] += middle[k] / missing;
        }
        remove_atom(atoms, atom);
    }
    return atoms;
}

static void vacancies_in_perfect_crystals(void **state) {
    (void)state;
    for (int c = 0; c < 16; c++) {
        double a = constants[c % 2], angle = 0.41 * (c / 8), centre[3];
        int missing = 1 + c / 2 % 2;
        sw_void_options options = sw_void_options_default();
        options.missing = 0.0;
        options.repeats = 2;
        options.element = 40;
        sw_atoms *atoms = with_vacancies(a, missing, c / 4 % 2, angle, centre);
        sw_voids voids;
        assert_int_equal(sw_voids_create(&voids, atoms, &options, NULL, NULL), SW_OK);
        double volume = a * a * a * (missing == 1 ? 5.0 / 6.0 : 3.0 / 2.0);
        assert_int_equal(voids.count, 1);
        assert_true(fabs(voids.item[0].volume - volume) < 1e-10 * volume);
        for (int k = 0; k < 3; k++)
            assert_true(fabs(voids.item[0].centre[k] - centre[k]) < 1e-9);
        if (missing == 1)
            assert_true(fabs(voids.item[0].radius - a * sqrt(0.5)) < 1e-10);
        size_t at = 0; /* 12 neighbours; two vacancies share 4, and are no atoms themselves */
        for (size_t i = 0; i < voids.atoms; i++) {
            assert_true(voids.at_atom[i] == 0.0 || voids.at_atom[i] == voids.item[0].volume);
            at += voids.at_atom[i] > 0.0;
        }
        assert_int_equal(at, missing == 1 ? 12 : 18);
        assert_int_equal(voids.item[0].size,
                         volume < 125.0 ? SW_VOID_VACANCY : SW_VOID_NANOPORE);
        assert_true(fabs(voids.porosity * voids.solid_volume - volume) < 1e-9);
        if (c / 4 % 2)
            assert_true(fabs(voids.solid_volume - 125.0 * a * a * a) < 1e-7);
        assert_true(voids.control.count[voids.item[0].size].mean == 1.0);
        assert_true(voids.control.porosity.deviation == 0.0);
        sw_voids_clear(&voids);
        sw_atoms_destroy(atoms);
    }
}

/* Missing atoms alone make as many voids as are removed, less those that touch; the control finds what planting
 * by hand finds, with any number of threads. */
static void the_control_finds_missing_atoms(void **state) {
    (void)state;
    sw_atoms *atoms = fcc_atoms(5.09, 8, true, 0.0);
    sw_context *context;
    sw_voids voids, again;
    sw_void_options options = sw_void_options_default();
    options.missing = 0.01;
    options.repeats = 4;
    assert_int_equal(sw_context_create(&context), SW_OK);
    assert_int_equal(sw_voids_create(&voids, atoms, &options, NULL, NULL), SW_OK);
    assert_int_equal(voids.count, 0);
    assert_true(voids.porosity == 0.0);
    const sw_void_control *control = &voids.control;
    assert_int_equal(control->removed, 20);
    double found = 0.0;
    for (int s = 0; s < SW_VOID_SIZES; s++)
        found += control->count[s].mean;
    assert_true(found > 15.0 && found <= 20.0);
    assert_true(control->count[SW_VOID_VACANCY].mean > 12.0);
    assert_true(control->count[SW_VOID_VACANCY].deviation > 0.0);
    double full = 20.0 * 5.0 / 6.0 / 512.0; /* were all apart */
    assert_true(control->porosity.mean < full + 1e-9 && control->porosity.mean > 0.9 * full);
    sw_context_set_threads(context, 3);
    assert_int_equal(sw_voids_create(&again, atoms, &options, context, NULL), SW_OK);
    assert_memory_equal(&voids.control, &again.control, sizeof voids.control);
    sw_voids_clear(&voids);
    sw_voids_clear(&again);
    sw_context_destroy(context);
    sw_atoms_destroy(atoms);
}

/* A hole wider than alpha is outside of the alpha shape; as a cavity it counts. */
static void wide_holes(void **state) {
    (void)state;
    sw_atoms *atoms = fcc_atoms(5.09, 10, false, 0.3);
    double middle[3] = {0};
    size_t count = sw_atoms_count(atoms);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < 3; k++)
            middle[k] += sw_atoms_positions(atoms)[3 * i + k] / (double)count;
    for (size_t i = sw_atoms_count(atoms); i-- > 0;) {
        double square = 0.0;
        for (size_t k = 0; k < 3; k++)
            square += pow(sw_atoms_positions(atoms)[3 * i + k] - middle[k], 2);
        if (square < 100.0)
            remove_atom(atoms, i);
    }
    sw_void_options options = sw_void_options_default();
    sw_voids open, closed;
    options.missing = 0.0;
    options.repeats = 2;
    assert_int_equal(sw_voids_create(&open, atoms, &options, NULL, NULL), SW_OK);
    options.cavities = true;
    assert_int_equal(sw_voids_create(&closed, atoms, &options, NULL, NULL), SW_OK);
    assert_int_equal(closed.count, 1);
    assert_true(closed.item[0].volume > 4000.0 && closed.item[0].radius > 9.0);
    assert_true(open.porosity * open.solid_volume < 0.5 * closed.item[0].volume);
    sw_voids_clear(&open);
    sw_voids_clear(&closed);
    sw_atoms_destroy(atoms);
}

static void options_out_of_range(void **state) {
    (void)state;
    sw_voids voids;
    sw_error error = {0};
    sw_atoms *atoms = random_atoms(3, NULL, NULL, 1);
    sw_void_options options = sw_void_options_default();
    assert_int_equal(sw_voids_create(&voids, atoms, &options, NULL, &error), SW_OK);
    assert_int_equal(voids.count, 0);
    sw_voids_clear(&voids);
    options.element = 26;
    assert_int_equal(sw_voids_create(&voids, atoms, &options, NULL, &error), SW_ERROR_NOT_FOUND);
    options.element = 0;
    options.missing = 1.0;
    assert_int_equal(sw_voids_create(&voids, atoms, &options, NULL, &error), SW_ERROR_ARGUMENT);
    options = sw_void_options_default();
    options.alpha = NAN;
    assert_int_equal(sw_voids_create(&voids, atoms, &options, NULL, &error), SW_ERROR_ARGUMENT);
    sw_atoms_destroy(atoms);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vacancies_in_perfect_crystals),
        cmocka_unit_test(the_control_finds_missing_atoms),
        cmocka_unit_test(wide_holes),
        cmocka_unit_test(options_out_of_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
