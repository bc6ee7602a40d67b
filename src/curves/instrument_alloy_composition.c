/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instrument `alloy-composition`: nickel in fcc Fe-Ni from its lattice parameter. */
#include "base/memory.h"
#include "curves/alloy_lattice.h"
#include "curves/columns.h"
#include "curves/instruments.h"
#include "curves/named_column.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOWEST_TEMPERATURE 700.0 /* K: magnetism bends a(x) below */

static const sw_instrument_parameter parameters[] = {
    {.name = "lattice",
     .kind = SW_TAKES_TEXT,
     .standard = "auto",
     .help = "column of the lattice parameter, by name or number; auto: by its name and unit"},
    {.name = "spread",
     .kind = SW_TAKES_TEXT,
     .standard = "auto",
     .help = "column of its half interval; auto: \"NAME spread\", or none"},
    {.name = "time",
     .kind = SW_TAKES_TEXT,
     .standard = "auto",
     .help = "column that the composition is drawn over; auto: the time, or the rows"},
    {.name = "temperature",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_TEMPERATURE,
     .standard = "auto",
     .least = 1,
     .most = 1800,
     .help = "of the sample; auto: a column of the temperature"},
    {.name = "iron",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "auto",
     .least = 3,
     .most = 5,
     .help = "lattice parameter of fcc iron at that temperature; auto: Seki, Nagata 2005"},
    {.name = "nickel",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "auto",
     .least = 3,
     .most = 5,
     .help = "lattice parameter of nickel; auto: 3.5238 A at 20 degC and Grueneisen's expansion"},
    {.name = "bowing",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "0 A",
     .least = -0.1,
     .most = 0.1,
     .help = "b of b x (1 - x) beside Vegard's line"},
    {.name = "uncertainty",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "0.003 A",
     .least = 0,
     .most = 0.1,
     .help = "of the line, half a 95 % interval: what published lines for fcc iron differ by"},
    {0},
};

typedef struct alloy_work {
    const sw_table *table;
    sw_named_column lattice, temperature;
    ptrdiff_t spread, time;
    bool has_column; /* of the temperature */
    size_t rows;
    double *x, *a, *a_spread, *nickel, *nickel_spread, *kelvin;
} alloy_work;

/* ---- columns --------------------------------------------------------------------------------- */

/* A column of numbers that was asked for by its name. */
static sw_status find_wanted(ptrdiff_t *found, const sw_table *table, const char *wanted,
                             const char *option, sw_error *error) {
    *found = sw_table_find(table, wanted);
    if (*found >= 0 && !sw_table_is_text(table, (size_t)*found))
        return SW_OK;
    return sw_error_set(error, SW_ERROR_NOT_FOUND, option, "name a column as the file does",
                        *found >= 0 ? "the column \"%s\" of %s holds text"
                                    : "there is no column \"%s\" in %s",
                        wanted, sw_table_source(table));
}

static sw_status find_spread(alloy_work *work, const char *wanted, sw_error *error) {
    char name[160];
    if (strcmp(wanted, "auto") != 0)
        return find_wanted(&work->spread, work->table, wanted, "spread", error);
    snprintf(name, sizeof name, "%.140s spread", sw_table_name(work->table, work->lattice.index));
    ptrdiff_t found = sw_table_find(work->table, name);
    work->spread = found >= 0 && !sw_table_is_text(work->table, (size_t)found) ? found : -1;
    return SW_OK;
}

static sw_status find_time(alloy_work *work, const char *wanted, sw_error *error) {
    sw_named_column column;
    if (strcmp(wanted, "auto") != 0)
        return find_wanted(&work->time, work->table, wanted, "time", error);
    if (sw_named_column_find(&column, work->table, &sw_names_of_time, "auto", NULL, NULL) == SW_OK)
        work->time = (ptrdiff_t)column.index;
    return SW_OK;
}

static sw_status find_columns(alloy_work *work, const sw_instrument_settings *settings,
                              sw_error *error) {
    sw_status status = sw_named_column_find(&work->lattice, work->table, &sw_names_of_length,
                                            sw_setting_text(settings, "lattice"), NULL, error);
    if (status == SW_OK)
        status = find_spread(work, sw_setting_text(settings, "spread"), error);
    if (status == SW_OK)
        status = find_time(work, sw_setting_text(settings, "time"), error);
    if (status != SW_OK || !sw_setting_is_automatic(settings, "temperature"))
        return status;
    status = sw_named_column_find(&work->temperature, work->table, &sw_names_of_temperature, "auto",
                                  NULL, error);
    if (status == SW_OK)
        work->has_column = true;
    else if (error != NULL)
        snprintf(error->hint, sizeof error->hint,
                 "give --temperature: a lattice parameter without it says no composition");
    return status;
}

static sw_status allocate(alloy_work *work) {
    double **arrays[] = {
        &work->x, &work->a, &work->a_spread, &work->nickel, &work->nickel_spread, &work->kelvin};
    bool made = true;
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++) {
        *arrays[i] = sw_allocate(sw_table_rows(work->table) + 1, sizeof(double));
        made = made && *arrays[i] != NULL;
    }
    return made ? SW_OK : SW_ERROR_MEMORY;
}

static void clear(alloy_work *work) {
    free(work->x);
    free(work->a);
    free(work->a_spread);
    free(work->nickel);
    free(work->nickel_spread);
    free(work->kelvin);
}

/* ---- composition ----------------------------------------------------------------------------- */

