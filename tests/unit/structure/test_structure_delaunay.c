/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure_atoms.h"

#include "structure/delaunay.h"
#include "structure/predicates.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef double place[3];

static double volume_of(const sw_delaunay *d, const place *p, size_t t) {
    const uint32_t *v = d->vertex[t];
    double a[3][3];
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++)
            a[i][k] = p[v[i]][k] - p[v[3]][k];
    return (a[0][0] * (a[1][1] * a[2][2] - a[1][2] * a[2][1]) -
            a[0][1] * (a[1][0] * a[2][2] - a[1][2] * a[2][0]) +
            a[0][2] * (a[1][0] * a[2][1] - a[1][1] * a[2][0])) /
           6.0;
}

/* Neighbours are mutual and share three points, all tetrahedra have the sign, no sphere holds the
 * point beyond a face (which makes it Delaunay everywhere). Returns the volume. */
static double check(const sw_delaunay *d, const place *p, double tie) {
    double volume = 0.0;
    for (size_t t = 0; t < d->tetrahedra; t++) {
        const uint32_t *v = d->vertex[t];
        volume += volume_of(d, p, t);
        assert_int_equal(sw_predicate_side(p[v[0]], p[v[1]], p[v[2]], p[v[3]], 0.0), 1);
        for (int i = 0; i < 4; i++) {
            uint32_t n = d->neighbour[t][i], beyond = SW_DELAUNAY_NONE;
            if (n == SW_DELAUNAY_NONE)
                continue;
            int back = 0;
            for (int j = 0; j < 4; j++) {
                uint32_t w = d->vertex[n][j];
                back += d->neighbour[n][j] == t;
                if (w != v[(i + 1) % 4] && w != v[(i + 2) % 4] && w != v[(i + 3) % 4])
                    beyond = w;
            }
            assert_int_equal(back, 1);
            assert_true(beyond != SW_DELAUNAY_NONE && beyond != v[i]);
            assert_true(
                sw_predicate_sphere_untied(p[v[0]], p[v[1]], p[v[2]], p[v[3]], p[beyond], tie) < 0);
        }
    }
    return volume;
}

static place *random_places(size_t count, uint64_t seed, double grid) {
    sw_random random = sw_random_create(seed, 2);
    place *p = calloc(count, sizeof *p);
    for (size_t i = 0; i < count; i++)
        for (int k = 0; k < 3; k++) {
            double x = sw_random_uniform(&random);
            p[i][k] = grid > 0.0 ? floor(x * grid) : 10.0 * x;
        }
    return p;
}

static void random_points(void **state) {
    (void)state;
    for (size_t count = 4; count < 3000; count = count * 3 / 2) {
        sw_delaunay d;
        place *p = random_places(count, count, 0.0);
        assert_int_equal(sw_delaunay_create(&d, (const place *)p, count, NULL, NULL), SW_OK);
        assert_int_equal(d.span, SW_SPAN_SPACE);
        assert_false(d.exact);
        check(&d, (const place *)p, 0.0);
        sw_delaunay_clear(&d);
        free(p);
    }
}

/* Few integer places: coplanar, cospherical and coinciding points everywhere. The hull is known where all
 * places of a cube are taken. */
static void points_on_a_small_grid(void **state) {
    (void)state;
    for (int n = 2; n < 7; n++) {
        size_t count = (size_t)(40 * n * n * n);
        sw_delaunay d;
        place *p = random_places(count, 7, n);
        assert_int_equal(sw_delaunay_create(&d, (const place *)p, count, NULL, NULL), SW_OK);
        assert_int_equal(count - d.duplicates, n * n * n);
        double side = n - 1;
        assert_true(fabs(check(&d, (const place *)p, 0.0) - side * side * side) < 1e-10);
        for (size_t i = 0; i < count; i++) {
            assert_true(d.same[i] <= i);
            assert_memory_equal(p[d.same[i]], p[i], sizeof p[i]);
        }
        sw_delaunay_clear(&d);
        free(p);
    }
}

/* fcc, also rotated and with a lattice constant that rounds: every cell is divided into 8 tetrahedra of
 * a^3/24 and 4 octahedra of 4 quarters each, of a^3/24 too; nothing is flat. */
static void perfect_crystals(void **state) {
    (void)state;
    static const double basis[4][3] = {{0, 0, 0}, {0, .5, .5}, {.5, 0, .5}, {.5, .5, 0}};
    static const double lattice[3] = {4.0, 5.09, 4.666};
    const int n = 6;
    for (int c = 0; c < 9; c++) {
        double a = lattice[c % 3], angle = 0.3 * (c / 3), offset = 1e4 * (c % 2);
        place *p = calloc((size_t)(4 * n * n * n), sizeof *p);
        size_t count = 0;
        for (int i = 0; i < 4 * n * n * n; i++) {
            double x = a * (i / 4 % n + basis[i % 4][0]), y = a * (i / 4 / n % n + basis[i % 4][1]);
            p[count][0] = cos(angle) * x - sin(angle) * y + offset;
            p[count][1] = sin(angle) * x + cos(angle) * y;
            p[count++][2] = a * (i / 4 / n / n + basis[i % 4][2]);
        }
        sw_delaunay d;
        assert_int_equal(sw_delaunay_create(&d, (const place *)p, count, NULL, NULL), SW_OK);
        assert_false(d.exact);
        check(&d, (const place *)p, 1e-11);
        for (size_t t = 0; t < d.tetrahedra; t++)
            assert_true(volume_of(&d, (const place *)p, t) > a * a * a / 24.0 * (1 - 1e-8) / 2.0);
        sw_delaunay_clear(&d);
        free(p);
    }
}

