/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/plot_layout.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#include "report/text_width.h"

int sw_plot_series_ink(size_t index) {
    return SW_INK_SERIES + (int)(index % SW_SERIES_COLOURS);
}

/* Nowhere further apart than a line is wide. */
static bool lies_on(const sw_plot_series *a, const sw_plot_series *b) {
    for (size_t i = 0; i < a->count; i++) {
        bool same =
            fabs(a->y[i] - b->y[i]) <= 2e-3 * fabs(b->y[i]) || (isnan(a->y[i]) && isnan(b->y[i]));
        if (!same || a->x[i] != b->x[i]) {
            return false;
        }
    }
    return a->count > 0;
}

int sw_plot_series_dash(const sw_plot_description *plot, size_t index) {
    size_t dash = index / SW_SERIES_COLOURS;
    for (size_t i = 0; i < index; i++) {
        bool both = plot->list[i].count == plot->list[index].count;
        /* what lies below shows through */
        dash += both && lies_on(&plot->list[index], &plot->list[i]);
    }
    return (int)(dash % 4);
}

/* Differences of larger numbers overflow. */
static const double largest_drawn = 1e300;

bool sw_plot_reach(double *low, double *high, const sw_plot_description *plot,
                   const sw_plot_series *series, size_t index) {
    double y = series->y[index];
    if (!(fabs(series->x[index]) < largest_drawn) || !isfinite(y) ||
        (plot->log_y && y <= fmax(plot->log_floor, 0))) {
        return false;
    }
    double spread = series->spread != NULL ? series->spread[index] : 0;
    spread = isfinite(spread) && spread > 0 ? spread : 0;
    *low = y - spread;
    *high = y + spread;
    return fabs(*low) < largest_drawn && fabs(*high) < largest_drawn;
}

typedef struct extent {
    double x_low, x_high, y_low, y_high;
    bool any;
} extent;

static void include_point(extent *all, double x, double low, double high) {
    if (!all->any) {
        *all = (extent){x, x, low, high, true};
        return;
    }
    all->x_low = fmin(all->x_low, x);
    all->x_high = fmax(all->x_high, x);
    all->y_low = fmin(all->y_low, low);
    all->y_high = fmax(all->y_high, high);
}

/* Rows without a value keep their place, so that plots over the same x have the same axis. */
static void include_all_x(extent *all, const sw_plot_description *plot) {
    for (size_t s = 0; all->any && s < plot->series; s++) {
        for (size_t i = 0; i < plot->list[s].count; i++) {
            if (fabs(plot->list[s].x[i]) < largest_drawn) {
                all->x_low = fmin(all->x_low, plot->list[s].x[i]);
                all->x_high = fmax(all->x_high, plot->list[s].x[i]);
            }
        }
    }
}

static extent data_extent(const sw_plot_description *plot) {
    extent all = {0};
    for (size_t s = 0; s < plot->series; s++) {
        const sw_plot_series *series = &plot->list[s];
        for (size_t i = 0; i < series->count; i++) {
            double low, high;
            if (sw_plot_reach(&low, &high, plot, series, i)) {
                /* the lower end of a band may be negative: it is then cut at the axis */
                low = plot->log_y && low <= 0 ? series->y[i] : low;
                include_point(&all, series->x[i], low, high);
            }
        }
    }
    include_all_x(&all, plot);
    return all;
}

/* Smallest distance between neighbouring x of one series; histograms come sorted. */
static double smallest_spacing(const sw_plot_description *plot) {
    double smallest = INFINITY;
    for (size_t s = 0; s < plot->series; s++) {
        const sw_plot_series *series = &plot->list[s];
        for (size_t i = 1; i < series->count; i++) {
            double distance = fabs(series->x[i] - series->x[i - 1]);
            if (distance > 0 && distance < smallest) {
                smallest = distance;
            }
        }
    }
    return isfinite(smallest) ? smallest : 1;
}

/* An axis that would start at a small part of its height starts at zero. */
static void reach_zero(double *low, double *high, bool always) {
    if (*low > 0 && (always || *low < 0.35 * *high)) {
        *low = 0;
    } else if (*high < 0 && (always || *high > 0.35 * *low)) {
        *high = 0;
    }
}

void sw_plot_frame_axes(sw_plot_frame *frame, const sw_plot_description *plot) {
    extent all = data_extent(plot);
    frame->empty = !all.any;
    frame->bars = strcmp(plot->kind, "bars") == 0;
    frame->fields = strcmp(plot->kind, "fields") == 0;
    frame->spacing = 1;
    if (frame->empty) {
        all = (extent){.x_low = plot->log_y, .x_high = 1, .y_low = 1, .y_high = 1};
    }
    if (frame->bars) {
        frame->spacing = plot->categories > 0 ? 1 : smallest_spacing(plot);
        all.x_low -= 0.6 * frame->spacing;
        all.x_high += 0.6 * frame->spacing;
    }
    if (plot->categories > 0) {
        all.x_low = -0.6;
        all.x_high = (double)plot->categories - 0.4;
    }
    if (!plot->log_y && !frame->fields) {
        /* around a constant there is no range to be shown in detail */
        bool constant = fabs(all.y_high - all.y_low) <= 1e-12 * fabs(all.y_high);
        reach_zero(&all.y_low, &all.y_high, frame->bars || constant);
    }
    frame->x = (sw_plot_axis){.length = frame->right - frame->left, .along_labels = true};
    frame->y = (sw_plot_axis){.length = frame->bottom - frame->top, .log = plot->log_y};
    frame->x.font_size = frame->y.font_size = SW_PLOT_FONT_SIZE;
    sw_plot_axis_make(&frame->x, all.x_low, all.x_high, true, plot->x_label);
    sw_plot_axis_make(&frame->y, all.y_low, all.y_high, frame->fields, plot->y_label);
}

