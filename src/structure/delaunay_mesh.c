/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/delaunay_mesh.h"

#include "base/memory.h"
#include "structure/predicates.h"

#include <stdlib.h>
#include <string.h>

#define INSIDE(mesh) (2 * (mesh)->insertions + 1)
#define OUTSIDE(mesh) (2 * (mesh)->insertions)

/* A face of the hole, as the tetrahedron that will stand on it. */
struct sw_mesh_face {
    uint32_t vertex[4];
    uint32_t corner; /* where the new point is in vertex */
    uint32_t behind; /* the tetrahedron behind the face */
    uint32_t back;   /* which of its neighbours is here */
};

/* An edge of the hole's surface, waiting for its second face. */
struct sw_mesh_edge {
    uint32_t low, high; /* vertices */
    uint32_t tetrahedron, face;
    uint32_t insertion; /* entries of earlier insertions are empty */
};

/* ---- tests ----------------------------------------------------------------------------------- */

/* Side of the tetrahedron with `point` in the place of corner i. */
static int side_with(const sw_mesh *mesh, const uint32_t vertex[4], int i, uint32_t point) {
    const double *at[4];
    for (int k = 0; k < 4; k++)
        at[k] = mesh->point[k == i ? point : vertex[k]];
    return sw_predicate_side(at[0], at[1], at[2], at[3], mesh->tie);
}

static int infinite_corner(const uint32_t vertex[4]) {
    for (int i = 0; i < 4; i++)
        if (vertex[i] == SW_MESH_INFINITE)
            return i;
    return -1;
}

static bool sphere_holds(const sw_mesh *mesh, const uint32_t vertex[4], uint32_t point) {
    const double(*at)[3] = mesh->point;
    return sw_predicate_sphere_untied(at[vertex[0]], at[vertex[1]], at[vertex[2]], at[vertex[3]],
                                      at[point], mesh->tie) > 0;
}

/* The sphere of a tetrahedron outside is the half-space beyond its face; in the plane of the face
 * it is what the tetrahedron inside makes of it. */
static bool holds(const sw_mesh *mesh, uint32_t t, uint32_t point) {
    const uint32_t *vertex = mesh->vertex[t];
    int corner = infinite_corner(vertex);
    if (corner < 0)
        return sphere_holds(mesh, vertex, point);
    int side = side_with(mesh, vertex, corner, point);
    if (side != 0)
        return side > 0;
    return sphere_holds(mesh, mesh->vertex[mesh->neighbour[t][corner]], point);
}

/* ---- finding --------------------------------------------------------------------------------- */

/* The face that the point is beyond, or -1. Faces are tried in turn, not always from the first. */
static int face_towards(const sw_mesh *mesh, uint32_t t, uint32_t from, uint32_t point,
                        size_t step) {
    for (size_t k = 0; k < 4; k++) {
        int i = (int)((step + k) & 3);
        if (mesh->neighbour[t][i] != from && side_with(mesh, mesh->vertex[t], i, point) < 0)
            return i;
    }
    return -1;
}

/* Walks to the tetrahedron that the point lies in, or out of the hull. SW_MESH_FREE: lost. */
static uint32_t locate(const sw_mesh *mesh, uint32_t point) {
    uint32_t t = mesh->last, from = SW_MESH_FREE;
    int corner = infinite_corner(mesh->vertex[t]);
    if (corner >= 0)
        t = mesh->neighbour[t][corner];
    for (size_t step = 0; step <= mesh->used; step++) {
        int face = face_towards(mesh, t, from, point, step);
        if (face < 0)
            return t;
        from = t;
        t = mesh->neighbour[t][face];
        if (infinite_corner(mesh->vertex[t]) >= 0)
            return t;
    }
    return SW_MESH_FREE;
}

static uint32_t vertex_at(const sw_mesh *mesh, uint32_t t, uint32_t point) {
    const double *at = mesh->point[point];
    for (int i = 0; i < 4; i++) {
        uint32_t v = mesh->vertex[t][i];
        if (v == SW_MESH_INFINITE)
            continue;
        const double *there = mesh->point[v];
        if (there[0] == at[0] && there[1] == at[1] && there[2] == at[2])
            return v;
    }
    return SW_MESH_INFINITE;
}

/* ---- the hole -------------------------------------------------------------------------------- */

static uint32_t back_index(const sw_mesh *mesh, uint32_t from, uint32_t to) {
    uint32_t i = 0;
    while (i < 3 && mesh->neighbour[from][i] != to)
        i++;
    return i;
}

