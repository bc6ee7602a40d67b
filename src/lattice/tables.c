/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables at the end of a run: where lattice atoms were taken and returned, by what processes. */
#include "lattice/series.h"

#include "data/headline.h"
#include "lattice/scaling.h"
#include "lattice/superbasin/superbasin.h"
#include "lattice/tracers.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define A_PER_NM 10.0
#define HEADLINES (9 + SW_GAS_LIMIT + SW_SPECIES_LIMIT)

static sw_status add_columns(sw_table *table, const char *const *names, const char *const *units,
                             size_t count) {
    sw_status status = SW_OK;
    for (size_t c = 0; c < count && status == SW_OK; c++)
        status = units[c] ? sw_table_add_column(table, names[c], units[c])
                          : sw_table_add_text_column(table, names[c]);
    return status;
}

static void set(sw_table *table, size_t row, size_t column, double value) {
    sw_table_numbers(table, column)[row] = value;
}

/* ---- exchange against distance --------------------------------------------------------------- */

static sw_status exchange_table(const sw_lattice *lattice, sw_table *table) {
    static const char *const names[] = {"distance",        "inserted",       "removed",   "net",
                                        "inserted spread", "removed spread", "net spread"};
    static const char *const units[] = {"nm", "", "", "", "", "", ""};
    const struct sw_observer *observer = lattice->observer;
    const sw_record *record = &observer->record;
    sw_status status = add_columns(table, names, units, 7);
    size_t last = 0;
    for (size_t bin = 0; bin < SW_DISTANCE_BINS; bin++)
        if (record->inserted[bin] + record->removed[bin] > 0.0)
            last = bin + 1;
    for (size_t bin = 0; bin < last && status == SW_OK; bin++) {
        size_t row;
        status = sw_table_add_row(table, &row);
        if (status != SW_OK)
            return status;
        double in = record->inserted[bin], out = record->removed[bin];
        set(table, row, 0, ((double)bin + 0.5) * observer->bin_width / A_PER_NM);
        set(table, row, 1, in);
        set(table, row, 2, out);
        set(table, row, 3, in - out);
        set(table, row, 4, 1.96 * sqrt(in));
        set(table, row, 5, 1.96 * sqrt(out));
        set(table, row, 6, 1.96 * sqrt(in + out));
    }
    return status;
}

/* ---- by site type ---------------------------------------------------------------------------- */

static sw_status site_type_table(const sw_lattice *lattice, sw_table *table) {
    static const char *const names[] = {"site", "removed", "inserted"};
    static const char *const units[] = {NULL, "", ""};
    static const char *const types[SW_SITE_TYPES] = {"on metal", "at the interface", "on oxide"};
    const sw_record *record = &lattice->observer->record;
    sw_status status = add_columns(table, names, units, 3);
    for (int type = 0; type < SW_SITE_TYPES && status == SW_OK; type++) {
        size_t row;
        status = sw_table_add_row(table, &row);
        if (status == SW_OK)
            status = sw_table_set_text(table, row, 0, types[type]);
        if (status != SW_OK)
            return status;
        set(table, row, 1, (double)record->taken[type]);
        set(table, row, 2, (double)record->returned[type]);
    }
    return status;
}

/* ---- surface oxygen by coordination ---------------------------------------------------------- */

static sw_status coordination_table(const sw_lattice *lattice, sw_table *table) {
    static const char *const names[] = {"neighbours", "surface oxygen"};
    static const char *const units[] = {"", ""};
    double found[SW_COORDINATION_LIMIT] = {0};
    for (uint32_t site = 0; site < lattice->geometry.sites; site++) {
        if (!SW_IN(lattice->model->observe.exchanged, lattice->species[site]) ||
            !lattice->open[site])
            continue;
        const sw_steps *around = &lattice->observer->surrounding[lattice->geometry.basis[site]];
        size_t count = 0;
        for (size_t i = 0; i < around->count; i++) {
            int held =
                lattice->species[sw_geometry_follow(&lattice->geometry, site, around->list[i])];
            count += held != SW_EMPTY && held < SW_SPECIES_LIMIT;
        }
        found[count < SW_COORDINATION_LIMIT ? count : SW_COORDINATION_LIMIT - 1]++;
    }
    sw_status status = add_columns(table, names, units, 2);
    for (size_t n = 0; n <= 6 && status == SW_OK; n++) {
        size_t row;
        status = sw_table_add_row(table, &row);
        if (status != SW_OK)
            return status;
        set(table, row, 0, (double)n);
        set(table, row, 1, found[n]);
    }
    return status;
}

