/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/face_neighbours.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static sw_status allocate(sw_neighbours *neighbours, double **areas, const sw_voronoi *voronoi) {
    size_t faces = 0;
    for (size_t i = 0; i < voronoi->atoms; i++)
        faces += voronoi->atom[i].coordination;
    memset(neighbours, 0, sizeof *neighbours);
    neighbours->atoms = voronoi->atoms;
    neighbours->first = sw_allocate(voronoi->atoms + 1, sizeof *neighbours->first);
    neighbours->index = sw_allocate(faces, sizeof *neighbours->index);
    neighbours->vector = sw_allocate(faces, sizeof *neighbours->vector);
    neighbours->distance = sw_allocate(faces, sizeof *neighbours->distance);
    *areas = sw_allocate(faces, sizeof **areas);
    return neighbours->first && neighbours->index && neighbours->vector && neighbours->distance &&
                   *areas
               ? SW_OK
               : SW_ERROR_MEMORY;
}

static void fill(sw_neighbours *neighbours, double *areas, const sw_voronoi *voronoi) {
    size_t k = 0;
    for (size_t i = 0; i < voronoi->atoms; i++) {
        size_t from = voronoi->first[i];
        for (size_t f = from; f < from + voronoi->atom[i].coordination; f++, k++) {
            const double *v = voronoi->vector[f];
            neighbours->index[k] = voronoi->neighbour[f];
            memcpy(neighbours->vector[k], v, sizeof neighbours->vector[k]);
            neighbours->distance[k] = sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
            areas[k] = isfinite(voronoi->area[f]) ? voronoi->area[f] : 0.0;
        }
        neighbours->first[i + 1] = k;
    }
}

sw_status sw_face_neighbours(sw_neighbours *neighbours, double **areas, const sw_voronoi *voronoi,
                             sw_error *error) {
    sw_status status = allocate(neighbours, areas, voronoi);
    if (status == SW_OK) {
        fill(neighbours, *areas, voronoi);
        return SW_OK;
    }
    sw_neighbours_clear(neighbours);
    free(*areas);
    *areas = NULL;
    return sw_error_set(error, status, "neighbours", NULL, "not enough memory for the faces");
}
