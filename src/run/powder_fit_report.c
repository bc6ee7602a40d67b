/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes out of a fit of a powder: numbers with their profiles, curves, residuals, notes. */
#include "run/powder_fit.h"

#include "base/memory.h"
#include "curves/columns.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 400 }; /* points of each curve in the tables */

/* ---- numbers --------------------------------------------------------------------------------- */

static double end_shown(const sw_powder_fit *fit, const sw_powder_profiles *profiles, size_t k,
                        int side) {
    return sw_powder_free_shown(&fit->free[k], profiles->side[k][side].end);
}

static const char *state_of(const sw_powder_side *side) {
    return side->closed ? "closed" : side->done ? "open" : "stopped";
}

static sw_status note_open(sw_measurement *out, const sw_powder_fit *fit,
                           const sw_powder_profiles *profiles, size_t k) {
    static const char *const words[] = {"below", "above"};
    const sw_powder_side *side = profiles->side[k];
    const char *name = fit->free[k].parameter->name;
    if (!side[0].done || !side[1].done)
        return sw_measurement_note(out, "%s: its profile was stopped, no interval.", name);
    if (!side[0].closed && !side[1].closed)
        return sw_measurement_note(out,
                                   "%s is not determined by these data: every value in its range "
                                   "fits as well, and the interval is the range.",
                                   name);
    for (int s = 0; s < 2; s++)
        if (!side[s].closed)
            return sw_measurement_note(out,
                                       "%s is not determined %s by these data: the interval is "
                                       "open there and ends at the range's end, %.4g %s.",
                                       name, words[s], end_shown(fit, profiles, k, s),
                                       fit->free[k].unit);
    return SW_OK;
}

static sw_status add_parameters(sw_measurement *out, const sw_powder_fit *fit,
                                const sw_powder_best *best, const sw_powder_profiles *profiles) {
    sw_status status = SW_OK;
    for (size_t k = 0; k < fit->frees && status == SW_OK; k++) {
        const sw_powder_free *one = &fit->free[k];
        bool whole = profiles->side[k][0].done && profiles->side[k][1].done;
        status = sw_measurement_add(
            out, one->parameter->name, sw_powder_free_shown(one, best->place[k]),
            whole ? end_shown(fit, profiles, k, 0) : (double)NAN,
            whole ? end_shown(fit, profiles, k, 1) : (double)NAN, one->unit, one->parameter->help);
        if (status == SW_OK)
            status = note_open(out, fit, profiles, k);
    }
    if (status == SW_OK)
        status =
            sw_add_plain(out, "residual", sqrt(best->result.sum / fmax(best->result.freedom, 1)),
                         "", "of conversion, root mean square");
    if (status == SW_OK)
        status = sw_add_plain(out, "correlation", best->result.correlation, "",
                              "of neighbouring residuals; near 1 the model misses the data");
    if (status == SW_OK)
        status = sw_add_plain(out, "points", (double)fit->points, "", "rows that were fitted");
    return status == SW_OK
               ? sw_add_plain(out, "runs", (double)atomic_load(&fit->runs), "", "of the model")
               : status;
}

static sw_status add_parameter_table(sw_measurement *out, const sw_powder_fit *fit,
                                     const sw_powder_best *best,
                                     const sw_powder_profiles *profiles) {
    const char *text[4][SW_POWDER_FIT_FREE];
    double number[5][SW_POWDER_FIT_FREE];
    for (size_t k = 0; k < fit->frees; k++) {
        text[0][k] = fit->free[k].parameter->name;
        text[1][k] = fit->free[k].unit;
        number[0][k] = sw_powder_free_shown(&fit->free[k], best->place[k]);
        number[3][k] = sw_powder_free_shown(&fit->free[k], 0);
        number[4][k] = sw_powder_free_shown(&fit->free[k], 1);
        for (int s = 0; s < 2; s++) {
            text[2 + s][k] = state_of(&profiles->side[k][s]);
            number[1 + s][k] =
                profiles->side[k][s].done ? end_shown(fit, profiles, k, s) : (double)NAN;
        }
    }
    const sw_column columns[] = {
        {"parameter", "", NULL, text[0]},    {"value", "", number[0], NULL},
        {"low", "", number[1], NULL},        {"high", "", number[2], NULL},
        {"unit", "", NULL, text[1]},         {"below", "", NULL, text[2]},
        {"above", "", NULL, text[3]},        {"range low", "", number[3], NULL},
        {"range high", "", number[4], NULL}, {0}};
    return sw_add_columns(out, "parameters", columns, fit->frees);
}

/* ---- profiles -------------------------------------------------------------------------------- */

enum { ROWS = SW_POWDER_FIT_FREE * (2 * SW_POWDER_PROFILE_POINTS + 1) };

typedef struct profile_rows {
    const char *name[ROWS];
    double place[ROWS], value[ROWS], rise[SW_POWDER_FIT_FREE][ROWS];
    size_t rows;
} profile_rows;

