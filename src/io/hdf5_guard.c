/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is looked at before the HDF5 library sees a file. Heaps carry no checksum in any version of
 * the format, and version 1.10 of the library takes their sizes on trust. The heaps are found by
 * their signatures; HDF5 File Format Specification, III.D and III.E.
 */
#include "io/hdf5_file.h"

#include <stdint.h>
#include <string.h>

enum { SIGNATURE = 8, OBJECT_HEADER = 16 };

int sw_hdf5_superblock(const sw_source *source) {
    for (size_t at = 0; at <= 512; at += 512)
        if (source->size > at + SIGNATURE &&
            memcmp(source->bytes + at, "\x89HDF\r\n\x1a\n", SIGNATURE) == 0)
            return source->bytes[at + SIGNATURE];
    return -1;
}

static uint64_t length_at(const unsigned char *bytes) {
    uint64_t length = 0;
    for (size_t i = 0; i < 8; i++)
        length |= (uint64_t)bytes[i] << (8 * i);
    return length;
}

/* Local heap: the library asks for as much memory as it says, and does not look whether it got
 * it. */
static bool local_heap_is_sound(const unsigned char *heap, size_t left, const sw_source *source) {
    return left < OBJECT_HEADER || length_at(heap + 8) <= source->size;
}

/* Global heap: objects in a row. One of index 0 is the free rest, with its header counted; where
 * its size is 0 the library never gets past it. */
static bool global_heap_is_sound(const unsigned char *heap, size_t left, const sw_source *source) {
    (void)source;
    if (left < OBJECT_HEADER)
        return false;
    uint64_t size = length_at(heap + 8);
    if (size < OBJECT_HEADER || size > left)
        return false;
    for (uint64_t at = OBJECT_HEADER; size - at >= OBJECT_HEADER;) {
        const unsigned char *object = heap + at;
        bool is_free = object[0] == 0 && object[1] == 0;
        uint64_t length = length_at(object + 8), room = size - at;
        if (length > room || (is_free && length < OBJECT_HEADER))
            return false;
        uint64_t step = is_free ? length : OBJECT_HEADER + (length + 7) / 8 * 8;
        if (step > room)
            return false;
        at += step;
    }
    return true;
}

static bool all_are_sound(const char signature[SIGNATURE], const sw_source *source,
                          bool (*is_sound)(const unsigned char *heap, size_t left,
                                           const sw_source *source)) {
    const unsigned char *at = source->bytes, *end = at + source->size;
    while ((at = memmem(at, (size_t)(end - at), signature, SIGNATURE))) {
        if (!is_sound(at, (size_t)(end - at), source))
            return false;
        at += SIGNATURE;
    }
    return true;
}

bool sw_hdf5_heaps_are_sound(const sw_source *source) {
    return all_are_sound("GCOL\1\0\0\0", source, global_heap_is_sound) &&
           (sw_hdf5_superblock(source) >= 2 ||
            all_are_sound("HEAP\0\0\0\0", source, local_heap_is_sound));
}
