/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The time series. Projected areas count the squares of a grid (one nearest-neighbour distance
 * wide) that hold an atom of the phase when seen along an axis; the interface is the centre of
 * the exchanged atoms that touch both metal and oxide.
 */
#include "lattice/series.h"

#include "base/memory.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
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

static void put(writer *out, double value, const char *unit, const char *format, ...)
{
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

/* What one look at all sites gives. */
typedef struct census {
    double species[SW_SPECIES_LIMIT];
    double phase[16];
    double core_atoms, core_in_metal, open_exchanged, interface_atoms, reached;
    double interface[3], core[3];
    double area[16][3]; /* nm2 */
    bool core_found;
} census;

/* ---- projected areas ----------------------------------------------------------------------------- */

typedef struct projection {
    uint8_t *seen; /* [phase][axis][cells] */
    size_t width[3], cells[3];
    double step;
} projection;

static sw_status projection_create(projection *view, const sw_lattice *lattice, size_t phases)
{
    const sw_frame *frame = lattice->geometry.frame;
    double extent[3] = {0};
    size_t total = 0;
    view->step = lattice->observer->bin_width;
    for (int d = 0; d < 3; d++)
        for (int i = 0; i < 3; i++)
            extent[d] += fabs(frame->cell[i][d]) * frame->size[i];
    for (int axis = 0; axis < 3; axis++) {
        view->width[axis] = (size_t)(extent[(axis + 1) % 3] / view->step) + 2;
        view->cells[axis] = view->width[axis] * ((size_t)(extent[(axis + 2) % 3] / view->step) + 2);
        total += view->cells[axis];
    }
    view->seen = sw_allocate(total * (phases ? phases : 1), 1);
    return view->seen ? SW_OK : SW_ERROR_MEMORY;
}

static void project(projection *view, census *found, int phase, const double position[3])
{
    size_t offset = (size_t)phase * (view->cells[0] + view->cells[1] + view->cells[2]);
    for (int axis = 0; axis < 3; axis++) {
        double u = position[(axis + 1) % 3], v = position[(axis + 2) % 3];
        size_t x = u > 0.0 ? (size_t)(u / view->step) : 0;
        size_t y = v > 0.0 ? (size_t)(v / view->step) : 0;
        size_t cell = offset + y * view->width[axis] + x;
        if (!view->seen[cell])
            found->area[phase][axis] += view->step * view->step / (A_PER_NM * A_PER_NM);
        view->seen[cell] = 1;
        offset += view->cells[axis];
    }
}

/* ---- census --------------------------------------------------------------------------------------- */

static void count_site(const sw_lattice *lattice, census *found, projection *view, uint32_t site)
{
    const sw_observe *observe = &lattice->model->observe;
    int species = lattice->species[site];
    double position[3];
    found->species[species]++;
    if (lattice->supply.present && lattice->supply.field[site] > 0.36788f)
        found->reached++;
    if (species == SW_EMPTY)
        return;
    sw_geometry_position(position, &lattice->geometry, site);
    int phase = sw_observer_phase(lattice, site);
    if (phase >= 0) {
        found->phase[phase]++;
        project(view, found, phase, position);
    }
    if (SW_IN(observe->core, species)) {
        found->core_atoms++;
        found->core_in_metal += sw_observer_is_metal(lattice, site);
    }
    if (!SW_IN(observe->exchanged, species))
        return;
    found->open_exchanged += lattice->open[site];
    if (sw_observer_site_type(lattice, site) != SW_AT_INTERFACE)
        return;
    found->interface_atoms++;
    for (int d = 0; d < 3; d++)
        found->interface[d] += position[d];
}

static sw_status take_census(const sw_lattice *lattice, census *found)
{
    projection view = {0};
    *found = (census){0};
    sw_status status = projection_create(&view, lattice, lattice->model->observe.phases);
    for (uint32_t site = 0; site < lattice->geometry.sites && status == SW_OK; site++)
        count_site(lattice, found, &view, site);
    free(view.seen);
    for (int d = 0; d < 3; d++)
        found->interface[d] = found->interface_atoms > 0.0
                                  ? found->interface[d] / found->interface_atoms
                                  : NAN;
    found->core_found = sw_observer_core(found->core, lattice);
    return status;
}

/* ---- the row --------------------------------------------------------------------------------------- */

static double distance_between(const double a[3], const double b[3])
{
    double square = 0.0;
    for (int d = 0; d < 3; d++)
        square += (a[d] - b[d]) * (a[d] - b[d]);
    return sqrt(square);
}

static void put_conditions(writer *out, const sw_lattice *lattice)
{
    put(out, lattice->time, "s", "time");
    put(out, (double)lattice->events, "", "events");
    put(out, lattice->temperature, "K", "temperature");
    for (size_t g = 0; g < lattice->model->gas.species; g++)
        put(out, lattice->pressure[g] / SW_BAR, "bar", "%s pressure",
            lattice->model->gas.list[g].name);
}

static void put_amounts(writer *out, const sw_lattice *lattice, const census *found)
{
    static const char axis_name[3] = {'x', 'y', 'z'};
    const sw_observe *observe = &lattice->model->observe;
    for (size_t s = 1; s < lattice->model->species_count; s++)
        put(out, found->species[s], "", "%s atoms", lattice->model->species[s].name);
    for (size_t p = 0; p < observe->phases; p++)
        put(out, found->phase[p], "", "%s sites", observe->phase[p].name);
    for (size_t p = 0; p < observe->phases; p++)
        for (int axis = 0; axis < 3; axis++)
            put(out, found->area[p][axis], "nm2", "%s area along %c", observe->phase[p].name,
                axis_name[axis]);
}

static void put_particle(writer *out, const census *found, const sw_record *record, double interval)
{
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
    for (int d = 0; d < 3; d++)
        put(out, found->interface[d] / A_PER_NM, "nm", "interface %c", axis_name[d]);
    put(out, found->interface_atoms, "", "interface oxygen");
    double shift = distance_between(found->interface, record->last_interface) / A_PER_NM;
    put(out, interval > 0.0 ? shift / interval : NAN, "nm/s", "interface velocity");
}

static double share(double part, double rest)
{
    return part + rest > 0.0 ? part / (part + rest) : NAN;
}

static void put_exchange(writer *out, const sw_lattice *lattice, const census *found,
                         double interval)
{
    const sw_record *record = &lattice->observer->record;
    bool timed = interval > 0.0;
    put(out, timed ? (record->product - record->last_product) / interval : NAN, "1/s",
        "product rate");
    put(out, timed ? (record->oxidant - record->last_oxidant) / interval : NAN, "1/s",
        "oxidant rate");
    put(out, record->product, "", "product made");
    put(out, record->oxidant, "", "oxidant used");
    double metal = (double)record->taken[SW_ON_METAL];
    double loop = (double)(record->taken[SW_AT_INTERFACE] + record->taken[SW_ON_OXIDE]);
    put(out, share(loop, metal), "", "loop share");
    put(out, found->open_exchanged, "", "surface oxygen");
    put(out, share((double)record->bulk_hops, (double)record->surface_hops), "",
        "bulk share of cation hops");
}

static void put_supply(writer *out, const sw_lattice *lattice, const census *found)
{
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

static void write_row(writer *out, const sw_lattice *lattice, const census *found)
{
    const sw_record *record = &lattice->observer->record;
    double interval = record->started ? lattice->time - record->last_time : 0.0;
    put_conditions(out, lattice);
    put_amounts(out, lattice, found);
    put_particle(out, found, record, interval);
    put_exchange(out, lattice, found, interval);
    put_supply(out, lattice, found);
}

sw_status sw_series_describe(const sw_lattice *lattice, sw_table *series)
{
    writer out = {.table = series, .describing = true};
    census none = {0};
    write_row(&out, lattice, &none);
    return out.status;
}

/* Remembers this observation, for the rates of the next. */
static void remember(sw_lattice *lattice, const census *found)
{
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
    record->started = true;
}

sw_status sw_series_observe(sw_lattice *lattice, sw_table *series, sw_error *error)
{
    census found;
    sw_status status = take_census(lattice, &found);
    writer out = {.table = series, .status = status};
    if (status == SW_OK)
        out.status = sw_table_add_row(series, &out.row);
    write_row(&out, lattice, &found);
    if (out.status != SW_OK)
        return sw_error_set(error, out.status, "series", NULL, "not enough memory to observe");
    remember(lattice, &found);
    return SW_OK;
}
