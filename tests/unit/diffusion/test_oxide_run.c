/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs of an oxide: fronts, metals, saved states, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "diffusion_runs.h"

#include <math.h>
#include <stdlib.h>

static const char mobilities[] = "  mobilities: {Fe: {diffusion: 0.014 cm2/s, barrier: 1.31 eV}, "
                                 "Ni: {diffusion: 0.0047 cm2/s, barrier: 1.31 eV}}\n";

/* A model of which the text is the oxide without mobilities. */
static sw_status try_oxide(sw_model **model, const char *oxide, const char *run, sw_error *error) {
    char text[1024];
    snprintf(text, sizeof text, "oxide:\n%s%srun: {%s}\n", mobilities, oxide, run);
    return try_load(model, text, error);
}

static sw_model *load_oxide(const char *oxide, const char *run) {
    sw_model *model;
    sw_error error = {0};
    if (try_oxide(&model, oxide, run, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    return model;
}

static const char a_front[] = "  thickness: 1 um\n  nickel: 1 %\n  vacancies: 8 %\n  cells: 60\n"
                              "  metal: fcc\n  first: {kind: front, velocity: 300 nm/s}\n"
                              "  last: {kind: closed}\n";

/* ---- fronts ---------------------------------------------------------------------------------- */

/* Vacancies leave first: no metal before the oxide has come down to iron. Then iron is made as the
 * oxygen goes, and a layer that is used up has given all of it. */
static void a_front_makes_metal_of_all_iron(void **unused) {
    (void)unused;
    sw_model *model =
        load_oxide("  thickness: 100 nm\n  vacancies: 9 %\n  cells: 40\n"
                   "  first: {kind: front, velocity: 1 nm/s}\n  last: {kind: closed}\n",
                   "temperature: 1000 degC, time: 200 s, tolerance: 1e-6");
    void *state = open_run(model);
    advance(state, 1.0);
    assert_true(last_of(state, "metal at first") == 0.0);
    assert_true(fabs(last_of(state, "thickness") - 99) < 1e-9);
    /* the layer is level: 91 % of the sites of 100 nm on those that are left */
    const double begins = 100 - 91 / (1 - 0.04713141534);
    advance(state, 50);
    const double metal = last_of(state, "metal at first") * 20.0 / 11.8;
    print_message("# metal from %.3f nm on; %.4f nm of sites in 50 nm\n", begins, metal);
    assert_true(fabs(metal - (50 - begins) * (1 - 0.04713141534)) < 0.01);
    advance(state, 200);
    assert_true(last_of(state, "time") < 100 && last_of(state, "thickness") < 1);
    assert_true(fabs(last_of(state, "balance")) < 1e-12);
    close_run(state, model);
}

/* Metal and oxide in equilibrium at the front: nickel is in the metal. In the end the metal that
 * forms has what the oxide far away has. */
static void nickel_goes_to_the_metal_at_a_front(void **unused) {
    (void)unused;
    sw_model *model =
        load_oxide("  thickness: 50 um\n  nickel: 3 %\n  vacancies: 4.7 %\n  cells: 400\n"
                   "  metal: fcc\n  first: {kind: front, velocity: 100 nm/s}\n"
                   "  last: {kind: closed}\n",
                   "temperature: 700 degC, time: 350 s, tolerance: 1e-5");
    void *state = open_run(model);
    advance(state, 1);
    const double first = last_of(state, "Ni in metal at first");
    advance(state, 350);
    const double late = last_of(state, "Ni in metal at first"),
                 oxide = last_of(state, "Ni at first");
    print_message(
        "# metal %.3f at%% at first, %.4f at%% late on oxide of %.5f at%% (%.4f in it), %g "
        "steps\n",
        first, late, oxide, last_of(state, "highest Ni"), last_of(state, "steps"));
    assert_true(first > 6.0 && fabs(late - 3.0) < 0.05 && oxide < 0.1);
    assert_true(fabs(last_of(state, "highest Ni") - late) < 5e-3);
    assert_true(fabs(last_of(state, "balance")) < 1e-12);
    close_run(state, model);
}

/* Gas that reacts behind, a ramp, and a front that takes all nickel long before the layer is used up:
 * its logarithms come to their end, the run goes on to its own. */
static void a_layer_is_used_up_without_its_nickel(void **unused) {
    (void)unused;
    sw_model *model = load_oxide(
        "  thickness: 100 nm\n  nickel: 3 %\n  vacancies: 5 %\n  cells: 40\n  metal: fcc\n"
        "  first: {kind: front, rate: 3 um/s, hydrogen: 0.9 bar, water_ratio: 0.1}\n"
        "  last: {kind: gas, oxygen_pressure: 1e-21 bar, reaction: 1 um/s}\n"
        "programme: [{duration: 1 s, temperature: 800 degC, ramp: true}]\n",
        "temperature: 700 degC");
    void *state = open_run(model);
    advance(state, 1);
    print_message(
        "# used up after %.5f s with %.1e at%% nickel, %.4f at%% in the metal, %g steps\n",
        last_of(state, "time"), last_of(state, "mean Ni"),
        last_of(state, "Ni in all metal at first"), last_of(state, "steps"));
    assert_true(last_of(state, "time") < 0.1 && last_of(state, "thickness") < 1);
    assert_true(last_of(state, "mean Ni") < 0.01);
    /* nothing but the metal has what there was: 3 % of the cations */
    assert_true(fabs(last_of(state, "Ni in all metal at first") - 3) < 0.05);
    assert_true(fabs(last_of(state, "balance")) < 1e-12);
    close_run(state, model);
}

/* With a rate the front stands where hydrogen and water are in equilibrium with wustite and iron,
 * and goes as fast as the difference of both beside it. */
static void a_rate_stops_at_equilibrium(void **unused) {
    (void)unused;
    static const double ratios[] = {0.0, 0.3, 0.68921};
    double gone[3];
    for (size_t i = 0; i < 3; i++) {
        char text[256];
        snprintf(text, sizeof text,
                 "  thickness: 1 um\n  vacancies: 4.713142 %%\n  cells: 40\n"
                 "  first: {kind: front, rate: 1 nm/s, hydrogen: 0.5 bar, water_ratio: %g}\n"
                 "  last: {kind: closed}\n",
                 ratios[i]);
        sw_model *model = load_oxide(text, "temperature: 1000 degC, time: 100 s, tolerance: 1e-6");
        void *state = open_run(model);
        advance(state, 100);
        gone[i] = last_of(state, "first face");
        close_run(state, model);
    }
    print_message("# gone %.6f, %.6f, %.6f nm\n", gone[0], gone[1], gone[2]);
    assert_true(fabs(gone[0] - 50) < 1e-9);
    assert_true(fabs(gone[1] - 50 * (1 - 0.3 / 0.6892)) < 0.05);
    assert_true(fabs(gone[2]) < 0.01);
}

/* A slow reaction at the gas: growth by its law at first, parabolic when the scale is thick. */
static void a_reaction_makes_growth_linear(void **unused) {
    (void)unused;
    sw_model *model =
        load_oxide("  thickness: 1 nm\n  first: {kind: metal}\n"
                   "  last: {kind: gas, water_ratio: 4, reaction: 1 um/s}\n  cells: 40\n",
                   "temperature: 1000 degC, time: 1e6 s, tolerance: 1e-6");
    void *state = open_run(model);
    advance(state, 1);
    const double early = last_of(state, "thickness");
    advance(state, 1e6);
    const double late = last_of(state, "parabolic constant now");
    /* oxide beside iron: 1 - 0.6892 / 4 of the rate */
    const double linear = 1 + 1000 * (1 - 0.6892 / 4);
    sw_model *quick = load_oxide("  thickness: 1 nm\n  first: {kind: metal}\n  cells: 40\n"
                                 "  last: {kind: gas, water_ratio: 4}\n",
                                 "temperature: 1000 degC, time: 1e6 s, tolerance: 1e-6");
    void *other = open_run(quick);
    advance(other, 1e6);
    print_message("# %.2f nm of %.2f nm early; late %.4f of the constant\n", early, linear,
                  late / last_of(other, "parabolic constant now"));
    assert_true(fabs(early / linear - 1) < 0.02);
    assert_true(fabs(late / last_of(other, "parabolic constant now") - 1) < 0.02);
    close_run(state, model);
    close_run(other, quick);
}

/* A gas takes oxygen from a layer that is closed behind until all of it has its potential; the cations
 * stay, on fewer sites. */
static void a_closed_layer_comes_to_its_gas(void **unused) {
    (void)unused;
    sw_model *model = load_oxide("  thickness: 10 um\n  vacancies: 8 %\n  cells: 40\n"
                                 "  first: {kind: gas, oxygen_pressure: 3e-15 bar}\n"
                                 "  last: {kind: closed}\n",
                                 "temperature: 1000 degC, time: 100 s, tolerance: 1e-5");
    void *state = open_run(model);
    advance(state, 100);
    const double left = 1.0 - last_of(state, "vacancies at first") / 100;
    print_message("# %.4f um, log10 pO2 %.6f and %.6f\n", last_of(state, "thickness") / 1000,
                  last_of(state, "log10 pO2 at first"), last_of(state, "log10 pO2 at last"));
    assert_true(fabs(last_of(state, "log10 pO2 at first") - log10(3e-15)) < 1e-9);
    assert_true(fabs(last_of(state, "log10 pO2 at last") - log10(3e-15)) < 1e-6);
    assert_true(fabs(last_of(state, "thickness") * left / 9200 - 1) < 1e-8);
    assert_true(fabs(last_of(state, "balance")) < 1e-12);
    close_run(state, model);
}

/* Nickel comes from the metal into an oxide without; after a ramp growth is that of the new
 * temperature. */
static void an_alloy_scales_at_two_temperatures(void **unused) {
    (void)unused;
    static const char oxide[] = "  thickness: 100 nm\n  cells: 40\n"
                                "  first: {kind: metal, nickel: 10 %}\n"
                                "  last: {kind: gas, water_ratio: 2}\n";
    char both[512];
    snprintf(both, sizeof both,
             "%sprogramme:\n  - {duration: 60 s, temperature: 1000 degC}\n"
             "  - {duration: 60 s, temperature: 900 degC, ramp: true}\n"
             "  - {duration: 600 s, temperature: 900 degC}\n",
             oxide);
    sw_model *model = load_oxide(both, "temperature: 1000 degC, tolerance: 1e-5");
    sw_model *single = load_oxide(oxide, "temperature: 900 degC, time: 600 s, tolerance: 1e-5");
    void *state = open_run(model), *other = open_run(single);
    advance(state, 720);
    advance(other, 600);
    const double found = last_of(state, "parabolic constant now");
    const double expected = last_of(other, "parabolic constant now");
    print_message("# kp %.5e after a ramp, %.5e without; Ni at the metal %.4f and %.4f at%%\n",
                  found, expected, last_of(state, "Ni at first"), last_of(other, "Ni at first"));
    assert_true(fabs(found / expected - 1) < 1e-3);
    assert_true(last_of(state, "Ni at first") > 2 * last_of(state, "Ni at last"));
    assert_true(fabs(last_of(state, "Ni at first") / last_of(other, "Ni at first") - 1) < 1e-9);
    assert_true(fabs(last_of(state, "balance")) < 1e-12);
    close_run(state, model);
    close_run(other, single);
}

/* ---- saved states ---------------------------------------------------------------------------- */

static void a_restored_run_goes_on_bit_for_bit(void **unused) {
    (void)unused;
    const sw_simulator *simulator = sw_diffusion_simulator();
    sw_model *model = load_oxide(a_front, "temperature: 700 degC, time: 3 s, tolerance: 1e-5");
    void *state = open_run(model), *again = open_run(model);
    sw_bytes bytes = {0};
    sw_error error = {0};
    advance(state, 1);
    assert_true(last_of(state, "metal at first") > 0.0);
    assert_int_equal(simulator->save(state, &bytes, &error), SW_OK);
    assert_int_equal(simulator->restore(again, bytes.data, bytes.size, &error), SW_OK);
    advance(state, 2);
    advance(again, 2);
    assert_true(simulator->fingerprint(state) == simulator->fingerprint(again));
    assert_true(simulator->events(state) == simulator->events(again));
    assert_true(last_of(state, "metal at first") == last_of(again, "metal at first"));
    assert_int_equal(simulator->restore(again, bytes.data, bytes.size - 1, &error),
                     SW_ERROR_FORMAT);
    assert_int_equal(simulator->restore(again, bytes.data, 3, &error), SW_ERROR_FORMAT);
    sw_bytes_clear(&bytes);
    simulator->destroy(again);
    close_run(state, model);
}

/* ---- what is refused ------------------------------------------------------------------------- */

#define METAL "  first: {kind: metal}\n"
#define GAS "  last: {kind: gas, water_ratio: 2}\n"

static void faults_of_a_model_are_told(void **unused) {
    (void)unused;
    static const struct {
        const char *oxide, *part;
    } faults[] = {
        {"  thickness: 1 nm\n  first: {kind: closed}\n  last: {kind: closed}\n", "both faces"},
        {"  thickness: 1 nm\n" METAL "  last: {kind: gas}\n", "oxygen_pressure or a water_ratio"},
        {"  thickness: 1 nm\n" METAL "  last: {kind: gas, water_ratio: 0}\n", "not stable"},
        {"  thickness: 1 nm\n" METAL "  last: {kind: front}\n", "a velocity, or a rate"},
        {"  thickness: 1 nm\n" METAL "  last: {kind: closed, nickel: 0.1}\n", "means nothing"},
        {"  thickness: 1 nm\n" METAL "  last: {kind: air}\n", "air"},
        {"  thickness: 1 nm\n" METAL, "needs the key 'last'"},
        {"  thickness: 1 nm\n" METAL GAS "alloy: {elements: [Fe, Ni]}\n", "no 'alloy' beside it"},
    };
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        sw_model *model = NULL;
        sw_error error = {0};
        assert_int_not_equal(
            try_oxide(&model, faults[i].oxide, "temperature: 1000 degC, time: 1 s", &error), SW_OK);
        print_message("# %s: %s\n", error.place, error.message);
        assert_non_null(strstr(error.message, faults[i].part));
        assert_true(strncmp(error.place, "test:", 5) == 0 && error.hint[0] != '\0');
    }
}

static void mobilities_that_lack_are_told(void **unused) {
    (void)unused;
    static const struct {
        const char *mobilities, *part;
    } faults[] = {{"{Fe: {diffusion: 1 cm2/s, barrier: 1 eV}}", "there is nickel"},
                  {"{Ni: {diffusion: 1 cm2/s, barrier: 1 eV}}", "there is iron"},
                  {"{Co: {diffusion: 1 cm2/s, barrier: 1 eV}}", "cation 'Co'"},
                  {"{Fe: {diffusion: 1 cm2, barrier: 1 eV}}", "diffusion coefficient"}};
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        char text[512];
        sw_model *model = NULL;
        sw_error error = {0};
        snprintf(text, sizeof text,
                 "oxide:\n  thickness: 1 nm\n  nickel: 1 %%\n  mobilities: %s\n" METAL GAS
                 "run: {temperature: 1000 degC, time: 1 s}\n",
                 faults[i].mobilities);
        assert_int_not_equal(try_load(&model, text, &error), SW_OK);
        print_message("# %s: %s\n", error.place, error.message);
        assert_non_null(strstr(error.message, faults[i].part));
    }
    sw_model *model = NULL;
    sw_error error = {0};
    assert_int_equal(try_load(&model, "run: {temperature: 1000 degC, time: 1 s}\n", &error),
                     SW_ERROR_MODEL);
    assert_non_null(strstr(error.message, "alloy and regions, or an oxide"));
}

