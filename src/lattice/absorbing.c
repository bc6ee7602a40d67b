/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why nothing can happen any more: for each process, how far its best place is from matching. */
#include "lattice/state.h"

#include <stdio.h>
#include <string.h>

#define TOLD_PROCESSES 8
#define WORDS 200

/* How much of a pattern a place satisfies, ascending. */
typedef enum standing { NOTHING, SOME_SITES, ALL_SITES, RIGHT_ACCESS, CONDITIONS } standing;

typedef struct best_place {
    const sw_pattern *pattern;
    standing standing;
    int matched; /* slots */
    int slot;    /* the first that does not match */
} best_place;

static best_place look(sw_lattice *lattice, uint32_t site, const sw_pattern *pattern) {
    best_place found = {.pattern = pattern, .slot = -1};
    bool access = true;
    for (int k = 0; k < pattern->slots; k++) {
        uint32_t at = sw_geometry_follow(&lattice->geometry, site, pattern->step[k]);
        bool right = SW_IN(pattern->before[k], lattice->species[at]);
        access = access && (!pattern->open[k] || lattice->open[at]);
        found.matched += right;
        if (!right && found.slot < 0)
            found.slot = k;
    }
    found.standing = found.matched > 0 ? SOME_SITES : NOTHING;
    if (found.matched < pattern->slots)
        return found;
    sw_channel channel = {0};
    bool open = sw_rates_channel(lattice, site, pattern, &channel) > 0.0;
    found.standing = !access ? ALL_SITES : !open ? RIGHT_ACCESS : CONDITIONS;
    return found;
}

static bool is_better(best_place a, best_place b) {
    return a.standing != b.standing ? a.standing > b.standing : a.matched > b.matched;
}

static best_place find_best(sw_lattice *lattice, size_t process) {
    best_place best = {0};
    for (uint32_t site = 0; site < lattice->geometry.sites; site++) {
        int basis = lattice->geometry.basis[site];
        for (size_t p = lattice->patterns.first[basis]; p < lattice->patterns.first[basis + 1];
             p++) {
            if (lattice->patterns.list[p].process != process)
                continue;
            best_place here = look(lattice, site, &lattice->patterns.list[p]);
            if (!best.pattern || is_better(here, best))
                best = here;
        }
    }
    return best;
}

static const char *species_name(const sw_lattice *lattice, sw_species_set set) {
    return set ? lattice->model->species[__builtin_ctz(set)].name : "nothing";
}

/* "A, empty" */
static void name_slots(char text[WORDS], const sw_lattice *lattice, const sw_pattern *pattern) {
    text[0] = '\0';
    for (int k = 0; k < pattern->slots; k++) {
        size_t length = strlen(text);
        snprintf(text + length, WORDS - length, "%s%.30s", k > 0 ? ", " : "",
                 species_name(lattice, pattern->before[k]));
    }
}

/* Whether any site holds what slot `slot` needs. */
static bool is_anywhere(const sw_lattice *lattice, const sw_pattern *pattern, int slot) {
    int kind = lattice->geometry.frame->basis[pattern->step[slot].basis].kind;
    for (uint32_t site = 0; site < lattice->geometry.sites; site++)
        if (lattice->geometry.frame->basis[lattice->geometry.basis[site]].kind == kind &&
            SW_IN(pattern->before[slot], lattice->species[site]))
            return true;
    return false;
}

static const char *missing_gas(const sw_lattice *lattice, const sw_pattern *pattern) {
    const sw_class *class = &lattice->class[pattern->class];
    for (size_t g = 0; g < lattice->model->gas.species; g++)
        if (class->power[g] > 0 && lattice->pressure[g] <= 0.0)
            return lattice->model->gas.list[g].name;
    return NULL;
}

static void explain(char text[WORDS], const sw_lattice *lattice, best_place best) {
    char slots[WORDS];
    const sw_pattern *pattern = best.pattern;
    const sw_frame *frame = lattice->geometry.frame;
    const char *gas = missing_gas(lattice, pattern);
    name_slots(slots, lattice, pattern);
    if (best.slot >= 0 && !is_anywhere(lattice, pattern, best.slot))
        snprintf(text, WORDS, "no %.40s on %.40s sites",
                 species_name(lattice, pattern->before[best.slot]),
                 frame->kind_names[frame->basis[pattern->step[best.slot].basis].kind]);
    else if (best.slot >= 0)
        snprintf(text, WORDS, "nowhere (%.120s) where it needs them together", slots);
    else if (best.standing == ALL_SITES)
        snprintf(text, WORDS, "the gas reaches none of its places");
    else if (best.standing == RIGHT_ACCESS)
        snprintf(text, WORDS, "%s",
                 pattern->conditions > 0 ? "its conditions hold nowhere" : "its rate is zero");
    else if (gas)
        snprintf(text, WORDS, "the gas holds no %.40s", gas);
    else
        snprintf(text, WORDS, "nothing is left to multiply its rate: no supply, or no field");
}

void sw_lattice_explain_end(sw_lattice *lattice) {
    size_t processes = lattice->model->processes;
    sw_log(lattice->context, SW_LOG_INFO,
           "nothing can happen any more at %g s, after %llu events:", lattice->time,
           (unsigned long long)lattice->events);
    for (size_t p = 0; p < processes && p < TOLD_PROCESSES; p++) {
        char text[WORDS];
        best_place best = find_best(lattice, p);
        if (!best.pattern)
            continue;
        explain(text, lattice, best);
        sw_log(lattice->context, SW_LOG_INFO, "  '%s': %s", lattice->model->process[p].name, text);
    }
    if (processes > TOLD_PROCESSES)
        sw_log(lattice->context, SW_LOG_INFO, "  and %zu more", processes - TOLD_PROCESSES);
}
