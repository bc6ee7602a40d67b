/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plots of the page, and the same as files. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <spillway/io.h>

#include "report/page.h"
#include "report/table_plot.h"

/* Points. On the page a figure fills its column; the proportions are the same. */
static const double figure_width = 400, figure_height = 270;
static const size_t most_plots = 60;

/* "03-oxygen-exchange" */
static void file_name(char *name, size_t size, size_t number, const char *title) {
    int used = snprintf(name, size, "%02zu-", number + 1);
    size_t length = used > 0 ? (size_t)used : 0;
    for (const char *c = title; *c != '\0' && length + 1 < size; c++) {
        bool plain = isascii(*c) && isalnum((unsigned char)*c);
        if (plain || name[length - 1] != '-') {
            name[length++] = plain ? (char)tolower((unsigned char)*c) : '-';
        }
    }
    while (length > 0 && name[length - 1] == '-') {
        length--;
    }
    name[length] = '\0';
}

static sw_status make_folder(const char *path, sw_error *error) {
    if (mkdir(path, 0777) != 0 && errno != EEXIST) {
        return sw_error_set(error, SW_ERROR_FILE, path, "check that the folder can be written",
                            "could not make the folder: %s", strerror(errno));
    }
    return SW_OK;
}

static sw_status write_figure(const sw_run_folder *folder, const sw_plot_description *plot,
                              size_t number, sw_figure_format format, sw_error *error) {
    static const char *const endings[] = {"svg", "pdf", "png"};
    char name[64], file[96];
    unsigned char *bytes = NULL;
    size_t size = 0;
    file_name(name, sizeof name, number, plot->title);
    snprintf(file, sizeof file, "figures/%s.%s", name, endings[format]);
    char *path = sw_run_folder_file(folder->path, file);
    if (path == NULL) {
        return sw_error_set(error, SW_ERROR_MEMORY, file, NULL, "not enough memory for a path");
    }
    sw_status status =
        sw_plot_draw(&bytes, &size, plot, format, figure_width, figure_height + 16, error);
    if (status == SW_OK) {
        status = sw_replace_file(path, bytes, size, error);
    }
    free(bytes);
    free(path);
    return status;
}

static sw_status write_figures(const sw_run_folder *folder, const sw_plot_description *plot,
                               size_t number, sw_error *error) {
    char *path = sw_run_folder_file(folder->path, "figures");
    sw_status status = path != NULL ? make_folder(path, error) : SW_ERROR_MEMORY;
    for (int format = SW_FIGURE_SVG; status == SW_OK && format <= SW_FIGURE_PNG; format++) {
        status = write_figure(folder, plot, number, (sw_figure_format)format, error);
    }
    free(path);
    return status;
}

static void add_caption(sw_writer *out, const sw_table_plot *made, const json_t *wanted) {
    const char *help = sw_json_text(wanted, "help");
    size_t length = strlen(help);
    sw_writer_add(out, "<figcaption>");
    sw_writer_escaped(out, help);
    if (length > 0 && strchr(".!?", help[length - 1]) == NULL) {
        sw_writer_add(out, ".");
    }
    if (made->has_spread) {
        sw_writer_add(out, strcmp(made->plot.kind, "bars") == 0
                               ? " Whiskers: 95 % confidence interval."
                               : " Bands: 95 % confidence interval.");
    }
    if (made->plot.log_y) {
        sw_writer_add(out, " Logarithmic scale; values of zero, or below 10<sup>−12</sup> of the "
                           "largest, are not shown");
        if (made->left_out[0] != '\0') {
            sw_writer_add(out, ": ");
            sw_writer_escaped(out, made->left_out);
        }
        sw_writer_add(out, ".");
    }
    sw_writer_add(out, "</figcaption>");
}

static sw_status add_plot(sw_writer *out, const sw_table_plot *made, const json_t *wanted,
                          sw_error *error) {
    unsigned char *svg = NULL;
    size_t size = 0;
    sw_plot_description untitled = made->plot;
    untitled.title = ""; /* the heading above it says it */
    sw_status status =
        sw_plot_draw(&svg, &size, &untitled, SW_FIGURE_SVG, figure_width, figure_height, error);
    if (status == SW_OK) {
        sw_writer_add(out, "<figure><h3>");
        sw_writer_escaped(out, made->plot.title);
        sw_writer_add(out, "</h3>\n");
        sw_writer_bytes(out, svg, size);
        add_caption(out, made, wanted);
        sw_writer_add(out, "</figure>\n");
    }
    free(svg);
    return status;
}

static sw_status add_plots(sw_writer *out, sw_run_folder *folder, const json_t *list, bool figures,
                           sw_error *error) {
    sw_status status = SW_OK;
    for (size_t i = 0; status == SW_OK && i < json_array_size(list) && i < most_plots; i++) {
        const json_t *wanted = json_array_get(list, i);
        sw_table_plot made;
        status = sw_table_plot_make(&made, folder, wanted, error);
        if (status == SW_OK) {
            status = add_plot(out, &made, wanted, error);
        }
        if (status == SW_OK && figures) {
            status = write_figures(folder, &made.plot, i, error);
        }
        sw_table_plot_clear(&made);
    }
    return status;
}

sw_status sw_page_plots(sw_writer *out, sw_run_folder *folder, bool figures, sw_error *error) {
    json_t *list = folder->plots != NULL ? json_incref(folder->plots) : NULL;
    if (list == NULL) {
        list = sw_table_plot_defaults(folder);
        sw_run_folder_note(folder, "There is no plots.json that can be used: %s",
                           json_array_size(list) > 0
                               ? "the columns of series.csv are drawn one by one."
                               : "there are no plots.");
    }
    sw_status status = SW_OK;
    if (json_array_size(list) > 0) {
        sw_writer_add(out, "<section><h2>Plots</h2>\n<div class=\"plots\">\n");
        status = add_plots(out, folder, list, figures, error);
        sw_writer_add(out, "</div></section>\n");
    }
    json_decref(list);
    return status;
}