/* ---- lost and gained ------------------------------------------------------------------------- */

static sw_status map_table(const sw_lattice *lattice, sw_table *table) {
    static const char *const names[] = {"x", "y", "z", "net"};
    static const char *const units[] = {"nm", "nm", "nm", ""};
    sw_status status = add_columns(table, names, units, 4);
    for (uint32_t site = 0; site < lattice->geometry.sites && status == SW_OK; site++) {
        if (lattice->observer->net[site] == 0)
            continue;
        size_t row;
        double position[3];
        status = sw_table_add_row(table, &row);
        if (status != SW_OK)
            return status;
        sw_geometry_position(position, &lattice->geometry, site);
        for (size_t d = 0; d < 3; d++)
            set(table, row, d, position[d] / A_PER_NM);
        set(table, row, 3, lattice->observer->net[site]);
    }
    return status;
}

/* ---- processes ------------------------------------------------------------------------------- */

static bool accelerated(const sw_lattice *lattice) {
    return lattice->scaling || lattice->superbasin;
}

/* Events of a process that acceleration made unnecessary. NaN where passages passed over moves of
 * several processes: only the sum is known. */
static double passed_over(const sw_lattice *lattice, size_t process) {
    const sw_superbasin *superbasin = lattice->superbasin;
    size_t movers = 0;
    if (!superbasin)
        return sw_scaling_spared(lattice, process);
    for (size_t p = 0; p < lattice->model->processes; p++)
        movers += superbasin->moves[p];
    if (!superbasin->moves[process] || !(superbasin->record.passed > 0.0))
        return 0.0;
    return movers == 1 ? superbasin->record.passed : NAN;
}

/* What forward and reverse leave out: a column only where something is passed over. */
static sw_status add_passed_over(const sw_lattice *lattice, sw_table *table) {
    if (!accelerated(lattice))
        return SW_OK;
    sw_status status = sw_table_add_column(table, "passed over", "");
    for (size_t p = 0; p < lattice->model->processes && status == SW_OK; p++)
        set(table, p, sw_table_columns(table) - 1, passed_over(lattice, p));
    return status;
}

static sw_status process_table(const sw_lattice *lattice, sw_table *table) {
    static const char *const names[] = {"name", "mechanism", "help", "forward", "reverse"};
    static const char *const units[] = {NULL, NULL, NULL, "", ""};
    sw_status status = add_columns(table, names, units, 5);
    for (size_t p = 0; p < lattice->model->processes && status == SW_OK; p++) {
        const sw_process *process = &lattice->model->process[p];
        const char *texts[3] = {process->name, process->mechanism, process->help};
        size_t row;
        status = sw_table_add_row(table, &row);
        for (size_t c = 0; c < 3 && status == SW_OK; c++)
            status = sw_table_set_text(table, row, c, texts[c] ? texts[c] : "");
        if (status != SW_OK)
            return status;
        set(table, row, 3, (double)lattice->counts[p].forward);
        set(table, row, 4, (double)lattice->counts[p].reverse);
    }
    return status == SW_OK ? add_passed_over(lattice, table) : status;
}

/* ---- headline -------------------------------------------------------------------------------- */

static double mean_of(const sw_distance_sums *sums) {
    return sums->count > 0.0 ? sums->sum / sums->count / A_PER_NM : NAN;
}

static double spread_of(const sw_distance_sums *sums) {
    if (sums->count < 2.0)
        return NAN;
    double mean = sums->sum / sums->count;
    double variance = (sums->squares / sums->count - mean * mean) / (sums->count - 1.0);
    return 1.96 * sqrt(fmax(variance, 0.0)) / A_PER_NM;
}

/* Poisson spread: exact where every event makes one molecule, a little small where some make two. */
static size_t turnover_headlines(sw_headline *list, const sw_lattice *lattice) {
    static const char help[] = "molecules made per site and second, over the whole run";
    size_t n = 0;
    double scale = lattice->time * lattice->geometry.sites;
    for (size_t g = 0; g < lattice->model->gas.species; g++) {
        if (!sw_observer_turns_over(lattice->model, g) || !(scale > 0.0))
            continue;
        sw_headline *line = &list[n++];
        double made = sw_observer_molecules(lattice, g);
        *line = (sw_headline){"", made / scale, 1.96 * sqrt(fabs(made)) / scale, "1/s", help};
        snprintf(line->name, sizeof line->name, "%s turnover", lattice->model->gas.list[g].name);
    }
    return n;
}

