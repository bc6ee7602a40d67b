/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PDF and PNG by way of cairo. PNG is drawn at 300 dots per inch. */
#include <cairo-pdf.h>
#include <math.h>

#include "report/canvas_backend.h"
#include "report/text_width.h"

static const double png_pixels_per_point = 300.0 / 72.0;

static void set_ink(cairo_t *cairo, int ink, double opacity) {
    const unsigned char *colour = sw_canvas_colour(ink);
    cairo_set_source_rgba(cairo, colour[0] / 255.0, colour[1] / 255.0, colour[2] / 255.0, opacity);
}

static void trace(cairo_t *cairo, const sw_point *points, size_t count) {
    cairo_new_path(cairo);
    for (size_t i = 0; i < count; i++) {
        cairo_line_to(cairo, points[i].x, points[i].y);
    }
}

static void draw_line(sw_canvas *canvas, const sw_point *points, size_t count, int ink,
                      double width, int dash) {
    int length = 0;
    const double *pattern = dash > 0 ? sw_canvas_dashes(dash, &length) : NULL;
    trace(canvas->cairo, points, count);
    set_ink(canvas->cairo, ink, 1);
    cairo_set_line_width(canvas->cairo, width);
    cairo_set_line_join(canvas->cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_set_dash(canvas->cairo, pattern, length, 0);
    cairo_stroke(canvas->cairo);
}

static void draw_area(sw_canvas *canvas, const sw_point *points, size_t count, int ink,
                      double opacity) {
    trace(canvas->cairo, points, count);
    cairo_close_path(canvas->cairo);
    set_ink(canvas->cairo, ink, opacity);
    cairo_fill(canvas->cairo);
}

static void draw_disc(sw_canvas *canvas, sw_point centre, double radius, int ink) {
    cairo_new_path(canvas->cairo);
    cairo_arc(canvas->cairo, centre.x, centre.y, radius, 0, 2 * M_PI);
    set_ink(canvas->cairo, ink, 1);
    cairo_fill(canvas->cairo);
}

/* Draws (or only measures) the runs from the current point on; returns the width. */
static double show_runs(cairo_t *cairo, const char *text, double font_size, bool draw) {
    char run[128];
    bool raised;
    double x = 0;
    for (size_t used; (used = sw_text_run(run, sizeof run, &raised, text)) > 0; text += used) {
        cairo_text_extents_t extents;
        cairo_set_font_size(cairo, font_size * (raised ? SW_SUPERSCRIPT_SIZE : 1));
        cairo_text_extents(cairo, run, &extents);
        if (draw) {
            cairo_move_to(cairo, x, raised ? -SW_SUPERSCRIPT_RISE * font_size : 0);
            cairo_show_text(cairo, run);
        }
        x += extents.x_advance;
    }
    return x;
}

static void draw_text(sw_canvas *canvas, sw_point place, const char *text, sw_text_style style) {
    cairo_t *cairo = canvas->cairo;
    cairo_save(cairo);
    cairo_select_font_face(cairo, "Helvetica", CAIRO_FONT_SLANT_NORMAL,
                           style.bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_translate(cairo, place.x, place.y);
    if (style.upwards) {
        cairo_rotate(cairo, -M_PI / 2);
    }
    double width = show_runs(cairo, text, style.size, false);
    double planned = sw_text_width(text, style.size, style.bold);
    /* a wider face than the layout was made for must not run into its neighbours */
    if (width > planned && planned > 0) {
        cairo_scale(cairo, planned / width, 1);
    }
    double shift = style.anchor == SW_ANCHOR_START    ? 0
                   : style.anchor == SW_ANCHOR_MIDDLE ? -width / 2
                                                      : -width;
    cairo_translate(cairo, shift, 0);
    set_ink(cairo, style.ink, 1);
    show_runs(cairo, text, style.size, true);
    cairo_restore(cairo);
}

cairo_status_t sw_canvas_keep_bytes(void *closure, const unsigned char *data, unsigned int length) {
    sw_writer *output = closure;
    sw_writer_bytes(output, data, length);
    return output->failed ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static sw_status draw_finish(unsigned char **bytes, size_t *size, sw_canvas *canvas,
                             sw_error *error) {
    cairo_status_t status = cairo_status(canvas->cairo);
    if (status == CAIRO_STATUS_SUCCESS && canvas->format == SW_FIGURE_PNG) {
        status = cairo_surface_write_to_png_stream(canvas->surface, sw_canvas_keep_bytes,
                                                   &canvas->output);
    } else if (status == CAIRO_STATUS_SUCCESS) {
        cairo_surface_finish(canvas->surface);
        status = cairo_surface_status(canvas->surface);
    }
    if (status != CAIRO_STATUS_SUCCESS) {
        return sw_error_set(error, SW_ERROR_MEMORY, "plot", "try a smaller figure",
                            "cairo could not finish the figure: %s",
                            cairo_status_to_string(status));
    }
    char *text = NULL;
    sw_status taken = sw_writer_take(&text, size, &canvas->output, error);
    *bytes = (unsigned char *)text;
    return taken;
}

static const sw_canvas_operations cairo_operations = {draw_line, draw_area, draw_disc, draw_text,
                                                      draw_finish};

sw_status sw_canvas_open_cairo(sw_canvas *canvas, sw_error *error) {
    canvas->operations = &cairo_operations;
    double scale = canvas->format == SW_FIGURE_PNG ? png_pixels_per_point : 1;
    if (canvas->format == SW_FIGURE_PNG) {
        canvas->surface =
            cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)ceil(canvas->width * scale),
                                       (int)ceil(canvas->height * scale));
    } else {
        canvas->surface = cairo_pdf_surface_create_for_stream(sw_canvas_keep_bytes, &canvas->output,
                                                              canvas->width, canvas->height);
    }
    canvas->cairo = cairo_create(canvas->surface);
    if (cairo_status(canvas->cairo) != CAIRO_STATUS_SUCCESS) {
        return sw_error_set(error, SW_ERROR_MEMORY, "plot", "try a smaller figure",
                            "cairo could not start a figure of %.0f x %.0f points: %s",
                            canvas->width, canvas->height,
                            cairo_status_to_string(cairo_status(canvas->cairo)));
    }
    cairo_scale(canvas->cairo, scale, scale);
    set_ink(canvas->cairo, SW_INK_PAPER, 1);
    cairo_paint(canvas->cairo);
    return SW_OK;
}
