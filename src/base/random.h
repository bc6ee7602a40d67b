/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Philox 4x32-10 as a pure function, inline for hot loops. The counter and the stream fill the
 * 128-bit counter, the seed is the key:
 *
 *   counter words: counter low, counter high, stream low, stream high      key: seed low, high
 */
#ifndef SPILLWAY_BASE_RANDOM_H
#define SPILLWAY_BASE_RANDOM_H

#include <spillway/base.h>

#include <Random123/philox.h>

#include <math.h>

/* Block `counter` of (seed, stream). */
static inline void sw_philox(uint32_t words[4], uint64_t seed, uint64_t stream, uint64_t counter) {
    philox4x32_ctr_t place = {
        {(uint32_t)counter, (uint32_t)(counter >> 32), (uint32_t)stream, (uint32_t)(stream >> 32)}};
    philox4x32_key_t key = {{(uint32_t)seed, (uint32_t)(seed >> 32)}};
    philox4x32_ctr_t block = philox4x32(place, key);
    for (int i = 0; i < 4; i++)
        words[i] = block.v[i];
}

/* The upper 52 of 64 bits as the midpoint of one of 2^52 equal cells of (0,1): exact in a double,
 * never 0 nor 1. */
static inline double sw_random_unit(uint32_t low, uint32_t high) {
    uint64_t cell = ((uint64_t)high << 20) | (low >> 12);
    return ((double)cell + 0.5) * 0x1p-52;
}

static inline void sw_random_next_pair(double uniform[2], sw_random *random) {
    uint32_t words[4];
    sw_philox(words, random->seed, random->stream, random->counter++);
    uniform[0] = sw_random_unit(words[0], words[1]);
    uniform[1] = sw_random_unit(words[2], words[3]);
}

/* A standard normal number from one pair (Box, Muller, Ann. Math. Stat. 29, 610 (1958)); by the
 * machine's log and cos, so not for what has to be the same everywhere. */
static inline double sw_random_next_normal(sw_random *random) {
    double uniform[2];
    sw_random_next_pair(uniform, random);
    return sqrt(-2.0 * log(uniform[0])) * cos(6.283185307179586 * uniform[1]);
}

#endif
