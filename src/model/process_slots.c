/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/process_slots.h"

#include <math.h>
#include <string.h>

static void slot_names(const sw_process *process, sw_names *names) {
    names->count = 0;
    for (size_t i = 0; i < process->slots; i++)
        names->list[names->count++] = process->slot[i].name;
}

static bool find_slot(sw_reading *reading, const sw_process *process, const sw_node *node,
                      bool at_key, const char *name, int *slot) {
    const char *list[SW_SLOT_LIMIT];
    sw_names names = {list, 0};
    slot_names(process, &names);
    *slot = sw_names_find(&names, name);
    return *slot >= 0 ? true : sw_fail_unknown(reading, node, at_key, "slot", name, &names);
}

bool sw_read_slot(sw_reading *reading, const sw_process *process, const sw_node *node, int *slot) {
    return find_slot(reading, process, node, false, node->text, slot);
}

/* ---- where ----------------------------------------------------------------------------------- */

static bool read_offset(sw_reading *reading, sw_slot *slot, const sw_node *offset) {
    slot->offset_given = true;
    double length = 0;
    for (size_t i = 0; i < 3; i++) {
        if (!sw_read_distance(reading, sw_node_item(offset, i), true, &slot->offset[i]))
            return false;
        length += slot->offset[i] * slot->offset[i];
    }
    slot->distance = sqrt(length);
    return length > 0 ? true : sw_fail_expected(reading, offset, "an offset other than zero", NULL);
}

static bool read_direction(sw_reading *reading, sw_process *process, sw_slot *slot,
                           const sw_node *node) {
    const sw_node *at = sw_node_find(node, "at"), *offset = sw_node_find(node, "offset");
    const sw_node *of = sw_node_find(node, "of");
    bool anchor = process->slots == 0;
    if (anchor && (at || offset || of))
        return sw_fail(reading, node, "list the slot that it is near to before it",
                       "the first slot is the anchor: it has no 'at', 'offset' or 'of'");
    if (anchor)
        return true;
    if (!at == !offset)
        return sw_fail_key(reading, node, "such as {site: oxygen, at: bond, of: first}",
                           "the slot '%s' needs either 'at' or 'offset'", slot->name);
    if (of && !sw_read_slot(reading, process, of, &slot->relative_to))
        return false;
    if (!of)
        slot->relative_to = 0;
    if (offset)
        return read_offset(reading, slot, offset) &&
               sw_check_shell(reading, offset, process->slot[slot->relative_to].kinds, slot->kinds,
                              slot->distance);
    return sw_read_distance_of(reading, node, "at", &slot->distance) &&
           sw_check_shell(reading, at, process->slot[slot->relative_to].kinds, slot->kinds,
                          slot->distance);
}

static bool read_place(sw_reading *reading, sw_process *process, const sw_node *node) {
    if (process->slots >= SW_SLOT_LIMIT)
        return sw_fail_key(reading, node, "use 'where' for neighbours that do not change",
                           "a process has at most %d slots", SW_SLOT_LIMIT);
    if (sw_names_find(&reading->species_names, node->key) >= 0)
        return sw_fail_key(reading, node, "give the slot another name",
                           "'%s' is a species and cannot name a slot", node->key);
    sw_slot *slot = &process->slot[process->slots];
    *slot = (sw_slot){.name = node->key, .relative_to = -1, .after_slot = -1, .after_species = -1};
    bool mapping = node->kind == SW_NODE_MAPPING;
    if (!sw_read_kinds(reading, mapping ? sw_node_find(node, "site") : node, &slot->kinds))
        return false;
    if (!mapping && process->slots > 0)
        return sw_fail_expected(reading, node, "{site, at, of}: where the slot lies",
                                "only the first slot, the anchor, is a kind alone");
    if (mapping && !read_direction(reading, process, slot, node))
        return false;
    process->slots++;
    return true;
}

/* ---- what changes ---------------------------------------------------------------------------- */

