/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thermo/calphad/names.h"

#include "base/hash.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static uint64_t hash_of(const char *name) {
    uint64_t hash = sw_hash(SW_HASH_START, name, strlen(name));
    return hash ^ (hash >> 29);
}

/* The slot that holds the name, or the free one where it would go. */
static size_t slot_of(const sw_calphad_names *names, const char *name) {
    size_t slot = (size_t)hash_of(name) & (names->slot_count - 1);
    while (names->slots[slot] && strcmp(names->name[names->slots[slot] - 1], name) != 0)
        slot = (slot + 1) & (names->slot_count - 1);
    return slot;
}

static bool grow(sw_calphad_names *names) {
    const size_t slot_count = names->slot_count ? 2 * names->slot_count : 64;
    uint32_t *slots = sw_allocate(slot_count, sizeof *slots);
    if (!slots)
        return false;
    free(names->slots);
    names->slots = slots;
    names->slot_count = slot_count;
    for (size_t i = 0; i < names->count; i++)
        names->slots[slot_of(names, names->name[i])] = (uint32_t)i + 1;
    return true;
}

ptrdiff_t sw_calphad_names_find(const sw_calphad_names *names, const char *name) {
    if (names->slot_count == 0)
        return -1;
    return (ptrdiff_t)names->slots[slot_of(names, name)] - 1;
}

ptrdiff_t sw_calphad_names_add(sw_calphad_names *names, const char *name) {
    const ptrdiff_t found = sw_calphad_names_find(names, name);
    if (found >= 0)
        return found;
    if (2 * (names->count + 1) > names->slot_count && !grow(names))
        return -1;
    if (!sw_reserve(&names->name, &names->capacity, names->count + 1, sizeof *names->name))
        return -1;
    names->slots[slot_of(names, name)] = (uint32_t)names->count + 1;
    strncpy(names->name[names->count], name, CALPHAD_NAME - 1);
    return (ptrdiff_t)names->count++;
}

void sw_calphad_names_clear(sw_calphad_names *names) {
    free(names->name);
    free(names->slots);
    *names = (sw_calphad_names){0};
}
