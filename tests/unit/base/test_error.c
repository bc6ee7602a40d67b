/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <spillway/base.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

static void every_status_has_its_own_name(void **state) {
    (void)state;
    for (int i = SW_OK; i <= SW_ERROR_CANCELLED; i++) {
        const char *name = sw_status_name((sw_status)i);
        assert_true(strlen(name) > 0);
        assert_string_not_equal(name, "unknown status");
        for (int j = SW_OK; j < i; j++)
            assert_string_not_equal(name, sw_status_name((sw_status)j));
    }
    assert_string_equal(sw_status_name(SW_ERROR_FILE), "file error");
    assert_string_equal(sw_status_name((sw_status)1000), "unknown status");
}

static void an_error_carries_all_its_parts(void **state) {
    (void)state;
    sw_error error = {0};
    sw_status status = sw_error_set(&error, SW_ERROR_MODEL, "a.yaml:3:7", "try 'barrier'",
                                    "unknown key '%s' (%d)", "barier", 2);
    assert_int_equal(status, SW_ERROR_MODEL);
    assert_int_equal(error.code, SW_ERROR_MODEL);
    assert_string_equal(error.place, "a.yaml:3:7");
    assert_string_equal(error.message, "unknown key 'barier' (2)");
    assert_string_equal(error.hint, "try 'barrier'");
}

static void parts_may_be_absent(void **state) {
    (void)state;
    sw_error error;
    memset(&error, 'x', sizeof error);
    assert_int_equal(sw_error_set(NULL, SW_ERROR_FILE, NULL, NULL, "unheard"), SW_ERROR_FILE);
    sw_error_set(&error, SW_ERROR_FILE, NULL, NULL, "missing");
    assert_string_equal(error.place, "");
    assert_string_equal(error.hint, "");
    assert_string_equal(error.message, "missing");
}

static void an_error_can_be_told_again_with_more(void **state) {
    (void)state;
    sw_error error = {0};
    sw_error_set(&error, SW_ERROR_UNIT, "key", "hint", "'700' has no unit");
    sw_error_set(&error, error.code, error.place, error.hint, "temperature: %s", error.message);
    assert_string_equal(error.message, "temperature: '700' has no unit");
    assert_string_equal(error.place, "key");
    assert_string_equal(error.hint, "hint");
}

/* two-byte letters that begin at odd places, so that every field would end inside one */
static void long_texts_are_cut_between_letters(void **state) {
    (void)state;
    sw_error error = {0};
    char text[2001];
    text[0] = 'a';
    for (size_t i = 1; i + 2 < sizeof text; i += 2)
        memcpy(text + i, "\u00e9", 2);
    text[1999] = '\0';
    sw_error_set(&error, SW_ERROR_FILE, text, text, "%s", text);

    const char *parts[] = {error.place, error.message, error.hint};
    const size_t sizes[] = {sizeof error.place, sizeof error.message, sizeof error.hint};
    for (int i = 0; i < 3; i++) {
        size_t length = strlen(parts[i]);
        assert_in_range(length, sizes[i] - 3, sizes[i] - 1);
        assert_string_equal(parts[i] + length - 3, "...");
        assert_int_equal((length - 3) % 2, 1);
        assert_memory_equal(parts[i], text, length - 3);
    }
}

static void the_version_has_three_parts(void **state) {
    (void)state;
    size_t length = strlen(sw_version());
    int points = 0;
    for (size_t i = 0; i < length; i++)
        points += sw_version()[i] == '.';
    assert_int_equal(points, 2);
    assert_int_equal(strspn(sw_version(), "0123456789."), length);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_has_its_own_name),
        cmocka_unit_test(an_error_carries_all_its_parts),
        cmocka_unit_test(parts_may_be_absent),
        cmocka_unit_test(an_error_can_be_told_again_with_more),
        cmocka_unit_test(long_texts_are_cut_between_letters),
        cmocka_unit_test(the_version_has_three_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
