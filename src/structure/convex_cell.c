/* SPDX-License-Identifier: GPL-3.0-or-later */
/* After Rycroft, Chaos 19, 041111 (2009), with the three-valent graph of Ray, Sokolov, Lefebvre and
 * Levy, ACM Trans. Graph. 37, 265 (2018). */
#include "structure/convex_cell.h"

#include "base/memory.h"
#include "structure/wide.h"

#include <stdlib.h>
#include <string.h>

#define LANES 8u
#define FEWEST 64u /* vertices and faces that there is room for from the start */

/* ---- memory ---------------------------------------------------------------------------------- */

static bool resize(void *items, size_t count, size_t size) {
    void **array = items, *moved = sw_reallocate(*array, count, size);
    if (moved)
        *array = moved;
    return moved != NULL;
}

static bool reserve_vertices(sw_convex_cell *cell, size_t needed) {
    if (needed <= cell->vertex_capacity)
        return true;
    size_t count = 2 * needed;
    count = (count + LANES - 1) / LANES * LANES;
    if (needed > UINT32_MAX / 16 || !resize(&cell->x, count, sizeof(double)) ||
        !resize(&cell->y, count, sizeof(double)) || !resize(&cell->z, count, sizeof(double)) ||
        !resize(&cell->height, count, sizeof(double)) ||
        !resize(&cell->fresh, 3 * count, sizeof *cell->fresh) ||
        !resize(&cell->outside, count, sizeof(uint32_t)) ||
        !resize(&cell->ring, 3 * count, sizeof(uint32_t)) ||
        !resize(&cell->ring_end, 3 * count, sizeof(uint32_t)) ||
        !resize(&cell->ring_face, 3 * count, sizeof(uint32_t)) ||
        !resize(&cell->twin, 4 * count, sizeof(uint32_t)) ||
        !resize(&cell->face, 4 * count, sizeof(uint32_t)))
        return false;
    cell->vertex_capacity = (uint32_t)count;
    return true;
}

static bool reserve_faces(sw_convex_cell *cell, size_t needed) {
    if (needed <= cell->face_capacity)
        return true;
    size_t count = 2 * needed;
    if (!resize(&cell->normal, count, sizeof *cell->normal) ||
        !resize(&cell->offset, count, sizeof(double)) ||
        !resize(&cell->area, count, sizeof(double)) ||
        !resize(&cell->edges, count, sizeof(uint32_t)) ||
        !resize(&cell->mark, count, sizeof(uint32_t)))
        return false;
    memset(cell->mark + cell->face_capacity, 0, (count - cell->face_capacity) * sizeof(uint32_t));
    cell->face_capacity = (uint32_t)count;
    return true;
}

bool sw_convex_cell_create(sw_convex_cell *cell) {
    memset(cell, 0, sizeof *cell);
    if (reserve_vertices(cell, FEWEST) && reserve_faces(cell, FEWEST))
        return true;
    sw_convex_cell_clear(cell);
    return false;
}

void sw_convex_cell_clear(sw_convex_cell *cell) {
    void *arrays[] = {cell->x,        cell->y,         cell->z,       cell->twin,
                      cell->face,     cell->normal,    cell->area,    cell->edges,
                      cell->height,   cell->fresh,     cell->outside, cell->ring,
                      cell->ring_end, cell->ring_face, cell->mark,    cell->offset};
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++)
        free(arrays[i]);
    memset(cell, 0, sizeof *cell);
}

/* ---- half-edges ------------------------------------------------------------------------------ */

static inline uint32_t clockwise(uint32_t half_edge) {
    return half_edge & 3 ? half_edge - 1 : half_edge + 2;
}

static inline uint32_t head(const sw_convex_cell *cell, uint32_t half_edge) {
    return cell->twin[half_edge] >> 2;
}

static void join(sw_convex_cell *cell, uint32_t a, uint32_t b) {
    cell->twin[a] = b;
    cell->twin[b] = a;
}

/* Vertex v of the cube has coordinates by its bits; odd ones (by their number of bits) see x, y, z
 * counter-clockwise, even ones clockwise. */
