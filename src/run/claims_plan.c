/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/claims_plan.h"

#include "base/number.h"
#include "model/source.h"
#include "model/yaml.h"
#include "run/claims_keys.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STANDARD_REPLICAS 3
#define QUICK_SHARE 0.05 /* of the events of a run, where it does not say */

/* ---- runs ------------------------------------------------------------------------------------ */

static bool read_settings(sw_reading *reading, sw_planned_run *run, const sw_node *settings) {
    if (settings && !sw_plan_mapping(reading, settings, "settings: {name: value}"))
        return false;
    for (const sw_node *child = settings ? settings->first : NULL; child; child = child->next) {
        if (child->kind != SW_NODE_SCALAR)
            return sw_fail_expected(reading, child, "a value in one line", "quote lists");
        if (run->settings == SW_PLAN_SETTINGS)
            return sw_fail(reading, child, NULL, "more than %d settings in one run",
                           SW_PLAN_SETTINGS);
        run->setting[run->settings++] = (sw_setting){child->key, child->text};
    }
    return true;
}

static bool read_without(sw_reading *reading, sw_planned_run *run, const sw_node *list) {
    if (list && list->kind != SW_NODE_LIST)
        return sw_fail_expected(reading, list, "a list of mechanisms", NULL);
    for (const sw_node *child = list ? list->first : NULL; child; child = child->next) {
        if (child->kind != SW_NODE_SCALAR || run->withouts == SW_PLAN_WITHOUT)
            return sw_fail(reading, child, NULL, "without: names of at most %d mechanisms",
                           SW_PLAN_WITHOUT);
        run->without[run->withouts++] = child->text;
    }
    return true;
}

static bool read_length(sw_reading *reading, sw_planned_run *run, const sw_node *node) {
    double events, quick;
    if (!sw_plan_number(reading, node, "events", 0, &events) ||
        !sw_plan_number(reading, node, "quick_events", fmax(1.0, floor(QUICK_SHARE * events)),
                        &quick) ||
        !sw_plan_number(reading, node, "seconds", 0, &run->seconds))
        return false;
    if (!(events >= 1 && events < 1e15 && quick >= 1 && quick <= events))
        return sw_fail(reading, node, NULL, "a run needs events >= quick_events >= 1");
    if (!(run->seconds >= 0.0))
        return sw_fail(reading, sw_node_find(node, "seconds"), NULL,
                       "a run lasts so many simulated seconds, or 0 for as long as its events do");
    run->events = (uint64_t)events;
    run->quick_events = (uint64_t)quick;
    return true;
}

static bool read_run(sw_reading *reading, sw_planned_run *run, const sw_node *node) {
    static const char *const plain[] = {"events", "quick_events", "seconds", "help", NULL};
    static const char *const nested[] = {"settings", "without", NULL};
    const sw_plan_known known = {plain, nested};
    if (!sw_plan_mapping(reading, node,
                         "a run: {settings, without, events, quick_events, seconds}") ||
        !sw_plan_keys(reading, node, &known) || !sw_plan_folder(reading, node))
        return false;
    run->name = node->key;
    return read_length(reading, run, node) &&
           read_without(reading, run, sw_node_find(node, "without")) &&
           read_settings(reading, run, sw_node_find(node, "settings"));
}

static bool read_runs(sw_reading *reading, sw_claims_plan *plan, const sw_node *runs) {
    if (!runs || runs->kind != SW_NODE_MAPPING)
        return sw_fail(reading, runs ? runs : reading->root,
                       "of a recipe the atoms are measured: name the preset",
                       "expected runs: {name: {...}}");
    plan->run = sw_arena_take(&plan->arena, runs->count, sizeof *plan->run);
    if (!plan->run)
        return sw_fail_memory(reading);
    for (const sw_node *child = runs->first; child; child = child->next)
        if (!read_run(reading, &plan->run[plan->runs++], child))
            return false;
    return true;
}

/* ---- measurements ---------------------------------------------------------------------------- */

static bool read_parameters(sw_reading *reading, sw_planned_measurement *measurement,
                            const sw_node *node) {
    if (node && !sw_plan_mapping(reading, node, "parameters: {name: value}"))
        return false;
    for (const sw_node *child = node ? node->first : NULL; child; child = child->next) {
        size_t p = measurement->given_count++;
        if (child->kind != SW_NODE_SCALAR)
            return sw_fail_expected(reading, child, "a value in one line", NULL);
        if (p == SW_PLAN_PARAMETERS)
            return sw_fail(reading, child, NULL, "more than %d parameters", SW_PLAN_PARAMETERS);
        measurement->given[p][0] = child->key;
        measurement->given[p][1] = child->text;
    }
    return true;
}

