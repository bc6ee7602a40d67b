/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "curves/blank.h"

#include "base/memory.h"
#include "curves/columns.h"
#include "curves/local_polynomial.h"

#include <spillway/io.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_ROWS = 8, SHOWN = 1000 };
enum { BY_AUTO, BY_TIME, BY_TEMPERATURE };
const char *const sw_blank_words[] = {"auto", "time", "temperature", NULL};

#define SAME 5.0   /* K: programmes that are one; how far rows may lie beyond the blank */
#define HEATED 1.0 /* K by which a temperature that rises may fall between rows, for its noise */

/* ---- the file -------------------------------------------------------------------------------- */

static sw_status read_blank(sw_blank *blank, const char *path,
                            const sw_instrument_settings *settings, sw_error *error) {
    sw_content content = {0};
    sw_status status = sw_read(&content, path, NULL, -1, error);
    if (status == SW_OK && content.noun != SW_NOUN_TABLE)
        status = sw_error_set(error, SW_ERROR_ARGUMENT, path, "give a table of a thermobalance",
                              "the blank is no table");
    if (status == SW_OK) {
        blank->table = content.table;
        content.table = NULL;
        content.noun = SW_NOUN_NONE;
        status = sw_curve_read_whole(&blank->curve, blank->table, settings, error);
    }
    sw_content_clear(&content);
    return status;
}

static sw_status check_unit(const sw_curve *curve, sw_error *error) {
    if (strcmp(curve->mass_unit, "mg") == 0)
        return SW_OK;
    return sw_error_set(error, SW_ERROR_UNIT, sw_table_source(curve->table),
                        "export both runs in mg: a share of the sample's mass is none of the "
                        "blank's",
                        "with --blank the mass must be in mg, g or ug, and this has %s",
                        *curve->mass_unit != '\0' ? curve->mass_unit : "no unit");
}

void sw_blank_clear(sw_blank *blank) {
    sw_curve_clear(&blank->curve);
    sw_table_destroy(blank->table);
    free(blank->time);
    free(blank->read);
    free(blank->taken);
    *blank = (sw_blank){.table = NULL};
}

/* ---- which rows belong together -------------------------------------------------------------- */

/* The first of rising x[count] above a value. */
static size_t first_above(const double *x, size_t count, double value) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (x[middle] <= value)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* On straight lines between rising x; the values of the ends beyond them. */
static double line_at(const double *x, const double *y, size_t count, double at) {
    size_t above = first_above(x, count, at);
    if (above == 0 || above == count)
        return y[above == 0 ? 0 : count - 1];
    double share = (at - x[above - 1]) / (x[above] - x[above - 1]);
    return y[above - 1] + share * (y[above] - y[above - 1]);
}

/* The first row of the curve at which there is no blank, or one of another temperature where that
 * matters; count: none. */
static size_t first_apart(const sw_curve *curve, const sw_curve *blank, bool by_time_alone) {
    double low = blank->time[0], high = blank->time[blank->count - 1];
    double slack = 2.0 * (high - low) / (double)(blank->count - 1);
    for (size_t i = 0; i < curve->count; i++) {
        double time = curve->time[i];
        double there = line_at(blank->time, blank->temperature, blank->count, time);
        bool apart = !by_time_alone && !(fabs(there - curve->temperature[i]) <= SAME);
        if (time < low - slack || time > high + slack || apart)
            return i;
    }
    return curve->count;
}

static bool is_heated(const sw_curve *curve) {
    double highest = curve->temperature[0];
    for (size_t i = 0; i < curve->count; i++) {
        if (curve->temperature[i] < highest - HEATED)
            return false;
        highest = fmax(highest, curve->temperature[i]);
    }
    return highest > curve->temperature[0] + 2.0 * SAME;
}

static sw_status differs(const sw_curve *curve, const sw_curve *blank, size_t row,
                         sw_error *error) {
    char place[256];
    double time = curve->time[row];
    sw_curve_place(place, curve, row);
    if (time > blank->time[blank->count - 1] || time < blank->time[0])
        return sw_error_set(error, SW_ERROR_ARGUMENT, place,
                            "record the blank under the whole programme, or give --from and --to",
                            "the blank goes from %.6g to %.6g s, and this row is at %.6g s",
                            blank->time[0], blank->time[blank->count - 1], time);
    return sw_error_set(error, SW_ERROR_ARGUMENT, place,
                        "record the blank under the same programme, or give --blank-by time or "
                        "--blank-by temperature",
                        "at %.6g s the sample is at %.5g K and the blank at %.5g K", time,
                        curve->temperature[row],
                        line_at(blank->time, blank->temperature, blank->count, time));
}

