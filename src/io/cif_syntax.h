/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The syntax of CIF (STAR): data blocks of tags with values, single or in loops. */
#ifndef SPILLWAY_IO_CIF_SYNTAX_H
#define SPILLWAY_IO_CIF_SYNTAX_H

#include "io/lines.h"

typedef struct sw_cif_value {
    sw_span text; /* without quotes */
    bool quoted;
    size_t line;
} sw_cif_value;

/* One tag and where its values stand: values[first + i * stride], i < count. */
typedef struct sw_cif_item {
    sw_span tag;
    size_t block;
    size_t first, stride, count;
    size_t line;
} sw_cif_item;

typedef struct sw_cif {
    const sw_source *source;
    sw_cif_value *values;
    size_t value_count, value_capacity;
    sw_cif_item *items;
    size_t item_count, item_capacity;
    sw_span *blocks; /* names */
    size_t block_count, block_capacity;
} sw_cif;

/* Reads the whole text; the spans point into the source. sw_cif_clear frees, also after a
 * failure. */
SW_MUST_USE sw_status sw_cif_parse(sw_cif *cif, const sw_source *source, sw_error *error);
void sw_cif_clear(sw_cif *cif);

/* The item of a block by tag, case aside; NULL where none. */
const sw_cif_item *sw_cif_find(const sw_cif *cif, size_t block, const char *tag);
const sw_cif_value *sw_cif_value_of(const sw_cif *cif, const sw_cif_item *item, size_t index);
/* True for "?" and ".", which stand for a value that is not there. */
bool sw_cif_missing(const sw_cif_value *value);
/* A number, an uncertainty in parentheses left aside. */
SW_MUST_USE sw_status sw_cif_number(double *number, const sw_cif *cif, const sw_cif_value *value,
                                    const char *tag, sw_error *error);
/* Format error at a line of the file. */
sw_status sw_cif_error(const sw_cif *cif, size_t line, const char *hint, sw_error *error,
                       const char *format, ...) SW_PRINTF(5, 6);

#endif
