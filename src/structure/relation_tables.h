/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parallel planes and directions of two crystals, as an instrument reports them. */
#ifndef SPILLWAY_STRUCTURE_RELATION_TABLES_H
#define SPILLWAY_STRUCTURE_RELATION_TABLES_H

#include "structure/crystal_relation.h"

#include <spillway/instrument.h>

typedef struct sw_relation_limits {
    double tolerance; /* rad, up to which planes and directions are parallel */
    int largest;      /* index */
    double reach;     /* rad, half the interval of their angles */
} sw_relation_limits;

/* Adds the tables "planes" and "directions" (the best pair of each two families, the best first, 40
 * rows at most) and a note with the plane and the direction in it of the smallest indices.
 * SW_ERROR_MEMORY. */
SW_MUST_USE sw_status sw_relation_tables_add(sw_measurement *out, const sw_crystal_pose *a,
                                             const sw_crystal_pose *b,
                                             const sw_relation_limits *limits);

#endif
