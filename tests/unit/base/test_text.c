/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include "base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

static void a_text_grows(void **state) {
    (void)state;
    sw_text text = {0};
    for (int i = 0; i < 1000; i++)
        sw_text_append(&text, "%d,", i % 10);
    sw_text_append_bytes(&text, "a\0b", 3);
    sw_text_append_number(&text, 0.1);
    assert_int_equal(text.length, 2006);
    assert_memory_equal(text.bytes, "0,1,2,3,", 8);
    assert_memory_equal(text.bytes + 1998, "9,a\0b0.1", 9);
    sw_text_clear(&text);
    assert_null(text.bytes);
}

/* lengths around the buffer that short appends go through */
static void long_appends_are_whole(void **state) {
    (void)state;
    for (size_t length = 250; length < 262; length++) {
        char expected[300] = {0};
        memset(expected, 'x', length);
        sw_text text = {0};
        sw_text_append(&text, "<%s>", expected);
        assert_int_equal(text.length, length + 2);
        assert_memory_equal(text.bytes + 1, expected, length);
        assert_string_equal(text.bytes + length + 1, ">");
        sw_text_clear(&text);
    }
}

static void a_text_is_handed_over(void **state) {
    (void)state;
    sw_text text = {0};
    sw_text_append(&text, "Fe3O4");
    char *taken = sw_text_take(&text);
    assert_string_equal(taken, "Fe3O4");
    assert_null(text.bytes);
    free(taken);
    taken = sw_text_take(&text);
    assert_string_equal(taken, "");
    free(taken);
}

static void a_failed_append_stays_failed(void **state) {
    (void)state;
    sw_text text = {0};
    sw_text_append(&text, "kept");
    sw_text_append_bytes(&text, "", SIZE_MAX - 2);
    assert_true(text.failed);
    sw_text_append(&text, "more");
    assert_string_equal(text.bytes, "kept");
    assert_null(sw_text_take(&text));
    assert_false(text.failed);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_grows),
        cmocka_unit_test(long_appends_are_whole),
        cmocka_unit_test(a_text_is_handed_over),
        cmocka_unit_test(a_failed_append_stays_failed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