static void add_row(profile_rows *made, const sw_powder_fit *fit,
                    const sw_powder_profiles *profiles, size_t k, double place, double sum) {
    size_t row = made->rows++;
    for (size_t i = 0; i < fit->frees; i++)
        made->rise[i][row] = (double)NAN;
    made->name[row] = fit->free[k].parameter->name;
    made->place[row] = place;
    made->value[row] = sw_powder_free_shown(&fit->free[k], place);
    made->rise[k][row] = (sum - profiles->least) / (profiles->limit - profiles->least);
}

/* Points of one side in the order of their places. */
static void add_side(profile_rows *made, const sw_powder_fit *fit,
                     const sw_powder_profiles *profiles, size_t k, int which) {
    const sw_powder_side *side = &profiles->side[k][which];
    bool taken[SW_POWDER_PROFILE_POINTS] = {false};
    for (size_t n = 0; n < side->count; n++) {
        size_t next = side->count;
        for (size_t i = 0; i < side->count; i++)
            if (!taken[i] && (next == side->count || side->place[i] < side->place[next]))
                next = i;
        taken[next] = true;
        add_row(made, fit, profiles, k, side->place[next], side->sum[next]);
    }
}

static sw_status add_profiles(sw_measurement *out, const sw_powder_fit *fit,
                              const sw_powder_best *best, const sw_powder_profiles *profiles) {
    profile_rows *made = sw_allocate(1, sizeof *made);
    sw_column columns[SW_POWDER_FIT_FREE + 4] = {{0}};
    char names[SW_POWDER_FIT_FREE * 64] = "";
    if (!made)
        return SW_ERROR_MEMORY;
    for (size_t k = 0; k < fit->frees; k++) {
        add_side(made, fit, profiles, k, 0);
        add_row(made, fit, profiles, k, best->place[k], profiles->least);
        add_side(made, fit, profiles, k, 1);
        columns[3 + k] = (sw_column){fit->free[k].parameter->name, "", made->rise[k], NULL};
        size_t used = strlen(names);
        snprintf(names + used, sizeof names - used, "%s%s", k > 0 ? "," : "",
                 fit->free[k].parameter->name);
    }
    columns[0] = (sw_column){"parameter", "", NULL, made->name};
    columns[1] = (sw_column){"place in the range", "", made->place, NULL};
    columns[2] = (sw_column){"value", "", made->value, NULL};
    sw_status status = sw_add_columns(out, "profiles", columns, made->rows);
    if (status == SW_OK)
        status = sw_measurement_add_plot(
            out, (sw_plot){.title = "profiles of the sum of squares",
                           .table = "profiles",
                           .x = "place in the range",
                           .y = names,
                           .y_label = "rise over that of the 95 % interval",
                           .kind = "lines",
                           .help = "A parameter is known where its curve is below 1. One that "
                                   "stays below 1 up to 0 or 1, an end of its range, is not "
                                   "determined on that side."});
    free(made);
    return status;
}

/* ---- curves ---------------------------------------------------------------------------------- */

typedef struct shown_curves {
    size_t rows;
    double time[SW_POWDER_FIT_CURVES * SHOWN], temperature[SW_POWDER_FIT_CURVES * SHOWN];
    double number[SW_POWDER_FIT_CURVES][3][SW_POWDER_FIT_CURVES * SHOWN];
    char name[SW_POWDER_FIT_CURVES][3][32];
} shown_curves;

/* measured: without the offset of the mass that was found. */
static void show_point(shown_curves *shown, const sw_powder_fit *fit, size_t c, size_t point,
                       double measured, double conversion) {
    const sw_powder_case *one = &fit->of[c];
    size_t row = shown->rows++;
    for (size_t i = 0; i < fit->cases; i++)
        for (int n = 0; n < 3; n++)
            shown->number[i][n][row] = (double)NAN;
    shown->time[row] = one->curve.time[point] - one->hydrogen;
    shown->temperature[row] = one->curve.temperature[point];
    shown->number[c][0][row] = measured;
    shown->number[c][1][row] = conversion;
    shown->number[c][2][row] = measured - conversion;
}

static sw_status show_curve(shown_curves *shown, sw_powder_fit *fit, size_t c, const double *place,
                            double offset, sw_error *error) {
    const sw_powder_case *one = &fit->of[c];
    double *conversion = sw_allocate(one->curve.count, sizeof *conversion);
    if (!conversion)
        return SW_ERROR_MEMORY;
    sw_status status = sw_powder_case_run(conversion, fit, one, place, error);
    size_t there = one->curve.count - one->first, show = there < SHOWN ? there : SHOWN;
    for (size_t i = 0; i < show && status == SW_OK; i++) {
        size_t point = one->first + i * (there - 1) / (show - 1);
        show_point(shown, fit, c, point, one->measured[point] + offset / one->loss,
                   conversion[point]);
    }
    free(conversion);
    return status;
}