static bool read_measurement(sw_reading *reading, sw_planned_measurement *measurement,
                             const sw_node *node) {
    static const char *const plain[] = {"instrument", "preset", "only", "help", NULL};
    static const char *const nested[] = {"parameters", NULL};
    const sw_plan_known known = {plain, nested};
    if (!sw_plan_mapping(reading, node, "a measurement: {instrument, preset, only, parameters}") ||
        !sw_plan_keys(reading, node, &known) || !sw_plan_folder(reading, node))
        return false;
    measurement->name = node->key;
    measurement->instrument = sw_plan_text(node, "instrument", NULL);
    measurement->preset = sw_plan_text(node, "preset", NULL);
    measurement->only = sw_plan_text(node, "only", NULL);
    if (!measurement->instrument)
        return sw_fail(reading, node, "`spillway list instruments` shows them",
                       "a measurement needs an instrument");
    return read_parameters(reading, measurement, sw_node_find(node, "parameters"));
}

static bool read_measurements(sw_reading *reading, sw_claims_plan *plan, const sw_node *list) {
    if (!list)
        return true;
    if (!sw_plan_mapping(reading, list, "measurements: {name: {instrument: ...}}"))
        return false;
    plan->measurement = sw_arena_take(&plan->arena, list->count, sizeof *plan->measurement);
    if (!plan->measurement)
        return sw_fail_memory(reading);
    for (const sw_node *child = list->first; child; child = child->next)
        if (!read_measurement(reading, &plan->measurement[plan->measurements++], child))
            return false;
    return true;
}

/* ---- claims ---------------------------------------------------------------------------------- */

/* "mean: COLUMN, where: {COLUMN: NUMBER, ...}" and its like. */
static bool read_atom_measure(sw_reading *reading, sw_measure *measure, const sw_node *node) {
    const sw_node *where = sw_node_find(node, "where");
    measure->number = sw_plan_text(node, "number", NULL);
    measure->mean = sw_plan_text(node, "mean", NULL);
    measure->correlation = sw_plan_text(node, "correlation", NULL);
    measure->with = sw_plan_text(node, "with", NULL);
    if (where && !sw_plan_mapping(reading, where, "columns and their values: {phase: 1}"))
        return false;
    for (const sw_node *child = where ? where->first : NULL; child; child = child->next) {
        size_t c = measure->atoms.conditions++;
        if (c == SW_ATOM_CONDITIONS)
            return sw_fail(reading, where, NULL, "more than %d conditions", SW_ATOM_CONDITIONS);
        measure->atoms.where[c] = child->key;
        if (!sw_plan_number(reading, where, child->key, NAN, &measure->atoms.is[c]))
            return false;
    }
    return true;
}

static bool read_place(sw_reading *reading, const sw_claims_plan *plan, sw_measure *measure,
                       const sw_node *node) {
    measure->run = sw_plan_text(node, "run", NULL);
    measure->table = sw_plan_text(node, "table", "series");
    measure->column = sw_plan_text(node, "column", "value");
    measure->row = sw_plan_text(node, "row", "last");
    if (measure->run && sw_claims_plan_find(plan, measure->run) < 0)
        return sw_fail(reading, sw_node_find(node, "run"), NULL, "there is no run '%s'",
                       measure->run);
    if (strchr(measure->table, '/') && sw_claims_plan_measurement(plan, measure->table) < 0)
        return sw_fail(reading, sw_node_find(node, "table"), NULL,
                       "there is no measurement of the table '%s'", measure->table);
    return true;
}

/* What is measured: of a simulation a place in a table of a run, of a recipe a number of its atoms. */
static bool is_measurable(sw_reading *reading, const sw_claims_plan *plan,
                          const sw_measure *measure, const sw_node *node, bool in_sweep) {
    const bool of_atoms = measure->number || measure->mean || measure->correlation;
    if (plan->preset && !of_atoms)
        return sw_fail(reading, node, NULL,
                       "a value of a recipe needs number, mean, or correlation and with");
    if (plan->preset && measure->correlation && !measure->with)
        return sw_fail(reading, node, NULL, "a correlation needs the other column: with");
    if (!plan->preset && of_atoms)
        return sw_fail(reading, node, "a simulation is seen through its tables, or `measurements`",
                       "number, mean and correlation belong to claims on a recipe");
    if (!plan->preset && !measure->run && !in_sweep)
        return sw_fail(reading, node, NULL, "a value needs its run");
    return true;
}

