/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/canvas.h"

#include <stdlib.h>

#include "report/canvas_backend.h"

/* Series: the colour-blind-safe set of Okabe and Ito (2008), without its yellow, which is too
 * light for a line on white paper. */
static const unsigned char colours[SW_INK_SERIES + SW_SERIES_COLOURS][3] = {
    {255, 255, 255}, {26, 28, 31},   {92, 97, 104}, {226, 228, 232}, {0, 114, 178}, {213, 94, 0},
    {0, 158, 115},   {168, 84, 140}, {230, 159, 0}, {86, 180, 233},  {90, 90, 90}};

const unsigned char *sw_canvas_colour(int ink) {
    int last = SW_INK_SERIES + SW_SERIES_COLOURS - 1;
    return colours[ink < 0 ? 0 : ink > last ? last : ink];
}

const double *sw_canvas_dashes(int dash, int *count) {
    static const double patterns[3][4] = {{6, 3, 6, 3}, {1.5, 2.5, 1.5, 2.5}, {7, 2.5, 1.5, 2.5}};
    *count = 4;
    return patterns[(dash - 1) % 3];
}

sw_status sw_canvas_create(sw_canvas **out, sw_figure_format format, double width, double height,
                           const char *title, sw_error *error) {
    *out = NULL;
    sw_canvas *canvas = calloc(1, sizeof *canvas);
    if (canvas == NULL) {
        return sw_error_set(error, SW_ERROR_MEMORY, "plot", NULL, "not enough memory for a plot");
    }
    canvas->format = format;
    canvas->width = width;
    canvas->height = height;
    sw_status status = format == SW_FIGURE_SVG ? sw_canvas_open_svg(canvas, title)
                                               : sw_canvas_open_cairo(canvas, error);
    if (status != SW_OK) {
        sw_canvas_destroy(canvas);
        return status;
    }
    *out = canvas;
    return SW_OK;
}

void sw_canvas_destroy(sw_canvas *canvas) {
    if (canvas == NULL) {
        return;
    }
    cairo_destroy(canvas->cairo); /* takes NULL, as does the next */
    cairo_surface_destroy(canvas->surface);
    sw_writer_clear(&canvas->output);
    free(canvas);
}

sw_status sw_canvas_finish(unsigned char **bytes, size_t *size, sw_canvas *canvas,
                           sw_error *error) {
    *bytes = NULL;
    *size = 0;
    return canvas->operations->finish(bytes, size, canvas, error);
}

void sw_canvas_line(sw_canvas *canvas, const sw_point *points, size_t count, int ink, double width,
                    int dash) {
    if (count > 1) {
        canvas->operations->line(canvas, points, count, ink, width, dash);
    }
}

void sw_canvas_area(sw_canvas *canvas, const sw_point *points, size_t count, int ink,
                    double opacity) {
    if (count > 2) {
        canvas->operations->area(canvas, points, count, ink, opacity);
    }
}

void sw_canvas_disc(sw_canvas *canvas, sw_point centre, double radius, int ink) {
    canvas->operations->disc(canvas, centre, radius, ink);
}

void sw_canvas_text(sw_canvas *canvas, sw_point place, const char *text, sw_text_style style) {
    if (text != NULL && *text != '\0') {
        canvas->operations->text(canvas, place, text, style);
    }
}
