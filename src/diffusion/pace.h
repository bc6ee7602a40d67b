/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Steps in time with an error: a step is taken whole and as two halves, of which the difference is
 * the error; twice the halves less the whole is of second order. Here is how long the next step is.
 */
#ifndef SPILLWAY_DIFFUSION_PACE_H
#define SPILLWAY_DIFFUSION_PACE_H

#include <spillway/base.h>

typedef struct sw_pace {
    double time, step; /* s; the step that is tried next, 0: none yet */
    double tolerance;  /* of composition, a step */
    uint64_t steps, rejected;
} sw_pace;

/* The step to try; it ends at `end` at most. */
double sw_pace_next(const sw_pace *pace, double end);
/* Whether a step to at most `end` with this error is good; infinite: it could not be taken. Moves
 * the time on where it is, and finds the next step. */
bool sw_pace_accept(sw_pace *pace, double step, double off, double end);
/* An error where steps have shrunk to nothing. */
sw_status sw_pace_check(const sw_pace *pace, sw_error *error);

#endif
