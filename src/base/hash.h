/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * FNV-1a, 64 bit (Fowler, Noll, Vo): h = (h xor byte) * prime. Each step is a bijection of h for a
 * given byte, so a change of any single byte always changes the result.
 */
#ifndef SPILLWAY_BASE_HASH_H
#define SPILLWAY_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#define SW_HASH_START 0xcbf29ce484222325u

static inline uint64_t sw_hash(uint64_t hash, const void *bytes, size_t size) {
    const unsigned char *byte = bytes;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ byte[i]) * 0x100000001b3u;
    return hash;
}

#endif
