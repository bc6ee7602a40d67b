/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Degree of rate control: the design recovers what it is given, and a cycle of independent sites
 * with rate k1 k2 / (k1 + k-1 + k2) gives X(react) = (k1 + k-1) / S and X(arrive) = k2 / S.
 */
#include "run/sensitivity_design.h"
#include "scratch.h"

#include <math.h>

#define CYCLE                                                                                      \
    "format: 1\nname: cycle\nsimulator: lattice\n"                                                 \
    "frame: {lattice_constant: 3 A, cell: [1, 1, 5], size: [20, 20, 1], "                          \
    "periodic: [true, true, false], sites: {s: [[0, 0, 0]]}}\n"                                    \
    "species: {A: {element: none, formula: CO, sites: s}}\ngas: {species: {CO: 1 bar}}\n"          \
    "processes:\n"                                                                                 \
    "  arrive: {sites: {a: s}, change: {a: [empty, A]}, transmutes: true, kinetics: {type: rate, " \
    "prefactor: 3 /s, barrier: 0 eV, reverse: {prefactor: 2 /s, barrier: 0 eV}}}\n"                \
    "  react: {sites: {a: s}, change: {a: [A, empty]}, gas: {CO: 1}, irreversible: true, "         \
    "kinetics: {type: rate, prefactor: 1 /s, barrier: 0 eV}}\n"                                    \
    "run: {temperature: 500 K, events: 20000, observe: {time: 0.2 s}}\n"

/* Columns are orthogonal within a block, whatever was dealt. */
static void test_design_is_orthogonal(void **state) {
    sw_design design;
    (void)state;
    assert_int_equal(sw_design_make(&design, 11, 3, 5), SW_OK);
    assert_int_equal(design.order, 16);
    for (size_t block = 0; block < 3; block++)
        for (size_t p = 0; p < 11; p++)
            for (size_t q = 0; q <= p; q++) {
                int product = 0;
                for (size_t row = 16 * block; row < 16 * (block + 1); row++)
                    product += sw_design_sign(&design, row, p) * sw_design_sign(&design, row, q);
                assert_int_equal(product, p == q ? 16 : 0);
            }
    sw_design_clear(&design);
}

/* What is put in comes out; without noise the interval closes on it. With noise of a known size in
 * every row the half-width is t s / sqrt(rows). */
static void test_fit(void **state) {
    static const double control[5] = {0.7, -0.1, 0.3, 0.0, 0.1};
    double found[5], spread[5], difference[16], sum_spread;
    sw_design design;
    (void)state;
    assert_int_equal(sw_design_make(&design, 5, 2, 9), SW_OK);
    for (size_t row = 0; row < 16; row++) {
        difference[row] = 0;
        for (size_t p = 0; p < 5; p++)
            difference[row] += sw_design_sign(&design, row, p) * control[p];
    }
    sw_design_fit(found, spread, &sum_spread, &design, difference);
    for (size_t p = 0; p < 5; p++) {
        assert_true(fabs(found[p] - control[p]) < 1e-12);
        assert_true(spread[p] < 1e-12);
    }
    for (size_t row = 0; row < 16; row++) /* opposite in the two blocks: seen by no process */
        difference[row] += row < 8 ? 0.01 : -0.01;
    sw_design_fit(found, spread, &sum_spread, &design, difference);
    assert_true(spread[0] > 0 && fabs(sum_spread - spread[0] * sqrt(5.0)) < 1e-12);
    sw_design_clear(&design);
}

static void write_cycle(char path[512]) {
    snprintf(path, 512, "%s/cycle.yaml", scratch);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(CYCLE, file);
    fclose(file);
}

/*
 * 16 pairs for 2 processes leave a freedom of 14: Student's t exceeds 8.2 with a probability of
 * 1e-6, 3.9 half-widths of 95 %. The bias of the step is below 2e-4.
 */
static void test_cycle(void **state) {
    char model[512], folder[512];
    sw_sensitivity first, again;
    sw_error error = {0};
    (void)state;
    write_cycle(model);
    snprintf(folder, sizeof folder, "%s/control", scratch);
    const sw_sensitivity_options options = {.folder = folder};
    if (sw_sensitivity_analyse(&first, model, &options, NULL, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    assert_string_equal(first.observable, "CO turnover");
    assert_int_equal(first.processes, 2);
    assert_true(fabs(first.process[0].value - 1.0 / 6.0) < 3.9 * first.process[0].spread);
    assert_true(fabs(first.process[1].value - 5.0 / 6.0) < 3.9 * first.process[1].spread);
    assert_true(fabs(first.sum - 1.0) < 3.9 * first.sum_spread);
    assert_true(first.process[1].spread < 0.12); /* it says something */
    assert_true(fabs(first.value - 0.5) < 0.05);
    /* the runs are there already: the same numbers to the bit */
    assert_int_equal(sw_sensitivity_analyse(&again, model, &options, NULL, &error), SW_OK);
    assert_true(again.process[1].value == first.process[1].value && again.value == first.value);
    sw_sensitivity_clear(&first);
    sw_sensitivity_clear(&again);
}

static void test_mistakes(void **state) {
    char model[512], folder[512];
    sw_sensitivity result;
    sw_error error = {0};
    (void)state;
    write_cycle(model);
    snprintf(folder, sizeof folder, "%s/none", scratch);
    const sw_sensitivity_options column = {.folder = folder, .observable = "CO turnoevr"};
    assert_int_equal(sw_sensitivity_analyse(&result, model, &column, NULL, &error),
                     SW_ERROR_NOT_FOUND);
    assert_non_null(strstr(error.hint, "--of"));
    const sw_sensitivity_options blocks = {.folder = folder, .blocks = 1};
    assert_int_equal(sw_sensitivity_analyse(&result, model, &blocks, NULL, &error),
                     SW_ERROR_ARGUMENT);
    assert_null(result.process);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_design_is_orthogonal),
        cmocka_unit_test(test_fit),
        cmocka_unit_test(test_cycle),
        cmocka_unit_test(test_mistakes),
    };
    return cmocka_run_group_tests(tests, make_scratch, remove_scratch);
}
