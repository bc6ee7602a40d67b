/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/units.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

static void assert_quantity(const char *text, sw_dimension dimension, double expected) {
    double value = NAN;
    sw_error error = {0};
    if (sw_quantity_parse(&value, text, dimension, &error) != SW_OK)
        fail_msg("'%s': %s (%s)", text, error.message, error.hint);
    if (!(fabs(value - expected) <= 1e-9 * fabs(expected)))
        fail_msg("'%s' is %.17g, not %.17g", text, value, expected);
}

/* one quantity of every dimension against values from the SI brochure and CODATA 2018 */
static void quantities_become_inside_units(void **state) {
    (void)state;
    assert_quantity("50 %", SW_NUMBER, 0.5);
    assert_quantity("3e-2", SW_NUMBER, 0.03);
    assert_quantity("0.8396 nm", SW_LENGTH, 8.396);
    assert_quantity("2 \u00b5m", SW_LENGTH, 2e4);
    assert_quantity("96.48533212 kJ/mol", SW_ENERGY, 1);
    assert_quantity("23.06054783 kcal/mol", SW_ENERGY, 1);
    assert_quantity("250meV", SW_ENERGY, 0.25);
    assert_quantity("700 degC", SW_TEMPERATURE, 973.15);
    assert_quantity("25\u00b0C", SW_TEMPERATURE, 298.15);
    assert_quantity(" 973.15  K ", SW_TEMPERATURE, 973.15);
    assert_quantity("1.5 h", SW_TIME, 5400);
    assert_quantity("30 min", SW_TIME, 1800);
    assert_quantity("20 ns", SW_TIME, 2e-8);
    assert_quantity("1e13 1/s", SW_RATE, 1e13);
    assert_quantity("6/min", SW_RATE, 0.1);
    assert_quantity("2 MHz", SW_RATE, 2e6);
    assert_quantity("0.2 bar", SW_PRESSURE, 2e4);
    assert_quantity("1 atm", SW_PRESSURE, 101325);
    assert_quantity("760 Torr", SW_PRESSURE, 101325);
    assert_quantity("5 K/min", SW_HEATING_RATE, 5.0 / 60);
    assert_quantity("10 degC/min", SW_HEATING_RATE, 10.0 / 60);
    assert_quantity("2 K/ns", SW_HEATING_RATE, 2e9);
    assert_quantity("250 ml", SW_VOLUME, 2.5e-4);
    assert_quantity("10 l/h", SW_FLOW, 0.01 / 3600);
    assert_quantity("100 ml/min", SW_FLOW, 1e-4 / 60);
    assert_quantity("1.66053906660e-27 kg", SW_MASS, 1);
    assert_quantity("180 deg", SW_ANGLE, 3.141592653589793);
    assert_quantity("8.314462618 J/mol/K", SW_ENTROPY, SW_BOLTZMANN);
    assert_quantity("16.02176634 J/m2", SW_SURFACE_ENERGY, 1);
    assert_quantity("5.4 A2", SW_AREA, 5.4);
    assert_quantity("0.05 nm2", SW_AREA, 5);
    assert_quantity("1e-20 m2", SW_AREA, 1);
}

static sw_error assert_refused(const char *text, sw_dimension dimension) {
    double value = 42;
    sw_error error = {0};
    if (sw_quantity_parse(&value, text, dimension, &error) == SW_OK)
        fail_msg("'%s' was read as %g", text, value);
    assert_int_equal(error.code, SW_ERROR_UNIT);
    assert_true(value > 41 && value < 43);
    assert_true(strlen(error.message) > 0 && strlen(error.hint) > 0);
    return error;
}

static void a_missing_unit_is_named(void **state) {
    (void)state;
    sw_error error = assert_refused("700", SW_TEMPERATURE);
    assert_string_equal(error.message, "'700' has no unit");
    assert_string_equal(error.hint, "a temperature needs one of K, degC");
}

