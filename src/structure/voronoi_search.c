/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/voronoi_search.h"

#include "base/matrix.h"
#include "base/memory.h"
#include "structure/voronoi_far.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__SANITIZE_THREAD__)
#define WIDE_VECTORS __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define WIDE_VECTORS
#endif

#define BUCKETS 64
#define CUBE 2.0        /* half the side of the first cube, in units of the near distance */
#define RING_GROWTH 1.5 /* of the distance searched, at most */

/* ---- memory ------------------------------------------------------------------------------------- */

sw_status sw_voronoi_search_create(sw_voronoi_search *search, const sw_voronoi_space *space) {
    memset(search, 0, sizeof *search);
    search->space = space;
    return sw_convex_cell_create(&search->cell) ? SW_OK : SW_ERROR_MEMORY;
}

void sw_voronoi_search_clear(sw_voronoi_search *search) {
    void *arrays[] = {search->neighbour,         search->excluded,
                      search->near.place,        search->near.x,
                      search->near.y,            search->near.z,
                      search->near.square,       search->candidates.place,
                      search->candidates.vector, search->candidates.square,
                      search->candidates.order,  search->candidates.bucket,
                      search->runs};
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++)
        free(arrays[i]);
    sw_convex_cell_clear(&search->cell);
    memset(search, 0, sizeof *search);
}

static bool resize(void *items, size_t count, size_t size) {
    void **array = items, *moved = sw_reallocate(*array, count, size);
    if (moved)
        *array = moved;
    return moved != NULL;
}

static bool reserve_near(sw_voronoi_near *near, size_t needed) {
    if (needed <= near->capacity)
        return true;
    size_t count = 2 * needed + 64;
    if (!resize(&near->place, count, sizeof *near->place) ||
        !resize(&near->x, count, sizeof *near->x) || !resize(&near->y, count, sizeof *near->y) ||
        !resize(&near->z, count, sizeof *near->z) ||
        !resize(&near->square, count, sizeof *near->square))
        return false;
    near->capacity = count;
    return true;
}

static bool reserve_candidates(sw_voronoi_candidates *list, size_t needed) {
    if (needed <= list->capacity)
        return true;
    size_t count = 2 * needed + 64;
    if (!resize(&list->place, count, sizeof *list->place) ||
        !resize(&list->vector, count, sizeof *list->vector) ||
        !resize(&list->square, count, sizeof *list->square) ||
        !resize(&list->order, count, sizeof *list->order) ||
        !resize(&list->bucket, count, sizeof *list->bucket))
        return false;
    list->capacity = count;
    return true;
}

/* The runs around a cell of the grid, all that lies within `distance` of its atoms among them. */
static bool find_runs(sw_voronoi_search *search, size_t place, double distance, size_t *count) {
    const sw_grid *grid = &search->space->grid;
    int64_t cell[3], reach[3];
    sw_grid_cell(cell, grid, place);
    sw_grid_reach(reach, grid, distance);
    if (!sw_reserve(&search->runs, &search->run_capacity, sw_grid_run_limit(grid, reach),
                    sizeof *search->runs))
        return false;
    *count = sw_grid_runs(search->runs, grid, cell, reach);
    return true;
}

/* ---- candidates: near ones ---------------------------------------------------------------------- */

/* The box around all atoms in the cell of the grid that `place` is in. */
static void find_cell_box(double low[3], double high[3], const sw_grid *grid, size_t place) {
    size_t first = place, end = place + 1;
    while (first > 0 && grid->key[first - 1] == grid->key[place])
        first--;
    while (end < grid->atoms && grid->key[end] == grid->key[place])
        end++;
    memcpy(low, grid->position[first], 3 * sizeof *low);
    memcpy(high, grid->position[first], 3 * sizeof *high);
    for (size_t i = first + 1; i < end; i++)
        for (int k = 0; k < 3; k++) {
            low[k] = fmin(low[k], grid->position[i][k]);
            high[k] = fmax(high[k], grid->position[i][k]);
        }
}

