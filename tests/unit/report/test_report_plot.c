/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The drawn plot: its structure, its labels, the lengths of its marks. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <spillway/report.h>

#include "markup.h"

static char *draw(const sw_plot_description *plot, sw_figure_format format, size_t *size) {
    unsigned char *bytes = NULL;
    sw_error error = {0};
    assert_int_equal(sw_plot_draw(&bytes, size, plot, format, 400, 270, &error), SW_OK);
    assert_non_null(bytes);
    return (char *)bytes;
}

static char *draw_svg(const sw_plot_description *plot) {
    size_t size;
    char *svg = draw(plot, SW_FIGURE_SVG, &size);
    assert_int_equal(strlen(svg), size);
    markup check = markup_check(svg);
    assert_string_equal(check.wrong, "");
    return svg;
}

/* Points of the n-th element that starts with `start`; returns how many. */
static size_t points_of(double (*points)[2], size_t limit, const char *svg, const char *start,
                        size_t n) {
    const char *at = strstr(svg, start);
    for (; at != NULL && n > 0; n--) {
        at = strstr(at + 1, start);
    }
    assert_non_null(at);
    at = strstr(at, "points=\"");
    assert_non_null(at);
    at += strlen("points=\"");
    size_t count = 0;
    int used;
    while (count < limit &&
           sscanf(at, "%lf,%lf%n", &points[count][0], &points[count][1], &used) == 2) {
        at += used;
        count++;
    }
    return count;
}

static size_t occurrences(const char *text, const char *part) {
    size_t count = 0;
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part)) {
        count++;
    }
    return count;
}

static const double three_x[] = {0, 1, 2};

static void labels_appear_escaped(void **state) {
    (void)state;
    double y[] = {1, 2, 3};
    sw_plot_series list[] = {{"Fe <3+> & \"O\"", three_x, y, NULL, 3},
                             {"second", three_x, y, NULL, 3}};
    sw_plot_description plot = {.title = "a < b",
                                .x_label = "x'y [nm]",
                                .y_label = "p & q / A",
                                .kind = "lines",
                                .series = 2,
                                .list = list};
    char *svg = draw_svg(&plot);
    assert_non_null(strstr(svg, ">Fe &lt;3+&gt; &amp; &quot;O&quot;</text>"));
    assert_non_null(strstr(svg, ">second</text>"));
    assert_non_null(strstr(svg, ">a &lt; b</text>"));
    assert_non_null(strstr(svg, ">x&#39;y / nm</text>"));
    assert_non_null(strstr(svg, ">p &amp; q / Å</text>"));
    free(svg);
}

static void bar_heights_are_proportional(void **state) {
    (void)state;
    double y[] = {10, 20, 40};
    const char *names[] = {"one", "two", "three"};
    sw_plot_series list[] = {{"n", three_x, y, NULL, 3}};
    sw_plot_description plot = {.title = "",
                                .x_label = "",
                                .y_label = "events",
                                .kind = "bars",
                                .series = 1,
                                .list = list,
                                .categories = 3,
                                .category = names};
    char *svg = draw_svg(&plot);
    double height[3];
    for (size_t i = 0; i < 3; i++) {
        double points[4][2];
        assert_int_equal(points_of(points, 4, svg, "<polygon class=\"area s0\"", i), 4);
        height[i] = points[0][1] - points[1][1];
        assert_true(points[2][0] > points[0][0]);
    }
    /* coordinates are rounded to 0.01 */
    assert_true(fabs(height[1] - 2 * height[0]) < 0.05);
    assert_true(fabs(height[2] - 4 * height[0]) < 0.08);
    assert_true(height[0] > 20);
    for (size_t i = 0; i < 3; i++) {
        assert_non_null(strstr(svg, names[i]));
    }
    free(svg);
}

static void a_line_passes_through_its_numbers(void **state) {
    (void)state;
    double x[] = {0, 1, 2, 3, 4}, y[] = {0, 1, NAN, 3, 4};
    sw_plot_series list[] = {{"y", x, y, NULL, 5}};
    sw_plot_description plot = {
        .title = "", .x_label = "x", .y_label = "y", .kind = "lines", .series = 1, .list = list};
    char *svg = draw_svg(&plot);
    double first[8][2], second[8][2];
    /* NaN breaks the line into two */
    assert_int_equal(occurrences(svg, "<polyline class=\"line s0\""), 2);
    assert_int_equal(points_of(first, 8, svg, "<polyline class=\"line s0\"", 0), 2);
    assert_int_equal(points_of(second, 8, svg, "<polyline class=\"line s0\"", 1), 2);
    double slope = (first[1][1] - first[0][1]) / (first[1][0] - first[0][0]);
    double over = (second[1][1] - first[0][1]) / (second[1][0] - first[0][0]);
    assert_true(slope < 0 && fabs(slope - over) < 1e-3);
    free(svg);
}

