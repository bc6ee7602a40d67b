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
    for (int d = 0; d < 3; d++)
        surface->extent[d] = surface->grid->size[d] + (surface->grid->periodic[d] ? 0 : 2);
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

/* ---- bodies
 * -------------------------------------------------------------------------------------- */

typedef struct flood {
    sw_isosurface *surface;
    int16_t (*shift)[3];
    uint32_t *waiting;
    size_t count;
} flood;

static void visit(flood *work, uint32_t body, size_t from, const int wrapped[3], size_t to) {
    sw_isosurface *surface = work->surface;
    int16_t shift[3];
    for (int d = 0; d < 3; d++)
        shift[d] = (int16_t)(work->shift[from][d] + wrapped[d]);
    if (surface->of[to] != SW_NO_BODY) {
        if (memcmp(shift, work->shift[to], sizeof shift) != 0)
            surface->list[body].endless = true;
        return;
    }
    surface->of[to] = body;
    memcpy(work->shift[to], shift, sizeof shift);
    work->waiting[work->count++] = (uint32_t)to;
}

static void fill_body(flood *work, uint32_t body, size_t first) {
    work->surface->of[first] = body;
    work->waiting[work->count++] = (uint32_t)first;
    while (work->count > 0) {
        size_t place[3], point = work->waiting[--work->count];
        sw_isosurface_place(place, work->surface, point);
        for (int step = 2; step < 2 * SW_EDGE_DIRECTIONS; step++) {
            int wrapped[3];
            size_t next =
                sw_isosurface_next(wrapped, work->surface, place, step / 2, step % 2 ? 1 : -1);
            if (next != SIZE_MAX && sw_isosurface_is_inside(work->surface, next))
                visit(work, body, point, wrapped, next);
        }
    }
}

static sw_status fill_all(flood *work, size_t points) {
    sw_isosurface *surface = work->surface;
    size_t capacity = 0;
    for (size_t p = 0; p < points; p++) {
        if (!sw_isosurface_is_inside(surface, p) || surface->of[p] != SW_NO_BODY)
            continue;
        if (!sw_reserve(&surface->list, &capacity, surface->bodies + 1, sizeof *surface->list))
            return SW_ERROR_MEMORY;
        fill_body(work, (uint32_t)surface->bodies++, p);
    }
    return SW_OK;
}

sw_status sw_isosurface_find_bodies(sw_isosurface *surface, int16_t (**shift)[3]) {
    size_t points = sw_isosurface_points(surface);
    flood work = {.surface = surface};
    surface->of = sw_allocate(points, sizeof *surface->of);
    work.shift = sw_allocate(points, sizeof *work.shift);
    work.waiting = sw_allocate(points, sizeof *work.waiting);
    sw_status status = surface->of && work.shift && work.waiting ? SW_OK : SW_ERROR_MEMORY;
    for (size_t p = 0; p < points && status == SW_OK; p++)
        surface->of[p] = SW_NO_BODY;
    if (status == SW_OK)
        status = fill_all(&work, points);
    free(work.waiting);
    *shift = work.shift;
    return status;
}
