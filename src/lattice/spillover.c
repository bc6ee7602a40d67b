/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The spillover field: exp(-path / decay) along the surface from the contact with a cluster,
 * where path counts steps between surface sites (occupied or not, reached by the gas and beside
 * something solid) and decay = step sqrt(k_hop / k_loss). Whether a site is occupied itself plays
 * no part, so the field is the same before and after an event there.
 */
#include "lattice/portable_math.h"
#include "lattice/state.h"

#include <math.h>
#include <string.h>

static bool is_surface(const sw_lattice *lattice, uint32_t site) {
    const sw_supply_state *supply = &lattice->supply;
    if (!lattice->open[site])
        return false;
    const sw_steps *coat = &supply->coat[lattice->geometry.basis[site]];
    for (size_t i = 0; i < coat->count; i++) {
        int held = lattice->species[sw_geometry_follow(&lattice->geometry, site, coat->list[i])];
        if (held != SW_EMPTY && held < SW_SPECIES_LIMIT)
            return true;
    }
    return false;
}

static double decay_length(const sw_lattice *lattice) {
    const sw_spillover *spill = &lattice->model->spillover;
    if (spill->contact_only)
        return 0.0;
    double ratio = spill->hop_prefactor / spill->loss_prefactor *
                   sw_exp((spill->loss_barrier - spill->hop_barrier) / lattice->thermal);
    return sqrt(ratio); /* in steps */
}

/* Sites in contact with a cluster have the full field and its number. */
static size_t start_at_contacts(sw_lattice *lattice, uint32_t *queue) {
    sw_supply_state *supply = &lattice->supply;
    size_t tail = 0;
    for (uint32_t site = 0; site < lattice->geometry.sites; site++) {
        uint16_t number = supply->cluster_of[site];
        const sw_steps *touch = &supply->touch[lattice->geometry.basis[site]];
        if (number == 0 || lattice->species[site] == SW_EMPTY)
            continue;
        for (size_t i = 0; i < touch->count; i++) {
            uint32_t at = sw_geometry_follow(&lattice->geometry, site, touch->list[i]);
            if (at == lattice->geometry.sites || supply->field[at] > 0.0f)
                continue;
            supply->field[at] = 1.0f;
            supply->cluster_of[at] = number;
            queue[tail++] = at;
        }
    }
    return tail;
}

static void spread(sw_lattice *lattice, uint32_t *queue, size_t tail) {
    sw_supply_state *supply = &lattice->supply;
    double decay = decay_length(lattice);
    double factor = decay > 0.0 ? sw_exp(-1.0 / decay) : 0.0;
    for (size_t head = 0; head < tail; head++) {
        uint32_t site = queue[head];
        double next = (double)supply->field[site] * factor;
        const sw_steps *along = &supply->along[lattice->geometry.basis[site]];
        if (next < lattice->model->spillover.smallest || next <= 0.0)
            continue;
        for (size_t i = 0; i < along->count; i++) {
            uint32_t at = sw_geometry_follow(&lattice->geometry, site, along->list[i]);
            if (at == lattice->geometry.sites || supply->field[at] > 0.0f ||
                !is_surface(lattice, at))
                continue;
            supply->field[at] = (float)next;
            supply->cluster_of[at] = supply->cluster_of[site];
            queue[tail++] = at;
        }
    }
}

void sw_spillover_refresh(sw_lattice *lattice) {
    memset(lattice->supply.field, 0, lattice->geometry.sites * sizeof *lattice->supply.field);
    if (!lattice->model->spillover.present)
        return;
    size_t contacts = start_at_contacts(lattice, lattice->touched);
    spread(lattice, lattice->touched, contacts);
}
