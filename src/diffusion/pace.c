/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diffusion/pace.h"

#include <math.h>

#define SAFETY 0.9

double sw_pace_next(const sw_pace *pace, double end) {
    const double left = end - pace->time;
    if (pace->step >= left)
        return left;
    /* the last two steps before an end are made equal, so that none is a sliver */
    return 2.0 * pace->step > left ? 0.5 * left : pace->step;
}

bool sw_pace_accept(sw_pace *pace, double step, double off, double end) {
    if (off <= pace->tolerance) {
        pace->time = step == end - pace->time ? end : pace->time + step;
        pace->steps++;
        const double factor = SAFETY * sqrt(pace->tolerance / fmax(off, 1e-300));
        if (step >= pace->step) /* not one that an end cut short */
            pace->step = step * fmin(fmax(factor, 0.5), 2.5);
        return true;
    }
    pace->rejected++;
    pace->step = step * (isfinite(off) ? fmax(SAFETY * sqrt(pace->tolerance / off), 0.1) : 0.25);
    return false;
}

sw_status sw_pace_check(const sw_pace *pace, sw_error *error) {
    if (pace->step > 1e-12 * pace->time + 1e-200 && isfinite(pace->step))
        return SW_OK;
    return sw_error_set(error, SW_ERROR_NUMERIC, "diffusion",
                        "take more cells or a larger tolerance",
                        "the step shrank to nothing at %g s", pace->time);
}