static sw_status choose(sw_blank *blank, const sw_curve *curve,
                        const sw_instrument_settings *settings, sw_error *error) {
    size_t by = sw_setting_choice(settings, "blank-by");
    size_t apart = first_apart(curve, &blank->curve, by == BY_TIME);
    blank->by_temperature = by == BY_TEMPERATURE;
    if (by == BY_TEMPERATURE || apart == curve->count)
        return SW_OK;
    if (by == BY_AUTO)
        blank->by_temperature = is_heated(curve) && is_heated(&blank->curve);
    return blank->by_temperature ? SW_OK : differs(curve, &blank->curve, apart, error);
}

/* Takes a mass off row `from` of the curve, which becomes row `to`. */
static void take_off_row(sw_blank *blank, sw_curve *curve, size_t from, size_t to, double mass) {
    blank->time[to] = curve->time[to] = curve->time[from];
    blank->read[to] = curve->mass[from];
    blank->taken[to] = mass;
    curve->temperature[to] = curve->temperature[from];
    curve->row[to] = curve->row[from];
    curve->mass[to] = curve->mass[from] - mass;
    blank->rows = to + 1;
}

/* ---- over time ------------------------------------------------------------------------------- */

/* Without its jumps a blank has noise; between the rows of a jump its mass is not known.
 * steps[count]: what the jumps have added up to. */
static sw_status find_jumps(sw_blank *blank, double *steps, sw_error *error) {
    sw_curve *curve = &blank->curve;
    double *with = sw_allocate(curve->count, sizeof *with);
    if (with == NULL)
        return SW_ERROR_MEMORY;
    memcpy(with, curve->mass, curve->count * sizeof *with);
    sw_status status = sw_curve_treat_jumps(curve, true, error);
    blank->jumps = curve->jumps;
    blank->noise = sw_smoothing_choose(curve->time, curve->mass, curve->count, 0.0).noise;
    for (size_t i = 0; i < curve->count; i++)
        steps[i] = with[i] - curve->mass[i];
    memcpy(curve->mass, with, curve->count * sizeof *with);
    free(with);
    return status;
}

/* Keeps the rows of the curve that lie between two rows of the blank without a jump. */
static void take_off_by_time(sw_blank *blank, sw_curve *curve, const double *steps) {
    const sw_curve *off = &blank->curve;
    size_t kept = 0;
    for (size_t i = 0; i < curve->count; i++) {
        size_t above = first_above(off->time, off->count, curve->time[i]);
        bool on_row = above > 0 && off->time[above - 1] == curve->time[i];
        bool between = above > 0 && above < off->count && !on_row;
        if (between && fabs(steps[above] - steps[above - 1]) > blank->noise) {
            blank->dropped++;
            continue;
        }
        double mass = line_at(off->time, off->mass, off->count, curve->time[i]) - off->mass[0];
        take_off_row(blank, curve, i, kept++, mass);
    }
    curve->count = kept;
}

static sw_status by_time(sw_blank *blank, sw_curve *curve, sw_error *error) {
    double *steps = sw_allocate(blank->curve.count, sizeof *steps);
    sw_status status = steps != NULL ? find_jumps(blank, steps, error) : SW_ERROR_MEMORY;
    if (status == SW_OK)
        take_off_by_time(blank, curve, steps);
    free(steps);
    if (status == SW_OK && curve->count < LEAST_ROWS)
        return sw_error_set(error, SW_ERROR_FORMAT, sw_table_source(curve->table),
                            "record the blank with more rows, so that fewer lie within its jumps",
                            "%zu rows are left without those in jumps of the blank, %d are needed",
                            curve->count, LEAST_ROWS);
    return status;
}

/* ---- over temperature ------------------------------------------------------------------------ */

typedef struct warm_row {
    double temperature, mass;
} warm_row;

