/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rejection sampling: blocks of draws on threads, their rows in the order of the draws. */
#include "run/posterior_draw.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "base/sorting.h"
#include "run/folder.h"
#include "run/json_text.h"
#include "run/parameter_range.h"

#include <spillway/io.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK 16
#define STANDARD_SAMPLES 1000
#define DRAWS_FOR_EACH 200
#define PARAMETERS 48 /* swept, at most */

enum { DRAW_MISSING, DRAW_REJECTED, DRAW_ACCEPTED, DRAW_FAILED };

typedef struct outcome {
    int kind;
    double *value; /* [parameters + claims] */
} outcome;

typedef struct sampling {
    sw_posterior_options options;
    sw_claims_plan plan;
    const sw_parameter *parameter[PARAMETERS];
    size_t parameters, columns;
    sw_table *samples;
    size_t draws, accepted, failed;
    outcome block[BLOCK];
    sw_error *error;
} sampling;

/* ---- one draw -------------------------------------------------------------------------------- */

static bool holds(const sw_planned_claim *claim, double value) {
    return (isnan(claim->above) || value > claim->above) &&
           (isnan(claim->below) || value < claim->below) && !isnan(value);
}

/* Claims by the calibrated ones first: a set that does not agree costs no more runs than it must.
 */
static int judge(outcome *out, const sampling *work, sw_draw *draw) {
    for (int calibrated = 1; calibrated >= 0; calibrated--)
        for (size_t c = 0; c < work->plan.claims; c++) {
            const sw_planned_claim *claim = &work->plan.claim[c];
            double *value = &out->value[work->parameters + c];
            if (claim->calibrated != (calibrated == 1))
                continue;
            if (sw_draw_claim(value, draw, claim, NULL) != SW_OK)
                return DRAW_FAILED;
            if (calibrated && !holds(claim, *value))
                return DRAW_REJECTED;
        }
    return DRAW_ACCEPTED;
}

static sw_status make_draw(outcome *out, const sampling *work, size_t index) {
    char text[PARAMETERS][SW_RANGE_TEXT];
    sw_draw draw;
    sw_random random = sw_random_create(work->options.seed, index);
    if (sw_draw_begin(&draw, &work->plan) != SW_OK)
        return SW_ERROR_MEMORY;
    for (size_t p = 0; p < work->parameters; p++) {
        const sw_parameter *parameter = work->parameter[p];
        out->value[p] = sw_range_value(parameter, sw_random_uniform(&random));
        draw.setting[draw.settings++] = sw_range_setting(text[p], parameter, out->value[p]);
    }
    out->kind = judge(out, work, &draw);
    sw_draw_clear(&draw);
    return SW_OK;
}

static sw_status draw_some(void *user, size_t first, size_t end, int worker) {
    sampling *all = user;
    (void)worker;
    for (size_t i = first; i < end; i++)
        if (make_draw(&all->block[i], all, all->draws + i) != SW_OK)
            return SW_ERROR_MEMORY;
    return SW_OK;
}

/* ---- the folder ------------------------------------------------------------------------------ */

static sw_status write_table(const sampling *work, const char *name, const sw_table *table) {
    char path[SW_PATH_SIZE];
    sw_status status = sw_folder_path(path, work->options.folder, name, work->error);
    return status == SW_OK ? sw_write_table(path, sw_format_find("csv"), table, work->error)
                           : status;
}

static sw_status keep(const sampling *work) {
    static const char *const names[] = {"draws", "accepted", "failed", "seed"};
    const double values[] = {(double)work->draws, (double)work->accepted, (double)work->failed,
                             (double)work->options.seed};
    sw_table *table = NULL;
    size_t row;
    sw_status status = sw_table_create(&table);
    for (size_t i = 0; i < 4 && status == SW_OK; i++)
        status = sw_table_add_column(table, names[i], "");
    if (status == SW_OK)
        status = sw_table_add_row(table, &row);
    for (size_t i = 0; i < 4 && status == SW_OK; i++)
        sw_table_numbers(table, i)[0] = values[i];
    if (status == SW_OK)
        status = write_table(work, "samples.csv", work->samples);
    if (status == SW_OK)
        status = write_table(work, "draws.csv", table);
    sw_table_destroy(table);
    return status;
}

static sw_status describe(sampling *work) {
    sw_status status = sw_table_create(&work->samples);
    for (size_t p = 0; p < work->parameters && status == SW_OK; p++)
        status = sw_table_add_column(work->samples, work->parameter[p]->name,
                                     sw_dimension_unit(work->parameter[p]->dimension));
    for (size_t c = 0; c < work->plan.claims && status == SW_OK; c++)
        status =
            sw_table_add_column(work->samples, work->plan.claim[c].id, work->plan.claim[c].unit);
    return status;
}

