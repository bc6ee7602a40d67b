/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The time series: a row is put together from what the model has; no column is empty by nature. */
#include "lattice/series.h"

#include "lattice/census.h"
#include "lattice/scaling.h"
#include "lattice/superbasin/superbasin.h"
#include "lattice/tracers.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define A_PER_NM 10.0

/* A row under construction: columns are filled in the order in which they are described. */
typedef struct writer {
    sw_table *table;
    size_t row, column;
    bool describing;
    sw_status status;
} writer;

static void put(writer *out, double value, const char *unit, const char *format, ...)
    SW_PRINTF(4, 5);

static void put(writer *out, double value, const char *unit, const char *format, ...) {
    if (out->status != SW_OK)
        return;
    if (out->describing) {
        char name[96];
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(name, sizeof name, format, arguments);
        va_end(arguments);
        out->status = sw_table_add_column(out->table, name, unit);
        return;
    }
    sw_table_numbers(out->table, out->column++)[out->row] = value;
}

/* ---- the row --------------------------------------------------------------------------------- */

static double distance_between(const double a[3], const double b[3]) {
    double square = 0.0;
    for (int d = 0; d < 3; d++)
        square += (a[d] - b[d]) * (a[d] - b[d]);
    return sqrt(square);
}

static void put_conditions(writer *out, const sw_lattice *lattice) {
    put(out, lattice->time, "s", "time");
    put(out, (double)lattice->events, "", "events");
    put(out, lattice->temperature, "K", "temperature");
    for (size_t g = 0; g < lattice->model->gas.species; g++)
        put(out, lattice->pressure[g] / SW_BAR, "bar", "%s pressure",
            lattice->model->gas.list[g].name);
}

static double share(double part, double rest) {
    return part + rest > 0.0 ? part / (part + rest) : NAN;
}

/* Share of the sites of a kind that hold a species, wherever it may sit. */
static void put_coverages(writer *out, const sw_lattice *lattice, const sw_census *found) {
    const sw_frame *frame = lattice->geometry.frame;
    for (size_t s = 1; s < lattice->model->species_count; s++)
        for (size_t kind = 0; kind < frame->kinds; kind++)
            if (SW_IN(lattice->model->species[s].kinds, kind))
                put(out, share(found->held[kind][s], found->sites[kind] - found->held[kind][s]), "",
                    "%s on %s", lattice->model->species[s].name, frame->kind_names[kind]);
}

static double sum_of_set(const sw_lattice *lattice, const sw_census *found, sw_species_set set) {
    double sum = 0.0;
    for (size_t s = 0; s < lattice->model->species_count; s++)
        sum += SW_IN(set, s) ? sw_census_atoms(found, s) : 0.0;
    return sum;
}

static void put_order(writer *out, const sw_lattice *lattice, const sw_census *found) {
    const sw_species_set *order = lattice->model->observe.order;
    if (!order[0])
        return;
    double first = sum_of_set(lattice, found, order[0]);
    double second = sum_of_set(lattice, found, order[1]);
    double difference = share(first, second) - share(second, first);
    put(out, difference, "", "order");
    put(out, fabs(difference), "", "order magnitude");
}

static void put_energy(writer *out, const sw_lattice *lattice) {
    const sw_energetics *energetics = &lattice->model->energetics;
    if (energetics->site_terms + energetics->pair_terms + energetics->cluster_terms +
            energetics->valence_terms ==
        0)
        return;
    double energy = out->describing ? 0.0 : sw_lattice_energy(lattice);
    put(out, energy / lattice->geometry.sites, "eV", "energy per site");
}

/* Where lattice atoms are exchanged, sites are bulk too and rates are given by particle. */
static void put_turnover(writer *out, const sw_lattice *lattice, double interval) {
    const sw_record *record = &lattice->observer->record;
    for (size_t g = 0; g < lattice->model->gas.species; g++) {
        if (!sw_observer_turns_over(lattice->model, g))
            continue;
        double made = sw_observer_molecules(lattice, g) - record->last_molecules[g];
        put(out, interval > 0.0 ? made / interval / lattice->geometry.sites : NAN, "1/s",
            "%s turnover", lattice->model->gas.list[g].name);
    }
}

