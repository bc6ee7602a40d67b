/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One event after another. Every attempt draws a waiting time from the total bound of all rates
 * and a candidate in proportion to the bounds; the candidate happens with probability rate /
 * bound. This is exact thinning (Lewis and Shedler, Nav. Res. Logist. Q. 26, 403 (1979)): events
 * come as they would by direct selection from the rates.
 */
#include "lattice/advance.h"

#include "base/random.h"
#include "lattice/packed/packed.h"
#include "lattice/portable_math.h"
#include "lattice/scaling.h"
#include "lattice/superbasin/superbasin.h"

#include <math.h>
#include <string.h>

#define STREAM_EVENTS 1

typedef struct candidate {
    size_t class;
    uint32_t site;
    double point; /* in the rate of the site, field taken out */
} candidate;

/* What the rates of each class are multiplied by, and their bounds. */
typedef struct sw_bounds {
    double multiplier[SW_CLASS_LIMIT], weight[SW_CLASS_LIMIT];
    size_t classes;
    double exchange; /* of the supply with its gas */
    double total;
    bool possible; /* an event, if not now then once the supply has come */
} sw_bounds;

static void find_bounds(sw_bounds *bounds, const sw_lattice *lattice) {
    bounds->possible = false;
    bounds->classes = lattice->classes;
    bounds->exchange = bounds->total = sw_supply_turnover(lattice);
    for (size_t c = 0; c < bounds->classes; c++) {
        const sw_class *class = &lattice->class[c];
        double activity = sw_class_activity(lattice, c);
        double weight = sw_selection_weight(&lattice->selection[c]);
        bounds->possible = bounds->possible || activity * weight > 0.0;
        bounds->multiplier[c] =
            activity * sw_supply_factor(lattice, class, lattice->supply.densest[class->supply]);
        bounds->weight[c] = bounds->multiplier[c] * weight;
        bounds->total += bounds->weight[c];
    }
}

/* The candidate at `point` in the total bound, thinned by its bin's edge. */
static bool pick_site(const sw_lattice *lattice, const sw_bounds *bounds, double point,
                      const double uniform[2], candidate *picked) {
    size_t class = 0;
    while (class + 1 < bounds->classes && point >= bounds->weight[class])
        point -= bounds->weight[class ++];
    if (bounds->classes == 0 || bounds->weight[class] <= 0.0)
        return false;
    const sw_selection *selection = &lattice->selection[class];
    double within = point / bounds->multiplier[class];
    unsigned bin = sw_selection_bin_at(selection, &within);
    if (bin == SW_NO_BIN)
        return false;
    const sw_bin *sites = &selection->bin[bin];
    uint32_t site = sites->sites[(size_t)(uniform[0] * (double)sites->count)];
    double reach = uniform[1] * sw_selection_edge(bin);
    if (reach >= selection->rate[site])
        return false;
    double field = lattice->class[class].field ? (double)lattice->supply.field[site] : 1.0;
    *picked = (candidate){class, site, reach / field};
    return true;
}

/* Whether the cluster allows the event: its density against that of the bound. */
static bool supply_allows(const sw_lattice *lattice, const candidate *picked, double uniform) {
    const sw_class *class = &lattice->class[picked->class];
    return !class->shared || uniform * lattice->supply.densest[class->supply] <
                                 sw_supply_density(lattice, picked->site, class->supply);
}

sw_status sw_lattice_execute(sw_lattice *lattice, const sw_channel *channel) {
    const sw_process *process = &lattice->model->process[channel->process];
    int direction = channel->reverse ? -1 : 1;
    sw_observer_event(lattice, channel);
    if (lattice->scaling)
        sw_scaling_event(lattice, channel);
    if (process->supply_change)
        sw_supply_give(lattice, (uint32_t)channel->anchor, direction * process->supply_change);
    for (size_t k = 0; k < channel->slots; k++)
        sw_lattice_change(lattice, (uint32_t)channel->sites[k], channel->after[k]);
    sw_gas_event(lattice, process, direction);
    sw_lattice_count_event(lattice, channel->process, channel->reverse);
    sw_lattice_mix(lattice, ((uint64_t)channel->sites[0] << 20) ^
                                ((uint64_t)channel->sites[channel->slots - 1] << 8) ^
                                (channel->process * 2 + channel->reverse));
    return sw_lattice_settle(lattice);
}

sw_status sw_lattice_renew(sw_lattice *lattice, bool *renewed) {
    *renewed = lattice->events >= lattice->supply.next_refresh;
    sw_status status = *renewed ? sw_supply_refresh(lattice) : SW_OK;
    if (!*renewed)
        return status;
    for (uint32_t site = 0; site < lattice->geometry.sites && status == SW_OK; site++)
        if (lattice->active[site])
            status = sw_lattice_set_rates(lattice, site);
    return status;
}

sw_status sw_lattice_pass_time(sw_lattice *lattice, double until, sw_error *error) {
    double interval = until - lattice->time;
    lattice->time = until;
    return sw_gas_follow(lattice, interval, error);
}

