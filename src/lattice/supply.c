/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The clusters of the supply: metallic carriers that touch share one inventory of atoms. Which
 * carriers belong together is found anew every `refresh` events, and what an old cluster held is
 * handed on to those that its carriers belong to now. inventory.c says what the atoms do.
 */
#include "base/memory.h"
#include "lattice/state.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NO_CLUSTER 0

static sw_status find_links(sw_lattice *lattice, int basis) {
    const sw_supply *rule = &lattice->model->supply;
    const sw_spillover *spill = &lattice->model->spillover;
    const sw_geometry *geometry = &lattice->geometry;
    sw_supply_state *supply = &lattice->supply;
    int kind = geometry->frame->basis[basis].kind;
    sw_status status = SW_OK;
    if (SW_IN(rule->kinds, kind)) {
        status =
            sw_geometry_shell(&supply->link[basis], geometry, basis, rule->kinds, rule->link, true);
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

sw_status sw_supply_create(sw_lattice *lattice, sw_error *error) {
    sw_supply_state *supply = &lattice->supply;
    size_t sites = lattice->geometry.sites, basis = (size_t)lattice->geometry.basis_sites;
    supply->present = lattice->model->supply.present;
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

void sw_supply_clear(sw_supply_state *supply, int basis_sites) {
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

bool sw_supply_carrier(const sw_lattice *lattice, uint32_t site) {
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

/* ---- clusters -------------------------------------------------------------------------------- */

static sw_status new_cluster(sw_supply_state *supply, size_t *index) {
    if (!sw_reserve(&supply->cluster, &supply->cluster_capacity, supply->clusters + 1,
                    sizeof *supply->cluster))
        return SW_ERROR_MEMORY;
    *index = supply->clusters++;
    supply->cluster[*index] = (sw_cluster){0};
    return SW_OK;
}

/* Collects the carriers joined to `start`; returns how many, listed in touched[]. */
static size_t gather(sw_lattice *lattice, uint32_t start, uint16_t number) {
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

/* What the gas reaches of a cluster whose carriers are in touched[]. */
static void account(const sw_lattice *lattice, sw_cluster *cluster, size_t carriers) {
    cluster->carriers = (uint32_t)carriers;
    for (size_t i = 0; i < carriers; i++) {
        uint32_t site = lattice->touched[i];
        if (!lattice->open[site])
            continue;
        cluster->exposed++;
        cluster->dissociation += sw_supply_dissociation(lattice, lattice->species[site]);
    }
}

static sw_status find_clusters(sw_lattice *lattice) {
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

static double *old_inventories(const sw_supply_state *supply) {
    double *inventory = sw_allocate(supply->clusters + 1, sizeof *inventory);
    for (size_t c = 1; inventory && c < supply->clusters; c++)
        inventory[c] = supply->cluster[c].inventory;
    return inventory;
}

/* Atoms that the first `served` of the heirs bring: whole numbers, in all what there was. */
static double brought(double inventory, uint32_t served, uint32_t heirs) {
    uint64_t whole = (uint64_t)inventory * served / heirs;
    return (double)whole;
}

/* The carriers that an old cluster still has share its inventory and bring it to the clusters
 * they belong to now, so that it is kept when atoms move and when clusters split or merge. What
 * no carrier is left to bring goes back to the gas. */
static sw_status hand_on(sw_lattice *lattice, const uint16_t *before, const double *inventory,
                         size_t old_clusters) {
    sw_supply_state *supply = &lattice->supply;
    uint32_t *heirs = sw_allocate(old_clusters + 1, sizeof *heirs);
    uint32_t *served = sw_allocate(old_clusters + 1, sizeof *served);
    for (uint32_t site = 0; heirs && served && site < lattice->geometry.sites; site++)
        heirs[before[site]] += supply->cluster_of[site] != NO_CLUSTER;
    for (uint32_t site = 0; heirs && served && site < lattice->geometry.sites; site++) {
        uint16_t old = before[site];
        if (supply->cluster_of[site] == NO_CLUSTER || old == NO_CLUSTER)
            continue;
        uint32_t turn = served[old]++;
        supply->cluster[supply->cluster_of[site]].inventory +=
            brought(inventory[old], turn + 1, heirs[old]) -
            brought(inventory[old], turn, heirs[old]);
    }
    for (size_t c = 1; heirs && served && c < old_clusters; c++)
        if (heirs[c] == 0)
            sw_supply_lose(lattice, inventory[c]);
    sw_status status = heirs && served ? SW_OK : SW_ERROR_MEMORY;
    free(heirs);
    free(served);
    return status;
}

sw_status sw_supply_refresh(sw_lattice *lattice) {
    sw_supply_state *supply = &lattice->supply;
    if (!supply->present)
        return SW_OK;
    bool first = supply->clusters == 0;
    size_t old_clusters = supply->clusters;
    double *inventory = old_inventories(supply);
    uint16_t *before = supply->cluster_of;
    supply->cluster_of =
        sw_allocate((size_t)lattice->geometry.sites + 1, sizeof *supply->cluster_of);
    supply->clusters = 0;
    size_t none;
    sw_status status =
        inventory && supply->cluster_of ? new_cluster(supply, &none) : SW_ERROR_MEMORY;
    if (status == SW_OK)
        status = find_clusters(lattice);
    if (status == SW_OK)
        status = hand_on(lattice, before, inventory, old_clusters);
    for (size_t c = 1; first && status == SW_OK && c < supply->clusters; c++)
        supply->cluster[c].inventory =
            floor(sw_supply_capacity(lattice, &supply->cluster[c]) + 0.5);
    free(before);
    free(inventory);
    if (status != SW_OK)
        return status;
    sw_spillover_refresh(lattice);
    sw_supply_count(lattice);
    int every = lattice->model->spillover.refresh;
    supply->next_refresh = lattice->events + (uint64_t)(every > 0 ? every : 1000);
    return SW_OK;
}
