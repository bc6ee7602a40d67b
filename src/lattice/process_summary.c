/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What each process can do: in the present state (how many channels, how fast, over which barrier,
 * and how fast each would be undone), and alone on an empty frame.
 *
 * The barrier is the one in k = A exp(-Ea/kT), so on the way back of a process with gas it holds the
 * free energy of the gas at 1 bar.
 */
#include "base/memory.h"
#include "lattice/state.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One channel as the summary sees it. */
typedef struct seen {
    size_t way; /* 2 x process + reverse */
    double rate, barrier, change;
    double undo_rate, undo_barrier; /* 0 and NaN where nothing undoes it */
} seen;

typedef struct sightings {
    seen *list;
    size_t count, capacity;
} sightings;

static size_t way_of(const sw_pattern *pattern) {
    return 2 * (size_t)pattern->process + pattern->reverse;
}

double sw_process_barrier(const sw_lattice *lattice, const sw_pattern *pattern, double rate) {
    const sw_process *process = &lattice->model->process[pattern->process];
    if (pattern->reverse && process->has_reverse_rate)
        return process->reverse_barrier;
    double barrier = lattice->thermal * log(lattice->rates[pattern->process].prefactor / rate);
    return fabs(barrier) < 1e-9 ? 0.0 : barrier;
}

void sw_range_widen(sw_range *range, double value) {
    range->low = fmin(range->low, value); /* NaN stands for nothing */
    range->high = fmax(range->high, value);
}

/* ---- the way back ---------------------------------------------------------------------------- */

static void put(sw_lattice *lattice, const sw_channel *channel, const int *species) {
    for (size_t k = 0; k < channel->slots; k++)
        sw_energy_apply(&lattice->energy, lattice->species, (uint32_t)channel->sites[k],
                        species[k]);
}

/* Whether `back` puts on every site what was there `before` the channel. */
static bool restores(const sw_lattice *lattice, const sw_channel *back, const sw_channel *channel,
                     const int *before) {
    size_t restored = 0, changed = 0;
    for (size_t k = 0; k < channel->slots; k++)
        changed += before[k] != channel->after[k];
    for (size_t j = 0; j < back->slots; j++) {
        bool right = back->after[j] == lattice->species[back->sites[j]];
        for (size_t k = 0; k < channel->slots; k++)
            if (channel->sites[k] == back->sites[j] && before[k] != channel->after[k]) {
                right = back->after[j] == before[k];
                restored++;
            }
        if (!right)
            return false;
    }
    return restored == changed;
}

/* Looks for what undoes a channel, in the state to which it leads. */
static void look_back(seen *found, sw_lattice *lattice, const sw_pattern *pattern,
                      const sw_channel *channel, const int *before) {
    bool mirrored = lattice->patterns.own_reverse[pattern->process];
    for (size_t k = 0; k < channel->slots; k++) {
        uint32_t site = (uint32_t)channel->sites[k];
        int basis = lattice->geometry.basis[site];
        for (size_t p = lattice->patterns.first[basis]; p < lattice->patterns.first[basis + 1];
             p++) {
            const sw_pattern *back = &lattice->patterns.list[p];
            sw_channel undo = {0};
            if (back->process != pattern->process ||
                back->reverse != (mirrored ? pattern->reverse : !pattern->reverse))
                continue;
            double rate = sw_rates_channel(lattice, site, back, &undo);
            if (rate <= 0.0 || !restores(lattice, &undo, channel, before))
                continue;
            found->undo_barrier = sw_process_barrier(lattice, back, rate);
            found->undo_rate = rate * sw_lattice_multiplier(lattice, back, site);
            return;
        }
    }
}

/* The state is changed, looked at, and changed back. */
static void find_undo(seen *found, sw_lattice *lattice, const sw_pattern *pattern,
                      const sw_channel *channel) {
    int before[SW_SLOT_LIMIT];
    found->undo_barrier = NAN;
    if (!lattice->model->process[pattern->process].reversible &&
        !lattice->patterns.own_reverse[pattern->process])
        return;
    for (size_t k = 0; k < channel->slots; k++)
        before[k] = lattice->species[channel->sites[k]];
    put(lattice, channel, channel->after);
    look_back(found, lattice, pattern, channel, before);
    put(lattice, channel, before);
}