static int compare(const void *a, const void *b) {
    double first = ((const warm_row *)a)->temperature, second = ((const warm_row *)b)->temperature;
    return (first > second) - (first < second);
}

/* Rows by rising temperature, those of one temperature as their mean; returns how many. */
static size_t sort_rows(warm_row *row, double *temperature, double *mass, const sw_curve *curve) {
    size_t count = 0, joined = 0;
    for (size_t i = 0; i < curve->count; i++)
        row[i] = (warm_row){curve->temperature[i], curve->mass[i]};
    qsort(row, curve->count, sizeof *row, compare);
    for (size_t i = 0; i < curve->count; i++) {
        bool same = count > 0 && row[i].temperature == temperature[count - 1];
        joined = same ? joined + 1 : 1;
        count += !same;
        temperature[count - 1] = row[i].temperature;
        mass[count - 1] =
            same ? mass[count - 1] + (row[i].mass - mass[count - 1]) / (double)joined : row[i].mass;
    }
    return count;
}

static sw_status take_off_by_temperature(sw_blank *blank, sw_curve *curve,
                                         const double *temperature, const double *mass,
                                         size_t count, sw_error *error) {
    for (size_t i = 0; i < curve->count; i++) {
        double at = curve->temperature[i];
        if (at < temperature[0] - SAME || at > temperature[count - 1] + SAME) {
            char place[256];
            sw_curve_place(place, curve, i);
            return sw_error_set(error, SW_ERROR_ARGUMENT, place,
                                "record the blank over all temperatures, or give --from and --to",
                                "the blank goes from %.5g to %.5g K, and this row is at %.5g K",
                                temperature[0], temperature[count - 1], at);
        }
        take_off_row(blank, curve, i, i,
                     line_at(temperature, mass, count, at) - blank->curve.mass[0]);
    }
    return SW_OK;
}

static sw_status by_temperature(sw_blank *blank, sw_curve *curve, sw_error *error) {
    size_t rows = blank->curve.count;
    warm_row *row = sw_allocate(rows, sizeof *row);
    double *steps = sw_allocate(3 * rows, sizeof *steps);
    sw_status status = row != NULL && steps != NULL ? SW_OK : SW_ERROR_MEMORY;
    if (status == SW_OK)
        status = find_jumps(blank, steps, error);
    if (status == SW_OK && blank->jumps > 0)
        status = sw_error_set(error, SW_ERROR_FORMAT, sw_table_source(blank->table),
                              "record it under the programme of the sample: --blank-by time",
                              "the blank jumps by %.4g mg in all, as when a gas is switched, and "
                              "temperatures do not tell when",
                              blank->curve.jump_sum);
    if (status == SW_OK) {
        double *temperature = steps + rows, *mass = temperature + rows;
        size_t count = sort_rows(row, temperature, mass, &blank->curve);
        status = take_off_by_temperature(blank, curve, temperature, mass, count, error);
    }
    free(row);
    free(steps);
    return status;
}

/* ---- all ------------------------------------------------------------------------------------- */

static size_t rows_within(const double *x, size_t count, double low, double high) {
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        found += x[i] >= low && x[i] <= high;
    return found;
}

/* The blank's noise is in the residuals of the smoothing as if every row had its own. Where there
 * are fewer rows of the blank than of the sample they have it in common, and more of it stays. */
static sw_status set_errors(const sw_blank *blank, sw_curve *curve,
                            const sw_instrument_settings *settings, sw_error *error) {
    double milligram, low = curve->time[0], high = curve->time[curve->count - 1];
    const sw_curve *off = &blank->curve;
    size_t there = rows_within(off->time, off->count, low, high);
    if (blank->by_temperature) {
        low = INFINITY;
        high = -INFINITY;
        for (size_t i = 0; i < curve->count; i++) {
            low = fmin(low, curve->temperature[i]);
            high = fmax(high, curve->temperature[i]);
        }
        there = rows_within(off->temperature, off->count, low, high);
    }
    double more = (double)curve->count / fmax((double)there, 1.0) - 1.0;
    curve->blank_noise = blank->noise * sqrt(fmax(more, 0.0));
    sw_status status = sw_quantity_parse(&milligram, "1 mg", SW_MASS, error);
    if (status == SW_OK)
        curve->blank_error = sw_setting_number(settings, "blank-error") / milligram;
    return status;
}

