/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several elements with constant matrices against closed forms: error functions of both
 * eigenvalues, eigenmodes, the parabola of a marker; conservation; orders of convergence; the
 * binary code. */
#include "diffusion/blocks.h"
#include "diffusion/couple.h"
#include "diffusion/mixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PI 3.14159265358979323846

/* ---- two components with a constant matrix --------------------------------------------------- */

/* Eigenvalues 3 and 1: D = P diag(3, 1) P^-1 with P = [[1, 1], [-0.5, 0.5]]. */
static const double matrix[4] = {2.0, -2.0, -0.5, 2.0};
static const double eigenvalue[2] = {3.0, 1.0};
static const double vector[2][2] = {{1.0, -0.5}, {1.0, 0.5}};
static const double drift[2] = {0.9, -0.4};

static bool constant(sw_mixing_point *point, const void *of, const double *x) {
    (void)of;
    (void)x;
    *point = (sw_mixing_point){0};
    memcpy(point->matrix, matrix, sizeof matrix);
    memcpy(point->drift, drift, sizeof drift);
    return true;
}

static void run_to(sw_mixture *mixture, double end) {
    sw_error error = {0};
    while (mixture->control.time < end)
        if (sw_mixture_advance(mixture, end, &error) != SW_OK)
            fail_msg("%s", error.message);
}

static void make(sw_mixture *mixture, size_t components, size_t cells, int dimension,
                 void (*fill)(double *x, double place)) {
    assert_int_equal(sw_mixture_create(mixture, components, cells, 1.0, dimension, NULL), SW_OK);
    mixture->mixing.at = constant;
    for (size_t i = 0; i < cells; i++) {
        double x[SW_MIXTURE_COMPONENTS];
        fill(x, ((double)i + 0.5) / (double)cells);
        for (size_t k = 0; k < components; k++)
            mixture->now.content[i * components + k] = x[k] * mixture->volume[i];
    }
}

static const double left[2] = {0.2, 0.3}, right[2] = {0.4, 0.3}; /* the second is level at first */

static void step_of_both(double *x, double place) {
    memcpy(x, place < 0.5 ? left : right, sizeof left);
}

/* Shares of both eigenvectors in right - left = (0.2, 0). */
static const double share[2] = {0.1, 0.1};

static double exact(size_t k, double z, double t) {
    double x = 0.5 * (left[k] + right[k]);
    for (size_t e = 0; e < 2; e++)
        x += 0.5 * share[e] * vector[e][k] * erf(z / (2.0 * sqrt(eigenvalue[e] * t)));
    return x;
}

/* eta of z = eta sqrt(t): twice the velocity of the lattice there, times sqrt(t). */
static double marker_of(void) {
    double eta = 0.0;
    for (int i = 0; i < 200; i++) {
        double next = 0.0;
        for (size_t e = 0; e < 2; e++)
            next += 2.0 * share[e] * (drift[0] * vector[e][0] + drift[1] * vector[e][1]) *
                    exp(-eta * eta / (4.0 * eigenvalue[e])) / (2.0 * sqrt(PI * eigenvalue[e]));
        eta = next;
    }
    return eta;
}

struct off {
    double x, marker, balance, uphill;
};

static struct off off_from_error_functions(size_t cells) {
    sw_mixture mixture;
    struct off off = {0};
    const double t = 0.0012;
    make(&mixture, 2, cells, 0, step_of_both);
    mixture.control.tolerance = 1e-6;
    mixture.markers = 1;
    mixture.now.marker[0] = 0.5;
    double total[3];
    for (size_t k = 0; k < 3; k++)
        total[k] = sw_mixture_total(&mixture, k);
    run_to(&mixture, t);
    for (size_t i = 0; i < cells; i++)
        for (size_t k = 0; k < 2; k++) {
            const double z = ((double)i + 0.5) / (double)cells - 0.5;
            const double x = sw_mixture_x(&mixture, i, k);
            off.x = fmax(off.x, fabs(x - exact(k, z, t)));
            if (k == 1)
                off.uphill = fmax(off.uphill, fabs(x - 0.3));
        }
    off.marker = (mixture.now.marker[0] - 0.5) / (marker_of() * sqrt(t)) - 1.0;
    for (size_t k = 0; k < 3; k++)
        off.balance = fmax(off.balance, fabs(sw_mixture_total(&mixture, k) / total[k] - 1.0));
    print_message("# %zu cells: off %.2e, marker %.2e, balance %.1e, uphill %.5f, %llu steps\n",
                  cells, off.x, off.marker, off.balance, off.uphill,
                  (unsigned long long)mixture.control.steps);
    sw_mixture_clear(&mixture);
    return off;
}

