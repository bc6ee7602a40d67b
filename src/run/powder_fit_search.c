/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Least squares and profile likelihood. The coordinate of the search is 10 + acos(1 - 2 place)/pi:
 * every value of it is a place within the range, and steps relative to it are nearly the same
 * everywhere. That of the temperature's offset is 10 + offset / 400 K: slopes are taken over 2 K.
 */
#include "run/powder_fit.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "base/student.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ORIGIN 10.0
#define DIFFERENCE 5e-4 /* of the coordinate: the integrator's error is far below what it changes */
#define TOLERANCE 1e-5  /* of the search */
#define EDGE 0.02       /* a search does not begin nearer to an end: there the slope is nothing */

#define KELVINS 400.0 /* of offset a unit of its coordinate */

enum { ALL = SW_POWDER_FIT_PLACES }; /* no parameter is held */

static double to_place(double coordinate) {
    return (1 - cos(acos(-1.0) * (coordinate - ORIGIN))) / 2;
}

static double to_coordinate(double place) {
    return ORIGIN + acos(1 - 2 * fmin(fmax(place, EDGE), 1 - EDGE)) / acos(-1.0);
}

/* ---- least squares --------------------------------------------------------------------------- */

typedef struct search {
    sw_powder_fit *fit;
    size_t fixed; /* or ALL */
    double place[SW_POWDER_FIT_PLACES];
    double met[SW_POWDER_FIT_PLACES], met_sum; /* the best set of all that were tried */
    size_t runs;
    bool speaks; /* tells its progress */
} search;

static void places_of(double *place, const search *work, const double *coordinate) {
    size_t frees = work->fit->frees, searched = sw_powder_fit_searched(work->fit);
    for (size_t k = 0, at = 0; k < searched; k++)
        if (k == work->fixed)
            place[k] = work->place[k];
        else
            place[k] =
                k < frees ? to_place(coordinate[at++]) : KELVINS * (coordinate[at++] - ORIGIN);
}

static double sum_of_squares(const double *residual, size_t count) {
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += residual[i] * residual[i];
    return isnan(sum) ? (double)INFINITY : sum;
}

static void residuals(void *user, const double *coordinate, double *residual) {
    search *work = user;
    double place[SW_POWDER_FIT_PLACES];
    places_of(place, work, coordinate);
    sw_powder_fit_residuals(residual, NULL, work->fit, place);
    double sum = sum_of_squares(residual, sw_powder_fit_residual_count(work->fit));
    if (sum < work->met_sum) {
        work->met_sum = sum;
        memcpy(work->met, place, sizeof place);
    }
    work->runs++;
    if (work->speaks)
        sw_progress(work->fit->context, fmin(0.005 * (double)work->runs, 0.3),
                    "least squares, %zu runs of the model", work->runs);
}

static sw_status run_search(sw_least_squares_result *result, search *work, sw_error *error) {
    sw_powder_fit *fit = work->fit;
    const size_t searched = sw_powder_fit_searched(fit);
    const sw_least_squares problem = {.points = sw_powder_fit_residual_count(fit),
                                      .parameters = searched - (work->fixed != ALL),
                                      .residuals = residuals,
                                      .user = work,
                                      .most_steps = work->fixed == ALL ? 30 : 10,
                                      .difference = DIFFERENCE,
                                      .one_sided = work->fixed != ALL,
                                      .tolerance = TOLERANCE};
    work->met_sum = (double)INFINITY;
    for (size_t k = 0, at = 0; k < searched; k++)
        if (k != work->fixed)
            result->parameter[at++] =
                k < fit->frees ? to_coordinate(work->place[k]) : ORIGIN + work->place[k] / KELVINS;
    sw_status status = sw_least_squares_fit(result, &problem, error);
    if (status == SW_OK)
        places_of(work->place, work, result->parameter);
    return status;
}