static bool read_file(sw_content *content, const sampling *work, const char *name) {
    char path[SW_PATH_SIZE];
    sw_error ignored = {0};
    return sw_folder_path(path, work->options.folder, name, &ignored) == SW_OK &&
           sw_read(content, path, sw_format_find("csv"), 0, &ignored) == SW_OK && content->table;
}

static sw_status add_row(sampling *work, const double *values) {
    size_t row;
    sw_status status = sw_table_add_row(work->samples, &row);
    for (size_t i = 0; i < work->columns && status == SW_OK; i++)
        sw_table_numbers(work->samples, i)[row] = values[i];
    return status;
}

static sw_status copy_rows(sampling *work, const sw_table *from) {
    sw_status status = SW_OK;
    double *values = sw_allocate(work->columns, sizeof *values);
    if (!values)
        return SW_ERROR_MEMORY;
    for (size_t r = 0; r < sw_table_rows(from) && status == SW_OK; r++) {
        for (size_t i = 0; i < work->columns; i++)
            values[i] = sw_table_numbers_const(from, i)[r];
        status = add_row(work, values);
    }
    free(values);
    return status;
}

/* Samples of an earlier call; refused where they are of other parameters or another seed. */
static sw_status take_up(sampling *work) {
    sw_content draws = {0}, samples = {0};
    sw_status status = SW_OK;
    if (read_file(&draws, work, "draws.csv") && read_file(&samples, work, "samples.csv")) {
        const sw_table *table = draws.table;
        bool same = sw_table_columns(samples.table) == work->columns &&
                    sw_table_columns(table) == 4 && sw_table_rows(table) == 1;
        for (size_t i = 0; same && i < 4; i++)
            same = !sw_table_is_text(table, i) && sw_table_numbers_const(table, i)[0] >= 0;
        same = same && sw_table_numbers_const(table, 3)[0] == (double)work->options.seed;
        for (size_t i = 0; same && i < work->columns; i++)
            same = strcmp(sw_table_name(samples.table, i), sw_table_name(work->samples, i)) == 0 &&
                   !sw_table_is_text(samples.table, i);
        if (!same)
            status = sw_error_set(work->error, SW_ERROR_FORMAT, work->options.folder,
                                  "name another folder with --output",
                                  "the samples there are of other parameters or another seed");
        if (status == SW_OK) {
            work->draws = (size_t)sw_table_numbers_const(table, 0)[0];
            work->accepted = (size_t)sw_table_numbers_const(table, 1)[0];
            work->failed = (size_t)sw_table_numbers_const(table, 2)[0];
            status = copy_rows(work, samples.table);
        }
    }
    sw_content_clear(&draws);
    sw_content_clear(&samples);
    return status;
}

/* ---- sampling -------------------------------------------------------------------------------- */

/* Draws of the block in their order, up to the first that an interrupt left out: what an
 * interrupted call keeps, the next one goes on from. */
static sw_status take_block(sampling *work) {
    sw_status status = SW_OK;
    for (size_t i = 0; i < BLOCK && status == SW_OK; i++) {
        if (work->block[i].kind == DRAW_MISSING)
            break;
        work->draws++;
        work->failed += work->block[i].kind == DRAW_FAILED;
        if (work->block[i].kind == DRAW_ACCEPTED) {
            work->accepted++;
            status = add_row(work, work->block[i].value);
        }
    }
    return status == SW_OK ? keep(work) : status;
}

static sw_status sample(sampling *work, sw_context *context, bool *interrupted) {
    sw_status status = SW_OK;
    while (status == SW_OK && !*interrupted && work->accepted < work->options.samples &&
           work->draws < work->options.most_draws) {
        for (size_t i = 0; i < BLOCK; i++)
            work->block[i].kind = DRAW_MISSING;
        status = sw_parallel(context, BLOCK, 1, draw_some, work);
        *interrupted = status == SW_ERROR_CANCELLED;
        if (status == SW_OK || *interrupted)
            status = take_block(work);
        sw_progress(context, (double)work->accepted / (double)work->options.samples,
                    "%zu of %zu sets agree, %zu drawn", work->accepted, work->options.samples,
                    work->draws);
    }
    return status;
}

/* ---- distributions --------------------------------------------------------------------------- */

static double quantile(const double *sorted, size_t count, double share) {
    double place = share * (double)(count - 1);
    size_t below = (size_t)place;
    double part = place - (double)below;
    return below + 1 < count ? sorted[below] + part * (sorted[below + 1] - sorted[below])
                             : sorted[count - 1];
}

