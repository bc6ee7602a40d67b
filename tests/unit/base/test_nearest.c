/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <spillway/base.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

static const char *const names[] = {"temperature", "barrier", "prefactor", "sticking", "K", "degC"};

static const char *nearest(const char *name) {
    return sw_nearest_name(name, names, sizeof names / sizeof *names);
}

static void slips_of_the_hand_are_recognised(void **state) {
    (void)state;
    assert_string_equal(nearest("temprature"), "temperature"); /* dropped */
    assert_string_equal(nearest("barriier"), "barrier");       /* added */
    assert_string_equal(nearest("pefractor"), "prefactor");    /* far swap: two edits of nine */
    assert_string_equal(nearest("stikcing"), "sticking");      /* swapped */
    assert_string_equal(nearest("BARRIER"), "barrier");        /* case */
    assert_string_equal(nearest("barrier"), "barrier");
}

static void a_swap_of_neighbours_is_one_edit(void **state) {
    (void)state;
    assert_string_equal(nearest("dgeC"), "degC"); /* one edit allowed in four letters */
}

static void strangers_are_not_near(void **state) {
    (void)state;
    assert_null(nearest("pressure"));
    assert_null(nearest("J"));
    assert_null(nearest(""));
    assert_null(sw_nearest_name(NULL, names, 2));
    assert_null(sw_nearest_name("barrier", NULL, 0));
}

static void the_nearest_wins_over_the_first(void **state) {
    (void)state;
    const char *const close[] = {"energies", "energy", NULL, ""};
    assert_string_equal(sw_nearest_name("enrgy", close, 4), "energy");
    assert_string_equal(sw_nearest_name("energie", close, 4), "energies");
}

static void names_without_end_are_left_alone(void **state) {
    (void)state;
    char endless[500];
    memset(endless, 'a', sizeof endless - 1);
    endless[sizeof endless - 1] = '\0';
    const char *const one[] = {endless};
    assert_null(nearest(endless));
    assert_null(sw_nearest_name("aaaa", one, 1));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slips_of_the_hand_are_recognised),
        cmocka_unit_test(a_swap_of_neighbours_is_one_edit),
        cmocka_unit_test(strangers_are_not_near),
        cmocka_unit_test(the_nearest_wins_over_the_first),
        cmocka_unit_test(names_without_end_are_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
