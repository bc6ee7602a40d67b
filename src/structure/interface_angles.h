/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How lattice planes bend and twist from one side of an interface to the other.
 *
 * Zones: the layer of all atoms nearer to the surface than `layer`, and atoms of the first and of
 * the second grain from there to `near`. In each the planes k (lattice_planes.h) are fitted by
 * least squares: on the first and second side from the mean orientation of the grain's atoms in the
 * zone, in the layer from whichever wave vector between these two the atoms show best.
 *
 * Continuing planes: of all low-index planes of both crystals the pair whose wave vectors differ
 * least, |k1 - k2| / (|k1| + |k2|): alike in direction and spacing, so that planes can go on.
 * Facing planes: on either side the low-index planes whose spacing is largest along the normal of
 * the surface, |k . normal| / |k|^2: dense planes about parallel to it. Their angle is the wedge
 * that an unbent contact leaves open.
 *
 * From planes to planes the normals turn by an angle about an axis: its part along the normal of
 * the surface is the twist, that in the surface the bend (so the square of the angle is the sum of
 * their squares).
 *
 * Intervals: atoms of every zone are drawn anew (bootstrap), the middle 95 % of the results.
 */
#ifndef SPILLWAY_STRUCTURE_INTERFACE_ANGLES_H
#define SPILLWAY_STRUCTURE_INTERFACE_ANGLES_H

#include "structure/interface_patches.h"
#include "structure/interval.h"
#include "structure/lattice_planes.h"

typedef struct sw_angle_options {
    double near, layer; /* A */
    const char *planes; /* "111,100,110" */
    size_t repeats;     /* of the bootstrap; below 2: no intervals */
} sw_angle_options;

typedef enum sw_interface_angle {
    SW_ANGLE_BEND,            /* rad, continuing planes of the first to those of the second side */
    SW_ANGLE_TWIST,           /* rad */
    SW_ANGLE_BETWEEN,         /* rad, whole angle between them */
    SW_ANGLE_FIRST_TO_LAYER,  /* rad, whole angle */
    SW_ANGLE_LAYER_TO_SECOND, /* rad, whole angle */
    SW_ANGLE_WEDGE,           /* rad, between the facing planes */
    SW_SPACING_FIRST,         /* A, of the continuing planes */
    SW_SPACING_LAYER,
    SW_SPACING_SECOND,
    SW_PLANE_MISMATCH, /* |k1 - k2| / (|k1| + |k2|) of the continuing planes */
    SW_INTERFACE_ANGLES
} sw_interface_angle;

typedef struct sw_interface_angles {
    bool found;      /* both sides are cubic grains with enough atoms in their zones */
    size_t atoms[3]; /* of the zones: first, layer, second */
    sw_plane_family first, second;               /* continuing planes */
    sw_plane_family facing_first, facing_second; /* facing planes */
    sw_interval value[SW_INTERFACE_ANGLES];      /* NaN where planes could not be fitted */
} sw_interface_angles;

/* distance and nearest [atoms]: of sw_interface_distances with a range of at least `near`.
 * SW_ERROR_ARGUMENT (planes), SW_ERROR_MEMORY. O(repeats x atoms of the zones). */
SW_MUST_USE sw_status sw_interface_angles_find(sw_interface_angles *angles, const sw_atoms *atoms,
                                               const sw_interface_patches *patches, size_t patch,
                                               const sw_crystal_grains *grains,
                                               const double *distance, const uint32_t *nearest,
                                               const sw_angle_options *options, sw_error *error);

#endif
