/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instrument `xrd-peaks`: positions, widths, shapes and areas of diffraction peaks. */
#include "base/memory.h"
#include "base/number.h"
#include "base/sorting.h"
#include "curves/columns.h"
#include "curves/diffraction_peaks.h"
#include "curves/instruments.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const shape_words[] = {"pseudo-voigt", "product", NULL};

static const sw_instrument_parameter parameters[] = {
    SW_PATTERN_PARAMETERS,
    {.name = "peaks",
     .kind = SW_TAKES_TEXT,
     .standard = "auto",
     .help =
         "about where peaks are, 2 theta in deg with commas; auto: all that stand out, at most 12"},
    {.name = "width",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_ANGLE,
     .standard = "auto",
     .least = 1e-7,
     .most = 0.5,
     .help = "about how wide they are; auto: as the highest is"},
    {.name = "shape",
     .kind = SW_TAKES_CHOICE,
     .standard = "pseudo-voigt",
     .choices = shape_words,
     .help = "sum of Lorentzian and Gaussian of one width, or their product"},
    {.name = "mixing",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_NUMBER,
     .standard = "auto",
     .least = 0,
     .most = 1,
     .help = "share of the Lorentzian; auto: free for every peak"},
    {.name = "background",
     .kind = SW_TAKES_COUNT,
     .standard = "3",
     .least = 1,
     .most = SW_MOST_BACKGROUND,
     .help = "coefficients of the polynomial"},
    SW_SECOND_PARAMETERS,
    {.name = "caglioti",
     .kind = SW_TAKES_SWITCH,
     .standard = "no",
     .help = "fit width^2 = U tan^2 + V tan + W of theta to four peaks or more (instrument and "
             "sample together)"},
    {.name = "planes",
     .kind = SW_TAKES_TEXT,
     .standard = "auto",
     .help = "of a cubic crystal, one for each peak by rising angle, such as 111,200,220: gives "
             "lattice parameters"},
    {0},
};

typedef struct peaks_settings {
    sw_peak_model model;
    double position[SW_MOST_PEAKS], width, wavelength;
    size_t peaks;
    double planes[SW_MOST_PEAKS]; /* h^2 + k^2 + l^2; 0 where not given */
} peaks_settings;

/* ---- parameters ------------------------------------------------------------------------------ */

static sw_status read_positions(peaks_settings *made, const char *text, sw_error *error) {
    while (*text != '\0') {
        const char *end;
        double value;
        if (made->peaks == SW_MOST_PEAKS || !sw_number_parse(&value, text, &end) ||
            strchr(", ", *end) == NULL)
            return sw_error_set(error, SW_ERROR_ARGUMENT, "peaks", "such as 43.3,50.4,74.1",
                                "at most %d angles were expected at \"%.40s\"", SW_MOST_PEAKS,
                                text);
        made->position[made->peaks++] = value;
        text = end + strspn(end, ", ");
    }
    sw_sort_numbers(made->position, made->peaks);
    return SW_OK;
}

static sw_status read_planes(peaks_settings *made, const char *text, sw_error *error) {
    size_t i = 0;
    for (; *text != '\0' && i < made->peaks; i++) {
        size_t length = strspn(text, "0123456789");
        if (length != 3 || strchr(", ", text[3]) == NULL)
            return sw_error_set(error, SW_ERROR_ARGUMENT, "planes", "such as 111,200,220",
                                "three digits were expected at \"%.40s\"", text);
        for (size_t k = 0; k < 3; k++)
            made->planes[i] += (text[k] - '0') * (text[k] - '0');
        text += length;
        text += strspn(text, ", ");
    }
    if (i == made->peaks && *text == '\0')
        return SW_OK;
    return sw_error_set(error, SW_ERROR_ARGUMENT, "planes",
                        "name one for each peak by rising angle, and the peaks with --peaks",
                        *text == '\0' ? "%zu planes are fewer than the %zu peaks"
                                      : "%zu planes and more, for %zu peaks",
                        i, made->peaks);
}

