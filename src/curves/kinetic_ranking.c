/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "curves/kinetic_ranking.h"

#include "base/student.h"
#include "curves/columns.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

const char *sw_kinetic_fit_name(const sw_kinetic_fit *fit) {
    static const char *const names[] = {"",
                                        "order n",
                                        "Sestak-Berggren, alpha^m (1 - alpha)^n",
                                        "Sestak-Berggren, alpha^m (1 - alpha)^n (-ln(1 - alpha))^p",
                                        "two parallel steps",
                                        "two consecutive steps"};
    return fit->kind == SW_FIT_ONE_OF ? fit->model->name : names[fit->kind];
}

/* ---- compensation ---------------------------------------------------------------------------- */

/* ln(rate/f) = ln A - E/RT along one curve, whatever the model: a good line gives a pair (E, ln A).
 */
static bool pair_of(double pair[2], const sw_kinetic_runs *runs, size_t run,
                    const sw_reaction_model *model) {
    double x[SW_MOST_LEVELS], y[SW_MOST_LEVELS], mean = 0.0, all = 0.0;
    size_t count = 0;
    for (size_t i = 0; i < runs->levels; i++) {
        if (!sw_kinetic_in_middle(runs->level[i]))
            continue;
        x[count] = 1.0 / runs->at[run].temperature[i];
        y[count] = log(runs->at[run].rate[i] / sw_reaction_f(model, runs->level[i]));
        mean += y[count++];
    }
    if (count < 4)
        return false;
    sw_line line = sw_line_fit(x, y, count);
    mean /= (double)count;
    for (size_t i = 0; i < count; i++)
        all += (y[i] - mean) * (y[i] - mean);
    double missed = line.rms * line.rms * line.freedom;
    pair[0] = -SW_GAS_CONSTANT * line.slope;
    pair[1] = line.intercept;
    return isfinite(line.slope) && pair[0] > 0.0 && missed < 0.04 * all;
}

static sw_line find_compensation(const sw_kinetic_runs *runs) {
    double energy[SW_MOST_RUNS * SW_REACTION_MODELS], ln_a[SW_MOST_RUNS * SW_REACTION_MODELS];
    size_t count = 0;
    for (size_t r = 0; r < runs->count; r++)
        for (size_t m = 0; m < SW_REACTION_MODELS; m++) {
            double pair[2];
            if (runs->run[r].linear && pair_of(pair, runs, r, &sw_reaction_models[m])) {
                energy[count] = pair[0];
                ln_a[count++] = pair[1];
            }
        }
    const sw_line none = {NAN, NAN, NAN, NAN, NAN, 0.0};
    return count > 2 ? sw_line_fit(energy, ln_a, count) : none;
}

/* ---- all models ------------------------------------------------------------------------------ */

static double mean_of(const sw_kinetic_runs *runs, const double *energies, double from, double to) {
    double sum = 0.0, count = 0.0;
    for (size_t i = 0; i < runs->levels; i++)
        if (runs->level[i] > from - 1e-9 && runs->level[i] < to + 1e-9) {
            sum += energies[i];
            count += 1.0;
        }
    return count > 0.0 ? sum / count : energies[runs->levels / 2];
}

static int compare(const void *a, const void *b) {
    double first = ((const sw_kinetic_fit *)a)->akaike,
           second = ((const sw_kinetic_fit *)b)->akaike;
    return (first > second) - (first < second);
}

static sw_status try_fit(sw_kinetic_ranking *ranking, const sw_kinetic_runs *runs,
                         sw_kinetic_kind kind, const sw_reaction_model *model,
                         const double energies[2]) {
    sw_kinetic_fit *fit = &ranking->fit[ranking->count];
    sw_status status = sw_kinetic_fit_find(fit, runs, kind, model, energies, NULL);
    bool good = status == SW_OK && isfinite(fit->akaike) && isfinite(fit->step[0].energy);
    ranking->count += good;
    return status == SW_ERROR_MEMORY ? status : SW_OK;
}

