/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "curves/curve.h"

#include "base/memory.h"
#include "curves/named_column.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LEAST_ROWS 8
#define HOTTEST 1e5  /* K */
#define LARGEST 1e12 /* s, mg */

enum { DISORDER_REFUSE, DISORDER_DROP };
enum { JUMPS_REFUSE, JUMPS_KEEP, JUMPS_REMOVE };
const char *const sw_disorder_words[] = {"refuse", "drop", NULL};
const char *const sw_jump_words[] = {"refuse", "keep", "remove", NULL};

typedef struct curve_columns {
    sw_named_column time, temperature, mass;
} curve_columns;

static sw_status find_columns(curve_columns *columns, const sw_table *table,
                              const sw_instrument_settings *settings, sw_error *error) {
    sw_status status = sw_named_column_find(&columns->time, table, &sw_names_of_time,
                                            sw_setting_text(settings, "time"),
                                            sw_setting_text(settings, "time-unit"), error);
    if (status == SW_OK)
        status = sw_named_column_find(&columns->temperature, table, &sw_names_of_temperature,
                                      sw_setting_text(settings, "temperature"),
                                      sw_setting_text(settings, "temperature-unit"), error);
    if (status == SW_OK)
        status = sw_named_column_find(&columns->mass, table, &sw_names_of_mass,
                                      sw_setting_text(settings, "mass"),
                                      sw_setting_text(settings, "mass-unit"), error);
    return status;
}

static void place_of(char place[256], const sw_table *table, size_t row) {
    size_t line = sw_table_line(table, row);
    if (line > 0)
        snprintf(place, 256, "%.200s:%zu", sw_table_source(table), line);
    else
        snprintf(place, 256, "row %zu of the table", row + 1);
}

void sw_curve_place(char place[256], const sw_curve *curve, size_t point) {
    place_of(place, curve->table, curve->row[point]);
}

static sw_status allocate(sw_curve *curve, const sw_table *table) {
    size_t rows = sw_table_rows(table) + 1;
    *curve = (sw_curve){.table = table, .mass_unit = ""};
    curve->time = sw_allocate(rows, sizeof *curve->time);
    curve->temperature = sw_allocate(rows, sizeof *curve->temperature);
    curve->mass = sw_allocate(rows, sizeof *curve->mass);
    curve->row = sw_allocate(rows, sizeof *curve->row);
    bool made = curve->time && curve->temperature && curve->mass && curve->row;
    return made ? SW_OK : SW_ERROR_MEMORY;
}

void sw_curve_clear(sw_curve *curve) {
    free(curve->time);
    free(curve->temperature);
    free(curve->mass);
    free(curve->row);
    *curve = (sw_curve){.table = NULL};
}

/* Rows of one time become one of mean temperature and mass. */
static void join(sw_curve *curve, double temperature, double mass, size_t *joined) {
    size_t last = curve->count - 1;
    double share = 1.0 / (double)(*joined + 1);
    curve->temperature[last] += (temperature - curve->temperature[last]) * share;
    curve->mass[last] += (mass - curve->mass[last]) * share;
    ++*joined;
    curve->repeated++;
}

static void append(sw_curve *curve, size_t row, double time, double temperature, double mass) {
    size_t at = curve->count++;
    curve->time[at] = time;
    curve->temperature[at] = temperature;
    curve->mass[at] = mass;
    curve->row[at] = row;
}

static sw_status goes_back(const sw_curve *curve, size_t row, double time, sw_error *error) {
    char place[256];
    place_of(place, curve->table, row);
    return sw_error_set(
        error, SW_ERROR_FORMAT, place, "give --disorder drop to leave such rows out",
        "the time goes back to %.6g s, after %.6g s", time, curve->time[curve->count - 1]);
}

/* What no balance has read. */
static sw_status check_row(const sw_curve *curve, size_t row, double time, double temperature,
                           double mass, sw_error *error) {
    char place[256];
    const char *hint = "is its unit right? Leave the cell empty where the value is missing";
    bool hot = !(temperature > 0.0 && temperature < HOTTEST);
    bool beyond = !(fabs(time) < LARGEST && fabs(mass) < LARGEST);
    if (!hot && !beyond)
        return SW_OK;
    place_of(place, curve->table, row);
    if (hot)
        return sw_error_set(error, SW_ERROR_FORMAT, place, hint, "a temperature of %g K",
                            temperature);
    return sw_error_set(error, SW_ERROR_FORMAT, place, hint,
                        "a mass of %g at %g s is none of a balance", mass, time);
}