/* A peak is begun where there are points. */
static sw_status check_positions(const peaks_settings *made, const sw_pattern *pattern,
                                 sw_error *error) {
    double low = pattern->angle[0], high = pattern->angle[pattern->count - 1];
    for (size_t i = 0; i < made->peaks; i++)
        if (!(made->position[i] >= low && made->position[i] <= high))
            return sw_error_set(error, SW_ERROR_ARGUMENT, "peaks", "give angles 2 theta in deg",
                                "%g deg is outside the pattern, from %g to %g deg",
                                made->position[i], low, high);
    if (made->width > 0.0)
        return SW_OK;
    return sw_error_set(error, SW_ERROR_ARGUMENT, "width", "give --width, such as '0.1 deg'",
                        "the pattern has no width: all its points are alike");
}

/* Full width at half of the highest point over the lowest. */
static double width_of_highest(const sw_pattern *pattern) {
    size_t top = 0, left, right;
    double low = INFINITY;
    for (size_t i = 0; i < pattern->count; i++) {
        top = pattern->intensity[i] > pattern->intensity[top] ? i : top;
        low = fmin(low, pattern->intensity[i]);
    }
    double half = 0.5 * (pattern->intensity[top] + low);
    for (left = top; left > 0 && pattern->intensity[left] > half;)
        left--;
    for (right = top; right + 1 < pattern->count && pattern->intensity[right] > half;)
        right++;
    return pattern->angle[right] - pattern->angle[left];
}

static sw_status read_settings(peaks_settings *made, const sw_pattern *pattern,
                               const sw_instrument_settings *settings, sw_error *error) {
    *made = (peaks_settings){.wavelength = sw_setting_number(settings, "wavelength")};
    made->model = (sw_peak_model){.shape = (sw_peak_shape)sw_setting_choice(settings, "shape"),
                                  .fixed_mixing = !sw_setting_is_automatic(settings, "mixing"),
                                  .mixing = sw_setting_number(settings, "mixing"),
                                  .background = sw_setting_count(settings, "background"),
                                  .second_ratio = sw_setting_number(settings, "second-ratio")};
    if (!sw_setting_is_automatic(settings, "second"))
        made->model.second_wavelength = sw_setting_number(settings, "second") / made->wavelength;
    made->width = sw_setting_is_automatic(settings, "width")
                      ? width_of_highest(pattern)
                      : sw_setting_number(settings, "width") / SW_RADIAN_PER_DEGREE;
    sw_status status = SW_OK;
    if (!sw_setting_is_automatic(settings, "peaks"))
        status = read_positions(made, sw_setting_text(settings, "peaks"), error);
    else
        made->peaks = sw_peaks_search(made->position, SW_MOST_PEAKS, pattern, made->width);
    if (status == SW_OK && made->peaks == 0)
        status = sw_error_set(error, SW_ERROR_NUMERIC, "peaks", "give --peaks",
                              "no peak stands out of the noise");
    if (status == SW_OK)
        status = check_positions(made, pattern, error);
    if (status == SW_OK && !sw_setting_is_automatic(settings, "planes"))
        status = read_planes(made, sw_setting_text(settings, "planes"), error);
    return status;
}

/* ---- results --------------------------------------------------------------------------------- */

/* Relative error of a spacing: half the error of the angle over its tangent. */
static double relative_error(const sw_peak *peak) {
    return 0.5 * SW_RADIAN_PER_DEGREE * peak->position_spread /
           tan(0.5 * SW_RADIAN_PER_DEGREE * peak->position);
}

static sw_status add_peak(sw_measurement *out, const peaks_settings *made, const sw_peak *peak,
                          size_t index) {
    char name[64];
    snprintf(name, sizeof name, "position %zu", index + 1);
    sw_status status =
        sw_add_spread(out, name, peak->position, peak->position_spread, "deg", "2 theta");
    snprintf(name, sizeof name, "width %zu", index + 1);
    if (status == SW_OK)
        status = sw_add_spread(out, name, peak->width, peak->width_spread, "deg",
                               "full width at half maximum");
    if (status != SW_OK || !(made->planes[index] > 0.0))
        return status;
    double a = sw_bragg_spacing(peak->position, made->wavelength) * sqrt(made->planes[index]);
    snprintf(name, sizeof name, "lattice parameter %zu", index + 1);
    return sw_add_spread(out, name, a, a * relative_error(peak), "A", "of a cubic crystal");
}

