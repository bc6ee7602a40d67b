/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gas, the supply that comes from it, and how far the supply spills over. */
#include "model/sections.h"

#include <stdio.h>
#include <string.h>

static bool read_list(sw_reading *reading, sw_gas *gas, const sw_node *list) {
    sw_gas_species *species = sw_take(reading, list->count, sizeof *species);
    if (!species || !sw_names_of(reading, &reading->gas_names, list))
        return false;
    if (list->count == 0 || list->count > SW_GAS_LIMIT)
        return sw_fail_key(reading, list, NULL, "expected 1 to %d gases, found %zu", SW_GAS_LIMIT,
                           list->count);
    for (const sw_node *node = list->first; node; node = node->next) {
        int atoms[SW_FORMULA_ELEMENTS];
        if (!sw_formula_parse(atoms, node->key))
            return sw_fail_key(reading, node, "gases are named by their formula: H2, O2, H2O",
                               "unknown gas '%.60s'", node->key);
        species[gas->species++] = (sw_gas_species){node->key, node->number};
    }
    gas->list = species;
    return true;
}

static bool read_mode(sw_reading *reading, sw_gas *gas, const sw_node *section) {
    static const char *const keys[] = {"flow", "volume", "copies"};
    bool stirred = strcmp(sw_text_of(section, "mode"), "stirred") == 0;
    for (size_t i = 0; i < 3; i++) {
        const sw_node *node = sw_node_find(section, keys[i]);
        if (stirred && !node)
            return sw_fail_key(reading, section, "a stirred gas has flow, volume and copies",
                               "a stirred gas needs the key '%s'", keys[i]);
        if (!stirred && node)
            return sw_fail_key(reading, node, "write 'mode: stirred' or remove it",
                               "'%s' belongs to a stirred gas", keys[i]);
    }
    gas->mode = stirred ? SW_GAS_STIRRED : SW_GAS_RESERVOIR;
    gas->flow = sw_number_of(section, "flow");
    gas->volume = sw_number_of(section, "volume");
    gas->copies = sw_number_of(section, "copies");
    return true;
}

static bool read_void(sw_reading *reading, const sw_node *node) {
    if (!node)
        return true;
    sw_void_rule *rule = &reading->lattice->void_rule;
    const sw_node *neighbours = sw_node_find(node, "neighbours");
    rule->present = true;
    rule->at_most = sw_integer_of(neighbours, "at_most");
    return sw_read_one_kind(reading, sw_node_find(node, "site"), &rule->kind) &&
           sw_read_kinds(reading, sw_node_find(neighbours, "sites"), &rule->kinds) &&
           sw_read_distance_of(reading, neighbours, "distance", &rule->distance) &&
           sw_read_distance_of(reading, node, "step", &rule->step) &&
           sw_read_distance_of(reading, node, "reach", &rule->reach);
}

bool sw_gas_read(sw_reading *reading) {
    const sw_node *section = sw_node_find(reading->root, "gas");
    if (!section)
        return true;
    return read_list(reading, &reading->lattice->gas, sw_node_find(section, "species")) &&
           read_mode(reading, &reading->lattice->gas, section) &&
           read_void(reading, sw_node_find(section, "void"));
}

/* ---- supply ---------------------------------------------------------------------------------- */

/* The supply counts atoms, two from each molecule. */
static bool check_diatomic(sw_reading *reading, const sw_node *from) {
    int atoms[SW_FORMULA_ELEMENTS], kinds = 0;
    bool two = false;
    sw_formula_parse(atoms, from->text);
    for (int i = 0; i < SW_FORMULA_ELEMENTS; i++) {
        kinds += atoms[i] > 0;
        two = two || atoms[i] == 2;
    }
    if (kinds != 1 || !two)
        return sw_fail_expected(reading, from, "a gas of two equal atoms, such as H2", NULL);
    return true;
}

