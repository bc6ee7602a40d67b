/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long and how hot: the run and its programme. */
#include "model/sections.h"

#include <string.h>

#define DEFAULT_OBSERVE_EVENTS 10000

static void read_domains(sw_run_settings *run, const sw_node *section) {
    const sw_node *list = sw_node_find(section, "domains");
    const sw_node *item = list ? list->first : NULL;
    for (int d = 0; d < 3; d++, item = item ? item->next : NULL)
        run->domains[d] = item ? (int)item->number : 1;
    run->turn = sw_number_of(section, "turn");
}

bool sw_run_read(sw_reading *reading) {
    const sw_node *section = sw_node_find(reading->root, "run");
    const sw_node *observe = sw_node_find(section, "observe");
    sw_run_settings *run = &reading->lattice->run;
    run->seed = (uint64_t)sw_number_of(section, "seed");
    run->end_time = sw_number_of(section, "time");
    run->end_events = (uint64_t)sw_number_of(section, "events");
    run->quick_events = (uint64_t)sw_number_of(section, "quick_events");
    const char *engine = sw_text_of(section, "engine");
    run->engine = strcmp(engine, "packed") == 0    ? SW_ENGINE_PACKED
                  : strcmp(engine, "general") == 0 ? SW_ENGINE_GENERAL
                                                   : SW_ENGINE_BEST;
    read_domains(run, section);
    run->temperature = sw_number_of(section, "temperature");
    run->temperature_step = sw_number_of(section, "temperature_step");
    run->snapshot_events = (uint64_t)sw_number_of(sw_node_find(section, "snapshot"), "events");
    run->observe_every = sw_number_of(observe, "time");
    run->observe_events = (uint64_t)sw_number_of(observe, "events");
    if (run->observe_every > 0 && run->observe_events > 0)
        return sw_fail_key(reading, observe, "keep one of the two",
                           "observe goes either by time or by events");
    if (run->observe_every <= 0 && run->observe_events == 0)
        run->observe_events = DEFAULT_OBSERVE_EVENTS;
    if (run->end_time <= 0 && run->end_events == 0 && !sw_node_find(reading->root, "programme"))
        return sw_fail_key(reading, section, "add 'events: 1000000' or 'time: 1 s'",
                           "the run has no end: expected 'events', 'time' or a programme");
    return true;
}

static bool read_leg(sw_reading *reading, sw_leg *leg, const sw_leg *before, const sw_node *node) {
    size_t gases = reading->gas_names.count;
    double *pressure = sw_take(reading, gases, sizeof *pressure);
    if (!pressure)
        return false;
    for (size_t i = 0; i < gases; i++)
        pressure[i] = before->pressure[i];
    leg->pressure = pressure;
    leg->duration = sw_number_of(node, "duration");
    leg->ramp = sw_flag_of(node, "ramp");
    leg->temperature =
        sw_node_find(node, "temperature") ? sw_number_of(node, "temperature") : before->temperature;
    const sw_node *list = sw_node_find(node, "gas");
    for (const sw_node *item = list ? list->first : NULL; item; item = item->next) {
        int gas;
        if (!sw_read_gas(reading, item, item->key, true, &gas))
            return false;
        pressure[gas] = item->number;
    }
    return true;
}

bool sw_programme_read(sw_reading *reading) {
    const sw_node *list = sw_node_find(reading->root, "programme");
    sw_lattice_model *lattice = reading->lattice;
    double start[SW_GAS_LIMIT] = {0};
    for (size_t i = 0; i < lattice->gas.species; i++)
        start[i] = lattice->gas.list[i].pressure;
    sw_leg before = {.temperature = lattice->run.temperature, .pressure = start};
    sw_leg *legs = sw_take(reading, list ? list->count : 0, sizeof *legs);
    if (!legs)
        return false;
    lattice->leg = legs;
    for (const sw_node *node = list ? list->first : NULL; node; node = node->next) {
        if (!read_leg(reading, &legs[lattice->legs], &before, node))
            return false;
        before = legs[lattice->legs++];
    }
    return true;
}
