/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Report room: draws what is in a run folder, knowing nothing of the simulator that made it.
 */
#ifndef SPILLWAY_REPORT_H
#define SPILLWAY_REPORT_H

#include <spillway/data.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One line, band or bar series of a plot. Arrays of `count` numbers; NaN breaks the line. */
typedef struct sw_plot_series {
    const char *label;
    const double *x, *y;
    const double *spread; /* half-width of the interval, or NULL */
    size_t count;
} sw_plot_series;

/* A text in the middle of a place of a plot. */
typedef struct sw_plot_text {
    double x, y;
    const char *text;
} sw_plot_text;

typedef struct sw_plot_description {
    const char *title, *x_label, *y_label; /* labels with units: "time / us" */
    /* "lines", "steps", "bars", "points", "points and line": the last series is the line, or
     * "fields": lines of one colour and texts */
    const char *kind;
    bool log_y;
    double log_floor; /* of log_y: values at or below it are not drawn; never those below zero */
    size_t series;
    const sw_plot_series *list;
    /* Names for x = 0, 1, ... of a bar plot, or NULL where x is a number. */
    size_t categories;
    const char *const *category;
    size_t texts; /* of fields */
    const sw_plot_text *text;
} sw_plot_description;

typedef enum sw_figure_format { SW_FIGURE_SVG, SW_FIGURE_PDF, SW_FIGURE_PNG } sw_figure_format;

/* Draws one plot; the bytes belong to the caller (free). Width and height in points (1/72 in). */
SW_API SW_MUST_USE sw_status sw_plot_draw(unsigned char **bytes, size_t *size,
                                          const sw_plot_description *plot, sw_figure_format format,
                                          double width, double height, sw_error *error);

/* Writes FOLDER/report.html (self-contained) from the files of a run folder; *path, where not
 * NULL, receives its path (free). figures: also FOLDER/figures/NAME.{svg,pdf,png}. */
SW_API SW_MUST_USE sw_status sw_report(char **path, const char *folder, bool figures,
                                       sw_context *context, sw_error *error);

#ifdef __cplusplus
}
#endif
#endif
