/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lattice/memo.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

sw_status sw_memo_create(sw_memo *memo, size_t slots, size_t classes)
{
    *memo = (sw_memo){.slots = slots, .classes = classes};
    memo->code = sw_allocate(slots, sizeof *memo->code);
    memo->totals = sw_allocate(slots * classes, sizeof *memo->totals);
    return memo->code && memo->totals ? SW_OK : SW_ERROR_MEMORY;
}

void sw_memo_clear(sw_memo *memo)
{
    free(memo->code);
    free(memo->totals);
    memset(memo, 0, sizeof *memo);
}

void sw_memo_forget(sw_memo *memo)
{
    memset(memo->code, 0, memo->slots * sizeof *memo->code);
    memo->entries = 0;
    memo->cleared++;
}

double *sw_memo_find(sw_memo *memo, uint64_t code, bool *known)
{
    code = code ? code : 1;
    size_t slot = (size_t)(code * 0x9e3779b97f4a7c15ULL >> 20) & (memo->slots - 1);
    while (memo->code[slot] && memo->code[slot] != code)
        slot = (slot + 1) & (memo->slots - 1);
    *known = memo->code[slot] == code;
    if (*known) {
        memo->hits++;
        return memo->totals + slot * memo->classes;
    }
    memo->misses++;
    if (memo->entries >= memo->slots / 2) {
        sw_memo_forget(memo);
        return sw_memo_find(memo, code, known);
    }
    memo->code[slot] = code;
    memo->entries++;
    return memo->totals + slot * memo->classes;
}
