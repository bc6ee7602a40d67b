/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Metropolis annealing of the structure. A trial takes a random atom and puts it on a random
 * site near another random atom; the Hastings factor corrects for the number of ways in which
 * each end can be proposed, so at a fixed temperature the Boltzmann distribution is sampled.
 */
#include "base/memory.h"
#include "base/random.h"
#include "lattice/portable_math.h"
#include "lattice/state.h"

#include <math.h>
#include <stdlib.h>

#define STREAM_ANNEAL 3

typedef struct annealing {
    sw_lattice *lattice;
    sw_species_set species;
    sw_steps *near; /* [basis] proposals */
    bool far;       /* proposals reach beyond the margin of the frame */
    uint32_t *atom; /* sites of the movable atoms */
    size_t atoms;
    sw_random random;
} annealing;

static uint32_t follow(const annealing *work, uint32_t site, sw_step step) {
    const sw_geometry *geometry = &work->lattice->geometry;
    return work->far ? sw_geometry_follow_slowly(geometry, site, step)
                     : sw_geometry_follow(geometry, site, step);
}

static int count_near(const annealing *work, uint32_t site) {
    const sw_lattice *lattice = work->lattice;
    const sw_steps *near = &work->near[lattice->geometry.basis[site]];
    int count = 0;
    for (size_t i = 0; i < near->count; i++)
        count += (int)SW_IN(work->species, lattice->species[follow(work, site, near->list[i])]);
    return count;
}

static bool may_sit(const sw_lattice *lattice, int species, uint32_t site) {
    int kind = lattice->geometry.frame->basis[lattice->geometry.basis[site]].kind;
    return lattice->species[site] == SW_EMPTY &&
           SW_IN(lattice->model->species[species].kinds, kind);
}

static void try_move(annealing *work, double thermal) {
    sw_lattice *lattice = work->lattice;
    double u[2], v[2];
    sw_random_next_pair(u, &work->random);
    sw_random_next_pair(v, &work->random);
    size_t moved = (size_t)(u[0] * (double)work->atoms);
    uint32_t from = work->atom[moved], other = work->atom[(size_t)(u[1] * (double)work->atoms)];
    const sw_steps *near = &work->near[lattice->geometry.basis[other]];
    if (other == from || near->count == 0)
        return;
    uint32_t to = follow(work, other, near->list[(size_t)(v[0] * (double)near->count)]);
    int species = lattice->species[from];
    if (to == lattice->geometry.sites || !may_sit(lattice, species, to))
        return;
    double change = sw_energy_apply(&lattice->energy, lattice->species, from, SW_EMPTY);
    double ways_there = count_near(work, to), ways_back = count_near(work, from);
    change += sw_energy_apply(&lattice->energy, lattice->species, to, species);
    if (v[1] * ways_there < ways_back * sw_exp(-change / thermal)) {
        work->atom[moved] = to;
        return;
    }
    sw_energy_apply(&lattice->energy, lattice->species, to, SW_EMPTY);
    sw_energy_apply(&lattice->energy, lattice->species, from, species);
}

static sw_status prepare(annealing *work, double reach) {
    sw_lattice *lattice = work->lattice;
    size_t basis = (size_t)lattice->geometry.basis_sites, sites = lattice->geometry.sites;
    work->near = sw_allocate(basis, sizeof *work->near);
    work->atom = sw_allocate(sites, sizeof *work->atom);
    if (!work->near || !work->atom)
        return SW_ERROR_MEMORY;
    work->far = reach > lattice->model->frame.lattice_constant;
    sw_status status = SW_OK;
    for (int b = 0; b < (int)basis && status == SW_OK; b++)
        status =
            sw_geometry_shell(&work->near[b], &lattice->geometry, b, ~(sw_kind_set)0, reach, true);
    for (uint32_t site = 0; site < sites; site++)
        if (SW_IN(work->species, lattice->species[site]))
            work->atom[work->atoms++] = site;
    return status;
}

sw_status sw_lattice_anneal(sw_lattice *lattice, sw_species_set species, uint64_t moves,
                            double first_temperature, double last_temperature, double reach,
                            sw_error *error) {
    if (!(first_temperature > 0.0 && last_temperature > 0.0))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "temperature", "give kelvin above zero",
                            "annealing needs positive temperatures");
    annealing work = {.lattice = lattice,
                      .species = species & ~(sw_species_set)1,
                      .random = sw_random_create(lattice->seed, STREAM_ANNEAL)};
    if (reach <= 0.0)
        reach = lattice->model->frame.lattice_constant;
    sw_status status = prepare(&work, reach);
    double ratio = log(last_temperature / first_temperature);
    for (uint64_t m = 0; m < moves && status == SW_OK && work.atoms > 1; m++) {
        double part = moves > 1 ? (double)m / (double)(moves - 1) : 1.0;
        double temperature =
            ratio == 0.0 ? first_temperature : first_temperature * sw_exp(ratio * part);
        try_move(&work, SW_BOLTZMANN * temperature);
    }
    for (int b = 0; work.near && b < lattice->geometry.basis_sites; b++)
        sw_steps_clear(&work.near[b]);
    free(work.near);
    free(work.atom);
    if (status != SW_OK)
        return sw_error_set(error, status, "structure.relax", "make the frame smaller",
                            "not enough memory to anneal");
    sw_access_fill(lattice);
    status = sw_supply_refresh(lattice);
    return status == SW_OK ? sw_lattice_rebuild(lattice) : status;
}
