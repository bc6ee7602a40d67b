/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of units, one row a spelling. */
#ifndef SPILLWAY_BASE_UNITS_H
#define SPILLWAY_BASE_UNITS_H

#include <spillway/base.h>

typedef struct sw_unit {
    sw_dimension dimension;
    bool alias; /* another spelling of a listed unit: accepted, not offered */
    const char *name;
    double factor, offset; /* inside = value * factor + offset */
} sw_unit;

size_t sw_unit_count(void);
const sw_unit *sw_unit_at(size_t index);
/* NULL where `name` is no unit of this dimension. */
const sw_unit *sw_unit_find(const char *name, sw_dimension dimension);
/* "a temperature", for messages. */
const char *sw_dimension_with_article(sw_dimension dimension);

#endif
