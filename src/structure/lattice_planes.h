/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Families of lattice planes: equally spaced parallel planes n = k . x + c, n whole, where k (1/A)
 * is their normal over their spacing.
 */
#ifndef SPILLWAY_STRUCTURE_LATTICE_PLANES_H
#define SPILLWAY_STRUCTURE_LATTICE_PLANES_H

#include "structure/crystal_templates.h"

#include <spillway/base.h>

#define SW_PLANE_LIMIT 64 /* of all families together, one of each pair of opposite normals */

typedef struct sw_plane_family {
    int index[3];     /* as named: 1 1 1, 1 0 0, 1 1 0 */
    double normal[3]; /* axes of the crystal, over the edge a: the planes that hold atoms */
} sw_plane_family;

/*
 * Reads "111,100,110" (one digit an index) into all planes that symmetry makes of them, for a cubic
 * crystal: normal is the shortest multiple of the index whose planes hold all atoms (fcc: 111, 200,
 * 220). 0 planes for other crystals. SW_ERROR_ARGUMENT (place "planes") for a wrong list.
 */
SW_MUST_USE sw_status sw_planes_of(sw_plane_family planes[SW_PLANE_LIMIT], size_t *count,
                                   const char *text, sw_crystal_kind crystal, sw_error *error);

typedef struct sw_plane_fit {
    double k[3];      /* 1/A */
    double deviation; /* root mean square distance of the atoms from their planes, in spacings */
    bool found;
} sw_plane_fit;

/*
 * Least squares: each place is put on its nearest plane and all planes are fitted, until no place
 * changes its plane; first with the places near their middle, then farther out, so that the guess
 * need not hold for all. start: a guess of k. place [count][3] in A, weight [count] (NULL: 1; those
 * of weight 0 are left out). Not found for fewer than 8 places and where they do not span space or
 * lie on one plane. SW_ERROR_MEMORY. O(count log count).
 */
SW_MUST_USE sw_status sw_plane_fit_find(sw_plane_fit *fit, const double (*place)[3],
                                        const double *weight, size_t count, const double start[3]);

/* How well places lie on planes: |sum w exp(2 pi i k . x)| / sum w, 1 where all do. O(count). */
double sw_plane_contrast(const double (*place)[3], const double *weight, size_t count,
                         const double k[3]);

/* Angle between the normals, up to a right angle (rad); exact for small ones too. */
double sw_plane_angle(const double a[3], const double b[3]);

#endif
