/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is probably not meant: processes that can never happen, because nothing puts one of their
 * species where they need it, and pairs of processes that make the same change. The model runs
 * all the same; the log names them.
 */
#include "lattice/state.h"

#include <math.h>
#include <stdio.h>

/* Which species can ever sit on each kind: what is there now, then what any pattern may bring. */
typedef struct reach {
    sw_species_set on[SW_KIND_LIMIT];
} reach;

static int kind_of(const sw_lattice *lattice, const sw_pattern *pattern, int slot) {
    return lattice->geometry.frame->basis[pattern->step[slot].basis].kind;
}

/* The first slot whose species can never be there, or -1. */
static int missing_slot(const sw_lattice *lattice, const reach *reached,
                        const sw_pattern *pattern) {
    for (int k = 0; k < pattern->slots; k++)
        if (!(pattern->before[k] & reached->on[kind_of(lattice, pattern, k)]))
            return k;
    return -1;
}

static bool spread(const sw_lattice *lattice, reach *reached, const sw_pattern *pattern) {
    bool grown = false;
    if (missing_slot(lattice, reached, pattern) >= 0)
        return false;
    for (int k = 0; k < pattern->slots; k++) {
        sw_species_set *on = &reached->on[kind_of(lattice, pattern, k)];
        sw_species_set more = *on | sw_pattern_after_set(pattern, (size_t)k);
        grown = grown || more != *on;
        *on = more;
    }
    return grown;
}

static void find_reach(const sw_lattice *lattice, reach *reached) {
    *reached = (reach){{0}};
    for (uint32_t site = 0; site < lattice->geometry.sites; site++)
        reached->on[lattice->geometry.frame->basis[lattice->geometry.basis[site]].kind] |=
            (sw_species_set)1 << lattice->species[site];
    for (bool grown = true; grown;) {
        grown = false;
        for (size_t p = 0; p < lattice->patterns.count; p++)
            grown = spread(lattice, reached, &lattice->patterns.list[p]) || grown;
    }
}

static const char *species_name(const sw_lattice *lattice, sw_species_set set) {
    return lattice->model->species[__builtin_ctz(set)].name;
}

/* ---- processes that can never happen --------------------------------------------------------- */

/* The most neighbours that a condition can ever count, its own slots included. */
static int most_counted(const sw_lattice *lattice, const reach *reached, const sw_pattern *pattern,
                        const sw_counter *counter) {
    const sw_frame *frame = lattice->geometry.frame;
    int most = 0;
    for (uint32_t i = 0; i < counter->count; i++) {
        sw_step step = lattice->patterns.pool.list[counter->first + i];
        most += (reached->on[frame->basis[step.basis].kind] & counter->species) != 0;
    }
    for (int k = 0; k < pattern->slots; k++)
        most += (int)SW_IN(counter->inside, k);
    return most;
}

static int missing_condition(const sw_lattice *lattice, const reach *reached,
                             const sw_pattern *pattern) {
    for (int c = 0; c < pattern->conditions; c++)
        if (most_counted(lattice, reached, pattern, &pattern->condition[c]) < pattern->least[c])
            return c;
    return -1;
}

/* A gas that the pattern uses and that never has a pressure, or -1. */
static int missing_gas(const sw_lattice *lattice, const sw_pattern *pattern) {
    const sw_lattice_model *model = lattice->model;
    for (size_t g = 0; g < model->gas.species && model->gas.mode == SW_GAS_RESERVOIR; g++) {
        bool ever = lattice->pressure[g] > 0.0 || lattice->class[pattern->class].power[g] == 0;
        for (size_t leg = 0; leg < model->legs; leg++)
            ever = ever || (model->leg[leg].pressure && model->leg[leg].pressure[g] > 0.0);
        if (!ever)
            return (int)g;
    }
    return -1;
}

/* Says in words why a pattern can never happen; false where it can. */
static bool find_block(char text[160], const sw_lattice *lattice, const reach *reached,
                       const sw_pattern *pattern) {
    int slot = missing_slot(lattice, reached, pattern);
    int condition = missing_condition(lattice, reached, pattern);
    int gas = missing_gas(lattice, pattern);
    if (slot >= 0)
        snprintf(text, 160, "no %.40s is or comes on %.60s sites",
                 species_name(lattice, pattern->before[slot]),
                 lattice->geometry.frame->kind_names[kind_of(lattice, pattern, slot)]);
    else if (condition >= 0)
        snprintf(text, 160, "its condition %d wants %d neighbours, but at most %d can be there",
                 condition + 1, pattern->least[condition],
                 most_counted(lattice, reached, pattern, &pattern->condition[condition]));
    else if (gas >= 0)
        snprintf(text, 160, "the gas holds no %.40s", lattice->model->gas.list[gas].name);
    return slot >= 0 || condition >= 0 || gas >= 0;
}

/* What blocks the way forth is told, where nothing of the process can happen. */
static void advise_unreachable(const sw_lattice *lattice, const reach *reached, size_t process) {
    char why[160] = "", text[160];
    bool told_forward = false;
    for (size_t p = 0; p < lattice->patterns.count; p++) {
        const sw_pattern *pattern = &lattice->patterns.list[p];
        if (pattern->process != process)
            continue;
        if (!find_block(text, lattice, reached, pattern))
            return;
        if (!why[0] || (!told_forward && !pattern->reverse))
            snprintf(why, sizeof why, "%s", text);
        told_forward = told_forward || !pattern->reverse;
    }
    if (why[0])
        sw_log(lattice->context, SW_LOG_WARNING, "the process '%s' can never happen: %s",
               lattice->model->process[process].name, why);
}