static sw_status add_plots(sw_measurement *out, const shown_curves *shown, size_t cases) {
    char both[SW_POWDER_FIT_CURVES * 64] = "", rest[SW_POWDER_FIT_CURVES * 64] = "";
    for (size_t c = 0; c < cases; c++) {
        size_t used = strlen(both), more = strlen(rest);
        const char *comma = c > 0 ? "," : "";
        snprintf(both + used, sizeof both - used, "%s%s,%s", comma, shown->name[c][0],
                 shown->name[c][1]);
        snprintf(rest + more, sizeof rest - more, "%s%s", comma, shown->name[c][2]);
    }
    sw_status status = sw_measurement_add_plot(
        out, (sw_plot){.title = "conversion, measured and fitted",
                       .table = "curves",
                       .x = "time from hydrogen",
                       .y = both,
                       .y_label = "conversion",
                       .kind = "lines",
                       .help = "Oxygen that has left, of all that can leave; measured without the "
                               "offset of the mass, where one is fitted."});
    if (status != SW_OK)
        return status;
    return sw_measurement_add_plot(
        out, (sw_plot){.title = "residuals",
                       .table = "curves",
                       .x = "time from hydrogen",
                       .y = rest,
                       .y_label = "measured less fitted",
                       .kind = "lines",
                       .help = "A pattern says that the model is not the right one."});
}

static sw_status add_curves(sw_measurement *out, sw_powder_fit *fit, const double *place,
                            const double *offset, sw_error *error) {
    static const char *const words[] = {"curve", "fit", "residual"};
    sw_column columns[3 + 3 * SW_POWDER_FIT_CURVES] = {{0}};
    shown_curves *shown = sw_allocate(1, sizeof *shown);
    sw_status status = shown ? SW_OK : SW_ERROR_MEMORY;
    for (size_t c = 0; c < fit->cases && status == SW_OK; c++) {
        status = show_curve(shown, fit, c, place, offset[c], error);
        for (size_t n = 0; n < 3; n++) {
            char *name = shown->name[c][n];
            snprintf(name, sizeof shown->name[c][n], "%s %zu", words[n], c + 1);
            columns[2 + 3 * c + n] = (sw_column){name, "", shown->number[c][n], NULL};
        }
    }
    if (status == SW_OK) {
        columns[0] = (sw_column){"time from hydrogen", "s", shown->time, NULL};
        columns[1] = (sw_column){"temperature", "K", shown->temperature, NULL};
        status = sw_add_columns(out, "curves", columns, shown->rows);
    }
    if (status == SW_OK)
        status = add_plots(out, shown, fit->cases);
    free(shown);
    return status;
}

/* ---- all ------------------------------------------------------------------------------------- */

/* What was taken for granted of a curve. */
static sw_status note_curve(sw_measurement *out, const sw_powder_case *one, size_t number) {
    sw_status status = sw_curve_notes(&one->curve, out);
    if (status == SW_OK && one->as_model)
        status = sw_measurement_note(out,
                                     "Curve %zu: hydrogen is let in at %g s, as in the model's "
                                     "programme; --hydrogen says otherwise.",
                                     number, one->hydrogen);
    if (status == SW_OK && one->first < 2)
        status = sw_measurement_note(out,
                                     "Curve %zu: one row alone gives the mass before hydrogen, and "
                                     "its error is not in the intervals.",
                                     number);
    return status;
}

static sw_status add_notes(sw_measurement *out, sw_powder_fit *fit, const sw_powder_best *best) {
    sw_status status = SW_OK;
    size_t failed = atomic_load(&fit->failed);
    for (size_t c = 0; c < fit->cases && status == SW_OK; c++)
        status = note_curve(out, &fit->of[c], c + 1);
    if (status == SW_OK && sw_powder_fit_likeness(fit, &best->result) > 0.5)
        status = sw_measurement_note(out,
                                     "Residuals of neighbours correlate by %.2f: the intervals are "
                                     "widened for it, and the model is not exact.",
                                     best->result.correlation);
    bool stopped = isnan(best->result.correlation);
    if (status == SW_OK && !best->result.converged && !stopped)
        status = sw_measurement_note(out, "The fit did not converge: a larger --scan may help.");
    if (status == SW_OK && failed > 0)
        status =
            sw_measurement_note(out, "%zu runs of the model failed and count as bad fits.", failed);
    return status;
}

sw_status sw_powder_fit_report(sw_measurement *out, sw_powder_fit *fit, const sw_powder_best *best,
                               const sw_powder_profiles *profiles,
                               const sw_powder_directions *directions, sw_error *error) {
    sw_context *context = fit->context;
    fit->context = NULL; /* what is there is shown whole, also after an interrupt */
    sw_status status = add_parameters(out, fit, best, profiles);
    if (status == SW_OK)
        status = sw_powder_directions_report(out, fit, best, directions);
    if (status == SW_OK)
        status = add_notes(out, fit, best);
    if (status == SW_OK)
        status = add_parameter_table(out, fit, best, profiles);
    if (status == SW_OK)
        status = add_curves(out, fit, best->place, directions->mass, error);
    if (status == SW_OK)
        status = add_profiles(out, fit, best, profiles);
    fit->context = context;
    return status;
}