static double sum_at(sw_powder_fit *fit, const double *place) {
    size_t count = sw_powder_fit_residual_count(fit);
    double *residual = sw_allocate(count, sizeof *residual);
    if (!residual)
        return (double)INFINITY;
    sw_powder_fit_residuals(residual, NULL, fit, place);
    double sum = sum_of_squares(residual, count);
    free(residual);
    return sum;
}

/* Radical inverse: points of Halton's sequence fill the ranges evenly. */
static double halton(size_t index, size_t dimension) {
    static const size_t primes[SW_POWDER_FIT_FREE] = {2, 3, 5, 7, 11, 13, 17, 19};
    double value = 0, part = 1;
    for (size_t base = primes[dimension]; index > 0; index /= base) {
        part /= (double)base;
        value += part * (double)(index % base);
    }
    return value;
}

typedef struct scanning {
    sw_powder_fit *fit;
    double *sum;
} scanning;

static void scan_place(double *place, const sw_powder_fit *fit, size_t index) {
    for (size_t k = 0; k < fit->frees; k++)
        place[k] = index == 0 ? fit->free[k].start : halton(index, k);
    place[fit->frees] = 0;
}

static sw_status scan_some(void *user, size_t first, size_t end, int worker) {
    scanning *work = user;
    double place[SW_POWDER_FIT_PLACES];
    (void)worker;
    for (size_t i = first; i < end; i++) {
        scan_place(place, work->fit, i);
        work->sum[i] = sum_at(work->fit, place);
    }
    return SW_OK;
}

/* *sum is infinite where no set could be run. */
static sw_status scan_ranges(double *place, double *sum, sw_powder_fit *fit, size_t scan) {
    scanning work = {fit, sw_allocate(scan + 1, sizeof(double))};
    size_t best = 0;
    if (!work.sum)
        return SW_ERROR_MEMORY;
    for (size_t i = 0; i <= scan; i++)
        work.sum[i] = (double)INFINITY;
    sw_progress(fit->context, 0, "looks over the ranges, %zu runs of the model", scan + 1);
    sw_status status = sw_parallel(fit->context, scan + 1, 1, scan_some, &work);
    for (size_t i = 1; i <= scan; i++)
        if (work.sum[i] < work.sum[best])
            best = i;
    scan_place(place, fit, best);
    *sum = work.sum[best];
    free(work.sum);
    return status;
}

/* After an interrupt: the best set that was met, with nothing that needs a finished fit. */
static sw_status take_met(sw_powder_best *best, const sw_powder_fit *fit, const double *place,
                          double sum, sw_error *error) {
    if (!isfinite(sum))
        return sw_error_set(error, SW_ERROR_CANCELLED, "fit", NULL,
                            "stopped before anything was fitted");
    *best = (sw_powder_best){.result = {.sum = sum, .correlation = (double)NAN}};
    best->result.freedom =
        (double)sw_powder_fit_residual_count(fit) - (double)sw_powder_fit_searched(fit);
    memcpy(best->place, place, sizeof best->place);
    for (size_t k = 0; k < fit->frees; k++)
        best->spread[k] = (double)INFINITY;
    return SW_OK;
}

sw_status sw_powder_fit_from(sw_powder_best *best, sw_powder_fit *fit, const double *place,
                             sw_error *error) {
    search work = {.fit = fit, .fixed = ALL, .speaks = true};
    memcpy(work.place, place, sizeof work.place);
    sw_status status = run_search(&best->result, &work, error);
    if (sw_context_cancelled(fit->context) && status != SW_OK)
        return take_met(best, fit, work.met, work.met_sum, error);
    for (size_t k = 0; k < fit->frees && status == SW_OK; k++) {
        double slope = acos(-1.0) / 2 * sin(acos(-1.0) * (best->result.parameter[k] - ORIGIN));
        best->spread[k] = fabs(slope) * best->result.spread[k];
    }
    if (status == SW_OK)
        memcpy(best->place, work.place, sizeof best->place);
    return status;
}

