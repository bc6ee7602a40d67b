/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Site codes. The code of an anchor is the XOR of one word for every site that its rates depend
 * on: word(slot, state) = hash(slot key, species), and 0 for an empty site, so that a change of a
 * site is one XOR into the code of each dependent anchor (Zobrist hashing). Anchors that a
 * translation of the lattice makes equal share their slot keys. Codes are 64 bits wide: two
 * different neighbourhoods meet with probability 2^-64 per pair.
 */
#include "base/memory.h"
#include "lattice/scramble.h"
#include "lattice/state.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static uint64_t word(uint64_t key, int species) {
    if (species == SW_EMPTY)
        return 0;
    unsigned __int128 product =
        (unsigned __int128)(key ^ (uint64_t)(unsigned)species * 0x9e3779b97f4a7c15ULL) *
        (key >> 32 | key << 32 | 1);
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* ---- what an anchor depends on --------------------------------------------------------------- */

/* Where the saddle is clear, only what surrounds the moving atoms before the move matters. */
static bool holds_moving_atom(const sw_pattern *pattern, int slot) {
    return sw_saddle_slot_moves(pattern, slot) && pattern->before[slot] != (sw_species_set)1
                                                                               << SW_EMPTY;
}

sw_status sw_codes_energetic(sw_steps *steps, const sw_lattice *lattice,
                             const sw_pattern *pattern) {
    const sw_process *process = &lattice->model->process[pattern->process];
    bool energetic = process->kinetics != SW_KINETICS_RATE ||
                     (process->reversible && !process->has_reverse_rate &&
                      !lattice->patterns.own_reverse[pattern->process]);
    sw_status status = SW_OK;
    for (int k = 0; k < pattern->slots && energetic && status == SW_OK; k++) {
        sw_steps around = {0};
        if (lattice->clear_saddle[pattern->process] && !holds_moving_atom(pattern, k))
            continue;
        status = sw_energy_dependencies(&around, &lattice->energy, pattern->step[k].basis);
        for (size_t i = 0; i < around.count && status == SW_OK; i++) {
            sw_step step = sw_geometry_join(&lattice->geometry, pattern->step[0].basis,
                                            pattern->step[k], around.list[i]);
            if (!sw_geometry_leaves(&lattice->geometry, step))
                status = sw_steps_add_once(steps, step, NULL);
        }
        sw_steps_clear(&around);
    }
    return status;
}

/* Near steps first (those that can make or unmake a match), then those that only shift energies. */
static sw_status collect(sw_steps *steps, size_t *near, const sw_lattice *lattice, int basis) {
    const sw_patterns *patterns = &lattice->patterns;
    sw_status status = sw_patterns_near(steps, patterns, basis);
    *near = steps->count;
    for (size_t p = patterns->first[basis]; p < patterns->first[basis + 1] && status == SW_OK; p++)
        status = sw_codes_energetic(steps, lattice, &patterns->list[p]);
    return status;
}

/* A key for a slot that depends only on the vector and on what the anchor is: equal anchors of a
 * conventional cell then share their codes. */
static uint64_t slot_key(const sw_lattice *lattice, int basis, sw_step step, uint64_t anchor) {
    double vector[3];
    sw_geometry_vector(vector, &lattice->geometry, basis, step);
    uint64_t key = anchor;
    for (int d = 0; d < 3; d++)
        key = sw_scramble(key ^ (uint64_t)(int64_t)llround(vector[d] * 1000.0));
    return sw_scramble(key ^ (uint64_t)lattice->geometry.frame->basis[step.basis].kind);
}

/* Identity of an anchor: kind and the set of the vectors of what it depends on. */
static uint64_t anchor_identity(const sw_lattice *lattice, int basis, const sw_steps *steps) {
    uint64_t sum = 0;
    for (size_t i = 0; i < steps->count; i++)
        sum += slot_key(lattice, basis, steps->list[i], 1);
    return sw_scramble(sum ^ (uint64_t)lattice->geometry.frame->basis[basis].kind << 56);
}

static sw_status add_dependent(sw_dependents *dependents, sw_step back, uint64_t key) {
    if (!sw_reserve(&dependents->list, &dependents->capacity, dependents->count + 1,
                    sizeof *dependents->list))
        return SW_ERROR_MEMORY;
    dependents->list[dependents->count++] = (sw_dependent){back, key};
    return SW_OK;
}

static sw_status add_open_dependents(sw_lattice *lattice, int basis, uint64_t identity) {
    const sw_patterns *patterns = &lattice->patterns;
    sw_steps open = {0};
    sw_status status = SW_OK;
    for (size_t p = patterns->first[basis]; p < patterns->first[basis + 1]; p++)
        for (int k = 0; k < patterns->list[p].slots && status == SW_OK; k++)
            if (patterns->list[p].open[k])
                status = sw_steps_add_once(&open, patterns->list[p].step[k], NULL);
    for (size_t i = 0; i < open.count && status == SW_OK; i++)
        status = add_dependent(&lattice->codes.open[open.list[i].basis],
                               sw_geometry_reverse(&lattice->geometry, basis, open.list[i]),
                               sw_scramble(slot_key(lattice, basis, open.list[i], identity) ^ 77));
    sw_steps_clear(&open);
    return status;
}

