/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers, units, ticks: what a reader of an axis relies on. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "report/axis.h"
#include "report/text_width.h"
#include "report/writer.h"

static void nice_steps_are_1_2_5(void **state) {
    (void)state;
    static const double wanted[][2] = {{1, 1},       {1.01, 2},      {2, 2},
                                       {2.1, 5},     {5.0001, 10},   {0.3, 0.5},
                                       {1e-7, 1e-7}, {1.3e-7, 2e-7}, {73, 100}};
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        double step = sw_plot_nice_step(wanted[i][0]);
        assert_true(fabs(step / wanted[i][1] - 1) < 1e-9);
    }
    assert_true(sw_plot_nice_step(NAN) == 1 && sw_plot_nice_step(-3) == 1);
}

static void check_unit(const char *unit, double magnitude, double factor, const char *shown) {
    sw_unit_scale scale = sw_unit_scale_choose(unit, magnitude);
    assert_string_equal(scale.unit, shown);
    assert_true(fabs(scale.factor / factor - 1) < 1e-9);
}

static void units_get_the_prefix_that_reads_well(void **state) {
    (void)state;
    check_unit("s", 8.5e-6, 1e-6, "µs");
    check_unit("s", 0.5, 1, "s");
    check_unit("s", 1e-9, 1e-9, "ns");
    check_unit("s", 36000, 3600, "h");
    check_unit("us", 2e4, 1e3, "ms");
    check_unit("Pa", 1.5e5, 1e3, "kPa");
    check_unit("nm/s", 1.8e5, 1e3, "µm/s");
    check_unit("eV", 0.02, 1e-3, "meV");
    check_unit("A", 12, 1, "Å");
    check_unit("A", 0, 1, "Å");
    check_unit("1/s", 2.5e6, 1e6, "10⁶ s⁻¹");
    check_unit("", 3e-5, 1e-6, "10⁻⁶");
    check_unit("", 12000, 1, "");
    check_unit("K", 973, 1, "K");
    check_unit("s", NAN, 1, "s");
}

static void numbers_are_written_for_readers(void **state) {
    (void)state;
    char text[SW_NUMBER_SIZE];
    sw_number_fixed(text, -1.25, 1);
    assert_true(strcmp(text, "−1.2") == 0 || strcmp(text, "−1.3") == 0);
    sw_number_fixed(text, -0.001, 1);
    assert_string_equal(text, "0.0");
    sw_number_count(text, 1234567);
    assert_string_equal(text, "1\u202f234\u202f567");
    sw_number_count(text, 9999);
    assert_string_equal(text, "9999");
    sw_number_power_of_ten(text, -12);
    assert_string_equal(text, "10⁻¹²");
    sw_number_short(text, 1.234567e-9, 3);
    assert_string_equal(text, "1.23×10⁻⁹");
    sw_number_short(text, 1200, 3);
    assert_string_equal(text, "1200");
    sw_number_short(text, NAN, 3);
    assert_string_equal(text, "no value");
    assert_int_equal(sw_number_decimals(183.2, 21.4), 0);
    assert_int_equal(sw_number_decimals(11.31, 1.42), 1);
    assert_int_equal(sw_number_decimals(2.4, NAN), 2);
    assert_int_equal(sw_number_decimals(5, 0.0312), 3);
}

static void labels_split_into_name_and_unit(void **state) {
    (void)state;
    char name[64], unit[64];
    sw_label_split(name, sizeof name, unit, sizeof unit, "time [s]");
    assert_string_equal(name, "time");
    assert_string_equal(unit, "s");
    sw_label_split(name, sizeof name, unit, sizeof unit, "rate / 1/s");
    assert_string_equal(name, "rate");
    assert_string_equal(unit, "1/s");
    sw_label_split(name, sizeof name, unit, sizeof unit, "O2/H2");
    assert_string_equal(name, "O2/H2");
    assert_string_equal(unit, "");
}

static double label_start(const sw_plot_axis *axis, size_t i, double *end) {
    double middle = sw_plot_axis_place(axis, axis->tick[i].value) * axis->length;
    double half = axis->along_labels
                      ? sw_text_width(axis->tick[i].label, axis->font_size, false) / 2
                      : axis->font_size / 2;
    *end = middle + half;
    return middle - half;
}

/* The extents of all labels of an axis, in order, must not touch. */
static void check_labels_apart(const sw_plot_axis *axis) {
    double last_end = -INFINITY;
    for (size_t i = 0; i < axis->ticks; i++) {
        double end, start = label_start(axis, i, &end);
        if (axis->tick[i].label[0] != '\0') {
            assert_true(start > last_end);
            last_end = end;
        }
    }
}