static void start_vertex(sw_convex_cell *cell, uint32_t v, double half) {
    static const uint8_t axes[2][3] = {{0, 2, 1}, {0, 1, 2}};
    uint32_t odd = (v ^ (v >> 1) ^ (v >> 2)) & 1;
    cell->x[v] = v & 1 ? half : -half;
    cell->y[v] = v & 2 ? half : -half;
    cell->z[v] = v & 4 ? half : -half;
    for (uint32_t e = 0; e < 3; e++) {
        uint32_t axis = axes[odd][e], left = 3 - axis - axes[odd][(e + 1) % 3];
        uint32_t other = v ^ (1u << axis);
        uint32_t back = axes[!odd][1] == axis ? 1 : axes[!odd][2] == axis ? 2 : 0;
        cell->twin[4 * v + e] = 4 * other + back;
        /* edges e and e + 1 border the wall of the third axis */
        cell->face[4 * v + e] = 2 * left + (v >> left & 1);
    }
}

void sw_convex_cell_start(sw_convex_cell *cell, double half, double tolerance) {
    cell->vertices = 8;
    cell->faces = SW_CONVEX_CELL_WALLS;
    cell->tolerance = tolerance;
    for (uint32_t v = 0; v < 8; v++)
        start_vertex(cell, v, half);
    for (uint32_t f = 0; f < SW_CONVEX_CELL_WALLS; f++) {
        for (uint32_t k = 0; k < 3; k++)
            cell->normal[f][k] = k != f / 2 ? 0.0 : f & 1 ? 1.0 : -1.0;
        cell->offset[f] = half;
    }
}

/* ---- what lies beyond a plane ---------------------------------------------------------------- */

/* Heights of all vertices above the plane, times the length of the normal; whether one is above the
 * least. */
SW_WIDE static bool find_heights(double *restrict height, const double *restrict x,
                                 const double *restrict y, const double *restrict z, size_t count,
                                 const double *restrict normal, double offset, double least) {
    double nx = normal[0], ny = normal[1], nz = normal[2];
    uint64_t above = 0;
    for (size_t group = 0; group < count; group += LANES)
        for (size_t v = group; v < group + LANES; v++) {
            double h = nx * x[v] + ny * y[v] + nz * z[v] - offset;
            height[v] = h;
            above |= (uint64_t)(h > least);
        }
    return above != 0;
}

static uint32_t list_outside(const sw_convex_cell *cell, double least) {
    uint32_t found = 0;
    for (uint32_t v = 0; v < cell->vertices; v++) {
        cell->outside[found] = v;
        found += cell->height[v] > least;
    }
    return found;
}

/* Edges from outside to inside: how many, and one of them. */
static uint32_t count_crossings(const sw_convex_cell *cell, uint32_t outside, double least,
                                uint32_t *one) {
    uint32_t crossings = 0;
    for (uint32_t i = 0; i < outside; i++)
        for (uint32_t e = 0; e < 3; e++) {
            uint32_t h = 4 * cell->outside[i] + e;
            bool crosses = !(cell->height[head(cell, h)] > least);
            crossings += crosses;
            *one = crosses ? h : *one;
        }
    return crossings;
}

/* Follows the edges that cross the plane around the part outside. False where that misses some or
 * meets a face twice. */
static bool find_ring(sw_convex_cell *cell, uint32_t first, uint32_t crossings, double least) {
    uint32_t found = 0, h = first, mark = ++cell->marked;
    bool simple = true;
    do {
        uint32_t left = cell->face[h];
        cell->ring[found] = h;
        cell->ring_face[found++] = left;
        simple &= cell->mark[left] != mark;
        cell->mark[left] = mark;
        h = clockwise(h);
        while (cell->height[head(cell, h)] > least)
            h = clockwise(cell->twin[h]);
    } while (h != first);
    return simple && found == crossings;
}

/* ---- repair: where rounding leaves parts that are not connected ------------------------------ */

/* Marks (in outside, as flags) all vertices on the side of `from` that are connected with it. */
static void flood(sw_convex_cell *cell, uint32_t from, bool above, double least) {
    uint32_t *stack = cell->ring, waiting = 1;
    memset(cell->outside, 0, cell->vertices * sizeof *cell->outside);
    stack[0] = from;
    cell->outside[from] = 1;
    while (waiting > 0) {
        uint32_t v = stack[--waiting];
        for (uint32_t e = 0; e < 3; e++) {
            uint32_t w = head(cell, 4 * v + e);
            if (cell->outside[w] || (cell->height[w] > least) != above)
                continue;
            cell->outside[w] = 1;
            stack[waiting++] = w;
        }
    }
}

