/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A triangulation that grows point by point. Outside of the hull every face has a tetrahedron too,
 * with a vertex at infinity, so that the tetrahedra close around everything and the hull needs no
 * rules of its own.
 */
#ifndef SPILLWAY_STRUCTURE_DELAUNAY_MESH_H
#define SPILLWAY_STRUCTURE_DELAUNAY_MESH_H

#include <spillway/base.h>

#define SW_MESH_INFINITE UINT32_MAX

typedef struct sw_mesh_face sw_mesh_face;
typedef struct sw_mesh_edge sw_mesh_edge;

typedef struct sw_mesh {
    const double (*point)[3]; /* not owned */
    double tie;               /* see predicates.h */
    uint32_t (*vertex)[4];    /* [used] */
    uint32_t (*neighbour)[4]; /* [used] */
    uint32_t *mark; /* [used] by the insertion that looked: 2 n, and 2 n + 1 where its sphere
                       holds the point; SW_MESH_FREE */
    size_t used, vertex_capacity, neighbour_capacity, mark_capacity;
    uint32_t *spare; /* [spares] places of removed tetrahedra */
    size_t spares, spare_capacity;
    uint32_t *hole; /* [holes] tetrahedra to be removed */
    size_t holes, hole_capacity;
    sw_mesh_face *face; /* [faces] of the hole */
    size_t faces, face_capacity;
    sw_mesh_edge *edge; /* [edge_capacity] hash table, a power of two */
    size_t edge_capacity;
    uint32_t insertions;
    uint32_t last;      /* where to begin to walk */
    bool contradiction; /* ties that do not fit together: begin again with tie = 0 */
} sw_mesh;

#define SW_MESH_FREE UINT32_MAX

/* Begins with a tetrahedron of points, side(corner) != 0. False: no memory. */
bool sw_mesh_begin(sw_mesh *mesh, const uint32_t corner[4]);
/* Inserts a point. *twin is the vertex that stands at the same place, and nothing changes then,
 * else SW_MESH_INFINITE. False: no memory, or a contradiction (and the mesh is of no more use). */
bool sw_mesh_insert(sw_mesh *mesh, uint32_t point, uint32_t *twin);
void sw_mesh_clear(sw_mesh *mesh);

#endif
