/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which columns of the lattice simulator's tables belong in which plot. The names of phases, gases
 * and the supply are the model's own, so the list is put together when a lattice is made.
 */
#include "lattice/observer.h"
#include "lattice/series.h"

#include <stdio.h>

static void begin(sw_plot_list *list, const char *title, const char *table, const char *x,
                  const char *y_label, const char *kind, const char *help) {
    sw_plot_list_begin(list, (sw_plot){.title = title,
                                       .table = table,
                                       .x = x,
                                       .y_label = y_label,
                                       .kind = kind,
                                       .help = help});
}

static void add_column(sw_plot_list *list, const char *quantity) {
    sw_plot_list_add_column(list, NULL, quantity);
}

static void set_log_y(sw_plot_list *list) {
    if (!list->failed)
        list->plot[list->count - 1].log_y = true;
}

static void plot_phases(sw_plot_list *list, const sw_observe *observe) {
    static const char *const area[3] = {"area along x", "area along y", "area along z"};
    if (observe->phases == 0)
        return;
    begin(list, "Amounts of the phases", "series", "time", "sites", "lines",
          "Steady lines mean that reduction and oxidation keep pace.");
    for (size_t p = 0; p < observe->phases; p++)
        sw_plot_list_add_column(list, observe->phase[p].name, "sites");
    begin(list, "Projected areas", "series", "time", "projected area / nm2", "lines",
          "What a microscope would see along three axes; compare with the amounts.");
    for (size_t p = 0; p < observe->phases; p++)
        for (int axis = 0; axis < 3; axis++)
            sw_plot_list_add_column(list, observe->phase[p].name, area[axis]);
}

static void add_coverage(sw_plot_list *list, const char *species, const char *kind) {
    char quantity[96];
    snprintf(quantity, sizeof quantity, "on %s", kind);
    sw_plot_list_add_column(list, species, quantity);
}

static void plot_coverages(sw_plot_list *list, const sw_lattice_model *model) {
    if (model->observe.phases > 0)
        return;
    begin(list, "Coverages", "series", "time", "share of sites", "lines",
          "How many of the sites of a kind hold a species.");
    for (size_t s = 1; s < model->species_count; s++)
        for (size_t kind = 0; kind < model->frame.kinds; kind++)
            if (SW_IN(model->species[s].kinds, kind))
                add_coverage(list, model->species[s].name, model->frame.kind_names[kind]);
}

static void plot_turnover(sw_plot_list *list, const sw_lattice_model *model) {
    bool begun = false;
    for (size_t g = 0; g < model->gas.species; g++) {
        if (!sw_observer_turns_over(model, g))
            continue;
        if (!begun)
            begin(list, "Turnover", "series", "time", "molecules per site / (1/s)", "lines",
                  "Molecules made (above zero) and used (below) per site and second, between two "
                  "observations.");
        begun = true;
        sw_plot_list_add_column(list, model->gas.list[g].name, "turnover");
    }
}

static void plot_tracers(sw_plot_list *list, const sw_lattice_model *model) {
    if (!model->observe.tracers)
        return;
    begin(list, "Tracer displacement", "series", "time", "squared distance / nm2", "lines",
          "Mean squared displacement of the tracers, and the sum of the squares of their hops; "
          "their ratio is the correlation factor.");
    for (size_t s = 1; s < model->species_count; s++)
        if (SW_IN(model->observe.tracers, s)) {
            sw_plot_list_add_column(list, model->species[s].name, "squared displacement");
            sw_plot_list_add_column(list, model->species[s].name, "squared hops");
        }
}

static void plot_order(sw_plot_list *list, const sw_observe *observe) {
    if (!observe->order[0])
        return;
    begin(list, "Order parameter", "series", "time", "order parameter", "lines",
          "Share of the first species less that of the second.");
    add_column(list, "order");
}

static void plot_exchange(sw_plot_list *list, const sw_observe *observe) {
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

static void plot_particle(sw_plot_list *list, bool interface) {
    begin(list, "Particle displacement", "series", "time", "distance / nm", "lines",
          "Straight distance from the start, and the way gone.");
    add_column(list, "particle displacement");
    add_column(list, "particle path");
    begin(list, "Velocities", "series", "time", "velocity / (nm/s)", "lines",
          "Shift of the particle's centre and of the interface between two observations; jitter of "
          "single atoms is part of both.");
    add_column(list, "particle velocity");
    if (interface)
        add_column(list, "interface velocity");
    set_log_y(list);
    begin(list, "Core atoms", "series", "time", "atoms", "lines",
          "A gap means that atoms of the particle's core are buried or lost in the oxide.");
    add_column(list, "core atoms");
    add_column(list, "core atoms in metal");
}

static void plot_surroundings(sw_plot_list *list, const sw_lattice_model *model) {
    if (model->gas.species > 0) {
        begin(list, "Gas", "series", "time", "pressure / bar", "lines",
              "Held by the reservoir, or balanced by the stirred reactor.");
        for (size_t g = 0; g < model->gas.species; g++)
            sw_plot_list_add_column(list, model->gas.list[g].name, "pressure");
        set_log_y(list);
    }
    if (!model->supply.present)
        return;
    begin(list, "Supply", "series", "time", "(inventory / equilibrium)^2", "lines",
          "1 means in equilibrium with the gas; below it arrival limits.");
    sw_plot_list_add_column(list, model->supply.name, "saturation");
}

static void plot_acceleration(sw_plot_list *list, const sw_acceleration *acceleration) {
    if (acceleration->scaling.present) {
        begin(list, "Scaling", "series", "time", "relative error", "lines",
              "By which share populations may lag behind their equilibrium because fast processes "
              "are slowed, and how far these are out of balance.");
        add_column(list, "scaling error");
        add_column(list, "scaling imbalance");
    }
    if (!acceleration->scaling.present && !acceleration->superbasin.present)
        return;
    begin(list, "Gain", "series", "time", "events stood for / events done", "lines",
          "What the acceleration is worth: 1 is nothing.");
    add_column(list, acceleration->scaling.present ? "scaling gain" : "superbasin gain");
    set_log_y(list);
}

sw_status sw_plots_compose(sw_plot_list *list, const sw_lattice_model *model) {
    sw_plot_list_clear(list);
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
    plot_acceleration(list, &model->run.acceleration);
    begin(list, "Progress", "series", "time", "events", "lines",
          "Events against simulated time; a steeper line is a busier surface.");
    add_column(list, "events");
    return sw_plot_list_finish(list);
}

size_t sw_lattice_plots(const sw_lattice *lattice, const sw_plot **plots) {
    *plots = lattice->observer->plots.plot;
    return lattice->observer->plots.count;
}
