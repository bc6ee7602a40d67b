/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/sections.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define TOKEN_SIZE 64

/* Takes the next name of "A|B|C", blanks around it dropped; false at the end. */
static bool next_name(char name[TOKEN_SIZE], const char **rest) {
    if (!*rest)
        return false;
    const char *start = *rest + strspn(*rest, " ");
    size_t length = strcspn(start, "|");
    *rest = start[length] == '|' ? start + length + 1 : NULL;
    while (length > 0 && start[length - 1] == ' ')
        length--;
    if (length >= TOKEN_SIZE)
        length = TOKEN_SIZE - 1;
    memcpy(name, start, length);
    name[length] = '\0';
    return true;
}

/* "A|B" as a mask of indices into names. */
static bool read_mask(sw_reading *reading, const sw_node *node, const char *thing,
                      const sw_names *names, uint32_t *mask) {
    char name[TOKEN_SIZE];
    if (node->kind != SW_NODE_SCALAR)
        return sw_fail_expected(reading, node, thing, "write several as A|B");
    const char *rest = node->text;
    while (next_name(name, &rest)) {
        int index = sw_names_find(names, name);
        if (index < 0)
            return sw_fail_unknown(reading, node, false, thing, name, names);
        *mask |= 1u << index;
    }
    return true;
}

static int index_of_single(uint32_t mask) {
    return mask != 0 && (mask & (mask - 1)) == 0 ? __builtin_ctz(mask) : -1;
}

bool sw_read_species(sw_reading *reading, const sw_node *node, bool may_be_empty,
                     sw_species_set *set) {
    *set = 0;
    if (!read_mask(reading, node, "species", &reading->species_names, set))
        return false;
    if (!may_be_empty && (*set & 1u))
        return sw_fail_expected(reading, node, "species, not empty sites",
                                "name the species that are meant, as A|B");
    return true;
}

bool sw_read_one_species(sw_reading *reading, const sw_node *node, int *species) {
    sw_species_set set;
    if (!sw_read_species(reading, node, false, &set))
        return false;
    *species = index_of_single(set);
    return *species >= 0 ? true : sw_fail_expected(reading, node, "one species", NULL);
}

bool sw_read_kinds(sw_reading *reading, const sw_node *node, sw_kind_set *kinds) {
    *kinds = 0;
    if (node->kind != SW_NODE_LIST)
        return read_mask(reading, node, "kind of site", &reading->kind_names, kinds);
    for (const sw_node *item = node->first; item; item = item->next)
        if (!read_mask(reading, item, "kind of site", &reading->kind_names, kinds))
            return false;
    return true;
}

bool sw_read_one_kind(sw_reading *reading, const sw_node *node, int *kind) {
    sw_kind_set kinds;
    if (!sw_read_kinds(reading, node, &kinds))
        return false;
    *kind = index_of_single(kinds);
    return *kind >= 0 ? true : sw_fail_expected(reading, node, "one kind of site", NULL);
}

bool sw_read_kinds_or_all(sw_reading *reading, const sw_node *mapping, const char *key,
                          sw_kind_set *kinds) {
    const sw_node *node = sw_node_find(mapping, key);
    *kinds = (1u << reading->kind_names.count) - 1;
    return node ? sw_read_kinds(reading, node, kinds) : true;
}

bool sw_read_gas(sw_reading *reading, const sw_node *node, const char *name, bool at_key,
                 int *gas) {
    *gas = sw_names_find(&reading->gas_names, name);
    if (*gas < 0)
        return sw_fail_unknown(reading, node, at_key, "gas", name, &reading->gas_names);
    return true;
}

bool sw_read_distance_of(sw_reading *reading, const sw_node *mapping, const char *key,
                         double *distance) {
    const sw_node *node = sw_node_find(mapping, key);
    if (!sw_read_distance(reading, node, false, distance))
        return false;
    return *distance > 0 ? true
                         : sw_fail_expected(reading, node, "a distance above 0",
                                            "plain numbers are in lattice constants");
}

bool sw_check_may_sit(sw_reading *reading, const sw_node *node, sw_species_set species,
                      sw_kind_set kinds) {
    for (size_t i = 1; i < reading->lattice->species_count; i++) {
        const sw_species *each = &reading->lattice->species[i];
        if (!(species >> i & 1u) || (each->kinds & kinds))
            continue;
        char hint[SW_HINT_SIZE];
        size_t length = (size_t)snprintf(hint, sizeof hint, "%s may sit on", each->name);
        for (size_t k = 0; k < reading->kind_names.count && length < sizeof hint; k++)
            if (each->kinds >> k & 1u)
                length += (size_t)snprintf(hint + length, sizeof hint - length, " %s",
                                           reading->kind_names.list[k]);
        return sw_fail(reading, node, hint, "'%s' may not sit on the sites named here", each->name);
    }
    return true;
}

bool sw_read_bound(sw_reading *reading, const sw_node *bound, sw_species_set *species,
                   double *distance, int *minimum, int *maximum) {
    if (!bound)
        return true;
    *minimum = sw_integer_of(bound, "at_least");
    *maximum = sw_integer_of(bound, "at_most");
    if (*minimum > *maximum)
        return sw_fail(reading, bound, "exchange them", "at_least %d is above at_most %d", *minimum,
                       *maximum);
    return sw_read_species(reading, sw_node_find(bound, "species"), false, species) &&
           sw_read_distance_of(reading, bound, "distance", distance);
}

bool sw_read_list(sw_reading *reading, const void *array, size_t *count, const sw_node *list,
                  size_t size, sw_item_reader read) {
    *count = 0;
    if (!list)
        return true;
    char *items = sw_take(reading, list->count, size);
    if (!items)
        return false;
    for (const sw_node *node = list->first; node; node = node->next, ++*count)
        if (!read(reading, items + *count * size, node))
            return false;
    /* array is the address of a pointer to const items */
    memcpy((void *)(uintptr_t)array, &items, sizeof items);
    return true;
}
