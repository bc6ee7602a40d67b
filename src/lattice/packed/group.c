/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Events into groups with one table each. Every group costs a look-up whenever a site's total is
 * wanted, so they should be few: each takes the event that makes its table grow least, until none
 * fits. Groups of events that want the same bits and numbers, such as the hops of several species
 * to one place, come out of themselves.
 */
#include "base/memory.h"
#include "lattice/packed/packed.h"

#include <stdlib.h>
#include <string.h>

#define LOOK_AHEAD 1024 /* events tried for a group: bounds the time that planning takes */

/* ---- shapes ----------------------------------------------------------------------------------- */

uint64_t sw_packed_entries(const sw_packed *packed, const sw_packed_shape *shape)
{
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

static bool add_part(sw_packed *packed, uint64_t mask, uint64_t stride, unsigned word)
{
    if (!sw_reserve(&packed->part, &packed->part_capacity, packed->parts + 1,
                    sizeof *packed->part))
        return false;
    packed->part[packed->parts++] = (sw_packed_part){mask, stride, word};
    return true;
}

sw_status sw_packed_make_index(sw_packed_index *index, sw_packed *packed,
                               const sw_packed_shape *shape)
{
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

static bool add_number(sw_packed_shape *shape, const sw_packed *packed, uint32_t number)
{
    const uint64_t *mask = packed->number[number].mask;
    for (uint32_t n = 0; n < shape->numbers; n++)
        if (memcmp(packed->number[shape->number[n]].mask, mask, sizeof packed->number->mask) == 0)
            return true;
    if (shape->numbers == sizeof shape->number / sizeof *shape->number)
        return false;
    shape->number[shape->numbers++] = number;
    return true;
}

/* What the table of a group is over once the event is in it; false where that is too much. */
static bool join(sw_packed_shape *shape, const sw_packed *packed, const sw_packed_event *event)
{
    const sw_packed_index *index = &event->rates.index;
    shape->bits[0] |=
        (event->mask | index->bits) & ~packed->basis[event->basis].own_mask;
    for (uint32_t p = index->first_part; p < index->first_part + index->gathers; p++)
        shape->bits[packed->part[p].word] |= packed->part[p].mask;
    for (uint32_t n = event->first_number; n < event->first_number + event->numbers; n++)
        if (!add_number(shape, packed, n))
            return false;
    return true;
}

/* ---- groups ----------------------------------------------------------------------------------- */

/* The event among those waiting that makes the table grow least, put into the shape; `count`
 * where none fits. */
static uint32_t take_best(sw_packed_shape *shape, const sw_packed *packed,
                          const sw_packed_event *waiting, uint32_t count)
{
    uint32_t best = count, last = count < LOOK_AHEAD ? count : LOOK_AHEAD;
    uint64_t least = SW_PACKED_TABLE;
    sw_packed_shape found = *shape;
    for (uint32_t e = 0; e < last; e++) {
        sw_packed_shape joined = *shape;
        if (!join(&joined, packed, &waiting[e]))
            continue;
        uint64_t entries = sw_packed_entries(packed, &joined);
        if (entries > SW_PACKED_TABLE || (best < count && entries >= least))
            continue;
        best = e;
        least = entries;
        found = joined;
    }
    *shape = found;
    return best;
}

/* Moves an event to the front of those that wait, which keep their order. */
static void bring_forward(sw_packed_event *waiting, uint32_t from)
{
    sw_packed_event event = waiting[from];
    memmove(waiting + 1, waiting, from * sizeof event);
    waiting[0] = event;
}

/* The next group of the events first ... last - 1; *next is the first that is not in it. */
static sw_status add_group(sw_packed *packed, uint32_t first, uint32_t last, uint32_t *next)
{
    sw_packed_shape shape = {.numbers = 0};
    if (!sw_reserve(&packed->group, &packed->group_capacity, packed->groups + 1,
                    sizeof *packed->group))
        return SW_ERROR_MEMORY;
    sw_packed_group *group = &packed->group[packed->groups++];
    *group = (sw_packed_group){.first = first, .count = 1};
    bool fits = join(&shape, packed, &packed->event[first]) &&
                sw_packed_entries(packed, &shape) <= SW_PACKED_TABLE;
    uint32_t event = first + 1;
    while (fits && event < last) {
        uint32_t best = take_best(&shape, packed, packed->event + event, last - event);
        if (best == last - event)
            break;
        bring_forward(packed->event + event, best);
        event++;
    }
    group->count = event - first;
    *next = event;
    if (!fits || packed->basis[packed->event[first].basis].bin)
        return SW_OK;
    group->entries = (uint32_t)sw_packed_entries(packed, &shape);
    group->total = sw_allocate(group->entries, sizeof *group->total);
    return group->total ? sw_packed_make_index(&group->index, packed, &shape) : SW_ERROR_MEMORY;
}

sw_status sw_packed_group_events(sw_packed *packed)
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
