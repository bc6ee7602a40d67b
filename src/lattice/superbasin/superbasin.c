/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walking within the graph, and leaving it. */
#include "lattice/superbasin/superbasin.h"

#include "base/memory.h"
#include "base/random.h"
#include "lattice/advance.h"
#include "lattice/portable_math.h"
#include "lattice/superbasin/deviates.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define STREAM_SUPERBASIN (0x5bULL << 56) /* plus the attempt: as many numbers as are needed */
#define LOOK_EVERY 32                     /* events, outside of a superbasin */
#define FIRST_KEY 1
#define LEAST_STAY 64 /* moves before a passage is thought of */

/* ---- making ---------------------------------------------------------------------------------- */

static bool is_plain(const sw_class *class) {
    static const sw_class plain;
    return memcmp(class, &plain, sizeof plain) == 0;
}

static sw_status refuse(sw_error *error, const char *hint, const char *why) {
    return sw_error_set(error, SW_ERROR_UNSUPPORTED, "run.acceleration.superbasin", hint, "%s",
                        why);
}

static sw_status check_model(const sw_lattice *lattice, sw_error *error) {
    const sw_lattice_model *model = lattice->model;
    if (model->gas.mode == SW_GAS_STIRRED)
        return refuse(error, "use a reservoir, or leave it out",
                      "superbasins need rates that stay between events; a stirred reactor changes "
                      "them all the time");
    if (model->observe.tracers)
        return refuse(error, "leave out observe.tracers",
                      "superbasins pass over the single hops that tracers count");
    return SW_OK;
}

/* Processes that only move atoms, and back again. */
static bool find_moves(sw_superbasin *superbasin, const sw_lattice *lattice) {
    bool any = false;
    for (size_t p = 0; p < lattice->model->processes; p++) {
        const sw_process *process = &lattice->model->process[p];
        superbasin->moves[p] = process->gas_changes == 0 && process->supply_change == 0 &&
                               (process->reversible || lattice->patterns.own_reverse[p]);
        any = any || superbasin->moves[p];
    }
    return any;
}

sw_status sw_superbasin_create(sw_lattice *lattice, sw_error *error) {
    const sw_superbasin_settings *settings = &lattice->model->run.acceleration.superbasin;
    if (!settings->present)
        return SW_OK;
    sw_status status = check_model(lattice, error);
    if (status != SW_OK)
        return status;
    sw_superbasin *superbasin = lattice->superbasin = sw_allocate(1, sizeof *superbasin);
    if (!superbasin)
        return SW_ERROR_MEMORY;
    superbasin->limit = settings->states;
    superbasin->plain = -1;
    for (size_t c = 0; c < lattice->classes; c++)
        if (is_plain(&lattice->class[c]))
            superbasin->plain = (int)c;
    superbasin->moves = sw_allocate(lattice->model->processes, sizeof *superbasin->moves);
    superbasin->held = sw_allocate(settings->states, settings->states + SW_SLOT_LIMIT);
    if (!superbasin->moves || !superbasin->held)
        return SW_ERROR_MEMORY;
    if (superbasin->plain < 0 || !find_moves(superbasin, lattice))
        return refuse(error, "leave it out",
                      "no process moves atoms there and back without gas: there is no superbasin");
    return SW_OK;
}

void sw_superbasin_destroy(sw_superbasin *superbasin) {
    if (!superbasin)
        return;
    sw_passage_clear(&superbasin->passage);
    free(superbasin->moves);
    free(superbasin->state);
    free(superbasin->channel);
    free(superbasin->mobile);
    free(superbasin->held);
    free(superbasin);
}

void sw_superbasin_leave(sw_superbasin *superbasin) {
    if (!superbasin)
        return;
    superbasin->states = superbasin->channels = superbasin->mobiles = 0;
    superbasin->now = superbasin->shown = 0;
    superbasin->stayed = 0;
    superbasin->closed = false;
    sw_passage_clear(&superbasin->passage);
}

sw_status sw_superbasin_show(sw_lattice *lattice) {
    sw_superbasin *superbasin = lattice->superbasin;
    if (superbasin->now == superbasin->shown)
        return SW_OK;
    const uint8_t *held = sw_superbasin_held(superbasin, superbasin->now);
    for (size_t m = 0; m < superbasin->mobiles; m++)
        sw_lattice_change(lattice, superbasin->mobile[m], held[m]);
    superbasin->shown = superbasin->now;
    return sw_lattice_settle(lattice);
}

