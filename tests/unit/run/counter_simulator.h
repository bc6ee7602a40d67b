/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A simulator for tests of the driver: a counter that walks at random, one step an event, with
 * exponential waiting times of mean 1 us. Runs of equal seeds are equal, and a restored state goes
 * on bit for bit.
 */
#ifndef TESTS_RUN_COUNTER_SIMULATOR_H
#define TESTS_RUN_COUNTER_SIMULATOR_H

#include "base/hash.h"
#include "run/job.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define COUNTER_RATE 1e6 /* 1/s */

typedef struct counter {
    sw_random random;
    double time;
    uint64_t events, fingerprint;
    int64_t place, observations;
} counter;

/* What the test asks of every counter. */
typedef struct counter_demands {
    int64_t absorb_at;  /* the walk ends for good at this place; 0: never */
    uint64_t fail_at;   /* advance fails at this event; 0: never */
    uint64_t cancel_at; /* cancels `context` at this event; 0: never */
    sw_context *context;
    size_t memory; /* what estimate states */
    bool still;    /* advance does nothing */
} counter_demands;
static counter_demands demands;

static sw_status counter_create(void **state, const sw_model *model, uint64_t seed,
                                sw_context *context, sw_error *error) {
    (void)model, (void)context;
    counter *made = calloc(1, sizeof *made);
    if (made == NULL)
        return sw_error_set(error, SW_ERROR_MEMORY, "counter", NULL, "no memory");
    made->random = sw_random_create(seed, 0);
    made->fingerprint = SW_HASH_START;
    *state = made;
    return SW_OK;
}

static sw_status counter_estimate(size_t *bytes, const sw_model *model, sw_error *error) {
    (void)model, (void)error;
    *bytes = demands.memory;
    return SW_OK;
}

static sw_status counter_advance(void *state, sw_horizon horizon, bool *finished, sw_error *error) {
    counter *self = state;
    *finished = false;
    while (!demands.still && self->events < horizon.events) {
        double draw[2];
        if (demands.absorb_at != 0 && self->place == demands.absorb_at) {
            *finished = true;
            return SW_OK;
        }
        sw_random_pair(draw, &self->random);
        double wait = -log(draw[0]) / COUNTER_RATE;
        if (self->time + wait >= horizon.time) {
            self->time = horizon.time;
            return SW_OK;
        }
        self->time += wait;
        self->place += draw[1] < 0.5 ? -1 : 1;
        self->events++;
        self->fingerprint = sw_hash(self->fingerprint, &self->place, sizeof self->place);
        if (demands.cancel_at != 0 && self->events == demands.cancel_at) {
            sw_context_cancel(demands.context);
            /* longer than replicas wait between two looks at the caller's context */
            nanosleep(&(struct timespec){.tv_nsec = 150000000}, NULL);
            return SW_OK; /* in the middle of a slice */
        }
        if (demands.fail_at != 0 && self->events == demands.fail_at)
            return sw_error_set(error, SW_ERROR_NUMERIC, "counter", NULL, "asked to fail");
    }
    return SW_OK;
}

static double counter_time(const void *state) {
    return ((const counter *)state)->time;
}

static uint64_t counter_events(const void *state) {
    return ((const counter *)state)->events;
}

static sw_status counter_describe(const void *state, sw_table *series) {
    (void)state;
    sw_status status = sw_table_add_column(series, "time", "s");
    if (status == SW_OK)
        status = sw_table_add_column(series, "place", "");
    if (status == SW_OK)
        status = sw_table_add_column(series, "observation", "");
    return status;
}

static sw_status counter_observe(void *state, sw_table *series, sw_error *error) {
    counter *self = state;
    size_t row = 0;
    sw_status status = sw_table_add_row(series, &row);
    if (status != SW_OK)
        return sw_error_set(error, status, "counter", NULL, "no memory");
    sw_table_numbers(series, 0)[row] = self->time;
    sw_table_numbers(series, 1)[row] = (double)self->place;
    sw_table_numbers(series, 2)[row] = (double)self->observations++;
    return SW_OK;
}

static sw_status counter_snapshot(const void *state, sw_atoms **atoms, sw_error *error) {
    (void)error;
    const counter *self = state;
    sw_status status = sw_atoms_create(atoms, 2);
    if (status != SW_OK)
        return status;
    sw_atoms_elements(*atoms)[0] = 26;
    sw_atoms_elements(*atoms)[1] = 28;
    sw_atoms_positions(*atoms)[0] = (double)self->place;
    return SW_OK;
}

static sw_status headline(const counter *self, sw_table **table) {
    size_t row = 0;
    sw_status status = sw_table_create(table);
    if (status == SW_OK)
        status = sw_table_add_text_column(*table, "name");
    if (status == SW_OK)
        status = sw_table_add_column(*table, "value", "");
    if (status == SW_OK)
        status = sw_table_add_row(*table, &row);
    if (status == SW_OK)
        status = sw_table_set_text(*table, row, 0, "place");
    if (status == SW_OK)
        sw_table_numbers(*table, 1)[row] = (double)self->place;
    return status;
}

static sw_status counter_table(const void *state, size_t index, const char **name, sw_table **table,
                               sw_error *error) {
    (void)error;
    *name = "headline";
    *table = NULL;
    return index == 0 ? headline(state, table) : SW_OK;
}

static size_t counter_plots(const void *state, const sw_plot **plots) {
    static const sw_plot plot = {"place", "series", "time",   "place,observation",
                                 "place", "lines",  "a walk", false};
    (void)state;
    *plots = &plot;
    return 1;
}

static sw_status counter_save(const void *state, sw_bytes *bytes, sw_error *error) {
    (void)error;
    return sw_bytes_append(bytes, state, sizeof(counter));
}

static sw_status counter_restore(void *state, const void *bytes, size_t size, sw_error *error) {
    if (size != sizeof(counter))
        return sw_error_set(error, SW_ERROR_FORMAT, "counter", NULL, "wrong size");
    memcpy(state, bytes, size);
    return SW_OK;
}

static uint64_t counter_fingerprint(const void *state) {
    return ((const counter *)state)->fingerprint;
}

static const sw_simulator counter_simulator = {
    .name = "counter",
    .summary = "a random walk",
    .create = counter_create,
    .destroy = free,
    .estimate = counter_estimate,
    .advance = counter_advance,
    .time = counter_time,
    .events = counter_events,
    .describe_series = counter_describe,
    .observe = counter_observe,
    .snapshot = counter_snapshot,
    .table = counter_table,
    .plots = counter_plots,
    .save = counter_save,
    .restore = counter_restore,
    .fingerprint = counter_fingerprint,
};

/* A run of 20000 events that observes every 1000 and takes a frame every 5000. */
static inline sw_job counter_job(void) {
    return (sw_job){
        .simulator = &counter_simulator,
        .name = "counter",
        .title = "A counter",
        .description = "walks",
        .citation = "none",
        .resolved_text = "format: 1\nname: counter\n",
        .settings = {
            .seed = 7, .end_events = 20000, .observe_events = 1000, .snapshot_events = 5000}};
}

#endif