static sw_status take_rows(sw_curve *curve, const curve_columns *columns, bool whole,
                           const sw_instrument_settings *settings, sw_error *error) {
    bool drop = sw_setting_choice(settings, "disorder") == DISORDER_DROP;
    bool begins = whole || sw_setting_is_automatic(settings, "from");
    bool ends = whole || sw_setting_is_automatic(settings, "to");
    double from = begins ? -INFINITY : sw_setting_number(settings, "from");
    double to = ends ? INFINITY : sw_setting_number(settings, "to");
    size_t joined = 1;
    for (size_t row = 0; row < sw_table_rows(curve->table); row++) {
        double time = sw_named_column_value(&columns->time, curve->table, row);
        double temperature = sw_named_column_value(&columns->temperature, curve->table, row);
        double mass = sw_named_column_value(&columns->mass, curve->table, row);
        if (!isfinite(time) || !isfinite(temperature) || !isfinite(mass)) {
            curve->missing++;
            continue;
        }
        sw_status status = check_row(curve, row, time, temperature, mass, error);
        if (status != SW_OK)
            return status;
        if (time < from || time > to)
            continue;
        double last = curve->count > 0 ? curve->time[curve->count - 1] : -INFINITY;
        if (time > last) {
            append(curve, row, time, temperature, mass);
            joined = 1;
        } else if (time == last) {
            join(curve, temperature, mass, &joined);
        } else if (drop) {
            curve->disordered++;
        } else {
            return goes_back(curve, row, time, error);
        }
    }
    return SW_OK;
}

static const char *unit_of_mass(const char *spelling) {
    static const char *const relative[] = {"%",    "wt%",   "wt.%",   "wt.-%",   "wt. %",
                                           "wt %", "mass%", "mass-%", "percent", NULL};
    for (const char *const *word = relative; *word != NULL; word++)
        if (strcmp(spelling, *word) == 0)
            return "%";
    bool none =
        spelling[0] == '\0' || strcmp(spelling, "-") == 0 || strcmp(spelling, "fraction") == 0;
    return none ? "" : "mg";
}

static sw_status read_curve(sw_curve *curve, const sw_table *table, bool whole,
                            const sw_instrument_settings *settings, sw_error *error) {
    curve_columns columns = {0};
    sw_status status = allocate(curve, table);
    if (status == SW_OK)
        status = find_columns(&columns, table, settings, error);
    if (status != SW_OK)
        return status;
    curve->mass_unit = unit_of_mass(columns.mass.unit);
    status = take_rows(curve, &columns, whole, settings, error);
    if (status == SW_OK && curve->count < LEAST_ROWS)
        status = sw_error_set(
            error, SW_ERROR_FORMAT, sw_table_source(table),
            "are the columns right? See --time, --temperature, --mass, --from, --to",
            "%zu rows with time, temperature and mass, %d are needed", curve->count, LEAST_ROWS);
    return status;
}

sw_status sw_curve_read_rows(sw_curve *curve, const sw_table *table,
                             const sw_instrument_settings *settings, sw_error *error) {
    return read_curve(curve, table, false, settings, error);
}

sw_status sw_curve_read_whole(sw_curve *curve, const sw_table *table,
                              const sw_instrument_settings *settings, sw_error *error) {
    return read_curve(curve, table, true, settings, error);
}

sw_status sw_curve_settle_jumps(sw_curve *curve, const sw_instrument_settings *settings,
                                sw_error *error) {
    size_t jumps = sw_setting_choice(settings, "jumps");
    return jumps != JUMPS_KEEP ? sw_curve_treat_jumps(curve, jumps == JUMPS_REMOVE, error) : SW_OK;
}

sw_status sw_curve_read(sw_curve *curve, const sw_table *table,
                        const sw_instrument_settings *settings, sw_error *error) {
    sw_status status = sw_curve_read_rows(curve, table, settings, error);
    return status == SW_OK ? sw_curve_settle_jumps(curve, settings, error) : status;
}

sw_status sw_curve_notes(const sw_curve *curve, sw_measurement *measurement) {
    const char *source = sw_table_source(curve->table), *slash = strrchr(source, '/');
    const char *name = slash != NULL ? slash + 1 : source;
    sw_status status = SW_OK;
    if (curve->missing > 0)
        status = sw_measurement_note(measurement, "%s: %zu rows with a missing value left out.",
                                     name, curve->missing);
    if (status == SW_OK && curve->repeated > 0)
        status = sw_measurement_note(measurement, "%s: %zu rows joined with one of the same time.",
                                     name, curve->repeated);
    if (status == SW_OK && curve->disordered > 0)
        status = sw_measurement_note(measurement, "%s: %zu rows left out, their time goes back.",
                                     name, curve->disordered);
    if (status == SW_OK && curve->jumps > 0)
        status = sw_measurement_note(measurement,
                                     "%s: %zu jumps of the mass taken out, %.4g %s in all: what "
                                     "comes after is moved.",
                                     name, curve->jumps, curve->jump_sum, curve->mass_unit);
    if (status == SW_OK && curve->alone > 0)
        status = sw_measurement_note(measurement,
                                     "%s: %zu rows whose mass stood alone put on the line of their "
                                     "neighbours.",
                                     name, curve->alone);
    return status;
}