static void add_row(alloy_work *work, const sw_instrument_settings *settings, size_t row) {
    size_t at = work->rows;
    double a = sw_named_column_value(&work->lattice, work->table, row);
    double t = work->has_column ? sw_named_column_value(&work->temperature, work->table, row)
                                : sw_setting_number(settings, "temperature");
    double spread =
        work->spread >= 0
            ? work->lattice.factor * sw_table_numbers_const(work->table, (size_t)work->spread)[row]
            : 0.0;
    double iron = sw_setting_is_automatic(settings, "iron") ? sw_lattice_of_iron(t)
                                                            : sw_setting_number(settings, "iron");
    double nickel = sw_setting_is_automatic(settings, "nickel")
                        ? sw_lattice_of_nickel(t)
                        : sw_setting_number(settings, "nickel");
    double bowing = sw_setting_number(settings, "bowing");
    if (!isfinite(a) || !isfinite(t))
        return;
    double share = sw_nickel_of_lattice(a, iron, nickel, bowing);
    double slope = nickel - iron + bowing * (1.0 - 2.0 * share);
    work->x[at] = work->time >= 0 ? sw_table_numbers_const(work->table, (size_t)work->time)[row]
                                  : (double)(row + 1);
    work->a[at] = a;
    work->a_spread[at] = isfinite(spread) ? spread : 0.0;
    work->kelvin[at] = t;
    work->nickel[at] = 100.0 * share;
    work->nickel_spread[at] =
        100.0 * hypot(work->a_spread[at], sw_setting_number(settings, "uncertainty")) / fabs(slope);
    work->rows++;
}

static sw_status notes(const alloy_work *work, sw_measurement *out) {
    size_t outside = 0, cold = 0;
    for (size_t i = 0; i < work->rows; i++) {
        outside += !(work->nickel[i] >= -work->nickel_spread[i] &&
                     work->nickel[i] <= 100.0 + work->nickel_spread[i]);
        cold += work->kelvin[i] < LOWEST_TEMPERATURE;
    }
    sw_status status = SW_OK;
    if (outside > 0)
        status =
            sw_measurement_note(out,
                                "%zu rows lie outside iron to nickel by more than their interval: "
                                "the temperature, the wavelength or the zero of the angle is "
                                "another, or it is no Fe-Ni alloy.",
                                outside);
    if (status == SW_OK && cold > 0)
        status =
            sw_measurement_note(out,
                                "%zu rows are below %g K, where magnetism bends the line (Invar): "
                                "give --iron, --nickel and --bowing for that temperature.",
                                cold, LOWEST_TEMPERATURE);
    if (status == SW_OK)
        status = sw_measurement_note(out, "fcc iron is extrapolated below 1183 K, where it is not "
                                          "stable.");
    return status;
}

static sw_status report(const alloy_work *work, sw_measurement *out) {
    size_t last = work->rows - 1;
    const sw_column columns[] = {
        {work->time >= 0 ? "time" : "row",
         work->time >= 0 ? sw_table_unit(work->table, (size_t)work->time) : "", work->x, NULL},
        {"lattice parameter", "A", work->a, NULL},
        {"lattice parameter spread", "A", work->a_spread, NULL},
        {"nickel", "at%", work->nickel, NULL},
        {"nickel spread", "at%", work->nickel_spread, NULL},
        {"temperature", "K", work->kelvin, NULL},
        {0}};
    sw_status status = sw_add_spread(out, "nickel, first", work->nickel[0], work->nickel_spread[0],
                                     "at%", "in the first row");
    if (status == SW_OK)
        status = sw_add_spread(out, "nickel, last", work->nickel[last], work->nickel_spread[last],
                               "at%", "in the last row");
    if (status == SW_OK)
        status = notes(work, out);
    if (status == SW_OK)
        status = sw_add_columns(out, "composition", columns, work->rows);
    if (status != SW_OK)
        return status;
    return sw_measurement_add_plot(out,
                                   (sw_plot){.title = "nickel in the fcc alloy",
                                             .table = "composition",
                                             .x = work->time >= 0 ? "time" : "row",
                                             .y = "nickel",
                                             .y_label = "nickel [at%]",
                                             .kind = "lines",
                                             .help = "With the interval of the lattice parameter "
                                                     "and of the line."});
}

static sw_status measure(sw_measurement *measurement, const sw_content *inputs,
                         const sw_instrument_settings *settings, sw_context *context,
                         sw_error *error) {
    alloy_work work = {.table = inputs[0].table, .spread = -1, .time = -1};
    (void)context;
    sw_status status = find_columns(&work, settings, error);
    if (status == SW_OK)
        status = allocate(&work);
    for (size_t row = 0; status == SW_OK && row < sw_table_rows(work.table); row++)
        add_row(&work, settings, row);
    if (status == SW_OK && work.rows == 0)
        status = sw_error_set(error, SW_ERROR_FORMAT, sw_table_source(work.table),
                              "is it the right column? See --lattice, --temperature",
                              "no row has a lattice parameter");
    if (status == SW_OK)
        status = report(&work, measurement);
    clear(&work);
    return status;
}

const sw_instrument sw_instrument_alloy_composition = {
    .name = "alloy-composition",
    .summary = "nickel in fcc Fe-Ni from its lattice parameter",
    .description =
        "Turns lattice parameters of the fcc phase, such as `xrd-phases` or `xrd-peaks` find "
        "them, into nickel in at%: a = (1 - x) a_Fe(T) + x a_Ni(T) + b x (1 - x), with the "
        "thermal expansion of both ends.\n\n"
        "The interval holds that of the lattice parameter and --uncertainty of the line. Near "
        "700 degC the ends are 0.07 A apart, so 0.001 A is 1.4 at%.",
    .citation = "I. Seki, K. Nagata, ISIJ Int. 45, 1789 (2005), "
                "doi:10.2355/isijinternational.45.1789; E. Grueneisen, Ann. Phys. 338, 33 (1910)",
    .input = {SW_NOUN_TABLE},
    .parameters = parameters,
    .measure = measure,
};