/* What only thermodynamics can say is refused when the run begins. */
static void what_cannot_be_is_refused(void **unused) {
    (void)unused;
    static const struct {
        const char *oxide, *temperature, *place, *part;
    } faults[] = {
        {"  thickness: 1 nm\n" METAL GAS, "1400 degC", "run.temperature", "nothing is known"},
        {"  thickness: 1 nm\n" METAL GAS, "200 degC", "run.temperature", "nothing is known"},
        {"  thickness: 1 nm\n" METAL "  last: {kind: gas, water_ratio: 20}\n", "1000 degC",
         "oxide.last", "magnetite forms"},
        {"  thickness: 1 nm\n" METAL "  last: {kind: gas, water_ratio: 0.5}\n", "1000 degC",
         "oxide.last", "iron forms"},
        {"  thickness: 1 nm\n" METAL "  last: {kind: gas, oxygen_pressure: 1 bar}\n", "1000 degC",
         "oxide.last", "magnetite forms"},
        {"  thickness: 1 nm\n  first: {kind: front, velocity: 1 nm/s}\n  last: {kind: closed}\n",
         "1000 degC", "oxide", "no face tells"},
        {"  thickness: 1 mm\n" METAL "  last: {kind: front, velocity: 1 mm/s}\n", "1000 degC",
         "oxide.last", "wider than"},
    };
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        char run[128];
        void *state;
        sw_error error = {0};
        snprintf(run, sizeof run, "temperature: %s, time: 1 s", faults[i].temperature);
        sw_model *model = load_oxide(faults[i].oxide, run);
        assert_int_not_equal(sw_diffusion_simulator()->create(&state, model, 1, NULL, &error),
                             SW_OK);
        print_message("# %s: %s (%s)\n", error.place, error.message, error.hint);
        assert_non_null(strstr(error.message, faults[i].part));
        assert_string_equal(error.place, faults[i].place);
        assert_true(error.hint[0] != '\0');
        sw_model_destroy(model);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_front_makes_metal_of_all_iron),
        cmocka_unit_test(nickel_goes_to_the_metal_at_a_front),
        cmocka_unit_test(a_layer_is_used_up_without_its_nickel),
        cmocka_unit_test(a_rate_stops_at_equilibrium),
        cmocka_unit_test(a_reaction_makes_growth_linear),
        cmocka_unit_test(a_closed_layer_comes_to_its_gas),
        cmocka_unit_test(an_alloy_scales_at_two_temperatures),
        cmocka_unit_test(a_restored_run_goes_on_bit_for_bit),
        cmocka_unit_test(faults_of_a_model_are_told),
        cmocka_unit_test(mobilities_that_lack_are_told),
        cmocka_unit_test(what_cannot_be_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