static void take_near_run(sw_voronoi_near *near, const sw_grid *grid, const sw_grid_run *run,
                          const double low[3], const double high[3], double square) {
    for (size_t j = run->first; j < run->end; j++) {
        double at[3], distance = 0.0;
        for (int k = 0; k < 3; k++) {
            at[k] = grid->position[j][k] + run->shift[k];
            double below = low[k] - at[k], above = at[k] - high[k];
            double beside = below > above ? below : above;
            beside = beside > 0.0 ? beside : 0.0;
            distance += beside * beside;
        }
        near->place[near->count] = (uint32_t)j;
        near->x[near->count] = at[0];
        near->y[near->count] = at[1];
        near->z[near->count] = at[2];
        near->count += distance < square;
    }
}

static sw_status gather_near(sw_voronoi_search *search, size_t place) {
    const sw_grid *grid = &search->space->grid;
    sw_voronoi_near *near = &search->near;
    double low[3], high[3], square = search->space->near * search->space->near;
    size_t runs;
    if (near->filled && near->key == grid->key[place])
        return SW_OK;
    if (!find_runs(search, place, search->space->near, &runs))
        return SW_ERROR_MEMORY;
    find_cell_box(low, high, grid, place);
    near->count = 0;
    for (size_t r = 0; r < runs; r++) {
        const sw_grid_run *run = &search->runs[r];
        if (!reserve_near(near, near->count + (run->end - run->first) + 8))
            return SW_ERROR_MEMORY;
        take_near_run(near, grid, run, low, high, square * (1.0 + 1e-9));
    }
    near->key = grid->key[place];
    near->filled = true;
    return SW_OK;
}

WIDE_VECTORS static void find_squares(double *restrict square, const double *restrict x,
                                      const double *restrict y, const double *restrict z,
                                      size_t count, const double *restrict from) {
    double x0 = from[0], y0 = from[1], z0 = from[2];
    for (size_t i = 0; i < count; i++) {
        double dx = x[i] - x0, dy = y[i] - y0, dz = z[i] - z0;
        square[i] = dx * dx + dy * dy + dz * dz;
    }
}

/* Fills the list with atoms nearer than `high`, A^2, those at no distance too. */
static sw_status list_near(sw_voronoi_search *search, size_t place, double high) {
    sw_voronoi_candidates *list = &search->candidates;
    sw_voronoi_near *near = &search->near;
    const double *from = search->space->grid.position[place];
    sw_status status = gather_near(search, place);
    if (status != SW_OK || !reserve_candidates(list, near->count + 1))
        return SW_ERROR_MEMORY;
    find_squares(near->square, near->x, near->y, near->z, near->count, from);
    size_t found = 0;
    for (size_t i = 0; i < near->count; i++) {
        list->bucket[found] = (uint32_t)i;
        found += near->square[i] < high;
    }
    for (size_t c = 0; c < found; c++) {
        size_t i = list->bucket[c];
        list->place[c] = near->place[i];
        list->square[c] = near->square[i];
        list->vector[c][0] = near->x[i] - from[0];
        list->vector[c][1] = near->y[i] - from[1];
        list->vector[c][2] = near->z[i] - from[2];
    }
    list->count = found;
    return SW_OK;
}

/* ---- candidates: rings -------------------------------------------------------------------------- */

