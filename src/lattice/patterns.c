/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lattice/patterns.h"

#include "base/memory.h"
#include "lattice/energy.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct enumeration {
    sw_patterns *patterns;
    const sw_geometry *geometry;
    const sw_lattice_model *model;
    const sw_process *process;
    uint16_t index;
    int basis;
    size_t first; /* first pattern of this process */
    sw_step step[SW_SLOT_LIMIT];
    sw_error *error;
} enumeration;

static sw_status process_error(const enumeration *work, const char *hint, const char *problem) {
    char place[96];
    snprintf(place, sizeof place, "processes.%s", work->process->name);
    return sw_error_set(work->error, SW_ERROR_MODEL, place, hint, "process '%s' %s",
                        work->process->name, problem);
}

static bool sets_one_species(sw_species_set set) {
    return set && !(set & (set - 1));
}

static int lowest_species(sw_species_set set) {
    return __builtin_ctz(set);
}

/* ---- one pattern ----------------------------------------------------------------------------- */

static void fill_forward(sw_pattern *pattern, const enumeration *work) {
    const sw_process *process = work->process;
    *pattern = (sw_pattern){.process = work->index, .slots = (uint8_t)process->slots};
    for (size_t i = 0; i < process->slots; i++) {
        pattern->step[i] = work->step[i];
        pattern->before[i] = process->slot[i].before;
        pattern->after_slot[i] = (int8_t)process->slot[i].after_slot;
        pattern->after_species[i] = (int8_t)process->slot[i].after_species;
        pattern->open[i] = process->slot[i].open_to_gas;
    }
}

sw_species_set sw_pattern_after_set(const sw_pattern *pattern, size_t slot) {
    if (pattern->after_slot[slot] >= 0)
        return pattern->before[pattern->after_slot[slot]];
    if (pattern->after_species[slot] >= 0)
        return (sw_species_set)1 << pattern->after_species[slot];
    return pattern->before[slot];
}

/* Turns the pattern round. False where the state before cannot be told from the state after. */
static bool reverse_pattern(sw_pattern *reverse, const sw_pattern *forward) {
    *reverse = *forward;
    reverse->reverse = true;
    for (size_t i = 0; i < forward->slots; i++) {
        reverse->before[i] = sw_pattern_after_set(forward, i);
        reverse->after_slot[i] = -1;
        reverse->after_species[i] = -1;
        if (forward->after_slot[i] < 0 && forward->after_species[i] < 0)
            continue;
        int source = -1;
        for (size_t k = 0; k < forward->slots; k++)
            if (forward->after_slot[k] == (int)i)
                source = (int)k;
        if (sets_one_species(forward->before[i]))
            reverse->after_species[i] = (int8_t)lowest_species(forward->before[i]);
        else if (source >= 0)
            reverse->after_slot[i] = (int8_t)source;
        else
            return false;
    }
    return true;
}

static sw_status make_counter(sw_counter *counter, const enumeration *work,
                              const sw_pattern *pattern, int slot, sw_species_set species,
                              sw_kind_set kinds, double distance, bool exclude) {
    sw_patterns *patterns = work->patterns;
    *counter = (sw_counter){.species = species, .first = (uint32_t)patterns->pool.count};
    sw_steps shell = {0};
    sw_status status =
        sw_geometry_shell(&shell, work->geometry, pattern->step[slot].basis, kinds, distance, true);
    for (size_t i = 0; i < shell.count && status == SW_OK; i++) {
        sw_step step =
            sw_geometry_join(work->geometry, work->basis, pattern->step[slot], shell.list[i]);
        int inside = -1;
        for (int k = 0; k < pattern->slots; k++)
            if (sw_step_equal(step, pattern->step[k]))
                inside = k;
        if (sw_geometry_leaves(work->geometry, step))
            continue;
        if (inside < 0)
            status = sw_steps_add(&patterns->pool, step);
        else if (!exclude)
            counter->inside |= (uint8_t)(1u << inside);
    }
    counter->count = (uint32_t)patterns->pool.count - counter->first;
    sw_steps_clear(&shell);
    return status;
}