static size_t tracer_headlines(sw_headline *list, const sw_lattice *lattice) {
    static const char help[] = "squared displacement over the sum of the squares of the hops";
    size_t n = 0;
    for (size_t s = 1; s < lattice->model->species_count; s++) {
        sw_tracer_sums sums;
        if (!SW_IN(lattice->model->observe.tracers, s))
            continue;
        sw_headline *line = &list[n++];
        sw_tracers_sum(&sums, lattice, (int)s);
        double factor = sums.hop_squares > 0.0 ? sums.square / sums.hop_squares : NAN;
        /* a squared displacement of independent tracers varies by at most sqrt(2) of its mean */
        *line =
            (sw_headline){"", factor, 1.96 * factor * sqrt(2.0 / fmax(sums.atoms, 1.0)), "", help};
        snprintf(line->name, sizeof line->name, "%s correlation factor",
                 lattice->model->species[s].name);
    }
    return n;
}

static size_t acceleration_headlines(sw_headline *list, const sw_lattice *lattice) {
    double sum = lattice->superbasin ? lattice->superbasin->record.passed : 0.0;
    if (!accelerated(lattice))
        return 0;
    for (size_t p = 0; lattice->scaling && p < lattice->model->processes; p++)
        sum += sw_scaling_spared(lattice, p);
    list[0] = (sw_headline){"events passed over", sum, NAN, "",
                            "events that acceleration made unnecessary; no count of events or of "
                            "processes has them"};
    return 1;
}

static size_t headlines(sw_headline list[HEADLINES], const sw_lattice *lattice) {
    const sw_record *record = &lattice->observer->record;
    double metal = (double)record->taken[SW_ON_METAL];
    double loop = (double)(record->taken[SW_AT_INTERFACE] + record->taken[SW_ON_OXIDE]);
    double all = metal + loop, share = all > 0.0 ? loop / all : NAN;
    double displaced = 0.0;
    for (int d = 0; d < 3; d++)
        displaced += pow(record->core[d] - record->core_start[d], 2);
    size_t n = 0;
    if (lattice->model->observe.product_gas >= 0)
        list[n++] =
            (sw_headline){"product rate", record->product / lattice->time,
                          1.96 * sqrt(fabs(record->product)) / lattice->time, "1/s",
                          "molecules of product per second of simulated time, this particle"};
    if (all > 0.0) {
        list[n++] =
            (sw_headline){"loop share", share, 1.96 * sqrt(share * (1.0 - share) / all), "",
                          "oxygen taken from the oxide or its interface over all oxygen taken"};
        list[n++] = (sw_headline){"removal distance", mean_of(&record->removals),
                                  spread_of(&record->removals), "nm",
                                  "mean distance to the particle's core where oxygen is removed"};
        list[n++] = (sw_headline){"insertion distance", mean_of(&record->insertions),
                                  spread_of(&record->insertions), "nm",
                                  "mean distance to the particle's core where oxygen is inserted"};
    }
    if (lattice->model->observe.core)
        list[n++] = (sw_headline){"particle displacement", sqrt(displaced) / A_PER_NM, NAN, "nm",
                                  "from its starting place to the last observation"};
    n += turnover_headlines(list + n, lattice);
    n += tracer_headlines(list + n, lattice);
    n += acceleration_headlines(list + n, lattice);
    return n;
}

static sw_status headline_table(const sw_lattice *lattice, sw_table *table) {
    sw_headline list[HEADLINES];
    return sw_headline_fill(table, list, headlines(list, lattice));
}

/* ---- all of them ----------------------------------------------------------------------------- */

typedef sw_status (*table_function)(const sw_lattice *lattice, sw_table *table);

sw_status sw_lattice_table(const sw_lattice *lattice, size_t index, const char **name,
                           sw_table **table) {
    static const struct {
        const char *name;
        table_function make;
        bool exchange; /* only where lattice atoms are exchanged with the gas */
    } all[] = {{"headline", headline_table, false},        {"processes", process_table, false},
               {"exchange", exchange_table, true},         {"site-types", site_type_table, true},
               {"coordination", coordination_table, true}, {"map", map_table, true}};
    *table = NULL;
    for (size_t t = 0; t < sizeof all / sizeof *all; t++) {
        if (all[t].exchange && !lattice->model->observe.exchanged)
            continue;
        if (index-- > 0)
            continue;
        sw_status status = sw_table_create(table);
        if (status == SW_OK)
            status = all[t].make(lattice, *table);
        *name = all[t].name;
        if (status != SW_OK) {
            sw_table_destroy(*table);
            *table = NULL;
        }
        return status;
    }
    return SW_OK;
}
