/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Want of memory at any moment of an instrument is told, loses nothing and breaks nothing. */
#include "curves_cases.h"

#include "base/memory.h"

#ifdef SPILLWAY_TEST_ALLOCATION

static sw_status run(const sw_instrument *row, const sw_content *inputs,
                     const char *const (*given)[2], size_t count) {
    sw_instrument_settings *settings = NULL;
    sw_measurement *out = NULL;
    sw_error error = {0};
    sw_status status = sw_measurement_create(&out);
    if (status == SW_OK)
        status = sw_instrument_settings_create(&settings, row, NULL, given, count, &error);
    if (status == SW_OK)
        status = sw_instrument_measure(out, inputs, settings, NULL, &error);
    sw_instrument_settings_destroy(settings);
    sw_measurement_destroy(out);
    return status;
}

static void check_row(const sw_instrument *row, const sw_content *inputs,
                      const char *const (*given)[2], size_t count, long stride) {
    sw_status status;
    long allocations = 0;
    assert_int_equal(run(row, inputs, given, count), SW_OK);
    do {
        sw_memory_fail_after(allocations);
        allocations += stride;
        status = run(row, inputs, given, count);
        sw_memory_fail_after(-1);
        /* a file (the blank) may be taken for another format without memory to look into it */
        if (status != SW_OK && status != SW_ERROR_MEMORY && status != SW_ERROR_NUMERIC &&
            status != SW_ERROR_FORMAT)
            fail_msg("%s, %ld allocations: status %d", row->name, allocations, (int)status);
    } while (status != SW_OK && allocations < 100000);
    assert_int_equal(status, SW_OK);
    assert_true(allocations > 10);
}

static sw_content decay(double temperature, double rate) {
    static char text[400 * 60];
    strcpy(text, "t (s),T (K),m (mg)\n");
    for (int i = 0; i < 200; i++)
        sprintf(text + strlen(text), "%g,%g,%.8f\n", 0.04 * i / rate, temperature,
                20.0 - 6.0 * (1.0 - exp(-0.04 * i)));
    return read_text_table(text, "run.csv");
}

static void balance_survives(void **state) {
    (void)state;
    sw_content inputs[3] = {decay(900.0, 0.01), decay(950.0, 0.03)};
    static const char *const given[][2] = {{"loss", "0.3"}};
    static const char *const fitted[][2] = {
        {"loss", "0.3"}, {"model", "F1"}, {"predict", "900 K, 100 s"}};
    static const char *const feed[][2] = {{"feed", "Fe2O3 + NiO 36 wt% Ni"}, {"subtract", "NiO"}};
    check_row(row_named(sw_curves_instrument, "tga"), inputs, feed, 2, 1);
    static const char path[] = "test-curves-allocation-blank.csv";
    static const char *const blank[][2] = {{"blank", path}};
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("t (s),T (K),m (mg)\n", file);
    for (int i = 0; i < 90; i++)
        fprintf(file, "%d,900,%g\n", 10 * i, 1e-3 * i);
    fclose(file);
    check_row(row_named(sw_curves_instrument, "tga"), inputs, blank, 1, 3);
    remove(path);
    check_row(row_named(sw_curves_fit, "kinetics"), inputs, fitted, 3, 3);
    check_row(row_named(sw_curves_instrument, "kinetics"), inputs, given, 1, 17);
    sw_content_clear(&inputs[0]);
    sw_content_clear(&inputs[1]);
}

static void diffraction_survives(void **state) {
    (void)state;
    static char text[600 * 40];
    strcpy(text, "2theta,counts\n");
    for (int i = 0; i < 500; i++) {
        double x = 40.0 + 0.03 * i;
        sprintf(text + strlen(text), "%.4f,%.4f\n", x,
                50.0 + 900.0 * exp(-pow((x - 43.77) / 0.1, 2.0)) +
                    500.0 * exp(-pow((x - 50.98) / 0.1, 2.0)));
    }
    sw_content inputs[2] = {read_text_table(text, "pattern.csv")};
    static const char *const given[][2] = {{"phases", "fcc"}, {"width", "0.17 deg"}};
    check_row(row_named(sw_curves_instrument, "xrd-peaks"), inputs, NULL, 0, 1);
    check_row(row_named(sw_curves_instrument, "xrd-phases"), inputs, given, 2, 1);
    sw_content_clear(inputs);
    sw_content lattice[2] = {read_text_table("a [A],T [K]\n3.6,973\n3.59,973\n", "a.csv")};
    check_row(row_named(sw_curves_instrument, "alloy-composition"), lattice, NULL, 0, 1);
    sw_content_clear(lattice);
}

#else

static void balance_survives(void **state) {
    (void)state;
    skip();
}

static void diffraction_survives(void **state) {
    (void)state;
    skip();
}

#endif

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(balance_survives),
                                       cmocka_unit_test(diffraction_survives)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
