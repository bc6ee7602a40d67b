/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One curve and one run of the model: its programme from the measured temperature, its conversion
 * at the measured times. */
#include "run/powder_fit.h"

#include "base/memory.h"
#include "powder/equilibria.h"
#include "powder/programme.h"

#include <spillway/powder.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_LEGS = 200 };

#define FINEST 0.2        /* K: legs follow the temperature so closely, where its noise lets them */
#define MEAN_ROOT 0.8222  /* of |x| of a Gaussian of width 1: 2^(1/4) Gamma(3/4) / sqrt(pi) */
#define SHORTEST_LEG 1e-3 /* s */

/* ---- the measured temperature as legs -------------------------------------------------------- */

/* The row between two that is farthest from the straight line between them, and how far. */
static size_t farthest(const sw_curve *curve, size_t low, size_t high, double *distance) {
    size_t found = low;
    *distance = 0;
    for (size_t i = low + 1; i < high; i++) {
        double part = (curve->time[i] - curve->time[low]) / (curve->time[high] - curve->time[low]);
        double line =
            curve->temperature[low] + part * (curve->temperature[high] - curve->temperature[low]);
        if (fabs(curve->temperature[i] - line) > *distance) {
            *distance = fabs(curve->temperature[i] - line);
            found = i;
        }
    }
    return found;
}

/* Ramer, Douglas and Peucker: rows kept so that none lies farther off than `step`. */
static size_t keep_corners(bool *kept, const sw_curve *curve, size_t low, size_t high,
                           double step) {
    double distance;
    size_t middle = farthest(curve, low, high, &distance);
    kept[low] = kept[high] = true;
    if (distance <= step)
        return 1;
    return keep_corners(kept, curve, low, middle, step) +
           keep_corners(kept, curve, middle, high, step);
}

double sw_powder_row_noise(const double *time, const double *value, size_t count) {
    double sum = 0;
    for (size_t i = 1; i + 1 < count; i++) {
        double part = (time[i] - time[i - 1]) / (time[i + 1] - time[i - 1]);
        double off = value[i] - value[i - 1] - part * (value[i + 1] - value[i - 1]);
        sum += sqrt(fabs(off) / sqrt(1 + part * part + (1 - part) * (1 - part)));
    }
    return pow(sum / (double)(count - 2) / MEAN_ROOT, 2);
}

static void find_corners(bool *kept, const sw_curve *curve) {
    double noise = sw_powder_row_noise(curve->time, curve->temperature, curve->count);
    for (double step = fmax(FINEST, 6 * noise);; step *= 1.5) {
        memset(kept, 0, curve->count * sizeof *kept);
        if (keep_corners(kept, curve, 0, curve->count - 1, step) <= MOST_LEGS)
            return;
    }
}

/* Temperatures at the kept rows that are nearest to all rows (least squares, tridiagonal), so that
 * the noise of single rows does not matter. work: [2 count], zero; temperature: [count], zero,
 * filled at the kept rows. */
static void smooth_corners(double *temperature, double *work, const bool *kept,
                           const sw_curve *curve) {
    double *own = work, *next = work + curve->count;
    size_t low = 0, high = 0;
    for (size_t i = 0; i < curve->count; i++) {
        if (kept[i]) {
            low = i;
            for (high = i + 1; high < curve->count && !kept[high];)
                high++;
        }
        double part = 0;
        if (high < curve->count) {
            part = (curve->time[i] - curve->time[low]) / (curve->time[high] - curve->time[low]);
            own[high] += part * part;
            next[low] += part * (1 - part);
            temperature[high] += part * curve->temperature[i];
        }
        own[low] += (1 - part) * (1 - part);
        temperature[low] += (1 - part) * curve->temperature[i];
    }
    low = 0;
    for (size_t i = 1; i < curve->count; i++)
        if (kept[i]) {
            own[i] -= next[low] * next[low] / own[low];
            temperature[i] -= temperature[low] * next[low] / own[low];
            low = i;
        }
    for (size_t i = high = curve->count - 1; i < curve->count; i--)
        if (kept[i]) {
            double above = i < high ? next[i] * temperature[high] : 0;
            temperature[i] = (temperature[i] - above) / own[i];
            high = i;
        }
}

