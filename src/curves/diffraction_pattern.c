/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "curves/diffraction_pattern.h"

#include "base/memory.h"
#include "curves/named_column.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_POINTS = 10 };

#define FEW 20.0      /* a pattern of counts is higher somewhere */
#define LARGEST 1e15  /* of an intensity */
#define FARTHEST 180. /* deg */

double sw_bragg_spacing(double angle, double wavelength) {
    return wavelength / (2.0 * sin(0.5 * SW_RADIAN_PER_DEGREE * angle));
}

double sw_bragg_angle(double spacing, double wavelength) {
    double sine = wavelength / (2.0 * spacing);
    return sine <= 1.0 ? 2.0 * asin(sine) / SW_RADIAN_PER_DEGREE : (double)NAN;
}

void sw_pattern_clear(sw_pattern *pattern) {
    free(pattern->angle);
    free(pattern->intensity);
    free(pattern->variance);
    *pattern = (sw_pattern){.count = 0};
}

void sw_pattern_weigh(sw_pattern *pattern, const double *fitted) {
    for (size_t i = 0; i < pattern->count; i++)
        pattern->variance[i] = fmax(fitted[i], 1.0);
}

/* Two columns that say nothing of themselves are taken in their order. */
static const char *column_text(const sw_table *table, const char *wanted, const char *in_order) {
    bool nameless =
        sw_table_columns(table) >= 2 && strncmp(sw_table_name(table, 0), "column", 6) == 0;
    return nameless && strcmp(wanted, "auto") == 0 ? in_order : wanted;
}

static double limit(const sw_instrument_settings *settings, const char *name, double otherwise) {
    return sw_setting_is_automatic(settings, name)
               ? otherwise
               : sw_setting_number(settings, name) / SW_RADIAN_PER_DEGREE;
}

/* What no diffractometer has written; NULL: nothing is wrong. */
static const char *wrong_point(const sw_pattern *pattern, double angle, double intensity) {
    if (angle > FARTHEST)
        return "an angle of %g deg is none of 2 theta";
    if (!(fabs(intensity) < LARGEST))
        return "the intensity at %g deg is none of a detector";
    bool rises = pattern->count == 0 || angle > pattern->angle[pattern->count - 1];
    return rises ? NULL : "the angle goes back to %g deg";
}

static sw_status check_point(const sw_pattern *pattern, const sw_table *table, size_t row,
                             double angle, double intensity, sw_error *error) {
    char place[256];
    const char *words = wrong_point(pattern, angle, intensity);
    if (words == NULL)
        return SW_OK;
    snprintf(place, sizeof place, "%.200s:%zu", sw_table_source(table), sw_table_line(table, row));
    return sw_error_set(error, SW_ERROR_FORMAT, place,
                        "give one scan a file by rising angle 2 theta in deg; are the columns "
                        "right? See --angle, --intensity",
                        words, angle);
}

sw_status sw_pattern_notes(const sw_pattern *pattern, sw_measurement *measurement) {
    sw_status status = SW_OK;
    if (pattern->missing > 0)
        status = sw_measurement_note(measurement, "%zu rows with a missing value left out.",
                                     pattern->missing);
    if (status == SW_OK && pattern->negative > 0)
        status = sw_measurement_note(measurement,
                                     "%zu intensities are below 0, so they are no counts: weights "
                                     "are those of counts and off where a background was taken "
                                     "off. Give the pattern as it was measured.",
                                     pattern->negative);
    else if (status == SW_OK && pattern->highest < FEW)
        status = sw_measurement_note(measurement,
                                     "The highest intensity is %.3g, so they are no counts: all "
                                     "points weigh alike, and what is weak is fitted badly. Give "
                                     "counts.",
                                     pattern->highest);
    return status;
}

static sw_status take_points(sw_pattern *pattern, const sw_table *table,
                             const sw_named_column *angle, const sw_named_column *intensity,
                             const sw_instrument_settings *settings, sw_error *error) {
    double from = limit(settings, "from", 0.0), to = limit(settings, "to", INFINITY);
    for (size_t row = 0; row < sw_table_rows(table); row++) {
        double x = sw_named_column_value(angle, table, row);
        double y = sw_named_column_value(intensity, table, row);
        if (!isfinite(x) || !isfinite(y)) {
            pattern->missing++;
            continue;
        }
        if (x < from || x > to)
            continue;
        sw_status status = check_point(pattern, table, row, x, y, error);
        if (status != SW_OK)
            return status;
        pattern->negative += y < 0.0;
        pattern->highest = fmax(pattern->highest, y);
        pattern->angle[pattern->count] = x;
        pattern->variance[pattern->count] = fmax(y, 1.0);
        pattern->intensity[pattern->count++] = y;
    }
    if (pattern->count < LEAST_POINTS)
        return sw_error_set(error, SW_ERROR_FORMAT, sw_table_source(table),
                            "are the columns right? See --angle, --intensity, --from, --to",
                            "%zu points, %d are needed", pattern->count, LEAST_POINTS);
    return SW_OK;
}

sw_status sw_pattern_read(sw_pattern *pattern, const sw_table *table,
                          const sw_instrument_settings *settings, sw_error *error) {
    sw_named_column angle, intensity;
    *pattern = (sw_pattern){.count = 0};
    sw_status status = sw_named_column_find(
        &angle, table, &sw_names_of_angle,
        column_text(table, sw_setting_text(settings, "angle"), "1"), NULL, error);
    if (status == SW_OK)
        status = sw_named_column_find(
            &intensity, table, &sw_names_of_intensity,
            column_text(table, sw_setting_text(settings, "intensity"), "2"), NULL, error);
    if (status != SW_OK)
        return status;
    pattern->angle = sw_allocate(sw_table_rows(table) + 1, sizeof(double));
    pattern->intensity = sw_allocate(sw_table_rows(table) + 1, sizeof(double));
    pattern->variance = sw_allocate(sw_table_rows(table) + 1, sizeof(double));
    if (!pattern->angle || !pattern->intensity || !pattern->variance)
        return SW_ERROR_MEMORY;
    return take_points(pattern, table, &angle, &intensity, settings, error);
}
