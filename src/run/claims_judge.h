/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a measured number and its interval to a verdict. */
#ifndef SPILLWAY_RUN_CLAIMS_JUDGE_H
#define SPILLWAY_RUN_CLAIMS_JUDGE_H

#include "run/claims_plan.h"

/* Whether a list such as "B1,B4" (NULL: all) names a claim. */
bool sw_claim_is_wanted(const char *list, const char *id);

/* What the plan says of a claim; nothing measured yet. */
void sw_claim_begin(sw_claim *out, const sw_planned_claim *claim);

/*
 * The verdict on out->value and its interval: agrees where the whole interval lies within the bounds,
 * disagrees where it lies beyond one of them, else not tested; `open` says then what to do. A claim
 * without bounds stays not tested.
 */
/* Where it is tested by another verb or model: not tested here, and where. */
bool sw_claim_is_elsewhere(sw_claim *out, const sw_planned_claim *claim);
void sw_claim_judge(sw_claim *out, const sw_planned_claim *claim, bool quick, const char *open);

/* Writes folder/claims.json. */
SW_MUST_USE sw_status sw_claims_keep(const char *folder, const sw_claim *claims, size_t count,
                                     sw_error *error);

#endif
