/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Energies of faces: a slab is cut from a perfect crystal on a periodic frame, its surface layers
 * are annealed against reservoirs, and what it costs more than its crystal is counted per area.
 */
#include "lattice/state.h"

#include "base/matrix.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct slab_bench {
    sw_lattice_model model; /* of the caller, without processes, filled with the crystal */
    sw_fill fill;
    sw_slab slab;
    sw_lattice *lattice;
    uint8_t *held; /* [sites] */
} slab_bench;

static sw_status wrong(sw_error *error, const char *place, const char *hint, const char *message) {
    return sw_error_set(error, SW_ERROR_ARGUMENT, place, hint, "%s", message);
}

static int find_crystal(const sw_structure *structure, const char *name) {
    for (size_t c = 0; name && c < structure->crystals; c++)
        if (strcmp(structure->crystal[c].name, name) == 0)
            return (int)c;
    return -1;
}

/* The model on the frame of the face, with nothing but its energetics and the crystal. */
static sw_status set_model(slab_bench *bench, const sw_lattice_model *model, const sw_face *face,
                           sw_error *error) {
    sw_lattice_model *own = &bench->model;
    *own = *model;
    for (int i = 0; i < 3; i++) {
        if (face->cells[i] < 1)
            return wrong(error, "cells", "such as {8, 8, 8}",
                         "a frame has at least one cell along each axis");
        own->frame.size[i] = face->cells[i];
        own->frame.periodic[i] = true;
    }
    own->processes = own->legs = 0;
    own->supply.present = own->spillover.present = own->void_rule.present = false;
    own->observe = (sw_observe){.metal = -1, .oxide = -1, .product_gas = -1, .oxidant_gas = -1};
    bench->fill.crystal = find_crystal(&model->structure, face->crystal);
    if (bench->fill.crystal < 0)
        return wrong(error, "crystal", "name a crystal of the model's structure",
                     "the model has no such crystal");
    own->structure = (sw_structure){.crystals = model->structure.crystals,
                                    .crystal = model->structure.crystal,
                                    .fills = 1,
                                    .fill = &bench->fill};
    if (!sw_crystal_fits(&model->structure.crystal[bench->fill.crystal], &own->frame))
        return wrong(error, "cells", "give a multiple of the crystal's period",
                     "the crystal does not go on across the boundaries of the frame");
    return SW_OK;
}

static sw_status set_slab(slab_bench *bench, const sw_face *face, sw_error *error) {
    sw_slab *slab = &bench->slab;
    sw_status status = sw_slab_close(slab, &bench->model.frame, face->indices, error);
    slab->from = face->from;
    slab->thickness = face->thickness;
    if (status == SW_OK && !(face->depth >= 0.0 && 2.0 * face->depth < slab->thickness &&
                             2.0 * face->depth < slab->repeat - slab->thickness))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "thickness",
                            "make the frame larger or the layers thinner",
                            "layers of %.3f A at both sides of the cuts leave no core or no gap: "
                            "slab %.3f A, repeat %.3f A",
                            face->depth, slab->thickness, slab->repeat);
    return status;
}

static double balanced_potential(const slab_bench *bench, const sw_face *face,
                                 const double *potential) {
    double rest = sw_lattice_energy(bench->lattice), atoms = 0.0;
    for (int s = 1; s < (int)bench->model.species_count; s++) {
        double count = (double)sw_lattice_count(bench->lattice, (sw_species_set)1 << s, ~0u);
        if (s == face->balance)
            atoms = count;
        else if (count > 0.0)
            rest -= potential[s] * count;
    }
    return atoms > 0.0 ? rest / atoms : NAN;
}

static sw_status set_potentials(sw_surface *surface, const slab_bench *bench, const sw_face *face,
                                const double *potential, sw_error *error) {
    for (size_t s = 1; s < bench->model.species_count; s++)
        surface->potential[s] = potential[s];
    surface->potential[face->balance] = balanced_potential(bench, face, potential);
    if (!isfinite(surface->potential[face->balance]))
        return wrong(error, "balance", "name a species of the crystal",
                     "the crystal holds nothing of the species whose potential should follow");
    return SW_OK;
}

