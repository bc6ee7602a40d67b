/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/pixels.h"

#include <math.h>
#include <string.h>

static const struct {
    const char *name;
    size_t size;
} kinds[] = {
    [SW_PIXEL_INT8] = {"int8", 1},       [SW_PIXEL_UINT8] = {"uint8", 1},
    [SW_PIXEL_INT16] = {"int16", 2},     [SW_PIXEL_UINT16] = {"uint16", 2},
    [SW_PIXEL_INT32] = {"int32", 4},     [SW_PIXEL_UINT32] = {"uint32", 4},
    [SW_PIXEL_FLOAT16] = {"float16", 2}, [SW_PIXEL_FLOAT32] = {"float32", 4},
    [SW_PIXEL_FLOAT64] = {"float64", 8},
};

size_t sw_pixel_size(sw_pixel_kind kind) {
    return kinds[kind].size;
}

const char *sw_pixel_name(sw_pixel_kind kind) {
    return kinds[kind].name;
}

float sw_half_to_float(uint16_t half) {
    int exponent = (half >> 10) & 0x1f, fraction = half & 0x3ff;
    float size;
    if (exponent == 0x1f)
        size = fraction ? NAN : INFINITY;
    else if (exponent == 0)
        size = ldexpf((float)fraction, -24);
    else
        size = ldexpf((float)(fraction | 0x400), exponent - 25);
    return half & 0x8000 ? -size : size;
}

static uint16_t load16(const unsigned char *bytes, bool swapped) {
    uint16_t word;
    memcpy(&word, bytes, sizeof word);
    return swapped ? __builtin_bswap16(word) : word;
}

static uint32_t load32(const unsigned char *bytes, bool swapped) {
    uint32_t word;
    memcpy(&word, bytes, sizeof word);
    return swapped ? __builtin_bswap32(word) : word;
}

static uint64_t load64(const unsigned char *bytes, bool swapped) {
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return swapped ? __builtin_bswap64(word) : word;
}

static float convert_one(const unsigned char *bytes, sw_pixel_kind kind, bool swapped) {
    uint32_t word;
    uint64_t wide;
    float single;
    double twice;
    switch (kind) {
    case SW_PIXEL_INT8:
        return (float)(int8_t)*bytes;
    case SW_PIXEL_UINT8:
        return (float)*bytes;
    case SW_PIXEL_INT16:
        return (float)(int16_t)load16(bytes, swapped);
    case SW_PIXEL_UINT16:
        return (float)load16(bytes, swapped);
    case SW_PIXEL_INT32:
        return (float)(int32_t)load32(bytes, swapped);
    case SW_PIXEL_UINT32:
        return (float)load32(bytes, swapped);
    case SW_PIXEL_FLOAT16:
        return sw_half_to_float(load16(bytes, swapped));
    case SW_PIXEL_FLOAT32:
        word = load32(bytes, swapped);
        memcpy(&single, &word, sizeof single);
        return single;
    case SW_PIXEL_FLOAT64:
        wide = load64(bytes, swapped);
        memcpy(&twice, &wide, sizeof twice);
        /* a double beyond the range of a float is infinite, not undefined */
        return fabs(twice) > (double)3.4028234663852886e38f ? (float)copysign(INFINITY, twice)
                                                            : (float)twice;
    }
    return NAN;
}

void sw_pixels_convert(float *pixels, const void *bytes, size_t count, sw_pixel_kind kind,
                       bool swapped) {
    if (kind == SW_PIXEL_FLOAT32 && !swapped) {
        memcpy(pixels, bytes, count * sizeof *pixels);
        return;
    }
    const unsigned char *at = bytes;
    for (size_t i = 0; i < count; i++, at += kinds[kind].size)
        pixels[i] = convert_one(at, kind, swapped);
}
