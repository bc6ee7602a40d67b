/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rotations of space: a column vector v becomes rotation * v. */
#ifndef SPILLWAY_BASE_ROTATION_H
#define SPILLWAY_BASE_ROTATION_H

#include <spillway/base.h>

/* Of a unit quaternion [w, x, y, z]. */
void sw_rotation_of_quaternion(double rotation[3][3], const double quaternion[4]);
/* The unit quaternion of a matrix that is a rotation to rounding. */
void sw_quaternion_of_rotation(double quaternion[4], const double rotation[3][3]);
/* First `right`, then `left`; the result may alias. */
void sw_quaternion_product(double product[4], const double left[4], const double right[4]);
/* A unit quaternion, every orientation alike (Shoemake, Graphics Gems III (1992) 124); two blocks
 * of random numbers. */
void sw_quaternion_random(double quaternion[4], sw_random *random);
/* rotation * vector; the result may not alias. */
void sw_rotation_apply(double turned[3], const double rotation[3][3], const double vector[3]);

#endif
