/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fit `kinetics`: one reaction model through the curves of all programmes, and what it predicts. */
#include "base/memory.h"
#include "base/student.h"
#include "curves/columns.h"
#include "curves/heat_programme.h"
#include "curves/instruments.h"
#include "curves/kinetic_ranking.h"
#include "curves/model_free.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 201 }; /* points of each curve in the tables */
enum { CLOSER = 4 };  /* times that a prediction is looked at closer, up to 500 times each */

static const sw_instrument_parameter parameters[] = {
    SW_CURVE_PARAMETERS,
    SW_CONVERSION_PARAMETERS,
    {.name = "model",
     .kind = SW_TAKES_TEXT,
     .standard = "best",
     .help =
         "F1, A2, R3, D3 ...; order, sestak-berggren, sestak-berggren-3, parallel, consecutive; "
         "best: by AICc of F1 ... and order, or two steps where they are told apart"},
    {.name = "energy",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_ENERGY,
     .standard = "auto",
     .least = 1e-3,
     .most = 20,
     .help = "first guess; auto: Vyazovkin's, which needs curves of two temperatures"},
    {.name = "predict",
     .kind = SW_TAKES_TEXT,
     .standard = "auto",
     .help = "conversion under another programme: '20 K/min', '5 K/min to 700 degC, 2 h', "
             "'700 degC, 30 min'; auto: none"},
    {.name = "start",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_TEMPERATURE,
     .standard = "25 degC",
     .least = 1,
     .most = 5000,
     .help = "where that programme begins"},
    {0},
};

typedef struct fit_work {
    sw_kinetic_runs runs;
    sw_kinetic_ranking ranking;
    const sw_kinetic_fit *fit;
} fit_work;

/* ---- which model ----------------------------------------------------------------------------- */

static sw_status guess_energies(double *energies, const fit_work *work,
                                const sw_instrument_settings *settings, sw_error *error) {
    if (!sw_setting_is_automatic(settings, "energy")) {
        double energy = sw_setting_number(settings, "energy") / SW_JOULE_PER_MOLE;
        for (size_t i = 0; i < work->runs.levels; i++)
            energies[i] = energy;
        return SW_OK;
    }
    sw_model_free *found = sw_allocate(1, sizeof *found);
    if (found == NULL)
        return SW_ERROR_MEMORY;
    sw_status status = sw_model_free_find(found, &work->runs, error);
    if (status == SW_OK)
        memcpy(energies, found->of[SW_VYAZOVKIN].energy, work->runs.levels * sizeof *energies);
    else if (status == SW_ERROR_ARGUMENT)
        status = sw_error_set(error, status, "energy",
                              "give --energy '100 kJ/mol' as a first guess, or more curves",
                              "a first guess needs curves at different temperatures");
    free(found);
    return status;
}

static void choose_best(fit_work *work) {
    const sw_kinetic_fit *one = sw_kinetic_ranking_best(&work->ranking, false);
    const sw_kinetic_fit *two = sw_kinetic_ranking_best(&work->ranking, true);
    const char *why;
    work->fit = one != NULL ? one : two;
    if (one != NULL && two != NULL &&
        sw_kinetic_steps_separate(&why, two, one, sw_kinetic_noise(&work->runs)))
        work->fit = two;
}

static sw_kinetic_kind kind_named(const char *name) {
    static const struct {
        const char *name;
        sw_kinetic_kind kind;
    } kinds[] = {{"order", SW_FIT_ORDER},
                 {"sestak-berggren", SW_FIT_SESTAK_BERGGREN},
                 {"sestak-berggren-3", SW_FIT_SESTAK_BERGGREN_3},
                 {"parallel", SW_FIT_PARALLEL},
                 {"consecutive", SW_FIT_CONSECUTIVE}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kinds[i].name, name) == 0)
            return kinds[i].kind;
    return SW_FIT_ONE_OF;
}