/* Only what hangs together with the highest vertex is cut away, and only what hangs together with
 * the lowest one is kept. */
static void connect_parts(sw_convex_cell *cell, double least) {
    uint32_t top = 0, bottom = 0;
    for (uint32_t v = 1; v < cell->vertices; v++) {
        top = cell->height[v] > cell->height[top] ? v : top;
        bottom = cell->height[v] < cell->height[bottom] ? v : bottom;
    }
    flood(cell, top, true, least);
    for (uint32_t v = 0; v < cell->vertices; v++)
        if (!cell->outside[v] && cell->height[v] > least)
            cell->height[v] = least;
    flood(cell, bottom, false, least);
    for (uint32_t v = 0; v < cell->vertices; v++)
        if (!cell->outside[v] && !(cell->height[v] > least))
            cell->height[v] = 2.0 * least;
}

/* ---- cutting --------------------------------------------------------------------------------- */

/* Where the edges of the ring cross the plane, and their ends inside. */
static void find_fresh(sw_convex_cell *cell, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        uint32_t out = cell->ring[i] >> 2, end = cell->twin[cell->ring[i]], in = end >> 2;
        double depth = cell->height[in] < 0.0 ? -cell->height[in] : 0.0;
        double share = depth / (depth + cell->height[out]);
        cell->ring_end[i] = end;
        cell->fresh[i][0] = cell->x[in] + share * (cell->x[out] - cell->x[in]);
        cell->fresh[i][1] = cell->y[in] + share * (cell->y[out] - cell->y[in]);
        cell->fresh[i][2] = cell->z[in] + share * (cell->z[out] - cell->z[in]);
    }
}

static void move_vertex(sw_convex_cell *cell, uint32_t to, uint32_t from) {
    cell->x[to] = cell->x[from];
    cell->y[to] = cell->y[from];
    cell->z[to] = cell->z[from];
    for (uint32_t e = 0; e < 3; e++) {
        cell->face[4 * to + e] = cell->face[4 * from + e];
        join(cell, 4 * to + e, cell->twin[4 * from + e]);
    }
}

static void fill_with_zeros(sw_convex_cell *cell) {
    for (uint32_t v = cell->vertices; v % LANES != 0; v++)
        cell->x[v] = cell->y[v] = cell->z[v] = 0.0;
}

/* The new face with its vertices, in the places of those outside and behind the last. */
static void close_ring(sw_convex_cell *cell, uint32_t count, uint32_t outside) {
    uint32_t face = cell->faces++, behind = cell->vertices;
    uint32_t first = cell->outside[0], place = first;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t next = i + 1 == count    ? first
                        : i + 1 < outside ? cell->outside[i + 1]
                                          : behind + i + 1 - outside;
        cell->x[place] = cell->fresh[i][0];
        cell->y[place] = cell->fresh[i][1];
        cell->z[place] = cell->fresh[i][2];
        join(cell, 4 * place, cell->ring_end[i]);
        join(cell, 4 * place + 2, 4 * next + 1);
        cell->face[4 * place + 0] = cell->ring_face[i];
        cell->face[4 * place + 1] = face;
        cell->face[4 * place + 2] = cell->ring_face[i + 1 == count ? 0 : i + 1];
        place = next;
    }
    cell->vertices += count > outside ? count - outside : 0;
    for (uint32_t i = outside; i > count; i--)
        if (cell->outside[i - 1] != --cell->vertices)
            move_vertex(cell, cell->outside[i - 1], cell->vertices);
    fill_with_zeros(cell);
}

