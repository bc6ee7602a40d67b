/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "curves/kinetic_fit.h"

#include "base/memory.h"
#include "curves/sestak_berggren.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Parameters: E/(R T0) and ln k0 of the first step, its order where it is free, or the exponents m,
 * n and p; then the share of the first step as a logit, E/(R T0) and ln k0 of the second, and its
 * order. */
enum { P_ENERGY, P_RATE, P_ORDER, P_SHARE, P_ENERGY_2, P_RATE_2, P_ORDER_2 };
enum { P_EXPONENT = P_ORDER };

static bool is_two(sw_kinetic_kind kind) {
    return kind >= SW_FIT_PARALLEL;
}

static size_t exponents_of(sw_kinetic_kind kind) {
    return kind == SW_FIT_SESTAK_BERGGREN ? 2 : kind == SW_FIT_SESTAK_BERGGREN_3 ? 3 : 0;
}

size_t sw_kinetic_parameters(sw_kinetic_kind kind) {
    static const size_t count[] = {2, 3, 4, 5, 7, 6};
    return count[kind];
}

/* ---- conversion along a programme ------------------------------------------------------------ */

/* 1 - (1 - (1 - n) x)^(1/(1 - n)), which is 1 - exp(-x) at n = 1. */
static double order_alpha(double order, double x) {
    double away = 1.0 - order;
    if (away == 0.0)
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
        second[i] =
            follow(second[i - 1], first[i - 1], first[i], rate * (reduced[i] - reduced[i - 1]));
}

/* NaN where the exponents are none of a reaction that begins. */
static void fill_exponents(double *alpha, sw_kinetic_kind kind, const double *parameter,
                           const double *reduced, size_t count) {
    const double *exponent = parameter + P_EXPONENT;
    sw_sestak_berggren model;
    bool begins = sw_sestak_berggren_make(&model, exponent[0], exponent[1],
                                          exponents_of(kind) > 2 ? exponent[2] : 0.0);
    for (size_t i = 0; i < count; i++)
        alpha[i] = begins ? sw_sestak_berggren_alpha(&model, exp(parameter[P_RATE]) * reduced[i])
                          : (double)NAN;
}

