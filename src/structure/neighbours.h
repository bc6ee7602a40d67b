/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Neighbours of every atom, one list after another:
 *
 *   atom i:  k = first[i] .. first[i + 1] - 1
 *            index[k]     the neighbour
 *            vector[k]    from the atom to it (or to the image meant), A
 *            distance[k]  the length of that, A
 *
 * Periodic images count, those of the atom itself too, however small the cell. Atoms in one place
 * are neighbours at distance 0. Vectors there and back are exactly opposite. Results do not depend
 * on the number of threads.
 */
#ifndef SPILLWAY_STRUCTURE_NEIGHBOURS_H
#define SPILLWAY_STRUCTURE_NEIGHBOURS_H

#include <spillway/data.h>

typedef struct sw_neighbours {
    size_t atoms;
    size_t *first;       /* [atoms + 1] */
    uint32_t *index;     /* [first[atoms]] */
    double (*vector)[3]; /* [first[atoms]] */
    double *distance;    /* [first[atoms]] */
} sw_neighbours;

typedef enum sw_neighbour_order {
    SW_NEIGHBOURS_AS_FOUND,   /* by place in space: the same every time, and fastest */
    SW_NEIGHBOURS_BY_DISTANCE /* then index, then vector */
} sw_neighbour_order;

/*
 * All neighbours with distance < cutoff (A). Counts them first; where the lists (36 bytes a
 * neighbour) would not fit the machine's memory: SW_ERROR_MEMORY, and nothing has been taken.
 * SW_ERROR_ARGUMENT for a cutoff that is not above 0. Release with sw_neighbours_clear.
 * O(atoms * neighbours).
 */
SW_MUST_USE sw_status sw_neighbours_within(sw_neighbours *neighbours, const sw_atoms *atoms,
                                           double cutoff, sw_neighbour_order order,
                                           sw_context *context, sw_error *error);

/*
 * The `count` nearest of each atom by distance, then index, then vector; without periodic axes at
 * most all other atoms. Spheres grow until they hold enough. Errors as above.
 */
SW_MUST_USE sw_status sw_neighbours_nearest(sw_neighbours *neighbours, const sw_atoms *atoms,
                                            size_t count, sw_context *context, sw_error *error);

void sw_neighbours_clear(sw_neighbours *neighbours);

#endif