sw_convex_cut sw_convex_cell_cut(sw_convex_cell *cell, const double normal[3]) {
    double square = normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2];
    double least = cell->tolerance * __builtin_sqrt(square);
    uint32_t first = 0;
    if (!find_heights(cell->height, cell->x, cell->y, cell->z, cell->vertices, normal, 0.5 * square,
                      least))
        return SW_CUT_NOTHING;
    uint32_t outside = list_outside(cell, least);
    uint32_t count = count_crossings(cell, outside, least, &first);
    if (count == 0)
        return SW_CUT_NOTHING;
    if (!find_ring(cell, first, count, least)) {
        connect_parts(cell, least);
        outside = list_outside(cell, least);
        count = count_crossings(cell, outside, least, &first);
        if (!find_ring(cell, first, count, least))
            return SW_CUT_NOTHING;
    }
    if (!reserve_vertices(cell, (size_t)cell->vertices + count) ||
        !reserve_faces(cell, (size_t)cell->faces + 1))
        return SW_CUT_NO_MEMORY;
    find_fresh(cell, count);
    memcpy(cell->normal[cell->faces], normal, sizeof *cell->normal);
    cell->offset[cell->faces] = 0.5 * square;
    close_ring(cell, count, outside);
    return SW_CUT_FACE;
}

/* ---- measuring ------------------------------------------------------------------------------- */

SW_WIDE static double largest_square(const double *restrict x, const double *restrict y,
                                     const double *restrict z, size_t count) {
    double largest[LANES] = {0};
    for (size_t group = 0; group < count; group += LANES)
        for (size_t k = 0; k < LANES; k++) {
            size_t v = group + k;
            double square = x[v] * x[v] + y[v] * y[v] + z[v] * z[v];
            largest[k] = square > largest[k] ? square : largest[k];
        }
    for (size_t k = 1; k < LANES; k++)
        largest[0] = largest[k] > largest[0] ? largest[k] : largest[0];
    return largest[0];
}

double sw_convex_cell_reach(const sw_convex_cell *cell) {
    return largest_square(cell->x, cell->y, cell->z, cell->vertices);
}

/* The part of a face's area vector that edge v to w makes, along the normal of the face. */
static inline double edge_area(const sw_convex_cell *cell, uint32_t v, uint32_t w, uint32_t face) {
    const double *normal = cell->normal[face];
    return normal[0] * (cell->y[v] * cell->z[w] - cell->z[v] * cell->y[w]) +
           normal[1] * (cell->z[v] * cell->x[w] - cell->x[v] * cell->z[w]) +
           normal[2] * (cell->x[v] * cell->y[w] - cell->y[v] * cell->x[w]);
}

double sw_convex_cell_measure(sw_convex_cell *cell, double shortest) {
    double volume = 0.0;
    memset(cell->area, 0, cell->faces * sizeof *cell->area);
    memset(cell->edges, 0, cell->faces * sizeof *cell->edges);
    for (uint32_t v = 0; v < cell->vertices; v++)
        for (uint32_t e = 0; e < 3; e++) {
            uint32_t w = head(cell, 4 * v + e), face = cell->face[4 * v + e];
            double dx = cell->x[w] - cell->x[v], dy = cell->y[w] - cell->y[v],
                   dz = cell->z[w] - cell->z[v];
            cell->area[face] += edge_area(cell, v, w, face);
            cell->edges[face] += dx * dx + dy * dy + dz * dz > shortest * shortest;
        }
    for (uint32_t f = 0; f < cell->faces; f++) {
        const double *n = cell->normal[f];
        double square = n[0] * n[0] + n[1] * n[1] + n[2] * n[2];
        volume += cell->area[f] * cell->offset[f] / (6.0 * square);
        cell->area[f] *= 0.5 / __builtin_sqrt(square);
    }
    return volume;
}

/* How far a number lies outside low .. high. */
static inline double beside(double at, double low, double high) {
    return at < low ? low - at : at > high ? at - high : 0.0;
}

bool sw_convex_cell_sees(const sw_convex_cell *cell, const double low[3], const double high[3]) {
    double nearest = 0.0;
    for (int k = 0; k < 3; k++)
        nearest += beside(0.0, low[k], high[k]) * beside(0.0, low[k], high[k]);
    double margin = 2.0 * cell->tolerance * __builtin_sqrt(nearest);
    for (uint32_t v = 0; v < cell->vertices; v++) {
        double x = cell->x[v], y = cell->y[v], z = cell->z[v];
        double dx = beside(x, low[0], high[0]), dy = beside(y, low[1], high[1]),
               dz = beside(z, low[2], high[2]);
        if (x * x + y * y + z * z - (dx * dx + dy * dy + dz * dz) > margin)
            return true;
    }
    return false;
}
