/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/sections.h"

#define DEFAULT_INTERFACE 1.0 /* lattice constants */

static bool read_phase(sw_reading *reading, void *item, const sw_node *node) {
    sw_phase *phase = item;
    const sw_node *species = sw_node_find(node, "species");
    phase->name = node->key;
    phase->bound_maximum = 1000;
    return sw_read_species(reading, species, false, &phase->species) &&
           sw_read_kinds(reading, sw_node_find(node, "sites"), &phase->kinds) &&
           sw_check_may_sit(reading, species, phase->species, phase->kinds) &&
           sw_read_bound(reading, sw_node_find(node, "bound"), &phase->bound_species,
                         &phase->bound_distance, &phase->bound_minimum, &phase->bound_maximum);
}

static bool read_role(sw_reading *reading, const sw_node *section, const char *key, int *phase) {
    const sw_node *node = sw_node_find(section, key);
    sw_names names;
    *phase = -1;
    if (!node)
        return true;
    if (!sw_names_of(reading, &names, sw_node_find(section, "phases")))
        return false;
    *phase = sw_names_find(&names, node->text);
    return *phase >= 0 ? true : sw_fail_unknown(reading, node, false, "phase", node->text, &names);
}

static bool read_gas_role(sw_reading *reading, const sw_node *section, const char *key, int *gas) {
    const sw_node *node = sw_node_find(section, key);
    *gas = -1;
    return node ? sw_read_gas(reading, node, node->text, false, gas) : true;
}

static bool read_set(sw_reading *reading, const sw_node *section, const char *key,
                     sw_species_set *set) {
    const sw_node *node = sw_node_find(section, key);
    return node ? sw_read_species(reading, node, false, set) : true;
}

static bool read_order(sw_reading *reading, const sw_node *node, sw_species_set order[2]) {
    if (!node)
        return true;
    if (!sw_read_species(reading, node->first, true, &order[0]) ||
        !sw_read_species(reading, node->last, true, &order[1]))
        return false;
    return (order[0] & order[1]) == 0
               ? true
               : sw_fail(reading, node, "list a species in one of them only",
                         "the two sides of the order parameter share a species");
}

bool sw_observe_read(sw_reading *reading) {
    const sw_node *section = sw_node_find(reading->root, "observe");
    const sw_node *interface = sw_node_find(section, "interface_distance");
    sw_observe *observe = &reading->lattice->observe;
    observe->interface_distance = DEFAULT_INTERFACE * reading->lattice->frame.lattice_constant;
    return sw_read_list(reading, &observe->phase, &observe->phases, sw_node_find(section, "phases"),
                        sizeof(sw_phase), read_phase) &&
           read_role(reading, section, "metal", &observe->metal) &&
           read_role(reading, section, "oxide", &observe->oxide) &&
           read_set(reading, section, "exchanged", &observe->exchanged) &&
           read_set(reading, section, "core", &observe->core) &&
           read_set(reading, section, "tracers", &observe->tracers) &&
           read_order(reading, sw_node_find(section, "order"), observe->order) &&
           read_gas_role(reading, section, "product", &observe->product_gas) &&
           read_gas_role(reading, section, "oxidant", &observe->oxidant_gas) &&
           (!interface || sw_read_distance_of(reading, section, "interface_distance",
                                              &observe->interface_distance));
}
