/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sums of spherical harmonics over directions, four atoms at a time, without angles:
 *
 *   C_lm = p_lm(z) (x + i y)^m,   p_mm = (-1)^m (2 m - 1)!! / sqrt((2 m)!)
 *   p_lm = [(2 l - 1) z p_{l-1,m} - sqrt((l + m - 1) (l - m - 1)) p_{l-2,m}] / sqrt((l - m) (l +
 * m))
 *
 * (Condon and Shortley's phase; 4 pi / (2 l + 1) times |Y_lm|^2 is |C_lm|^2.) Components of one l:
 *
 *   [0] C_l0   [2 m - 1] Re C_lm   [2 m] Im C_lm   m = 1 .. l       C_{l,-m} = (-1)^m conj(C_lm)
 */
#ifndef SPILLWAY_STRUCTURE_HARMONICS_H
#define SPILLWAY_STRUCTURE_HARMONICS_H

#include <stddef.h>

#define SW_HARMONICS_LANES 4
#define SW_HARMONICS_MOST 12        /* l */
#define SW_HARMONICS_COMPONENTS 169 /* of all l together */

typedef double sw_lanes __attribute__((vector_size(8 * SW_HARMONICS_LANES)));

typedef struct sw_harmonics {
    int most;                            /* the largest l */
    int row[SW_HARMONICS_MOST + 1];      /* where components of l begin; -1: not asked for */
    int components;                      /* of all l */
    double start[SW_HARMONICS_MOST + 1]; /* p_mm */
    double ahead[SW_HARMONICS_MOST + 1][SW_HARMONICS_MOST + 1]; /* [m][l] factor of z p_{l-1} */
    double back[SW_HARMONICS_MOST + 1][SW_HARMONICS_MOST + 1];  /* [m][l] of p_{l-2} */
} sw_harmonics;

/* For these l, ascending, 0 to 12. */
void sw_harmonics_prepare(sw_harmonics *harmonics, const int *l, size_t count);

/* sum[component] += weight * C(x, y, z) for four unit vectors. */
void sw_harmonics_add(sw_lanes *sum, const sw_harmonics *harmonics, const sw_lanes direction[3],
                      const sw_lanes *weight);

#endif
