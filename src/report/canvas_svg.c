/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SVG with live text. Colours are presentation attributes, so a page's style sheet can override
 * them by the class of the ink (dark mode) and a file that stands alone looks right too. */
#include "report/canvas_backend.h"
#include "report/text_width.h"

static const char font_family[] = "Helvetica, Arial, 'Liberation Sans', sans-serif";

static const char *ink_class(int ink) {
    static const char *const names[] = {"paper", "ink", "muted", "grid", "s0", "s1",
                                        "s2",    "s3",  "s4",    "s5",   "s6"};
    return names[ink];
}

static void add_colour(sw_writer *out, const char *attribute, int ink) {
    const unsigned char *colour = sw_canvas_colour(ink);
    sw_writer_format(out, " %s=\"#%02x%02x%02x\"", attribute, colour[0], colour[1], colour[2]);
}

static void add_number(sw_writer *out, const char *attribute, double value) {
    sw_writer_format(out, " %s=\"", attribute);
    sw_writer_coordinate(out, value);
    sw_writer_add(out, "\"");
}

static void add_points(sw_writer *out, const sw_point *points, size_t count) {
    sw_writer_add(out, " points=\"");
    for (size_t i = 0; i < count; i++) {
        sw_writer_coordinate(out, points[i].x);
        sw_writer_add(out, ",");
        sw_writer_coordinate(out, points[i].y);
        sw_writer_add(out, i + 1 < count ? " " : "\"");
    }
}

static void svg_line(sw_canvas *canvas, const sw_point *points, size_t count, int ink, double width,
                     int dash) {
    sw_writer *out = &canvas->output;
    sw_writer_format(out, "<polyline class=\"line %s\" fill=\"none\"", ink_class(ink));
    add_colour(out, "stroke", ink);
    add_number(out, "stroke-width", width);
    if (dash > 0) {
        int length;
        const double *pattern = sw_canvas_dashes(dash, &length);
        sw_writer_add(out, " stroke-dasharray=\"");
        for (int i = 0; i < length; i++) {
            sw_writer_coordinate(out, pattern[i]);
            sw_writer_add(out, i + 1 < length ? " " : "\"");
        }
    }
    sw_writer_add(out, " stroke-linejoin=\"round\"");
    add_points(out, points, count);
    sw_writer_add(out, "/>\n");
}

static void svg_area(sw_canvas *canvas, const sw_point *points, size_t count, int ink,
                     double opacity) {
    sw_writer *out = &canvas->output;
    sw_writer_format(out, "<polygon class=\"area %s\"", ink_class(ink));
    add_colour(out, "fill", ink);
    if (opacity < 1) {
        add_number(out, "fill-opacity", opacity);
    }
    add_points(out, points, count);
    sw_writer_add(out, "/>\n");
}

static void svg_disc(sw_canvas *canvas, sw_point centre, double radius, int ink) {
    sw_writer *out = &canvas->output;
    sw_writer_format(out, "<circle class=\"area %s\"", ink_class(ink));
    add_colour(out, "fill", ink);
    add_number(out, "cx", centre.x);
    add_number(out, "cy", centre.y);
    add_number(out, "r", radius);
    sw_writer_add(out, "/>\n");
}

static void add_runs(sw_writer *out, const char *text, double font_size) {
    char run[128];
    bool raised;
    double baseline = 0;
    for (size_t used; (used = sw_text_run(run, sizeof run, &raised, text)) > 0; text += used) {
        double wanted = raised ? -SW_SUPERSCRIPT_RISE * font_size : 0;
        if (raised || baseline != 0) {
            sw_writer_add(out, "<tspan");
            add_number(out, "dy", wanted - baseline);
            if (raised) {
                add_number(out, "font-size", SW_SUPERSCRIPT_SIZE * font_size);
            }
            sw_writer_add(out, ">");
            sw_writer_escaped(out, run);
            sw_writer_add(out, "</tspan>");
        } else {
            sw_writer_escaped(out, run);
        }
        baseline = wanted;
    }
}

static void svg_text(sw_canvas *canvas, sw_point place, const char *text, sw_text_style style) {
    static const char *const anchors[] = {"start", "middle", "end"};
    sw_writer *out = &canvas->output;
    sw_writer_format(out, "<text class=\"area %s\"", ink_class(style.ink));
    add_colour(out, "fill", style.ink);
    add_number(out, "font-size", style.size);
    if (style.anchor != SW_ANCHOR_START) {
        sw_writer_format(out, " text-anchor=\"%s\"", anchors[style.anchor]);
    }
    if (style.bold) {
        sw_writer_add(out, " font-weight=\"bold\"");
    }
    if (style.upwards) {
        sw_writer_add(out, " transform=\"translate(");
        sw_writer_coordinate(out, place.x);
        sw_writer_add(out, " ");
        sw_writer_coordinate(out, place.y);
        sw_writer_add(out, ") rotate(-90)\"");
    } else {
        add_number(out, "x", place.x);
        add_number(out, "y", place.y);
    }
    sw_writer_add(out, ">");
    add_runs(out, text, style.size);
    sw_writer_add(out, "</text>\n");
}

static sw_status svg_finish(unsigned char **bytes, size_t *size, sw_canvas *canvas,
                            sw_error *error) {
    sw_writer_add(&canvas->output, "</svg>\n");
    char *text = NULL;
    sw_status status = sw_writer_take(&text, size, &canvas->output, error);
    *bytes = (unsigned char *)text;
    return status;
}

static const sw_canvas_operations svg_operations = {svg_line, svg_area, svg_disc, svg_text,
                                                    svg_finish};

sw_status sw_canvas_open_svg(sw_canvas *canvas, const char *title) {
    sw_writer *out = &canvas->output;
    canvas->operations = &svg_operations;
    sw_writer_add(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plot\" role=\"img\"");
    add_number(out, "width", canvas->width);
    add_number(out, "height", canvas->height);
    sw_writer_add(out, " viewBox=\"0 0 ");
    sw_writer_coordinate(out, canvas->width);
    sw_writer_add(out, " ");
    sw_writer_coordinate(out, canvas->height);
    sw_writer_format(out, "\" font-family=\"%s\">\n<title>", font_family);
    sw_writer_escaped(out, title);
    sw_writer_add(out, "</title>\n");
    return SW_OK;
}
