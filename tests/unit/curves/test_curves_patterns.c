/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Patterns of a tube, crystals with shared places, series, and settings that do not fit them. */
#include "curves_cases.h"

#include "base/random.h"
#include "curves/crystal_phases.h"
#include "curves/diffraction_pattern.h"
#include "curves/diffraction_peaks.h"
#include "curves/least_squares.h"
#include "curves/scattering_factors.h"

#define DEGREE 0.017453292519943295
#define FIRST 1.54056
#define SECOND 1.54439

static const int fcc_lines[][4] = {{1, 1, 1, 8}, {2, 0, 0, 6}, {2, 2, 0, 12}, {3, 1, 1, 24},
                                   {2, 2, 2, 8}, {4, 0, 0, 6}, {3, 3, 1, 24}, {4, 2, 0, 24}};

/* fcc iron of 3.6 A from a tube, between two angles, with K-alpha2 of half the intensity or
 * without. */
static sw_content tube_pattern(double from, double to, bool second) {
    enum { POINTS = 3000 };
    static char text[POINTS * 40];
    static double y[POINTS];
    double step = (to - from) / (POINTS - 1);
    for (int i = 0; i < POINTS; i++)
        y[i] = 50.0;
    for (size_t r = 0; r < sizeof fcc_lines / sizeof *fcc_lines; r++)
        for (int k = 0; k < (second ? 2 : 1); k++) {
            const int *hkl = fcc_lines[r];
            double d = 3.6 / sqrt(hkl[0] * hkl[0] + hkl[1] * hkl[1] + hkl[2] * hkl[2]);
            double theta = asin((k == 0 ? FIRST : SECOND) / (2.0 * d)), s = 0.25 / (d * d);
            double polar = 0.5 * (1.0 + pow(cos(2.0 * theta), 2.0));
            double area = 0.02 * (k == 0 ? 1.0 : 0.5) * hkl[3] * 16.0 *
                          pow(sw_scattering_factor(26, s), 2.0) * exp(-2.0 * 0.6 * s) * polar /
                          (pow(sin(theta), 2.0) * cos(theta));
            for (int i = 0; i < POINTS; i++)
                y[i] += area * sw_peak_profile(SW_PEAK_SUM, from + i * step - 2.0 * theta / DEGREE,
                                               0.15 / cos(theta), 0.4);
        }
    size_t used = (size_t)sprintf(text, "2theta,counts\n");
    for (int i = 0; i < POINTS; i++)
        used += (size_t)sprintf(text + used, "%.5f,%.6f\n", from + i * step, y[i]);
    return read_text_table(text, "pattern.csv");
}

static sw_status phases(sw_measurement **out, const sw_content *inputs,
                        const char *const (*given)[2], size_t count, sw_error *error) {
    return measure_with(out, row_named(sw_curves_instrument, "xrd-phases"), inputs, given, count,
                        error);
}

/* With the second wavelength the lattice is exact; without it the lattice is too small by a part of
 * the doublet's distance, and the misfit says so. */