sw_status sw_powder_fit_find(sw_powder_best *best, sw_powder_fit *fit, size_t scan,
                             sw_error *error) {
    double place[SW_POWDER_FIT_PLACES], sum;
    sw_status status = scan_ranges(place, &sum, fit, scan);
    if (status == SW_ERROR_CANCELLED)
        return take_met(best, fit, place, sum, error);
    if (status == SW_OK)
        status = sw_powder_fit_from(best, fit, place, error);
    return sw_context_cancelled(fit->context) && status == SW_ERROR_CANCELLED
               ? take_met(best, fit, place, sum, error)
               : status;
}

static double least_sum(const sw_powder_fit *fit) {
    return (double)fit->points * SW_POWDER_MODEL_ERROR * SW_POWDER_MODEL_ERROR;
}

double sw_powder_fit_likeness(const sw_powder_fit *fit, const sw_least_squares_result *result) {
    return result->sum > least_sum(fit) ? fmin(fmax(result->correlation, 0), 0.95) : 0;
}

double sw_powder_fit_noise(const sw_powder_fit *fit, const sw_least_squares_result *result) {
    double rho = sw_powder_fit_likeness(fit, result);
    double square = fmax(result->sum, least_sum(fit)) / fmax(result->freedom, 1);
    return sqrt(square * (1 + rho) / (1 - rho));
}

sw_status sw_powder_fit_refit(double *sum, double *place, sw_powder_fit *fit, size_t fixed) {
    search work = {.fit = fit, .fixed = fixed};
    sw_error ignored = {0};
    sw_status status = SW_OK;
    memcpy(work.place, place, sizeof work.place);
    *sum = (double)INFINITY;
    if (sw_powder_fit_searched(fit) == 1) {
        *sum = sum_at(fit, place);
    } else {
        sw_least_squares_result *result = sw_allocate(1, sizeof *result);
        status = result ? run_search(result, &work, &ignored) : SW_ERROR_MEMORY;
        if (status == SW_OK)
            *sum = result->sum;
        free(result);
        memcpy(place, work.place, sizeof work.place);
    }
    if (sw_context_cancelled(fit->context))
        return SW_ERROR_CANCELLED;
    return status == SW_ERROR_MEMORY ? status : SW_OK;
}

/* ---- profiles -------------------------------------------------------------------------------- */

typedef struct profiling {
    sw_powder_fit *fit;
    const sw_powder_best *best;
    sw_powder_profiles *found;
    double met[2 * SW_POWDER_FIT_FREE][SW_POWDER_FIT_PLACES]; /* the best places of each side */
    double met_sum[2 * SW_POWDER_FIT_FREE];
    atomic_size_t steps;
} profiling;

/* Where the sum passes the limit: its root is nearly straight against the place. */
static double crossing(double limit, double least, double inner, double inner_sum, double outer,
                       double outer_sum) {
    double a = sqrt(fmax(inner_sum - least, 0)), b = sqrt(fmax(outer_sum - least, 0));
    double wanted = sqrt(limit - least);
    if (!(b > a) || !isfinite(b))
        return (inner + outer) / 2;
    return inner + (outer - inner) * (wanted - a) / (b - a);
}

/* One more point of a side, the other parameters from *place, which is left at theirs. */
static sw_status add_point(profiling *work, size_t task, double at, double *place) {
    size_t k = task / 2;
    sw_powder_side *side = &work->found->side[k][task % 2];
    double trial[SW_POWDER_FIT_PLACES], sum;
    memcpy(trial, place, sizeof trial);
    trial[k] = at;
    sw_status status = sw_powder_fit_refit(&sum, trial, work->fit, k);
    if (status != SW_OK)
        return status;
    side->place[side->count] = at;
    side->sum[side->count++] = sum;
    if (isfinite(sum))
        memcpy(place, trial, sizeof trial);
    if (sum < work->met_sum[task]) {
        work->met_sum[task] = sum;
        memcpy(work->met[task], trial, sizeof trial);
    }
    size_t steps = atomic_fetch_add(&work->steps, 1) + 1, expected = 10 * work->fit->frees;
    sw_progress(work->fit->context, 0.3 + 0.7 * fmin((double)steps / (double)expected, 0.99),
                "profiles, %zu points", steps);
    return SW_OK;
}

