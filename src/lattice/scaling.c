/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lattice/scaling.h"

#include "base/memory.h"
#include "lattice/packed/packed.h"

#include <math.h>
#include <stdlib.h>

#define WINDOW_OF_MARGIN 100 /* events for a margin of 1, where the model leaves the window open */
#define STALE 10             /* windows after which a judgement no longer holds */
#define SAMPLE_MASK 15u      /* packed engine: one event in 16 */
#define WORTHWHILE 4.0       /* a pair is slowed where it can be by more than this factor */
#define PATIENCE 20          /* windows without a change after which the user is told */
#define LEVEL 1e-9           /* eV: energies that differ by less are the same */
#define NOISE 2.0            /* standard errors of a count below which a net flow is none */
#define DOUBT 3.0            /* standard errors by which a balance must fail to be given up */

/* ---- making ---------------------------------------------------------------------------------- */

/* Long enough to count dozens of disturbances; with the packed engine also as long as it takes to
 * fill the tables anew. */
static uint64_t window_of(const sw_lattice *lattice) {
    const sw_scaling_settings *settings = &lattice->model->run.acceleration.scaling;
    if (settings->window)
        return settings->window;
    uint64_t window = (uint64_t)(WINDOW_OF_MARGIN * settings->margin);
    return lattice->packed && lattice->geometry.sites > window ? lattice->geometry.sites : window;
}

sw_status sw_scaling_create(sw_lattice *lattice) {
    const sw_lattice_model *model = lattice->model;
    const sw_scaling_settings *settings = &model->run.acceleration.scaling;
    if (!settings->present || model->processes == 0)
        return SW_OK;
    sw_scaling *scaling = lattice->scaling = sw_allocate(1, sizeof *scaling);
    if (!scaling)
        return SW_ERROR_MEMORY;
    scaling->processes = model->processes;
    scaling->pair = sw_allocate(model->processes, sizeof *scaling->pair);
    scaling->reversible = sw_allocate(model->processes, sizeof *scaling->reversible);
    scaling->may = sw_allocate(model->processes, sizeof *scaling->may);
    if (!scaling->pair || !scaling->reversible || !scaling->may)
        return SW_ERROR_MEMORY;
    for (size_t p = 0; p < model->processes; p++) {
        scaling->pair[p].factor = 1.0;
        scaling->reversible[p] = model->process[p].reversible || lattice->patterns.own_reverse[p];
        scaling->may[p] = scaling->reversible[p] && (!settings->chosen || settings->chosen[p]);
    }
    scaling->record.next_review = window_of(lattice);
    return SW_OK;
}

void sw_scaling_destroy(sw_scaling *scaling) {
    if (!scaling)
        return;
    free(scaling->pair);
    free(scaling->reversible);
    free(scaling->may);
    free(scaling);
}

uint16_t sw_scaling_of_process(const sw_lattice *lattice, size_t process) {
    const sw_scaling *scaling = lattice->scaling;
    return scaling && scaling->may[process] ? (uint16_t)(process + 1) : 0;
}

/* ---- counting -------------------------------------------------------------------------------- */

static void count_direction(sw_pair_counts *counts, double energy_change) {
    counts->samples++;
    counts->up += energy_change > LEVEL;
    counts->down += energy_change < -LEVEL;
}

void sw_scaling_event(sw_lattice *lattice, const sw_channel *channel) {
    if (lattice->patterns.own_reverse[channel->process])
        count_direction(&lattice->scaling->pair[channel->process].own, channel->energy_change);
}

void sw_scaling_sample(sw_lattice *lattice, const sw_pattern *pattern, uint32_t anchor) {
    sw_channel channel;
    if ((lattice->events & SAMPLE_MASK) || !lattice->patterns.own_reverse[pattern->process])
        return;
    if (sw_rates_channel(lattice, anchor, pattern, &channel) > 0.0)
        count_direction(&lattice->scaling->pair[pattern->process].own, channel.energy_change);
}

bool sw_scaling_follows(const sw_lattice *lattice) {
    for (size_t p = 0; lattice->scaling && p < lattice->model->processes; p++)
        if (lattice->patterns.own_reverse[p] && lattice->rates[p].needs_energy)
            return true;
    return false;
}

