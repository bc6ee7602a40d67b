/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rotations as unit quaternions (w, x, y, z) and as matrices: turned = matrix * vector. */
#ifndef SPILLWAY_STRUCTURE_ROTATION_H
#define SPILLWAY_STRUCTURE_ROTATION_H

/* First `right`, then `left`. */
void sw_rotation_product(double product[4], const double left[4], const double right[4]);
void sw_rotation_matrix(double matrix[3][3], const double rotation[4]);
/* Of a matrix that is a rotation to rounding. */
void sw_rotation_of_matrix(double rotation[4], const double matrix[3][3]);

#endif
