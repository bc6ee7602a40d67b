/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The supply-limited adsorbate. Metallic carriers that touch form clusters; each keeps an
 * inventory n of atoms:
 *
 *   dn/dt = 2 J (1 - c) - (atoms used by events),   c = (n / n_eq)^2
 *
 * J sums collision rate x exp(-barrier/kT) over the carriers that the gas reaches and
 * n_eq = coverage x their number. Between events n follows the rate equation exactly:
 * y = n / n_eq obeys dy/dt = k (1 - y^2), k = 2 J / n_eq, so with E = exp(-2 k t)
 * y(t) = ((1 + y0) - (1 - y0) E) / ((1 + y0) + (1 - y0) E).
 * Events that use the supply are selected with a bound on c and accepted with c / bound, which
 * keeps the process exact although its rates change between events.
 */
#include "base/memory.h"
#include "lattice/portable_math.h"
#include "lattice/state.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NO_CLUSTER 0

static sw_status find_links(sw_lattice *lattice, int basis)
{
    const sw_supply *rule = &lattice->model->supply;
    const sw_spillover *spill = &lattice->model->spillover;
    const sw_geometry *geometry = &lattice->geometry;
    sw_supply_state *supply = &lattice->supply;
    int kind = geometry->frame->basis[basis].kind;
    sw_status status = SW_OK;
    if (SW_IN(rule->kinds, kind)) {
        status = sw_geometry_shell(&supply->link[basis], geometry, basis, rule->kinds, rule->link,
                                   true);
        if (status == SW_OK && rule->bound_species)
            status = sw_geometry_shell(&supply->bound[basis], geometry, basis, ~(sw_kind_set)0,
                                       rule->bound_distance, true);
        if (status == SW_OK && spill->present)
            status = sw_geometry_shell(&supply->touch[basis], geometry, basis,
                                       (sw_kind_set)1 << spill->kind, spill->contact, true);
    }
    if (status == SW_OK && spill->present && kind == spill->kind) {
        status = sw_geometry_shell(&supply->along[basis], geometry, basis,
                                   (sw_kind_set)1 << spill->kind, spill->step, false);
        if (status == SW_OK)
            status = sw_geometry_shell(&supply->coat[basis], geometry, basis,
                                       ~((sw_kind_set)1 << spill->kind), spill->step, true);
    }
    return status;
}

sw_status sw_supply_create(sw_lattice *lattice, sw_error *error)
{
    sw_supply_state *supply = &lattice->supply;
    size_t sites = lattice->geometry.sites, basis = (size_t)lattice->geometry.basis_sites;
    supply->present = lattice->model->supply.present;
    supply->bound_on_c = 1.0;
    supply->bound_until = INFINITY;
    supply->next_refresh = UINT64_MAX;
    supply->field = sw_allocate(sites + 1, sizeof *supply->field);
    supply->cluster_of = sw_allocate(sites + 1, sizeof *supply->cluster_of);
    supply->link = sw_allocate(basis, sizeof *supply->link);
    supply->bound = sw_allocate(basis, sizeof *supply->bound);
    supply->along = sw_allocate(basis, sizeof *supply->along);
    supply->touch = sw_allocate(basis, sizeof *supply->touch);
    supply->coat = sw_allocate(basis, sizeof *supply->coat);
    if (!supply->field || !supply->cluster_of || !supply->link || !supply->bound ||
        !supply->along || !supply->touch || !supply->coat)
        return sw_error_set(error, SW_ERROR_MEMORY, "supply", "make the frame smaller",
                            "not enough memory for the supply");
    sw_status status = SW_OK;
    for (int b = 0; supply->present && b < (int)basis && status == SW_OK; b++)
        status = find_links(lattice, b);
    return status;
}

void sw_supply_clear(sw_supply_state *supply, int basis_sites)
{
    sw_steps *lists[] = {supply->link, supply->bound, supply->along, supply->touch, supply->coat};
    for (size_t l = 0; l < sizeof lists / sizeof *lists; l++) {
        for (int b = 0; lists[l] && b < basis_sites; b++)
            sw_steps_clear(&lists[l][b]);
        free(lists[l]);
    }
    free(supply->field);
    free(supply->cluster_of);
    free(supply->cluster);
    memset(supply, 0, sizeof *supply);
}

