/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Preferred orientation about one direction, of a flat sample whose normal is the scattering
 * vector: A. March, Z. Kristallogr. 81, 285 (1932); W. Dollase, J. Appl. Cryst. 19, 267 (1986),
 * doi:10.1107/S0021889886089458.
 */
#ifndef SPILLWAY_CURVES_TEXTURE_H
#define SPILLWAY_CURVES_TEXTURE_H

#include <stddef.h>

enum { SW_TEXTURE_GROUPS = 24 }; /* of planes of one spacing that lie alike to the direction */

/* Planes of one spacing: squares of the cosine between their normals and the direction, and which
 * share of the strength has each. groups 0: no direction. */
typedef struct sw_texture {
    size_t groups;
    double square[SW_TEXTURE_GROUPS], share[SW_TEXTURE_GROUPS];
} sw_texture;

/* (r^2 cos^2 + sin^2 / r)^(-3/2): 1 where r = 1, and in the mean over the sphere. r below 1: the
 * planes of the direction lie flat; above: they stand up. */
double sw_march_dollase(double square, double r);
/* Its mean over the groups by their shares; 1 without a direction. */
double sw_texture_factor(const sw_texture *texture, double r);
/* Adds planes to the group of their cosine, or to the nearest where there are too many. The shares
 * are then strengths; sw_texture_scale divides them by their sum. */
void sw_texture_add(sw_texture *texture, double square, double strength);
void sw_texture_scale(sw_texture *texture);

#endif
