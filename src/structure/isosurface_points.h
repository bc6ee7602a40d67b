/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The points that an isosurface is made on: the grid, and where it is not periodic a layer of
 * nothing around it. Edges of tetrahedra leave a point in seven directions, sums of steps along the
 * axes: bit d of a direction is a step along axis d.
 *
 *   point = (z * extent[1] + y) * extent[0] + x
 */
#ifndef SPILLWAY_STRUCTURE_ISOSURFACE_POINTS_H
#define SPILLWAY_STRUCTURE_ISOSURFACE_POINTS_H

#include "structure/isosurface.h"

#define SW_EDGE_DIRECTIONS 8 /* 0 is no direction */

size_t sw_isosurface_points(const sw_isosurface *surface);
/* extent, period and height; the others are zero. */
SW_MUST_USE sw_status sw_isosurface_lay_out(sw_isosurface *surface);
void sw_isosurface_place(size_t place[3], const sw_isosurface *surface, size_t point);
/* The point one edge on (sign 1) or back (-1); `wrapped` becomes how many periods further it is.
 * SIZE_MAX where there is none. */
size_t sw_isosurface_next(int wrapped[3], const sw_isosurface *surface, const size_t place[3],
                          int direction, int sign);
bool sw_isosurface_is_inside(const sw_isosurface *surface, size_t point);
/* Whether the concentration is known there. */
bool sw_isosurface_is_known(const sw_isosurface *surface, size_t point);
/* A; `place` may be one beyond the extent. */
void sw_isosurface_position(double position[3], const sw_isosurface *surface,
                            const size_t place[3]);

/*
 * Fills `of`, `bodies` and `list` (only endless is set) in order of their first points; *shift
 * [points] (free) is in which period a point of a body lies, seen from its first. SW_ERROR_MEMORY.
 */
SW_MUST_USE sw_status sw_isosurface_find_bodies(sw_isosurface *surface, int16_t (**shift)[3]);
/* Bodies by volume, the largest first. SW_ERROR_MEMORY. */
SW_MUST_USE sw_status sw_isosurface_sort(sw_isosurface *surface);
SW_MUST_USE sw_status sw_isosurface_count_shells(sw_isosurface *surface);

#endif
