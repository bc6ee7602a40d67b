/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/predicates.h"

#include "structure/expansion.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#define EPSILON 0x1p-53
#define SIDE_BOUND ((7.0 + 56.0 * EPSILON) * EPSILON)
#define SPHERE_BOUND ((16.0 + 224.0 * EPSILON) * EPSILON)
#define MONOMIALS 5 /* z^2 is what the sphere and the first two leave */

/* Products of differences: which two coordinates. The first three make the sphere. */
static const int factors[6][2] = {{0, 0}, {1, 1}, {2, 2}, {0, 1}, {1, 2}, {2, 0}};
static const int broken_by[MONOMIALS] = {0, 1, 3, 4, 5};

static double larger(double a, double b) {
    return a > b ? a : b;
}

static int sign_of(double number) {
    return (number > 0.0) - (number < 0.0);
}

/* ---- expansions ------------------------------------------------------------------------------ */

#define MINOR2 16     /* terms of x1 y2 - x2 y1 */
#define MINOR3 192    /* of three of them times z */
#define LIFT 24       /* of x^2 + y^2 + z^2 */
#define WEIGHTED 9216 /* of a minor times a lift */

typedef struct difference {
    double term[3][2];
    size_t terms[3];
} difference;

static void subtract(difference *row, const double *point, const double *origin) {
    for (int k = 0; k < 3; k++)
        row->terms[k] = sw_expansion_difference(row->term[k], point[k], origin[k]);
}

static size_t exact_minor2(double result[MINOR2], const difference *a, const difference *b) {
    double left[8], right[8], scratch[12];
    size_t left_terms =
        sw_expansion_product(left, a->term[0], a->terms[0], b->term[1], b->terms[1], scratch);
    size_t right_terms =
        sw_expansion_product(right, b->term[0], b->terms[0], a->term[1], a->terms[1], scratch);
    return sw_expansion_sum(result, left, left_terms, right, right_terms, -1.0);
}

/* det [a; b; c] = a_z (b x c) + b_z (c x a) + c_z (a x b) */
static size_t exact_minor3(double result[MINOR3], const difference *a, const difference *b,
                           const difference *c) {
    const difference *cycle[5] = {a, b, c, a, b};
    double minor[MINOR2], product[4 * MINOR2], scratch[6 * MINOR2], before[MINOR3];
    size_t terms = 0;
    for (int i = 0; i < 3; i++) {
        size_t minor_terms = exact_minor2(minor, cycle[i + 1], cycle[i + 2]);
        size_t product_terms = sw_expansion_product(product, minor, minor_terms, cycle[i]->term[2],
                                                    cycle[i]->terms[2], scratch);
        memcpy(before, result, terms * sizeof *before);
        terms = sw_expansion_sum(result, before, terms, product, product_terms, 1.0);
    }
    return terms;
}

/* The sum of the products first .. end - 1 of `factors`. */
static size_t exact_lift(double result[LIFT], const difference *row, int first, int end) {
    double product[8], scratch[12], before[LIFT];
    size_t terms = 0;
    for (int m = first; m < end; m++) {
        int i = factors[m][0], j = factors[m][1];
        size_t product_terms = sw_expansion_product(product, row->term[i], row->terms[i],
                                                    row->term[j], row->terms[j], scratch);
        memcpy(before, result, terms * sizeof *before);
        terms = sw_expansion_sum(result, before, terms, product, product_terms, 1.0);
    }
    return terms;
}

static int exact_side(const double *a, const double *b, const double *c, const double *d) {
    double result[MINOR3];
    difference row[3];
    subtract(&row[0], a, d);
    subtract(&row[1], b, d);
    subtract(&row[2], c, d);
    return sw_expansion_sign(result, exact_minor3(result, &row[0], &row[1], &row[2]));
}

/* Rows of the four points, their minors: all that the lifts do not change. */
typedef struct exact_sphere {
    difference row[4];
    double minor[4][MINOR3]; /* of the other three rows, with the sign of the expansion */
    size_t minor_terms[4];
} exact_sphere;