static void a_unit_of_another_dimension_is_named(void **state) {
    (void)state;
    sw_error error = assert_refused("0.7 eV", SW_TEMPERATURE);
    assert_string_equal(error.message, "'0.7 eV' is an energy, but a temperature is expected here");
    error = assert_refused("3 K", SW_NUMBER);
    assert_string_equal(error.message, "'3 K' is a temperature, but a number is expected here");
    assert_string_equal(error.hint, "a number stands alone or with %");
}

static void a_misspelt_unit_gets_a_suggestion(void **state) {
    (void)state;
    sw_error error = assert_refused("5 kj/mol", SW_ENERGY);
    assert_string_equal(error.message, "'5 kj/mol': the unit 'kj/mol' is unknown");
    assert_non_null(strstr(error.hint, "did you mean 'kJ/mol'?"));
}

static void what_is_no_quantity_is_refused(void **state) {
    (void)state;
    assert_refused("", SW_LENGTH);
    assert_refused("nm", SW_LENGTH);
    assert_refused("5 nm of iron", SW_LENGTH);
    assert_refused("inf K", SW_TEMPERATURE);
    assert_refused("nan K", SW_TEMPERATURE);
    assert_refused("1e999 K", SW_TEMPERATURE);
    assert_refused("1e305 m", SW_LENGTH);
    assert_refused("0x10 K", SW_TEMPERATURE);
    assert_refused("5 k", SW_TEMPERATURE);
    assert_refused("3 apples", SW_NUMBER);
    assert_non_null(strstr(assert_refused("1,5 K", SW_TEMPERATURE).message, "comma"));
}

static void a_quantity_without_end_is_cut_in_the_message(void **state) {
    (void)state;
    char text[4000];
    memset(text, 'n', sizeof text - 1);
    memcpy(text, "5 ", 2);
    text[sizeof text - 1] = '\0';
    sw_error error = assert_refused(text, SW_LENGTH);
    assert_in_range(strlen(error.message), 50, 250);
}

static void every_dimension_has_a_name_and_its_units_fit_the_hint(void **state) {
    (void)state;
    for (int i = 0; i < SW_DIMENSION_COUNT; i++) {
        sw_dimension dimension = (sw_dimension)i;
        const char *name = sw_dimension_name(dimension);
        assert_non_null(strstr(sw_dimension_with_article(dimension), name));
        double factor = 0, offset = 1;
        assert_true(sw_unit_factor(&factor, &offset, sw_dimension_unit(dimension), dimension));
        assert_true(factor > 0.999999 && factor < 1.000001 && offset > -1e-9 && offset < 1e-9);
        assert_true(strlen(assert_refused("1 nonsense", dimension).hint) < 200);
    }
    assert_string_equal(sw_dimension_unit(SW_PRESSURE), "Pa");
    assert_string_equal(sw_dimension_unit(SW_NUMBER), "");
    assert_string_equal(sw_dimension_name((sw_dimension)99), "unknown dimension");
}

static void no_spelling_means_two_things_in_one_dimension(void **state) {
    (void)state;
    for (size_t i = 0; i < sw_unit_count(); i++)
        assert_ptr_equal(sw_unit_find(sw_unit_at(i)->name, sw_unit_at(i)->dimension),
                         sw_unit_at(i));
    double factor = 5, offset = 5;
    assert_false(sw_unit_factor(&factor, &offset, "eV", SW_LENGTH));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantities_become_inside_units),
        cmocka_unit_test(a_missing_unit_is_named),
        cmocka_unit_test(a_unit_of_another_dimension_is_named),
        cmocka_unit_test(a_misspelt_unit_gets_a_suggestion),
        cmocka_unit_test(what_is_no_quantity_is_refused),
        cmocka_unit_test(a_quantity_without_end_is_cut_in_the_message),
        cmocka_unit_test(every_dimension_has_a_name_and_its_units_fit_the_hint),
        cmocka_unit_test(no_spelling_means_two_things_in_one_dimension),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