/* Executions since the start; the two ways of a pair count as up and down. */
static sw_pair_counts counts_now(const sw_lattice *lattice, size_t p) {
    const sw_process_counts *counts = &lattice->counts[p];
    uint64_t executions = counts->forward + counts->reverse;
    if (!lattice->patterns.own_reverse[p])
        return (sw_pair_counts){executions, executions, counts->forward, counts->reverse};
    const sw_pair_counts *own = &lattice->scaling->pair[p].own;
    return (sw_pair_counts){executions, own->samples, own->up, own->down};
}

/* What happened between two moments. */
typedef struct interval {
    double executions;
    double net;   /* |up - down| of all executions */
    double noise; /* its standard error where both ways are equally likely */
} interval;

static interval between(const sw_pair_counts *first, const sw_pair_counts *last) {
    interval found = {.executions = (double)(last->executions - first->executions)};
    double samples = (double)(last->samples - first->samples);
    double up = (double)(last->up - first->up), down = (double)(last->down - first->down);
    if (samples > 0.0) {
        found.net = fabs(up - down) * (found.executions / samples);
        found.noise = sqrt(up + down) * (found.executions / samples);
    }
    return found;
}

/* ---- reviewing ------------------------------------------------------------------------------- */

/* Whether the two ways are in balance, as far as is known by now. */
static void judge(sw_scaled_pair *pair, const sw_pair_counts *now,
                  const sw_scaling_settings *settings) {
    interval since = between(&pair->judged, now);
    pair->age++;
    if (since.executions < (double)settings->executions) {
        pair->balanced = pair->balanced && pair->age <= STALE;
        return;
    }
    double most = settings->tolerance * since.executions;
    pair->balanced = since.net <= most + (pair->balanced ? DOUBT * since.noise : 0.0);
    pair->judged = *now;
    pair->age = 0;
}

/* The smallest power of two that is at least `value` (0 < value <= 1). */
static double rounded_up(double value) {
    int exponent;
    double mantissa = frexp(value, &exponent);
    return ldexp(1.0, mantissa > 0.5 ? exponent : exponent - 1);
}

/* What a pair has to level out in a window: what others did, or its own net flow beyond chance. */
static double disturbed(const interval *window, double disturbances) {
    return fmax(disturbances, window->net - NOISE * window->noise);
}

/* The factor with which a pair happens `margin` times each way for every disturbance. */
static double next_factor(const sw_scaled_pair *pair, const interval *window, double disturbances,
                          const sw_scaling_settings *settings) {
    double least = 2.0 * settings->margin * (disturbed(window, disturbances) + 1.0);
    if (!pair->balanced || window->executions <= least * pair->factor)
        return 1.0;
    double wanted = pair->factor * least / window->executions;
    if (wanted <= 2.0 * pair->factor && wanted >= pair->factor / WORTHWHILE)
        return pair->factor; /* near enough: chance does not move it */
    return fmax(rounded_up(wanted), settings->lowest);
}

static double sites_changed(const sw_process *process) {
    double changed = 0.0;
    for (size_t s = 0; s < process->slots; s++)
        changed += process->slot[s].after_slot >= 0 || process->slot[s].after_species >= 0;
    return changed;
}

/* Where everything is in balance, the slowest process sets the pace: to slow all alike would only
 * stretch the time. */
static double disturbances_of(const sw_lattice *lattice, const interval *window) {
    const sw_scaling *scaling = lattice->scaling;
    double sum = 0.0, slowest = INFINITY, by_slowest = 0.0;
    bool all_balanced = true;
    for (size_t p = 0; p < scaling->processes; p++) {
        const sw_scaled_pair *pair = &scaling->pair[p];
        double changed = window[p].executions * sites_changed(&lattice->model->process[p]);
        if (scaling->reversible[p] && pair->balanced) {
            if (window[p].executions < slowest * pair->factor)
                by_slowest = changed;
            slowest = fmin(slowest, window[p].executions / pair->factor);
            continue;
        }
        all_balanced = false;
        sum += changed;
    }
    return all_balanced ? by_slowest : sum;
}

