/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * On which side of a plane, inside or outside a sphere: signs of determinants, right for all
 * doubles (as far as products of five differences neither underflow nor overflow: coordinates that
 * are 0 or between 1e-40 and 1e40 in magnitude). Floating point decides where its error bound
 * allows, exact expansions elsewhere.
 *
 *   side    det [a-d; b-d; c-d]                       six times the volume of a tetrahedron abcd
 *   sphere  det [a-e, |a-e|^2; ... d-e, |d-e|^2]      > 0 inside, where side(a, b, c, d) > 0
 *
 * `tie` is the part of the sum of magnitudes (of the determinant's products) below which a
 * determinant counts as zero: 0 is exact; 1e-11 sees through the rounding of coordinates, so that
 * a perfect crystal is one whatever its lattice constant. Beyond the bound of rounding the exact
 * arithmetic is then never needed.
 *
 * Ties of spheres are broken by an infinitesimal change of the metric,
 *
 *   |x|^2 + e1 x^2 + e2 y^2 + e3 xy + e4 yz + e5 zx,    e1 >> e2 >> ... > 0,
 *
 * a change of the heights onto which points are lifted, so the triangulation is a regular one,
 * without flat tetrahedra. It is the same for all translations and does not depend on the order of
 * points, so that images of a periodic cell are triangulated alike. It decides always: were all six
 * quadratic determinants of five distinct points 0, sum l_i x_i = 0 and sum l_i x_i x_i^T = 0 with
 * sum l_i = 0 would leave only coinciding points.
 *
 * J. R. Shewchuk, Discrete Comput. Geom. 18, 305 (1997): filters; O. Devillers and M. Teillaud,
 * Comput. Geom. 44, 160 (2011): perturbing the heights.
 */
#ifndef SPILLWAY_STRUCTURE_PREDICATES_H
#define SPILLWAY_STRUCTURE_PREDICATES_H

/* -1, 0 (coplanar) or 1. */
int sw_predicate_side(const double a[3], const double b[3], const double c[3], const double d[3],
                      double tie);
/* -1 (outside), 0 (on the sphere) or 1; a, b, c, d with side > 0. */
int sw_predicate_sphere(const double a[3], const double b[3], const double c[3], const double d[3],
                        const double e[3], double tie);
/* As above with ties broken; 0 only where abcd is flat, two points coincide or, for tie > 0, five
 * points are nearly so. */
int sw_predicate_sphere_untied(const double a[3], const double b[3], const double c[3],
                               const double d[3], const double e[3], double tie);

#endif
