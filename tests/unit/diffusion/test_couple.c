/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layers with constant or known diffusivity against closed forms: error functions, eigenmodes, the
 * similarity solution of a moving boundary; conservation; orders of convergence. */
#include "diffusion/couple.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

#define PI 3.14159265358979323846

static void constant(sw_diffusivity *diffusivity, double value) {
    for (size_t i = 0; i <= SW_DIFFUSIVITY_STEPS; i++)
        diffusivity->value[i] = value;
    sw_diffusivity_integrate(diffusivity);
}

static void run_to(sw_couple *couple, double end) {
    sw_error error = {0};
    while (couple->control.time < end)
        if (sw_couple_advance(couple, end, &error) != SW_OK)
            fail_msg("%s", error.message);
}

/* A couple of one layer whose x at a place is given. */
static void make_one(sw_couple *couple, const sw_diffusivity *diffusivity, size_t cells,
                     int dimension, double (*x)(double)) {
    const size_t count[2] = {cells, 0};
    const double length[2] = {1.0, 0.0};
    assert_int_equal(sw_couple_create(couple, 1, count, length, dimension, NULL), SW_OK);
    sw_layer *layer = &couple->layer[0];
    layer->diffusivity = diffusivity;
    for (size_t i = 0; i < cells; i++)
        layer->content[i] = x(sw_layer_middle(layer, i)) * sw_layer_volume(layer, i);
}

static double step_profile(double place) {
    return place < 0.5 ? 0.0 : 1.0;
}

/* Largest deviation from (1 + erf(z / 2 sqrt(Dt))) / 2 at D t = 1/400: the ends feel 1e-6 of it. */
static double off_from_error_function(size_t cells, double tolerance) {
    sw_diffusivity diffusivity;
    sw_couple couple;
    double off = 0.0;
    constant(&diffusivity, 2.0);
    make_one(&couple, &diffusivity, cells, 0, step_profile);
    couple.control.tolerance = tolerance;
    run_to(&couple, 0.00125);
    for (size_t i = 0; i < cells; i++) {
        const double z = sw_layer_middle(&couple.layer[0], i) - 0.5;
        const double exact = 0.5 * (1.0 + erf(z / (2.0 * sqrt(0.0025))));
        off = fmax(off, fabs(sw_layer_x(&couple.layer[0], i) - exact));
    }
    assert_true(fabs(sw_couple_total(&couple) - 0.5) < 1e-13);
    sw_couple_clear(&couple);
    return off;
}

static void a_step_becomes_an_error_function(void **unused) {
    (void)unused;
    const double coarse = off_from_error_function(50, 1e-6);
    const double fine = off_from_error_function(100, 1e-6);
    const double finest = off_from_error_function(200, 1e-6);
    print_message("# cells 50, 100, 200: %.2e %.2e %.2e\n", coarse, fine, finest);
    assert_true(finest < 2e-4);
    assert_true(coarse / fine > 3.3 && fine / finest > 3.3); /* second order: 4 */
}

static double cosine(double place) {
    return 0.5 + 0.4 * cos(PI * place);
}

static double sphere_mode(double r) {
    const double k = 4.493409457909064; /* tan k = k: no flux at r = 1 */
    return 0.4 + 0.3 * sin(k * r) / (k * r);
}

static double cylinder_mode(double r) {
    return 0.4 + 0.3 * j0(3.831705970207512 * r); /* the first zero of J1 */
}

/* Eigenmodes decay as exp(-k^2 D t): the amplitude after one decay time, 400 cells. */
static void modes_decay_in_all_geometries(void **unused) {
    (void)unused;
    static const struct {
        int dimension;
        double k, mean;
        double (*x)(double);
    } modes[] = {{0, PI, 0.5, cosine},
                 {1, 3.831705970207512, 0.4, cylinder_mode},
                 {2, 4.493409457909064, 0.4, sphere_mode}};
    for (size_t m = 0; m < 3; m++) {
        sw_diffusivity diffusivity;
        sw_couple couple;
        constant(&diffusivity, 1.0);
        make_one(&couple, &diffusivity, 400, modes[m].dimension, modes[m].x);
        couple.control.tolerance = 1e-6;
        const double total = sw_couple_total(&couple);
        run_to(&couple, 1.0 / (modes[m].k * modes[m].k));
        double off = 0.0;
        for (size_t i = 0; i < 400; i++) {
            const double place = sw_layer_middle(&couple.layer[0], i);
            const double exact = modes[m].mean + (modes[m].x(place) - modes[m].mean) * exp(-1.0);
            off = fmax(off, fabs(sw_layer_x(&couple.layer[0], i) - exact));
        }
        print_message("# dimension %d: %.2e in %llu steps\n", modes[m].dimension, off,
                      (unsigned long long)couple.control.steps);
        assert_true(off < 5e-5);
        assert_true(fabs(sw_couple_total(&couple) / total - 1.0) < 1e-13);
        sw_couple_clear(&couple);
    }
}

/* The error in time goes with the tolerance: the amplitude of the cosine, against its own exact
 * value on the grid, where the mode decays with 4 n^2 sin^2(pi / 2n). */
