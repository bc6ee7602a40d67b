/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wustite beside an independent evaluation of the same assessment (data/calphad/wustite_out.txt): its
 * table has four digits, and its water is that of the tables here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <spillway/thermo.h>

#include <math.h>

static const struct {
    double celsius, iron_end, iron_ratio, magnetite_end, magnetite_ratio, direct_ratio;
} table[] = {
    {560, 0.9463, 0.3175, 0.9458, 0.3206, 0.3181}, {570, 0.9469, 0.3260, 0.9426, 0.3583, 0.3324},
    {580, 0.9475, 0.3345, 0.9394, 0.3989, 0.3468}, {600, 0.9485, 0.3516, 0.9333, 0.4905, 0.3762},
    {650, 0.9504, 0.3939, 0.9200, 0.7895, 0.4523}, {700, 0.9516, 0.4362, 0.9093, 1.2095, 0.5320},
    {750, 0.9523, 0.4787, 0.9005, 1.7783, 0.6153}, {800, 0.9527, 0.5219, 0.8931, 2.5258, 0.7023},
    {900, 0.9530, 0.6066, 0.8807, 4.6905, 0.8819}, {1000, 0.9530, 0.6858, 0.8704, 8.0122, 1.0627},
};

/* Half a unit of the last digit, and as much again of the formation of water. The table takes bcc iron at
 * all temperatures: where fcc is the stable one, iron holds less and more water is needed. */
#define FCC_IRON 1184.8
static void both_ends_are_those_of_the_table(void **unused) {
    (void)unused;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const double T = table[i].celsius + 273.15;
        sw_wustite_state iron, magnetite;
        double direct;
        assert_int_equal(sw_wustite_with_iron(&iron, T, NULL), SW_OK);
        assert_int_equal(sw_wustite_with_magnetite(&magnetite, T, NULL), SW_OK);
        assert_int_equal(sw_magnetite_with_iron(&direct, T, NULL), SW_OK);
        print_message("# %g C: %.4f %.4f  %.4f %.4f  %.4f\n", table[i].celsius,
                      iron.iron_per_oxygen, iron.water_ratio, magnetite.iron_per_oxygen,
                      magnetite.water_ratio, direct);
        assert_true(fabs(magnetite.iron_per_oxygen - table[i].magnetite_end) < 6e-5);
        assert_true(fabs(magnetite.water_ratio / table[i].magnetite_ratio - 1) < 5e-4);
        if (T > FCC_IRON) {
            assert_true(iron.water_ratio > table[i].iron_ratio && direct > table[i].direct_ratio);
            continue;
        }
        assert_true(fabs(iron.iron_per_oxygen - table[i].iron_end) < 6e-5);
        assert_true(fabs(iron.water_ratio / table[i].iron_ratio - 1) < 5e-4);
        assert_true(fabs(direct / table[i].direct_ratio - 1) < 5e-4);
    }
}

/* Where both ends meet, wustite decomposes: 560 to 570 degC. */
static void the_eutectoid_is_where_both_ends_meet(void **unused) {
    (void)unused;
    double low = 800, high = 900;
    for (int i = 0; i < 40; i++) {
        const double T = 0.5 * (low + high);
        sw_wustite_state iron, magnetite;
        assert_int_equal(sw_wustite_with_iron(&iron, T, NULL), SW_OK);
        assert_int_equal(sw_wustite_with_magnetite(&magnetite, T, NULL), SW_OK);
        if (iron.iron_per_oxygen > magnetite.iron_per_oxygen)
            high = T;
        else
            low = T;
    }
    print_message("# eutectoid %.2f C\n", low - 273.15);
    assert_true(low > 273.15 + 555 && low < 273.15 + 570);
}

static void temperatures_outside_are_refused(void **unused) {
    (void)unused;
    sw_wustite_state state;
    sw_error error = {0};
    assert_int_equal(sw_wustite_with_iron(&state, 300, &error), SW_ERROR_NUMERIC);
    assert_int_equal(error.code, SW_ERROR_NUMERIC);
    assert_true(error.hint[0] != '\0');
    assert_int_equal(sw_wustite_with_magnetite(&state, NAN, &error), SW_ERROR_NUMERIC);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_ends_are_those_of_the_table),
        cmocka_unit_test(the_eutectoid_is_where_both_ends_meet),
        cmocka_unit_test(temperatures_outside_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