static sw_status fit_named(fit_work *work, const char *name, const double *energies,
                           sw_error *error) {
    sw_kinetic_kind kind = kind_named(name);
    const sw_reaction_model *model = sw_reaction_model_find(name);
    size_t levels = work->runs.levels;
    const double ends[2] = {energies[levels / 8], energies[levels - 1 - levels / 8]};
    if (kind == SW_FIT_ONE_OF && model == NULL)
        return sw_error_set(error, SW_ERROR_NOT_FOUND, "model",
                            "P1 to P4, A2, A3, A4, R2, R3, F1, F2, F3, D1 to D8 ..., order, "
                            "sestak-berggren, sestak-berggren-3, parallel, consecutive, best",
                            "there is no reaction model \"%s\"", name);
    const double middle[2] = {energies[levels / 2], energies[levels / 2]};
    work->fit = &work->ranking.fit[0];
    work->ranking.count = 1;
    return sw_kinetic_fit_find(&work->ranking.fit[0], &work->runs, kind, model,
                               kind >= SW_FIT_PARALLEL ? ends : middle, error);
}

static sw_status find_fit(fit_work *work, const sw_instrument_settings *settings,
                          sw_context *context, sw_error *error) {
    double energies[SW_MOST_LEVELS];
    const char *name = sw_setting_text(settings, "model");
    sw_status status = guess_energies(energies, work, settings, error);
    if (status != SW_OK)
        return status;
    if (strcmp(name, "best") != 0)
        return fit_named(work, name, energies, error);
    status = sw_kinetic_ranking_find(&work->ranking, &work->runs, energies, context, error);
    if (status == SW_OK)
        choose_best(work);
    return status;
}

/* ---- what comes out -------------------------------------------------------------------------- */

static const char *const measured_names[] = {"curve 1", "curve 2", "curve 3", "curve 4",
                                             "curve 5", "curve 6", "curve 7", "curve 8"};
static const char *const fitted_names[] = {"fit 1", "fit 2", "fit 3", "fit 4",
                                           "fit 5", "fit 6", "fit 7", "fit 8"};
static const char *const residual_lists[] = {
    "curve 1",
    "curve 1,curve 2",
    "curve 1,curve 2,curve 3",
    "curve 1,curve 2,curve 3,curve 4",
    "curve 1,curve 2,curve 3,curve 4,curve 5",
    "curve 1,curve 2,curve 3,curve 4,curve 5,curve 6",
    "curve 1,curve 2,curve 3,curve 4,curve 5,curve 6,curve 7",
    "curve 1,curve 2,curve 3,curve 4,curve 5,curve 6,curve 7,curve 8"};
static const char *const both_lists[] = {
    "curve 1,fit 1",
    "curve 1,fit 1,curve 2,fit 2",
    "curve 1,fit 1,curve 2,fit 2,curve 3,fit 3",
    "curve 1,fit 1,curve 2,fit 2,curve 3,fit 3,curve 4,fit 4",
    "curve 1,fit 1,curve 2,fit 2,curve 3,fit 3,curve 4,fit 4,curve 5,fit 5",
    "curve 1,fit 1,curve 2,fit 2,curve 3,fit 3,curve 4,fit 4,curve 5,fit 5,curve 6,fit 6",
    "curve 1,fit 1,curve 2,fit 2,curve 3,fit 3,curve 4,fit 4,curve 5,fit 5,curve 6,fit 6,curve 7,"
    "fit 7",
    "curve 1,fit 1,curve 2,fit 2,curve 3,fit 3,curve 4,fit 4,curve 5,fit 5,curve 6,fit 6,curve 7,"
    "fit 7,curve 8,fit 8"};

typedef struct shown_curves {
    double time[8 * SHOWN], measured[8][8 * SHOWN], fitted[8][8 * SHOWN], residual[8][8 * SHOWN];
    double conversion[8 * SHOWN];
    double alpha[SW_RUN_POINTS];
    size_t rows;
} shown_curves;

