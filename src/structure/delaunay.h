/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Delaunay tetrahedra of points in space. The sphere around a tetrahedron holds no other point.
 *
 *   side(v0, v1, v2, v3) > 0 (predicates.h)       neighbour[i] is across the face without vertex[i]
 *
 * Where five and more points lie on one empty sphere, as in all crystals, the tetrahedra are still
 * one triangulation of full tetrahedra: none is flat, and equal surroundings in equal orientation
 * are divided alike. Determinants below 1e-11 of their products count as ties at first, which
 * sees a crystal through the rounding of its coordinates; where that contradicts itself everything
 * is done again with exact signs.
 *
 * Method: one point after the other (point_order.h); a walk finds a tetrahedron whose sphere holds
 * the point, all such are removed and the hole is joined to the point (A. Bowyer and D. F. Watson,
 * Comput. J. 24, 162 and 167 (1981)).
 */
#ifndef SPILLWAY_STRUCTURE_DELAUNAY_H
#define SPILLWAY_STRUCTURE_DELAUNAY_H

#include <spillway/base.h>

#define SW_DELAUNAY_NONE UINT32_MAX

/* What the points span. All but SW_SPAN_SPACE have no tetrahedra. */
typedef enum sw_span {
    SW_SPAN_SPACE,
    SW_SPAN_PLANE, /* all within 1e-14 of their width of one plane */
    SW_SPAN_LINE,
    SW_SPAN_PLACE, /* one place, or no points at all */
} sw_span;

typedef struct sw_delaunay {
    size_t points, tetrahedra;
    uint32_t (*vertex)[4];    /* [tetrahedra] points */
    uint32_t (*neighbour)[4]; /* [tetrahedra] SW_DELAUNAY_NONE outside */
    uint32_t *same;    /* [points] the point that stands at its place: itself, if none before it */
    size_t duplicates; /* points whose place was taken; they are in no tetrahedron */
    sw_span span;
    bool exact; /* done with exact signs throughout */
} sw_delaunay;

/*
 * Tetrahedra of point[count][3], at most 5e8 finite points. Release with sw_delaunay_clear.
 * Points that span no volume are no error: look at span. SW_ERROR_NUMERIC where a coordinate is not
 * below 1e30, SW_ERROR_MEMORY, SW_ERROR_CANCELLED. About n log n time, 7 us a point; 32 bytes a
 * tetrahedron, of which there are 6 to 7 a point, and half as much again while it runs.
 */
SW_MUST_USE sw_status sw_delaunay_create(sw_delaunay *delaunay, const double (*point)[3],
                                         size_t count, sw_context *context, sw_error *error);
void sw_delaunay_clear(sw_delaunay *delaunay);
/* "4 points span a plane": for messages. Never NULL. */
const char *sw_span_name(sw_span span);

#endif