/* ---- the present state ----------------------------------------------------------------------- */

static sw_status see_site(sightings *all, sw_lattice *lattice, uint32_t site) {
    int basis = lattice->geometry.basis[site];
    for (size_t p = lattice->patterns.first[basis]; p < lattice->patterns.first[basis + 1]; p++) {
        const sw_pattern *pattern = &lattice->patterns.list[p];
        sw_channel channel = {0};
        double rate = sw_rates_channel(lattice, site, pattern, &channel);
        double multiplier = rate > 0.0 ? sw_lattice_multiplier(lattice, pattern, site) : 0.0;
        if (rate * multiplier <= 0.0)
            continue;
        if (!sw_reserve(&all->list, &all->capacity, all->count + 1, sizeof *all->list))
            return SW_ERROR_MEMORY;
        seen *found = &all->list[all->count++];
        *found = (seen){.way = way_of(pattern),
                        .rate = rate * multiplier,
                        .barrier = sw_process_barrier(lattice, pattern, rate),
                        .change = channel.energy_change};
        find_undo(found, lattice, pattern, &channel);
    }
    return SW_OK;
}

static int by_way_then_rate(const void *a, const void *b) {
    const seen *x = a, *y = b;
    if (x->way != y->way)
        return x->way < y->way ? -1 : 1;
    return (x->rate > y->rate) - (x->rate < y->rate);
}

/* Channels of one process and way, sorted by rate. */
static void summarize(sw_process_summary *summary, const seen *list, size_t count) {
    summary->open = count;
    summary->median = list[count / 2].rate;
    for (size_t c = 0; c < count; c++) {
        sw_range_widen(&summary->rate, list[c].rate);
        sw_range_widen(&summary->barrier, list[c].barrier);
        sw_range_widen(&summary->change, list[c].change);
        if (list[c].undo_rate <= 0.0)
            continue;
        sw_range_widen(&summary->undo_rate, list[c].undo_rate);
        sw_range_widen(&summary->undo_barrier, list[c].undo_barrier);
    }
}

static sw_status summarize_present(sw_process_summary *summaries, sw_lattice *lattice) {
    sightings all = {0};
    sw_status status = SW_OK;
    for (uint32_t site = 0; site < lattice->geometry.sites && status == SW_OK; site++)
        status = see_site(&all, lattice, site);
    if (status == SW_OK && all.count > 1)
        qsort(all.list, all.count, sizeof *all.list, by_way_then_rate);
    for (size_t first = 0, next; first < all.count && status == SW_OK; first = next) {
        for (next = first; next < all.count && all.list[next].way == all.list[first].way;)
            next++;
        summarize(&summaries[all.list[first].way], &all.list[first], next - first);
    }
    free(all.list);
    return status;
}

/* ---- all of it ------------------------------------------------------------------------------- */

static void describe_orbit(sw_process_summary *summary, const sw_lattice *lattice,
                           const sw_pattern *pattern) {
    if (summary->orientations++ > 0)
        return;
    summary->slots = pattern->slots;
    for (size_t k = 0; k < pattern->slots; k++) {
        sw_geometry_vector(summary->vector[k], &lattice->geometry, pattern->step[0].basis,
                           pattern->step[k]);
        summary->site_kind[k] = lattice->geometry.frame->basis[pattern->step[k].basis].kind;
    }
}

sw_status sw_lattice_process_summaries(sw_process_summary *summaries, sw_lattice *lattice) {
    const sw_range none = {NAN, NAN};
    for (size_t i = 0; i < 2 * lattice->model->processes; i++)
        summaries[i] = (sw_process_summary){.median = NAN,
                                            .rate = none,
                                            .barrier = none,
                                            .change = none,
                                            .undo_rate = none,
                                            .undo_barrier = none,
                                            .lone_rate = none,
                                            .lone_barrier = none};
    for (size_t p = 0; p < lattice->patterns.count; p++)
        describe_orbit(&summaries[way_of(&lattice->patterns.list[p])], lattice,
                       &lattice->patterns.list[p]);
    sw_status status = summarize_present(summaries, lattice);
    return status == SW_OK ? sw_process_alone(summaries, lattice) : status;
}