bool sw_supply_carrier(const sw_lattice *lattice, uint32_t site)
{
    const sw_supply *rule = &lattice->model->supply;
    const sw_geometry *geometry = &lattice->geometry;
    int basis = geometry->basis[site];
    if (!SW_IN(rule->carriers, lattice->species[site]) ||
        !SW_IN(rule->kinds, geometry->frame->basis[basis].kind))
        return false;
    const sw_steps *bound = &lattice->supply.bound[basis];
    int count = 0;
    for (size_t i = 0; i < bound->count && count <= rule->bound_at_most; i++)
        count += (int)SW_IN(rule->bound_species,
                            lattice->species[sw_geometry_follow(geometry, site, bound->list[i])]);
    return count <= rule->bound_at_most;
}

/* Coverage of a dissociative Langmuir adsorbate: theta/(1-theta) = exp(-(g - mu/2)/kT). */
double sw_supply_coverage(const sw_lattice *lattice)
{
    const sw_supply *rule = &lattice->model->supply;
    const sw_substance *gas = sw_substance_find(lattice->model->gas.list[rule->gas].name);
    double pressure = lattice->pressure[rule->gas], mu;
    sw_standard_state state;
    if (!gas || pressure <= 0.0 ||
        sw_substance_state(&state, gas, lattice->temperature, NULL) != SW_OK)
        return 0.0;
    mu = state.gibbs + lattice->thermal * sw_ln(pressure / SW_STANDARD_PRESSURE);
    double reference = state.enthalpy; /* at T, so that energy and entropy are of the adsorbate */
    double adsorbed = 0.5 * reference + rule->adsorption_energy -
                      lattice->temperature * rule->adsorption_entropy;
    double odds = sw_exp(-(adsorbed - 0.5 * mu) / lattice->thermal);
    return odds / (1.0 + odds);
}

static double arrival_rate(const sw_lattice *lattice, int species)
{
    const sw_supply *rule = &lattice->model->supply;
    const sw_substance *gas = sw_substance_find(lattice->model->gas.list[rule->gas].name);
    if (!gas || lattice->pressure[rule->gas] <= 0.0)
        return 0.0;
    return sw_collision_rate(gas, lattice->temperature, lattice->pressure[rule->gas], rule->area) *
           sw_exp(-rule->dissociation_barrier[species] / lattice->thermal);
}

/* ---- clusters ----------------------------------------------------------------------------------- */

static sw_status new_cluster(sw_supply_state *supply, size_t *index)
{
    if (!sw_reserve(&supply->cluster, &supply->cluster_capacity, supply->clusters + 1,
                    sizeof *supply->cluster))
        return SW_ERROR_MEMORY;
    *index = supply->clusters++;
    supply->cluster[*index] = (sw_cluster){0};
    return SW_OK;
}

/* Collects the carriers joined to `start`; returns how many, listed in touched[]. */
static size_t gather(sw_lattice *lattice, uint32_t start, uint16_t number)
{
    uint32_t *queue = lattice->touched;
    size_t head = 0, tail = 0;
    queue[tail++] = start;
    lattice->supply.cluster_of[start] = number;
    while (head < tail) {
        uint32_t site = queue[head++];
        const sw_steps *link = &lattice->supply.link[lattice->geometry.basis[site]];
        for (size_t i = 0; i < link->count; i++) {
            uint32_t at = sw_geometry_follow(&lattice->geometry, site, link->list[i]);
            if (at == lattice->geometry.sites || lattice->supply.cluster_of[at] == number ||
                !sw_supply_carrier(lattice, at))
                continue;
            lattice->supply.cluster_of[at] = number;
            queue[tail++] = at;
        }
    }
    return tail;
}

