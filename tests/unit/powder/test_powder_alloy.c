/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of fcc (Fe,Ni) against the assessment that they are made of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "powder/alloy.h"

#include <spillway/calphad.h>

#include <math.h>

typedef struct assessed {
    sw_calphad *database;
    sw_solution *fcc, *bcc;
} assessed;

static sw_alloy_place at(double temperature) {
    const sw_powder_alloy *alloy;
    sw_error error = {0};
    if (sw_powder_alloy_get(&alloy, &error) != SW_OK)
        fail_msg("%s", error.message);
    return sw_powder_alloy_at(alloy, temperature);
}

static void set(assessed *made, double temperature) {
    static const char *const elements[] = {"FE", "NI"};
    if (!made->database) {
        assert_int_equal(sw_calphad_builtin(&made->database, "jonsson", NULL), SW_OK);
        assert_int_equal(
            sw_solution_create(&made->fcc, made->database, "FCC_A1", elements, 2, NULL), SW_OK);
        assert_int_equal(
            sw_solution_create(&made->bcc, made->database, "BCC_A2", elements, 2, NULL), SW_OK);
    }
    assert_int_equal(sw_solution_set(made->fcc, temperature, 1e5, NULL), SW_OK);
    assert_int_equal(sw_solution_set(made->bcc, temperature, 1e5, NULL), SW_OK);
}

static void clear(assessed *made) {
    sw_solution_destroy(made->fcc);
    sw_solution_destroy(made->bcc);
    sw_calphad_destroy(made->database);
}

/* Between the points, to 2 % in activity and 5 % in D from 600 K on. */
static void tables_follow_the_assessment(void **unused) {
    (void)unused;
    assessed made = {0};
    for (double temperature = 605; temperature < 1500; temperature += 71) {
        sw_alloy_place place = at(temperature);
        set(&made, temperature);
        for (double iron = 0.037; iron < 1; iron += 0.09) {
            sw_binary fcc, bcc;
            sw_binary_diffusion moves;
            assert_int_equal(sw_solution_binary(&fcc, made.fcc, 1 - iron, NULL), SW_OK);
            assert_int_equal(sw_solution_binary(&bcc, made.bcc, 1e-12, NULL), SW_OK);
            assert_int_equal(sw_solution_binary_diffusion(&moves, made.fcc, 1 - iron, NULL), SW_OK);
            double activity =
                exp((fcc.potential[0] - bcc.potential[0]) / (SW_BOLTZMANN * temperature));
            double found = sw_powder_iron_activity(&place, iron);
            if (!(fabs(found / activity - 1) < 0.02))
                fail_msg("%g K, %g iron: activity %g, not %g", temperature, iron, found, activity);
            double diffusion = 1e-20 * moves.interdiffusion;
            found = sw_powder_interdiffusion(&place, iron);
            if (temperature > 800 && !(fabs(found / diffusion - 1) < 0.05))
                fail_msg("%g K, %g iron: D %g, not %g", temperature, iron, found, diffusion);
        }
    }
    clear(&made);
}

/* 8.06e-20 m2/s in Fe-36 wt% Ni by an independent evaluation of the mobilities; dilute iron in
 * nickel is held; fcc that is saturated has the activity 1, and pure fcc iron less stable than bcc.
 */
static void known_values(void **unused) {
    (void)unused;
    sw_alloy_place place = at(973.15);
    assert_true(fabs(sw_powder_interdiffusion(&place, 1 - 0.3486) / 8.06e-20 - 1) < 0.02);
    assert_true(sw_powder_iron_activity(&place, 0.05) < 0.02);
    assert_true(sw_powder_iron_activity(&place, 0.65) < 1);
    assert_true(sw_powder_iron_activity(&place, 1) > 1);
    double saturated = sw_powder_saturated_iron(&place);
    assert_true(fabs(sw_powder_iron_activity(&place, saturated) - 1) < 2e-3);
    assert_true(saturated > 0.65 && saturated < 1);
}

/* fcc iron is as stable as bcc at 1184.8 K (Dinsdale 1991). */
static void iron_changes_at_its_temperature(void **unused) {
    (void)unused;
    sw_alloy_place place = at(1184.8);
    assert_true(fabs(sw_powder_iron_activity(&place, 1) - 1) < 2e-3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_follow_the_assessment),
        cmocka_unit_test(known_values),
        cmocka_unit_test(iron_changes_at_its_temperature),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