static void a_band_reaches_its_spread(void **state) {
    (void)state;
    double y[] = {10, 10, 10}, spread[] = {5, 5, 5};
    sw_plot_series list[] = {{"y", three_x, y, spread, 3}};
    sw_plot_description plot = {
        .title = "", .x_label = "x", .y_label = "y", .kind = "lines", .series = 1, .list = list};
    char *svg = draw_svg(&plot);
    double band[6][2], line[3][2];
    assert_int_equal(points_of(band, 6, svg, "<polygon class=\"area s0\"", 0), 6);
    assert_int_equal(points_of(line, 3, svg, "<polyline class=\"line s0\"", 0), 3);
    assert_true(fabs((band[0][1] + band[5][1]) / 2 - line[0][1]) < 0.02);
    assert_true(band[0][1] < line[0][1] - 10);
    assert_non_null(strstr(svg, "95 % interval"));
    free(svg);
}

/* In a legend, unless the axis or the title name it. */
static void a_single_line_is_named(void **state) {
    (void)state;
    double y[] = {1, 2, 3};
    sw_plot_series list[] = {{"Cu on atom", three_x, y, NULL, 3}};
    sw_plot_description plot = {
        .title = "", .x_label = "x", .y_label = "y", .kind = "lines", .series = 1, .list = list};
    char *svg = draw_svg(&plot);
    assert_int_equal(occurrences(svg, ">Cu on atom</text>"), 1);
    free(svg);
    plot.y_label = "Cu on atom";
    svg = draw_svg(&plot);
    assert_int_equal(occurrences(svg, ">Cu on atom</text>"), 1);
    assert_int_equal(occurrences(svg, "<polyline class=\"line s0\""), 1);
    free(svg);
}

/* Every legend text stands above every point of the data. */
static void the_legend_is_never_on_the_data(void **state) {
    (void)state;
    enum { SERIES = 9, ROWS = 50 };
    static double x[ROWS], y[SERIES][ROWS];
    sw_plot_series list[SERIES];
    char label[SERIES][40];
    for (size_t s = 0; s < SERIES; s++) {
        for (size_t i = 0; i < ROWS; i++) {
            x[i] = (double)i;
            y[s][i] = sin((double)(i * (s + 1)) / 10);
        }
        snprintf(label[s], sizeof label[s], "a long name of series %zu", s);
        list[s] = (sw_plot_series){label[s], x, y[s], NULL, ROWS};
    }
    sw_plot_description plot = {.title = "t",
                                .x_label = "x",
                                .y_label = "y",
                                .kind = "lines",
                                .series = SERIES,
                                .list = list};
    char *svg = draw_svg(&plot);
    double highest = INFINITY;
    double points[4 * ROWS][2];
    size_t lines = occurrences(svg, "stroke-width=\"1.5\"");
    assert_int_equal(lines, SERIES);
    for (size_t s = 0; s < SERIES; s++) {
        size_t count = points_of(points, 4 * ROWS, svg, " stroke-width=\"1.5\"", s);
        assert_int_equal(count, ROWS);
        for (size_t i = 0; i < count; i++) {
            highest = fmin(highest, points[i][1]);
        }
    }
    for (size_t s = 0; s < SERIES; s++) {
        const char *text = strstr(svg, label[s]);
        assert_non_null(text);
        const char *y_at = text;
        while (strncmp(y_at, " y=\"", 4) != 0) {
            y_at--;
        }
        assert_true(atof(y_at + 4) < highest);
    }
    free(svg);
}

