/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/coincident.h"

#include "base/memory.h"

#include <stdlib.h>

/* An atom of the run that is earlier than `atom` and close to `at`; `atom` where there is none. */
static uint32_t earlier_in_run(const sw_grid *grid, const sw_grid_run *run, uint32_t atom,
                               const double at[3], double close) {
    for (size_t j = run->first; j < run->end; j++) {
        double square = 0.0;
        for (int k = 0; k < 3; k++) {
            double apart = grid->position[j][k] + run->shift[k] - at[k];
            square += apart * apart;
        }
        if (square <= close * close && grid->order[j] < atom)
            return grid->order[j];
    }
    return atom;
}

sw_status sw_coincident_find(uint32_t **first, const sw_grid *grid, double close) {
    int64_t cell[3], reach[3];
    sw_grid_reach(reach, grid, close);
    sw_grid_run *runs = sw_allocate(sw_grid_run_limit(grid, reach), sizeof *runs);
    uint32_t *earlier = sw_allocate(grid->atoms, sizeof *earlier);
    *first = earlier;
    for (size_t i = 0; runs && earlier && i < grid->atoms; i++) {
        uint32_t atom = grid->order[i], found = atom;
        sw_grid_cell(cell, grid, i);
        size_t count = sw_grid_runs(runs, grid, cell, reach);
        for (size_t r = 0; r < count && found == atom; r++)
            found = earlier_in_run(grid, &runs[r], atom, grid->position[i], close);
        earlier[atom] = found;
    }
    bool whole = runs && earlier;
    free(runs);
    for (size_t i = 0; whole && i < grid->atoms; i++)
        earlier[i] = earlier[earlier[i]];
    if (whole)
        return SW_OK;
    free(earlier);
    *first = NULL;
    return SW_ERROR_MEMORY;
}