/* Empties the gap and marks what may not change. */
static sw_status cut(slab_bench *bench, const sw_face *face) {
    sw_lattice *lattice = bench->lattice;
    const sw_slab *slab = &bench->slab;
    bench->held = sw_allocate(lattice->geometry.sites, 1);
    if (!bench->held)
        return SW_ERROR_MEMORY;
    for (uint32_t site = 0; site < lattice->geometry.sites; site++) {
        double place[3];
        sw_geometry_position(place, &lattice->geometry, site);
        double height = sw_slab_height(slab, place);
        double nearest =
            fmin(fmin(fabs(height), slab->repeat - height), fabs(height - slab->thickness));
        bench->held[site] = nearest > face->depth;
        if (!sw_slab_contains(slab, place))
            sw_energy_apply(&lattice->energy, lattice->species, site, SW_EMPTY);
    }
    return SW_OK;
}

static double excess(const sw_surface *surface, const sw_lattice *lattice) {
    double energy = sw_lattice_energy(lattice);
    for (int s = 1; s < (int)lattice->model->species_count; s++)
        energy -=
            surface->potential[s] * (double)sw_lattice_count(lattice, (sw_species_set)1 << s, ~0u);
    return energy / surface->area;
}

static sw_status relax(sw_surface *surface, slab_bench *bench, const sw_face *face,
                       sw_error *error) {
    const sw_geometry *geometry = &bench->lattice->geometry;
    double volume = sw_matrix_determinant(geometry->frame->cell);
    for (int i = 0; i < 3; i++)
        volume *= geometry->size[i];
    surface->area = 2.0 * volume / bench->slab.repeat;
    surface->cut_energy = excess(surface, bench->lattice);
    sw_exchange plan = {.species = face->species,
                        .potential = surface->potential,
                        .held = bench->held,
                        .moves = face->moves,
                        .first_temperature = face->first_temperature,
                        .last_temperature = face->last_temperature};
    sw_status status = sw_lattice_exchange(bench->lattice, &plan, error);
    surface->energy = excess(surface, bench->lattice);
    surface->total = sw_lattice_energy(bench->lattice);
    for (int s = 1; s < (int)bench->model.species_count; s++)
        surface->atoms[s] = (double)sw_lattice_count(bench->lattice, (sw_species_set)1 << s, ~0u);
    return status;
}

static sw_status measure(sw_surface *surface, slab_bench *bench, const sw_face *face,
                         const double *potential, uint64_t seed, sw_error *error) {
    sw_lattice *lattice = NULL;
    sw_status status = sw_lattice_create(&lattice, &bench->model, seed, NULL, error);
    bench->lattice = lattice;
    if (status == SW_OK)
        status = set_potentials(surface, bench, face, potential, error);
    if (status == SW_OK && (status = cut(bench, face)) != SW_OK)
        sw_error_set(error, status, "cells", "make the frame smaller",
                     "not enough memory for a slab");
    return status == SW_OK ? relax(surface, bench, face, error) : status;
}

sw_status sw_lattice_surface(sw_surface *surface, const sw_lattice_model *model,
                             const sw_face *face, const double *potential, uint64_t seed,
                             sw_error *error) {
    slab_bench bench = {0};
    memset(surface, 0, sizeof *surface);
    if (face->balance < 1 || face->balance >= (int)model->species_count)
        return wrong(error, "balance", "name a species of the crystal", "there is no such species");
    sw_status status = set_model(&bench, model, face, error);
    if (status == SW_OK)
        status = set_slab(&bench, face, error);
    if (status == SW_OK)
        status = measure(surface, &bench, face, potential, seed, error);
    sw_lattice_destroy(bench.lattice);
    free(bench.held);
    return status;
}