static sw_status add_table(sw_measurement *out, const peaks_settings *made,
                           const sw_peak_fit *fit) {
    double number[11][SW_MOST_PEAKS];
    for (size_t p = 0; p < fit->peaks; p++) {
        const sw_peak *peak = &fit->peak[p];
        double spacing = sw_bragg_spacing(peak->position, made->wavelength);
        const double row[] = {
            peak->position, peak->position_spread, spacing,      spacing * relative_error(peak),
            peak->width,    peak->width_spread,    peak->mixing, peak->mixing_spread,
            peak->area,     peak->area_spread,     peak->height};
        for (size_t k = 0; k < 11; k++)
            number[k][p] = row[k];
    }
    const sw_column columns[] = {
        {"position", "deg", number[0], NULL}, {"position spread", "deg", number[1], NULL},
        {"spacing", "A", number[2], NULL},    {"spacing spread", "A", number[3], NULL},
        {"width", "deg", number[4], NULL},    {"width spread", "deg", number[5], NULL},
        {"mixing", "", number[6], NULL},      {"mixing spread", "", number[7], NULL},
        {"area", "", number[8], NULL},        {"area spread", "", number[9], NULL},
        {"height", "", number[10], NULL},     {0}};
    return sw_add_columns(out, "peaks", columns, fit->peaks);
}

/* Fits, and once more with the weights of the fitted curve. */
static sw_status fit_twice(sw_peak_fit *fit, const peaks_settings *made, sw_pattern *pattern,
                           sw_error *error) {
    double *curve = sw_allocate(2 * pattern->count, sizeof *curve);
    sw_status status = curve != NULL ? SW_OK : SW_ERROR_MEMORY;
    for (int round = 0; round < 2 && status == SW_OK; round++) {
        status = sw_peaks_fit(fit, &made->model, pattern, made->position, made->peaks, made->width,
                              error);
        if (status == SW_OK && round == 0) {
            sw_peaks_curve(curve, curve + pattern->count, fit, &made->model, pattern);
            sw_pattern_weigh(pattern, curve);
        }
    }
    free(curve);
    return status;
}

static sw_status add_curves(sw_measurement *out, const peaks_settings *made, const sw_peak_fit *fit,
                            const sw_pattern *pattern) {
    double *calculated = sw_allocate(pattern->count, sizeof *calculated);
    double *background = sw_allocate(pattern->count, sizeof *background);
    double *difference = sw_allocate(pattern->count, sizeof *difference);
    bool there = calculated != NULL && background != NULL && difference != NULL;
    sw_status status = there ? SW_OK : SW_ERROR_MEMORY;
    if (there) {
        sw_peaks_curve(calculated, background, fit, &made->model, pattern);
        for (size_t i = 0; i < pattern->count; i++)
            difference[i] = pattern->intensity[i] - calculated[i];
        const sw_column columns[] = {
            {"angle", "deg", pattern->angle, NULL}, {"measured", "", pattern->intensity, NULL},
            {"fitted", "", calculated, NULL},       {"background", "", background, NULL},
            {"difference", "", difference, NULL},   {0}};
        status = sw_add_columns(out, "pattern", columns, pattern->count);
    }
    free(calculated);
    free(background);
    free(difference);
    return status;
}

/* ---- widths over the angle (G. Caglioti et al., Nucl. Instrum. 3, 223 (1958)) ---------------- */

static void caglioti_residuals(void *user, const double *parameter, double *residual) {
    const sw_peak_fit *fit = user;
    for (size_t p = 0; p < fit->peaks; p++) {
        const sw_peak *peak = &fit->peak[p];
        double t = tan(0.5 * SW_RADIAN_PER_DEGREE * peak->position),
               square = peak->width * peak->width;
        double error = fmax(2.0 * peak->width * peak->width_spread, 1e-9 * square);
        residual[p] = (square - (parameter[0] * t * t + parameter[1] * t + parameter[2])) / error;
    }
}