static bool read_measure(sw_reading *reading, sw_claims_plan *plan, const sw_measure **made,
                         const sw_node *node, bool in_sweep) {
    static const char *const plain[] = {"run",       "table",       "column", "row",
                                        "logarithm", "magnitude",   "scale",  "number",
                                        "mean",      "correlation", "with",   NULL};
    static const char *const nested[] = {"minus", "over", "where", NULL};
    const sw_plan_known known = {plain, nested};
    *made = NULL;
    if (!node)
        return true;
    sw_measure *measure = sw_arena_take(&plan->arena, 1, sizeof *measure);
    if (!measure)
        return sw_fail_memory(reading);
    *made = measure;
    return sw_plan_mapping(reading, node, "a measure: {run, table, column, row}") &&
           sw_plan_keys(reading, node, &known) && read_place(reading, plan, measure, node) &&
           sw_plan_flag(reading, node, "logarithm", &measure->logarithm) &&
           sw_plan_flag(reading, node, "magnitude", &measure->magnitude) &&
           sw_plan_number(reading, node, "scale", 1.0, &measure->scale) &&
           read_atom_measure(reading, measure, node) &&
           is_measurable(reading, plan, measure, node, in_sweep) &&
           read_measure(reading, plan, &measure->minus, sw_node_find(node, "minus"), in_sweep) &&
           read_measure(reading, plan, &measure->over, sw_node_find(node, "over"), in_sweep);
}

static bool read_sweep(sw_reading *reading, const sw_claims_plan *plan, sw_planned_claim *claim,
                       const sw_node *onset) {
    static const char *const plain[] = {"exceeds", NULL}, *const nested[] = {"runs", "at", NULL};
    const sw_plan_known known = {plain, nested};
    if (!onset)
        return true;
    if (plan->preset)
        return sw_fail_key(reading, onset, NULL, "a recipe has no runs to find an onset in");
    if (!sw_plan_mapping(reading, onset, "an onset: {runs, at, exceeds}") ||
        !sw_plan_keys(reading, onset, &known))
        return false;
    const sw_node *runs = sw_node_find(onset, "runs"), *at = sw_node_find(onset, "at");
    if (!runs || !at || runs->count != at->count || runs->count < 2 || runs->count > SW_PLAN_SWEEP)
        return sw_fail(reading, onset, NULL, "an onset needs 2 to %d runs and as many places",
                       SW_PLAN_SWEEP);
    for (size_t i = 0; i < runs->count; i++) {
        const char *end = NULL, *name = sw_node_item(runs, i)->text;
        if (!name || sw_claims_plan_find(plan, name) < 0)
            return sw_fail(reading, sw_node_item(runs, i), NULL, "there is no such run");
        const char *place = sw_node_item(at, i)->text;
        if (!place || !sw_number_parse(&claim->place[i], place, &end) || *end)
            return sw_fail_expected(reading, sw_node_item(at, i), "a number", NULL);
        claim->sweep[claim->sweeps++] = name;
    }
    return sw_plan_number(reading, onset, "exceeds", 0.0, &claim->threshold);
}

/* A known value and how near the whole interval must lie to it. */
static bool read_expected(sw_reading *reading, sw_planned_claim *claim, const sw_node *node) {
    double expected, tolerance;
    if (!sw_node_find(node, "expected") && !sw_node_find(node, "tolerance"))
        return true;
    if (!sw_plan_number(reading, node, "expected", NAN, &expected) ||
        !sw_plan_number(reading, node, "tolerance", NAN, &tolerance))
        return false;
    if (!(tolerance > 0.0) || isnan(expected) || !isnan(claim->above) || !isnan(claim->below))
        return sw_fail(reading, node, "give the bounds or the known value",
                       "a known value needs expected and tolerance > 0, and no above or below");
    claim->above = expected - tolerance;
    claim->below = expected + tolerance;
    return true;
}

