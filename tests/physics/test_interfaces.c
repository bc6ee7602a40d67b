/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Known interfaces through the instruments: where the isosurface lies, and the step in the profile from it
 * (proxigram). A sharp sphere of radius R that is delocalised by s has the share
 *
 *   (erf((R - r) / q) + erf((R + r) / q)) / 2 - s / (r sqrt(2 pi)) (exp(-(R - r)^2 / q^2) - exp(-(R + r)^2 / q^2)),
 *
 * q = s sqrt(2), at the distance r from its centre: half at about R - s^2 / R.
 */
#include "crystals.h"

#include <spillway/structure.h>

static sw_measurement *measure(const char *name, const sw_atoms *atoms,
                               const char *const (*given)[2], size_t count) {
    const sw_instrument *instrument = NULL;
    sw_instrument_settings *settings;
    sw_measurement *measurement;
    sw_error error = {0};
    for (size_t i = 0; sw_structure_instrument(i) != NULL; i++)
        if (strcmp(sw_structure_instrument(i)->name, name) == 0)
            instrument = sw_structure_instrument(i);
    assert_non_null(instrument);
    const sw_content inputs[2] = {{.noun = SW_NOUN_ATOMS, .atoms = (sw_atoms *)atoms}, {0}};
    assert_int_equal(sw_measurement_create(&measurement), SW_OK);
    if (sw_instrument_settings_create(&settings, instrument, NULL, given, count, &error) != SW_OK ||
        sw_instrument_measure(measurement, inputs, settings, NULL, &error) != SW_OK)
        fail_msg("%s: %s: %s", name, error.place, error.message);
    sw_instrument_settings_destroy(settings);
    return measurement;
}

static const sw_measured *value_of(const sw_measurement *measurement, const char *name) {
    const sw_measured *value = sw_measurement_find(measurement, name);
    if (value == NULL)
        fail_msg("there is no \"%s\"", name);
    return value;
}

static void assert_near(const sw_measurement *measurement, const char *name, double expected,
                        double off) {
    double value = value_of(measurement, name)->value;
    if (!(fabs(value - expected) <= off))
        fail_msg("%s: %.10g, expected %.10g within %g", name, value, expected, off);
}

/* Points anywhere in a cube, periodic; iron inside of spheres, nickel outside, each with a chance. */
typedef struct sphere {
    double centre[3], radius;
} sphere;

static sw_atoms *alloy(size_t count, double edge, const sphere *spheres, size_t sphere_count,
                       double inside, double outside, uint64_t seed) {
    const double cell[3][3] = {{edge, 0, 0}, {0, edge, 0}, {0, 0, edge}};
    sw_random random = sw_random_create(seed, 1);
    sw_atoms *atoms;
    assert_int_equal(sw_atoms_create(&atoms, count), SW_OK);
    sw_atoms_set_cell(atoms, cell, (const bool[3]){true, true, true});
    for (size_t i = 0; i < count; i++) {
        double *at = sw_atoms_positions(atoms) + 3 * i, share = outside;
        for (int k = 0; k < 3; k++)
            at[k] = edge * sw_random_uniform(&random);
        for (size_t s = 0; s < sphere_count; s++) {
            double square = 0.0;
            for (int k = 0; k < 3; k++)
                square += pow(remainder(at[k] - spheres[s].centre[k], edge), 2);
            share = square < spheres[s].radius * spheres[s].radius ? inside : share;
        }
        sw_atoms_elements(atoms)[i] = sw_random_uniform(&random) < share ? 26 : 28;
    }
    return atoms;
}

/* Where the share is a half, A. */
static double half_level(double radius, double width) {
    double low = 1e-3, high = radius, q = width * sqrt(2.0);
    for (int turn = 0; turn < 60; turn++) {
        double r = 0.5 * (low + high);
        double share = 0.5 * (erf((radius - r) / q) + erf((radius + r) / q)) -
                       width / (r * sqrt(2.0 * 3.14159265358979)) *
                           (exp(-pow((radius - r) / q, 2)) - exp(-pow((radius + r) / q, 2)));
        low = share > 0.5 ? r : low;
        high = share > 0.5 ? high : r;
    }
    return low;
}

/* Iron on nickel, simple cubic, periodic, turned, on voxels of one or half a layer: by symmetry the surface is the plane
 * half way between the layers, and every atom's distance is known. What is left is the grid's single precision: 1e-6
 * of a step of a share, about 1e-5 A. */
