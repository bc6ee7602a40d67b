/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/tetrahedra_groups.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* The own image of the tetrahedron behind face i, or SW_DELAUNAY_NONE. */
static uint32_t own_neighbour(const sw_tetrahedra *tetrahedra, uint32_t t, int i) {
    uint32_t next = tetrahedra->delaunay.neighbour[t][i];
    return next == SW_DELAUNAY_NONE ? next : tetrahedra->own[next];
}

/* Spreads from tetrahedron `first`; `stack` has room for all. */
static bool spread(uint32_t *group, uint32_t number, uint32_t first, uint32_t *stack,
                   const sw_tetrahedra *tetrahedra, const bool *member, bool wanted) {
    size_t waiting = 0;
    bool reaches_out = false;
    group[first] = number;
    stack[waiting++] = first;
    while (waiting > 0) {
        uint32_t t = stack[--waiting];
        for (int i = 0; i < 4; i++) {
            uint32_t next = own_neighbour(tetrahedra, t, i);
            reaches_out |= next == SW_DELAUNAY_NONE;
            if (next == SW_DELAUNAY_NONE || member[next] != wanted ||
                group[next] != SW_DELAUNAY_NONE)
                continue;
            group[next] = number;
            stack[waiting++] = next;
        }
    }
    return reaches_out;
}

static bool add_group(sw_tetrahedra_groups *groups, size_t *volumes, size_t *flags) {
    return sw_reserve(&groups->volume, volumes, groups->count + 1, sizeof *groups->volume) &&
           sw_reserve(&groups->reaches_out, flags, groups->count + 1, sizeof *groups->reaches_out);
}

static sw_status find_groups(sw_tetrahedra_groups *groups, uint32_t *stack,
                             const sw_tetrahedra *tetrahedra, const bool *member, bool wanted) {
    size_t volumes = 0, flags = 0;
    for (size_t t = 0; t < tetrahedra->count; t++) {
        if (member[t] != wanted || tetrahedra->own[t] != t || groups->group[t] != SW_DELAUNAY_NONE)
            continue;
        if (!add_group(groups, &volumes, &flags))
            return SW_ERROR_MEMORY;
        groups->reaches_out[groups->count] = spread(groups->group, (uint32_t)groups->count,
                                                    (uint32_t)t, stack, tetrahedra, member, wanted);
        groups->count++;
    }
    for (size_t t = 0; t < tetrahedra->count; t++)
        if (groups->group[t] != SW_DELAUNAY_NONE)
            groups->volume[groups->group[t]] += tetrahedra->volume[t];
    return SW_OK;
}

sw_status sw_tetrahedra_groups_create(sw_tetrahedra_groups *groups, const sw_tetrahedra *tetrahedra,
                                      const bool *member, bool wanted) {
    memset(groups, 0, sizeof *groups);
    uint32_t *stack = sw_allocate(tetrahedra->count, sizeof *stack);
    groups->group = sw_allocate(tetrahedra->count, sizeof *groups->group);
    sw_status status = stack && groups->group ? SW_OK : SW_ERROR_MEMORY;
    if (status == SW_OK) {
        memset(groups->group, 0xff, tetrahedra->count * sizeof *groups->group);
        status = find_groups(groups, stack, tetrahedra, member, wanted);
    }
    free(stack);
    if (status != SW_OK)
        sw_tetrahedra_groups_clear(groups);
    return status;
}

void sw_tetrahedra_groups_clear(sw_tetrahedra_groups *groups) {
    free(groups->group);
    free(groups->volume);
    free(groups->reaches_out);
    memset(groups, 0, sizeof *groups);
}