/* The second component is level at first and is driven uphill by the first: with what error
 * functions leave of it, 0.05/2 (erf(z/2 sqrt(t)) - erf(z/2 sqrt(3t))) at its largest. */
static void a_couple_becomes_two_error_functions(void **unused) {
    (void)unused;
    const struct off coarse = off_from_error_functions(50), fine = off_from_error_functions(100),
                     finest = off_from_error_functions(200);
    assert_true(finest.x < 1e-4);
    assert_true(coarse.x / fine.x > 3.3 && fine.x / finest.x > 3.3); /* second order: 4 */
    assert_true(fabs(finest.marker) < 2e-2 && fabs(finest.marker) < 0.7 * fabs(coarse.marker));
    assert_true(coarse.balance < 1e-13 && finest.balance < 1e-13);
    double uphill = 0.0;
    for (double u = 0; u < 4; u += 1e-3)
        uphill = fmax(uphill, 0.025 * (erf(u) - erf(u / sqrt(3.0))));
    assert_true(fabs(finest.uphill / uphill - 1.0) < 5e-3);
}

/* Eigenmodes of each geometry, once of each eigenvalue. */
struct mode {
    int dimension;
    double k;
};
static struct mode mode;

static double shape_at(double place) {
    return mode.dimension == 0   ? cos(mode.k * place)
           : mode.dimension == 1 ? j0(mode.k * place)
                                 : sin(mode.k * place) / (mode.k * place);
}

static void modes_of_both(double *x, double place) {
    for (size_t k = 0; k < 2; k++)
        x[k] = 0.3 + 0.1 * shape_at(place) * (vector[0][k] + vector[1][k]);
}

static void modes_decay_in_all_geometries(void **unused) {
    (void)unused;
    static const struct mode modes[] = {{0, PI}, {1, 3.831705970207512}, {2, 4.493409457909064}};
    for (size_t d = 0; d < 3; d++) {
        sw_mixture mixture;
        mode = modes[d];
        const double t = 0.5 / (mode.k * mode.k);
        make(&mixture, 2, 400, mode.dimension, modes_of_both);
        mixture.control.tolerance = 1e-6;
        double off = 0.0, total[3];
        for (size_t k = 0; k < 3; k++)
            total[k] = sw_mixture_total(&mixture, k);
        run_to(&mixture, t);
        for (size_t i = 0; i < 400; i++)
            for (size_t k = 0; k < 2; k++) {
                double x = 0.3;
                for (size_t e = 0; e < 2; e++)
                    x += 0.1 * shape_at(((double)i + 0.5) / 400) * vector[e][k] *
                         exp(-eigenvalue[e] * mode.k * mode.k * t);
                off = fmax(off, fabs(sw_mixture_x(&mixture, i, k) - x));
            }
        print_message("# dimension %d: %.2e in %llu steps\n", mode.dimension, off,
                      (unsigned long long)mixture.control.steps);
        assert_true(off < 2e-5);
        for (size_t k = 0; k < 3; k++)
            assert_true(fabs(sw_mixture_total(&mixture, k) / total[k] - 1.0) < 1e-13);
        sw_mixture_clear(&mixture);
    }
}

/* On the grid the mode of eigenvalue e decays with 4 e n^2 sin^2(pi / 2n): what is left is the
 * error in time. */
static double off_in_time(double tolerance) {
    sw_mixture mixture;
    mode = (struct mode){0, PI};
    make(&mixture, 2, 100, 0, modes_of_both);
    mixture.control.tolerance = tolerance;
    run_to(&mixture, 0.05);
    const double rate = 4.0 * 100 * 100 * pow(sin(PI / 200), 2);
    double off = 0.0;
    for (size_t k = 0; k < 2; k++) {
        double x = 0.3;
        for (size_t e = 0; e < 2; e++)
            x += 0.1 * cos(PI * 0.005) * vector[e][k] * exp(-0.05 * eigenvalue[e] * rate);
        off = fmax(off, fabs(sw_mixture_x(&mixture, 0, k) - x));
    }
    sw_mixture_clear(&mixture);
    return off;
}

static void time_steps_are_of_second_order(void **unused) {
    (void)unused;
    const double coarse = off_in_time(1e-3), fine = off_in_time(1e-5);
    print_message("# tolerance 1e-3, 1e-5: %.2e %.2e\n", coarse, fine);
    assert_true(coarse / fine > 30 && coarse < 5e-3);
}

