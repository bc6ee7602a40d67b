/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A still picture of a frame: shaded spheres in a depth buffer at twice the resolution, averaged
 * down, with a scale bar. Orthographic, seen as the viewer of the page starts.
 */
#include <cairo.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "report/axis.h"
#include "report/canvas_backend.h"
#include "report/element_style.h"
#include "report/scene.h"

/* The viewer starts with the same angles and the same radii (viewer.js). */
static const double azimuth = -0.55, elevation = 0.32, radius_factor = 0.9, margin = 1.04;
static const double light[3] = {-0.45, 0.55, 0.70};
static const double fade = 0.42; /* share of the background's grey at the far end */
#define OVERSAMPLING 2

typedef struct camera {
    double turn[3][3]; /* rows: right, up, towards the viewer */
    double centre[3];
    double pixels_per_angstrom;
    double depth; /* A, half of the extent along the view */
} camera;

typedef struct raster {
    int width, height;
    float *depth;
    uint32_t *pixel; /* ARGB, premultiplied */
} raster;

static void place_in_view(double place[3], const camera *view, const float *position) {
    for (size_t k = 0; k < 3; k++) {
        place[k] = 0;
        for (size_t j = 0; j < 3; j++) {
            place[k] += view->turn[k][j] * ((double)position[j] - view->centre[j]);
        }
    }
}

/* Half of the extents, in A, that hold all atoms of a frame. */
static void widen_reach(double reach[3], const camera *view, const sw_scene_frame *frame) {
    for (size_t i = 0; i < frame->count; i++) {
        double place[3];
        place_in_view(place, view, frame->position + 3 * i);
        for (int k = 0; k < 3; k++) {
            reach[k] = fmax(reach[k], fabs(place[k]));
        }
    }
}

/* All frames are seen at the same scale. */
static camera look_at(const sw_scene *scene, int width, int height) {
    double ca = cos(azimuth), sa = sin(azimuth), ce = cos(elevation), se = sin(elevation);
    camera view = {.turn = {{ca, -sa, 0}, {se * sa, se * ca, ce}, {-ce * sa, -ce * ca, se}}};
    for (int k = 0; k < 3; k++) {
        view.centre[k] = (scene->high[k] + scene->low[k]) / 2;
    }
    double reach[3] = {0};
    for (size_t f = 0; f < scene->frames; f++) {
        widen_reach(reach, &view, &scene->frame[f]);
    }
    for (int k = 0; k < 3; k++) {
        reach[k] += 2; /* A: the radius of the outermost atoms */
    }
    view.depth = reach[2];
    view.pixels_per_angstrom = fmin(width / reach[0], height / reach[1]) / 2 / margin;
    return view;
}

static uint32_t shade(uint32_t colour, double nx, double ny, double nz, double distance) {
    double length = sqrt(light[0] * light[0] + light[1] * light[1] + light[2] * light[2]);
    double facing = fmax(0, (nx * light[0] + ny * light[1] + nz * light[2]) / length);
    double level = (0.42 + 0.62 * facing) * (0.55 + 0.45 * sqrt(nz));
    uint32_t pixel = 0xFF000000;
    for (int channel = 0; channel < 3; channel++) {
        double value = (colour >> (8 * channel)) & 0xFF;
        value = value * level + 60 * pow(facing, 24);
        value += fade * distance * (200 - value);
        pixel |= (uint32_t)fmin(fmax(value, 0), 255) << (8 * channel);
    }
    return pixel;
}

static void draw_sphere(raster *picture, const camera *view, const double place[3], double radius,
                        uint32_t colour) {
    double scale = view->pixels_per_angstrom;
    double x = picture->width / 2.0 + place[0] * scale;
    double y = picture->height / 2.0 - place[1] * scale;
    double r = fmax(radius * scale, 0.7);
    int left = (int)fmax(0, floor(x - r)), right = (int)fmin(picture->width - 1, ceil(x + r));
    int top = (int)fmax(0, floor(y - r)), bottom = (int)fmin(picture->height - 1, ceil(y + r));
    for (int j = top; j <= bottom; j++) {
        for (int i = left; i <= right; i++) {
            double nx = (i + 0.5 - x) / r, ny = (y - j - 0.5) / r;
            double inside = 1 - nx * nx - ny * ny;
            if (inside <= 0) {
                continue;
            }
            double nz = sqrt(inside), depth = place[2] + nz * radius;
            size_t at = (size_t)j * (size_t)picture->width + (size_t)i;
            if ((float)depth > picture->depth[at]) {
                double distance = fmin(fmax(0.5 - depth / (2 * view->depth), 0), 1);
                picture->depth[at] = (float)depth;
                picture->pixel[at] = shade(colour, nx, ny, nz, distance);
            }
        }
    }
}

