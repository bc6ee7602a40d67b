/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Degree of rate control by runs with changed rate constants. The folder holds one run folder each:
 * first the runs with nothing changed, then both halves of every row of the design. What is there
 * already is used again, or gone on with.
 */
#include "run/column_mean.h"
#include "run/crew.h"
#include "run/job.h"
#include "run/mean_and_spread.h"
#include "run/sensitivity_design.h"

#include "base/memory.h"

#include <spillway/io.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STANDARD_STEP 0.1
#define LEAST_PAIRS 16
#define LEAST_BLOCKS 2
#define PATH_SIZE 128 /* of a setting */

typedef struct analysis {
    const char *source;
    const sw_sensitivity_options *options;
    const sw_model *base;
    sw_job job; /* of the base */
    sw_design design;
    size_t rows, middle; /* of the design; runs with nothing changed */
    double step;
    const char *folder;
    sw_context *context;
    sw_error *error;
} analysis;

static sw_status no_memory(sw_error *error) {
    sw_error_set(error, SW_ERROR_MEMORY, "sensitivity", NULL, "not enough memory");
    return SW_ERROR_MEMORY;
}

/* ---- which run is which ---------------------------------------------------------------------- */

static size_t run_count(const analysis *work) {
    return work->middle + 2 * work->rows;
}

/* -1, 0 or +1: the half of the design that a run belongs to; *row is its row. */
static int half_of(size_t *row, const analysis *work, size_t run) {
    *row = 0;
    if (run < work->middle)
        return 0;
    *row = (run - work->middle) / 2;
    return (run - work->middle) % 2 == 0 ? 1 : -1;
}

/* Both halves of a row share their seed. */
static uint64_t seed_of(const analysis *work, size_t run) {
    size_t row;
    int half = half_of(&row, work, run);
    sw_run_options own = {.seed = work->options->seed};
    return sw_job_seed(&work->job, &own) + (half == 0 ? run : work->middle + row);
}

/* ---- one run --------------------------------------------------------------------------------- */

/* The settings of the analysis, then a scale for every process. */
static sw_setting *settings_of(char (**texts)[2][PATH_SIZE], size_t *count, const analysis *work,
                               size_t run) {
    const sw_lattice_model *model = sw_model_lattice(work->base);
    size_t given = work->options->setting_count, row;
    int half = half_of(&row, work, run);
    *count = given + (half == 0 ? 0 : model->processes);
    sw_setting *settings = sw_allocate(*count + 1, sizeof *settings);
    *texts = sw_allocate(model->processes + 1, sizeof **texts);
    if (settings == NULL || *texts == NULL) {
        free(settings);
        return NULL;
    }
    if (given > 0)
        memcpy(settings, work->options->settings, given * sizeof *settings);
    for (size_t p = 0; half != 0 && p < model->processes; p++) {
        char(*text)[PATH_SIZE] = (*texts)[p];
        double change = half * sw_design_sign(&work->design, row, p) * work->step;
        snprintf(text[0], PATH_SIZE, "processes.%.90s.kinetics.scale", model->process[p].name);
        snprintf(text[1], PATH_SIZE, "%.12g", model->process[p].scale * exp(change));
        settings[given + p] = (sw_setting){text[0], text[1]};
    }
    return settings;
}

/* Called on the threads of the crew. */
static sw_status run_one(sw_replica *replica, void *user) {
    const analysis *work = user;
    size_t run = (size_t)(replica - replica->crew->replica), count = 0;
    char(*texts)[2][PATH_SIZE] = NULL;
    sw_model *model = NULL;
    sw_job job = {0};
    sw_setting *settings = settings_of(&texts, &count, work, run);
    sw_status status =
        settings == NULL
            ? no_memory(&replica->error)
            : sw_model_load(&model, work->source, settings, count, work->options->without,
                            work->options->without_count, &replica->error);
    if (status == SW_OK)
        status = sw_job_make(&job, model, &replica->error);
    if (status == SW_OK) {
        /* a run of the same model and seed is gone on with; any other is removed */
        replica->options.resume = sw_job_can_resume(&job, replica->options.folder,
                                                    replica->options.seed, replica->context);
        replica->options.overwrite = !replica->options.resume;
        replica->options.settings = settings;
        replica->options.setting_count = count;
        status = sw_run_job(&replica->summary, &job, &replica->options, replica->context,
                            &replica->error);
    }
    sw_job_clear(&job);
    sw_model_destroy(model);
    free(settings);
    free(texts);
    return status;
}

