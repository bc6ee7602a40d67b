/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a plot is drawn on: SVG with live text (its colours follow the page), or cairo for PDF and
 * PNG. Points (1/72 in), y downwards.
 */
#ifndef SPILLWAY_REPORT_CANVAS_H
#define SPILLWAY_REPORT_CANVAS_H

#include <spillway/report.h>

typedef struct sw_point {
    double x, y;
} sw_point;

/* Inks by role. SW_INK_SERIES + n is the colour of series n (n modulo SW_SERIES_COLOURS). */
typedef enum sw_ink { SW_INK_PAPER, SW_INK_TEXT, SW_INK_MUTED, SW_INK_GRID, SW_INK_SERIES } sw_ink;
#define SW_SERIES_COLOURS 7

typedef enum sw_anchor { SW_ANCHOR_START, SW_ANCHOR_MIDDLE, SW_ANCHOR_END } sw_anchor;

typedef struct sw_text_style {
    double size;
    sw_anchor anchor;
    int ink;
    bool bold;
    bool upwards; /* turned by 90 degrees, reading from below */
} sw_text_style;

typedef struct sw_canvas sw_canvas;

SW_MUST_USE sw_status sw_canvas_create(sw_canvas **canvas, sw_figure_format format, double width,
                                       double height, const char *title, sw_error *error);
void sw_canvas_destroy(sw_canvas *canvas);
/* The finished picture; the bytes belong to the caller (free). Call once. */
SW_MUST_USE sw_status sw_canvas_finish(unsigned char **bytes, size_t *size, sw_canvas *canvas,
                                       sw_error *error);

/* dash 0 is a full line; 1, 2, 3 are patterns. */
void sw_canvas_line(sw_canvas *canvas, const sw_point *points, size_t count, int ink, double width,
                    int dash);
void sw_canvas_area(sw_canvas *canvas, const sw_point *points, size_t count, int ink,
                    double opacity);
void sw_canvas_disc(sw_canvas *canvas, sw_point centre, double radius, int ink);
/* Baseline at `place`. */
void sw_canvas_text(sw_canvas *canvas, sw_point place, const char *text, sw_text_style style);

#endif