static sw_status distribution_of(sw_distribution *out, const sampling *work, size_t column,
                                 const sw_planned_claim *claim) {
    size_t rows = sw_table_rows(work->samples), count = 0, agree = 0;
    double *values = sw_allocate(rows, sizeof *values);
    if (!values)
        return SW_ERROR_MEMORY;
    for (size_t r = 0; r < rows; r++) {
        double value = sw_table_numbers_const(work->samples, column)[r];
        agree += claim && holds(claim, value);
        if (!isnan(value))
            values[count++] = value;
    }
    sw_sort_numbers(values, count);
    out->low = count ? quantile(values, count, 0.025) : NAN;
    out->median = count ? quantile(values, count, 0.5) : NAN;
    out->high = count ? quantile(values, count, 0.975) : NAN;
    bool bounds = claim && (!isnan(claim->above) || !isnan(claim->below)) && rows > 0;
    out->agrees = bounds ? (double)agree / (double)rows : NAN;
    free(values);
    return SW_OK;
}

static sw_status write_distributions(const sampling *work, const char *name,
                                     const sw_distribution *list, size_t count) {
    static const char *const texts[] = {"id", "what", "unit"};
    static const char *const numbers[] = {"low", "median", "high", "agrees"};
    sw_table *table = NULL;
    sw_status status = sw_table_create(&table);
    for (size_t i = 0; i < 3 && status == SW_OK; i++)
        status = sw_table_add_text_column(table, texts[i]);
    for (size_t i = 0; i < 4 && status == SW_OK; i++)
        status = sw_table_add_column(table, numbers[i], "");
    for (size_t i = 0; i < count && status == SW_OK; i++) {
        const char *const words[] = {list[i].id, list[i].what, list[i].unit};
        const double values[] = {list[i].low, list[i].median, list[i].high, list[i].agrees};
        size_t row;
        status = sw_table_add_row(table, &row);
        for (size_t k = 0; k < 3 && status == SW_OK; k++)
            status = sw_table_set_text(table, row, k, words[k]);
        for (size_t k = 0; k < 4 && status == SW_OK; k++)
            sw_table_numbers(table, 3 + k)[row] = values[k];
    }
    if (status == SW_OK)
        status = write_table(work, name, table);
    sw_table_destroy(table);
    return status;
}

static sw_status summarise(sw_posterior *result, const sampling *work) {
    sw_status status = SW_OK;
    result->parameters = work->parameters;
    result->claims = work->plan.claims;
    result->parameter = sw_allocate(result->parameters, sizeof *result->parameter);
    result->claim = sw_allocate(result->claims, sizeof *result->claim);
    if (!result->parameter || !result->claim)
        return SW_ERROR_MEMORY;
    for (size_t p = 0; p < result->parameters && status == SW_OK; p++) {
        sw_distribution *out = &result->parameter[p];
        snprintf(out->id, sizeof out->id, "%s", work->parameter[p]->name);
        snprintf(out->what, sizeof out->what, "%s", work->parameter[p]->help);
        snprintf(out->unit, sizeof out->unit, "%s",
                 sw_dimension_unit(work->parameter[p]->dimension));
        status = distribution_of(out, work, p, NULL);
    }
    for (size_t c = 0; c < result->claims && status == SW_OK; c++) {
        const sw_planned_claim *claim = &work->plan.claim[c];
        sw_distribution *out = &result->claim[c];
        snprintf(out->id, sizeof out->id, "%s", claim->id);
        snprintf(out->what, sizeof out->what, "%s", claim->claim);
        snprintf(out->paper, sizeof out->paper, "%s", claim->paper);
        snprintf(out->unit, sizeof out->unit, "%s", claim->unit);
        out->calibrated = claim->calibrated;
        status = distribution_of(out, work, work->parameters + c, claim);
    }
    if (status == SW_OK)
        status = write_distributions(work, "claims-posterior.csv", result->claim, result->claims);
    if (status == SW_OK)
        status = write_distributions(work, "parameters-posterior.csv", result->parameter,
                                     result->parameters);
    return status;
}

/* ---- all of it ------------------------------------------------------------------------------- */

static sw_status find_parameters(sampling *work, const sw_model *model) {
    size_t calibrated = 0;
    for (size_t i = 0; i < sw_model_parameter_count(model); i++) {
        const sw_parameter *parameter = sw_model_parameter(model, i);
        if (parameter->swept && !isnan(parameter->low) && work->parameters < PARAMETERS)
            work->parameter[work->parameters++] = parameter;
    }
    for (size_t c = 0; c < work->plan.claims; c++)
        calibrated += work->plan.claim[c].calibrated;
    if (work->parameters == 0 || calibrated == 0)
        return sw_error_set(work->error, SW_ERROR_UNSUPPORTED, work->plan.model,
                            "give parameters 'swept: true, range: [low, high]', and a claim "
                            "'calibrated: true'",
                            "there is nothing to sample: %zu parameters with a range, %zu "
                            "calibrated claims",
                            work->parameters, calibrated);
    work->columns = work->parameters + work->plan.claims;
    return SW_OK;
}

