/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which columns of the lattice simulator's tables belong in which plot. The names of phases, gases
 * and the supply are the model's own, so the list is put together when a lattice is made.
 */
#include "lattice/series.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* The next plot; its columns are still to be added. */
static sw_plot *begin(sw_plot_list *list, const char *title, const char *table, const char *x,
                      const char *y_label, const char *kind, const char *help)
{
    if (list->count == SW_PLOT_LIMIT)
        return NULL;
    char *columns = list->columns[list->count];
    sw_plot *plot = &list->plot[list->count++];
    columns[0] = '\0';
    *plot = (sw_plot){title, table, x, columns, y_label, kind, help, false};
    return plot;
}

static void add_column(sw_plot_list *list, const char *format, ...) SW_PRINTF(2, 3);

static void add_column(sw_plot_list *list, const char *format, ...)
{
    char *columns = list->columns[list->count - 1];
    size_t used = strlen(columns);
    va_list arguments;
    va_start(arguments, format);
    if (used > 0 && used + 1 < SW_PLOT_TEXT)
        columns[used++] = ',';
    vsnprintf(columns + used, SW_PLOT_TEXT - used, format, arguments);
    va_end(arguments);
}

static void plot_phases(sw_plot_list *list, const sw_observe *observe)
{
    static const char axis_name[3] = {'x', 'y', 'z'};
    if (observe->phases == 0)
        return;
    begin(list, "Amounts of the phases", "series", "time", "sites", "lines",
          "Steady lines mean that reduction and oxidation keep pace.");
    for (size_t p = 0; p < observe->phases; p++)
        add_column(list, "%s sites", observe->phase[p].name);
    begin(list, "Projected areas", "series", "time", "projected area / nm2", "lines",
          "What a microscope would see along three axes; compare with the amounts.");
    for (size_t p = 0; p < observe->phases; p++)
        for (int axis = 0; axis < 3; axis++)
            add_column(list, "%s area along %c", observe->phase[p].name, axis_name[axis]);
}

static void plot_coverages(sw_plot_list *list, const sw_lattice_model *model)
{
    if (model->observe.phases > 0)
        return;
    begin(list, "Coverages", "series", "time", "share of sites", "lines",
          "How many of the sites of a kind hold a species.");
    for (size_t s = 1; s < model->species_count; s++)
        for (size_t kind = 0; kind < model->frame.kinds; kind++)
            if (SW_IN(model->species[s].kinds, kind))
                add_column(list, "%s on %s", model->species[s].name,
                           model->frame.kind_names[kind]);
}

static void plot_turnover(sw_plot_list *list, const sw_lattice_model *model)
{
    bool begun = false;
    for (size_t g = 0; g < model->gas.species; g++) {
        if (!sw_observer_turns_over(model, g))
            continue;
        if (!begun)
            begin(list, "Turnover", "series", "time", "molecules per site / (1/s)", "lines",
                  "Molecules made (above zero) and used (below) per site and second, between two "
                  "observations.");
        begun = true;
        add_column(list, "%s turnover", model->gas.list[g].name);
    }
}

static void plot_tracers(sw_plot_list *list, const sw_lattice_model *model)
{
    if (!model->observe.tracers)
        return;
    begin(list, "Tracer displacement", "series", "time", "squared distance / nm2", "lines",
          "Mean squared displacement of the tracers, and the sum of the squares of their hops; "
          "their ratio is the correlation factor.");
    for (size_t s = 1; s < model->species_count; s++)
        if (SW_IN(model->observe.tracers, s)) {
            add_column(list, "%s squared displacement", model->species[s].name);
            add_column(list, "%s squared hops", model->species[s].name);
        }
}

static void plot_order(sw_plot_list *list, const sw_observe *observe)
{
    if (!observe->order[0])
        return;
    begin(list, "Order parameter", "series", "time", "order parameter", "lines",
          "Share of the first species less that of the second.");
    add_column(list, "order");
}

static void plot_exchange(sw_plot_list *list, const sw_observe *observe)
{
    begin(list, "Where atoms leave and enter", "exchange", "distance", "atoms", "bars",
          "Removal and insertion against distance to the particle's core; two separate humps mean "
          "two separate sites.");
    add_column(list, "inserted");
    add_column(list, "removed");
    begin(list, "Net exchange", "exchange", "distance", "inserted minus removed", "bars",
          "Below zero the oxide is etched, above zero it grows.");
    add_column(list, "net");
    if (observe->product_gas >= 0 || observe->oxidant_gas >= 0)
        begin(list, "Product and oxidant", "series", "time", "rate / (1/s)", "lines",
              "Molecules made and used between two observations, by this one particle.");
    if (observe->product_gas >= 0)
        add_column(list, "product rate");
    if (observe->oxidant_gas >= 0)
        add_column(list, "oxidant rate");
    begin(list, "Loop share", "series", "time", "share of atoms taken", "lines",
          "Lattice atoms taken from the oxide or its interface over all taken; near 0 the product "
          "is made on the metal alone.");
    add_column(list, "loop share");
    begin(list, "Surface atoms by coordination", "coordination", "neighbours", "atoms", "bars",
          "Neighbours of each exchangeable atom that the gas reaches, at the end.");
    add_column(list, "surface oxygen");
}

static void plot_particle(sw_plot_list *list, bool interface)
{
    begin(list, "Particle displacement", "series", "time", "distance / nm", "lines",
          "Straight distance from the start, and the way gone.");
    add_column(list, "particle displacement");
    add_column(list, "particle path");
    sw_plot *velocity = begin(list, "Velocities", "series", "time", "velocity / (nm/s)", "lines",
                              "Shift of the particle's centre and of the interface between two "
                              "observations; jitter of single atoms is part of both.");
    add_column(list, "particle velocity");
    if (interface)
        add_column(list, "interface velocity");
    if (velocity)
        velocity->log_y = true;
    begin(list, "Core atoms", "series", "time", "atoms", "lines",
          "A gap means that atoms of the particle's core are buried or lost in the oxide.");
    add_column(list, "core atoms");
    add_column(list, "core atoms in metal");
}

static void plot_surroundings(sw_plot_list *list, const sw_lattice_model *model)
{
    if (model->gas.species > 0) {
        sw_plot *gas = begin(list, "Gas", "series", "time", "pressure / bar", "lines",
                             "Held by the reservoir, or balanced by the stirred reactor.");
        for (size_t g = 0; g < model->gas.species; g++)
            add_column(list, "%s pressure", model->gas.list[g].name);
        if (gas)
            gas->log_y = true;
    }
    if (!model->supply.present)
        return;
    begin(list, "Supply", "series", "time", "(inventory / equilibrium)^2", "lines",
          "1 means in equilibrium with the gas; below it arrival limits.");
    add_column(list, "%s saturation", model->supply.name);
}

void sw_plots_compose(sw_plot_list *list, const sw_lattice_model *model)
{
    list->count = 0;
    plot_phases(list, &model->observe);
    plot_coverages(list, model);
    plot_order(list, &model->observe);
    plot_turnover(list, model);
    plot_tracers(list, model);
    if (model->observe.exchanged)
        plot_exchange(list, &model->observe);
    if (model->observe.core)
        plot_particle(list, sw_observer_sees_interface(model));
    plot_surroundings(list, model);
    begin(list, "Progress", "series", "time", "events", "lines",
          "Events against simulated time; a steeper line is a busier surface.");
    add_column(list, "events");
}

size_t sw_lattice_plots(const sw_lattice *lattice, const sw_plot **plots)
{
    *plots = lattice->observer->plots.plot;
    return lattice->observer->plots.count;
}