/* The share by which the ends of a pair lag behind because it is slowed. */
static double error_of(const sw_scaled_pair *pair, const interval *window, double disturbances) {
    if (pair->factor >= 1.0)
        return 0.0;
    double each_way = fmax(0.5 * window->executions, 1.0);
    return (1.0 - pair->factor) * disturbed(window, disturbances) / each_way;
}

static void record_window(sw_lattice *lattice, const interval *window, double disturbances) {
    sw_scaling *scaling = lattice->scaling;
    sw_scaling_record *record = &scaling->record;
    record->last_error = 0.0;
    for (size_t p = 0; p < scaling->processes; p++) {
        sw_scaled_pair *pair = &scaling->pair[p];
        record->last_error += error_of(pair, &window[p], disturbances);
        pair->spared += (1.0 / pair->factor - 1.0) * window[p].executions;
    }
    double passed = lattice->time - record->window_start;
    record->error_time += record->last_error * passed;
    record->timed += passed;
    record->window_start = lattice->time;
}

/* True where a factor changes. */
static bool set_factors(sw_lattice *lattice, const interval *window, double disturbances) {
    sw_scaling *scaling = lattice->scaling;
    bool changed = false;
    for (size_t p = 0; p < scaling->processes; p++) {
        sw_scaled_pair *pair = &scaling->pair[p];
        double factor = scaling->may[p] ? next_factor(pair, &window[p], disturbances,
                                                      &lattice->model->run.acceleration.scaling)
                                        : 1.0;
        scaling->record.changes += factor != pair->factor;
        changed = changed || factor != pair->factor;
        pair->factor = factor;
        pair->window = counts_now(lattice, p);
    }
    return changed;
}

/* How often a pair happens each way for every disturbance. */
static double speed_of(const interval *window, double disturbances) {
    return 0.5 * window->executions / (disturbed(window, disturbances) + 1.0);
}

/* Counting costs time, which should not be spent in silence where it gains nothing. */
static void tell_of_idleness(const sw_lattice *lattice, const interval *window,
                             double disturbances) {
    sw_scaling *scaling = lattice->scaling;
    size_t fastest = scaling->processes;
    double speed = 0.0, margin = lattice->model->run.acceleration.scaling.margin;
    if (scaling->told || scaling->record.changes > 0 ||
        lattice->events < PATIENCE * window_of(lattice))
        return;
    scaling->told = true;
    for (size_t p = 0; p < scaling->processes; p++)
        if (scaling->may[p] && scaling->pair[p].balanced &&
            speed_of(&window[p], disturbances) > speed) {
            fastest = p;
            speed = speed_of(&window[p], disturbances);
        }
    if (fastest == scaling->processes)
        sw_log(lattice->context, SW_LOG_WARNING,
               "scaling gains nothing so far: no reversible process is in balance; it may be left "
               "out");
    else
        sw_log(lattice->context, SW_LOG_WARNING,
               "scaling gains nothing so far: '%s', the fastest process in balance, happens %.2g "
               "times each way for every disturbance%s; at a margin of %g it is slowed from %g "
               "on. Lower run.acceleration.scaling.margin (and watch 'scaling error'), or leave "
               "scaling out",
               lattice->model->process[fastest].name, speed,
               disturbed(&window[fastest], disturbances) > 0.0
                   ? ""
                   : " (as often as run.acceleration.scaling.window can tell)",
               margin, WORTHWHILE * margin);
}

/* Takes the warning back where a pair is slowed after all. */
static void tell_of_gain(const sw_lattice *lattice) {
    sw_scaling *scaling = lattice->scaling;
    if (!scaling->told || scaling->record.changes == 0)
        return;
    scaling->told = false;
    for (size_t p = 0; p < scaling->processes; p++)
        if (scaling->pair[p].factor < 1.0)
            sw_log(lattice->context, SW_LOG_INFO, "scaling gains now: '%s' is slowed %.3g times",
                   lattice->model->process[p].name, 1.0 / scaling->pair[p].factor);
}

