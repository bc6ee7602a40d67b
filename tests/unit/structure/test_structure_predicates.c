/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signs against integers, also where everything is degenerate. */
#include "structure_atoms.h"

#include "structure/expansion.h"
#include "structure/predicates.h"

#include <math.h>

typedef __int128 wide;

static wide determinant3(const wide r[3][3]) {
    return r[0][0] * (r[1][1] * r[2][2] - r[1][2] * r[2][1]) -
           r[0][1] * (r[1][0] * r[2][2] - r[1][2] * r[2][0]) +
           r[0][2] * (r[1][0] * r[2][1] - r[1][1] * r[2][0]);
}

/* det of rows [x y z lift] along the last column */
static wide determinant4(const wide r[4][4]) {
    wide sum = 0;
    for (int i = 0; i < 4; i++) {
        wide minor[3][3];
        for (int j = 0, row = 0; j < 4; j++)
            if (j != i) {
                for (int k = 0; k < 3; k++)
                    minor[row][k] = r[j][k];
                row++;
            }
        sum += (i % 2 ? 1 : -1) * r[i][3] * determinant3(minor);
    }
    return sum;
}

static int sign(wide number) {
    return (number > 0) - (number < 0);
}

static int plain_side(const int64_t p[5][3]) {
    wide row[3][3];
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++)
            row[i][k] = p[i][k] - p[3][k];
    return sign(determinant3(row));
}

/* `lifts`: -1 the sphere, 0..5 the products xx yy zz xy yz zx. */
static int plain_sphere(const int64_t p[5][3], int lifts) {
    static const int first[6] = {0, 1, 2, 0, 1, 2}, second[6] = {0, 1, 2, 1, 2, 0};
    wide row[4][4];
    for (int i = 0; i < 4; i++) {
        for (int k = 0; k < 3; k++)
            row[i][k] = p[i][k] - p[4][k];
        row[i][3] = lifts < 0
                        ? row[i][0] * row[i][0] + row[i][1] * row[i][1] + row[i][2] * row[i][2]
                        : row[i][first[lifts]] * row[i][second[lifts]];
    }
    return sign(determinant4(row));
}

static int plain_untied(const int64_t p[5][3]) {
    static const int order[] = {-1, 0, 1, 3, 4, 5};
    for (int i = 0; i < 6; i++)
        if (plain_sphere(p, order[i]) != 0)
            return plain_sphere(p, order[i]);
    return 0;
}

static void random_points(int64_t p[5][3], sw_random *random, int64_t width) {
    for (int i = 0; i < 5; i++)
        for (int k = 0; k < 3; k++)
            p[i][k] = (int64_t)floor(sw_random_uniform(random) * (double)width);
}

/* Integers times `scale` plus `offset`: where both are powers of two nothing rounds. */
static void compare(const int64_t p[5][3], double scale, double offset) {
    double x[5][3];
    for (int i = 0; i < 5; i++)
        for (int k = 0; k < 3; k++)
            x[i][k] = scale * (double)p[i][k] + offset;
    assert_int_equal(sw_predicate_side(x[0], x[1], x[2], x[3], 0.0), plain_side(p));
    assert_int_equal(sw_predicate_sphere(x[0], x[1], x[2], x[3], x[4], 0.0), plain_sphere(p, -1));
    assert_int_equal(sw_predicate_sphere_untied(x[0], x[1], x[2], x[3], x[4], 0.0),
                     plain_untied(p));
}

/* Grids 2 to 4 wide: most sets are coplanar, cospherical or have coinciding points. */
static void signs_agree_with_integers(void **state) {
    (void)state;
    sw_random random = sw_random_create(1, 1);
    int64_t p[5][3];
    size_t ties = 0;
    for (int64_t width = 2; width < 4000000; width += 1 + width / 3)
        for (int n = 0; n < 4000; n++) {
            random_points(p, &random, width);
            ties += plain_sphere(p, -1) == 0;
            compare(p, 1.0, 0.0);
            compare(p, 0x1p-22, 0x1p20);
        }
    assert_true(ties > 5000);
}

