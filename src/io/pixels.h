/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pixels as files hold them, turned into the float32 of a stack. */
#ifndef SPILLWAY_IO_PIXELS_H
#define SPILLWAY_IO_PIXELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum sw_pixel_kind {
    SW_PIXEL_INT8,
    SW_PIXEL_UINT8,
    SW_PIXEL_INT16,
    SW_PIXEL_UINT16,
    SW_PIXEL_INT32,
    SW_PIXEL_UINT32,
    SW_PIXEL_FLOAT16,
    SW_PIXEL_FLOAT32,
    SW_PIXEL_FLOAT64
} sw_pixel_kind;

size_t sw_pixel_size(sw_pixel_kind kind);      /* bytes */
const char *sw_pixel_name(sw_pixel_kind kind); /* "uint16" */
/* Converts `count` pixels; swapped says that their bytes are in the order of the other machines.
 * 32-bit integers and 64-bit floats are rounded to float32. O(count). */
void sw_pixels_convert(float *pixels, const void *bytes, size_t count, sw_pixel_kind kind,
                       bool swapped);
/* IEEE 754 half precision. */
float sw_half_to_float(uint16_t half);

#endif
