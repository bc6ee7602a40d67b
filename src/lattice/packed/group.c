/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Events into groups with one table each. Every group costs a look-up whenever a site's total is
 * wanted, so they should be few: each takes the event that makes its table grow least, until none
 * fits. Groups of events that want the same bits and numbers, such as the hops of several species
 * to one place, come out of themselves.
 *
 * Where many groups are left, they are put behind gates: tables that know only whether any of their
 * events can happen at all. Next to no vacancy, a hundred hops of an atom cost two look-ups.
 */
#include "base/memory.h"
#include "lattice/packed/packed.h"

#include <stdlib.h>
#include <string.h>

#define LOOK_AHEAD 1024 /* events tried for a group: bounds the time that planning takes */

/* ---- shapes ---------------------------------------------------------------------------------- */

uint64_t sw_packed_entries(const sw_packed *packed, const sw_packed_shape *shape) {
    unsigned bits = 0;
    for (int w = 0; w < SW_PACKED_WORDS; w++)
        bits += (unsigned)__builtin_popcountll(shape->bits[w]);
    if (bits > 62)
        return UINT64_MAX;
    uint64_t entries = 1ULL << bits;
    for (uint32_t n = 0; n < shape->numbers; n++) {
        uint64_t next = packed->number[shape->number[n]].largest + 1;
        if (entries > ((uint64_t)1 << 62) / next)
            return UINT64_MAX;
        entries *= next;
    }
    return entries;
}

static bool add_part(sw_packed *packed, uint64_t mask, uint64_t stride, unsigned word) {
    if (!sw_reserve(&packed->part, &packed->part_capacity, packed->parts + 1, sizeof *packed->part))
        return false;
    packed->part[packed->parts++] = (sw_packed_part){mask, stride, word};
    return true;
}

sw_status sw_packed_make_index(sw_packed_index *index, sw_packed *packed,
                               const sw_packed_shape *shape) {
    uint64_t stride = 1ULL << __builtin_popcountll(shape->bits[0]);
    *index = (sw_packed_index){.bits = shape->bits[0], .first_part = (uint32_t)packed->parts};
    for (unsigned w = 1; w < SW_PACKED_WORDS; w++) {
        if (shape->bits[w] == 0)
            continue;
        if (!add_part(packed, shape->bits[w], stride, w))
            return SW_ERROR_MEMORY;
        stride <<= __builtin_popcountll(shape->bits[w]);
        index->gathers++;
    }
    for (uint32_t n = 0; n < shape->numbers; n++) {
        const sw_packed_number *number = &packed->number[shape->number[n]];
        for (unsigned w = 0; w < SW_PACKED_WORDS; w++) {
            if (number->mask[w] == 0)
                continue;
            if (!add_part(packed, number->mask[w], stride, w))
                return SW_ERROR_MEMORY;
            index->numbers++;
        }
        stride *= number->largest + 1;
    }
    return SW_OK;
}

static bool add_number(sw_packed_shape *shape, const sw_packed *packed, uint32_t number) {
    const uint64_t *mask = packed->number[number].mask;
    for (uint32_t n = 0; n < shape->numbers; n++)
        if (memcmp(packed->number[shape->number[n]].mask, mask, sizeof packed->number->mask) == 0)
            return true;
    if (shape->numbers == sizeof shape->number / sizeof *shape->number)
        return false;
    shape->number[shape->numbers++] = number;
    return true;
}

/* What the table of a group is over once the event is in it, or only where it can happen; false
 * where that is too much. */
static bool join(sw_packed_shape *shape, const sw_packed *packed, const sw_packed_event *event,
                 bool gate) {
    const sw_packed_index *index = &event->rates.index;
    shape->bits[0] |= event->mask & ~packed->basis[event->basis].own_mask;
    if (gate)
        return true;
    shape->bits[0] |= index->bits;
    for (uint32_t p = index->first_part; p < index->first_part + index->gathers; p++)
        shape->bits[packed->part[p].word] |= packed->part[p].mask;
    for (uint32_t n = event->first_number; n < event->first_number + event->numbers; n++)
        if (!add_number(shape, packed, n))
            return false;
    return true;
}

