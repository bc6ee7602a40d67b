/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "curves/kinetic_fit.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Parameters: E/(R T0) and ln k0 of the first step, its order where it is free; then the share of the first
 * step as a logit, E/(R T0) and ln k0 of the second, and its order. */
enum { P_ENERGY, P_RATE, P_ORDER, P_SHARE, P_ENERGY_2, P_RATE_2, P_ORDER_2 };

size_t sw_kinetic_parameters(sw_kinetic_kind kind) {
    static const size_t count[] = {2, 3, 7, 6};
    return count[kind];
}

/* ---- conversion along a programme ------------------------------------------------------------ */

/* 1 - (1 - (1 - n) x)^(1/(1 - n)), which is 1 - exp(-x) at n = 1. */
static double order_alpha(double order, double x) {
    double away = 1.0 - order;
    if (fabs(away) < 1e-6)
        return -expm1(-x);
    double inside = -away * x;
    return inside <= -1.0 ? 1.0 : -expm1(log1p(inside) / away);
}

/* a2 after a piece over which k dt is `advance` and a1 rises on a straight line over k dt. */
static double follow(double second, double first, double first_after, double advance) {
    if (advance < 1e-12)
        return second;
    double kept = exp(-advance), mean = -expm1(-advance) / advance;
    return second * kept + first * (mean - kept) + first_after * (1.0 - mean);
}

typedef struct step_times {
    double *first, *second; /* reduced times; second NULL with one step */
} step_times;

static void follow_all(double *second, const double *first, const double *reduced, double rate,
                       size_t count) {
    second[0] = 0.0;
    for (size_t i = 1; i < count; i++)
        second[i] = follow(second[i - 1], first[i - 1], first[i],
                           rate * (reduced[i] - reduced[i - 1]));
}

static void fill_one(double *alpha, const sw_kinetic_fit *fit, const double *parameter,
                     const double *reduced, size_t count) {
    double rate = exp(parameter[P_RATE]);
    for (size_t i = 0; i < count; i++)
        alpha[i] = fit->kind == SW_FIT_ONE_OF ? sw_reaction_alpha(fit->model, rate * reduced[i])
                                              : order_alpha(parameter[P_ORDER], rate * reduced[i]);
}

static void fill_two(double *alpha, const sw_kinetic_fit *fit, const double *parameter,
                     const step_times *times, double *work, size_t count) {
    double share = 1.0 / (1.0 + exp(-parameter[P_SHARE]));
    fill_one(alpha, fit, parameter, times->first, count);
    if (fit->kind == SW_FIT_CONSECUTIVE)
        follow_all(work, alpha, times->second, exp(parameter[P_RATE_2]), count);
    else
        for (size_t i = 0; i < count; i++)
            work[i] = order_alpha(parameter[P_ORDER_2],
                                  exp(parameter[P_RATE_2]) * times->second[i]);
    for (size_t i = 0; i < count; i++)
        alpha[i] = share * alpha[i] + (1.0 - share) * work[i];
}

/* buffer: [3 count]. */
static void fill_curve(double *alpha, const sw_kinetic_fit *fit, const double *parameter,
                       const sw_programme *programme, double *buffer) {
    double scale = SW_GAS_CONSTANT * fit->reference;
    size_t count = programme->count;
    step_times times = {buffer, buffer + count};
    sw_reduced_times(times.first, programme, parameter[P_ENERGY] * scale, fit->reference);
    if (fit->kind <= SW_FIT_ORDER) {
        fill_one(alpha, fit, parameter, times.first, count);
        return;
    }
    sw_reduced_times(times.second, programme, parameter[P_ENERGY_2] * scale, fit->reference);
    fill_two(alpha, fit, parameter, &times, buffer + 2 * count, count);
}

sw_status sw_kinetic_fit_curve(double *alpha, const sw_kinetic_fit *fit, const double *parameter,
                               const sw_programme *programme) {
    double *buffer = sw_allocate(3 * programme->count, sizeof *buffer);
    if (buffer == NULL)
        return SW_ERROR_MEMORY;
    fill_curve(alpha, fit, parameter, programme, buffer);
    free(buffer);
    return SW_OK;
}

/* ---- the data -------------------------------------------------------------------------------- */

