/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/posterior_draw.h"

#include "base/memory.h"
#include "run/claims_pick.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

sw_status sw_draw_begin(sw_draw *draw, const sw_claims_plan *plan) {
    *draw = (sw_draw){.plan = plan};
    draw->run = sw_allocate(plan->runs, sizeof *draw->run);
    for (size_t i = 0; i < plan->posterior.settings; i++)
        draw->setting[draw->settings++] = plan->posterior.setting[i];
    return draw->run ? SW_OK : SW_ERROR_MEMORY;
}

void sw_draw_clear(sw_draw *draw) {
    for (size_t r = 0; draw->run && r < draw->plan->runs; r++)
        for (size_t t = 0; t < SW_DRAW_TABLES; t++)
            sw_table_destroy(draw->run[r].table[t]);
    free(draw->run);
    *draw = (sw_draw){0};
}

/* To the end of the run, then the simulator's tables. */
static sw_status simulate(sw_draw_run *made, const sw_model *model, double seconds,
                          sw_error *error) {
    const sw_simulator *simulator = sw_simulator_find(sw_model_simulator(model));
    void *state = NULL;
    bool finished = false;
    if (!simulator)
        return sw_error_set(error, SW_ERROR_NOT_FOUND, sw_model_name(model), NULL,
                            "no simulator is called \"%s\"", sw_model_simulator(model));
    sw_status status = simulator->create(&state, model, 1, NULL, error);
    const sw_horizon horizon = {.time = seconds, .events = UINT64_MAX};
    if (status == SW_OK)
        status = simulator->advance(state, horizon, &finished, error);
    for (size_t t = 0; t < SW_DRAW_TABLES && status == SW_OK; t++) {
        status = simulator->table(state, t, &made->name[t], &made->table[t], error);
        if (!made->table[t])
            break;
    }
    if (state)
        simulator->destroy(state);
    return status;
}

static sw_status make_run(sw_draw *draw, size_t index, sw_error *error) {
    const sw_planned_run *run = &draw->plan->run[index];
    sw_setting all[SW_DRAW_SETTINGS + SW_PLAN_SETTINGS];
    sw_model *model = NULL;
    memcpy(all, draw->setting, draw->settings * sizeof *all);
    memcpy(all + draw->settings, run->setting, run->settings * sizeof *all);
    sw_status status = sw_model_load(&model, draw->plan->model, all, draw->settings + run->settings,
                                     run->without, run->withouts, error);
    if (status == SW_OK)
        status = simulate(&draw->run[index], model, run->seconds, error);
    sw_model_destroy(model);
    draw->run[index].done = status == SW_OK;
    return status;
}

typedef struct draw_number {
    sw_draw *draw;
    sw_error *error;
} draw_number;

static sw_status read_number(double *value, const sw_measure *wanted, void *user) {
    const draw_number *of = user;
    int index = wanted->run ? sw_claims_plan_find(of->draw->plan, wanted->run) : -1;
    sw_status status = SW_OK;
    *value = NAN;
    if (index < 0)
        return SW_OK;
    if (!of->draw->run[index].done)
        status = make_run(of->draw, (size_t)index, of->error);
    const sw_draw_run *run = &of->draw->run[index];
    for (size_t t = 0; status == SW_OK && t < SW_DRAW_TABLES && run->table[t]; t++) {
        ptrdiff_t column = sw_table_find(run->table[t], wanted->column);
        if (strcmp(run->name[t], wanted->table) == 0 && column >= 0)
            *value = sw_claim_pick(run->table[t], (size_t)column, wanted->row);
    }
    return status;
}

sw_status sw_draw_claim(double *value, sw_draw *draw, const sw_planned_claim *claim,
                        sw_error *error) {
    draw_number of = {draw, error};
    *value = NAN;
    return claim->elsewhere || claim->sweeps > 0
               ? SW_OK
               : sw_claim_number(value, claim->measure, read_number, &of);
}
