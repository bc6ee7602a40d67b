/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vibrations, gases and cycles against closed forms. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "diagrams/surface_states.h"

#include <spillway/thermo.h>

#include <math.h>
#include <string.h>

static void near(double value, double expected, double relative, const char *what) {
    if (!(fabs(value - expected) <= relative * fabs(expected)))
        fail_msg("%s: %.15g, expected %.15g", what, value, expected);
}

/* A high frequency is its zero point, a low one classical: kT ln(h nu/kT); a floor is a floor. */
static void vibrations(void **context) {
    (void)context;
    const double quantum = 1.239841984e-4, kT = SW_BOLTZMANN * 300.0;
    const double high[] = {3000.0}, low[] = {2.0}, imaginary[] = {-500.0, 0.0},
                 pair[] = {2.0, 80.0};
    near(sw_vibrational_gibbs(high, 1, 300.0, 0.0), 1500.0 * quantum, 1e-6, "zero point");
    near(sw_vibrational_gibbs(low, 1, 300.0, 0.0), kT * log(2.0 * quantum / kT), 1e-4, "classical");
    assert_true(sw_vibrational_gibbs(imaginary, 2, 300.0, 50.0) == 0.0);
    const double floored[] = {50.0, 80.0};
    near(sw_vibrational_gibbs(pair, 2, 500.0, 50.0), sw_vibrational_gibbs(floored, 2, 500.0, 0.0),
         1e-15, "floor");
}

/* H2 at 300 K and 1 bar: E + 0.27 eV - TS + H; handbooks give about -0.04 eV with zero point.
 * Exactly: differences of the correction are those of the chemical potential. */
static void gases(void **context) {
    (void)context;
    double one, other, first, second;
    sw_error error = {0};
    assert_int_equal(sw_gas_correction(&one, "H2", 600.0, 1e5, NULL), SW_OK);
    assert_int_equal(sw_gas_correction(&other, "H2", 900.0, 3e4, NULL), SW_OK);
    const sw_substance *hydrogen = sw_substance_find("H2");
    assert_int_equal(sw_gas_chemical_potential(&first, hydrogen, 600.0, 1e5, NULL), SW_OK);
    assert_int_equal(sw_gas_chemical_potential(&second, hydrogen, 900.0, 3e4, NULL), SW_OK);
    near(other - one, second - first, 1e-12, "change of potential");
    assert_int_equal(sw_gas_correction(&one, "H2", 298.15, 1e5, NULL), SW_OK);
    near(one, 0.2702 + 0.0878 - 298.15 * 0.0013545, 0.01, "H2"); /* S 130.68 J/(mol K) */
    assert_int_equal(sw_gas_correction(&one, "H20", 300.0, 1e5, &error), SW_ERROR_NOT_FOUND);
}

/* Two states: King and Altman's (k1 k2 - k-1 k-2)/(k1 + k-1 + k2 + k-2). */
static void two_states(void **context) {
    (void)context;
    const double T = 700.0, kT = SW_BOLTZMANN * T, prefactor = kT / SW_PLANCK;
    const struct sw_cycle cycle = {
        .count = 2, .minimum = {0.0, -0.4}, .transition = {0.5, 0.9}, .reaction = -0.7};
    struct sw_turnover turnover;
    double coverage[2], rate;
    const double k1 = prefactor * exp(-0.5 / kT), back1 = prefactor * exp(-0.9 / kT);
    const double k2 = prefactor * exp(-1.3 / kT), back2 = prefactor * exp(-1.6 / kT);
    sw_cycle_turnover(&turnover, &cycle, T);
    sw_cycle_steady_state(coverage, &rate, &cycle, T);
    const double expected = (k1 * k2 - back1 * back2) / (k1 + back1 + k2 + back2);
    near(turnover.rate, expected, 1e-12, "rate");
    near(rate, expected, 1e-12, "rate of the equations");
    near(turnover.coverage[0], (k2 + back1) / (k1 + back1 + k2 + back2), 1e-12, "coverage");
    near(turnover.span, 1.3, 1e-15, "span");
    assert_int_equal(turnover.determining_transition, 1);
    assert_int_equal(turnover.determining_minimum, 1);
}

/* Many random cycles of up to eight states: closed form and rate equations agree, shares sum to
 * one. */
static void closed_form_and_equations(void **context) {
    (void)context;
    sw_random random = sw_random_create(3, 0);
    for (int trial = 0; trial < 2000; trial++) {
        struct sw_cycle cycle = {.count = 2 + (size_t)(7.0 * sw_random_uniform(&random))};
        struct sw_turnover turnover;
        double coverage[CYCLE_STATES], rate, controls = 0.0;
        const double T = 300.0 + 900.0 * sw_random_uniform(&random);
        cycle.reaction = -0.2 - 2.0 * sw_random_uniform(&random);
        for (size_t i = 0; i < cycle.count; i++)
            cycle.minimum[i] = 2.0 * sw_random_uniform(&random) - 1.0;
        for (size_t i = 0; i < cycle.count; i++) {
            const double end =
                i + 1 < cycle.count ? cycle.minimum[i + 1] : cycle.minimum[0] + cycle.reaction;
            cycle.transition[i] = fmax(cycle.minimum[i], end) + sw_random_uniform(&random);
        }
        sw_cycle_turnover(&turnover, &cycle, T);
        sw_cycle_steady_state(coverage, &rate, &cycle, T);
        near(rate, turnover.rate, 1e-9, "rate");
        for (size_t i = 0; i < cycle.count; i++) {
            near(coverage[i], turnover.coverage[i], 1e-9, "coverage");
            controls += turnover.control[i];
        }
        near(controls, 1.0, 1e-12, "controls");
        assert_true(turnover.rate <= turnover.span_rate * (1.0 + 1e-12));
    }
}

/* Uphill and cold: exp(reaction/kT) is no number, the turnover is. Both ways meet at 0 eV: kT/h. */
static void uphill(void **context) {
    (void)context;
    const struct sw_cycle cycle = {
        .count = 1, .minimum = {0.0}, .transition = {5.0}, .reaction = 5.0};
    struct sw_turnover turnover;
    sw_cycle_turnover(&turnover, &cycle, 50.0);
    near(turnover.rate, -SW_BOLTZMANN * 50.0 / SW_PLANCK, 1e-9, "rate");
}

/* At equilibrium nothing turns, and coverages are Boltzmann's. */
static void equilibrium(void **context) {
    (void)context;
    const struct sw_cycle cycle = {
        .count = 3, .minimum = {0.0, -0.1, 0.05}, .transition = {0.4, 0.6, 0.5}};
    struct sw_turnover turnover;
    sw_cycle_turnover(&turnover, &cycle, 500.0);
    assert_true(turnover.rate == 0.0);
    near(turnover.coverage[1] / turnover.coverage[0], exp(0.1 / (SW_BOLTZMANN * 500.0)), 1e-12,
         "Boltzmann");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vibrations),  cmocka_unit_test(gases),
        cmocka_unit_test(two_states),  cmocka_unit_test(closed_form_and_equations),
        cmocka_unit_test(equilibrium), cmocka_unit_test(uphill),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