static bool read_after(sw_reading *reading, sw_process *process, sw_slot *slot,
                       const sw_node *node) {
    const char *list[SW_SLOT_LIMIT + SW_SPECIES_LIMIT];
    sw_names names = {list, 0};
    if (node->kind != SW_NODE_SCALAR)
        return sw_fail_expected(reading, node, "a species, empty, or a slot", NULL);
    slot->after_species = sw_names_find(&reading->species_names, node->text);
    if (slot->after_species >= 0) {
        sw_species_set set = 1u << slot->after_species;
        return (slot->kinds & ~reading->lattice->species[slot->after_species].kinds) == 0
                   ? true
                   : sw_check_may_sit(reading, node, set, 0);
    }
    slot_names(process, &names);
    slot->after_slot = sw_names_find(&names, node->text);
    if (slot->after_slot >= 0)
        return true;
    for (size_t i = 0; i < reading->species_names.count; i++)
        names.list[names.count++] = reading->species_names.list[i];
    return sw_fail_unknown(reading, node, false, "species or slot", node->text, &names);
}

static bool read_change(sw_reading *reading, sw_process *process, const sw_node *node) {
    int index;
    if (!find_slot(reading, process, node, true, node->key, &index))
        return false;
    sw_slot *slot = &process->slot[index];
    if (node->count < 1 || node->count > 2)
        return sw_fail_expected(reading, node, "[before, after], or [before] where nothing changes",
                                NULL);
    if (!sw_read_species(reading, node->first, true, &slot->before) ||
        !sw_check_may_sit(reading, node->first, slot->before, slot->kinds))
        return false;
    if (node->count == 1)
        return true;
    if (!read_after(reading, process, slot, node->last))
        return false;
    /* a species that stays, or the slot itself, is no change */
    if (slot->after_slot == index ||
        (slot->after_species >= 0 && slot->before == 1u << slot->after_species))
        return sw_fail(reading, node->last, "write [before] alone",
                       "'%s' is the same before and after", node->key);
    return true;
}

/* What moves into a slot must be able to sit on each of its kinds. */
static bool check_moves(sw_reading *reading, const sw_process *process, const sw_node *change) {
    for (size_t i = 0; i < process->slots; i++) {
        const sw_slot *slot = &process->slot[i];
        const sw_node *node = sw_node_find(change, slot->name);
        if (!node)
            return sw_fail_key(reading, change, "say what it holds: 'slot: [before, after]'",
                               "the slot '%s' neither changes nor is tested", slot->name);
        if (slot->after_slot < 0)
            continue;
        sw_species_set moving = process->slot[slot->after_slot].before;
        for (size_t s = 1; s < reading->species_names.count; s++)
            if ((moving >> s & 1u) && (slot->kinds & ~reading->lattice->species[s].kinds))
                return sw_check_may_sit(reading, node->last, 1u << s, 0);
    }
    return true;
}

static bool check_changes_something(sw_reading *reading, const sw_process *process,
                                    const sw_node *node) {
    for (size_t i = 0; i < process->slots; i++)
        if (process->slot[i].after_slot >= 0 || process->slot[i].after_species >= 0)
            return true;
    return sw_fail_key(reading, node, "write 'slot: [before, after]'",
                       "the process '%s' changes nothing", process->name);
}

bool sw_process_slots_read(sw_reading *reading, sw_process *process, const sw_node *node) {
    const sw_node *sites = sw_node_find(node, "sites"), *change = sw_node_find(node, "change");
    const sw_node *open = sw_node_find(node, "open");
    if (sites->count == 0)
        return sw_fail_expected(reading, sites, "at least one slot", NULL);
    for (const sw_node *child = sites->first; child; child = child->next)
        if (!read_place(reading, process, child))
            return false;
    for (const sw_node *child = change->first; child; child = child->next)
        if (!read_change(reading, process, child))
            return false;
    for (const sw_node *item = open ? open->first : NULL; item; item = item->next) {
        int slot;
        if (!sw_read_slot(reading, process, item, &slot))
            return false;
        process->slot[slot].open_to_gas = true;
    }
    return check_moves(reading, process, change) &&
           check_changes_something(reading, process, change);
}
