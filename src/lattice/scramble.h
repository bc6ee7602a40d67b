/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers to keys: the last step of splitmix64 (Steele, Lea and Flood, OOPSLA 2014). */
#ifndef SPILLWAY_LATTICE_SCRAMBLE_H
#define SPILLWAY_LATTICE_SCRAMBLE_H

#include <stdint.h>

static inline uint64_t sw_scramble(uint64_t x) {
    x += 0x9e3779b97f4a7c15ULL;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

#endif
