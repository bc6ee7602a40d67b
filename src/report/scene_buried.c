/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which atoms can be left out of a picture. An atom is enclosed when each of 26 directions (to the
 * faces, edges and corners of a cube) has a neighbour within the cutoff at less than 60 degrees;
 * it is buried when all its neighbours are enclosed too. Periodic images do not count: what lies
 * at a face of the box can be seen.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/scene.h"

static const float cutoff = 3.6F; /* A: covers the first shell of metals and oxides */
#define GRID_LIMIT 160            /* cells along an axis */

typedef struct grid {
    float low[3], cell[3];
    int size[3];
    int32_t *first; /* [cells], -1: empty */
    int32_t *next;  /* [atoms] */
} grid;

static void cell_of(int cell[3], const grid *cells, const float *position) {
    for (int k = 0; k < 3; k++) {
        int index = (int)((position[k] - cells->low[k]) / cells->cell[k]);
        cell[k] = index < 0 ? 0 : index >= cells->size[k] ? cells->size[k] - 1 : index;
    }
}

static size_t cell_index(const grid *cells, int x, int y, int z) {
    return ((size_t)z * (size_t)cells->size[1] + (size_t)y) * (size_t)cells->size[0] + (size_t)x;
}

static void shape_grid(grid *cells, const sw_scene *scene) {
    for (int k = 0; k < 3; k++) {
        double extent = scene->high[k] - scene->low[k];
        double wanted = floor(extent / (double)cutoff);
        cells->size[k] = wanted < 1 ? 1 : wanted > GRID_LIMIT ? GRID_LIMIT : (int)wanted;
        cells->low[k] = (float)scene->low[k];
        cells->cell[k] = (float)(extent / cells->size[k]) + 1e-3F;
    }
}

static bool fill_grid(grid *cells, const sw_scene_frame *frame) {
    size_t total = (size_t)cells->size[0] * (size_t)cells->size[1] * (size_t)cells->size[2];
    cells->first = malloc(total * sizeof *cells->first);
    cells->next = malloc((frame->count + 1) * sizeof *cells->next);
    if (cells->first == NULL || cells->next == NULL) {
        return false;
    }
    memset(cells->first, -1, total * sizeof *cells->first); /* -1 in each */
    for (size_t i = 0; i < frame->count; i++) {
        int cell[3];
        cell_of(cell, cells, frame->position + 3 * i);
        size_t index = cell_index(cells, cell[0], cell[1], cell[2]);
        cells->next[i] = cells->first[index];
        cells->first[index] = (int32_t)i;
    }
    return true;
}

/* The directions that a neighbour at d covers, one bit each. */
static unsigned covered_by(const float d[3], float distance2) {
    unsigned mask = 0;
    for (int n = 0; n < 27; n++) {
        int x = n % 3 - 1, y = n / 3 % 3 - 1, z = n / 9 - 1;
        float length2 = (float)(x * x + y * y + z * z);
        float dot = d[0] * (float)x + d[1] * (float)y + d[2] * (float)z;
        bool within_60_degrees = dot > 0 && 4 * dot * dot > length2 * distance2;
        mask |= within_60_degrees ? 1U << n : 0;
    }
    return mask;
}

static const unsigned all_directions = ((1U << 27) - 1) & ~(1U << 13);

/* Looks at the neighbours of an atom: the directions they cover, or
 * whether all of them are in `enclosed`. */
static void look_around(unsigned *mask, bool *all_enclosed, const grid *cells,
                        const sw_scene_frame *frame, size_t atom, const bool *enclosed,
                        size_t cell) {
    const float *centre = frame->position + 3 * atom;
    for (int32_t j = cells->first[cell]; j >= 0; j = cells->next[j]) {
        const float *other = frame->position + 3 * (size_t)j;
        float d[3] = {other[0] - centre[0], other[1] - centre[1], other[2] - centre[2]};
        float distance2 = d[0] * d[0] + d[1] * d[1] + d[2] * d[2];
        if ((size_t)j != atom && distance2 <= cutoff * cutoff) {
            *mask |= enclosed == NULL ? covered_by(d, distance2) : 0;
            *all_enclosed = *all_enclosed && (enclosed == NULL || enclosed[j]);
        }
    }
}

/* Without `enclosed`: is the atom enclosed? With it: are all its neighbours? */
static bool closed_around(const grid *cells, const sw_scene_frame *frame, size_t atom,
                          const bool *enclosed) {
    int at[3];
    unsigned mask = 0;
    bool all_enclosed = true;
    cell_of(at, cells, frame->position + 3 * atom);
    for (int n = 0; n < 27; n++) {
        int x = at[0] + n % 3 - 1, y = at[1] + n / 3 % 3 - 1, z = at[2] + n / 9 - 1;
        if (x >= 0 && y >= 0 && z >= 0 && x < cells->size[0] && y < cells->size[1] &&
            z < cells->size[2]) {
            look_around(&mask, &all_enclosed, cells, frame, atom, enclosed,
                        cell_index(cells, x, y, z));
        }
    }
    return all_enclosed && (enclosed != NULL || mask == all_directions);
}

static bool mark_buried(sw_scene_frame *frame, const sw_scene *scene) {
    grid cells = {0};
    bool *enclosed = calloc(frame->count + 1, sizeof *enclosed);
    free(frame->hidden);
    frame->hidden = calloc(frame->count + 1, sizeof *frame->hidden);
    shape_grid(&cells, scene);
    bool done = enclosed != NULL && frame->hidden != NULL && frame->count < INT32_MAX &&
                fill_grid(&cells, frame);
    for (size_t i = 0; done && i < frame->count; i++) {
        enclosed[i] = closed_around(&cells, frame, i, NULL);
    }
    for (size_t i = 0; done && i < frame->count; i++) {
        frame->hidden[i] = enclosed[i] && closed_around(&cells, frame, i, enclosed);
    }
    free(cells.first);
    free(cells.next);
    free(enclosed);
    return done;
}

sw_status sw_scene_find_buried(sw_scene *scene, sw_error *error) {
    for (size_t i = 0; i < scene->frames; i++) {
        if (!mark_buried(&scene->frame[i], scene)) {
            return sw_error_set(error, SW_ERROR_MEMORY, "trajectory", NULL,
                                "not enough memory to find the buried atoms");
        }
    }
    return SW_OK;
}
