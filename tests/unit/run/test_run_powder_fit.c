/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fit of a powder: curves that the model itself makes, with noise, give its parameters back;
 * what they do not determine is said; legs follow a measured temperature; wrong input is refused. */
#include "powder_cases.h"

#include "run/powder_fit.h"

/* ---- tests ----------------------------------------------------------------------------------- */

/* The truth within the interval, which is narrow against the range of 0.3 to 20 um; the residual is
 * the noise that was added, over the oxygen of the sample (0.272 of 50 mg). */
static void parameters_come_back(void **state) {
    static const char *const given[][2] = {{"settings", COARSE},
                                           {"free", "oxide_size"},
                                           {"scan", "3"},
                                           {"jumps", "keep"},
                                           {"temperature-error", "0 K"}};
    int inside = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 4; seed++) {
        sw_table *table = made_curve(seed);
        sw_measurement *found;
        sw_error error = {0};
        if (fit(&found, table, given, 5, &error) != SW_OK)
            fail_msg("%s: %s", error.place, error.message);
        const sw_measured *size = sw_measurement_find(found, "oxide_size");
        const sw_measured *residual = sw_measurement_find(found, "residual");
        assert_string_equal(size->unit, "um");
        assert_true(size->low < size->value && size->value < size->high);
        assert_true(size->high - size->low < 1);
        assert_true(fabs(size->value - 1.5) < 0.3);
        assert_true(fabs(residual->value / (NOISE / (50 * 0.2718)) - 1) < 0.25);
        assert_false(has_note(found, "not determined"));
        inside += size->low < 1.5 && 1.5 < size->high;
        sw_measurement_destroy(found);
        sw_table_destroy(table);
    }
    assert_true(inside >= 3); /* fewer of 4 by chance: 1.4 % */
}

/* Of a curve without noise the residuals are the integrator's own: they are alike and mean nothing. The
 * offset of the thermometer is then known to its standard error, not worse. */
