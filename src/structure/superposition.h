/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rotation that lays one set of points best on another. With outer[i][j] = sum of a_i b_j over
 * pairs of points, both about their means, sum |scale b - R a|^2 is least where the overlap sum b .
 * R a is greatest: it is the largest eigenvalue of a symmetric 4 x 4 matrix of sums of `outer`, and
 * its eigenvector is the rotation R as a quaternion.
 *
 * Source: B. K. P. Horn, J. Opt. Soc. Am. A 4, 629 (1987); the largest root of the characteristic
 * polynomial by Newton's method from above: D. L. Theobald, Acta Cryst. A 61, 478 (2005).
 */
#ifndef SPILLWAY_STRUCTURE_SUPERPOSITION_H
#define SPILLWAY_STRUCTURE_SUPERPOSITION_H

/* The greatest overlap; `bound` is not below it (half the sum of both spreads). O(1). */
double sw_overlap(const double outer[3][3], double bound);
/* The rotation (w, x, y, z) that has it; overlap as sw_overlap gives it. O(1). */
void sw_overlap_rotation(double rotation[4], const double outer[3][3], double overlap);

#endif
