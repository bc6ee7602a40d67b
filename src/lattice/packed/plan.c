/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Patterns turned into events with definite species, and events into groups. */
#include "base/memory.h"
#include "lattice/packed/packed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COUNT_FROM 11 /* bits beyond which the slots of an event are counted, where they can be */
#define FIRST_KEYS ((size_t)1 << 8)

/* ---- what an event changes ------------------------------------------------------------------- */

/* The update of the site at a step, made where there is none yet. */
static sw_packed_update *find_or_add_update(sw_packed *packed, sw_packed_event *event, sw_step at) {
    for (uint32_t i = 0; i < event->updates; i++)
        if (sw_step_equal(packed->update[event->first_update + i].at, at))
            return &packed->update[event->first_update + i];
    size_t further = packed->words - 1;
    if (!sw_reserve(&packed->update, &packed->update_capacity, packed->updates + 1,
                    sizeof *packed->update) ||
        !sw_reserve(&packed->further_mask, &packed->further_capacity,
                    (packed->updates + 1) * further + 1, sizeof *packed->further_mask))
        return NULL;
    memset(packed->further_mask + packed->updates * further, 0,
           further * sizeof *packed->further_mask);
    sw_packed_update *update = &packed->update[packed->updates];
    *update = (sw_packed_update){.at = at, .further = (uint32_t)packed->updates};
    packed->updates++;
    event->updates++;
    return update;
}

/* The updates that follow from one changed site; who cannot tell the change needs none. */
static sw_status add_updates(const sw_packed_study *study, sw_packed_event *event, int k) {
    sw_packed *packed = study->packed;
    sw_step changed = study->pattern->step[k];
    const sw_packed_dependents *seen = &packed->seen[changed.basis];
    for (size_t i = 0; i < seen->count; i++) {
        const sw_packed_dependent *dependent = &seen->list[i];
        const sw_packed_slot *slot = &packed->basis[dependent->back.basis].slot[dependent->slot];
        uint64_t mask = sw_packed_slot_bits(slot, (unsigned)study->before[k]) ^
                        sw_packed_slot_bits(slot, (unsigned)study->after[k]);
        if (mask == 0)
            continue;
        sw_packed_update *update = find_or_add_update(
            packed, event,
            sw_geometry_join(&study->lattice->geometry, study->basis, changed, dependent->back));
        if (!update)
            return SW_ERROR_MEMORY;
        if (slot->word == 0)
            update->mask ^= mask;
        else
            packed->further_mask[update->further * (packed->words - 1) + slot->word - 1u] ^= mask;
    }
    return SW_OK;
}

static int compare_updates(const void *a, const void *b) {
    sw_step x = ((const sw_packed_update *)a)->at, y = ((const sw_packed_update *)b)->at;
    if (x.basis != y.basis)
        return x.basis < y.basis ? -1 : 1;
    for (int d = 2; d >= 0; d--)
        if (x.cell[d] != y.cell[d])
            return x.cell[d] < y.cell[d] ? -1 : 1;
    return 0;
}

/* Sorts the updates of an event by basis, then by place. */
static void sort_updates(sw_packed *packed, sw_packed_event *event) {
    sw_packed_update *list = &packed->update[event->first_update];
    uint32_t count = event->updates;
    if (count > 1)
        qsort(list, count, sizeof *list, compare_updates);
    for (uint32_t i = count; i-- > 0;)
        list[i].run =
            i + 1 < count && list[i + 1].at.basis == list[i].at.basis ? list[i + 1].run + 1 : 1;
}

/* Where the updates of an event hold this step. */
static uint32_t find_update(const sw_packed *packed, const sw_packed_event *event, sw_step at) {
    uint32_t u = event->first_update;
    while (!sw_step_equal(packed->update[u].at, at))
        u++;
    return u;
}

