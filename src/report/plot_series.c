/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws the data of a plot: bands, lines, steps, points, bars. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/plot_layout.h"

static const double line_width = 1.5, boundary_width = 1.0, whisker_width = 1.1,
                    band_opacity = 0.22;
static const size_t markers_up_to = 24;

/*
 * A long series has many points on each column of pixels. Of each column only the first, the
 * lowest, the highest and the last are kept, in their order: the drawn line is the same.
 */
static const double column_width = 0.5;

static size_t keep_column(sw_point *out, const sw_point *in, size_t first, size_t end) {
    size_t low = first, high = first;
    for (size_t i = first; i < end; i++) {
        low = in[i].y < in[low].y ? i : low;
        high = in[i].y > in[high].y ? i : high;
    }
    size_t kept[4] = {first, low < high ? low : high, low < high ? high : low, end - 1};
    size_t count = 0;
    for (size_t k = 0; k < 4; k++) {
        if (k == 0 || kept[k] != kept[k - 1]) {
            out[count++] = in[kept[k]];
        }
    }
    return count;
}

static size_t thin_out(sw_point *points, size_t count) {
    if (count < 1500) {
        return count;
    }
    size_t written = 0;
    for (size_t first = 0; first < count;) {
        size_t end = first + 1;
        double column = floor(points[first].x / column_width);
        while (end < count && floor(points[end].x / column_width) == column) {
            end++;
        }
        sw_point kept[4];
        size_t number = keep_column(kept, points, first, end);
        memcpy(points + written, kept, number * sizeof kept[0]);
        written += number;
        first = end;
    }
    return written;
}

/* One unbroken run of a series. */
typedef struct run {
    size_t first, end;
} run;

static bool next_run(run *found, const sw_plot_description *plot, const sw_plot_series *series) {
    double low, high;
    size_t i = found->end;
    while (i < series->count && !sw_plot_reach(&low, &high, plot, series, i)) {
        i++;
    }
    found->first = i;
    while (i < series->count && sw_plot_reach(&low, &high, plot, series, i)) {
        i++;
    }
    found->end = i;
    return found->first < found->end;
}

typedef enum edge { EDGE_LOW = -1, EDGE_VALUE = 0, EDGE_HIGH = 1 } edge;

/* The line through the values of a run, or an edge of its band; `out` holds 2 points a value. */
static size_t run_points(sw_point *out, const sw_plot_frame *frame, const sw_plot_description *plot,
                         const sw_plot_series *series, run part, edge which) {
    bool steps = strcmp(plot->kind, "steps") == 0;
    size_t count = 0;
    for (size_t i = part.first; i < part.end; i++) {
        double low = 0, high = 0;
        if (!sw_plot_reach(&low, &high, plot, series, i)) {
            continue;
        }
        double y = which == EDGE_LOW ? low : which == EDGE_HIGH ? high : series->y[i];
        sw_point place = sw_plot_frame_place(frame, series->x[i], y);
        if (steps && count > 0) {
            out[count] = (sw_point){place.x, out[count - 1].y};
            count++;
        }
        out[count++] = place;
    }
    return thin_out(out, count);
}

static void draw_band(sw_canvas *canvas, sw_point *points, const sw_plot_frame *frame,
                      const sw_plot_description *plot, size_t index, run part) {
    const sw_plot_series *series = &plot->list[index];
    size_t upper = run_points(points, frame, plot, series, part, EDGE_HIGH);
    size_t lower = run_points(points + upper, frame, plot, series, part, EDGE_LOW);
    for (size_t i = 0; i < lower / 2; i++) {
        sw_point swap = points[upper + i];
        points[upper + i] = points[upper + lower - 1 - i];
        points[upper + lower - 1 - i] = swap;
    }
    sw_canvas_area(canvas, points, upper + lower, sw_plot_series_ink(index), band_opacity);
}

static void draw_whisker(sw_canvas *canvas, const sw_plot_frame *frame, double x, double low,
                         double high, double shift, int ink) {
    sw_point bottom = sw_plot_frame_place(frame, x, low);
    sw_point top = sw_plot_frame_place(frame, x, high);
    bottom.x += shift;
    top.x += shift;
    sw_canvas_line(canvas, (sw_point[]){bottom, top}, 2, ink, whisker_width, 0);
    for (int end = 0; end < 2; end++) {
        sw_point at = end == 0 ? bottom : top;
        sw_point cap[2] = {{at.x - 2.5, at.y}, {at.x + 2.5, at.y}};
        sw_canvas_line(canvas, cap, 2, ink, whisker_width, 0);
    }
}

