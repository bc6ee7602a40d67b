/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where TIFF files keep their calibration: our own lines in the description, the description of
 * ImageJ (unit, spacing, finterval, with the resolution tags in pixels per unit), OME-XML
 * (PhysicalSizeX ...), or the resolution tags alone.
 */
#include "io/lines.h"
#include "io/tiff.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A resolution tag that gives pixels larger than this is meant for a printer, A. */
static const double print_resolution = 5e4;

static const struct {
    const char *key;
    sw_stack_axis axis;
} own_axes[] = {
    {"spillway_frame=", SW_AXIS_FRAME}, {"spillway_y=", SW_AXIS_Y}, {"spillway_x=", SW_AXIS_X}};

/* Finds `key` at the beginning of a line of the description. */
static bool find_line(sw_span *value, const char *description, const char *key) {
    for (const char *line = description; line;) {
        const char *end = strchr(line, '\n');
        size_t length = end ? (size_t)(end - line) : strlen(line);
        if (sw_span_starts((sw_span){line, length}, key)) {
            *value = (sw_span){line + strlen(key), length - strlen(key)};
            return true;
        }
        line = end ? end + 1 : NULL;
    }
    return false;
}

static sw_span field_of(sw_span *rest) {
    const char *tab = rest->length > 0 ? memchr(rest->start, '\t', rest->length) : NULL;
    size_t length = tab ? (size_t)(tab - rest->start) : rest->length;
    sw_span field = {rest->start, length};
    rest->start += tab ? length + 1 : length;
    rest->length -= tab ? length + 1 : length;
    return field;
}

static bool read_own_axes(sw_stack *stack, const char *description) {
    for (size_t i = 0; i < 3; i++) {
        sw_span rest;
        double origin, step;
        if (!find_line(&rest, description, own_axes[i].key))
            return false;
        if (!sw_span_number(&origin, field_of(&rest)) || !sw_span_number(&step, field_of(&rest)))
            return false;
        sw_axis *axis = sw_stack_axis_of(stack, own_axes[i].axis);
        axis->origin = origin;
        axis->step = step;
        sw_span_copy(axis->unit, sizeof axis->unit, field_of(&rest));
        sw_span_copy(axis->name, sizeof axis->name, field_of(&rest));
    }
    return true;
}

static void set_axis(sw_stack *stack, sw_stack_axis which, double step, const char *unit) {
    sw_axis *axis = sw_stack_axis_of(stack, which);
    if (!(step > 0) || !isfinite(step))
        return;
    axis->step = step;
    snprintf(axis->unit, sizeof axis->unit, "%s", unit);
}

/* ImageJ writes micro as \u00B5, and other programs in their own ways. */
static void copy_unit(char unit[32], sw_span text) {
    static const char *const micro[] = {"\\u00B5m", "\xc2\xb5m", "\xb5m", "micron", "microns"};
    sw_span_copy(unit, 32, sw_span_trim(text));
    for (size_t i = 0; i < sizeof micro / sizeof *micro; i++)
        if (strcmp(unit, micro[i]) == 0)
            snprintf(unit, 32, "um");
    if (strcmp(unit, "\\u00C5") == 0 || strcmp(unit, "\xc3\x85") == 0)
        snprintf(unit, 32, "A");
    if (strcmp(unit, "pixel") == 0 || strcmp(unit, "pixels") == 0)
        unit[0] = '\0';
}

static double resolution(TIFF *handle, uint32_t tag) {
    float value = 0;
    if (!TIFFGetField(handle, tag, &value) || !(value > 0) || !isfinite(value))
        return 0;
    return (double)value;
}

static bool read_imagej(sw_stack *stack, const char *description, TIFF *handle) {
    sw_span text;
    char unit[32] = "";
    double number;
    if (strncmp(description, "ImageJ=", 7) != 0)
        return false;
    if (find_line(&text, description, "unit="))
        copy_unit(unit, text);
    if (unit[0]) {
        set_axis(stack, SW_AXIS_X, 1 / resolution(handle, TIFFTAG_XRESOLUTION), unit);
        set_axis(stack, SW_AXIS_Y, 1 / resolution(handle, TIFFTAG_YRESOLUTION), unit);
    }
    if (find_line(&text, description, "spacing=") && sw_span_number(&number, text) && unit[0]) {
        set_axis(stack, SW_AXIS_FRAME, fabs(number), unit);
        snprintf(sw_stack_axis_of(stack, SW_AXIS_FRAME)->name, 32, "z");
    } else if (find_line(&text, description, "finterval=") && sw_span_number(&number, text)) {
        set_axis(stack, SW_AXIS_FRAME, number, "s");
        snprintf(sw_stack_axis_of(stack, SW_AXIS_FRAME)->name, 32, "time");
    }
    return unit[0] != '\0';
}