static void no_data_is_said(void **state) {
    (void)state;
    double nothing[] = {NAN, NAN, INFINITY};
    sw_plot_series list[] = {{"n", three_x, nothing, NULL, 3}};
    static const char *const kinds[] = {"lines",  "steps",           "bars",
                                        "points", "points and line", "fields"};
    for (size_t k = 0; k < 6; k++) {
        for (int variant = 0; variant < 4; variant++) {
            sw_plot_description plot = {.title = "t",
                                        .x_label = "x",
                                        .y_label = "y",
                                        .kind = kinds[k],
                                        .series = variant & 1,
                                        .list = list};
            plot.log_y = variant & 2;
            char *svg = draw_svg(&plot);
            assert_non_null(strstr(svg, ">no data</text>"));
            free(svg);
        }
    }
    double negative[] = {-1, 0, -3};
    list[0].y = negative;
    sw_plot_description plot = {.title = "t",
                                .x_label = "x",
                                .y_label = "y",
                                .kind = "lines",
                                .log_y = true,
                                .series = 1,
                                .list = list};
    char *svg = draw_svg(&plot);
    assert_non_null(strstr(svg, ">no data</text>"));
    free(svg);
}

static size_t times(const char *text, const char *word) {
    size_t count = 0;
    for (; (text = strstr(text, word)); text++)
        count++;
    return count;
}

/* Points of all series but the last, which is a line of as many places. */
static void a_line_beside_points(void **state) {
    (void)state;
    double measured[] = {1, NAN, 3}, curve[] = {1, 2, 2.5};
    sw_plot_series list[] = {{"measured", three_x, measured, NULL, 3},
                             {"model", three_x, curve, NULL, 3}};
    sw_plot_description plot = {
        .x_label = "x", .y_label = "y", .kind = "points", .series = 2, .list = list};
    char *points = draw_svg(&plot);
    plot.kind = "points and line";
    char *both = draw_svg(&plot);
    assert_int_equal(times(points, "<circle"), 5 + 2); /* those of the legend, too */
    assert_true(times(both, "<circle") < times(points, "<circle"));
    assert_true(times(both, "<path") + times(both, "<polyline") >
                times(points, "<path") + times(points, "<polyline"));
    free(points);
    free(both);
}

static void extreme_numbers_stay_in_the_figure(void **state) {
    (void)state;
    static const double sets[][3] = {{1e300, -1e300, 0},
                                     {5e-324, 0, 1e-310},
                                     {1, 1, 1},
                                     {0, 0, 1e300},
                                     {1e15, 1e15 + 1, 1e15 + 2}};
    static const char *const kinds[] = {"lines",  "steps",           "bars",
                                        "points", "points and line", "fields"};
    for (size_t i = 0; i < sizeof sets / sizeof sets[0] * 12; i++) {
        sw_plot_series list[] = {{"n", three_x, sets[i / 12], NULL, 3}};
        sw_plot_description plot = {.title = "t",
                                    .x_label = "x",
                                    .y_label = "y [s]",
                                    .kind = kinds[i % 6],
                                    .log_y = i / 6 % 2,
                                    .series = 1,
                                    .list = list};
        char *svg = draw_svg(&plot);
        assert_null(strstr(svg, "nan"));
        assert_null(strstr(svg, "inf"));
        double points[64][2];
        size_t lines = occurrences(svg, "<polyline");
        for (size_t n = 0; n < lines; n++) {
            size_t count = points_of(points, 64, svg, "<polyline", n);
            for (size_t p = 0; p < count; p++) {
                assert_true(points[p][0] >= -1 && points[p][0] <= 401);
                assert_true(points[p][1] >= -1 && points[p][1] <= 271);
            }
        }
        free(svg);
    }
}

/* A spike of one point among 200 000 must survive the thinning. */
static void thinning_keeps_the_extremes(void **state) {
    (void)state;
    enum { COUNT = 200000 };
    double *x = calloc(COUNT, sizeof *x), *y = calloc(COUNT, sizeof *y);
    assert_true(x != NULL && y != NULL);
    for (size_t i = 0; i < COUNT; i++) {
        x[i] = (double)i;
        y[i] = i == 123457 ? 100 : 0;
    }
    sw_plot_series list[] = {{"y", x, y, NULL, COUNT}};
    sw_plot_description plot = {
        .title = "", .x_label = "x", .y_label = "y", .kind = "lines", .series = 1, .list = list};
    char *svg = draw_svg(&plot);
    assert_true(strlen(svg) < 60000);
    static double points[8000][2];
    size_t count = points_of(points, 8000, svg, "<polyline class=\"line s0\"", 0);
    double top = INFINITY, bottom = -INFINITY;
    for (size_t i = 0; i < count; i++) {
        top = fmin(top, points[i][1]);
        bottom = fmax(bottom, points[i][1]);
    }
    assert_true(bottom - top > 150);
    free(svg);
    free(x);
    free(y);
}

