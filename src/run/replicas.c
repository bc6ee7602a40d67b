/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folder of a set of replicas: means and intervals over them, and the first as a picture. */
#include "run/available_memory.h"
#include "run/crew.h"
#include "run/merge.h"
#include "run/outputs.h"
#include "run/pace.h"
#include "run/provenance.h"

#include "base/hash.h"
#include "base/memory.h"

#include <spillway/io.h>

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

typedef sw_status (*merge_function)(sw_table **merged, const sw_table *const *tables, size_t count,
                                    sw_error *error);

/* *table stays NULL where there is no such file: the replica never started. */
static sw_status read_table(sw_table **table, const char *folder, const char *name,
                            sw_error *error) {
    char path[SW_PATH_SIZE], file[80];
    struct stat found;
    sw_content content = {0};
    *table = NULL;
    snprintf(file, sizeof file, "%s.csv", name);
    sw_status status = sw_folder_path(path, folder, file, error);
    if (status != SW_OK || stat(path, &found) != 0)
        return status;
    status = sw_read(&content, path, sw_format_find("csv"), 0, error);
    *table = content.table;
    return status;
}

/* Reads NAME of every replica and merges; *merged stays NULL where no replica has it. */
static sw_status merge_tables(sw_table **merged, const sw_crew *crew, const char *name,
                              merge_function merge, sw_error *error) {
    size_t count = 0;
    sw_status status = SW_OK;
    *merged = NULL;
    sw_table **tables = sw_allocate(crew->count, sizeof(sw_table *));
    if (tables == NULL)
        return sw_error_set(error, SW_ERROR_MEMORY, name, NULL, "no memory to merge replicas");
    for (size_t i = 0; i < crew->count && status == SW_OK; i++) {
        status = read_table(&tables[count], crew->replica[i].folder, name, error);
        count += tables[count] != NULL;
    }
    if (status == SW_OK && count > 0)
        status = merge(merged, (const sw_table *const *)tables, count, error);
    for (size_t i = 0; i < count; i++)
        sw_table_destroy(tables[i]);
    free(tables);
    return status;
}

static sw_status write_series(const char *folder, const sw_crew *crew, sw_error *error) {
    char path[SW_PATH_SIZE];
    sw_table *merged = NULL;
    sw_status status = merge_tables(&merged, crew, "series", sw_merge_series, error);
    if (status == SW_OK)
        status = sw_folder_path(path, folder, "series.csv", error);
    if (status == SW_OK && merged != NULL)
        status = sw_write_table(path, sw_format_find("csv"), merged, error);
    sw_table_destroy(merged);
    return status;
}

/* The headline over all replicas; every other table as the first replica has it. */
static sw_status add_table(sw_outputs *outputs, const sw_crew *crew, const char *name,
                           sw_error *error) {
    sw_table *table = NULL;
    sw_status status = strcmp(name, "headline") == 0
                           ? merge_tables(&table, crew, name, sw_merge_headline, error)
                           : read_table(&table, crew->replica[0].folder, name, error);
    if (status == SW_OK && table != NULL)
        status = sw_outputs_add(outputs, name, table, error);
    if (status != SW_OK)
        sw_table_destroy(table);
    return status;
}

static sw_status collect_outputs(sw_outputs *outputs, const sw_crew *crew, sw_error *error) {
    char path[SW_PATH_SIZE];
    if (crew->replica == NULL || crew->replica[0].folder[0] == '\0')
        return SW_OK;
    sw_status status = sw_folder_path(path, crew->replica[0].folder, "run.json", error);
    json_t *run = status == SW_OK ? json_load_file(path, 0, NULL) : NULL;
    const json_t *names = json_object_get(run, "tables");
    for (size_t i = 0; status == SW_OK && i < json_array_size(names); i++) {
        const char *name = json_string_value(json_array_get(names, i));
        if (name != NULL && sw_folder_name_is_plain(name))
            status = add_table(outputs, crew, name, error);
    }
    json_decref(run);
    return status;
}

/* Sums, with the mean simulated time; the fingerprint is a hash of the replicas' own. */
static void summarise(sw_run_summary *summary, const sw_crew *crew) {
    *summary = (sw_run_summary){
        .counted = sw_job_counted(crew->job), .fingerprint = SW_HASH_START, .exhausted = true};
    for (size_t i = 0; i < crew->count; i++) {
        const sw_run_summary *one = &crew->replica[i].summary;
        summary->time += one->time / (double)crew->count;
        summary->events += one->events;
        summary->fingerprint =
            sw_hash(summary->fingerprint, &one->fingerprint, sizeof one->fingerprint);
        summary->interrupted = summary->interrupted || one->interrupted;
        summary->resumed = summary->resumed || one->resumed;
        summary->exhausted = summary->exhausted && one->exhausted;
    }
}