static void test_tube(void **state) {
    (void)state;
    static const char *const given[][2] = {
        {"phases", "fcc, bcc"}, {"nickel", "0"}, {"width", "0.15 deg"}, {"second", "1.54439 A"}};
    sw_content inputs[2] = {tube_pattern(35.0, 145.0, true)};
    sw_measurement *out;
    sw_error error;
    if (phases(&out, inputs, given, 4, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    assert_near(value_of(out, "fcc lattice"), 3.6, 1e-5);
    assert_near(value_of(out, "Rwp"), 0.0, 0.5); /* tails are cut at 40 widths */
    sw_measurement_destroy(out);
    assert_int_equal(phases(&out, inputs, given, 3, &error), SW_OK);
    assert_true(value_of(out, "fcc lattice") < 3.5995);
    assert_true(value_of(out, "Rwp") > 2.0);
    sw_measurement_destroy(out);
    sw_content_clear(inputs);
}

/* A pattern that goes further than the first of its series has all of its reflections, and any
 * phases are drawn over the series. */
static void test_series(void **state) {
    (void)state;
    static const char *const given[][2] = {
        {"phases", " fcc ,bcc"}, {"nickel", "0"}, {"width", "0.15 deg"}};
    sw_content inputs[3] = {tube_pattern(40.0, 80.0, false), tube_pattern(35.0, 145.0, false)};
    sw_measurement *out;
    sw_error error;
    bool drawn = false;
    if (phases(&out, inputs, given, 3, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    assert_near(value_of(out, "Rwp"), 0.0, 0.5); /* tails are cut at 40 widths */
    for (size_t i = 0; i < sw_measurement_plots(out); i++)
        drawn = drawn || strcmp(sw_measurement_plot(out, i)->y, "fcc,bcc") == 0;
    assert_true(drawn);
    sw_measurement_destroy(out);
    sw_content_clear(&inputs[0]);
    sw_content_clear(&inputs[1]);
}

/* Two atoms that share a place, as a CIF has them, scatter as the mixture that is built in. */
static void test_shared_places(void **state) {
    (void)state;
    char path[] = "alloy-XXXXXX.cif";
    int descriptor = mkstemps(path, 4);
    FILE *file = descriptor >= 0 ? fdopen(descriptor, "w") : NULL;
    assert_non_null(file);
    fputs("data_alloy\n_cell_length_a 3.58\n_cell_length_b 3.58\n_cell_length_c 3.58\n"
          "_cell_angle_alpha 90\n_cell_angle_beta 90\n_cell_angle_gamma 90\nloop_\n"
          "_atom_site_type_symbol\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n"
          "_atom_site_occupancy\n",
          file);
    for (int i = 0; i < 4; i++)
        fprintf(file, "Fe %g %g %g 0.65\nNi %g %g %g 0.35\n", i == 0 || i == 1 ? 0.0 : 0.5,
                i == 0 || i == 2 ? 0.0 : 0.5, i == 0 || i == 3 ? 0.0 : 0.5,
                i == 0 || i == 1 ? 0.0 : 0.5, i == 0 || i == 2 ? 0.0 : 0.5,
                i == 0 || i == 3 ? 0.0 : 0.5);
    fclose(file);
    const char *const names[] = {"fcc", path};
    double strength[2] = {0.0}, mass[2];
    for (int k = 0; k < 2; k++) {
        sw_crystal_phase phase;
        sw_reflection *found = NULL;
        size_t count;
        sw_error error = {0};
        if (sw_crystal_phase_create(&phase, names[k], 0.35, &error) != SW_OK)
            fail_msg("%s: %s", error.place, error.message);
        assert_int_equal(sw_crystal_reflections(&found, &count, &phase, 0.9, 6.0, 0.6, NULL, NULL),
                         SW_OK);
        for (size_t i = 0; i < count; i++)
            strength[k] += found[i].strength;
        mass[k] = sw_crystal_phase_mass(&phase);
        free(found);
        sw_crystal_phase_clear(&phase);
    }
    assert_near(strength[1] / strength[0], 1.0, 1e-9);
    assert_near(mass[1] / mass[0], 1.0, 1e-9);
    remove(path);
}

static void check_note(const char *scale, const char *words) {
    static char text[60 * 40];
    size_t used = (size_t)sprintf(text, "2theta,counts\n30,\n");
    double factor = atof(scale), off = factor > 1.0 ? 50.0 : 0.0;
    for (int i = 0; i < 60; i++)
        used += (size_t)sprintf(text + used, "%.2f,%.6f\n", 40.0 + 0.02 * i,
                                factor * (0.1 + exp(-pow((i - 30) / 5.0, 2.0))) - off);
    sw_content inputs[2] = {read_text_table(text, "pattern.csv")};
    static const char *const given[][2] = {{"peaks", "40.6"}};
    sw_measurement *out;
    sw_error error;
    if (measure_with(&out, row_named(sw_curves_instrument, "xrd-peaks"), inputs, given, 1,
                     &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    assert_true(noted(out, words));
    assert_true(noted(out, "1 rows with a missing value left out"));
    sw_measurement_destroy(out);
    sw_content_clear(inputs);
}

/* Intensities that are no counts have no weights: it is said. */
static void test_no_counts(void **state) {
    (void)state;
    check_note("1", "The highest intensity is 1.1");
    check_note("400", "intensities are below 0");
}

/* Noise alone has no peaks: of 20 patterns of 4000 points the false ones would be 5 standard errors
 * high, below 1e-3 for all of them together. */
static void test_noise_alone(void **state) {
    (void)state;
    sw_random random = sw_random_create(29, 2);
    static double angle[4000], intensity[4000], variance[4000];
    sw_pattern pattern = {4000, angle, intensity, variance, 0, 0, 0.0};
    for (int draw = 0; draw < 20; draw++) {
        double position[SW_MOST_PEAKS];
        for (int i = 0; i < 4000; i++) {
            angle[i] = 10.0 + 0.01 * i;
            intensity[i] = round(100.0 + 10.0 * sw_random_next_normal(&random));
        }
        assert_int_equal(sw_peaks_search(position, SW_MOST_PEAKS, &pattern, 0.1), 0);
        for (int i = 0; i < 4000; i++)
            intensity[i] += 60.0 * exp(-pow((angle[i] - 30.0) / 0.05, 2.0));
        assert_int_equal(sw_peaks_search(position, SW_MOST_PEAKS, &pattern, 0.1), 1);
        assert_near(position[0], 30.0, 0.05);
    }
}

/* Lines that no diffractometer writes. */
static void test_wrong_points(void **state) {
    (void)state;
    static const char *const lines[] = {"41,1e308\n", "400,5\n", "39,5\n"};
    static const char *const messages[] = {"none of a detector", "none of 2 theta", "goes back"};
    for (int i = 0; i < 3; i++) {
        char text[200];
        snprintf(text, sizeof text, "2theta,counts\n40,5\n%s", lines[i]);
        sw_content inputs[2] = {read_text_table(text, "pattern.csv")};
        sw_measurement *out;
        sw_error error;
        assert_int_equal(measure_with(&out, row_named(sw_curves_instrument, "xrd-peaks"), inputs,
                                      NULL, 0, &error),
                         SW_ERROR_FORMAT);
        assert_string_equal(error.place, "pattern.csv:3");
        if (strstr(error.message, messages[i]) == NULL)
            fail_msg("%s", error.message);
        sw_measurement_destroy(out);
        sw_content_clear(inputs);
    }
}

static void refused(const char *instrument, const char *const (*given)[2], size_t count,
                    const char *place, const char *message) {
    sw_content inputs[2] = {tube_pattern(40.0, 80.0, false)};
    sw_measurement *out;
    sw_error error;
    assert_int_not_equal(measure_with(&out, row_named(sw_curves_instrument, instrument), inputs,
                                      given, count, &error),
                         SW_OK);
    if (strstr(error.place, place) == NULL || strstr(error.message, message) == NULL)
        fail_msg("%s: %s", error.place, error.message);
    sw_measurement_destroy(out);
    sw_content_clear(inputs);
}

static void test_refusals(void **state) {
    (void)state;
    static const char *const outside[][2] = {{"peaks", "43.5,95"}};
    static const char *const few[][2] = {{"peaks", "43.5,50.7"}, {"planes", "111"}};
    static const char *const many[][2] = {{"peaks", "43.5,50.7"}, {"planes", "111,200,220"}};
    static const char *const twice[][2] = {{"phases", "fcc,bcc,fcc"}};
    refused("xrd-peaks", outside, 1, "peaks", "95 deg is outside the pattern");
    refused("xrd-peaks", few, 2, "planes", "1 planes are fewer than the 2 peaks");
    refused("xrd-peaks", many, 2, "planes", "2 planes and more, for 2 peaks");
    static const char *const none[][2] = {{"phases", " "}};
    refused("xrd-phases", none, 1, "phases", "no phase is named");
    refused("xrd-phases", twice, 1, "phases", "there are two phases \"fcc\"");
}

/* The product of Gaussian and Lorentzian has area 1 also where it is nearly a Gaussian. */
static void test_small_mixing(void **state) {
    (void)state;
    for (double mixing = 0.0; mixing < 0.003; mixing += 0.00005) {
        double area = 0.0, step = 0.005, width = 0.5;
        for (double x = -20.0; x < 20.0; x += step)
            area += step * sw_peak_profile(SW_PEAK_PRODUCT, x, width, mixing);
        assert_near(area, 1.0, 1e-8);
    }
}

static void line_residuals(void *user, const double *parameter, double *residual) {
    (void)user;
    residual[0] = parameter[0] - 1.0;
    residual[1] = parameter[0] + parameter[1] - 3.0;
}

/* As many points as parameters tell no noise: there is no interval, not one of width 0. */
static void test_no_freedom(void **state) {
    (void)state;
    sw_least_squares_result result = {.parameter = {0.5, 0.5}};
    const sw_least_squares problem = {.points = 2, .parameters = 2, .residuals = line_residuals};
    assert_int_equal(sw_least_squares_fit(&result, &problem, NULL), SW_OK);
    assert_near(result.parameter[1], 2.0, 1e-6);
    assert_true(isinf(result.spread[0]) && isinf(result.spread[1]));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tube),          cmocka_unit_test(test_noise_alone),
        cmocka_unit_test(test_no_counts),     cmocka_unit_test(test_wrong_points),
        cmocka_unit_test(test_series),        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_shared_places), cmocka_unit_test(test_no_freedom),
        cmocka_unit_test(test_small_mixing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
