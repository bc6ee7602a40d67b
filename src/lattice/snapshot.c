/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lattice/series.h"

#include <stdio.h>

static size_t count_written(const sw_lattice *lattice) {
    size_t count = 0;
    for (uint32_t site = 0; site < lattice->geometry.sites; site++)
        count += lattice->model->species[lattice->species[site]].element > 0;
    return count;
}

static sw_status add_columns(sw_atoms *atoms, ptrdiff_t column[3]) {
    static const char *const name[3] = {"phase", "exchanged", "cluster"};
    for (int c = 0; c < 3; c++) {
        sw_status status = sw_atoms_add_column(atoms, name[c], 1, true);
        if (status != SW_OK)
            return status;
        column[c] = sw_atoms_find(atoms, name[c]);
    }
    return SW_OK;
}

static void fill_atoms(sw_atoms *atoms, const sw_lattice *lattice, const ptrdiff_t column[3]) {
    double *positions = sw_atoms_positions(atoms);
    uint8_t *elements = sw_atoms_elements(atoms);
    double *phase = sw_atoms_column(atoms, (size_t)column[0]);
    double *exchanged = sw_atoms_column(atoms, (size_t)column[1]);
    double *cluster = sw_atoms_column(atoms, (size_t)column[2]);
    size_t i = 0;
    for (uint32_t site = 0; site < lattice->geometry.sites; site++) {
        int element = lattice->model->species[lattice->species[site]].element;
        if (element <= 0)
            continue;
        sw_geometry_position(positions + 3 * i, &lattice->geometry, site);
        elements[i] = (uint8_t)element;
        phase[i] = sw_observer_phase(lattice, site) + 1;
        exchanged[i] = lattice->observer->net ? lattice->observer->net[site] : 0;
        cluster[i] = lattice->supply.cluster_of[site];
        i++;
    }
}

sw_status sw_lattice_snapshot(const sw_lattice *lattice, sw_atoms **atoms, sw_error *error) {
    const sw_frame *frame = lattice->geometry.frame;
    ptrdiff_t column[3];
    sw_status status = sw_atoms_create(atoms, count_written(lattice));
    if (status == SW_OK)
        status = add_columns(*atoms, column);
    if (status != SW_OK) {
        sw_atoms_destroy(*atoms);
        *atoms = NULL;
        return sw_error_set(error, status, "snapshot", NULL, "not enough memory for a snapshot");
    }
    double cell[3][3];
    for (int i = 0; i < 3; i++)
        for (int d = 0; d < 3; d++)
            cell[i][d] = frame->cell[i][d] * frame->size[i];
    sw_atoms_set_cell(*atoms, cell, frame->periodic);
    fill_atoms(*atoms, lattice, column);
    char text[64];
    snprintf(text, sizeof text, "%.17g", lattice->time);
    status = sw_atoms_set_note(*atoms, "time", text);
    snprintf(text, sizeof text, "%llu", (unsigned long long)lattice->events);
    if (status == SW_OK)
        status = sw_atoms_set_note(*atoms, "events", text);
    return status;
}
