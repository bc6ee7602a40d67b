/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second line of an extended XYZ frame: key=value pairs, and the columns it declares. */
#ifndef SPILLWAY_IO_PROPERTIES_H
#define SPILLWAY_IO_PROPERTIES_H

#include "io/lines.h"

#include <spillway/data.h>

/* One key=value pair; the quotes are off the value, `quoted` says that they were there. */
typedef struct sw_pair {
    sw_span key, value;
    bool quoted; /* backslash escapes count in the value */
} sw_pair;

/* Takes the next pair off *rest. *found is false at the end of the line. */
SW_MUST_USE sw_status sw_pair_next(sw_pair *pair, bool *found, const sw_lines *lines, sw_span *rest,
                                   sw_error *error);
/* The value with its escapes resolved; the caller's, NULL where there is no memory. */
char *sw_pair_text(const sw_pair *pair);

enum { SW_PROPERTIES_MAX = 256 };

typedef enum sw_property_use {
    SW_PROPERTY_ELEMENT,
    SW_PROPERTY_POSITION,
    SW_PROPERTY_COLUMN,
    SW_PROPERTY_UNREAD /* text, or wider than a column can be */
} sw_property_use;

typedef struct sw_property {
    sw_span name;
    char type; /* S text, I integer, R real, L logical */
    size_t width;
    sw_property_use use;
} sw_property;

typedef struct sw_properties {
    sw_property items[SW_PROPERTIES_MAX];
    size_t count, words; /* words of a row, all together */
} sw_properties;

/* Reads "species:S:1:pos:R:3:..." and decides what each is used for. */
SW_MUST_USE sw_status sw_properties_parse(sw_properties *properties, sw_span text,
                                          const sw_lines *lines, sw_error *error);

#endif
