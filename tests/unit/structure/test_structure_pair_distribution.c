/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure_atoms.h"

#include "structure/first_shell.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PI 3.14159265358979323846

static double ball(double r) {
    return 4.0 / 3.0 * PI * r * r * r;
}

static void near(double value, double expected, double tolerance) {
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%.17g is not %.17g within %g", value, expected, tolerance);
}

/* ---- bodies ---------------------------------------------------------------------------------- */

static void shells_of_a_block(void **state) {
    (void)state;
    const sw_block block = {{-1, -2, -3}, {1, 2, 3}};
    const sw_body body = sw_body_block(&block);
    const sw_pair_bins bins = {0.0, 0.25, 40};
    static const double places[4][3] = {{0, 0, 0}, {1, 0, 0}, {1, 2, 0}, {1, 2, 3}};
    near(body.volume, 48.0, 1e-12);
    for (int p = 0; p < 4; p++) {
        double volume[40], sum = 0.0;
        assert_int_equal(body.shells(volume, body.user, places[p], &bins), SW_OK);
        for (size_t k = 0; k < 40; k++) {
            sum += volume[k];
            /* to the nearest face that is not passed already, a half, quarter, eighth of the ball
             */
            double r = sw_pair_edge(&bins, k + 1);
            if (r <= (p == 0 ? 1.0 : 2.0))
                near(sum, ball(r) / (1 << p), 1e-6 * ball(r));
            /* one pair of faces cuts two caps off */
            if (p == 0 && r > 1.0 && r <= 2.0)
                near(sum, ball(r) - 2.0 * PI / 3.0 * (r - 1) * (r - 1) * (2 * r + 1),
                     2e-6 * ball(r));
        }
        near(sum, 48.0, 1e-4);
    }
}

/* Against points spread evenly, standard error 0.1 %. */
static void shells_of_bodies_by_chance(void **state) {
    (void)state;
    const sw_block block = {{0, 0, 0}, {4, 5, 6}};
    const sw_sphere sphere = {{2, 2, 3}, 3.5};
    const sw_body body[] = {sw_body_block(&block), sw_body_sphere(&sphere)};
    const sw_pair_bins bins = {0.5, 1.5, 3};
    const double place[3] = {1.1, 0.7, 2.2};
    sw_random random = sw_random_create(3, 3);
    double inside[2][3] = {{0}}, volume[3];
    enum { POINTS = 400000 };
    for (int n = 0; n < POINTS; n++) {
        double at[3], away = 0.0, off = 0.0;
        bool in_block = true;
        for (int k = 0; k < 3; k++) {
            at[k] = place[k] + 10.0 * (sw_random_uniform(&random) - 0.5);
            away += (at[k] - place[k]) * (at[k] - place[k]);
            off += (at[k] - sphere.centre[k]) * (at[k] - sphere.centre[k]);
            in_block = in_block && at[k] > block.low[k] && at[k] < block.high[k];
        }
        double bin = floor((sqrt(away) - bins.start) / bins.width);
        if (bin < 0.0 || bin > 2.0)
            continue;
        inside[0][(int)bin] += in_block;
        inside[1][(int)bin] += off < 3.5 * 3.5;
    }
    for (int b = 0; b < 2; b++) {
        assert_int_equal(body[b].shells(volume, body[b].user, place, &bins), SW_OK);
        for (int k = 0; k < 3; k++) /* 5 standard errors: by chance 1 in 300,000 times */
            near(volume[k], 1000.0 * inside[b][k] / POINTS,
                 5.0 * 1000.0 * sqrt(inside[b][k]) / POINTS);
    }
}

/* ---- distributions --------------------------------------------------------------------------- */

