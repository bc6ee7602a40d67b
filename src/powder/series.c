/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of the series, tables at the end, and plots. */
#include "powder/powder.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

typedef struct column {
    const char *name, *unit;
    size_t offset; /* in sw_powder_amounts */
    double scale;
} column;

#define FIELD(field) offsetof(sw_powder_amounts, field)

static const column columns[] = {
    {"time", "s", FIELD(time), 1},
    {"temperature", "K", FIELD(temperature), 1},
    {"mass", "mg", FIELD(mass), 1e6},
    {"conversion", "", FIELD(conversion), 1},
    {"conversion rate", "1/s", FIELD(conversion_rate), 1},
    {"iron conversion", "", FIELD(iron_conversion), 1},
    {"iron conversion rate", "1/s", FIELD(iron_rate), 1},
    {"Fe2O3", "%", FIELD(hematite), 100},
    {"Fe3O4", "%", FIELD(magnetite), 100},
    {"FeO", "%", FIELD(wustite), 100},
    {"bcc", "%", FIELD(bcc), 100},
    {"fcc", "%", FIELD(fcc), 100},
    {"NiO", "%", FIELD(nickel_oxide), 100},
    {"iron in fcc", "at%", FIELD(iron_in_fcc), 100},
    {"lattice parameter of fcc", "A", FIELD(lattice_parameter), 1},
    {"hydrogen out", "%", FIELD(hydrogen), 100},
    {"water out", "%", FIELD(water), 100},
    {"gas conversion", "%", FIELD(gas_conversion), 100},
    {"oxygen balance", "", FIELD(oxygen_balance), 1},
};
#define COLUMNS (sizeof columns / sizeof *columns)

sw_status sw_powder_series_describe(sw_table *series) {
    sw_status status = SW_OK;
    for (size_t i = 0; i < COLUMNS && status == SW_OK; i++)
        status = sw_table_add_column(series, columns[i].name, columns[i].unit);
    return status;
}

static double value_of(const sw_powder_amounts *amounts, const column *wanted) {
    double value;
    memcpy(&value, (const char *)amounts + wanted->offset, sizeof value);
    return value * wanted->scale;
}

sw_status sw_powder_series_observe(sw_table *series, sw_powder *powder, sw_error *error) {
    sw_powder_amounts now;
    size_t row;
    sw_status status = sw_powder_observe(&now, powder, error);
    if (status != SW_OK)
        return status;
    if (sw_table_add_row(series, &row) != SW_OK)
        return sw_error_set(error, SW_ERROR_MEMORY, "series", NULL, "no memory for a row");
    for (size_t i = 0; i < COLUMNS; i++)
        sw_table_numbers(series, i)[row] = value_of(&now, &columns[i]);
    return SW_OK;
}

/* ---- tables ---------------------------------------------------------------------------------- */

/* Rates at conversions 0.1 to 0.9: the curve of d(alpha)/dt against alpha. */
static sw_status rate_table(const sw_powder *powder, sw_table *table) {
    static const char *const names[] = {"conversion", "rate", "iron rate"};
    char label[24];
    sw_powder_summary summary;
    sw_powder_summarise(&summary, powder, powder->compiled.model->criteria);
    sw_status status = SW_OK;
    for (size_t i = 0; i < 3 && status == SW_OK; i++)
        status = sw_table_add_column(table, names[i], i > 0 ? "1/s" : "");
    if (status == SW_OK)
        status = sw_table_add_text_column(table, "place");
    for (int k = 0; k < 9 && status == SW_OK; k++) {
        size_t row;
        status = sw_table_add_row(table, &row);
        snprintf(label, sizeof label, "at 0.%d", k + 1);
        if (status == SW_OK)
            status = sw_table_set_text(table, row, 3, label);
        if (status != SW_OK)
            break;
        const double values[] = {0.1 * (k + 1), summary.rate[k], summary.iron_rate[k]};
        for (size_t i = 0; i < 3; i++)
            sw_table_numbers(table, i)[row] = values[i];
    }
    return status;
}

/* Points at least this much apart in any of what is drawn, of what it can be. */
#define CURVE_STEP 0.004

