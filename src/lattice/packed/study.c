/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the rate of an event follows from. Where the energetics are pairs, every site outside the
 * pattern adds to the energies and to what conditions and barriers count by what it holds,
 * whatever the others hold. So trying one site after another tells which states of a site no rate
 * can tell apart, and which sites do the same and need only be counted.
 */
#include "base/memory.h"
#include "lattice/packed/packed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define EVENT_LIMIT 65536
#define SAME 1e-12 /* eV: far above rounding, far below what a rate could show */

sw_status sw_packed_dependencies(sw_steps *steps, const sw_lattice *lattice,
                                 const sw_pattern *pattern) {
    sw_status status = sw_patterns_matched(steps, &lattice->patterns, pattern);
    return status == SW_OK ? sw_codes_energetic(steps, lattice, pattern) : status;
}

/* ---- telling states apart -------------------------------------------------------------------- */

/* Sums over the slots: no term of figures, none that others screen. */
static bool is_additive(const sw_energetics *energetics) {
    for (size_t p = 0; p < energetics->pair_terms; p++)
        if (energetics->pair[p].screening)
            return false;
    return energetics->cluster_terms == 0 && energetics->valence_terms == 0;
}

static bool in_set(sw_species_set set, unsigned state) {
    return state != SW_PACKED_WALL && SW_IN(set, state);
}

static bool set_parts(sw_species_set set, unsigned a, unsigned b) {
    return in_set(set, a) != in_set(set, b);
}

/* Whether any term of the energetics tells two states of a kind of site apart. */
static bool energetics_part(const sw_energetics *energetics, int kind, unsigned a, unsigned b) {
    for (size_t p = 0; p < energetics->pair_terms; p++) {
        const sw_pair_term *pair = &energetics->pair[p];
        if (set_parts(pair->screening, a, b))
            return true;
        for (int end = 0; end < 2; end++)
            if (SW_IN(pair->kinds[end], kind) && set_parts(pair->species[end], a, b))
                return true;
    }
    for (size_t c = 0; c < energetics->cluster_terms; c++)
        for (size_t i = 0; i < energetics->cluster[c].points; i++)
            if (SW_IN(energetics->cluster[c].kinds[i], kind) &&
                set_parts(energetics->cluster[c].species[i], a, b))
                return true;
    return false;
}

bool sw_packed_same_effect(const sw_packed_sums *a, const sw_packed_sums *b) {
    for (int q = 0; q < SW_PACKED_QUANTITIES; q++)
        if (fabs(a->of[q] - b->of[q]) > SAME)
            return false;
    return true;
}

bool sw_packed_tells_apart(const sw_packed_study *study, size_t i, unsigned a, unsigned b) {
    const sw_geometry *geometry = &study->lattice->geometry;
    int basis = study->packed->basis[study->basis].slot[study->slot[i]].step.basis;
    if (!sw_packed_same_effect(&study->effect[i][a], &study->effect[i][b]))
        return true;
    return !study->additive && study->energetic[i] &&
           energetics_part(&study->lattice->model->energetics, geometry->frame->basis[basis].kind,
                           a, b);
}

/* ---- effects --------------------------------------------------------------------------------- */

static int counter_effect(const sw_packed_study *study, const sw_counter *counter, sw_step step,
                          unsigned state) {
    const sw_step *list = study->lattice->patterns.pool.list + counter->first;
    for (uint32_t i = 0; i < counter->count; i++)
        if (sw_step_equal(list[i], step))
            return (int)in_set(counter->species, state) - (int)SW_IN(counter->species, SW_EMPTY);
    return 0;
}

static void set_counter_effects(const sw_packed_study *study, sw_packed_sums *effect, sw_step step,
                                unsigned state) {
    const sw_pattern *pattern = study->pattern;
    for (int c = 0; c < pattern->conditions; c++)
        effect->of[SW_PACKED_CONDITION + c] =
            counter_effect(study, &pattern->condition[c], step, state);
    for (int e = 0; e < pattern->environments; e++)
        for (int end = 0; end < 2; end++)
            effect->of[SW_PACKED_ENVIRONMENT + 2 * e + end] =
                counter_effect(study, &pattern->environment[e][end], step, state);
}

static void set_effect(sw_packed_study *study, size_t i, unsigned state) {
    sw_packed *packed = study->packed;
    sw_packed_sums *effect = &study->effect[i][state];
    if (study->additive && study->energetic[i]) {
        sw_packed_patch_put(packed, study->basis, study->slot[i], state);
        sw_packed_sums with = sw_packed_patch_sums(packed, study);
        for (int q = SW_PACKED_CHANGE; q <= SW_PACKED_REMOVAL; q++)
            effect->of[q] = with.of[q] - study->base.of[q];
        sw_packed_patch_put(packed, study->basis, study->slot[i], SW_EMPTY);
    }
    set_counter_effects(study, effect, packed->basis[study->basis].slot[study->slot[i]].step,
                        state);
}

