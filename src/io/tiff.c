/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/tiff.h"

#include "io/pixels.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* How a page keeps its pixels. All pages of a stack are alike. */
typedef struct tiff_page {
    uint32_t width, height;
    uint16_t bits, format, samples, photometric, compression;
    sw_pixel_kind kind;
} tiff_page;

typedef struct tiff_pages {
    tiff_page first;
    uint64_t *offsets;
    size_t count, capacity, skipped;
} tiff_pages;

static bool recognise(const sw_source *source) {
    static const char marks[4][5] = {"II*\0", "MM\0*", "II+\0", "MM\0+"};
    for (int i = 0; i < 4 && source->size >= 8; i++)
        if (memcmp(source->bytes, marks[i], 4) == 0)
            return true;
    return false;
}

static sw_status tiff_error(const sw_tiff *tiff, const char *hint, sw_error *error,
                            const char *what) {
    uint64_t at = tiff->handle ? TIFFCurrentDirOffset(tiff->handle) : 0;
    return sw_source_error(tiff->source, (size_t)at, hint, error, "%s%s%s", what,
                           tiff->message[0] ? ": " : "", tiff->message);
}

static tiff_page page_of(TIFF *handle) {
    tiff_page page = {0};
    TIFFGetField(handle, TIFFTAG_IMAGEWIDTH, &page.width);
    TIFFGetField(handle, TIFFTAG_IMAGELENGTH, &page.height);
    TIFFGetFieldDefaulted(handle, TIFFTAG_BITSPERSAMPLE, &page.bits);
    TIFFGetFieldDefaulted(handle, TIFFTAG_SAMPLEFORMAT, &page.format);
    TIFFGetFieldDefaulted(handle, TIFFTAG_SAMPLESPERPIXEL, &page.samples);
    TIFFGetFieldDefaulted(handle, TIFFTAG_COMPRESSION, &page.compression);
    if (!TIFFGetField(handle, TIFFTAG_PHOTOMETRIC, &page.photometric))
        page.photometric = PHOTOMETRIC_MINISBLACK;
    return page;
}

static bool find_kind(tiff_page *page) {
    static const struct {
        uint16_t format, bits;
        sw_pixel_kind kind;
    } kinds[] = {
        {SAMPLEFORMAT_UINT, 8, SW_PIXEL_UINT8},      {SAMPLEFORMAT_UINT, 16, SW_PIXEL_UINT16},
        {SAMPLEFORMAT_UINT, 32, SW_PIXEL_UINT32},    {SAMPLEFORMAT_INT, 8, SW_PIXEL_INT8},
        {SAMPLEFORMAT_INT, 16, SW_PIXEL_INT16},      {SAMPLEFORMAT_INT, 32, SW_PIXEL_INT32},
        {SAMPLEFORMAT_IEEEFP, 16, SW_PIXEL_FLOAT16}, {SAMPLEFORMAT_IEEEFP, 32, SW_PIXEL_FLOAT32},
        {SAMPLEFORMAT_IEEEFP, 64, SW_PIXEL_FLOAT64},
    };
    uint16_t format = page->format == SAMPLEFORMAT_VOID ? SAMPLEFORMAT_UINT : page->format;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].format == format && kinds[i].bits == page->bits) {
            page->kind = kinds[i].kind;
            return true;
        }
    return false;
}

/* How many bytes one byte of a compressed file may become at most; 0 where it is not read. */
static size_t expansion(uint16_t compression) {
    switch (compression) {
    case COMPRESSION_NONE:
        return 1;
    case COMPRESSION_PACKBITS:
        return 128;
    case COMPRESSION_LZW:
    case COMPRESSION_DEFLATE:
    case COMPRESSION_ADOBE_DEFLATE:
        return 4096;
    case COMPRESSION_LZMA:
    case COMPRESSION_ZSTD:
        return 32768;
    default:
        return 0;
    }
}

static sw_status check_page(tiff_page *page, const sw_tiff *tiff, sw_error *error) {
    if (page->width == 0 || page->height == 0)
        return tiff_error(tiff, "the file is damaged", error, "expected an image, found no pixels");
    if (page->samples != 1 || (page->photometric != PHOTOMETRIC_MINISBLACK &&
                               page->photometric != PHOTOMETRIC_MINISWHITE))
        return tiff_error(tiff, "save one channel as a greyscale image", error,
                          "expected a greyscale image, found colours or channels");
    if (!find_kind(page))
        return tiff_error(tiff, "save it with 8, 16 or 32 bits a pixel", error,
                          "expected 8, 16 or 32-bit integers or 16, 32 or 64-bit floats");
    if (expansion(page->compression) == 0 || !TIFFIsCODECConfigured(page->compression))
        return tiff_error(tiff, "save it without compression", error,
                          "expected no compression, or LZW, Deflate, PackBits, LZMA, Zstandard");
    return SW_OK;
}

