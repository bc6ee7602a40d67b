/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/occupancy.h"

#include "base/memory.h"
#include "structure/grid.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct sw_site_search {
    sw_grid grid; /* of the sites */
    int64_t reach[3];
    sw_grid_run *runs;
    double farthest;
} sw_site_search;

/* The site nearest to a position (equally near: of lowest index), or SW_NO_SITE. */
static uint32_t nearest_site(const sw_site_search *search, const double position[3],
                             double *distance) {
    const sw_grid *grid = &search->grid;
    double at[3], best = search->farthest * search->farthest;
    uint32_t site = SW_NO_SITE;
    size_t runs = sw_grid_runs_around(search->runs, at, grid, position, search->reach);
    for (size_t r = 0; r < runs; r++)
        for (size_t j = search->runs[r].first; j < search->runs[r].end; j++) {
            double squared = sw_grid_squared(grid, j, &search->runs[r], at);
            if (squared < best || (squared <= best && grid->order[j] < site)) {
                best = squared;
                site = grid->order[j];
            }
        }
    *distance = sqrt(best);
    return site;
}

static sw_status reserve(sw_occupancy *occupancy, sw_site_search *search) {
    size_t sites = occupancy->site_count;
    occupancy->atoms = sw_allocate(sites, sizeof *occupancy->atoms);
    occupancy->nearest = sw_allocate(sites, sizeof *occupancy->nearest);
    occupancy->distance = sw_allocate(sites, sizeof *occupancy->distance);
    occupancy->site_of = sw_allocate(occupancy->atom_count, sizeof *occupancy->site_of);
    search->runs =
        sw_allocate(sw_grid_run_limit(&search->grid, search->reach), sizeof *search->runs);
    if (!occupancy->atoms || !occupancy->nearest || !occupancy->distance || !occupancy->site_of ||
        !search->runs)
        return SW_ERROR_MEMORY;
    for (size_t s = 0; s < sites; s++) {
        occupancy->nearest[s] = SW_NO_SITE;
        occupancy->distance[s] = NAN;
    }
    return SW_OK;
}

static sw_status fill(sw_occupancy *occupancy, const sw_site_search *search, const sw_atoms *atoms,
                      const double shift[3], sw_context *context) {
    for (size_t i = 0; i < occupancy->atom_count; i++) {
        double at[3], distance;
        for (size_t k = 0; k < 3; k++)
            at[k] = sw_atoms_positions_const(atoms)[3 * i + k] + shift[k];
        uint32_t site = occupancy->site_of[i] = nearest_site(search, at, &distance);
        if ((i & 0xffff) == 0 && sw_context_cancelled(context))
            return SW_ERROR_CANCELLED;
        if (site == SW_NO_SITE)
            continue;
        if (occupancy->atoms[site]++ == 0 || distance < occupancy->distance[site]) {
            occupancy->nearest[site] = (uint32_t)i;
            occupancy->distance[site] = distance;
        }
    }
    return SW_OK;
}

sw_status sw_occupancy_create(sw_occupancy *occupancy, const sw_atoms *reference,
                              const sw_atoms *atoms, const double shift[3], double farthest,
                              sw_context *context, sw_error *error) {
    sw_site_search search = {.farthest = farthest};
    sw_box box; /* refuses positions that are none */
    *occupancy = (sw_occupancy){.site_count = sw_atoms_count(reference),
                                .atom_count = sw_atoms_count(atoms)};
    sw_status status = sw_box_create(&box, atoms, error);
    if (status == SW_OK)
        status = sw_grid_create(&search.grid, reference, farthest, error);
    if (status != SW_OK)
        return status;
    sw_grid_reach(search.reach, &search.grid, farthest);
    status = reserve(occupancy, &search);
    if (status == SW_OK)
        status = fill(occupancy, &search, atoms, shift, context);
    free(search.runs);
    sw_grid_clear(&search.grid);
    if (status == SW_OK)
        return SW_OK;
    sw_occupancy_clear(occupancy);
    return sw_error_set(error, status, "defects", NULL, "%s",
                        status == SW_ERROR_MEMORY ? "not enough memory for the sites"
                                                  : "interrupted");
}

void sw_occupancy_clear(sw_occupancy *occupancy) {
    free(occupancy->atoms);
    free(occupancy->nearest);
    free(occupancy->distance);
    free(occupancy->site_of);
    memset(occupancy, 0, sizeof *occupancy);
}
