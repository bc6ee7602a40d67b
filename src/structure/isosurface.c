/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/isosurface.h"

#include "base/matrix.h"
#include "base/memory.h"
#include "structure/isosurface_points.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CORNERS 8

/* Corners of the six tetrahedra of a cell (bits as in isosurface_points.h); the first three wind
 * as the axes do, the others the other way. */
static const uint8_t paths[6][4] = {{0, 1, 3, 7}, {0, 2, 6, 7}, {0, 4, 5, 7},
                                    {0, 1, 5, 7}, {0, 2, 3, 7}, {0, 4, 6, 7}};

typedef struct work {
    sw_isosurface *surface;
    int16_t (*shift)[3]; /* [points] of sw_isosurface_find_bodies */
    uint32_t *first;     /* [points] the first vertex on edges that leave a point */
    uint8_t *crossed;    /* [points] bit b: the edge in direction b is crossed */
    bool *ends;          /* [vertices] on an edge into the unknown */
    size_t capacity;     /* of triangles */
    bool mirrored;       /* the axes of the grid are left-handed */
} work;

/* A cell of the grid. */
typedef struct cell {
    size_t point[CORNERS];
    int wrapped[CORNERS][3];
    double position[CORNERS][3], height[CORNERS];
} cell;

/* ---- vertices -------------------------------------------------------------------------------- */

static void find_crossed(work *w) {
    sw_isosurface *surface = w->surface;
    size_t points = sw_isosurface_points(surface), place[3];
    int wrapped[3];
    for (size_t p = 0; p < points; p++) {
        w->first[p] = (uint32_t)surface->vertices;
        sw_isosurface_place(place, surface, p);
        for (int b = 1; b < SW_EDGE_DIRECTIONS; b++) {
            size_t next = sw_isosurface_next(wrapped, surface, place, b, 1);
            if (next == SIZE_MAX ||
                sw_isosurface_is_inside(surface, p) == sw_isosurface_is_inside(surface, next))
                continue;
            w->crossed[p] = (uint8_t)(w->crossed[p] | 1U << b);
            surface->vertices++;
        }
    }
}

/* From a (inside) to b (outside); heights a >= 0 > b. */
static void cross(double position[3], const double a[3], double height_a, const double b[3],
                  double height_b) {
    double part = height_a / (height_a - height_b);
    for (int k = 0; k < 3; k++)
        position[k] = a[k] + part * (b[k] - a[k]);
}

static void place_vertices(work *w) {
    sw_isosurface *surface = w->surface;
    size_t points = sw_isosurface_points(surface), vertex = 0;
    for (size_t p = 0; p < points; p++) {
        size_t place[3], far[3];
        double here[3], there[3];
        int wrapped[3];
        if (!w->crossed[p])
            continue;
        sw_isosurface_place(place, surface, p);
        sw_isosurface_position(here, surface, place);
        for (int b = 1; b < SW_EDGE_DIRECTIONS; b++) {
            if (!(w->crossed[p] >> b & 1))
                continue;
            size_t next = sw_isosurface_next(wrapped, surface, place, b, 1);
            for (int d = 0; d < 3; d++)
                far[d] = place[d] + (size_t)(b >> d & 1);
            sw_isosurface_position(there, surface, far);
            double h = (double)surface->height[p], g = (double)surface->height[next];
            if (h >= 0.0)
                cross(surface->vertex[vertex], here, h, there, g);
            else
                cross(surface->vertex[vertex], there, g, here, h);
            w->ends[vertex++] = !sw_isosurface_is_known(surface, h >= 0.0 ? next : p);
        }
    }
}

static sw_status make_vertices(work *w) {
    size_t points = sw_isosurface_points(w->surface);
    w->first = sw_allocate(points, sizeof *w->first);
    w->crossed = sw_allocate(points, sizeof *w->crossed);
    if (!w->first || !w->crossed)
        return SW_ERROR_MEMORY;
    find_crossed(w);
    w->surface->vertex = sw_allocate(w->surface->vertices, sizeof *w->surface->vertex);
    w->ends = sw_allocate(w->surface->vertices, sizeof *w->ends);
    if (!w->surface->vertex || !w->ends)
        return SW_ERROR_MEMORY;
    place_vertices(w);
    return SW_OK;
}

/* ---- triangles ------------------------------------------------------------------------------- */

static unsigned bits_of(unsigned mask) {
    unsigned count = 0;
    for (; mask; mask &= mask - 1)
        count++;
    return count;
}

