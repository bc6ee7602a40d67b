/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How much of a spherical shell around an atom lies inside a solid: what the neighbours of an atom
 * in a particle are divided by to give g(r) (finite-particle normalisation).
 *
 * Along a ray from the atom the solid is crossed at distances t (sign +1 going out, -1 going in),
 * so the ray's share of a ball of radius r inside it is exactly
 *
 *   dOmega / 3 * sum sign min(t, r)^3
 *
 * and only the directions are sampled: two evenly spread sets (Fibonacci spheres), each turned at
 * random for every atom, so that errors of atoms are independent.
 */
#ifndef SPILLWAY_STRUCTURE_SHELL_VOLUME_H
#define SPILLWAY_STRUCTURE_SHELL_VOLUME_H

#include "structure/alpha_shape.h"

/*
 * volume[bins]: mean over the atoms of the volume (A^3) of the shell i * width .. (i + 1) * width
 * inside the shape; error[bins] (may be NULL): its standard error by the choice of directions, from
 * the two sets. `rays` directions an atom (rounded up to even; 48 give 1e-3 at r = 10 A for 1,000
 * atoms). SW_ERROR_UNSUPPORTED for periodic atoms. The same for any number of threads.
 * O(atoms rays log s) for s triangles: about 1 us a ray.
 */
SW_MUST_USE sw_status sw_shell_volumes(double *volume, double *error_of_volume,
                                       const sw_alpha_shape *shape, double width, size_t bins,
                                       size_t rays, sw_context *context, sw_error *error);

#endif