static double off_in_time(double tolerance) {
    sw_diffusivity diffusivity;
    sw_couple couple;
    constant(&diffusivity, 1.0);
    make_one(&couple, &diffusivity, 100, 0, cosine);
    couple.control.tolerance = tolerance;
    run_to(&couple, 0.1);
    const double rate = 4.0 * 100 * 100 * pow(sin(PI / 200), 2);
    const double exact = 0.4 * cos(PI * 0.005) * exp(-0.1 * rate);
    const double off = fabs(sw_layer_x(&couple.layer[0], 0) - 0.5 - exact);
    sw_couple_clear(&couple);
    return off;
}

static void time_steps_are_of_second_order(void **unused) {
    (void)unused;
    const double coarse = off_in_time(1e-3), fine = off_in_time(1e-5);
    print_message("# tolerance 1e-3, 1e-5: %.2e %.2e\n", coarse, fine);
    /* steps go with the square root of the tolerance, the error with the square of the steps */
    assert_true(coarse / fine > 30);
    assert_true(coarse < 5e-3);
}

/* lambda of two half-spaces whose boundary moves as 2 lambda sqrt(D_a t) (Wagner; Jost, Diffusion
 * (1952)). */
struct similarity {
    double a0, a, b, b0, Da, Db;
};

static double imbalance(const struct similarity *s, double lambda) {
    const double ratio = sqrt(s->Da / s->Db), other = lambda * ratio;
    return (s->a - s->b) * lambda * sqrt(s->Da) +
           (s->a - s->a0) * sqrt(s->Da / PI) * exp(-lambda * lambda) / erfc(-lambda) +
           (s->b - s->b0) * sqrt(s->Db / PI) * exp(-other * other) / erfc(other);
}

static double lambda_of(const struct similarity *s) {
    double low = -3, high = 3;
    const bool rising = imbalance(s, high) > imbalance(s, low);
    for (int i = 0; i < 100; i++) {
        const double middle = 0.5 * (low + high);
        if ((imbalance(s, middle) > 0) == rising)
            high = middle;
        else
            low = middle;
    }
    return low;
}

/* Relative error of how far the boundary has gone. */
static double off_from_similarity(const struct similarity *s, size_t cells) {
    sw_diffusivity diffusivity[2];
    sw_couple couple;
    const size_t count[2] = {cells, cells};
    const double length[2] = {0.5, 0.5};
    constant(&diffusivity[0], s->Da);
    constant(&diffusivity[1], s->Db);
    assert_int_equal(sw_couple_create(&couple, 2, count, length, 0, NULL), SW_OK);
    for (size_t l = 0; l < 2; l++) {
        couple.layer[l].diffusivity = &diffusivity[l];
        for (size_t i = 0; i < cells; i++)
            couple.layer[l].content[i] =
                (l == 0 ? s->a0 : s->b0) * sw_layer_volume(&couple.layer[l], i);
    }
    sw_couple_set_boundary(&couple, s->a, s->b);
    couple.control.tolerance = 1e-5;
    const double total = sw_couple_total(&couple), end = 0.0025;
    run_to(&couple, end);
    const double exact = 2.0 * lambda_of(s) * sqrt(s->Da * end);
    const double off = (couple.layer[0].to - 0.5) / exact - 1.0;
    print_message("# lambda %.4f, %zu cells: %.5f of %.5f, off %.1e, balance %.1e\n", lambda_of(s),
                  cells, couple.layer[0].to - 0.5, exact, off,
                  sw_couple_total(&couple) / total - 1.0);
    assert_int_equal(couple.layers, 2);
    assert_true(fabs(sw_couple_total(&couple) / total - 1.0) < 1e-12);
    sw_couple_clear(&couple);
    return fabs(off);
}

static void a_moving_boundary_follows_the_similarity_solution(void **unused) {
    (void)unused;
    static const struct similarity cases[] = {
        {0.0, 0.03, 0.09, 0.35, 1.0, 1.0}, /* both sides feed each other */
        {0.0, 0.03, 0.09, 0.35, 2.0, 0.3},
        {0.3, 0.1, 0.5, 0.5, 1.0, 1.0}, /* one side at rest: Stefan */
    };
    for (size_t i = 0; i < 3; i++) {
        const double coarse = off_from_similarity(&cases[i], 100);
        const double fine = off_from_similarity(&cases[i], 200);
        assert_true(fine < 5e-3);
        assert_true(coarse > 1.5 * fine);
    }
}

