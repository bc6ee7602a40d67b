/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a backend of the canvas implements. */
#ifndef SPILLWAY_REPORT_CANVAS_BACKEND_H
#define SPILLWAY_REPORT_CANVAS_BACKEND_H

#include <cairo.h>

#include "report/canvas.h"
#include "report/writer.h"

typedef struct sw_canvas_operations {
    void (*line)(sw_canvas *canvas, const sw_point *points, size_t count, int ink, double width,
                 int dash);
    void (*area)(sw_canvas *canvas, const sw_point *points, size_t count, int ink, double opacity);
    void (*disc)(sw_canvas *canvas, sw_point centre, double radius, int ink);
    void (*text)(sw_canvas *canvas, sw_point place, const char *text, sw_text_style style);
    sw_status (*finish)(unsigned char **bytes, size_t *size, sw_canvas *canvas, sw_error *error);
} sw_canvas_operations;

struct sw_canvas {
    const sw_canvas_operations *operations;
    sw_figure_format format;
    double width, height;
    sw_writer output; /* SVG text, or what cairo writes */
    cairo_surface_t *surface;
    cairo_t *cairo;
};

SW_MUST_USE sw_status sw_canvas_open_svg(sw_canvas *canvas, const char *title);
SW_MUST_USE sw_status sw_canvas_open_cairo(sw_canvas *canvas, sw_error *error);

/* A write function for cairo; the closure is a sw_writer. */
cairo_status_t sw_canvas_keep_bytes(void *closure, const unsigned char *data, unsigned int length);

/* Red, green, blue in 0..255. */
const unsigned char *sw_canvas_colour(int ink);
/* On-off lengths in points, and their number; dash 1..3. */
const double *sw_canvas_dashes(int dash, int *count);

#endif
