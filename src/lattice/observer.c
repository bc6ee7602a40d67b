/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lattice/observer.h"

#include "lattice/tracers.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static sw_status find_phase_bounds(sw_lattice *lattice, struct sw_observer *observer) {
    const sw_observe *observe = &lattice->model->observe;
    size_t basis = (size_t)lattice->geometry.basis_sites;
    sw_status status = SW_OK;
    for (size_t p = 0; p < observe->phases; p++)
        for (size_t b = 0; b < basis && status == SW_OK; b++)
            if (observe->phase[p].bound_species)
                status = sw_geometry_shell(&observer->phase_bound[p * basis + b],
                                           &lattice->geometry, (int)b, ~(sw_kind_set)0,
                                           observe->phase[p].bound_distance, true);
    return status;
}

/* Neighbours of an exchanged atom: everything within the nearest distance to another kind. */
static sw_status find_surroundings(sw_lattice *lattice, struct sw_observer *observer) {
    double reach = 0.55 * lattice->geometry.frame->lattice_constant;
    sw_status status = SW_OK;
    for (int b = 0; b < lattice->geometry.basis_sites && status == SW_OK; b++)
        status = sw_geometry_shell(&observer->surrounding[b], &lattice->geometry, b,
                                   ~sw_geometry_kind_bit(&lattice->geometry, b), reach, true);
    return status;
}

sw_status sw_observer_create(sw_lattice *lattice, sw_error *error) {
    size_t basis = (size_t)lattice->geometry.basis_sites;
    struct sw_observer *observer = lattice->observer = sw_allocate(1, sizeof *observer);
    if (!observer)
        return SW_ERROR_MEMORY;
    observer->basis_sites = basis;
    observer->phases = lattice->model->observe.phases;
    if (lattice->model->observe.exchanged)
        observer->net = sw_allocate(lattice->geometry.sites, sizeof *observer->net);
    observer->surrounding = sw_allocate(basis, sizeof *observer->surrounding);
    observer->phase_bound =
        sw_allocate(basis * (lattice->model->observe.phases + 1), sizeof *observer->phase_bound);
    observer->bin_width = lattice->geometry.frame->lattice_constant * 0.70710678;
    sw_status status = (observer->net || !lattice->model->observe.exchanged) &&
                               observer->surrounding && observer->phase_bound
                           ? SW_OK
                           : SW_ERROR_MEMORY;
    if (status == SW_OK)
        status = find_phase_bounds(lattice, observer);
    if (status == SW_OK)
        status = find_surroundings(lattice, observer);
    if (status == SW_OK)
        status = sw_plots_compose(&observer->plots, lattice->model);
    if (status != SW_OK)
        return sw_error_set(error, status, "observe", NULL, "not enough memory to observe");
    status = sw_tracers_create(lattice, error);
    if (status != SW_OK)
        return status;
    sw_observer_core(observer->record.core, lattice);
    return SW_OK;
}

void sw_observer_destroy(struct sw_observer *observer) {
    if (!observer)
        return;
    for (size_t b = 0; observer->surrounding && b < observer->basis_sites; b++)
        sw_steps_clear(&observer->surrounding[b]);
    for (size_t i = 0; observer->phase_bound && i < observer->basis_sites * observer->phases; i++)
        sw_steps_clear(&observer->phase_bound[i]);
    sw_plot_list_clear(&observer->plots);
    free(observer->surrounding);
    free(observer->phase_bound);
    free(observer->net);
    free(observer->tracers);
    free(observer);
}

int sw_observer_phase(const sw_lattice *lattice, uint32_t site) {
    const sw_observe *observe = &lattice->model->observe;
    int basis = lattice->geometry.basis[site];
    int kind = lattice->geometry.frame->basis[basis].kind;
    for (size_t p = 0; p < observe->phases; p++) {
        const sw_phase *phase = &observe->phase[p];
        if (!SW_IN(phase->species, lattice->species[site]) || !SW_IN(phase->kinds, kind))
            continue;
        if (!phase->bound_species)
            return (int)p;
        const sw_steps *bound =
            &lattice->observer
                 ->phase_bound[p * (size_t)lattice->geometry.basis_sites + (size_t)basis];
        int count = 0;
        for (size_t i = 0; i < bound->count; i++)
            count += (int)SW_IN(
                phase->bound_species,
                lattice->species[sw_geometry_follow(&lattice->geometry, site, bound->list[i])]);
        if (count >= phase->bound_minimum && count <= phase->bound_maximum)
            return (int)p;
    }
    return -1;
}

bool sw_observer_is_metal(const sw_lattice *lattice, uint32_t site) {
    if (lattice->supply.present)
        return SW_IN(lattice->model->supply.carriers, lattice->species[site]) &&
               lattice->supply.cluster_of[site] != 0;
    return lattice->model->observe.metal >= 0 &&
           sw_observer_phase(lattice, site) == lattice->model->observe.metal;
}

sw_site_type sw_observer_site_type(const sw_lattice *lattice, uint32_t site) {
    const sw_steps *around = &lattice->observer->surrounding[lattice->geometry.basis[site]];
    int metal = 0, other = 0;
    for (size_t i = 0; i < around->count; i++) {
        uint32_t at = sw_geometry_follow(&lattice->geometry, site, around->list[i]);
        if (at == lattice->geometry.sites || lattice->species[at] == SW_EMPTY)
            continue;
        if (sw_observer_is_metal(lattice, at))
            metal++;
        else
            other++;
    }
    if (metal == 0)
        return SW_ON_OXIDE;
    return other == 0 ? SW_ON_METAL : SW_AT_INTERFACE;
}