static void labels_never_overlap(void **state) {
    (void)state;
    for (int range = -12; range <= 12; range++) {
        for (int offset = -3; offset <= 6; offset += 3) {
            for (int shape = 0; shape < 8; shape++) {
                sw_plot_axis axis = {
                    .length = shape & 1 ? 60 : 330, .along_labels = shape & 2, .font_size = 10.5};
                double size = 1.37 * pow(10, range);
                double low = offset == 0 ? 0 : pow(10, offset) * size;
                sw_plot_axis_make(&axis, low, low + size, shape & 4, "quantity [s]");
                assert_true(axis.low < axis.high);
                assert_true(axis.low <= low * (1 + 1e-9) && axis.high >= (low + size) * (1 - 1e-9));
                check_labels_apart(&axis);
                assert_true(axis.length < 100 || axis.ticks >= 2 || offset >= 3);
            }
        }
    }
}

static void linear_ticks_are_even_and_round(void **state) {
    (void)state;
    sw_plot_axis axis = {.length = 300, .along_labels = true, .font_size = 10};
    sw_plot_axis_make(&axis, 0, 8.8e-6, true, "time [s]");
    assert_string_equal(axis.title, "time / µs");
    assert_int_equal(axis.ticks, 5);
    assert_string_equal(axis.tick[0].label, "0");
    assert_string_equal(axis.tick[4].label, "8");
    assert_true(fabs(axis.tick[4].value - 8e-6) < 1e-12);
    sw_plot_axis_make(&axis, 0.12, 0.61, false, "velocity / nm/s");
    assert_string_equal(axis.title, "velocity / (nm/s)");
    assert_string_equal(axis.tick[0].label, "0.1");
}

static void logarithmic_ticks_are_decades(void **state) {
    (void)state;
    sw_plot_axis axis = {.length = 200, .log = true, .font_size = 10};
    sw_plot_axis_make(&axis, 2e-3, 7e2, false, "pressure [Pa]");
    assert_true(fabs(axis.low / 1e-3 - 1) < 1e-9 && fabs(axis.high / 1e3 - 1) < 1e-9);
    assert_string_equal(axis.tick[0].label, "10⁻³");
    assert_true(fabs(sw_plot_axis_place(&axis, 1) - 0.5) < 1e-9);
    assert_true(sw_plot_axis_place(&axis, 0) == 0 && sw_plot_axis_place(&axis, -1) == 0);
    check_labels_apart(&axis);
    axis = (sw_plot_axis){.length = 100, .log = true, .font_size = 10};
    sw_plot_axis_make(&axis, 1e-20, 1e20, false, "x");
    check_labels_apart(&axis);
    axis = (sw_plot_axis){.length = 100, .log = true, .font_size = 10};
    sw_plot_axis_make(&axis, 3, 3, false, "x");
    check_labels_apart(&axis);
    assert_true(axis.low < 3 && axis.high > 3);
}

static void escaping_keeps_markup_out(void **state) {
    (void)state;
    sw_writer out = {0};
    sw_writer_escaped(&out, "<b a=\"1\" c='2'>&\x01\xff\xed\xa0\x80µ");
    assert_string_equal(out.text, "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;"
                                  "\uFFFD\uFFFD\uFFFD\uFFFDµ");
    sw_writer_clear(&out);
    sw_writer_json(&out, "</script>\n\"\\\x80");
    assert_string_equal(out.text, "\"\\u003c/script\\u003e\\u000a\\u0022\\u005c\\ufffd\"");
    sw_writer_clear(&out);
    sw_writer_base64(&out, "any carnal pleas", 16);
    assert_string_equal(out.text, "YW55IGNhcm5hbCBwbGVhcw==");
    sw_writer_clear(&out);
    sw_writer_coordinate(&out, -12.345);
    sw_writer_add(&out, " ");
    sw_writer_coordinate(&out, 3.10);
    sw_writer_add(&out, " ");
    sw_writer_coordinate(&out, NAN);
    assert_string_equal(out.text, "-12.35 3.1 0");
    sw_writer_clear(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nice_steps_are_1_2_5),
        cmocka_unit_test(units_get_the_prefix_that_reads_well),
        cmocka_unit_test(numbers_are_written_for_readers),
        cmocka_unit_test(labels_split_into_name_and_unit),
        cmocka_unit_test(labels_never_overlap),
        cmocka_unit_test(linear_ticks_are_even_and_round),
        cmocka_unit_test(logarithmic_ticks_are_decades),
        cmocka_unit_test(escaping_keeps_markup_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