/* The points of a run's programme that are compared. */
typedef struct fit_work {
    const sw_kinetic_fit *fit;
    const sw_kinetic_runs *runs;
    size_t *sample;  /* [runs][SW_FIT_SAMPLES], indices of points */
    size_t *samples; /* [runs] */
    double *alpha, *buffer;
    sw_kinetic_fit own;
} fit_work;

static size_t choose_samples(size_t *sample, const sw_conversion *c) {
    size_t used = 0, at = 0;
    for (size_t i = 0; i < SW_FIT_SAMPLES; i++) {
        double level = 0.01 + 0.98 * (double)i / (SW_FIT_SAMPLES - 1);
        while (at < c->count && !(c->value[at] >= level))
            at++;
        if (at == c->count)
            break;
        if (used == 0 || sample[used - 1] != at)
            sample[used++] = at;
    }
    return used;
}

static void residuals(void *user, const double *parameter, double *residual) {
    fit_work *work = user;
    size_t at = 0;
    for (size_t r = 0; r < work->runs->count; r++) {
        const sw_kinetic_run *run = &work->runs->run[r];
        const size_t *sample = work->sample + r * SW_FIT_SAMPLES;
        fill_curve(work->alpha, &work->own, parameter, &run->programme, work->buffer);
        for (size_t i = 0; i < work->samples[r]; i++)
            residual[at++] = run->conversion.value[sample[i]] - work->alpha[sample[i]];
    }
}

static sw_status open_work(fit_work *work, const sw_kinetic_fit *fit,
                           const sw_kinetic_runs *runs) {
    *work = (fit_work){.fit = fit, .runs = runs, .own = *fit};
    work->sample = sw_allocate(runs->count * SW_FIT_SAMPLES, sizeof *work->sample);
    work->samples = sw_allocate(runs->count, sizeof *work->samples);
    work->alpha = sw_allocate(SW_RUN_POINTS, sizeof *work->alpha);
    work->buffer = sw_allocate(3 * SW_RUN_POINTS, sizeof *work->buffer);
    if (!work->sample || !work->samples || !work->alpha || !work->buffer)
        return SW_ERROR_MEMORY;
    for (size_t r = 0; r < runs->count; r++)
        work->samples[r] = choose_samples(work->sample + r * SW_FIT_SAMPLES,
                                          &runs->run[r].conversion);
    return SW_OK;
}

static void close_work(fit_work *work) {
    free(work->sample);
    free(work->samples);
    free(work->alpha);
    free(work->buffer);
}

/* ---- first guesses --------------------------------------------------------------------------- */

/* ln k0 so that the step is at `target` (of g) when the runs are at a level of conversion. */
static double guess_rate(const fit_work *work, double energy, double level, double target) {
    double sum = 0.0, runs = 0.0;
    for (size_t r = 0; r < work->runs->count; r++) {
        const sw_kinetic_run *run = &work->runs->run[r];
        double time = sw_kinetic_run_time(run, level);
        if (!isfinite(time) || time <= run->programme.time[0])
            continue;
        sum += log(sw_reduced_time(&run->programme, energy, work->own.reference,
                                   run->programme.time[0], time));
        runs += 1.0;
    }
    return runs > 0.0 ? log(target) - sum / runs : 0.0;
}

static void guess(double *parameter, const fit_work *work, const double energies[2],
                  double share) {
    const sw_kinetic_fit *fit = &work->own;
    double scale = SW_GAS_CONSTANT * fit->reference;
    bool two = fit->kind > SW_FIT_ORDER;
    double half = two ? 0.5 * share : 0.5;
    double target =
        fit->kind == SW_FIT_ONE_OF ? sw_reaction_g(fit->model, half) : log(2.0);
    parameter[P_ENERGY] = energies[0] / scale;
    parameter[P_RATE] = guess_rate(work, energies[0], half, target);
    if (fit->kind != SW_FIT_ONE_OF)
        parameter[P_ORDER] = 1.0;
    if (!two)
        return;
    parameter[P_SHARE] = log(share / (1.0 - share));
    parameter[P_ENERGY_2] = energies[1] / scale;
    parameter[P_RATE_2] = guess_rate(work, energies[1], share + 0.5 * (1.0 - share), log(2.0));
    if (fit->kind == SW_FIT_PARALLEL)
        parameter[P_ORDER_2] = 1.0;
}

/* ---- results --------------------------------------------------------------------------------- */

