/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers in rising order. */
#ifndef SPILLWAY_BASE_SORTING_H
#define SPILLWAY_BASE_SORTING_H

#include <stddef.h>

/* Sorts in place; values may be NULL where count is 0. None may be NaN. */
void sw_sort_numbers(double *values, size_t count);

#endif
