/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The body that atoms fill: its volume, and how much of the shells around a place lies inside it.
 * What is outside holds no atoms, so pairs are compared with the part inside.
 */
#ifndef SPILLWAY_STRUCTURE_BODY_H
#define SPILLWAY_STRUCTURE_BODY_H

#include "structure/box.h"
#include "structure/pair_count.h"

/* volume[k] = volume (A^3) of shell k around the position that is inside, k = 0 .. bins->count - 1.
 * Called from several threads at once. */
typedef sw_status (*sw_body_shells)(double *volume, const void *user, const double position[3],
                                    const sw_pair_bins *bins);

typedef struct sw_body {
    double volume;         /* A^3 */
    sw_body_shells shells; /* NULL: endless, all of every shell is inside */
    const void *user;
} sw_body;

/* A periodic box: endless. The volume is 0 where an axis is not periodic. */
sw_body sw_body_periodic(const sw_box *box);

typedef struct sw_sphere {
    double centre[3], radius; /* A */
} sw_sphere;

/* The sphere stays the caller's. Exact: two spheres meet in a lens. */
sw_body sw_body_sphere(const sw_sphere *sphere);

typedef struct sw_block {
    double low[3], high[3]; /* A, faces perpendicular to the axes */
} sw_block;

/* The block stays the caller's. Volumes to about 1e-6 of the whole sphere (an integral over
 * height). */
sw_body sw_body_block(const sw_block *block);

#endif
