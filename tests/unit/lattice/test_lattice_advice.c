/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log names processes that can never happen and processes that are there twice; else nothing. */
#include "small_models.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

typedef struct heard {
    int warnings;
    char last[256];
    char told[256]; /* the last that is no warning */
} heard;

static void listen(void *user, sw_log_level level, const char *message) {
    heard *log = user;
    if (level == SW_LOG_INFO)
        snprintf(log->told, sizeof log->told, "%s", message);
    if (level != SW_LOG_WARNING)
        return;
    log->warnings++;
    snprintf(log->last, sizeof log->last, "%s", message);
}

static void check(const small_model *m, const char *words) {
    heard log = {0};
    sw_lattice *lattice = NULL;
    sw_error error = {0};
    sw_context *context = NULL;
    assert_int_equal(sw_context_create(&context), SW_OK);
    sw_context_set_log(context, listen, &log);
    assert_int_equal(sw_lattice_create(&lattice, &m->model, 1, context, &error), SW_OK);
    if (words && (log.warnings != 1 || !strstr(log.last, words)))
        fail_msg("expected '%s', heard %d: %s", words, log.warnings, log.last);
    if (!words && log.warnings)
        fail_msg("expected nothing, heard: %s", log.last);
    sw_lattice_destroy(lattice);
    sw_context_destroy(context);
}

static void test_never(void **state) {
    (void)state;
    small_model m;
    small_model_init(&m, 5, 5, 1, true, 500.0);
    small_model_hop(&m, B_SET, 0.5);
    check(&m, "'hop' can never happen: no B is or comes on site sites");
    small_model_adsorption(&m, 2, 1.0, 1.0); /* now B comes */
    check(&m, NULL);
    small_model_init(&m, 5, 5, 1, true, 500.0);
    small_model_hop(&m, B_SET, 0.5);
    small_model_fill(&m, 0.0, 0.5); /* or is there */
    check(&m, NULL);
}

static void test_twice(void **state) {
    (void)state;
    small_model m;
    small_model_init(&m, 5, 5, 1, true, 500.0);
    small_model_fill(&m, 0.3, 0.3);
    small_model_hop(&m, A_SET, 0.5);
    small_model_hop(&m, B_SET, 0.5);
    check(&m, NULL);
    small_model_hop(&m, A_SET, 0.6);
    m.process[2].name = "again";
    check(&m, "'hop' and 'again' make the same change");
    m.process[2].conditions = 1; /* under a condition it is another process */
    m.process[2].condition[0] = (sw_condition){
        .species = B_SET, .kinds = ALL_KINDS, .distance = 2.0, .minimum = 1, .maximum = 9};
    check(&m, NULL);
}

/* Conditions by neighbour count that share a count: the borders of two ranges. */
static void test_overlapping_conditions(void **state) {
    (void)state;
    small_model m;
    small_model_init(&m, 5, 5, 1, true, 500.0);
    small_model_fill(&m, 0.3, 0.3);
    for (int i = 0; i < 2; i++) {
        small_model_hop(&m, A_SET, 0.5);
        m.process[i].conditions = 1;
        m.process[i].condition[0] = (sw_condition){.species = B_SET,
                                                   .kinds = ALL_KINDS,
                                                   .distance = 2.0,
                                                   .minimum = i ? 2 : 0,
                                                   .maximum = i ? 4 : 1};
    }
    m.process[1].name = "crowded";
    check(&m, NULL);
    m.process[0].condition[0].maximum = 2;
    check(&m, "'hop' and 'crowded' make the same change where the conditions of both hold");
}

/* A way back that is written once more as a process of its own. */
static void test_way_back_twice(void **state) {
    (void)state;
    small_model m;
    small_model_init(&m, 5, 5, 1, true, 500.0);
    small_model_adsorption(&m, 1, 1.0, 1.0);
    small_model_adsorption(&m, SW_EMPTY, 1.0, 0.0);
    m.process[1].name = "desorption";
    m.process[1].slot[0].before = A_SET;
    m.process[1].reversible = false;
    check(&m, "'desorption' makes the same change as the way back of 'adsorption'");
}

static void test_conditions_that_never_hold(void **state) {
    (void)state;
    small_model m;
    small_model_init(&m, 5, 5, 1, true, 500.0);
    small_model_fill(&m, 0.3, 0.0);
    small_model_hop(&m, A_SET, 0.5);
    m.process[0].conditions = 1;
    m.process[0].condition[0] = (sw_condition){
        .species = A_SET, .kinds = ALL_KINDS, .distance = 2.0, .minimum = 5, .maximum = 9};
    check(&m, "'hop' can never happen: its condition 1 wants 5 neighbours, but at most 4");
    m.process[0].condition[0].minimum = 4;
    check(&m, NULL);
    m.process[0].condition[0].species = B_SET; /* and no B is there */
    check(&m, "wants 4 neighbours, but at most");
}

static void test_which_engine(void **state) {
    (void)state;
    small_model m;
    heard log = {0};
    sw_lattice *lattice = NULL;
    sw_context *context = NULL;
    small_model_init(&m, 8, 8, 1, true, 500.0);
    small_model_fill(&m, 0.3, 0.3);
    small_model_hop(&m, A_SET, 0.5);
    assert_int_equal(sw_context_create(&context), SW_OK);
    sw_context_set_log(context, listen, &log);
    assert_int_equal(sw_lattice_create(&lattice, &m.model, 1, context, NULL), SW_OK);
    assert_string_equal(log.told, "");
    sw_lattice_destroy(lattice);
    m.model.frame.size[0] = m.model.frame.size[1] = 3;
    assert_int_equal(sw_lattice_create(&lattice, &m.model, 1, context, NULL), SW_OK);
    assert_non_null(strstr(log.told, "the general engine runs this model: the frame is so small"));
    sw_lattice_destroy(lattice);
    sw_context_destroy(context);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_never),
        cmocka_unit_test(test_twice),
        cmocka_unit_test(test_overlapping_conditions),
        cmocka_unit_test(test_way_back_twice),
        cmocka_unit_test(test_conditions_that_never_hold),
        cmocka_unit_test(test_which_engine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