/* ---- coefficients that depend on composition ------------------------------------------------- */

static double exponential(double x) {
    return exp(4.0 * x);
}

static bool one_exponential(sw_mixing_point *point, const void *of, const double *x) {
    (void)of;
    *point = (sw_mixing_point){.matrix = {exponential(x[0])}};
    return true;
}

static void step_of_one(double *x, double place) {
    x[0] = place < 0.5 ? 0.0 : 1.0;
}

/* One component whose D rises by exp(4) across the couple, against the code for two elements. Their
 * means across a jump differ by what tables and Gauss's points leave. */
static void one_component_is_the_couple_of_two_elements(void **unused) {
    (void)unused;
    sw_mixture mixture;
    sw_diffusivity diffusivity;
    sw_couple couple;
    const size_t cells[2] = {200, 0};
    const double length[2] = {1.0, 0.0}, t = 1e-3;
    for (size_t i = 0; i <= SW_DIFFUSIVITY_STEPS; i++)
        diffusivity.value[i] = exponential((double)i / SW_DIFFUSIVITY_STEPS);
    sw_diffusivity_integrate(&diffusivity);
    assert_int_equal(sw_couple_create(&couple, 1, cells, length, 0, NULL), SW_OK);
    couple.layer[0].diffusivity = &diffusivity;
    for (size_t i = 100; i < 200; i++)
        couple.layer[0].content[i] = sw_layer_volume(&couple.layer[0], i);
    make(&mixture, 1, 200, 0, step_of_one);
    mixture.mixing.at = one_exponential;
    mixture.control.tolerance = couple.control.tolerance = 1e-6;
    run_to(&mixture, t);
    while (couple.control.time < t)
        assert_int_equal(sw_couple_advance(&couple, t, NULL), SW_OK);
    double off = 0.0;
    for (size_t i = 0; i < 200; i++)
        off = fmax(off, fabs(sw_mixture_x(&mixture, i, 0) - sw_layer_x(&couple.layer[0], i)));
    print_message("# differ by %.1e\n", off);
    assert_true(off < 1e-5);
    sw_mixture_clear(&mixture);
    sw_couple_clear(&couple);
}

/* ---- equations of blocks --------------------------------------------------------------------- */

/* Random blocks, with and without need of a pivot: the residual of the solution. */
static void blocks_are_solved(void **unused) {
    (void)unused;
    srand(7);
    for (size_t m = 1; m <= 7; m++) {
        enum { CELLS = 9 };
        double stored[4][CELLS * 49], used[4][CELLS * 49], rest = 0.0;
        for (size_t a = 0; a < 4; a++)
            for (size_t i = 0; i < CELLS * 49; i++)
                stored[a][i] = (double)rand() / RAND_MAX - 0.5;
        for (size_t i = 0; i < CELLS; i++)
            for (size_t k = 0; k < m; k++) /* dominant, but off the diagonal of the block */
                stored[1][(i * m + k) * m + (k + 1) % m] += 20.0;
        memcpy(used, stored, sizeof used);
        sw_blocks blocks = {CELLS, m, used[0], used[1], used[2], used[3]};
        assert_true(sw_blocks_solve(&blocks));
        for (size_t i = 0; i < CELLS; i++)
            for (size_t k = 0; k < m; k++) {
                double sum = -stored[3][i * m + k];
                for (size_t j = 0; j < m; j++) {
                    const size_t at = (i * m + k) * m + j;
                    sum += stored[1][at] * used[3][i * m + j];
                    if (i > 0)
                        sum += stored[0][at] * used[3][(i - 1) * m + j];
                    if (i + 1 < CELLS)
                        sum += stored[2][at] * used[3][(i + 1) * m + j];
                }
                rest = fmax(rest, fabs(sum));
            }
        print_message("# size %zu: residual %.1e\n", m, rest);
        assert_true(rest < 1e-13);
    }
    double zero[4] = {0}, right_side[2] = {1, 1};
    sw_blocks singular = {1, 2, zero, zero, zero, right_side};
    assert_false(sw_blocks_solve(&singular));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_couple_becomes_two_error_functions),
        cmocka_unit_test(modes_decay_in_all_geometries),
        cmocka_unit_test(time_steps_are_of_second_order),
        cmocka_unit_test(one_component_is_the_couple_of_two_elements),
        cmocka_unit_test(blocks_are_solved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
