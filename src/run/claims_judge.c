/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/claims_judge.h"

#include "run/folder.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_listed(const char *list, const char *id) {
    size_t length = strlen(id);
    for (const char *at = list; at && *at; at += strcspn(at, ",") + (strchr(at, ',') != NULL)) {
        while (*at == ' ')
            at++;
        if (strncmp(at, id, length) == 0 && (at[length] == ',' || at[length] == '\0'))
            return true;
    }
    return false;
}

bool sw_claim_is_wanted(const char *list, const char *id) {
    return !list || is_listed(list, id);
}

void sw_claim_begin(sw_claim *out, const sw_planned_claim *claim) {
    *out = (sw_claim){.value = NAN, .low = NAN, .high = NAN, .verdict = SW_NOT_TESTED};
    snprintf(out->id, sizeof out->id, "%s", claim->id);
    snprintf(out->claim, sizeof out->claim, "%s", claim->claim);
    snprintf(out->paper, sizeof out->paper, "%s", claim->paper);
    snprintf(out->unit, sizeof out->unit, "%s", claim->unit);
}

bool sw_claim_is_elsewhere(sw_claim *out, const sw_planned_claim *claim) {
    if (!claim->elsewhere)
        return false;
    sw_claim_begin(out, claim);
    snprintf(out->why, sizeof out->why, "`spillway %s` tells. %s", claim->elsewhere, claim->note);
    return true;
}

static bool holds(const sw_planned_claim *claim, double value) {
    return (isnan(claim->above) || value > claim->above) &&
           (isnan(claim->below) || value < claim->below);
}

/* The whole interval lies beyond one of the bounds. */
static bool fails(const sw_planned_claim *claim, double low, double high) {
    return (!isnan(claim->above) && high <= claim->above) ||
           (!isnan(claim->below) && low >= claim->below);
}

void sw_claim_judge(sw_claim *out, const sw_planned_claim *claim, bool quick, const char *open) {
    const char *label = quick ? SW_CLAIM_QUICK : "";
    bool inside = holds(claim, out->low) && holds(claim, out->high);
    bool outside = fails(claim, out->low, out->high);
    if (isnan(out->value)) {
        snprintf(out->why, sizeof out->why, "%snothing to measure here. %s", label, claim->note);
        return;
    }
    if (isnan(claim->above) && isnan(claim->below)) {
        snprintf(out->why, sizeof out->why, "%sno bound tells when it holds. %s", label,
                 claim->note);
        return;
    }
    if (isnan(out->low) || inside == outside) {
        snprintf(out->why, sizeof out->why, "%s%s. %s", label, open, claim->note);
        return;
    }
    out->verdict = inside ? SW_AGREES : SW_DISAGREES;
    snprintf(out->why, sizeof out->why, "%s%s", label, claim->note);
}

sw_status sw_claims_keep(const char *folder, const sw_claim *claims, size_t count,
                         sw_error *error) {
    char path[SW_PATH_SIZE];
    char *text = NULL;
    sw_status status = sw_claims_json(&text, claims, count);
    if (status == SW_OK)
        status = sw_folder_path(path, folder, "claims.json", error);
    if (status == SW_OK)
        status = sw_replace_file(path, text, strlen(text), error);
    free(text);
    return status;
}
