/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/subset.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static size_t fill_index(uint32_t *index, const sw_atoms *atoms, int element, const bool *keep) {
    const uint8_t *elements = sw_atoms_elements_const(atoms);
    size_t count = 0;
    for (size_t i = 0; i < sw_atoms_count(atoms); i++)
        if ((element == 0 || elements[i] == element) && (!keep || keep[i]))
            index[count++] = (uint32_t)i;
    return count;
}

static void copy_atoms(sw_atoms *subset, const uint32_t *index, const sw_atoms *atoms) {
    double cell[3][3];
    bool periodic[3];
    for (size_t i = 0; i < sw_atoms_count(subset); i++) {
        memcpy(sw_atoms_positions(subset) + 3 * i,
               sw_atoms_positions_const(atoms) + 3 * (size_t)index[i], 3 * sizeof(double));
        sw_atoms_elements(subset)[i] = sw_atoms_elements_const(atoms)[index[i]];
    }
    if (sw_atoms_cell(atoms, cell, periodic))
        sw_atoms_set_cell(subset, (const double(*)[3])cell, periodic);
}

sw_status sw_subset_create(sw_atoms **subset, uint32_t **index, const sw_atoms *atoms, int element,
                           const bool *keep, sw_error *error) {
    *subset = NULL;
    uint32_t *chosen = sw_allocate(sw_atoms_count(atoms), sizeof *chosen);
    sw_status status = chosen ? SW_OK : SW_ERROR_MEMORY;
    size_t count = chosen ? fill_index(chosen, atoms, element, keep) : 0;
    if (status == SW_OK && count == 0 && element != 0 && !keep) {
        free(chosen);
        return sw_error_set(error, SW_ERROR_NOT_FOUND, "element", "name one that the atoms have",
                            "there is no %s among the atoms", sw_element_symbol(element));
    }
    if (status == SW_OK)
        status = sw_atoms_create(subset, count);
    if (status != SW_OK) {
        free(chosen);
        return sw_error_set(error, status, "element", NULL, "not enough memory for a selection");
    }
    copy_atoms(*subset, chosen, atoms);
    if (index)
        *index = chosen;
    else
        free(chosen);
    return SW_OK;
}
