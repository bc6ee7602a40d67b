/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the atoms of each phase have in common, and those inside of it apart from its rim. */
#ifndef SPILLWAY_STRUCTURE_PHASE_SUMMARY_H
#define SPILLWAY_STRUCTURE_PHASE_SUMMARY_H

#include "structure/interval.h"
#include "structure/phases.h"
#include "structure/voronoi.h"

typedef struct sw_phase_part {
    size_t atoms, cells;       /* cells: those that count for the concentration */
    sw_interval concentration; /* 1/A^3, mean of 1/V */
    sw_interval nearest;       /* A, mean distance to the nearest atom that is looked at */
    sw_interval bond;          /* A, mean over atoms of their mean distance to neighbours */
    sw_interval frequent;      /* A, the most frequent of these distances (mode.h) */
} sw_phase_part;

typedef struct sw_phase_summary {
    size_t grains, in_grains;
    sw_phase_part all, inner;
} sw_phase_summary;

/*
 * inner: more than `rim` steps from another phase or a surface (depth as sw_steps_inside gives it,
 * 0 counts). Cells at surfaces do not count for the concentration. Neighbours of the bond length
 * are nearer than 1.207 mean spacings in crystals, half way between the shells of fcc, and than the
 * cutoff of the map's neighbours (by distance) everywhere. SW_ERROR_MEMORY. O(n log n) of the
 * neighbours.
 */
SW_MUST_USE sw_status sw_phase_summarise(sw_phase_summary summary[SW_PHASES],
                                         const sw_phase_map *map, const sw_voronoi *voronoi,
                                         const uint32_t *depth, size_t rim, double farthest);

#endif
