/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Remembers the total rates (one per class) that belong to a site code, so that a neighbourhood
 * seen before costs one look-up. It is a cache: what it returns is what a fresh computation
 * would, so forgetting changes nothing but speed.
 */
#ifndef SPILLWAY_LATTICE_MEMO_H
#define SPILLWAY_LATTICE_MEMO_H

#include <spillway/base.h>

/* Code and totals of an entry lie side by side. */
typedef union sw_memo_word {
    uint64_t code; /* 0 = free */
    double total;
} sw_memo_word;

typedef struct sw_memo {
    size_t slots; /* a power of two */
    size_t classes;
    size_t entries;
    sw_memo_word *entry; /* [slots][1 + classes] */
    uint64_t hits, misses, cleared;
} sw_memo;

sw_status sw_memo_create(sw_memo *memo, size_t slots, size_t classes);
void sw_memo_clear(sw_memo *memo);
void sw_memo_forget(sw_memo *memo);
/* Where a look-up begins. */
static inline size_t sw_memo_slot(const sw_memo *memo, uint64_t code) {
    return (size_t)((code ? code : 1) * 0x9e3779b97f4a7c15ULL >> 20) & (memo->slots - 1);
}

/* Lets the processor fetch what a look-up of this code will read. */
static inline void sw_memo_fetch(const sw_memo *memo, uint64_t code) {
    __builtin_prefetch(memo->entry + sw_memo_slot(memo, code) * (1 + memo->classes));
}

/* The totals of a code; *known tells whether they are filled (if not, the caller fills them). */
double *sw_memo_find(sw_memo *memo, uint64_t code, bool *known);

#endif
