/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Saving and restoring. What follows from the species is computed again; what carries history is
 * stored: clocks, counters, species, the order of sites in the bins (it decides which site a
 * random number picks), the supply and the record.
 */
#include "lattice/saved_state.h"
#include "base/memory.h"
#include "lattice/observer.h"
#include "lattice/packed/packed.h"
#include "lattice/saved_parts.h"
#include "lattice/scaling.h"
#include "lattice/superbasin/superbasin.h"
#include "lattice/tracers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LAYOUT 2u
#define HOTTEST 1e5           /* K: beyond any table */
#define LARGEST_INVENTORY 1e9 /* atoms: far beyond any supply */

typedef struct clocks {
    uint32_t layout, sites, classes, clusters;
    double temperature, pressure[SW_GAS_LIMIT];
    uint64_t leg;
    double leg_start, next_condition, start_temperature;
    double time;
    uint64_t seed, events, attempts, fingerprint;
    double used, arrived;
    uint64_t next_refresh;
} clocks;

static clocks read_clocks(const sw_lattice *lattice) {
    clocks now;
    memset(&now, 0, sizeof now);
    now.layout = LAYOUT;
    now.sites = lattice->geometry.sites;
    now.classes = (uint32_t)lattice->classes;
    now.clusters = (uint32_t)lattice->supply.clusters;
    now.temperature = lattice->temperature;
    memcpy(now.pressure, lattice->pressure, sizeof now.pressure);
    now.leg = lattice->leg;
    now.leg_start = lattice->leg_start;
    now.next_condition = lattice->next_condition;
    now.start_temperature = lattice->start_temperature;
    now.time = lattice->time;
    now.seed = lattice->seed;
    now.events = lattice->events;
    now.attempts = lattice->attempts;
    now.fingerprint = lattice->fingerprint;
    now.used = lattice->supply.used;
    now.arrived = lattice->supply.arrived;
    now.next_refresh = lattice->supply.next_refresh;
    return now;
}

static void set_clocks(sw_lattice *lattice, const clocks *then) {
    memcpy(lattice->pressure, then->pressure, sizeof then->pressure);
    lattice->leg = (size_t)then->leg;
    lattice->leg_start = then->leg_start;
    lattice->next_condition = then->next_condition;
    lattice->start_temperature = then->start_temperature;
    lattice->time = then->time;
    lattice->events = then->events;
    lattice->attempts = then->attempts;
    lattice->fingerprint = then->fingerprint;
    lattice->supply.used = then->used;
    lattice->supply.arrived = then->arrived;
    lattice->supply.next_refresh = then->next_refresh;
}

/* ---- saving ---------------------------------------------------------------------------------- */

static sw_status save_bins(const sw_selection *selection, sw_bytes *bytes) {
    sw_status status = SW_OK;
    for (unsigned b = 0; b < SW_BINS && status == SW_OK; b++) {
        uint32_t count = (uint32_t)selection->bin[b].count;
        status = sw_bytes_append(bytes, &count, sizeof count);
        if (status == SW_OK && count)
            status = sw_bytes_append(bytes, selection->bin[b].sites,
                                     count * sizeof *selection->bin[b].sites);
    }
    return status;
}

static size_t net_bytes(const sw_lattice *lattice) {
    const struct sw_observer *observer = lattice->observer;
    return observer->net ? lattice->geometry.sites * sizeof *observer->net : 0;
}

static size_t tracer_bytes(const sw_lattice *lattice) {
    return lattice->observer->tracers ? lattice->geometry.sites * sizeof(sw_tracer) : 0;
}

static sw_status save_scaling(const sw_scaling *scaling, sw_bytes *bytes) {
    const sw_saved_part part[] = {
        {&scaling->record, sizeof scaling->record},
        {scaling->pair, scaling->processes * sizeof *scaling->pair},
    };
    return sw_saved_parts_write(bytes, part, sizeof part / sizeof *part);
}

