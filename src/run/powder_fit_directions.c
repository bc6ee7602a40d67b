/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which combinations of the parameters the data determine: the sum of squares about the best set,
 * its axes, and what the offsets of the instrument are known to. */
#include "run/powder_fit.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "base/student.h"
#include "curves/columns.h"

#include <gsl/gsl_eigen.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PLACES = SW_POWDER_FIT_PLACES, FREES = SW_POWDER_FIT_FREE };

#define STEP 0.01 /* of a place, for slopes */
#define KELVIN 1.0
#define CORRELATED 0.9
#define LOOSE 10.0 /* an axis so much longer than the shortest is spoken of */

/* ---- slopes ---------------------------------------------------------------------------------- */

typedef struct sloping {
    sw_powder_fit *fit;
    const sw_powder_best *best;
    size_t rows;
    double at[2 * PLACES]; /* the coordinate that is changed */
    double *residual;      /* [2 searched][rows] */
    double offset[2 * PLACES][SW_POWDER_FIT_CURVES];
} sloping;

static sw_status run_some(void *user, size_t first, size_t end, int worker) {
    sloping *work = user;
    (void)worker;
    for (size_t i = first; i < end; i++) {
        double place[PLACES], step = i % 2 == 1 ? 1 : -1;
        size_t k = i / 2;
        memcpy(place, work->best->place, sizeof place);
        place[k] = k < work->fit->frees ? fmin(fmax(place[k] + step * STEP, 0), 1)
                                        : place[k] + step * KELVIN;
        work->at[i] = place[k];
        sw_powder_fit_residuals(work->residual + i * work->rows, work->offset[i], work->fit, place);
    }
    return SW_OK;
}

/* How much ln(parameter), or the place where a range goes down to 0, changes with the place. */
static double stretch_of(const sw_powder_free *one, double place, bool *logarithm) {
    *logarithm = one->parameter->low > 0;
    if (!*logarithm)
        return 1;
    double low = sw_powder_free_value(one, place - STEP / 2);
    double high = sw_powder_free_value(one, place + STEP / 2);
    double width = fmin(place + STEP / 2, 1) - fmax(place - STEP / 2, 0);
    return log(high / low) / width;
}

/* J' J in ln(parameter) and K, and slopes of the offsets of the mass. */
typedef struct quadratic {
    double hessian[PLACES][PLACES], slope[SW_POWDER_FIT_CURVES][PLACES], stretch[PLACES];
} quadratic;

static void fill_quadratic(quadratic *made, const sloping *work, size_t searched) {
    double width[PLACES];
    for (size_t k = 0; k < searched; k++)
        width[k] = (work->at[2 * k + 1] - work->at[2 * k]) * made->stretch[k];
    for (size_t a = 0; a < searched; a++) {
        for (size_t c = 0; c < work->fit->cases; c++)
            made->slope[c][a] = (work->offset[2 * a + 1][c] - work->offset[2 * a][c]) / width[a];
        for (size_t b = 0; b < searched; b++) {
            const double *r = work->residual + 2 * a * work->rows;
            const double *s = work->residual + 2 * b * work->rows;
            double sum = 0;
            for (size_t i = 0; i < work->rows; i++)
                sum += (r[work->rows + i] - r[i]) * (s[work->rows + i] - s[i]);
            made->hessian[a][b] = sum / (width[a] * width[b]);
        }
    }
}

static sw_status find_quadratic(quadratic *made, sw_powder_directions *directions,
                                sw_powder_fit *fit, const sw_powder_best *best) {
    size_t searched = sw_powder_fit_searched(fit);
    sloping *work = sw_allocate(1, sizeof *work);
    sw_status status = work ? SW_OK : SW_ERROR_MEMORY;
    if (status == SW_OK) {
        *work = (sloping){.fit = fit, .best = best, .rows = sw_powder_fit_residual_count(fit)};
        work->residual = sw_allocate(2 * searched * work->rows, sizeof(double));
        status = work->residual ? SW_OK : SW_ERROR_MEMORY;
    }
    for (size_t k = 0; k < fit->frees; k++)
        made->stretch[k] = stretch_of(&fit->free[k], best->place[k], &directions->logarithm[k]);
    made->stretch[fit->frees] = 1;
    if (status == SW_OK)
        status = sw_parallel(fit->context, 2 * searched, 1, run_some, work);
    if (status == SW_OK)
        fill_quadratic(made, work, searched);
    if (work)
        free(work->residual);
    free(work);
    return status;
}