static void prepare_exact(exact_sphere *sphere, const double *const point[4], const double *e) {
    const difference *row = sphere->row;
    for (int i = 0; i < 4; i++)
        subtract(&sphere->row[i], point[i], e);
    sphere->minor_terms[0] = exact_minor3(sphere->minor[0], &row[1], &row[3], &row[2]);
    sphere->minor_terms[1] = exact_minor3(sphere->minor[1], &row[0], &row[2], &row[3]);
    sphere->minor_terms[2] = exact_minor3(sphere->minor[2], &row[0], &row[3], &row[1]);
    sphere->minor_terms[3] = exact_minor3(sphere->minor[3], &row[0], &row[1], &row[2]);
}

static int exact_sphere_sign(const exact_sphere *sphere, int first, int end) {
    double lift[LIFT], product[WEIGHTED], scratch[WEIGHTED + 2 * MINOR3];
    double sum[2][4 * WEIGHTED];
    size_t terms = 0;
    for (int i = 0; i < 4; i++) {
        size_t lift_terms = exact_lift(lift, &sphere->row[i], first, end);
        size_t product_terms = sw_expansion_product(
            product, sphere->minor[i], sphere->minor_terms[i], lift, lift_terms, scratch);
        terms = sw_expansion_sum(sum[(i + 1) % 2], sum[i % 2], terms, product, product_terms, 1.0);
    }
    return sw_expansion_sign(sum[0], terms);
}

/* ---- doubles --------------------------------------------------------------------------------- */

int sw_predicate_side(const double a[3], const double b[3], const double c[3], const double d[3],
                      double tie) {
    double x[3], y[3], z[3];
    for (int k = 0; k < 3; k++) {
        x[k] = a[k] - d[k];
        y[k] = b[k] - d[k];
        z[k] = c[k] - d[k];
    }
    double yz = y[0] * z[1], zy = z[0] * y[1], zx = z[0] * x[1], xz = x[0] * z[1];
    double xy = x[0] * y[1], yx = y[0] * x[1];
    double sum = x[2] * (yz - zy) + y[2] * (zx - xz) + z[2] * (xy - yx);
    double magnitude = fabs(x[2]) * (fabs(yz) + fabs(zy)) + fabs(y[2]) * (fabs(zx) + fabs(xz)) +
                       fabs(z[2]) * (fabs(xy) + fabs(yx));
    if (fabs(sum) > larger(tie, SIDE_BOUND) * magnitude)
        return sign_of(sum);
    return tie > SIDE_BOUND ? 0 : exact_side(a, b, c, d);
}

typedef struct sphere_rows {
    double row[4][3];
    double minor[4]; /* as in exact_sphere */
} sphere_rows;

static void prepare(sphere_rows *rows, const double *const point[4], const double *e) {
    double(*r)[3] = rows->row;
    for (int i = 0; i < 4; i++)
        for (int k = 0; k < 3; k++)
            r[i][k] = point[i][k] - e[k];
    double ab = r[0][0] * r[1][1] - r[1][0] * r[0][1], bc = r[1][0] * r[2][1] - r[2][0] * r[1][1];
    double cd = r[2][0] * r[3][1] - r[3][0] * r[2][1], da = r[3][0] * r[0][1] - r[0][0] * r[3][1];
    double ac = r[0][0] * r[2][1] - r[2][0] * r[0][1], bd = r[1][0] * r[3][1] - r[3][0] * r[1][1];
    rows->minor[0] = -(r[1][2] * cd - r[2][2] * bd + r[3][2] * bc);
    rows->minor[1] = r[2][2] * da + r[3][2] * ac + r[0][2] * cd;
    rows->minor[2] = -(r[3][2] * ab + r[0][2] * bd + r[1][2] * da);
    rows->minor[3] = r[0][2] * bc - r[1][2] * ac + r[2][2] * ab;
}

