/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/sections.h"

#include <spillway/data.h>

#include <string.h>

static bool read_element(sw_reading *reading, sw_species *species, const sw_node *node) {
    const sw_node *element = sw_node_find(node, "element");
    const char *symbol = element ? element->text : node->key;
    if (strcmp(symbol, "none") == 0)
        return true;
    species->element = sw_element_number(symbol);
    if (species->element > 0)
        return true;
    species->element = 0;
    if (element)
        return sw_fail_expected(reading, element, "the symbol of an element, or none",
                                "symbols are written as Fe, O, Ni");
    return sw_fail_key(reading, node,
                       "add 'element: Fe', or 'element: none' for what is not "
                       "written",
                       "the species '%s' needs an element", node->key);
}

static bool read_formula(sw_reading *reading, sw_species *species, const sw_node *node) {
    int atoms[SW_FORMULA_ELEMENTS];
    const sw_node *formula = sw_node_find(node, "formula");
    species->formula = formula            ? formula->text
                       : species->element ? sw_element_symbol(species->element)
                                          : "";
    if (formula && !sw_formula_parse(atoms, formula->text))
        return sw_fail_expected(reading, formula, "a formula such as CO or Fe3O4", NULL);
    return true;
}

static bool read_one(sw_reading *reading, sw_species *species, const sw_node *node) {
    species->name = node->key;
    return read_element(reading, species, node) && read_formula(reading, species, node) &&
           sw_read_kinds(reading, sw_node_find(node, "sites"), &species->kinds);
}

bool sw_species_read(sw_reading *reading) {
    const sw_node *section = sw_node_find(reading->root, "species");
    if (section->count == 0 || section->count >= SW_SPECIES_LIMIT)
        return sw_fail_key(reading, section, "empty sites are species 0 and count too",
                           "expected 1 to %d species, found %zu", SW_SPECIES_LIMIT - 1,
                           section->count);
    sw_species *species = sw_take(reading, section->count + 1, sizeof *species);
    if (!species || !sw_names_create(reading, &reading->species_names, section->count + 1))
        return false;
    species[0] = (sw_species){
        .name = "empty", .formula = "", .kinds = (1u << reading->kind_names.count) - 1};
    reading->species_names.list[reading->species_names.count++] = "empty";
    reading->lattice->species = species;
    reading->lattice->species_count = 1;
    for (const sw_node *child = section->first; child; child = child->next) {
        if (!read_one(reading, &species[reading->lattice->species_count], child))
            return false;
        reading->species_names.list[reading->species_names.count++] = child->key;
        reading->lattice->species_count++;
    }
    return true;
}
