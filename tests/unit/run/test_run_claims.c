/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading claims.yaml: what it gives, and that every mistake is placed. */
#include "run/claims_plan.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define RUNS "runs:\n  a: {events: 10, quick_events: 5, settings: {x: 1 K}, without: [m]}\n"

static void test_plan(void **state) {
    (void)state;
    sw_claims_plan plan;
    sw_error error = {0};
    const char *text = RUNS "  b: {events: 7, quick_events: 7}\n"
                            "replicas: 5\nclaims:\n"
                            "  - {id: C1, claim: text, paper: p, unit: nm, above: 1, below: 2,\n"
                            "     value: {run: a, column: c, row: last, over: {run: b, column: d,\n"
                            "     row: mean}, logarithm: true, scale: -2}}\n"
                            "  - {id: C3, claim: known, value: {run: a}, expected: 0.4,\n"
                            "     tolerance: 0.1}\n"
                            "  - {id: C2, claim: on, value: {column: c},\n"
                            "     onset: {runs: [a, b], at: [1, 2], exceeds: 0.5}}\n";
    assert_int_equal(sw_claims_plan_read(&plan, "claims.yaml", text, strlen(text), &error), SW_OK);
    assert_int_equal(plan.runs, 2);
    assert_int_equal(plan.run[0].events, 10);
    assert_string_equal(plan.run[0].setting[0].text, "1 K");
    assert_string_equal(plan.run[0].without[0], "m");
    assert_int_equal(plan.claims, 3);
    assert_int_equal(plan.replicas, 5);
    assert_true(fabs(plan.claim[1].above - 0.3) < 1e-12 && fabs(plan.claim[1].below - 0.5) < 1e-12);
    const sw_measure *measure = plan.claim[0].measure;
    assert_string_equal(measure->over->run, "b");
    assert_true(measure->logarithm && measure->scale == -2.0 && measure->over->scale == 1.0);
    assert_true(plan.claim[0].above == 1.0 && plan.claim[0].below == 2.0);
    assert_true(isnan(plan.claim[2].above));
    assert_int_equal(plan.claim[2].sweeps, 2);
    assert_true(plan.claim[2].place[1] == 2.0 && plan.claim[2].threshold == 0.5);
    assert_int_equal(sw_claims_plan_find(&plan, "b"), 1);
    assert_int_equal(sw_claims_plan_find(&plan, "c"), -1);
    sw_claims_plan_clear(&plan);
}

/* A recipe's plan: no runs, numbers of a survey and of its atoms. */
static void test_plan_of_atoms(void **state) {
    (void)state;
    sw_claims_plan plan;
    sw_error error = {0};
    const char *text = "preset: zhang-2024\nonly: metal\nsettings: {noise: 16 pm}\nclaims:\n"
                       "  - {id: C1, claim: t, value: {number: \"rdf: first valley\"}, above: 1}\n"
                       "  - {id: C2, claim: t, value: {mean: c, where: {phase: 1, void: 0}}}\n"
                       "  - {id: C3, claim: t, value: {correlation: a, with: b}, below: 0}\n";
    assert_int_equal(sw_claims_plan_read(&plan, "claims.yaml", text, strlen(text), &error), SW_OK);
    assert_string_equal(plan.preset, "zhang-2024");
    assert_string_equal(plan.only, "metal");
    assert_string_equal(plan.build.setting[0].text, "16 pm");
    assert_string_equal(plan.claim[0].measure->number, "rdf: first valley");
    const sw_atom_choice *atoms = &plan.claim[1].measure->atoms;
    assert_int_equal(atoms->conditions, 2);
    assert_string_equal(atoms->where[1], "void");
    assert_true(atoms->is[0] == 1.0 && atoms->is[1] == 0.0);
    assert_string_equal(plan.claim[2].measure->with, "b");
    sw_claims_plan_clear(&plan);
}

/* Instruments that look at the atoms of a run; claims name their tables. */
static void test_plan_of_measurements(void **state) {
    (void)state;
    sw_claims_plan plan;
    sw_error error = {0};
    const char *text =
        RUNS "measurements:\n"
             "  deep: {instrument: profile, preset: p, parameters: {from: line, low: 1 nm}}\n"
             "  deeper: {instrument: profile, only: metal}\n"
             "claims:\n"
             "  - {id: C, claim: t, value: {run: a, table: deeper/numbers, row: Ni}, above: 0}\n";
    assert_int_equal(sw_claims_plan_read(&plan, "claims.yaml", text, strlen(text), &error), SW_OK);
    assert_int_equal(plan.measurements, 2);
    assert_string_equal(plan.measurement[0].instrument, "profile");
    assert_string_equal(plan.measurement[0].preset, "p");
    assert_int_equal(plan.measurement[0].given_count, 2);
    assert_string_equal(plan.measurement[0].given[1][0], "low");
    assert_string_equal(plan.measurement[0].given[1][1], "1 nm");
    assert_string_equal(plan.measurement[1].only, "metal");
    assert_int_equal(sw_claims_plan_measurement(&plan, plan.claim[0].measure->table), 1);
    assert_int_equal(sw_claims_plan_measurement(&plan, "deep/profile"), 0);
    assert_int_equal(sw_claims_plan_measurement(&plan, "dee/profile"), -1);
    assert_int_equal(sw_claims_plan_measurement(&plan, "series"), -1);
    sw_claims_plan_clear(&plan);
}

