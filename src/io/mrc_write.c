/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/mrc.h"

#include <math.h>
#include <string.h>

static void put_word(unsigned char *header, size_t at, uint32_t word) {
    for (size_t i = 0; i < 4; i++) /* always little-endian */
        header[at + i] = (unsigned char)(word >> (8 * i));
}

static void put_real(unsigned char *header, size_t at, double real) {
    float single = (float)real;
    uint32_t word;
    memcpy(&word, &single, sizeof word);
    put_word(header, at, word);
}

/* Smallest, largest and mean pixel, and the deviation from the mean. */
static void put_statistics(unsigned char *header, const sw_stack *stack, size_t count) {
    const float *pixels = sw_stack_pixels_const(stack);
    double low = INFINITY, high = -INFINITY, sum = 0, squares = 0;
    for (size_t i = 0; i < count; i++) {
        low = fmin(low, (double)pixels[i]);
        high = fmax(high, (double)pixels[i]);
        sum += (double)pixels[i];
    }
    double mean = sum / (double)count;
    for (size_t i = 0; i < count; i++)
        squares += ((double)pixels[i] - mean) * ((double)pixels[i] - mean);
    put_real(header, 76, low);
    put_real(header, 80, high);
    put_real(header, 84, mean);
    put_real(header, 216, sqrt(squares / (double)count));
}

/* Edge length and origin in A; false where the axis has no unit of length. */
static bool put_axis(unsigned char *header, size_t index, const sw_axis *axis, size_t pixels) {
    double factor, offset;
    if (!sw_unit_factor(&factor, &offset, axis->unit, SW_LENGTH) || !(axis->step > 0))
        return false;
    put_real(header, 40 + 4 * index, axis->step * factor * (double)pixels);
    put_real(header, 196 + 4 * index, axis->origin * factor);
    return true;
}

static void fill_header(unsigned char *header, const sw_stack *stack) {
    static const char map_and_stamp[6] = {'M', 'A', 'P', ' ', 0x44, 0x44};
    static const char label[] = "Spillway: float32, cell in A";
    size_t sizes[3] = {sw_stack_width(stack), sw_stack_height(stack), sw_stack_frames(stack)};
    static const sw_stack_axis axes[3] = {SW_AXIS_X, SW_AXIS_Y, SW_AXIS_FRAME};
    bool volume = false;
    put_word(header, 12, 2); /* float32 */
    for (size_t i = 0; i < 3; i++) {
        put_word(header, 4 * i, (uint32_t)sizes[i]);
        put_word(header, 64 + 4 * i, (uint32_t)i + 1);
        put_real(header, 52 + 4 * i, 90);
        volume = put_axis(header, i, sw_stack_axis_of_const(stack, axes[i]), sizes[i]);
    }
    put_word(header, 28, (uint32_t)sizes[0]);
    put_word(header, 32, (uint32_t)sizes[1]);
    put_word(header, 36, volume ? (uint32_t)sizes[2] : 1);
    put_word(header, 88, volume ? 1 : 0); /* space group: 1 a volume, 0 a stack of images */
    put_word(header, 108, 20140);
    memcpy(header + 208, map_and_stamp, sizeof map_and_stamp);
    put_word(header, 220, 1);
    memset(header + 224, ' ', 80);
    memcpy(header + 224, label, sizeof label - 1);
    put_statistics(header, stack, sizes[0] * sizes[1] * sizes[2]);
}

sw_status sw_mrc_write(sw_sink *sink, const sw_stack *stack, sw_error *error) {
    unsigned char header[SW_MRC_HEADER_SIZE] = {0};
    size_t width = sw_stack_width(stack), rows = sw_stack_height(stack) * sw_stack_frames(stack);
    if (width > INT32_MAX || sw_stack_height(stack) > INT32_MAX ||
        sw_stack_frames(stack) > INT32_MAX)
        return sw_error_set(error, SW_ERROR_UNSUPPORTED, "stack", "write HDF5 instead",
                            "an MRC file holds at most %d pixels along an axis", INT32_MAX);
    fill_header(header, stack);
    sw_sink_write(sink, header, sizeof header);
    const float *pixels = sw_stack_pixels_const(stack);
    for (size_t row = 0; row < rows; row++, pixels += width) {
        for (size_t x = 0; x < width; x++) {
            unsigned char bytes[4];
            put_real(bytes, 0, (double)pixels[x]);
            sw_sink_write(sink, bytes, sizeof bytes);
        }
    }
    return SW_OK;
}
