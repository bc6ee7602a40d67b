/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files and settings as they should not be: read rightly, or refused with words about it. */
#include "curves_cases.h"

#include "curves/feed.h"
#include "curves/local_polynomial.h"

enum { ROWS = 400, TEXT = ROWS * 64 };

/* Masses of 400 rows: 50 mg that lose a fifth around their middle. */
static void sigmoid(double mass[ROWS]) {
    for (int i = 0; i < ROWS; i++)
        mass[i] = 50.0 - 10.0 / (1.0 + exp(-(i - 200.0) / 20.0));
}

/* A row every `step` s; as a balance of so many decimals shows them, 0: all. */
static sw_content table_of(const double mass[ROWS], double step, int decimals) {
    static char text[TEXT];
    size_t used = (size_t)sprintf(text, "t (s),T (K),m (mg)\n");
    for (int i = 0; i < ROWS; i++)
        used += (size_t)sprintf(
            text + used, "%g,%g,%.*g\n", i * step, 300.0 + i, decimals > 0 ? decimals + 2 : 17,
            decimals > 0 ? round(mass[i] * pow(10.0, decimals)) / pow(10.0, decimals) : mass[i]);
    return read_text_table(text, "run.csv");
}

static sw_status tga(sw_measurement **out, sw_content table, const char *const (*given)[2],
                     size_t count, sw_error *error) {
    sw_content inputs[2] = {table};
    sw_status status =
        measure_with(out, row_named(sw_curves_instrument, "tga"), inputs, given, count, error);
    sw_content_clear(inputs);
    return status;
}