static void set_corner(work *w, const cell *c, int number, uint8_t a, uint8_t b) {
    sw_isosurface *surface = w->surface;
    size_t base = c->point[a & b];
    unsigned before = w->crossed[base] & ((1U << (a ^ b)) - 1U);
    surface->corner[surface->triangles][number] = w->first[base] + bits_of(before);
    for (int d = 0; d < 3; d++)
        surface->shift[surface->triangles][number][d] = (int8_t)c->wrapped[a & b][d];
}

static bool reserve_triangle(work *w) {
    sw_isosurface *surface = w->surface;
    size_t needed = surface->triangles + 1;
    size_t corners = w->capacity, shifts = corners, borders = corners;
    bool there = sw_reserve(&surface->corner, &corners, needed, sizeof *surface->corner) &&
                 sw_reserve(&surface->shift, &shifts, needed, sizeof *surface->shift) &&
                 sw_reserve(&surface->border, &borders, needed, sizeof *surface->border) &&
                 sw_reserve(&surface->body, &w->capacity, needed, sizeof *surface->body);
    return there;
}

/* Three crossed edges, each from an inside corner to an outside one. */
static sw_status add_triangle(work *w, const cell *c, const uint8_t edge[3][2]) {
    sw_isosurface *surface = w->surface;
    double corner[3][3], cut[3], along[2][3];
    if (!reserve_triangle(w))
        return SW_ERROR_MEMORY;
    size_t t = surface->triangles;
    for (int n = 0; n < 3; n++) {
        set_corner(w, c, n, edge[n][0], edge[n][1]);
        surface->border[t] |= w->ends[surface->corner[t][n]];
    }
    surface->body[t] = surface->of[c->point[edge[0][0]]];
    sw_isosurface_triangle(corner, surface, t);
    for (int k = 0; k < 3; k++) {
        along[0][k] = corner[1][k] - corner[0][k];
        along[1][k] = corner[2][k] - corner[0][k];
    }
    sw_vector_cross(cut, along[0], along[1]);
    double area = 0.5 * sw_vector_length(cut);
    surface->list[surface->body[t]].area += area;
    surface->list[surface->body[t]].border += surface->border[t] ? area : 0.0;
    surface->triangles++;
    return SW_OK;
}

/* The corners of one tetrahedron, inside ones first and wound as the axes. Returns how many are
 * inside. */
static int sort_corners(uint8_t corner[4], const work *w, const cell *c, int tetrahedron) {
    int inside = 0;
    bool mirrored = w->mirrored != (tetrahedron >= 3);
    memcpy(corner, paths[tetrahedron], 4);
    for (int n = 0; n < 4; n++) {
        if (c->height[corner[n]] < 0.0)
            continue;
        for (int m = n; m > inside; m--) {
            uint8_t other = corner[m];
            corner[m] = corner[m - 1];
            corner[m - 1] = other;
            mirrored = !mirrored;
        }
        inside++;
    }
    int swap = inside == 1 || inside == 2 ? 2 : 0; /* two of one side */
    if (mirrored) {
        uint8_t other = corner[swap];
        corner[swap] = corner[swap + 1];
        corner[swap + 1] = other;
    }
    return inside;
}

static sw_status add_triangles(work *w, const cell *c, const uint8_t o[4], int inside) {
    if (inside == 1)
        return add_triangle(w, c, (const uint8_t[3][2]){{o[0], o[1]}, {o[0], o[2]}, {o[0], o[3]}});
    if (inside == 3)
        return add_triangle(w, c, (const uint8_t[3][2]){{o[0], o[3]}, {o[1], o[3]}, {o[2], o[3]}});
    if (inside != 2)
        return SW_OK;
    sw_status status =
        add_triangle(w, c, (const uint8_t[3][2]){{o[0], o[2]}, {o[0], o[3]}, {o[1], o[3]}});
    if (status != SW_OK)
        return status;
    return add_triangle(w, c, (const uint8_t[3][2]){{o[0], o[2]}, {o[1], o[3]}, {o[1], o[2]}});
}

/* ---- volumes --------------------------------------------------------------------------------- */

