/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/verify_atoms.h"

#include "base/memory.h"
#include "run/atom_statistics.h"
#include "run/claims_judge.h"
#include "run/folder.h"
#include "run/survey.h"

#include <spillway/build.h>
#include <spillway/io.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct verification {
    const char *source, *folder;
    const sw_claims_plan *plan;
    const sw_verify_options *options;
    sw_context *context;
    sw_error *error;
} verification;

/* ---- the atoms ------------------------------------------------------------------------------- */

static sw_status write_built(const char *path, const verification *work, const sw_model *model) {
    sw_built built;
    sw_status status = sw_build(&built, model, work->context, work->error);
    if (status != SW_OK)
        return status;
    status = sw_write_atoms(path, NULL, built.atoms, false, work->error);
    sw_built_clear(&built);
    return status;
}

static sw_status build_atoms(const char *path, const verification *work) {
    const sw_planned_run *build = &work->plan->build;
    sw_setting setting[SW_PLAN_SETTINGS + 1];
    size_t count = build->settings;
    char seed[32];
    sw_model *model;
    memcpy(setting, build->setting, count * sizeof *setting);
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)work->options->seed);
    if (work->options->seed > 0)
        setting[count++] = (sw_setting){"seed", seed};
    sw_status status =
        sw_model_load(&model, work->plan->model, setting, count, NULL, 0, work->error);
    if (status != SW_OK)
        return status;
    sw_log(work->context, SW_LOG_INFO, "%s: building its atoms", work->source);
    status = write_built(path, work, model);
    sw_model_destroy(model);
    return status;
}

/* ---- numbers --------------------------------------------------------------------------------- */

static double as_measured(double value, const sw_measure *measure) {
    if (measure->magnitude)
        value = fabs(value);
    return measure->scale * value;
}

/* What a claim's number is called in the survey: an instrument's, or one of the claim's own. */
static const char *number_name(char name[64], const sw_planned_claim *claim) {
    if (claim->measure->number)
        return claim->measure->number;
    snprintf(name, 64, "claim: %.50s", claim->id);
    return name;
}

/* A mean or a correlation over atoms; all NaN where the survey lacks the columns. */
static sw_atom_statistic statistic_of(const sw_measure *measure, const sw_atoms *atoms) {
    if (atoms && measure->mean)
        return sw_atom_mean(atoms, measure->mean, &measure->atoms);
    if (atoms && measure->correlation && measure->with)
        return sw_atom_correlation(atoms, measure->correlation, measure->with, &measure->atoms);
    return (sw_atom_statistic){NAN, NAN, NAN, 0};
}

/* Claims on atoms become numbers of the survey. */
static sw_status add_claims(sw_measurement *measurement, const void *user) {
    const sw_claims_plan *plan = user;
    sw_status status = SW_OK;
    for (size_t c = 0; c < plan->claims && status == SW_OK; c++) {
        const sw_planned_claim *claim = &plan->claim[c];
        char name[64];
        if (claim->elsewhere || claim->measure->number)
            continue;
        sw_atom_statistic found = statistic_of(claim->measure, sw_measurement_atoms(measurement));
        status = sw_measurement_add(measurement, number_name(name, claim), found.value, found.low,
                                    found.high, claim->unit, claim->claim);
    }
    return status;
}

static void say_shift(sw_claim *claim, const sw_measured *found, const sw_measure *measure) {
    size_t used = strlen(claim->why);
    if (found->draws == 0 || found->shift == 0.0)
        return;
    while (used > 0 && claim->why[used - 1] == ' ')
        used--;
    snprintf(claim->why + used, sizeof claim->why - used,
             "%sAs much noise once more shifts it by %+.3g%s%s.", used ? " " : "",
             measure->scale * found->shift, *claim->unit ? " " : "", claim->unit);
}

/* A number without an interval is taken as it is; one that the survey lacks stays not tested. */
static void measure_claim(sw_claim *claim, const sw_planned_claim *planned,
                          const sw_measurement *measurement) {
    const sw_measure *measure = planned->measure;
    char name[64];
    if (sw_claim_is_elsewhere(claim, planned))
        return;
    const sw_measured *found = sw_measurement_find(measurement, number_name(name, planned));
    bool whole = found && !isnan(found->low) && !isnan(found->high);
    sw_claim_begin(claim, planned);
    claim->value = found ? as_measured(found->value, measure) : NAN;
    claim->low = whole ? as_measured(found->low, measure) : claim->value;
    claim->high = whole ? as_measured(found->high, measure) : claim->value;
    sw_claim_judge(claim, planned, false, "the interval crosses the bound");
    if (found)
        say_shift(claim, found, measure);
}

static sw_status judge_all(sw_claim **claims, size_t *count, const verification *work,
                           const sw_measurement *measurement) {
    const sw_claims_plan *plan = work->plan;
    *claims = sw_allocate(plan->claims, sizeof **claims);
    if (!*claims)
        return sw_error_set(work->error, SW_ERROR_MEMORY, "verify", NULL, "not enough memory");
    for (size_t c = 0; c < plan->claims; c++)
        if (sw_claim_is_wanted(work->options->claims, plan->claim[c].id))
            measure_claim(&(*claims)[(*count)++], &plan->claim[c], measurement);
    if (*count > 0)
        return SW_OK;
    return sw_error_set(work->error, SW_ERROR_NOT_FOUND, work->options->claims,
                        "leave --claims out to see all of them", "'%s' has no such claim",
                        work->source);
}

static sw_status survey(sw_claim **claims, size_t *count, const verification *work,
                        const char *atoms) {
    char folder[SW_PATH_SIZE], command[256];
    sw_measurement *measurement;
    sw_status status = sw_folder_path(folder, work->folder, "survey", work->error);
    if (status != SW_OK)
        return status;
    snprintf(command, sizeof command, "spillway verify %s%s%.150s", work->source,
             work->options->atoms ? " --atoms " : "",
             work->options->atoms ? work->options->atoms : "");
    const sw_survey_options options = {.file = atoms,
                                       .frame = -1,
                                       .only = work->plan->only,
                                       .preset = work->plan->preset,
                                       .folder = folder,
                                       .overwrite = true,
                                       .command = command,
                                       .disturbance = work->options->disturbance};
    const sw_survey_addition addition = {add_claims, work->plan};
    status = sw_survey_with(&measurement, &options, &addition, work->context, work->error);
    if (status != SW_OK)
        return status;
    status = judge_all(claims, count, work, measurement);
    if (status == SW_OK)
        status = sw_claims_keep(folder, *claims, *count, work->error);
    sw_measurement_destroy(measurement);
    return status;
}

sw_status sw_verify_atoms(sw_claim **claims, size_t *count, const char *source,
                          const sw_claims_plan *plan, const sw_verify_options *options,
                          sw_context *context, sw_error *error) {
    const verification work = {.source = source,
                               .folder = options->folder ? options->folder : "verify",
                               .plan = plan,
                               .options = options,
                               .context = context,
                               .error = error};
    char path[SW_PATH_SIZE];
    sw_status status = SW_OK;
    if (options->atoms) /* the survey makes its folder once it has something to write */
        return survey(claims, count, &work, options->atoms);
    status = sw_folder_make(work.folder, error);
    if (status == SW_OK)
        status = sw_folder_path(path, work.folder, "atoms.xyz", error);
    if (status == SW_OK)
        status = build_atoms(path, &work);
    return status == SW_OK ? survey(claims, count, &work, path) : status;
}