static void test_mistakes(void **state) {
    (void)state;
    static const struct {
        const char *text, *place, *word;
    } wrong[] = {
        {"runs: [1]\nclaims: []\n", ":1:", "runs"},
        {RUNS, ":1:", "claims"},
        {RUNS "claims:\n  - {id: C}\n", ":4:", "needs id"},
        {RUNS "claims:\n  - {id: C, claim: t, value: {run: z}}\n", ":4:", "no run 'z'"},
        {RUNS "claims:\n  - {id: C, claim: t, value: {colum: z}}\n", ":4:", "unknown key 'colum'"},
        {RUNS "claims:\n  - {id: C, claim: t, value: {run: a}, above: x}\n", ":4:", "a number"},
        {RUNS "claims:\n  - {id: C, claim: t, value: {run: a}, onset: {runs: [a], at: [1]}}\n",
         ":4:", "an onset needs"},
        {"runs:\n  a: {events: 0, quick_events: 1}\nclaims: []\n", ":2:", "events >="},
        {"runs:\n  a: {event: 5}\nclaims: []\n", ":2:", "unknown key 'event'"},
        {RUNS "claims:\n  - {id: C, claim: t, value: {run: a}, expected: 1}\n", ":4:", "tolerance"},
        {RUNS "claims:\n  - {id: C, claim: t, value: {run: a}, expected: 1, tolerance: 0.1,\n"
              "     above: 0}\n",
         ":4:", "no above"},
        {RUNS "replicas: 1\nclaims: []\n", ":3:", "replicas"},
        {"preset: p\nclaims:\n  - {id: C, claim: t, value: {mean: c, where: 3}}\n",
         ":3:", "columns"},
        {"preset: p\nclaims:\n  - {id: C, claim: t, value: {mean: c, where: {a: x}}}\n",
         ":3:", "a number"},
        {"preset: p\nclaims:\n  - {id: C, claim: t, value: {mean: c,\n"
         "     where: {a: 1, b: 1, c: 1, d: 1, e: 1}}}\n",
         ":4:", "more than 4"},
        {RUNS "claims:\n  - {id: C, claim: t, value: {run: a, table: d/numbers}}\n",
         ":4:", "no measurement"},
        {RUNS "measurements: {d: {preset: p}}\nclaims: []\n", ":3:", "needs an instrument"},
        {RUNS "measurements: {d: {instrument: i, low: 1}}\nclaims: []\n",
         ":3:", "unknown key 'low'"},
        {RUNS "measurements: {d: {instrument: i, parameters: {a: [1]}}}\nclaims: []\n",
         ":3:", "a value in one line"},
        {RUNS "measurements: [d]\nclaims: []\n", ":3:", "measurements:"},
        {"run: {}\n", ":1:", "unknown key 'run'"},
        {"name: m\nsimulator: lattice\n", ":1:", "this is a model"},
        {"runs:\n  ../a: {events: 1}\nclaims: []\n", ":2:", "name of a folder"},
        {"runs:\n  a: {events: [1]}\nclaims: []\n", ":2:", "a value in one line"},
        {"runs:\n  a: {events: 1, seconds: -1}\nclaims: []\n", ":2:", "seconds"},
        {"runs:\n  a: {events: 1, without: [a, b, c, d, e]}\nclaims: []\n", ":2:", "at most 4"},
        {RUNS "claims:\n  - {id: C, claim: t, value: {column: c}}\n", ":4:", "needs its run"},
        {RUNS "claims:\n  - {id: C, claim: t, value: {run: a, minus: {column: c}}}\n",
         ":4:", "needs its run"},
        {RUNS "claims:\n  - {id: C, claim: t, value: {run: a, mean: c}}\n", ":4:", "a recipe"},
        {RUNS "claims:\n  - {id: C, claim: t, value: {run: a, logarithm: yes}}\n",
         ":4:", "true or false"},
        {RUNS "claims:\n  - {id: C, claim: t, value: {run: a}}\n  - {id: C, claim: u,\n"
              "     value: {run: a}}\n",
         ":5:", "two claims"},
        {RUNS "claims:\n  - {id: C, claim: t, unit: thousand thousand metres a second, value: "
              "{run: a}}\n",
         ":4:", "at most 31 letters"},
        {RUNS "claims:\n  - {id: C, claim: t, value: {run: a}, onset: {runs: 1, at: [1, 2]}}\n",
         ":4:", "an onset needs"},
        {"runs:\n  a: {events: 1, settings: [x]}\nclaims: []\n", ":2:", "settings:"},
        {"runs:\n  a: {events: 1, without: x}\nclaims: []\n", ":2:", "a list"},
        {"runs: {}\nposterior: 3\nclaims: []\n", ":2:", "settings:"},
        {RUNS "measurements: {d: {instrument: i, parameters: [1]}}\nclaims: []\n",
         ":3:", "parameters:"},
        {RUNS "replicas: .nan\nclaims: []\n", ":3:", "a number"},
        {RUNS "replicas: 1e300\nclaims: []\n", ":3:", "2 to 64"},
        {RUNS "claims:\n  - {id: C, claim: t, value: {run: a}, elsewhere: x}\n", ":4:", "needs id"},
        {RUNS "claims:\n  - {id: C, claim: t, elsewhere: x, onset: {}}\n", ":4:", "no onset"},
        {"preset: p\nclaims:\n  - {id: C, claim: t, value: {run: a}}\n", ":3:", "no run 'a'"},
        {"preset: p\nclaims:\n  - {id: C, claim: t, value: {row: last}}\n", ":3:", "needs number"},
        {"preset: p\nclaims:\n  - {id: C, claim: t, value: {correlation: a}}\n", ":3:", "with"},
        {"preset: p\nclaims:\n  - {id: C, claim: t, value: {mean: c}, onset: {}}\n",
         ":3:", "no runs"},
        {"runs: {a: {\n", ":", ""},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        sw_claims_plan plan;
        sw_error error = {0};
        sw_status status =
            sw_claims_plan_read(&plan, "claims.yaml", wrong[i].text, strlen(wrong[i].text), &error);
        sw_claims_plan_clear(&plan);
        if (status == SW_OK || !strstr(error.place, wrong[i].place) ||
            !strstr(error.message, wrong[i].word))
            fail_msg("case %zu: %d, %s: %s", i, status, error.place, error.message);
    }
}

