/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "curves/kinetic_runs.h"

#include "base/bisection.h"
#include "base/memory.h"
#include "curves/columns.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ALIKE 0.05 /* losses of curves of one reaction */

/* ---- between the points: cubic from values and rates ----------------------------------------- */

static double hermite(double *slope, const sw_conversion *c, size_t i, double share) {
    double step = c->time[i + 1] - c->time[i], u = share, v = 1.0 - share;
    double rise = c->value[i + 1] - c->value[i];
    double first = c->rate[i] * step, last = c->rate[i + 1] * step;
    *slope = (6.0 * u * v * rise + v * (v - 2.0 * u) * first + u * (u - 2.0 * v) * last) / step;
    return c->value[i] + u * u * (3.0 - 2.0 * u) * rise + u * v * (v * first - u * last);
}

typedef struct curve_step {
    const sw_conversion *conversion;
    size_t index;
} curve_step;

static double value_in(const void *user, double share) {
    const curve_step *step = user;
    double slope;
    return hermite(&slope, step->conversion, step->index, share);
}

/* Share of the step where the level is passed. */
static double passing(double *slope, const sw_conversion *c, size_t i, double level) {
    const curve_step step = {c, i};
    double share = sw_bisect(value_in, &step, 0.0, 1.0, level, 50);
    hermite(slope, c, i, share);
    return share;
}

static double level_time(double *rate, const sw_kinetic_run *run, double level) {
    const sw_conversion *c = &run->conversion;
    for (size_t i = 0; i + 1 < c->count; i++) {
        if (!(c->value[i] < level && c->value[i + 1] >= level))
            continue;
        double share = passing(rate, c, i, level);
        return c->time[i] + share * (c->time[i + 1] - c->time[i]);
    }
    *rate = (double)NAN;
    return (double)NAN;
}

bool sw_kinetic_in_middle(double level) {
    return level > 0.1 - 1e-9 && level < 0.9 + 1e-9;
}

double sw_kinetic_run_time(const sw_kinetic_run *run, double level) {
    double rate;
    return level_time(&rate, run, level);
}

/* ---- one run --------------------------------------------------------------------------------- */

static void find_heating_rate(sw_kinetic_run *run) {
    double from = sw_kinetic_run_time(run, 0.02), to = sw_kinetic_run_time(run, 0.98);
    if (!isfinite(from))
        from = run->conversion.time[0];
    if (!isfinite(to))
        to = run->conversion.time[run->conversion.count - 1];
    double first = sw_programme_temperature(&run->programme, from);
    double last = sw_programme_temperature(&run->programme, to), worst = 0.0;
    run->heating_rate = (last - first) / (to - from);
    for (int i = 1; i < 20; i++) {
        double share = i / 20.0, line = first + share * (last - first);
        double there = sw_programme_temperature(&run->programme, from + share * (to - from));
        worst = fmax(worst, fabs(there - line));
    }
    run->linear = last - first > 5.0 && worst < 0.02 * (last - first);
}

static sw_status read_run(sw_kinetic_run *run, const sw_table *table,
                          const sw_instrument_settings *settings, sw_error *error) {
    sw_feed feed;
    const char *source = sw_table_source(table), *slash = strrchr(source, '/');
    snprintf(run->name, sizeof run->name, "%.60s", slash != NULL ? slash + 1 : source);
    sw_status status = sw_curve_read(&run->curve, table, settings, error);
    if (status == SW_OK)
        status = sw_conversion_create(&run->conversion, &feed, &run->curve, SW_RUN_POINTS, settings,
                                      error);
    if (status != SW_OK)
        return status;
    run->programme =
        (sw_programme){run->conversion.count, run->conversion.time, run->conversion.temperature};
    find_heating_rate(run);
    return SW_OK;
}

static sw_status find_levels(sw_levels *at, const sw_kinetic_run *run, const sw_kinetic_runs *runs,
                             sw_error *error) {
    for (size_t i = 0; i < runs->levels; i++) {
        at->time[i] = level_time(&at->rate[i], run, runs->level[i]);
        if (!isfinite(at->time[i]))
            return sw_error_set(error, SW_ERROR_FORMAT, sw_table_source(run->curve.table),
                                "give --loss or --feed as it is, or a curve that goes on longer",
                                "the curve does not reach conversion %g", runs->level[i]);
        if (!(at->rate[i] > 0.0))
            return sw_error_set(error, SW_ERROR_FORMAT, sw_table_source(run->curve.table),
                                "give a wider --bandwidth",
                                "the smoothed curve does not rise at conversion %g",
                                runs->level[i]);
        at->temperature[i] = sw_programme_temperature(&run->programme, at->time[i]);
    }
    return SW_OK;
}

/* By heating rate, then by temperature at the end. */
static int compare_runs(const void *a, const void *b) {
    const sw_kinetic_run *first = a, *second = b;
    double rate = first->heating_rate - second->heating_rate;
    size_t last = SW_RUN_POINTS - 1;
    double end = first->conversion.temperature[last] - second->conversion.temperature[last];
    double by = first->linear && second->linear ? rate : end;
    return (by > 0.0) - (by < 0.0);
}