/* Exposure and arrival of a cluster whose carriers are in touched[]. */
static void account(sw_lattice *lattice, sw_cluster *cluster, size_t carriers)
{
    double rate[SW_SPECIES_LIMIT];
    for (int s = 0; s < SW_SPECIES_LIMIT; s++)
        rate[s] = SW_IN(lattice->model->supply.carriers, s) ? arrival_rate(lattice, s) : 0.0;
    cluster->carriers = (uint32_t)carriers;
    for (size_t i = 0; i < carriers; i++) {
        uint32_t site = lattice->touched[i];
        if (!lattice->open[site])
            continue;
        cluster->exposed++;
        cluster->arrival += rate[lattice->species[site]];
    }
    cluster->capacity = sw_supply_coverage(lattice) * cluster->exposed;
}

static sw_status find_clusters(sw_lattice *lattice)
{
    sw_supply_state *supply = &lattice->supply;
    sw_status status = SW_OK;
    for (uint32_t site = 0; site < lattice->geometry.sites && status == SW_OK; site++) {
        if (lattice->species[site] == SW_EMPTY || supply->cluster_of[site] != NO_CLUSTER ||
            !sw_supply_carrier(lattice, site))
            continue;
        size_t index = supply->clusters;
        if (index >= UINT16_MAX - 1)
            break;
        size_t carriers = gather(lattice, site, (uint16_t)index);
        if ((int)carriers < lattice->model->supply.smallest_cluster) {
            for (size_t i = 0; i < carriers; i++)
                supply->cluster_of[lattice->touched[i]] = UINT16_MAX; /* seen, too small */
            continue;
        }
        status = new_cluster(supply, &index);
        if (status == SW_OK)
            account(lattice, &supply->cluster[index], carriers);
    }
    for (uint32_t site = 0; site < lattice->geometry.sites; site++)
        if (supply->cluster_of[site] == UINT16_MAX)
            supply->cluster_of[site] = NO_CLUSTER;
    return status;
}

static double *old_inventories(const sw_supply_state *supply)
{
    double *inventory = sw_allocate(supply->clusters + 1, sizeof *inventory);
    for (size_t c = 1; inventory && c < supply->clusters; c++)
        inventory[c] = supply->cluster[c].inventory;
    return inventory;
}

/* The carriers that an old cluster still has share its inventory and bring it to the clusters
 * they belong to now, so that it is kept when atoms move and when clusters split or merge. */
static sw_status hand_on(sw_lattice *lattice, const uint16_t *before, const double *inventory,
                         size_t old_clusters)
{
    sw_supply_state *supply = &lattice->supply;
    uint32_t *heirs = sw_allocate(old_clusters + 1, sizeof *heirs);
    if (!heirs)
        return SW_ERROR_MEMORY;
    for (uint32_t site = 0; site < lattice->geometry.sites; site++)
        if (supply->cluster_of[site] != NO_CLUSTER)
            heirs[before[site]]++;
    for (uint32_t site = 0; site < lattice->geometry.sites; site++)
        if (supply->cluster_of[site] != NO_CLUSTER && before[site] != NO_CLUSTER)
            supply->cluster[supply->cluster_of[site]].inventory +=
                inventory[before[site]] / heirs[before[site]];
    free(heirs);
    return SW_OK;
}

sw_status sw_supply_refresh(sw_lattice *lattice)
{
    sw_supply_state *supply = &lattice->supply;
    if (!supply->present)
        return SW_OK;
    bool first = supply->clusters == 0;
    size_t old_clusters = supply->clusters;
    double *inventory = old_inventories(supply);
    uint16_t *before = supply->cluster_of;
    supply->cluster_of = sw_allocate((size_t)lattice->geometry.sites + 1,
                                     sizeof *supply->cluster_of);
    supply->clusters = 0;
    size_t none;
    sw_status status =
        inventory && supply->cluster_of ? new_cluster(supply, &none) : SW_ERROR_MEMORY;
    if (status == SW_OK)
        status = find_clusters(lattice);
    if (status == SW_OK)
        status = hand_on(lattice, before, inventory, old_clusters);
    for (size_t c = 1; first && status == SW_OK && c < supply->clusters; c++)
        supply->cluster[c].inventory = supply->cluster[c].capacity;
    free(before);
    free(inventory);
    if (status != SW_OK)
        return status;
    sw_spillover_refresh(lattice);
    sw_supply_bound(lattice);
    int every = lattice->model->spillover.refresh;
    supply->next_refresh = lattice->events + (uint64_t)(every > 0 ? every : 1000);
    return SW_OK;
}