/* A changed site is among the updates, even where it sees nothing of the change. */
static sw_status set_changes(const sw_packed_study *study, sw_packed_event *event) {
    sw_packed *packed = study->packed;
    const sw_step *step = study->pattern->step;
    sw_status status = SW_OK;
    event->first_update = (uint32_t)packed->updates;
    for (int k = 0; k < study->pattern->slots && status == SW_OK; k++) {
        if (study->before[k] == study->after[k])
            continue;
        event->change[event->changes].slot = (uint8_t)k;
        event->change[event->changes++].after = (uint8_t)study->after[k];
        if (!find_or_add_update(packed, event, step[k]))
            return SW_ERROR_MEMORY;
        status = add_updates(study, event, k);
    }
    if (status != SW_OK)
        return status;
    sort_updates(packed, event);
    for (int c = 0; c < event->changes; c++)
        event->change[c].update = find_update(packed, event, step[event->change[c].slot]);
    event->writes = event->changes == 1 ? 2 : event->changes;
    event->change[1] = event->changes == 1 ? event->change[0] : event->change[1];
    return SW_OK;
}

/* The masks of further words into the order of the updates. */
static sw_status order_further_masks(sw_packed *packed) {
    size_t further = packed->words - 1;
    uint64_t *ordered = sw_allocate(packed->updates * further + 1, sizeof *ordered);
    if (!ordered)
        return SW_ERROR_MEMORY;
    for (size_t u = 0; u < packed->updates && further; u++)
        memcpy(ordered + u * further, packed->further_mask + packed->update[u].further * further,
               further * sizeof *ordered);
    free(packed->further_mask);
    packed->further_mask = ordered;
    return SW_OK;
}

/* ---- what a rate depends on ------------------------------------------------------------------ */

/* Whether these bits of two classes keep apart all states of slot[i] that the rate tells apart. */
static bool bits_suffice(const sw_packed_study *study, size_t i, uint64_t bits) {
    const sw_packed_slot *slot = &study->packed->basis[study->basis].slot[study->slot[i]];
    const sw_packed_basis *there = &study->packed->basis[slot->step.basis];
    unsigned states = there->states + (slot->may_be_outside ? 1u : 0u);
    for (unsigned a = 0; a < states; a++)
        for (unsigned b = 0; b < a; b++) {
            unsigned s = a < there->states ? there->species[a] : SW_PACKED_WALL;
            unsigned t = there->species[b];
            if (((sw_packed_slot_bits(slot, s) ^ sw_packed_slot_bits(slot, t)) & bits) == 0 &&
                sw_packed_tells_apart(study, i, s, t))
                return false;
        }
    return true;
}

/* The bits of slot[i] that the rate depends on: leaves out those that it can do without. */
static uint64_t needed_bits(const sw_packed_study *study, size_t i) {
    const sw_packed_slot *slot = &study->packed->basis[study->basis].slot[study->slot[i]];
    uint64_t bits = ((1ULL << slot->width) - 1) << slot->shift;
    for (uint64_t rest = bits; rest; rest &= rest - 1) {
        uint64_t without = bits & ~(rest & -rest);
        if (bits_suffice(study, i, without))
            bits = without;
    }
    return bits;
}

static void add_needed_bits(sw_packed_shape *shape, const sw_packed_study *study) {
    for (size_t i = 0; i < study->slots; i++)
        shape->bits[study->packed->basis[study->basis].slot[study->slot[i]].word] |=
            needed_bits(study, i);
}

/* The number of the event that counts sites with this effect, made where there is none. */
static sw_packed_number *find_or_add_number(sw_packed *packed, sw_packed_event *event,
                                            const sw_packed_sums *effect) {
    for (uint32_t n = event->first_number; n < event->first_number + event->numbers; n++)
        if (sw_packed_same_effect(&packed->number[n].effect, effect))
            return &packed->number[n];
    if (!sw_reserve(&packed->number, &packed->number_capacity, packed->numbers + 1,
                    sizeof *packed->number))
        return NULL;
    event->numbers++;
    sw_packed_number *number = &packed->number[packed->numbers++];
    *number = (sw_packed_number){.effect = *effect};
    return number;
}

