/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/voronoi_merge.h"

#include "base/memory.h"
#include "structure/coincident.h"

#include <stdlib.h>
#include <string.h>

sw_status sw_voronoi_refuse(const sw_voronoi_space *space, sw_error *error) {
    uint32_t *first;
    size_t atom = 0, others = 0;
    if (sw_coincident_find(&first, &space->grid, space->close) != SW_OK)
        return sw_error_set(error, SW_ERROR_NUMERIC, "voronoi", "remove them, or merge them",
                            "atoms are on top of each other");
    for (size_t i = space->grid.atoms; i-- > 0;)
        if (first[i] != i) {
            atom = i;
            others++;
        }
    sw_error_set(error, SW_ERROR_NUMERIC, "voronoi", "remove such atoms, or have them merged",
                 "atoms %lu and %zu are on top of each other (%zu such atoms)", first[atom] + 1ul,
                 atom + 1, others);
    free(first);
    return SW_ERROR_NUMERIC;
}

static sw_status take_kept(sw_atoms **apart, const sw_atoms *atoms, const uint32_t *kept,
                           size_t count) {
    double cell[3][3];
    bool periodic[3];
    sw_status status = sw_atoms_create(apart, count);
    if (status != SW_OK)
        return status;
    for (size_t i = 0; i < count; i++)
        memcpy(sw_atoms_positions(*apart) + 3 * i,
               sw_atoms_positions_const(atoms) + 3 * (size_t)kept[i], 3 * sizeof(double));
    if (sw_atoms_cell(atoms, cell, periodic))
        sw_atoms_set_cell(*apart, (const double(*)[3])cell, periodic);
    return SW_OK;
}

sw_status sw_voronoi_separate(sw_atoms **apart, uint32_t **kept, const sw_atoms *atoms,
                              sw_error *error) {
    sw_voronoi_space space;
    size_t count = 0;
    *apart = NULL;
    *kept = NULL;
    sw_status status = sw_voronoi_space_create(&space, atoms, 0.0, error);
    if (status != SW_OK)
        return status;
    status = sw_coincident_find(kept, &space.grid, space.close);
    sw_voronoi_space_clear(&space);
    for (size_t i = 0; status == SW_OK && i < sw_atoms_count(atoms); i++)
        if ((*kept)[i] == i)
            (*kept)[count++] = (uint32_t)i;
    if (status == SW_OK)
        status = take_kept(apart, atoms, *kept, count);
    if (status != SW_OK)
        sw_error_set(error, status, "voronoi", NULL, "not enough memory to merge %zu atoms",
                     sw_atoms_count(atoms));
    return status;
}

sw_status sw_voronoi_spread(sw_voronoi *voronoi, const uint32_t *kept, size_t count) {
    size_t *first = voronoi->first ? sw_allocate(count + 1, sizeof *first) : NULL;
    sw_voronoi_atom *all = sw_allocate(count, sizeof *all);
    if (!all || (voronoi->first && !first)) {
        free(all);
        free(first);
        return SW_ERROR_MEMORY;
    }
    size_t next = 0;
    for (size_t i = 0; i < count; i++) {
        bool is_kept = next < voronoi->atoms && kept[next] == i;
        all[i] = is_kept ? voronoi->atom[next] : (sw_voronoi_atom){.kind = SW_VORONOI_MERGED};
        next += is_kept;
        if (first)
            first[i + 1] = voronoi->first[next];
    }
    for (size_t k = 0; first && k < first[count]; k++)
        voronoi->neighbour[k] = kept[voronoi->neighbour[k]];
    free(voronoi->atom);
    free(voronoi->first);
    voronoi->atom = all;
    voronoi->first = first;
    voronoi->merged = count - voronoi->atoms;
    voronoi->atoms = count;
    return SW_OK;
}