static void append_row(shown_curves *shown, size_t run, const sw_conversion *c, size_t point) {
    size_t row = shown->rows++;
    for (size_t r = 0; r < 8; r++)
        shown->measured[r][row] = shown->fitted[r][row] = shown->residual[r][row] = (double)NAN;
    shown->time[row] = c->time[point] - c->time[0];
    shown->conversion[row] = c->value[point];
    shown->measured[run][row] = c->value[point];
    shown->fitted[run][row] = shown->alpha[point];
    shown->residual[run][row] = c->value[point] - shown->alpha[point];
}

static sw_status add_shown(const shown_curves *shown, size_t runs, sw_measurement *out) {
    sw_column curves[18] = {{"time", "s", shown->time, NULL}};
    sw_column residuals[10] = {{"conversion", "", shown->conversion, NULL}};
    for (size_t r = 0; r < runs; r++) {
        curves[2 * r + 1] = (sw_column){measured_names[r], "", shown->measured[r], NULL};
        curves[2 * r + 2] = (sw_column){fitted_names[r], "", shown->fitted[r], NULL};
        residuals[r + 1] = (sw_column){measured_names[r], "", shown->residual[r], NULL};
    }
    sw_status status = sw_add_columns(out, "curves", curves, shown->rows);
    return status == SW_OK ? sw_add_columns(out, "residuals", residuals, shown->rows) : status;
}

static sw_status add_curves(const fit_work *work, sw_measurement *out) {
    size_t runs = work->runs.count < 8 ? work->runs.count : 8, last = runs > 0 ? runs - 1 : 0;
    shown_curves *shown = sw_allocate(1, sizeof *shown);
    sw_status status = shown != NULL ? SW_OK : SW_ERROR_MEMORY;
    for (size_t r = 0; r < runs && status == SW_OK; r++) {
        const sw_kinetic_run *run = &work->runs.run[r];
        status = sw_kinetic_fit_curve(shown->alpha, work->fit, work->fit->result.parameter,
                                      &run->programme);
        for (size_t i = 0; i < SHOWN && status == SW_OK; i++)
            append_row(shown, r, &run->conversion, i * (SW_RUN_POINTS - 1) / (SHOWN - 1));
    }
    if (status == SW_OK)
        status = add_shown(shown, runs, out);
    free(shown);
    if (status == SW_OK)
        status = sw_measurement_add_plot(
            out, (sw_plot){.title = "conversion, measured and fitted",
                           .table = "curves",
                           .x = "time",
                           .y = both_lists[last],
                           .y_label = "conversion",
                           .kind = "lines",
                           .help = "Curves by rising heating rate (table runs)."});
    if (status == SW_OK)
        status = sw_measurement_add_plot(
            out, (sw_plot){.title = "residuals",
                           .table = "residuals",
                           .x = "conversion",
                           .y = residual_lists[last],
                           .y_label = "measured less fitted",
                           .kind = "lines",
                           .help = "A pattern says that the model is not the right one."});
    return status;
}

/* ---- prediction ------------------------------------------------------------------------------ */

typedef struct prediction {
    double time[SW_RUN_POINTS], temperature[SW_RUN_POINTS], alpha[SW_RUN_POINTS];
    double changed[SW_RUN_POINTS], spread[SW_RUN_POINTS];
    double slope[SW_LEAST_SQUARES_PARAMETERS][SW_RUN_POINTS];
} prediction;

