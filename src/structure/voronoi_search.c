/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/voronoi_search.h"

#include "base/memory.h"
#include "structure/voronoi_far.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BUCKETS 64
#define CUBE 2.0        /* half the side of the first cube, in units of the near distance */
#define RING_GROWTH 1.5 /* of the distance searched */
#define FEWEST_CUTS 5   /* before them a cell is too large to be worth measuring */

/* ---- memory ---------------------------------------------------------------------------------- */

sw_status sw_voronoi_search_create(sw_voronoi_search *search, const sw_voronoi_space *space) {
    memset(search, 0, sizeof *search);
    search->space = space;
    return sw_convex_cell_create(&search->cell) ? SW_OK : SW_ERROR_MEMORY;
}

void sw_voronoi_search_clear(sw_voronoi_search *search) {
    void *arrays[] = {search->neighbour,         search->excluded,
                      search->candidates.hit,    search->candidates.bucket,
                      search->candidates.square, search->candidates.order};
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++)
        free(arrays[i]);
    sw_nearby_clear(&search->near.nearby);
    sw_nearby_clear(&search->ring.nearby);
    sw_convex_cell_clear(&search->cell);
    memset(search, 0, sizeof *search);
}

static bool resize(void *items, size_t count, size_t size) {
    void **array = items, *moved = sw_reallocate(*array, count, size);
    if (moved)
        *array = moved;
    return moved != NULL;
}

static bool reserve_candidates(sw_voronoi_candidates *list, size_t needed) {
    if (needed <= list->capacity)
        return true;
    size_t count = 2 * needed + 64;
    if (!resize(&list->hit, count, sizeof *list->hit) ||
        !resize(&list->bucket, count, sizeof *list->bucket) ||
        !resize(&list->square, count, sizeof *list->square) ||
        !resize(&list->order, count, sizeof *list->order))
        return false;
    list->capacity = count;
    return true;
}

/* ---- candidates ------------------------------------------------------------------------------ */

/* Everything within the distance of the atom at a place, and of all others in its cell of the grid.
 */
static sw_status gather(sw_voronoi_gathered *gathered, const sw_grid *grid, size_t place,
                        double distance) {
    int64_t cell[3];
    if (gathered->distance >= distance && gathered->key == grid->key[place])
        return SW_OK;
    sw_grid_cell(cell, grid, place);
    gathered->distance = 0.0;
    sw_status status = sw_nearby_gather(&gathered->nearby, grid, cell, distance, 0);
    if (status != SW_OK)
        return status;
    gathered->key = grid->key[place];
    gathered->distance = distance;
    return SW_OK;
}

/* Lists what is from `low` to below `high` A^2 away, without the atom itself. */
static sw_status list_candidates(sw_voronoi_search *search, sw_nearby *nearby, size_t place,
                                 double low, double high) {
    sw_voronoi_candidates *list = &search->candidates;
    const double *from = search->space->grid.position[place];
    double close = search->space->close * search->space->close;
    size_t hits = sw_nearby_within(nearby, from, high), found = 0;
    if (!reserve_candidates(list, hits))
        return SW_ERROR_MEMORY;
    for (size_t h = 0; h < hits; h++) {
        double square = nearby->squared[nearby->hit[h]];
        list->hit[found] = (uint32_t)h;
        list->square[found] = square;
        if (square <= close && low <= close && !sw_nearby_is_itself(nearby, h, place))
            search->coincident = true;
        found += square >= low && square > close;
    }
    list->count = found;
    return SW_OK;
}

/* Orders the list by distance, bucket by bucket. */
static void order_candidates(sw_voronoi_candidates *list, double low, double high) {
    uint32_t start[BUCKETS + 1] = {0};
    double scale = BUCKETS / (high - low);
    for (size_t c = 0; c < list->count; c++) {
        int bucket = (int)((list->square[c] - low) * scale);
        bucket = bucket < 0 ? 0 : bucket >= BUCKETS ? BUCKETS - 1 : bucket;
        list->bucket[c] = (uint32_t)bucket;
        start[bucket + 1]++;
    }
    for (int b = 0; b < BUCKETS; b++)
        start[b + 1] += start[b];
    for (size_t c = 0; c < list->count; c++)
        list->order[start[list->bucket[c]]++] = (uint32_t)c;
}

/* ---- cutting --------------------------------------------------------------------------------- */

static bool is_excluded(const sw_voronoi_search *search, uint32_t place, const double vector[3]) {
    for (size_t i = 0; i < search->excluded_count; i++) {
        const sw_voronoi_neighbour *other = &search->excluded[i];
        if (other->place != place)
            continue;
        double distance = fabs(vector[0] - other->vector[0]) + fabs(vector[1] - other->vector[1]) +
                          fabs(vector[2] - other->vector[2]);
        if (distance <= search->space->close)
            return true;
    }
    return false;
}