static sw_status fill_counters(sw_pattern *pattern, const enumeration *work) {
    const sw_process *process = work->process;
    sw_status status = SW_OK;
    pattern->conditions = (uint8_t)process->conditions;
    pattern->environments = (uint8_t)process->environments;
    for (size_t c = 0; c < process->conditions && status == SW_OK; c++) {
        const sw_condition *rule = &process->condition[c];
        pattern->least[c] = (int8_t)(rule->minimum < 127 ? rule->minimum : 127);
        pattern->most[c] = (int8_t)(rule->maximum < 127 ? rule->maximum : 127);
        status = make_counter(&pattern->condition[c], work, pattern, rule->slot, rule->species,
                              rule->kinds, rule->distance, rule->exclude_pattern);
    }
    for (size_t e = 0; e < process->environments && status == SW_OK; e++)
        for (int end = 0; end < 2 && status == SW_OK; end++) {
            const sw_barrier_environment *rule = &process->environment[e];
            status = make_counter(&pattern->environment[e][end], work, pattern, rule->slot[end],
                                  rule->species, rule->kinds, rule->distance, true);
        }
    return status;
}

/* ---- sameness -------------------------------------------------------------------------------- */

/* Where slot i of `a` lies in `b` when the whole pattern is shifted by whole cells. */
static bool maps_onto(int map[SW_SLOT_LIMIT], const sw_pattern *a, const sw_pattern *b,
                      const int shift[3]) {
    for (int i = 0; i < a->slots; i++) {
        map[i] = -1;
        for (int k = 0; k < b->slots; k++) {
            bool equal = a->step[i].basis == b->step[k].basis;
            for (int d = 0; d < 3; d++)
                equal = equal && a->step[i].cell[d] + shift[d] == b->step[k].cell[d];
            if (equal)
                map[i] = k;
        }
        if (map[i] < 0)
            return false;
    }
    return true;
}

/* What a slot certainly holds after the process, or -1. */
static int sure_after(const sw_pattern *pattern, int slot) {
    sw_species_set after = sw_pattern_after_set(pattern, (size_t)slot);
    return sets_one_species(after) ? lowest_species(after) : -1;
}

/* The same species before and after; where several are possible, from the same slots. */
static bool same_changes(const int map[SW_SLOT_LIMIT], const sw_pattern *a, const sw_pattern *b) {
    for (int i = 0; i < a->slots; i++) {
        int k = map[i], after = sure_after(a, i);
        int copied = a->after_slot[i] < 0 ? -1 : map[a->after_slot[i]];
        if (a->before[i] != b->before[k] || a->open[i] != b->open[k] || after != sure_after(b, k) ||
            (after < 0 && copied != b->after_slot[k]))
            return false;
    }
    return true;
}

/* The counters of two patterns on the same sites demand the same, slot for slot. Conditions are
 * part of the process, so only which slot they stand at can differ. */
static bool same_conditions(const int map[SW_SLOT_LIMIT], const sw_process *process) {
    for (size_t c = 0; c < process->conditions; c++) {
        const sw_condition *own = &process->condition[c];
        bool found = false;
        for (size_t d = 0; d < process->conditions && !found; d++) {
            const sw_condition *other = &process->condition[d];
            found = other->slot == map[own->slot] && other->species == own->species &&
                    other->kinds == own->kinds && other->distance == own->distance &&
                    other->minimum == own->minimum && other->maximum == own->maximum &&
                    other->exclude_pattern == own->exclude_pattern;
        }
        if (!found)
            return false;
    }
    return true;
}

bool sw_patterns_map(int map[SW_SLOT_LIMIT], const sw_pattern *a, const sw_pattern *b, int slot) {
    int shift[3];
    if (a->slots != b->slots || a->step[0].basis != b->step[slot].basis)
        return false;
    for (int d = 0; d < 3; d++)
        shift[d] = b->step[slot].cell[d] - a->step[0].cell[d];
    return maps_onto(map, a, b, shift);
}

bool sw_patterns_same_event(const sw_pattern *a, const sw_pattern *b, const sw_process *process) {
    int map[SW_SLOT_LIMIT];
    for (int k = 0; k < b->slots; k++)
        if (sw_patterns_map(map, a, b, k) && same_changes(map, a, b) &&
            same_conditions(map, process))
            return true;
    return false;
}

static bool seen(const enumeration *work, const sw_pattern *pattern, bool reverse) {
    for (size_t p = work->first; p < work->patterns->count; p++)
        if (work->patterns->list[p].reverse == reverse &&
            sw_patterns_same_event(pattern, &work->patterns->list[p], work->process))
            return true;
    return false;
}

/* ---- enumeration ----------------------------------------------------------------------------- */

