/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lattice/memo.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

sw_status sw_memo_create(sw_memo *memo, size_t slots, size_t classes) {
    *memo = (sw_memo){.slots = slots, .classes = classes};
    memo->entry = sw_allocate(slots * (1 + classes), sizeof *memo->entry);
    return memo->entry ? SW_OK : SW_ERROR_MEMORY;
}

void sw_memo_clear(sw_memo *memo) {
    free(memo->entry);
    memset(memo, 0, sizeof *memo);
}

void sw_memo_forget(sw_memo *memo) {
    memset(memo->entry, 0, memo->slots * (1 + memo->classes) * sizeof *memo->entry);
    memo->entries = 0;
    memo->cleared++;
}

double *sw_memo_find(sw_memo *memo, uint64_t code, bool *known) {
    size_t slot = sw_memo_slot(memo, code), stride = 1 + memo->classes;
    code = code ? code : 1;
    while (memo->entry[slot * stride].code && memo->entry[slot * stride].code != code)
        slot = (slot + 1) & (memo->slots - 1);
    sw_memo_word *entry = memo->entry + slot * stride;
    *known = entry->code == code;
    if (*known) {
        memo->hits++;
        return &entry[1].total;
    }
    memo->misses++;
    if (memo->entries >= memo->slots / 2) {
        sw_memo_forget(memo);
        return sw_memo_find(memo, code, known);
    }
    entry->code = code;
    memo->entries++;
    return &entry[1].total;
}
