/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All assignments of a template search (template_search.h) that lie below its limit, found by
 * looking at all rotations R instead of all assignments: at a few, near enough to all others.
 *
 * The overlap of an assignment with the template turned by R, as a function of R's quaternion q, is
 * the form q.B q. Where it is C at its best rotation, no eigenvalue is below -c, c =
 * -cos(acos(-1/3) + acos(C)): for the template itself they are 1 and three times -1/3, and angles
 * between shapes obey the triangle inequality (c falls as C grows, so that of the limit holds for
 * all that are better). So F = q.(B + c) q is convex in x, q = (1, x), and so is what is left when
 * (C + c) times a linear function is taken away. Take the one that touches q^2 = 1 + x^2 in the
 * middle m of the sphere around a cell of the cover (rotation_cover.h, radius r): it is
 * q^2 - (x - m)^2, so above q^2 nowhere and q^2 - r^2 at the corners. Where the best rotation lies in
 * the cell, F is (C + c) q^2 there, so the rest is not negative there, nor, being convex, at one of
 * the cell's corners at least: F >= (C + c) (q^2 - r^2), that is
 *
 *   overlap >= C - (C + c) r^2 / (1 + x^2)
 *
 * So all assignments that reach that at some rotation of the cover are all that can be.
 */
#ifndef SPILLWAY_STRUCTURE_ROTATION_SEARCH_H
#define SPILLWAY_STRUCTURE_ROTATION_SEARCH_H

#include "structure/template_search.h"

/* Tries every assignment that may be below the limit, until none is left or the search is finished.
 * A few microseconds for each 100 rotations of the cover; more where many assignments lie below the
 * limit. */
void sw_rotation_search(sw_template_search *search);

#endif
