/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/grid.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define AXIS_LIMIT ((int64_t)1 << 20)
#define SPARSE 4 /* cells an atom, above which only occupied ones are kept */

/* ---- sorting --------------------------------------------------------------------------------- */

typedef struct item {
    uint64_t key;
    uint32_t atom;
} item;

static int by_key(const void *a, const void *b) {
    const item *left = a, *right = b;
    if (left->key != right->key)
        return left->key < right->key ? -1 : 1;
    return left->atom < right->atom ? -1 : left->atom > right->atom;
}

static uint64_t key_of(const sw_grid *grid, const double fraction[3]) {
    int64_t cell[3];
    for (int d = 0; d < 3; d++) {
        cell[d] = (int64_t)floor(fraction[d] * (double)grid->count[d]);
        cell[d] = cell[d] < 0 ? 0 : cell[d] >= grid->count[d] ? grid->count[d] - 1 : cell[d];
    }
    return (uint64_t)((cell[2] * grid->count[1] + cell[1]) * grid->count[0] + cell[0]);
}

/* The cell of a position, and where it is in the box. */
static uint64_t locate(double fraction[3], const sw_grid *grid, const double *position) {
    sw_box_fraction(fraction, &grid->box, position);
    return key_of(grid, fraction);
}

/* Without periodic axes positions stay as they are, to the last digit. */
static void set_place(sw_grid *grid, size_t place, uint32_t atom, uint64_t key,
                      const double *position, const double fraction[3]) {
    const bool *periodic = grid->box.periodic;
    grid->order[place] = atom;
    grid->key[place] = key;
    if (periodic[0] || periodic[1] || periodic[2])
        sw_box_position(grid->position[place], &grid->box, fraction);
    else
        memcpy(grid->position[place], position, sizeof grid->position[place]);
}

static sw_status sort_dense(sw_grid *grid, const double *position, size_t cells) {
    double fraction[3];
    grid->start = sw_allocate(cells + 2, sizeof *grid->start);
    if (!grid->start)
        return SW_ERROR_MEMORY;
    uint32_t *next = grid->start + 1; /* becomes the ends, and so the starts one further on */
    for (size_t i = 0; i < grid->atoms; i++)
        next[locate(fraction, grid, position + 3 * i) + 1]++;
    for (size_t c = 1; c <= cells; c++)
        next[c] += next[c - 1];
    for (size_t i = 0; i < grid->atoms; i++) {
        uint64_t key = locate(fraction, grid, position + 3 * i);
        set_place(grid, next[key]++, (uint32_t)i, key, position + 3 * i, fraction);
    }
    return SW_OK;
}

static sw_status sort_sparse(sw_grid *grid, const double *position) {
    double fraction[3];
    item *items = sw_allocate(grid->atoms, sizeof *items);
    if (!items)
        return SW_ERROR_MEMORY;
    for (size_t i = 0; i < grid->atoms; i++)
        items[i] = (item){locate(fraction, grid, position + 3 * i), (uint32_t)i};
    qsort(items, grid->atoms, sizeof *items, by_key);
    for (size_t i = 0; i < grid->atoms; i++) {
        const double *at = position + 3 * (size_t)items[i].atom;
        uint64_t key = locate(fraction, grid, at);
        set_place(grid, i, items[i].atom, key, at, fraction);
    }
    free(items);
    return SW_OK;
}

/* False where there are more cells than is sensible to keep. */
static bool count_cells(sw_grid *grid, double width, size_t *cells) {
    double product = 1.0;
    for (int d = 0; d < 3; d++) {
        double fit = floor(grid->box.height[d] / width);
        grid->count[d] = fit < 1.0 ? 1 : fit > (double)AXIS_LIMIT ? AXIS_LIMIT : (int64_t)fit;
        product *= (double)grid->count[d];
    }
    *cells = product < 1e15 ? (size_t)product : 0;
    return product <= SPARSE * (double)grid->atoms + 4096.0;
}

sw_status sw_grid_create(sw_grid *grid, const sw_atoms *atoms, double width, sw_error *error) {
    memset(grid, 0, sizeof *grid);
    size_t cells;
    sw_status status = sw_box_create(&grid->box, atoms, error);
    if (status != SW_OK)
        return status;
    if (!(width > 0.0) || sw_atoms_count(atoms) >= UINT32_MAX)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "grid", "give a distance above 0 A",
                            "a grid of cells %g A wide for %zu atoms cannot be made", width,
                            sw_atoms_count(atoms));
    grid->atoms = sw_atoms_count(atoms);
    grid->order = sw_allocate(grid->atoms, sizeof *grid->order);
    grid->position = sw_allocate(grid->atoms, sizeof *grid->position);
    grid->key = sw_allocate(grid->atoms, sizeof *grid->key);
    status = grid->order && grid->position && grid->key ? SW_OK : SW_ERROR_MEMORY;
    bool dense = count_cells(grid, width, &cells);
    if (status == SW_OK)
        status = dense ? sort_dense(grid, sw_atoms_positions_const(atoms), cells)
                       : sort_sparse(grid, sw_atoms_positions_const(atoms));
    if (status != SW_OK) {
        sw_grid_clear(grid);
        return sw_error_set(error, status, "grid", NULL, "not enough memory to sort %zu atoms",
                            sw_atoms_count(atoms));
    }
    return SW_OK;
}

