/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs one model for bench/peers/compare: warm-up, then a timed stretch in user CPU time, then
 * coverages. The task is a JSON object: "settings" ({path: value}), "seed", "warm" (events),
 * "seconds" (CPU time to measure, 0: none), "samples" and "between" (how often, after how many
 * events, coverages are taken). Prints one JSON line.
 */
#include "measuring.h"

#include <stdio.h>

#define CHUNK 100000 /* events between two looks at the clock */
#define SETTINGS_LIMIT 64

static double number(const json_t *task, const char *key, double otherwise) {
    const json_t *value = json_object_get(task, key);
    return json_is_number(value) ? json_number_value(value) : otherwise;
}

static sw_status measure(json_t *result, sw_lattice *lattice, double seconds, sw_error *error) {
    uint64_t first = sw_lattice_events(lattice);
    double start = user_seconds();
    sw_status status = SW_OK;
    while (status == SW_OK && user_seconds() - start < seconds)
        status = go_on(lattice, CHUNK, error);
    json_object_set_new(result, "cpu_seconds", json_real(user_seconds() - start));
    json_object_set_new(result, "events",
                        json_integer((json_int_t)(sw_lattice_events(lattice) - first)));
    return status;
}

/* Shares of all sites by species, averaged over the samples. */
static sw_status sample(json_t *result, sw_lattice *lattice, const sw_lattice_model *model,
                        const json_t *task, sw_error *error) {
    double share[SW_SPECIES_LIMIT] = {0.0}, samples = number(task, "samples", 1);
    sw_status status = SW_OK;
    for (int i = 0; i < (int)samples && status == SW_OK; i++) {
        status = go_on(lattice, (uint64_t)number(task, "between", CHUNK), error);
        for (size_t s = 0; s < model->species_count; s++)
            share[s] += (double)sw_lattice_count(lattice, 1u << s, (sw_kind_set)-1) /
                        ((double)sw_lattice_sites(lattice) * samples);
    }
    json_t *coverage = json_object();
    for (size_t s = 0; s < model->species_count; s++)
        json_object_set_new(coverage, model->species[s].name, json_real(share[s]));
    json_object_set_new(result, "coverage", coverage);
    return status;
}

static sw_status run(json_t *result, const sw_lattice_model *model, const json_t *task,
                     sw_error *error) {
    sw_lattice *lattice = NULL;
    double start = user_seconds();
    sw_status status =
        sw_lattice_create(&lattice, model, (uint64_t)number(task, "seed", 1), NULL, error);
    json_object_set_new(result, "setup_seconds", json_real(user_seconds() - start));
    if (status == SW_OK)
        status = go_on(lattice, (uint64_t)number(task, "warm", 0), error);
    if (status == SW_OK)
        status = measure(result, lattice, number(task, "seconds", 0), error);
    if (status == SW_OK)
        status = sample(result, lattice, model, task, error);
    json_object_set_new(result, "memory_bytes", json_real(peak_bytes()));
    sw_lattice_destroy(lattice);
    return status;
}

static sw_status load_and_run(json_t *result, const char *file, const json_t *task,
                              sw_error *error) {
    sw_setting settings[SETTINGS_LIMIT] = {0};
    size_t count = 0;
    const char *path;
    json_t *value;
    json_object_foreach(json_object_get(task, "settings"), path,
                        value) if (count < SETTINGS_LIMIT && json_is_string(value))
        settings[count++] = (sw_setting){path, json_string_value(value)};
    sw_model *model = NULL;
    sw_status status = sw_model_load(&model, file, settings, count, NULL, 0, error);
    if (status == SW_OK)
        status = run(result, sw_model_lattice(model), task, error);
    sw_model_destroy(model);
    return status;
}

int main(int count, char **arguments) {
    json_t *task = count == 3 ? json_loads(arguments[2], 0, NULL) : NULL;
    if (!task) {
        fprintf(stderr, "usage: time_model FILE '{\"warm\": 100000, \"seconds\": 1}'\n");
        return 2;
    }
    json_t *result = json_pack("{ss ss}", "version", sw_version(), "compiler", __VERSION__);
    sw_error error = {0};
    sw_status status = load_and_run(result, arguments[1], task, &error);
    if (status != SW_OK)
        fprintf(stderr, "time_model: %s: %s (%s)\n", error.place, error.message, error.hint);
    else if (json_dumpf(result, stdout, 0) == 0)
        putchar('\n');
    json_decref(result);
    json_decref(task);
    return status == SW_OK ? 0 : 1;
}