static sw_status keep(enumeration *work, sw_pattern *pattern) {
    sw_patterns *patterns = work->patterns;
    sw_status status = fill_counters(pattern, work);
    if (status != SW_OK || !sw_reserve(&patterns->list, &patterns->capacity, patterns->count + 1,
                                       sizeof *patterns->list))
        return SW_ERROR_MEMORY;
    patterns->list[patterns->count++] = *pattern;
    return SW_OK;
}

static bool right_offset(const enumeration *work, const sw_slot *slot, sw_step step) {
    double vector[3];
    sw_geometry_vector(vector, work->geometry, work->step[slot->relative_to].basis, step);
    double square = 0.0, length = 0.0;
    for (int d = 0; d < 3; d++) {
        square += (vector[d] - slot->offset[d]) * (vector[d] - slot->offset[d]);
        length += slot->offset[d] * slot->offset[d];
    }
    return square <= 1e-4 * length;
}

static double slot_distance(const sw_slot *slot) {
    if (!slot->offset_given)
        return slot->distance;
    return sqrt(slot->offset[0] * slot->offset[0] + slot->offset[1] * slot->offset[1] +
                slot->offset[2] * slot->offset[2]);
}

static sw_status place_slot(enumeration *work, size_t slot) {
    if (slot == work->process->slots || slot >= SW_SLOT_LIMIT) {
        sw_pattern pattern;
        fill_forward(&pattern, work);
        return seen(work, &pattern, false) ? SW_OK : keep(work, &pattern);
    }
    const sw_slot *rule = &work->process->slot[slot];
    sw_step from = work->step[rule->relative_to];
    sw_steps shell = {0};
    sw_status status = sw_geometry_shell(&shell, work->geometry, from.basis, rule->kinds,
                                         slot_distance(rule), false);
    for (size_t i = 0; i < shell.count && status == SW_OK; i++) {
        if (rule->offset_given && !right_offset(work, rule, shell.list[i]))
            continue;
        sw_step step = sw_geometry_join(work->geometry, work->basis, from, shell.list[i]);
        bool taken = sw_geometry_leaves(work->geometry, step);
        for (size_t k = 0; k < slot; k++)
            taken = taken || sw_step_equal(step, work->step[k]);
        work->step[slot] = step;
        if (!taken)
            status = place_slot(work, slot + 1);
    }
    sw_steps_clear(&shell);
    return status;
}

/* Adds the reverse of every forward pattern, or finds that the process is its own reverse. */
static sw_status add_reverses(enumeration *work) {
    size_t last = work->patterns->count, own = 0;
    for (size_t p = work->first; p < last; p++) {
        sw_pattern reverse;
        if (!reverse_pattern(&reverse, &work->patterns->list[p])) {
            if (!work->process->reversible)
                return SW_OK;
            return process_error(work, "list one species before, or copy it to another slot",
                                 "cannot be reversed: what was there before is lost");
        }
        own += seen(work, &reverse, false);
    }
    if (own == last - work->first && own > 0) {
        work->patterns->own_reverse[work->index] = true;
        return SW_OK;
    }
    for (size_t p = work->first; p < last && work->process->reversible; p++) {
        sw_pattern reverse;
        reverse_pattern(&reverse, &work->patterns->list[p]);
        work->basis = work->patterns->list[p].step[0].basis;
        sw_status status = keep(work, &reverse);
        if (status != SW_OK)
            return status;
    }
    return SW_OK;
}

static sw_status check_own_reverse(const enumeration *work) {
    const sw_process *process = work->process;
    if (!work->patterns->own_reverse[work->index])
        return SW_OK;
    bool energetic =
        process->kinetics != SW_KINETICS_RATE && process->kinetics != SW_KINETICS_SADDLE;
    if (energetic && fabs(process->transfer - 0.5) > 1e-12)
        return process_error(work, "set transfer: 0.5",
                             "is its own reverse, so its barrier must share the energy difference "
                             "equally between both ways");
    return SW_OK;
}

static sw_status compile_process(enumeration *work) {
    work->first = work->patterns->count;
    sw_status status = SW_OK;
    for (int basis = 0; basis < work->geometry->basis_sites && status == SW_OK; basis++) {
        if (!(sw_geometry_kind_bit(work->geometry, basis) & work->process->slot[0].kinds))
            continue;
        work->basis = basis;
        work->step[0] = (sw_step){.basis = (uint8_t)basis};
        status = place_slot(work, 1);
    }
    if (status != SW_OK)
        return status;
    if (work->patterns->count == work->first)
        return process_error(work, "check the distances between its sites",
                             "fits nowhere on the frame");
    status = add_reverses(work);
    return status == SW_OK ? check_own_reverse(work) : status;
}