/* ---- leaving --------------------------------------------------------------------------------- */

static sw_status begin(sw_lattice *lattice, bool *inside) {
    sw_superbasin_leave(lattice->superbasin);
    sw_status status = sw_superbasin_add(lattice, FIRST_KEY, inside);
    lattice->superbasin->record.entered += *inside;
    return status;
}

/* A listed channel that leads out of the graph: its end is added, or a new graph begins there. */
static sw_status take_way_out(sw_lattice *lattice, const sw_superbasin_channel *way) {
    uint64_t target = way->target;
    sw_channel channel;
    bool fits = false;
    sw_status status = sw_superbasin_show(lattice);
    if (status != SW_OK)
        return status;
    channel.rate =
        sw_rates_channel(lattice, way->site, &lattice->patterns.list[way->pattern], &channel);
    if (target)
        status = sw_superbasin_mobilise(lattice, &channel, &fits);
    if (status == SW_OK)
        status = sw_lattice_execute(lattice, &channel);
    bool renewed = false;
    if (status == SW_OK)
        status = sw_lattice_renew(lattice, &renewed);
    fits = fits && !renewed;
    if (status == SW_OK && fits)
        status = sw_superbasin_add(lattice, target, &fits);
    return status == SW_OK && !fits ? begin(lattice, &fits) : status;
}

/* Whatever is not listed may happen, in proportion to its bound, or be thinned away. */
static sw_status look_elsewhere(sw_lattice *lattice, sw_random *random) {
    sw_superbasin *superbasin = lattice->superbasin;
    uint32_t owned[SW_SUPERBASIN_OWNED];
    sw_status status = sw_superbasin_show(lattice);
    size_t count = sw_superbasin_owned(owned, superbasin, superbasin->now);
    bool changed = false;
    if (status == SW_OK)
        status = sw_superbasin_hide(lattice, owned, count);
    if (status == SW_OK)
        status = sw_lattice_draw(lattice, random, &changed);
    if (status == SW_OK)
        status = sw_superbasin_unhide(lattice, owned, count);
    if (status == SW_OK && changed)
        status = begin(lattice, &changed);
    return status;
}

/* ---- within ---------------------------------------------------------------------------------- */

static void count_move(sw_lattice *lattice, const sw_superbasin_channel *channel) {
    sw_superbasin *superbasin = lattice->superbasin;
    const sw_pattern *pattern = &lattice->patterns.list[channel->pattern];
    superbasin->now = channel->to;
    superbasin->stayed++;
    superbasin->record.moves++;
    sw_lattice_count_event(lattice, pattern->process, pattern->reverse);
    sw_lattice_mix(lattice, (uint64_t)channel->site << 20 ^ channel->pattern);
}

/* The listed channel at `point` of the state's rate, or NULL: elsewhere. */
static const sw_superbasin_channel *channel_at(const sw_superbasin *superbasin, uint32_t state,
                                               double point) {
    const sw_superbasin_state *listed = &superbasin->state[state];
    for (uint32_t c = listed->first; c < listed->first + listed->channels; c++) {
        if (point < superbasin->channel[c].rate)
            return &superbasin->channel[c];
        point -= superbasin->channel[c].rate;
    }
    return NULL;
}

static sw_status reach_limit(sw_lattice *lattice, double limit, bool *reached, sw_error *error) {
    sw_status status = sw_superbasin_show(lattice);
    if (limit >= lattice->next_condition)
        sw_superbasin_leave(lattice->superbasin);
    *reached = true;
    return status == SW_OK ? sw_lattice_pass_time(lattice, limit, error) : status;
}

static sw_status one_move(sw_lattice *lattice, double limit, sw_random *random, bool *reached,
                          sw_error *error) {
    sw_superbasin *superbasin = lattice->superbasin;
    double uniform[2];
    sw_random_next_pair(uniform, random);
    double total = superbasin->state[superbasin->now].total;
    double next = lattice->time - sw_ln(uniform[0]) / total;
    if (!(next < limit))
        return reach_limit(lattice, limit, reached, error);
    lattice->time = next;
    const sw_superbasin_channel *channel =
        channel_at(superbasin, superbasin->now, uniform[1] * total);
    if (!channel)
        return look_elsewhere(lattice, random);
    if (channel->to == SW_SUPERBASIN_OUT)
        return take_way_out(lattice, channel);
    count_move(lattice, channel);
    return SW_OK;
}

/* ---- passages -------------------------------------------------------------------------------- */