static void a_plane_between_layers_is_exact(void **state) {
    (void)state;
    static const double turns[2][3][3] = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
                                          {{0.6, 0.8, 0}, {-0.48, 0.36, 0.8}, {0.64, -0.48, 0.6}}};
    for (int turn = 0; turn < 4; turn++) {
        const char *const given[][2] = {{"elements", "Fe"},
                                        {"delocalisation", "3 A"},
                                        {"voxel", turn < 2 ? "2.5 A" : "1.25 A"},
                                        {"from", "isosurface"},
                                        {"threshold", "50 %"}};
        sw_atoms *atoms = crystal_atoms(&simple_cubic, 12, 2.5, true, turns[turn % 2]);
        for (size_t i = 0; i < 1728; i++)
            sw_atoms_elements(atoms)[i] = i / 144 < 6 ? 26 : 28; /* layers along the third axis */
        sw_measurement *measurement = measure("profile", atoms, given, 5);
        const sw_atoms *found = sw_measurement_atoms(measurement);
        const double *distance =
            sw_atoms_column_const(found, (size_t)sw_atoms_find(found, "surface_distance"));
        for (size_t i = 0; i < 1728; i++) {
            double layer = (double)(i / 144), middle = layer < 6 ? 2.5 : 8.5;
            double expected = (layer < 6 ? 1.0 : -1.0) * 2.5 * (3.0 - fabs(layer - middle));
            if (!(fabs(distance[i] - expected) < 1e-5))
                fail_msg("turn %d, atom %zu: %.10g, expected %.10g", turn, i, distance[i],
                         expected);
        }
        sw_measurement_destroy(measurement);
        sw_atoms_destroy(atoms);
    }
}

/* 80 and 20 % by chance on both sides of a plane in a cluster: the levels are met, the step stands at 0, and its width
 * is what counting noise bends the surface by: 0.7 A here. Intervals widened to six standard errors. */
static void a_plane_of_an_alloy_steps_at_zero(void **state) {
    (void)state;
    static const char *const given[][2] = {
        {"elements", "Fe"},    {"delocalisation", "4 A"}, {"voxel", "2 A"}, {"from", "isosurface"},
        {"threshold", "50 %"}, {"step", "1 A"},           {"fit", "Fe"}};
    sw_atoms *atoms = alloy(30000, 80.0, NULL, 0, 0, 0.2, 3);
    sw_random random = sw_random_create(8, 1);
    sw_atoms_set_cell(atoms, NULL, NULL);
    for (size_t i = 0; i < 30000; i++)
        if (sw_atoms_positions(atoms)[3 * i + 2] > 40.0)
            sw_atoms_elements(atoms)[i] = sw_random_uniform(&random) < 0.8 ? 26 : 28;
    sw_measurement *measurement = measure("profile", atoms, given, 7);
    const sw_measured *position = value_of(measurement, "interface position");
    assert_near(measurement, "interface position", 0.0,
                3.0 * (position->high - position->low) / 2.0);
    assert_near(measurement, "interface position", 0.0, 0.3);
    assert_near(measurement, "level before", 20.0, 1.2);
    assert_near(measurement, "level after", 80.0, 1.2);
    assert_near(measurement, "interface width", 0.0, 2.563 * 1.2);
    sw_measurement_destroy(measurement);
    sw_atoms_destroy(atoms);
}

static void a_sphere_lies_where_it_must(void **state) {
    (void)state;
    static const sphere one = {{2.0, 29.0, 55.0}, 16.0}; /* across the faces of the cell */
    static const char *const given[][2] = {
        {"elements", "Fe"}, {"delocalisation", "4 A"}, {"voxel", "2 A"}, {"threshold", "50 %"},
        {"step", "1 A"},    {"from", "isosurface"},    {"fit", "Fe"}};
    sw_atoms *atoms = alloy(40000, 60.0, &one, 1, 1.0, 0.0, 5);
    const double radius = half_level(16.0, 4.0), shift = radius - 16.0;
    sw_measurement *surface = measure("isosurface", atoms, given, 4);
    assert_near(surface, "bodies", 1.0, 0.0);
    assert_near(surface, "Euler characteristic", 2.0, 0.0);
    /* the voxels make it smaller by some h^2 / 8 / R = 0.03 A, chance by 0.06 A */
    assert_near(surface, "volume", 4.0 / 3.0 * 3.14159265 * pow(radius, 3), 0.02 * 14137.0);
    assert_near(surface, "Fe inside", 100.0, 1e-9);
    sw_measurement_destroy(surface);
    sw_measurement *profile = measure("profile", atoms, given, 7);
    assert_near(profile, "interface position", shift, 0.15);
    assert_near(profile, "level before", 0.0, 0.2);
    assert_near(profile, "level after", 100.0, 0.2);
    sw_measurement_destroy(profile);
    sw_atoms_destroy(atoms);
}

