/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lays out one plot: title, legend above the frame, axes, data, labels. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/plot_layout.h"
#include "report/text_width.h"

static const double font = SW_PLOT_FONT_SIZE, title_size = 12, tick_length = 4, edge = 6;

static const sw_text_style label_style = {.size = SW_PLOT_FONT_SIZE, .ink = SW_INK_TEXT};

static sw_text_style styled(sw_anchor anchor, int ink) {
    sw_text_style style = label_style;
    style.anchor = anchor;
    style.ink = ink;
    return style;
}

static double widest_tick(const sw_plot_axis *axis) {
    double widest = 0;
    for (size_t i = 0; i < axis->ticks; i++) {
        widest = fmax(widest, sw_text_width(axis->tick[i].label, font, false));
    }
    return widest;
}

static double widest_category(const sw_plot_description *plot) {
    double widest = 0;
    for (size_t i = 0; i < plot->categories; i++) {
        widest = fmax(widest, sw_text_width(plot->category[i], font, false));
    }
    return widest;
}

/* Names stand upright where they do not fit side by side. */
static bool upright_categories(const sw_plot_frame *frame, const sw_plot_description *plot) {
    double room = (frame->right - frame->left) / ((double)plot->categories + 0.2);
    return widest_category(plot) + font > room;
}

static void lay_out(sw_plot_frame *frame, const sw_plot_description *plot, double width,
                    double height, double *legend_top) {
    bool title = plot->title != NULL && *plot->title != '\0';
    *legend_top = edge + (title ? title_size + 4 : 0);
    *frame = (sw_plot_frame){.left = 60, .right = width - 16, .bottom = height - 44};
    /* the room for tick labels depends on the ticks, and the ticks on the room: twice is enough */
    for (int round = 0; round < 2; round++) {
        double legend =
            sw_plot_legend(NULL, plot, frame->left, *legend_top, frame->right - frame->left);
        frame->top = *legend_top + legend + 0.6 * font;
        frame->bottom = height - edge - 2.6 * font - tick_length;
        if (plot->categories > 0 && upright_categories(frame, plot)) {
            double room = fmin(widest_category(plot), 0.45 * height);
            frame->bottom = height - edge - 1.6 * font - tick_length - room;
        }
        if (frame->bottom < frame->top + 20) {
            frame->bottom = frame->top + 20;
        }
        sw_plot_frame_axes(frame, plot);
        double ticks = frame->empty ? 0 : widest_tick(&frame->y);
        frame->left = edge + 1.5 * font + ticks + tick_length + 5;
        if (frame->x.ticks > 0 && !frame->empty && plot->categories == 0) {
            const sw_tick *last = &frame->x.tick[frame->x.ticks - 1];
            frame->right = width - edge - 0.5 * sw_text_width(last->label, font, false) - 2;
        }
        if (frame->right < frame->left + 20) {
            frame->right = frame->left + 20;
        }
    }
    sw_plot_frame_axes(frame, plot);
}

static void draw_tick_mark(sw_canvas *canvas, sw_point from, double dx, double dy, bool major) {
    double part = major ? 1 : 0.6;
    sw_point to = {from.x + part * dx, from.y + part * dy};
    sw_canvas_line(canvas, (sw_point[]){from, to}, 2, SW_INK_TEXT, 0.8, 0);
}

static void draw_x_axis(sw_canvas *canvas, const sw_plot_frame *frame) {
    for (size_t i = 0; i < frame->x.ticks; i++) {
        const sw_tick *tick = &frame->x.tick[i];
        sw_point foot = {sw_plot_frame_place(frame, tick->value, frame->y.low).x, frame->bottom};
        draw_tick_mark(canvas, foot, 0, tick_length, *tick->label != '\0');
        sw_point place = {foot.x, foot.y + tick_length + font + 1};
        sw_canvas_text(canvas, place, tick->label, styled(SW_ANCHOR_MIDDLE, SW_INK_TEXT));
    }
}

