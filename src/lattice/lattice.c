/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making and looking at a lattice. */
#include "base/memory.h"
#include "lattice/packed/packed.h"
#include "lattice/scaling.h"
#include "lattice/state.h"
#include "lattice/superbasin/superbasin.h"
#include "lattice/tracers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LARGEST_MEMO ((size_t)1 << 27) /* bytes */

/* The longest step, in A, that energies, gas, supply or phases follow: no code may depend on it. */
static double farthest_step(const sw_lattice_model *model) {
    const sw_energetics *energetics = &model->energetics;
    double farthest = model->frame.lattice_constant;
    for (size_t p = 0; p < energetics->pair_terms; p++)
        farthest = fmax(farthest,
                        fmax(energetics->pair[p].distance, energetics->pair[p].screening_distance));
    for (size_t c = 0; c < energetics->cluster_terms; c++)
        for (size_t i = 0; i < SW_POINT_LIMIT; i++)
            for (size_t j = 0; j < i; j++)
                farthest = fmax(farthest, energetics->cluster[c].distance[i][j]);
    for (size_t v = 0; v < energetics->valence_terms; v++)
        for (size_t l = 0; l < energetics->valence[v].ligand_kinds; l++)
            farthest = fmax(farthest, energetics->valence[v].ligand[l].distance);
    for (size_t p = 0; p < model->observe.phases; p++)
        farthest = fmax(farthest, model->observe.phase[p].bound_distance);
    const double other[] = {model->void_rule.distance,    model->void_rule.step,
                            model->void_rule.reach,       model->supply.link,
                            model->supply.bound_distance, model->spillover.step,
                            model->spillover.contact};
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        farthest = fmax(farthest, other[i]);
    return farthest;
}

static sw_status allocate_sites(sw_lattice *lattice) {
    size_t sites = (size_t)lattice->geometry.sites + 1;
    lattice->species = sw_allocate_large(sites, 1);
    lattice->open = sw_allocate(sites, 1);
    lattice->rates = sw_allocate(lattice->model->processes, sizeof *lattice->rates);
    lattice->counts = sw_allocate(lattice->model->processes, sizeof *lattice->counts);
    lattice->clear_saddle = sw_allocate(lattice->model->processes, sizeof *lattice->clear_saddle);
    if (!lattice->species || !lattice->open || !lattice->rates || !lattice->counts ||
        !lattice->clear_saddle)
        return SW_ERROR_MEMORY;
    lattice->species[lattice->geometry.sites] = SW_WALL;
    return SW_OK;
}

static size_t memo_slots(const sw_lattice *lattice) {
    size_t slots = 1024, entry = (1 + lattice->classes) * sizeof(sw_memo_word);
    while (2 * slots * entry <= LARGEST_MEMO && slots < 16 * (size_t)lattice->geometry.sites)
        slots *= 2;
    return slots;
}

/* The engine that serves every model: codes by hash, a memo of rates, bins by class. */
static sw_status create_general_engine(sw_lattice *lattice, int margin[3], sw_error *error) {
    size_t sites = (size_t)lattice->geometry.sites + 1;
    lattice->active = sw_allocate(sites, 1);
    lattice->touched = sw_allocate(sites, sizeof *lattice->touched);
    lattice->touch_mark = sw_allocate(sites, 1);
    if (!lattice->active || !lattice->touched || !lattice->touch_mark)
        return SW_ERROR_MEMORY;
    sw_status status = sw_codes_create(lattice, margin, error);
    if (status == SW_OK)
        status = sw_memo_create(&lattice->memo, memo_slots(lattice), lattice->classes);
    for (size_t c = 0; c < lattice->classes && status == SW_OK; c++)
        status = sw_selection_create(&lattice->selection[c], lattice->geometry.sites);
    return status;
}

/* Sites so far inside that every step is an addition. */
static void mark_inner(sw_lattice *lattice, int margin[3]) {
    sw_geometry_widen_margin(margin, &lattice->geometry, farthest_step(lattice->model));
    sw_geometry_set_margin(&lattice->geometry, margin);
}