void sw_grid_clear(sw_grid *grid) {
    free(grid->order);
    free(grid->position);
    free(grid->key);
    free(grid->start);
    memset(grid, 0, sizeof *grid);
}

/* ---- finding --------------------------------------------------------------------------------- */

void sw_grid_reach(int64_t reach[3], const sw_grid *grid, double distance) {
    for (int d = 0; d < 3; d++) {
        double cells =
            ceil(distance * (double)grid->count[d] / grid->box.height[d] * (1.0 + 1e-12));
        int64_t most = grid->box.periodic[d] ? INT64_MAX : grid->count[d];
        reach[d] = cells < (double)most ? (int64_t)cells : most;
    }
}

void sw_grid_cell(int64_t cell[3], const sw_grid *grid, size_t place) {
    int64_t key = (int64_t)grid->key[place];
    cell[0] = key % grid->count[0];
    cell[1] = key / grid->count[0] % grid->count[1];
    cell[2] = key / grid->count[0] / grid->count[1];
}

void sw_grid_cell_at(int64_t cell[3], const sw_grid *grid, const double position[3]) {
    double fraction[3];
    sw_box_fraction(fraction, &grid->box, position);
    for (int d = 0; d < 3; d++) {
        double place = floor(fraction[d] * (double)grid->count[d]);
        double most = 2.0 * (double)AXIS_LIMIT;
        cell[d] = (int64_t)(place < -most ? -most : place > most ? most : place);
    }
}

static int64_t floor_divide(int64_t a, int64_t b) {
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

/* The first place whose key is not below `key`. */
static size_t first_place(const sw_grid *grid, uint64_t key) {
    if (grid->start)
        return grid->start[key];
    size_t low = 0, high = grid->atoms;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (grid->key[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Cells from low to high along an axis: at most one stretch per image. */
typedef struct stretch {
    int64_t low, high; /* inside the box */
    int64_t turn;      /* images away */
} stretch;

/* The part of low .. high in the image that `low` lies in; *low moves behind it. False at the end.
 */
static bool next_stretch(stretch *part, const sw_grid *grid, int axis, int64_t *low, int64_t high) {
    int64_t count = grid->count[axis];
    if (!grid->box.periodic[axis]) {
        *part = (stretch){*low < 0 ? 0 : *low, high >= count ? count - 1 : high, 0};
        *low = high + 1;
        return part->low <= part->high;
    }
    if (*low > high)
        return false;
    part->turn = floor_divide(*low, count);
    part->low = *low - part->turn * count;
    int64_t end = (part->turn + 1) * count - 1;
    part->high = (high < end ? high : end) - part->turn * count;
    *low = end + 1;
    return true;
}

/* The cell of one index along an axis. False where it is outside. */
static bool one_cell(stretch *part, const sw_grid *grid, int axis, int64_t index) {
    int64_t low = index;
    return index >= 0 || grid->box.periodic[axis] ? next_stretch(part, grid, axis, &low, index)
                                                  : false;
}

static size_t row_runs(sw_grid_run *runs, const sw_grid *grid, const stretch *z, const stretch *y,
                       int64_t low, int64_t high) {
    size_t found = 0;
    stretch x;
    while (low <= high && next_stretch(&x, grid, 0, &low, high)) {
        uint64_t row = (uint64_t)((z->low * grid->count[1] + y->low) * grid->count[0]);
        sw_grid_run *run = &runs[found];
        run->first = first_place(grid, row + (uint64_t)x.low);
        run->end = first_place(grid, row + (uint64_t)x.high + 1);
        for (int k = 0; k < 3; k++)
            run->shift[k] = (double)x.turn * grid->box.cell[0][k] +
                            (double)y->turn * grid->box.cell[1][k] +
                            (double)z->turn * grid->box.cell[2][k];
        found += run->end > run->first;
    }
    return found;
}

size_t sw_grid_run_limit(const sw_grid *grid, const int64_t reach[3]) {
    return (size_t)((2 * reach[2] + 1) * (2 * reach[1] + 1) *
                    ((2 * reach[0] + 1) / grid->count[0] + 2));
}

size_t sw_grid_runs(sw_grid_run *runs, const sw_grid *grid, const int64_t cell[3],
                    const int64_t reach[3]) {
    size_t found = 0;
    stretch y, z;
    for (int64_t iz = cell[2] - reach[2]; iz <= cell[2] + reach[2]; iz++) {
        if (!one_cell(&z, grid, 2, iz))
            continue;
        for (int64_t iy = cell[1] - reach[1]; iy <= cell[1] + reach[1]; iy++)
            if (one_cell(&y, grid, 1, iy))
                found +=
                    row_runs(runs + found, grid, &z, &y, cell[0] - reach[0], cell[0] + reach[0]);
    }
    return found;
}

size_t sw_grid_runs_around(sw_grid_run *runs, double at[3], const sw_grid *grid,
                           const double position[3], const int64_t reach[3]) {
    int64_t cell[3];
    sw_box_wrap(at, &grid->box, position);
    sw_grid_cell_at(cell, grid, at);
    return sw_grid_runs(runs, grid, cell, reach);
}

double sw_grid_squared(const sw_grid *grid, size_t place, const sw_grid_run *run,
                       const double at[3]) {
    double squared = 0.0;
    for (int k = 0; k < 3; k++) {
        double away = grid->position[place][k] + run->shift[k] - at[k];
        squared += away * away;
    }
    return squared;
}