static void put_tracers(writer *out, const sw_lattice *lattice) {
    for (size_t s = 1; s < lattice->model->species_count; s++) {
        sw_tracer_sums sums = {0};
        if (!SW_IN(lattice->model->observe.tracers, s))
            continue;
        const char *name = lattice->model->species[s].name;
        if (!out->describing)
            sw_tracers_sum(&sums, lattice, (int)s);
        double per_nm2 = sums.atoms * A_PER_NM * A_PER_NM;
        put(out, sums.atoms > 0.0 ? sums.square / per_nm2 : NAN, "nm2", "%s squared displacement",
            name);
        put(out, sums.atoms > 0.0 ? sums.hop_squares / per_nm2 : NAN, "nm2", "%s squared hops",
            name);
        put(out, sums.hop_squares > 0.0 ? sums.square / sums.hop_squares : NAN, "",
            "%s correlation factor", name);
    }
}

static void put_amounts(writer *out, const sw_lattice *lattice, const sw_census *found) {
    static const char axis_name[3] = {'x', 'y', 'z'};
    const sw_observe *observe = &lattice->model->observe;
    for (size_t s = 1; s < lattice->model->species_count; s++)
        put(out, sw_census_atoms(found, s), "", "%s atoms", lattice->model->species[s].name);
    put_coverages(out, lattice, found);
    for (size_t p = 0; p < observe->phases; p++)
        put(out, found->phase[p], "", "%s sites", observe->phase[p].name);
    for (size_t p = 0; p < observe->phases; p++)
        for (int axis = 0; axis < 3; axis++)
            put(out, found->area[p][axis], "nm2", "%s area along %c", observe->phase[p].name,
                axis_name[axis]);
}

static void put_particle(writer *out, const sw_lattice *lattice, const sw_census *found,
                         double interval) {
    const sw_record *record = &lattice->observer->record;
    if (!lattice->model->observe.core)
        return;
    static const char axis_name[3] = {'x', 'y', 'z'};
    put(out, found->core_atoms, "", "core atoms");
    put(out, found->core_in_metal, "", "core atoms in metal");
    for (int d = 0; d < 3; d++)
        put(out, found->core_found ? found->core[d] / A_PER_NM : NAN, "nm", "particle %c",
            axis_name[d]);
    double travelled = found->core_found && record->started
                           ? distance_between(found->core, record->core_start) / A_PER_NM
                           : 0.0;
    put(out, travelled, "nm", "particle displacement");
    put(out, record->path / A_PER_NM, "nm", "particle path");
    double moved = distance_between(found->core, record->last_core) / A_PER_NM;
    put(out, interval > 0.0 && found->core_found ? moved / interval : NAN, "nm/s",
        "particle velocity");
}

static void put_interface(writer *out, const sw_lattice *lattice, const sw_census *found,
                          double interval) {
    static const char axis_name[3] = {'x', 'y', 'z'};
    if (!sw_observer_sees_interface(lattice->model))
        return;
    for (int d = 0; d < 3; d++)
        put(out, found->interface[d] / A_PER_NM, "nm", "interface %c", axis_name[d]);
    put(out, found->interface_atoms, "", "interface oxygen");
    double shift =
        distance_between(found->interface, lattice->observer->record.last_interface) / A_PER_NM;
    put(out, interval > 0.0 ? shift / interval : NAN, "nm/s", "interface velocity");
}

static void put_exchange(writer *out, const sw_lattice *lattice, const sw_census *found,
                         double interval) {
    const sw_record *record = &lattice->observer->record;
    const sw_observe *observe = &lattice->model->observe;
    bool timed = interval > 0.0;
    if (observe->product_gas >= 0)
        put(out, timed ? (record->product - record->last_product) / interval : NAN, "1/s",
            "product rate");
    if (observe->oxidant_gas >= 0)
        put(out, timed ? (record->oxidant - record->last_oxidant) / interval : NAN, "1/s",
            "oxidant rate");
    if (observe->product_gas >= 0)
        put(out, record->product, "", "product made");
    if (observe->oxidant_gas >= 0)
        put(out, record->oxidant, "", "oxidant used");
    if (!observe->exchanged)
        return;
    double metal = (double)record->taken[SW_ON_METAL];
    double loop = (double)(record->taken[SW_AT_INTERFACE] + record->taken[SW_ON_OXIDE]);
    put(out, share(loop, metal), "", "loop share");
    put(out, found->open_exchanged, "", "surface oxygen");
    put(out, share((double)record->bulk_hops, (double)record->surface_hops), "",
        "bulk share of cation hops");
}

