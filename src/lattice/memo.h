/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Remembers the total rates (one per class) that belong to a site code, so that a neighbourhood
 * seen before costs one look-up. It is a cache: what it returns is what a fresh computation
 * would, so forgetting changes nothing but speed.
 */
#ifndef SPILLWAY_LATTICE_MEMO_H
#define SPILLWAY_LATTICE_MEMO_H

#include <spillway/base.h>

typedef struct sw_memo {
    size_t slots;      /* a power of two */
    size_t classes;
    size_t entries;
    uint64_t *code;    /* [slots], 0 = free */
    double *totals;    /* [slots][classes] */
    uint64_t hits, misses, cleared;
} sw_memo;

sw_status sw_memo_create(sw_memo *memo, size_t slots, size_t classes);
void sw_memo_clear(sw_memo *memo);
void sw_memo_forget(sw_memo *memo);
/* The totals of a code; *known tells whether they are filled (if not, the caller fills them). */
double *sw_memo_find(sw_memo *memo, uint64_t code, bool *known);

#endif
