/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure_atoms.h"

#include "structure/alpha_shape.h"
#include "structure/shell_volume.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Simple cubic places of a cube (n + 1)^3, 1 A apart, without those that `keep` refuses. */
static sw_atoms *cubic_atoms(int n, bool (*keep)(int x, int y, int z)) {
    sw_atoms *atoms;
    size_t count = 0;
    assert_int_equal(sw_atoms_create(&atoms, (size_t)((n + 1) * (n + 1) * (n + 1))), SW_OK);
    for (int x = 0; x <= n; x++)
        for (int y = 0; y <= n; y++)
            for (int z = 0; z <= n; z++)
                if (!keep || keep(x, y, z)) {
                    double *at = sw_atoms_positions(atoms) + 3 * count++;
                    at[0] = x;
                    at[1] = y;
                    at[2] = z;
                }
    assert_int_equal(sw_atoms_resize(atoms, count), SW_OK);
    return atoms;
}

static void shape_of(sw_alpha_shape *shape, sw_tetrahedra *tetrahedra, const sw_atoms *atoms,
                     double alpha) {
    assert_int_equal(sw_tetrahedra_create(tetrahedra, atoms, SW_ALPHA_MARGIN * alpha, NULL, NULL),
                     SW_OK);
    assert_int_equal(sw_alpha_shape_create(shape, tetrahedra, alpha, NULL), SW_OK);
}

static void clear(sw_alpha_shape *shape, sw_tetrahedra *tetrahedra, sw_atoms *atoms) {
    sw_alpha_shape_clear(shape);
    sw_tetrahedra_clear(tetrahedra);
    sw_atoms_destroy(atoms);
}

/* The divergence theorem: what outward triangles enclose. */
static double enclosed(const sw_alpha_shape *shape) {
    double sum = 0.0;
    for (size_t i = 0; i < shape->triangles; i++) {
        const double(*c)[3] = shape->tree.triangle[i].corner;
        sum += c[0][0] * (c[1][1] * c[2][2] - c[1][2] * c[2][1]) +
               c[0][1] * (c[1][2] * c[2][0] - c[1][0] * c[2][2]) +
               c[0][2] * (c[1][0] * c[2][1] - c[1][1] * c[2][0]);
    }
    return sum / 6.0;
}

static void a_cube(void **state) {
    (void)state;
    enum { N = 6, COUNT = (N + 1) * (N + 1) * (N + 1) };
    sw_alpha_shape shape;
    sw_tetrahedra tetrahedra;
    sw_atoms *atoms = cubic_atoms(N, NULL);
    double depth[COUNT];
    shape_of(&shape, &tetrahedra, atoms, 0.9);
    assert_true(fabs(shape.volume - N * N * N) < 1e-10);
    assert_true(fabs(shape.area - 6 * N * N) < 1e-10);
    assert_true(fabs(enclosed(&shape) - shape.volume) < 1e-10);
    assert_int_equal(shape.triangles, 2 * 6 * N * N);
    assert_true(shape.closed);
    assert_int_equal(shape.solids, 1);
    assert_int_equal(shape.cavities, 0);
    assert_int_equal(sw_alpha_shape_depths(depth, &shape, NULL, NULL), SW_OK);
    for (int i = 0; i < COUNT; i++) {
        const double *at = sw_atoms_positions(atoms) + 3 * i;
        double expected = N;
        for (int k = 0; k < 3; k++)
            expected = fmin(expected, fmin(at[k], N - at[k]));
        assert_true(fabs(depth[i] - expected) < 1e-12);
    }
    clear(&shape, &tetrahedra, atoms);
}

/* Two bricks with nothing between them; a hollow of 27 missing atoms in the first. Of the 64 unit cubes that
 * lack atoms the 8 at corners keep 5/6 (seven atoms of one sphere) and the 24 at edges half. */
static bool hollow(int x, int y, int z) {
    bool inside = x >= 3 && x <= 5 && y >= 3 && y <= 5 && z >= 3 && z <= 5;
    return !inside && z != 9 && z != 10;
}

static void pieces_and_cavities(void **state) {
    (void)state;
    sw_alpha_shape shape;
    sw_tetrahedra tetrahedra;
    const double hole = 64.0 - 8.0 * 5.0 / 6.0 - 24.0 / 2.0;
    sw_atoms *atoms = cubic_atoms(12, hollow);
    shape_of(&shape, &tetrahedra, atoms, 0.9);
    assert_int_equal(shape.solids, 2);
    assert_int_equal(shape.cavities, 1);
    assert_true(fabs(shape.cavity_volume - hole) < 1e-10);
    assert_true(fabs(shape.largest_volume - (8 * 144 - hole)) < 1e-10);
    assert_true(fabs(shape.volume - (8 * 144 - hole + 144)) < 1e-10);
    assert_true(fabs(enclosed(&shape) - shape.volume) < 1e-9);
    assert_true(shape.closed);
    clear(&shape, &tetrahedra, atoms);
}

