/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How grains grow after crystalline neighbours are joined (grains.h, rules 2 and 3). */
#ifndef SPILLWAY_STRUCTURE_GRAIN_GROWTH_H
#define SPILLWAY_STRUCTURE_GRAIN_GROWTH_H

#include "structure/grains.h"

typedef struct sw_grain_work {
    sw_crystal_grains *grains;
    const sw_neighbours *neighbours;
    const sw_crystal_match *match;
    const sw_crystal_grain_options *options;
    size_t *size;           /* [count] atoms */
    sw_crystal_kind *type;  /* [count] crystal of a grain */
    uint8_t *label;         /* [count] */
    uint32_t *first, *list; /* [count] first atom; [atoms] queue, or atoms that changed */
} sw_grain_work;

static inline uint8_t sw_grain_label(const sw_grain_work *work, size_t atom) {
    return work->options->label ? work->options->label[atom] : 1;
}

/* Rule 2, round by round. O(bonds of the atoms left) a round. */
SW_MUST_USE sw_status sw_grain_grow(sw_grain_work *work, sw_context *context);
/* Rule 3: united grains have the lower of their numbers, and the others size 0. */
SW_MUST_USE sw_status sw_grain_unite(sw_grain_work *work);

#endif
