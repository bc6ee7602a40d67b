/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/job.h"

#include "base/hash.h"
#include "base/memory.h"
#include "run/checkpoint.h"

#include <spillway/lattice.h>

#include <stdlib.h>
#include <string.h>

static sw_status copy_parameters(sw_job *job, const sw_model *model, sw_error *error) {
    size_t count = sw_model_parameter_count(model);
    job->parameter = sw_allocate(count, sizeof *job->parameter);
    if (job->parameter == NULL)
        return sw_error_set(error, SW_ERROR_MEMORY, job->name, NULL, "no memory for %zu parameters",
                            count);
    for (size_t i = 0; i < count; i++)
        job->parameter[i] = *sw_model_parameter(model, i);
    job->parameters = count;
    return SW_OK;
}

static sw_status take_settings(sw_job *job, const sw_model *model, sw_error *error) {
    const sw_lattice_model *lattice = sw_model_lattice(model);
    const sw_run_settings *settings = sw_model_run_settings(model);
    if (settings == NULL)
        return sw_error_set(error, SW_ERROR_UNSUPPORTED, job->name,
                            "`spillway list simulators` shows what this version can run",
                            "simulator \"%s\" has no run settings that the driver knows",
                            sw_model_simulator(model));
    job->settings = *settings;
    if (lattice != NULL && sw_lattice_is_cut(lattice))
        job->simulator = sw_lattice_domains_simulator();
    return SW_OK;
}

sw_status sw_job_make(sw_job *job, const sw_model *model, sw_error *error) {
    *job = (sw_job){0};
    if (model == NULL)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "model", NULL, "a run needs a model");
    job->model = model;
    job->name = sw_model_name(model);
    job->title = sw_model_title(model);
    job->description = sw_model_description(model);
    job->citation = sw_model_citation(model);
    job->resolved_text = sw_model_resolved_text(model);
    if (sw_model_recipe(model) != NULL)
        return sw_error_set(error, SW_ERROR_ARGUMENT, job->name, "`spillway build` makes the atoms",
                            "'%s' is a recipe for atoms, no model to be simulated", job->name);
    job->simulator = sw_simulator_find(sw_model_simulator(model));
    if (job->simulator == NULL)
        return sw_error_set(error, SW_ERROR_NOT_FOUND, job->name,
                            "`spillway list simulators` shows what this version can run",
                            "no simulator is called \"%s\"", sw_model_simulator(model));
    sw_status status = take_settings(job, model, error);
    if (status == SW_OK)
        status = copy_parameters(job, model, error);
    return status;
}

sw_status sw_job_refuse_domains(const sw_job *job, const char *what, sw_error *error) {
    const int *domains = job->settings.domains;
    if (domains[0] <= 1 && domains[1] <= 1 && domains[2] <= 1)
        return SW_OK;
    return sw_error_set(error, SW_ERROR_UNSUPPORTED, what,
                        "leave run.domains (--domains) away: many runs use all processors too",
                        "%s of a lattice that is cut into domains: not run, because domains are "
                        "an approximation",
                        what);
}

void sw_job_clear(sw_job *job) {
    free(job->parameter);
    *job = (sw_job){0};
}

uint64_t sw_job_seed(const sw_job *job, const sw_run_options *options) {
    if (options->seed != 0)
        return options->seed;
    return job->settings.seed != 0 ? job->settings.seed : 1;
}

uint64_t sw_job_hash(const sw_job *job) {
    uint64_t hash = sw_hash(SW_HASH_START, job->simulator->name, strlen(job->simulator->name) + 1);
    return sw_hash(hash, job->resolved_text, strlen(job->resolved_text));
}

bool sw_job_can_resume(const sw_job *job, const char *folder, uint64_t seed, sw_context *context) {
    sw_checkpoint kept = {0};
    bool found = false;
    sw_status status = sw_checkpoint_load(&kept, &found, folder, context, NULL);
    bool same =
        status == SW_OK && found && kept.model_hash == sw_job_hash(job) && kept.seed == seed;
    sw_checkpoint_clear(&kept);
    return same;
}

const char *sw_job_counted(const sw_job *job) {
    return job->simulator->counted != NULL ? job->simulator->counted : "events";
}
