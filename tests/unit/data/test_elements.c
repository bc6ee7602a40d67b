/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <spillway/data.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

static void symbols_and_numbers_agree(void **state) {
    (void)state;
    static const struct {
        int number;
        const char *symbol;
        double mass;
    } known[] = {{0, "X", 0},          {1, "H", 1.008},     {8, "O", 15.999},
                 {26, "Fe", 55.845},   {28, "Ni", 58.6934}, {40, "Zr", 91.224},
                 {44, "Ru", 101.07},   {58, "Ce", 140.116}, {79, "Au", 196.96657},
                 {92, "U", 238.02891}, {103, "Lr", 266},    {118, "Og", 294}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        assert_string_equal(sw_element_symbol(known[i].number), known[i].symbol);
        assert_int_equal(sw_element_number(known[i].symbol), known[i].number);
        assert_true(fabs(sw_element_mass(known[i].number) - known[i].mass) < 1e-9);
    }
    for (int number = 0; number <= 118; number++)
        assert_int_equal(sw_element_number(sw_element_symbol(number)), number);
}

/* Weights rise with the number but at argon, cobalt, tellurium and thorium. */
static void masses_rise_along_the_table(void **state) {
    (void)state;
    for (int number = 1; number <= 92; number++) {
        bool inversion = number == 18 || number == 27 || number == 52 || number == 90;
        double step = sw_element_mass(number + 1) - sw_element_mass(number);
        if ((step < 0) != inversion && number < 92)
            fail_msg("%s to %s: %g", sw_element_symbol(number), sw_element_symbol(number + 1),
                     step);
        assert_in_range((uint64_t)(1000 * sw_element_mass(number) / number), 1008, 2600);
    }
}

static void strangers_are_no_elements(void **state) {
    (void)state;
    assert_int_equal(sw_element_number("Zz"), -1);
    assert_int_equal(sw_element_number("fe"), -1);
    assert_int_equal(sw_element_number(""), -1);
    assert_int_equal(sw_element_number(NULL), -1);
    assert_string_equal(sw_element_symbol(-1), "X");
    assert_string_equal(sw_element_symbol(119), "X");
    assert_true(sw_element_mass(119) < 1e-12);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(symbols_and_numbers_agree),
        cmocka_unit_test(masses_rise_along_the_table),
        cmocka_unit_test(strangers_are_no_elements),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
