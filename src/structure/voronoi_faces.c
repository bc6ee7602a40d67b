/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/voronoi_faces.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CONTACT 1e-9       /* of the surface: smaller faces come from rounding */
#define SHORTEST_EDGE 1e-6 /* of the farthest vertex' distance: so do shorter edges */
#define MOST_ROUNDS 20     /* of leaving out small faces */

/* What a face of the polyhedron is. */
enum { NO_FACE, SMALL_FACE, FAR_FACE, FULL_FACE };

sw_status sw_voronoi_maker_create(sw_voronoi_maker *maker, const sw_voronoi_space *space,
                                  const sw_voronoi_options *options) {
    memset(maker, 0, sizeof *maker);
    maker->options = options;
    return sw_voronoi_search_create(&maker->search, space);
}

void sw_voronoi_maker_clear(sw_voronoi_maker *maker) {
    sw_voronoi_search_clear(&maker->search);
    free(maker->face);
    free(maker->rank);
    memset(maker, 0, sizeof *maker);
}

/* ---- which faces count ----------------------------------------------------------------------- */

static double surface_of(const sw_convex_cell *cell) {
    double surface = 0.0;
    for (uint32_t f = 0; f < cell->faces; f++)
        surface += cell->area[f];
    return surface;
}

static uint8_t rank_of(const sw_voronoi_maker *maker, uint32_t face, double surface) {
    const sw_convex_cell *cell = &maker->search.cell;
    double cutoff = maker->options->cutoff, smallest = maker->options->smallest_face;
    if (face < SW_CONVEX_CELL_WALLS || !(cell->area[face] > CONTACT * surface))
        return NO_FACE;
    if (cell->area[face] < smallest * surface)
        return SMALL_FACE;
    bool far = cutoff > 0.0 && 2.0 * cell->offset[face] > cutoff * cutoff;
    return far ? FAR_FACE : FULL_FACE;
}

static sw_status rank_faces(sw_voronoi_maker *maker, double surface) {
    const sw_convex_cell *cell = &maker->search.cell;
    if (!sw_reserve(&maker->rank, &maker->rank_capacity, cell->faces, 1))
        return SW_ERROR_MEMORY;
    for (uint32_t f = 0; f < cell->faces; f++)
        maker->rank[f] = rank_of(maker, f, surface);
    return SW_OK;
}

/* ---- leaving out small faces ----------------------------------------------------------------- */

/* Adds the neighbours of small faces to those that are left out; *found is how many. */
static sw_status exclude_small(sw_voronoi_maker *maker, size_t *found) {
    sw_voronoi_search *search = &maker->search;
    *found = 0;
    for (uint32_t f = SW_CONVEX_CELL_WALLS; f < search->cell.faces; f++) {
        if (maker->rank[f] != SMALL_FACE)
            continue;
        if (!sw_reserve(&search->excluded, &search->excluded_capacity, search->excluded_count + 1,
                        sizeof *search->excluded))
            return SW_ERROR_MEMORY;
        search->excluded[search->excluded_count++] = search->neighbour[f - SW_CONVEX_CELL_WALLS];
        *found += 1;
    }
    return SW_OK;
}

/* Measures the cell. Returns its volume. */
static double measure(sw_convex_cell *cell) {
    return sw_convex_cell_measure(cell, SHORTEST_EDGE * sqrt(sw_convex_cell_reach(cell)));
}

static sw_status recompute(sw_voronoi_maker *maker, size_t place, double *volume) {
    sw_status status = SW_OK;
    size_t found = 1;
    for (int round = 0; round < MOST_ROUNDS && status == SW_OK && found > 0; round++) {
        status = rank_faces(maker, surface_of(&maker->search.cell));
        if (status == SW_OK)
            status = exclude_small(maker, &found);
        if (status != SW_OK || found == 0)
            break;
        status = sw_voronoi_search_cell(&maker->search, place);
        if (status == SW_OK)
            *volume = measure(&maker->search.cell);
        if (maker->search.open)
            break;
    }
    maker->search.excluded_count = 0;
    return status;
}

/* ---- results --------------------------------------------------------------------------------- */

/* Takes an edge off faces that border one that is no face or does not count. */
static void leave_out_edges(sw_voronoi_maker *maker, double shortest) {
    sw_convex_cell *cell = &maker->search.cell;
    for (uint32_t h = 0; h < 4 * cell->vertices; h++) {
        if (h % 4 == 3)
            continue;
        uint32_t v = h / 4, w = cell->twin[h] / 4, other = cell->face[cell->twin[h]];
        double dx = cell->x[w] - cell->x[v], dy = cell->y[w] - cell->y[v],
               dz = cell->z[w] - cell->z[v];
        if (other >= SW_CONVEX_CELL_WALLS && maker->rank[other] == SMALL_FACE &&
            dx * dx + dy * dy + dz * dz > shortest * shortest)
            cell->edges[cell->face[h]]--;
    }
}

