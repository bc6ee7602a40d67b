/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <spillway/data.h>

#include "base/memory.h"

#include <stdlib.h>

struct sw_mesh {
    size_t vertices, triangles;
    double *position; /* [vertices][3] */
    uint32_t *corner; /* [triangles][3] */
    uint32_t *body;   /* [triangles] */
};

sw_status sw_mesh_create(sw_mesh **mesh, size_t vertices, size_t triangles) {
    *mesh = NULL;
    if (vertices >= UINT32_MAX)
        return SW_ERROR_ARGUMENT;
    sw_mesh *made = sw_allocate(1, sizeof *made);
    if (!made)
        return SW_ERROR_MEMORY;
    made->vertices = vertices;
    made->triangles = triangles;
    made->position = sw_allocate(vertices, 3 * sizeof *made->position);
    made->corner = sw_allocate(triangles, 3 * sizeof *made->corner);
    made->body = sw_allocate(triangles, sizeof *made->body);
    if (!made->position || !made->corner || !made->body) {
        sw_mesh_destroy(made);
        return SW_ERROR_MEMORY;
    }
    *mesh = made;
    return SW_OK;
}

void sw_mesh_destroy(sw_mesh *mesh) {
    if (!mesh)
        return;
    free(mesh->position);
    free(mesh->corner);
    free(mesh->body);
    free(mesh);
}

size_t sw_mesh_vertices(const sw_mesh *mesh) {
    return mesh->vertices;
}

size_t sw_mesh_triangles(const sw_mesh *mesh) {
    return mesh->triangles;
}

double *sw_mesh_positions(sw_mesh *mesh) {
    return mesh->position;
}

const double *sw_mesh_positions_const(const sw_mesh *mesh) {
    return mesh->position;
}

uint32_t *sw_mesh_corners(sw_mesh *mesh) {
    return mesh->corner;
}

const uint32_t *sw_mesh_corners_const(const sw_mesh *mesh) {
    return mesh->corner;
}

uint32_t *sw_mesh_bodies(sw_mesh *mesh) {
    return mesh->body;
}

const uint32_t *sw_mesh_bodies_const(const sw_mesh *mesh) {
    return mesh->body;
}