/* ---- sorting into groups --------------------------------------------------------------------- */

/* The events of one own on their way into groups. */
typedef struct sorting {
    const sw_packed *packed;
    const sw_packed_event *event;
    uint32_t events;
    uint32_t *group;        /* [events] or UINT32_MAX */
    sw_packed_shape *shape; /* [groups] */
    uint32_t groups;
    bool gates; /* only where events can happen counts */
} sorting;

static bool surrounded(const sw_packed_event *event) {
    return event->rates.index.bits || event->rates.index.gathers || event->numbers;
}

/* The event not yet in a group that makes the table grow least, put into the shape; the number of
 * events where none fits. */
static uint32_t take_best(sw_packed_shape *shape, const sorting *sort, uint32_t from) {
    uint32_t best = sort->events, tried = 0;
    uint64_t least = SW_PACKED_TABLE;
    sw_packed_shape found = *shape;
    for (uint32_t e = from; e < sort->events && tried < LOOK_AHEAD; e++) {
        sw_packed_shape joined = *shape;
        if (sort->group[e] != UINT32_MAX)
            continue;
        tried++;
        if (!join(&joined, sort->packed, &sort->event[e], sort->gates))
            continue;
        uint64_t entries = sw_packed_entries(sort->packed, &joined);
        if (entries > SW_PACKED_TABLE || (best < sort->events && entries >= least))
            continue;
        best = e;
        least = entries;
        found = joined;
    }
    *shape = found;
    return best;
}

/* Every event that waits comes into a group. */
static void sort_events(sorting *sort) {
    for (uint32_t first = 0; first < sort->events; first++) {
        if (sort->group[first] != UINT32_MAX)
            continue;
        sw_packed_shape *shape = &sort->shape[sort->groups];
        *shape = (sw_packed_shape){.numbers = 0};
        uint32_t event = first;
        bool fits = join(shape, sort->packed, &sort->event[first], sort->gates);
        fits = fits && sw_packed_entries(sort->packed, shape) <= SW_PACKED_TABLE;
        while (event < sort->events) {
            sort->group[event] = sort->groups;
            event = fits ? take_best(shape, sort, first) : sort->events;
        }
        sort->groups++;
    }
}

/* ---- making groups --------------------------------------------------------------------------- */

static sw_status add_group(sw_packed *packed, const sw_packed_shape *shape, uint32_t first,
                           uint32_t count) {
    if (!sw_reserve(&packed->group, &packed->group_capacity, packed->groups + 1,
                    sizeof *packed->group))
        return SW_ERROR_MEMORY;
    sw_packed_group *group = &packed->group[packed->groups++];
    *group =
        (sw_packed_group){.first = first, .count = count, .first_gate = (uint32_t)packed->gates};
    uint64_t entries = sw_packed_entries(packed, shape);
    if (entries > SW_PACKED_TABLE)
        return SW_OK;
    group->entries = (uint32_t)entries;
    group->total = sw_allocate(group->entries, sizeof *group->total);
    return group->total ? sw_packed_make_index(&group->index, packed, shape) : SW_ERROR_MEMORY;
}

static sw_status add_gate(sw_packed *packed, const sw_packed_event *event) {
    uint64_t other = ~packed->basis[event->basis].own_mask;
    if (!sw_reserve(&packed->gate, &packed->gate_capacity, packed->gates + 1, sizeof *packed->gate))
        return SW_ERROR_MEMORY;
    packed->gate[packed->gates++] = (sw_packed_gate){event->mask & other, event->value & other};
    packed->group[packed->groups - 1].gates++;
    return SW_OK;
}

