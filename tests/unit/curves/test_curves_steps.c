/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What noisy curves tell of one step or two, and what is said of curves that do not belong
 * together. */
#include "curves_cases.h"

#include "base/random.h"
#include "curves/arrhenius.h"

enum { ROWS = 600, CURVES = 4 };

typedef struct step {
    double share, energy, ln_a; /* J/mol; A in 1/s */
} step;

static const double rates[CURVES] = {2.5, 5.0, 10.0, 20.0}; /* K/min */

/* Parallel steps of first order from 400 K to `end`, 20 mg of which 6 are lost, with noise of the
 * loss. */
static sw_content curve_of(double rate, double end, const step *steps, size_t count, double noise,
                           sw_random *random) {
    static char text[(ROWS + 1) * 64];
    double time[ROWS], temperature[ROWS], reduced[2][ROWS];
    const sw_programme programme = {ROWS, time, temperature};
    for (int i = 0; i < ROWS; i++) {
        temperature[i] = 400.0 + (end - 400.0) * i / (ROWS - 1);
        time[i] = (temperature[i] - 400.0) / (rate / 60.0);
    }
    for (size_t s = 0; s < count; s++)
        sw_reduced_times(reduced[s], &programme, steps[s].energy, 600.0);
    size_t used = (size_t)sprintf(text, "t (s),T (K),m (mg)\n");
    for (int i = 0; i < ROWS; i++) {
        double alpha = noise * sw_random_next_normal(random);
        for (size_t s = 0; s < count; s++) {
            double k = exp(steps[s].ln_a - steps[s].energy / (SW_GAS_CONSTANT * 600.0));
            alpha -= steps[s].share * expm1(-k * reduced[s][i]);
        }
        used += (size_t)sprintf(text + used, "%.3f,%.4f,%.7f\n", time[i], temperature[i],
                                20.0 - 6.0 * alpha);
    }
    return read_text_table(text, "run.csv");
}

static void clear(sw_content inputs[CURVES + 1]) {
    for (int i = 0; i < CURVES; i++)
        sw_content_clear(&inputs[i]);
}

static sw_measurement *kinetics(const step *steps, size_t count, double noise, sw_random *random) {
    sw_content inputs[CURVES + 1] = {0};
    sw_measurement *out;
    sw_error error;
    for (int i = 0; i < CURVES; i++)
        inputs[i] = curve_of(rates[i], 1000.0, steps, count, noise, random);
    if (measure_with(&out, row_named(sw_curves_instrument, "kinetics"), inputs, NULL, 0, &error) !=
        SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    clear(inputs);
    return out;
}

/* One step under noise of 5 % of the loss is not taken for two, nor for none; two that lie apart are
 * found through it. Of 40 other sets of one step none was told wrong, and the seed is fixed. */
static void test_noisy_steps(void **state) {
    (void)state;
    static const step one[] = {{1.0, 150e3, 24.0}};
    static const step two[] = {{0.6, 120e3, 22.0}, {0.4, 180e3, 27.0}};
    sw_random random = sw_random_create(19, 4);
    for (int set = 0; set < 3; set++) {
        sw_measurement *out = kinetics(one, 1, 0.05, &random);
        assert_false(noted(out, "are told apart"));
        assert_true(noted(out, "no more than their noise"));
        assert_false(noted(out, "this is no single step"));
        sw_measurement_destroy(out);
    }
    for (int set = 0; set < 1; set++) {
        sw_measurement *out = kinetics(two, 2, 0.01, &random);
        assert_true(noted(out, "Two steps are told apart"));
        assert_false(noted(out, "one step describes"));
        sw_measurement_destroy(out);
    }
}

/* A curve that ends early has another loss, which would be taken for its conversion 1. */
static void test_losses(void **state) {
    (void)state;
    static const step one[] = {{1.0, 150e3, 24.0}};
    static const char *const given[][2] = {{"loss", "30 %"}};
    sw_random random = sw_random_create(19, 5);
    sw_content inputs[CURVES + 1] = {curve_of(5.0, 1000.0, one, 1, 1e-4, &random),
                                     curve_of(10.0, 610.0, one, 1, 1e-4, &random)};
    sw_measurement *out;
    sw_error error;
    const sw_instrument *row = row_named(sw_curves_instrument, "kinetics");
    assert_int_equal(measure_with(&out, row, inputs, NULL, 0, &error), SW_OK);
    assert_true(noted(out, "Conversion 1 is the mass of each curve's last row"));
    assert_true(noted(out, "of one reaction, and do all go on to its end?"));
    sw_measurement_destroy(out);
    assert_int_equal(measure_with(&out, row, inputs, given, 1, &error), SW_ERROR_FORMAT);
    assert_non_null(strstr(error.message, "does not reach conversion"));
    sw_measurement_destroy(out);
    clear(inputs);
}

static void test_one_curve(void **state) {
    (void)state;
    static const step one[] = {{1.0, 150e3, 24.0}};
    static const char *const given[][2] = {{"model", "F1"}, {"energy", "130 kJ/mol"}};
    sw_random random = sw_random_create(19, 6);
    sw_content inputs[CURVES + 1] = {curve_of(5.0, 1000.0, one, 1, 1e-4, &random)};
    sw_measurement *out;
    sw_error error;
    const sw_instrument *row = row_named(sw_curves_fit, "kinetics");
    assert_int_equal(measure_with(&out, row, inputs, given, 1, &error), SW_ERROR_ARGUMENT);
    assert_string_equal(error.message, "a first guess needs curves at different temperatures");
    sw_measurement_destroy(out);
    assert_int_equal(measure_with(&out, row, inputs, given, 2, &error), SW_OK);
    assert_near(value_of(out, "energy, one step"), 150.0, 0.5);
    sw_measurement_destroy(out);
    clear(inputs);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_noisy_steps),
                                       cmocka_unit_test(test_losses),
                                       cmocka_unit_test(test_one_curve)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
