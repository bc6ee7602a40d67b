/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a file of claims: an error with its place, or a plan whose every number has its run. */
#include "run/claims_plan.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_measure(const sw_claims_plan *plan, const sw_measure *measure, bool in_sweep) {
    if (!measure)
        return;
    if (!plan->preset && !measure->run && !in_sweep)
        abort();
    if (measure->run && sw_claims_plan_find(plan, measure->run) < 0)
        abort();
    check_measure(plan, measure->minus, in_sweep);
    check_measure(plan, measure->over, in_sweep);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    sw_claims_plan plan;
    sw_error error = {0};
    const char *text = size > 0 ? (const char *)data : "";
    sw_status status = sw_claims_plan_read(&plan, "fuzz", text, size, &error);
    if (status != SW_OK && (error.message[0] == '\0' || error.place[0] == '\0'))
        abort();
    for (size_t r = 0; status == SW_OK && r < plan.runs; r++)
        for (size_t s = 0; s < plan.run[r].settings; s++)
            if (!plan.run[r].setting[s].path || !plan.run[r].setting[s].text)
                abort();
    for (size_t c = 0; status == SW_OK && c < plan.claims; c++)
        check_measure(&plan, plan.claim[c].measure, plan.claim[c].sweeps > 0);
    sw_claims_plan_clear(&plan);
    return 0;
}
