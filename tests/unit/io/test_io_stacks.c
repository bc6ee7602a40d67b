/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Images through MRC, TIFF, HDF5 and PNG; pixel types and calibrations of other programs. */
#include "io_cases.h"

#include "io/pixels.h"
#include "io/tiff.h"

#include <png.h>

static sw_stack *make_stack(size_t frames) {
    sw_stack *stack;
    assert_int_equal(sw_stack_create(&stack, frames, 5, 7), SW_OK);
    for (size_t i = 0; i < frames * 35; i++)
        sw_stack_pixels(stack)[i] = sinf((float)i) * 1e3f;
    *sw_stack_axis_of(stack, SW_AXIS_X) = (sw_axis){"x", "A", -3.5, 0.3216};
    *sw_stack_axis_of(stack, SW_AXIS_Y) = (sw_axis){"y", "A", 1.25, 0.3216};
    *sw_stack_axis_of(stack, SW_AXIS_FRAME) = (sw_axis){"z", "A", 10, 0.5};
    return stack;
}

static void assert_same_pixels(const sw_stack *a, const sw_stack *b) {
    assert_int_equal(sw_stack_frames(b), sw_stack_frames(a));
    assert_int_equal(sw_stack_height(b), sw_stack_height(a));
    assert_int_equal(sw_stack_width(b), sw_stack_width(a));
    assert_memory_equal(sw_stack_pixels_const(b), sw_stack_pixels_const(a),
                        sw_stack_frames(a) * sw_stack_height(a) * sw_stack_width(a) *
                            sizeof(float));
}

static void assert_same_axes(const sw_stack *a, const sw_stack *b, double tolerance) {
    for (int i = 0; i < 3; i++) {
        const sw_axis *x = sw_stack_axis_of_const(a, (sw_stack_axis)i);
        const sw_axis *y = sw_stack_axis_of_const(b, (sw_stack_axis)i);
        assert_string_equal(y->name, x->name);
        assert_string_equal(y->unit, x->unit);
        assert_near(y->step, x->step, tolerance * fabs(x->step));
        assert_near(y->origin, x->origin, tolerance * fabs(x->origin));
    }
}

/* MRC keeps the calibration in float32, the others as it is. */
static void test_roundtrip(void **state) {
    static const struct {
        const char *name;
        double tolerance;
    } cases[] = {{"a.mrc", 1e-7}, {"a.tif", 0}, {"a.h5", 0}};
    for (size_t i = 0; i < 3; i++)
        for (size_t frames = 1; frames < 4; frames += 2) {
            sw_error error = {0};
            sw_stack *stack = make_stack(frames);
            const char *path = path_in(state, cases[i].name);
            if (sw_write_stack(path, NULL, stack, &error) != SW_OK)
                fail_msg("%s: %s", error.place, error.message);
            sw_content content = read_file(path, 0);
            assert_int_equal(content.noun, SW_NOUN_STACK);
            assert_same_pixels(stack, content.stack);
            assert_same_axes(stack, content.stack, cases[i].tolerance);
            size_t count;
            assert_int_equal(sw_frame_count(&count, path, &error), SW_OK);
            assert_int_equal(count, frames);
            sw_content_clear(&content);
            sw_stack_destroy(stack);
        }
}

static void test_hdf5_frame_columns(void **state) {
    sw_stack *stack = make_stack(3);
    sw_table *columns = sw_stack_columns(stack);
    assert_int_equal(sw_table_add_column(columns, "tilt/angle", "deg"), SW_OK);
    sw_table_numbers(columns, 0)[2] = -63.5;
    assert_int_equal(sw_write_stack(path_in(state, "t.h5"), NULL, stack, NULL), SW_OK);
    sw_content content = read_file(path_in(state, "t.h5"), 0);
    columns = sw_stack_columns(content.stack);
    assert_int_equal(sw_table_columns(columns), 1);
    assert_string_equal(sw_table_name(columns, 0), "tilt/angle");
    assert_string_equal(sw_table_unit(columns, 0), "deg");
    assert_number(sw_table_numbers(columns, 0)[2], -63.5);
    assert_true(isnan(sw_table_numbers(columns, 0)[0]));
    sw_content_clear(&content);
    sw_stack_destroy(stack);
}