/* The interval follows from the covariance of the parameters, to first order. */
static sw_status spread_of(prediction *made, const sw_kinetic_fit *fit,
                           const sw_programme *programme) {
    size_t count = sw_kinetic_parameters(fit->kind);
    sw_status status = SW_OK;
    for (size_t k = 0; k < count && status == SW_OK; k++) {
        double parameter[SW_LEAST_SQUARES_PARAMETERS];
        memcpy(parameter, fit->result.parameter, sizeof parameter);
        double step = 1e-4 * fmax(fabs(parameter[k]), 1e-2);
        parameter[k] += step;
        status = sw_kinetic_fit_curve(made->changed, fit, parameter, programme);
        for (size_t i = 0; i < SW_RUN_POINTS && status == SW_OK; i++)
            made->slope[k][i] = (made->changed[i] - made->alpha[i]) / step;
    }
    for (size_t i = 0; i < SW_RUN_POINTS && status == SW_OK; i++) {
        double variance = 0.0;
        for (size_t a = 0; a < count; a++)
            for (size_t b = 0; b < count; b++)
                variance += made->slope[a][i] * made->slope[b][i] * fit->result.covariance[a][b];
        made->spread[i] = sw_student_t95(fit->result.freedom) * sqrt(fmax(variance, 0.0));
    }
    return status;
}

/* Rows until the reaction is over. */
static size_t rows_of(const prediction *made) {
    size_t rows = 0;
    while (rows < SW_RUN_POINTS && (rows < 2 || made->alpha[rows - 1] < 0.9999))
        rows++;
    return rows;
}

static sw_status add_levels(const prediction *made, size_t rows, sw_measurement *out) {
    static const double levels[] = {0.1, 0.5, 0.9, 0.99};
    sw_status status = SW_OK;
    for (size_t k = 0; k < sizeof levels / sizeof levels[0] && status == SW_OK; k++) {
        char name[64];
        size_t i = 1;
        while (i < rows && made->alpha[i] < levels[k])
            i++;
        if (i >= rows)
            break;
        double rise = made->alpha[i] - made->alpha[i - 1], step = made->time[i] - made->time[i - 1];
        double share = (levels[k] - made->alpha[i - 1]) / rise;
        snprintf(name, sizeof name, "predicted time at %g %%", 100.0 * levels[k]);
        status = sw_add_spread(out, name, made->time[i - 1] + share * step,
                               made->spread[i] * step / rise, "s",
                               "of the parameters alone; the model may be wrong");
    }
    return status;
}

static sw_status add_prediction(prediction *made, sw_measurement *out) {
    size_t rows = rows_of(made);
    const sw_column columns[] = {{"time", "s", made->time, NULL},
                                 {"temperature", "K", made->temperature, NULL},
                                 {"conversion", "", made->alpha, NULL},
                                 {"conversion spread", "", made->spread, NULL},
                                 {0}};
    sw_status status = add_levels(made, rows, out);
    if (status == SW_OK)
        status = sw_add_columns(out, "prediction", columns, rows);
    if (status == SW_OK)
        status = sw_measurement_add_plot(
            out,
            (sw_plot){.title = "prediction",
                      .table = "prediction",
                      .x = "time",
                      .y = "conversion",
                      .y_label = "conversion",
                      .kind = "lines",
                      .help = "Under the programme of --predict, with the interval that follows "
                              "from those of the parameters."});
    return status;
}

/* The programme up to `longest` s, and the conversion under it. */
static sw_status run_programme(prediction *made, const fit_work *work,
                               const sw_instrument_settings *settings, double longest,
                               sw_error *error) {
    const sw_programme programme = {SW_RUN_POINTS, made->time, made->temperature};
    sw_status status = sw_heat_programme_fill(
        made->time, made->temperature, SW_RUN_POINTS, sw_setting_text(settings, "predict"),
        sw_setting_number(settings, "start"), longest, "predict", error);
    return status == SW_OK ? sw_kinetic_fit_curve(made->alpha, work->fit,
                                                  work->fit->result.parameter, &programme)
                           : status;
}

/* A reaction that is over early is looked at again up to its end: a long programme has few points
 * there, and cuts the corners of the temperature. */