sw_status sw_blank_take_off(sw_blank *blank, sw_curve *curve,
                            const sw_instrument_settings *settings, sw_error *error) {
    const char *path = sw_setting_text(settings, "blank");
    *blank = (sw_blank){.table = NULL};
    if (strcmp(path, "none") == 0)
        return SW_OK;
    sw_status status = read_blank(blank, path, settings, error);
    if (status == SW_OK)
        status = check_unit(curve, error);
    if (status == SW_OK)
        status = check_unit(&blank->curve, error);
    if (status == SW_OK)
        status = choose(blank, curve, settings, error);
    if (status == SW_OK) {
        blank->time = sw_allocate(curve->count, sizeof *blank->time);
        blank->read = sw_allocate(curve->count, sizeof *blank->read);
        blank->taken = sw_allocate(curve->count, sizeof *blank->taken);
        status = blank->time && blank->read && blank->taken ? SW_OK : SW_ERROR_MEMORY;
    }
    if (status == SW_OK)
        status = blank->by_temperature ? by_temperature(blank, curve, error)
                                       : by_time(blank, curve, error);
    return status == SW_OK ? set_errors(blank, curve, settings, error) : status;
}

/* ---- what comes out -------------------------------------------------------------------------- */

static sw_status add_table(const sw_blank *blank, sw_measurement *measurement) {
    double number[4][SHOWN];
    size_t shown = blank->rows < SHOWN ? blank->rows : SHOWN;
    for (size_t i = 0; i < shown; i++) {
        size_t row = shown > 1 ? i * (blank->rows - 1) / (shown - 1) : 0;
        number[0][i] = blank->time[row];
        number[1][i] = blank->read[row];
        number[2][i] = blank->taken[row];
        number[3][i] = blank->read[row] - blank->taken[row];
    }
    const sw_column columns[] = {{"time", "s", number[0], NULL},
                                 {"as read", "mg", number[1], NULL},
                                 {"blank", "mg", number[2], NULL},
                                 {"without blank", "mg", number[3], NULL},
                                 {0}};
    return sw_add_columns(measurement, "blank", columns, shown);
}

static sw_status add_plots(sw_measurement *measurement) {
    sw_status status = sw_measurement_add_plot(
        measurement, (sw_plot){.title = "mass, as read and without the blank",
                               .table = "blank",
                               .x = "time",
                               .y = "as read,without blank",
                               .y_label = "mass",
                               .kind = "lines",
                               .help = "By the file's clock, before jumps are looked for."});
    if (status != SW_OK)
        return status;
    return sw_measurement_add_plot(measurement,
                                   (sw_plot){.title = "blank",
                                             .table = "blank",
                                             .x = "time",
                                             .y = "blank",
                                             .y_label = "mass",
                                             .kind = "lines",
                                             .help = "What was taken off at each row."});
}

static sw_status add_notes(const sw_blank *blank, const sw_curve *curve,
                           sw_measurement *measurement) {
    double lowest = INFINITY, highest = -INFINITY;
    for (size_t i = 0; i < blank->rows; i++) {
        lowest = fmin(lowest, blank->taken[i]);
        highest = fmax(highest, blank->taken[i]);
    }
    sw_status status =
        sw_measurement_note(measurement, "The blank %s is taken off over %s: from %.4g to %.4g mg.",
                            sw_table_source(blank->table),
                            blank->by_temperature ? "temperature" : "time", lowest, highest);
    if (status == SW_OK && blank->dropped > 0)
        status = sw_measurement_note(
            measurement, "%zu rows left out that lie within a jump of the blank.", blank->dropped);
    if (status == SW_OK && !(curve->blank_error > 0.0))
        status = sw_measurement_note(measurement,
                                     "How well blanks repeat is not in the intervals: measure two "
                                     "and give their difference over 1.4 as --blank-error.");
    return status;
}

sw_status sw_blank_report(const sw_blank *blank, const sw_curve *curve,
                          sw_measurement *measurement) {
    if (blank->rows == 0)
        return SW_OK;
    sw_status status = add_notes(blank, curve, measurement);
    if (status == SW_OK)
        status = add_table(blank, measurement);
    return status == SW_OK ? add_plots(measurement) : status;
}