static void test_big_tiff(void **state) {
    sw_error error = {0};
    sw_sink sink;
    sw_stack *stack = make_stack(3);
    assert_int_equal(sw_sink_open(&sink, path_in(state, "big.tif"), false, &error), SW_OK);
    assert_int_equal(sw_tiff_write_as(&sink, stack, true, &error), SW_OK);
    assert_int_equal(sw_sink_commit(&sink, &error), SW_OK);
    char *bytes;
    size_t size;
    assert_int_equal(sw_read_file(&bytes, &size, path_in(state, "big.tif"), 1 << 20, &error),
                     SW_OK);
    assert_int_equal(bytes[2], 43); /* 42 is classic TIFF */
    free(bytes);
    sw_content content = read_file(path_in(state, "big.tif"), 0);
    assert_same_pixels(stack, content.stack);
    sw_content_clear(&content);
    sw_stack_destroy(stack);
}

/* IEEE 754: known bit patterns. */
static void test_half(void **state) {
    (void)state;
    static const struct {
        uint16_t half;
        double value;
    } cases[] = {{0x3c00, 1},
                 {0xc000, -2},
                 {0x7bff, 65504},
                 {0x0001, 0x1p-24},
                 {0x03ff, 1023 * 0x1p-24},
                 {0x0400, 0x1p-14},
                 {0x3555, 1365 * 0x1p-12},
                 {0x7c00, INFINITY},
                 {0xfc00, -INFINITY},
                 {0x8000, -0.0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_number((double)sw_half_to_float(cases[i].half), cases[i].value);
    assert_true(isnan(sw_half_to_float(0x7e01)));
}

static void test_pixel_kinds(void **state) {
    (void)state;
    static const struct {
        sw_pixel_kind kind;
        bool swapped;
        unsigned char bytes[8];
        double value;
    } cases[] = {
        {SW_PIXEL_INT8, false, {0xff}, -1},
        {SW_PIXEL_UINT8, false, {0xff}, 255},
        {SW_PIXEL_INT16, false, {0xfe, 0xff}, -2},
        {SW_PIXEL_INT16, true, {0xff, 0xfe}, -2},
        {SW_PIXEL_UINT16, true, {0xff, 0xfe}, 65534},
        {SW_PIXEL_INT32, true, {0xff, 0xff, 0xff, 0x80}, -128},
        {SW_PIXEL_UINT32, false, {0, 0, 0, 0x80}, 2147483648.0},
        {SW_PIXEL_FLOAT16, true, {0x3c, 0x00}, 1},
        {SW_PIXEL_FLOAT32, true, {0x3f, 0xc0, 0, 0}, 1.5},
        {SW_PIXEL_FLOAT64, false, {0, 0, 0, 0, 0, 0, 0xf8, 0xbf}, -1.5},
        {SW_PIXEL_FLOAT64, true, {0x7f, 0xe0, 0, 0, 0, 0, 0, 0}, INFINITY},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        float pixel;
        sw_pixels_convert(&pixel, cases[i].bytes, 1, cases[i].kind, cases[i].swapped);
        assert_number((double)pixel, cases[i].value);
    }
}

/* A header by hand, byte by byte, in the order of the other machines. */
static void test_mrc_big_endian(void **state) {
    (void)state;
    unsigned char file[1024 + 16 + 12] = {0};
    static const unsigned char sizes[3] = {3, 2, 1};
    for (size_t i = 0; i < 3; i++) {
        file[4 * i + 3] = sizes[i];
        file[28 + 4 * i + 3] = sizes[i];
        file[64 + 4 * i + 3] = (unsigned char)(i + 1);
    }
    file[15] = 1;                             /* mode: int16 */
    memcpy(file + 40, "\x40\xc0\x00\x00", 4); /* cell a = 6 */
    file[95] = 16;                            /* extended header */
    memcpy(file + 208, "MAP \x11\x11\x00\x00", 8);
    for (size_t i = 0; i < 6; i++)
        file[1040 + 2 * i + 1] = (unsigned char)(10 + i);
    sw_content content;
    sw_error error = {0};
    assert_int_equal(sw_read_memory(&content, file, sizeof file, "b", 0, &error), SW_OK);
    assert_int_equal(sw_stack_width(content.stack), 3);
    assert_int_equal(sw_stack_height(content.stack), 2);
    assert_number((double)sw_stack_pixels(content.stack)[5], 15);
    assert_number(sw_stack_axis_of(content.stack, SW_AXIS_X)->step, 2);
    assert_string_equal(sw_stack_axis_of(content.stack, SW_AXIS_X)->unit, "A");
    assert_string_equal(sw_stack_axis_of(content.stack, SW_AXIS_Y)->unit, "px");
    sw_content_clear(&content);
}

static void write_tiff(const char *path, const char *description, float resolution, int unit) {
    TIFF *tiff = TIFFOpen(path, "w");
    static const uint16_t pixels[6] = {1, 2, 3, 4, 5, 60000};
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, 3);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, 2);
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 16);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 1);
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_LZW);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
    if (description)
        TIFFSetField(tiff, TIFFTAG_IMAGEDESCRIPTION, description);
    TIFFSetField(tiff, TIFFTAG_XRESOLUTION, (double)resolution);
    TIFFSetField(tiff, TIFFTAG_YRESOLUTION, (double)resolution);
    TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, unit);
    for (uint32_t row = 0; row < 2; row++)
        TIFFWriteEncodedStrip(tiff, row, (void *)(uintptr_t)(pixels + 3 * row), 6);
    TIFFClose(tiff);
}

