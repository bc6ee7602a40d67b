/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables made in a test, and instruments measured on them. */
#ifndef SPILLWAY_TESTS_CURVES_CASES_H
#define SPILLWAY_TESTS_CURVES_CASES_H

#include <spillway/curves.h>
#include <spillway/io.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The row of a name in a list. */
static inline const sw_instrument *row_named(const sw_instrument *(*list)(size_t),
                                             const char *name) {
    for (size_t i = 0; list(i) != NULL; i++)
        if (strcmp(list(i)->name, name) == 0)
            return list(i);
    fail_msg("no row %s", name);
    return NULL;
}

static inline sw_content read_text_table(const char *text, const char *name) {
    sw_content content = {0};
    sw_error error = {0};
    if (sw_read_memory(&content, text, strlen(text), name, 0, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    return content;
}

/* Measures; settings are pairs of name and text, `count` of them. *measurement is the caller's. */
static inline sw_status measure_with(sw_measurement **measurement, const sw_instrument *row,
                                     const sw_content *inputs, const char *const (*given)[2],
                                     size_t count, sw_error *error) {
    sw_instrument_settings *settings;
    *error = (sw_error){0};
    assert_int_equal(sw_measurement_create(measurement), SW_OK);
    sw_status status = sw_instrument_settings_create(&settings, row, NULL, given, count, error);
    if (status == SW_OK)
        status = sw_instrument_measure(*measurement, inputs, settings, NULL, error);
    sw_instrument_settings_destroy(settings);
    return status;
}

static inline double value_of(const sw_measurement *measurement, const char *name) {
    const sw_measured *measured = sw_measurement_find(measurement, name);
    if (measured == NULL)
        fail_msg("no number %s", name);
    return measured->value;
}

static inline bool noted(const sw_measurement *measurement, const char *text) {
    for (size_t i = 0; i < sw_measurement_notes(measurement); i++)
        if (strstr(sw_measurement_note_at(measurement, i), text) != NULL)
            return true;
    return false;
}

static inline void assert_near(double value, double expected, double tolerance) {
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%.12g is not %.12g within %g", value, expected, tolerance);
}

#endif