static bool is_alike(const tiff_page *a, const tiff_page *b) {
    return a->width == b->width && a->height == b->height && a->bits == b->bits &&
           a->format == b->format && a->samples == b->samples && a->photometric == b->photometric;
}

/* A file cannot hold more pixels than its bytes can become. */
static sw_status check_size(const tiff_pages *pages, const sw_tiff *tiff, sw_error *error) {
    size_t bytes, room;
    const tiff_page *page = &pages->first;
    if (!sw_size_product(&room, tiff->source->size, expansion(page->compression)))
        room = SIZE_MAX;
    if (sw_size_product(&bytes, page->width, page->height) &&
        sw_size_product(&bytes, bytes, sw_pixel_size(page->kind)) &&
        sw_size_product(&bytes, bytes, pages->count) && bytes <= room)
        return SW_OK;
    return sw_source_error(tiff->source, pages->offsets ? (size_t)pages->offsets[0] : 0,
                           "the file is cut off or damaged", error,
                           "expected %zu pages of %u x %u pixels, but the file has %zu bytes",
                           pages->count, page->width, page->height, tiff->source->size);
}

static sw_status add_page(tiff_pages *pages, const sw_tiff *tiff, sw_error *error) {
    uint32_t subfile = 0;
    TIFFGetField(tiff->handle, TIFFTAG_SUBFILETYPE, &subfile);
    if (subfile & (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK)) {
        pages->skipped++;
        return SW_OK;
    }
    tiff_page page = page_of(tiff->handle);
    sw_status status = check_page(&page, tiff, error);
    if (status != SW_OK)
        return status;
    if (pages->count == 0)
        pages->first = page;
    else if (!is_alike(&pages->first, &page))
        return tiff_error(tiff, "save the pages of other size or type to another file", error,
                          "this page differs in size or type from the first one");
    if (expansion(page.compression) > expansion(pages->first.compression))
        pages->first.compression = page.compression;
    if (!sw_reserve(&pages->offsets, &pages->capacity, pages->count + 1, sizeof *pages->offsets))
        return sw_source_no_memory(tiff->source, error);
    pages->offsets[pages->count++] = TIFFCurrentDirOffset(tiff->handle);
    return SW_OK;
}

static sw_status list_pages(tiff_pages *pages, sw_tiff *tiff, sw_error *error) {
    sw_status status;
    do {
        status = add_page(pages, tiff, error);
    } while (status == SW_OK && TIFFReadDirectory(tiff->handle));
    if (status == SW_OK && tiff->message[0])
        status = tiff_error(tiff, "the file is cut off or damaged", error, "cannot read a page");
    if (status == SW_OK && pages->count == 0)
        status = tiff_error(tiff, "the file holds previews only", error, "expected an image");
    return status == SW_OK ? check_size(pages, tiff, error) : status;
}

/* A strip or a tile: where it lies in the image, and how many of its pixels count. */
typedef struct tiff_block {
    uint32_t x, y, width, height; /* width and height of the stored tiff_block */
} tiff_block;

static void copy_block(float *frame, const tiff_page *page, const tiff_block *block,
                       const unsigned char *bytes) {
    size_t pixel = sw_pixel_size(page->kind);
    uint32_t columns =
        page->width - block->x < block->width ? page->width - block->x : block->width;
    uint32_t rows =
        page->height - block->y < block->height ? page->height - block->y : block->height;
    for (uint32_t row = 0; row < rows; row++)
        sw_pixels_convert(frame + (size_t)(block->y + row) * page->width + block->x,
                          bytes + (size_t)row * block->width * pixel, columns, page->kind, false);
}

/* The last strip of an image may be shorter than the others. */
static bool read_block(const sw_tiff *tiff, const tiff_page *page, const tiff_block *block,
                       void *buffer, tmsize_t bytes) {
    TIFF *handle = tiff->handle;
    if (TIFFIsTiled(handle)) {
        uint32_t index = TIFFComputeTile(handle, block->x, block->y, 0, 0);
        return TIFFReadEncodedTile(handle, index, buffer, bytes) == bytes;
    }
    uint32_t left = page->height - block->y;
    tmsize_t rows = (tmsize_t)(left < block->height ? left : block->height);
    tmsize_t wanted = bytes / (tmsize_t)block->height * rows;
    uint32_t index = TIFFComputeStrip(handle, block->y, 0);
    return TIFFReadEncodedStrip(handle, index, buffer, wanted) == wanted;
}

