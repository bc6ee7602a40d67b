/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Exact first passage out of a set of states between which rates are known: an absorbing Markov
 * chain, made uniform in time. With the fastest total rate L, jumps come as a Poisson process of
 * rate L; one jump moves from state i to j with probability Q[i][j] = rate / L, stays with
 * what is left, and is absorbed with a[i]. The powers Q^(2^k), with
 *
 *   a_k = probability to be absorbed within 2^k jumps:   a_(k+1) = a_k + Q^(2^k) a_k,
 *
 * give the number of jumps until absorption by bisection in its distribution, however deep the
 * basin is: every term is positive, nothing cancels. The time is then the sum of that many
 * exponentials. Jensen, Skand. Aktuar. 36, 87 (1953) (uniformization); Novotny, Phys. Rev. Lett.
 * 74, 1 (1995) (absorbing chains in kinetic Monte Carlo).
 */
#ifndef SPILLWAY_LATTICE_SUPERBASIN_PASSAGE_H
#define SPILLWAY_LATTICE_SUPERBASIN_PASSAGE_H

#include <spillway/base.h>

#define SW_PASSAGE_POWERS 62

typedef struct sw_passage {
    size_t states;
    double fastest; /* L, 1/s */
    unsigned powers;
    double *power;    /* [powers][states][states] */
    double *absorbed; /* [powers][states] */
    double *moving;   /* [states] probability that a jump goes to another state */
    double *row;      /* [2][states] work space */
} sw_passage;

/* What a passage came to. */
typedef struct sw_passage_end {
    bool absorbed; /* else it stands in `state` after `time`: at the limit, or on a very long way */
    size_t state;  /* from which it was absorbed, or where it stands */
    double time;   /* s, from the start */
    double hops;   /* expected moves between states on the way */
} sw_passage_end;

/* rate [states][states], 1/s, its diagonal ignored; leaving [states]. SW_ERROR_NOT_FOUND where
 * nothing happens; where nothing leaves, passages go on for ever. O(powers x states^3). */
sw_status sw_passage_create(sw_passage *passage, size_t states, const double *rate,
                            const double *leaving);
void sw_passage_clear(sw_passage *passage);

/* Draws how a passage from `start` ends, or where it stands after `limit` (s, may be INFINITY).
 * O(powers x states^2). */
sw_passage_end sw_passage_draw(sw_passage *passage, size_t start, double limit, sw_random *random);

#endif
