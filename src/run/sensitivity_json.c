/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <spillway/run.h>

#include "run/json_text.h"

static json_t *interval(double value, double spread) {
    return json_pack("[oo]", sw_run_json_number(value - spread),
                     sw_run_json_number(value + spread));
}

static json_t *process_object(const sw_rate_control *process) {
    return json_pack("{so so so}", "process", sw_run_json_text(process->process), "value",
                     sw_run_json_number(process->value), "interval",
                     interval(process->value, process->spread));
}

sw_status sw_sensitivity_json(char **text, const sw_sensitivity *result) {
    if (text == NULL || result == NULL)
        return SW_ERROR_ARGUMENT;
    *text = NULL;
    json_t *list = json_array();
    bool complete = list != NULL;
    for (size_t i = 0; i < result->processes && complete; i++)
        complete = json_array_append_new(list, process_object(&result->process[i])) == 0;
    json_t *object = json_pack(
        "{so so so so so so so so so so sI}", "model", sw_run_json_text(result->model),
        "observable", sw_run_json_text(result->observable), "unit", sw_run_json_text(result->unit),
        "value", sw_run_json_number(result->value), "interval",
        interval(result->value, result->spread), "rate_control", list, "sum",
        sw_run_json_number(result->sum), "sum_interval", interval(result->sum, result->sum_spread),
        "bend", interval(result->bend, result->bend_spread), "step",
        sw_run_json_number(result->step), "runs", (json_int_t)result->runs);
    if (complete && object != NULL)
        *text = json_dumps(object, JSON_INDENT(2));
    json_decref(object);
    return *text != NULL ? SW_OK : SW_ERROR_MEMORY;
}