static int by_basis(const void *a, const void *b) {
    const sw_pattern *p = a, *q = b;
    if (p->step[0].basis != q->step[0].basis)
        return p->step[0].basis < q->step[0].basis ? -1 : 1;
    if (p->process != q->process)
        return p->process < q->process ? -1 : 1;
    return (int)p->reverse - (int)q->reverse;
}

/* Orders patterns by anchor; within one process and basis by the vectors of their slots, so that
 * sites equal by translation list equal patterns in equal order. */
static int compare_patterns(const void *a, const void *b, void *user) {
    int compared = by_basis(a, b);
    const sw_pattern *p = a, *q = b;
    for (int i = 1; i < p->slots && compared == 0; i++)
        compared = sw_geometry_compare(user, p->step[0].basis, p->step[i], q->step[i]);
    return compared;
}

static sw_status index_by_basis(sw_patterns *patterns, const sw_geometry *geometry) {
    size_t basis_sites = (size_t)geometry->basis_sites;
    patterns->first = sw_allocate(basis_sites + 1, sizeof *patterns->first);
    if (!patterns->first)
        return SW_ERROR_MEMORY;
    if (patterns->count > 1)
        qsort_r(patterns->list, patterns->count, sizeof *patterns->list, compare_patterns,
                (void *)(uintptr_t)geometry);
    size_t next = 0;
    for (size_t basis = 0; basis <= basis_sites; basis++) {
        while (next < patterns->count && patterns->list[next].step[0].basis < basis)
            next++;
        patterns->first[basis] = next;
    }
    return SW_OK;
}

sw_status sw_patterns_create(sw_patterns *patterns, const sw_geometry *geometry,
                             const sw_lattice_model *model, sw_error *error) {
    memset(patterns, 0, sizeof *patterns);
    patterns->own_reverse = sw_allocate(model->processes + 1, sizeof *patterns->own_reverse);
    sw_status status = patterns->own_reverse ? SW_OK : SW_ERROR_MEMORY;
    for (size_t p = 0; p < model->processes && status == SW_OK; p++) {
        enumeration work = {.patterns = patterns,
                            .geometry = geometry,
                            .model = model,
                            .process = &model->process[p],
                            .index = (uint16_t)p,
                            .error = error};
        status = compile_process(&work);
    }
    if (status == SW_OK)
        status = index_by_basis(patterns, geometry);
    if (status == SW_ERROR_MEMORY && (!error || error->code == SW_OK))
        sw_error_set(error, SW_ERROR_MEMORY, "processes", "use fewer or smaller processes",
                     "not enough memory for the patterns");
    return status;
}

void sw_patterns_clear(sw_patterns *patterns) {
    free(patterns->list);
    free(patterns->first);
    free(patterns->own_reverse);
    sw_steps_clear(&patterns->pool);
    memset(patterns, 0, sizeof *patterns);
}

static sw_status add_counter(sw_steps *steps, const sw_patterns *patterns,
                             const sw_counter *counter) {
    sw_status status = SW_OK;
    for (uint32_t i = 0; i < counter->count && status == SW_OK; i++)
        status = sw_steps_add_once(steps, patterns->pool.list[counter->first + i], NULL);
    return status;
}

sw_status sw_patterns_matched(sw_steps *steps, const sw_patterns *patterns,
                              const sw_pattern *pattern) {
    sw_status status = SW_OK;
    for (int i = 0; i < pattern->slots && status == SW_OK; i++)
        status = sw_steps_add_once(steps, pattern->step[i], NULL);
    for (int c = 0; c < pattern->conditions && status == SW_OK; c++)
        status = add_counter(steps, patterns, &pattern->condition[c]);
    for (int e = 0; e < pattern->environments && status == SW_OK; e++)
        for (int end = 0; end < 2 && status == SW_OK; end++)
            status = add_counter(steps, patterns, &pattern->environment[e][end]);
    return status;
}

sw_status sw_patterns_near(sw_steps *steps, const sw_patterns *patterns, int basis) {
    sw_status status = SW_OK;
    for (size_t p = patterns->first[basis]; p < patterns->first[basis + 1] && status == SW_OK; p++)
        status = sw_patterns_matched(steps, patterns, &patterns->list[p]);
    return status;
}