/* The same tetrahedra whatever the order of the points: one triangulation. */
static int by_vertices(const void *a, const void *b) {
    return memcmp(a, b, 4 * sizeof(uint32_t));
}

static int by_number(const void *a, const void *b) {
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return left < right ? -1 : left > right;
}

static void the_order_does_not_matter(void **state) {
    (void)state;
    enum { SIDE = 5, COUNT = SIDE * SIDE * SIDE };
    static place forward[COUNT], shuffled[COUNT];
    sw_delaunay d[2];
    for (int i = 0; i < COUNT; i++) {
        int j = (i * 38) % COUNT;
        for (int k = 0; k < 3; k++) {
            forward[i][k] = (double)(i / (k == 0 ? 1 : k == 1 ? SIDE : SIDE * SIDE) % SIDE);
            shuffled[j][k] = forward[i][k];
        }
    }
    assert_int_equal(sw_delaunay_create(&d[0], (const place *)forward, COUNT, NULL, NULL), SW_OK);
    assert_int_equal(sw_delaunay_create(&d[1], (const place *)shuffled, COUNT, NULL, NULL), SW_OK);
    assert_int_equal(d[0].tetrahedra, d[1].tetrahedra);
    for (size_t t = 0; t < d[0].tetrahedra; t++)
        for (int i = 0; i < 4; i++)
            d[0].vertex[t][i] = (d[0].vertex[t][i] * 38) % COUNT;
    for (int s = 0; s < 2; s++) {
        for (size_t t = 0; t < d[s].tetrahedra; t++)
            qsort(d[s].vertex[t], 4, sizeof(uint32_t), by_number);
        qsort(d[s].vertex, d[s].tetrahedra, sizeof *d[s].vertex, by_vertices);
    }
    assert_memory_equal(d[0].vertex, d[1].vertex, d[0].tetrahedra * sizeof *d[0].vertex);
    sw_delaunay_clear(&d[0]);
    sw_delaunay_clear(&d[1]);
}

static void points_without_volume(void **state) {
    (void)state;
    static place p[200];
    sw_delaunay d;
    sw_error error = {0};
    for (size_t count = 0; count < 200; count++) {
        p[count][0] = 0.3 * (double)(count % 14);
        for (int shape = 0; shape < 2; shape++) { /* a line, a tilted sheet */
            for (size_t i = 0; i <= count; i++) {
                p[i][1] = 0.7 * p[i][0] + (shape ? 0.37 * (double)(i / 14) : 0.0);
                p[i][2] = 1.1 * p[i][0] - (shape ? 0.91 * (double)(i / 14) : 0.0);
            }
            assert_int_equal(sw_delaunay_create(&d, (const place *)p, count, NULL, &error), SW_OK);
            assert_int_equal(d.tetrahedra, 0);
            assert_int_equal(d.span, count < 2               ? SW_SPAN_PLACE
                                     : count <= 14 || !shape ? SW_SPAN_LINE
                                                             : SW_SPAN_PLANE);
            sw_delaunay_clear(&d);
        }
    }
    p[7][1] = NAN;
    assert_int_equal(sw_delaunay_create(&d, (const place *)p, 200, NULL, &error), SW_ERROR_NUMERIC);
    assert_non_null(strstr(error.message, "point 8"));
}

/* Coordinates of very different size, points that nearly coincide, clusters far away. */
static void hard_points(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < 40; seed++) {
        sw_random random = sw_random_create(seed, 3);
        size_t count = 200;
        place *p = calloc(count, sizeof *p);
        for (size_t i = 0; i < count; i++)
            for (int k = 0; k < 3; k++) {
                double x = sw_random_uniform(&random) - 0.5;
                p[i][k] = seed % 4 == 0   ? x * pow(10.0, (double)(i % 12) - 3.0)
                          : seed % 4 == 1 ? p[i / 2][k] + 1e-12 * x + (double)(i % 3)
                          : seed % 4 == 2 ? x + (i % 2 ? 1e9 : -1e9)
                                          : floor(4.0 * x) + (i % 5 ? 0.0 : 1e-13 * x);
            }
        sw_delaunay d;
        assert_int_equal(sw_delaunay_create(&d, (const place *)p, count, NULL, NULL), SW_OK);
        assert_int_equal(d.span, SW_SPAN_SPACE);
        check(&d, (const place *)p, d.exact ? 0.0 : 1e-11);
        sw_delaunay_clear(&d);
        free(p);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_points),         cmocka_unit_test(points_on_a_small_grid),
        cmocka_unit_test(perfect_crystals),      cmocka_unit_test(the_order_does_not_matter),
        cmocka_unit_test(points_without_volume), cmocka_unit_test(hard_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