static void random_atoms_have_closed_surfaces(void **state) {
    (void)state;
    const double cell[3][3] = {{12, 0, 0}, {3, 11, 0}, {-2, 1, 10}};
    for (int mask = 0; mask < 8; mask++)
        for (int a = 0; a < 4; a++) {
            const bool periodic[3] = {mask & 1, mask & 2, mask & 4};
            sw_alpha_shape shape;
            sw_tetrahedra tetrahedra;
            sw_atoms *atoms = random_atoms(300, cell, periodic, (uint64_t)mask);
            shape_of(&shape, &tetrahedra, atoms, 0.8 + 0.3 * a);
            assert_true(shape.triangles > 0);
            assert_true(shape.closed);
            if (mask == 0)
                assert_true(fabs(enclosed(&shape) - shape.volume) < 1e-9);
            clear(&shape, &tetrahedra, atoms);
        }
}

/* A slab: two faces, depths from both, whatever the cell. */
static void a_periodic_slab(void **state) {
    (void)state;
    const double cell[3][3] = {{4, 0, 0}, {1, 4, 0}, {0, 0, 40}};
    const bool periodic[3] = {true, true, true};
    sw_alpha_shape shape;
    sw_tetrahedra tetrahedra;
    sw_atoms *atoms;
    double depth[4 * 4 * 9];
    assert_int_equal(sw_atoms_create(&atoms, 4 * 4 * 9), SW_OK);
    for (int i = 0; i < 4 * 4 * 9; i++) {
        double *at = sw_atoms_positions(atoms) + 3 * i;
        at[0] = i % 4;
        at[1] = i / 4 % 4;
        at[2] = i / 16 + 36; /* through the border of the cell */
    }
    sw_atoms_set_cell(atoms, cell, periodic);
    shape_of(&shape, &tetrahedra, atoms, 1.2);
    assert_true(fabs(shape.volume - 4 * 4 * 8) < 1e-10);
    assert_true(fabs(shape.area - 2 * 4 * 4) < 1e-10);
    assert_true(shape.closed);
    assert_int_equal(shape.solids, 1);
    assert_int_equal(sw_alpha_shape_depths(depth, &shape, NULL, NULL), SW_OK);
    for (int i = 0; i < 4 * 4 * 9; i++)
        assert_true(fabs(depth[i] - fmin(i / 16, 8 - i / 16)) < 1e-12);
    clear(&shape, &tetrahedra, atoms);
}

/* A brick as wide as all shells: eighths, quarters, halves and whole balls, from all its atoms. Here the
 * corner atoms alone: exactly an eighth. */
static void shells_in_a_cube(void **state) {
    (void)state;
    enum { BINS = 20 };
    sw_alpha_shape shape;
    sw_tetrahedra tetrahedra;
    double volume[BINS], spread[BINS], again[BINS];
    sw_atoms *atoms = cubic_atoms(1, NULL);
    sw_context *context;
    assert_int_equal(sw_context_create(&context), SW_OK);
    shape_of(&shape, &tetrahedra, atoms, 0.9);
    assert_int_equal(sw_shell_volumes(volume, spread, &shape, 0.1, BINS, 4000, NULL, NULL), SW_OK);
    double sum = 0.0;
    for (int bin = 0; bin < BINS; bin++) {
        double low = 0.1 * bin, high = low + 0.1,
               eighth = M_PI / 6.0 * (pow(high, 3) - pow(low, 3));
        if (high <= 1.0 + 1e-9)
            assert_true(fabs(volume[bin] - eighth) < 0.01 * eighth);
        sum += volume[bin];
    }
    assert_true(fabs(sum - 1.0) < 0.005);
    sw_context_set_threads(context, 3);
    assert_int_equal(sw_shell_volumes(again, NULL, &shape, 0.1, BINS, 4000, context, NULL), SW_OK);
    assert_memory_equal(volume, again, sizeof volume);
    sw_context_destroy(context);
    clear(&shape, &tetrahedra, atoms);
}

