/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/claims_plan.h"

#include "base/number.h"
#include "model/yaml.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define STANDARD_REPLICAS 3

static bool unknown_key(sw_reading *reading, const sw_node *mapping, const char *const *known,
                        size_t count) {
    sw_names names;
    if (!sw_names_create(reading, &names, count))
        return true;
    for (size_t k = 0; k < count; k++)
        names.list[names.count++] = known[k];
    for (const sw_node *child = mapping->first; child; child = child->next)
        if (sw_names_find(&names, child->key) < 0)
            return !sw_fail_unknown(reading, child, true, "key", child->key, &names);
    return false;
}

static bool is_mapping(sw_reading *reading, const sw_node *node, const char *what) {
    if (node->kind == SW_NODE_MAPPING)
        return true;
    return sw_fail_expected(reading, node, what, NULL);
}

static const char *text_of(const sw_node *mapping, const char *key, const char *otherwise) {
    const sw_node *node = sw_node_find(mapping, key);
    return node && node->kind == SW_NODE_SCALAR ? node->text : otherwise;
}

static bool number_of(sw_reading *reading, const sw_node *mapping, const char *key,
                      double otherwise, double *value) {
    const sw_node *node = sw_node_find(mapping, key);
    *value = otherwise;
    if (!node)
        return true;
    const char *end = NULL;
    if (node->kind == SW_NODE_SCALAR && sw_number_parse(value, node->text, &end) && *end == '\0')
        return true;
    return sw_fail_expected(reading, node, "a number", NULL);
}

/* ---- runs ------------------------------------------------------------------------------------ */

