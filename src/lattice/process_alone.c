/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Processes alone: each pattern is set up in the middle of an empty frame that the gas reaches
 * everywhere, with what its conditions demand beside it and nothing else. The supply counts as in
 * equilibrium with the gas, the spillover field as full.
 */
#include "base/memory.h"
#include "lattice/state.h"

#include <stdlib.h>
#include <string.h>

typedef struct stage {
    sw_lattice *lattice;
    sw_process_summary *summaries;
    const sw_pattern *pattern;
    uint32_t anchor;
    uint32_t site[SW_SLOT_LIMIT];
    int before[SW_SLOT_LIMIT];
} stage;

static void put(const stage *on, uint32_t site, int species) {
    if (site < on->lattice->geometry.sites)
        sw_energy_apply(&on->lattice->energy, on->lattice->species, site, species);
}

/* A site of this basis as far from the boundaries as there is. */
static uint32_t middle_site(const sw_geometry *geometry, int basis) {
    size_t cell = 0;
    for (int d = 2; d >= 0; d--)
        cell = cell * (size_t)geometry->size[d] + (size_t)(geometry->size[d] / 2);
    return (uint32_t)(cell * (size_t)geometry->basis_sites + (size_t)basis);
}

/* What slot k holds in the state in which the forward process begins. */
static int forward_species(const stage *on, int k) {
    const sw_pattern *pattern = on->pattern;
    if (!pattern->reverse)
        return on->before[k];
    if (pattern->after_slot[k] >= 0)
        return on->before[pattern->after_slot[k]];
    return pattern->after_species[k] >= 0 ? pattern->after_species[k] : on->before[k];
}

/* The lowest species of a set, other than empty, that may sit on the kind of a site; or empty. */
static int guest_of(const sw_lattice *lattice, uint32_t site, sw_species_set set) {
    int kind = lattice->geometry.frame->basis[lattice->geometry.basis[site]].kind;
    for (int s = 1; s < (int)lattice->model->species_count; s++)
        if (SW_IN(set, s) && SW_IN(lattice->model->species[s].kinds, kind))
            return s;
    return SW_EMPTY;
}

/* Puts neighbours beside the pattern until a condition has as many as it demands. */
static void satisfy(const stage *on, int condition) {
    const sw_lattice *lattice = on->lattice;
    const sw_counter *counter = &on->pattern->condition[condition];
    const sw_step *step = lattice->patterns.pool.list + counter->first;
    int have = 0;
    for (int k = 0; k < on->pattern->slots; k++)
        have += (int)(SW_IN(counter->inside, k) && SW_IN(counter->species, forward_species(on, k)));
    for (uint32_t i = 0; i < counter->count; i++)
        have += (int)SW_IN(
            counter->species,
            lattice->species[sw_geometry_follow(&lattice->geometry, on->anchor, step[i])]);
    for (uint32_t i = 0; i < counter->count && have < on->pattern->least[condition]; i++) {
        uint32_t site = sw_geometry_follow(&lattice->geometry, on->anchor, step[i]);
        if (site >= lattice->geometry.sites || lattice->species[site] != SW_EMPTY ||
            guest_of(lattice, site, counter->species) == SW_EMPTY)
            continue;
        put(on, site, guest_of(lattice, site, counter->species));
        have++;
    }
}

static double multiplier(const stage *on) {
    const sw_lattice *lattice = on->lattice;
    const sw_class *class = &lattice->class[on->pattern->class];
    double value = sw_class_activity(lattice, on->pattern->class);
    for (int m = 0; class->shared && m < class->molecules; m++)
        value *= lattice->pressure[lattice->model->supply.gas] / SW_BAR;
    return value;
}

static void measure(const stage *on) {
    sw_lattice *lattice = on->lattice;
    const sw_pattern *pattern = on->pattern;
    sw_process_summary *summary = &on->summaries[2 * (size_t)pattern->process + pattern->reverse];
    sw_channel channel = {0};
    double rate = sw_rates_channel(lattice, on->anchor, pattern, &channel);
    if (rate <= 0.0)
        return;
    sw_range_widen(&summary->lone_barrier, sw_process_barrier(lattice, pattern, rate));
    sw_range_widen(&summary->lone_rate, rate * multiplier(on));
}

/* Empties what stands within reach of the conditions. */
static void clear_stage(const stage *on) {
    const sw_lattice *lattice = on->lattice;
    for (int c = 0; c < on->pattern->conditions; c++) {
        const sw_counter *counter = &on->pattern->condition[c];
        for (uint32_t i = 0; i < counter->count; i++)
            put(on,
                sw_geometry_follow(&lattice->geometry, on->anchor,
                                   lattice->patterns.pool.list[counter->first + i]),
                SW_EMPTY);
    }
    for (int k = 0; k < on->pattern->slots; k++)
        put(on, on->site[k], SW_EMPTY);
}

/* Tries every choice of the species that the slots may hold. */
static void try_species(stage *on, int slot) {
    const sw_lattice *lattice = on->lattice;
    if (slot == on->pattern->slots) {
        for (int k = 0; k < on->pattern->slots; k++)
            put(on, on->site[k], on->before[k]);
        for (int c = 0; c < on->pattern->conditions; c++)
            satisfy(on, c);
        measure(on);
        clear_stage(on);
        return;
    }
    int kind = lattice->geometry.frame->basis[on->pattern->step[slot].basis].kind;
    for (int s = 0; s < (int)lattice->model->species_count; s++) {
        if (!SW_IN(on->pattern->before[slot], s) ||
            (s != SW_EMPTY && !SW_IN(lattice->model->species[s].kinds, kind)))
            continue;
        on->before[slot] = s;
        try_species(on, slot + 1);
    }
}

static void try_pattern(stage *on) {
    const sw_geometry *geometry = &on->lattice->geometry;
    on->anchor = middle_site(geometry, on->pattern->step[0].basis);
    for (int k = 0; k < on->pattern->slots; k++)
        on->site[k] = sw_geometry_follow(geometry, on->anchor, on->pattern->step[k]);
    for (int k = 0; k < on->pattern->slots; k++)
        if (on->site[k] >= geometry->sites)
            return;
    try_species(on, 0);
}

sw_status sw_process_alone(sw_process_summary *summaries, sw_lattice *lattice) {
    size_t sites = lattice->geometry.sites;
    uint8_t *kept = sw_allocate(2 * sites, 1);
    if (!kept)
        return SW_ERROR_MEMORY;
    memcpy(kept, lattice->species, sites);
    memcpy(kept + sites, lattice->open, sites);
    memset(lattice->species, SW_EMPTY, sites);
    memset(lattice->open, 1, sites);
    sw_energy_count(&lattice->energy, lattice->species);
    for (size_t p = 0; p < lattice->patterns.count; p++) {
        stage on = {
            .lattice = lattice, .summaries = summaries, .pattern = &lattice->patterns.list[p]};
        try_pattern(&on);
    }
    memcpy(lattice->species, kept, sites);
    memcpy(lattice->open, kept + sites, sites);
    sw_energy_count(&lattice->energy, lattice->species);
    free(kept);
    return SW_OK;
}
