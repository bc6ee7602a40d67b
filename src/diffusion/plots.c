/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diffusion/plots.h"

#include "diffusion/profiles.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define MATRIX 3 /* elements of which all coefficients are drawn */

/* Adds a name to a list of columns. */
static void add_name(char *list, const char *format, ...) SW_PRINTF(2, 3);
static void add_name(char *list, const char *format, ...) {
    size_t length = strlen(list);
    va_list arguments;
    if (length > 0 && length + 1 < SW_DIFFUSION_TEXT)
        list[length++] = ',';
    va_start(arguments, format);
    vsnprintf(list + length, SW_DIFFUSION_TEXT - length, format, arguments);
    va_end(arguments);
}

/* A plot with what it has as its own text; its list of columns is still empty. */
static char *add_plot(sw_diffusion_plots *plots, sw_plot plot) {
    char *title = plots->title[plots->count], *y = plots->y[plots->count];
    snprintf(title, sizeof plots->title[0], "%s", plot.title);
    plot.title = title;
    plot.y = y;
    plot.kind = "lines";
    plots->plot[plots->count++] = plot;
    return y;
}

static void add_profiles(sw_diffusion_plots *plots, const sw_diffusion_alloy *alloy, size_t element,
                         size_t phases) {
    char title[SW_DIFFUSION_TEXT / 4], name[SW_PROFILE_NAME];
    snprintf(title, sizeof title, "%.31s across the couple", alloy->name[element]);
    char *y = add_plot(
        plots,
        (sw_plot){.title = title,
                  .table = "profiles",
                  .x = "position",
                  .y_label = alloy->name[element],
                  .help = phases == 1 ? "At shares of the time of the run."
                                      : "At shares of the time of the run; a step is a boundary "
                                        "between two phases."});
    for (size_t t = 0; t < SW_PROFILE_TIMES; t++) {
        sw_profiles_name(name, alloy->name[element], t);
        add_name(y, "%s", name);
    }
}

static void add_course(sw_diffusion_plots *plots, const sw_diffusion_alloy *alloy, bool mixed) {
    char *y = add_plot(plots, (sw_plot){.title = "Lowest and highest composition",
                                        .table = "series",
                                        .x = "time",
                                        .y_label = "composition",
                                        .help = "Both of an element meet where the couple is "
                                                "homogeneous."});
    for (size_t e = mixed ? 0 : 1; e < alloy->elements; e++)
        add_name(y, "lowest %s,highest %s", alloy->name[e], alloy->name[e]);
    y = add_plot(plots, (sw_plot){.title = "Spread of composition",
                                  .table = "series",
                                  .x = "time",
                                  .y_label = "spread",
                                  .log_y = true,
                                  .help = "Straight where only the slowest mode is left."});
    add_name(y, "spread");
}

static void add_binary_coefficients(sw_diffusion_plots *plots, const sw_diffusion_alloy *alloy) {
    char *y = add_plot(plots, (sw_plot){.title = "Diffusion coefficients",
                                        .table = "alloy",
                                        .x = alloy->name[1],
                                        .y_label = "diffusion coefficient",
                                        .log_y = true,
                                        .help = "Of the first phase at the last temperature."});
    add_name(y, "%s tracer,%s tracer,interdiffusion", alloy->name[0], alloy->name[1]);
}

/* What only several elements have: all of them at the end, the path, fluxes, and the matrix. */
static void add_composition(sw_diffusion_plots *plots, const sw_diffusion_alloy *alloy) {
    char *y = add_plot(plots, (sw_plot){.title = "All elements at the end",
                                        .table = "profile",
                                        .x = "position",
                                        .y_label = "composition",
                                        .help = "In the cells, when the run ended."});
    for (size_t e = 0; e < alloy->elements; e++)
        add_name(y, "%s", alloy->name[e]);
    if (alloy->elements != 3)
        return;
    y = add_plot(plots, (sw_plot){.title = "Diffusion path",
                                  .table = "profile",
                                  .x = alloy->name[1],
                                  .y_label = alloy->name[2],
                                  .help = "The compositions from one end to the other. A path that "
                                          "bends away from the straight line shows the "
                                          "different speeds of the elements."});
    add_name(y, "%s", alloy->name[2]);
}

static void add_fluxes(sw_diffusion_plots *plots, const sw_diffusion_alloy *alloy, size_t markers) {
    char *y = add_plot(plots, (sw_plot){.title = "Fluxes at the end",
                                        .table = "fluxes",
                                        .x = "position",
                                        .y_label = "flux over density",
                                        .help = "Atoms through an area in a time, over atoms in a "
                                                "volume (without interstitials), against fixed "
                                                "volume. An element does "
                                                "not flow where its line crosses zero (a "
                                                "zero-flux plane)."});
    for (size_t e = 0; e < alloy->elements; e++)
        add_name(y, "%s", alloy->name[e]);
    if (markers == 0)
        return;
    y = add_plot(plots, (sw_plot){.title = "Movement of markers",
                                  .table = "series",
                                  .x = "time",
                                  .y_label = "shift",
                                  .help = "Of planes of the lattice that lay where two regions met "
                                          "(Kirkendall)."});
    for (size_t i = 0; i < markers; i++) {
        char name[SW_DIFFUSION_NAME];
        sw_diffusion_marker_name(name, i, markers);
        add_name(y, "%s", name);
    }
}

static void add_matrix(sw_diffusion_plots *plots, const sw_diffusion_alloy *alloy) {
    static const char along[] = "At the last temperature, on the straight line between the "
                                "compositions of two regions.";
    char *y = add_plot(plots, (sw_plot){.title = "Tracer diffusion coefficients",
                                        .table = "alloy",
                                        .x = "share of the way",
                                        .y_label = "tracer diffusion coefficient",
                                        .log_y = true,
                                        .help = along});
    for (size_t e = 0; e < alloy->elements; e++)
        add_name(y, "%s tracer", alloy->name[e]);
    if (alloy->elements > MATRIX)
        return;
    y = add_plot(plots, (sw_plot){.title = "Interdiffusion coefficients",
                                  .table = "alloy",
                                  .x = "share of the way",
                                  .y_label = "interdiffusion coefficient",
                                  .help = "D A-B: the flux of A that a gradient of B drives, the "
                                          "first element of the model taking its place. The same "
                                          "line as above."});
    for (size_t k = 1; k < alloy->elements; k++)
        for (size_t j = 1; j < alloy->elements; j++)
            add_name(y, "D %s-%s", alloy->name[k], alloy->name[j]);
}

void sw_diffusion_plots_make(sw_diffusion_plots *plots, const sw_diffusion_model *model, bool mixed,
                             size_t phases, size_t markers) {
    const sw_diffusion_alloy *alloy = &model->alloy;
    plots->count = 0;
    for (size_t e = mixed ? 0 : 1; e < alloy->elements; e++)
        add_profiles(plots, alloy, e, phases);
    if (mixed)
        add_composition(plots, alloy);
    add_course(plots, alloy, mixed);
    if (!mixed && model->front.present)
        return;
    if (!mixed) {
        add_binary_coefficients(plots, alloy);
        return;
    }
    add_fluxes(plots, alloy, markers);
    add_matrix(plots, alloy);
}

void sw_diffusion_marker_name(char name[SW_DIFFUSION_NAME], size_t marker, size_t markers) {
    if (markers == 1)
        snprintf(name, SW_DIFFUSION_NAME, "marker shift");
    else
        snprintf(name, SW_DIFFUSION_NAME, "marker %zu shift", marker + 1);
}
