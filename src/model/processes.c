/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/process_slots.h"

#include "model/setting.h"

#include <math.h>
#include <string.h>

#define CONDITION_LIMIT 8
#define ENVIRONMENT_LIMIT 2
#define VALUE_LIMIT 16
#define GAS_CHANGE_LIMIT 4

static bool read_conditions(sw_reading *reading, sw_process *process, const sw_node *list) {
    if (list && list->count > CONDITION_LIMIT)
        return sw_fail_key(reading, list, NULL, "a process has at most %d conditions, found %zu",
                           CONDITION_LIMIT, list->count);
    for (const sw_node *node = list ? list->first : NULL; node; node = node->next) {
        sw_condition *condition = &process->condition[process->conditions++];
        const sw_node *count = sw_node_find(node, "count");
        condition->minimum = sw_integer_of(node, "at_least");
        condition->maximum = sw_integer_of(node, "at_most");
        condition->exclude_pattern = sw_flag_of(node, "without_pattern");
        if (!sw_read_slot(reading, process, sw_node_find(node, "at"), &condition->slot) ||
            !sw_read_species(reading, count, true, &condition->species) ||
            !sw_read_kinds_or_all(reading, node, "sites", &condition->kinds) ||
            !sw_check_may_sit(reading, count, condition->species, condition->kinds) ||
            !sw_read_distance_of(reading, node, "distance", &condition->distance))
            return false;
        if (condition->minimum > condition->maximum)
            return sw_fail(reading, node, "exchange them", "at_least %d is above at_most %d",
                           condition->minimum, condition->maximum);
    }
    return true;
}

static bool read_environments(sw_reading *reading, sw_process *process, const sw_node *list) {
    if (list && list->count > ENVIRONMENT_LIMIT)
        return sw_fail_key(reading, list, NULL, "a process has at most %d environments, found %zu",
                           ENVIRONMENT_LIMIT, list->count);
    if (list && list->count > 0 && process->kinetics == SW_KINETICS_RATE)
        return sw_fail_key(reading, list, "use 'type: barrier', 'saddle' or 'collision'",
                           "an environment cannot change a stated rate");
    for (const sw_node *node = list ? list->first : NULL; node; node = node->next) {
        sw_barrier_environment *environment = &process->environment[process->environments++];
        const sw_node *ends = sw_node_find(node, "ends"), *add = sw_node_find(node, "add");
        const sw_node *count = sw_node_find(node, "count");
        if (!sw_read_slot(reading, process, ends->first, &environment->slot[0]) ||
            !sw_read_slot(reading, process, ends->last, &environment->slot[1]) ||
            !sw_read_species(reading, count, false, &environment->species) ||
            !sw_read_kinds_or_all(reading, node, "sites", &environment->kinds) ||
            !sw_check_may_sit(reading, count, environment->species, environment->kinds) ||
            !sw_read_distance_of(reading, node, "distance", &environment->distance))
            return false;
        if (add->count == 0 || add->count > VALUE_LIMIT)
            return sw_fail_expected(reading, add, "1 to 16 energies", NULL);
        for (const sw_node *item = add->first; item; item = item->next)
            environment->value[environment->values++] = item->number;
    }
    return true;
}

static bool read_gas_changes(sw_reading *reading, sw_process *process, const sw_node *node) {
    const sw_node *list = sw_node_find(node, "gas"), *supply = sw_node_find(node, "supply");
    for (const sw_node *item = list ? list->first : NULL; item; item = item->next) {
        if (process->gas_changes >= GAS_CHANGE_LIMIT)
            return sw_fail_key(reading, list, NULL, "a process changes at most %d gases",
                               GAS_CHANGE_LIMIT);
        if (item->number == 0)
            return sw_fail_expected(reading, item, "molecules made (+) or used (-)",
                                    "leave gases out that do not change");
        sw_gas_change *change = &process->gas_change[process->gas_changes++];
        change->change = (int)item->number;
        if (!sw_read_gas(reading, item, item->key, true, &change->gas))
            return false;
    }
    process->supply_change = sw_integer_of(node, "supply");
    process->spillover = sw_flag_of(node, "spillover");
    if (process->supply_change != 0 && !reading->lattice->supply.present)
        return sw_fail_key(reading, supply, "add the section 'supply'",
                           "the model has no supply that the process could use");
    if (process->spillover && !reading->lattice->spillover.present)
        return sw_fail_key(reading, sw_node_find(node, "spillover"), "add the section 'spillover'",
                           "the model has no spillover that could weight the process");
    return true;
}

/* ---- kinetics -------------------------------------------------------------------------------- */