/* ---- inventory --------------------------------------------------------------------------------- */

size_t sw_supply_cluster_at(const sw_lattice *lattice, uint32_t site)
{
    return lattice->supply.cluster_of[site];
}

double sw_supply_c(const sw_lattice *lattice, size_t cluster)
{
    const sw_cluster *own = &lattice->supply.cluster[cluster];
    if (cluster == NO_CLUSTER || own->capacity <= 0.0)
        return 0.0;
    double y = own->inventory / own->capacity;
    return y * y;
}

/* n at a time `interval` later. */
static double relaxed(const sw_cluster *cluster, double interval)
{
    double y = cluster->inventory / cluster->capacity;
    double decay = sw_exp(-4.0 * cluster->arrival / cluster->capacity * interval);
    return cluster->capacity * ((1.0 + y) - (1.0 - y) * decay) / ((1.0 + y) + (1.0 - y) * decay);
}

void sw_supply_relax(sw_lattice *lattice, double interval)
{
    sw_supply_state *supply = &lattice->supply;
    for (size_t c = 1; c < supply->clusters; c++) {
        sw_cluster *cluster = &supply->cluster[c];
        if (cluster->capacity <= 0.0)
            continue;
        double next = relaxed(cluster, interval);
        supply->arrived += next - cluster->inventory;
        cluster->inventory = next;
    }
}

/* Seconds until y of a cluster has grown to `target`. */
static double time_to_reach(const sw_cluster *cluster, double target)
{
    double y = cluster->inventory / cluster->capacity;
    if (y >= target)
        return 0.0;
    if (cluster->arrival <= 0.0 || target >= 1.0)
        return INFINITY;
    double decay = (1.0 + y) * (1.0 - target) / ((1.0 - y) * (1.0 + target));
    return -sw_ln(decay) * cluster->capacity / (4.0 * cluster->arrival);
}

/* The smallest number of atoms that an event takes. */
static double least_taken(const sw_lattice *lattice)
{
    int least = 0;
    for (size_t c = 0; c < lattice->classes; c++) {
        int taken = lattice->class[c].supply;
        least = taken && (!least || taken < least) ? taken : least;
    }
    return least;
}

/* c of the fullest cluster that can pay for an event; below 0 where none can. */
static double largest_c(const sw_lattice *lattice, double least)
{
    double largest = -1.0;
    for (size_t c = 1; c < lattice->supply.clusters; c++)
        if (lattice->supply.cluster[c].inventory >= least)
            largest = fmax(largest, sw_supply_c(lattice, c));
    return largest;
}

/* A cluster that cannot pay for an event is left out until it can, so that no candidates are
 * drawn only to be refused. */
void sw_supply_bound(sw_lattice *lattice)
{
    sw_supply_state *supply = &lattice->supply;
    double least = least_taken(lattice), largest = largest_c(lattice, least), wait = INFINITY;
    double bound = largest >= 1.0 ? largest : fmin(2.0 * largest + 1e-4, 1.0);
    if (largest < 0.0)
        bound = 0.0;
    for (size_t c = 1; c < supply->clusters && bound < 1.0; c++) {
        const sw_cluster *cluster = &supply->cluster[c];
        if (cluster->capacity <= 0.0)
            continue;
        double target = sqrt(bound);
        if (cluster->inventory < least) /* a little more, so that rounding does not stop short */
            target = least / cluster->capacity * (1.0 + 1e-9);
        wait = fmin(wait, time_to_reach(cluster, target));
    }
    supply->bound_on_c = bound;
    supply->bound_until = lattice->time + wait;
}
