/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When a run observes, takes a snapshot, and ends.
 *
 * Every horizon is a pure function of the model's settings and of how far the run is, never of the
 * clock on the wall: checkpoints and interrupts do not move it, so a resumed run goes through the
 * same horizons as an uninterrupted one.
 */
#ifndef SPILLWAY_RUN_SCHEDULE_H
#define SPILLWAY_RUN_SCHEDULE_H

#include <spillway/run.h>

typedef struct sw_schedule {
    double end_time;          /* s; infinite: no limit */
    uint64_t end_events;      /* UINT64_MAX: no limit */
    double observe_every;     /* s; 0: by events */
    uint64_t observe_events;  /* 0: by time */
    uint64_t snapshot_events; /* 0: only the first and the last frame */
} sw_schedule;

/* How far a run is. */
typedef struct sw_progress_point {
    double time; /* s, simulated */
    uint64_t events;
    uint64_t observations; /* the next observation point; point 0 is the start */
    uint64_t snapshots;    /* the next snapshot point */
} sw_progress_point;

/* Refused where neither the model nor the options say when to end. */
SW_MUST_USE sw_status sw_schedule_make(sw_schedule *schedule, const sw_run_settings *settings,
                                       const sw_run_options *options, const char *model,
                                       sw_error *error);
/* The next place to stop at: at most a slice of events away, so that the driver stays awake. */
sw_horizon sw_schedule_next(const sw_schedule *schedule, const sw_progress_point *point);
bool sw_schedule_ended(const sw_schedule *schedule, const sw_progress_point *point);
/* True when the next point has been reached; the index then moves beyond the present place. */
bool sw_schedule_observe(const sw_schedule *schedule, sw_progress_point *point);
bool sw_schedule_snapshot(const sw_schedule *schedule, sw_progress_point *point);
/* 0..1: the part of the way that is done. */
double sw_schedule_fraction(const sw_schedule *schedule, const sw_progress_point *point);

#endif