/* ---- axes ------------------------------------------------------------------------------------ */

typedef struct matrices {
    gsl_matrix *whole, *frees, *vectors;
    gsl_vector *values;
    gsl_eigen_symmv_workspace *space;
} matrices;

static sw_status open_matrices(matrices *work, size_t searched, size_t frees) {
    work->whole = gsl_matrix_alloc(searched, searched);
    work->frees = gsl_matrix_alloc(frees, frees);
    work->vectors = gsl_matrix_alloc(frees, frees);
    work->values = gsl_vector_alloc(frees);
    work->space = gsl_eigen_symmv_alloc(frees);
    bool made = work->whole && work->frees && work->vectors && work->values && work->space;
    return made ? SW_OK : SW_ERROR_MEMORY;
}

static void close_matrices(matrices *work) {
    gsl_matrix_free(work->whole);
    gsl_matrix_free(work->frees);
    gsl_matrix_free(work->vectors);
    gsl_vector_free(work->values);
    if (work->space)
        gsl_eigen_symmv_free(work->space);
}

/* Half of the range of a parameter in its coordinate. */
static double half_range(const sw_powder_fit *fit, const sw_powder_directions *directions,
                         size_t k) {
    const sw_parameter *parameter = fit->free[k].parameter;
    return directions->logarithm[k] ? log(parameter->high / parameter->low) / 2 : 0.5;
}

/* Covariance of all that is searched. The ranges, as if each were the deviation of a parameter,
 * keep it finite where the data say nothing. */
static void find_covariance(sw_powder_directions *directions, matrices *work, const quadratic *made,
                            const sw_powder_fit *fit, double noise) {
    size_t searched = sw_powder_fit_searched(fit);
    for (size_t a = 0; a < searched; a++)
        for (size_t b = 0; b < searched; b++) {
            double held =
                a == b && a < fit->frees ? pow(noise / (2 * half_range(fit, directions, a)), 2) : 0;
            gsl_matrix_set(work->whole, a, b, made->hessian[a][b] + held);
        }
    if (gsl_linalg_cholesky_decomp1(work->whole) != 0 ||
        gsl_linalg_cholesky_invert(work->whole) != 0)
        return;
    gsl_matrix_scale(work->whole, noise * noise);
    for (size_t a = 0; a < fit->frees; a++)
        for (size_t b = 0; b < fit->frees; b++)
            directions->correlation[a][b] =
                gsl_matrix_get(work->whole, a, b) /
                sqrt(gsl_matrix_get(work->whole, a, a) * gsl_matrix_get(work->whole, b, b));
    directions->count = fit->frees;
}

static void find_offsets(sw_powder_directions *directions, const matrices *work,
                         const quadratic *made, sw_powder_fit *fit, double quantile) {
    size_t searched = sw_powder_fit_searched(fit);
    if (fit->temperature_error > 0)
        directions->temperature_spread =
            quantile * sqrt(gsl_matrix_get(work->whole, fit->frees, fit->frees));
    for (size_t c = 0; c < fit->cases && fit->mass_error > 0; c++) {
        const sw_powder_case *one = &fit->of[c];
        double rows = (double)(one->curve.count - one->first);
        double held = fit->noise * one->loss / fit->mass_error;
        double variance = pow(fit->noise * one->loss, 2) / (rows + held * held);
        for (size_t a = 0; a < searched; a++)
            for (size_t b = 0; b < searched; b++)
                variance +=
                    made->slope[c][a] * made->slope[c][b] * gsl_matrix_get(work->whole, a, b);
        directions->mass_spread[c] = quantile * sqrt(variance);
    }
}