static sw_status work_all(const analysis *work) {
    sw_crew crew;
    sw_run_options run = {.folder = work->folder,
                          .quick = work->options->quick,
                          .command = "spillway verify --sensitivity",
                          .without = work->options->without,
                          .without_count = work->options->without_count};
    sw_status status =
        sw_crew_create(&crew, &work->job, &run, run_count(work), work->context, work->error);
    for (size_t i = 0; i < run_count(work) && status == SW_OK; i++) {
        crew.replica[i].options.seed = seed_of(work, i);
        if (i > 0) /* they have nothing to say that the first has not */
            sw_context_set_log(crew.replica[i].context, NULL, NULL);
    }
    crew.run = run_one;
    crew.user = (void *)(uintptr_t)work;
    if (status == SW_OK)
        status = sw_crew_work(&crew, work->error);
    bool interrupted = false;
    for (size_t i = 0; i < crew.count && crew.replica != NULL; i++)
        interrupted = interrupted || crew.replica[i].summary.interrupted;
    sw_crew_destroy(&crew);
    if (status == SW_OK && interrupted)
        return sw_error_set(work->error, SW_ERROR_CANCELLED, work->folder,
                            "give the same command again to go on",
                            "interrupted; the runs so far are kept");
    return status;
}

/* ---- the observable -------------------------------------------------------------------------- */

static bool is_made(const sw_lattice_model *model, size_t gas) {
    for (size_t p = 0; p < model->processes; p++)
        for (size_t g = 0; g < model->process[p].gas_changes; g++)
            if (model->process[p].gas_change[g].gas == (int)gas &&
                model->process[p].gas_change[g].change > 0 && !model->process[p].reversible)
                return true;
    return false;
}

/* The turnover of a gas that is made for good, or the rate of the product. */
static void choose_observable(char name[96], const analysis *work, const sw_table *series) {
    const sw_lattice_model *model = sw_model_lattice(work->base);
    snprintf(name, 96, "product rate");
    for (size_t g = 0; g < model->gas.species && sw_table_find(series, name) < 0; g++)
        if (is_made(model, g))
            snprintf(name, 96, "%.60s turnover", model->gas.list[g].name);
}

/* Fills name and unit; an error where the series has no such column. */
static sw_status find_observable(sw_sensitivity *result, const analysis *work) {
    const sw_simulator *simulator = work->job.simulator;
    sw_table *series = NULL;
    void *state = NULL;
    sw_status status = sw_table_create(&series);
    if (status == SW_OK)
        status = simulator->create(&state, work->base, 1, work->context, work->error);
    if (status == SW_OK)
        status = simulator->describe_series(state, series);
    if (status == SW_OK && work->options->observable != NULL)
        snprintf(result->observable, sizeof result->observable, "%s", work->options->observable);
    else if (status == SW_OK)
        choose_observable(result->observable, work, series);
    ptrdiff_t column = status == SW_OK ? sw_table_find(series, result->observable) : -1;
    if (status == SW_OK && column < 0)
        status =
            sw_error_set(work->error, SW_ERROR_NOT_FOUND, result->observable,
                         "name a column of the model's series.csv, as in --of \"CO2 turnover\"",
                         work->options->observable ? "the series has no such column"
                                                   : "the model makes no gas for good, so there "
                                                     "is no turnover to look at by itself");
    else if (status == SW_OK)
        snprintf(result->unit, sizeof result->unit, "%s", sw_table_unit(series, (size_t)column));
    if (state != NULL)
        simulator->destroy(state);
    sw_table_destroy(series);
    return status;
}