static double larger_step(const sw_powder_amounts *a, const sw_powder_amounts *b) {
    double step = fabs(a->conversion - b->conversion);
    const double changes[] = {a->iron_conversion - b->iron_conversion,
                              a->hematite - b->hematite,
                              a->magnetite - b->magnetite,
                              a->wustite - b->wustite,
                              a->bcc - b->bcc,
                              a->fcc - b->fcc,
                              a->nickel_oxide - b->nickel_oxide};
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
        step = fmax(step, fabs(changes[i]));
    return step;
}

/* Points of the integrator by what changes: the whole of a reaction however short it is. */
static sw_status curve_table(const sw_powder *powder, sw_table *table) {
    const sw_powder_amounts *kept = &powder->point[0];
    double begun = sw_powder_hydrogen_time(powder->compiled.model);
    sw_status status = sw_powder_series_describe(table);
    if (status == SW_OK)
        status = sw_table_add_column(table, "time from hydrogen", "s");
    for (size_t i = 1; i < powder->points && status == SW_OK; i++) {
        const sw_powder_amounts *point = &powder->point[i];
        size_t row;
        if (larger_step(point, kept) < CURVE_STEP)
            continue;
        kept = point;
        status = sw_table_add_row(table, &row);
        for (size_t c = 0; status == SW_OK && c < COLUMNS; c++)
            sw_table_numbers(table, c)[row] = value_of(point, &columns[c]);
        if (status == SW_OK)
            sw_table_numbers(table, COLUMNS)[row] = point->time - begun;
    }
    return status;
}

sw_status sw_powder_table(const sw_powder *powder, size_t index, const char **name,
                          sw_table **table) {
    *table = NULL;
    static const struct {
        const char *name;
        sw_status (*make)(const sw_powder *powder, sw_table *table);
    } all[] = {{"headline", sw_powder_headline},
               {"rates", rate_table},
               {"curve", curve_table},
               {"control", sw_powder_control_table}};
    if (index >= sizeof all / sizeof *all)
        return SW_OK;
    *name = all[index].name;
    sw_status status = sw_table_create(table);
    return status == SW_OK ? all[index].make(powder, *table) : status;
}

size_t sw_powder_plots(const sw_plot **plots) {
    static const sw_plot list[] = {
        {.title = "Conversion",
         .table = "curve",
         .x = "time from hydrogen",
         .y = "conversion,iron conversion",
         .y_label = "share of the oxygen",
         .kind = "lines",
         .help =
             "Oxygen that has left, of all that can leave; and of the oxygen of iron alone. Time "
             "counts from when hydrogen is let in."},
        {.title = "Rate",
         .table = "curve",
         .x = "conversion",
         .y = "conversion rate",
         .y_label = "d(conversion)/dt / (1/s)",
         .kind = "lines",
         .help =
             "Against conversion, so that runs of different length can be laid over each other."},
        {.title = "Phases",
         .table = "curve",
         .x = "time from hydrogen",
         .y = "Fe2O3,Fe3O4,FeO,bcc,fcc,NiO",
         .y_label = "share of the mass / %",
         .kind = "lines",
         .help = "What a diffractometer would see; fcc holds nickel and the iron alloyed with it."},
        {.title = "Lattice parameter of fcc",
         .table = "curve",
         .x = "time from hydrogen",
         .y = "lattice parameter of fcc",
         .y_label = "A, at room temperature",
         .kind = "lines",
         .help = "It grows as iron enters: nickel 3.524 A, Invar 3.595 A."},
        {.title = "Mass",
         .table = "curve",
         .x = "time from hydrogen",
         .y = "mass",
         .y_label = "mass / mg",
         .kind = "lines",
         .help = "What the balance shows while oxygen leaves; series.csv has the whole programme."},
        {.title = "Temperature",
         .table = "series",
         .x = "time",
         .y = "temperature",
         .y_label = "temperature / K",
         .kind = "lines",
         .help = "The programme."},
        {.title = "Gas",
         .table = "curve",
         .x = "time from hydrogen",
         .y = "hydrogen out,water out",
         .y_label = "share of the gas / %",
         .kind = "lines",
         .help =
             "What leaves while oxygen does; the rest is inert. Much water holds the reaction near "
             "equilibrium."},
    };
    *plots = list;
    return sizeof list / sizeof *list;
}