typedef struct anchor {
    sw_steps steps;
    size_t near;
    uint64_t identity;
} anchor;

static sw_status link_anchors(sw_lattice *lattice, const anchor *anchors, bool near) {
    sw_status status = SW_OK;
    for (int basis = 0; basis < lattice->geometry.basis_sites; basis++) {
        const anchor *own = &anchors[basis];
        size_t first = near ? 0 : own->near, last = near ? own->near : own->steps.count;
        for (size_t i = first; i < last && status == SW_OK; i++) {
            sw_step step = own->steps.list[i];
            status = add_dependent(&lattice->codes.species[step.basis],
                                   sw_geometry_reverse(&lattice->geometry, basis, step),
                                   slot_key(lattice, basis, step, own->identity));
        }
        if (near)
            lattice->codes.origin[basis] = sw_scramble(own->identity ^ 5);
    }
    return status;
}

static sw_status link_all(sw_lattice *lattice, anchor *anchors) {
    int count = lattice->geometry.basis_sites;
    sw_status status = SW_OK;
    for (int basis = 0; basis < count && status == SW_OK; basis++) {
        if (lattice->patterns.first[basis] == lattice->patterns.first[basis + 1])
            continue;
        status = collect(&anchors[basis].steps, &anchors[basis].near, lattice, basis);
        anchors[basis].identity = anchor_identity(lattice, basis, &anchors[basis].steps);
        if (status == SW_OK)
            status = add_open_dependents(lattice, basis, anchors[basis].identity);
    }
    if (status == SW_OK)
        status = link_anchors(lattice, anchors, true);
    for (int basis = 0; basis < count; basis++)
        lattice->codes.species[basis].near = lattice->codes.species[basis].count;
    return status == SW_OK ? link_anchors(lattice, anchors, false) : status;
}

/* Refuses a frame in which a neighbour is the site itself, by way of a periodic axis. */
static sw_status check_frame(const sw_lattice *lattice, int margin[3], sw_error *error) {
    const sw_geometry *geometry = &lattice->geometry;
    for (int basis = 0; basis < geometry->basis_sites; basis++) {
        const sw_dependents *dependents = &lattice->codes.species[basis];
        for (size_t i = 0; i < dependents->count; i++) {
            sw_step back = dependents->list[i].back;
            bool moved = false;
            for (int d = 0; d < 3; d++) {
                int cells = abs(back.cell[d]);
                margin[d] = cells > margin[d] ? cells : margin[d];
                moved = moved || (geometry->frame->periodic[d] ? back.cell[d] % geometry->size[d]
                                                               : back.cell[d]) != 0;
            }
            bool itself =
                back.basis == basis && !moved && (back.cell[0] || back.cell[1] || back.cell[2]);
            if (itself && i < dependents->near)
                return sw_error_set(error, SW_ERROR_MODEL, "frame.size",
                                    "make the frame larger along its periodic axes",
                                    "the frame is so small that a site is its own neighbour");
        }
    }
    return SW_OK;
}

sw_status sw_codes_create(sw_lattice *lattice, int margin[3], sw_error *error) {
    size_t basis = (size_t)lattice->geometry.basis_sites;
    sw_codes *codes = &lattice->codes;
    codes->code = sw_allocate(lattice->geometry.sites, sizeof *codes->code);
    codes->species = sw_allocate(basis, sizeof *codes->species);
    codes->open = sw_allocate(basis, sizeof *codes->open);
    codes->origin = sw_allocate(basis, sizeof *codes->origin);
    anchor *anchors = sw_allocate(basis, sizeof *anchors);
    sw_status status = SW_ERROR_MEMORY;
    if (codes->code && codes->species && codes->open && codes->origin && anchors)
        status = link_all(lattice, anchors);
    for (size_t b = 0; anchors && b < basis; b++)
        sw_steps_clear(&anchors[b].steps);
    free(anchors);
    if (status != SW_OK)
        return sw_error_set(error, status, "processes", "use fewer processes or terms",
                            "not enough memory for the site codes");
    return check_frame(lattice, margin, error);
}

void sw_codes_clear(sw_codes *codes, int basis_sites) {
    for (int basis = 0; basis < basis_sites; basis++) {
        if (codes->species)
            free(codes->species[basis].list);
        if (codes->open)
            free(codes->open[basis].list);
    }
    free(codes->species);
    free(codes->open);
    free(codes->code);
    free(codes->origin);
    memset(codes, 0, sizeof *codes);
}

/* ---- keeping the codes ----------------------------------------------------------------------- */

