/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One number of a table, as claims name it. */
#ifndef SPILLWAY_RUN_CLAIMS_PICK_H
#define SPILLWAY_RUN_CLAIMS_PICK_H

#include <spillway/data.h>

/* "first", "last", "mean", "largest", "change", "difference" of a column, each also as "settled ...",
 * or the row with this text in any column; NaN where there is none. */
double sw_claim_pick(const sw_table *table, size_t column, const char *row);

#endif