/* A sphere through points far apart, and one unit in 2^22 off it. */
static void the_last_bit_counts(void **state) {
    (void)state;
    int64_t p[5][3] = {
        {3000000, 0, 0}, {0, 3000000, 0}, {0, 0, 3000000}, {-3000000, 0, 0}, {0, -3000000, 0}};
    for (int64_t off = -1; off <= 1; off++) {
        p[4][1] = -3000000 + off;
        compare(p, 1.0, 0.0);
        compare(p, 0x1p-40, 0.0);
    }
}

/* Differences that do not fit a double: the same sign as without the far origin. */
static void differences_that_round(void **state) {
    (void)state;
    const double a[3] = {1e9, 0, 0}, b[3] = {0, 1e9, 0}, c[3] = {0, 0, 1e9};
    double d[3] = {333333333.25, 333333333.5, 333333333.25}; /* on the plane */
    assert_int_equal(sw_predicate_side(a, b, c, d, 0.0), 0);
    d[2] = nextafter(d[2], 2e9);
    int above = sw_predicate_side(a, b, c, d, 0.0);
    d[2] = nextafter(nextafter(d[2], 0.0), 0.0);
    assert_int_not_equal(above, 0);
    assert_int_equal(sw_predicate_side(a, b, c, d, 0.0), -above);
    const double tiny[3] = {1e-20, 1e-20, 1e-20};
    const double origin[3] = {0, 0, 0}, x[3] = {1, 0, 0}, y[3] = {0, 1, 0};
    assert_int_equal(sw_predicate_side(x, y, tiny, origin, 0.0), 1);
    assert_int_equal(sw_predicate_side(x, y, origin, tiny, 0.0), -1);
}

static void ties_within_rounding(void **state) {
    (void)state;
    const double s = 5.09 / 3.0;
    const double octahedron[6][3] = {{10 + s, 0.1, 0.1}, {10 - s, 0.1, 0.1}, {10, 0.1 + s, 0.1},
                                     {10, 0.1 - s, 0.1}, {10, 0.1, 0.1 + s}, {10, 0.1, 0.1 - s}};
    assert_int_equal(sw_predicate_sphere(octahedron[0], octahedron[2], octahedron[4], octahedron[1],
                                         octahedron[3], 1e-11),
                     0);
    assert_int_equal(
        sw_predicate_side(octahedron[0], octahedron[2], octahedron[1], octahedron[3], 1e-11), 0);
    assert_int_not_equal(sw_predicate_sphere_untied(octahedron[0], octahedron[2], octahedron[4],
                                                    octahedron[1], octahedron[3], 1e-11),
                         0);
}

static void expansions_are_exact(void **state) {
    (void)state;
    double left[2], right[2], product[8], scratch[12], square[4], sum[12], one = 1.0;
    size_t n = sw_expansion_difference(left, 1.0, -0x1p-60);
    size_t m = sw_expansion_difference(right, 1.0, 0x1p-60);
    size_t p = sw_expansion_product(product, left, n, right, m, scratch); /* 1 - 2^-120 */
    size_t q = sw_expansion_scale(square, &one, 1, 1.0);
    size_t terms = sw_expansion_sum(sum, product, p, square, q, -1.0);
    assert_int_equal(terms, 1);
    assert_true(sum[0] == -0x1p-120);
    assert_int_equal(sw_expansion_sign(sum, terms), -1);
    assert_int_equal(sw_expansion_sum(sum, product, p, product, p, -1.0), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signs_agree_with_integers), cmocka_unit_test(the_last_bit_counts),
        cmocka_unit_test(differences_that_round),    cmocka_unit_test(ties_within_rounding),
        cmocka_unit_test(expansions_are_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