/* `centre` is summed up as volume times centre, from where the first point of the body is. */
static void add_volume(work *w, const cell *c, uint8_t corner, double volume,
                       const double centre[3]) {
    const sw_isosurface *surface = w->surface;
    size_t point = c->point[corner];
    sw_isosurface_body *body = &surface->list[surface->of[point]];
    body->volume += volume;
    for (int k = 0; k < 3; k++) {
        double at = centre[k];
        for (int d = 0; d < 3; d++)
            at += (w->shift[point][d] - c->wrapped[corner][d]) * surface->period[d][k];
        body->centre[k] += volume * at;
    }
}

static void add_tetrahedron(work *w, const cell *c, uint8_t corner, const double a[3],
                            const double b[3], const double d[3], const double e[3]) {
    double edge[3][3], centre[3];
    for (int k = 0; k < 3; k++) {
        edge[0][k] = b[k] - a[k];
        edge[1][k] = d[k] - a[k];
        edge[2][k] = e[k] - a[k];
        centre[k] = (a[k] + b[k] + d[k] + e[k]) / 4.0;
    }
    add_volume(w, c, corner, fabs(sw_matrix_determinant((const double(*)[3])edge)) / 6.0, centre);
}

/* Triangles low and high, joined corner by corner. */
static void add_prism(work *w, const cell *c, uint8_t corner, double low[3][3], double high[3][3]) {
    add_tetrahedron(w, c, corner, low[0], low[1], low[2], high[2]);
    add_tetrahedron(w, c, corner, low[0], low[1], high[2], high[1]);
    add_tetrahedron(w, c, corner, low[0], high[1], high[2], high[0]);
}

static void cross_edge(double position[3], const cell *c, uint8_t in, uint8_t out) {
    cross(position, c->position[in], c->height[in], c->position[out], c->height[out]);
}

/* The part of a tetrahedron above the threshold. */
static void add_part(work *w, const cell *c, const uint8_t o[4], int inside) {
    double low[3][3], high[3][3];
    if (inside == 4)
        add_tetrahedron(w, c, o[0], c->position[o[0]], c->position[o[1]], c->position[o[2]],
                        c->position[o[3]]);
    for (int n = 0; n < 3; n++) {
        if (inside == 1)
            cross_edge(high[n], c, o[0], o[n + 1]);
        if (inside == 3) {
            memcpy(low[n], c->position[o[n]], sizeof low[n]);
            cross_edge(high[n], c, o[n], o[3]);
        }
    }
    for (int n = 0; n < 2 && inside == 2; n++) {
        double(*side)[3] = n == 0 ? low : high;
        memcpy(side[0], c->position[o[n]], sizeof side[0]);
        cross_edge(side[1], c, o[n], o[2]);
        cross_edge(side[2], c, o[n], o[3]);
    }
    if (inside == 1)
        add_tetrahedron(w, c, o[0], c->position[o[0]], high[0], high[1], high[2]);
    if (inside == 2 || inside == 3)
        add_prism(w, c, o[0], low, high);
}

/* ---- cells ----------------------------------------------------------------------------------- */

/* Returns how many corners are inside; -1 where the cell would leave the points. */
static int find_cell(cell *c, const sw_isosurface *surface, size_t point) {
    size_t place[3];
    int inside = 0;
    sw_isosurface_place(place, surface, point);
    for (int b = 0; b < CORNERS; b++) {
        c->point[b] = sw_isosurface_next(c->wrapped[b], surface, place, b, 1);
        if (c->point[b] == SIZE_MAX)
            return -1;
        inside += sw_isosurface_is_inside(surface, c->point[b]);
    }
    for (int b = 0; b < CORNERS && inside > 0; b++) {
        size_t at[3];
        for (int d = 0; d < 3; d++)
            at[d] = place[d] + (size_t)(b >> d & 1);
        sw_isosurface_position(c->position[b], surface, at);
        c->height[b] = (double)surface->height[c->point[b]];
    }
    return inside;
}

static void add_whole_cell(work *w, const cell *c) {
    double centre[3];
    for (int k = 0; k < 3; k++)
        centre[k] = 0.5 * (c->position[0][k] + c->position[CORNERS - 1][k]);
    double volume = sw_matrix_determinant((const double(*)[3])w->surface->grid->step);
    add_volume(w, c, 0, fabs(volume), centre);
}