static sw_status predict(const fit_work *work, const sw_instrument_settings *settings,
                         sw_measurement *out, sw_error *error) {
    if (sw_setting_is_automatic(settings, "predict"))
        return SW_OK;
    prediction *made = sw_allocate(1, sizeof *made);
    if (made == NULL)
        return SW_ERROR_MEMORY;
    const sw_programme programme = {SW_RUN_POINTS, made->time, made->temperature};
    sw_status status = run_programme(made, work, settings, INFINITY, error);
    for (int round = 0; round < CLOSER && status == SW_OK && rows_of(made) < SW_RUN_POINTS / 2;
         round++)
        status = run_programme(made, work, settings, made->time[rows_of(made)], error);
    if (status == SW_OK)
        status = spread_of(made, work->fit, &programme);
    if (status == SW_OK)
        status = add_prediction(made, out);
    free(made);
    return status;
}

/* ---- all ------------------------------------------------------------------------------------- */

static sw_status report(const fit_work *work, const sw_instrument_settings *settings,
                        sw_measurement *out, sw_error *error) {
    const sw_kinetic_fit *fit = work->fit;
    sw_status status = sw_measurement_note(out, "Model: %s%s%s.", sw_kinetic_fit_name(fit),
                                           fit->model != NULL ? ", " : "",
                                           fit->model != NULL ? fit->model->meaning : "");
    if (status == SW_OK)
        status = sw_kinetic_fit_report(fit, out);
    if (status == SW_OK)
        status =
            sw_add_plain(out, "AICc", fit->akaike, "", "smaller is better, on the same curves");
    if (status == SW_OK)
        status = sw_add_plain(out, "BIC", fit->bayes, "", "the same with a harder price");
    if (status == SW_OK && fit->result.correlation > 0.5)
        status = sw_measurement_note(out,
                                     "Residuals of neighbours correlate by %.2f: the intervals are "
                                     "widened for it, and the model is not exact.",
                                     fit->result.correlation);
    if (status == SW_OK && !fit->result.converged)
        status = sw_measurement_note(out, "The fit did not converge: another --energy may help.");
    if (status == SW_OK)
        status = predict(work, settings, out, error);
    if (status == SW_OK)
        status = sw_kinetic_runs_report(&work->runs, out);
    return status == SW_OK ? add_curves(work, out) : status;
}

static sw_status measure(sw_measurement *measurement, const sw_content *inputs,
                         const sw_instrument_settings *settings, sw_context *context,
                         sw_error *error) {
    fit_work *work = sw_allocate(1, sizeof *work);
    if (work == NULL)
        return SW_ERROR_MEMORY;
    sw_status status = sw_kinetic_runs_create(&work->runs, inputs, 0.05, settings, error);
    if (status == SW_OK)
        status = find_fit(work, settings, context, error);
    if (status == SW_OK)
        status = report(work, settings, measurement, error);
    sw_kinetic_runs_clear(&work->runs);
    free(work);
    return status;
}

const sw_instrument sw_fit_kinetics = {
    .name = "kinetics",
    .summary = "one reaction model through the curves of all heating rates",
    .description =
        "Fits conversion against time of all curves at once by least squares: one of 41 reaction "
        "models, an order that is free, the exponents of Sestak and Berggren, or two steps, "
        "parallel or consecutive. Curves are read as by `measure tga`, one for each programme, "
        "of any form.\n\n"
        "Intervals are those of the parameters at the measured noise and misfit, widened where "
        "residuals of neighbours are alike; they do not hold a wrong model, which residuals "
        "show. With --predict the conversion under another programme follows.",
    .citation = "S. Vyazovkin et al., ICTAC Kinetics Committee, Thermochim. Acta 520, 1 (2011), "
                "doi:10.1016/j.tca.2011.03.034; J. Sestak, G. Berggren, Thermochim. Acta 3, 1 "
                "(1971)",
    .input = {SW_NOUN_TABLE},
    .repeats = true,
    .parameters = parameters,
    .measure = measure,
};
