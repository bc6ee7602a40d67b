/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/nearby.h"

#include "base/memory.h"
#include "structure/wide.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FINEST 3 /* cells a distance */
#define ATOMS_A_CELL 3.0

double sw_nearby_width(const sw_atoms *atoms, double distance) {
    sw_box box;
    if (sw_box_create(&box, atoms, NULL) != SW_OK || sw_atoms_count(atoms) == 0)
        return distance;
    double volume = 1.0, width = distance;
    for (int d = 0; d < 3; d++)
        volume *= box.height[d]; /* not above the true one */
    double room = ATOMS_A_CELL * volume / (double)sw_atoms_count(atoms);
    for (int n = FINEST; n > 1 && width == distance; n--)
        if (pow(distance / n, 3.0) >= room)
            width = distance / n;
    return width;
}

double sw_square_limit(double distance) {
    double square = distance * distance;
    while (square > 0.0 && sqrt(square) >= distance)
        square = nextafter(square, 0.0);
    while (sqrt(square) < distance)
        square = nextafter(square, INFINITY);
    return square;
}

/* ---- gathering ------------------------------------------------------------------------------- */

static bool reserve_runs(sw_nearby *nearby, size_t runs) {
    size_t before = nearby->part_capacity;
    return sw_reserve(&nearby->runs, &nearby->run_capacity, runs, sizeof *nearby->runs) &&
           (before >= 2 * runs ||
            sw_reserve(&nearby->part, &nearby->part_capacity, 2 * runs, sizeof *nearby->part));
}

static bool reserve_candidates(sw_nearby *nearby, size_t count) {
    if (count <= nearby->capacity)
        return true;
    double **column[] = {&nearby->x, &nearby->y, &nearby->z, &nearby->squared};
    size_t capacity = count + count / 2;
    for (int c = 0; c < 4; c++) {
        double *larger = sw_reallocate(*column[c], capacity, sizeof *larger);
        if (!larger)
            return false;
        *column[c] = larger;
    }
    uint32_t **list[] = {&nearby->place, &nearby->hit, &nearby->hit_part};
    for (int c = 0; c < 3; c++) {
        uint32_t *larger = sw_reallocate(*list[c], capacity, sizeof *larger);
        if (!larger)
            return false;
        *list[c] = larger;
    }
    nearby->capacity = capacity;
    return true;
}

/* Every atom, in as many images as may come within the distance. Returns 0 where memory is short.
 */
static size_t whole_box_runs(sw_nearby *nearby, const sw_grid *grid, double distance) {
    const sw_box *box = &grid->box;
    int64_t turns[3];
    size_t found = 0;
    double images = 1.0;
    for (int d = 0; d < 3; d++) {
        turns[d] = box->periodic[d] ? (int64_t)(distance / box->height[d] * (1.0 + 1e-12)) + 1 : 0;
        images *= 2.0 * (double)turns[d] + 1.0;
    }
    if (!(images < 1e9) || !reserve_runs(nearby, (size_t)images))
        return 0;
    for (int64_t c = -turns[2]; c <= turns[2]; c++)
        for (int64_t b = -turns[1]; b <= turns[1]; b++)
            for (int64_t a = -turns[0]; a <= turns[0]; a++) {
                sw_grid_run *run = &nearby->runs[found++];
                *run = (sw_grid_run){.end = grid->atoms};
                for (int k = 0; k < 3; k++)
                    run->shift[k] = (double)a * box->cell[0][k] + (double)b * box->cell[1][k] +
                                    (double)c * box->cell[2][k];
            }
    return found;
}

static size_t find_runs(sw_nearby *nearby, const sw_grid *grid, const int64_t cell[3],
                        double distance) {
    int64_t reach[3];
    double cells = 1.0;
    sw_grid_reach(reach, grid, distance);
    for (int d = 0; d < 3; d++) {
        double wide = 2.0 * (double)reach[d] + 1.0;
        cells *= grid->box.periodic[d] ? wide : fmin(wide, (double)grid->count[d]);
    }
    if (cells > 8.0 * (double)grid->atoms + 4096.0)
        return whole_box_runs(nearby, grid, distance);
    if (!reserve_runs(nearby, sw_grid_run_limit(grid, reach)))
        return 0;
    return sw_grid_runs(nearby->runs, grid, cell, reach);
}