/* Between the last two points, then once between the nearest two around it. */
static sw_status close_side(profiling *work, size_t task, double inner, double inner_sum,
                            double outer, double outer_sum, double *place) {
    sw_powder_side *side = &work->found->side[task / 2][task % 2];
    double limit = work->found->limit, least = work->found->least;
    double middle = crossing(limit, least, inner, inner_sum, outer, outer_sum);
    sw_status status = add_point(work, task, middle, place);
    if (status != SW_OK)
        return status;
    double sum = side->sum[side->count - 1];
    side->closed = side->done = true;
    side->end = sum > limit ? crossing(limit, least, inner, inner_sum, middle, sum)
                            : crossing(limit, least, middle, sum, outer, outer_sum);
    return SW_OK;
}

static sw_status walk(profiling *work, size_t task) {
    size_t k = task / 2;
    bool up = task % 2 == 1;
    sw_powder_side *side = &work->found->side[k][task % 2];
    double place[SW_POWDER_FIT_PLACES], end = up ? 1 : 0, at = work->best->place[k];
    double sum = work->best->result.sum, step = 0.7 * fmin(fmax(work->best->spread[k], 5e-3), 0.3);
    memcpy(place, work->best->place, sizeof place);
    work->met_sum[task] = (double)INFINITY;
    side->end = end;
    if (!isfinite(step))
        step = 0.2;
    while (at != end && side->count + 2 < SW_POWDER_PROFILE_POINTS) {
        double next = up ? fmin(at + step, 1) : fmax(at - step, 0), before[SW_POWDER_FIT_PLACES];
        if (fabs(next - end) < 0.3 * step || side->count + 3 == SW_POWDER_PROFILE_POINTS)
            next = end;
        memcpy(before, place, sizeof before);
        sw_status status = add_point(work, task, next, place);
        if (status != SW_OK)
            return status;
        double found = side->sum[side->count - 1];
        if (found > work->found->limit)
            return close_side(work, task, at, sum, next, found, before);
        at = next;
        sum = found;
        step *= 1.5;
    }
    side->done = true;
    return SW_OK;
}

static sw_status walk_some(void *user, size_t first, size_t end, int worker) {
    sw_status status = SW_OK;
    (void)worker;
    for (size_t task = first; task < end && status == SW_OK; task++)
        status = walk(user, task);
    return status;
}

/* F(1, n) = t(n) squared; neighbours that are alike count for fewer points. */
static void set_limit(sw_powder_profiles *profiles, const sw_powder_fit *fit,
                      const sw_least_squares_result *result) {
    double rho = sw_powder_fit_likeness(fit, result);
    double noise = sw_powder_fit_noise(fit, result);
    double quantile = sw_student_t95(fmax(result->freedom * (1 - rho) / (1 + rho), 1));
    profiles->least = result->sum;
    profiles->limit = result->sum + noise * noise * quantile * quantile;
}

sw_status sw_powder_profiles_find(sw_powder_profiles *profiles, sw_powder_fit *fit,
                                  const sw_powder_best *best, sw_error *error) {
    profiling *work = sw_allocate(1, sizeof *work);
    if (!work)
        return sw_error_set(error, SW_ERROR_MEMORY, "profiles", NULL, "not enough memory");
    *work = (profiling){.fit = fit, .best = best, .found = profiles};
    set_limit(profiles, fit, &best->result);
    profiles->better_sum = (double)INFINITY;
    sw_status status = sw_parallel(fit->context, 2 * fit->frees, 1, walk_some, work);
    for (size_t task = 0; task < 2 * fit->frees; task++) {
        const sw_powder_side *side = &profiles->side[task / 2][task % 2];
        if (side->count == 0 || work->met_sum[task] >= profiles->better_sum)
            continue;
        profiles->better_sum = work->met_sum[task];
        memcpy(profiles->better, work->met[task], sizeof profiles->better);
    }
    free(work);
    return status == SW_ERROR_CANCELLED ? SW_OK : status;
}