static sw_status march(work *w, sw_context *context) {
    sw_isosurface *surface = w->surface;
    size_t points = sw_isosurface_points(surface), slice = surface->extent[0] * surface->extent[1];
    sw_status status = SW_OK;
    cell c;
    for (size_t p = 0; p < points && status == SW_OK; p++) {
        if (p % slice == 0 && sw_context_cancelled(context))
            return SW_ERROR_CANCELLED;
        int inside = find_cell(&c, surface, p);
        if (inside == CORNERS)
            add_whole_cell(w, &c);
        for (int t = 0; t < 6 && inside > 0 && inside < CORNERS && status == SW_OK; t++) {
            uint8_t corner[4];
            int count = sort_corners(corner, w, &c, t);
            status = add_triangles(w, &c, corner, count);
            if (count > 0)
                add_part(w, &c, corner, count);
        }
    }
    for (size_t b = 0; b < surface->bodies; b++)
        for (int k = 0; k < 3; k++)
            surface->list[b].centre[k] /= surface->list[b].volume;
    return status;
}

/* ---- the whole ------------------------------------------------------------------------------- */

static sw_status build(work *w, sw_context *context) {
    sw_isosurface *surface = w->surface;
    sw_status status = sw_isosurface_lay_out(surface);
    if (status == SW_OK)
        status = sw_isosurface_find_bodies(surface, &w->shift);
    w->mirrored = sw_matrix_determinant((const double(*)[3])surface->period) < 0.0;
    if (status == SW_OK)
        status = make_vertices(w);
    if (status == SW_OK)
        status = march(w, context);
    if (status == SW_OK)
        status = sw_isosurface_sort(surface);
    return status == SW_OK ? sw_isosurface_count_shells(surface) : status;
}

sw_status sw_isosurface_create(sw_isosurface *surface, const sw_concentration_grid *grid,
                               double threshold, sw_context *context, sw_error *error) {
    work w = {.surface = surface};
    *surface = (sw_isosurface){.grid = grid, .threshold = threshold};
    if (!(threshold > 0.0 && isfinite(threshold)))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "threshold", "give a share above 0",
                            "%g is no threshold", threshold);
    sw_status status = build(&w, context);
    free(w.shift);
    free(w.first);
    free(w.crossed);
    free(w.ends);
    if (status == SW_OK)
        return SW_OK;
    sw_isosurface_clear(surface);
    return sw_error_set(error, status, "voxel", "give larger voxels",
                        status == SW_ERROR_CANCELLED ? "cancelled" : "no memory for the surface");
}

void sw_isosurface_clear(sw_isosurface *surface) {
    free(surface->vertex);
    free(surface->corner);
    free(surface->shift);
    free(surface->body);
    free(surface->border);
    free(surface->list);
    free(surface->height);
    free(surface->of);
    *surface = (sw_isosurface){0};
}

/* Along the axes that are not periodic one step on for the layer around the grid. */
static size_t point_of(const sw_isosurface *surface, const int64_t corner[3]) {
    size_t point = 0;
    for (int d = 2; d >= 0; d--) {
        int64_t extent = (int64_t)surface->extent[d], at = corner[d];
        at = surface->grid->periodic[d] ? (at % extent + extent) % extent : at + 1;
        if (at < 0 || at >= extent)
            return SIZE_MAX;
        point = point * surface->extent[d] + (size_t)at;
    }
    return point;
}

uint32_t sw_isosurface_body_at(const sw_isosurface *surface, const double position[3]) {
    int64_t corner[4][3];
    double weight[4], height = 0.0, most = -INFINITY;
    uint32_t body = SW_NO_BODY;
    if (!sw_concentration_grid_corners(corner, weight, surface->grid, position))
        return SW_NO_BODY;
    for (int n = 0; n < 4; n++) {
        size_t point = point_of(surface, corner[n]);
        double here = point != SIZE_MAX ? (double)surface->height[point] : -surface->threshold;
        if (!(weight[n] > 0.0))
            continue;
        height += weight[n] * here;
        if (here > most && point != SIZE_MAX) {
            most = here;
            body = surface->of[point];
        }
    }
    return height >= 0.0 ? body : SW_NO_BODY;
}

void sw_isosurface_triangle(double corner[3][3], const sw_isosurface *surface, size_t triangle) {
    for (int c = 0; c < 3; c++) {
        memcpy(corner[c], surface->vertex[surface->corner[triangle][c]], sizeof corner[c]);
        for (int d = 0; d < 3; d++)
            for (int k = 0; k < 3; k++)
                corner[c][k] += surface->shift[triangle][c][d] * surface->period[d][k];
    }
}

int64_t sw_isosurface_euler(const sw_isosurface *surface) {
    return (int64_t)surface->vertices - (int64_t)(surface->triangles / 2);
}
