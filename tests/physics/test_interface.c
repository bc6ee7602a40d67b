/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The instrument `interface` on interfaces whose area, angles and coherency follow from geometry.
 */
#include <spillway/structure.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define DEGREE 0.017453292519943295
#define A 4.0 /* lattice constant, A */

/* ---- bodies ---------------------------------------------------------------------------------- */

static sw_atoms *no_atoms(void) {
    sw_atoms *atoms;
    assert_int_equal(sw_atoms_create(&atoms, 0), SW_OK);
    assert_int_equal(sw_atoms_add_column(atoms, "body", 1, true), SW_OK);
    return atoms;
}

static void append(sw_atoms *atoms, const double place[3], int body) {
    size_t count = sw_atoms_count(atoms);
    assert_int_equal(sw_atoms_resize(atoms, count + 1), SW_OK);
    memcpy(sw_atoms_positions(atoms) + 3 * count, place, 3 * sizeof *place);
    sw_atoms_elements(atoms)[count] = 40;
    sw_atoms_column(atoms, 0)[count] = body;
}

/* Rotation by an angle about an axis (Rodrigues). */
static void rotation_about(double turn[3][3], const double axis[3], double angle) {
    double length = sqrt(axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2]);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            double cross = i == j ? 0.0 : ((j - i + 3) % 3 == 1 ? -1.0 : 1.0) * axis[3 - i - j];
            turn[i][j] = (i == j) * cos(angle) +
                         (1.0 - cos(angle)) * axis[i] * axis[j] / (length * length) +
                         sin(angle) * cross / length;
        }
}

typedef bool (*inside_function)(const double place[3], const double limits[4]);

static bool in_block(const double place[3], const double limits[4]) {
    const double half = limits[0];
    return fabs(place[0]) <= half + 1e-9 && fabs(place[1]) <= half + 1e-9 &&
           place[2] >= limits[1] - 1e-9 && place[2] < limits[2] - 1e-9;
}

static bool in_shell(const double place[3], const double limits[4]) {
    double r = sqrt(place[0] * place[0] + place[1] * place[1] + place[2] * place[2]);
    return r >= limits[0] && r < limits[1];
}

/* fcc crystal of constant a, turned about the origin, wherever `inside` says so. */
static void append_fcc(sw_atoms *atoms, double a, const double turn[3][3], inside_function inside,
                       const double limits[4], int body) {
    static const double basis[4][3] = {{0, 0, 0}, {0, .5, .5}, {.5, 0, .5}, {.5, .5, 0}};
    for (int i = 0; i < 4 * 24 * 24 * 24; i++) {
        const int cell[3] = {i / 4 % 24 - 12, i / 96 % 24 - 12, i / 2304 - 12};
        double place[3];
        for (int k = 0; k < 3; k++) {
            place[k] = 0.0;
            for (int d = 0; d < 3; d++)
                place[k] += turn[k][d] * a * (cell[d] + basis[i % 4][d]);
        }
        if (inside(place, limits))
            append(atoms, place, body);
    }
}

static const double straight[3][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};

/* n x n cells along x and y, periodic there: layers of {100} planes, a below, b above z = 0. */
static sw_atoms *slabs(double a, int cells_a, double b, int cells_b, int layers, double gap) {
    sw_atoms *atoms = no_atoms();
    const double constants[2] = {a, b};
    const int cells[2] = {cells_a, cells_b};
    for (int body = 0; body < 2; body++)
        for (int l = 0; l < layers; l++)
            for (int i = 0; i < 2 * cells[body]; i++)
                for (int j = 0; j < 2 * cells[body]; j++) {
                    double half = 0.5 * constants[body];
                    double z = body == 0 ? -half * l : gap + half * l;
                    const double place[3] = {half * i, half * j, z};
                    int parity = body == 0 ? l : l + 1;
                    if ((i + j + parity) % 2 == 0)
                        append(atoms, place, body + 1);
                }
    const double edge = a * cells_a;
    const double cell[3][3] = {{edge, 0, 0}, {0, edge, 0}, {0, 0, 200}};
    sw_atoms_set_cell(atoms, cell, (const bool[3]){true, true, false});
    return atoms;
}

