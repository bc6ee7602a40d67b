/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The places that a cluster term has on a frame: by the distances between its points, or as images
 * of one figure under the space group of the frame.
 */
#ifndef SPILLWAY_LATTICE_FIGURES_H
#define SPILLWAY_LATTICE_FIGURES_H

#include "lattice/geometry.h"
#include "lattice/space_group.h"

/* Point i of the term lies at point[i]; the cell of point 0 is the origin. */
typedef struct sw_placement {
    sw_step point[SW_POINT_LIMIT];
} sw_placement;

typedef struct sw_placements {
    sw_placement *list;
    size_t count, capacity;
} sw_placements;

/* Adds all placements of a term, each once; sites on which a term fits in several ways have one
 * for each way. Placements that leave the frame from everywhere are left out. The symmetry is used
 * for placed terms only. */
sw_status sw_figures_find(sw_placements *placements, const sw_geometry *geometry,
                          const sw_cluster_term *term, const sw_space_group *symmetry);
void sw_placements_clear(sw_placements *placements);

/* Whether any cluster term is placed, so that the symmetry of the frame is needed. */
bool sw_figures_need_symmetry(const sw_energetics *energetics);
/* A pair term without its screening, as a figure of two points. */
sw_cluster_term sw_figures_of_pair(const sw_pair_term *pair);

#endif