bool sw_observer_core(double centre[3], const sw_lattice *lattice) {
    sw_species_set core = lattice->model->observe.core;
    double sum[2][3] = {{0}}, count[2] = {0};
    for (uint32_t site = 0; site < lattice->geometry.sites; site++) {
        if (lattice->species[site] == SW_EMPTY || !sw_observer_is_metal(lattice, site))
            continue;
        double position[3];
        sw_geometry_position(position, &lattice->geometry, site);
        int group = SW_IN(core, lattice->species[site]) ? 0 : 1;
        count[group]++;
        for (int d = 0; d < 3; d++)
            sum[group][d] += position[d];
    }
    int group = count[0] > 0 ? 0 : 1;
    for (int d = 0; d < 3 && count[group] > 0; d++)
        centre[d] = sum[group][d] / count[group];
    return count[group] > 0;
}

double sw_observer_molecules(const sw_lattice *lattice, size_t gas) {
    double made = 0.0;
    for (size_t p = 0; p < lattice->model->processes; p++) {
        const sw_process *process = &lattice->model->process[p];
        double net = (double)lattice->counts[p].forward - (double)lattice->counts[p].reverse;
        for (size_t g = 0; g < process->gas_changes; g++)
            if ((size_t)process->gas_change[g].gas == gas)
                made += process->gas_change[g].change * net;
    }
    return made;
}

bool sw_observer_turns_over(const sw_lattice_model *model, size_t gas) {
    bool changed = false;
    for (size_t p = 0; p < model->processes; p++)
        for (size_t g = 0; g < model->process[p].gas_changes; g++)
            changed = changed || (size_t)model->process[p].gas_change[g].gas == gas;
    return changed && !model->observe.exchanged;
}

bool sw_observer_sees_interface(const sw_lattice_model *model) {
    return model->observe.exchanged && (model->observe.metal >= 0 || model->supply.present);
}

/* ---- events ---------------------------------------------------------------------------------- */

static double distance_to_core(const sw_lattice *lattice, uint32_t site) {
    double position[3], square = 0.0;
    sw_geometry_position(position, &lattice->geometry, site);
    for (int d = 0; d < 3; d++) {
        double apart = position[d] - lattice->observer->record.core[d];
        square += apart * apart;
    }
    return sqrt(square);
}

static void note_exchange(sw_lattice *lattice, uint32_t site, bool inserted) {
    struct sw_observer *observer = lattice->observer;
    sw_record *record = &observer->record;
    double distance = distance_to_core(lattice, site);
    size_t bin = (size_t)(distance / observer->bin_width);
    bin = bin < SW_DISTANCE_BINS ? bin : SW_DISTANCE_BINS - 1;
    sw_distance_sums *sums = inserted ? &record->insertions : &record->removals;
    sums->count++;
    sums->sum += distance;
    sums->squares += distance * distance;
    (inserted ? record->inserted : record->removed)[bin]++;
    (inserted ? record->returned : record->taken)[sw_observer_site_type(lattice, site)]++;
    observer->net[site] = (int16_t)(observer->net[site] + (inserted ? 1 : -1));
}

static void note_gas(sw_lattice *lattice, const sw_process *process, int direction) {
    const sw_observe *observe = &lattice->model->observe;
    sw_record *record = &lattice->observer->record;
    for (size_t g = 0; g < process->gas_changes; g++) {
        int made = direction * process->gas_change[g].change;
        if (process->gas_change[g].gas == observe->product_gas)
            record->product += made;
        if (process->gas_change[g].gas == observe->oxidant_gas)
            record->oxidant -= made;
    }
}

static void note_hop(sw_lattice *lattice, const sw_channel *channel) {
    sw_record *record = &lattice->observer->record;
    for (size_t k = 0; k < channel->slots; k++) {
        int species = lattice->species[channel->sites[k]];
        if (species == SW_EMPTY || SW_IN(lattice->model->observe.exchanged, species) ||
            channel->after[k] == species)
            continue;
        bool surface = false;
        for (size_t j = 0; j < channel->slots; j++)
            surface = surface || lattice->open[channel->sites[j]];
        if (surface)
            record->surface_hops++;
        else
            record->bulk_hops++;
        return;
    }
}

bool sw_observer_follows(const sw_lattice *lattice) {
    const sw_observe *observe = &lattice->model->observe;
    return observe->exchanged || observe->product_gas >= 0 || observe->oxidant_gas >= 0 ||
           observe->tracers;
}

void sw_observer_event(sw_lattice *lattice, const sw_channel *channel) {
    const sw_process *process = &lattice->model->process[channel->process];
    const sw_observe *observe = &lattice->model->observe;
    sw_species_set exchanged = observe->exchanged;
    if (!lattice->observer)
        return;
    if (lattice->observer->tracers)
        sw_tracers_follow(lattice, channel);
    if (!exchanged && observe->product_gas < 0 && observe->oxidant_gas < 0)
        return;
    note_gas(lattice, process, channel->reverse ? -1 : 1);
    if (process->gas_changes == 0) {
        note_hop(lattice, channel);
        return;
    }
    for (size_t k = 0; k < channel->slots; k++) {
        bool before = SW_IN(exchanged, lattice->species[channel->sites[k]]);
        bool after = SW_IN(exchanged, channel->after[k]);
        if (before != after)
            note_exchange(lattice, (uint32_t)channel->sites[k], after);
    }
}
