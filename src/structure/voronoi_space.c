/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/voronoi_search.h"

#include "base/matrix.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define NEAR_SPACINGS 2.6 /* near distance, in units of (volume per atom)^(1/3) */
#define CELLS 2.0         /* of the grid, in a near distance */
#define CROWDED 4.0     /* a grid is made finer where atoms have so many times the company meant */
#define FINER_GRIDS 8   /* at most */
#define CLOSEST 1e-7    /* A */
#define TOLERANCE 1e-12 /* of the near distance */
#define ROUNDING 32.0   /* errors of positions, in units of their last bit */
#define FAR_AWAY 1e5    /* half the side of the largest cube, in sizes of the box */

/* How many atoms an atom's cell of the grid holds, on average over atoms. */
static double mean_company(const sw_grid *grid) {
    double squares = 0.0;
    for (size_t first = 0, end; first < grid->atoms; first = end) {
        for (end = first + 1; end < grid->atoms && grid->key[end] == grid->key[first]; end++)
            continue;
        squares += (double)(end - first) * (double)(end - first);
    }
    return grid->atoms > 0 ? squares / (double)grid->atoms : 0.0;
}

/* A grid whose cells are half as wide as the near distance, which suits the places where atoms are.
 */
static sw_status create_grid(sw_voronoi_space *space, const sw_atoms *atoms, sw_error *error) {
    sw_box box;
    sw_status status = sw_box_create(&box, atoms, error);
    if (status != SW_OK)
        return status;
    double count = (double)sw_atoms_count(atoms);
    double volume = fabs(sw_matrix_determinant(box.cell));
    double meant = pow(NEAR_SPACINGS / CELLS, 3.0) + 1.0;
    space->near = NEAR_SPACINGS * cbrt(volume / fmax(count, 1.0));
    status = sw_grid_create(&space->grid, atoms, space->near / CELLS, error);
    for (int finer = 0; status == SW_OK && finer < FINER_GRIDS; finer++) {
        double company = mean_company(&space->grid);
        double width = space->near * cbrt(meant / fmax(company, 1.0));
        if (company <= CROWDED * meant || width < 10.0 * CLOSEST)
            break;
        space->near = width;
        sw_grid_clear(&space->grid);
        status = sw_grid_create(&space->grid, atoms, space->near / CELLS, error);
    }
    return status;
}

sw_status sw_voronoi_space_create(sw_voronoi_space *space, const sw_atoms *atoms, double farthest,
                                  sw_error *error) {
    memset(space, 0, sizeof *space);
    sw_status status = create_grid(space, atoms, error);
    if (status != SW_OK)
        return status;
    const sw_box *box = &space->grid.box;
    double size = 0.0, coordinate = sw_vector_length(box->origin);
    for (int d = 0; d < 3; d++)
        size += sw_vector_length(box->cell[d]);
    bool bounded = box->periodic[0] && box->periodic[1] && box->periodic[2];
    space->largest = fmax(bounded ? size : FAR_AWAY * size, space->near);
    if (farthest > 0.0)
        space->largest = fmin(space->largest, farthest);
    space->tolerance = TOLERANCE * space->near + ROUNDING * DBL_EPSILON * (size + coordinate);
    space->close = fmax(CLOSEST, 4.0 * space->tolerance);
    if (sw_place_tree_create(&space->tree, &space->grid) == SW_OK)
        return SW_OK;
    sw_voronoi_space_clear(space);
    return sw_error_set(error, SW_ERROR_MEMORY, "voronoi", NULL,
                        "not enough memory to search %zu atoms", sw_atoms_count(atoms));
}

void sw_voronoi_space_clear(sw_voronoi_space *space) {
    sw_grid_clear(&space->grid);
    sw_place_tree_clear(&space->tree);
    memset(space, 0, sizeof *space);
}
