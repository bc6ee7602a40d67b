/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast a run goes and how long it will take, told through the progress of a context. */
#ifndef SPILLWAY_RUN_PACE_H
#define SPILLWAY_RUN_PACE_H

#include <spillway/run.h>

typedef struct sw_pace {
    double started; /* s on the steady clock */
    double last_told;
    double first_fraction; /* where this call began */
    uint64_t first_events;
    const char *counted; /* what these are: "events" */
} sw_pace;

/* Seconds on a clock that never jumps. */
double sw_clock(void);
void sw_pace_start(sw_pace *pace, double fraction, uint64_t events, const char *counted);
/* Tells progress, at most five times a second. */
void sw_pace_tell(sw_pace *pace, sw_context *context, double fraction, double time,
                  uint64_t events);
/* "2 h 5 min" into text; returns text. */
const char *sw_wall_time_text(char text[32], double seconds);

#endif
