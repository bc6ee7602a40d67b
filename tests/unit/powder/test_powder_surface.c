/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps at a front: how they add up, which of them holds it back, nuclei, iron that dissolves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/load.h"
#include "powder/control.h"
#include "powder/surface.h"

#include <spillway/model.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#define TEXT 2048

typedef struct fixture {
    sw_model *model;
    sw_powder_compiled compiled;
    sw_powder_coefficients now;
    double state[256], rate[256];
} fixture;

static void prepare(fixture *made, const char *kinetics, const char *more) {
    char text[TEXT];
    sw_error error = {0};
    snprintf(text, sizeof text,
             "format: 1\nname: test\nsimulator: powder\n"
             "bed: {area: 1 mm2, porosity: 0.9, pore: 1 mm, stagnant: 1 um, volume: 1 ml, cells: "
             "1}\n"
             "gas: {flow: 100 l/h}\nprogramme: [{duration: 1 h, hydrogen: 1}]\n"
             "run: {temperature: 973.15 K}\n"
             "kinetics:\n  hematite: {prefactor: 1 cm/s, barrier: 0 eV}\n"
             "  magnetite: {prefactor: 1 cm/s, barrier: 0 eV}\n"
             "  wustite: {prefactor: 1 cm/s, barrier: 0 eV}\n%s%s",
             kinetics, more);
    *made = (fixture){.now.time = (double)NAN};
    if (sw_model_load_bytes(&made->model, "test", text, strlen(text), &error) != SW_OK ||
        sw_powder_compile(&made->compiled, sw_model_powder(made->model), &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    assert_true(made->compiled.size <= 256);
    sw_powder_start(made->state, &made->compiled);
    sw_powder_coefficients_make(&made->now, &made->compiled, 0, 0);
}

static double *bin_of(fixture *made) {
    return made->state + sw_powder_cell(&made->compiled, 0) + SW_CELL_BINS;
}

static void rates_of(fixture *made) {
    sw_powder_rates(made->rate, made->state, &made->compiled, &made->now);
}

static double nuclei(fixture *made) {
    double *bin = bin_of(made);
    bin[SW_HEMATITE] = bin[SW_MAGNETITE] = 0;
    bin[SW_WUSTITE] = 1;
    rates_of(made);
    return made->rate[sw_powder_cell(&made->compiled, 0) + SW_CELL_BINS + SW_BIN_NUCLEI];
}

static const char oxide[] = "feed: {mass: 1 mg, size: 2 um}\n"
                            "nucleation: {rate: 5 /s, area: 1 um2, barrier: 0}\n";
static const char with_nickel[] =
    "feed: {mass: 1 mg, size: 2 um, nickel: metal, nickel_fraction: 36 %}\n"
    "nickel: {contact_size: 100 nm, grain: 100 nm, touching: 30 %}\n"
    "spillover: {length: 1 um}\nalloying: {depth: 30 nm}\n"
    "nucleation: {rate: 5 /s, area: 1 um2, barrier: 0}\n";
static const char slow[] = "  activation: {barrier: 1.0 eV}\n"
                           "  desorption: {prefactor: 1e13 /s, barrier: 1.75 eV}\n"
                           "  nickel_oxide: {prefactor: 1 /s, barrier: 0 eV}\n";

/* As many as the model says where hydrogen is at hand; fewer, by what each step is slower, where
 * bare wustite has to activate it; and as many again where hydrogen spills over. */
static void nuclei_need_hydrogen(void **unused) {
    (void)unused;
    fixture made;
    prepare(&made, "", oxide);
    double found = nuclei(&made);
    if (!(fabs(found / 5 - 1) < 0.02))
        fail_msg("%g nuclei a second, not 5", found);
    sw_model_destroy(made.model);
    prepare(&made, slow, oxide);
    double thermal = SW_BOLTZMANN * 973.15;
    double speed = sqrt(SW_GAS_CONSTANT * 973.15 / (2 * M_PI * 2.016e-3));
    double activation = exp(1.0 / thermal) / speed;
    double water =
        1e5 / (SW_GAS_CONSTANT * 973.15) * 1e-19 * 6.02214076e23 / (1e13 * exp(-1.75 / thermal));
    double served = 100 + water, bare = 100 + pow(sqrt(activation) + sqrt(water), 2);
    found = nuclei(&made);
    if (!(fabs(found / (5 * served / bare) - 1) < 0.02))
        fail_msg("%g nuclei a second, not %g", found, 5 * served / bare);
    sw_model_destroy(made.model);
    prepare(&made, slow, with_nickel);
    sw_powder_surroundings in = sw_powder_look_around(
        made.state + sw_powder_cell(&made.compiled, 0), &made.compiled, &made.now);
    assert_true(sw_powder_served_share(&in, 0) > 0.999);
    /* nickel also covers some of the wustite with fcc at once: count what is bare */
    double ratio = sw_powder_conductance(&in, SW_WUSTITE, 1, 1e-6, 0) * served;
    assert_true(fabs(ratio - 1) < 1e-3);
    sw_model_destroy(made.model);
}

/* d ln(conductance) / d ln(velocity of a step), by differences. */
static double share_of(fixture *made, double *resistance, double covered) {
    const double *cell = made->state + sw_powder_cell(&made->compiled, 0);
    double at[2], kept = *resistance;
    for (int i = 0; i < 2; i++) {
        *resistance = kept * (i ? 1.0001 : 1);
        sw_powder_surroundings in = sw_powder_look_around(cell, &made->compiled, &made->now);
        at[i] = sw_powder_conductance(&in, SW_HEMATITE, bin_of(made)[SW_HEMATITE],
                                      made->compiled.radius[0], covered);
    }
    *resistance = kept;
    return -log(at[1] / at[0]) / log(1.0001);
}

static void control_is_the_derivative(void **unused) {
    (void)unused;
    fixture made;
    sw_powder_control control[SW_FRONTS];
    prepare(&made, slow, oxide);
    double *bin = bin_of(&made);
    bin[SW_HEMATITE] = 0.7;
    bin[SW_BIN_BCC] = 0.3; /* metal serves a quarter of the surface */
    rates_of(&made);
    sw_powder_control_of(control, &made.compiled, made.state, made.rate, &made.now);
    const sw_powder_control *found = &control[SW_HEMATITE];
    assert_true(fabs(found->reaction + found->product + found->water + found->activation - 1) <
                1e-12);
    assert_true(fabs(found->activation - share_of(&made, &made.now.activation, 0.3)) < 1e-3);
    assert_true(fabs(found->water - share_of(&made, &made.now.desorption[SW_HEMATITE], 0.3)) <
                1e-3);
    assert_true(fabs(found->served - (1 - exp(-0.3))) < 1e-9);
    assert_true(found->activation > 0.2 && found->water > 0.2);
    bin[SW_HEMATITE] = bin[SW_MAGNETITE] = bin[SW_WUSTITE] = 0; /* all is metal */
    rates_of(&made);
    sw_powder_control_of(control, &made.compiled, made.state, made.rate, &made.now);
    assert_true(isnan(control[SW_WUSTITE].reaction) || control[SW_WUSTITE].rate < 1e-12);
    sw_model_destroy(made.model);
}

/* Below saturation iron goes into nickel, above it back into bcc; without alloying it stays. */
static void iron_dissolves_both_ways(void **unused) {
    (void)unused;
    fixture made;
    prepare(&made, slow, with_nickel);
    double *cell = made.state + sw_powder_cell(&made.compiled, 0), *bin = bin_of(&made);
    double saturated = sw_powder_saturated_iron(&made.now.alloy);
    double most = saturated / (1 - saturated) * made.compiled.nickel / made.compiled.iron;
    const double part[] = {0.5, 1, 1.5};
    bin[SW_HEMATITE] = bin[SW_MAGNETITE] = bin[SW_WUSTITE] = 0;
    bin[SW_BIN_BCC] = 30;
    made.compiled.nickel *= 0.1; /* so that there is iron enough for both */
    for (int i = 0; i < 3; i++) {
        cell[SW_CELL_FCC] = 0.1 * most * part[i];
        rates_of(&made);
        double rate = made.rate[sw_powder_cell(&made.compiled, 0) + SW_CELL_FCC];
        if (!(part[i] < 1 ? rate > 1e-7 : part[i] > 1 ? rate < -1e-7 : fabs(rate) < 1e-9))
            fail_msg("%g of saturation: rate %g", part[i], rate);
    }
    sw_model_destroy(made.model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nuclei_need_hydrogen),
        cmocka_unit_test(control_is_the_derivative),
        cmocka_unit_test(iron_dissolves_both_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