/* No channel is open, and no change of the conditions or of the supply will open one. */
static bool nothing_left(const sw_lattice *lattice, const sw_bounds *bounds) {
    bool open = bounds->possible;
    for (size_t c = 0; c < lattice->classes && lattice->model->gas.mode == SW_GAS_STIRRED; c++)
        open = open || sw_selection_weight(&lattice->selection[c]) > 0.0;
    return !open && isinf(lattice->next_condition);
}

/* The candidate happens if its cluster allows it. */
static sw_status try_candidate(sw_lattice *lattice, const candidate *picked, double uniform,
                               bool *changed) {
    sw_channel channel;
    *changed = supply_allows(lattice, picked, uniform) &&
               sw_rates_pick(lattice, picked->site, picked->class, picked->point, &channel);
    if (!*changed)
        return SW_OK;
    sw_status status = sw_lattice_execute(lattice, &channel);
    bool renewed;
    return status == SW_OK ? sw_lattice_renew(lattice, &renewed) : status;
}

double sw_lattice_bound(const sw_lattice *lattice) {
    sw_bounds bounds;
    find_bounds(&bounds, lattice);
    return bounds.total;
}

sw_status sw_lattice_draw(sw_lattice *lattice, sw_random *random, bool *changed) {
    sw_bounds bounds;
    double first[2], second[2];
    candidate picked;
    sw_random_next_pair(first, random);
    sw_random_next_pair(second, random);
    find_bounds(&bounds, lattice);
    double point = first[0] * bounds.total;
    *changed = point < bounds.exchange;
    if (*changed)
        sw_supply_exchange(lattice, point);
    if (*changed || !pick_site(lattice, &bounds, point - bounds.exchange, second, &picked))
        return SW_OK;
    return try_candidate(lattice, &picked, first[1], changed);
}

/* One attempt; *stop where the horizon in time is reached or nothing can happen. */
static sw_status attempt(sw_lattice *lattice, double horizon, bool *stop, bool *finished,
                         sw_error *error) {
    sw_bounds bounds;
    double first[2], second[2];
    sw_random random = sw_random_create(lattice->seed, STREAM_EVENTS);
    random.counter = 2 * lattice->attempts++;
    sw_random_next_pair(first, &random);
    sw_random_next_pair(second, &random);
    find_bounds(&bounds, lattice);
    double limit = fmin(horizon, lattice->next_condition);
    double next = lattice->time - sw_ln(first[0]) / bounds.total;
    bool without_end = limit > 1e300;
    if (!(next < limit) || (without_end && !bounds.possible)) {
        *finished = *stop = without_end;
        if (*finished)
            return SW_OK;
        *stop = limit >= horizon;
        *finished = nothing_left(lattice, &bounds);
        return sw_lattice_pass_time(lattice, limit, error);
    }
    sw_status status = sw_lattice_pass_time(lattice, next, error);
    candidate picked;
    double point = first[1] * bounds.total;
    if (status == SW_OK && point < bounds.exchange)
        sw_supply_exchange(lattice, point);
    if (status != SW_OK || point < bounds.exchange ||
        !pick_site(lattice, &bounds, point - bounds.exchange, second, &picked))
        return status;
    random.counter = lattice->attempts;
    random.stream = STREAM_EVENTS + 100;
    sw_random_next_pair(first, &random);
    bool changed;
    status = try_candidate(lattice, &picked, first[0], &changed);
    return status == SW_OK && sw_scaling_due(lattice) ? sw_scaling_review(lattice) : status;
}

/* One step of the superbasin that the lattice is in, or one attempt. */
static sw_status step(sw_lattice *lattice, double horizon, bool *stop, bool *finished,
                      sw_error *error) {
    bool done = false, reached = false;
    double limit = fmin(horizon, lattice->next_condition);
    sw_status status = SW_OK;
    if (lattice->superbasin)
        status = sw_superbasin_step(lattice, limit, &done, &reached, error);
    if (status != SW_OK || !done)
        return status == SW_OK ? attempt(lattice, horizon, stop, finished, error) : status;
    *stop = reached && limit >= horizon;
    return SW_OK;
}

static sw_status advance_generally(sw_lattice *lattice, sw_horizon horizon, bool *finished,
                                   sw_error *error) {
    bool stop = false;
    sw_status status = SW_OK;
    while (!stop && status == SW_OK && lattice->events < horizon.events) {
        if ((lattice->attempts & 0xfff) == 0 && sw_context_cancelled(lattice->context))
            return SW_OK; /* as it stands: showing a state now would change the run */
        status = step(lattice, horizon.time, &stop, finished, error);
    }
    if (lattice->superbasin && status == SW_OK)
        status = sw_superbasin_show(lattice);
    return status;
}

sw_status sw_lattice_advance(sw_lattice *lattice, sw_horizon horizon, bool *finished,
                             sw_error *error) {
    *finished = false;
    sw_status status = lattice->packed ? sw_packed_advance(lattice, horizon, finished, error)
                                       : advance_generally(lattice, horizon, finished, error);
    if (status == SW_ERROR_NUMERIC)
        return sw_error_set(error, status, "processes",
                            "look for a prefactor or barrier that is "
                            "out of scale with `spillway show MODEL --processes`",
                            "a rate is not a number or above 1e19 per second");
    return status;
}