static void draw_categories(sw_canvas *canvas, const sw_plot_frame *frame,
                            const sw_plot_description *plot) {
    bool upright = upright_categories(frame, plot);
    for (size_t i = 0; i < plot->categories; i++) {
        sw_point foot = {sw_plot_frame_place(frame, (double)i, frame->y.low).x, frame->bottom};
        sw_text_style style = styled(upright ? SW_ANCHOR_END : SW_ANCHOR_MIDDLE, SW_INK_TEXT);
        style.upwards = upright;
        sw_point place = {foot.x + (upright ? 0.35 * font : 0),
                          foot.y + tick_length + (upright ? 2 : font + 1)};
        draw_tick_mark(canvas, foot, 0, tick_length, true);
        sw_canvas_text(canvas, place, plot->category[i], style);
    }
}

static void draw_y_axis(sw_canvas *canvas, const sw_plot_frame *frame) {
    for (size_t i = 0; i < frame->y.ticks; i++) {
        const sw_tick *tick = &frame->y.tick[i];
        double y = sw_plot_frame_place(frame, frame->x.low, tick->value).y;
        bool major = *tick->label != '\0';
        if (major && !frame->fields) {
            sw_point rule[2] = {{frame->left, y}, {frame->right, y}};
            sw_canvas_line(canvas, rule, 2, SW_INK_GRID, 0.7, 0);
        }
        draw_tick_mark(canvas, (sw_point){frame->left, y}, -tick_length, 0, major);
        sw_point place = {frame->left - tick_length - 4, y + 0.35 * font};
        sw_canvas_text(canvas, place, tick->label, styled(SW_ANCHOR_END, SW_INK_TEXT));
    }
}

static void draw_labels(sw_canvas *canvas, const sw_plot_frame *frame,
                        const sw_plot_description *plot, double height) {
    double middle = (frame->left + frame->right) / 2;
    sw_text_style style = styled(SW_ANCHOR_MIDDLE, SW_INK_TEXT);
    sw_canvas_text(canvas, (sw_point){middle, height - edge}, frame->x.title, style);
    style.upwards = true;
    sw_point side = {edge + font, (frame->top + frame->bottom) / 2};
    double length = sw_text_width(frame->y.title, font, false);
    /* a label longer than the frame is centred on the figure and, at worst, made smaller */
    if (length > frame->bottom - frame->top) {
        side.y = height / 2;
        style.size = length > height - 8 ? font * (height - 8) / length : font;
    }
    sw_canvas_text(canvas, side, frame->y.title, style);
    if (plot->title != NULL) {
        sw_text_style bold = {.size = title_size, .ink = SW_INK_TEXT, .bold = true};
        double wide = sw_text_width(plot->title, title_size, true);
        double room = frame->right - edge;
        bold.size = wide > room ? title_size * room / wide : title_size;
        sw_canvas_text(canvas, (sw_point){edge, edge + title_size}, plot->title, bold);
    }
}

static void draw_spines(sw_canvas *canvas, const sw_plot_frame *frame) {
    sw_point corner[3] = {
        {frame->left, frame->top}, {frame->left, frame->bottom}, {frame->right, frame->bottom}};
    sw_canvas_line(canvas, corner, 3, SW_INK_TEXT, 0.8, 0);
    bool crosses_zero = !frame->y.log && !frame->fields && frame->y.low < 0 && frame->y.high > 0;
    if (crosses_zero && !frame->empty) {
        double y = sw_plot_frame_place(frame, frame->x.low, 0).y;
        sw_point zero[2] = {{frame->left, y}, {frame->right, y}};
        sw_canvas_line(canvas, zero, 2, SW_INK_MUTED, 0.8, 0);
    }
}

static void draw_no_data(sw_canvas *canvas, const sw_plot_frame *frame) {
    sw_point place = {(frame->left + frame->right) / 2, (frame->top + frame->bottom) / 2};
    draw_spines(canvas, frame);
    sw_canvas_text(canvas, place, "no data", styled(SW_ANCHOR_MIDDLE, SW_INK_MUTED));
}