static void touch(sw_lattice *lattice, uint32_t anchor_site, uint8_t how) {
    if (!lattice->touch_mark[anchor_site])
        lattice->touched[lattice->touches++] = anchor_site;
    lattice->touch_mark[anchor_site] |= how;
}

void sw_codes_species_changed(sw_lattice *lattice, uint32_t site, int before, int after) {
    const sw_geometry *geometry = &lattice->geometry;
    const sw_dependents *dependents = &lattice->codes.species[geometry->basis[site]];
    for (size_t i = 0; i < dependents->count; i++) {
        const sw_dependent *dependent = &dependents->list[i];
        uint32_t at = sw_geometry_follow(geometry, site, dependent->back);
        if (at == geometry->sites)
            continue;
        lattice->codes.code[at] ^= word(dependent->key, before) ^ word(dependent->key, after);
        if (i < dependents->near)
            touch(lattice, at, 2);
        else if (lattice->active[at])
            touch(lattice, at, 1);
    }
}

void sw_codes_open_changed(sw_lattice *lattice, uint32_t site) {
    const sw_geometry *geometry = &lattice->geometry;
    const sw_dependents *dependents = &lattice->codes.open[geometry->basis[site]];
    for (size_t i = 0; i < dependents->count; i++) {
        uint32_t at = sw_geometry_follow(geometry, site, dependents->list[i].back);
        if (at == geometry->sites)
            continue;
        lattice->codes.code[at] ^= dependents->list[i].key;
        touch(lattice, at, 2);
    }
}

/* Adds what the site `at` gives to the codes of its dependents. */
static void scatter(sw_lattice *lattice, uint32_t site) {
    const sw_geometry *geometry = &lattice->geometry;
    const sw_dependents *dependents = &lattice->codes.species[geometry->basis[site]];
    for (size_t i = 0; lattice->species[site] != SW_EMPTY && i < dependents->count; i++) {
        uint32_t at = sw_geometry_follow(geometry, site, dependents->list[i].back);
        if (at != geometry->sites)
            lattice->codes.code[at] ^= word(dependents->list[i].key, lattice->species[site]);
    }
    const sw_dependents *open = &lattice->codes.open[geometry->basis[site]];
    for (size_t i = 0; lattice->open[site] && i < open->count; i++) {
        uint32_t at = sw_geometry_follow(geometry, site, open->list[i].back);
        if (at != geometry->sites)
            lattice->codes.code[at] ^= open->list[i].key;
    }
}

/* Sites near a closed boundary see walls: which of their steps leave the frame follows from the
 * distance in cells and the place in the cell, so equal anchors are no longer equal there. */
static uint64_t walls_seen(const sw_lattice *lattice, uint32_t site) {
    const sw_geometry *geometry = &lattice->geometry;
    if (geometry->inner[site])
        return 0;
    int cell[3];
    sw_geometry_cell(cell, geometry, site);
    uint64_t seen = 0;
    for (int d = 0; d < 3; d++) {
        int far = geometry->size[d] - 1 - cell[d], margin = geometry->margin[d];
        if (geometry->frame->periodic[d])
            continue;
        seen = seen << 16 | (uint64_t)(cell[d] < margin ? cell[d] + 1 : 0) << 8 |
               (uint64_t)(far < margin ? far + 1 : 0);
    }
    return seen ? sw_scramble(seen | (uint64_t)geometry->basis[site] << 56) : 0;
}

uint64_t sw_codes_of(const sw_lattice *lattice, uint32_t site) {
    const sw_geometry *geometry = &lattice->geometry;
    int basis = geometry->basis[site];
    uint64_t code = lattice->codes.origin[basis] ^ walls_seen(lattice, site);
    for (int from = 0; from < geometry->basis_sites; from++) {
        for (int sort = 0; sort < 2; sort++) {
            const sw_dependents *dependents =
                sort ? &lattice->codes.open[from] : &lattice->codes.species[from];
            for (size_t i = 0; i < dependents->count; i++) {
                sw_dependent dependent = dependents->list[i];
                if (dependent.back.basis != basis)
                    continue;
                sw_step to = sw_geometry_reverse(geometry, from, dependent.back);
                uint32_t at = sw_geometry_follow_slowly(geometry, site, to);
                if (at == geometry->sites)
                    continue;
                if (sort)
                    code ^= lattice->open[at] ? dependent.key : 0;
                else
                    code ^= word(dependent.key, lattice->species[at]);
            }
        }
    }
    return code;
}

void sw_codes_fill(sw_lattice *lattice) {
    const sw_geometry *geometry = &lattice->geometry;
    for (uint32_t site = 0; site < geometry->sites; site++)
        lattice->codes.code[site] =
            lattice->codes.origin[geometry->basis[site]] ^ walls_seen(lattice, site);
    for (uint32_t site = 0; site < geometry->sites; site++)
        scatter(lattice, site);
}
