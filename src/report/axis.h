/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One axis of a plot: its range, its ticks at round numbers and their labels. A label never
 * touches its neighbour.
 */
#ifndef SPILLWAY_REPORT_AXIS_H
#define SPILLWAY_REPORT_AXIS_H

#include <stdbool.h>
#include <stddef.h>

#include "report/number_text.h"

#define SW_TICK_LIMIT 64

typedef struct sw_tick {
    double value;               /* in units of the data */
    char label[SW_NUMBER_SIZE]; /* "" for a minor tick */
} sw_tick;

typedef struct sw_plot_axis {
    bool log;
    double low, high;  /* range, in units of the data; low < high, and low > 0 for log */
    double length;     /* points */
    bool along_labels; /* labels stand side by side (x) rather than above each other (y) */
    double font_size;  /* points */
    char title[192];   /* "time / µs" */
    size_t ticks;
    sw_tick tick[SW_TICK_LIMIT];
} sw_plot_axis;

/* 1, 2 or 5 times a power of ten, at least `least`. */
double sw_plot_nice_step(double least);

/*
 * Lays out an axis for data between low and high (units of the data). tight keeps that range
 * (x axes); otherwise the range grows to the next ticks. The label carries the unit of the data.
 * log needs low > 0. An empty or reversed range is widened around its middle.
 */
void sw_plot_axis_make(sw_plot_axis *axis, double low, double high, bool tight, const char *label);

/* 0 at low, 1 at high; clamped for logarithms of numbers that are not positive. */
double sw_plot_axis_place(const sw_plot_axis *axis, double value);

#endif
