/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that is counted in items, so that no size computation can overflow unseen. Released with
 * free(). */
#ifndef SPILLWAY_BASE_MEMORY_H
#define SPILLWAY_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* *product = a * b; false, and *product untouched, where it overflows. */
bool sw_size_product(size_t *product, size_t a, size_t b);

/* Zero-filled memory for `count` items of `size` bytes. NULL where the product overflows or there
 * is no memory; never NULL for zero bytes. */
void *sw_allocate(size_t count, size_t size) __attribute__((warn_unused_result));

/* Resizes `memory` (may be NULL) to `count` items of `size` bytes. NULL on failure, and `memory`
 * stays valid then. Bytes beyond the old size are undefined. */
void *sw_reallocate(void *memory, size_t count, size_t size) __attribute__((warn_unused_result));

/* Grows the array `*items`, which holds `*capacity` items of `size` bytes, to hold at least
 * `needed`, by doubling; new items are zero. False on failure, and nothing has changed then.
 * `items` is the address of the array pointer. */
bool sw_reserve(void *items, size_t *capacity, size_t needed, size_t size)
    __attribute__((warn_unused_result));

/* A copy of `text` (NULL gives NULL). NULL where there is no memory. */
char *sw_duplicate_text(const char *text) __attribute__((warn_unused_result));

/* Bytes of memory of this machine; 0 where the system does not tell. */
double sw_memory_installed(void);

#ifdef SPILLWAY_TEST_ALLOCATION
/* For tests: on this thread the next `allocations` calls of the functions above succeed and every
 * later one fails; a negative number lifts the limit. */
void sw_memory_fail_after(long allocations);
#endif

#endif