/* Inside a ball deep enough shells are whole, and the sum of all is the solid as each atom sees it. */
static void all_shells_make_the_solid(void **state) {
    (void)state;
    enum { BINS = 40 };
    sw_alpha_shape shape;
    sw_tetrahedra tetrahedra;
    double volume[BINS], sum = 0.0;
    sw_atoms *atoms = random_atoms(500, NULL, NULL, 2);
    shape_of(&shape, &tetrahedra, atoms, 1.3);
    assert_int_equal(sw_shell_volumes(volume, NULL, &shape, 0.5, BINS, 400, NULL, NULL), SW_OK);
    for (int bin = 0; bin < BINS; bin++)
        sum += volume[bin];
    assert_true(fabs(sum - shape.volume) < 0.005 * shape.volume);
    clear(&shape, &tetrahedra, atoms);
}

/* Shell volumes of Yang et al., Nature 592, 60 (2021): 18,356 atoms, alpha = 4 A, sums over atoms. */
static void shells_of_a_metallic_glass(void **state) {
    (void)state;
    enum { BINS = 200 };
    const char *data = getenv("SPILLWAY_DATA");
    char path[4096], line[256];
    if (!data)
        skip();
    snprintf(path, sizeof path, "%s/structure/MG_AET_18356_q4q6.extxyz", data);
    FILE *file = fopen(path, "r");
    if (!file)
        skip();
    sw_atoms *atoms;
    assert_int_equal(sw_atoms_create(&atoms, 18356), SW_OK);
    assert_non_null(fgets(line, sizeof line, file));
    assert_non_null(fgets(line, sizeof line, file));
    for (size_t i = 0; i < 18356; i++) {
        double *at = sw_atoms_positions(atoms) + 3 * i;
        assert_non_null(fgets(line, sizeof line, file));
        assert_int_equal(sscanf(line, "%*d %lf %lf %lf", at, at + 1, at + 2), 3);
    }
    fclose(file);
    sw_alpha_shape shape;
    sw_tetrahedra tetrahedra;
    double volume[BINS], spread[BINS];
    shape_of(&shape, &tetrahedra, atoms, 4.0);
    assert_true(shape.closed);
    assert_int_equal(sw_shell_volumes(volume, spread, &shape, 0.1, BINS, 48, NULL, NULL), SW_OK);
    snprintf(path, sizeof path, "%s/structure/MG_rdf_all.txt", data);
    file = fopen(path, "r");
    assert_non_null(file);
    double worst = 0.0;
    for (int bin = 0; bin < BINS; bin++) {
        double r, g, theirs;
        assert_non_null(fgets(line, sizeof line, file));
        assert_int_equal(sscanf(line, "%lf %lf %lf", &r, &g, &theirs), 3);
        double ours = volume[bin] * 18356;
        worst = fmax(worst, fabs(ours / theirs - 1));
    }
    fclose(file);
    assert_true(worst < 0.002); /* 48 rays: 5e-4, the authors' own error beside */
    clear(&shape, &tetrahedra, atoms);
}

static void triangles_and_points(void **state) {
    (void)state;
    const sw_triangle triangle = {{{0, 0, 0}, {4, 0, 0}, {0, 3, 0}}};
    const double at[][4] = {
        {1, 1, 2, 2}, {-3, -4, 0, 5}, {2, -1, 0, 1}, {7, 0, -4, 5}, {4, 3, 0, 2.4}};
    for (int i = 0; i < 5; i++)
        assert_true(fabs(sw_triangle_distance(&triangle, at[i]) - at[i][3]) < 1e-12);
}

static void shapes_that_are_none(void **state) {
    (void)state;
    sw_alpha_shape shape, refused;
    sw_tetrahedra tetrahedra;
    sw_error error = {0};
    double depth[3], volume[2];
    for (size_t count = 0; count < 4; count++) {
        sw_atoms *atoms = random_atoms(count, NULL, NULL, 1);
        shape_of(&shape, &tetrahedra, atoms, 1.0);
        assert_true(shape.volume == 0.0 && shape.area == 0.0);
        assert_int_equal(sw_alpha_shape_depths(depth, &shape, NULL, NULL), SW_OK);
        assert_int_equal(sw_shell_volumes(volume, NULL, &shape, 1.0, 2, 4, NULL, NULL), SW_OK);
        assert_true(volume[0] == 0.0 && volume[1] == 0.0);
        assert_int_equal(sw_alpha_shape_create(&refused, &tetrahedra, NAN, &error),
                         SW_ERROR_ARGUMENT);
        clear(&shape, &tetrahedra, atoms);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cube),
        cmocka_unit_test(pieces_and_cavities),
        cmocka_unit_test(random_atoms_have_closed_surfaces),
        cmocka_unit_test(a_periodic_slab),
        cmocka_unit_test(shells_in_a_cube),
        cmocka_unit_test(all_shells_make_the_solid),
        cmocka_unit_test(shells_of_a_metallic_glass),
        cmocka_unit_test(triangles_and_points),
        cmocka_unit_test(shapes_that_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