/* A thin layer that dissolves altogether: all of its content is found in the other. */
static void a_layer_may_vanish(void **unused) {
    (void)unused;
    for (int side = 0; side < 2; side++) {
        sw_diffusivity diffusivity[2];
        sw_couple couple;
        const size_t count[2] = {40, 40};
        const double length[2] = {side == 0 ? 0.05 : 0.95, side == 0 ? 0.95 : 0.05};
        constant(&diffusivity[0], 1.0);
        constant(&diffusivity[1], 1.0);
        assert_int_equal(sw_couple_create(&couple, 2, count, length, 0, NULL), SW_OK);
        for (size_t l = 0; l < 2; l++) {
            couple.layer[l].diffusivity = &diffusivity[l];
            for (size_t i = 0; i < 40; i++)
                couple.layer[l].content[i] =
                    ((int)l == side ? 0.6 : 0.0) * sw_layer_volume(&couple.layer[l], i);
        }
        sw_couple_set_boundary(&couple, side == 0 ? 0.6 : 0.2, side == 0 ? 0.2 : 0.6);
        const double total = sw_couple_total(&couple);
        run_to(&couple, 5.0);
        double lowest, highest;
        sw_couple_range(&couple, &lowest, &highest);
        print_message("# %zu layers, %.6f to %.6f, balance %.1e\n", couple.layers, lowest, highest,
                      sw_couple_total(&couple) / total - 1.0);
        assert_int_equal(couple.layers, 1);
        assert_true(fabs(lowest - 0.03) < 1e-6 && fabs(highest - 0.03) < 1e-6);
        assert_true(fabs(sw_couple_total(&couple) / total - 1.0) < 1e-12);
        sw_couple_clear(&couple);
    }
}

/* ---- a front --------------------------------------------------------------------------------- */

/* Smith, Tiller and Rutter, Can. J. Phys. 33, 723 (1955): composition at a front over that far
 * away, of a solute with partition coefficient k, after a way of tau D / v. */
static double piled_up(double k, double tau) {
    const double root = sqrt(tau), other = 2.0 * k - 1.0;
    return (1.0 + erf(0.5 * root) + other * exp(-k * (1.0 - k) * tau) * erfc(0.5 * other * root)) /
           (2.0 * k);
}

static void run_front(sw_couple *couple, const sw_diffusivity *diffusivity, double ratio, double x0,
                      size_t cells, double end) {
    const size_t count[2] = {cells, 0};
    const double length[2] = {30.0, 0.0}; /* of D / v */
    assert_int_equal(sw_couple_create(couple, 1, count, length, 0, NULL), SW_OK);
    couple->velocity = 1.0;
    couple->control.tolerance = x0 * 1e-4;
    couple->layer[0].diffusivity = diffusivity;
    couple->layer[0].front_ratio = ratio;
    for (size_t i = 0; i < cells; i++)
        couple->layer[0].content[i] = x0 * sw_layer_volume(&couple->layer[0], i);
    run_to(couple, end);
    assert_true(fabs((sw_couple_total(couple) + couple->layer[0].given) / (30.0 * x0) - 1) < 1e-12);
    assert_true(fabs(couple->layer[0].from - end) < 1e-9);
}

static void a_front_piles_up_what_it_does_not_take(void **unused) {
    (void)unused;
    static const double ratios[] = {3.0, 10.0, 0.5};
    sw_diffusivity diffusivity;
    constant(&diffusivity, 1.0);
    for (size_t r = 0; r < 3; r++)
        for (double tau = 0.5; tau < 10; tau *= 4) {
            double off[2];
            const double exact = piled_up(1.0 / ratios[r], tau);
            for (size_t c = 0; c < 2; c++) {
                sw_couple couple;
                run_front(&couple, &diffusivity, ratios[r], 1e-6, (size_t)600 << c, tau);
                off[c] = sw_layer_front_x(&couple.layer[0], 1.0, 1.0) / 1e-6 / exact - 1.0;
                sw_couple_clear(&couple);
            }
            print_message("# ratio %g, way %g: %.5f, off %.1e %.1e\n", ratios[r], tau, exact,
                          off[0], off[1]);
            assert_true(fabs(off[1]) < 2e-3);
        }
}

/* In the end as much leaves as comes: x / (1 - x) is the ratio times that of the bulk. */
static void a_front_ends_at_the_ratio_of_mobilities(void **unused) {
    (void)unused;
    sw_diffusivity diffusivity;
    sw_couple couple;
    constant(&diffusivity, 1.0);
    run_front(&couple, &diffusivity, 3.0, 0.1, 600, 20.0);
    const double x = sw_layer_front_x(&couple.layer[0], 1.0, 1.0);
    print_message("# %.5f of 0.25\n", x);
    assert_true(fabs(x - 0.25) < 1e-3);
    sw_couple_clear(&couple);
    run_front(&couple, &diffusivity, 1.0, 0.1, 600, 20.0); /* no ratio, nothing happens */
    assert_true(fabs(sw_layer_front_x(&couple.layer[0], 1.0, 1.0) - 0.1) < 1e-9);
    sw_couple_clear(&couple);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_step_becomes_an_error_function),
        cmocka_unit_test(modes_decay_in_all_geometries),
        cmocka_unit_test(time_steps_are_of_second_order),
        cmocka_unit_test(a_moving_boundary_follows_the_similarity_solution),
        cmocka_unit_test(a_layer_may_vanish),
        cmocka_unit_test(a_front_piles_up_what_it_does_not_take),
        cmocka_unit_test(a_front_ends_at_the_ratio_of_mobilities),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