/* E and ln A = ln k0 + E/(R T0) with its variance. */
static void set_step(sw_kinetic_step *step, const sw_kinetic_fit *fit, size_t energy, size_t rate) {
    const sw_least_squares_result *result = &fit->result;
    double scale = SW_GAS_CONSTANT * fit->reference;
    double variance = result->covariance[energy][energy] + result->covariance[rate][rate] +
                      2.0 * result->covariance[energy][rate];
    double deviation = sqrt(result->covariance[energy][energy]);
    double quantile = deviation > 0.0 ? result->spread[energy] / deviation : 0.0;
    step->energy = result->parameter[energy] * scale;
    step->energy_spread = result->spread[energy] * scale;
    step->ln_a = result->parameter[rate] + result->parameter[energy];
    step->ln_a_spread = quantile * sqrt(fmax(variance, 0.0));
    step->order = step->order_spread = step->share = step->share_spread = (double)NAN;
}

static void set_steps(sw_kinetic_fit *fit) {
    const sw_least_squares_result *result = &fit->result;
    fit->steps = fit->kind > SW_FIT_ORDER ? 2 : 1;
    set_step(&fit->step[0], fit, P_ENERGY, P_RATE);
    if (fit->kind != SW_FIT_ONE_OF) {
        fit->step[0].order = result->parameter[P_ORDER];
        fit->step[0].order_spread = result->spread[P_ORDER];
    }
    if (fit->steps == 1)
        return;
    set_step(&fit->step[1], fit, P_ENERGY_2, P_RATE_2);
    double share = 1.0 / (1.0 + exp(-result->parameter[P_SHARE]));
    fit->step[0].share = share;
    fit->step[1].share = 1.0 - share;
    fit->step[0].share_spread = fit->step[1].share_spread =
        share * (1.0 - share) * result->spread[P_SHARE];
    fit->step[1].order = fit->kind == SW_FIT_PARALLEL ? result->parameter[P_ORDER_2] : 1.0;
    fit->step[1].order_spread =
        fit->kind == SW_FIT_PARALLEL ? result->spread[P_ORDER_2] : (double)NAN;
}

/* Two steps begin from several shares; the best is kept. */
static sw_status fit_from_guesses(sw_kinetic_fit *fit, fit_work *work, const double energies[2],
                                  size_t points, sw_error *error) {
    static const double shares[] = {0.5, 0.3, 0.7};
    size_t tries = fit->kind > SW_FIT_ORDER ? sizeof shares / sizeof shares[0] : 1;
    const sw_least_squares problem = {.points = points,
                                      .parameters = sw_kinetic_parameters(fit->kind),
                                      .residuals = residuals,
                                      .user = work,
                                      .most_steps = 100};
    sw_status status = SW_ERROR_NUMERIC;
    fit->result.sum = INFINITY;
    for (size_t i = 0; i < tries; i++) {
        sw_least_squares_result result = {.sum = 0.0};
        guess(result.parameter, work, energies, shares[i]);
        sw_status its = sw_least_squares_fit(&result, &problem, error);
        if (its == SW_ERROR_MEMORY)
            return its;
        if (its == SW_OK && isfinite(result.sum) && result.sum < fit->result.sum) {
            fit->result = result;
            status = SW_OK;
        }
    }
    if (status == SW_OK && error != NULL)
        *error = (sw_error){0};
    return status;
}

sw_status sw_kinetic_fit_find(sw_kinetic_fit *fit, const sw_kinetic_runs *runs,
                              sw_kinetic_kind kind, const sw_reaction_model *model,
                              const double energies[2], sw_error *error) {
    fit_work work;
    size_t points = 0;
    *fit = (sw_kinetic_fit){.kind = kind, .model = model, .reference = runs->reference};
    sw_status status = open_work(&work, fit, runs);
    for (size_t r = 0; r < runs->count && status == SW_OK; r++)
        points += work.samples[r];
    if (status == SW_OK)
        status = fit_from_guesses(fit, &work, energies, points, error);
    close_work(&work);
    if (status != SW_OK)
        return status;
    fit->points = (double)points;
    fit->parameters = (double)sw_kinetic_parameters(kind);
    fit->akaike = sw_akaike(fit->result.sum, fit->points, fit->parameters);
    fit->bayes = sw_bayes(fit->result.sum, fit->points, fit->parameters);
    fit->rms = sqrt(fit->result.sum / fit->points);
    set_steps(fit);
    return SW_OK;
}