sw_status sw_scaling_review(sw_lattice *lattice) {
    sw_scaling *scaling = lattice->scaling;
    interval *window = sw_allocate(scaling->processes, sizeof *window);
    if (!window)
        return SW_ERROR_MEMORY;
    for (size_t p = 0; p < scaling->processes; p++) {
        sw_pair_counts now = counts_now(lattice, p);
        window[p] = between(&scaling->pair[p].window, &now);
        if (scaling->reversible[p])
            judge(&scaling->pair[p], &now, &lattice->model->run.acceleration.scaling);
    }
    double disturbances = disturbances_of(lattice, window);
    record_window(lattice, window, disturbances);
    bool changed = set_factors(lattice, window, disturbances);
    tell_of_idleness(lattice, window, disturbances);
    tell_of_gain(lattice);
    free(window);
    scaling->record.next_review = lattice->events + window_of(lattice);
    return changed && lattice->packed ? sw_packed_rebuild(lattice) : SW_OK;
}

/* ---- reporting ------------------------------------------------------------------------------- */

double sw_scaling_spared(const sw_lattice *lattice, size_t process) {
    const sw_scaled_pair *pair = &lattice->scaling->pair[process];
    sw_pair_counts now = counts_now(lattice, process);
    return pair->spared +
           (1.0 / pair->factor - 1.0) * (double)(now.executions - pair->window.executions);
}

static double spared_in_all(const sw_lattice *lattice) {
    double sum = 0.0;
    for (size_t p = 0; p < lattice->scaling->processes; p++)
        sum += sw_scaling_spared(lattice, p);
    return sum;
}

void sw_scaling_summarize(sw_scaling_summary *summary, const sw_lattice *lattice) {
    const sw_scaling *scaling = lattice->scaling;
    const sw_scaling_record *record = &scaling->record;
    double net = 0.0, executions = 0.0;
    *summary = (sw_scaling_summary){.lowest = 1.0, .changes = (double)record->changes};
    for (size_t p = 0; p < scaling->processes; p++) {
        const sw_scaled_pair *pair = &scaling->pair[p];
        if (pair->factor >= 1.0)
            continue;
        sw_pair_counts now = counts_now(lattice, p);
        interval since = between(&pair->seen, &now);
        net += since.net;
        executions += since.executions;
        summary->scaled += 1.0;
        summary->lowest = fmin(summary->lowest, pair->factor);
    }
    double events = (double)(lattice->events - record->seen_events);
    double spared = spared_in_all(lattice) - record->seen_spared;
    summary->gain = events > 0.0 ? 1.0 + spared / events : 1.0;
    summary->imbalance = executions > 0.0 ? net / executions : 0.0;
    summary->error = record->timed > 0.0 ? record->error_time / record->timed : record->last_error;
}

void sw_scaling_remember(sw_lattice *lattice) {
    sw_scaling *scaling = lattice->scaling;
    scaling->record.seen_events = lattice->events;
    scaling->record.seen_spared = spared_in_all(lattice);
    scaling->record.error_time = scaling->record.timed = 0.0;
    for (size_t p = 0; p < scaling->processes; p++)
        scaling->pair[p].seen = counts_now(lattice, p);
}

/* ---- restoring ------------------------------------------------------------------------------- */

static bool not_after(const sw_pair_counts *then, const sw_pair_counts *now) {
    return then->executions <= now->executions && then->samples <= now->samples &&
           then->up <= now->up && then->down <= now->down;
}

bool sw_scaling_valid(const sw_lattice *lattice) {
    const sw_scaling *scaling = lattice->scaling;
    const sw_scaling_record *record = &scaling->record;
    bool valid = record->next_review >= lattice->events && record->seen_events <= lattice->events &&
                 record->next_review - lattice->events <= window_of(lattice) &&
                 isfinite(record->seen_spared) && isfinite(record->window_start) &&
                 isfinite(record->error_time) && isfinite(record->timed) &&
                 isfinite(record->last_error);
    for (size_t p = 0; p < scaling->processes && valid; p++) {
        const sw_scaled_pair *pair = &scaling->pair[p];
        sw_pair_counts now = counts_now(lattice, p);
        valid = pair->factor > 0.0 && pair->factor <= 1.0 && isfinite(pair->spared) &&
                not_after(&pair->window, &now) && not_after(&pair->judged, &now) &&
                not_after(&pair->seen, &now);
    }
    return valid;
}