/* Of the free parameters with the temperature fitted along: its row and column are eliminated. */
static void find_axes(sw_powder_directions *directions, matrices *work, const quadratic *made,
                      const sw_powder_fit *fit, double half_width) {
    size_t n = fit->frees, t = n;
    bool along = fit->temperature_error > 0;
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++)
            gsl_matrix_set(
                work->frees, a, b,
                made->hessian[a][b] -
                    (along ? made->hessian[a][t] * made->hessian[t][b] / made->hessian[t][t] : 0));
    gsl_eigen_symmv(work->frees, work->values, work->vectors, work->space);
    gsl_eigen_symmv_sort(work->values, work->vectors, GSL_EIGEN_SORT_VAL_DESC);
    for (size_t i = 0; i < n; i++) {
        double largest = 0;
        for (size_t k = 0; k < n; k++)
            if (fabs(gsl_matrix_get(work->vectors, k, i)) > fabs(largest))
                largest = gsl_matrix_get(work->vectors, k, i);
        directions->extent[i] = 0;
        for (size_t k = 0; k < n; k++) {
            directions->axis[i][k] = gsl_matrix_get(work->vectors, k, i) / largest;
            directions->extent[i] += fabs(directions->axis[i][k]) * half_range(fit, directions, k);
        }
        directions->spread[i] =
            half_width / sqrt(fmax(gsl_vector_get(work->values, i), 1e-300)) / fabs(largest);
    }
}

sw_status sw_powder_directions_find(sw_powder_directions *directions, sw_powder_fit *fit,
                                    const sw_powder_best *best, sw_error *error) {
    quadratic made = {.stretch = {0}};
    matrices work = {0};
    *directions = (sw_powder_directions){.temperature_spread = (double)NAN};
    for (size_t c = 0; c < fit->cases; c++)
        directions->mass_spread[c] = (double)NAN;
    double *residual = sw_allocate(sw_powder_fit_residual_count(fit), sizeof *residual);
    sw_status status = residual ? SW_OK : SW_ERROR_MEMORY;
    if (status == SW_OK && !sw_context_cancelled(fit->context))
        sw_powder_fit_residuals(residual, directions->mass, fit, best->place);
    free(residual);
    if (status == SW_OK)
        status = find_quadratic(&made, directions, fit, best);
    if (status == SW_OK)
        status = open_matrices(&work, sw_powder_fit_searched(fit), fit->frees);
    if (status == SW_OK) {
        double rho = sw_powder_fit_likeness(fit, &best->result);
        double noise = sw_powder_fit_noise(fit, &best->result);
        double quantile = sw_student_t95(fmax(best->result.freedom * (1 - rho) / (1 + rho), 1));
        find_covariance(directions, &work, &made, fit, noise);
        if (directions->count > 0) {
            find_offsets(directions, &work, &made, fit, quantile);
            find_axes(directions, &work, &made, fit, quantile * noise);
        }
    }
    close_matrices(&work);
    if (status == SW_ERROR_MEMORY)
        return sw_error_set(error, status, "fit", NULL, "not enough memory");
    return status == SW_ERROR_CANCELLED ? SW_OK : status;
}

/* ---- in words -------------------------------------------------------------------------------- */

/* "oxide_size * stagnant^0.61 / neck^0.2"; exponents below 0.05 are left out. */
static void write_axis(char text[256], const sw_powder_fit *fit,
                       const sw_powder_directions *directions, size_t axis) {
    size_t used = 0;
    text[0] = '\0';
    for (int below = 0; below < 2; below++)
        for (size_t k = 0; k < fit->frees; k++) {
            double power = directions->axis[axis][k];
            if (fabs(power) < 0.05 || (power < 0) != (below == 1) || used > 200)
                continue;
            const char *sign = below ? " / " : used > 0 ? " * " : "";
            used += (size_t)snprintf(text + used, 256 - used, "%s%.60s", sign,
                                     fit->free[k].parameter->name);
            if (fabs(fabs(power) - 1) > 0.005)
                used += (size_t)snprintf(text + used, 256 - used, "^%.2g", fabs(power));
        }
}

/* "to 1.2 %", of a product; a wide one by its factor. */
static void write_spread(char text[64], const sw_powder_directions *directions, size_t axis) {
    double spread = directions->spread[axis];
    if (spread >= directions->extent[axis])
        snprintf(text, 64, "not at all within the ranges");
    else if (spread < 0.5)
        snprintf(text, 64, "to %.2g %%", 100 * expm1(spread));
    else
        snprintf(text, 64, "to a factor of %.2g", exp(spread));
}