static void test_tiff_calibrations(void **state) {
    static const struct {
        const char *description;
        float resolution;
        int unit;
        double step;
        const char *name;
    } cases[] = {
        {"ImageJ=1.53t\nunit=nm\n", 10, RESUNIT_NONE, 0.1, "nm"},
        {"ImageJ=1.53t\nunit=\\u00B5m\n", 4, RESUNIT_NONE, 0.25, "um"},
        {"ImageJ=1.53t\nunit=pixel\n", 10, RESUNIT_NONE, 1, "px"},
        {"<?xml?><OME><Pixels PhysicalSizeX=\"0.5\" PhysicalSizeXUnit=\"nm\" "
         "PhysicalSizeY=\"0.5\"/></OME>",
         1, RESUNIT_NONE, 0.5, "nm"},
        {NULL, 5e6f, RESUNIT_CENTIMETER, 2, "nm"},
        {NULL, 72, RESUNIT_INCH, 1, "px"},
        {"free text", 300, RESUNIT_INCH, 1, "px"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *path = path_in(state, "c.tif");
        write_tiff(path, cases[i].description, cases[i].resolution, cases[i].unit);
        sw_content content = read_file(path, 0);
        const sw_axis *x = sw_stack_axis_of(content.stack, SW_AXIS_X);
        assert_string_equal(x->unit, cases[i].name);
        assert_near(x->step, cases[i].step, 1e-7 * cases[i].step);
        assert_number((double)sw_stack_pixels(content.stack)[5], 60000);
        sw_content_clear(&content);
    }
}

static void test_png(void **state) {
    sw_stack *stack = make_stack(1);
    for (size_t i = 0; i < 35; i++)
        sw_stack_pixels(stack)[i] = (float)i * 2 - 10; /* -10 .. 58 */
    sw_stack_pixels(stack)[3] = NAN;
    const char *path = path_in(state, "a.png");
    assert_int_equal(sw_write_stack(path, NULL, stack, NULL), SW_OK);
    png_image image = {.version = PNG_IMAGE_VERSION};
    unsigned char grey[35];
    assert_true(png_image_begin_read_from_file(&image, path));
    assert_int_equal(image.width, 7);
    assert_int_equal(image.height, 5);
    image.format = PNG_FORMAT_GRAY;
    assert_true(png_image_finish_read(&image, NULL, grey, 0, NULL));
    assert_int_equal(grey[0], 0);
    assert_int_equal(grey[3], 0);
    assert_int_equal(grey[34], 255);
    assert_int_equal(grey[17], 128); /* 255 * 34 / 68 = 127.5 */
    const sw_format *format;
    assert_int_equal(sw_identify(&format, path, NULL), SW_OK);
    assert_string_equal(format->name, "png");
    sw_content content;
    sw_error error = {0};
    assert_int_equal(sw_read(&content, path, NULL, 0, &error), SW_ERROR_UNSUPPORTED);
    sw_stack_destroy(stack);
    stack = make_stack(3);
    assert_int_equal(sw_write_stack(path, NULL, stack, &error), SW_ERROR_UNSUPPORTED);
    sw_stack_destroy(stack);
}

/* A file above the limit is mapped instead of copied, and reads the same. */
static void test_mapped_source(void **state) {
    sw_source source;
    assert_int_equal(sw_replace_file(path_in(state, "m"), "0123456789", 10, NULL), SW_OK);
    for (size_t limit = 9; limit < 11; limit++) {
        assert_int_equal(sw_source_open(&source, path_in(state, "m"), limit, NULL), SW_OK);
        assert_int_equal(source.mapped > 0, limit == 9);
        assert_int_equal(source.size, 10);
        assert_memory_equal(source.bytes, "0123456789", 10);
        sw_source_close(&source);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_roundtrip, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_hdf5_frame_columns, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_big_tiff, make_folder, remove_folder),
        cmocka_unit_test(test_half),
        cmocka_unit_test(test_pixel_kinds),
        cmocka_unit_test(test_mrc_big_endian),
        cmocka_unit_test_setup_teardown(test_tiff_calibrations, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_png, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_mapped_source, make_folder, remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