sw_status sw_kinetic_ranking_find(sw_kinetic_ranking *ranking, const sw_kinetic_runs *runs,
                                  const double *energies, sw_context *context, sw_error *error) {
    double middle[2] = {mean_of(runs, energies, 0.1, 0.9), 0.0};
    double ends[2] = {mean_of(runs, energies, 0.05, 0.3), mean_of(runs, energies, 0.75, 0.95)};
    sw_status status = SW_OK;
    ranking->count = 0;
    for (size_t m = 0; m < SW_REACTION_MODELS && status == SW_OK; m++) {
        sw_progress(context, (double)m / (SW_REACTION_MODELS + 9), "fitting %s",
                    sw_reaction_models[m].name);
        status = try_fit(ranking, runs, SW_FIT_ONE_OF, &sw_reaction_models[m], middle);
        if (sw_context_cancelled(context))
            return sw_error_set(error, SW_ERROR_CANCELLED, "kinetics", NULL, "interrupted");
    }
    if (status == SW_OK)
        status = try_fit(ranking, runs, SW_FIT_ORDER, NULL, middle);
    for (int kind = SW_FIT_PARALLEL; kind <= SW_FIT_CONSECUTIVE && status == SW_OK; kind++) {
        sw_progress(context,
                    (double)(SW_REACTION_MODELS + 3 + 3 * (kind - SW_FIT_PARALLEL)) /
                        (SW_REACTION_MODELS + 9),
                    "fitting two steps");
        status = try_fit(ranking, runs, (sw_kinetic_kind)kind, NULL, ends);
    }
    if (status == SW_OK && ranking->count == 0)
        status = sw_error_set(error, SW_ERROR_NUMERIC, "kinetics",
                              "look at the curves with `measure tga`; give --loss or --bandwidth",
                              "no reaction model could be fitted");
    qsort(ranking->fit, ranking->count, sizeof ranking->fit[0], compare);
    ranking->compensation = find_compensation(runs);
    return status;
}

const sw_kinetic_fit *sw_kinetic_ranking_best(const sw_kinetic_ranking *ranking, bool two_steps) {
    for (size_t i = 0; i < ranking->count; i++)
        if ((ranking->fit[i].steps == 2) == two_steps)
            return &ranking->fit[i];
    return NULL;
}

/* ---- one step or two ------------------------------------------------------------------------- */

static const double misses = 0.005; /* rms of conversion */
static const double seen = 1.5;     /* a misfit over what the values are known to */

double sw_kinetic_noise(const sw_kinetic_runs *runs) {
    double noise = 0.0;
    for (size_t r = 0; r < runs->count; r++) {
        const sw_conversion *c = &runs->run[r].conversion;
        noise = fmax(noise, c->smoothing.noise / fabs(c->initial * c->loss));
    }
    return noise;
}

static bool is_known(double value, double spread) {
    return isfinite(spread) && spread < 0.5 * fabs(value);
}

bool sw_kinetic_steps_separate(const char **why, const sw_kinetic_fit *two,
                               const sw_kinetic_fit *one, double noise) {
    const sw_kinetic_step *a = &two->step[0], *b = &two->step[1];
    double apart = fabs(a->energy - b->energy), both = a->energy_spread + b->energy_spread;
    if (two->rms > misses && two->rms > 5.0 * noise)
        *why = "two steps miss the curves, too, far beyond the noise";
    else if (!(one->rms > seen * one->noise))
        *why = "one step misses the curves by no more than their noise";
    else if (!(two->akaike < one->akaike - 10.0))
        *why = "one step explains the curves as well";
    else if (two->rms > 0.8 * one->rms)
        *why = "two steps miss the curves by nearly as much as one";
    else if (!is_known(a->energy, a->energy_spread) || !is_known(b->energy, b->energy_spread))
        *why = "the energies of two steps are not determined by these curves";
    else if (!is_known(fmin(a->share, b->share), a->share_spread))
        *why = "the shares of two steps are not determined by these curves";
    else if (!(apart > both) && two->kind == SW_FIT_PARALLEL)
        *why = "the energies of two steps do not differ by more than their intervals";
    else
        *why = NULL;
    return *why == NULL;
}