sw_status sw_superbasin_prepare(sw_superbasin *superbasin) {
    size_t n = superbasin->states;
    double *rate = sw_allocate(n * n, sizeof *rate), *leaving = sw_allocate(n, sizeof *leaving);
    sw_status status = rate && leaving ? SW_OK : SW_ERROR_MEMORY;
    for (size_t s = 0; s < n && status == SW_OK; s++) {
        const sw_superbasin_state *state = &superbasin->state[s];
        leaving[s] = state->elsewhere;
        for (uint32_t c = state->first; c < state->first + state->channels; c++) {
            const sw_superbasin_channel *channel = &superbasin->channel[c];
            if (channel->to == SW_SUPERBASIN_OUT)
                leaving[s] += channel->rate;
            else
                rate[s * n + channel->to] += channel->rate;
        }
    }
    double out = 0.0;
    for (size_t s = 0; s < n && status == SW_OK; s++)
        out += leaving[s];
    superbasin->closed = !(out > 0.0);
    if (status == SW_OK)
        status = sw_passage_create(&superbasin->passage, n, rate, leaving);
    free(rate);
    free(leaving);
    return status;
}

/* A passage costs about as much as states^3 / 2 moves to prepare. */
static bool passage_pays(const sw_superbasin *superbasin) {
    uint64_t n = superbasin->states;
    uint64_t worth = n * n * n / 2;
    return superbasin->stayed >= (worth > LEAST_STAY ? worth : LEAST_STAY);
}

/* The channel that leads out of the present state at a random point, or NULL: elsewhere. */
static const sw_superbasin_channel *draw_way_out(const sw_superbasin *superbasin, double uniform) {
    const sw_superbasin_state *state = &superbasin->state[superbasin->now];
    const sw_superbasin_channel *first = superbasin->channel + state->first, *last = NULL;
    double sum = state->elsewhere;
    for (uint32_t c = 0; c < state->channels; c++)
        sum += first[c].to == SW_SUPERBASIN_OUT ? first[c].rate : 0.0;
    double point = uniform * sum - state->elsewhere;
    for (uint32_t c = 0; c < state->channels && point >= 0.0; c++) {
        if (first[c].to != SW_SUPERBASIN_OUT)
            continue;
        last = &first[c];
        point -= first[c].rate;
    }
    return last;
}

static sw_status one_passage(sw_lattice *lattice, double limit, sw_random *random, bool *reached,
                             sw_error *error) {
    sw_superbasin *superbasin = lattice->superbasin;
    sw_passage_end end =
        sw_passage_draw(&superbasin->passage, superbasin->now, limit - lattice->time, random);
    superbasin->now = (uint32_t)end.state;
    superbasin->record.passages++;
    superbasin->record.passed += end.hops;
    sw_lattice_mix(lattice, end.state);
    if (!end.absorbed && end.time >= limit - lattice->time)
        return reach_limit(lattice, limit, reached, error);
    lattice->time += end.time;
    if (!end.absorbed)
        return SW_OK;
    const sw_superbasin_channel *way = draw_way_out(superbasin, sw_deviate_unit(random));
    return way ? take_way_out(lattice, way) : look_elsewhere(lattice, random);
}

/* ---- the step -------------------------------------------------------------------------------- */

static sw_status look_inside(sw_lattice *lattice, bool *inside) {
    sw_superbasin *superbasin = lattice->superbasin;
    *inside = superbasin->states > 0;
    if (*inside || lattice->events < superbasin->next_look)
        return SW_OK;
    superbasin->next_look = lattice->events + LOOK_EVERY;
    return begin(lattice, inside);
}

sw_status sw_superbasin_step(sw_lattice *lattice, double limit, bool *done, bool *reached,
                             sw_error *error) {
    sw_superbasin *superbasin = lattice->superbasin;
    sw_status status = look_inside(lattice, done);
    *reached = false;
    if (status != SW_OK || !*done)
        return status;
    sw_random random = sw_random_create(lattice->seed, STREAM_SUPERBASIN + lattice->attempts++);
    if (superbasin->passage.states == 0 && passage_pays(superbasin))
        status = sw_superbasin_prepare(superbasin);
    if (status != SW_OK)
        return status;
    bool endless = superbasin->closed && isinf(limit); /* then events are counted, one by one */
    return superbasin->passage.states > 0 && !endless
               ? one_passage(lattice, limit, &random, reached, error)
               : one_move(lattice, limit, &random, reached, error);
}
