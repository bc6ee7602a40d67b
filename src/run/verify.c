/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Verification: the runs that the claims need, each with several seeds, on the context's threads;
 * then every claim's number with its interval over the seeds (Student's t, 95 %), and a verdict.
 * Where the interval holds values on both sides of a bound, the claim counts as not tested.
 */
#include "run/claims_judge.h"
#include "run/claims_measure.h"
#include "run/claims_pick.h"
#include "run/claims_plan.h"
#include "run/folder.h"
#include "run/job.h"
#include "run/mean_and_spread.h"
#include "run/verify_atoms.h"

#include "base/memory.h"

#include <spillway/io.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct verification {
    sw_claims_plan plan;
    const sw_verify_options *options;
    const char *source, *folder; /* source: as the caller names what is verified */
    sw_context *context;
    sw_error *error;
    bool *needed;   /* [runs] */
    bool *measured; /* [runs x measurements] */
    int replicas;
    bool deterministic; /* one run stands for all seeds */
} verification;

/* ---- which claims, which runs ---------------------------------------------------------------- */

static bool wanted(const verification *work, const sw_planned_claim *claim) {
    return sw_claim_is_wanted(work->options->claims, claim->id);
}

static void need_run(verification *work, const sw_measure *measure, const char *name) {
    int run = sw_claims_plan_find(&work->plan, name);
    int measurement = sw_claims_plan_measurement(&work->plan, measure->table);
    work->needed[run] = true;
    if (measurement >= 0)
        work->measured[(size_t)run * work->plan.measurements + (size_t)measurement] = true;
}

/* `sweep`: the run of measures that name none, or NULL. */
static void need_measure(verification *work, const sw_measure *measure, const char *sweep) {
    for (; measure; measure = measure->over) {
        const char *run = measure->run ? measure->run : sweep;
        if (run)
            need_run(work, measure, run);
        need_measure(work, measure->minus, sweep);
    }
}

static void need_claim(verification *work, const sw_planned_claim *claim) {
    need_measure(work, claim->measure, NULL);
    for (size_t s = 0; s < claim->sweeps; s++)
        need_measure(work, claim->measure, claim->sweep[s]);
}

static sw_status find_needed(verification *work) {
    size_t chosen = 0, pairs = work->plan.runs * work->plan.measurements;
    work->needed = sw_allocate(work->plan.runs, sizeof *work->needed);
    work->measured = sw_allocate(pairs > 0 ? pairs : 1, sizeof *work->measured);
    if (!work->needed || !work->measured)
        return sw_error_set(work->error, SW_ERROR_MEMORY, "verify", NULL, "not enough memory");
    for (size_t c = 0; c < work->plan.claims; c++)
        if (wanted(work, &work->plan.claim[c])) {
            chosen++;
            need_claim(work, &work->plan.claim[c]);
        }
    if (chosen > 0)
        return SW_OK;
    return sw_error_set(work->error, SW_ERROR_NOT_FOUND, work->options->claims,
                        "leave --claims out to see all of them", "'%s' has no such claim",
                        work->source);
}

/* ---- runs ------------------------------------------------------------------------------------ */

/* Names in options->without, separated by commas, and those of the run. */
static size_t join_without(const char *list[16], char *buffer, size_t size,
                           const verification *work, const sw_planned_run *run) {
    size_t count = 0;
    for (; count < run->withouts; count++)
        list[count] = run->without[count];
    snprintf(buffer, size, "%s", work->options->without ? work->options->without : "");
    char *rest = NULL;
    for (char *name = strtok_r(buffer, ", ", &rest); name && count < 16;
         name = strtok_r(NULL, ", ", &rest))
        list[count++] = name;
    return count;
}

static sw_status replica_folder(char folder[SW_PATH_SIZE], const verification *work,
                                const char *run, int replica) {
    char name[256];
    snprintf(name, sizeof name, "%s/replica-%03d", run, replica + 1);
    return sw_folder_path(folder, work->folder, name, work->error);
}