/* Adds the groups of a sorting, with the events that count in them; `ordered` receives these. */
static sw_status add_groups(sw_packed *packed, const sorting *sort, uint32_t first,
                            sw_packed_event *ordered, uint32_t *done) {
    sw_status status = SW_OK;
    for (uint32_t g = 0; g < sort->groups && status == SW_OK; g++) {
        uint32_t begin = *done;
        for (uint32_t e = 0; e < sort->events; e++)
            if (sort->group[e] == g && !(sort->gates && surrounded(&sort->event[e])))
                ordered[(*done)++] = sort->event[e];
        status = add_group(packed, &sort->shape[g], first + begin, *done - begin);
        for (uint32_t e = 0; e < sort->events && status == SW_OK && sort->gates; e++)
            if (sort->group[e] == g && surrounded(&sort->event[e]))
                status = add_gate(packed, &sort->event[e]);
    }
    return status;
}

static bool start_sorting(sorting *sort, const sw_packed *packed, const sw_packed_own *own,
                          bool gates) {
    *sort = (sorting){.packed = packed,
                      .event = packed->event + own->first_event,
                      .events = own->events,
                      .gates = gates};
    sort->group = sw_allocate(own->events, sizeof *sort->group);
    sort->shape = sw_allocate(own->events, sizeof *sort->shape);
    if (!sort->group || !sort->shape)
        return false;
    memset(sort->group, 0xff, own->events * sizeof *sort->group);
    return true;
}

static void end_sorting(sorting *sort) {
    free(sort->group);
    free(sort->shape);
}

/* Events that depend on more than where they can happen, sorted behind gates. */
static void sort_surrounded(sorting *sort) {
    for (uint32_t e = 0; e < sort->events; e++)
        if (!surrounded(&sort->event[e]))
            sort->group[e] = 0; /* has its place among the open groups */
    sort_events(sort);
    for (uint32_t e = 0; e < sort->events; e++)
        if (!surrounded(&sort->event[e]))
            sort->group[e] = UINT32_MAX;
}

/* All groups alike, or two storeys where that leaves clearly less to look up as a rule. */
static sw_status group_own(sw_packed *packed, sw_packed_own *own) {
    sorting all = {0}, gates = {0}, behind = {0};
    sw_packed_event *ordered = sw_allocate(own->events, sizeof *ordered);
    sw_status status = SW_ERROR_MEMORY;
    uint32_t done = 0;
    if (ordered && start_sorting(&all, packed, own, false) &&
        start_sorting(&gates, packed, own, true) && start_sorting(&behind, packed, own, false)) {
        sort_events(&all);
        sort_events(&gates);
        sort_surrounded(&behind);
        bool storeys = gates.groups + 1 < all.groups;
        status = add_groups(packed, storeys ? &gates : &all, own->first_event, ordered, &done);
        own->open_groups = (uint16_t)(packed->groups - own->first_group);
        if (status == SW_OK && storeys)
            status = add_groups(packed, &behind, own->first_event, ordered, &done);
        own->groups = (uint16_t)(packed->groups - own->first_group);
        memcpy(packed->event + own->first_event, ordered, own->events * sizeof *ordered);
    }
    end_sorting(&all);
    end_sorting(&gates);
    end_sorting(&behind);
    free(ordered);
    return status;
}

sw_status sw_packed_group_events(sw_packed *packed) {
    sw_status status = SW_OK;
    for (uint32_t first = 0, last; first < packed->events && status == SW_OK; first = last) {
        const sw_packed_event *event = &packed->event[first];
        sw_packed_basis *basis = &packed->basis[event->basis];
        uint64_t class = event->value & basis->own_mask;
        last = first;
        while (last < packed->events && packed->event[last].basis == event->basis &&
               (packed->event[last].value & basis->own_mask) == class)
            last++;
        basis->own[class] = (sw_packed_own){
            .first_event = first, .events = last - first, .first_group = (uint32_t)packed->groups};
        if (!basis->bin)
            status = group_own(packed, &basis->own[class]);
    }
    return status;
}