static bool read_dissociation(sw_reading *reading, sw_supply *supply, const sw_node *list) {
    sw_species_set known = 0;
    for (const sw_node *node = list->first; node; node = node->next) {
        int species = sw_names_find(&reading->species_names, node->key);
        if (species < 1)
            return sw_fail_unknown(reading, node, true, "species", node->key,
                                   &reading->species_names);
        if (!(supply->carriers >> species & 1u))
            return sw_fail_key(reading, node, "add it to the carriers or remove it",
                               "'%s' is no carrier of the supply", node->key);
        supply->dissociation_barrier[species] = node->number;
        known |= 1u << species;
    }
    for (size_t i = 1; i < reading->species_names.count; i++)
        if ((supply->carriers & ~known) >> i & 1u)
            return sw_fail_key(reading, list, "give every carrier species a barrier",
                               "the barrier of the carrier '%s' is missing",
                               reading->species_names.list[i]);
    return true;
}

static bool read_carriers(sw_reading *reading, sw_supply *supply, const sw_node *node) {
    const sw_node *species = sw_node_find(node, "species");
    int minimum = 0;
    supply->smallest_cluster = sw_integer_of(node, "smallest_cluster");
    supply->bound_at_most = 1000;
    if (!sw_read_species(reading, species, false, &supply->carriers) ||
        !sw_read_kinds(reading, sw_node_find(node, "sites"), &supply->kinds) ||
        !sw_check_may_sit(reading, species, supply->carriers, supply->kinds) ||
        !sw_read_distance_of(reading, node, "link", &supply->link) ||
        !sw_read_bound(reading, sw_node_find(node, "bound"), &supply->bound_species,
                       &supply->bound_distance, &minimum, &supply->bound_at_most))
        return false;
    if (minimum > 0)
        return sw_fail(reading, sw_node_find(node, "bound"), "use at_most alone",
                       "carriers are metallic with at_most so many neighbours");
    return true;
}

bool sw_supply_read(sw_reading *reading) {
    const sw_node *section = sw_node_find(reading->root, "supply");
    sw_supply *supply = &reading->lattice->supply;
    if (!section)
        return true;
    const sw_node *from = sw_node_find(section, "from");
    const sw_node *adsorption = sw_node_find(section, "adsorption");
    supply->present = true;
    supply->name = sw_text_of(section, "name");
    supply->area = sw_number_of(section, "area");
    supply->adsorption_energy = sw_number_of(adsorption, "energy");
    supply->adsorption_entropy = sw_number_of(adsorption, "entropy");
    return sw_read_gas(reading, from, from->text, false, &supply->gas) &&
           check_diatomic(reading, from) &&
           read_carriers(reading, supply, sw_node_find(section, "carriers")) &&
           read_dissociation(reading, supply, sw_node_find(section, "dissociation"));
}

bool sw_spillover_read(sw_reading *reading) {
    const sw_node *section = sw_node_find(reading->root, "spillover");
    sw_spillover *spillover = &reading->lattice->spillover;
    if (!section)
        return true;
    if (!reading->lattice->supply.present)
        return sw_fail_key(reading, section, "add the section 'supply'",
                           "spillover needs a supply that spills over");
    const sw_node *hop = sw_node_find(section, "hop"), *loss = sw_node_find(section, "loss");
    spillover->present = true;
    spillover->contact_only =
        reading->without.count > 0 && sw_names_find(&reading->without, "spillover") >= 0;
    spillover->hop_prefactor = sw_number_of(hop, "prefactor");
    spillover->hop_barrier = sw_number_of(hop, "barrier");
    spillover->loss_prefactor = sw_number_of(loss, "prefactor");
    spillover->loss_barrier = sw_number_of(loss, "barrier");
    spillover->smallest = sw_number_of(section, "smallest");
    spillover->refresh = sw_integer_of(section, "refresh");
    return sw_read_one_kind(reading, sw_node_find(section, "along"), &spillover->kind) &&
           sw_read_distance_of(reading, section, "step", &spillover->step) &&
           sw_read_distance_of(reading, section, "contact", &spillover->contact);
}
