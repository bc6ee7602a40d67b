/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/pace.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

#define SECONDS_BETWEEN 0.2

double sw_clock(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void sw_pace_start(sw_pace *pace, double fraction, uint64_t events, const char *counted) {
    *pace = (sw_pace){.started = sw_clock(),
                      .first_fraction = fraction,
                      .first_events = events,
                      .counted = counted};
}

const char *sw_simulated_time_text(char text[32], double seconds) {
    /* hours from three on: programmes of a furnace are told in minutes or in hours */
    static const struct {
        double size, from;
        const char *unit;
    } units[] = {{3600, 10800, "h"}, {1, 1, "s"},        {1e-3, 1e-3, "ms"},
                 {1e-6, 1e-6, "us"}, {1e-9, 1e-9, "ns"}, {1e-12, 0, "ps"}};
    size_t unit = seconds == 0 ? 1 : 0;
    while (fabs(seconds) < units[unit].from && seconds != 0)
        unit++;
    snprintf(text, 32, "%.4g %s", seconds / units[unit].size, units[unit].unit);
    return text;
}

const char *sw_wall_time_text(char text[32], double seconds) {
    double minutes = floor(seconds / 60);
    if (seconds < 90)
        snprintf(text, 32, "%.0f s", seconds);
    else if (minutes < 90)
        snprintf(text, 32, "%.0f min", ceil(seconds / 60));
    else
        snprintf(text, 32, "%.0f h %.0f min", floor(minutes / 60), fmod(minutes, 60));
    return text;
}

void sw_pace_tell(sw_pace *pace, sw_context *context, double fraction, double time,
                  uint64_t events) {
    double now = sw_clock();
    if (now - pace->last_told < SECONDS_BETWEEN)
        return;
    pace->last_told = now;
    double wall = now - pace->started;
    double rate = wall > 0 ? (double)(events - pace->first_events) / wall : 0;
    double done = fraction - pace->first_fraction;
    char simulated[32], left[32];
    sw_simulated_time_text(simulated, time);
    if (done <= 0) {
        sw_progress(context, fraction, "t = %s, %.2e %s/s", simulated, rate, pace->counted);
        return;
    }
    sw_wall_time_text(left, wall * (1 - fraction) / done);
    sw_progress(context, fraction, "t = %s, %.2e %s/s, %s left", simulated, rate, pace->counted,
                left);
}