/* Every draw is one run to its end: nothing is left to chance in it, and it has an end. */
static sw_status check_runs(const sampling *work, const sw_model *model) {
    const sw_simulator *simulator = sw_simulator_find(sw_model_simulator(model));
    if (!simulator || !simulator->deterministic)
        return sw_error_set(work->error, SW_ERROR_UNSUPPORTED, work->plan.model,
                            "--sensitivity tells what a result of it depends on",
                            "a posterior is of powders and of diffusion, where nothing is left to "
                            "chance");
    for (size_t r = 0; r < work->plan.runs; r++)
        if (!(work->plan.run[r].seconds > 0.0))
            return sw_error_set(work->error, SW_ERROR_MODEL, work->plan.run[r].name,
                                "give the claims' run its seconds",
                                "the runs of a posterior need an end in simulated time");
    return SW_OK;
}

static sw_status begin(sampling *work) {
    sw_status status = describe(work);
    for (size_t i = 0; i < BLOCK && status == SW_OK; i++) {
        work->block[i].value = sw_allocate(work->columns, sizeof(double));
        if (!work->block[i].value)
            status = SW_ERROR_MEMORY;
    }
    return status;
}

static sw_status run(sw_posterior *result, sampling *work, const char *source,
                     sw_context *context) {
    sw_model *model = NULL;
    sw_status status = sw_claims_plan_open(&work->plan, source, work->error);
    if (status == SW_OK)
        status = sw_model_load(&model, work->plan.model, NULL, 0, NULL, 0, work->error);
    if (status == SW_OK)
        status = check_runs(work, model);
    if (status == SW_OK)
        status = find_parameters(work, model);
    if (status == SW_OK)
        status = sw_folder_make(work->options.folder, work->error);
    if (status == SW_OK && (status = begin(work)) == SW_OK)
        status = take_up(work);
    if (status == SW_OK)
        status = sample(work, context, &result->interrupted);
    if (status == SW_OK)
        status = summarise(result, work);
    result->samples = work->accepted;
    result->draws = work->draws;
    result->failed = work->failed;
    for (size_t i = 0; i < BLOCK; i++)
        free(work->block[i].value);
    sw_table_destroy(work->samples);
    sw_model_destroy(model);
    sw_claims_plan_clear(&work->plan);
    return status;
}

sw_status sw_posterior_sample(sw_posterior *result, const char *source,
                              const sw_posterior_options *options, sw_context *context,
                              sw_error *error) {
    *result = (sw_posterior){0};
    sampling work = {.options = *options, .error = error};
    if (work.options.samples == 0)
        work.options.samples = STANDARD_SAMPLES;
    if (work.options.most_draws == 0)
        work.options.most_draws = DRAWS_FOR_EACH * work.options.samples;
    if (work.options.seed == 0)
        work.options.seed = 1;
    snprintf(result->model, sizeof result->model, "%s", source);
    sw_status status = run(result, &work, source, context);
    if (status == SW_ERROR_MEMORY)
        sw_error_set(error, status, source, NULL, "no memory for the samples");
    return status;
}

void sw_posterior_clear(sw_posterior *result) {
    free(result->claim);
    free(result->parameter);
    *result = (sw_posterior){0};
}

static json_t *distributions_json(const sw_distribution *list, size_t count) {
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(
            array,
            json_pack("{so so so so sb so s[oo] so}", "id", sw_run_json_text(list[i].id), "what",
                      sw_run_json_text(list[i].what), "paper", sw_run_json_text(list[i].paper),
                      "unit", sw_run_json_text(list[i].unit), "calibrated", list[i].calibrated,
                      "median", sw_run_json_number(list[i].median), "interval",
                      sw_run_json_number(list[i].low), sw_run_json_number(list[i].high), "agrees",
                      sw_run_json_number(list[i].agrees)));
    return array;
}

sw_status sw_posterior_json(char **text, const sw_posterior *result) {
    json_t *object =
        json_pack("{so sI sI sI sb so so}", "model", sw_run_json_text(result->model), "samples",
                  (json_int_t)result->samples, "draws", (json_int_t)result->draws, "failed",
                  (json_int_t)result->failed, "interrupted", result->interrupted, "claims",
                  distributions_json(result->claim, result->claims), "parameters",
                  distributions_json(result->parameter, result->parameters));
    *text = object ? json_dumps(object, JSON_INDENT(2)) : NULL;
    json_decref(object);
    return *text ? SW_OK : SW_ERROR_MEMORY;
}