static void count_edges(sw_voronoi_atom *atom, sw_voronoi_maker *maker) {
    const sw_convex_cell *cell = &maker->search.cell;
    if (maker->options->smallest_face > 0.0)
        leave_out_edges(maker, SHORTEST_EDGE * atom->reach);
    for (uint32_t f = 0; f < cell->faces; f++) {
        uint32_t edges = cell->edges[f];
        if (maker->rank[f] != FULL_FACE || edges < SW_VORONOI_FEWEST_EDGES)
            continue;
        uint32_t order = edges - SW_VORONOI_FEWEST_EDGES;
        atom->edges[order < SW_VORONOI_ORDERS ? order : SW_VORONOI_ORDERS - 1]++;
    }
}

static void count_faces(sw_voronoi_atom *atom, const sw_voronoi_maker *maker) {
    for (uint32_t f = 0; f < maker->search.cell.faces; f++) {
        atom->faces += maker->rank[f] != NO_FACE;
        atom->coordination += maker->rank[f] == FULL_FACE;
    }
}

/* Adds the faces of the atom, those that count first. */
static sw_status keep_faces(sw_voronoi_maker *maker, const sw_voronoi_atom *atom) {
    const sw_convex_cell *cell = &maker->search.cell;
    if (!sw_reserve(&maker->face, &maker->face_capacity, maker->faces + atom->faces + 1,
                    sizeof *maker->face))
        return SW_ERROR_MEMORY;
    for (int full = 1; full >= 0; full--)
        for (uint32_t f = SW_CONVEX_CELL_WALLS; f < cell->faces; f++) {
            const sw_voronoi_neighbour *other = &maker->search.neighbour[f - SW_CONVEX_CELL_WALLS];
            if (maker->rank[f] == NO_FACE || (maker->rank[f] == FULL_FACE) != full)
                continue;
            sw_voronoi_face *face = &maker->face[maker->faces++];
            *face = (sw_voronoi_face){.area = cell->area[f], .place = other->place};
            memcpy(face->vector, other->vector, sizeof face->vector);
        }
    return SW_OK;
}

/* ---- open cells ------------------------------------------------------------------------------ */

/* Faces of an open cell: without end (area NaN) where they reach a wall; all within the cutoff
 * count. */
static sw_status rank_open(sw_voronoi_maker *maker) {
    sw_convex_cell *cell = &maker->search.cell;
    double cutoff = maker->options->cutoff, near = maker->search.space->near;
    sw_status status = rank_faces(maker, near * near);
    if (status != SW_OK)
        return status;
    for (uint32_t h = 0; h < 4 * cell->vertices; h++)
        if (h % 4 != 3 && cell->face[cell->twin[h]] < SW_CONVEX_CELL_WALLS)
            cell->area[cell->face[h]] = NAN;
    for (uint32_t f = SW_CONVEX_CELL_WALLS; f < cell->faces; f++) {
        bool far = cutoff > 0.0 && 2.0 * cell->offset[f] > cutoff * cutoff;
        if (maker->rank[f] != NO_FACE)
            maker->rank[f] = far ? FAR_FACE : FULL_FACE;
    }
    return SW_OK;
}

static sw_status make_open(sw_voronoi_atom *atom, sw_voronoi_maker *maker) {
    sw_convex_cell *cell = &maker->search.cell;
    double cube = maker->options->cube;
    atom->kind = SW_VORONOI_OPEN;
    atom->volume = atom->surface = atom->reach = NAN;
    if (!(cube > 0.0)) {
        measure(cell);
        return rank_open(maker);
    }
    sw_status status = sw_voronoi_search_restart(&maker->search, cube);
    if (status != SW_OK)
        return status;
    atom->volume = measure(cell);
    atom->surface = surface_of(cell);
    atom->reach = sqrt(sw_convex_cell_reach(cell));
    return rank_faces(maker, atom->surface);
}

/* ---- one atom -------------------------------------------------------------------------------- */

static sw_status make_closed(sw_voronoi_atom *atom, sw_voronoi_maker *maker, double volume) {
    atom->volume = volume;
    atom->surface = surface_of(&maker->search.cell);
    atom->reach = sqrt(sw_convex_cell_reach(&maker->search.cell));
    return rank_faces(maker, atom->surface);
}

sw_status sw_voronoi_make(sw_voronoi_atom *atom, sw_voronoi_maker *maker, size_t place) {
    const sw_voronoi_options *options = maker->options;
    sw_voronoi_search *search = &maker->search;
    double volume = NAN;
    memset(atom, 0, sizeof *atom);
    sw_status status = sw_voronoi_search_cell(search, place);
    if (status == SW_OK && search->coincident)
        return SW_ERROR_NUMERIC;
    if (status == SW_OK && !search->open)
        volume = measure(&search->cell);
    if (status == SW_OK && !search->open && options->recompute && options->smallest_face > 0.0)
        status = recompute(maker, place, &volume);
    if (status == SW_OK)
        status = search->open ? make_open(atom, maker) : make_closed(atom, maker, volume);
    if (status != SW_OK)
        return status;
    count_faces(atom, maker);
    if (atom->kind == SW_VORONOI_CLOSED || options->cube > 0.0)
        count_edges(atom, maker);
    return options->neighbours ? keep_faces(maker, atom) : SW_OK;
}
