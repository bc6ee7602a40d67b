/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The memory of one model: everything is taken from it and released at once. */
#ifndef SPILLWAY_MODEL_ARENA_H
#define SPILLWAY_MODEL_ARENA_H

#include <stddef.h>

typedef struct sw_arena {
    struct sw_arena_block *blocks; /* newest first */
} sw_arena;

/* Zero-filled and aligned; NULL where there is no memory or the product overflows. */
void *sw_arena_take(sw_arena *arena, size_t count, size_t size) __attribute__((warn_unused_result));
/* A zero-terminated copy of `length` bytes. */
char *sw_arena_text(sw_arena *arena, const char *bytes, size_t length)
    __attribute__((warn_unused_result));
/* "first" "second" "third" as one text. */
char *sw_arena_join(sw_arena *arena, const char *first, const char *second, const char *third)
    __attribute__((warn_unused_result));
void sw_arena_clear(sw_arena *arena);

#endif