/* Counts the states of slot[i] by their effects. */
static sw_status count_slot(sw_packed_event *event, const sw_packed_study *study, size_t i) {
    static const sw_packed_sums nothing;
    sw_packed *packed = study->packed;
    const sw_packed_slot *slot = &packed->basis[study->basis].slot[study->slot[i]];
    uint64_t all = ((1ULL << slot->width) - 1) << slot->shift;
    for (unsigned s = 1; s < SW_PACKED_STATES; s++) {
        uint64_t bits = sw_packed_slot_bits(slot, s);
        if (bits == 0 || sw_packed_same_effect(&study->effect[i][s], &nothing))
            continue;
        sw_packed_number *number = find_or_add_number(packed, event, &study->effect[i][s]);
        if (!number)
            return SW_ERROR_MEMORY;
        number->largest += number->mask[slot->word] & all ? 0 : 1;
        number->mask[slot->word] |= bits;
    }
    return SW_OK;
}

static bool can_be_counted(const sw_packed_study *study) {
    bool can = study->additive;
    for (size_t i = 0; i < study->slots; i++)
        can = can && study->packed->basis[study->basis].slot[study->slot[i]].one_hot;
    return can;
}

static unsigned width_of(const sw_packed_shape *shape) {
    unsigned width = 0;
    for (int w = 0; w < SW_PACKED_WORDS; w++)
        width += (unsigned)__builtin_popcountll(shape->bits[w]);
    return width;
}

/* What the table of an event is over: the surroundings bit by bit, or counted. */
static sw_status shape_event(sw_packed_shape *shape, sw_packed_event *event,
                             const sw_packed_study *study) {
    sw_packed *packed = study->packed;
    const sw_packed_basis *basis = &packed->basis[study->basis];
    sw_status status = SW_OK;
    *shape = (sw_packed_shape){.numbers = 0};
    add_needed_bits(shape, study);
    event->first_number = (uint32_t)packed->numbers;
    if (basis->bits <= SW_PACKED_DIRECT_BITS || width_of(shape) <= COUNT_FROM ||
        !can_be_counted(study))
        return SW_OK;
    event->base = study->base;
    for (size_t i = 0; i < study->slots && status == SW_OK; i++)
        status = count_slot(event, study, i);
    if (event->numbers > sizeof shape->number / sizeof *shape->number) {
        event->numbers = 0;
        return status;
    }
    *shape = (sw_packed_shape){.numbers = event->numbers};
    for (uint32_t n = 0; n < shape->numbers; n++)
        shape->number[n] = event->first_number + n;
    event->counted = true;
    return status;
}

static sw_status set_rates(sw_packed *packed, sw_packed_rates *rates,
                           const sw_packed_shape *shape) {
    uint64_t entries = sw_packed_entries(packed, shape);
    bool table = entries <= SW_PACKED_TABLE;
    rates->slots = table ? (size_t)entries : FIRST_KEYS;
    rates->rate = sw_allocate(rates->slots, sizeof *rates->rate);
    if (!table)
        rates->key = sw_allocate(rates->slots, sizeof *rates->key);
    if (!rates->rate || (!table && !rates->key))
        return SW_ERROR_MEMORY;
    return sw_packed_make_index(&rates->index, packed, shape);
}

/* ---- events ---------------------------------------------------------------------------------- */

typedef struct planning {
    sw_packed *packed;
    bool too_wide;
} planning;

static sw_status add_event(void *context, const sw_packed_study *study) {
    planning *plan = context;
    sw_packed *packed = plan->packed;
    if (!sw_reserve(&packed->event, &packed->event_capacity, packed->events + 1,
                    sizeof *packed->event))
        return SW_ERROR_MEMORY;
    sw_packed_event *event = &packed->event[packed->events++];
    const sw_pattern *pattern = study->pattern;
    *event = (sw_packed_event){.pattern = study->number,
                               .counter = 2u * pattern->process + pattern->reverse,
                               .basis = study->basis};
    for (int k = 0; k < pattern->slots; k++) {
        const sw_packed_slot *slot = &packed->basis[study->basis].slot[study->own[k]];
        event->mask |= ((1ULL << slot->width) - 1) << slot->shift;
        event->value |= sw_packed_slot_bits(slot, (unsigned)study->before[k]);
    }
    sw_packed_shape shape;
    sw_status status = shape_event(&shape, event, study);
    plan->too_wide = plan->too_wide || sw_packed_entries(packed, &shape) == UINT64_MAX;
    if (plan->too_wide || status != SW_OK)
        return status;
    status = set_rates(packed, &event->rates, &shape);
    return status == SW_OK ? set_changes(study, event) : status;
}

