/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/mrc.h"

#include "base/memory.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Byte offsets of the header words; Cheng et al., J. Struct. Biol. 192, 146 (2015). */
enum {
    AT_SIZE = 0,
    AT_MODE = 12,
    AT_SAMPLING = 28,
    AT_CELL = 40,
    AT_AXES = 64,
    AT_SPACE_GROUP = 88,
    AT_EXTENDED = 92,
    AT_EXTENDED_TYPE = 104,
    AT_ORIGIN = 196,
    AT_MAP = 208,
    AT_STAMP = 212
};

static const struct {
    int mode;
    sw_pixel_kind kind;
} modes[] = {
    {0, SW_PIXEL_INT8},   {1, SW_PIXEL_INT16},    {2, SW_PIXEL_FLOAT32},
    {6, SW_PIXEL_UINT16}, {12, SW_PIXEL_FLOAT16},
};

static int32_t word_at(const unsigned char *bytes, size_t at, bool swapped) {
    uint32_t word;
    memcpy(&word, bytes + at, sizeof word);
    return (int32_t)(swapped ? __builtin_bswap32(word) : word);
}

static double real_at(const unsigned char *bytes, size_t at, bool swapped) {
    float real;
    uint32_t word = (uint32_t)word_at(bytes, at, swapped);
    memcpy(&real, &word, sizeof real);
    return (double)real;
}

/* Sizes and mode are small numbers in the right byte order, and huge ones in the other. */
static bool is_plausible(const unsigned char *bytes, bool swapped) {
    for (size_t i = 0; i < 3; i++) {
        int32_t size = word_at(bytes, AT_SIZE + 4 * i, swapped);
        if (size < 1 || size > 1 << 22)
            return false;
    }
    int32_t mode = word_at(bytes, AT_MODE, swapped);
    return mode >= 0 && mode <= 101;
}

bool sw_mrc_parse(sw_mrc_header *header, const sw_source *source) {
    static const uint16_t probe = 1;
    const unsigned char *bytes = source->bytes;
    *header = (sw_mrc_header){0};
    if (source->size < SW_MRC_HEADER_SIZE)
        return false;
    bool big_machine = *(const unsigned char *)&probe == 0;
    bool stamped_big = bytes[AT_STAMP] == 0x11 && bytes[AT_STAMP + 1] == 0x11;
    header->swapped = stamped_big != big_machine;
    header->has_map = memcmp(bytes + AT_MAP, "MAP", 3) == 0;
    if (!is_plausible(bytes, header->swapped)) {
        if (!is_plausible(bytes, !header->swapped) && !header->has_map)
            return false;
        if (is_plausible(bytes, !header->swapped))
            header->swapped = !header->swapped;
    }
    bool swapped = header->swapped;
    size_t *sizes[3] = {&header->columns, &header->rows, &header->sections};
    for (size_t i = 0; i < 3; i++) {
        int32_t size = word_at(bytes, AT_SIZE + 4 * i, swapped);
        int32_t sampling = word_at(bytes, AT_SAMPLING + 4 * i, swapped);
        *sizes[i] = size > 0 ? (size_t)size : 0;
        header->sampling[i] = sampling > 0 ? (size_t)sampling : 0;
        header->cell[i] = real_at(bytes, AT_CELL + 4 * i, swapped);
        header->axis_of[i] = word_at(bytes, AT_AXES + 4 * i, swapped);
        header->origin[i] = real_at(bytes, AT_ORIGIN + 4 * i, swapped);
    }
    header->mode = word_at(bytes, AT_MODE, swapped);
    header->space_group = word_at(bytes, AT_SPACE_GROUP, swapped);
    int32_t extended = word_at(bytes, AT_EXTENDED, swapped);
    header->extended = extended >= 0 ? (size_t)extended : SIZE_MAX;
    memcpy(header->extended_type, bytes + AT_EXTENDED_TYPE, 4);
    return true;
}

/* Without the id MAP the file must fit its own sizes exactly. */
static bool recognise(const sw_source *source) {
    sw_mrc_header header;
    if (!sw_mrc_parse(&header, source))
        return false;
    if (header.has_map)
        return true;
    size_t pixels, bytes;
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (modes[i].mode == header.mode)
            return header.extended < source->size &&
                   sw_size_product(&pixels, header.columns, header.rows) &&
                   sw_size_product(&pixels, pixels, header.sections) &&
                   sw_size_product(&bytes, pixels, sw_pixel_size(modes[i].kind)) &&
                   bytes == source->size - header.extended - SW_MRC_HEADER_SIZE;
    return false;
}

static sw_status check_kind(sw_mrc_header *header, const sw_source *source, sw_error *error) {
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (modes[i].mode == header->mode) {
            header->kind = modes[i].kind;
            return SW_OK;
        }
    return sw_source_error(source, AT_MODE, "save it as 16-bit integers or 32-bit floats", error,
                           "expected mode 0, 1, 2, 6 or 12, found %d", header->mode);
}