static void pdf_and_png_are_what_they_say(void **state) {
    (void)state;
    double y[] = {1, 2, 3};
    sw_plot_series list[] = {{"µ <n> ⁻³", three_x, y, NULL, 3}};
    sw_plot_description plot = {.title = "bad \xff byte",
                                .x_label = "x",
                                .y_label = "y",
                                .kind = "steps",
                                .series = 1,
                                .list = list};
    size_t size;
    char *pdf = draw(&plot, SW_FIGURE_PDF, &size);
    assert_true(size > 500 && memcmp(pdf, "%PDF-", 5) == 0);
    free(pdf);
    char *png = draw(&plot, SW_FIGURE_PNG, &size);
    static const unsigned char head[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    assert_true(size > 500 && memcmp(png, head, sizeof head) == 0);
    /* width of the header chunk: 400 points at 300 dots per inch */
    const unsigned char *width = (const unsigned char *)png + 16;
    assert_int_equal(width[2] << 8 | width[3], 1667);
    free(png);
}

/* Of fields the frame is the data's own, all lines have one colour, and texts stand in their
 * places.
 */
static void fields_have_texts(void **state) {
    (void)state;
    double y[] = {0.3, 2.0, 9.7};
    const sw_plot_text texts[] = {{0.5, 5.0, "fcc & bcc"}, {NAN, 5.0, "nowhere"}};
    sw_plot_series list[] = {{"edge", three_x, y, NULL, 3}};
    sw_plot_description plot = {.title = "",
                                .x_label = "x",
                                .y_label = "y",
                                .kind = "fields",
                                .series = 1,
                                .list = list,
                                .texts = 2,
                                .text = texts};
    char *svg = draw_svg(&plot);
    double line[8][2], x = 0, height = 0;
    assert_null(strstr(svg, "class=\"line s0\""));
    assert_null(strstr(svg, "nowhere"));
    assert_null(strstr(svg, ">edge</text>"));
    assert_int_equal(points_of(line, 8, svg, "stroke-width=\"1\"", 0), 3);
    const char *text = strstr(svg, ">fcc &amp; bcc</text>");
    assert_non_null(text);
    while (text > svg && *text != '<') {
        text--;
    }
    x = atof(strstr(text, " x=\"") + 4);
    height = atof(strstr(text, " y=\"") + 4);
    assert_true(fabs(x - (line[0][0] + 0.25 * (line[2][0] - line[0][0]))) < 0.1);
    /* the baseline is a little below the middle */
    const double middle = line[0][1] + (5.0 - 0.3) / (9.7 - 0.3) * (line[2][1] - line[0][1]);
    assert_true(height > middle && height < middle + 8);
    free(svg);
}

static void wrong_arguments_are_refused(void **state) {
    (void)state;
    unsigned char *bytes;
    size_t size;
    sw_error error = {0};
    sw_plot_series bad = {NULL, three_x, three_x, NULL, 3};
    sw_plot_description plot = {.title = "t", .kind = "pie"};
    assert_int_equal(sw_plot_draw(&bytes, &size, &plot, SW_FIGURE_SVG, 400, 270, &error),
                     SW_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "pie"));
    assert_null(bytes);
    plot.kind = "lines";
    assert_int_equal(sw_plot_draw(&bytes, &size, &plot, SW_FIGURE_SVG, NAN, 270, &error),
                     SW_ERROR_ARGUMENT);
    plot.series = 1;
    plot.list = &bad;
    assert_int_equal(sw_plot_draw(&bytes, &size, &plot, SW_FIGURE_SVG, 400, 270, &error),
                     SW_ERROR_ARGUMENT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_appear_escaped),
        cmocka_unit_test(bar_heights_are_proportional),
        cmocka_unit_test(a_line_passes_through_its_numbers),
        cmocka_unit_test(a_band_reaches_its_spread),
        cmocka_unit_test(a_single_line_is_named),
        cmocka_unit_test(the_legend_is_never_on_the_data),
        cmocka_unit_test(no_data_is_said),
        cmocka_unit_test(a_line_beside_points),
        cmocka_unit_test(extreme_numbers_stay_in_the_figure),
        cmocka_unit_test(thinning_keeps_the_extremes),
        cmocka_unit_test(pdf_and_png_are_what_they_say),
        cmocka_unit_test(fields_have_texts),
        cmocka_unit_test(wrong_arguments_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