static bool is_new(sw_reading *reading, const sw_claims_plan *plan, const sw_planned_claim *claim,
                   const sw_node *node) {
    for (const sw_planned_claim *other = plan->claim; other < claim; other++)
        if (strcmp(other->id, claim->id) == 0)
            return sw_fail(reading, sw_node_find(node, "id"), NULL, "two claims have the id '%s'",
                           claim->id);
    return true;
}

static bool read_labels(sw_reading *reading, sw_planned_claim *claim, const sw_node *node) {
    const sw_claim *room = NULL;
    claim->note = sw_plan_text(node, "note", "");
    claim->elsewhere = sw_plan_text(node, "elsewhere", NULL);
    if (!sw_plan_text(node, "id", NULL) || !sw_plan_text(node, "claim", NULL) ||
        (sw_node_find(node, "value") != NULL) == (claim->elsewhere != NULL))
        return sw_fail(reading, node, NULL, "a claim needs id, claim and value, or elsewhere");
    if (claim->elsewhere && sw_node_find(node, "onset"))
        return sw_fail(reading, node, NULL, "what is tested elsewhere has no onset here");
    return sw_plan_label(reading, node, "id", sizeof room->id, &claim->id) &&
           sw_plan_label(reading, node, "claim", sizeof room->claim, &claim->claim) &&
           sw_plan_label(reading, node, "paper", sizeof room->paper, &claim->paper) &&
           sw_plan_label(reading, node, "unit", sizeof room->unit, &claim->unit);
}

static bool read_claim(sw_reading *reading, sw_claims_plan *plan, sw_planned_claim *claim,
                       const sw_node *node) {
    static const char *const plain[] = {"id",        "claim",      "paper",     "unit",
                                        "note",      "above",      "below",     "expected",
                                        "tolerance", "calibrated", "elsewhere", NULL};
    static const char *const nested[] = {"value", "onset", NULL};
    const sw_plan_known known = {plain, nested};
    return sw_plan_mapping(reading, node, "a claim") && sw_plan_keys(reading, node, &known) &&
           read_labels(reading, claim, node) && is_new(reading, plan, claim, node) &&
           sw_plan_flag(reading, node, "calibrated", &claim->calibrated) &&
           read_sweep(reading, plan, claim, sw_node_find(node, "onset")) &&
           read_measure(reading, plan, &claim->measure, sw_node_find(node, "value"),
                        claim->sweeps > 0) &&
           sw_plan_number(reading, node, "above", NAN, &claim->above) &&
           sw_plan_number(reading, node, "below", NAN, &claim->below) &&
           read_expected(reading, claim, node);
}

static bool read_claims(sw_reading *reading, sw_claims_plan *plan, const sw_node *claims) {
    if (!claims || claims->kind != SW_NODE_LIST)
        return sw_fail(reading, claims ? claims : reading->root, NULL, "expected claims: [...]");
    plan->claim = sw_arena_take(&plan->arena, claims->count, sizeof *plan->claim);
    if (!plan->claim)
        return sw_fail_memory(reading);
    for (const sw_node *child = claims->first; child; child = child->next)
        if (!read_claim(reading, plan, &plan->claim[plan->claims++], child))
            return false;
    return true;
}

static bool read_replicas(sw_reading *reading, const char *key, int otherwise, int *replicas) {
    double value;
    if (!sw_plan_number(reading, reading->root, key, otherwise, &value))
        return false;
    if (!(value >= 2 && value <= SW_PLAN_REPLICAS))
        return sw_fail(reading, sw_node_find(reading->root, key), NULL,
                       "an interval needs 2 to %d replicas", SW_PLAN_REPLICAS);
    *replicas = (int)value;
    return true;
}

/* A model where its claims are asked for is the likeliest mistake. */
static bool is_plan(sw_reading *reading) {
    static const char *const plain[] = {"format", "model", "replicas", "quick_replicas",
                                        "preset", "only",  NULL};
    static const char *const nested[] = {"runs",         "claims",    "settings",
                                         "measurements", "posterior", NULL};
    const sw_plan_known known = {plain, nested};
    const sw_node *root = reading->root;
    if (!sw_plan_mapping(reading, root, "runs and claims"))
        return false;
    if (sw_node_find(root, "simulator") || sw_node_find(root, "builds") ||
        sw_node_find(root, "include"))
        return sw_fail(reading, root,
                       "claims stand in a file of their own that names the model: see the example "
                       "in docs/claims.md",
                       "this is a model, not a file of claims");
    return sw_plan_keys(reading, root, &known);
}

