/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/arena.h"

#include "base/memory.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE ((size_t)32768)

typedef struct sw_arena_block {
    struct sw_arena_block *next;
    size_t used, size;
    alignas(max_align_t) unsigned char bytes[];
} sw_arena_block;

static sw_arena_block *add_block(sw_arena *arena, size_t needed) {
    size_t size = needed > BLOCK_SIZE ? needed : BLOCK_SIZE;
    if (size > SIZE_MAX - sizeof(sw_arena_block))
        return NULL;
    sw_arena_block *block = sw_allocate(1, sizeof(sw_arena_block) + size);
    if (!block)
        return NULL;
    block->size = size;
    block->next = arena->blocks;
    arena->blocks = block;
    return block;
}

void *sw_arena_take(sw_arena *arena, size_t count, size_t size) {
    size_t bytes;
    size_t unit = alignof(max_align_t);
    if (!sw_size_product(&bytes, count, size) || bytes > SIZE_MAX - unit)
        return NULL;
    bytes = (bytes + unit - 1) / unit * unit;
    sw_arena_block *block = arena->blocks;
    if (!block || block->size - block->used < bytes)
        block = add_block(arena, bytes);
    if (!block)
        return NULL;
    void *memory = block->bytes + block->used;
    block->used += bytes;
    return memory;
}

char *sw_arena_text(sw_arena *arena, const char *bytes, size_t length) {
    char *text = length < SIZE_MAX ? sw_arena_take(arena, length + 1, 1) : NULL;
    if (text && length > 0)
        memcpy(text, bytes, length);
    return text;
}

char *sw_arena_join(sw_arena *arena, const char *first, const char *second, const char *third) {
    size_t lengths[3] = {strlen(first), strlen(second), strlen(third)};
    char *text = sw_arena_take(arena, lengths[0] + lengths[1] + lengths[2] + 1, 1);
    if (!text)
        return NULL;
    memcpy(text, first, lengths[0]);
    memcpy(text + lengths[0], second, lengths[1]);
    memcpy(text + lengths[0] + lengths[1], third, lengths[2]);
    return text;
}

void sw_arena_clear(sw_arena *arena) {
    while (arena->blocks) {
        sw_arena_block *next = arena->blocks->next;
        free(arena->blocks);
        arena->blocks = next;
    }
}
