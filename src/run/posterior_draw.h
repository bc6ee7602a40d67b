/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Claims of one set of parameters, from runs that are kept in memory. */
#ifndef SPILLWAY_RUN_POSTERIOR_DRAW_H
#define SPILLWAY_RUN_POSTERIOR_DRAW_H

#include "run/claims_plan.h"

#define SW_DRAW_SETTINGS 64
#define SW_DRAW_TABLES 4

typedef struct sw_draw_run {
    bool done;
    sw_table *table[SW_DRAW_TABLES];
    const char *name[SW_DRAW_TABLES];
} sw_draw_run;

typedef struct sw_draw {
    const sw_claims_plan *plan;
    sw_setting setting[SW_DRAW_SETTINGS]; /* before those of each run */
    size_t settings;
    sw_draw_run *run; /* [plan->runs]: made when first needed */
} sw_draw;

SW_MUST_USE sw_status sw_draw_begin(sw_draw *draw, const sw_claims_plan *plan);
void sw_draw_clear(sw_draw *draw);
/* NaN where the number does not exist. Onsets over sweeps are not measured here. */
SW_MUST_USE sw_status sw_draw_claim(double *value, sw_draw *draw, const sw_planned_claim *claim,
                                    sw_error *error);

#endif