static bool read_plan(sw_reading *reading, sw_claims_plan *plan) {
    const sw_node *root = reading->root;
    if (!is_plan(reading) ||
        !read_replicas(reading, "replicas", STANDARD_REPLICAS, &plan->replicas) ||
        !read_replicas(reading, "quick_replicas", plan->replicas, &plan->quick_replicas) ||
        !read_settings(reading, &plan->build, sw_node_find(root, "settings")) ||
        !read_settings(reading, &plan->posterior, sw_node_find(root, "posterior")))
        return false;
    plan->preset = sw_plan_text(root, "preset", NULL);
    plan->only = sw_plan_text(root, "only", NULL);
    return (plan->preset || read_runs(reading, plan, sw_node_find(root, "runs"))) &&
           read_measurements(reading, plan, sw_node_find(root, "measurements")) &&
           read_claims(reading, plan, sw_node_find(root, "claims"));
}

/* ---- sources --------------------------------------------------------------------------------- */

static sw_status result_of(const sw_reading *reading, bool good, sw_error *error) {
    if (good)
        return SW_OK;
    if (error)
        *error = reading->error;
    return reading->error.code;
}

sw_status sw_claims_plan_read(sw_claims_plan *plan, const char *file, const char *text,
                              size_t length, sw_error *error) {
    *plan = (sw_claims_plan){0};
    sw_reading reading = {.arena = &plan->arena};
    return result_of(&reading,
                     sw_yaml_read(&reading, &reading.root, file, text, length) &&
                         read_plan(&reading, plan),
                     error);
}

static sw_status open_builtin(sw_claims_plan *plan, const char *name, sw_error *error) {
    const sw_builtin_model *builtin = sw_builtin_model_find(name);
    if (!builtin)
        return sw_error_set(error, SW_ERROR_NOT_FOUND, name,
                            "see `spillway list models`; a file of claims is given as ./name.yaml",
                            "no built-in model '%.200s'", name);
    if (!builtin->claims[0])
        return sw_error_set(error, SW_ERROR_NOT_FOUND, name,
                            builtin->is_recipe ? "build it instead" : "simulate it instead",
                            "the model '%s' makes no claims", name);
    char file[96];
    snprintf(file, sizeof file, "%.60s (built-in claims)", name);
    sw_status status =
        sw_claims_plan_read(plan, file, builtin->claims, strlen(builtin->claims), error);
    plan->model = builtin->name;
    return status;
}

static bool find_model(sw_reading *reading, sw_claims_plan *plan) {
    plan->model = sw_plan_text(reading->root, "model", NULL);
    if (!plan->model)
        return sw_fail(reading, reading->root,
                       "model: zgb, or model: a path from the folder of this file",
                       "claims need the model that they are about");
    if (sw_source_is_path(plan->model))
        plan->model = sw_source_beside(reading, reading->root->file, plan->model);
    return plan->model;
}

sw_status sw_claims_plan_open(sw_claims_plan *plan, const char *source, sw_error *error) {
    *plan = (sw_claims_plan){0};
    if (!sw_source_is_path(source))
        return open_builtin(plan, source, error);
    sw_reading reading = {.arena = &plan->arena};
    return result_of(&reading,
                     sw_source_read_file(&reading, source) && read_plan(&reading, plan) &&
                         find_model(&reading, plan),
                     error);
}

void sw_claims_plan_clear(sw_claims_plan *plan) {
    sw_arena_clear(&plan->arena);
    *plan = (sw_claims_plan){0};
}

int sw_claims_plan_find(const sw_claims_plan *plan, const char *run) {
    for (size_t r = 0; r < plan->runs; r++)
        if (strcmp(plan->run[r].name, run) == 0)
            return (int)r;
    return -1;
}

int sw_claims_plan_measurement(const sw_claims_plan *plan, const char *table) {
    const char *slash = strchr(table, '/');
    for (size_t m = 0; slash && m < plan->measurements; m++) {
        const char *name = plan->measurement[m].name;
        size_t length = (size_t)(slash - table);
        if (strlen(name) == length && strncmp(name, table, length) == 0)
            return (int)m;
    }
    return -1;
}
