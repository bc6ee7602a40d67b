/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <spillway/base.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <signal.h>
#include <string.h>

typedef struct heard {
    int calls;
    sw_log_level level;
    double fraction;
    char message[64];
} heard;

static void hear_log(void *user, sw_log_level level, const char *message) {
    heard *what = user;
    what->calls++;
    what->level = level;
    strncpy(what->message, message, sizeof what->message - 1);
}

static void hear_progress(void *user, double fraction, const char *message) {
    heard *what = user;
    what->calls++;
    what->fraction = fraction;
    strncpy(what->message, message, sizeof what->message - 1);
}

static void no_context_is_silent_single_and_never_cancelled(void **state) {
    (void)state;
    sw_log(NULL, SW_LOG_WARNING, "%d", 1);
    sw_progress(NULL, 0.5, "%d", 1);
    sw_context_cancel(NULL);
    assert_false(sw_context_cancelled(NULL));
    assert_int_equal(sw_context_threads(NULL), 1);
    sw_context_destroy(NULL);
}

static void messages_reach_their_function(void **state) {
    (void)state;
    sw_context *context;
    heard log = {0}, progress = {0};
    assert_int_equal(sw_context_create(&context), SW_OK);
    sw_log(context, SW_LOG_INFO, "nobody listens");
    sw_context_set_log(context, hear_log, &log);
    sw_context_set_progress(context, hear_progress, &progress);
    sw_log(context, SW_LOG_WARNING, "%d sites", 7);
    sw_progress(context, 0.25, "step %s", "two");

    assert_int_equal(log.calls, 1);
    assert_int_equal(log.level, SW_LOG_WARNING);
    assert_string_equal(log.message, "7 sites");
    assert_int_equal(progress.calls, 1);
    assert_true(fabs(progress.fraction - 0.25) < 1e-15);
    assert_string_equal(progress.message, "step two");
    sw_context_destroy(context);
}

static void long_messages_are_cut(void **state) {
    (void)state;
    sw_context *context;
    heard log = {0};
    char text[5000];
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    assert_int_equal(sw_context_create(&context), SW_OK);
    sw_context_set_log(context, hear_log, &log);
    sw_log(context, SW_LOG_INFO, "%s", text);
    assert_int_equal(log.calls, 1);
    assert_int_equal(strspn(log.message, "a"), sizeof log.message - 1);
    sw_context_destroy(context);
}

static void threads_are_at_least_one(void **state) {
    (void)state;
    sw_context *context;
    assert_int_equal(sw_context_create(&context), SW_OK);
    assert_int_equal(sw_context_threads(context), 1);
    sw_context_set_threads(context, 4);
    assert_int_equal(sw_context_threads(context), 4);
    sw_context_set_threads(context, -3);
    assert_int_equal(sw_context_threads(context), 1);
    sw_context_destroy(context);
}

static sw_context *interrupted;

static void interrupt(int signal_number) {
    (void)signal_number;
    sw_context_cancel(interrupted);
}

static void a_signal_cancels(void **state) {
    (void)state;
    assert_int_equal(sw_context_create(&interrupted), SW_OK);
    struct sigaction action = {.sa_handler = interrupt}, before;
    assert_int_equal(sigaction(SIGUSR1, &action, &before), 0);
    assert_false(sw_context_cancelled(interrupted));
    raise(SIGUSR1);
    assert_true(sw_context_cancelled(interrupted));
    sigaction(SIGUSR1, &before, NULL);
    sw_context_destroy(interrupted);
}

static void a_context_follows_its_leader(void **state) {
    (void)state;
    sw_context *leader, *context;
    assert_int_equal(sw_context_create(&leader), SW_OK);
    assert_int_equal(sw_context_create(&context), SW_OK);
    sw_context_follow(context, leader);
    assert_false(sw_context_cancelled(context));
    sw_context_cancel(context);
    assert_true(sw_context_cancelled(context) && !sw_context_cancelled(leader));
    sw_context_destroy(context);
    assert_int_equal(sw_context_create(&context), SW_OK);
    sw_context_follow(context, leader);
    sw_context_cancel(leader);
    assert_true(sw_context_cancelled(context));
    sw_context_destroy(context);
    sw_context_destroy(leader);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_context_follows_its_leader),
        cmocka_unit_test(no_context_is_silent_single_and_never_cancelled),
        cmocka_unit_test(messages_reach_their_function),
        cmocka_unit_test(long_messages_are_cut),
        cmocka_unit_test(threads_are_at_least_one),
        cmocka_unit_test(a_signal_cancels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
