/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure_atoms.h"

#include "base/memory.h"
#include "structure/bond_order.h"
#include "structure/wigner.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PI 3.14159265358979323846

static const int all_l[] = {2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
enum { ALL = 11 };

static void near(double value, double expected, double tolerance) {
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%.17g is not %.17g within %g", value, expected, tolerance);
}

static double legendre(int l, double z) {
    double before = 1.0, p = z;
    for (int k = 2; k <= l; k++) {
        double next = ((2 * k - 1) * z * p - (k - 1) * before) / k;
        before = p;
        p = next;
    }
    return l == 0 ? 1.0 : p;
}

static double cosine(const sw_neighbours *n, size_t a, size_t b) {
    double sum = 0.0;
    for (int k = 0; k < 3; k++)
        sum += n->vector[a][k] * n->vector[b][k];
    return sum / (n->distance[a] * n->distance[b]);
}

/* Sum over m of q_lm(i) conj(q_lm(j)) by the addition theorem: no harmonic is needed. */
static double overlap(const sw_neighbours *n, const double *weights, size_t i, size_t j, int l) {
    double sum = 0.0, of_i = 0.0, of_j = 0.0;
    for (size_t a = n->first[i]; a < n->first[i + 1]; a++)
        of_i += weights ? weights[a] : 1.0;
    for (size_t b = n->first[j]; b < n->first[j + 1]; b++)
        of_j += weights ? weights[b] : 1.0;
    for (size_t a = n->first[i]; a < n->first[i + 1]; a++)
        for (size_t b = n->first[j]; b < n->first[j + 1]; b++)
            sum += (weights ? weights[a] * weights[b] : 1.0) * legendre(l, cosine(n, a, b));
    return of_i > 0.0 && of_j > 0.0 ? sum / (of_i * of_j) : 0.0;
}

static double averaged(const sw_neighbours *n, const double *weights, size_t i, int l) {
    double sum = 0.0, count = (double)(n->first[i + 1] - n->first[i]) + 1.0;
    for (size_t a = n->first[i]; a <= n->first[i + 1]; a++)
        for (size_t b = n->first[i]; b <= n->first[i + 1]; b++)
            sum += overlap(n, weights, a < n->first[i + 1] ? n->index[a] : i,
                           b < n->first[i + 1] ? n->index[b] : i, l);
    return sqrt(fmax(sum, 0.0)) / count;
}

static void the_addition_theorem_holds(void **state) {
    (void)state;
    sw_atoms *atoms = random_atoms(43, NULL, NULL, 2);
    sw_neighbours n;
    assert_int_equal(sw_neighbours_within(&n, atoms, 3.0, SW_NEIGHBOURS_AS_FOUND, NULL, NULL),
                     SW_OK);
    double *weights = malloc(n.first[43] * sizeof *weights);
    sw_random random = sw_random_create(4, 4);
    for (size_t k = 0; k < n.first[43]; k++)
        weights[k] = k % 7 ? sw_random_uniform(&random) : 0.0;
    for (int weighted = 0; weighted < 2; weighted++) {
        const double *used = weighted ? weights : NULL;
        const sw_bond_order_options options = {all_l, ALL, true, true, used};
        sw_bond_order order;
        assert_int_equal(sw_bond_order_create(&order, &n, &options, NULL, NULL), SW_OK);
        for (size_t k = 0; k < ALL; k++)
            for (size_t i = 0; i < 43; i++) {
                near(order.q[k * 43 + i], sqrt(fmax(overlap(&n, used, i, i, all_l[k]), 0.0)),
                     1e-12);
                if (i % 10 == 0)
                    near(order.averaged_q[k * 43 + i], averaged(&n, used, i, all_l[k]), 1e-10);
            }
        sw_bond_order_clear(&order);
    }
    free(weights);
    sw_neighbours_clear(&n);
    sw_atoms_destroy(atoms);
}

/* Nodes of Gauss and Legendre by Newton's method. */
static void gauss(double *z, double *weight, int count) {
    for (int i = 0; i < count; i++) {
        z[i] = cos(PI * (i + 0.75) / (count + 0.5));
        for (int step = 0; step < 30; step++) {
            double p = legendre(count, z[i]);
            double slope = count * (z[i] * p - legendre(count - 1, z[i])) / (z[i] * z[i] - 1.0);
            z[i] -= p / slope;
            weight[i] = 2.0 / ((1.0 - z[i] * z[i]) * slope * slope);
        }
    }
}

/* The mean over the sphere of the cube of f(n) = sum over bonds of P_l(n . bond) / N is
 * (l l l; 0 0 0) times the sum of 3j symbols in W_l, and the mean of P_l^3 is (l l l; 0 0 0)^2. */
static double third_by_integration(const sw_neighbours *n, size_t i, int l) {
    enum { NODES = 24, TURNS = 48 };
    double z[NODES], weight[NODES], cube = 0.0, symbol = 0.0, second = 0.0;
    gauss(z, weight, NODES);
    double count = (double)(n->first[i + 1] - n->first[i]);
    for (int a = 0; a < NODES; a++) {
        symbol += 0.5 * weight[a] * pow(legendre(l, z[a]), 3.0);
        for (int t = 0; t < TURNS; t++) {
            double s = sqrt(1.0 - z[a] * z[a]), f = 0.0;
            const double at[3] = {s * cos(2 * PI * t / TURNS), s * sin(2 * PI * t / TURNS), z[a]};
            for (size_t k = n->first[i]; k < n->first[i + 1]; k++)
                f += legendre(l, (at[0] * n->vector[k][0] + at[1] * n->vector[k][1] +
                                  at[2] * n->vector[k][2]) /
                                     n->distance[k]) /
                     count;
            cube += 0.5 * weight[a] / TURNS * f * f * f;
            second += 0.5 * weight[a] / TURNS * f * f;
        }
    }
    double sign = l / 2 % 2 ? -1.0 : 1.0; /* of (l l l; 0 0 0) */
    return sign * cube / sqrt(symbol) / pow((2 * l + 1) * second, 1.5);
}

static void the_third_invariant_by_integration(void **state) {
    (void)state;
    sw_atoms *atoms = random_atoms(20, NULL, NULL, 8);
    sw_neighbours n;
    sw_bond_order order;
    const sw_bond_order_options options = {all_l, ALL, true, false, NULL};
    assert_int_equal(sw_neighbours_nearest(&n, atoms, 5, NULL, NULL), SW_OK);
    assert_int_equal(sw_bond_order_create(&order, &n, &options, NULL, NULL), SW_OK);
    assert_null(order.averaged_q);
    for (size_t k = 0; k < ALL; k++)
        for (size_t i = 0; i < 20; i += 6)
            near(order.w[k * 20 + i], all_l[k] % 2 ? 0.0 : third_by_integration(&n, i, all_l[k]),
                 1e-10);
    sw_bond_order_clear(&order);
    sw_neighbours_clear(&n);
    sw_atoms_destroy(atoms);
}

/* Orthogonality: the squares over all m1, m2 add up to one. */
static void wigner_symbols(void **state) {
    (void)state;
    near(sw_wigner_3j(2, 0, 0), -sqrt(2.0 / 35.0), 1e-15);
    near(sw_wigner_3j(4, 0, 0), sqrt(18.0 / 1001.0), 1e-15);
    near(sw_wigner_3j(6, 0, 0), -sqrt(400.0 / 46189.0), 1e-15);
    near(sw_wigner_3j(1, 1, -1), 1.0 / sqrt(6.0), 1e-15);
    assert_true(sw_wigner_3j(3, 4, 0) == 0.0 && sw_wigner_3j(3, 2, 2) == 0.0);
    for (int l = 0; l <= 12; l++) {
        double sum = 0.0;
        for (int a = -l; a <= l; a++)
            for (int b = -l; b <= l; b++)
                sum += sw_wigner_3j(l, a, b) * sw_wigner_3j(l, a, b);
        near(sum, 1.0, 1e-13);
    }
}

/* Turned about (1, 2, 3) / sqrt 14: all invariants stay. */
static void turning_changes_nothing(void **state) {
    (void)state;
    const sw_bond_order_options options = {all_l, ALL, true, true, NULL};
    sw_bond_order order[2];
    for (int turned = 0; turned < 2; turned++) {
        sw_atoms *atoms = random_atoms(50, NULL, NULL, 6);
        const double u[3] = {1 / sqrt(14), 2 / sqrt(14), 3 / sqrt(14)};
        for (size_t i = 0; turned && i < 50; i++) {
            double *r = sw_atoms_positions(atoms) + 3 * i, v[3] = {r[0], r[1], r[2]};
            double along = u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
            for (int k = 0; k < 3; k++)
                r[k] =
                    cos(1.1) * v[k] + (1.0 - cos(1.1)) * along * u[k] +
                    sin(1.1) * (u[(k + 1) % 3] * v[(k + 2) % 3] - u[(k + 2) % 3] * v[(k + 1) % 3]);
        }
        sw_neighbours n;
        assert_int_equal(sw_neighbours_nearest(&n, atoms, 11, NULL, NULL), SW_OK);
        assert_int_equal(sw_bond_order_create(&order[turned], &n, &options, NULL, NULL), SW_OK);
        sw_neighbours_clear(&n);
        sw_atoms_destroy(atoms);
    }
    for (size_t i = 0; i < ALL * 50; i++) {
        near(order[1].q[i], order[0].q[i], 1e-12);
        near(order[1].averaged_q[i], order[0].averaged_q[i], 1e-12);
        near(order[1].w[i], order[0].w[i], 1e-10);
        near(order[1].averaged_w[i], order[0].averaged_w[i], 1e-10);
    }
    sw_bond_order_clear(&order[0]);
    sw_bond_order_clear(&order[1]);
}

static void any_number_of_threads_gives_the_same(void **state) {
    (void)state;
    sw_context *context;
    sw_atoms *atoms = random_atoms(3001, NULL, NULL, 6);
    sw_neighbours n;
    sw_bond_order order[2];
    const sw_bond_order_options options = {all_l, ALL, true, true, NULL};
    assert_int_equal(sw_context_create(&context), SW_OK);
    assert_int_equal(sw_neighbours_within(&n, atoms, 1.0, SW_NEIGHBOURS_AS_FOUND, NULL, NULL),
                     SW_OK);
    for (int t = 0; t < 2; t++) {
        sw_context_set_threads(context, 1 + 3 * t);
        assert_int_equal(sw_bond_order_create(&order[t], &n, &options, context, NULL), SW_OK);
    }
    assert_memory_equal(order[0].q, order[1].q, ALL * 3001 * sizeof(double));
    assert_memory_equal(order[0].averaged_w, order[1].averaged_w, ALL * 3001 * sizeof(double));
    sw_bond_order_clear(&order[0]);
    sw_bond_order_clear(&order[1]);
    sw_context_cancel(context);
    assert_int_equal(sw_bond_order_create(&order[0], &n, &options, context, NULL),
                     SW_ERROR_CANCELLED);
    sw_neighbours_clear(&n);
    sw_atoms_destroy(atoms);
    sw_context_destroy(context);
}

static void lonely_atoms_and_what_is_refused(void **state) {
    (void)state;
    static const int bad_l[][2] = {{1, 4}, {4, 13}, {6, 4}, {4, 4}};
    sw_atoms *atoms = random_atoms(10, NULL, NULL, 6);
    sw_neighbours n;
    sw_bond_order order;
    sw_error error = {0};
    sw_bond_order_options options = {all_l, ALL, true, true, NULL};
    assert_int_equal(sw_neighbours_within(&n, atoms, 1e-3, SW_NEIGHBOURS_AS_FOUND, NULL, NULL),
                     SW_OK);
    assert_int_equal(sw_bond_order_create(&order, &n, &options, NULL, NULL), SW_OK);
    for (size_t i = 0; i < 10 * ALL; i++)
        assert_true(order.q[i] == 0.0 && order.w[i] == 0.0 && order.averaged_q[i] == 0.0 &&
                    order.averaged_w[i] == 0.0);
    sw_bond_order_clear(&order);
    sw_neighbours_clear(&n);
    for (int b = 0; b < 4; b++) {
        const sw_bond_order_options bad = {bad_l[b], 2, false, false, NULL};
        assert_int_equal(sw_bond_order_create(&order, &n, &bad, NULL, &error), SW_ERROR_ARGUMENT);
    }
    memcpy(sw_atoms_positions(atoms) + 3 * 9, sw_atoms_positions(atoms) + 3 * 4, 24);
    assert_int_equal(sw_neighbours_within(&n, atoms, 1e-3, SW_NEIGHBOURS_AS_FOUND, NULL, NULL),
                     SW_OK);
    assert_int_equal(sw_bond_order_create(&order, &n, &options, NULL, &error), SW_ERROR_NUMERIC);
    assert_string_equal(error.place, "atom 5");
    sw_neighbours_clear(&n);
    sw_atoms_destroy(atoms);
    assert_int_equal(sw_atoms_create(&atoms, 0), SW_OK);
    assert_int_equal(sw_neighbours_nearest(&n, atoms, 12, NULL, NULL), SW_OK);
    assert_int_equal(sw_bond_order_create(&order, &n, &options, NULL, NULL), SW_OK);
    sw_bond_order_clear(&order);
    sw_neighbours_clear(&n);
    sw_atoms_destroy(atoms);
}

#ifdef SPILLWAY_TEST_ALLOCATION
static void every_failed_allocation_is_reported(void **state) {
    (void)state;
    sw_atoms *atoms = random_atoms(10, NULL, NULL, 6);
    sw_neighbours n;
    sw_bond_order order;
    const sw_bond_order_options options = {all_l, ALL, true, true, NULL};
    assert_int_equal(sw_neighbours_nearest(&n, atoms, 4, NULL, NULL), SW_OK);
    sw_status status = SW_ERROR_MEMORY;
    for (long allowed = 0; status != SW_OK; allowed++) {
        assert_true(allowed < 20);
        sw_memory_fail_after(allowed);
        status = sw_bond_order_create(&order, &n, &options, NULL, NULL);
        sw_memory_fail_after(-1);
        assert_true(status == SW_OK || status == SW_ERROR_MEMORY);
    }
    sw_bond_order_clear(&order);
    sw_neighbours_clear(&n);
    sw_atoms_destroy(atoms);
}
#endif

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_addition_theorem_holds),
        cmocka_unit_test(the_third_invariant_by_integration),
        cmocka_unit_test(wigner_symbols),
        cmocka_unit_test(turning_changes_nothing),
        cmocka_unit_test(any_number_of_threads_gives_the_same),
        cmocka_unit_test(lonely_atoms_and_what_is_refused),
#ifdef SPILLWAY_TEST_ALLOCATION
        cmocka_unit_test(every_failed_allocation_is_reported),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
