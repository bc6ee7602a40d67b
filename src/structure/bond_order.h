/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bond-orientational order (Steinhardt, Nelson and Ronchetti, Phys. Rev. B 28 (1983) 784):
 *
 *   q_lm(i) = sum over neighbours j of w_ij C_lm(r_ij) / sum of w_ij,   C_lm = sqrt(4 pi / (2 l +
 * 1)) Y_lm Q_l     = sqrt(sum over m of |q_lm|^2) W_l     = sum over m1 + m2 + m3 = 0 of (l l l; m1
 * m2 m3) q_lm1 q_lm2 q_lm3 / Q_l^3
 *
 * with the usual 1 for every w; face areas of Voronoi cells make Q independent of a cutoff (Mickel
 * et al., J. Chem. Phys. 138 (2013) 044501). The averaged ones (Lechner and Dellago, J. Chem. Phys.
 * 129 (2008) 114707) are the same of the mean of q_lm over the atom and its neighbours, each
 * counting once. An atom without neighbours has Q = W = 0. W_l of odd l is 0.
 */
#ifndef SPILLWAY_STRUCTURE_BOND_ORDER_H
#define SPILLWAY_STRUCTURE_BOND_ORDER_H

#include "structure/neighbours.h"

#define SW_BOND_ORDER_LEAST 2
#define SW_BOND_ORDER_MOST 12

typedef struct sw_bond_order_options {
    const int *l; /* [count] each 2 to 12, ascending */
    size_t count;
    bool third;            /* W too */
    bool averaged;         /* averages too */
    const double *weights; /* w, one for each neighbour in the lists, 0 or more; NULL: 1 */
} sw_bond_order_options;

/* Row k is that of l[k]; what was not asked for is NULL. */
typedef struct sw_bond_order {
    size_t atoms, count;
    double *q, *w;                   /* [count][atoms] */
    double *averaged_q, *averaged_w; /* [count][atoms] */
} sw_bond_order;

/*
 * Release with sw_bond_order_clear. SW_ERROR_ARGUMENT for an l that is not 2 to 12 or not
 * ascending, SW_ERROR_NUMERIC where two neighbours lie in one place (a bond without direction; the
 * place names the atom) or a weight is below 0, SW_ERROR_MEMORY (with averages, 8 (2 l + 1) bytes
 * an atom for every l on top of the results). Independent of the number of threads. O(neighbours *
 * largest l^2).
 */
SW_MUST_USE sw_status sw_bond_order_create(sw_bond_order *order, const sw_neighbours *neighbours,
                                           const sw_bond_order_options *options,
                                           sw_context *context, sw_error *error);
void sw_bond_order_clear(sw_bond_order *order);

/* Q4 and Q6 of a perfect crystal. */
typedef struct sw_order_reference {
    double q4, q6;
} sw_order_reference;

/* fcc: sqrt(7 / 192) and 13 sqrt(2) / 32. */
extern const sw_order_reference sw_fcc_order;
/* The same as the authors of the zirconium oxide work have it, with six digits (their published
 * order parameters are reproduced to the last digit with these). */
extern const sw_order_reference sw_fcc_order_as_published;

/* sqrt(q4^2 + q6^2) over that of the reference: 1 in a perfect crystal; below 0.5 counts as
 * disordered (Yang et al., Nature 592 (2021) 60). */
double sw_normalised_order(double q4, double q6, const sw_order_reference *reference);

#endif
