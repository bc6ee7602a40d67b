/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PLY (G. Turk, The PLY polygon file format, Stanford 1994), binary and little-endian. */
#include <spillway/io.h>

#include "io/sink.h"

#include <string.h>

static void put_word(unsigned char *bytes, uint64_t word, int size) {
    for (int k = 0; k < size; k++)
        bytes[k] = (unsigned char)(word >> (8 * k) & 0xFF);
}

static void write_header(sw_sink *sink, const sw_mesh *mesh) {
    sw_sink_print(sink,
                  "ply\nformat binary_little_endian 1.0\ncomment Spillway, lengths in angstroms\n"
                  "element vertex %zu\nproperty double x\nproperty double y\nproperty double z\n"
                  "element face %zu\nproperty list uchar int vertex_indices\nproperty int body\n"
                  "end_header\n",
                  sw_mesh_vertices(mesh), sw_mesh_triangles(mesh));
}

static void write_vertices(sw_sink *sink, const sw_mesh *mesh) {
    const double *position = sw_mesh_positions_const(mesh);
    for (size_t i = 0; i < 3 * sw_mesh_vertices(mesh); i++) {
        unsigned char bytes[8];
        uint64_t word;
        memcpy(&word, &position[i], sizeof word);
        put_word(bytes, word, 8);
        sw_sink_write(sink, bytes, sizeof bytes);
    }
}

/* One count of corners, three corners, the body. */
static void write_faces(sw_sink *sink, const sw_mesh *mesh) {
    for (size_t t = 0; t < sw_mesh_triangles(mesh); t++) {
        unsigned char bytes[17] = {3};
        for (size_t c = 0; c < 3; c++)
            put_word(bytes + 1 + 4 * c, sw_mesh_corners_const(mesh)[3 * t + c], 4);
        put_word(bytes + 13, sw_mesh_bodies_const(mesh)[t], 4);
        sw_sink_write(sink, bytes, sizeof bytes);
    }
}

/* PLY has no unsigned integers that all programs read. */
static sw_status check(const sw_mesh *mesh, const char *path, sw_error *error) {
    if (sw_mesh_vertices(mesh) > INT32_MAX)
        return sw_error_set(error, SW_ERROR_ARGUMENT, path, NULL,
                            "PLY holds at most 2^31 - 1 vertices");
    for (size_t i = 0; i < 3 * sw_mesh_triangles(mesh); i++)
        if (sw_mesh_corners_const(mesh)[i] >= sw_mesh_vertices(mesh))
            return sw_error_set(error, SW_ERROR_ARGUMENT, path, NULL,
                                "triangle %zu has a corner that is no vertex", i / 3 + 1);
    return SW_OK;
}

sw_status sw_write_mesh(const char *path, const sw_mesh *mesh, sw_error *error) {
    sw_sink sink;
    sw_status status = check(mesh, path, error);
    if (status == SW_OK)
        status = sw_sink_open(&sink, path, false, error);
    if (status != SW_OK)
        return status;
    write_header(&sink, mesh);
    write_vertices(&sink, mesh);
    write_faces(&sink, mesh);
    return sw_sink_commit(&sink, error);
}