static bool add_face(sw_mesh *mesh, uint32_t t, uint32_t corner, uint32_t point) {
    if (mesh->faces == mesh->face_capacity &&
        !sw_reserve(&mesh->face, &mesh->face_capacity, mesh->faces + 1, sizeof *mesh->face))
        return false;
    sw_mesh_face *face = &mesh->face[mesh->faces++];
    memcpy(face->vertex, mesh->vertex[t], sizeof face->vertex);
    face->vertex[corner] = point;
    face->corner = corner;
    face->behind = mesh->neighbour[t][corner];
    face->back = back_index(mesh, face->behind, t);
    return true;
}

static bool add_to_hole(sw_mesh *mesh, uint32_t t) {
    if (mesh->holes == mesh->hole_capacity &&
        !sw_reserve(&mesh->hole, &mesh->hole_capacity, mesh->holes + 1, sizeof *mesh->hole))
        return false;
    mesh->mark[t] = INSIDE(mesh);
    mesh->hole[mesh->holes++] = t;
    return true;
}

/* All tetrahedra whose spheres hold the point, spreading from one of them, and their surface. */
static bool dig(sw_mesh *mesh, uint32_t start, uint32_t point) {
    mesh->holes = mesh->faces = 0;
    if (!add_to_hole(mesh, start))
        return false;
    for (size_t done = 0; done < mesh->holes; done++) {
        uint32_t t = mesh->hole[done];
        for (uint32_t i = 0; i < 4; i++) {
            uint32_t next = mesh->neighbour[t][i];
            if (mesh->mark[next] == INSIDE(mesh))
                continue;
            if (mesh->mark[next] != OUTSIDE(mesh)) {
                if (holds(mesh, next, point)) {
                    if (!add_to_hole(mesh, next))
                        return false;
                    continue;
                }
                mesh->mark[next] = OUTSIDE(mesh);
            }
            if (!add_face(mesh, t, i, point))
                return false;
        }
    }
    return true;
}

/* Every new tetrahedron must be a full one. Exact signs cannot fail here. */
static bool is_star_shaped(const sw_mesh *mesh, uint32_t point) {
    for (size_t f = 0; f < mesh->faces; f++) {
        const sw_mesh_face *face = &mesh->face[f];
        if (infinite_corner(face->vertex) < 0 &&
            side_with(mesh, face->vertex, (int)face->corner, point) <= 0)
            return false;
    }
    return true;
}

/* ---- filling it ------------------------------------------------------------------------------ */

static bool take_place(sw_mesh *mesh, uint32_t *t) {
    if (mesh->holes > 0) {
        *t = mesh->hole[--mesh->holes];
        return true;
    }
    if (mesh->spares > 0) {
        *t = mesh->spare[--mesh->spares];
        return true;
    }
    size_t needed = mesh->used + 1;
    if (!sw_reserve(&mesh->vertex, &mesh->vertex_capacity, needed, sizeof *mesh->vertex) ||
        !sw_reserve(&mesh->neighbour, &mesh->neighbour_capacity, needed, sizeof *mesh->neighbour) ||
        !sw_reserve(&mesh->mark, &mesh->mark_capacity, needed, sizeof *mesh->mark))
        return false;
    *t = (uint32_t)mesh->used++;
    return true;
}

static bool keep_spares(sw_mesh *mesh) {
    while (mesh->holes > 0) {
        if (!sw_reserve(&mesh->spare, &mesh->spare_capacity, mesh->spares + 1, sizeof *mesh->spare))
            return false;
        uint32_t t = mesh->hole[--mesh->holes];
        mesh->mark[t] = SW_MESH_FREE;
        mesh->spare[mesh->spares++] = t;
    }
    return true;
}

/* Room for the edges of all faces (each has three, shared by two) at half load. */
static bool reserve_edges(sw_mesh *mesh) {
    size_t capacity = mesh->edge_capacity > 0 ? mesh->edge_capacity : 256;
    while (capacity < 3 * mesh->faces)
        capacity *= 2;
    if (capacity == mesh->edge_capacity)
        return true;
    sw_mesh_edge *edge = sw_allocate(capacity, sizeof *edge);
    if (!edge)
        return false;
    free(mesh->edge);
    mesh->edge = edge;
    mesh->edge_capacity = capacity;
    return true;
}

/* Joins the new tetrahedron over the face through an edge with the one that came before. Returns
 * how many edges now wait more than before. */