static double mean_temperature(const sw_kinetic_runs *runs) {
    double sum = 0.0;
    for (size_t i = 0; i < runs->count; i++)
        sum += runs->at[i].temperature[runs->levels / 2];
    return sum / (double)runs->count;
}

sw_status sw_kinetic_runs_create(sw_kinetic_runs *runs, const sw_content *inputs, double step,
                                 const sw_instrument_settings *settings, sw_error *error) {
    size_t count = 0;
    *runs = (sw_kinetic_runs){.count = 0};
    while (inputs[count].noun == SW_NOUN_TABLE)
        count++;
    if (count > SW_MOST_RUNS)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "kinetics",
                            "leave some of the same programme out",
                            "%zu curves, at most %d are taken", count, SW_MOST_RUNS);
    for (size_t k = 1; (double)k * step < 1.0 - 0.5 * step && k <= SW_MOST_LEVELS; k++)
        runs->level[runs->levels++] = (double)k * step;
    runs->run = sw_allocate(count, sizeof *runs->run);
    runs->at = sw_allocate(count, sizeof *runs->at);
    if (runs->run == NULL || runs->at == NULL)
        return SW_ERROR_MEMORY;
    runs->count = count;
    sw_status status = SW_OK;
    for (size_t i = 0; i < count && status == SW_OK; i++)
        status = read_run(&runs->run[i], inputs[i].table, settings, error);
    if (status == SW_OK)
        qsort(runs->run, count, sizeof *runs->run, compare_runs);
    for (size_t i = 0; i < count && status == SW_OK; i++)
        status = find_levels(&runs->at[i], &runs->run[i], runs, error);
    if (status == SW_OK)
        runs->reference = mean_temperature(runs);
    return status;
}

void sw_kinetic_runs_clear(sw_kinetic_runs *runs) {
    for (size_t i = 0; i < runs->count; i++) {
        sw_curve_clear(&runs->run[i].curve);
        sw_conversion_clear(&runs->run[i].conversion);
    }
    free(runs->run);
    free(runs->at);
    *runs = (sw_kinetic_runs){.count = 0};
}

static sw_status add_run_table(const sw_kinetic_runs *runs, sw_measurement *measurement) {
    const char *name[SW_MOST_RUNS];
    double rate[SW_MOST_RUNS], width[SW_MOST_RUNS], noise[SW_MOST_RUNS], loss[SW_MOST_RUNS];
    for (size_t i = 0; i < runs->count; i++) {
        const sw_kinetic_run *run = &runs->run[i];
        name[i] = run->name;
        rate[i] = 60.0 * run->heating_rate;
        width[i] = run->conversion.smoothing.bandwidth;
        noise[i] =
            run->conversion.smoothing.noise / run->conversion.initial / fabs(run->conversion.loss);
        loss[i] = 100.0 * run->conversion.loss;
    }
    const sw_column columns[] = {{"file", "", NULL, name},
                                 {"heating rate", "K/min", rate, NULL},
                                 {"loss at conversion 1", "%", loss, NULL},
                                 {"bandwidth", "s", width, NULL},
                                 {"noise of conversion", "", noise, NULL},
                                 {0}};
    return sw_add_columns(measurement, "runs", columns, runs->count);
}

/* Where each curve's own loss is conversion 1 they should be alike. */
static sw_status note_losses(const sw_kinetic_runs *runs, sw_measurement *measurement) {
    double low = INFINITY, high = -INFINITY, error = 0.0;
    bool own = true;
    for (size_t i = 0; i < runs->count; i++) {
        const sw_conversion *c = &runs->run[i].conversion;
        error = fmax(error, hypot(c->initial_error, c->final_error) / c->initial);
        low = fmin(low, c->loss);
        high = fmax(high, c->loss);
        own = own && fabs(c->initial - c->final - c->initial * c->loss) < 1e-9 * fabs(c->initial);
    }
    sw_status status =
        own ? sw_measurement_note(measurement, "Conversion 1 is the mass of each curve's last "
                                               "row: complete reaction is assumed. Give --feed "
                                               "or --loss for the mass loss of theory.")
            : SW_OK;
    if (status == SW_OK && high - low > ALIKE * fmax(fabs(low), fabs(high)) + 4.0 * error)
        status = sw_measurement_note(measurement,
                                     "The curves lose from %.4g to %.4g %% of their mass: are they "
                                     "of one reaction, and do all go on to its end?",
                                     100.0 * low, 100.0 * high);
    return status;
}

sw_status sw_kinetic_runs_report(const sw_kinetic_runs *runs, sw_measurement *measurement) {
    sw_status status = add_run_table(runs, measurement);
    if (status == SW_OK)
        status = note_losses(runs, measurement);
    for (size_t i = 0; i < runs->count && status == SW_OK; i++)
        status = sw_curve_notes(&runs->run[i].curve, measurement);
    return status;
}
