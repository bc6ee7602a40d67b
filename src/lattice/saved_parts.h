/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a saved state: plain data, one after another, as they lie in memory. */
#ifndef SPILLWAY_LATTICE_SAVED_PARTS_H
#define SPILLWAY_LATTICE_SAVED_PARTS_H

#include <spillway/base.h>

typedef struct sw_saved_part {
    const void *data; /* may be NULL where size is 0 */
    size_t size;
} sw_saved_part;

/* Adds the parts in their order. */
SW_MUST_USE sw_status sw_saved_parts_write(sw_bytes *bytes, const sw_saved_part *part,
                                           size_t parts);

/* What is left to read. Once something was missing, nothing more is read. */
typedef struct sw_saved_reader {
    const unsigned char *bytes;
    size_t left;
    bool short_of;
} sw_saved_reader;

/* Copies `count` items of `size` bytes to `data`; false, and nothing is copied, where there are not
 * as many. `data` may be NULL where there is nothing to copy. */
bool sw_saved_take(sw_saved_reader *in, void *data, size_t count, size_t size);
/* The same without a copy: where the items lie, at any alignment, or NULL. */
const unsigned char *sw_saved_pass(sw_saved_reader *in, size_t count, size_t size);

#endif