static sw_status add_caglioti(sw_measurement *out, const sw_peak_fit *fit, sw_error *error) {
    static const char *const names[] = {"Caglioti U", "Caglioti V", "Caglioti W"};
    sw_least_squares_result *result = sw_allocate(1, sizeof *result);
    const sw_least_squares problem = {.points = fit->peaks,
                                      .parameters = 3,
                                      .residuals = caglioti_residuals,
                                      .user = (void *)(uintptr_t)fit};
    sw_status status = result != NULL ? SW_OK : SW_ERROR_MEMORY;
    if (status == SW_OK && fit->peaks < 4)
        status = sw_error_set(error, SW_ERROR_ARGUMENT, "caglioti", "leave --caglioti out",
                              "three numbers need four peaks or more, %zu are there", fit->peaks);
    if (status == SW_OK) {
        result->parameter[2] = fit->peak[0].width * fit->peak[0].width;
        status = sw_least_squares_fit(result, &problem, error);
    }
    for (size_t k = 0; k < 3 && status == SW_OK; k++)
        status = sw_add_spread(out, names[k], result->parameter[k], result->spread[k], "deg2",
                               "of width^2 = U tan^2 + V tan + W");
    free(result);
    return status;
}

static sw_status report(sw_measurement *out, const peaks_settings *made, const sw_peak_fit *fit,
                        const sw_pattern *pattern) {
    sw_status status =
        sw_add_plain(out, "peaks", (double)fit->peaks, "", "that were fitted together");
    for (size_t p = 0; p < fit->peaks && status == SW_OK; p++)
        status = add_peak(out, made, &fit->peak[p], p);
    if (status == SW_OK)
        status = sw_add_plain(out, "Rwp", 100.0 * fit->rwp, "%", "weighted profile R factor");
    if (status == SW_OK)
        status = sw_add_plain(out, "chi squared", fit->chi_squared, "",
                              "over the degrees of freedom; 1 where intensities are counts and the "
                              "model is right");
    if (status == SW_OK && !fit->result.converged)
        status = sw_measurement_note(out, "The fit did not converge: give --peaks and --width.");
    if (status == SW_OK)
        status = sw_pattern_notes(pattern, out);
    if (status == SW_OK)
        status = add_table(out, made, fit);
    if (status == SW_OK)
        status = add_curves(out, made, fit, pattern);
    if (status == SW_OK)
        status =
            sw_measurement_add_plot(out, (sw_plot){.title = "pattern",
                                                   .table = "pattern",
                                                   .x = "angle",
                                                   .y = "measured,fitted,background,difference",
                                                   .y_label = "intensity",
                                                   .kind = "lines",
                                                   .help = "Measured, fitted, and what is left."});
    return status;
}

static sw_status measure(sw_measurement *measurement, const sw_content *inputs,
                         const sw_instrument_settings *settings, sw_context *context,
                         sw_error *error) {
    sw_pattern pattern;
    peaks_settings made;
    sw_peak_fit *fit = sw_allocate(1, sizeof *fit);
    (void)context;
    if (fit == NULL)
        return SW_ERROR_MEMORY;
    sw_status status = sw_pattern_read(&pattern, inputs[0].table, settings, error);
    if (status == SW_OK)
        status = read_settings(&made, &pattern, settings, error);
    if (status == SW_OK)
        status = fit_twice(fit, &made, &pattern, error);
    if (status == SW_OK)
        status = report(measurement, &made, fit, &pattern);
    if (status == SW_OK && sw_setting_switch(settings, "caglioti"))
        status = add_caglioti(measurement, fit, error);
    sw_pattern_clear(&pattern);
    free(fit);
    return status;
}

const sw_instrument sw_instrument_xrd_peaks = {
    .name = "xrd-peaks",
    .summary = "positions, widths and areas of diffraction peaks",
    .description =
        "Fits peaks of a powder pattern together, on a polynomial background, by least squares "
        "with the weights of counts. A peak is a sum of Lorentzian and Gaussian of one width "
        "(pseudo-Voigt) or their product, its mixing free or given, with a second wavelength "
        "where asked. Peaks are found where they stand out of the noise, or are begun where "
        "--peaks says.\n\n"
        "Intervals are those of least squares, scaled by what is left and widened where it is "
        "alike from point to point. A zero error of the angle is not in them.",
    .citation = "G. Wertheim et al., Rev. Sci. Instrum. 45, 1369 (1974), doi:10.1063/1.1686503",
    .input = {SW_NOUN_TABLE},
    .parameters = parameters,
    .measure = measure,
};
