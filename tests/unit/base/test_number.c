/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/number.h"
#include "base/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void assert_reads(const char *text, double expected) {
    double value = 12345;
    if (!sw_number_parse(&value, text, NULL) || memcmp(&value, &expected, sizeof value) != 0)
        fail_msg("'%s' was read as %.17g", text, value);
}

static void numbers_are_read(void **state) {
    (void)state;
    assert_reads("0.1", 0.1);
    assert_reads(" \t-1.5e-3 \n", -1.5e-3);
    assert_reads("+7", 7);
    assert_reads("-0", -0.0);
    assert_reads(".5", 0.5);
    assert_reads("1e-400", 0);
    assert_reads("-inf", -INFINITY);
    double value;
    assert_true(sw_number_parse(&value, "nan", NULL));
    assert_true(isnan(value));
}

static void what_is_no_number_is_refused(void **state) {
    (void)state;
    static const char *const texts[] = {"",     " ",     "abc", "1.5x", "1 2", "0x10",
                                        "-0X1", "1e999", "1,5", "--1",  "."};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        double value = 12345;
        if (sw_number_parse(&value, texts[i], NULL) || value < 12345 || value > 12345)
            fail_msg("'%s' was read as %g", texts[i], value);
    }
}

static void the_end_of_a_number_is_told(void **state) {
    (void)state;
    double value;
    const char *end, *text = "5eV", *comma = "1.25,3";
    assert_true(sw_number_parse(&value, text, &end));
    assert_ptr_equal(end, text + 1);
    assert_true(sw_number_parse(&value, comma, &end));
    assert_ptr_equal(end, comma + 4);
    assert_true(value > 1.24 && value < 1.26);
}

static void assert_prints(double value, const char *expected) {
    char buffer[SW_NUMBER_SIZE];
    assert_string_equal(sw_number_print(buffer, value), expected);
}

static void numbers_are_printed_short(void **state) {
    (void)state;
    assert_prints(0.1, "0.1");
    assert_prints(1.0 / 3, "0.3333333333333333");
    assert_prints(0.1 + 0.2, "0.30000000000000004");
    assert_prints(100000, "100000");
    assert_prints(-2.5e-10, "-2.5e-10");
    assert_prints(1e300, "1e+300");
    assert_prints(0, "0");
    assert_prints(NAN, "nan");
    assert_prints(-NAN, "nan");
    assert_prints(INFINITY, "inf");
    assert_prints(-INFINITY, "-inf");
}

/* any bit pattern that is a finite number survives print and parse */
static void printed_numbers_read_back_the_same(void **state) {
    (void)state;
    for (uint64_t i = 0; i < 20000; i++) {
        uint32_t words[4];
        sw_philox(words, 1, 2, i);
        double value, again = 0;
        memcpy(&value, words, sizeof value);
        if (!isfinite(value))
            continue;
        char buffer[SW_NUMBER_SIZE];
        sw_number_print(buffer, value);
        assert_true(sw_number_parse(&again, buffer, NULL));
        assert_memory_equal(&again, &value, sizeof value);
    }
}

/* The first locale on this machine that writes a decimal comma, made current; false where none. */
static bool use_decimal_comma(void) {
    static const char *const locales[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "nl_NL.UTF-8",
                                          "es_ES.UTF-8", "it_IT.UTF-8", "de_DE"};
    for (size_t i = 0; i < sizeof locales / sizeof *locales; i++)
        if (setlocale(LC_ALL, locales[i]) && localeconv()->decimal_point[0] == ',')
            return true;
    return false;
}

static void the_locale_does_not_matter(void **state) {
    (void)state;
    if (!use_decimal_comma()) {
        setlocale(LC_ALL, "C");
        print_message("# needs a locale with a decimal comma\n");
        skip();
    }
    char buffer[SW_NUMBER_SIZE], plain[16];
    double value = 0;
    sw_number_print(buffer, 1.5);
    bool read = sw_number_parse(&value, "1.5", NULL);
    snprintf(plain, sizeof plain, "%.1f", 1.5);
    setlocale(LC_ALL, "C");
    assert_string_equal(buffer, "1.5");
    assert_true(read && value > 1.4);
    assert_string_equal(plain, "1,5"); /* the locale was in force, and still is afterwards */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(the_end_of_a_number_is_told),
        cmocka_unit_test(numbers_are_printed_short),
        cmocka_unit_test(printed_numbers_read_back_the_same),
        cmocka_unit_test(the_locale_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
