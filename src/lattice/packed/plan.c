/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Patterns turned into events with definite species, and events into groups. */
#include "base/memory.h"
#include "lattice/packed/packed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define EVENT_LIMIT 65536
#define CACHE_SLOTS ((size_t)1 << 16)

/* One pattern on its way to events. */
typedef struct making {
    sw_packed *packed;
    const sw_lattice *lattice;
    const sw_pattern *pattern;
    uint32_t number;  /* of the pattern */
    uint8_t basis;
    const sw_packed_slot *slot[SW_SLOT_LIMIT];
    uint64_t depends; /* all bits that its rate depends on */
    int species[SW_SLOT_LIMIT]; /* before */
} making;

/* ---- what an event changes ---------------------------------------------------------------------- */

static sw_status add_update(sw_packed *packed, sw_packed_event *event, sw_step at, uint64_t mask)
{
    for (uint32_t i = 0; i < event->updates; i++) {
        sw_packed_update *have = &packed->update[event->first_update + i];
        if (sw_step_equal(have->at, at)) {
            have->mask ^= mask;
            return SW_OK;
        }
    }
    if (!sw_reserve(&packed->update, &packed->update_capacity, packed->updates + 1,
                    sizeof *packed->update))
        return SW_ERROR_MEMORY;
    packed->update[packed->updates++] = (sw_packed_update){.mask = mask, .at = at};
    event->updates++;
    return SW_OK;
}

/* The updates that follow from one changed site. */
static sw_status add_updates(const making *work, sw_packed_event *event, sw_step at, int before,
                             int after)
{
    sw_packed *packed = work->packed;
    const uint8_t *state = packed->basis[at.basis].state;
    const sw_packed_dependents *seen = &packed->seen[at.basis];
    sw_status status = SW_OK;
    for (size_t i = 0; i < seen->count && status == SW_OK; i++) {
        uint64_t mask = (uint64_t)(state[before] ^ state[after]) << seen->list[i].shift;
        sw_step target = sw_geometry_join(&work->lattice->geometry, work->basis, at,
                                          seen->list[i].back);
        status = add_update(packed, event, target, mask);
    }
    return status;
}

static int species_after(const making *work, int slot)
{
    const sw_pattern *pattern = work->pattern;
    if (pattern->after_slot[slot] >= 0)
        return work->species[pattern->after_slot[slot]];
    if (pattern->after_species[slot] >= 0)
        return pattern->after_species[slot];
    return work->species[slot];
}

static int compare_updates(const void *a, const void *b)
{
    sw_step x = ((const sw_packed_update *)a)->at, y = ((const sw_packed_update *)b)->at;
    if (x.basis != y.basis)
        return x.basis < y.basis ? -1 : 1;
    for (int d = 2; d >= 0; d--)
        if (x.cell[d] != y.cell[d])
            return x.cell[d] < y.cell[d] ? -1 : 1;
    return 0;
}

/* Sorts the updates of an event by basis, then by place. */
static void sort_updates(sw_packed *packed, sw_packed_event *event)
{
    sw_packed_update *list = &packed->update[event->first_update];
    uint32_t count = event->updates;
    if (count > 1)
        qsort(list, count, sizeof *list, compare_updates);
    for (uint32_t i = count; i-- > 0;)
        list[i].run =
            i + 1 < count && list[i + 1].at.basis == list[i].at.basis ? list[i + 1].run + 1 : 1;
}

/* Where the updates of an event hold this step. */
static uint32_t find_update(const sw_packed *packed, const sw_packed_event *event, sw_step at)
{
    uint32_t u = event->first_update;
    while (!sw_step_equal(packed->update[u].at, at))
        u++;
    return u;
}

/* A changed site is among the updates, even where it sees nothing of the change. */
static sw_status set_changes(const making *work, sw_packed_event *event)
{
    sw_packed *packed = work->packed;
    sw_status status = SW_OK;
    event->first_update = (uint32_t)packed->updates;
    for (int k = 0; k < work->pattern->slots && status == SW_OK; k++) {
        int before = work->species[k], after = species_after(work, k);
        if (before == after)
            continue;
        event->change[event->changes].slot = (uint8_t)k;
        event->change[event->changes++].after = (uint8_t)after;
        status = add_update(packed, event, work->pattern->step[k], 0);
        if (status == SW_OK)
            status = add_updates(work, event, work->pattern->step[k], before, after);
    }
    if (status != SW_OK)
        return status;
    sort_updates(packed, event);
    for (int c = 0; c < event->changes; c++)
        event->change[c].update =
            find_update(packed, event, work->pattern->step[event->change[c].slot]);
    event->writes = event->changes == 1 ? 2 : event->changes;
    event->change[1] = event->changes == 1 ? event->change[0] : event->change[1];
    return SW_OK;
}