/* A leg to a time of the curve's clock, with the gas that the model feeds in its middle. */
static void add_leg(sw_powder_case *one, double *from, double to, double temperature) {
    const sw_powder_model *model = sw_model_powder(one->model);
    if (to - *from < SHORTEST_LEG)
        return;
    sw_powder_conditions gas =
        sw_powder_programme_at(model, fmax((*from + to) / 2 - one->begin, 0));
    one->leg[one->legs++] = (sw_powder_leg){.duration = to - *from,
                                            .temperature = temperature,
                                            .ramp = true,
                                            .hydrogen = gas.hydrogen,
                                            .water = gas.water};
    *from = to;
}

/* Legs up to a row, cut where the model changes its gas. */
static void add_legs_to(sw_powder_case *one, double *from, double *temperature, size_t row,
                        double reached) {
    const sw_powder_model *model = sw_model_powder(one->model);
    double start = *from, begun = *temperature, to = one->curve.time[row], end = one->begin;
    double slope = (reached - begun) / (to - start);
    for (size_t i = 0; i + 1 < model->legs; i++) {
        end += model->leg[i].duration;
        if (end > *from + SHORTEST_LEG && end < to - SHORTEST_LEG)
            add_leg(one, from, end, begun + slope * (end - start));
    }
    add_leg(one, from, to, reached);
    *temperature = reached;
}

sw_status sw_powder_case_programme(sw_powder_case *one, sw_error *error) {
    const sw_curve *curve = &one->curve;
    size_t most = MOST_LEGS + sw_model_powder(one->model)->legs + 1;
    bool *kept = sw_allocate(curve->count, sizeof *kept);
    double *smooth = sw_allocate(3 * curve->count, sizeof *smooth);
    one->leg = sw_allocate(most, sizeof *one->leg);
    if (!kept || !smooth || !one->leg) {
        free(kept);
        free(smooth);
        return sw_error_set(error, SW_ERROR_MEMORY, "programme", NULL, "not enough memory");
    }
    find_corners(kept, curve);
    smooth_corners(smooth, smooth + curve->count, kept, curve);
    double from = curve->time[0], temperature = one->start = smooth[0];
    for (size_t row = 1; row < curve->count; row++)
        if (kept[row])
            add_legs_to(one, &from, &temperature, row, smooth[row]);
    free(kept);
    free(smooth);
    return SW_OK;
}

/* ---- one run --------------------------------------------------------------------------------- */

static sw_status load(sw_model **model, const sw_powder_fit *fit, const sw_powder_case *one,
                      const double *place, sw_error *error) {
    char text[SW_POWDER_FIT_FREE][SW_RANGE_TEXT];
    sw_setting all[SW_POWDER_FIT_SETTINGS + SW_POWDER_FIT_FREE];
    memcpy(all, one->setting, one->settings * sizeof *all);
    for (size_t k = 0; k < fit->frees; k++)
        all[one->settings + k] = sw_range_setting(text[k], fit->free[k].parameter,
                                                  sw_powder_free_value(&fit->free[k], place[k]));
    return sw_model_load(model, fit->model, all, one->settings + fit->frees, one->without,
                         one->withouts, error);
}

sw_status sw_powder_case_check(const sw_powder_fit *fit, const sw_powder_case *one,
                               sw_error *error) {
    double place[SW_POWDER_FIT_PLACES] = {0};
    sw_model *model = NULL;
    for (size_t k = 0; k < fit->frees; k++)
        place[k] = fit->free[k].start;
    sw_status status = load(&model, fit, one, place, error);
    sw_model_destroy(model);
    return status;
}

static sw_status observe(double *conversion, const sw_powder_case *one,
                         const sw_powder_model *model, sw_context *context, sw_error *error) {
    double zero = one->leg ? one->curve.time[0] : one->begin;
    sw_powder *powder = NULL;
    sw_powder_amounts amounts;
    sw_status status = sw_powder_create(&powder, model, error);
    for (size_t i = 0; i < one->first && status == SW_OK; i++)
        conversion[i] = 0;
    for (size_t i = one->first; i < one->curve.count && status == SW_OK; i++) {
        status = sw_powder_run(powder, fmax(one->curve.time[i] - zero, 0), error);
        if (status == SW_OK)
            status = sw_powder_observe(&amounts, powder, error);
        if (status == SW_OK)
            conversion[i] = amounts.conversion;
        if (status == SW_OK && sw_context_cancelled(context))
            status = SW_ERROR_CANCELLED;
    }
    sw_powder_destroy(powder);
    return status;
}