static sw_status write_provenance(const char *folder, const sw_crew *crew,
                                  const sw_run_options *options, const sw_run_summary *summary,
                                  const sw_provenance *start, const char *status_name,
                                  sw_error *error) {
    sw_outputs outputs = {0};
    sw_status status = collect_outputs(&outputs, crew, error);
    if (status == SW_OK)
        status = sw_outputs_write(&outputs, folder, error);
    sw_provenance provenance = *start;
    provenance.options = options;
    provenance.wall_seconds = summary->wall_seconds;
    provenance.events = summary->events;
    provenance.simulated_seconds = summary->time;
    provenance.fingerprint = summary->fingerprint;
    provenance.status = status_name;
    provenance.outputs = &outputs;
    if (status == SW_OK)
        status = sw_provenance_write(folder, &provenance, error);
    sw_outputs_clear(&outputs);
    return status;
}

static sw_status write_merged(const char *folder, const sw_crew *crew, sw_error *error) {
    const char *first = crew->replica[0].folder;
    sw_status status = write_series(folder, crew, error);
    if (status == SW_OK && crew->job->simulator->snapshot != NULL)
        status = sw_folder_copy(folder, first, "trajectory.xyz", error);
    if (status == SW_OK)
        status = sw_folder_copy(folder, first, "model.yaml", error);
    if (status == SW_OK)
        status = sw_folder_copy(folder, first, "plots.json", error);
    return status;
}

static sw_status check_memory(const sw_job *job, size_t count, sw_context *context, size_t *bytes,
                              sw_error *error) {
    int threads = sw_context_threads(context);
    size_t together = threads < 1 ? 1 : (size_t)threads;
    if (job->simulator->estimate == NULL)
        return SW_OK;
    sw_status status = job->simulator->estimate(bytes, job->model, error);
    if (status == SW_OK)
        status = sw_memory_check(*bytes, together < count ? together : count,
                                 sw_available_memory("/proc/meminfo"), job->name, error);
    return status;
}

/* Works in the folder, which is held. */
static sw_status run_in_folder(sw_run_summary *summary, const char *folder, const sw_job *job,
                               const sw_run_options *options, size_t count, sw_context *context,
                               sw_error *error) {
    sw_crew crew;
    double started = sw_clock();
    sw_provenance start = {.job = job,
                           .seed = sw_job_seed(job, options),
                           .replicas = (int)count,
                           .replica_folders = (int)count,
                           .started = (int64_t)time(NULL)};
    sw_status status = sw_crew_create(&crew, job, options, count, context, error);
    if (status == SW_OK)
        status = write_provenance(folder, &crew, options, summary, &start, "running", error);
    if (status == SW_OK)
        status = sw_crew_work(&crew, error);
    if (status == SW_OK) {
        summarise(summary, &crew);
        summary->wall_seconds = sw_clock() - started;
        status = write_merged(folder, &crew, error);
    }
    if (status == SW_OK)
        status = write_provenance(folder, &crew, options, summary, &start,
                                  summary->interrupted ? "interrupted" : "finished", error);
    else if (write_provenance(folder, &crew, options, summary, &start, "failed", NULL) != SW_OK)
        sw_log(context, SW_LOG_DEBUG, "run.json could not be brought up to date");
    sw_crew_destroy(&crew);
    return status;
}

sw_status sw_run_job_replicas(sw_run_summary *summary, const sw_job *job,
                              const sw_run_options *options, int replicas, sw_context *context,
                              sw_error *error) {
    sw_folder folder = {.lock = -1};
    size_t bytes = 0;
    *summary = (sw_run_summary){0};
    if (replicas < 1 || replicas > SW_REPLICAS_MOST)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "replicas",
                            "give a number between 1 and 9999", "%d replicas cannot be run",
                            replicas);
    size_t count = (size_t)replicas;
    sw_status status = sw_job_refuse_domains(job, "replicas", error);
    if (status == SW_OK)
        status = check_memory(job, count, context, &bytes, error);
    if (status == SW_OK)
        status = sw_folder_open(&folder, options, error);
    if (status == SW_OK)
        status = run_in_folder(summary, folder.path, job, options, count, context, error);
    summary->memory_bytes = bytes;
    sw_folder_close(&folder);
    return status;
}

sw_status sw_run_replicas(sw_run_summary *summary, const sw_model *model,
                          const sw_run_options *options, int replicas, sw_context *context,
                          sw_error *error) {
    sw_job job;
    if (summary == NULL || options == NULL)
        return sw_error_set(error, SW_ERROR_ARGUMENT, summary == NULL ? "summary" : "options", NULL,
                            "a run needs options, and a place for its summary");
    sw_status status = sw_job_make(&job, model, error);
    if (status == SW_OK)
        status = sw_run_job_replicas(summary, &job, options, replicas, context, error);
    sw_job_clear(&job);
    return status;
}