static void fill_one(double *alpha, const sw_kinetic_fit *fit, const double *parameter,
                     const double *reduced, size_t count) {
    double rate = exp(parameter[P_RATE]);
    if (exponents_of(fit->kind) > 0) {
        fill_exponents(alpha, fit->kind, parameter, reduced, count);
        return;
    }
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
            work[i] =
                order_alpha(parameter[P_ORDER_2], exp(parameter[P_RATE_2]) * times->second[i]);
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
    if (!is_two(fit->kind)) {
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

enum { END_MASSES = 2 };

#define EXPLAINED 5.0 /* misfit over noise that end masses may explain */

/* A run with the points that are compared and those where its temperature bends; the rest is on
 * straight lines between and costs only time. */
typedef struct thin_run {
    sw_programme programme;
    double time[SW_RUN_POINTS], temperature[SW_RUN_POINTS];
    size_t sample[SW_FIT_SAMPLES], samples; /* indices of points */
    double value[SW_FIT_SAMPLES];
    double value_error; /* standard error of a value */
    /* what errors of the first and of the last mass do to the conversion, per unit; their standard
     * errors, 0: exact; and how strongly they are held, 0: not fitted */
    double shape[END_MASSES][SW_FIT_SAMPLES], error[END_MASSES], held[END_MASSES];
} thin_run;

typedef struct fit_work {
    const sw_kinetic_runs *runs;
    thin_run *thin; /* [runs] */
    size_t points;  /* of all runs */
    double *alpha, *buffer;
    sw_kinetic_fit own;
} fit_work;

static const double straight = 0.02; /* K */

/* Whether all points between two lie on the line of temperature through them. */
static bool is_straight(const sw_conversion *c, size_t first, size_t last) {
    double slope =
        (c->temperature[last] - c->temperature[first]) / (c->time[last] - c->time[first]);
    for (size_t i = first + 1; i < last; i++) {
        double line = c->temperature[first] + slope * (c->time[i] - c->time[first]);
        if (fabs(c->temperature[i] - line) > straight)
            return false;
    }
    return true;
}

static void keep(thin_run *thin, const sw_conversion *c, size_t point) {
    thin->time[thin->programme.count] = c->time[point];
    thin->temperature[thin->programme.count++] = c->temperature[point];
}

/* Smoothed half as wide as for rates: noise averages out over the points of a fit, bias does not.
 */
static sw_smooth smooth_at_half(const sw_kinetic_run *run, double time) {
    sw_smoothing half = run->conversion.smoothing;
    half.bandwidth *= 0.5;
    half.noise /= fabs(run->conversion.initial * run->conversion.loss);
    return sw_smooth_at(run->curve.time, run->conversion.raw, run->curve.count, time, &half);
}

/* All conversions of a run rest on its first mass, and on its last where this is conversion 1. Each
 * is one smooth value at an end, less exact than the values between, and wrong for all of them
 * together. */
static void set_shapes(thin_run *thin, const sw_kinetic_run *run) {
    const sw_conversion *c = &run->conversion;
    double range = c->initial * c->loss;
    bool by_last = fabs(c->initial - c->final - range) < 1e-9 * fabs(range);
    thin->error[0] = c->initial_error / fabs(range);
    thin->error[1] = by_last ? c->final_error / fabs(range) : 0.0;
    for (size_t i = 0; i < thin->samples; i++) {
        thin->shape[0][i] = 1.0 - thin->value[i] * (by_last ? 1.0 : c->loss);
        thin->shape[1][i] = thin->value[i];
    }
}

/* The next point that is compared is the first at or above the next level. */
static void make_thin(thin_run *thin, const sw_kinetic_run *run) {
    const sw_conversion *c = &run->conversion;
    size_t next = 0, last = 0;
    double errors = 0.0;
    *thin = (thin_run){.samples = 0};
    keep(thin, c, 0);
    for (size_t i = 1; i < c->count; i++) {
        double level = 0.01 + 0.98 * (double)next / (SW_FIT_SAMPLES - 1);
        bool compared = next < SW_FIT_SAMPLES && c->value[i] >= level;
        bool bends = i + 1 < c->count && i > last && !is_straight(c, last, i + 1);
        if (!compared && !bends && i + 1 < c->count)
            continue;
        if (compared) {
            sw_smooth smooth = smooth_at_half(run, c->time[i]);
            thin->value[thin->samples] = smooth.value;
            errors += smooth.value_error;
            thin->sample[thin->samples++] = thin->programme.count;
            while (next < SW_FIT_SAMPLES &&
                   c->value[i] >= 0.01 + 0.98 * (double)next / (SW_FIT_SAMPLES - 1))
                next++;
        }
        keep(thin, c, i);
        last = i;
    }
    thin->programme.time = thin->time;
    thin->programme.temperature = thin->temperature;
    thin->value_error = errors / fmax((double)thin->samples, 1.0);
    set_shapes(thin, run);
}

/* How strongly the end masses are held: noise of a value over their errors. Returns how many are
 * fitted. */
static size_t hold_ends(thin_run *thin) {
    size_t fitted = 0;
    for (int k = 0; k < END_MASSES; k++) {
        bool known = thin->error[k] > 0.0 && thin->value_error > 0.0;
        thin->held[k] = known ? thin->value_error / thin->error[k] : 0.0;
        fitted += known;
    }
    return fitted;
}

static double product(const double *a, const double *b, size_t count) {
    double sum = 0.0;
    for (size_t i = 0; i < count; i++)
        sum += a[i] * b[i];
    return sum;
}

/* Adds to the residuals the errors of the end masses that make all squares least: two linear
 * unknowns. end: their own residuals; returns how many. */
static size_t fit_end_masses(double *residual, double *end, const thin_run *thin) {
    size_t n = thin->samples;
    const double *first = thin->shape[0], *last = thin->shape[1];
    bool fitted[END_MASSES] = {thin->held[0] > 0.0, thin->held[1] > 0.0};
    double a = product(first, first, n) + thin->held[0] * thin->held[0];
    double b = product(last, last, n) + thin->held[1] * thin->held[1];
    double c = fitted[0] && fitted[1] ? product(first, last, n) : 0.0;
    double x = fitted[0] ? -product(first, residual, n) : 0.0;
    double y = fitted[1] ? -product(last, residual, n) : 0.0;
    double determinant = a * b - c * c;
    double u = fitted[0] && determinant > 0.0 ? (b * x - c * y) / determinant : 0.0;
    double v = fitted[1] && determinant > 0.0 ? (a * y - c * x) / determinant : 0.0;
    for (size_t i = 0; i < n; i++)
        residual[i] += u * first[i] + v * last[i];
    size_t count = 0;
    if (fitted[0])
        end[count++] = thin->held[0] * u;
    if (fitted[1])
        end[count++] = thin->held[1] * v;
    return count;
}

/* Of the points of all runs, then of the end masses. */
static void residuals(void *user, const double *parameter, double *residual) {
    fit_work *work = user;
    double *end = residual + work->points;
    for (size_t r = 0; r < work->runs->count; r++) {
        const thin_run *thin = &work->thin[r];
        fill_curve(work->alpha, &work->own, parameter, &thin->programme, work->buffer);
        for (size_t i = 0; i < thin->samples; i++)
            residual[i] = thin->value[i] - work->alpha[thin->sample[i]];
        end += fit_end_masses(residual, end, thin);
        residual += thin->samples;
    }
}

static sw_status open_work(fit_work *work, const sw_kinetic_fit *fit, const sw_kinetic_runs *runs) {
    *work = (fit_work){.runs = runs, .own = *fit};
    work->thin = sw_allocate(runs->count, sizeof *work->thin);
    work->alpha = sw_allocate(SW_RUN_POINTS, sizeof *work->alpha);
    work->buffer = sw_allocate((size_t)3 * SW_RUN_POINTS, sizeof *work->buffer);
    if (!work->thin || !work->alpha || !work->buffer)
        return SW_ERROR_MEMORY;
    for (size_t r = 0; r < runs->count; r++) {
        make_thin(&work->thin[r], &runs->run[r]);
        work->points += work->thin[r].samples;
    }
    return SW_OK;
}

static void close_work(fit_work *work) {
    free(work->thin);
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

/* Exponents from which the fit begins: growth of nuclei, order, diffusion. */
static const double first_exponents[][2] = {{0.3, 1.0}, {0.0, 0.7}, {-0.7, 0.3}};
enum { EXPONENT_STARTS = sizeof first_exponents / sizeof first_exponents[0] };

static void guess_exponents(double *parameter, const fit_work *work, double energy, size_t start) {
    sw_sestak_berggren model;
    double m = first_exponents[start][0], n = first_exponents[start][1];
    bool both = work->own.kind == SW_FIT_SESTAK_BERGGREN_3; /* m and p begin alike */
    double p = both ? 0.5 * m : 0.0;
    parameter[P_EXPONENT] = both ? 0.5 * m : m;
    parameter[P_EXPONENT + 1] = n;
    parameter[P_EXPONENT + 2] = p;
    double target = sw_sestak_berggren_make(&model, parameter[P_EXPONENT], n, p)
                        ? sw_sestak_berggren_g(&model, 0.5)
                        : 1.0;
    parameter[P_RATE] = guess_rate(work, energy, 0.5, target);
}

static void guess(double *parameter, const fit_work *work, const double energies[2], double share) {
    const sw_kinetic_fit *fit = &work->own;
    double scale = SW_GAS_CONSTANT * fit->reference;
    bool two = is_two(fit->kind);
    double half = two ? 0.5 * share : 0.5;
    double target = fit->kind == SW_FIT_ONE_OF ? sw_reaction_g(fit->model, half) : log(2.0);
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
    step->sum = step->sum_spread = (double)NAN;
    for (size_t k = 0; k < SW_FIT_EXPONENTS; k++) {
        bool has = k < exponents_of(fit->kind);
        step->exponent[k] = has ? result->parameter[P_EXPONENT + k] : (double)NAN;
        step->exponent_spread[k] = has ? result->spread[P_EXPONENT + k] : (double)NAN;
    }
}

static void set_sum(sw_kinetic_step *step, const sw_least_squares_result *result) {
    const double(*covariance)[SW_LEAST_SQUARES_PARAMETERS] = result->covariance;
    size_t m = P_EXPONENT, p = P_EXPONENT + 2;
    double deviation = sqrt(covariance[m][m]);
    double variance = covariance[m][m] + covariance[p][p] + 2.0 * covariance[m][p];
    step->sum = step->exponent[0] + step->exponent[2];
    step->sum_spread =
        deviation > 0.0 ? result->spread[m] / deviation * sqrt(fmax(variance, 0.0)) : INFINITY;
}

static void set_steps(sw_kinetic_fit *fit) {
    const sw_least_squares_result *result = &fit->result;
    fit->steps = is_two(fit->kind) ? 2 : 1;
    set_step(&fit->step[0], fit, P_ENERGY, P_RATE);
    if (exponents_of(fit->kind) > 2)
        set_sum(&fit->step[0], result);
    if (fit->kind == SW_FIT_ORDER || is_two(fit->kind)) {
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

/* Conversion, smoothed, is known no better: smaller misfits do not rank models. */
static const double known_to = 1e-5;

/* Again with the errors of the end masses, where they can explain what is left: a model that misses
 * the curves by far more than values are wrong must not be made up for by them. */
static sw_status fit_with_ends(sw_kinetic_fit *fit, fit_work *work, sw_least_squares problem,
                               sw_error *error) {
    double misfit = sqrt(fit->result.sum / (double)work->points);
    if (!(misfit < EXPLAINED * fit->noise))
        return SW_OK;
    for (size_t r = 0; r < work->runs->count; r++)
        problem.points += hold_ends(&work->thin[r]);
    sw_least_squares_result result = fit->result;
    sw_status status = sw_least_squares_fit(&result, &problem, error);
    if (status == SW_OK && isfinite(result.sum))
        fit->result = result;
    return status == SW_ERROR_MEMORY ? status : SW_OK;
}

/* Two steps begin from several shares, exponents from several sets; the best is kept. */
static sw_status fit_from_guesses(sw_kinetic_fit *fit, fit_work *work, const double energies[2],
                                  sw_error *error) {
    static const double shares[] = {0.5, 0.3, 0.7};
    size_t tries = is_two(fit->kind)             ? sizeof shares / sizeof shares[0]
                   : exponents_of(fit->kind) > 0 ? EXPONENT_STARTS
                                                 : 1;
    const sw_least_squares problem = {.points = work->points,
                                      .parameters = sw_kinetic_parameters(fit->kind),
                                      .residuals = residuals,
                                      .user = work,
                                      .most_steps = 60};
    sw_status status = SW_ERROR_NUMERIC;
    fit->result.sum = INFINITY;
    for (size_t i = 0; i < tries; i++) {
        sw_least_squares_result result = {.sum = 0.0};
        guess(result.parameter, work, energies, shares[i]);
        if (exponents_of(fit->kind) > 0)
            guess_exponents(result.parameter, work, energies[0], i);
        sw_status its = sw_least_squares_fit(&result, &problem, error);
        if (its == SW_ERROR_MEMORY)
            return its;
        if (its == SW_OK && isfinite(result.sum) && result.sum < fit->result.sum) {
            fit->result = result;
            status = SW_OK;
        }
    }
    if (status == SW_OK)
        status = fit_with_ends(fit, work, problem, error);
    if (status == SW_OK && error != NULL)
        *error = (sw_error){0};
    return status;
}

sw_status sw_kinetic_fit_find(sw_kinetic_fit *fit, const sw_kinetic_runs *runs,
                              sw_kinetic_kind kind, const sw_reaction_model *model,
                              const double energies[2], sw_error *error) {
    fit_work work;
    *fit = (sw_kinetic_fit){.kind = kind, .model = model, .reference = runs->reference};
    sw_status status = open_work(&work, fit, runs);
    for (size_t r = 0; r < runs->count && status == SW_OK; r++)
        fit->noise = fmax(fit->noise, work.thin[r].value_error);
    if (status == SW_OK)
        status = fit_from_guesses(fit, &work, energies, error);
    close_work(&work);
    if (status != SW_OK)
        return status;
    fit->points = (double)work.points;
    fit->parameters = (double)sw_kinetic_parameters(kind);
    double sum = fit->result.sum + fit->points * known_to * known_to;
    fit->akaike = sw_akaike(sum, fit->points, fit->parameters);
    fit->bayes = sw_bayes(sum, fit->points, fit->parameters);
    fit->rms = sqrt(fit->result.sum / fit->points);
    set_steps(fit);
    return SW_OK;
}