/* The value of an XML attribute: name="value". */
static bool attribute(sw_span *value, const char *text, const char *name) {
    char key[48];
    snprintf(key, sizeof key, "%s=\"", name);
    const char *start = strstr(text, key);
    const char *end = start ? strchr(start + strlen(key), '"') : NULL;
    if (!end)
        return false;
    *value = (sw_span){start + strlen(key), (size_t)(end - start) - strlen(key)};
    return true;
}

static bool read_ome(sw_stack *stack, const char *description) {
    static const struct {
        const char *size, *unit;
        sw_stack_axis axis;
    } names[] = {{"PhysicalSizeX", "PhysicalSizeXUnit", SW_AXIS_X},
                 {"PhysicalSizeY", "PhysicalSizeYUnit", SW_AXIS_Y}};
    bool found = false;
    if (!strstr(description, "<OME"))
        return false;
    for (size_t i = 0; i < 2; i++) {
        sw_span size, text = {"um", 2};
        double number;
        char unit[32];
        if (!attribute(&size, description, names[i].size) || !sw_span_number(&number, size))
            continue;
        attribute(&text, description, names[i].unit);
        copy_unit(unit, text);
        set_axis(stack, names[i].axis, number, unit);
        found = true;
    }
    return found;
}

static void read_resolution(sw_stack *stack, const sw_tiff *tiff) {
    static const struct {
        uint32_t tag;
        sw_stack_axis axis;
    } tags[] = {{TIFFTAG_XRESOLUTION, SW_AXIS_X}, {TIFFTAG_YRESOLUTION, SW_AXIS_Y}};
    uint16_t unit = RESUNIT_INCH;
    TIFFGetFieldDefaulted(tiff->handle, TIFFTAG_RESOLUTIONUNIT, &unit);
    double length = unit == RESUNIT_CENTIMETER ? 1e8 : unit == RESUNIT_INCH ? 2.54e8 : 0; /* A */
    for (size_t i = 0; i < 2; i++) {
        double step = length / resolution(tiff->handle, tags[i].tag);
        if (step > 0 && step <= print_resolution)
            set_axis(stack, tags[i].axis, step / 10, "nm");
        else if (step > 0 && isfinite(step) && i == 0)
            sw_source_remark(tiff->source, "not understood",
                             "resolution tag (%.4g mm a pixel is a print size)", step * 1e-7);
    }
}

void sw_tiff_read_axes(sw_stack *stack, const sw_tiff *tiff) {
    char *description = NULL;
    if (!TIFFGetField(tiff->handle, TIFFTAG_IMAGEDESCRIPTION, &description))
        description = NULL;
    if (description &&
        (read_own_axes(stack, description) || read_imagej(stack, description, tiff->handle) ||
         read_ome(stack, description)))
        return;
    read_resolution(stack, tiff);
}

static void describe_axis(sw_text *text, const char *key, const sw_axis *axis) {
    sw_text_append(text, "%s", key);
    sw_text_append_number(text, axis->origin);
    sw_text_append(text, "\t");
    sw_text_append_number(text, axis->step);
    sw_text_append(text, "\t%s\t%s\n", axis->unit, axis->name);
}

bool sw_tiff_write_axes(const sw_stack *stack, TIFF *handle, bool first_page) {
    const sw_axis *x = sw_stack_axis_of_const(stack, SW_AXIS_X);
    const sw_axis *y = sw_stack_axis_of_const(stack, SW_AXIS_Y);
    bool calibrated = x->unit[0] && strcmp(x->unit, "px") != 0 && x->step > 0 && y->step > 0;
    TIFFSetField(handle, TIFFTAG_RESOLUTIONUNIT, RESUNIT_NONE);
    TIFFSetField(handle, TIFFTAG_XRESOLUTION, calibrated ? 1 / x->step : 1.0);
    TIFFSetField(handle, TIFFTAG_YRESOLUTION, calibrated ? 1 / y->step : 1.0);
    if (!first_page)
        return true;
    sw_text text = {0};
    sw_text_append(&text, "ImageJ=1.11a\nimages=%zu\nframes=%zu\n", sw_stack_frames(stack),
                   sw_stack_frames(stack));
    if (calibrated)
        sw_text_append(&text, "unit=%s\n", x->unit);
    for (size_t i = 0; i < 3; i++)
        describe_axis(&text, own_axes[i].key, sw_stack_axis_of_const(stack, own_axes[i].axis));
    bool well = !text.failed && TIFFSetField(handle, TIFFTAG_IMAGEDESCRIPTION, text.bytes);
    sw_text_clear(&text);
    return well;
}
