/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scratch.h"

#include "run/available_memory.h"
#include "run/pace.h"
#include "run/schedule.h"

#include <math.h>

static sw_schedule made(sw_run_settings settings, sw_run_options options) {
    sw_schedule schedule;
    assert_int_equal(sw_schedule_make(&schedule, &settings, &options, "model", NULL), SW_OK);
    return schedule;
}

static void a_run_without_an_end_is_refused(void **unused) {
    (void)unused;
    sw_schedule schedule;
    sw_error error = {0};
    sw_run_settings settings = {.observe_events = 10};
    sw_run_options options = {0};
    assert_int_equal(sw_schedule_make(&schedule, &settings, &options, "model", &error),
                     SW_ERROR_MODEL);
    assert_non_null(strstr(error.hint, "--until"));
}

static void options_replace_the_end_of_the_model(void **unused) {
    (void)unused;
    sw_run_settings settings = {.end_time = 2, .end_events = 1000, .quick_events = 100};
    sw_schedule plain = made(settings, (sw_run_options){0});
    assert_true(plain.end_time == 2 && plain.end_events == 1000);
    sw_schedule quick = made(settings, (sw_run_options){.quick = true});
    assert_true(quick.end_time == 2 && quick.end_events == 100);
    sw_schedule time = made(settings, (sw_run_options){.until = 5, .quick = true});
    assert_true(time.end_time == 5 && time.end_events == UINT64_MAX);
    sw_schedule events = made(settings, (sw_run_options){.until_events = 7});
    assert_true(isinf(events.end_time) && events.end_events == 7);
}

static void horizons_stop_at_every_point(void **unused) {
    (void)unused;
    sw_schedule schedule =
        made((sw_run_settings){.end_events = 2500, .observe_events = 700, .snapshot_events = 900},
             (sw_run_options){0});
    static const uint64_t expected[] = {700, 900, 1024, 1400, 1800, 2048, 2100, 2500};
    sw_progress_point point = {.observations = 1, .snapshots = 1};
    for (size_t i = 0; i < 8; i++) {
        assert_false(sw_schedule_ended(&schedule, &point));
        point.events = sw_schedule_next(&schedule, &point).events;
        assert_int_equal(point.events, expected[i]);
        assert_int_equal(sw_schedule_observe(&schedule, &point), expected[i] % 700 == 0);
        assert_int_equal(sw_schedule_snapshot(&schedule, &point), expected[i] % 900 == 0);
    }
    assert_true(sw_schedule_ended(&schedule, &point));
    assert_true(sw_schedule_fraction(&schedule, &point) == 1);
}

static void points_in_time_do_not_drift(void **unused) {
    (void)unused;
    sw_schedule schedule =
        made((sw_run_settings){.end_time = 1e3, .observe_every = 0.1}, (sw_run_options){0});
    sw_progress_point point = {.observations = 1};
    for (uint64_t i = 1; i <= 5000; i++) {
        point.time = sw_schedule_next(&schedule, &point).time;
        assert_true(point.time == (double)i * 0.1);
        assert_true(sw_schedule_observe(&schedule, &point));
        assert_false(sw_schedule_observe(&schedule, &point));
    }
}

static void a_long_jump_counts_as_one_observation(void **unused) {
    (void)unused;
    sw_schedule schedule =
        made((sw_run_settings){.end_time = 1e30, .observe_every = 1}, (sw_run_options){0});
    sw_progress_point point = {.time = 12345678.5, .observations = 1};
    assert_true(sw_schedule_observe(&schedule, &point));
    assert_int_equal(point.observations, 12345679);
    point.time = 1e29; /* beyond exact indices: must end, and soon */
    assert_true(sw_schedule_observe(&schedule, &point));
}

static void models_that_do_not_say_are_observed_200_times(void **unused) {
    (void)unused;
    sw_schedule time = made((sw_run_settings){.end_time = 2}, (sw_run_options){0});
    assert_true(time.observe_every == 0.01);
    sw_schedule events = made((sw_run_settings){.end_events = 2000}, (sw_run_options){0});
    assert_true(events.observe_events == 11 && events.observe_every == 0);
}

static void memory_that_does_not_fit_is_refused(void **unused) {
    (void)unused;
    sw_error error = {0};
    char text[32];
    assert_int_equal(sw_memory_check(1000, 3, 3000, "m", NULL), SW_OK);
    assert_int_equal(sw_memory_check(1000, 3, 2999, "m", &error), SW_ERROR_MEMORY);
    assert_non_null(strstr(error.message, "3 kB of memory, and 3 kB are available"));
    assert_int_equal(sw_memory_check(SIZE_MAX / 2, 3, 2999, "m", NULL), SW_ERROR_MEMORY);
    assert_int_equal(sw_memory_check(SIZE_MAX / 2, 1, 0, "m", NULL), SW_OK);
    assert_string_equal(sw_memory_text(text, 312000000), "312 MB");
    spill(at(NULL, "meminfo"), "MemTotal: 9 kB\nMemAvailable:    12 kB\n", 38);
    assert_int_equal(sw_available_memory(at(NULL, "meminfo")), 12288);
    assert_int_equal(sw_available_memory(at(NULL, "missing")), 0);
}

static void times_are_told_in_words(void **unused) {
    (void)unused;
    char text[32];
    assert_string_equal(sw_simulated_time_text(text, 1.23e-5), "12.3 us");
    assert_string_equal(sw_simulated_time_text(text, 0), "0 s");
    assert_string_equal(sw_simulated_time_text(text, 3e-14), "0.03 ps");
    assert_string_equal(sw_simulated_time_text(text, 7200), "7200 s");
    assert_string_equal(sw_simulated_time_text(text, 1.44e6), "400 h");
    assert_string_equal(sw_wall_time_text(text, 12), "12 s");
    assert_string_equal(sw_wall_time_text(text, 121), "3 min");
    assert_string_equal(sw_wall_time_text(text, 7500), "2 h 5 min");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_without_an_end_is_refused),
        cmocka_unit_test(options_replace_the_end_of_the_model),
        cmocka_unit_test(horizons_stop_at_every_point),
        cmocka_unit_test(points_in_time_do_not_drift),
        cmocka_unit_test(a_long_jump_counts_as_one_observation),
        cmocka_unit_test(models_that_do_not_say_are_observed_200_times),
        cmocka_unit_test(memory_that_does_not_fit_is_refused),
        cmocka_unit_test(times_are_told_in_words),
    };
    return cmocka_run_group_tests(tests, make_scratch, remove_scratch);
}
