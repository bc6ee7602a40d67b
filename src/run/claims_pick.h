/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The number of a claim: from one number of a table, or several. */
#ifndef SPILLWAY_RUN_CLAIMS_PICK_H
#define SPILLWAY_RUN_CLAIMS_PICK_H

#include "run/claims_plan.h"

#include <spillway/data.h>

/* "first", "last", "mean", "largest", "change", "difference" of a column, each also as "settled ...",
 * or the row with this text in any column; NaN where there is none. */
double sw_claim_pick(const sw_table *table, size_t column, const char *row);

/* Finds the number of the table that a measure names, without what is taken from it or divides it. */
typedef sw_status (*sw_number_reader)(double *value, const sw_measure *measure, void *user);
/* The whole measure: less `minus`, over `over`, logarithm, magnitude and scale. */
SW_MUST_USE sw_status sw_claim_number(double *value, const sw_measure *measure,
                                      sw_number_reader reader, void *user);

#endif
