/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list of distinct names in the order of their arrival, found by hash. */
#ifndef SPILLWAY_THERMO_CALPHAD_NAMES_H
#define SPILLWAY_THERMO_CALPHAD_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CALPHAD_NAME 32 /* bytes with the closing zero */

typedef struct sw_calphad_names {
    char (*name)[CALPHAD_NAME];
    size_t count, capacity;
    uint32_t *slots; /* 0, or an index plus one; never more than half full */
    size_t slot_count;
} sw_calphad_names;

/* Index of a name, or -1. Expected O(1). */
ptrdiff_t sw_calphad_names_find(const sw_calphad_names *names, const char *name);
/* Index of a name, added where it is new; -1 without memory. */
ptrdiff_t sw_calphad_names_add(sw_calphad_names *names, const char *name);
void sw_calphad_names_clear(sw_calphad_names *names);

#endif
