/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/phase_smoothing.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* ---- majority -------------------------------------------------------------------------------- */

static uint8_t most_frequent(const size_t count[SW_VALUE_LIMIT], uint8_t own) {
    uint8_t best = own;
    for (uint8_t v = 0; v < SW_VALUE_LIMIT; v++)
        if (count[v] > count[best])
            best = v;
    return best;
}

static uint8_t vote(const uint8_t *value, const sw_neighbours *neighbours, size_t atom) {
    size_t count[SW_VALUE_LIMIT] = {0};
    count[value[atom]]++;
    for (size_t k = neighbours->first[atom]; k < neighbours->first[atom + 1]; k++)
        count[value[neighbours->index[k]]]++;
    return most_frequent(count, value[atom]);
}

sw_status sw_phase_majority(size_t *changed, uint8_t *value, const sw_neighbours *neighbours,
                            size_t steps) {
    uint8_t *before = sw_allocate(neighbours->atoms, 1), *first = sw_allocate(neighbours->atoms, 1);
    *changed = 0;
    if (before && first)
        memcpy(first, value, neighbours->atoms);
    for (size_t step = 0; before && first && step < steps; step++) {
        memcpy(before, value, neighbours->atoms);
        for (size_t i = 0; i < neighbours->atoms; i++)
            value[i] = vote(before, neighbours, i);
        if (memcmp(before, value, neighbours->atoms) == 0)
            break;
    }
    for (size_t i = 0; before && first && i < neighbours->atoms; i++)
        *changed += value[i] != first[i];
    sw_status status = before && first ? SW_OK : SW_ERROR_MEMORY;
    free(before);
    free(first);
    return status;
}

/* ---- small regions --------------------------------------------------------------------------- */

typedef struct sw_region_walk {
    const sw_neighbours *neighbours;
    const uint8_t *value; /* before anything changed */
    uint32_t *queue;      /* [atoms] */
    bool *seen;           /* [atoms] */
} sw_region_walk;

/* The region of an atom into the queue; around: neighbours outside by value. Returns its size. */
static size_t walk_region(sw_region_walk *walk, size_t around[SW_VALUE_LIMIT], size_t start) {
    const sw_neighbours *near = walk->neighbours;
    size_t head = 0, tail = 0;
    walk->queue[tail++] = (uint32_t)start;
    walk->seen[start] = true;
    while (head < tail) {
        size_t atom = walk->queue[head++];
        for (size_t k = near->first[atom]; k < near->first[atom + 1]; k++) {
            uint32_t other = near->index[k];
            if (walk->value[other] != walk->value[start]) {
                around[walk->value[other]]++;
            } else if (!walk->seen[other]) {
                walk->seen[other] = true;
                walk->queue[tail++] = other;
            }
        }
    }
    return tail;
}

static void merge_regions(size_t *changed, uint8_t *value, sw_region_walk *walk, size_t smallest) {
    for (size_t i = 0; i < walk->neighbours->atoms; i++) {
        size_t around[SW_VALUE_LIMIT] = {0};
        if (walk->seen[i])
            continue;
        size_t size = walk_region(walk, around, i);
        uint8_t most = most_frequent(around, walk->value[i]);
        if (size >= smallest || most == walk->value[i])
            continue;
        for (size_t q = 0; q < size; q++)
            value[walk->queue[q]] = most;
        *changed += size;
    }
}

sw_status sw_phase_merge_small(size_t *changed, uint8_t *value, const sw_neighbours *neighbours,
                               size_t smallest) {
    size_t atoms = neighbours->atoms;
    uint8_t *before = sw_allocate(atoms, 1);
    sw_region_walk walk = {.neighbours = neighbours,
                           .value = before,
                           .queue = sw_allocate(atoms, sizeof *walk.queue),
                           .seen = sw_allocate(atoms, sizeof *walk.seen)};
    *changed = 0;
    sw_status status = before && walk.queue && walk.seen ? SW_OK : SW_ERROR_MEMORY;
    if (status == SW_OK) {
        memcpy(before, value, atoms);
        merge_regions(changed, value, &walk, smallest);
    }
    free(before);
    free(walk.queue);
    free(walk.seen);
    return status;
}

/* ---- steps inside ---------------------------------------------------------------------------- */

static bool at_border(const uint8_t *value, const sw_neighbours *neighbours, size_t atom) {
    for (size_t k = neighbours->first[atom]; k < neighbours->first[atom + 1]; k++)
        if (value[neighbours->index[k]] != value[atom])
            return true;
    return false;
}

sw_status sw_steps_inside(uint32_t *depth, const uint8_t *value, const bool *border,
                          const sw_neighbours *neighbours) {
    uint32_t *queue = sw_allocate(neighbours->atoms, sizeof *queue);
    size_t head = 0, tail = 0;
    if (queue == NULL)
        return SW_ERROR_MEMORY;
    for (size_t i = 0; i < neighbours->atoms; i++) {
        depth[i] = (border && border[i]) || at_border(value, neighbours, i) ? 1 : 0;
        if (depth[i] == 1)
            queue[tail++] = (uint32_t)i;
    }
    while (head < tail) {
        size_t atom = queue[head++];
        for (size_t k = neighbours->first[atom]; k < neighbours->first[atom + 1]; k++) {
            uint32_t other = neighbours->index[k];
            if (depth[other] != 0)
                continue;
            depth[other] = depth[atom] + 1;
            queue[tail++] = other;
        }
    }
    free(queue);
    return SW_OK;
}