static void copy_run(sw_nearby *nearby, const sw_grid *grid, size_t first, size_t end) {
    size_t at = nearby->count;
    for (size_t i = first; i < end; i++, at++) {
        nearby->x[at] = grid->position[i][0];
        nearby->y[at] = grid->position[i][1];
        nearby->z[at] = grid->position[i][2];
        nearby->place[at] = (uint32_t)i;
    }
    nearby->count = at;
}

/* A new part where the shift is another than before. */
static void join_part(sw_nearby *nearby, const double shift[3], size_t first) {
    sw_nearby_part *next = &nearby->part[nearby->parts];
    if (nearby->parts > 0 && memcmp(next[-1].shift, shift, sizeof next->shift) == 0) {
        next[-1].end = nearby->count;
        return;
    }
    *next = (sw_nearby_part){.first = first, .end = nearby->count};
    memcpy(next->shift, shift, sizeof next->shift);
    nearby->parts++;
}

sw_status sw_nearby_gather(sw_nearby *nearby, const sw_grid *grid, const int64_t cell[3],
                           double distance, size_t from) {
    size_t total = 0, runs = find_runs(nearby, grid, cell, distance);
    nearby->count = nearby->parts = 0;
    if (runs == 0)
        return SW_ERROR_MEMORY; /* a cell's own atoms are always within reach */
    for (size_t r = 0; r < runs; r++)
        total += nearby->runs[r].end - nearby->runs[r].first;
    if (total > UINT32_MAX || !reserve_candidates(nearby, total))
        return SW_ERROR_MEMORY;
    for (size_t r = 0; r < runs; r++) {
        const sw_grid_run *run = &nearby->runs[r];
        size_t before = nearby->count, first = run->first < from ? from : run->first;
        if (first >= run->end)
            continue;
        copy_run(nearby, grid, first, run->end);
        join_part(nearby, run->shift, before);
    }
    return SW_OK;
}

void sw_nearby_clear(sw_nearby *nearby) {
    free(nearby->x);
    free(nearby->y);
    free(nearby->z);
    free(nearby->squared);
    free(nearby->place);
    free(nearby->hit);
    free(nearby->hit_part);
    free(nearby->part);
    free(nearby->runs);
    memset(nearby, 0, sizeof *nearby);
}

/* ---- distances ------------------------------------------------------------------------------- */

SW_WIDE static void measure(double *restrict squared, const double *restrict x,
                            const double *restrict y, const double *restrict z, size_t count,
                            const double *restrict position, const double *restrict shift) {
    double px = position[0], py = position[1], pz = position[2];
    double sx = shift[0], sy = shift[1], sz = shift[2];
    for (size_t k = 0; k < count; k++) {
        double dx = (x[k] - px) + sx, dy = (y[k] - py) + sy, dz = (z[k] - pz) + sz;
        squared[k] = dx * dx + dy * dy + dz * dz;
    }
}

size_t sw_nearby_within(sw_nearby *nearby, const double position[3], double limit) {
    size_t hits = 0;
    for (size_t p = 0; p < nearby->parts; p++) {
        const sw_nearby_part *part = &nearby->part[p];
        size_t first = part->first, before = hits;
        measure(nearby->squared + first, nearby->x + first, nearby->y + first, nearby->z + first,
                part->end - first, position, part->shift);
        for (size_t k = first; k < part->end; k++) {
            nearby->hit[hits] = (uint32_t)k;
            hits += nearby->squared[k] < limit;
        }
        for (size_t h = before; h < hits; h++)
            nearby->hit_part[h] = (uint32_t)p;
    }
    return hits;
}

void sw_nearby_vector(double vector[3], const sw_nearby *nearby, size_t hit,
                      const double position[3]) {
    size_t k = nearby->hit[hit];
    const double *shift = nearby->part[nearby->hit_part[hit]].shift;
    vector[0] = (nearby->x[k] - position[0]) + shift[0];
    vector[1] = (nearby->y[k] - position[1]) + shift[1];
    vector[2] = (nearby->z[k] - position[2]) + shift[2];
}

bool sw_nearby_is_itself(const sw_nearby *nearby, size_t hit, size_t place) {
    const double *shift = nearby->part[nearby->hit_part[hit]].shift;
    return nearby->place[nearby->hit[hit]] == place && shift[0] == 0.0 && shift[1] == 0.0 &&
           shift[2] == 0.0;
}