/* ln of the observable of a run. */
static sw_status read_logarithm(double *value, const analysis *work, const char *observable,
                                size_t run) {
    char path[SW_PATH_SIZE], name[SW_REPLICA_NAME_SIZE], file[96];
    sw_content content = {0};
    sw_folder_replica_name(name, run);
    snprintf(file, sizeof file, "%s/series.csv", name);
    sw_status status = sw_folder_path(path, work->folder, file, work->error);
    if (status == SW_OK)
        status = sw_read(&content, path, sw_format_find("csv"), 0, work->error);
    if (status != SW_OK)
        return status;
    ptrdiff_t column = content.table ? sw_table_find(content.table, observable) : -1;
    double mean = column < 0 ? (double)NAN
                             : sw_column_mean(content.table, (size_t)column,
                                              sw_table_rows(content.table) / 3);
    sw_content_clear(&content);
    *value = log(mean);
    if (isfinite(*value))
        return SW_OK;
    return sw_error_set(work->error, SW_ERROR_NUMERIC, path,
                        "make the runs longer, as with --set run.events=..., or choose another "
                        "column with --of",
                        "the mean of \"%s\" is %g, but a positive one is needed", observable, mean);
}

/* ---- the numbers ----------------------------------------------------------------------------- */

/* The mean of the unchanged runs, and how far the ends of the step lie above it. */
static void find_middle(sw_sensitivity *result, const analysis *work, const double *logarithm) {
    const double *ends = logarithm + work->middle;
    double spread, above, above_spread;
    double *half = sw_allocate(work->rows, sizeof *half);
    double middle;
    sw_mean_and_spread(&middle, &spread, logarithm, work->middle);
    result->value = exp(middle);
    result->spread = result->value * spread;
    for (size_t r = 0; half != NULL && r < work->rows; r++)
        half[r] = 0.5 * (ends[2 * r] + ends[2 * r + 1]);
    if (half != NULL)
        sw_mean_and_spread(&above, &above_spread, half, work->rows);
    result->bend = half != NULL ? above - middle : (double)NAN;
    result->bend_spread = half != NULL ? hypot(above_spread, spread) : (double)NAN;
    free(half);
}

static sw_status fit(sw_sensitivity *result, const analysis *work, const double *logarithm) {
    const sw_lattice_model *model = sw_model_lattice(work->base);
    size_t n = model->processes;
    const double *ends = logarithm + work->middle;
    double *numbers = sw_allocate(2 * n + work->rows, sizeof *numbers);
    result->process = sw_allocate(n, sizeof *result->process);
    if (numbers == NULL || result->process == NULL) {
        free(numbers);
        return no_memory(work->error);
    }
    double *difference = numbers + 2 * n;
    for (size_t r = 0; r < work->rows; r++)
        difference[r] = (ends[2 * r] - ends[2 * r + 1]) / (2 * work->step);
    sw_design_fit(numbers, numbers + n, &result->sum_spread, &work->design, difference);
    result->processes = n;
    for (size_t p = 0; p < n; p++) {
        snprintf(result->process[p].process, sizeof result->process[p].process, "%s",
                 model->process[p].name);
        result->process[p].value = numbers[p];
        result->process[p].spread = numbers[n + p];
        result->sum += numbers[p];
    }
    free(numbers);
    return SW_OK;
}

static sw_status keep_result(const sw_sensitivity *result, const analysis *work) {
    char path[SW_PATH_SIZE];
    char *text = NULL;
    sw_status status = sw_sensitivity_json(&text, result);
    if (status == SW_OK)
        status = sw_folder_path(path, work->folder, "sensitivity.json", work->error);
    if (status == SW_OK)
        status = sw_replace_file(path, text, strlen(text), work->error);
    free(text);
    return status;
}

