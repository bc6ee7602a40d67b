/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef SPILLWAY_TEST_ALLOCATION
static _Thread_local long allocations_left = -1;

void sw_memory_fail_after(long allocations) {
    allocations_left = allocations;
}

static bool allocation_is_refused(void) {
    if (allocations_left < 0)
        return false;
    if (allocations_left == 0)
        return true;
    allocations_left--;
    return false;
}
#else
static bool allocation_is_refused(void) {
    return false;
}
#endif

bool sw_size_product(size_t *product, size_t a, size_t b) {
    if (a != 0 && b > SIZE_MAX / a)
        return false;
    *product = a * b;
    return true;
}

void *sw_allocate(size_t count, size_t size) {
    size_t bytes;
    if (!sw_size_product(&bytes, count, size) || bytes > PTRDIFF_MAX || allocation_is_refused())
        return NULL;
    return calloc(bytes > 0 ? bytes : 1, 1);
}

void *sw_reallocate(void *memory, size_t count, size_t size) {
    size_t bytes;
    if (!sw_size_product(&bytes, count, size) || bytes > PTRDIFF_MAX || allocation_is_refused())
        return NULL;
    return realloc(memory, bytes > 0 ? bytes : 1);
}

bool sw_reserve(void *items, size_t *capacity, size_t needed, size_t size) {
    if (needed <= *capacity)
        return true;
    size_t grown = *capacity <= SIZE_MAX / 2 ? *capacity * 2 : needed;
    if (grown < needed)
        grown = needed;
    if (grown < 8)
        grown = 8;

    void *old;
    memcpy(&old, items, sizeof old);
    char *larger = sw_reallocate(old, grown, size);
    if (!larger)
        return false;
    memset(larger + *capacity * size, 0, (grown - *capacity) * size);
    memcpy(items, &larger, sizeof larger);
    *capacity = grown;
    return true;
}

char *sw_duplicate_text(const char *text) {
    if (!text)
        return NULL;
    size_t size = strlen(text) + 1;
    char *copy = sw_allocate(size, 1);
    if (copy)
        memcpy(copy, text, size);
    return copy;
}

double sw_memory_installed(void) {
    long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
    return pages > 0 && size > 0 ? (double)pages * (double)size : 0.0;
}
