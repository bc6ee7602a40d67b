/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Voronoi cell of one atom: a cube, cut by neighbours from near to far until none can cut any
 * more, that is, until twice the distance of the farthest vertex has been searched.
 *
 * - near: atoms around a cell of the grid are gathered once for all atoms in it;
 * - rings: atoms farther away, ring by ring, where the cell is larger than that;
 * - far: cells that reach out of the cube get a larger one, and atoms are looked for in a tree of
 *   boxes, only where a sphere around some vertex through the atom leads (surfaces, voids).
 *
 * A cell that still reaches out of the sphere in the largest cube is open. Unless that is given, there
 * is none where all axes are periodic, and else the cube is 1e5 times as large as the atoms'
 * box.
 */
#ifndef SPILLWAY_STRUCTURE_VORONOI_SEARCH_H
#define SPILLWAY_STRUCTURE_VORONOI_SEARCH_H

#include "structure/convex_cell.h"
#include "structure/nearby.h"
#include "structure/place_tree.h"

/* What is common to all atoms. */
typedef struct sw_voronoi_space {
    sw_grid grid;
    sw_place_tree tree;
    double near;      /* A: what the near search covers */
    double largest;   /* A: half the side of the largest cube */
    double close;     /* A: atoms nearer than this are on top of each other */
    double tolerance; /* A: the error of positions */
} sw_voronoi_space;

/* Cells that reach farther than `farthest` (A; 0: any distance) will be open. SW_ERROR_MEMORY, or
 * errors of sw_grid_create. O(atoms). */
SW_MUST_USE sw_status sw_voronoi_space_create(sw_voronoi_space *space, const sw_atoms *atoms,
                                              double farthest, sw_error *error);
void sw_voronoi_space_clear(sw_voronoi_space *space);

/* An atom (or image of one) that cuts. */
typedef struct sw_voronoi_neighbour {
    uint32_t place;   /* of the grid */
    double vector[3]; /* A, from the atom */
} sw_voronoi_neighbour;

/* Atoms to be tried, by rising distance (to within a 64th of the range). */
typedef struct sw_voronoi_candidates {
    size_t count, capacity;
    uint32_t *hit; /* of what was gathered */
    uint32_t *bucket;
    double *square; /* A^2 */
    uint32_t *order;
} sw_voronoi_candidates;

/* What was gathered last around a cell of the grid. */
typedef struct sw_voronoi_gathered {
    sw_nearby nearby;
    uint64_t key;
    double distance; /* A; 0: nothing yet */
} sw_voronoi_gathered;

/* The work of one thread. */
typedef struct sw_voronoi_search {
    const sw_voronoi_space *space;
    sw_convex_cell cell;
    sw_voronoi_neighbour *neighbour; /* [cell.faces - SW_CONVEX_CELL_WALLS], of each later face */
    size_t neighbour_capacity;
    sw_voronoi_neighbour *excluded; /* [excluded_count] not to be tried */
    size_t excluded_count, excluded_capacity;
    bool open;       /* the cell has no end */
    bool coincident; /* another atom is in the same place: no cell */
    double half;     /* A, of the cube that was begun with */
    /* scratch */
    sw_voronoi_gathered near, ring;
    sw_voronoi_candidates candidates;
} sw_voronoi_search;

SW_MUST_USE sw_status sw_voronoi_search_create(sw_voronoi_search *search,
                                               const sw_voronoi_space *space);
void sw_voronoi_search_clear(sw_voronoi_search *search);

/* Makes search->cell the cell of the atom at a place of the grid. SW_ERROR_MEMORY, or SW_OK. */
SW_MUST_USE sw_status sw_voronoi_search_cell(sw_voronoi_search *search, size_t place);

/* The cell again within a cube of half the side `half` (A), of the neighbours that cut it now. */
SW_MUST_USE sw_status sw_voronoi_search_restart(sw_voronoi_search *search, double half);

#endif
