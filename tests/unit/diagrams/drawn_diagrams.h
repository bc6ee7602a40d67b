/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Diagrams drawn for tests, and the numbers in them. */
#ifndef SPILLWAY_TESTS_DRAWN_DIAGRAMS_H
#define SPILLWAY_TESTS_DRAWN_DIAGRAMS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <spillway/diagrams.h>
#include <spillway/equilibrium.h>
#include <spillway/run.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#define MOST_SETTINGS 8

/* Draws with settings "name", "value", ... NULL; the caller destroys it. */
static inline sw_measurement *draw(const char *name, const char *file, const char *const *settings,
                                   sw_error *error) {
    const char *given[MOST_SETTINGS][2];
    size_t count = 0;
    for (; settings != NULL && settings[2 * count] != NULL; count++) {
        given[count][0] = settings[2 * count];
        given[count][1] = settings[2 * count + 1];
    }
    const sw_measure_options options = {.registry = SW_DIAGRAMS,
                                        .instrument = name,
                                        .files = &file,
                                        .file_count = file != NULL,
                                        .given = (const char *const(*)[2])given,
                                        .given_count = count};
    sw_measurement *measurement = NULL;
    const sw_status status = sw_measure_files(&measurement, NULL, &options, NULL, error);
    assert_int_equal(status, error->code);
    return measurement;
}

static inline sw_measurement *drawn(const char *name, const char *const *settings) {
    sw_error error = {0};
    sw_measurement *measurement = draw(name, NULL, settings, &error);
    if (measurement == NULL)
        fail_msg("%s: %s: %s", name, error.place, error.message);
    return measurement;
}

static inline double value(const sw_measurement *measurement, const char *name) {
    const sw_measured *measured = sw_measurement_find(measurement, name);
    if (measured == NULL)
        fail_msg("there is no %s", name);
    return measured->value;
}

static inline const sw_table *table(const sw_measurement *measurement, const char *name) {
    for (size_t i = 0; i < sw_measurement_tables(measurement); i++) {
        const char *found;
        const sw_table *result = sw_measurement_table(measurement, i, &found);
        if (strcmp(found, name) == 0)
            return result;
    }
    fail_msg("there is no table %s", name);
    return NULL;
}

/* The number in a column, in the row whose first text is `row`. */
static inline double cell(const sw_table *of, const char *row, const char *column) {
    const ptrdiff_t index = sw_table_find(of, column);
    assert_true(index >= 0);
    for (size_t i = 0; i < sw_table_rows(of); i++)
        if (strcmp(sw_table_text(of, i, 0), row) == 0)
            return sw_table_numbers_const(of, (size_t)index)[i];
    fail_msg("there is no row %s", row);
    return 0.0;
}

static inline void near(double found, double expected, double tolerance, const char *what) {
    if (!(fabs(found - expected) <= tolerance))
        fail_msg("%s: %.10g, expected %.10g +- %g", what, found, expected, tolerance);
}

#endif
