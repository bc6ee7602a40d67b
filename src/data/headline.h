/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table `headline` that a simulator makes at the end of a run: numbers that are worth a card in
 * its report, and that claims look up by name. */
#ifndef SPILLWAY_DATA_HEADLINE_H
#define SPILLWAY_DATA_HEADLINE_H

#include <spillway/data.h>

typedef struct sw_headline {
    char name[48];
    double value, spread; /* half-width of its 95 % interval; NaN where there is none */
    const char *unit, *help;
} sw_headline;

/* Fills an empty table: a row each, with columns name, value, spread, unit, help. */
sw_status sw_headline_fill(sw_table *table, const sw_headline *list, size_t count);

#endif