static sw_status evaluate(sw_sensitivity *result, const analysis *work) {
    double *logarithm = sw_allocate(run_count(work), sizeof *logarithm);
    sw_status status = logarithm != NULL ? SW_OK : no_memory(work->error);
    for (size_t run = 0; run < run_count(work) && status == SW_OK; run++)
        status = read_logarithm(&logarithm[run], work, result->observable, run);
    if (status == SW_OK)
        status = fit(result, work, logarithm);
    if (status == SW_OK) {
        find_middle(result, work, logarithm);
        status = keep_result(result, work);
    }
    free(logarithm);
    return status;
}

/* ---- all of it ------------------------------------------------------------------------------- */

/* As many blocks as make enough pairs; a freedom of one at least. */
static sw_status plan(analysis *work) {
    size_t processes = sw_model_lattice(work->base)->processes, order = 1;
    size_t blocks = work->options->blocks > 0 ? (size_t)work->options->blocks : LEAST_BLOCKS;
    if (processes == 0)
        return sw_error_set(work->error, SW_ERROR_MODEL, work->source, NULL,
                            "the model has no process");
    while (order < processes)
        order *= 2;
    while (work->options->blocks <= 0 && blocks * order < LEAST_PAIRS)
        blocks++;
    work->rows = blocks * order;
    work->middle = work->rows / 8 > 4 ? work->rows / 8 : 4;
    if (work->rows <= processes)
        return sw_error_set(work->error, SW_ERROR_ARGUMENT, "replicas", "give at least 2",
                            "%zu pairs of runs leave no error estimate for %zu processes",
                            work->rows, processes);
    if (run_count(work) > SW_REPLICAS_MOST)
        return sw_error_set(work->error, SW_ERROR_ARGUMENT, "replicas", "give fewer",
                            "%zu runs are more than %d", run_count(work), SW_REPLICAS_MOST);
    if (sw_design_make(&work->design, processes, blocks, seed_of(work, 0)) != SW_OK)
        return no_memory(work->error);
    return SW_OK;
}

static sw_status analyse(sw_sensitivity *result, analysis *work) {
    sw_status status = sw_job_make(&work->job, work->base, work->error);
    if (status == SW_OK)
        status = sw_job_refuse_domains(&work->job, "sensitivity", work->error);
    if (status == SW_OK)
        status = find_observable(result, work);
    if (status == SW_OK)
        status = plan(work);
    if (status != SW_OK)
        return status;
    snprintf(result->model, sizeof result->model, "%s", work->job.name);
    result->step = work->step;
    result->runs = run_count(work);
    sw_log(work->context, SW_LOG_INFO,
           "%s: %zu runs for %zu processes, each changed by %.3g in ln k", work->job.name,
           result->runs, work->design.processes, work->step);
    status = sw_folder_make(work->folder, work->error);
    if (status == SW_OK)
        status = work_all(work);
    return status == SW_OK ? evaluate(result, work) : status;
}

sw_status sw_sensitivity_analyse(sw_sensitivity *result, const char *source,
                                 const sw_sensitivity_options *options, sw_context *context,
                                 sw_error *error) {
    sw_model *model = NULL;
    analysis work = {.source = source,
                     .options = options,
                     .step = options->step > 0 ? options->step : STANDARD_STEP,
                     .folder = options->folder != NULL ? options->folder : "sensitivity",
                     .context = context,
                     .error = error};
    *result = (sw_sensitivity){0};
    sw_status status = sw_model_load(&model, source, options->settings, options->setting_count,
                                     options->without, options->without_count, error);
    work.base = model;
    if (status == SW_OK)
        status = analyse(result, &work);
    sw_design_clear(&work.design);
    sw_job_clear(&work.job);
    sw_model_destroy(model);
    if (status != SW_OK)
        sw_sensitivity_clear(result);
    return status;
}

void sw_sensitivity_clear(sw_sensitivity *result) {
    free(result->process);
    *result = (sw_sensitivity){0};
}
