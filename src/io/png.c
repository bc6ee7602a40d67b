/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PNG pictures: one frame, 8-bit grey from the smallest to the largest pixel; what black and white
 * stand for, and the pixel size, are kept as text in the file. */
#include "io/format.h"

#include "base/memory.h"
#include "base/number.h"

#include <math.h>
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool recognise(const sw_source *source) {
    return source->size >= 8 && memcmp(source->bytes, "\x89PNG\r\n\x1a\n", 8) == 0;
}

static void write_bytes(png_structp png, png_bytep bytes, size_t size) {
    sw_sink_write(png_get_io_ptr(png), bytes, size);
}

static void flush_nothing(png_structp png) {
    (void)png;
}

static void keep_message(png_structp png, png_const_charp message) {
    snprintf(png_get_error_ptr(png), 128, "%s", message);
    png_longjmp(png, 1);
}

static void drop_warning(png_structp png, png_const_charp message) {
    (void)png;
    (void)message;
}

/* The finite range of the pixels; false where no pixel is finite. */
static bool range_of(float *low, float *high, const float *pixels, size_t count) {
    *low = INFINITY;
    *high = -INFINITY;
    for (size_t i = 0; i < count; i++)
        if (isfinite(pixels[i])) {
            *low = fminf(*low, pixels[i]);
            *high = fmaxf(*high, pixels[i]);
        }
    return *low <= *high;
}

static void grey_row(png_bytep row, const float *pixels, size_t width, float low, float high) {
    double scale = high > low ? 255 / ((double)high - (double)low) : 0;
    for (size_t x = 0; x < width; x++) {
        double grey = ((double)pixels[x] - (double)low) * scale;
        row[x] = grey > 255 ? 255 : grey >= 0 ? (png_byte)lround(grey) : 0;
    }
}

static void describe(char text[256], const sw_stack *stack, float low, float high) {
    char black[SW_NUMBER_SIZE], white[SW_NUMBER_SIZE], step[SW_NUMBER_SIZE];
    const sw_axis *x = sw_stack_axis_of_const(stack, SW_AXIS_X);
    snprintf(text, 256, "black = %s, white = %s, pixel = %s %s",
             sw_number_print(black, (double)low), sw_number_print(white, (double)high),
             sw_number_print(step, x->step), x->unit);
}

/* No variable of this function is changed between setjmp and longjmp. */
static bool write_image(png_structp png, png_infop info, const sw_stack *stack, png_bytep row,
                        char *text) {
    size_t width = sw_stack_width(stack), height = sw_stack_height(stack);
    const float *pixels = sw_stack_pixels_const(stack);
    float low, high;
    if (!range_of(&low, &high, pixels, width * height))
        low = high = 0;
    describe(text, stack, low, high);
    if (setjmp(png_jmpbuf(png)))
        return false;
    png_text entry = {
        .compression = PNG_TEXT_COMPRESSION_NONE, .key = (char[]){"Description"}, .text = text};
    png_set_IHDR(png, info, (png_uint_32)width, (png_uint_32)height, 8, PNG_COLOR_TYPE_GRAY,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_text(png, info, &entry, 1);
    png_write_info(png, info);
    for (size_t y = 0; y < height; y++) {
        grey_row(row, pixels + y * width, width, low, high);
        png_write_row(png, row);
    }
    png_write_end(png, NULL);
    return true;
}

static sw_status write_png(sw_sink *sink, const sw_stack *stack, sw_error *error) {
    char message[128] = "not enough memory", text[256];
    if (sw_stack_frames(stack) != 1)
        return sw_error_set(
            error, SW_ERROR_UNSUPPORTED, sink->path, "write TIFF, or take out one frame",
            "a PNG picture holds one frame, and the stack has %zu", sw_stack_frames(stack));
    png_structp png =
        png_create_write_struct(PNG_LIBPNG_VER_STRING, message, keep_message, drop_warning);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    png_bytep row = sw_allocate(sw_stack_width(stack), 1);
    bool well = false;
    if (info && row) {
        png_set_write_fn(png, sink, write_bytes, flush_nothing);
        well = write_image(png, info, stack, row, text);
    }
    png_destroy_write_struct(&png, &info);
    free(row);
    if (well)
        return SW_OK;
    return sw_error_set(error, SW_ERROR_UNSUPPORTED, sink->path, "write TIFF instead",
                        "cannot write PNG: %s", message);
}

const sw_format_operations sw_format_png = {
    .format = {.name = "png",
               .summary = "PNG: a grey picture of one frame",
               .noun = SW_NOUN_STACK,
               .reads = false,
               .writes = true,
               .extensions = "png",
               .citation = "ISO/IEC 15948; libpng"},
    .recognise = recognise,
    .write_stack = write_png,
};
