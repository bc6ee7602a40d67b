/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where everything of one plot goes, and the drawing of its data into the frame. */
#ifndef SPILLWAY_REPORT_PLOT_LAYOUT_H
#define SPILLWAY_REPORT_PLOT_LAYOUT_H

#include "report/axis.h"
#include "report/canvas.h"

#define SW_PLOT_FONT_SIZE 10.5 /* points: ticks, legend, labels */

typedef struct sw_plot_frame {
    double left, top, right, bottom; /* points */
    sw_plot_axis x, y;
    bool bars;      /* drawn from a base line */
    bool fields;    /* nothing but boundaries and texts is within the frame */
    bool empty;     /* no number that can be drawn */
    double spacing; /* smallest distance between two x of a bar plot, units of the data */
} sw_plot_frame;

/* The kind of this name, or NULL: those of spillway/data.h. */
const char *sw_plot_kind_find(const char *name);
/* Whether a series is drawn as points without a line. */
bool sw_plot_has_points(const sw_plot_description *plot, size_t index);

/* What a mark of value y +- spread reaches, in units of the data; false where it cannot be drawn.
 */
bool sw_plot_reach(double *low, double *high, const sw_plot_description *plot,
                   const sw_plot_series *series, size_t index);

/* Ranges of all data; the frame's axes get their lengths from its edges. */
void sw_plot_frame_axes(sw_plot_frame *frame, const sw_plot_description *plot);

sw_point sw_plot_frame_place(const sw_plot_frame *frame, double x, double y);

/* Rows of legend entries; returns the height they take. canvas NULL: only measures. */
double sw_plot_legend(sw_canvas *canvas, const sw_plot_description *plot, double left, double top,
                      double width);

SW_MUST_USE sw_status sw_plot_draw_series(sw_canvas *canvas, const sw_plot_frame *frame,
                                          const sw_plot_description *plot, size_t index);
void sw_plot_draw_bars(sw_canvas *canvas, const sw_plot_frame *frame,
                       const sw_plot_description *plot, size_t index);

int sw_plot_series_ink(size_t index);
/* Dashed where the line would hide an earlier one, or where the colours have run out. */
int sw_plot_series_dash(const sw_plot_description *plot, size_t index);

#endif
