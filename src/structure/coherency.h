/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How far two sides of an interface continue each other atom by atom.
 *
 * Bonds across join atoms of the first and the second side that are nearer than the cutoff of the
 * neighbour lists. A domain is a one-to-one assignment of atoms of the first side to atoms of the
 * second, grown from the shortest free bond: a neighbour (first side, at the interface) of an
 * assigned atom is assigned along its free bond that deviates least from the bond of that atom, if
 * by less than `tolerance` nearest distances. So rows of atoms go on from one side to the other; a
 * step from neighbour to neighbour may turn or stretch them by the tolerance (0.3: about 17
 * degrees or 30 %, together), and where the two sides drift apart until the bond is too long, as at
 * a misfit dislocation, the domain ends. Domains of fewer than `smallest` atoms are accidents and
 * given up.
 *
 * The tolerance t is as wide as it can be without domains that grow by chance. In a crystal of
 * density sqrt 2 / d^3 a sphere of t d holds sqrt 2 (4 pi / 3) t^3 atoms in the mean; a domain asks
 * six neighbours in the plane of its atoms, so by chance it dies out where that is below 1/6:
 * t < 0.304. Noise of s (d, along each axis) moves the difference of two bonds by 2 s along each
 * axis: 28 pm in zirconium oxide are 0.05, and 2 x 0.05 x 3.37 = 0.32 would hold 99 % of the steps.
 *
 * Every atom of the first side at the interface is matched (in a domain) or not.
 */
#ifndef SPILLWAY_STRUCTURE_COHERENCY_H
#define SPILLWAY_STRUCTURE_COHERENCY_H

#include "structure/neighbours.h"

#define SW_NO_DOMAIN UINT32_MAX

typedef struct sw_coherency_options {
    double distance; /* A, of nearest neighbours */
    double tolerance;
    size_t smallest; /* atoms of a domain */
} sw_coherency_options;

typedef struct sw_coherency {
    size_t atoms;
    uint32_t *domain;  /* [atoms] of an atom of the first side; SW_NO_DOMAIN elsewhere; the largest
                          is 0, equal ones by their first atom */
    uint32_t *partner; /* [atoms] the atom on the second side; SW_NO_DOMAIN where it has none */
    size_t domains, largest; /* how many; atoms of the largest */
} sw_coherency;

/* first_side [atoms]: atoms of the first side at the interface; side [atoms]: 2 on the second. The
 * same for any number of threads. SW_ERROR_MEMORY. O(bonds log bonds + neighbours x bonds). */
SW_MUST_USE sw_status sw_coherency_create(sw_coherency *coherency, const sw_neighbours *neighbours,
                                          const bool *first_side, const uint8_t *side,
                                          const sw_coherency_options *options);
void sw_coherency_clear(sw_coherency *coherency);

#endif