sw_status sw_saved_state_write(const sw_lattice *lattice, sw_bytes *bytes) {
    const sw_supply_state *supply = &lattice->supply;
    size_t sites = lattice->geometry.sites;
    clocks now = read_clocks(lattice);
    const sw_saved_part part[] = {
        {&now, sizeof now},
        {lattice->species, sites},
        {lattice->counts, lattice->model->processes * sizeof *lattice->counts},
        {supply->cluster, supply->clusters * sizeof *supply->cluster},
        {supply->cluster_of, sites * sizeof *supply->cluster_of},
        {supply->field, sites * sizeof *supply->field},
        {&lattice->observer->record, sizeof lattice->observer->record},
        {lattice->observer->net, net_bytes(lattice)},
        {lattice->observer->tracers, tracer_bytes(lattice)},
    };
    sw_status status = sw_saved_parts_write(bytes, part, sizeof part / sizeof *part);
    if (status == SW_OK && lattice->scaling)
        status = save_scaling(lattice->scaling, bytes);
    if (status == SW_OK && lattice->packed)
        return sw_packed_save(lattice->packed, bytes);
    for (size_t c = 0; c < lattice->classes && status == SW_OK; c++)
        status = save_bins(&lattice->selection[c], bytes);
    if (status == SW_OK && lattice->superbasin)
        status = sw_superbasin_save(lattice->superbasin, bytes);
    return status;
}

/* ---- restoring ------------------------------------------------------------------------------- */

static sw_status mismatch(sw_error *error, const char *what) {
    return sw_error_set(error, SW_ERROR_FORMAT, "checkpoint",
                        "restore with the model, seed and version that wrote it",
                        "the saved state does not fit this model: %s", what);
}

static bool species_valid(const sw_lattice *lattice) {
    for (uint32_t site = 0; site < lattice->geometry.sites; site++) {
        int kind = lattice->geometry.frame->basis[lattice->geometry.basis[site]].kind;
        int species = lattice->species[site];
        if (species >= (int)lattice->model->species_count ||
            (species != SW_EMPTY && !SW_IN(lattice->model->species[species].kinds, kind)))
            return false;
    }
    return true;
}

static bool at_least(double value, double least) {
    return value >= least && value < INFINITY;
}

/* Clocks that a run can have: anything else would stop the programme or run it for ever. */
static bool clocks_valid(const sw_lattice *lattice, const clocks *then) {
    size_t legs = lattice->model->legs;
    bool valid = at_least(then->time, 0.0) && at_least(then->leg_start, 0.0) &&
                 then->leg_start <= then->time && then->next_condition >= then->time &&
                 at_least(then->start_temperature, 0.0) && then->start_temperature < HOTTEST &&
                 then->temperature < HOTTEST &&
                 (then->leg <= legs || (then->leg == legs + 1 && isinf(then->next_condition)));
    for (size_t g = 0; g < SW_GAS_LIMIT; g++)
        valid = valid && at_least(then->pressure[g], 0.0);
    return valid;
}

static bool clusters_valid(const sw_supply_state *supply) {
    for (size_t c = 0; c < supply->clusters; c++) {
        const sw_cluster *cluster = &supply->cluster[c];
        if (!(cluster->inventory >= 0.0 && cluster->inventory < LARGEST_INVENTORY) ||
            cluster->inventory != floor(cluster->inventory) ||
            !at_least(cluster->dissociation, 0.0))
            return false;
    }
    return true;
}

static sw_status take_scaling(sw_lattice *lattice, sw_saved_reader *in, sw_error *error) {
    sw_scaling *scaling = lattice->scaling;
    if (!scaling)
        return SW_OK;
    if (!sw_saved_take(in, &scaling->record, 1, sizeof scaling->record) ||
        !sw_saved_take(in, scaling->pair, scaling->processes, sizeof *scaling->pair))
        return mismatch(error, "it is too short");
    return sw_scaling_valid(lattice) ? SW_OK : mismatch(error, "its scale factors are impossible");
}

