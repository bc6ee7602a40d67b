/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/isosurface_points.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* ---- finding --------------------------------------------------------------------------------- */

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

/* ---- order and shells ------------------------------------------------------------------------ */

typedef struct ranked {
    double volume;
    uint32_t body;
} ranked;

static int by_volume(const void *a, const void *b) {
    const ranked *left = a, *right = b;
    if (left->volume != right->volume)
        return left->volume > right->volume ? -1 : 1;
    return left->body < right->body ? -1 : 1;
}

sw_status sw_isosurface_sort(sw_isosurface *surface) {
    size_t points = sw_isosurface_points(surface);
    ranked *rank = sw_allocate(surface->bodies, sizeof *rank);
    uint32_t *now = sw_allocate(surface->bodies, sizeof *now);
    sw_isosurface_body *list = sw_allocate(surface->bodies, sizeof *list);
    sw_status status = rank && now && list ? SW_OK : SW_ERROR_MEMORY;
    if (status == SW_OK) {
        for (size_t b = 0; b < surface->bodies; b++)
            rank[b] = (ranked){surface->list[b].volume, (uint32_t)b};
        qsort(rank, surface->bodies, sizeof *rank, by_volume);
        for (size_t b = 0; b < surface->bodies; b++) {
            list[b] = surface->list[rank[b].body];
            now[rank[b].body] = (uint32_t)b;
        }
        for (size_t t = 0; t < surface->triangles; t++)
            surface->body[t] = now[surface->body[t]];
        for (size_t p = 0; p < points; p++)
            if (surface->of[p] != SW_NO_BODY)
                surface->of[p] = now[surface->of[p]];
        free(surface->list);
        surface->list = list;
        list = NULL;
    }
    free(rank);
    free(now);
    free(list);
    return status;
}

static uint32_t root_of(uint32_t *parent, uint32_t vertex) {
    while (parent[vertex] != vertex)
        vertex = parent[vertex] = parent[parent[vertex]];
    return vertex;
}

sw_status sw_isosurface_count_shells(sw_isosurface *surface) {
    uint32_t *parent = sw_allocate(surface->vertices, sizeof *parent);
    if (!parent)
        return SW_ERROR_MEMORY;
    for (size_t v = 0; v < surface->vertices; v++)
        parent[v] = (uint32_t)v;
    surface->shells = surface->vertices;
    for (size_t t = 0; t < surface->triangles; t++)
        for (int n = 1; n < 3; n++) {
            uint32_t a = root_of(parent, surface->corner[t][0]);
            uint32_t b = root_of(parent, surface->corner[t][n]);
            surface->shells -= a != b;
            parent[a > b ? a : b] = a > b ? b : a;
        }
    free(parent);
    return SW_OK;
}

/* ---- choosing -------------------------------------------------------------------------------- */

/* Kept triangles move forward; their corners are numbered again. */
static void move_triangles(sw_isosurface *surface, const uint32_t *now, uint32_t *vertex) {
    size_t triangles = 0, vertices = 0;
    for (size_t t = 0; t < surface->triangles; t++) {
        if (now[surface->body[t]] == SW_NO_BODY)
            continue;
        for (int c = 0; c < 3; c++)
            vertex[surface->corner[t][c]] = 0;
        surface->body[triangles] = now[surface->body[t]];
        surface->border[triangles] = surface->border[t];
        memmove(surface->shift[triangles], surface->shift[t], sizeof surface->shift[t]);
        memmove(surface->corner[triangles++], surface->corner[t], sizeof surface->corner[t]);
    }
    for (size_t v = 0; v < surface->vertices; v++) {
        if (vertex[v] == UINT32_MAX)
            continue;
        memmove(surface->vertex[vertices], surface->vertex[v], sizeof surface->vertex[v]);
        vertex[v] = (uint32_t)vertices++;
    }
    for (size_t t = 0; t < triangles; t++)
        for (int c = 0; c < 3; c++)
            surface->corner[t][c] = vertex[surface->corner[t][c]];
    surface->triangles = triangles;
    surface->vertices = vertices;
}

sw_status sw_isosurface_select(sw_isosurface *surface, const bool *keep) {
    size_t kept = 0, points = sw_isosurface_points(surface);
    uint32_t *now = sw_allocate(surface->bodies, sizeof *now);
    uint32_t *vertex = sw_allocate(surface->vertices, sizeof *vertex);
    if (!now || !vertex) {
        free(now);
        free(vertex);
        return SW_ERROR_MEMORY;
    }
    memset(vertex, 0xFF, surface->vertices * sizeof *vertex);
    for (size_t b = 0; b < surface->bodies; b++) {
        now[b] = keep[b] ? (uint32_t)kept : SW_NO_BODY;
        if (keep[b])
            surface->list[kept++] = surface->list[b];
    }
    move_triangles(surface, now, vertex);
    for (size_t p = 0; p < points; p++)
        if (surface->of[p] != SW_NO_BODY)
            surface->of[p] = now[surface->of[p]];
    surface->bodies = kept;
    free(now);
    free(vertex);
    return sw_isosurface_count_shells(surface);
}