static sw_status create_engine(sw_lattice *lattice, sw_error *error) {
    sw_engine wanted = lattice->model->run.engine;
    const char *reason = "run.engine asks for the general engine";
    int margin[3] = {1, 1, 1};
    sw_status status = SW_OK;
    if (lattice->model->run.acceleration.superbasin.present)
        reason = "superbasins belong to the general engine";
    else if (wanted != SW_ENGINE_GENERAL)
        status = sw_packed_create(&lattice->packed, &reason, lattice, error);
    if (status == SW_OK && !lattice->packed && wanted == SW_ENGINE_PACKED)
        return sw_error_set(error, SW_ERROR_MODEL, "run.engine", "write 'engine: best'",
                            "the packed engine does not suit this model: %s", reason);
    if (status == SW_OK && lattice->packed)
        sw_packed_widen_margin(margin, lattice->packed);
    else if (status == SW_OK)
        status = create_general_engine(lattice, margin, error);
    if (status == SW_OK && !lattice->packed)
        sw_log(lattice->context, SW_LOG_INFO, "the general engine runs this model: %s", reason);
    if (status != SW_OK)
        return status;
    mark_inner(lattice, margin);
    if (lattice->packed)
        sw_geometry_forget_cells(&lattice->geometry);
    return SW_OK;
}

/* A still lattice has no engine: it is looked at, and others move its atoms. */
static sw_status compile_model(sw_lattice *lattice, bool still, sw_error *error) {
    const sw_lattice_model *model = lattice->model;
    sw_status status = sw_geometry_create(&lattice->geometry, &model->frame, error);
    if (status == SW_OK)
        status = allocate_sites(lattice);
    if (status == SW_OK)
        status = sw_energy_create(&lattice->energy, &lattice->geometry, &model->energetics, error);
    if (status == SW_OK)
        status = sw_patterns_create(&lattice->patterns, &lattice->geometry, model, error);
    if (status == SW_OK)
        status = sw_scaling_create(lattice);
    if (status == SW_OK)
        status = sw_classes_assign(lattice, error);
    if (status == SW_OK)
        status = sw_saddles_find_clear(lattice, error);
    if (status == SW_OK && !still)
        status = create_engine(lattice, error);
    else if (status == SW_OK)
        mark_inner(lattice, (int[3]){1, 1, 1});
    if (status == SW_OK)
        status = sw_superbasin_create(lattice, error);
    if (status == SW_OK)
        status = sw_access_create(lattice, error);
    return status == SW_OK ? sw_supply_create(lattice, error) : status;
}

static sw_status start(sw_lattice *lattice, bool still, sw_error *error) {
    const sw_lattice_model *model = lattice->model;
    sw_status status = sw_rates_set_temperature(lattice, model->run.temperature, error);
    if (status == SW_OK)
        status = sw_structure_build(lattice, error);
    if (status != SW_OK)
        return status;
    sw_gas_start(lattice);
    sw_energy_count(&lattice->energy, lattice->species);
    sw_access_fill(lattice);
    if (model->structure.relax_moves && !still) {
        status = sw_lattice_anneal(lattice, model->structure.relax_species,
                                   model->structure.relax_moves, model->structure.relax_temperature,
                                   model->structure.relax_temperature, 0.0, error);
        if (status != SW_OK)
            return status;
    }
    status = sw_supply_refresh(lattice);
    if (status == SW_OK && !still)
        status = sw_lattice_rebuild(lattice);
    if (status == SW_OK)
        status = sw_observer_create(lattice, error);
    if (status == SW_OK)
        sw_lattice_advise(lattice);
    return status;
}

static sw_status create(sw_lattice **created, const sw_lattice_model *model, uint64_t seed,
                        bool still, sw_context *context, sw_error *error) {
    sw_lattice *lattice = *created = sw_allocate(1, sizeof *lattice);
    if (!lattice)
        return sw_error_set(error, SW_ERROR_MEMORY, "lattice", NULL, "not enough memory");
    lattice->model = model;
    lattice->context = context;
    lattice->seed = seed;
    sw_error local = {0};
    sw_status status = compile_model(lattice, still, &local);
    if (status == SW_OK)
        status = start(lattice, still, &local);
    if (status == SW_OK)
        return SW_OK;
    sw_lattice_destroy(lattice);
    *created = NULL;
    if (local.code == SW_OK)
        return sw_error_set(error, status, "frame.size", "make the frame smaller",
                            "not enough memory for the lattice");
    if (error)
        *error = local;
    return status;
}