static void set_effects(sw_packed_study *study) {
    sw_packed *packed = study->packed;
    sw_packed_patch_empty(packed);
    for (int k = 0; k < study->pattern->slots; k++)
        sw_packed_patch_put(packed, study->basis, study->own[k], (unsigned)study->before[k]);
    study->base = sw_packed_patch_sums(packed, study);
    for (size_t i = 0; i < study->slots; i++) {
        const sw_packed_slot *slot = &packed->basis[study->basis].slot[study->slot[i]];
        const sw_packed_basis *there = &packed->basis[slot->step.basis];
        memset(study->effect[i], 0, sizeof study->effect[i]);
        for (unsigned s = 1; s < there->states; s++)
            set_effect(study, i, there->species[s]);
        if (slot->may_be_outside)
            set_effect(study, i, SW_PACKED_WALL);
    }
}

/* ---- every event ----------------------------------------------------------------------------- */

typedef struct walk {
    sw_packed_study study;
    size_t events;
    sw_packed_visit *visit;
    void *context;
} walk;

static int species_after(const sw_packed_study *study, int slot) {
    const sw_pattern *pattern = study->pattern;
    if (pattern->after_slot[slot] >= 0)
        return study->before[pattern->after_slot[slot]];
    if (pattern->after_species[slot] >= 0)
        return pattern->after_species[slot];
    return study->before[slot];
}

static sw_status study_event(walk *at) {
    sw_packed_study *study = &at->study;
    if (++at->events >= EVENT_LIMIT)
        return SW_OK;
    for (int k = 0; k < study->pattern->slots; k++)
        study->after[k] = species_after(study, k);
    set_effects(study);
    return at->visit(at->context, study);
}

/* Every choice of the species that the slots may hold. */
static sw_status choose_species(walk *at, int slot) {
    sw_packed_study *study = &at->study;
    if (slot == study->pattern->slots)
        return study_event(at);
    const sw_packed_basis *basis = &study->packed->basis[study->pattern->step[slot].basis];
    sw_status status = SW_OK;
    for (int s = 0; s < basis->states && status == SW_OK && at->events < EVENT_LIMIT; s++) {
        study->before[slot] = basis->species[s];
        if (SW_IN(study->pattern->before[slot], study->before[slot]))
            status = choose_species(at, slot + 1);
    }
    return status;
}

static bool is_own(const sw_pattern *pattern, sw_step step) {
    for (int k = 0; k < pattern->slots; k++)
        if (sw_step_equal(pattern->step[k], step))
            return true;
    return false;
}

/* Makes room in the study for the slots that the pattern may depend on. */
static sw_status list_slots(sw_packed_study *study, const sw_steps *steps,
                            const sw_steps *energetic) {
    const sw_packed_basis *basis = &study->packed->basis[study->basis];
    study->slots = 0;
    study->slot = sw_allocate(steps->count, sizeof *study->slot);
    study->energetic = sw_allocate(steps->count, sizeof *study->energetic);
    study->effect = sw_allocate(steps->count, sizeof *study->effect);
    if (!study->slot || !study->energetic || !study->effect)
        return SW_ERROR_MEMORY;
    for (size_t i = 0; i < steps->count; i++) {
        if (is_own(study->pattern, steps->list[i]))
            continue;
        for (size_t e = 0; e < energetic->count; e++)
            if (sw_step_equal(energetic->list[e], steps->list[i]))
                study->energetic[study->slots] = true;
        study->slot[study->slots++] = sw_packed_find_slot(basis, steps->list[i]);
    }
    return SW_OK;
}

static void clear_slots(sw_packed_study *study) {
    free(study->slot);
    free(study->energetic);
    free(study->effect);
    study->slot = NULL;
    study->energetic = NULL;
    study->effect = NULL;
}

static sw_status study_pattern(walk *at, uint32_t number) {
    sw_packed_study *study = &at->study;
    sw_steps steps = {0}, energetic = {0};
    study->number = number;
    study->pattern = &study->lattice->patterns.list[number];
    study->basis = study->pattern->step[0].basis;
    for (int k = 0; k < study->pattern->slots; k++)
        study->own[k] =
            sw_packed_find_slot(&study->packed->basis[study->basis], study->pattern->step[k]);
    sw_status status = sw_packed_dependencies(&steps, study->lattice, study->pattern);
    if (status == SW_OK)
        status = sw_codes_energetic(&energetic, study->lattice, study->pattern);
    if (status == SW_OK)
        status = list_slots(study, &steps, &energetic);
    if (status == SW_OK)
        status = choose_species(at, 0);
    clear_slots(study);
    sw_steps_clear(&steps);
    sw_steps_clear(&energetic);
    return status;
}

sw_status sw_packed_study_events(sw_packed *packed, const char **reason, const sw_lattice *lattice,
                                 sw_packed_visit *visit, void *context) {
    walk at = {.study = {.packed = packed,
                         .lattice = lattice,
                         .additive = is_additive(&lattice->model->energetics)},
               .visit = visit,
               .context = context};
    sw_status status = SW_OK;
    for (uint32_t p = 0; p < lattice->patterns.count && status == SW_OK; p++)
        status = study_pattern(&at, p);
    if (at.events >= EVENT_LIMIT)
        *reason = "its processes and species make more than 65535 different events";
    return status;
}