/* Fills the list with atoms from `low` to below `high`, A^2. */
static sw_status list_ring(sw_voronoi_search *search, size_t place, double low, double high) {
    const sw_grid *grid = &search->space->grid;
    sw_voronoi_candidates *list = &search->candidates;
    const double *from = grid->position[place];
    size_t runs;
    list->count = 0;
    if (!find_runs(search, place, sqrt(high), &runs))
        return SW_ERROR_MEMORY;
    for (size_t r = 0; r < runs; r++) {
        const sw_grid_run run = search->runs[r];
        if (!reserve_candidates(list, list->count + (run.end - run.first) + 1))
            return SW_ERROR_MEMORY;
        size_t found = list->count;
        for (size_t j = run.first; j < run.end; j++) {
            double dx = grid->position[j][0] + run.shift[0] - from[0];
            double dy = grid->position[j][1] + run.shift[1] - from[1];
            double dz = grid->position[j][2] + run.shift[2] - from[2];
            double square = dx * dx + dy * dy + dz * dz;
            list->place[found] = (uint32_t)j;
            list->square[found] = square;
            list->vector[found][0] = dx;
            list->vector[found][1] = dy;
            list->vector[found][2] = dz;
            found += square >= low && square < high;
        }
        list->count = found;
    }
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

/* ---- cutting ------------------------------------------------------------------------------------ */

static bool is_excluded(const sw_voronoi_search *search, uint32_t place, const double vector[3]) {
    for (size_t i = 0; i < search->excluded_count; i++) {
        const sw_voronoi_neighbour *other = &search->excluded[i];
        double distance = fabs(vector[0] - other->vector[0]) + fabs(vector[1] - other->vector[1]) +
                          fabs(vector[2] - other->vector[2]);
        if (other->place == place && distance <= search->space->close)
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

/* Cuts with the list; *reach is the square of twice the farthest vertex' distance, which candidates
 * must be nearer than. */
static sw_status try_candidates(sw_voronoi_search *search, double *reach) {
    const sw_voronoi_candidates *list = &search->candidates;
    for (size_t i = 0; i < list->count; i++) {
        uint32_t c = list->order[i];
        if (list->square[c] > *reach)
            continue;
        sw_convex_cut cut = sw_voronoi_try(search, list->place[c], list->vector[c]);
        if (cut == SW_CUT_NO_MEMORY)
            return SW_ERROR_MEMORY;
        if (cut == SW_CUT_FACE && search->cell.faces > SW_CONVEX_CELL_WALLS + 5)
            *reach = 4.0 * sw_convex_cell_reach(&search->cell);
    }
    return SW_OK;
}

static void start_cell(sw_voronoi_search *search, double half) {
    search->half = half;
    sw_convex_cell_start(&search->cell, half,
                         search->space->tolerance + 64.0 * DBL_EPSILON * half);
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

/* ---- one cell ----------------------------------------------------------------------------------- */

static void count_coincident(sw_voronoi_search *search) {
    const sw_voronoi_candidates *list = &search->candidates;
    double close = search->space->close;
    size_t here = 0;
    for (size_t c = 0; c < list->count; c++)
        here += list->square[c] <= close * close;
    search->coincident = here > 1;
}

/* The atom itself and, where there are any, those on top of it are not tried. */
static void drop_coincident(sw_voronoi_search *search) {
    sw_voronoi_candidates *list = &search->candidates;
    double close = search->space->close;
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        list->order[kept] = list->order[i];
        kept += list->square[list->order[i]] > close * close;
    }
    list->count = kept;
}

/* Whether the cell is complete: nothing that was not searched can cut, and no wall is left. */
static bool is_closed(const sw_voronoi_search *search, double reach, double searched) {
    return reach <= searched * searched && reach < 4.0 * search->half * search->half;
}

static sw_status search_rings(sw_voronoi_search *search, size_t place, double *reach) {
    double searched = search->space->near, end = 2.0 * search->half;
    sw_status status = SW_OK;
    while (status == SW_OK && searched < end && *reach > searched * searched) {
        double next = fmin(fmin(sqrt(*reach) * (1.0 + 1e-9), RING_GROWTH * searched), end);
        status = list_ring(search, place, searched * searched, next * next);
        if (status == SW_OK) {
            order_candidates(&search->candidates, searched * searched, next * next);
            status = try_candidates(search, reach);
        }
        *reach = 4.0 * sw_convex_cell_reach(&search->cell);
        searched = next;
    }
    return status;
}

sw_status sw_voronoi_search_cell(sw_voronoi_search *search, size_t place) {
    double near = search->space->near, reach = INFINITY;
    search->open = search->coincident = false;
    start_cell(search, fmin(CUBE * near, search->space->largest));
    sw_status status = list_near(search, place, near * near);
    if (status != SW_OK)
        return status;
    count_coincident(search);
    if (search->coincident)
        return SW_OK;
    order_candidates(&search->candidates, 0.0, near * near);
    drop_coincident(search);
    status = try_candidates(search, &reach);
    reach = 4.0 * sw_convex_cell_reach(&search->cell);
    if (status == SW_OK && !is_closed(search, reach, near))
        status = search_rings(search, place, &reach);
    if (status == SW_OK && !(reach < 4.0 * search->half * search->half))
        status = sw_voronoi_search_far(search, place);
    return status;
}