static void exact_curves(void **state) {
    static const char *const given[][2] = {
        {"settings", COARSE}, {"free", "oxide_size"}, {"scan", "0"}, {"jumps", "keep"}};
    sw_table *table = noisy_curve(1, 0, 0, 0);
    sw_measurement *found;
    sw_error error = {0};
    (void)state;
    if (fit(&found, table, given, 4, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    const sw_measured *offset = sw_measurement_find(found, "temperature offset");
    assert_true(offset->high - offset->low < 2 * 2.05); /* 1 K, 95 % */
    assert_false(has_note(found, "the model is not exact"));
    assert_holds(found, "oxide_size", 1.5);
    sw_measurement_destroy(found);
    sw_table_destroy(table);
}

static void what_data_do_not_determine(void **state) {
    static const char *const given[][2] = {
        {"settings", COARSE}, {"free", "alloying_depth"}, {"scan", "0"}, {"jumps", "keep"}};
    sw_table *table = made_curve(1);
    sw_measurement *found;
    sw_error error = {0};
    (void)state;
    /* the size is wrong too, so that the residuals are alike and nothing is sharp */
    if (fit(&found, table, given, 4, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    assert_true(has_note(found, "alloying_depth is not determined"));
    sw_measurement_destroy(found);
    sw_table_destroy(table);
}

/* 2 K and 0.1 % of the mass: found, within what is told of them, and the parameter's interval holds
 * them. The seed is fixed. */
static void errors_of_the_instrument(void **state) {
    static const char *const given[][2] = {{"settings", COARSE ", oxide_size=" SIZE},
                                           {"free", "stagnant"},
                                           {"scan", "0"},
                                           {"jumps", "keep"},
                                           {"temperature-error", "2 K"},
                                           {"mass-error", "0.1 %"}};
    static const char *const exact[][2] = {{"settings", COARSE ", oxide_size=" SIZE},
                                           {"free", "stagnant"},
                                           {"scan", "0"},
                                           {"jumps", "keep"},
                                           {"temperature-error", "0 K"},
                                           {"mass-error", "0.1 %"}};
    sw_table *table = wrong_curve(1, 2, 0.05);
    sw_measurement *found;
    sw_error error = {0};
    (void)state;
    if (fit(&found, table, given, 6, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    assert_holds(found, "stagnant", 3);
    assert_holds(found, "temperature offset", 2);
    assert_holds(found, "mass offset", 0.1);
    const sw_measured *offset = sw_measurement_find(found, "temperature offset");
    const sw_measured *mass = sw_measurement_find(found, "mass offset");
    assert_true(offset->high - offset->low < 2 * 1.97 * 2 * 1.02); /* no wider than what was told */
    assert_true(mass->high - mass->low < 0.03);
    const sw_measured *wide = sw_measurement_find(found, "stagnant");
    double told = wide->high - wide->low;
    sw_measurement_destroy(found);
    if (fit(&found, table, exact, 6, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    const sw_measured *narrow = sw_measurement_find(found, "stagnant");
    assert_true(narrow->high - narrow->low < told);
    assert_true(narrow->low > 3 || narrow->high < 3);
    assert_null(sw_measurement_find(found, "temperature offset"));
    sw_measurement_destroy(found);
    sw_table_destroy(table);
}

/* Grains twice as large whose fronts are twice as fast are reduced in nearly the same time. */
static void what_data_determine_together(void **state) {
    static const char *const given[][2] = {{"settings", COARSE},
                                           {"free", "oxide_size, wustite_rate"},
                                           {"scan", "0"},
                                           {"jumps", "keep"},
                                           {"temperature-error", "0 K"}};
    sw_table *table = made_curve(2);
    sw_measurement *found;
    sw_error error = {0};
    (void)state;
    if (fit(&found, table, given, 5, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    assert_true(has_note(found, "oxide_size and wustite_rate correlate by 0.9"));
    assert_true(has_note(found, "the data determine oxide_size / wustite_rate"));
    const char *name;
    const sw_table *axes = NULL;
    for (size_t i = 0; i < sw_measurement_tables(found) && !axes; i++) {
        const sw_table *one = sw_measurement_table(found, i, &name);
        axes = strcmp(name, "combinations") == 0 ? one : NULL;
    }
    assert_non_null(axes);
    const double *spread = sw_table_numbers_const(axes, (size_t)sw_table_find(axes, "half-width"));
    assert_true(spread[1] > 5 * spread[0]);
    sw_measurement_destroy(found);
    sw_table_destroy(table);
}

typedef struct stopping {
    sw_context *context;
    const char *at;
} stopping;

static void stop_at(void *user, double fraction, const char *message) {
    const stopping *work = user;
    (void)fraction;
    if (strncmp(message, work->at, strlen(work->at)) == 0)
        sw_context_cancel(work->context);
}

/* Stopped in the search or in the profiles, the fit shows what it has; before, it is cancelled. */
static void what_is_there_when_stopped(void **state) {
    static const char *const given[][2] = {
        {"settings", COARSE}, {"free", "oxide_size, stagnant"}, {"scan", "1"}, {"jumps", "keep"}};
    static const char *const places[] = {"looks over", "least squares, 3 ", "profiles, 2 "};
    sw_table *table = made_curve(1);
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        sw_measurement *found;
        sw_error error = {0};
        stopping work = {.at = places[i]};
        assert_int_equal(sw_context_create(&work.context), SW_OK);
        sw_context_set_progress(work.context, stop_at, &work);
        sw_status status = fit_in(&found, table, given, 4, work.context, &error);
        assert_int_equal(status, i == 0 ? SW_ERROR_CANCELLED : SW_OK);
        if (status == SW_OK) {
            assert_true(has_note(found, "Stopped by hand"));
            const sw_measured *size = sw_measurement_find(found, "oxide_size");
            assert_true(size->value > 0.3 && size->value < 20);
            assert_true(isnan(sw_measurement_find(found, "stagnant")->low));
        } else {
            assert_non_null(strstr(error.message, "before anything was fitted"));
        }
        sw_measurement_destroy(found);
        sw_context_destroy(work.context);
    }
    sw_table_destroy(table);
}

static void wrong_input(void **state) {
    static const struct {
        const char *name, *text, *place, *message;
    } wrong[] = {{"free", "oxide_sise", "free", "no parameter \"oxide_sise\""},
                 {"free", "flow", "free", "no parameter \"flow\""},
                 {"free", "neck, neck", "free", "named twice"},
                 {"model", "nife-fe3o4", "model", "no model of a powder"},
                 {"settings", "flow", "settings", "no NAME=VALUE"},
                 {"temperature-error", "1 degC", "temperature-error", "is outside 0 to 50 K"},
                 {"settings", "a=b; c=d", "settings", "2 lists for 1 curves"},
                 {"hydrogen", "3 h", "made.csv", "0 rows after hydrogen"}};
    sw_table *table = made_curve(1);
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const char *const given[][2] = {{"jumps", "keep"}, {wrong[i].name, wrong[i].text}};
        sw_measurement *found;
        sw_error error = {0};
        assert_int_not_equal(fit(&found, table, given, 2, &error), SW_OK);
        if (strcmp(error.place, wrong[i].place) != 0 || !strstr(error.message, wrong[i].message))
            fail_msg("%s: %s", error.place, error.message);
        sw_measurement_destroy(found);
    }
    sw_table_destroy(table);
}

/* A ramp, a hold and an overshoot: legs are a few tenths of a degree off at the most, and the gas changes where the
 * model's does (34 min), wherever rows lie. */
static void legs_follow_the_temperature(void **state) {
    enum { ROWS = 300 };
    double time[ROWS], temperature[ROWS], at = 0, before, worst = 0;
    sw_powder_case one = {.curve = {.count = ROWS, .time = time, .temperature = temperature}};
    sw_error error = {0};
    (void)state;
    for (size_t i = 0; i < ROWS; i++) {
        time[i] = 7 + 9.3 * (double)i;
        temperature[i] = fmin(300 + 0.4 * time[i], 973 + 20 * exp(-fabs(time[i] - 1700) / 60));
    }
    assert_int_equal(sw_model_load(&one.model, "fe2o3-nio", NULL, 0, NULL, 0, &error), SW_OK);
    assert_int_equal(sw_powder_case_programme(&one, &error), SW_OK);
    assert_in_range(one.legs, 4, 40);
    at = time[0];
    before = one.start;
    bool switched = false;
    for (size_t k = 0; k < one.legs; k++) {
        const sw_powder_leg *leg = &one.leg[k];
        for (size_t i = 0; i < ROWS; i++)
            if (time[i] >= at && time[i] <= at + leg->duration)
                worst =
                    fmax(worst, fabs(temperature[i] - before -
                                     (leg->temperature - before) * (time[i] - at) / leg->duration));
        switched = switched || fabs(at - 34 * 60) < 1e-6;
        assert_true(leg->hydrogen == (at > 34 * 60 - 1e-6 ? 1 : 0));
        at += leg->duration;
        before = leg->temperature;
    }
    assert_true(switched);
    assert_true(worst < 0.4);
    assert_true(fabs(one.start - temperature[0]) < 0.2);
    assert_true(fabs(at - time[ROWS - 1]) < 1e-6);
    free(one.leg);
    sw_model_destroy(one.model);
}

/* Noise of 0.2 K on a hold: single rows at its ends are off, the leg is not. */
static void noise_of_the_temperature(void **state) {
    enum { ROWS = 1000 };
    double time[ROWS], temperature[ROWS];
    sw_powder_case one = {.curve = {.count = ROWS, .time = time, .temperature = temperature}};
    sw_random random = sw_random_create(3, 0);
    sw_error error = {0};
    (void)state;
    for (size_t i = 0; i < ROWS; i++) {
        time[i] = (double)i;
        temperature[i] = 973 + 0.2 * sw_random_next_normal(&random);
    }
    temperature[0] += 0.3;
    temperature[ROWS - 1] -= 0.3;
    assert_int_equal(sw_model_load(&one.model, "fe2o3-nio", NULL, 0, NULL, 0, &error), SW_OK);
    assert_int_equal(sw_powder_case_programme(&one, &error), SW_OK);
    assert_true(fabs(one.start - 973) < 0.06);
    for (size_t k = 0; k < one.legs; k++)
        assert_true(fabs(one.leg[k].temperature - 973) < 0.06);
    free(one.leg);
    sw_model_destroy(one.model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parameters_come_back),
        cmocka_unit_test(exact_curves),
        cmocka_unit_test(what_data_do_not_determine),
        cmocka_unit_test(errors_of_the_instrument),
        cmocka_unit_test(what_data_determine_together),
        cmocka_unit_test(what_is_there_when_stopped),
        cmocka_unit_test(wrong_input),
        cmocka_unit_test(legs_follow_the_temperature),
        cmocka_unit_test(noise_of_the_temperature),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