/* The boundary of what a column says parts the atoms without any rest. */
static void a_column_parts_exactly(void **state) {
    (void)state;
    static const sphere one = {{25.0, 5.0, 0.0}, 14.0};
    static const char *const given[][2] = {
        {"from", "column"}, {"column", "phase"}, {"values", "3"}, {"step", "1 A"}, {"fit", "Fe"}};
    sw_atoms *atoms = alloy(20000, 50.0, &one, 1, 1.0, 0.0, 6);
    assert_int_equal(sw_atoms_add_column(atoms, "phase", 1, true), SW_OK);
    for (size_t i = 0; i < 20000; i++)
        sw_atoms_column(atoms, 0)[i] = sw_atoms_elements(atoms)[i] == 26 ? 3 : 2;
    sw_measurement *profile = measure("profile", atoms, given, 5);
    assert_near(profile, "interface position", 0.0, 0.02);
    assert_near(profile, "level before", 0.0, 1e-6);
    assert_near(profile, "level after", 100.0, 1e-6);
    assert_true(value_of(profile, "interface width")->low == 0.0);
    sw_measurement_destroy(profile);
    sw_atoms_destroy(atoms);
}

/* Two precipitates, one across the corner of the cell; what is inside has the composition that it was made with. */
static void two_precipitates_are_two_bodies(void **state) {
    (void)state;
    static const sphere two[2] = {{{0, 0, 0}, 15.0}, {{40, 38, 36}, 11.0}};
    static const char *const given[][2] = {
        {"elements", "Fe"}, {"delocalisation", "4 A"}, {"voxel", "2 A"}, {"smallest", "50"}};
    sw_atoms *atoms = alloy(48000, 80.0, two, 2, 0.9, 0.1, 7);
    sw_measurement *surface = measure("isosurface", atoms, given, 4);
    const sw_table *bodies = sw_measurement_table(surface, 0, NULL);
    assert_near(surface, "bodies", 2.0, 0.0);
    assert_near(surface, "Euler characteristic", 4.0, 0.0);
    assert_near(surface, "threshold", 50.0, 2.0);
    assert_near(surface, "border area", 0.0, 0.0);
    assert_int_equal(sw_table_rows(bodies), 2);
    for (size_t b = 0; b < 2; b++) {
        double r = half_level(two[b].radius, 4.0);
        double volume = sw_table_numbers_const(bodies, 1)[b];
        double share = sw_table_numbers_const(bodies, (size_t)sw_table_find(bodies, "Fe"))[b];
        if (!(fabs(volume / (4.0 / 3.0 * 3.14159265 * r * r * r) - 1.0) < 0.1))
            fail_msg("body %zu has %g A3", b, volume);
        for (int k = 0; k < 3; k++) {
            double off = sw_table_numbers_const(bodies, (size_t)(5 + k))[b] - two[b].centre[k];
            assert_true(fabs(remainder(off, 80.0)) < 0.6);
        }
        assert_true(fabs(share - 90.0) < 4.0);
    }
    sw_measurement_destroy(surface);
    sw_atoms_destroy(atoms);
}

/* An even alloy has no levels, and that is said. */
static void chance_is_called_chance(void **state) {
    (void)state;
    static const char *const given[][2] = {{"delocalisation", "4 A"}, {"voxel", "2 A"}};
    sw_atoms *atoms = alloy(20000, 60.0, NULL, 0, 0, 0.3, 9);
    sw_measurement *surface = measure("isosurface", atoms, given, 2);
    bool said = false;
    for (size_t i = 0; i < sw_measurement_notes(surface); i++)
        said = said || strstr(sw_measurement_note_at(surface, i), "may be chance") != NULL;
    assert_true(said);
    sw_measurement_destroy(surface);
    sw_atoms_destroy(atoms);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plane_between_layers_is_exact),
        cmocka_unit_test(a_plane_of_an_alloy_steps_at_zero),
        cmocka_unit_test(a_sphere_lies_where_it_must),
        cmocka_unit_test(a_column_parts_exactly),
        cmocka_unit_test(two_precipitates_are_two_bodies),
        cmocka_unit_test(chance_is_called_chance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
