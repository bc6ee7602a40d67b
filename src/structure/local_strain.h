/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Deformation around every atom of a reference: the linear map F that takes the vectors d0 to its
 * neighbours there into those found, d, with least squares (row vectors):
 *
 *   d = d0 F      F = (sum d0^T d0)^-1 (sum d0^T d)      E = (F F^T - 1) / 2      F = U R
 *
 * E is the Green-Lagrange strain in the axes of the reference, R the rotation. What F leaves over
 * is the non-affine part D2 = mean |d - d0 F|^2. M. L. Falk and J. S. Langer, Phys. Rev. E 57, 7192
 * (1998); F. Shimizu, S. Ogata and J. Li, Mater. Trans. 48, 2923 (2007).
 */
#ifndef SPILLWAY_STRUCTURE_LOCAL_STRAIN_H
#define SPILLWAY_STRUCTURE_LOCAL_STRAIN_H

#include "structure/matching.h"

enum { SW_STRAIN_XX, SW_STRAIN_YY, SW_STRAIN_ZZ, SW_STRAIN_YZ, SW_STRAIN_XZ, SW_STRAIN_XY };

typedef struct sw_local_strain {
    bool known;          /* false: no partner, or neighbours that span no volume */
    unsigned neighbours; /* used */
    double strain[6];    /* xx, yy, zz, yz, xz, xy of E */
    double error[6];     /* standard errors of these, from what F leaves over; NaN below 4 */
    double rotation;     /* rad, angle of R */
    double non_affine;   /* A2, D2 */
} sw_local_strain;

/* strain [reference atoms]. Images of found atoms are those of their own cell, or of the
 * reference's where they have none. Neighbours are those nearer than `cutoff` (A) in the reference.
 */
SW_MUST_USE sw_status sw_local_strains(sw_local_strain *strain, const sw_atoms *reference,
                                       const sw_atoms *found, const sw_matching *matching,
                                       double cutoff, sw_context *context, sw_error *error);

/* Of one set of vectors; `count` rows each. */
void sw_local_strain_fit(sw_local_strain *strain, const double (*reference)[3],
                         const double (*found)[3], size_t count);

#endif