static void put_supply(writer *out, const sw_lattice *lattice, const sw_census *found) {
    const sw_supply_state *supply = &lattice->supply;
    if (!supply->present)
        return;
    const char *name = lattice->model->supply.name;
    double inventory = 0.0, exposed = 0.0, capacity = 0.0;
    for (size_t c = 1; c < supply->clusters; c++) {
        inventory += supply->cluster[c].inventory;
        exposed += supply->cluster[c].exposed;
        capacity += sw_supply_capacity(lattice, &supply->cluster[c]);
    }
    put(out, supply->clusters > 0 ? (double)supply->clusters - 1.0 : 0.0, "", "metal clusters");
    put(out, exposed, "", "exposed metal atoms");
    put(out, inventory, "", "%s inventory", name);
    put(out, capacity > 0.0 ? (inventory / capacity) * (inventory / capacity) : NAN, "",
        "%s saturation", name);
    put(out, found->reached, "", "sites reached by %s", name);
}

static void put_scaling(writer *out, const sw_lattice *lattice) {
    sw_scaling_summary found;
    if (!lattice->scaling)
        return;
    sw_scaling_summarize(&found, lattice);
    put(out, found.scaled, "", "scaled processes");
    put(out, found.lowest, "", "lowest scale factor");
    put(out, found.changes, "", "changes of scale factors");
    put(out, found.gain, "", "scaling gain");
    put(out, found.imbalance, "", "scaling imbalance");
    put(out, found.error, "", "scaling error");
}

/* Totals: exact, so there is no error to tell, only how often and what it is worth. */
static void put_superbasin(writer *out, const sw_lattice *lattice) {
    if (!lattice->superbasin)
        return;
    const sw_superbasin_record *record = &lattice->superbasin->record;
    double events = (double)lattice->events, within = (double)record->moves;
    put(out, (double)record->entered, "", "superbasins entered");
    put(out, within, "", "superbasin moves");
    put(out, (double)record->passages, "", "superbasin passages");
    put(out, record->passed, "", "moves passed over");
    put(out, (events + record->passed) / fmax(events - within, 1.0), "", "superbasin gain");
}

static void write_row(writer *out, const sw_lattice *lattice, const sw_census *found) {
    const sw_record *record = &lattice->observer->record;
    double interval = record->started ? lattice->time - record->last_time : 0.0;
    put_conditions(out, lattice);
    put_amounts(out, lattice, found);
    put_energy(out, lattice);
    put_order(out, lattice, found);
    put_turnover(out, lattice, interval);
    put_tracers(out, lattice);
    put_particle(out, lattice, found, interval);
    put_interface(out, lattice, found, interval);
    put_exchange(out, lattice, found, interval);
    put_supply(out, lattice, found);
    put_scaling(out, lattice);
    put_superbasin(out, lattice);
}

sw_status sw_series_describe(const sw_lattice *lattice, sw_table *series) {
    writer out = {.table = series, .describing = true};
    sw_census none = {0};
    write_row(&out, lattice, &none);
    return out.status;
}

/* Remembers this observation, for the rates of the next. */
static void remember(sw_lattice *lattice, const sw_census *found) {
    sw_record *record = &lattice->observer->record;
    if (found->core_found) {
        if (!record->started)
            memcpy(record->core_start, found->core, sizeof found->core);
        else
            record->path += distance_between(found->core, record->last_core);
        memcpy(record->core, found->core, sizeof found->core);
        memcpy(record->last_core, found->core, sizeof found->core);
    }
    memcpy(record->last_interface, found->interface, sizeof found->interface);
    record->last_time = lattice->time;
    record->last_product = record->product;
    record->last_oxidant = record->oxidant;
    for (size_t g = 0; g < lattice->model->gas.species; g++)
        record->last_molecules[g] = sw_observer_molecules(lattice, g);
    record->started = true;
    if (lattice->scaling)
        sw_scaling_remember(lattice);
}

sw_status sw_series_observe(sw_lattice *lattice, sw_table *series, sw_error *error) {
    sw_census found;
    sw_status status = sw_census_take(&found, lattice);
    writer out = {.table = series, .status = status};
    if (status == SW_OK)
        out.status = sw_table_add_row(series, &out.row);
    write_row(&out, lattice, &found);
    if (out.status != SW_OK)
        return sw_error_set(error, out.status, "series", NULL, "not enough memory to observe");
    remember(lattice, &found);
    return SW_OK;
}