static bool check_keys_of_type(sw_reading *reading, const sw_node *kinetics, const char *type) {
    static const struct {
        const char *key, *types;
        bool required;
    } rows[] = {{"prefactor", "rate|barrier|saddle", true},
                {"barrier", "rate|barrier|collision", true},
                {"saddle", "saddle", true},
                {"transfer", "barrier", false},
                {"gas", "collision", true},
                {"area", "collision", true},
                {"sticking", "collision", false},
                {"reverse", "rate", false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const sw_node *node = sw_node_find(kinetics, rows[i].key);
        bool belongs = strstr(rows[i].types, type) != NULL;
        if (node && !belongs)
            return sw_fail_key(reading, node, "remove it or change the type",
                               "'%s' does not belong to kinetics of type %s", rows[i].key, type);
        if (!node && belongs && rows[i].required)
            return sw_fail_key(reading, kinetics, NULL, "kinetics of type %s need the key '%s'",
                               type, rows[i].key);
    }
    return true;
}

static bool read_collision(sw_reading *reading, sw_process *process, const sw_node *kinetics) {
    const sw_node *gas = sw_node_find(kinetics, "gas");
    if (!sw_read_gas(reading, gas, gas->text, false, &process->collision_gas))
        return false;
    for (size_t i = 0; i < process->gas_changes; i++)
        if (process->gas_change[i].gas == process->collision_gas &&
            process->gas_change[i].change < 0)
            return true;
    return sw_fail(reading, gas, "add 'gas: {NAME: -1}' to the process",
                   "%s arrives by collision, but the process does not use it", gas->text);
}

static bool read_kinetics(sw_reading *reading, sw_process *process, const sw_node *node) {
    const sw_node *kinetics = sw_node_find(node, "kinetics");
    const sw_node *reverse = sw_node_find(kinetics, "reverse");
    const char *type = sw_text_of(kinetics, "type");
    process->kinetics = strcmp(type, "rate") == 0      ? SW_KINETICS_RATE
                        : strcmp(type, "barrier") == 0 ? SW_KINETICS_BARRIER
                        : strcmp(type, "saddle") == 0  ? SW_KINETICS_SADDLE
                                                       : SW_KINETICS_COLLISION;
    process->prefactor = sw_number_of(kinetics, "prefactor");
    process->scale = sw_number_of(kinetics, "scale");
    process->barrier =
        sw_number_of(kinetics, process->kinetics == SW_KINETICS_SADDLE ? "saddle" : "barrier");
    process->transfer = sw_number_of(kinetics, "transfer");
    process->sticking = sw_number_of(kinetics, "sticking");
    process->area = sw_number_of(kinetics, "area");
    process->collision_gas = -1;
    process->has_reverse_rate = reverse != NULL;
    process->reverse_prefactor = sw_number_of(reverse, "prefactor");
    process->reverse_barrier = sw_number_of(reverse, "barrier");
    if (!check_keys_of_type(reading, kinetics, type))
        return false;
    return process->kinetics != SW_KINETICS_COLLISION || read_collision(reading, process, kinetics);
}

/* A process says how it is undone, unless it is its own reverse. */
static bool read_direction(sw_reading *reading, sw_process *process, const sw_node *node) {
    const sw_node *irreversible = sw_node_find(node, "irreversible");
    bool one_way = sw_flag_of(node, "irreversible");
    bool both_ways = sw_flag_of(node, "reversible") || process->has_reverse_rate;
    process->self_reverse = !one_way && sw_process_is_self_reverse(process);
    process->reversible = both_ways && !process->self_reverse;
    if (one_way && both_ways)
        return sw_fail_key(reading, irreversible, "keep one of the two",
                           "the process '%s' is both reversible and irreversible", process->name);
    if (process->self_reverse && process->has_reverse_rate)
        return sw_fail_key(reading, sw_node_find(node, "kinetics"), "remove 'reverse'",
                           "'%s' is its own reverse: its rate is the same both ways",
                           process->name);
    if (process->self_reverse && process->kinetics == SW_KINETICS_BARRIER &&
        fabs(process->transfer - 0.5) > 1e-12)
        return sw_fail(
            reading, sw_node_find(sw_node_find(node, "kinetics"), "transfer"),
            "write 'transfer: 0.5'",
            "'%s' is its own reverse: only transfer 0.5 keeps detailed balance, found %g",
            process->name, process->transfer);
    if (one_way || both_ways || process->self_reverse)
        return true;
    return sw_fail_key(reading, node,
                       "add 'reversible: true' (the reverse rate follows from the free energy), "
                       "or 'irreversible: true'",
                       "the process '%s' does not say how it is undone, and it is not its own "
                       "reverse (a hop between two like slots under mirrored conditions)",
                       process->name);
}

static bool read_process(sw_reading *reading, sw_process *process, const sw_node *node) {
    process->name = node->key;
    process->mechanism = sw_text_of(node, "mechanism");
    process->help = sw_text_of(node, "help");
    process->line = node->key_line;
    return sw_process_slots_read(reading, process, node) &&
           read_conditions(reading, process, sw_node_find(node, "where")) &&
           read_gas_changes(reading, process, node) && read_kinetics(reading, process, node) &&
           read_environments(reading, process, sw_node_find(node, "environment")) &&
           (sw_flag_of(node, "transmutes") || sw_check_elements(reading, process, node)) &&
           read_direction(reading, process, node);
}

bool sw_processes_read(sw_reading *reading) {
    const sw_node *section = sw_node_find(reading->root, "processes");
    sw_process *processes = sw_take(reading, section ? section->count : 0, sizeof *processes);
    if (!processes)
        return false;
    reading->lattice->process = processes;
    for (const sw_node *child = section ? section->first : NULL; child; child = child->next) {
        sw_process *process = &processes[reading->lattice->processes];
        /* those left out are checked too, but not kept */
        if (!read_process(reading, process, child))
            return false;
        if (sw_without_has(reading, child->key) || sw_without_has(reading, process->mechanism))
            *process = (sw_process){0};
        else
            reading->lattice->processes++;
    }
    return sw_check_cycles(reading);
}