/* The programme with all temperatures `offset` higher, in a copy of the legs. A cold balance may be
 * below what the model knows; nothing happens there. */
static sw_status shift_temperature(sw_powder_model *powder, sw_powder_leg **leg, double offset) {
    *leg = sw_allocate(powder->legs, sizeof **leg);
    if (!*leg)
        return SW_ERROR_MEMORY;
    for (size_t i = 0; i < powder->legs; i++) {
        (*leg)[i] = powder->leg[i];
        (*leg)[i].temperature = fmax((*leg)[i].temperature + offset, SW_EQUILIBRIUM_LOWEST);
    }
    powder->leg = *leg;
    powder->run.temperature = fmax(powder->run.temperature + offset, SW_EQUILIBRIUM_LOWEST);
    return SW_OK;
}

sw_status sw_powder_case_run(double *conversion, const sw_powder_fit *fit,
                             const sw_powder_case *one, const double *place, sw_error *error) {
    sw_model *model = NULL;
    sw_status status = load(&model, fit, one, place, error);
    if (status != SW_OK)
        return status;
    sw_powder_model powder = *sw_model_powder(model);
    sw_powder_leg *leg = NULL;
    if (one->sample > 0)
        powder.feed.mass = one->sample;
    if (one->leg) {
        powder.leg = one->leg;
        powder.legs = one->legs;
        powder.run.temperature = one->start;
    }
    status = shift_temperature(&powder, &leg, fit->temperature_error > 0 ? place[fit->frees] : 0);
    if (status == SW_OK)
        status = observe(conversion, one, &powder, fit->context, error);
    free(leg);
    sw_model_destroy(model);
    return status;
}

/* ---- residuals ------------------------------------------------------------------------------- */

size_t sw_powder_fit_searched(const sw_powder_fit *fit) {
    return fit->frees + (fit->temperature_error > 0);
}

size_t sw_powder_fit_residual_count(const sw_powder_fit *fit) {
    return fit->points + (fit->temperature_error > 0) + (fit->mass_error > 0 ? fit->cases : 0);
}

/* Adds the constant to the residuals that makes their squares and its own least; returns its
 * residual. Conversion falls by offset / loss. */
static double fit_mass_offset(double *residual, double *offset, const sw_powder_fit *fit,
                              const sw_powder_case *one) {
    size_t count = one->curve.count - one->first;
    double sum = 0, scale = fit->noise * one->loss / fit->mass_error;
    for (size_t i = 0; i < count; i++)
        sum += residual[i];
    double constant = -sum / ((double)count + scale * scale);
    for (size_t i = 0; i < count; i++)
        residual[i] += constant;
    *offset = constant * one->loss;
    return scale * constant;
}

static void case_residuals(double *residual, sw_powder_fit *fit, const sw_powder_case *one,
                           const double *place) {
    double *conversion = sw_allocate(one->curve.count, sizeof *conversion);
    sw_error ignored = {0};
    sw_status status =
        conversion ? sw_powder_case_run(conversion, fit, one, place, &ignored) : SW_ERROR_MEMORY;
    atomic_fetch_add(&fit->runs, 1);
    if (status != SW_OK && status != SW_ERROR_CANCELLED)
        atomic_fetch_add(&fit->failed, 1);
    for (size_t i = one->first; i < one->curve.count; i++)
        *residual++ = status == SW_OK                ? one->measured[i] - conversion[i]
                      : status == SW_ERROR_CANCELLED ? (double)NAN
                                                     : 10;
    free(conversion);
}

void sw_powder_fit_residuals(double *residual, double *offset, sw_powder_fit *fit,
                             const double *place) {
    double own[SW_POWDER_FIT_CURVES];
    size_t at = 0, end = fit->points;
    for (size_t c = 0; c < fit->cases; c++) {
        const sw_powder_case *one = &fit->of[c];
        case_residuals(residual + at, fit, one, place);
        if (fit->mass_error > 0)
            residual[end++] =
                fit_mass_offset(residual + at, offset ? &offset[c] : &own[c], fit, one);
        at += one->curve.count - one->first;
    }
    if (fit->temperature_error > 0)
        residual[end] = fit->noise * place[fit->frees] / fit->temperature_error;
}