static sw_status note_correlations(sw_measurement *out, const sw_powder_fit *fit,
                                   const sw_powder_directions *directions) {
    sw_status status = SW_OK;
    for (size_t a = 0; a < fit->frees && status == SW_OK; a++)
        for (size_t b = a + 1; b < fit->frees && status == SW_OK; b++)
            if (fabs(directions->correlation[a][b]) > CORRELATED)
                status = sw_measurement_note(
                    out, "%s and %s correlate by %.3f.", fit->free[a].parameter->name,
                    fit->free[b].parameter->name, directions->correlation[a][b]);
    return status;
}

static sw_status note_axes(sw_measurement *out, const sw_powder_fit *fit,
                           const sw_powder_directions *directions) {
    char first[256], last[256], known[64], loose[64];
    size_t n = fit->frees - 1;
    bool words = true, correlated = false;
    for (size_t a = 0; a < fit->frees; a++) {
        words = words && directions->logarithm[a];
        for (size_t b = 0; b < a; b++)
            correlated = correlated || fabs(directions->correlation[a][b]) > CORRELATED;
    }
    bool wide = directions->spread[n] > LOOSE * directions->spread[0];
    if (!words || !(correlated || wide))
        return SW_OK;
    write_axis(first, fit, directions, 0);
    write_axis(last, fit, directions, n);
    write_spread(known, directions, 0);
    write_spread(loose, directions, n);
    return sw_measurement_note(out,
                               "Together: the data determine %s %s, and %s %s (95 %%, to first "
                               "order).",
                               first, known, last, loose);
}

static sw_status add_axis_table(sw_measurement *out, const sw_powder_fit *fit,
                                const sw_powder_directions *directions) {
    char text[FREES][256];
    const char *texts[FREES];
    double number[FREES][FREES], spread[FREES];
    sw_column columns[FREES + 3] = {{"combination", "", NULL, texts}};
    for (size_t i = 0; i < fit->frees; i++) {
        write_axis(text[i], fit, directions, i);
        texts[i] = text[i];
        spread[i] = directions->spread[i];
        for (size_t k = 0; k < fit->frees; k++)
            number[k][i] = directions->axis[i][k];
    }
    columns[1] = (sw_column){"half-width", "", spread, NULL};
    for (size_t k = 0; k < fit->frees; k++)
        columns[2 + k] = (sw_column){fit->free[k].parameter->name, "", number[k], NULL};
    return sw_add_columns(out, "combinations", columns, fit->frees);
}

static sw_status add_offsets(sw_measurement *out, const sw_powder_fit *fit,
                             const sw_powder_best *best, const sw_powder_directions *directions) {
    sw_status status = SW_OK;
    double quantile = SW_NORMAL_95;
    if (fit->temperature_error > 0)
        status = sw_add_spread(out, "temperature offset", best->place[fit->frees],
                               directions->temperature_spread, "K",
                               "of the sample over the thermometer, all curves");
    if (status == SW_OK && directions->temperature_spread > 0.9 * quantile * fit->temperature_error)
        status = sw_measurement_note(out,
                                     "The data say nothing of the temperature's offset beyond "
                                     "--temperature-error (%g K).",
                                     fit->temperature_error);
    for (size_t c = 0; c < fit->cases && fit->mass_error > 0 && status == SW_OK; c++) {
        char name[64];
        snprintf(name, sizeof name, fit->cases > 1 ? "mass offset %zu" : "mass offset", c + 1);
        status =
            sw_add_spread(out, name, 100 * directions->mass[c], 100 * directions->mass_spread[c],
                          "%", "of the starting mass, read too much from hydrogen on");
    }
    return status;
}

sw_status sw_powder_directions_report(sw_measurement *out, const sw_powder_fit *fit,
                                      const sw_powder_best *best,
                                      const sw_powder_directions *directions) {
    sw_status status = add_offsets(out, fit, best, directions);
    if (status != SW_OK || directions->count < 2)
        return status;
    status = note_correlations(out, fit, directions);
    if (status == SW_OK)
        status = note_axes(out, fit, directions);
    return status == SW_OK ? add_axis_table(out, fit, directions) : status;
}
