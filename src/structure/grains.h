/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Grains: crystalline atoms of one orientation that are joined from neighbour to neighbour.
 *
 * 1. Atoms whose surroundings are a crystal (crystal_matching.h) and that are neighbours, of the
 *    same crystal and the same label, turned against each other by less than `misorientation`
 *    modulo the crystal's symmetry, are in one grain.
 * 2. Rim: an atom without a grain joins the grain in which at least `rim_bonds` of its neighbours
 *    have it where their crystal has a place: bond j -> atom within `rim_tolerance` nearest
 *    distances of an ideal bond of j, whose crystal lies as j's does. (The greatest number decides,
 *    then the least mean square of what the bonds deviate, then the lower number of the grain.) It
 *    takes the mean orientation and distance of these neighbours and can be one of them in the next
 *    of at most `rim_rounds` rounds; each round looks at the state before it. So grains reach their
 *    surfaces and the surroundings of vacancies, where the neighbourhood is incomplete. Ideal bonds
 *    count both ways round, because neighbouring sites of hcp and diamond mirror each other.
 * 3. Grains of the same crystal and label that have come to touch are one, where neighbours of both
 *    are turned by less than `misorientation` and their bond is one of both crystals (within the
 *    rim's tolerance).
 * 4. Grains below `smallest` atoms are dissolved, and rules 2 and 3 are applied again.
 *
 * Grains are numbered by size, the largest first (equal ones by their first atom). The result does
 * not depend on threads: the work is done by one.
 */
#ifndef SPILLWAY_STRUCTURE_GRAINS_H
#define SPILLWAY_STRUCTURE_GRAINS_H

#include "structure/crystal_matching.h"
#include "structure/neighbours.h"

#define SW_NO_GRAIN UINT32_MAX
#define SW_ANY_GRAIN 255 /* label of atoms that join grains of any label, by rule 2 only */

typedef struct sw_crystal_grain_options {
    double misorientation; /* rad */
    size_t smallest;       /* atoms; 0 and 1 keep every one */
    size_t rim_bonds;
    size_t rim_rounds;    /* 0: no rim */
    double rim_tolerance; /* of the nearest distance */
    const uint8_t *label; /* [atoms] 0: takes no part; NULL: all are alike */
} sw_crystal_grain_options;

/* Joined at 5 degrees; three bonds within a quarter of a distance; until nothing changes; from 20
 * atoms on. */
extern const sw_crystal_grain_options sw_crystal_grain_standard;

typedef struct sw_crystal_grain {
    size_t atoms, matched; /* with its rim, and without */
    uint32_t first;        /* its atom of lowest index */
    uint8_t label;         /* that of its atoms; 1 where labels are not given */
    sw_crystal_kind crystal;
    double orientation[4];  /* (w, x, y, z), mean modulo symmetry of the matched atoms, reduced */
    double spread;          /* rad, root mean square misorientation of these against the mean */
    double distance;        /* A, of nearest neighbours, mean of the matched atoms */
    double distance_spread; /* A, standard deviation of that over the atoms */
    double lattice;         /* A, edge a of the crystal's usual cell */
} sw_crystal_grain;

typedef struct sw_crystal_grains {
    size_t atoms, count;
    sw_crystal_grain *list;   /* [count] */
    uint32_t *of;             /* [atoms] the grain, or SW_NO_GRAIN */
    bool *rim;                /* [atoms] joined by rule 2 */
    double (*orientation)[4]; /* [atoms] of every atom in a grain; NaN elsewhere */
    double *distance;         /* [atoms] A, of nearest neighbours; NaN elsewhere */
} sw_crystal_grains;

/* Neighbours and matching are of the same atoms. SW_ERROR_ARGUMENT for options out of range,
 * SW_ERROR_CANCELLED, SW_ERROR_MEMORY. O(neighbours x rotations of the crystal), and for the rim
 * O(bonds of the atoms left) a round. Release with sw_crystal_grains_clear. */
SW_MUST_USE sw_status sw_crystal_grains_create(sw_crystal_grains *grains,
                                               const sw_neighbours *neighbours,
                                               const sw_crystal_matching *matching,
                                               const sw_crystal_grain_options *options,
                                               sw_context *context, sw_error *error);
void sw_crystal_grains_clear(sw_crystal_grains *grains);

/* Edge of the usual cell over the distance of nearest neighbours: sqrt(2) for fcc ...; 1 for hcp
 * (its a) and where there is no cell. */
double sw_crystal_edge(sw_crystal_kind crystal);

#endif
