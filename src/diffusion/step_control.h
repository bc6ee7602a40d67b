/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Steps in time with an error: a step is taken whole and as two halves, of which the difference is
 * the error; twice the halves less the whole is of second order. Here is how long the next step is.
 */
#ifndef SPILLWAY_DIFFUSION_STEP_CONTROL_H
#define SPILLWAY_DIFFUSION_STEP_CONTROL_H

#include <spillway/base.h>

typedef struct sw_step_control {
    double time, step; /* s; the step that is tried next, 0: none yet */
    double tolerance;  /* of composition, a step */
    uint64_t steps, rejected;
} sw_step_control;

/* The step to try; it ends at `end` at most. */
double sw_step_control_next(const sw_step_control *control, double end);
/* Whether a step to at most `end` with this error is good; infinite: it could not be taken. Moves
 * the time on where it is, and finds the next step. */
bool sw_step_control_accept(sw_step_control *control, double step, double off, double end);
/* An error where steps have shrunk to nothing. */
sw_status sw_step_control_check(const sw_step_control *control, sw_error *error);

#endif
