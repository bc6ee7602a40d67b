/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/isosurface_points.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

size_t sw_isosurface_points(const sw_isosurface *surface) {
    return surface->extent[0] * surface->extent[1] * surface->extent[2];
}

void sw_isosurface_place(size_t place[3], const sw_isosurface *surface, size_t point) {
    place[0] = point % surface->extent[0];
    place[1] = point / surface->extent[0] % surface->extent[1];
    place[2] = point / surface->extent[0] / surface->extent[1];
}

size_t sw_isosurface_next(int wrapped[3], const sw_isosurface *surface, const size_t place[3],
                          int direction, int sign) {
    size_t at[3];
    for (int d = 0; d < 3; d++) {
        size_t extent = surface->extent[d];
        bool moves = direction >> d & 1, ends = place[d] == (sign > 0 ? extent - 1 : 0);
        wrapped[d] = moves && ends ? sign : 0;
        if (moves && ends && !surface->grid->periodic[d])
            return SIZE_MAX;
        at[d] = !moves ? place[d]
                : ends ? (sign > 0 ? 0 : extent - 1)
                       : (sign > 0 ? place[d] + 1 : place[d] - 1);
    }
    return (at[2] * surface->extent[1] + at[1]) * surface->extent[0] + at[0];
}

bool sw_isosurface_is_inside(const sw_isosurface *surface, size_t point) {
    return surface->height[point] >= 0.0f;
}

/* The point of the grid; -1 in the layer around it. */
static ptrdiff_t grid_index(const sw_isosurface *surface, size_t point) {
    size_t place[3];
    int64_t at[3];
    sw_isosurface_place(place, surface, point);
    for (int d = 0; d < 3; d++)
        at[d] = (int64_t)place[d] - !surface->grid->periodic[d];
    return sw_concentration_grid_index(surface->grid, at);
}

bool sw_isosurface_is_known(const sw_isosurface *surface, size_t point) {
    ptrdiff_t index = grid_index(surface, point);
    return index >= 0 && !isnan(surface->grid->value[index]);
}

void sw_isosurface_position(double position[3], const sw_isosurface *surface,
                            const size_t place[3]) {
    const sw_concentration_grid *grid = surface->grid;
    for (int k = 0; k < 3; k++) {
        position[k] = grid->origin[k];
        for (int d = 0; d < 3; d++)
            position[k] += ((double)place[d] - !grid->periodic[d]) * grid->step[d][k];
    }
}

sw_status sw_isosurface_lay_out(sw_isosurface *surface) {
    for (int d = 0; d < 3; d++) {
        surface->extent[d] = surface->grid->size[d] + (surface->grid->periodic[d] ? 0 : 2);
        for (int k = 0; k < 3; k++)
            surface->period[d][k] = (double)surface->grid->size[d] * surface->grid->step[d][k];
    }
    size_t points = sw_isosurface_points(surface);
    surface->height = sw_allocate(points, sizeof *surface->height);
    if (!surface->height)
        return SW_ERROR_MEMORY;
    for (size_t p = 0; p < points; p++) {
        ptrdiff_t index = grid_index(surface, p);
        double value = index >= 0 ? (double)surface->grid->value[index] : 0.0;
        surface->height[p] = (float)((isnan(value) ? 0.0 : value) - surface->threshold);
    }
    return SW_OK;
}