static void draw_markers(sw_canvas *canvas, const sw_plot_frame *frame,
                         const sw_plot_description *plot, size_t index, run part, double radius,
                         bool whiskers) {
    const sw_plot_series *series = &plot->list[index];
    int ink = sw_plot_series_ink(index);
    for (size_t i = part.first; i < part.end; i++) {
        double low = 0, high = 0;
        if (sw_plot_reach(&low, &high, plot, series, i)) {
            if (whiskers && high > low) {
                draw_whisker(canvas, frame, series->x[i], low, high, 0, ink);
            }
            sw_point place = sw_plot_frame_place(frame, series->x[i], series->y[i]);
            sw_canvas_disc(canvas, place, radius, ink);
        }
    }
}

static void draw_run(sw_canvas *canvas, sw_point *points, const sw_plot_frame *frame,
                     const sw_plot_description *plot, size_t index, run part) {
    const sw_plot_series *series = &plot->list[index];
    size_t values = part.end - part.first;
    if (series->spread != NULL && values > 1) {
        draw_band(canvas, points, frame, plot, index, part);
    }
    size_t count = run_points(points, frame, plot, series, part, EDGE_VALUE);
    if (strcmp(plot->kind, "fields") == 0) {
        sw_canvas_line(canvas, points, count, SW_INK_TEXT, boundary_width, 0);
        return;
    }
    sw_canvas_line(canvas, points, count, sw_plot_series_ink(index), line_width,
                   sw_plot_series_dash(plot, index));
    bool steps = strcmp(plot->kind, "steps") == 0;
    if (values == 1 || (series->count <= markers_up_to && !steps)) {
        draw_markers(canvas, frame, plot, index, part, 2.3, values == 1);
    }
}

sw_status sw_plot_draw_series(sw_canvas *canvas, const sw_plot_frame *frame,
                              const sw_plot_description *plot, size_t index) {
    const sw_plot_series *series = &plot->list[index];
    /* steps make two points of a value, a band has two edges */
    if (series->count > SIZE_MAX / 4 / sizeof(sw_point)) {
        return SW_ERROR_MEMORY;
    }
    sw_point *points = malloc((4 * series->count + 1) * sizeof *points);
    if (points == NULL) {
        return SW_ERROR_MEMORY;
    }
    run part = {0, 0};
    while (next_run(&part, plot, series)) {
        if (sw_plot_has_points(plot, index)) {
            draw_markers(canvas, frame, plot, index, part, 2.6, true);
        } else {
            draw_run(canvas, points, frame, plot, index, part);
        }
    }
    free(points);
    return SW_OK;
}

/* Bars of several series stand side by side within 0.8 of the spacing. */
void sw_plot_draw_bars(sw_canvas *canvas, const sw_plot_frame *frame,
                       const sw_plot_description *plot, size_t index) {
    const sw_plot_series *series = &plot->list[index];
    double unit = frame->spacing / (frame->x.high - frame->x.low) * (frame->right - frame->left);
    double group = plot->categories == 0 && plot->series == 1 ? 0.92 : 0.76;
    double width = group * unit / (double)plot->series;
    double shift = ((double)index - 0.5 * (double)(plot->series - 1)) * width;
    double base = plot->log_y ? frame->y.low : 0;
    for (size_t i = 0; i < series->count; i++) {
        double low = 0, high = 0;
        if (!sw_plot_reach(&low, &high, plot, series, i)) {
            continue;
        }
        sw_point top = sw_plot_frame_place(frame, series->x[i], series->y[i]);
        sw_point foot = sw_plot_frame_place(frame, series->x[i], base);
        double left = top.x + shift - 0.46 * width, right = top.x + shift + 0.46 * width;
        sw_point corners[4] = {{left, foot.y}, {left, top.y}, {right, top.y}, {right, foot.y}};
        sw_canvas_area(canvas, corners, 4, sw_plot_series_ink(index), 1);
        if (high > low) {
            draw_whisker(canvas, frame, series->x[i], low, high, shift, SW_INK_TEXT);
        }
    }
}
