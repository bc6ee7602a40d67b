/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every process must obey by itself: elements are conserved, a hop mirrors itself. */
#include "model/sections.h"

#include <spillway/data.h>

#include <string.h>

/* ---- elements -------------------------------------------------------------------------------- */

static void add_formula(int total[SW_FORMULA_ELEMENTS], const char *formula, int times) {
    int atoms[SW_FORMULA_ELEMENTS];
    if (times == 0 || !sw_formula_parse(atoms, formula))
        return;
    for (int i = 0; i < SW_FORMULA_ELEMENTS; i++)
        total[i] += times * atoms[i];
}

/* How many more times the species of a slot is there after the process than before. */
static int held_change(const sw_process *process, size_t slot) {
    const sw_slot *held = &process->slot[slot];
    int change = held->after_slot < 0 && held->after_species < 0 ? 0 : -1;
    for (size_t i = 0; i < process->slots; i++)
        change += process->slot[i].after_slot == (int)slot;
    return change;
}

static bool add_slot(sw_reading *reading, const sw_process *process, size_t index,
                     int total[SW_FORMULA_ELEMENTS], const sw_node *node) {
    const sw_slot *slot = &process->slot[index];
    const sw_species *species = reading->lattice->species;
    int change = held_change(process, index);
    const char *formula = NULL;
    for (size_t i = 0; change != 0 && i < reading->lattice->species_count; i++) {
        if (!(slot->before >> i & 1u))
            continue;
        if (formula && strcmp(formula, species[i].formula) != 0)
            return sw_fail_key(reading, sw_node_find(sw_node_find(node, "change"), slot->name),
                               "move it to another slot, or write one process for each species",
                               "the process '%s' does not conserve elements: what slot '%s' held "
                               "is %s, and it may hold different elements",
                               process->name, slot->name, change < 0 ? "lost" : "multiplied");
        formula = species[i].formula;
    }
    if (formula)
        add_formula(total, formula, change);
    if (slot->after_species >= 0)
        add_formula(total, species[slot->after_species].formula, 1);
    return true;
}

/*
 * The supply is filled from its gas. Where a process names that gas, the atoms are counted there
 * and the supply must agree; where it does not, the atoms of the supply count.
 */
static bool add_gas(sw_reading *reading, const sw_process *process, int total[SW_FORMULA_ELEMENTS],
                    const sw_node *node) {
    const sw_lattice_model *lattice = reading->lattice;
    int left = process->supply_change;
    for (size_t i = 0; i < process->gas_changes; i++) {
        const sw_gas_change *change = &process->gas_change[i];
        add_formula(total, lattice->gas.list[change->gas].name, change->change);
        if (!lattice->supply.present || change->gas != lattice->supply.gas || left == 0)
            continue;
        if (left != 2 * change->change)
            return sw_fail(
                reading, sw_node_find(node, "supply"), "one molecule is two atoms",
                "the process '%s' changes the supply by %d atoms, but %s by %d molecules",
                process->name, left, lattice->gas.list[change->gas].name, change->change);
        left = 0;
    }
    if (left == 0)
        return true;
    int atoms[SW_FORMULA_ELEMENTS];
    sw_formula_parse(atoms, lattice->gas.list[lattice->supply.gas].name);
    for (int i = 0; i < SW_FORMULA_ELEMENTS; i++)
        total[i] += atoms[i] > 0 ? left : 0;
    return true;
}

bool sw_check_elements(sw_reading *reading, const sw_process *process, const sw_node *node) {
    int total[SW_FORMULA_ELEMENTS] = {0};
    for (size_t i = 0; i < process->slots; i++)
        if (!add_slot(reading, process, i, total, node))
            return false;
    if (!add_gas(reading, process, total, node))
        return false;
    for (int i = 1; i < SW_FORMULA_ELEMENTS; i++)
        if (total[i] != 0)
            return sw_fail_key(reading, node,
                               "check 'change', 'gas' and 'supply': lattice, gas and "
                               "supply together keep every element",
                               "the process '%s' does not conserve elements: it %s %d %s",
                               process->name, total[i] > 0 ? "makes" : "loses",
                               total[i] > 0 ? total[i] : -total[i], sw_element_symbol(i));
    return true;
}

/* ---- hops that are their own reverse --------------------------------------------------------- */

static bool changes(const sw_slot *slot) {
    return slot->after_slot >= 0 || slot->after_species >= 0;
}

static sw_species_set after_of(const sw_process *process, const sw_slot *slot) {
    return slot->after_slot >= 0 ? process->slot[slot->after_slot].before
                                 : (sw_species_set)1 << slot->after_species;
}

static bool same_count(const sw_condition *a, const sw_condition *b) {
    return a->species == b->species && a->kinds == b->kinds && a->distance == b->distance &&
           a->minimum == b->minimum && a->maximum == b->maximum &&
           a->exclude_pattern == b->exclude_pattern;
}

/* Every condition at one end is there at the other, and the move itself does not change its count.
 */
static bool conditions_mirror(const sw_process *process, int a, int b) {
    sw_species_set moving = process->slot[a].before | process->slot[b].before;
    for (size_t i = 0; i < process->conditions; i++) {
        const sw_condition *condition = &process->condition[i];
        bool steady = condition->exclude_pattern || (condition->species & moving) == 0;
        bool idle = condition->minimum == 0 && condition->maximum >= 1000;
        bool found = condition->slot != a && condition->slot != b;
        int other = condition->slot == a ? b : a;
        for (size_t j = 0; j < process->conditions; j++)
            found = found || (process->condition[j].slot == other &&
                              same_count(condition, &process->condition[j]));
        if (!idle && (!steady || !found))
            return false;
    }
    return true;
}

static bool environments_mirror(const sw_process *process, int a, int b) {
    for (size_t i = 0; i < process->environments; i++) {
        const int *ends = process->environment[i].slot;
        bool both = (ends[0] == a && ends[1] == b) || (ends[0] == b && ends[1] == a);
        bool neither = ends[0] != a && ends[0] != b && ends[1] != a && ends[1] != b;
        if (!both && !neither)
            return false;
    }
    return true;
}

bool sw_process_is_self_reverse(const sw_process *process) {
    int ends[SW_SLOT_LIMIT], count = 0;
    for (size_t i = 0; i < process->slots; i++)
        if (changes(&process->slot[i]))
            ends[count++] = (int)i;
    /* with a third slot the mirrored pattern is not this one in general */
    if (count != 2 || process->slots != 2 || process->gas_changes > 0 ||
        process->supply_change != 0 || process->spillover)
        return false;
    const sw_slot *a = &process->slot[ends[0]], *b = &process->slot[ends[1]];
    return a->kinds == b->kinds && !b->offset_given && a->open_to_gas == b->open_to_gas &&
           after_of(process, a) == b->before && after_of(process, b) == a->before &&
           conditions_mirror(process, ends[0], ends[1]) &&
           environments_mirror(process, ends[0], ends[1]);
}
