/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/schedule.h"

#include <math.h>

/* Events between two looks at the clock, the cancel flag and the checkpoint timer. */
#define SLICE_EVENTS 1024
/* Rows of a series when the model does not say how often to observe. */
#define STANDARD_ROWS 200

static void choose_end(sw_schedule *schedule, const sw_run_settings *settings,
                       const sw_run_options *options) {
    double time = settings->end_time;
    uint64_t events = settings->end_events;
    if (options->quick && settings->quick_events > 0)
        events = settings->quick_events;
    /* an end that is asked for replaces the model's, of either sort */
    if (options->until > 0 || options->until_events > 0) {
        time = options->until;
        events = options->until_events;
    }
    schedule->end_time = time > 0 ? time : (double)INFINITY;
    schedule->end_events = events > 0 ? events : UINT64_MAX;
}

static void choose_observations(sw_schedule *schedule, const sw_run_settings *settings) {
    schedule->snapshot_events = settings->snapshot_events;
    schedule->observe_every = settings->observe_every;
    if (settings->observe_every > 0)
        return;
    schedule->observe_events = settings->observe_events;
    if (settings->observe_events > 0)
        return;
    if (settings->end_events == 0 && settings->end_time > 0)
        schedule->observe_every = settings->end_time / STANDARD_ROWS;
    else
        schedule->observe_events = settings->end_events / STANDARD_ROWS + 1;
}

sw_status sw_schedule_make(sw_schedule *schedule, const sw_run_settings *settings,
                           const sw_run_options *options, const char *model, sw_error *error) {
    *schedule = (sw_schedule){0};
    choose_end(schedule, settings, options);
    choose_observations(schedule, settings);
    if (isinf(schedule->end_time) && schedule->end_events == UINT64_MAX)
        return sw_error_set(error, SW_ERROR_MODEL, model,
                            "add `time:` or `events:` to the run section, or give --until "
                            "\"10 us\" or --until 1000000ev",
                            "the run has no end: neither a simulated time nor a number of events");
    return SW_OK;
}

static uint64_t next_multiple(uint64_t events, uint64_t step) {
    uint64_t count = events / step + 1;
    return count > UINT64_MAX / step ? UINT64_MAX : count * step;
}

static uint64_t lesser(uint64_t a, uint64_t b) {
    return a < b ? a : b;
}

static uint64_t multiple(uint64_t index, uint64_t step) {
    return step > 0 && index <= UINT64_MAX / step ? index * step : UINT64_MAX;
}

sw_horizon sw_schedule_next(const sw_schedule *schedule, const sw_progress_point *point) {
    sw_horizon horizon = {.time = schedule->end_time, .events = schedule->end_events};
    horizon.events = lesser(horizon.events, next_multiple(point->events, SLICE_EVENTS));
    horizon.events = lesser(horizon.events, multiple(point->snapshots, schedule->snapshot_events));
    if (schedule->observe_every > 0)
        horizon.time = fmin(horizon.time, (double)point->observations * schedule->observe_every);
    else
        horizon.events =
            lesser(horizon.events, multiple(point->observations, schedule->observe_events));
    return horizon;
}

bool sw_schedule_ended(const sw_schedule *schedule, const sw_progress_point *point) {
    return point->time >= schedule->end_time || point->events >= schedule->end_events;
}

bool sw_schedule_observe(const sw_schedule *schedule, sw_progress_point *point) {
    if (schedule->observe_every > 0) {
        double every = schedule->observe_every;
        if (point->time < (double)point->observations * every)
            return false;
        double passed = floor(point->time / every);
        if (passed >= 0x1p52) /* beyond this an index is no longer exact in a double */
            point->observations = UINT64_MAX;
        else if (passed > (double)point->observations)
            point->observations = (uint64_t)passed;
        while (point->observations < UINT64_MAX &&
               (double)point->observations * every <= point->time)
            point->observations++;
        return true;
    }
    if (point->events < multiple(point->observations, schedule->observe_events))
        return false;
    point->observations = point->events / schedule->observe_events + 1;
    return true;
}

bool sw_schedule_snapshot(const sw_schedule *schedule, sw_progress_point *point) {
    if (schedule->snapshot_events == 0 ||
        point->events < multiple(point->snapshots, schedule->snapshot_events))
        return false;
    point->snapshots = point->events / schedule->snapshot_events + 1;
    return true;
}

double sw_schedule_fraction(const sw_schedule *schedule, const sw_progress_point *point) {
    double by_time = isinf(schedule->end_time) ? 0 : point->time / schedule->end_time;
    double by_events = schedule->end_events == UINT64_MAX
                           ? 0
                           : (double)point->events / (double)schedule->end_events;
    return fmin(1, fmax(by_time, by_events));
}
