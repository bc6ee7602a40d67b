/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run.acceleration: ways to reach longer times. */
#include "model/sections.h"

#include "model/setting.h"

#include <string.h>

/* Whether the process has both ways, so that they can be slowed alike. */
static bool has_both_ways(const sw_process *process) {
    return process->reversible || process->self_reverse;
}

/* The names under which processes can be chosen: their own and those of their mechanisms. */
static bool names_of_processes(sw_reading *reading, sw_names *names) {
    const sw_lattice_model *model = reading->lattice;
    if (!sw_names_create(reading, names, 2 * model->processes))
        return false;
    for (size_t p = 0; p < model->processes; p++) {
        const char *own[2] = {model->process[p].name, model->process[p].mechanism};
        for (int i = 0; i < 2; i++)
            if (own[i][0] != '\0' && sw_names_find(names, own[i]) < 0)
                names->list[names->count++] = own[i];
    }
    return true;
}

/* Marks the reversible processes that a name stands for. */
static bool choose(sw_reading *reading, bool *chosen, const sw_node *item, const sw_names *names) {
    const sw_lattice_model *model = reading->lattice;
    bool found = false;
    if (sw_without_has(reading, item->text))
        return true;
    if (sw_names_find(names, item->text) < 0)
        return sw_fail_unknown(reading, item, false, "process or mechanism", item->text, names);
    for (size_t p = 0; p < model->processes; p++) {
        const sw_process *process = &model->process[p];
        bool meant =
            strcmp(item->text, process->name) == 0 || strcmp(item->text, process->mechanism) == 0;
        chosen[p] = chosen[p] || (meant && has_both_ways(process));
        found = found || (meant && has_both_ways(process));
    }
    return found ? true
                 : sw_fail(reading, item, "name processes that are reversible",
                           "'%.80s' has no way back, so there is no balance to scale", item->text);
}

static bool read_choice(sw_reading *reading, sw_scaling_settings *scaling, const sw_node *list) {
    sw_names names = {0};
    if (!list)
        return true;
    bool *chosen = sw_take(reading, reading->lattice->processes, sizeof *chosen);
    if (!chosen || !names_of_processes(reading, &names))
        return false;
    for (const sw_node *item = list->first; item; item = item->next)
        if (!choose(reading, chosen, item, &names))
            return false;
    scaling->chosen = chosen;
    return true;
}

static bool read_scaling(sw_reading *reading, const sw_node *node) {
    sw_scaling_settings *scaling = &reading->lattice->run.acceleration.scaling;
    scaling->present = node && sw_flag_of(node, "enabled");
    if (!scaling->present)
        return true;
    scaling->window = (uint64_t)sw_number_of(node, "window");
    scaling->executions = (uint64_t)sw_number_of(node, "executions");
    scaling->tolerance = sw_number_of(node, "tolerance");
    scaling->margin = sw_number_of(node, "margin");
    scaling->lowest = sw_number_of(node, "lowest");
    return read_choice(reading, scaling, sw_node_find(node, "processes"));
}

static bool read_superbasin(sw_reading *reading, const sw_node *node) {
    sw_superbasin_settings *superbasin = &reading->lattice->run.acceleration.superbasin;
    superbasin->present = node && sw_flag_of(node, "enabled");
    superbasin->states = superbasin->present ? (size_t)sw_number_of(node, "states") : 0;
    if (superbasin->present && reading->lattice->run.acceleration.scaling.present)
        return sw_fail_key(reading, node, "keep one of the two",
                           "superbasins are exact for rates that stay; scaling changes them");
    return true;
}

bool sw_acceleration_read(sw_reading *reading) {
    const sw_node *run = sw_node_find(reading->root, "run");
    const sw_node *section = sw_node_find(run, "acceleration");
    return read_scaling(reading, section ? sw_node_find(section, "scaling") : NULL) &&
           read_superbasin(reading, section ? sw_node_find(section, "superbasin") : NULL);
}