/* ---- events --------------------------------------------------------------------------------------- */

static sw_status set_rates(sw_packed_rates *rates, uint64_t bits)
{
    rates->bits = bits;
    unsigned width = (unsigned)__builtin_popcountll(bits);
    bool table = width <= SW_PACKED_TABLE_BITS;
    rates->slots = table ? (size_t)1 << width : CACHE_SLOTS;
    rates->rate = sw_allocate(rates->slots, sizeof *rates->rate);
    if (!table)
        rates->key = sw_allocate(rates->slots, sizeof *rates->key);
    return rates->rate && (table || rates->key) ? SW_OK : SW_ERROR_MEMORY;
}

static sw_status add_event(const making *work)
{
    sw_packed *packed = work->packed;
    if (!sw_reserve(&packed->event, &packed->event_capacity, packed->events + 1,
                    sizeof *packed->event))
        return SW_ERROR_MEMORY;
    sw_packed_event *event = &packed->event[packed->events++];
    const sw_pattern *pattern = work->pattern;
    *event = (sw_packed_event){.pattern = work->number,
                               .counter = 2u * pattern->process + pattern->reverse,
                               .basis = work->basis};
    for (int k = 0; k < pattern->slots; k++) {
        const sw_packed_slot *slot = work->slot[k];
        event->mask |= ((1ULL << slot->width) - 1) << slot->shift;
        event->value |=
            (uint64_t)packed->basis[slot->step.basis].state[work->species[k]] << slot->shift;
    }
    sw_status status = set_rates(&event->rates, work->depends & ~event->mask);
    return status == SW_OK ? set_changes(work, event) : status;
}

/* Every choice of the species that the slots may hold. */
static sw_status choose_species(making *work, int slot)
{
    if (slot == work->pattern->slots)
        return work->packed->events < EVENT_LIMIT ? add_event(work) : SW_OK;
    const sw_packed_basis *basis = &work->packed->basis[work->slot[slot]->step.basis];
    sw_status status = SW_OK;
    for (int s = 0; s < basis->states && status == SW_OK; s++) {
        work->species[slot] = basis->species[s];
        if (SW_IN(work->pattern->before[slot], work->species[slot]))
            status = choose_species(work, slot + 1);
    }
    return status;
}

static sw_status make_events(sw_packed *packed, const sw_lattice *lattice, uint32_t number)
{
    const sw_pattern *pattern = &lattice->patterns.list[number];
    making work = {.packed = packed,
                   .lattice = lattice,
                   .pattern = pattern,
                   .number = number,
                   .basis = pattern->step[0].basis};
    const sw_packed_basis *basis = &packed->basis[work.basis];
    sw_steps steps = {0};
    sw_status status = sw_packed_dependencies(&steps, lattice, pattern);
    for (int k = 0; k < pattern->slots && status == SW_OK; k++)
        work.slot[k] = sw_packed_find_slot(basis, pattern->step[k]);
    for (size_t i = 0; i < steps.count && status == SW_OK; i++) {
        const sw_packed_slot *slot = sw_packed_find_slot(basis, steps.list[i]);
        work.depends |= ((1ULL << slot->width) - 1) << slot->shift;
    }
    sw_steps_clear(&steps);
    return status == SW_OK ? choose_species(&work, 0) : status;
}

/* ---- groups ----------------------------------------------------------------------------------------- */

/* By basis, then by the state of the site itself, then by pattern. */
static int compare_events(const void *a, const void *b, void *user)
{
    const sw_packed_event *x = a, *y = b;
    const sw_packed_basis *basis = user;
    if (x->basis != y->basis)
        return x->basis < y->basis ? -1 : 1;
    uint64_t own = basis[x->basis].own_mask;
    uint64_t s = x->value & own, t = y->value & own;
    if (s != t)
        return s < t ? -1 : 1;
    if (x->pattern != y->pattern)
        return x->pattern < y->pattern ? -1 : 1;
    return (x->value > y->value) - (x->value < y->value);
}

static uint64_t outside_of_own(const sw_packed *packed, const sw_packed_event *event)
{
    return (event->mask | event->rates.bits) & ~packed->basis[event->basis].own_mask;
}