sw_convex_cut sw_voronoi_try(sw_voronoi_search *search, uint32_t place, const double vector[3]) {
    if (search->excluded_count > 0 && is_excluded(search, place, vector))
        return SW_CUT_NOTHING;
    sw_convex_cut cut = sw_convex_cell_cut(&search->cell, vector);
    if (cut != SW_CUT_FACE)
        return cut;
    size_t index = search->cell.faces - 1 - SW_CONVEX_CELL_WALLS;
    if (!sw_reserve(&search->neighbour, &search->neighbour_capacity, index + 1,
                    sizeof *search->neighbour))
        return SW_CUT_NO_MEMORY;
    search->neighbour[index].place = place;
    memcpy(search->neighbour[index].vector, vector, sizeof search->neighbour->vector);
    return SW_CUT_FACE;
}

/* Cuts with what is listed; *reach is the square of twice the farthest vertex' distance, which
 * candidates must be nearer than. */
static sw_status try_candidates(sw_voronoi_search *search, const sw_nearby *nearby,
                                const double from[3], double *reach) {
    const sw_voronoi_candidates *list = &search->candidates;
    for (size_t i = 0; i < list->count; i++) {
        uint32_t c = list->order[i];
        double vector[3];
        if (list->square[c] > *reach)
            continue;
        sw_nearby_vector(vector, nearby, list->hit[c], from);
        sw_convex_cut cut =
            sw_voronoi_try(search, nearby->place[nearby->hit[list->hit[c]]], vector);
        if (cut == SW_CUT_NO_MEMORY)
            return SW_ERROR_MEMORY;
        if (cut == SW_CUT_FACE && search->cell.faces > SW_CONVEX_CELL_WALLS + FEWEST_CUTS)
            *reach = 4.0 * sw_convex_cell_reach(&search->cell);
    }
    return SW_OK;
}

static void start_cell(sw_voronoi_search *search, double half) {
    search->half = half;
    sw_convex_cell_start(&search->cell, half, search->space->tolerance + 64.0 * DBL_EPSILON * half);
}

sw_status sw_voronoi_search_restart(sw_voronoi_search *search, double half) {
    sw_convex_cell *cell = &search->cell;
    uint32_t faces = cell->faces, kept = 0;
    memset(cell->edges, 0, faces * sizeof *cell->edges);
    for (uint32_t h = 0; h < 4 * cell->vertices; h++)
        if (h % 4 != 3)
            cell->edges[cell->face[h]]++;
    for (uint32_t f = SW_CONVEX_CELL_WALLS; f < faces; f++)
        if (cell->edges[f] > 0)
            search->neighbour[kept++] = search->neighbour[f - SW_CONVEX_CELL_WALLS];
    start_cell(search, half);
    for (uint32_t i = 0; i < kept; i++) {
        sw_voronoi_neighbour next = search->neighbour[i];
        if (sw_voronoi_try(search, next.place, next.vector) == SW_CUT_NO_MEMORY)
            return SW_ERROR_MEMORY;
    }
    return SW_OK;
}

/* ---- one cell -------------------------------------------------------------------------------- */

/* Gathers, lists and tries all from `low` to below `high` (A) away. */
static sw_status search_shell(sw_voronoi_search *search, sw_voronoi_gathered *gathered,
                              size_t place, double low, double high, double *reach) {
    const sw_grid *grid = &search->space->grid;
    sw_status status = gather(gathered, grid, place, high);
    if (status == SW_OK)
        status = list_candidates(search, &gathered->nearby, place, low * low, high * high);
    if (status != SW_OK || search->coincident)
        return status;
    order_candidates(&search->candidates, low * low, high * high);
    status = try_candidates(search, &gathered->nearby, grid->position[place], reach);
    *reach = 4.0 * sw_convex_cell_reach(&search->cell);
    return status;
}

sw_status sw_voronoi_search_cell(sw_voronoi_search *search, size_t place) {
    double searched = search->space->near, reach = INFINITY;
    search->open = search->coincident = false;
    start_cell(search, fmin(CUBE * searched, search->space->largest));
    double widest = 4.0 * search->half * search->half;
    sw_status status = search_shell(search, &search->near, place, 0.0, searched, &reach);
    while (status == SW_OK && !search->coincident && reach > searched * searched &&
           widest > searched * searched) {
        double next = RING_GROWTH * searched;
        status = search_shell(search, &search->ring, place, searched, next, &reach);
        searched = next;
    }
    if (status == SW_OK && !search->coincident && !(reach < widest))
        status = sw_voronoi_search_far(search, place);
    return status;
}