static int meet_at_edge(sw_mesh *mesh, uint32_t a, uint32_t b, uint32_t t, uint32_t face) {
    uint32_t low = a < b ? a : b, high = a < b ? b : a;
    size_t mask = mesh->edge_capacity - 1;
    uint64_t hash = (low * UINT64_C(0x9E3779B97F4A7C15)) ^ (high * UINT64_C(0xC2B2AE3D27D4EB4F));
    size_t i = (size_t)(hash >> 32) & mask;
    for (;; i = (i + 1) & mask) {
        sw_mesh_edge *edge = &mesh->edge[i];
        if (edge->insertion != mesh->insertions) {
            *edge = (sw_mesh_edge){low, high, t, face, mesh->insertions};
            return 1;
        }
        if (edge->low != low || edge->high != high)
            continue;
        mesh->neighbour[t][face] = edge->tetrahedron;
        mesh->neighbour[edge->tetrahedron][edge->face] = t;
        return -1;
    }
}

/* False: no memory. *open is the number of edges that found no second face. */
static bool fill(sw_mesh *mesh, long *open) {
    *open = 0;
    if (!reserve_edges(mesh))
        return false;
    for (size_t f = 0; f < mesh->faces; f++) {
        const sw_mesh_face *face = &mesh->face[f];
        uint32_t t;
        if (!take_place(mesh, &t))
            return false;
        memcpy(mesh->vertex[t], face->vertex, sizeof mesh->vertex[t]);
        mesh->mark[t] = 0;
        mesh->neighbour[t][face->corner] = face->behind;
        mesh->neighbour[face->behind][face->back] = t;
        for (uint32_t i = 1; i < 4; i++) {
            uint32_t a = face->vertex[(face->corner + i % 3 + 1) & 3];
            uint32_t b = face->vertex[(face->corner + (i + 1) % 3 + 1) & 3];
            *open += meet_at_edge(mesh, a, b, t, (face->corner + (i + 2) % 3 + 1) & 3);
        }
        mesh->last = t;
    }
    return keep_spares(mesh);
}

/* ---- interface ------------------------------------------------------------------------------- */

bool sw_mesh_insert(sw_mesh *mesh, uint32_t point, uint32_t *twin) {
    uint32_t start = locate(mesh, point);
    long open;
    *twin = SW_MESH_INFINITE;
    mesh->insertions++;
    if (start != SW_MESH_FREE)
        *twin = vertex_at(mesh, start, point);
    if (*twin != SW_MESH_INFINITE)
        return true;
    mesh->contradiction = start == SW_MESH_FREE || !holds(mesh, start, point);
    if (mesh->contradiction || !dig(mesh, start, point))
        return false;
    mesh->contradiction = !is_star_shaped(mesh, point);
    if (mesh->contradiction || !fill(mesh, &open))
        return false;
    mesh->contradiction = open != 0;
    return open == 0;
}

/* Of the first five tetrahedra each lacks one of the five vertices. */
static uint32_t one_without(const sw_mesh *mesh, uint32_t missing) {
    uint32_t t = 0;
    for (int k = 0; k < 4; k++)
        if (mesh->vertex[t][k] == missing) {
            t++;
            k = -1;
        }
    return t;
}

/* The tetrahedron and the four outside, each a neighbour of each. */
bool sw_mesh_begin(sw_mesh *mesh, const uint32_t corner[4]) {
    uint32_t first[4] = {corner[0], corner[1], corner[2], corner[3]};
    const double(*at)[3] = mesh->point;
    if (sw_predicate_side(at[first[0]], at[first[1]], at[first[2]], at[first[3]], 0.0) < 0) {
        first[0] = corner[1];
        first[1] = corner[0];
    }
    for (uint32_t i = 0; i < 5; i++) {
        uint32_t t;
        if (!take_place(mesh, &t))
            return false;
        memcpy(mesh->vertex[t], first, sizeof first);
        mesh->mark[t] = 0;
        if (i == 0)
            continue;
        uint32_t *vertex = mesh->vertex[t], out = i - 1, a = i & 3, b = (i + 1) & 3;
        vertex[out] = SW_MESH_INFINITE;
        uint32_t swapped = vertex[a];
        vertex[a] = vertex[b];
        vertex[b] = swapped;
    }
    for (uint32_t t = 0; t < 5; t++)
        for (int k = 0; k < 4; k++)
            mesh->neighbour[t][k] = one_without(mesh, mesh->vertex[t][k]);
    mesh->last = 0;
    return true;
}

void sw_mesh_clear(sw_mesh *mesh) {
    free(mesh->vertex);
    free(mesh->neighbour);
    free(mesh->mark);
    free(mesh->spare);
    free(mesh->hole);
    free(mesh->face);
    free(mesh->edge);
    memset(mesh, 0, sizeof *mesh);
}