/* ---- processes that are there twice ---------------------------------------------------------- */

static int gas_made(const sw_process *process, int gas) {
    int made = 0;
    for (size_t i = 0; i < process->gas_changes; i++)
        made += process->gas_change[i].gas == gas ? process->gas_change[i].change : 0;
    return made;
}

/* The same gas and supply change; those of `b` turned round where `turned`. */
static bool same_exchange(const sw_lattice *lattice, const sw_process *a, const sw_process *b,
                          bool turned) {
    int sign = turned ? -1 : 1;
    bool same = a->supply_change == sign * b->supply_change && a->spillover == b->spillover;
    for (size_t g = 0; g < lattice->model->gas.species; g++)
        same = same && gas_made(a, (int)g) == sign * gas_made(b, (int)g);
    return same;
}

static int species_after(const sw_pattern *pattern, const int before[SW_SLOT_LIMIT], int slot) {
    if (pattern->after_slot[slot] >= 0)
        return before[pattern->after_slot[slot]];
    return pattern->after_species[slot] >= 0 ? pattern->after_species[slot] : before[slot];
}

/* Something that both may find, and of which both make the same. */
static bool same_change(const int map[SW_SLOT_LIMIT], const sw_pattern *a, const sw_pattern *b) {
    int of_a[SW_SLOT_LIMIT] = {0}, of_b[SW_SLOT_LIMIT] = {0};
    for (int i = 0; i < a->slots; i++) {
        sw_species_set both = a->before[i] & b->before[map[i]];
        if (!both || a->open[i] != b->open[map[i]])
            return false;
        of_a[i] = of_b[map[i]] = __builtin_ctz(both);
    }
    bool changes = false;
    for (int i = 0; i < a->slots; i++) {
        if (species_after(a, of_a, i) != species_after(b, of_b, map[i]))
            return false;
        changes = changes || species_after(a, of_a, i) != of_a[i];
    }
    return changes;
}

/* Every condition of `a` has one of `b` that counts the same and can hold at the same time. */
static bool hold_together(const int map[SW_SLOT_LIMIT], const sw_process *a, const sw_process *b) {
    if (a->conditions != b->conditions)
        return false;
    for (size_t c = 0; c < a->conditions; c++) {
        const sw_condition *own = &a->condition[c];
        bool found = false;
        for (size_t d = 0; d < b->conditions && !found; d++) {
            const sw_condition *other = &b->condition[d];
            found = other->slot == map[own->slot] && other->species == own->species &&
                    other->kinds == own->kinds &&
                    fabs(other->distance - own->distance) < 0.01 * own->distance &&
                    other->exclude_pattern == own->exclude_pattern &&
                    other->minimum <= own->maximum && own->minimum <= other->maximum;
        }
        if (!found)
            return false;
    }
    return true;
}

/* `own` is the way forth of its process. */
static bool is_twice(const sw_lattice *lattice, const sw_pattern *own, const sw_pattern *other) {
    const sw_process *a = &lattice->model->process[own->process];
    const sw_process *b = &lattice->model->process[other->process];
    int map[SW_SLOT_LIMIT];
    if (!same_exchange(lattice, a, b, other->reverse) ||
        (other->reverse && a->conditions + b->conditions > 0))
        return false;
    for (int k = 0; k < other->slots; k++)
        if (sw_patterns_map(map, own, other, k) && same_change(map, own, other) &&
            hold_together(map, a, b))
            return true;
    return false;
}

static void tell_twice(const sw_lattice *lattice, const sw_pattern *own, const sw_pattern *other) {
    const char *a = lattice->model->process[own->process].name;
    const char *b = lattice->model->process[other->process].name;
    bool conditions = lattice->model->process[own->process].conditions > 0;
    if (other->reverse)
        sw_log(
            lattice->context, SW_LOG_WARNING,
            "the process '%s' makes the same change as the way back of '%s': their rates add up, "
            "against detailed balance",
            a, b);
    else
        sw_log(lattice->context, SW_LOG_WARNING,
               "the processes '%s' and '%s' make the same change%s: their rates add up", a, b,
               conditions ? " where the conditions of both hold" : "");
}

/* Each pair is told once: both ways forth by the first of them, a way back by the other process. */
static void advise_duplicates(const sw_lattice *lattice, size_t first) {
    const sw_pattern *own = NULL;
    for (size_t p = 0; p < lattice->patterns.count && !own; p++)
        if (lattice->patterns.list[p].process == first && !lattice->patterns.list[p].reverse)
            own = &lattice->patterns.list[p];
    for (size_t p = 0; own && p < lattice->patterns.count; p++) {
        const sw_pattern *other = &lattice->patterns.list[p];
        if (other->process == first || (!other->reverse && other->process < first))
            continue;
        if (is_twice(lattice, own, other)) {
            tell_twice(lattice, own, other);
            return;
        }
    }
}

void sw_lattice_advise(const sw_lattice *lattice) {
    reach reached;
    find_reach(lattice, &reached);
    for (size_t p = 0; p < lattice->model->processes; p++) {
        advise_unreachable(lattice, &reached, p);
        advise_duplicates(lattice, p);
    }
}