/* ---- measuring ------------------------------------------------------------------------------- */

static sw_measurement *measure(const sw_atoms *atoms, const char *const (*given)[2], size_t count) {
    const sw_content input = {.noun = SW_NOUN_ATOMS, .atoms = (sw_atoms *)(uintptr_t)atoms};
    const sw_instrument *row = NULL;
    sw_instrument_settings *settings;
    sw_measurement *out;
    sw_error error = {0};
    for (size_t i = 0; (row = sw_structure_instrument(i)) != NULL; i++)
        if (strcmp(row->name, "interface") == 0)
            break;
    assert_non_null(row);
    assert_int_equal(sw_measurement_create(&out), SW_OK);
    if (sw_instrument_settings_create(&settings, row, NULL, given, count, &error) != SW_OK ||
        sw_instrument_measure(out, &input, settings, NULL, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    sw_instrument_settings_destroy(settings);
    return out;
}

static double value_of(const sw_measurement *measurement, const char *name) {
    const sw_measured *found = sw_measurement_find(measurement, name);
    if (found == NULL)
        fail_msg("no value \"%s\"", name);
    return found->value;
}

static const char *const by_body[][2] = {{"column", "body"}, {"cutoff", "3.41 A"}};

/* ---- area, coherency ------------------------------------------------------------------------- */

/* One crystal cut by a plane in thought: area L^2, every atom has its partner, bonds are exact. */
static void a_cut_through_a_crystal_is_flat_and_coherent(void **state) {
    (void)state;
    sw_atoms *atoms = slabs(A, 8, A, 8, 8, 0.5 * A);
    sw_measurement *out = measure(atoms, by_body, 2);
    double edge = 8 * A;
    /* normals are averaged over faces that zigzag: an error of second order */
    assert_true(fabs(value_of(out, "area") / (edge * edge) - 1.0) < 1e-8);
    /* faces of fcc are a^2 sqrt2 / 8, four an atom, two atoms a cell: sqrt2 L^2 */
    assert_true(fabs(value_of(out, "face area") / (sqrt(2) * edge * edge) - 1.0) < 1e-10);
    assert_true(value_of(out, "matched") == 100.0);
    assert_true(value_of(out, "coherent share") == 100.0);
    assert_true(value_of(out, "largest domain") == 128.0);
    assert_true(fabs(value_of(out, "bonds across") - 4.0) < 1e-12);
    assert_true(fabs(value_of(out, "bond length across") - A / sqrt(2)) < 1e-10);
    assert_true(value_of(out, "turn") < 1e-10 && value_of(out, "wedge") < 1e-10);
    const sw_atoms *measured = sw_measurement_atoms(out);
    const double *distance =
        sw_atoms_column_const(measured, (size_t)sw_atoms_find(measured, "interface_distance"));
    for (size_t i = 0; i < sw_atoms_count(measured); i++)
        assert_true(isnan(distance[i]) ||
                    fabs(distance[i] - (sw_atoms_positions_const(measured)[3 * i + 2] - 0.25 * A)) <
                        1e-4 * (1.0 + fabs(distance[i])));
    sw_measurement_destroy(out);
    sw_atoms_destroy(atoms);
}

/* The same as a block in free space: faces at its edge would reach far outside and are cut to what
 * an atom takes, so that the area is L^2 but for a part of the rim. */
static void outer_surfaces_do_not_add_area(void **state) {
    (void)state;
    sw_atoms *atoms = slabs(A, 8, A, 8, 8, 0.5 * A);
    sw_atoms_set_cell(atoms, NULL, NULL);
    sw_measurement *out = measure(atoms, by_body, 2);
    assert_true(fabs(value_of(out, "area") / (64 * A * A) - 1.0) < 0.05);
    sw_measurement_destroy(out);
    sw_atoms_destroy(atoms);
}

/* Skewed by a vector of the lattice and turned in space: the same numbers. */
static void neither_axes_nor_the_shape_of_the_cell_matter(void **state) {
    (void)state;
    double turn[3][3], cell[3][3], turned[3][3] = {{0}};
    bool periodic[3];
    sw_atoms *atoms = slabs(A, 8, A, 8, 8, 0.5 * A);
    rotation_about(turn, (const double[3]){3, 1, 2}, 0.9);
    assert_true(sw_atoms_cell(atoms, cell, periodic));
    for (int k = 0; k < 3; k++)
        cell[1][k] += 0.25 * cell[0][k]; /* two cells of the crystal */
    cell[2][0] = 13.0;                   /* not periodic along it */
    for (int d = 0; d < 3; d++)
        for (int k = 0; k < 3; k++)
            for (int e = 0; e < 3; e++)
                turned[d][k] += turn[k][e] * cell[d][e];
    for (size_t i = 0; i < sw_atoms_count(atoms); i++) {
        double *place = sw_atoms_positions(atoms) + 3 * i, own[3];
        memcpy(own, place, sizeof own);
        for (int k = 0; k < 3; k++)
            place[k] = turn[k][0] * own[0] + turn[k][1] * own[1] + turn[k][2] * own[2] + 1000.0;
    }
    sw_atoms_set_cell(atoms, (const double(*)[3])turned, periodic);
    sw_measurement *out = measure(atoms, by_body, 2);
    assert_true(fabs(value_of(out, "area") / (64 * A * A) - 1.0) < 1e-8);
    assert_true(value_of(out, "matched") == 100.0);
    assert_true(value_of(out, "largest domain") == 128.0);
    assert_true(fabs(value_of(out, "bond length across") - A / sqrt(2)) < 1e-10);
    assert_true(value_of(out, "turn") < 1e-10 && value_of(out, "wedge") < 1e-10);
    assert_true(fabs(value_of(out, "spacing first side") - A / sqrt(3)) < 1e-10);
    sw_measurement_destroy(out);
    sw_atoms_destroy(atoms);
}

/* 12 cells on 11 of the same edge: 121 partners for 144 atoms. */
static void a_misfit_of_one_row_in_twelve_is_semi_coherent(void **state) {
    (void)state;
    sw_atoms *atoms = slabs(11.0 / 12.0 * 4.4, 12, 4.4, 11, 6, 2.1);
    const char *const given[][2] = {{"column", "body"}, {"cutoff", "3.7 A"}};
    sw_measurement *out = measure(atoms, given, 2);
    double edge = 11 * 4.4;
    /* the zigzag of faces changes from place to place: normals err in second order */
    assert_true(fabs(value_of(out, "area") / (edge * edge) - 1.0) < 1e-5);
    assert_true(value_of(out, "semi-coherent share") == 100.0);
    assert_true(fabs(value_of(out, "matched") - 100.0 * 121.0 / 144.0) < 1e-9);
    assert_true(value_of(out, "turn") < 1e-10);
    assert_true(fabs(value_of(out, "spacing second side") / value_of(out, "spacing first side") -
                     12.0 / 11.0) < 1e-10);
    sw_measurement_destroy(out);
    sw_atoms_destroy(atoms);
}

/* Sigma 5: both crystals are periodic, turned by 36.87 degrees about the normal; nothing goes on.
 */
static sw_atoms *twist_boundary(void) {
    sw_atoms *atoms = no_atoms();
    const int n = 4; /* coincidence cells along an edge */
    const double edge = n * sqrt(10.0) * A / 2.0 * sqrt(2.0);
    for (int body = 0; body < 2; body++)
        for (int l = 0; l < 7; l++)
            for (int i = -60; i < 60; i++)
                for (int j = -60; j < 60; j++) {
                    double sign = body == 0 ? 1.0 : -1.0, half = 0.5 * A;
                    double z = body == 0 ? -half * l : half * (l + 1);
                    const double own[2] = {half * i, half * j};
                    /* the vector (2, 1), or (2, -1), of the square lattice lies along x */
                    const double place[3] = {(2 * own[0] + sign * own[1]) / sqrt(5.0),
                                             (2 * own[1] - sign * own[0]) / sqrt(5.0), z};
                    if ((i + j + l) % 2 != 0 || place[0] < -1e-6 || place[1] < -1e-6 ||
                        place[0] >= edge - 1e-6 || place[1] >= edge - 1e-6)
                        continue;
                    append(atoms, place, body + 1);
                }
    const double cell[3][3] = {{edge, 0, 0}, {0, edge, 0}, {0, 0, 200}};
    sw_atoms_set_cell(atoms, cell, (const bool[3]){true, true, false});
    return atoms;
}

/* Gaussian noise, s A along each axis. */
static void shake(sw_atoms *atoms, double s, uint64_t seed) {
    sw_random random = sw_random_create(seed, 0);
    for (size_t i = 0; i < 3 * sw_atoms_count(atoms); i++) {
        double uniform[2];
        sw_random_pair(uniform, &random);
        sw_atoms_positions(atoms)[i] +=
            s * sqrt(-2.0 * log(uniform[0])) * cos(360.0 * DEGREE * uniform[1]);
    }
}

/* 28 pm in oxide of 5.09 A are 13 pm along each axis in these crystals. */
static void noise_leaves_the_classes(void **state) {
    (void)state;
    sw_atoms *cut = slabs(A, 12, A, 12, 6, 0.5 * A);
    sw_atoms *misfit = slabs(11.0 / 12.0 * 4.4, 12, 4.4, 11, 6, 2.1);
    const char *const wide[][2] = {{"column", "body"}, {"cutoff", "3.7 A"}};
    shake(cut, 0.13, 1);
    shake(misfit, 0.13, 2);
    sw_measurement *coherent = measure(cut, by_body, 2), *semi = measure(misfit, wide, 2);
    assert_true(value_of(coherent, "coherent share") > 99.0);
    assert_true(value_of(semi, "semi-coherent share") > 99.0);
    sw_measurement_destroy(coherent);
    sw_measurement_destroy(semi);
    sw_atoms_destroy(cut);
    sw_atoms_destroy(misfit);
}

/* Takes away atoms of the second body that are nearer than `least` to one of the first. */
static void part(sw_atoms *atoms, double least) {
    size_t count = sw_atoms_count(atoms);
    uint8_t *keep = calloc(count, 1);
    const double *body = sw_atoms_column(atoms, 0), *place = sw_atoms_positions(atoms);
    assert_non_null(keep);
    for (size_t i = 0; i < count; i++) {
        keep[i] = 1;
        for (size_t j = 0; body[i] == 2.0 && keep[i] && j < count; j++)
            keep[i] = body[j] != 1.0 || pow(place[3 * i] - place[3 * j], 2) +
                                                pow(place[3 * i + 1] - place[3 * j + 1], 2) +
                                                pow(place[3 * i + 2] - place[3 * j + 2], 2) >=
                                            least * least;
    }
    sw_atoms_keep(atoms, keep);
    free(keep);
}

/* Two half crystals of 4 and 4.36 A, both turned about a random axis by a random angle. */
static sw_atoms *random_boundary(uint64_t seed) {
    static const double limits[2][4] = {{20, -10, 0, 0}, {20, 0, 10, 0}};
    sw_random random = sw_random_create(seed, 1);
    sw_atoms *atoms = no_atoms();
    for (int body = 0; body < 2; body++) {
        double axis[3], turn[3][3];
        for (int k = 0; k < 3; k++)
            axis[k] = sw_random_uniform(&random) - 0.5;
        rotation_about(turn, axis, 360.0 * DEGREE * sw_random_uniform(&random));
        append_fcc(atoms, body ? 4.36 : A, (const double(*)[3])turn, in_block, limits[body],
                   body + 1);
    }
    part(atoms, 2.3);
    return atoms;
}

/* One in twenty has a share above the standard threshold; more than 6 of 12 once in 2e6 seeds. */
static void random_boundaries_are_incoherent(void **state) {
    (void)state;
    const char *const given[][2] = {{"column", "body"}, {"cutoff", "3.6 A"}, {"repeats", "0"}};
    size_t incoherent = 0;
    double matched = 0.0;
    for (uint64_t seed = 0; seed < 12; seed++) {
        sw_atoms *atoms = random_boundary(seed);
        sw_measurement *out = measure(atoms, given, 3);
        incoherent += value_of(out, "incoherent share") > 90.0;
        matched += value_of(out, "matched") / 12.0;
        sw_measurement_destroy(out);
        sw_atoms_destroy(atoms);
    }
    assert_true(incoherent >= 6);
    assert_true(matched < 20.0);
}

static void a_twist_boundary_is_incoherent(void **state) {
    (void)state;
    sw_atoms *atoms = twist_boundary();
    double edge = 4 * sqrt(10.0) * A / 2.0 * sqrt(2.0);
    /* the crystal has its density, so the construction is periodic */
    assert_int_equal(sw_atoms_count(atoms), (size_t)lround(2 * 7 * 2 * edge * edge / (A * A)));
    sw_measurement *out = measure(atoms, by_body, 2);
    assert_true(fabs(value_of(out, "area") / (edge * edge) - 1.0) < 1e-5);
    assert_true(value_of(out, "incoherent share") == 100.0);
    assert_true(value_of(out, "matched") < 10.0);
    /* (001) planes are parallel to both */
    assert_true(value_of(out, "turn") < 1e-10);
    sw_measurement_destroy(out);
    sw_atoms_destroy(atoms);
}

/* A ball in a shell: 4 pi R^2, R half way between their atoms' surfaces. */
static void a_ball_has_the_area_of_a_sphere(void **state) {
    (void)state;
    const double ball[4] = {0, 15.0}, shell[4] = {15.0, 30.0}, pi = 3.14159265358979;
    sw_atoms *atoms = no_atoms();
    append_fcc(atoms, A, straight, in_shell, ball, 1);
    append_fcc(atoms, A, straight, in_shell, shell, 2);
    sw_measurement *out = measure(atoms, by_body, 2);
    assert_true(fabs(value_of(out, "area") / (4 * pi * 15.0 * 15.0) - 1.0) < 0.05);
    assert_true(value_of(out, "face area") > 1.15 * value_of(out, "area"));
    assert_true(value_of(out, "matched") > 75.0);
    sw_measurement_destroy(out);
    sw_atoms_destroy(atoms);
}

/* ---- angles ---------------------------------------------------------------------------------- */

/* Blocks above each other, the upper turned about an axis by an angle. */
static sw_measurement *measure_turned(const double axis[3], double angle) {
    const double low[4] = {18, -18, 0}, high[4] = {18, 0.4, 18};
    const char *const given[][2] = {
        {"column", "body"}, {"cutoff", "3.41 A"}, {"near", "15 A"}, {"repeats", "20"}};
    double turn[3][3];
    sw_atoms *atoms = no_atoms();
    rotation_about(turn, axis, angle);
    append_fcc(atoms, A, straight, in_block, low, 1);
    append_fcc(atoms, A, (const double(*)[3])turn, in_block, high, 2);
    sw_measurement *out = measure(atoms, given, 4);
    sw_atoms_destroy(atoms);
    return out;
}

static const sw_table *table_of(const sw_measurement *measurement, const char *wanted) {
    const char *name = NULL;
    const sw_table *table;
    for (size_t t = 0; (table = sw_measurement_table(measurement, t, &name)) != NULL; t++)
        if (strcmp(name, wanted) == 0)
            return table;
    fail_msg("no table \"%s\"", wanted);
    return NULL;
}

/* Tilt about x: planes across x go on unturned; those that face each other leave the angle open. */
static void a_tilt_leaves_its_wedge(void **state) {
    (void)state;
    static const double degrees[] = {0.01, 4.0, 8.0};
    for (size_t d = 0; d < 3; d++) {
        sw_measurement *out = measure_turned((const double[3]){1, 0, 0}, degrees[d] * DEGREE);
        assert_true(fabs(value_of(out, "wedge") - degrees[d]) < 1e-10);
        assert_true(value_of(out, "turn") < 1e-10);
        assert_true(fabs(value_of(out, "spacing first side") - A / 2) < 1e-10);
        const sw_measured *wedge = sw_measurement_find(out, "wedge");
        assert_true(wedge->high - wedge->low < 1e-9);
        const sw_table *patches = table_of(out, "interface-patches");
        size_t facing = (size_t)sw_table_find(patches, "facing planes");
        assert_string_equal(sw_table_text(patches, 0, facing), "(0 0 2) / (0 0 2)");
        sw_measurement_destroy(out);
    }
}

/* A turn about (1, 2, 3) moves the planes nearest to that axis least, (0 2 2): from a normal g the
 * angle is 2 asin(sin(angle / 2) sin(g, axis)), and sin^2 = 1 - 25 / 28. */
static void planes_nearest_to_the_axis_turn_least(void **state) {
    (void)state;
    for (double degrees = 2.0; degrees < 9.0; degrees += 3.0) {
        sw_measurement *out = measure_turned((const double[3]){1, 2, 3}, degrees * DEGREE);
        double expected = 2.0 * asin(sin(0.5 * degrees * DEGREE) * sqrt(3.0 / 28.0)) / DEGREE;
        double bend = value_of(out, "bend"), twist = value_of(out, "twist");
        assert_true(fabs(value_of(out, "turn") - expected) < 1e-10);
        assert_true(fabs(sqrt(bend * bend + twist * twist) - expected) < 1e-10);
        assert_true(fabs(value_of(out, "spacing second side") - A / sqrt(8.0)) < 1e-10);
        sw_measurement_destroy(out);
    }
}

/* A layer of 11 A between blocks, turned by a part of what they are; about the middle they go on
 * into each other, so that they are of one grain. Each turn is told. */
static void the_layer_between_has_its_own_planes(void **state) {
    (void)state;
    static const double lows[4][4] = {
        {14, -22, -6.3}, {22, -5.7, 0.2}, {22, 0.2, 5.7}, {14, 6.3, 22}};
    static const int bodies[4] = {1, 1, 2, 2};
    static const double degrees[4] = {0.0, 3.0, 3.0, 7.0};
    const char *const given[][2] = {{"column", "body"}, {"cutoff", "3.41 A"}, {"near", "20 A"},
                                    {"layer", "6 A"},   {"radius", "25 A"},   {"repeats", "0"}};
    sw_atoms *atoms = no_atoms();
    for (int b = 0; b < 4; b++) {
        double turn[3][3];
        rotation_about(turn, (const double[3]){1, 2, 3}, degrees[b] * DEGREE);
        append_fcc(atoms, A, (const double(*)[3])turn, in_block, lows[b], bodies[b]);
    }
    sw_measurement *out = measure(atoms, given, 6);
    const double part = sqrt(3.0 / 28.0);
    double first = 2.0 * asin(sin(1.5 * DEGREE) * part) / DEGREE;
    double second = 2.0 * asin(sin(2.0 * DEGREE) * part) / DEGREE;
    /* the smooth surface wavers by some tenths of an A, so a few of the layer's 900 atoms are of
     * the blocks; those of the blocks themselves are not mixed */
    assert_true(fabs(value_of(out, "turn to layer") - first) < 0.01);
    assert_true(fabs(value_of(out, "turn from layer") - second) < 0.01);
    assert_true(fabs(value_of(out, "turn") - 2.0 * asin(sin(3.5 * DEGREE) * part) / DEGREE) <
                1e-10);
    assert_true(fabs(value_of(out, "spacing layer") * sqrt(8.0) / A - 1.0) < 1e-3);
    sw_measurement_destroy(out);
    sw_atoms_destroy(atoms);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cut_through_a_crystal_is_flat_and_coherent),
        cmocka_unit_test(outer_surfaces_do_not_add_area),
        cmocka_unit_test(neither_axes_nor_the_shape_of_the_cell_matter),
        cmocka_unit_test(a_misfit_of_one_row_in_twelve_is_semi_coherent),
        cmocka_unit_test(noise_leaves_the_classes),
        cmocka_unit_test(random_boundaries_are_incoherent),
        cmocka_unit_test(a_twist_boundary_is_incoherent),
        cmocka_unit_test(a_ball_has_the_area_of_a_sphere),
        cmocka_unit_test(a_tilt_leaves_its_wedge),
        cmocka_unit_test(planes_nearest_to_the_axis_turn_least),
        cmocka_unit_test(the_layer_between_has_its_own_planes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