/* What instruments see in every replica of a run. */
static sw_status measure_run(const verification *work, size_t run) {
    const sw_claims_plan *plan = &work->plan;
    char folder[SW_PATH_SIZE];
    sw_status status = SW_OK;
    for (size_t m = 0; m < plan->measurements; m++) {
        bool needed = work->measured[run * plan->measurements + m];
        for (int r = 0; needed && r < work->replicas && status == SW_OK; r++) {
            status = replica_folder(folder, work, plan->run[run].name, r);
            if (status == SW_OK)
                status = sw_claim_measurement_make(&plan->measurement[m], folder, work->context,
                                                   work->error);
        }
    }
    return status;
}

/* Whether an earlier verification left this run, whole or in part: by its first replica. */
static bool can_resume(const verification *work, const sw_model *model, const sw_planned_run *run) {
    char folder[SW_PATH_SIZE];
    sw_job job;
    sw_run_options first = {.seed = work->options->seed};
    bool can = false;
    if (!work->options->resume || sw_job_make(&job, model, NULL) != SW_OK)
        return false;
    if (replica_folder(folder, work, run->name, 0) == SW_OK)
        can = sw_job_can_resume(&job, folder, sw_job_seed(&job, &first), work->context);
    sw_job_clear(&job);
    return can;
}

static sw_status run_loaded(const verification *work, const sw_model *model,
                            const sw_planned_run *run, const char *const *without, size_t count) {
    char folder[SW_PATH_SIZE], command[256];
    sw_status status = sw_folder_path(folder, work->folder, run->name, work->error);
    if (status != SW_OK)
        return status;
    snprintf(command, sizeof command, "spillway verify %s%s", work->source,
             work->options->quick ? " --quick" : "");
    const bool resume = can_resume(work, model, run);
    sw_run_options options = {.folder = folder,
                              .resume = resume,
                              .overwrite = !resume,
                              .quick = work->options->quick,
                              .seed = work->options->seed,
                              .until = run->seconds,
                              .until_events =
                                  work->options->quick ? run->quick_events : run->events,
                              .command = command,
                              .settings = run->setting,
                              .setting_count = run->settings,
                              .without = without,
                              .without_count = count};
    sw_run_summary summary;
    status = sw_run_replicas(&summary, model, &options, work->replicas, work->context, work->error);
    if (status == SW_OK && summary.interrupted)
        return sw_error_set(work->error, SW_ERROR_CANCELLED, work->folder,
                            "the same command with --resume goes on", "verification interrupted");
    return status;
}

static sw_status make_run(const verification *work, const sw_planned_run *run) {
    const char *without[16];
    char buffer[512];
    sw_model *model = NULL;
    size_t count = join_without(without, buffer, sizeof buffer, work, run);
    sw_status status = sw_model_load(&model, work->plan.model, run->setting, run->settings, without,
                                     count, work->error);
    if (status != SW_OK)
        return status;
    if (work->deterministic)
        sw_log(work->context, SW_LOG_INFO, "%s: run '%s'", work->source, run->name);
    else
        sw_log(work->context, SW_LOG_INFO, "%s: run '%s', %d seeds", work->source, run->name,
               work->replicas);
    status = run_loaded(work, model, run, without, count);
    sw_model_destroy(model);
    return status;
}

/* ---- measuring ------------------------------------------------------------------------------- */

/* The number of one replica; `sweep` is the run of measures that name none. */
typedef struct replica_number {
    const verification *work;
    const char *sweep;
    int replica;
} replica_number;