static void draw_atoms(raster *picture, const camera *view, const sw_scene_frame *frame) {
    for (size_t i = 0; i < frame->count; i++) {
        const sw_element_style *style = sw_element_style_of(frame->element[i]);
        double place[3];
        place_in_view(place, view, frame->position + 3 * i);
        draw_sphere(picture, view, place, style->radius * radius_factor, style->colour);
    }
}

/* Averages blocks of pixels into the cairo surface. */
static void average_down(cairo_surface_t *surface, const raster *picture, int width, int height) {
    unsigned char *row = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    cairo_surface_flush(surface);
    for (int y = 0; y < height; y++, row += stride) {
        for (int x = 0; x < width; x++) {
            for (int channel = 0; channel < 4; channel++) {
                unsigned sum = 0;
                for (int k = 0; k < OVERSAMPLING * OVERSAMPLING; k++) {
                    int j = y * OVERSAMPLING + k / OVERSAMPLING;
                    int i = x * OVERSAMPLING + k % OVERSAMPLING;
                    uint32_t pixel = picture->pixel[(size_t)j * (size_t)picture->width + (size_t)i];
                    sum += (pixel >> (8 * channel)) & 0xFF;
                }
                uint32_t mean = sum / (OVERSAMPLING * OVERSAMPLING);
                uint32_t *target = (uint32_t *)(void *)row + x;
                *target = (channel == 0 ? 0 : *target) | mean << (8 * channel);
            }
        }
    }
    cairo_surface_mark_dirty(surface);
}

/* A round length of about a fifth of the width, in nm; readable on light and dark paper. */
static void draw_scale_bar(cairo_surface_t *surface, double pixels_per_angstrom, int width,
                           int height) {
    double length = sw_plot_nice_step(width / 6.0 / pixels_per_angstrom / 10); /* nm */
    double pixels = length * 10 * pixels_per_angstrom;
    char number[SW_NUMBER_SIZE];
    char text[SW_NUMBER_SIZE + 8];
    sw_number_short(number, length, 2);
    snprintf(text, sizeof text, "%s nm", number);
    cairo_t *cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 0.5, 0.52, 0.54);
    cairo_rectangle(cairo, 12, height - 14, pixels, 4);
    cairo_fill(cairo);
    cairo_select_font_face(cairo, "Helvetica", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(cairo, 17);
    cairo_move_to(cairo, 12, height - 20);
    cairo_show_text(cairo, text);
    cairo_destroy(cairo);
}

static bool write_png(sw_writer *png, const raster *picture, double pixels_per_angstrom, int width,
                      int height) {
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
    bool done = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    if (done) {
        average_down(surface, picture, width, height);
        draw_scale_bar(surface, pixels_per_angstrom, width, height);
        done = cairo_surface_write_to_png_stream(surface, sw_canvas_keep_bytes, png) ==
               CAIRO_STATUS_SUCCESS;
    }
    cairo_surface_destroy(surface);
    return done;
}

sw_status sw_scene_picture(sw_writer *png, const sw_scene *scene, size_t frame, int width,
                           int height, sw_error *error) {
    raster picture = {.width = width * OVERSAMPLING, .height = height * OVERSAMPLING};
    size_t pixels = (size_t)picture.width * (size_t)picture.height;
    picture.depth = malloc(pixels * sizeof *picture.depth);
    picture.pixel = calloc(pixels, sizeof *picture.pixel);
    bool done = picture.depth != NULL && picture.pixel != NULL;
    if (done) {
        for (size_t i = 0; i < pixels; i++) {
            picture.depth[i] = -INFINITY;
        }
        camera view = look_at(scene, picture.width, picture.height);
        draw_atoms(&picture, &view, &scene->frame[frame]);
        done = write_png(png, &picture, view.pixels_per_angstrom / OVERSAMPLING, width, height);
    }
    free(picture.depth);
    free(picture.pixel);
    return done ? SW_OK
                : sw_error_set(error, SW_ERROR_MEMORY, "picture", "close other programs",
                               "not enough memory for the picture of the atoms");
}