/* ---- report ---------------------------------------------------------------------------------- */

static sw_status add_table(const sw_kinetic_ranking *ranking, sw_measurement *measurement) {
    const char *name[SW_RANKED], *meaning[SW_RANKED];
    double number[9][SW_RANKED];
    double best = ranking->fit[0].akaike, sum = 0.0;
    for (size_t i = 0; i < ranking->count; i++)
        sum += exp(-0.5 * (ranking->fit[i].akaike - best));
    for (size_t i = 0; i < ranking->count; i++) {
        const sw_kinetic_fit *fit = &ranking->fit[i];
        name[i] = sw_kinetic_fit_name(fit);
        meaning[i] = fit->kind == SW_FIT_ONE_OF  ? fit->model->meaning
                     : fit->kind == SW_FIT_ORDER ? "order that is fitted"
                                                 : "E of the first step; see the numbers";
        const double row[] = {1e-3 * fit->step[0].energy,
                              1e-3 * fit->step[0].energy_spread,
                              fit->step[0].ln_a,
                              fit->step[0].ln_a_spread,
                              fit->rms,
                              fit->akaike - best,
                              exp(-0.5 * (fit->akaike - best)) / sum,
                              fit->bayes,
                              fit->parameters};
        for (size_t k = 0; k < 9; k++)
            number[k][i] = row[k];
    }
    const sw_column columns[] = {{"model", "", NULL, name},
                                 {"energy", "kJ/mol", number[0], NULL},
                                 {"energy spread", "kJ/mol", number[1], NULL},
                                 {"ln A", "", number[2], NULL},
                                 {"ln A spread", "", number[3], NULL},
                                 {"rms", "", number[4], NULL},
                                 {"AICc less the best", "", number[5], NULL},
                                 {"Akaike weight", "", number[6], NULL},
                                 {"BIC", "", number[7], NULL},
                                 {"parameters", "", number[8], NULL},
                                 {"meaning", "", NULL, meaning},
                                 {0}};
    return sw_add_columns(measurement, "models", columns, ranking->count);
}

static sw_status add_step(const sw_kinetic_step *step, const char *which,
                          sw_measurement *measurement) {
    char name[64];
    snprintf(name, sizeof name, "energy%s", which);
    sw_status status = sw_add_spread(measurement, name, 1e-3 * step->energy,
                                     1e-3 * step->energy_spread, "kJ/mol", "of the fitted model");
    snprintf(name, sizeof name, "ln A%s", which);
    if (status == SW_OK)
        status = sw_add_spread(measurement, name, step->ln_a, step->ln_a_spread, "",
                               "A in 1/s, of the fitted model");
    snprintf(name, sizeof name, "order%s", which);
    if (status == SW_OK && isfinite(step->order))
        status = sw_add_spread(measurement, name, step->order, step->order_spread, "",
                               "of what is left");
    static const char *const exponents[SW_FIT_EXPONENTS][2] = {
        {"m", "of alpha"}, {"n", "of 1 - alpha"}, {"p", "of -ln(1 - alpha)"}};
    for (size_t k = 0; k < SW_FIT_EXPONENTS && status == SW_OK; k++)
        if (isfinite(step->exponent[k]))
            status = sw_add_spread(measurement, exponents[k][0], step->exponent[k],
                                   step->exponent_spread[k], "", exponents[k][1]);
    if (status == SW_OK && isfinite(step->sum))
        status = sw_add_spread(measurement, "m + p", step->sum, step->sum_spread, "",
                               "known better than either, which are nearly one parameter");
    snprintf(name, sizeof name, "share%s", which);
    if (status == SW_OK && isfinite(step->share))
        status = sw_add_spread(measurement, name, 100.0 * step->share, 100.0 * step->share_spread,
                               "%", "of the conversion");
    return status;
}

