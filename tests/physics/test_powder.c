/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Powders against shrinking cores in closed form, equilibrium, balances, and the supply of gas. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/load.h"
#include "powder/alloy.h"
#include "powder/equilibria.h"

#include <spillway/powder.h>
#include <spillway/thermo.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#define TEXT 4096
#define WUSTITE (1 / 0.947)
#define DENSITY (2 * 5250 / 0.159687) /* mol of Fe in a m3 of Fe2O3 */
#define HYDROGEN (1e5 / (8.314462618 * 973.15))

/* A grain of 2 um in a gas that it does not change. */
static const char lone[] =
    "format: 1\nname: lone\nsimulator: powder\n"
    "feed: {mass: 1e-6 mg, size: 2 um}\n"
    "bed: {area: 1 mm2, porosity: 0.9, pore: 1 mm, stagnant: 1 um, volume: 0.01 ml, cells: 1}\n"
    "gas: {flow: 100 l/h}\n";

static sw_model *load(const char *head, const char *rest) {
    char text[TEXT];
    sw_model *model = NULL;
    sw_error error = {0};
    snprintf(text, sizeof text, "%s%s", head, rest);
    if (sw_model_load_bytes(&model, "test", text, strlen(text), &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    return model;
}

static sw_powder *start(const sw_model *model) {
    sw_powder *powder = NULL;
    sw_error error = {0};
    if (sw_powder_create(&powder, sw_model_powder(model), &error) != SW_OK)
        fail_msg("%s: %s", error.message, error.hint);
    return powder;
}

static sw_powder_amounts after(sw_powder *powder, double time) {
    sw_powder_amounts amounts = {0};
    sw_error error = {0};
    if (sw_powder_run(powder, time, &error) != SW_OK ||
        sw_powder_observe(&amounts, powder, &error) != SW_OK)
        fail_msg("%s", error.message);
    return amounts;
}

/* Share of the iron that is metal, in 1e-6 mg of Fe2O3. */
static double reduced(const sw_powder_amounts *amounts) {
    return amounts->bcc * amounts->mass / (1e-12 * (1 - 0.300569));
}

/*
 * Wustite in pure hydrogen at 973.15 K, fronts above it a thousand times faster. The time to share
 * x is tau_r (1 - (1-x)^(1/3)) by the interface, plus tau_d (1 - 3 (1-x)^(2/3) + 2 (1-x)) by the
 * product (Levenspiel): times add up. 0.02: the outer fronts take time, and 0.01 of a grain is held
 * back where stages meet.
 */
static void check_core(double rate, double layer) {
    char rest[1024], product[128] = "";
    double pore = layer > 0 ? 100e-9 : 0;
    if (layer > 0)
        snprintf(product, sizeof product,
                 "  product_layer: {porosity: %.9g, pore: 100 nm, tortuosity: 1}\n", layer);
    snprintf(rest, sizeof rest,
             "kinetics:\n  hematite: {prefactor: %g m/s, barrier: 0 eV}\n"
             "  magnetite: {prefactor: %g m/s, barrier: 0 eV}\n"
             "  wustite: {prefactor: %g m/s, barrier: 0 eV}\n%s"
             "programme: [{duration: 1 h, hydrogen: 1}]\nrun: {temperature: 973.15 K, tolerance: "
             "1e-7}\n",
             1000 * rate, 1000 * rate, rate, product);
    sw_model *model = load(lone, rest);
    double walls = pore / 3 * sqrt(8 * 8.314462618 * 973.15 / (M_PI * 18.015e-3));
    double diffusion = layer > 0 ? layer / (1 / 6.96e-4 + 1 / walls) : INFINITY;
    double radius = 1e-6, oxygen = DENSITY * WUSTITE / HYDROGEN;
    double by_front = radius * oxygen / rate, by_layer = radius * radius * oxygen / (6 * diffusion);
    for (double x = 0.25; x < 1; x += 0.25) {
        double root = cbrt(1 - x);
        double time = by_front * (1 - root) + by_layer * (1 - 3 * root * root + 2 * (1 - x));
        sw_powder *powder = start(model);
        sw_powder_amounts amounts = after(powder, time);
        sw_powder_destroy(powder);
        if (!(fabs(reduced(&amounts) - x) < 0.02))
            fail_msg("rate %g m/s, layer %g: share %g where %g was expected", rate, layer,
                     reduced(&amounts), x);
    }
    sw_model_destroy(model);
}

static void shrinking_cores(void **state) {
    (void)state;
    check_core(1e-3, 0);    /* the interface alone */
    check_core(1e-3, 1e-4); /* both */
    check_core(1, 1e-6);    /* the product alone, to a part in 1e3 */
}

/*
 * Fe2O3 to Fe3O4 where no metal is, in pH2O/pH2 = 2 at 973.15 K: hydrogen is activated on pairs of
 * sites without hydrogen, and water leaves pairs with it, so that resistances a and w make
 * (sqrt(a) + sqrt(w))^2. 0.01: the blend of both ways takes 0.1 % of the rate.
 */
static void hydroxyls_meet_in_pairs(void **state) {
    (void)state;
    static const char rest[] =
        "kinetics:\n  hematite: {prefactor: 1000 m/s, barrier: 0 eV}\n"
        "  magnetite: {prefactor: 1 m/s, barrier: 0 eV}\n"
        "  wustite: {prefactor: 1 m/s, barrier: 0 eV}\n"
        "  activation: {barrier: 1.0 eV}\n"
        "  desorption: {prefactor: 1e13 /s, barrier: 1.46 eV, hematite: 1.75 eV}\n"
        "nucleation: {rate: 1e-30 /s, barrier: 0}\n"
        "programme: [{duration: 1 h, hydrogen: 0.333333333333, water: 0.666666666667}]\n"
        "run: {temperature: 973.15 K, tolerance: 1e-7}\n";
    double thermal = SW_BOLTZMANN * 973.15;
    double speed = sqrt(SW_GAS_CONSTANT * 973.15 / (2 * M_PI * 2.016e-3));
    double activation = exp(1.0 / thermal) / speed;
    double water = HYDROGEN * 1e-19 * 6.02214076e23 / (1e13 * exp(-1.75 / thermal));
    double whole = pow(sqrt(activation) + sqrt(water), 2);
    double time = 1e-6 * DENSITY / 6 * whole / (HYDROGEN / 3);
    sw_model *model = load(lone, rest);
    for (double x = 0.25; x < 1; x += 0.25) {
        sw_powder *powder = start(model);
        sw_powder_amounts amounts = after(powder, time * (1 - cbrt(1 - x)));
        sw_powder_destroy(powder);
        if (!(fabs(9 * amounts.iron_conversion - x) < 0.01))
            fail_msg("share %g where %g was expected", 9 * amounts.iron_conversion, x);
    }
    sw_model_destroy(model);
}

/* ---- metals ---------------------------------------------------------------------------------- */

/* Mean over a sphere whose surface is held at 1 and that had 0 inside, after D t / radius^2 (Crank,
 * The Mathematics of Diffusion, 6.20). */
static double sphere_filled(double time) {
    double left = 0;
    for (int n = 1; n < 400; n++)
        left += 6 / (M_PI * M_PI * n * n) * exp(-n * n * M_PI * M_PI * time);
    return 1 - left;
}

/*
 * Iron into grains of nickel, 300 nm, at 700 degC: the mean share against diffusion into a sphere
 * with a saturated surface, for the sum of D t as D changes. 6 %: what the one equation for the
 * mean is off, 4 % at the most, and its start.
 */
static void iron_diffuses_into_nickel(void **state) {
    (void)state;
    static const sw_setting settings[] = {
        {"experiment", "metals"},
        {"programme", "[{duration: 100 h, temperature: 700 degC}]"},
        {"run.temperature", "700 degC"}};
    sw_model *model = NULL;
    const sw_powder_alloy *alloy;
    assert_int_equal(sw_powder_alloy_get(&alloy, NULL), SW_OK);
    assert_int_equal(sw_model_load(&model, "fe2o3-nio", settings, 3, NULL, 0, NULL), SW_OK);
    sw_powder *powder = start(model);
    sw_alloy_place place = sw_powder_alloy_at(alloy, 973.15);
    double saturated = sw_powder_saturated_iron(&place), depth = 0, step = 60;
    sw_powder_amounts before = after(powder, 0);
    assert_true(before.bcc > 0.63 && before.bcc < 0.65);
    for (int i = 1; before.bcc > 0.05; i++) {
        sw_powder_amounts now = after(powder, step * i);
        double middle = 0.5 * (0.5 * (now.iron_in_fcc + before.iron_in_fcc) + saturated);
        depth += sw_powder_interdiffusion(&place, middle) * step / (150e-9 * 150e-9);
        double expected = saturated * sphere_filled(depth);
        if (i >= 60 && !(fabs(now.iron_in_fcc / expected - 1) < 0.06))
            fail_msg("%d min: %g of iron in fcc, not %g", i, now.iron_in_fcc, expected);
        if (!(now.bcc < before.bcc && fabs(now.oxygen_balance) < 1e-10))
            fail_msg("%d min: bcc %.12g after %.12g, balance %g", i, now.bcc, before.bcc,
                     now.oxygen_balance);
        before = now;
    }
    sw_powder_destroy(powder);
    sw_model_destroy(model);
}

/* ---- equilibrium ----------------------------------------------------------------------------- */

static const char fast[] = "kinetics:\n  hematite: {prefactor: 89 cm/s, barrier: 0 eV}\n"
                           "  magnetite: {prefactor: 89 cm/s, barrier: 0 eV}\n"
                           "  wustite: {prefactor: 89 cm/s, barrier: 0 eV}\n";

/* Conversion after an hour at 973.15 K in hydrogen with this pH2O/pH2. */
static double held(double ratio) {
    char rest[1024];
    snprintf(rest, sizeof rest,
             "%sprogramme: [{duration: 1 h, hydrogen: %.12g, water: %.12g}]\n"
             "run: {temperature: 973.15 K}\n",
             fast, 1 / (1 + ratio), ratio / (1 + ratio));
    sw_model *model = load(lone, rest);
    sw_powder *powder = start(model);
    sw_powder_amounts amounts = after(powder, 3600);
    sw_powder_destroy(powder);
    sw_model_destroy(model);
    return amounts.conversion;
}

/* At the lines of Baur and Glaessner nothing goes further, and 5 % below them it goes where it
 * must. */
static void equilibrium_holds(void **state) {
    (void)state;
    const sw_powder_equilibria *equilibria;
    double constant[SW_EQUILIBRIA];
    sw_error error = {0};
    assert_int_equal(sw_powder_equilibria_get(&equilibria, &error), SW_OK);
    sw_powder_equilibria_at(constant, equilibria, 973.15);
    double magnetite = 1 - 4.0 / 4.5, wustite = 1 - WUSTITE / 1.5;
    double to_iron = constant[SW_EQUILIBRIUM_WUSTITE];
    double to_wustite = constant[SW_EQUILIBRIUM_MAGNETITE];
    const struct {
        double ratio, least, most;
    } rows[] = {{1.02 * to_iron, wustite - 1e-3, wustite + 1e-3},
                {to_iron, wustite - 1e-3, wustite + 1e-3},
                {0.95 * to_iron, 0.999, 1.0001},
                {1.02 * to_wustite, magnetite - 1e-3, magnetite + 1e-3},
                {0.95 * to_wustite, wustite - 1e-3, wustite + 1e-3}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double found = held(rows[i].ratio);
        if (!(found > rows[i].least && found < rows[i].most))
            fail_msg("pH2O/pH2 = %g: conversion %g", rows[i].ratio, found);
    }
}

/* Conversion after ten hours at 700 K in hydrogen with this pH2O/pH2, from Fe2O3 or from iron, in
 * all of which there is no wustite. */
static double held_cool(const char *iron, double ratio, double tolerance) {
    char rest[1024], head[1024];
    snprintf(
        head, sizeof head,
        "format: 1\nname: cool\nsimulator: powder\nfeed: {mass: 1e-6 mg, size: 2 um, iron: %s}\n"
        "bed: {area: 1 mm2, porosity: 0.9, pore: 1 mm, stagnant: 1 um, volume: 0.01 ml, "
        "cells: 1}\ngas: {flow: 100 l/h}\n",
        iron);
    snprintf(rest, sizeof rest,
             "%sprogramme: [{duration: 10 h, hydrogen: %.12g, water: %.12g}]\n"
             "run: {temperature: 700 K, tolerance: %g}\n",
             fast, 1 / (1 + ratio), ratio / (1 + ratio), tolerance);
    sw_model *model = load(head, rest);
    sw_powder *powder = start(model);
    sw_powder_amounts amounts = after(powder, 36000);
    for (size_t i = 0; i < sw_powder_points(powder); i++)
        if (fabs(sw_powder_point(powder, i)->wustite) > 0.05)
            fail_msg("%g of wustite", sw_powder_point(powder, i)->wustite);
    /* a step may go beyond the end of the metal, but comes back */
    assert_true(amounts.bcc > -1e-4);
    sw_powder_destroy(powder);
    sw_model_destroy(model);
    return amounts.conversion;
}

/*
 * Below 559 degC wustite is not stable: at 700 K Fe3O4 turns to iron at pH2O/pH2 = 0.13, though
 * wustite would form from it below 0.05 only and iron from wustite already at 0.20; and iron back
 * to Fe3O4 above.
 */
static void wustite_is_passed_over(void **state) {
    (void)state;
    const sw_powder_equilibria *equilibria;
    double constant[SW_EQUILIBRIA], line, ratio, magnetite = 1 - 4.0 / 4.5;
    assert_int_equal(sw_powder_equilibria_get(&equilibria, NULL), SW_OK);
    sw_powder_equilibria_at(constant, equilibria, 700);
    assert_int_equal(
        sw_reaction_water_ratio(&ratio, NULL, "Fe3O4 + 4 H2 = 3 Fe + 4 H2O", 700, NULL), SW_OK);
    line = constant[SW_EQUILIBRIUM_DIRECT];
    assert_true(fabs(line / ratio - 1) < 1e-3);
    assert_true(constant[SW_EQUILIBRIUM_MAGNETITE] < 0.5 * line &&
                constant[SW_EQUILIBRIUM_WUSTITE] > 1.3 * line);
    const struct {
        const char *iron;
        double ratio, least, most, tolerance;
    } rows[] = {{"oxide", 0.8 * line, 0.999, 1.0001, 1e-5},
                {"oxide", 1.1 * line, magnetite - 1e-3, magnetite + 1e-3, 1e-5},
                {"metal", 0.9 * line, 0.999, 1.0001, 1e-5},
                {"metal", 1.2 * line, magnetite - 1e-3, magnetite + 1e-3, 1e-4},
                {"metal", 1.2 * line, magnetite - 1e-3, magnetite + 1e-3, 1e-5},
                {"metal", 1.2 * line, magnetite - 1e-3, magnetite + 1e-3, 1e-6}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double found = held_cool(rows[i].iron, rows[i].ratio, rows[i].tolerance);
        if (!(found > rows[i].least && found < rows[i].most))
            fail_msg("%s at pH2O/pH2 = %g: conversion %g", rows[i].iron, rows[i].ratio, found);
    }
}

/* Its front at 700 K in half the water of that line: a shrinking core that loses 4/3 oxygen per
 * iron at once. 0.03: 0.01 of a grain of wustite lies between, and 0.01 of it holds back the end.
 */
static void magnetite_shrinks_at_once(void **state) {
    (void)state;
    const double rate = 1e-3, hydrogen = 1e5 / (SW_GAS_CONSTANT * 700);
    double line;
    char rest[1024];
    assert_int_equal(sw_reaction_water_ratio(&line, NULL, "Fe3O4 + 4 H2 = 3 Fe + 4 H2O", 700, NULL),
                     SW_OK);
    double share = 1 / (1 + 0.5 * line);
    snprintf(rest, sizeof rest,
             "kinetics:\n  hematite: {prefactor: 10 m/s, barrier: 0 eV}\n"
             "  magnetite: {prefactor: %g m/s, barrier: 0 eV}\n"
             "  wustite: {prefactor: %g m/s, barrier: 0 eV}\n"
             "programme: [{duration: 1 h, hydrogen: %.12g, water: %.12g}]\n"
             "run: {temperature: 700 K, tolerance: 1e-7}\n",
             rate, rate, share, 1 - share);
    sw_model *model = load(lone, rest);
    for (double x = 0.25; x < 1; x += 0.25) {
        double time = 1e-6 * DENSITY * 4 / 3 / (rate * hydrogen * 0.5 * share);
        sw_powder *powder = start(model);
        sw_powder_amounts amounts = after(powder, time * (1 - cbrt(1 - x)));
        sw_powder_destroy(powder);
        if (!(fabs(reduced(&amounts) - x) < 0.03))
            fail_msg("share %g where %g was expected", reduced(&amounts), x);
    }
    sw_model_destroy(model);
}

/* ---- gas that is fed ------------------------------------------------------------------------- */

/*
 * 50 mg of Fe2O3 in 10 l/h with reactions much faster than the gas: every oxygen leaves with the
 * water of the equilibrium that it is at. 7.6 s if all hydrogen were used, 25 s at that of FeO and
 * Fe.
 */
static void supply_limits(void **state) {
    (void)state;
    static const char bed[] =
        "format: 1\nname: fed\nsimulator: powder\nfeed: {mass: 50 mg, size: 0.2 um}\n"
        "bed: {area: 1000 mm2, porosity: 0.9, pore: 1 mm, stagnant: 1 um, volume: 0.1 ml, cells: "
        "1}\n"
        "gas: {flow: 10 l/h}\nprogramme: [{duration: 100 s, hydrogen: 1}]\n"
        "run: {temperature: 973.15 K}\n";
    sw_model *model = load(bed, fast);
    sw_powder *powder = start(model);
    after(powder, 100);
    const sw_powder_equilibria *equilibria;
    double constant[SW_EQUILIBRIA], steps[3] = {1.0 / 6, 4.0 / 3 - WUSTITE, WUSTITE};
    assert_int_equal(sw_powder_equilibria_get(&equilibria, NULL), SW_OK);
    sw_powder_equilibria_at(constant, equilibria, 973.15);
    double feed = 10e-3 / 3600 * 101325 / (8.314462618 * 273.15), time = 0;
    double iron = 2 * 50e-6 / 0.159687;
    assert_true(fabs(1.5 * iron / feed - 7.6) < 0.1);
    for (int i = 0; i < 3; i++)
        time += steps[i] * iron / feed * (1 + 1 / constant[i]);
    sw_powder_summary summary;
    sw_powder_summarise(&summary, powder, (sw_powder_criteria){0.99, 0.05});
    double expected = time - 0.01 * 1.5 * iron / feed * (1 + 1 / constant[2]);
    if (!(fabs(summary.saturation / expected - 1) < 0.03))
        fail_msg("99 %% after %g s, where %g s were expected", summary.saturation, expected);
    sw_powder_destroy(powder);
    sw_model_destroy(model);
}

/* ---- the built-in model ---------------------------------------------------------------------- */

static sw_powder_summary experiment(const char *nickel, const char *path, const char *value,
                                    double *balance) {
    sw_model *model = NULL;
    sw_error error = {0};
    const sw_setting settings[] = {{"feed.nickel", nickel},
                                   {path ? path : "feed.nickel", value ? value : nickel}};
    if (sw_model_load(&model, "fe2o3-nio", settings, 2, NULL, 0, &error) != SW_OK)
        fail_msg("%s", error.message);
    sw_powder *powder = start(model);
    after(powder, 3840);
    sw_powder_summary summary;
    sw_powder_summarise(&summary, powder, sw_model_powder(model)->criteria);
    *balance = 0;
    for (size_t i = 0; i < sw_powder_points(powder); i++)
        *balance = fmax(*balance, fabs(sw_powder_point(powder, i)->oxygen_balance));
    sw_powder_destroy(powder);
    sw_model_destroy(model);
    return summary;
}

/* Oxygen in the solids, in the gas and in the water that left: the same to 1e-10. */
static void oxygen_is_conserved(void **state) {
    (void)state;
    static const char *const feeds[] = {"none", "metal", "oxide"};
    for (int i = 0; i < 3; i++) {
        double balance;
        sw_powder_summary summary = experiment(feeds[i], NULL, NULL, &balance);
        assert_true(summary.conversion > 0.999 && summary.conversion < 1 + 1e-6);
        if (!(balance < 1e-10))
            fail_msg("%s: %g of the oxygen is missing", feeds[i], balance);
    }
}

/* Finer cells, bins and steps move the saturation time by less than is asked of it. */
static void it_converges(void **state) {
    (void)state;
    static const struct {
        const char *path, *value;
        double limit;
    } finer[] = {{"tolerance", "1e-7", 0.001}, {"cells", "24", 0.01}, {"bins", "9", 0.05}};
    double balance, coarse = experiment("none", NULL, NULL, &balance).saturation;
    for (int i = 0; i < 3; i++) {
        double fine = experiment("none", finer[i].path, finer[i].value, &balance).saturation;
        if (!(fabs(fine / coarse - 1) < finer[i].limit))
            fail_msg("%s %s: %g s, and %g s before", finer[i].path, finer[i].value, fine, coarse);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shrinking_cores),
        cmocka_unit_test(hydroxyls_meet_in_pairs),
        cmocka_unit_test(iron_diffuses_into_nickel),
        cmocka_unit_test(equilibrium_holds),
        cmocka_unit_test(wustite_is_passed_over),
        cmocka_unit_test(magnetite_shrinks_at_once),
        cmocka_unit_test(supply_limits),
        cmocka_unit_test(oxygen_is_conserved),
        cmocka_unit_test(it_converges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
