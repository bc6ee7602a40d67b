/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/tiff.h"

/* Offsets of classic TIFF have 32 bits; room is left for the directories. */
static const uint64_t classic_limit = 3900000000u;

static bool write_page(sw_tiff *tiff, const sw_stack *stack, size_t frame) {
    TIFF *handle = tiff->handle;
    size_t width = sw_stack_width(stack), height = sw_stack_height(stack);
    const float *pixels = sw_stack_pixels_const(stack) + frame * width * height;
    TIFFSetField(handle, TIFFTAG_IMAGEWIDTH, (uint32_t)width);
    TIFFSetField(handle, TIFFTAG_IMAGELENGTH, (uint32_t)height);
    TIFFSetField(handle, TIFFTAG_BITSPERSAMPLE, 32);
    TIFFSetField(handle, TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_IEEEFP);
    TIFFSetField(handle, TIFFTAG_SAMPLESPERPIXEL, 1);
    TIFFSetField(handle, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
    TIFFSetField(handle, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    TIFFSetField(handle, TIFFTAG_COMPRESSION, COMPRESSION_NONE);
    TIFFSetField(handle, TIFFTAG_ROWSPERSTRIP, (uint32_t)height);
    if (!sw_tiff_write_axes(stack, handle, frame == 0))
        return false;
    tmsize_t bytes = (tmsize_t)(width * height * sizeof *pixels);
    /* libtiff takes a pointer to writable pixels, but leaves uncompressed native ones alone */
    return TIFFWriteEncodedStrip(handle, 0, (void *)(uintptr_t)pixels, bytes) == bytes &&
           TIFFWriteDirectory(handle);
}

sw_status sw_tiff_write_as(sw_sink *sink, const sw_stack *stack, bool big, sw_error *error) {
    sw_tiff tiff;
    bool well = sw_tiff_create(&tiff, sink, big);
    for (size_t i = 0; i < sw_stack_frames(stack) && well; i++)
        well = write_page(&tiff, stack, i);
    sw_tiff_close(&tiff);
    if (well || sink->failure != 0) /* a failure of the disk is told by the sink */
        return SW_OK;
    return sw_error_set(error, SW_ERROR_UNSUPPORTED, sink->path, "write HDF5 instead",
                        "cannot write TIFF: %s", tiff.message);
}

sw_status sw_tiff_write(sw_sink *sink, const sw_stack *stack, sw_error *error) {
    uint64_t pixels =
        (uint64_t)sw_stack_frames(stack) * sw_stack_height(stack) * sw_stack_width(stack);
    uint64_t directories = (uint64_t)sw_stack_frames(stack) * 512;
    if (sw_stack_height(stack) > UINT32_MAX || sw_stack_width(stack) > UINT32_MAX)
        return sw_error_set(error, SW_ERROR_UNSUPPORTED, "stack", "write HDF5 instead",
                            "a TIFF page holds at most 4294967295 pixels along an axis");
    return sw_tiff_write_as(sink, stack, pixels * 4 + directories > classic_limit, error);
}