sw_status sw_lattice_create(sw_lattice **created, const sw_lattice_model *model, uint64_t seed,
                            sw_context *context, sw_error *error) {
    return create(created, model, seed, false, context, error);
}

sw_status sw_lattice_create_still(sw_lattice **created, const sw_lattice_model *model,
                                  uint64_t seed, sw_context *context, sw_error *error) {
    return create(created, model, seed, true, context, error);
}

void sw_lattice_destroy(sw_lattice *lattice) {
    if (!lattice)
        return;
    int basis = lattice->geometry.basis_sites;
    sw_observer_destroy(lattice->observer);
    sw_superbasin_destroy(lattice->superbasin);
    for (size_t c = 0; c < lattice->classes; c++)
        sw_selection_clear(&lattice->selection[c]);
    sw_packed_destroy(lattice->packed);
    sw_scaling_destroy(lattice->scaling);
    sw_memo_clear(&lattice->memo);
    sw_supply_clear(&lattice->supply, basis);
    sw_access_clear(&lattice->access, basis);
    sw_codes_clear(&lattice->codes, basis);
    sw_patterns_clear(&lattice->patterns);
    sw_energy_clear(&lattice->energy);
    sw_geometry_clear(&lattice->geometry);
    free(lattice->species);
    free(lattice->open);
    free(lattice->active);
    free(lattice->touched);
    free(lattice->touch_mark);
    free(lattice->rates);
    free(lattice->counts);
    free(lattice->clear_saddle);
    free(lattice);
}

size_t sw_lattice_sites(const sw_lattice *lattice) {
    return lattice->geometry.sites;
}

int sw_lattice_species(const sw_lattice *lattice, size_t site) {
    return lattice->species[site];
}

int sw_lattice_kind(const sw_lattice *lattice, size_t site) {
    return lattice->geometry.frame->basis[lattice->geometry.basis[site]].kind;
}

bool sw_lattice_open(const sw_lattice *lattice, size_t site) {
    return lattice->open[site];
}

void sw_lattice_position(double position[3], const sw_lattice *lattice, size_t site) {
    sw_geometry_position(position, &lattice->geometry, (uint32_t)site);
}

size_t sw_lattice_count(const sw_lattice *lattice, sw_species_set species, sw_kind_set kinds) {
    size_t count = 0;
    for (uint32_t site = 0; site < lattice->geometry.sites; site++)
        count +=
            SW_IN(species, lattice->species[site]) && SW_IN(kinds, sw_lattice_kind(lattice, site));
    return count;
}

sw_status sw_lattice_set(sw_lattice *lattice, size_t site, int species) {
    if (site >= lattice->geometry.sites || species < 0 ||
        species >= (int)lattice->model->species_count)
        return SW_ERROR_ARGUMENT;
    sw_superbasin_leave(lattice->superbasin);
    sw_lattice_change(lattice, (uint32_t)site, species);
    sw_tracers_begin(lattice, (uint32_t)site);
    return sw_lattice_settle(lattice);
}

double sw_lattice_energy(const sw_lattice *lattice) {
    return sw_energy_total(&lattice->energy, lattice->species);
}

double sw_lattice_temperature(const sw_lattice *lattice) {
    return lattice->temperature;
}

sw_status sw_lattice_set_temperature(sw_lattice *lattice, double temperature, sw_error *error) {
    if (temperature == lattice->temperature)
        return SW_OK;
    sw_status status = sw_rates_set_temperature(lattice, temperature, error);
    if (status == SW_OK)
        status = sw_supply_refresh(lattice);
    return status == SW_OK ? sw_lattice_rebuild(lattice) : status;
}

double sw_lattice_pressure(const sw_lattice *lattice, size_t gas) {
    return lattice->pressure[gas];
}

void sw_lattice_set_pressure(sw_lattice *lattice, size_t gas, double pressure) {
    sw_superbasin_leave(lattice->superbasin);
    lattice->pressure[gas] = pressure;
}

double sw_lattice_time(const sw_lattice *lattice) {
    return lattice->time;
}

uint64_t sw_lattice_events(const sw_lattice *lattice) {
    return lattice->events;
}

uint64_t sw_lattice_process_events(const sw_lattice *lattice, size_t process, bool reverse) {
    return reverse ? lattice->counts[process].reverse : lattice->counts[process].forward;
}