static void measured(sw_measurement **out, sw_content table, const char *const (*given)[2],
                     size_t count) {
    sw_error error;
    if (tga(out, table, given, count, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
}

static void refused(sw_content table, const char *const (*given)[2], size_t count,
                    const char *place, const char *message) {
    sw_measurement *out;
    sw_error error;
    assert_int_not_equal(tga(&out, table, given, count, &error), SW_OK);
    if (strstr(error.place, place) == NULL || strstr(error.message, message) == NULL)
        fail_msg("%s: %s", error.place, error.message);
    assert_true(error.hint[0] != '\0');
    sw_measurement_destroy(out);
}

/* ---- masses ---------------------------------------------------------------------------------- */

/* A balance that shows two digits makes steps where nothing happens: no jumps. A real one is. */
static void test_last_digit(void **state) {
    (void)state;
    double mass[ROWS];
    sw_measurement *out;
    sigmoid(mass);
    measured(&out, table_of(mass, 0.5, 2), NULL, 0);
    assert_near(value_of(out, "mass loss"), 20.0, 0.05);
    sw_measurement_destroy(out);
    for (int i = 60; i < ROWS; i++)
        mass[i] += 0.3;
    refused(table_of(mass, 0.5, 2), NULL, 0, "run.csv:62", "the mass jumps by 0.3");
}

/* One row is wrong, in the middle or at an end. */
static void test_single_row(void **state) {
    (void)state;
    static const int rows[] = {0, 77, ROWS - 1};
    static const char *const keep[][2] = {{"jumps", "keep"}}, *const remove[][2] = {
                                                                  {"jumps", "remove"}};
    for (int k = 0; k < 3; k++) {
        double mass[ROWS];
        char place[32];
        sw_measurement *out;
        sigmoid(mass);
        mass[rows[k]] *= k == 1 ? 3.0 : 0.5;
        snprintf(place, sizeof place, "run.csv:%d", rows[k] + 2);
        refused(table_of(mass, 1.0, 0), NULL, 0, place, "stands alone");
        measured(&out, table_of(mass, 1.0, 0), remove, 1);
        assert_near(value_of(out, "mass loss"), 20.0, 0.01);
        assert_true(noted(out, "1 rows whose mass stood alone"));
        sw_measurement_destroy(out);
        measured(&out, table_of(mass, 1.0, 0), keep, 1);
        sw_measurement_destroy(out);
    }
}

/* A number of no balance is refused with its line; a mass that only has noise has no conversion. */
static void test_no_masses(void **state) {
    (void)state;
    double mass[ROWS];
    static const char *const loss[][2] = {{"loss", "20 %"}}, *const feed[][2] = {{"feed", "Fe2O3"}};
    sw_measurement *out;
    sw_random random = sw_random_create(3, 1);
    sigmoid(mass);
    mass[50] = 1e308;
    refused(table_of(mass, 1.0, 0), NULL, 0, "run.csv:52", "none of a balance");
    for (int i = 0; i < ROWS; i++) {
        double u[2];
        sw_random_pair(u, &random);
        mass[i] = 50.0 + 0.01 * (u[0] - 0.5);
    }
    refused(table_of(mass, 1.0, 0), NULL, 0, "run.csv", "no more than its noise");
    measured(&out, table_of(mass, 1.0, 0), loss, 1);
    assert_near(value_of(out, "final conversion"), 0.0, 1e-3);
    sw_measurement_destroy(out);
    /* oxidation: conversion 1 is the gain, and of a reduction there is nothing */
    sigmoid(mass);
    for (int i = 0; i < ROWS; i++)
        mass[i] = 100.0 - mass[i];
    measured(&out, table_of(mass, 1.0, 0), NULL, 0);
    assert_true(noted(out, "The mass grows by 20 %"));
    sw_measurement_destroy(out);
    measured(&out, table_of(mass, 1.0, 0), feed, 1);
    assert_true(isnan(value_of(out, "onset")));
    assert_true(isnan(value_of(out, "saturation")));
    assert_true(noted(out, "The mass grows by 20 %"));
    sw_measurement_destroy(out);
}

static void test_weight(void **state) {
    (void)state;
    double mass[ROWS];
    static const char *const right[][2] = {{"feed", "50 mg Fe2O3 + NiO 36 wt% Ni"}},
                             *const wrong[][2] = {{"feed", "40 mg Fe2O3"}};
    sw_measurement *out;
    sigmoid(mass);
    measured(&out, table_of(mass, 1.0, 0), right, 1);
    assert_false(noted(out, "The feed weighs"));
    sw_measurement_destroy(out);
    measured(&out, table_of(mass, 1.0, 0), wrong, 1);
    assert_true(noted(out, "The feed weighs 40 mg and the balance read 50 mg"));
    sw_measurement_destroy(out);
    static const char *const mixed[] = {"50 mg Fe2O3 + 0.5 NiO", "50 % Fe2O3 + 20 mg NiO",
                                        "LiNaKMgCaFeO", "50 mg Fe2O3 + 0.5 mg NiO + 3 % Ni"};
    for (size_t i = 0; i < sizeof mixed / sizeof *mixed; i++) {
        sw_feed feed;
        if (sw_feed_parse(&feed, mixed[i], "feed", NULL) != SW_ERROR_ARGUMENT)
            fail_msg("%s is taken", mixed[i]);
    }
}

/* A bandwidth far beyond the curve is one cubic through all of it. */
static void test_wide_bandwidth(void **state) {
    (void)state;
    double x[ROWS], y[ROWS];
    const sw_smoothing smoothing = {.bandwidth = 1e8};
    for (int i = 0; i < ROWS; i++) {
        x[i] = 0.1 * i;
        y[i] = 3.0 + x[i] * (0.5 - x[i] * (0.02 - 2e-4 * x[i]));
    }
    for (double at = 0.0; at < 39.0; at += 3.0) {
        sw_smooth smooth = sw_smooth_at(x, y, ROWS, at, &smoothing);
        assert_near(smooth.value, 3.0 + at * (0.5 - at * (0.02 - 2e-4 * at)), 1e-9);
        assert_near(smooth.slope, 0.5 - at * (0.04 - 6e-4 * at), 1e-9);
    }
}

/* ---- tables ---------------------------------------------------------------------------------- */

/* A number with a point above the table does not make its decimal commas words. */
static void test_preamble(void **state) {
    (void)state;
    static char text[TEXT];
    double mass[ROWS];
    sw_measurement *out;
    sigmoid(mass);
    size_t used = (size_t)sprintf(text, "Version;2.0\nZeit/s;Temperatur/K;Masse/mg\n");
    for (int i = 0; i < ROWS; i++) {
        size_t first = used;
        used += (size_t)sprintf(text + used, "%.1f;%.1f;%.6f\n", (double)i, 300.0 + i, mass[i]);
        for (; first < used; first++)
            text[first] = text[first] == '.' ? ',' : text[first];
    }
    measured(&out, read_text_table(text, "run.csv"), NULL, 0);
    assert_near(value_of(out, "mass loss"), 20.0, 0.01);
    sw_measurement_destroy(out);
}

static void alloy_refused(const char *text, const char *const (*given)[2], size_t count,
                          const char *message) {
    sw_content inputs[2] = {read_text_table(text, "a.csv")};
    sw_measurement *out;
    sw_error error;
    assert_int_not_equal(measure_with(&out, row_named(sw_curves_instrument, "alloy-composition"),
                                      inputs, given, count, &error),
                         SW_OK);
    if (strstr(error.message, message) == NULL)
        fail_msg("%s: %s", error.place, error.message);
    sw_measurement_destroy(out);
    sw_content_clear(inputs);
}

/* A column that was asked for and is not there is no reason to go on without it. */
static void test_wanted_columns(void **state) {
    (void)state;
    static const char text[] = "a [A],\"what\"\n3.6,\"one\"\n3.61,\"two\"\n";
    static const char *const given[][2] = {{"temperature", "700 degC"}, {"time", "minutes"}};
    static const char *const words[][2] = {{"temperature", "700 degC"}, {"time", "what"}};
    static const char *const spread[][2] = {{"temperature", "700 degC"}, {"spread", "da"}};
    alloy_refused(text, given, 2, "there is no column \"minutes\" in a.csv");
    alloy_refused(text, words, 2, "the column \"what\" of a.csv holds text");
    alloy_refused(text, spread, 2, "there is no column \"da\"");
    alloy_refused("a [parsec]\n3.6\n3.61\n", given, 1, "\"parsec\" is no unit of lattice");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_last_digit),     cmocka_unit_test(test_single_row),
        cmocka_unit_test(test_no_masses),      cmocka_unit_test(test_weight),
        cmocka_unit_test(test_wide_bandwidth), cmocka_unit_test(test_preamble),
        cmocka_unit_test(test_wanted_columns)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