static bool read_settings(sw_reading *reading, sw_planned_run *run, const sw_node *settings) {
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

static bool read_run(sw_reading *reading, sw_planned_run *run, const sw_node *node) {
    static const char *const keys[] = {"settings",     "without", "events",
                                       "quick_events", "seconds", "help"};
    double events, quick;
    if (!is_mapping(reading, node, "a run: {settings, without, events, quick_events, seconds}") ||
        unknown_key(reading, node, keys, 6))
        return false;
    run->name = node->key;
    if (!number_of(reading, node, "events", 0, &events) ||
        !number_of(reading, node, "quick_events", 0, &quick) ||
        !number_of(reading, node, "seconds", 0, &run->seconds))
        return false;
    if (!(events >= 1 && events < 1e15 && quick >= 1 && quick <= events))
        return sw_fail(reading, node, NULL, "a run needs events >= quick_events >= 1");
    run->events = (uint64_t)events;
    run->quick_events = (uint64_t)quick;
    const sw_node *without = sw_node_find(node, "without");
    for (const sw_node *child = without ? without->first : NULL; child; child = child->next)
        if (run->withouts < 4 && child->kind == SW_NODE_SCALAR)
            run->without[run->withouts++] = child->text;
    return read_settings(reading, run, sw_node_find(node, "settings"));
}

static bool read_runs(sw_reading *reading, sw_claims_plan *plan, const sw_node *runs) {
    if (!runs || runs->kind != SW_NODE_MAPPING)
        return sw_fail(reading, runs ? runs : reading->root, NULL, "expected runs: {name: {...}}");
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
    static const char *const keys[] = {"instrument", "preset", "only", "parameters", "help"};
    if (!is_mapping(reading, node, "a measurement: {instrument, preset, only, parameters}") ||
        unknown_key(reading, node, keys, 5))
        return false;
    measurement->name = node->key;
    measurement->instrument = text_of(node, "instrument", NULL);
    measurement->preset = text_of(node, "preset", NULL);
    measurement->only = text_of(node, "only", NULL);
    if (!measurement->instrument)
        return sw_fail(reading, node, "`spillway list instruments` shows them",
                       "a measurement needs an instrument");
    return read_parameters(reading, measurement, sw_node_find(node, "parameters"));
}

static bool read_measurements(sw_reading *reading, sw_claims_plan *plan, const sw_node *list) {
    if (!list)
        return true;
    if (!is_mapping(reading, list, "measurements: {name: {instrument: ...}}"))
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
    measure->number = text_of(node, "number", NULL);
    measure->mean = text_of(node, "mean", NULL);
    measure->correlation = text_of(node, "correlation", NULL);
    measure->with = text_of(node, "with", NULL);
    if (where && !is_mapping(reading, where, "columns and their values: {phase: 1}"))
        return false;
    for (const sw_node *child = where ? where->first : NULL; child; child = child->next) {
        size_t c = measure->atoms.conditions++;
        if (c == SW_ATOM_CONDITIONS)
            return sw_fail(reading, where, NULL, "more than %d conditions", SW_ATOM_CONDITIONS);
        measure->atoms.where[c] = child->key;
        if (!number_of(reading, where, child->key, NAN, &measure->atoms.is[c]))
            return false;
    }
    return true;
}

static bool read_measure(sw_reading *reading, const sw_claims_plan *plan, const sw_measure **made,
                         const sw_node *node, sw_arena *arena) {
    static const char *const keys[] = {"run",  "table",       "column",    "row",   "minus",
                                       "over", "logarithm",   "magnitude", "scale", "number",
                                       "mean", "correlation", "with",      "where"};
    *made = NULL;
    if (!node)
        return true;
    sw_measure *measure = sw_arena_take(arena, 1, sizeof *measure);
    if (!measure)
        return sw_fail_memory(reading);
    if (!is_mapping(reading, node, "a measure: {run, table, column, row}") ||
        unknown_key(reading, node, keys, 14))
        return false;
    measure->run = text_of(node, "run", NULL);
    if (measure->run && sw_claims_plan_find(plan, measure->run) < 0)
        return sw_fail(reading, sw_node_find(node, "run"), NULL, "there is no run '%s'",
                       measure->run);
    measure->table = text_of(node, "table", "series");
    if (strchr(measure->table, '/') && sw_claims_plan_measurement(plan, measure->table) < 0)
        return sw_fail(reading, sw_node_find(node, "table"), NULL,
                       "there is no measurement of the table '%s'", measure->table);
    measure->column = text_of(node, "column", "value");
    measure->row = text_of(node, "row", "last");
    measure->logarithm = strcmp(text_of(node, "logarithm", "false"), "true") == 0;
    measure->magnitude = strcmp(text_of(node, "magnitude", "false"), "true") == 0;
    *made = measure;
    return number_of(reading, node, "scale", 1.0, &measure->scale) &&
           read_atom_measure(reading, measure, node) &&
           read_measure(reading, plan, &measure->minus, sw_node_find(node, "minus"), arena) &&
           read_measure(reading, plan, &measure->over, sw_node_find(node, "over"), arena);
}

static bool read_sweep(sw_reading *reading, const sw_claims_plan *plan, sw_planned_claim *claim,
                       const sw_node *onset) {
    static const char *const keys[] = {"runs", "at", "exceeds"};
    if (!onset)
        return true;
    if (!is_mapping(reading, onset, "an onset: {runs, at, exceeds}") ||
        unknown_key(reading, onset, keys, 3))
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
    return number_of(reading, onset, "exceeds", 0.0, &claim->threshold);
}

/* A known value and how near the whole interval must lie to it. */
static bool read_expected(sw_reading *reading, sw_planned_claim *claim, const sw_node *node) {
    double expected, tolerance;
    if (!sw_node_find(node, "expected") && !sw_node_find(node, "tolerance"))
        return true;
    if (!number_of(reading, node, "expected", NAN, &expected) ||
        !number_of(reading, node, "tolerance", NAN, &tolerance))
        return false;
    if (!(tolerance > 0.0) || isnan(expected) || !isnan(claim->above) || !isnan(claim->below))
        return sw_fail(reading, node, "give the bounds or the known value",
                       "a known value needs expected and tolerance > 0, and no above or below");
    claim->above = expected - tolerance;
    claim->below = expected + tolerance;
    return true;
}

static bool read_claim(sw_reading *reading, sw_claims_plan *plan, sw_planned_claim *claim,
                       const sw_node *node) {
    static const char *const keys[] = {"id",    "claim",    "paper",     "unit",
                                       "note",  "value",    "onset",     "above",
                                       "below", "expected", "tolerance", "calibrated"};
    if (!is_mapping(reading, node, "a claim") || unknown_key(reading, node, keys, 12))
        return false;
    claim->id = text_of(node, "id", NULL);
    claim->claim = text_of(node, "claim", NULL);
    claim->paper = text_of(node, "paper", "");
    claim->unit = text_of(node, "unit", "");
    claim->note = text_of(node, "note", "");
    claim->calibrated = strcmp(text_of(node, "calibrated", "false"), "true") == 0;
    if (!claim->id || !claim->claim || !sw_node_find(node, "value"))
        return sw_fail(reading, node, NULL, "a claim needs id, claim and value");
    return read_measure(reading, plan, &claim->measure, sw_node_find(node, "value"),
                        &plan->arena) &&
           read_sweep(reading, plan, claim, sw_node_find(node, "onset")) &&
           number_of(reading, node, "above", NAN, &claim->above) &&
           number_of(reading, node, "below", NAN, &claim->below) &&
           read_expected(reading, claim, node);
}

static bool read_plan(sw_reading *reading, sw_claims_plan *plan, const char *file,
                      const char *text) {
    static const char *const keys[] = {"format", "model", "replicas", "runs",         "claims",
                                       "preset", "only",  "settings", "measurements", "posterior"};
    double replicas;
    if (!sw_yaml_read(reading, &reading->root, file, text, strlen(text)) ||
        !is_mapping(reading, reading->root, "runs and claims") ||
        unknown_key(reading, reading->root, keys, 10) ||
        !number_of(reading, reading->root, "replicas", STANDARD_REPLICAS, &replicas) ||
        !read_settings(reading, &plan->build, sw_node_find(reading->root, "settings")) ||
        !read_settings(reading, &plan->posterior, sw_node_find(reading->root, "posterior")))
        return false;
    plan->preset = text_of(reading->root, "preset", NULL);
    plan->only = text_of(reading->root, "only", NULL);
    if (!plan->preset && !read_runs(reading, plan, sw_node_find(reading->root, "runs")))
        return false;
    if (!read_measurements(reading, plan, sw_node_find(reading->root, "measurements")))
        return false;
    if (!(replicas >= 2 && replicas <= SW_PLAN_REPLICAS))
        return sw_fail(reading, sw_node_find(reading->root, "replicas"), NULL,
                       "an interval needs 2 to %d replicas", SW_PLAN_REPLICAS);
    plan->replicas = (int)replicas;
    const sw_node *claims = sw_node_find(reading->root, "claims");
    if (!claims || claims->kind != SW_NODE_LIST)
        return sw_fail(reading, claims ? claims : reading->root, NULL, "expected claims: [...]");
    plan->claim = sw_arena_take(&plan->arena, claims->count, sizeof *plan->claim);
    if (!plan->claim)
        return sw_fail_memory(reading);
    for (size_t i = 0; i < claims->count; i++)
        if (!read_claim(reading, plan, &plan->claim[plan->claims++], sw_node_item(claims, i)))
            return false;
    return true;
}

sw_status sw_claims_plan_read(sw_claims_plan *plan, const char *file, const char *text,
                              sw_error *error) {
    *plan = (sw_claims_plan){0};
    sw_reading reading = {.arena = &plan->arena};
    if (read_plan(&reading, plan, file, text))
        return SW_OK;
    if (error)
        *error = reading.error;
    return reading.error.code;
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
