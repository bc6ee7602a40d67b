/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diffusion/step_control.h"

#include <math.h>

#define SAFETY 0.9

double sw_step_control_next(const sw_step_control *control, double end) {
    const double left = end - control->time;
    if (control->step >= left)
        return left;
    /* the last two steps before an end are made equal, so that none is a sliver */
    return 2.0 * control->step > left ? 0.5 * left : control->step;
}

bool sw_step_control_accept(sw_step_control *control, double step, double off, double end) {
    if (off <= control->tolerance) {
        control->time = step == end - control->time ? end : control->time + step;
        control->steps++;
        const double factor = SAFETY * sqrt(control->tolerance / fmax(off, 1e-300));
        if (step >= control->step) /* not one that an end cut short */
            control->step = step * fmin(fmax(factor, 0.5), 2.5);
        return true;
    }
    control->rejected++;
    control->step =
        step * (isfinite(off) ? fmax(SAFETY * sqrt(control->tolerance / off), 0.1) : 0.25);
    return false;
}

sw_status sw_step_control_check(const sw_step_control *control, sw_error *error) {
    if (control->step > 1e-12 * control->time + 1e-200 && isfinite(control->step))
        return SW_OK;
    return sw_error_set(error, SW_ERROR_NUMERIC, "diffusion",
                        "take more cells or a larger tolerance",
                        "the step shrank to nothing at %g s", control->time);
}