sw_point sw_plot_frame_place(const sw_plot_frame *frame, double x, double y) {
    return (sw_point){frame->left + sw_plot_axis_place(&frame->x, x) * (frame->right - frame->left),
                      frame->bottom -
                          sw_plot_axis_place(&frame->y, y) * (frame->bottom - frame->top)};
}

/* ---- legend ---------------------------------------------------------------------------------- */

static const double swatch_width = 18, swatch_gap = 5, entry_gap = 14, row_height = 14.5;

static bool any_spread(const sw_plot_description *plot) {
    for (size_t s = 0; s < plot->series; s++) {
        for (size_t i = 0; plot->list[s].spread != NULL && i < plot->list[s].count; i++) {
            if (isfinite(plot->list[s].spread[i]) && plot->list[s].spread[i] > 0) {
                return true;
            }
        }
    }
    return false;
}

const char *sw_plot_kind_find(const char *name) {
    static const char *const kinds[] = {"lines",  "steps",           "bars",
                                        "points", "points and line", "fields"};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (name != NULL && strcmp(name, kinds[i]) == 0) {
            return kinds[i];
        }
    }
    return NULL;
}

bool sw_plot_has_points(const sw_plot_description *plot, size_t index) {
    bool last = index + 1 == plot->series;
    return strcmp(plot->kind, "points") == 0 ||
           (strcmp(plot->kind, "points and line") == 0 && !last);
}

static void draw_swatch(sw_canvas *canvas, const sw_plot_description *plot, size_t index,
                        sw_point place) {
    double middle = place.y - 0.34 * SW_PLOT_FONT_SIZE;
    bool interval = index == plot->series;
    int ink = interval ? SW_INK_MUTED : sw_plot_series_ink(index);
    bool is_block = interval || strcmp(plot->kind, "bars") == 0;
    double half = is_block ? 4.5 : 0;
    sw_point block[4] = {{place.x, middle - half},
                         {place.x + swatch_width, middle - half},
                         {place.x + swatch_width, middle + half},
                         {place.x, middle + half}};
    sw_point line[2] = {{place.x, middle}, {place.x + swatch_width, middle}};
    if (is_block) {
        sw_canvas_area(canvas, block, 4, ink, interval ? 0.25 : 1);
    } else if (sw_plot_has_points(plot, index)) {
        sw_canvas_disc(canvas, (sw_point){place.x + swatch_width / 2, middle}, 2.6, ink);
    } else {
        sw_canvas_line(canvas, line, 2, ink, 1.8, sw_plot_series_dash(plot, index));
    }
}

/* A single series has a legend unless title or axis say what it is. */
static bool needs_a_name(const sw_plot_description *plot) {
    const char *label = plot->series == 1 ? plot->list[0].label : "";
    bool titled = plot->title != NULL && strcasecmp(plot->title, label) == 0;
    return *label != '\0' && !titled && strstr(plot->y_label, label) == NULL;
}

double sw_plot_legend(sw_canvas *canvas, const sw_plot_description *plot, double left, double top,
                      double width) {
    bool interval = any_spread(plot);
    size_t entries = plot->series > 1 || needs_a_name(plot) ? plot->series : 0;
    if ((entries == 0 && !interval) || strcmp(plot->kind, "fields") == 0) {
        return 0;
    }
    double x = left, y = top + row_height;
    for (size_t i = entries > 0 ? 0 : plot->series; i < plot->series + interval; i++) {
        const char *bars = strcmp(plot->kind, "bars") == 0 ? "whiskers: 95 % interval" : NULL;
        const char *label = i < plot->series ? plot->list[i].label
                            : bars != NULL   ? bars
                                             : "95 % interval";
        bool swatch = i < plot->series || bars == NULL;
        double lead = swatch ? swatch_width + swatch_gap : 0;
        double entry = lead + sw_text_width(label, SW_PLOT_FONT_SIZE, false);
        if (x > left && x + entry > left + width) {
            x = left;
            y += row_height;
        }
        if (canvas != NULL) {
            sw_point place = {x, y - 4};
            if (swatch) {
                draw_swatch(canvas, plot, i, place);
            }
            place.x += lead;
            sw_text_style style = {.size = SW_PLOT_FONT_SIZE, .ink = SW_INK_TEXT};
            sw_canvas_text(canvas, place, label, style);
        }
        x += entry + entry_gap;
    }
    return y - top + 2;
}
