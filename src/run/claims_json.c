/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <spillway/run.h>

#include "run/json_text.h"

static const char *verdict_text(sw_verdict verdict) {
    switch (verdict) {
    case SW_AGREES:
        return "agrees";
    case SW_DISAGREES:
        return "disagrees";
    default:
        return "not tested";
    }
}

static json_t *claim_object(const sw_claim *claim) {
    return json_pack(
        "{so so so so s[oo] so so so}", "id", sw_run_json_text(claim->id), "claim",
        sw_run_json_text(claim->claim), "paper", sw_run_json_text(claim->paper), "value",
        sw_run_json_number(claim->value), "interval", sw_run_json_number(claim->low),
        sw_run_json_number(claim->high), "unit", sw_run_json_text(claim->unit), "verdict",
        sw_run_json_text(verdict_text(claim->verdict)), "why", sw_run_json_text(claim->why));
}

sw_status sw_claims_json(char **text, const sw_claim *claims, size_t count) {
    if (text == NULL || (claims == NULL && count > 0))
        return SW_ERROR_ARGUMENT;
    *text = NULL;
    json_t *list = json_array();
    bool complete = list != NULL;
    for (size_t i = 0; i < count && complete; i++)
        complete = json_array_append_new(list, claim_object(&claims[i])) == 0;
    json_t *object = json_pack("{so}", "claims", list);
    if (complete && object != NULL)
        *text = json_dumps(object, JSON_INDENT(2));
    json_decref(object);
    return *text != NULL ? SW_OK : SW_ERROR_MEMORY;
}
