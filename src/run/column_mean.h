/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SPILLWAY_RUN_COLUMN_MEAN_H
#define SPILLWAY_RUN_COLUMN_MEAN_H

#include <spillway/data.h>

/*
 * Mean of a column from row `first` on, finite values only: over time where the table has a column
 * "time" that goes on, each row standing for the time since the row before it, as a rate does that is
 * counted over that time; otherwise over rows. Rows need not be evenly spaced: the last of a run seldom
 * is. NaN where there is nothing.
 */
double sw_column_mean(const sw_table *table, size_t column, size_t first);

#endif