static void draw_texts(sw_canvas *canvas, const sw_plot_frame *frame,
                       const sw_plot_description *plot) {
    for (size_t i = 0; i < plot->texts; i++) {
        const sw_plot_text *text = &plot->text[i];
        if (isfinite(text->x) && isfinite(text->y)) {
            sw_point place = sw_plot_frame_place(frame, text->x, text->y);
            place.y += 0.35 * font;
            sw_canvas_text(canvas, place, text->text, styled(SW_ANCHOR_MIDDLE, SW_INK_TEXT));
        }
    }
}

static sw_status draw_data(sw_canvas *canvas, const sw_plot_frame *frame,
                           const sw_plot_description *plot, sw_error *error) {
    draw_y_axis(canvas, frame);
    for (size_t i = 0; i < plot->series; i++) {
        if (frame->bars) {
            sw_plot_draw_bars(canvas, frame, plot, i);
        } else if (sw_plot_draw_series(canvas, frame, plot, i) != SW_OK) {
            return sw_error_set(error, SW_ERROR_MEMORY, "plot", NULL,
                                "not enough memory to draw %zu points", plot->list[i].count);
        }
    }
    draw_spines(canvas, frame);
    draw_texts(canvas, frame, plot);
    if (plot->categories > 0) {
        draw_categories(canvas, frame, plot);
    } else {
        draw_x_axis(canvas, frame);
    }
    return SW_OK;
}

static sw_status check(const sw_plot_description *plot, double width, double height,
                       sw_error *error) {
    if (sw_plot_kind_find(plot->kind) == NULL) {
        return sw_error_set(error, SW_ERROR_ARGUMENT, "kind",
                            "use lines, steps, bars, points, points and line, or fields",
                            "unknown kind of plot \"%s\"", plot->kind == NULL ? "" : plot->kind);
    }
    if (!(width >= 120 && width <= 4000 && height >= 90 && height <= 4000)) {
        return sw_error_set(error, SW_ERROR_ARGUMENT, "width, height",
                            "use 120 to 4000 by 90 to 4000 points",
                            "a plot of %g x %g points cannot be drawn", width, height);
    }
    for (size_t i = 0; i < plot->series; i++) {
        const sw_plot_series *series = &plot->list[i];
        if (series->label == NULL || (series->count > 0 && (!series->x || !series->y))) {
            return sw_error_set(error, SW_ERROR_ARGUMENT, "series", "give label, x and y",
                                "series %zu lacks its label or its numbers", i);
        }
    }
    return SW_OK;
}

sw_status sw_plot_draw(unsigned char **bytes, size_t *size, const sw_plot_description *plot,
                       sw_figure_format format, double width, double height, sw_error *error) {
    *bytes = NULL;
    *size = 0;
    sw_status status = check(plot, width, height, error);
    if (status != SW_OK) {
        return status;
    }
    sw_plot_description full = *plot;
    full.x_label = plot->x_label != NULL ? plot->x_label : "";
    full.y_label = plot->y_label != NULL ? plot->y_label : "";
    const char *name = plot->title != NULL && *plot->title != '\0' ? plot->title : full.y_label;
    sw_canvas *canvas = NULL;
    status = sw_canvas_create(&canvas, format, width, height, name, error);
    if (status != SW_OK) {
        return status;
    }
    sw_plot_frame frame;
    double legend_top;
    lay_out(&frame, &full, width, height, &legend_top);
    sw_point paper[4] = {{0, 0}, {width, 0}, {width, height}, {0, height}};
    sw_canvas_area(canvas, paper, 4, SW_INK_PAPER, 1);
    sw_plot_legend(canvas, &full, frame.left, legend_top, frame.right - frame.left);
    draw_labels(canvas, &frame, &full, height);
    if (frame.empty) {
        draw_no_data(canvas, &frame);
    } else {
        status = draw_data(canvas, &frame, &full, error);
    }
    if (status == SW_OK) {
        status = sw_canvas_finish(bytes, size, canvas, error);
    }
    sw_canvas_destroy(canvas);
    return status;
}