sw_status sw_kinetic_fit_report(const sw_kinetic_fit *fit, sw_measurement *measurement) {
    bool two = fit->steps == 2;
    sw_status status = add_step(&fit->step[0], two ? ", step 1" : ", one step", measurement);
    if (status == SW_OK && two)
        status = add_step(&fit->step[1], ", step 2", measurement);
    if (status == SW_OK)
        status = sw_add_plain(measurement, "rms of conversion", fit->rms, "",
                              "measured less fitted, all curves");
    return status;
}

/* The best fit of two steps of the other kind, where it is as good. */
static const sw_kinetic_fit *rival_of(const sw_kinetic_ranking *ranking,
                                      const sw_kinetic_fit *best) {
    for (size_t i = 0; i < ranking->count; i++) {
        const sw_kinetic_fit *fit = &ranking->fit[i];
        bool near = fit->akaike < best->akaike + 10.0 || 0.8 * fit->rms < best->rms;
        if (fit->steps == 2 && fit->kind != best->kind && near)
            return fit;
    }
    return NULL;
}

static sw_status note_steps(const sw_kinetic_ranking *ranking, const sw_kinetic_fit *one,
                            const sw_kinetic_fit *two, double noise, sw_measurement *measurement) {
    const char *why;
    if (one == NULL || two == NULL)
        return SW_OK;
    if (!sw_kinetic_steps_separate(&why, two, one, noise))
        return sw_measurement_note(measurement, "Two steps cannot be separated: %s.", why);
    const sw_kinetic_fit *rival = rival_of(ranking, two);
    if (rival != NULL) {
        sw_status status = sw_measurement_note(
            measurement,
            "These curves do not tell whether the two steps are parallel or consecutive: with %s "
            "the "
            "energies are %.4g and %.4g kJ/mol.",
            sw_kinetic_fit_name(rival), 1e-3 * rival->step[0].energy, 1e-3 * rival->step[1].energy);
        if (status != SW_OK)
            return status;
    }
    return sw_measurement_note(measurement,
                               "Two steps are told apart (%s): %.4g +- %.2g and %.4g +- %.2g "
                               "kJ/mol with shares of %.3g and "
                               "%.3g; rms of conversion %.2g instead of %.2g with one step.",
                               sw_kinetic_fit_name(two), 1e-3 * two->step[0].energy,
                               1e-3 * two->step[0].energy_spread, 1e-3 * two->step[1].energy,
                               1e-3 * two->step[1].energy_spread, two->step[0].share,
                               two->step[1].share, two->rms, one->rms);
}

sw_status sw_kinetic_ranking_report(const sw_kinetic_ranking *ranking, const sw_kinetic_runs *runs,
                                    sw_measurement *measurement) {
    const sw_kinetic_fit *one = sw_kinetic_ranking_best(ranking, false);
    const sw_kinetic_fit *two = sw_kinetic_ranking_best(ranking, true);
    const sw_line *line = &ranking->compensation;
    sw_status status = SW_OK;
    if (one != NULL) {
        status = sw_measurement_note(measurement, "Best model of one step by AICc: %s.",
                                     sw_kinetic_fit_name(one));
        if (status == SW_OK)
            status = sw_kinetic_fit_report(one, measurement);
    }
    if (status == SW_OK && isfinite(line->slope))
        status = sw_add_spread(measurement, "compensation, slope", 1e3 * line->slope,
                               1e3 * sw_student_t95(line->freedom) * line->slope_error, "mol/kJ",
                               "of ln A over E, single curves and all models");
    if (status == SW_OK && isfinite(line->slope))
        status =
            sw_add_spread(measurement, "compensation, ln A at 0", line->intercept,
                          sw_student_t95(line->freedom) * line->intercept_error, "", "A in 1/s");
    if (status == SW_OK)
        status = note_steps(ranking, one, two, sw_kinetic_noise(runs), measurement);
    return status == SW_OK ? add_table(ranking, measurement) : status;
}