static sw_status take_state(sw_lattice *lattice, sw_saved_reader *in, const clocks *then,
                            sw_error *error) {
    sw_supply_state *supply = &lattice->supply;
    size_t sites = lattice->geometry.sites;
    if (!sw_reserve(&supply->cluster, &supply->cluster_capacity, then->clusters,
                    sizeof *supply->cluster))
        return sw_error_set(error, SW_ERROR_MEMORY, "checkpoint", NULL, "not enough memory");
    supply->clusters = then->clusters;
    sw_saved_take(in, lattice->species, sites, 1);
    sw_saved_take(in, lattice->counts, lattice->model->processes, sizeof *lattice->counts);
    sw_saved_take(in, supply->cluster, supply->clusters, sizeof *supply->cluster);
    sw_saved_take(in, supply->cluster_of, sites, sizeof *supply->cluster_of);
    sw_saved_take(in, supply->field, sites, sizeof *supply->field);
    sw_saved_take(in, &lattice->observer->record, 1, sizeof lattice->observer->record);
    sw_saved_take(in, lattice->observer->net, 1, net_bytes(lattice));
    sw_saved_take(in, lattice->observer->tracers, 1, tracer_bytes(lattice));
    if (in->short_of)
        return mismatch(error, "it is too short");
    if (!species_valid(lattice))
        return mismatch(error, "a site holds a species that it cannot hold");
    if (!sw_tracers_valid(lattice))
        return mismatch(error, "a tracer cannot be where it is");
    if (!clusters_valid(supply))
        return mismatch(error, "a cluster holds an impossible amount");
    for (size_t site = 0; site < sites; site++)
        if (supply->cluster_of[site] && supply->cluster_of[site] >= supply->clusters)
            return mismatch(error, "a cluster is missing");
    return SW_OK;
}

static sw_status take_superbasin(sw_lattice *lattice, sw_saved_reader *in, sw_error *error) {
    sw_status status = sw_superbasin_restore(lattice, in);
    if (status == SW_ERROR_FORMAT)
        return mismatch(error, "its superbasin is none of this lattice");
    if (status != SW_OK)
        return sw_error_set(error, status, "checkpoint", NULL, "not enough memory");
    return SW_OK;
}

/* The bins hold the right sites after the rebuild; this puts them in the order they had. */
static sw_status order_bins(sw_selection *selection, sw_saved_reader *in, sw_error *error) {
    for (unsigned b = 0; b < SW_BINS; b++) {
        sw_bin *bin = &selection->bin[b];
        uint32_t count = 0;
        if (!sw_saved_take(in, &count, 1, sizeof count) || count != bin->count)
            return mismatch(error, "rates differ");
        if (!sw_saved_take(in, bin->sites, count, sizeof *bin->sites))
            return mismatch(error, "it is too short");
        for (uint32_t i = 0; i < count; i++) {
            uint32_t site = bin->sites[i];
            if (site >= selection->sites || selection->bin_of[site] != b)
                return mismatch(error, "a site has another rate");
            selection->place[site] = i;
        }
    }
    return SW_OK;
}

sw_status sw_saved_state_read(sw_lattice *lattice, const void *bytes, size_t size,
                              sw_error *error) {
    sw_saved_reader in = {bytes, size, false};
    clocks then;
    memset(&then, 0, sizeof then);
    if (!sw_saved_take(&in, &then, 1, sizeof then) || then.layout != LAYOUT ||
        then.sites != lattice->geometry.sites || then.classes != lattice->classes)
        return mismatch(error, "sizes differ");
    if (then.seed != lattice->seed)
        return mismatch(error, "the seed differs");
    if (then.clusters > UINT16_MAX)
        return mismatch(error, "too many clusters");
    if (!clocks_valid(lattice, &then))
        return mismatch(error, "its clocks or conditions are impossible");
    sw_status status = take_state(lattice, &in, &then, error);
    if (status == SW_OK)
        status = sw_rates_set_temperature(lattice, then.temperature, error);
    if (status != SW_OK)
        return status;
    set_clocks(lattice, &then);
    status = take_scaling(lattice, &in, error);
    if (status != SW_OK)
        return status;
    sw_supply_count(lattice);
    sw_energy_count(&lattice->energy, lattice->species);
    sw_access_fill(lattice);
    status = sw_lattice_rebuild(lattice);
    if (status != SW_OK)
        return sw_error_set(error, status, "checkpoint", NULL, "cannot rebuild the rates");
    if (lattice->packed && sw_packed_reorder(lattice->packed, &in) != SW_OK)
        return mismatch(error, "a site has another rate");
    for (size_t c = 0; c < lattice->classes && status == SW_OK && !lattice->packed; c++)
        status = order_bins(&lattice->selection[c], &in, error);
    if (status == SW_OK && lattice->superbasin)
        status = take_superbasin(lattice, &in, error);
    if (status == SW_OK && in.left > 0)
        return mismatch(error, "it is too long");
    return status;
}
