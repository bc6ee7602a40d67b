/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of replicas made one: mean and 95 % half-width of every number (Student's t). */
#ifndef SPILLWAY_RUN_MERGE_H
#define SPILLWAY_RUN_MERGE_H

#include <spillway/data.h>

/*
 * Rows are matched by index. Each column of numbers becomes a column of means and a column
 * "NAME spread" of half-widths, over the replicas that have the row; text is that of the first.
 * Rows as many as the longest has. Tables of different columns are SW_ERROR_ARGUMENT.
 */
SW_MUST_USE sw_status sw_merge_series(sw_table **merged, const sw_table *const *tables,
                                      size_t count, sw_error *error);
/* The "headline" table (name, value, spread, unit, help): value and spread over the replicas. */
SW_MUST_USE sw_status sw_merge_headline(sw_table **merged, const sw_table *const *tables,
                                        size_t count, sw_error *error);

#endif