static sw_status read_number(double *value, const sw_measure *measure, void *user) {
    const replica_number *of = user;
    sw_error *error = of->work->error;
    char folder[SW_PATH_SIZE], path[SW_PATH_SIZE], file[256];
    sw_content content = {0};
    snprintf(file, sizeof file, "%s.csv", measure->table);
    sw_status status =
        replica_folder(folder, of->work, measure->run ? measure->run : of->sweep, of->replica);
    if (status == SW_OK)
        status = sw_folder_path(path, folder, file, error);
    if (status == SW_OK)
        status = sw_read(&content, path, sw_format_find("csv"), 0, error);
    if (status != SW_OK)
        return status;
    ptrdiff_t column = content.table ? sw_table_find(content.table, measure->column) : -1;
    if (column < 0 || sw_table_is_text(content.table, (size_t)column))
        status = sw_error_set(error, SW_ERROR_NOT_FOUND, path, NULL,
                              "there is no column of numbers '%s'", measure->column);
    else
        *value = sw_claim_pick(content.table, (size_t)column, measure->row);
    sw_content_clear(&content);
    return status;
}

static sw_status measure_number(double *value, const verification *work, const sw_measure *measure,
                                const char *sweep, int replica) {
    replica_number of = {work, sweep, replica};
    return sw_claim_number(value, measure, read_number, &of);
}

/* The first place of the sweep that exceeds the threshold; infinity where none does. */
static sw_status find_onset(double *onset, const verification *work, const sw_planned_claim *claim,
                            int replica) {
    *onset = INFINITY;
    for (size_t s = 0; s < claim->sweeps; s++) {
        double value;
        sw_status status = measure_number(&value, work, claim->measure, claim->sweep[s], replica);
        if (status != SW_OK)
            return status;
        if (value > claim->threshold) {
            *onset = claim->place[s];
            return SW_OK;
        }
    }
    return SW_OK;
}

/* ---- judging --------------------------------------------------------------------------------- */

/* The step of a sweep, even or not, that ends at or above a place. */
static double step_up_to(const sw_planned_claim *claim, double place) {
    size_t s = 1;
    while (s + 1 < claim->sweeps && claim->place[s] < place)
        s++;
    return claim->place[s] - claim->place[s - 1];
}

/* An onset is known to one step of its sweep. */
static void onset_interval(sw_claim *out, const sw_planned_claim *claim) {
    double step = step_up_to(claim, out->value);
    if (!isfinite(out->value)) {
        snprintf(out->unit, sizeof out->unit, "%s (none up to %g)", claim->unit,
                 claim->place[claim->sweeps - 1]);
        out->value = out->low = out->high = INFINITY;
        return;
    }
    out->low = fmin(out->value - step, isnan(out->low) ? out->value : out->low);
    out->high = fmax(out->value, isnan(out->high) ? out->value : out->high);
}

static sw_status judge_claim(sw_claim *out, const verification *work,
                             const sw_planned_claim *claim) {
    double values[SW_PLAN_REPLICAS], spread;
    char open[96];
    if (sw_claim_is_elsewhere(out, claim))
        return SW_OK;
    sw_claim_begin(out, claim);
    bool never = false;
    for (int r = 0; r < work->replicas; r++) {
        sw_status status = claim->sweeps
                               ? find_onset(&values[r], work, claim, r)
                               : measure_number(&values[r], work, claim->measure, NULL, r);
        if (status != SW_OK)
            return status;
        never = never || isinf(values[r]);
    }
    sw_mean_and_spread(&out->value, &spread, values, (size_t)work->replicas);
    if (work->deterministic)
        spread = 0.0;
    if (never && claim->sweeps)
        out->value = INFINITY;
    out->low = out->value - spread;
    out->high = out->value + spread;
    if (claim->sweeps)
        onset_interval(out, claim);
    snprintf(open, sizeof open,
             "the interval over %d seeds crosses the bound: run more events or seeds",
             work->replicas);
    sw_claim_judge(out, claim, work->options->quick, open);
    return SW_OK;
}

static sw_status judge_all(sw_claim **claims, size_t *count, const verification *work) {
    sw_status status = SW_OK;
    *claims = sw_allocate(work->plan.claims, sizeof **claims);
    if (!*claims)
        return sw_error_set(work->error, SW_ERROR_MEMORY, "verify", NULL, "not enough memory");
    for (size_t c = 0; c < work->plan.claims && status == SW_OK; c++)
        if (wanted(work, &work->plan.claim[c]))
            status = judge_claim(&(*claims)[(*count)++], work, &work->plan.claim[c]);
    return status;
}

