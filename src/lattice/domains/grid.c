/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lattice/domains/grid.h"

#include "lattice/packed/packed.h"

#include <stdlib.h>
#include <string.h>

void sw_grid_cut(sw_grid *grid, const sw_frame *frame, const int domains[3]) {
    int bits = 0;
    *grid = (sw_grid){.count = 1, .basis_sites = (int)frame->basis_sites};
    for (int d = 0; d < 3; d++) {
        grid->size[d] = frame->size[d];
        grid->periodic[d] = frame->periodic[d];
        grid->domains[d] = domains[d] > 1 ? domains[d] : 1;
        grid->count = grid->count > SW_GRID_DOMAINS ? grid->count : grid->count * grid->domains[d];
        grid->bit[d] = grid->domains[d] > 1 ? bits++ : -1;
    }
    grid->sectors = 1u << bits;
}

static void widen(int reach[3], const sw_step *step) {
    for (int d = 0; d < 3; d++)
        if (abs(step->cell[d]) > reach[d])
            reach[d] = abs(step->cell[d]);
}

sw_status sw_grid_find_reach(sw_grid *grid, const sw_lattice *lattice) {
    sw_status status = SW_OK;
    for (size_t p = 0; p < lattice->patterns.count && status == SW_OK; p++) {
        const sw_pattern *pattern = &lattice->patterns.list[p];
        sw_steps steps = {0};
        status = sw_packed_dependencies(&steps, lattice, pattern);
        for (size_t i = 0; i < steps.count; i++)
            widen(grid->reach, &steps.list[i]);
        for (int k = 0; k < pattern->slots; k++)
            widen(grid->change, &pattern->step[k]);
        sw_steps_clear(&steps);
    }
    return status;
}

sw_status sw_grid_check(const sw_grid *grid, sw_error *error) {
    if (grid->count > SW_GRID_DOMAINS)
        return sw_error_set(error, SW_ERROR_MODEL, "run.domains", "cut the frame less often",
                            "%d domains are more than %d", grid->count, SW_GRID_DOMAINS);
    for (int d = 0; d < 3; d++) {
        int least = 2 * (grid->reach[d] + grid->change[d]);
        least = least > 2 ? least : 2;
        if (grid->domains[d] == 1 || grid->size[d] / grid->domains[d] >= least)
            continue;
        return sw_error_set(error, SW_ERROR_MODEL, "run.domains",
                            "cut the frame into fewer domains, or make it larger",
                            "%d domains of %d cells along %c are too thin: events and their rates "
                            "reach so far that a domain needs at least %d cells",
                            grid->domains[d], grid->size[d], 'x' + d, least);
    }
    return SW_OK;
}

/* ---- blocks ---------------------------------------------------------------------------------- */

static int first_cell(const sw_grid *grid, int axis, int place) {
    return (int)((int64_t)grid->size[axis] * place / grid->domains[axis]);
}

sw_block sw_grid_block(const sw_grid *grid, int domain) {
    sw_block block;
    for (int d = 0; d < 3; d++) {
        int place = block.place[d] = domain % grid->domains[d];
        domain /= grid->domains[d];
        block.first[d] = first_cell(grid, d, place);
        block.owned[d] = first_cell(grid, d, place + 1) - block.first[d];
        bool cut = grid->bit[d] >= 0;
        bool wall_before = !grid->periodic[d] && place == 0;
        bool wall_after = !grid->periodic[d] && place == grid->domains[d] - 1;
        block.half[d] = cut ? block.owned[d] / 2 : block.owned[d];
        block.before[d] = cut && !wall_before ? grid->reach[d] : 0;
        block.size[d] =
            block.before[d] + block.owned[d] + (cut && !wall_after ? grid->reach[d] : 0);
    }
    return block;
}

sw_box sw_block_owned(const sw_block *block) {
    sw_box box;
    for (int d = 0; d < 3; d++) {
        box.low[d] = block->before[d];
        box.high[d] = block->before[d] + block->owned[d];
    }
    return box;
}

static bool upper(const sw_grid *grid, int axis, unsigned sector) {
    return grid->bit[axis] >= 0 && sector >> grid->bit[axis] & 1;
}

sw_box sw_grid_sector(const sw_grid *grid, const sw_block *block, unsigned sector) {
    sw_box box = sw_block_owned(block);
    for (int d = 0; d < 3; d++) {
        if (grid->bit[d] < 0)
            continue;
        if (upper(grid, d, sector))
            box.low[d] += block->half[d];
        else
            box.high[d] = box.low[d] + block->half[d];
    }
    return box;
}

size_t sw_box_cells(const sw_box *box) {
    size_t cells = 1;
    for (int d = 0; d < 3; d++)
        cells *= (size_t)(box->high[d] - box->low[d]);
    return cells;
}

/* ---- parcels --------------------------------------------------------------------------------- */

/* The domain one step further along the axes of `beyond`; false beyond a closed boundary. */
static bool neighbour(int *found, const sw_grid *grid, int domain, unsigned sector, unsigned beyond,
                      bool backwards) {
    sw_block block = sw_grid_block(grid, domain);
    for (int d = 0; d < 3; d++) {
        if (grid->bit[d] < 0 || !(beyond >> grid->bit[d] & 1))
            continue;
        int place = block.place[d] + (upper(grid, d, sector) != backwards ? 1 : -1);
        if ((place < 0 || place >= grid->domains[d]) && !grid->periodic[d])
            return false;
        block.place[d] = (place + grid->domains[d]) % grid->domains[d];
    }
    *found =
        (block.place[2] * grid->domains[1] + block.place[1]) * grid->domains[0] + block.place[0];
    return true;
}

/* Along an axis that the parcel crosses: what both hold of the changed sites beside their border. */
static void cross(sw_passage *passage, const sw_grid *grid, const sw_block *from,
                  const sw_block *to, int axis, bool up) {
    int border = from->before[axis] + (up ? from->owned[axis] : 0);
    int there = to->before[axis] + (up ? 0 : to->owned[axis]);
    int inside = up ? grid->reach[axis] : grid->change[axis];
    int outside = up ? grid->change[axis] : grid->reach[axis];
    passage->source.low[axis] = border - inside;
    passage->source.high[axis] = border + outside;
    passage->target.low[axis] = there - inside;
    passage->target.high[axis] = there + outside;
}

/* Along any other axis: all that the sector's events can have changed. */
static void cover(sw_passage *passage, const sw_grid *grid, const sw_block *from, int axis,
                  unsigned sector) {
    sw_box box = sw_grid_sector(grid, from, sector);
    int margin = grid->bit[axis] >= 0 ? grid->change[axis] : 0;
    int low = box.low[axis] - margin, high = box.high[axis] + margin;
    passage->source.low[axis] = passage->target.low[axis] = low > 0 ? low : 0;
    passage->source.high[axis] = passage->target.high[axis] =
        high < from->size[axis] ? high : from->size[axis];
}

bool sw_grid_passage(sw_passage *passage, const sw_grid *grid, int domain, unsigned sector,
                     unsigned beyond, bool arriving) {
    passage->from = passage->to = domain;
    if (!neighbour(arriving ? &passage->from : &passage->to, grid, domain, sector, beyond,
                   arriving))
        return false;
    sw_block from = sw_grid_block(grid, passage->from), to = sw_grid_block(grid, passage->to);
    for (int d = 0; d < 3; d++) {
        if (grid->bit[d] >= 0 && beyond >> grid->bit[d] & 1)
            cross(passage, grid, &from, &to, d, upper(grid, d, sector));
        else
            cover(passage, grid, &from, d, sector);
    }
    return true;
}