/* The hint is a sentence, as for the keys of a model. */
static void test_mistyped_key(void **state) {
    (void)state;
    sw_claims_plan plan;
    sw_error error = {0};
    const char *text = RUNS "claims:\n  - {id: C, claim: t, value: {colum: z}}\n";
    assert_int_not_equal(sw_claims_plan_read(&plan, "claims.yaml", text, strlen(text), &error),
                         SW_OK);
    assert_string_equal(error.hint, "did you mean 'column'?");
    sw_claims_plan_clear(&plan);
}

/* The claims of every built-in model can be read. */
static void test_builtin(void **state) {
    (void)state;
    for (size_t i = 0; i < sw_builtin_model_count(); i++) {
        const sw_builtin_model *model = sw_builtin_model_at(i);
        sw_claims_plan plan;
        sw_error error = {0};
        if (!model->claims[0])
            continue;
        if (sw_claims_plan_open(&plan, model->name, &error) != SW_OK)
            fail_msg("%s: %s", error.place, error.message);
        assert_string_equal(plan.model, model->name);
        assert_true(plan.claims > 0);
        sw_claims_plan_clear(&plan);
    }
}

static void write_file(const char *name, const char *text) {
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

/* A file of claims names its model, from its own folder. */
static void test_file(void **state) {
    (void)state;
    sw_claims_plan plan;
    sw_error error = {0};
    char folder[] = "claims-XXXXXX", path[64], model[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/claims.yaml", folder);
    snprintf(model, sizeof model, "%s/mine.yaml", folder);
    write_file(path, "model: mine.yaml\n" RUNS "claims: [{id: C, claim: t, value: {run: a}}]\n");
    assert_int_equal(sw_claims_plan_open(&plan, path, &error), SW_OK);
    assert_string_equal(plan.model, model);
    sw_claims_plan_clear(&plan);
    write_file(path, "model: zgb\n" RUNS "claims: []\n");
    assert_int_equal(sw_claims_plan_open(&plan, path, &error), SW_OK);
    assert_string_equal(plan.model, "zgb");
    sw_claims_plan_clear(&plan);
    write_file(path, RUNS "claims: []\n");
    assert_int_equal(sw_claims_plan_open(&plan, path, &error), SW_ERROR_MODEL);
    assert_non_null(strstr(error.message, "need the model"));
    sw_claims_plan_clear(&plan);
    remove(path);
    assert_int_equal(sw_claims_plan_open(&plan, path, &error), SW_ERROR_FILE);
    sw_claims_plan_clear(&plan);
    assert_int_equal(sw_claims_plan_open(&plan, "no-such-model", &error), SW_ERROR_NOT_FOUND);
    sw_claims_plan_clear(&plan);
    assert_int_equal(remove(folder), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plan),
        cmocka_unit_test(test_plan_of_atoms),
        cmocka_unit_test(test_plan_of_measurements),
        cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_mistyped_key),
        cmocka_unit_test(test_builtin),
        cmocka_unit_test(test_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