/* By basis, then by the class of the site itself, then by what it is and where: events of bases
 * that differ by a translation come in the same order. */
static int compare_events(const void *a, const void *b, void *user) {
    const sw_packed_event *x = a, *y = b;
    const sw_packed_basis *basis = user;
    if (x->basis != y->basis)
        return x->basis < y->basis ? -1 : 1;
    uint64_t own = basis[x->basis].own_mask;
    uint64_t s = x->value & own, t = y->value & own;
    if (s != t)
        return s < t ? -1 : 1;
    if (x->counter != y->counter)
        return x->counter < y->counter ? -1 : 1;
    if (x->mask != y->mask)
        return x->mask < y->mask ? -1 : 1;
    if (x->value != y->value)
        return x->value < y->value ? -1 : 1;
    return (x->pattern > y->pattern) - (x->pattern < y->pattern);
}

/* Narrow codes have their bins in one table. A basis at which nothing begins has one of a lone
 * entry: events may change its sites. */
static sw_status add_direct_tables(sw_packed *packed) {
    for (size_t b = 0; b < packed->basis_sites; b++) {
        sw_packed_basis *basis = &packed->basis[b];
        if (basis->bits > SW_PACKED_DIRECT_BITS)
            continue;
        basis->bin = sw_allocate((size_t)1 << basis->bits, sizeof *basis->bin);
        if (!basis->bin)
            return SW_ERROR_MEMORY;
    }
    return SW_OK;
}

/* Every event must touch every site once, also by way of periodic axes. */
static bool updates_apart(const sw_packed *packed, const sw_geometry *geometry) {
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

static void find_reach(sw_packed *packed) {
    for (int d = 0; d < 3; d++)
        packed->reach[d] = 0;
    for (size_t i = 0; i < packed->updates; i++)
        for (int d = 0; d < 3; d++)
            if (abs(packed->update[i].at.cell[d]) > packed->reach[d])
                packed->reach[d] = abs(packed->update[i].at.cell[d]);
}

static sw_status make_chances(sw_packed *packed) {
    packed->chance = sw_allocate(packed->events, sizeof *packed->chance);
    if (!packed->chance)
        return SW_ERROR_MEMORY;
    for (size_t e = 0; e < packed->events; e++) {
        const sw_packed_event *event = &packed->event[e];
        packed->chance[e] = (sw_packed_chance){event->mask, event->value, event->rates.index.bits,
                                               event->rates.key || event->rates.index.gathers ||
                                                       event->rates.index.numbers
                                                   ? NULL
                                                   : event->rates.rate};
    }
    return SW_OK;
}

sw_status sw_packed_plan_events(sw_packed *packed, const char **reason, const sw_lattice *lattice) {
    planning plan = {.packed = packed};
    sw_status status = add_direct_tables(packed);
    if (status == SW_OK)
        status = sw_packed_study_events(packed, reason, lattice, add_event, &plan);
    if (plan.too_wide)
        *reason = "a rate depends on more sites than a table can be looked up by";
    else if (status == SW_OK && !*reason && !updates_apart(packed, &lattice->geometry))
        *reason = "the frame is so small that an event meets itself";
    if (status != SW_OK || *reason)
        return status;
    if (packed->events > 1)
        qsort_r(packed->event, packed->events, sizeof *packed->event, compare_events,
                packed->basis);
    find_reach(packed);
    status = order_further_masks(packed);
    if (status == SW_OK)
        status = sw_packed_group_events(packed);
    if (status == SW_OK)
        sw_packed_share_tables(packed, lattice);
    if (status == SW_OK)
        status = sw_packed_make_lookups(packed);
    return status == SW_OK ? make_chances(packed) : status;
}
