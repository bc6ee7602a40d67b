/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the polyhedron of one atom to its numbers and faces. */
#ifndef SPILLWAY_STRUCTURE_VORONOI_FACES_H
#define SPILLWAY_STRUCTURE_VORONOI_FACES_H

#include "structure/voronoi.h"
#include "structure/voronoi_search.h"

typedef struct sw_voronoi_face {
    double vector[3]; /* A, to the neighbour */
    double area;      /* A^2; NaN where it has no end */
    uint32_t place;   /* of the neighbour in the grid */
} sw_voronoi_face;

/* The work of one thread; faces of one atom after another are added behind the last. */
typedef struct sw_voronoi_maker {
    const sw_voronoi_options *options;
    sw_voronoi_search search;
    sw_voronoi_face *face; /* [faces] */
    size_t faces, face_capacity;
    uint8_t *rank; /* [faces of the cell] scratch */
    size_t rank_capacity;
} sw_voronoi_maker;

/* SW_ERROR_MEMORY, or SW_OK; to be cleared in both cases. */
SW_MUST_USE sw_status sw_voronoi_maker_create(sw_voronoi_maker *maker,
                                              const sw_voronoi_space *space,
                                              const sw_voronoi_options *options);
void sw_voronoi_maker_clear(sw_voronoi_maker *maker);

/* The atom at a place of the grid. SW_ERROR_NUMERIC where another is on top of it. */
SW_MUST_USE sw_status sw_voronoi_make(sw_voronoi_atom *atom, sw_voronoi_maker *maker, size_t place);

#endif