/* Atoms anywhere: g is 1, in a crystal without end, a block and a sphere. */
static void atoms_anywhere_have_no_order(void **state) {
    (void)state;
    const double cell[3][3] = {{12, 0, 0}, {0, 12, 0}, {0, 0, 12}};
    const bool periodic[3] = {true, true, true};
    const sw_block block = {{0, 0, 0}, {12, 12, 12}};
    const sw_sphere sphere = {{6, 6, 6}, 6};
    const sw_pair_bins bins = {0.0, 0.5, 16};
    for (int way = 0; way < 3; way++) {
        sw_atoms *atoms = random_atoms(6000, cell, way == 0 ? periodic : (bool[3]){false}, 9);
        double *at = sw_atoms_positions(atoms);
        size_t kept = 0;
        for (size_t i = 0; way == 2 && i < 6000; i++)
            if (hypot(hypot(at[3 * i] - 6, at[3 * i + 1] - 6), at[3 * i + 2] - 6) < 6)
                memmove(at + 3 * kept++, at + 3 * i, 3 * sizeof *at);
        if (way == 2)
            assert_int_equal(sw_atoms_resize(atoms, kept), SW_OK);
        for (size_t i = 0; i < sw_atoms_count(atoms); i++)
            sw_atoms_elements(atoms)[i] = i % 3 ? 40 : 8;
        const sw_body body[] = {
            {12.0 * 12.0 * 12.0, NULL, NULL}, sw_body_block(&block), sw_body_sphere(&sphere)};
        sw_pair_count pairs;
        sw_pair_distribution g;
        assert_int_equal(sw_pair_count_create(&pairs, atoms, &bins, true, NULL, NULL), SW_OK);
        assert_int_equal(sw_pair_distribution_create(&g, &pairs, atoms, &body[way], NULL, NULL),
                         SW_OK);
        for (size_t k = 0; k < 16; k++) {
            double total = (double)sw_pair_count_total(&pairs, k);
            near(g.total[k], 1.0, 6.0 / sqrt(0.5 * total));
            for (size_t row = 0; row < 4; row++)
                near(g.partial[row * 16 + k], 1.0,
                     6.0 / sqrt(0.5 * (double)pairs.count[row * 16 + k]));
        }
        sw_pair_distribution_clear(&g);
        sw_pair_count_clear(&pairs);
        sw_atoms_destroy(atoms);
    }
}

static void threads_do_not_matter(void **state) {
    (void)state;
    const sw_sphere sphere = {{5, 5, 5}, 9};
    const sw_body body = sw_body_sphere(&sphere);
    const sw_pair_bins bins = {0.0, 0.5, 16};
    sw_atoms *atoms = random_atoms(900, NULL, NULL, 9);
    sw_pair_count pairs;
    sw_pair_distribution g[2];
    sw_context *context;
    assert_int_equal(sw_context_create(&context), SW_OK);
    assert_int_equal(sw_pair_count_create(&pairs, atoms, &bins, false, NULL, NULL), SW_OK);
    for (int t = 0; t < 2; t++) {
        sw_context_set_threads(context, 1 + 3 * t);
        assert_int_equal(sw_pair_distribution_create(&g[t], &pairs, atoms, &body, context, NULL),
                         SW_OK);
    }
    assert_memory_equal(g[0].shell, g[1].shell, 16 * sizeof(double));
    assert_memory_equal(g[0].total, g[1].total, 16 * sizeof(double));
    sw_pair_distribution_clear(&g[0]);
    sw_pair_distribution_clear(&g[1]);
    const sw_body nothing = {0};
    sw_error error = {0};
    assert_int_equal(sw_pair_distribution_create(&g[0], &pairs, atoms, &nothing, NULL, &error),
                     SW_ERROR_ARGUMENT);
    sw_pair_count_clear(&pairs);
    sw_atoms_destroy(atoms);
    sw_context_destroy(context);
}

/* ---- the first shell ------------------------------------------------------------------------- */

/* Counts that follow a given curve, endless body. */
static void make_curve(sw_pair_count *pairs, sw_pair_distribution *g, size_t bins, double width,
                       double (*curve)(double r), double scale) {
    static uint8_t element[1];
    static uint64_t number[1] = {1000};
    *pairs = (sw_pair_count){{0.0, width, bins}, 1, element, number, calloc(bins, 8)};
    *g = (sw_pair_distribution){pairs->bins, 1, calloc(bins, 8), calloc(bins, 8), calloc(bins, 8)};
    for (size_t k = 0; k < bins; k++) {
        double r = ((double)k + 0.5) * width;
        g->total[k] = g->partial[k] = curve(r);
        pairs->count[k] = 2 * (uint64_t)(scale * curve(r) * r * r);
    }
}

static void free_curve(sw_pair_count *pairs, sw_pair_distribution *g) {
    free(pairs->count);
    sw_pair_distribution_clear(g);
}

static double two_peaks(double r) {
    return 2.7 * exp(-0.5 * pow((r - 3.0) / 0.2, 2.0)) + 1.0 / (1.0 + exp(-(r - 5.0) / 0.2));
}