/* What the minor of row i is at most: all its products positive. */
static double minor_magnitude(const sphere_rows *rows, int i) {
    const double *a = rows->row[(i + 1) % 4], *b = rows->row[(i + 2) % 4];
    const double *c = rows->row[(i + 3) % 4];
    return fabs(a[2]) * (fabs(b[0] * c[1]) + fabs(c[0] * b[1])) +
           fabs(b[2]) * (fabs(c[0] * a[1]) + fabs(a[0] * c[1])) +
           fabs(c[2]) * (fabs(a[0] * b[1]) + fabs(b[0] * a[1]));
}

/* False where the determinant is too small to tell. */
static bool floating_sign(int *sign, const sphere_rows *rows, const double lift[4], double part) {
    double sum = 0.0, magnitude = 0.0;
    for (int i = 0; i < 4; i++)
        sum += lift[i] * rows->minor[i];
    for (int i = 0; i < 4; i++)
        magnitude += fabs(lift[i]) * minor_magnitude(rows, i);
    *sign = sign_of(sum);
    return fabs(sum) > part * magnitude;
}

/* Most tests end here: a bound from the largest differences alone. */
static bool quick_sign(int *sign, const sphere_rows *rows, const double lift[4], double part) {
    double most[3] = {0}, lift_most = 0.0, sum = 0.0;
    for (int i = 0; i < 4; i++) {
        sum += lift[i] * rows->minor[i];
        lift_most = larger(lift_most, lift[i]);
        for (int k = 0; k < 3; k++)
            most[k] = larger(most[k], fabs(rows->row[i][k]));
    }
    *sign = sign_of(sum);
    return fabs(sum) > part * 24.0 * most[0] * most[1] * most[2] * lift_most;
}

/* Zero where it is a tie of the sphere itself. */
static int sphere_sign(sphere_rows *rows, const double *const point[4], const double *e,
                       double tie) {
    double lift[4], part = larger(tie, SPHERE_BOUND);
    int sign;
    prepare(rows, point, e);
    for (int i = 0; i < 4; i++) {
        const double *r = rows->row[i];
        lift[i] = r[0] * r[0] + r[1] * r[1] + r[2] * r[2];
    }
    if (quick_sign(&sign, rows, lift, part) || floating_sign(&sign, rows, lift, part))
        return sign;
    if (tie > SPHERE_BOUND)
        return 0;
    exact_sphere exact;
    prepare_exact(&exact, point, e);
    return exact_sphere_sign(&exact, 0, 3);
}

static int break_tie(const sphere_rows *rows, const double *const point[4], const double *e,
                     double tie) {
    double part = larger(tie, SPHERE_BOUND), lift[4];
    exact_sphere exact;
    bool prepared = false;
    for (int m = 0; m < MONOMIALS; m++) {
        int sign, product = broken_by[m];
        for (int i = 0; i < 4; i++)
            lift[i] = rows->row[i][factors[product][0]] * rows->row[i][factors[product][1]];
        if (floating_sign(&sign, rows, lift, part))
            return sign;
        if (tie > SPHERE_BOUND)
            continue;
        if (!prepared)
            prepare_exact(&exact, point, e);
        prepared = true;
        sign = exact_sphere_sign(&exact, product, product + 1);
        if (sign != 0)
            return sign;
    }
    return 0;
}

int sw_predicate_sphere(const double a[3], const double b[3], const double c[3], const double d[3],
                        const double e[3], double tie) {
    const double *const point[4] = {a, b, c, d};
    sphere_rows rows;
    return sphere_sign(&rows, point, e, tie);
}

int sw_predicate_sphere_untied(const double a[3], const double b[3], const double c[3],
                               const double d[3], const double e[3], double tie) {
    const double *const point[4] = {a, b, c, d};
    sphere_rows rows;
    int sign = sphere_sign(&rows, point, e, tie);
    return sign != 0 ? sign : break_tie(&rows, point, e, tie);
}