static sw_status verify_plan(sw_claim **claims, size_t *count, verification *work) {
    sw_status status = find_needed(work);
    if (status == SW_OK)
        status = sw_folder_make(work->folder, work->error);
    for (size_t r = 0; r < work->plan.runs && status == SW_OK; r++) {
        if (!work->needed[r])
            continue;
        status = make_run(work, &work->plan.run[r]);
        if (status == SW_OK)
            status = measure_run(work, r);
    }
    if (status == SW_OK)
        status = judge_all(claims, count, work);
    return status == SW_OK ? sw_claims_keep(work->folder, *claims, *count, work->error) : status;
}

/* What there is to verify: a simulation, or a recipe whose atoms are measured. */
static sw_status check_kind(const verification *work, bool is_recipe) {
    const sw_verify_options *options = work->options;
    if (is_recipe && !work->plan.preset)
        return sw_error_set(work->error, SW_ERROR_MODEL, work->source,
                            "name the preset of the survey, as models/zr-zro2/claims.yaml does",
                            "'%s' builds atoms, and claims on atoms need a preset",
                            work->plan.model);
    if (!is_recipe && work->plan.preset)
        return sw_error_set(work->error, SW_ERROR_MODEL, work->source,
                            "leave preset out: runs are measured by `measurements`",
                            "'%s' is a simulation, and a preset is for a recipe of atoms",
                            work->plan.model);
    if (options->atoms && !is_recipe)
        return sw_error_set(work->error, SW_ERROR_ARGUMENT, "atoms", "leave --atoms out",
                            "the claims of '%s' are of its simulation, not of given atoms",
                            work->source);
    if (options->disturbance.draws > 0 && !is_recipe)
        return sw_error_set(work->error, SW_ERROR_ARGUMENT, "draws",
                            "leave --precision and --missing out",
                            "the claims of '%s' are of its simulation, not of atoms", work->source);
    return SW_OK;
}

static int replicas_of(const verification *work) {
    const sw_verify_options *options = work->options;
    if (work->deterministic)
        return 1;
    if (options->replicas > SW_PLAN_REPLICAS)
        return SW_PLAN_REPLICAS;
    if (options->replicas > 0)
        return options->replicas;
    return options->quick ? work->plan.quick_replicas : work->plan.replicas;
}

static sw_status begin(verification *work, bool *is_recipe) {
    sw_model *model = NULL;
    sw_status status = sw_model_load(&model, work->plan.model, NULL, 0, NULL, 0, work->error);
    if (status != SW_OK)
        return status;
    *is_recipe = sw_model_recipe(model) != NULL;
    const sw_simulator *simulator = sw_simulator_find(sw_model_simulator(model));
    work->deterministic = simulator != NULL && simulator->deterministic;
    work->replicas = replicas_of(work);
    sw_model_destroy(model);
    return check_kind(work, *is_recipe);
}

sw_status sw_verify(sw_claim **claims, size_t *count, const char *source,
                    const sw_verify_options *options, sw_context *context, sw_error *error) {
    bool is_recipe = false;
    *claims = NULL;
    *count = 0;
    verification work = {.options = options,
                         .source = source,
                         .folder = options->folder ? options->folder : "verify",
                         .context = context,
                         .error = error};
    sw_status status = sw_claims_plan_open(&work.plan, source, error);
    if (status == SW_OK)
        status = begin(&work, &is_recipe);
    if (status == SW_OK && is_recipe)
        status = sw_verify_atoms(claims, count, source, &work.plan, options, context, error);
    else if (status == SW_OK)
        status = verify_plan(claims, count, &work);
    if (status != SW_OK) {
        free(*claims);
        *claims = NULL;
        *count = 0;
    }
    free(work.needed);
    free(work.measured);
    sw_claims_plan_clear(&work.plan);
    return status;
}
