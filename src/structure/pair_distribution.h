/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pair distribution g(r): pairs counted over pairs expected if the atoms were spread evenly
 * over the body that they fill,
 *
 *   g_ab(k) = n_ab(k) / (sum over atoms i of a of v_i(k) * N_b / V)
 *
 * with n_ab the pairs (both ways) in bin k, v_i(k) the volume of shell k around atom i that lies
 * inside the body, and V the body's volume. Endless bodies have v = 4 pi / 3 (r_{k+1}^3 - r_k^3).
 */
#ifndef SPILLWAY_STRUCTURE_PAIR_DISTRIBUTION_H
#define SPILLWAY_STRUCTURE_PAIR_DISTRIBUTION_H

#include "structure/body.h"

typedef struct sw_pair_distribution {
    sw_pair_bins bins;
    size_t kinds;
    double *shell;   /* [kinds][bins] sum over atoms of the kind of the volume of the shell, A^3 */
    double *partial; /* [kinds][kinds][bins] g_ab; 0 where the shell has no volume */
    double *total;   /* [bins] */
} sw_pair_distribution;

/* From counted pairs of these atoms. Release with sw_pair_distribution_clear. SW_ERROR_ARGUMENT
 * where the body has no volume; what the body's function returns; SW_ERROR_MEMORY. O(atoms * bins)
 * for bodies with an end. */
SW_MUST_USE sw_status sw_pair_distribution_create(sw_pair_distribution *distribution,
                                                  const sw_pair_count *pairs, const sw_atoms *atoms,
                                                  const sw_body *body, sw_context *context,
                                                  sw_error *error);
void sw_pair_distribution_clear(sw_pair_distribution *distribution);

#endif
