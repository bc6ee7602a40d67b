/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Curves that a powder model makes itself, with noise and with errors of the instrument, and fits
 * of them. */
#ifndef SPILLWAY_TESTS_POWDER_CASES_H
#define SPILLWAY_TESTS_POWDER_CASES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"

#include <spillway/powder.h>
#include <spillway/run.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COARSE "cells=1, bins=1"
#define SIZE "1.5 um" /* the truth */
#define NOISE 0.02    /* mg, of 50 */
#define EVERY 1.0     /* s */
#define HYDROGEN 2040 /* s, as in the model's programme */

/* ---- curves that the model makes ------------------------------------------------------------- */

static inline void put(sw_table *table, double time, double temperature, double mass) {
    const double values[] = {time, temperature, mass};
    size_t row;
    assert_int_equal(sw_table_add_row(table, &row), SW_OK);
    for (size_t i = 0; i < 3; i++)
        sw_table_numbers(table, i)[row] = values[i];
}

static inline sw_table *empty_table(void) {
    static const char *const names[] = {"time", "temperature", "mass"}, *units[] = {"s", "K", "mg"};
    sw_table *table;
    assert_int_equal(sw_table_create(&table), SW_OK);
    assert_int_equal(sw_table_set_source(table, "made.csv"), SW_OK);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(sw_table_add_column(table, names[i], units[i]), SW_OK);
    return table;
}

/* fe2o3-nio with oxide_size SIZE, from 20 s before hydrogen on; the thermometer reads `colder` K
 * too little, the balance `step` mg too much from hydrogen on, with `noise` mg. */
static inline sw_table *noisy_curve(uint64_t seed, double colder, double step, double noise) {
    const sw_setting settings[] = {{"cells", "1"}, {"bins", "1"}, {"oxide_size", SIZE}};
    sw_table *table = empty_table();
    sw_random random = sw_random_create(seed, 0);
    sw_model *model = NULL;
    sw_powder *powder = NULL;
    sw_powder_amounts amounts;
    sw_error error = {0};
    if (sw_model_load(&model, "fe2o3-nio", settings, 3, NULL, 0, &error) != SW_OK)
        fail_msg("%s", error.message);
    assert_int_equal(sw_powder_create(&powder, sw_model_powder(model), &error), SW_OK);
    for (double time = 0; time < 2200; time += time < 1990 ? 199 : EVERY) {
        assert_int_equal(sw_powder_run(powder, time, &error), SW_OK);
        assert_int_equal(sw_powder_observe(&amounts, powder, &error), SW_OK);
        put(table, time, amounts.temperature - colder,
            amounts.mass * 1e6 + (time > HYDROGEN ? step : 0) +
                noise * sw_random_next_normal(&random));
    }
    sw_powder_destroy(powder);
    sw_model_destroy(model);
    return table;
}

static inline sw_table *wrong_curve(uint64_t seed, double colder, double step) {
    return noisy_curve(seed, colder, step, NOISE);
}

static inline sw_table *made_curve(uint64_t seed) {
    return wrong_curve(seed, 0, 0);
}

static inline sw_status fit_in(sw_measurement **found, sw_table *table,
                               const char *const (*given)[2], size_t count, sw_context *context,
                               sw_error *error) {
    sw_content inputs[2] = {{.noun = SW_NOUN_TABLE, .table = table}, {.noun = SW_NOUN_NONE}};
    sw_instrument_settings *settings = NULL;
    assert_non_null(sw_registry_find(SW_FITS, "powder"));
    assert_int_equal(sw_measurement_create(found), SW_OK);
    sw_status status = sw_instrument_settings_create(&settings, sw_registry_find(SW_FITS, "powder"),
                                                     NULL, given, count, error);
    if (status == SW_OK)
        status = sw_instrument_measure(*found, inputs, settings, context, error);
    sw_instrument_settings_destroy(settings);
    return status;
}

static inline sw_status fit(sw_measurement **found, sw_table *table, const char *const (*given)[2],
                            size_t count, sw_error *error) {
    return fit_in(found, table, given, count, NULL, error);
}

static inline void assert_holds(const sw_measurement *found, const char *name, double truth) {
    const sw_measured *number = sw_measurement_find(found, name);
    assert_non_null(number);
    if (!(number->low <= truth && truth <= number->high))
        fail_msg("%s: %g is not in %g to %g", name, truth, number->low, number->high);
}

static inline bool has_note(const sw_measurement *found, const char *words) {
    for (size_t i = 0; i < sw_measurement_notes(found); i++)
        if (strstr(sw_measurement_note_at(found, i), words))
            return true;
    return false;
}

#endif
