/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/provenance.h"

#include "run/json_text.h"

static json_t *settings_list(const sw_run_options *options) {
    json_t *list = json_array();
    for (size_t i = 0; options->settings != NULL && i < options->setting_count; i++)
        json_array_append_new(list, json_pack("{so so}", "path",
                                              sw_run_json_text(options->settings[i].path), "text",
                                              sw_run_json_text(options->settings[i].text)));
    return list;
}

static json_t *without_list(const sw_run_options *options) {
    json_t *list = json_array();
    for (size_t i = 0; options->without != NULL && i < options->without_count; i++)
        json_array_append_new(list, sw_run_json_text(options->without[i]));
    return list;
}

static json_t *parameter_list(const sw_job *job) {
    json_t *list = json_array();
    for (size_t i = 0; i < job->parameters; i++) {
        const sw_parameter *parameter = &job->parameter[i];
        const char tag[2] = {parameter->tag, '\0'};
        json_array_append_new(list, json_pack("{so so so sb so so}", "name",
                                              sw_run_json_text(parameter->name), "text",
                                              sw_run_json_text(parameter->text), "tag",
                                              sw_run_json_text(tag), "swept", (int)parameter->swept,
                                              "source", sw_run_json_text(parameter->source), "help",
                                              sw_run_json_text(parameter->help)));
    }
    return list;
}

/* One object a row; a column that the table lacks is null. */
static json_t *row_object(const sw_table *table, size_t row, const char *const *columns,
                          size_t count) {
    json_t *object = json_object();
    for (size_t i = 0; i < count; i++) {
        ptrdiff_t column = sw_table_find(table, columns[i]);
        json_t *value = NULL;
        if (column < 0)
            value = json_null();
        else if (sw_table_is_text(table, (size_t)column))
            value = sw_run_json_text(sw_table_text(table, row, (size_t)column));
        else
            value = sw_run_json_number(sw_table_numbers_const(table, (size_t)column)[row]);
        json_object_set_new(object, columns[i], value);
    }
    return object;
}

static json_t *table_list(const sw_outputs *outputs, const char *name, const char *const *columns,
                          size_t count) {
    const sw_table *table = sw_outputs_find(outputs, name);
    json_t *list = json_array();
    for (size_t row = 0; table != NULL && row < sw_table_rows(table); row++)
        json_array_append_new(list, row_object(table, row, columns, count));
    return list;
}

static json_t *table_names(const sw_outputs *outputs) {
    json_t *list = json_array();
    for (size_t i = 0; outputs != NULL && i < outputs->count; i++)
        json_array_append_new(list, sw_run_json_text(outputs->list[i].name));
    return list;
}

static void add_results(json_t *run, const sw_provenance *provenance) {
    static const char *const headline[] = {"name", "value", "spread", "unit", "help"};
    static const char *const processes[] = {"name",    "mechanism", "forward",
                                            "reverse", "help",      "passed over"};
    const sw_table *table = sw_outputs_find(provenance->outputs, "processes");
    bool accelerated = table != NULL && sw_table_find(table, "passed over") >= 0;
    json_object_set_new(run, "headline", table_list(provenance->outputs, "headline", headline, 5));
    json_object_set_new(run, "parameters", parameter_list(provenance->job));
    json_object_set_new(
        run, "processes",
        table_list(provenance->outputs, "processes", processes, accelerated ? 6 : 5));
    json_object_set_new(run, "tables", table_names(provenance->outputs));
}

static void add_course(json_t *run, const sw_provenance *provenance) {
    double wall = provenance->wall_seconds;
    json_object_set_new(run, "host", sw_run_json_host());
    json_object_set_new(run, "started", sw_run_json_date(provenance->started));
    json_object_set_new(run, "wall_seconds", sw_run_json_number(wall));
    json_object_set_new(run, "events", sw_run_json_count(provenance->events));
    json_object_set_new(run, "simulated_seconds",
                        sw_run_json_number(provenance->simulated_seconds));
    json_object_set_new(run, "events_per_second",
                        sw_run_json_number(wall > 0 ? (double)provenance->events / wall : 0));
    json_object_set_new(run, "fingerprint", sw_run_json_hash(provenance->fingerprint));
    json_object_set_new(run, "status", sw_run_json_text(provenance->status));
}

sw_status sw_provenance_write(const char *folder, const sw_provenance *provenance,
                              sw_error *error) {
    const sw_job *job = provenance->job;
    json_t *run =
        json_pack("{so so so so so so so so}", "spillway", sw_run_json_text(sw_version()), "model",
                  sw_run_json_text(job->name), "title", sw_run_json_text(job->title), "description",
                  sw_run_json_text(job->description), "citation", sw_run_json_text(job->citation),
                  "simulator", sw_run_json_text(job->simulator->name), "seed",
                  sw_run_json_count(provenance->seed), "command",
                  sw_run_json_text(provenance->options->command));
    if (run != NULL) {
        add_course(run, provenance);
        json_object_set_new(run, "quick", json_boolean(provenance->options->quick));
        json_object_set_new(run, "counted", sw_run_json_text(sw_job_counted(job)));
        json_object_set_new(run, "atoms", json_boolean(job->simulator->snapshot != NULL));
        json_object_set_new(run, "replicas", json_integer(provenance->replicas));
        json_object_set_new(run, "replica_folders", json_integer(provenance->replica_folders));
        json_object_set_new(run, "without", without_list(provenance->options));
        json_object_set_new(run, "settings", settings_list(provenance->options));
        add_results(run, provenance);
    }
    return sw_run_json_write(run, folder, "run.json", error);
}
