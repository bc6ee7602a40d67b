/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Isosurfaces of known fields: closed, oriented, of the right topology, and right to second order. */
#include "structure_atoms.h"

#include "base/matrix.h"
#include "structure/concentration_threshold.h"
#include "structure/isosurface.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PI 3.14159265358979323846

typedef double (*field)(const double at[3]);

static const double cube[3][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
static const double slanted[3][3] = {{0.9, 0.1, 0}, {-0.3, 1, 0.2}, {0.1, 0.4, 1}};
static const double mirrored[3][3] = {{0, 1, 0}, {1, 0, 0}, {0.2, 0, 1}};

/* A grid of n points along each axis, `axes` times h apart, its middle at the origin (n odd). */
static sw_concentration_grid grid_of(field value, const double axes[3][3], double h, size_t n,
                                     bool periodic) {
    sw_concentration_grid grid = {.size = {n, n, n}};
    for (int d = 0; d < 3; d++) {
        grid.periodic[d] = periodic;
        for (int k = 0; k < 3; k++) {
            grid.step[d][k] = h * axes[d][k];
            grid.origin[k] -= h * axes[d][k] * (double)((n - 1) / 2);
        }
    }
    assert_true(sw_matrix_inverse(grid.inverse, (const double(*)[3])grid.step));
    grid.value = calloc(n * n * n, sizeof *grid.value);
    for (size_t p = 0; p < n * n * n; p++) {
        const size_t place[3] = {p % n, p / n % n, p / n / n};
        double at[3];
        for (int k = 0; k < 3; k++) {
            at[k] = grid.origin[k];
            for (int d = 0; d < 3; d++)
                at[k] += (double)place[d] * grid.step[d][k];
        }
        grid.value[p] = (float)value(at);
    }
    return grid;
}

typedef struct edge {
    uint32_t from, to;
    int shift[3];
} edge;

static int edge_order(const void *a, const void *b) {
    return memcmp(a, b, sizeof(edge));
}

/* Every edge is walked once each way (periodic images of an edge are one). */
static void assert_closed(const sw_isosurface *surface) {
    size_t count = 3 * surface->triangles;
    edge *there = calloc(count + 1, sizeof *there), *back = calloc(count + 1, sizeof *back);
    for (size_t i = 0; i < count; i++) {
        size_t t = i / 3, a = i % 3, b = (i + 1) % 3;
        there[i].from = back[i].to = surface->corner[t][a];
        there[i].to = back[i].from = surface->corner[t][b];
        for (int d = 0; d < 3; d++) {
            there[i].shift[d] = surface->shift[t][b][d] - surface->shift[t][a][d];
            back[i].shift[d] = -there[i].shift[d];
        }
    }
    qsort(there, count, sizeof *there, edge_order);
    qsort(back, count, sizeof *back, edge_order);
    for (size_t i = 0; i < count; i++) {
        assert_memory_equal(&there[i], &back[i], sizeof *there);
        assert_false(i > 0 && memcmp(&there[i], &there[i - 1], sizeof *there) == 0);
    }
    free(there);
    free(back);
}

/* Volume by the divergence theorem: right where no body is endless and the triangles are not cut. */
static double enclosed(const sw_isosurface *surface) {
    double volume = 0.0, corner[3][3];
    for (size_t t = 0; t < surface->triangles; t++) {
        sw_isosurface_triangle(corner, surface, t);
        volume += sw_matrix_determinant((const double(*)[3])corner) / 6.0;
    }
    return volume;
}

static double total_volume(const sw_isosurface *surface) {
    double volume = 0.0;
    for (size_t b = 0; b < surface->bodies; b++)
        volume += surface->list[b].volume;
    return volume;
}

static double total_area(const sw_isosurface *surface) {
    double area = 0.0;
    for (size_t b = 0; b < surface->bodies; b++)
        area += surface->list[b].area;
    return area;
}

/* ---- fields ---------------------------------------------------------------------------------- */

static double radius_of(const double at[3], double x, double y, double z) {
    return sqrt(pow(at[0] - x, 2) + pow(at[1] - y, 2) + pow(at[2] - z, 2));
}

static double sphere(const double at[3]) { /* radius 4 */
    double r = radius_of(at, 0.13, -0.27, 0.31);
    return 0.5 + (16.0 - r * r) / 100.0;
}

static double two_spheres(const double at[3]) { /* radii 3 and 2 */
    return 0.5 + 0.1 * fmax(3.0 - radius_of(at, -3.1, 0.2, 0), 2.0 - radius_of(at, 3.3, 0, 0.4));
}

static double hollow_sphere(const double at[3]) { /* radii 4 and 2 */
    return 0.5 + 0.1 * (1.0 - fabs(radius_of(at, 0.1, 0.2, 0.3) - 3.0));
}

static double torus(const double at[3]) { /* radii 3.5 and 1.5 */
    return 0.5 + 0.1 * (1.5 - hypot(hypot(at[0], at[1]) - 3.5, at[2]));
}

static double noise(const double at[3]) {
    return fmod(fabs(sin(at[0] * 12.9898 + at[1] * 78.233 + at[2] * 37.719)) * 43758.5453, 1.0);
}

/* ---- tests ----------------------------------------------------------------------------------- */

/* Errors fall to a quarter with half the voxel: Richardson's remainder is of fourth order. */
static void a_sphere_converges_at_second_order(void **state) {
    (void)state;
    static const double(*const axes[3])[3] = {cube, slanted, mirrored};
    const double volume = 4.0 / 3.0 * PI * 64.0, area = 4.0 * PI * 16.0;
    for (int a = 0; a < 3; a++) {
        double volumes[3], areas[3];
        for (int level = 0; level < 3; level++) {
            size_t n = (size_t)(24 << level) + 1;
            sw_concentration_grid grid = grid_of(sphere, axes[a], 0.8 / (1 << level), n, false);
            sw_isosurface surface;
            assert_int_equal(sw_isosurface_create(&surface, &grid, 0.5, NULL, NULL), SW_OK);
            assert_closed(&surface);
            assert_int_equal(surface.bodies, 1);
            assert_int_equal(sw_isosurface_euler(&surface), 2);
            assert_true(fabs(enclosed(&surface) - surface.list[0].volume) < 1e-9 * volume);
            assert_true(radius_of(surface.list[0].centre, 0.13, -0.27, 0.31) < 0.02);
            volumes[level] = surface.list[0].volume - volume;
            areas[level] = surface.list[0].area - area;
            sw_isosurface_clear(&surface);
            sw_concentration_grid_clear(&grid);
        }
        for (int level = 1; level < 3; level++) {
            double v = volumes[level - 1] / volumes[level], s = areas[level - 1] / areas[level];
            if (!(fabs(v - 4.0) < 0.4 && fabs(s - 4.0) < 0.4))
                fail_msg("axes %d: errors fall by %g (volume) and %g (area)", a, v, s);
        }
        if (!(fabs(volumes[2]) < 0.005 * volume && fabs(areas[2]) < 0.005 * area))
            fail_msg("axes %d: volume off by %g, area by %g", a, volumes[2], areas[2]);
    }
}

static void topology_is_right(void **state) {
    (void)state;
    static const struct {
        field value;
        size_t bodies, shells;
        int euler;
        double volume, area;
    } cases[] = {
        {two_spheres, 2, 2, 4, 4.0 / 3.0 * PI * 35.0, 4.0 * PI * 13.0},
        {hollow_sphere, 1, 2, 4, 4.0 / 3.0 * PI * 56.0, 4.0 * PI * 20.0},
        {torus, 1, 1, 0, 2.0 * PI * PI * 3.5 * 2.25, 4.0 * PI * PI * 3.5 * 1.5},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sw_concentration_grid grid = grid_of(cases[i].value, cube, 0.2, 71, false);
        sw_isosurface surface;
        assert_int_equal(sw_isosurface_create(&surface, &grid, 0.5, NULL, NULL), SW_OK);
        assert_closed(&surface);
        assert_int_equal(surface.bodies, cases[i].bodies);
        assert_int_equal(surface.shells, cases[i].shells);
        assert_int_equal(sw_isosurface_euler(&surface), cases[i].euler);
        assert_true(fabs(total_volume(&surface) / cases[i].volume - 1.0) < 0.02);
        assert_true(fabs(total_area(&surface) / cases[i].area - 1.0) < 0.02);
        if (i == 0) {
            assert_true(fabs(surface.list[1].volume / (4.0 / 3.0 * PI * 8.0) - 1.0) < 0.02);
            assert_true(radius_of(surface.list[1].centre, 3.3, 0, 0.4) < 0.01);
        }
        sw_isosurface_clear(&surface);
        sw_concentration_grid_clear(&grid);
    }
}

/* Whatever the numbers: with and without periodic axes, also where one point is its own neighbour. */
static void noise_gives_closed_surfaces(void **state) {
    (void)state;
    static const size_t sizes[] = {1, 2, 3, 9};
    for (int periodic = 0; periodic < 2; periodic++)
        for (size_t i = 0; i < 4; i++) {
            sw_concentration_grid grid = grid_of(noise, slanted, 0.7, sizes[i], periodic);
            sw_isosurface surface;
            for (size_t p = 0; p < sizes[i] * sizes[i] * sizes[i]; p += 7)
                grid.value[p] = NAN;
            assert_int_equal(sw_isosurface_create(&surface, &grid, 0.5, NULL, NULL), SW_OK);
            if (sizes[i] > 2) {
                assert_closed(&surface);
                assert_true(surface.triangles > 0);
            }
            if (!periodic)
                assert_true(fabs(enclosed(&surface) - total_volume(&surface)) < 1e-10);
            sw_isosurface_clear(&surface);
            sw_concentration_grid_clear(&grid);
        }
}

/* A sphere around a corner of the cell, and a slab that never ends. */
static void periodic_bodies_are_whole(void **state) {
    (void)state;
    sw_concentration_grid grid = grid_of(sphere, slanted, 0.5, 25, true);
    sw_concentration_grid moved = grid_of(sphere, slanted, 0.5, 25, true);
    sw_isosurface whole, cut;
    for (size_t p = 0; p < 25 * 25 * 25; p++) { /* half a cell along each axis */
        const size_t to[3] = {(p % 25 + 12) % 25, (p / 25 % 25 + 12) % 25, (p / 625 + 12) % 25};
        moved.value[(to[2] * 25 + to[1]) * 25 + to[0]] = grid.value[p];
    }
    assert_int_equal(sw_isosurface_create(&whole, &grid, 0.5, NULL, NULL), SW_OK);
    assert_int_equal(sw_isosurface_create(&cut, &moved, 0.5, NULL, NULL), SW_OK);
    assert_closed(&cut);
    assert_int_equal(cut.bodies, 1);
    assert_int_equal(cut.shells, 1);
    assert_int_equal(sw_isosurface_euler(&cut), 2);
    assert_false(cut.list[0].endless);
    assert_true(fabs(cut.list[0].volume - whole.list[0].volume) < 1e-9);
    assert_true(fabs(cut.list[0].area - whole.list[0].area) < 1e-9);
    double off[3], back[3];
    for (int k = 0; k < 3; k++)
        off[k] = cut.list[0].centre[k] - whole.list[0].centre[k];
    sw_matrix_row_product(back, off, (const double(*)[3])grid.inverse);
    for (int k = 0; k < 3; k++)
        assert_true(fabs(remainder(back[k] - 12.0, 25.0)) < 1e-9);
    for (size_t p = 0; p < 25 * 25 * 25; p++) /* constant along two axes */
        moved.value[p] = p / 625 >= 20 || p / 625 < 3 ? 1.0F : 0.0F;
    sw_isosurface_clear(&cut);
    assert_int_equal(sw_isosurface_create(&cut, &moved, 0.25, NULL, NULL), SW_OK);
    assert_closed(&cut);
    assert_int_equal(cut.bodies, 1);
    assert_int_equal(cut.shells, 2);
    assert_int_equal(sw_isosurface_euler(&cut), 0);
    assert_true(cut.list[0].endless);
    /* 8 layers, 7 gaps, three quarters of a gap at each end */
    double cell = fabs(sw_matrix_determinant((const double(*)[3])cut.period));
    assert_true(fabs(cut.list[0].volume - cell * 8.5 / 25.0) < 1e-9 * cell);
    sw_isosurface_clear(&cut);
    sw_isosurface_clear(&whole);
    sw_concentration_grid_clear(&grid);
    sw_concentration_grid_clear(&moved);
}

/* Half of a sphere is not known: it closes there, and this part of the area is told apart. */
static void the_border_of_what_is_known_is_told(void **state) {
    (void)state;
    sw_concentration_grid grid = grid_of(sphere, cube, 0.2, 51, false);
    sw_isosurface surface;
    for (size_t p = 0; p < 51 * 51 * 51; p++)
        if (p / 51 / 51 > 25) /* z > 0 */
            grid.value[p] = NAN;
    assert_int_equal(sw_isosurface_create(&surface, &grid, 0.5, NULL, NULL), SW_OK);
    assert_closed(&surface);
    assert_int_equal(sw_isosurface_euler(&surface), 2);
    double flat = PI * (16.0 - 0.31 * 0.31), cap = 2.0 * PI * 4.0 * (4.0 - 0.31);
    if (!(fabs(surface.list[0].border / flat - 1.0) < 0.15 &&
          fabs((surface.list[0].area - surface.list[0].border) / cap - 1.0) < 0.05))
        fail_msg("flat %g (%g), round %g (%g)", surface.list[0].border, flat,
                 surface.list[0].area - surface.list[0].border, cap);
    sw_isosurface_clear(&surface);
    sw_concentration_grid_clear(&grid);
}

/* The side of a place is that of the linear field, and so of the triangles. */
static void places_know_their_body(void **state) {
    (void)state;
    sw_concentration_grid grid = grid_of(two_spheres, slanted, 0.4, 41, false);
    sw_random random = sw_random_create(3, 1);
    sw_isosurface surface;
    size_t inside[2] = {0, 0};
    assert_int_equal(sw_isosurface_create(&surface, &grid, 0.5, NULL, NULL), SW_OK);
    for (int i = 0; i < 20000; i++) {
        double at[3];
        for (int k = 0; k < 3; k++)
            at[k] = 14.0 * sw_random_uniform(&random) - 7.0;
        double value = sw_concentration_grid_at(&grid, at);
        uint32_t body = sw_isosurface_body_at(&surface, at);
        if (fabs(value - 0.5) > 1e-6)
            assert_int_equal(body != SW_NO_BODY, value > 0.5);
        if (body != SW_NO_BODY) {
            assert_int_equal(body, at[0] > 0.5);
            inside[body]++;
        }
    }
    assert_true(inside[1] > 100 && inside[0] > 2 * inside[1]);
    assert_int_equal(sw_isosurface_body_at(&surface, (const double[3]){NAN, 0, 0}), SW_NO_BODY);
    assert_int_equal(sw_isosurface_body_at(&surface, (const double[3]){1e9, 0, 0}), SW_NO_BODY);
    sw_isosurface_clear(&surface);
    assert_int_equal(sw_isosurface_create(&surface, &grid, 0.0, NULL, NULL), SW_ERROR_ARGUMENT);
    assert_int_equal(sw_isosurface_create(&surface, &grid, NAN, NULL, NULL), SW_ERROR_ARGUMENT);
    sw_concentration_grid_clear(&grid);
}

/* What is left of two bodies is the surface of one, closed and numbered anew. */
static void bodies_can_be_taken_away(void **state) {
    (void)state;
    static const bool keep[2][2] = {{true, false}, {false, true}};
    sw_concentration_grid grid = grid_of(two_spheres, cube, 0.4, 41, false);
    for (int round = 0; round < 2; round++) {
        sw_isosurface surface;
        assert_int_equal(sw_isosurface_create(&surface, &grid, 0.5, NULL, NULL), SW_OK);
        double volume = surface.list[round].volume;
        assert_int_equal(sw_isosurface_select(&surface, keep[round]), SW_OK);
        assert_closed(&surface);
        assert_int_equal(surface.bodies, 1);
        assert_int_equal(surface.shells, 1);
        assert_int_equal(sw_isosurface_euler(&surface), 2);
        assert_true(surface.list[0].volume == volume);
        assert_true(fabs(enclosed(&surface) - volume) < 1e-9 * volume);
        const double large[3] = {-3.1, 0.2, 0}, small[3] = {3.3, 0, 0.4};
        assert_int_equal(sw_isosurface_body_at(&surface, large), round == 0 ? 0 : SW_NO_BODY);
        assert_int_equal(sw_isosurface_body_at(&surface, small), round == 1 ? 0 : SW_NO_BODY);
        sw_isosurface_clear(&surface);
    }
    sw_concentration_grid_clear(&grid);
}

static void a_threshold_parts_two_levels(void **state) {
    (void)state;
    double value[100];
    sw_concentration_threshold threshold;
    for (int i = 0; i < 100; i++) /* 80 around 0.2, 20 around 0.9; the levels are medians */
        value[i] = i % 5 ? 0.2 + 0.001 * (i % 7 - 3) : 0.9 + 0.001 * (i % 3 - 1);
    sw_concentration_threshold_find(&threshold, value, 100);
    assert_true(fabs(threshold.low - 0.2) < 1.1e-3 && fabs(threshold.high - 0.9) < 1.1e-3);
    assert_true(threshold.value == 0.5 * (threshold.low + threshold.high));
    assert_true(threshold.separation > 0.99 && threshold.separation <= 1.0);
    for (int i = 0; i < 100; i++)
        value[i] = 0.6 + 1e-7 * i; /* one level: the other is nothing */
    sw_concentration_threshold_find(&threshold, value, 100);
    assert_true(threshold.low == 0.0 && fabs(threshold.value - 0.3) < 1e-5);
    assert_true(isnan(threshold.separation));
    for (int i = 0; i < 100; i++)
        value[i] = i / 100.0; /* an even spread: three quarters lie between its halves */
    sw_concentration_threshold_find(&threshold, value, 100);
    assert_true(fabs(threshold.value - 0.495) < 1e-12);
    assert_true(fabs(threshold.separation - 0.75) < 1e-3);
    memset(value, 0, sizeof value);
    sw_concentration_threshold_find(&threshold, value, 100);
    assert_true(isnan(threshold.value));
    sw_concentration_threshold_find(&threshold, value, 0);
    assert_true(isnan(threshold.value));
}

#ifdef SPILLWAY_TEST_ALLOCATION
#include "base/memory.h"

static void memory_may_end_anywhere(void **state) {
    (void)state;
    sw_concentration_grid grid = grid_of(two_spheres, cube, 1.0, 15, false);
    sw_status status = SW_ERROR_MEMORY;
    for (long allowed = 0; status != SW_OK; allowed++) {
        sw_isosurface surface;
        sw_memory_fail_after(allowed);
        status = sw_isosurface_create(&surface, &grid, 0.5, NULL, NULL);
        sw_memory_fail_after(-1);
        assert_true(status == SW_OK || status == SW_ERROR_MEMORY);
        sw_isosurface_clear(&surface);
        assert_true(allowed < 1000);
    }
    sw_concentration_grid_clear(&grid);
}
#endif

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sphere_converges_at_second_order),
        cmocka_unit_test(topology_is_right),
        cmocka_unit_test(noise_gives_closed_surfaces),
        cmocka_unit_test(periodic_bodies_are_whole),
        cmocka_unit_test(the_border_of_what_is_known_is_told),
        cmocka_unit_test(places_know_their_body),
        cmocka_unit_test(bodies_can_be_taken_away),
        cmocka_unit_test(a_threshold_parts_two_levels),
#ifdef SPILLWAY_TEST_ALLOCATION
        cmocka_unit_test(memory_may_end_anywhere),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