static void the_first_peak_and_valley(void **state) {
    (void)state;
    sw_pair_count pairs;
    sw_pair_distribution g;
    sw_first_shell shell;
    sw_first_shell_options options = {0.03, 200, 0.95, 1};
    make_curve(&pairs, &g, 400, 0.02, two_peaks, 1e5);
    double lowest = 3.0; /* of the curve itself */
    for (double r = 3.0; r < 5.0; r += 1e-4)
        lowest = two_peaks(r) < two_peaks(lowest) ? r : lowest;
    assert_int_equal(sw_first_shell_find(&shell, &pairs, &g, SIZE_MAX, SIZE_MAX, &options, NULL),
                     SW_OK);
    near(shell.peak.value, 3.0, 2e-3);
    near(shell.valley.value, lowest, 0.01);
    assert_true(shell.peak.low < shell.peak.value && shell.peak.value < shell.peak.high);
    assert_true(shell.valley.low < shell.valley.value && shell.valley.value < shell.valley.high);
    double wide = shell.peak.high - shell.peak.low;
    free_curve(&pairs, &g);
    make_curve(&pairs, &g, 400, 0.02, two_peaks, 1e3); /* a hundredth of the pairs */
    assert_int_equal(sw_first_shell_find(&shell, &pairs, &g, 0, 0, &options, NULL), SW_OK);
    assert_true(shell.peak.high - shell.peak.low > 3.0 * wide);
    options.smoothing = SW_SMOOTHING_AS_PRINTED; /* which leaves no peak of this width */
    options.draws = 0;
    assert_int_equal(sw_first_shell_find(&shell, &pairs, &g, 0, 0, &options, NULL), SW_OK);
    assert_true(isnan(shell.valley.value));
    free_curve(&pairs, &g);
}

static double two_lines(double r) {
    return (fabs(r - 2.01) < 0.005 ? 50.0 : 0.0) + (fabs(r - 4.01) < 0.005 ? 20.0 : 0.0);
}

static double nothing_at_all(double r) {
    return 0.0 * r;
}

static void a_crystal_and_nothing(void **state) {
    (void)state;
    sw_pair_count pairs;
    sw_pair_distribution g;
    sw_first_shell shell;
    const sw_first_shell_options options = {0.0, 20, 0.9, 1};
    make_curve(&pairs, &g, 300, 0.02, two_lines, 1e3);
    assert_int_equal(sw_first_shell_find(&shell, &pairs, &g, 0, 0, &options, NULL), SW_OK);
    near(shell.peak.value, 2.01, 1e-9);
    near(shell.valley.value, 3.01, 1e-9);
    free_curve(&pairs, &g);
    make_curve(&pairs, &g, 300, 0.02, nothing_at_all, 1.0);
    assert_int_equal(sw_first_shell_find(&shell, &pairs, &g, 0, 0, &options, NULL), SW_OK);
    assert_true(isnan(shell.peak.value) && isnan(shell.valley.value));
    const sw_first_shell_options bad = {-1.0, 20, 0.9, 1};
    assert_int_equal(sw_first_shell_find(&shell, &pairs, &g, 0, 0, &bad, NULL), SW_ERROR_ARGUMENT);
    free_curve(&pairs, &g);
}

static void smoothing_keeps_what_is_flat(void **state) {
    (void)state;
    double flat[50], point[50] = {0}, smooth[50], sum = 0.0;
    for (int k = 0; k < 50; k++)
        flat[k] = 3.0;
    point[25] = 1.0;
    sw_curve_smooth(smooth, flat, 50, 4.0);
    for (int k = 0; k < 50; k++)
        near(smooth[k], 3.0, 1e-12);
    sw_curve_smooth(smooth, point, 50, 1.5);
    for (int k = 0; k < 50; k++)
        sum += smooth[k];
    near(sum, 1.0, 1e-6);
    near(smooth[27] / smooth[25], exp(-0.5 * 4.0 / 2.25), 1e-12);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shells_of_a_block),
        cmocka_unit_test(shells_of_bodies_by_chance),
        cmocka_unit_test(atoms_anywhere_have_no_order),
        cmocka_unit_test(threads_do_not_matter),
        cmocka_unit_test(the_first_peak_and_valley),
        cmocka_unit_test(a_crystal_and_nothing),
        cmocka_unit_test(smoothing_keeps_what_is_flat),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
