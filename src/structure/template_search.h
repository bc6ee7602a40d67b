/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The best way to lay a template on a neighbourhood: of all assignments of the neighbours to the
 * places of the template the one with the least root mean square deviation
 *
 *   rmsd^2 = min over scale s and rotation R of 1/N sum |s (v_i - mean v) - R (w_i - mean w)|^2
 *
 * over the N points, the atom among them (P. M. Larsen, S. Schmidt and J. Schiotz, Modelling Simul.
 * Mater. Sci. Eng. 24, 055007 (2016), eq. 3), without graphs: bounds from distances first
 * (distance_bound.h), then guesses (template_guess.h), then all rotations (rotation_search.h). All
 * of the assignments that cannot be ruled out are looked at, so the result is exact.
 *
 * The search ends early by the triangle inequality: the angle between two shapes, rmsd =
 * sqrt(spread / N) sin(angle), is a metric (D. G. Kendall, Bull. London Math. Soc. 16, 81 (1984)).
 * Two assignments that no rotation of the template joins lie at least its angle `uniqueness` apart,
 * so where one has angle a, all others have uniqueness - a or more.
 */
#ifndef SPILLWAY_STRUCTURE_TEMPLATE_SEARCH_H
#define SPILLWAY_STRUCTURE_TEMPLATE_SEARCH_H

#include "structure/crystal_templates.h"
#include "structure/shape.h"

/* Memory of one search; any contents. */
typedef struct sw_template_search {
    const sw_crystal_template *of;
    sw_shape *shape; /* borrowed */
    double limit;    /* rmsd that is to be beaten */
    uint8_t place[SW_TEMPLATE_NEIGHBOURS], best[SW_TEMPLATE_NEIGHBOURS];
    double overlap, best_outer[3][3];
    bool found, finished; /* finished: nothing better is possible */
    double angle;         /* least angle of all that was looked at; INFINITY where nothing was */
} sw_template_search;

typedef struct sw_template_fit {
    double rmsd, scale;                    /* the scale is the template's length of 1 in A */
    double rotation[4];                    /* from template to neighbourhood: w, x, y, z */
    uint8_t place[SW_TEMPLATE_NEIGHBOURS]; /* of neighbour i: point place[i] + 1 of the template */
} sw_template_fit;

/*
 * Begins a search for a rmsd below `limit` with this template, on a shape of as many neighbours,
 * which stays with the search: what distances rule out is finished, then guesses are tried, which
 * nearly always ends the search where the structure is that of the template. Then search->finished,
 * or the rest has to be looked at. O(1), about a microsecond.
 */
void sw_template_search_begin(sw_template_search *search, const sw_crystal_template *of,
                              sw_shape *shape, double limit);

/* Looks at all assignments below `limit` (not above that of the beginning) that remain. */
void sw_template_search_complete(sw_template_search *search, double limit);

/* The best assignment. False, and nothing written, where none is below the limit. */
bool sw_template_search_result(sw_template_fit *fit, const sw_template_search *search);

/* Looks at the assignment that stands in search->place: takes it where it is the best so far, and
 * finishes the search where nothing better is possible. For those that make assignments. */
void sw_template_search_try(sw_template_search *search);

/* Least-squares matrix with vector = matrix * point of the template (about the means), A. */
void sw_template_deformation(double deformation[3][3], const sw_template_fit *fit,
                             const sw_crystal_template *of, const double (*vector)[3]);

#endif
