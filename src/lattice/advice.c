/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is probably not meant: processes that can never happen, because nothing puts one of their
 * species where they need it, and pairs of processes that make the same change. The model runs
 * all the same; the log names them.
 */
#include "lattice/state.h"

/* Which species can ever sit on each kind: what is there now, then what any pattern may bring. */
typedef struct reach {
    sw_species_set on[SW_KIND_LIMIT];
} reach;

static int kind_of(const sw_lattice *lattice, const sw_pattern *pattern, int slot)
{
    return lattice->geometry.frame->basis[pattern->step[slot].basis].kind;
}

/* The first slot whose species can never be there, or -1. */
static int missing_slot(const sw_lattice *lattice, const reach *reached, const sw_pattern *pattern)
{
    for (int k = 0; k < pattern->slots; k++)
        if (!(pattern->before[k] & reached->on[kind_of(lattice, pattern, k)]))
            return k;
    return -1;
}

static bool spread(const sw_lattice *lattice, reach *reached, const sw_pattern *pattern)
{
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

static void find_reach(const sw_lattice *lattice, reach *reached)
{
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

static const char *species_name(const sw_lattice *lattice, sw_species_set set)
{
    return lattice->model->species[__builtin_ctz(set)].name;
}

static void advise_unreachable(const sw_lattice *lattice, const reach *reached, size_t process)
{
    const sw_pattern *blocked = NULL;
    int slot = -1;
    for (size_t p = 0; p < lattice->patterns.count; p++) {
        const sw_pattern *pattern = &lattice->patterns.list[p];
        if (pattern->process != process)
            continue;
        int missing = missing_slot(lattice, reached, pattern);
        if (missing < 0)
            return;
        if (!blocked || !pattern->reverse)
            slot = missing;
        blocked = blocked && pattern->reverse ? blocked : pattern;
    }
    if (blocked)
        sw_log(lattice->context, SW_LOG_WARNING,
               "the process '%s' can never happen: no %s is or comes on %s sites",
               lattice->model->process[process].name,
               species_name(lattice, blocked->before[slot]),
               lattice->geometry.frame->kind_names[kind_of(lattice, blocked, slot)]);
}

/* Demands beyond the pattern may tell two processes apart. */
static bool plain(const sw_process *process)
{
    return process->conditions == 0 && process->supply_change == 0 && !process->spillover;
}

static bool same_gas(const sw_process *a, const sw_process *b)
{
    bool same = a->gas_changes == b->gas_changes;
    for (size_t i = 0; i < a->gas_changes && same; i++)
        same = a->gas_change[i].gas == b->gas_change[i].gas &&
               a->gas_change[i].change == b->gas_change[i].change;
    return same;
}

static void advise_duplicates(const sw_lattice *lattice, size_t first)
{
    const sw_lattice_model *model = lattice->model;
    const sw_pattern *own = NULL;
    for (size_t p = 0; p < lattice->patterns.count && !own; p++)
        if (lattice->patterns.list[p].process == first && !lattice->patterns.list[p].reverse)
            own = &lattice->patterns.list[p];
    for (size_t p = 0; own && p < lattice->patterns.count; p++) {
        const sw_pattern *other = &lattice->patterns.list[p];
        if (other->process <= first || other->reverse || !plain(&model->process[first]) ||
            !plain(&model->process[other->process]) ||
            !same_gas(&model->process[first], &model->process[other->process]) ||
            !sw_patterns_same_event(own, other, &model->process[first]))
            continue;
        sw_log(lattice->context, SW_LOG_WARNING,
               "the processes '%s' and '%s' make the same change: their rates add up",
               model->process[first].name, model->process[other->process].name);
        return;
    }
}

void sw_lattice_advise(const sw_lattice *lattice)
{
    reach reached;
    find_reach(lattice, &reached);
    for (size_t p = 0; p < lattice->model->processes; p++) {
        advise_unreachable(lattice, &reached, p);
        advise_duplicates(lattice, p);
    }
}
