/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All atoms and images around one cell of a grid, copied into flat arrays for loops over vectors:
 *
 *   x[k], y[k], z[k], place[k]      k = 0 .. count - 1, in order of the grid
 *   part[p] = first .. end - 1      with one shift: the image meant is (x, y, z) + shift
 *
 * A vector from a to b is computed as (b - a) + shift, so that it is exactly minus that from b to
 * a.
 */
#ifndef SPILLWAY_STRUCTURE_NEARBY_H
#define SPILLWAY_STRUCTURE_NEARBY_H

#include "structure/grid.h"

typedef struct sw_nearby_part {
    size_t first, end;
    double shift[3]; /* A */
} sw_nearby_part;

/* Zero-initialise; memory is kept from one gathering to the next. */
typedef struct sw_nearby {
    size_t count, parts;
    double *x, *y, *z; /* A */
    double *squared;   /* A^2, of sw_nearby_within */
    uint32_t *place;
    uint32_t *hit;      /* candidates, of sw_nearby_within */
    uint32_t *hit_part; /* and the parts that they are of */
    sw_nearby_part *part;
    size_t capacity, part_capacity, run_capacity;
    sw_grid_run *runs;
} sw_nearby;

/* The width of cells with which everything within `distance` is found with little work: a half or a
 * third of it where that still leaves some atoms a cell. */
double sw_nearby_width(const sw_atoms *atoms, double distance);

/*
 * Gathers what may lie within `distance` of any atom of a cell, from places `from` on (0: all).
 * Where fewer cells hold atoms than lie within reach it looks at all atoms instead.
 * SW_ERROR_MEMORY.
 */
SW_MUST_USE sw_status sw_nearby_gather(sw_nearby *nearby, const sw_grid *grid,
                                       const int64_t cell[3], double distance, size_t from);
/* squared[k] = squared distance from `position` of all that was gathered; lists the candidates
 * where it is below `limit` in hit[]. Returns how many. */
size_t sw_nearby_within(sw_nearby *nearby, const double position[3], double limit);
/* (the candidate of a hit) - position, A. */
void sw_nearby_vector(double vector[3], const sw_nearby *nearby, size_t hit,
                      const double position[3]);
/* Whether the candidate of a hit is the atom at `place` itself and no image of it. */
bool sw_nearby_is_itself(const sw_nearby *nearby, size_t hit, size_t place);
void sw_nearby_clear(sw_nearby *nearby);

/* The least square whose root is not below `distance`: square < it exactly where distance' <
 * distance. */
double sw_square_limit(double distance);

#endif
