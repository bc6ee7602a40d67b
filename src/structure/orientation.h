/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Orientations of crystals as unit quaternions (w, x, y, z) from the crystal's axes to those of the
 * file. q and q r mean the same crystal for every rotation r of the crystal onto itself
 * (crystal_templates.h), and q and -q the same rotation.
 */
#ifndef SPILLWAY_STRUCTURE_ORIENTATION_H
#define SPILLWAY_STRUCTURE_ORIENTATION_H

#include "structure/crystal_templates.h"

/* Of all quaternions that mean the same crystal as q the one nearest to the reference. May alias.
 * O(rotations). */
void sw_orientation_align(double aligned[4], const double q[4], const double reference[4],
                          sw_crystal_kind crystal);

/* Misorientation: the least angle (rad) that turns one crystal into the other, exact for small ones
 * too. O(rotations). */
double sw_orientation_apart(const double a[4], const double b[4], sw_crystal_kind crystal);

/* Angle (rad) of the rotation from a to b, no symmetry. */
double sw_rotation_apart(const double a[4], const double b[4]);

/*
 * A mean that is summed up: the unit quaternion m whose sum of |q - m|^2 is least, every q taken as
 * the one nearest to a reference (a first guess of the mean; one of the q's to begin with).
 */
typedef struct sw_orientation_mean {
    double reference[4], sum[4];
    size_t count;
} sw_orientation_mean;

void sw_orientation_mean_add(sw_orientation_mean *mean, const double q[4], sw_crystal_kind crystal);
/* The mean; the reference where the sum is 0. */
void sw_orientation_mean_take(double q[4], const sw_orientation_mean *mean);

#endif