/* Everything that must hold before memory is asked for. */
static sw_status check(sw_mrc_header *header, const sw_source *source, sw_error *error) {
    size_t frame, bytes;
    if (!sw_mrc_parse(header, source))
        return sw_source_error(source, 0, "the file is cut off or no MRC file", error,
                               "expected an MRC header of %d bytes", SW_MRC_HEADER_SIZE);
    if (header->columns == 0 || header->rows == 0 || header->sections == 0)
        return sw_source_error(source, AT_SIZE, "the header is damaged", error,
                               "expected three positive sizes");
    sw_status status = check_kind(header, source, error);
    if (status != SW_OK)
        return status;
    if (header->extended > source->size - SW_MRC_HEADER_SIZE)
        return sw_source_error(source, AT_EXTENDED, "the file is cut off, or the header damaged",
                               error, "the extended header is longer than the file");
    size_t left = source->size - SW_MRC_HEADER_SIZE - header->extended;
    if (!sw_size_product(&frame, header->columns, header->rows) ||
        !sw_size_product(&bytes, frame, header->sections) ||
        !sw_size_product(&bytes, bytes, sw_pixel_size(header->kind)) || bytes > left)
        return sw_source_error(
            source, source->size, "the file is cut off, or the header damaged", error,
            "expected %zu x %zu x %zu pixels of %zu bytes, found %zu bytes", header->sections,
            header->rows, header->columns, sw_pixel_size(header->kind), left);
    return SW_OK;
}

/* The step along a stack axis: the cell edge over the number of intervals. */
static void set_axis(sw_axis *axis, const sw_mrc_header *header, int stack_axis) {
    static const char names[3][2] = {"x", "y", "z"};
    int along = header->axis_of[stack_axis];
    if (along < 1 || along > 3)
        along = stack_axis + 1;
    double edge = header->cell[along - 1];
    size_t intervals = header->sampling[along - 1];
    snprintf(axis->name, sizeof axis->name, "%s", names[along - 1]);
    if (!(edge > 0) || !isfinite(edge) || intervals == 0)
        return;
    snprintf(axis->unit, sizeof axis->unit, "A");
    axis->step = edge / (double)intervals;
    axis->origin = isfinite(header->origin[along - 1]) ? header->origin[along - 1] : 0;
}

/* Space group 0 marks a stack of images; its third axis has a length only where the sampling says
 * that it spans all sections. */
static void set_axes(sw_stack *stack, const sw_mrc_header *header) {
    set_axis(sw_stack_axis_of(stack, SW_AXIS_X), header, 0);
    set_axis(sw_stack_axis_of(stack, SW_AXIS_Y), header, 1);
    if (header->space_group != 0 ||
        (header->sections > 1 && header->sampling[2] == header->sections))
        set_axis(sw_stack_axis_of(stack, SW_AXIS_FRAME), header, 2);
}

static void remark(const sw_mrc_header *header, const sw_source *source) {
    sw_source_remark(source, "pixels", "mode %d (%s), %s byte order", header->mode,
                     sw_pixel_name(header->kind), header->swapped ? "swapped" : "native");
    if (!header->has_map)
        sw_source_remark(source, "header", "the id \"MAP \" is missing");
    if (header->extended > 0)
        sw_source_remark(source, "not understood", "extended header %s of %zu bytes",
                         header->extended_type, header->extended);
}

static sw_status read_mrc(sw_content *content, const sw_source *source, ptrdiff_t frame,
                          sw_error *error) {
    sw_mrc_header header;
    (void)frame;
    sw_status status = check(&header, source, error);
    if (status != SW_OK)
        return status;
    if (sw_stack_create(&content->stack, header.sections, header.rows, header.columns) != SW_OK)
        return sw_source_no_memory(source, error);
    content->noun = SW_NOUN_STACK;
    sw_pixels_convert(sw_stack_pixels(content->stack),
                      source->bytes + SW_MRC_HEADER_SIZE + header.extended,
                      header.sections * header.rows * header.columns, header.kind, header.swapped);
    set_axes(content->stack, &header);
    remark(&header, source);
    return SW_OK;
}

static sw_status count_frames(size_t *frames, const sw_source *source, sw_error *error) {
    sw_mrc_header header;
    sw_status status = check(&header, source, error);
    *frames = header.sections;
    return status;
}

const sw_format_operations sw_format_mrc = {
    .format = {.name = "mrc",
               .summary = "MRC2014: images, tilt series and volumes",
               .noun = SW_NOUN_STACK,
               .reads = true,
               .writes = true,
               .extensions = "mrc mrcs map rec ali st",
               .citation = "Cheng et al., J. Struct. Biol. 192, 146 (2015)"},
    .recognise = recognise,
    .count = count_frames,
    .read = read_mrc,
    .write_stack = sw_mrc_write,
};
