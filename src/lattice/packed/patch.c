/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The patch: a frame just large enough that what one site depends on does not meet itself, in
 * which surroundings are set up and the general engine's energies and rates asked.
 */
#include "base/memory.h"
#include "lattice/packed/packed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct sw_packed_patch {
    sw_lattice_model model;
    sw_lattice lattice;
    uint32_t *anchor; /* [basis] */
    uint32_t **site;  /* [basis][slot] */
    size_t basis_sites;
};

/* ---- making the patch ------------------------------------------------------------------------ */

static void size_patch(sw_frame *frame, const sw_packed *packed) {
    for (int d = 0; d < 3; d++) {
        int reach = 0;
        for (size_t b = 0; b < packed->basis_sites; b++)
            for (size_t i = 0; i < packed->basis[b].slots; i++) {
                int cells = abs(packed->basis[b].slot[i].step.cell[d]);
                reach = cells > reach ? cells : reach;
            }
        frame->size[d] = 2 * reach + 1;
    }
}

static sw_status compile_patch(sw_packed_patch *patch, const sw_lattice *whole, sw_error *error) {
    sw_lattice *lattice = &patch->lattice;
    lattice->model = &patch->model;
    lattice->context = whole->context;
    lattice->scaling = whole->scaling; /* its factors, and so the same classes */
    sw_status status = sw_geometry_create(&lattice->geometry, &patch->model.frame, error);
    if (status != SW_OK)
        return status;
    /* what leaves the whole frame is left out here too, or the patterns would differ */
    memcpy(lattice->geometry.room, whole->geometry.room, sizeof whole->geometry.room);
    size_t sites = (size_t)lattice->geometry.sites + 1;
    lattice->species = sw_allocate(sites, 1);
    lattice->open = sw_allocate(sites, 1);
    lattice->rates = sw_allocate(patch->model.processes, sizeof *lattice->rates);
    lattice->clear_saddle = sw_allocate(patch->model.processes, sizeof *lattice->clear_saddle);
    if (!lattice->species || !lattice->open || !lattice->rates || !lattice->clear_saddle)
        return SW_ERROR_MEMORY;
    memset(lattice->open, 1, sites);
    lattice->species[sites - 1] = SW_WALL;
    status =
        sw_energy_create(&lattice->energy, &lattice->geometry, &patch->model.energetics, error);
    if (status == SW_OK)
        status = sw_patterns_create(&lattice->patterns, &lattice->geometry, &patch->model, error);
    if (status == SW_OK)
        status = sw_classes_assign(lattice, error);
    return status == SW_OK ? sw_saddles_find_clear(lattice, error) : status;
}

static sw_status place_slots(sw_packed_patch *patch, const sw_packed *packed) {
    const sw_geometry *geometry = &patch->lattice.geometry;
    int middle[3];
    for (int d = 0; d < 3; d++)
        middle[d] = geometry->size[d] / 2;
    for (size_t b = 0; b < packed->basis_sites; b++) {
        const sw_packed_basis *basis = &packed->basis[b];
        size_t cell = ((size_t)middle[2] * (size_t)geometry->size[1] + (size_t)middle[1]) *
                          (size_t)geometry->size[0] +
                      (size_t)middle[0];
        patch->anchor[b] = (uint32_t)(cell * packed->basis_sites + b);
        patch->site[b] = sw_allocate(basis->slots, sizeof **patch->site);
        if (!patch->site[b])
            return SW_ERROR_MEMORY;
        for (size_t i = 0; i < basis->slots; i++)
            patch->site[b][i] =
                sw_geometry_follow_slowly(geometry, patch->anchor[b], basis->slot[i].step);
    }
    return SW_OK;
}

sw_status sw_packed_patch_create(sw_packed *packed, const sw_lattice *lattice, sw_error *error) {
    sw_packed_patch *patch = packed->patch = sw_allocate(1, sizeof *patch);
    if (!patch)
        return SW_ERROR_MEMORY;
    patch->model = *lattice->model;
    patch->basis_sites = packed->basis_sites;
    size_patch(&patch->model.frame, packed);
    patch->anchor = sw_allocate(packed->basis_sites, sizeof *patch->anchor);
    patch->site = sw_allocate(packed->basis_sites, sizeof *patch->site);
    if (!patch->anchor || !patch->site)
        return SW_ERROR_MEMORY;
    sw_status status = compile_patch(patch, lattice, error);
    if (status == SW_OK)
        status = sw_rates_set_temperature(&patch->lattice, lattice->model->run.temperature, error);
    return status == SW_OK ? place_slots(patch, packed) : status;
}

void sw_packed_patch_destroy(sw_packed_patch *patch) {
    if (!patch)
        return;
    for (size_t b = 0; patch->site && b < patch->basis_sites; b++)
        free(patch->site[b]);
    free(patch->site);
    free(patch->anchor);
    sw_patterns_clear(&patch->lattice.patterns);
    sw_energy_clear(&patch->lattice.energy);
    sw_geometry_clear(&patch->lattice.geometry);
    free(patch->lattice.species);
    free(patch->lattice.open);
    free(patch->lattice.rates);
    free(patch->lattice.clear_saddle);
    free(patch);
}

/* ---- asking the patch ------------------------------------------------------------------------ */