static sw_status read_blocks(float *frame, const tiff_page *page, sw_tiff *tiff, tiff_block size,
                             size_t room, sw_error *error) {
    bool tiled = TIFFIsTiled(tiff->handle) != 0;
    tmsize_t expected = (tmsize_t)((size_t)size.width * size.height * sw_pixel_size(page->kind));
    tmsize_t bytes = tiled ? TIFFTileSize(tiff->handle) : TIFFStripSize(tiff->handle);
    if (bytes != expected || (size_t)bytes > room)
        return tiff_error(tiff, "the file is damaged", error,
                          "the strips or tiles have an impossible size");
    unsigned char *buffer = sw_allocate((size_t)bytes, 1);
    if (!buffer)
        return sw_source_no_memory(tiff->source, error);
    bool well = true;
    for (uint64_t y = 0; y < page->height && well; y += size.height)
        for (uint64_t x = 0; x < page->width && well; x += size.width) {
            size.x = (uint32_t)x;
            size.y = (uint32_t)y;
            well = read_block(tiff, page, &size, buffer, bytes);
            if (well)
                copy_block(frame, page, &size, buffer);
        }
    free(buffer);
    return well ? SW_OK
                : tiff_error(tiff, "the file is cut off or damaged", error,
                             "cannot read the pixels of a page");
}

static sw_status read_page(float *frame, const tiff_page *page, sw_tiff *tiff, sw_error *error) {
    tiff_block size = {.width = page->width};
    size_t room;
    uint16_t compression = COMPRESSION_NONE;
    TIFFGetFieldDefaulted(tiff->handle, TIFFTAG_COMPRESSION, &compression);
    if (!sw_size_product(&room, tiff->source->size, expansion(compression)))
        room = SIZE_MAX;
    if (TIFFIsTiled(tiff->handle)) {
        TIFFGetField(tiff->handle, TIFFTAG_TILEWIDTH, &size.width);
        TIFFGetField(tiff->handle, TIFFTAG_TILELENGTH, &size.height);
    } else {
        TIFFGetFieldDefaulted(tiff->handle, TIFFTAG_ROWSPERSTRIP, &size.height);
        size.height = size.height < page->height ? size.height : page->height;
    }
    if (size.width == 0 || size.height == 0)
        return tiff_error(tiff, "the file is damaged", error, "a strip or tile has no pixels");
    return read_blocks(frame, page, tiff, size, room, error);
}

static sw_status read_stack(sw_stack **stack, const tiff_pages *pages, sw_tiff *tiff,
                            sw_error *error) {
    const tiff_page *page = &pages->first;
    size_t pixels = (size_t)page->width * page->height;
    if (sw_stack_create(stack, pages->count, page->height, page->width) != SW_OK)
        return sw_source_no_memory(tiff->source, error);
    sw_status status = SW_OK;
    for (size_t i = 0; i < pages->count && status == SW_OK; i++) {
        tiff->message[0] = '\0';
        if (!TIFFSetSubDirectory(tiff->handle, pages->offsets[i]))
            return tiff_error(tiff, "the file is damaged", error, "cannot read a page");
        if (i == 0)
            sw_tiff_read_axes(*stack, tiff);
        status = read_page(sw_stack_pixels(*stack) + i * pixels, page, tiff, error);
    }
    return status;
}

static void remark(const tiff_pages *pages, const sw_source *source) {
    sw_source_remark(source, "pixels", "%s", sw_pixel_name(pages->first.kind));
    if (pages->skipped > 0)
        sw_source_remark(source, "not understood", "%zu preview or mask pages", pages->skipped);
    if (pages->first.photometric == PHOTOMETRIC_MINISWHITE)
        sw_source_remark(source, "not understood", "the file asks for dark large values");
}

/* Reads the pages, and the pixels too where `stack` is given. */
static sw_status read_file(size_t *count, sw_stack **stack, const sw_source *source,
                           sw_error *error) {
    sw_tiff tiff;
    tiff_pages pages = {0};
    sw_status status;
    if (!sw_tiff_open(&tiff, source))
        status = tiff_error(&tiff, "the file is cut off or damaged", error,
                            "cannot read the TIFF header");
    else
        status = list_pages(&pages, &tiff, error);
    *count = pages.count;
    if (status == SW_OK && stack) {
        remark(&pages, source);
        status = read_stack(stack, &pages, &tiff, error);
    }
    sw_tiff_close(&tiff);
    free(pages.offsets);
    return status;
}

static sw_status count_pages(size_t *frames, const sw_source *source, sw_error *error) {
    return read_file(frames, NULL, source, error);
}

static sw_status read_tiff(sw_content *content, const sw_source *source, ptrdiff_t frame,
                           sw_error *error) {
    size_t count;
    (void)frame;
    content->noun = SW_NOUN_STACK;
    return read_file(&count, &content->stack, source, error);
}

const sw_format_operations sw_format_tiff = {
    .format = {.name = "tiff",
               .summary = "TIFF and BigTIFF: greyscale images and movies",
               .noun = SW_NOUN_STACK,
               .reads = true,
               .writes = true,
               .extensions = "tif tiff",
               .citation = "TIFF 6.0, Adobe (1992); libtiff"},
    .recognise = recognise,
    .count = count_pages,
    .read = read_tiff,
    .write_stack = sw_tiff_write,
};