/* Events from `first` on that fit into one table make a group. */
static sw_status add_group(sw_packed *packed, uint32_t first, uint32_t last, uint32_t *next)
{
    if (!sw_reserve(&packed->group, &packed->group_capacity, packed->groups + 1,
                    sizeof *packed->group))
        return SW_ERROR_MEMORY;
    sw_packed_group *group = &packed->group[packed->groups++];
    *group = (sw_packed_group){.bits = outside_of_own(packed, &packed->event[first]),
                               .first = first, .count = 1};
    uint32_t event = first + 1;
    for (; event < last; event++) {
        uint64_t bits = group->bits | outside_of_own(packed, &packed->event[event]);
        if (__builtin_popcountll(bits) > SW_PACKED_TABLE_BITS)
            break;
        group->bits = bits;
    }
    group->count = event - first;
    *next = event;
    unsigned width = (unsigned)__builtin_popcountll(group->bits);
    if (width > SW_PACKED_TABLE_BITS || packed->basis[packed->event[first].basis].bin)
        return SW_OK;
    group->total = sw_allocate((size_t)1 << width, sizeof *group->total);
    return group->total ? SW_OK : SW_ERROR_MEMORY;
}

static sw_status group_events(sw_packed *packed)
{
    sw_status status = SW_OK;
    for (uint32_t first = 0; first < packed->events && status == SW_OK;) {
        const sw_packed_event *event = &packed->event[first];
        sw_packed_basis *basis = &packed->basis[event->basis];
        uint64_t state = event->value & basis->own_mask;
        uint32_t last = first;
        while (last < packed->events && packed->event[last].basis == event->basis &&
               (packed->event[last].value & basis->own_mask) == state)
            last++;
        sw_packed_own *own = &basis->own[state];
        *own = (sw_packed_own){.first_event = first, .events = last - first,
                               .first_group = (uint32_t)packed->groups};
        while (first < last && status == SW_OK)
            status = add_group(packed, first, last, &first);
        own->groups = (uint32_t)packed->groups - own->first_group;
    }
    return status;
}

/* Narrow codes have their bins in one table. */
static sw_status add_direct_tables(sw_packed *packed)
{
    for (size_t b = 0; b < packed->basis_sites; b++) {
        sw_packed_basis *basis = &packed->basis[b];
        if (basis->slots == 0 || basis->bits > SW_PACKED_DIRECT_BITS)
            continue;
        basis->bin = sw_allocate((size_t)1 << basis->bits, sizeof *basis->bin);
        if (!basis->bin)
            return SW_ERROR_MEMORY;
    }
    return SW_OK;
}

/* Every event must touch every site once, also by way of periodic axes. */
static bool updates_apart(const sw_packed *packed, const sw_geometry *geometry)
{
    for (size_t e = 0; e < packed->events; e++) {
        const sw_packed_event *event = &packed->event[e];
        if (event->updates > SW_PACKED_UPDATES)
            return false;
        const sw_packed_update *list = &packed->update[event->first_update];
        for (uint32_t i = 0; i < event->updates; i++)
            for (uint32_t j = 0; j < i; j++)
                if (sw_geometry_meet(geometry, list[i].at, list[j].at))
                    return false;
    }
    return true;
}

static void find_reach(sw_packed *packed)
{
    for (int d = 0; d < 3; d++)
        packed->reach[d] = 0;
    for (size_t i = 0; i < packed->updates; i++)
        for (int d = 0; d < 3; d++)
            if (abs(packed->update[i].at.cell[d]) > packed->reach[d])
                packed->reach[d] = abs(packed->update[i].at.cell[d]);
}

static sw_status make_chances(sw_packed *packed)
{
    packed->chance = sw_allocate(packed->events, sizeof *packed->chance);
    packed->direct = sw_allocate(packed->basis_sites, sizeof *packed->direct);
    if (!packed->chance || !packed->direct)
        return SW_ERROR_MEMORY;
    for (size_t e = 0; e < packed->events; e++) {
        const sw_packed_event *event = &packed->event[e];
        packed->chance[e] =
            (sw_packed_chance){event->mask, event->value, event->rates.bits,
                               event->rates.key ? NULL : event->rates.rate};
    }
    for (size_t b = 0; b < packed->basis_sites; b++)
        packed->direct[b] = packed->basis[b].bin;
    return SW_OK;
}

sw_status sw_packed_plan_events(sw_packed *packed, const char **reason, const sw_lattice *lattice)
{
    sw_status status = add_direct_tables(packed);
    for (uint32_t p = 0; p < lattice->patterns.count && status == SW_OK; p++)
        status = make_events(packed, lattice, p);
    if (packed->events >= EVENT_LIMIT)
        *reason = "its processes and species make more than 65535 different events";
    else if (status == SW_OK && !updates_apart(packed, &lattice->geometry))
        *reason = "the frame is so small that an event meets itself";
    if (status != SW_OK || *reason)
        return status;
    if (packed->events > 1)
        qsort_r(packed->event, packed->events, sizeof *packed->event, compare_events,
                packed->basis);
    find_reach(packed);
    status = group_events(packed);
    return status == SW_OK ? make_chances(packed) : status;
}