sw_status sw_packed_patch_set(sw_packed *packed, const sw_lattice *lattice, sw_error *error) {
    sw_lattice *patch = &packed->patch->lattice;
    memcpy(patch->pressure, lattice->pressure, sizeof patch->pressure);
    return sw_rates_set_temperature(patch, lattice->temperature, error);
}

void sw_packed_patch_empty(sw_packed *packed) {
    sw_lattice *lattice = &packed->patch->lattice;
    memset(lattice->species, SW_EMPTY, lattice->geometry.sites);
}

void sw_packed_patch_put(sw_packed *packed, int basis, size_t slot, unsigned state) {
    packed->patch->lattice.species[packed->patch->site[basis][slot]] =
        state == SW_PACKED_WALL ? (uint8_t)SW_WALL : (uint8_t)state;
}

/* The first state that a slot may hold with these bits. */
static unsigned state_of(const sw_packed *packed, const sw_packed_slot *slot, uint64_t bits) {
    const sw_packed_basis *there = &packed->basis[slot->step.basis];
    for (unsigned s = 0; s < there->states; s++)
        if (sw_packed_slot_bits(slot, there->species[s]) == bits)
            return there->species[s];
    return SW_PACKED_WALL;
}

static double checked(sw_packed *packed, uint32_t number, double rate) {
    const sw_lattice *lattice = &packed->patch->lattice;
    rate *= sw_class_activity(lattice, lattice->patterns.list[number].class);
    if (rate >= 0.0 && rate < SW_HIGHEST_RATE)
        return rate;
    packed->status = SW_ERROR_NUMERIC;
    return 0.0;
}

double sw_packed_ask(sw_packed *packed, const sw_packed_event *event, sw_packed_code code) {
    const sw_packed_basis *basis = &packed->basis[event->basis];
    sw_lattice *lattice = &packed->patch->lattice;
    const sw_packed_index *index = &event->rates.index;
    uint64_t word[SW_PACKED_WORDS] = {code.first & (event->mask | index->bits)};
    for (unsigned p = index->first_part; p < index->first_part + index->gathers; p++)
        word[packed->part[p].word] |= code.further[packed->part[p].word - 1] & packed->part[p].mask;
    for (size_t i = 0; i < basis->slots; i++) {
        const sw_packed_slot *slot = &basis->slot[i];
        uint64_t bits = word[slot->word] & ((1ULL << slot->width) - 1) << slot->shift;
        sw_packed_patch_put(packed, event->basis, i, state_of(packed, slot, bits));
    }
    sw_channel channel;
    double rate = sw_rates_channel(lattice, packed->patch->anchor[event->basis],
                                   &lattice->patterns.list[event->pattern], &channel);
    return checked(packed, event->pattern, rate);
}

/* ---- sums ------------------------------------------------------------------------------------ */

/* Energy of putting these species on the sites of a pattern, above the present one. */
static double energy_of(sw_packed_patch *patch, const sw_packed_study *study,
                        const int after[SW_SLOT_LIMIT]) {
    sw_lattice *lattice = &patch->lattice;
    double change = 0.0;
    for (int k = 0; k < study->pattern->slots; k++)
        change += sw_energy_apply(&lattice->energy, lattice->species,
                                  patch->site[study->basis][study->own[k]], after[k]);
    for (int k = study->pattern->slots; k-- > 0;)
        sw_energy_apply(&lattice->energy, lattice->species,
                        patch->site[study->basis][study->own[k]], study->before[k]);
    return change;
}

sw_packed_sums sw_packed_patch_sums(sw_packed *packed, const sw_packed_study *study) {
    sw_packed_patch *patch = packed->patch;
    const sw_process_rates *rates = &patch->lattice.rates[study->pattern->process];
    sw_packed_sums sums = {.of = {0}};
    sw_local_counts counts;
    int removed[SW_SLOT_LIMIT];
    for (int k = 0; k < study->pattern->slots; k++)
        removed[k] = study->after[k] != study->before[k] ? SW_EMPTY : study->before[k];
    if (rates->needs_energy)
        sums.of[SW_PACKED_CHANGE] = energy_of(patch, study, study->after);
    if (rates->needs_removal)
        sums.of[SW_PACKED_REMOVAL] = energy_of(patch, study, removed);
    sw_rates_count(&counts, &patch->lattice, patch->anchor[study->basis], study->pattern,
                   study->pattern->reverse ? study->after : study->before);
    for (int c = 0; c < 8; c++)
        sums.of[SW_PACKED_CONDITION + c] = counts.condition[c];
    for (int e = 0; e < 4; e++) {
        int rule = e / 2, end = e % 2;
        sums.of[SW_PACKED_ENVIRONMENT + e] = counts.environment[rule][end];
    }
    return sums;
}

double sw_packed_patch_rate(sw_packed *packed, uint32_t pattern, const sw_packed_sums *sums) {
    const sw_lattice *lattice = &packed->patch->lattice;
    sw_local_counts counts;
    for (int c = 0; c < 8; c++)
        counts.condition[c] = (int)lrint(sums->of[SW_PACKED_CONDITION + c]);
    for (int e = 0; e < 4; e++)
        counts.environment[e / 2][e % 2] = (int)lrint(sums->of[SW_PACKED_ENVIRONMENT + e]);
    double rate = sw_rates_counted(lattice, &lattice->patterns.list[pattern], &counts,
                                   sums->of[SW_PACKED_CHANGE], sums->of[SW_PACKED_REMOVAL]);
    return checked(packed, pattern, rate);
}
