/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <spillway/build.h>

#include "build/result.h"
#include "build/steps.h"

#include <string.h>

static const char *const step_names[] = {
    [SW_STEP_FILL] = "fill",   [SW_STEP_OXIDATION] = "oxidation", [SW_STEP_VACANCIES] = "vacancies",
    [SW_STEP_PORES] = "pores", [SW_STEP_NOISE] = "noise",         [SW_STEP_MISSING] = "missing",
    [SW_STEP_HIDE] = "hide"};

static sw_status do_step(sw_draft *draft, const sw_recipe_step *step) {
    switch (step->kind) {
    case SW_STEP_FILL:
        return sw_step_fill(draft, &step->fill);
    case SW_STEP_OXIDATION:
        return sw_step_oxidation(draft, &step->oxidation);
    case SW_STEP_VACANCIES:
        return sw_step_removal(draft, &step->removal, SW_GONE_VACANCY);
    case SW_STEP_PORES:
        return sw_step_pores(draft, &step->pores);
    case SW_STEP_NOISE:
        return sw_step_noise(draft, &step->noise);
    case SW_STEP_MISSING:
        return sw_step_removal(draft, &step->removal, SW_GONE_MISSING);
    case SW_STEP_HIDE:
        return sw_step_hide(draft, &step->hide);
    }
    return SW_OK;
}

static sw_status build_draft(sw_built *built, sw_draft *draft) {
    const sw_recipe *recipe = draft->recipe;
    sw_status status = SW_OK;
    for (size_t i = 0; i < recipe->steps && status == SW_OK; i++) {
        const char *name = step_names[recipe->step[i].kind];
        if (sw_context_cancelled(draft->context))
            return sw_error_set(draft->error, SW_ERROR_CANCELLED, "build", NULL, "cancelled");
        draft->step = i;
        draft->added = draft->removed = 0;
        draft->done[0] = '\0';
        status = do_step(draft, &recipe->step[i]);
        if (status != SW_OK)
            break;
        sw_log(draft->context, SW_LOG_INFO, "%s %s: %zu atoms added, %zu taken out", name,
               draft->done, draft->added, draft->removed);
        status = sw_result_add_step(built, draft, name);
    }
    return status;
}

sw_status sw_build(sw_built *built, const sw_model *model, sw_context *context, sw_error *error) {
    const sw_recipe *recipe = model ? sw_model_recipe(model) : NULL;
    sw_draft draft;
    if (!built || !model)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "sw_build", NULL,
                            "needs a result and a model");
    *built = (sw_built){0};
    if (!recipe)
        return sw_error_set(
            error, SW_ERROR_ARGUMENT, sw_model_name(model), "run it with `spillway simulate`",
            "'%s' is a model to be simulated, no recipe for atoms", sw_model_name(model));
    sw_status status = sw_draft_create(&draft, recipe, context, error);
    if (status == SW_OK)
        status = sw_result_begin(built, error);
    if (status == SW_OK)
        status = build_draft(built, &draft);
    if (status == SW_OK)
        status = sw_result_finish(built, &draft, model);
    sw_draft_clear(&draft);
    if (status != SW_OK)
        sw_built_clear(built);
    return status;
}

void sw_built_clear(sw_built *built) {
    sw_atoms_destroy(built->atoms);
    sw_atoms_destroy(built->removed);
    sw_table_destroy(built->counts);
    sw_table_destroy(built->steps);
    *built = (sw_built){0};
}
