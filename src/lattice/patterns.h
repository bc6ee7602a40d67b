/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Processes compiled into patterns: one for every orientation and direction, anchored at a basis
 * site. Patterns of one process that are the same set of sites and changes are kept once, so each
 * distinct event has one channel. A process whose reverse is among its own orientations (a hop)
 * is marked so and gets no separate reverse.
 */
#ifndef SPILLWAY_LATTICE_PATTERNS_H
#define SPILLWAY_LATTICE_PATTERNS_H

#include "lattice/geometry.h"

/* Counts neighbours of one slot: sites outside the pattern by step from the anchor, sites of the
 * pattern by slot. */
typedef struct sw_counter {
    sw_species_set species;
    uint32_t first, count; /* in the pool of steps */
    uint8_t inside;        /* bit i: slot i is in the neighbourhood and counts */
} sw_counter;

typedef struct sw_pattern {
    uint16_t process;
    bool reverse;
    uint8_t class; /* of rate multipliers, see classes.h */
    uint8_t slots;
    uint8_t conditions, environments;
    sw_step step[SW_SLOT_LIMIT]; /* step[0] is the anchor itself */
    sw_species_set before[SW_SLOT_LIMIT];
    int8_t after_slot[SW_SLOT_LIMIT];    /* the species of that slot, or -1 */
    int8_t after_species[SW_SLOT_LIMIT]; /* or this; -1 with after_slot -1: unchanged */
    bool open[SW_SLOT_LIMIT];
    sw_counter condition[8];
    int8_t least[8], most[8];
    sw_counter environment[2][2];
} sw_pattern;

typedef struct sw_patterns {
    sw_pattern *list; /* grouped by anchor basis */
    size_t count, capacity;
    size_t *first; /* [basis + 1] */
    sw_steps pool;
    bool *own_reverse; /* [process] */
} sw_patterns;

sw_status sw_patterns_create(sw_patterns *patterns, const sw_geometry *geometry,
                             const sw_lattice_model *model, sw_error *error);
void sw_patterns_clear(sw_patterns *patterns);

/* The species that a slot may hold after the process. */
sw_species_set sw_pattern_after_set(const sw_pattern *pattern, size_t slot);

/* Where the slots of `a` lie in `b` when its anchor is shifted by whole cells onto that slot of `b`;
 * false where they do not all lie there. */
bool sw_patterns_map(int map[SW_SLOT_LIMIT], const sw_pattern *a, const sw_pattern *b, int slot);

/* Whether two patterns change the same sites in the same way under the conditions of `process`,
 * one shifted by whole cells. */
bool sw_patterns_same_event(const sw_pattern *a, const sw_pattern *b, const sw_process *process);

/* Adds the steps that decide whether a pattern matches and which barrier its surroundings give:
 * slots first, then counted neighbours. */
sw_status sw_patterns_matched(sw_steps *steps, const sw_patterns *patterns,
                              const sw_pattern *pattern);
/* The same for all patterns anchored at `basis`. */
sw_status sw_patterns_near(sw_steps *steps, const sw_patterns *patterns, int basis);

#endif
