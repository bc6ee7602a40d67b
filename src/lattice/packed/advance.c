/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What drives the inner loops of both tiers: conditions, reviews, and whoever looks on. */
#include "lattice/observer.h"
#include "lattice/packed/narrow.h"
#include "lattice/packed/run.h"
#include "lattice/scaling.h"

#include <math.h>
#include <string.h>

void sw_packed_tell_observer(sw_lattice *lattice, const sw_packed_event *event, uint32_t anchor) {
    const sw_pattern *pattern = &lattice->patterns.list[event->pattern];
    if (lattice->scaling)
        sw_scaling_sample(lattice, pattern, anchor);
    if (!sw_observer_follows(lattice))
        return;
    sw_channel channel = {.process = pattern->process,
                          .reverse = pattern->reverse,
                          .anchor = anchor,
                          .slots = pattern->slots};
    for (int k = 0; k < pattern->slots; k++) {
        channel.sites[k] = sw_geometry_follow(&lattice->geometry, anchor, pattern->step[k]);
        channel.after[k] = lattice->species[channel.sites[k]];
    }
    for (int c = 0; c < event->changes; c++)
        channel.after[event->change[c].slot] = event->change[c].after;
    sw_observer_event(lattice, &channel);
}

/* The clock reaches a condition of the gas or the programme; new conditions mean new tables. */
static sw_status pass_condition(sw_lattice *lattice, double until, sw_error *error) {
    double interval = until - lattice->time;
    lattice->time = until;
    sw_status status = sw_gas_follow(lattice, interval, error);
    bool same = memcmp(lattice->packed->pressure, lattice->pressure, sizeof lattice->pressure) == 0;
    return status == SW_OK && !same ? sw_packed_rebuild(lattice) : status;
}

/* No event is possible, and no change of the conditions will make one so. */
static bool nothing_left(const sw_lattice *lattice) {
    const sw_packed *packed = lattice->packed;
    bool empty = !packed->narrow || sw_narrow_total(packed->narrow) <= 0.0;
    for (unsigned block = 0; block < SW_PACKED_BLOCKS && !packed->narrow; block++)
        empty = empty && packed->bins.weight[block] == 0;
    return empty && isinf(lattice->next_condition);
}

sw_status sw_packed_advance(sw_lattice *lattice, sw_horizon horizon, bool *finished,
                            sw_error *error) {
    sw_packed *packed = lattice->packed;
    sw_packed_leg until = {.observed = sw_observer_follows(lattice) || sw_scaling_follows(lattice)};
    sw_status status = SW_OK;
    if (memcmp(packed->pressure, lattice->pressure, sizeof lattice->pressure) != 0)
        status = sw_packed_rebuild(lattice);
    while (status == SW_OK && lattice->events < horizon.events &&
           !sw_context_cancelled(lattice->context)) {
        until.time = fmin(horizon.time, lattice->next_condition);
        until.events = sw_scaling_next_stop(lattice, horizon.events);
        if (sw_packed_run(lattice, &until)) {
            *finished = nothing_left(lattice);
            if (isinf(until.time))
                break;
            status = pass_condition(lattice, until.time, error);
            if (until.time >= horizon.time)
                break;
        }
        if (status == SW_OK)
            status = packed->status;
        if (status == SW_OK && sw_scaling_due(lattice))
            status = sw_scaling_review(lattice);
    }
    return status;
}
