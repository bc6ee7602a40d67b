/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "curves/least_squares.h"

#include "base/memory.h"
#include "base/student.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_multifit_nlinear.h>
#include <math.h>
#include <stdlib.h>

/* ---- the problem in the words of GSL --------------------------------------------------------- */

typedef struct evaluation {
    const sw_least_squares *problem;
    double *residual; /* [points]: vectors of GSL may be columns of a matrix */
} evaluation;

static int evaluate(const gsl_vector *x, void *user, gsl_vector *f) {
    const evaluation *work = user;
    double parameter[SW_LEAST_SQUARES_PARAMETERS];
    for (size_t i = 0; i < work->problem->parameters; i++)
        parameter[i] = gsl_vector_get(x, i);
    work->problem->residuals(work->problem->user, parameter, work->residual);
    for (size_t i = 0; i < work->problem->points; i++) {
        if (!isfinite(work->residual[i]))
            return GSL_EDOM;
        gsl_vector_set(f, i, work->residual[i]);
    }
    return GSL_SUCCESS;
}

/* Residuals of neighbours are alike where the model misses the data: fewer are independent. */
static double neighbour_correlation(const gsl_vector *f) {
    double own = 0.0, both = 0.0;
    for (size_t i = 0; i < f->size; i++) {
        own += f->data[i] * f->data[i];
        both += i > 0 ? f->data[i] * f->data[i - 1] : 0.0;
    }
    return own > 0.0 ? both / own : 0.0;
}

static sw_status take_result(sw_least_squares_result *result, const sw_least_squares *problem,
                             gsl_multifit_nlinear_workspace *work) {
    size_t count = problem->parameters;
    const gsl_vector *f = gsl_multifit_nlinear_residual(work);
    gsl_matrix *covariance = gsl_matrix_alloc(count, count);
    if (covariance == NULL)
        return SW_ERROR_MEMORY;
    int failed = gsl_multifit_nlinear_covar(gsl_multifit_nlinear_jac(work), 1e-14, covariance);
    gsl_blas_ddot(f, f, &result->sum);
    result->freedom = (double)problem->points - (double)count;
    result->correlation = neighbour_correlation(f);
    double rho = fmin(fmax(result->correlation, 0.0), 0.95);
    double scale = result->sum / fmax(result->freedom, 1.0) * (1.0 + rho) / (1.0 - rho);
    double quantile = sw_student_t95(fmax(result->freedom * (1.0 - rho) / (1.0 + rho), 1.0));
    for (size_t i = 0; i < count; i++) {
        result->parameter[i] = gsl_vector_get(gsl_multifit_nlinear_position(work), i);
        for (size_t k = 0; k < count; k++)
            result->covariance[i][k] = scale * gsl_matrix_get(covariance, i, k);
        double variance = result->covariance[i][i];
        /* a column that the data do not determine is left out of the matrix, and as many points as
         * parameters tell no noise: no interval */
        result->spread[i] =
            failed || result->freedom < 1.0 || !(variance > 0.0 || result->sum == 0.0)
                ? INFINITY
                : quantile * sqrt(fmax(variance, 0.0));
    }
    gsl_matrix_free(covariance);
    return SW_OK;
}

static sw_status run(sw_least_squares_result *result, evaluation *work, sw_error *error) {
    const sw_least_squares *problem = work->problem;
    gsl_multifit_nlinear_parameters options = gsl_multifit_nlinear_default_parameters();
    gsl_multifit_nlinear_fdf fdf = {
        .f = evaluate, .n = problem->points, .p = problem->parameters, .params = work};
    options.fdtype =
        problem->one_sided ? GSL_MULTIFIT_NLINEAR_FWDIFF : GSL_MULTIFIT_NLINEAR_CTRDIFF;
    if (problem->difference > 0)
        options.h_df = problem->difference;
    double tolerance = problem->tolerance > 0 ? problem->tolerance : 1e-8;
    gsl_multifit_nlinear_workspace *space = gsl_multifit_nlinear_alloc(
        gsl_multifit_nlinear_trust, &options, problem->points, problem->parameters);
    if (space == NULL)
        return sw_error_set(error, SW_ERROR_MEMORY, "fit", NULL, "no memory for a fit");
    gsl_vector_view start = gsl_vector_view_array(result->parameter, problem->parameters);
    int info = 0, code = gsl_multifit_nlinear_init(&start.vector, &fdf, space);
    sw_status status = SW_OK;
    if (code == GSL_SUCCESS)
        code = gsl_multifit_nlinear_driver(problem->most_steps > 0 ? problem->most_steps : 200,
                                           tolerance, tolerance, 0.0, NULL, NULL, &info, space);
    else
        status =
            sw_error_set(error, SW_ERROR_NUMERIC, "fit",
                         "are all numbers of the file as they should be, and the guesses near?",
                         "the fit cannot begin: %s", gsl_strerror(code));
    result->converged = code == GSL_SUCCESS || code == GSL_ENOPROG;
    if (status == SW_OK)
        status = take_result(result, problem, space);
    gsl_multifit_nlinear_free(space);
    return status;
}

sw_status sw_least_squares_fit(sw_least_squares_result *result, const sw_least_squares *problem,
                               sw_error *error) {
    gsl_set_error_handler_off();
    if (problem->points < problem->parameters || problem->parameters > SW_LEAST_SQUARES_PARAMETERS)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "fit", "give more data",
                            "%zu points for %zu parameters", problem->points, problem->parameters);
    evaluation work = {problem, sw_allocate(problem->points, sizeof(double))};
    if (work.residual == NULL)
        return sw_error_set(error, SW_ERROR_MEMORY, "fit", NULL, "no memory for a fit");
    sw_status status = run(result, &work, error);
    free(work.residual);
    return status;
}

/* ---- statistics ------------------------------------------------------------------------------ */

double sw_akaike(double sum, double points, double parameters) {
    double k = parameters + 1.0;
    double small = points - k - 1.0 > 0.0 ? 2.0 * k * (k + 1.0) / (points - k - 1.0) : INFINITY;
    return points * log(fmax(sum, 1e-300) / points) + 2.0 * k + small;
}

double sw_bayes(double sum, double points, double parameters) {
    return points * log(fmax(sum, 1e-300) / points) + (parameters + 1.0) * log(points);
}

sw_line sw_line_fit(const double *x, const double *y, size_t count) {
    double n = (double)count, mean_x = 0.0, mean_y = 0.0, xx = 0.0, xy = 0.0, rest = 0.0;
    for (size_t i = 0; i < count; i++) {
        mean_x += x[i] / n;
        mean_y += y[i] / n;
    }
    for (size_t i = 0; i < count; i++) {
        xx += (x[i] - mean_x) * (x[i] - mean_x);
        xy += (x[i] - mean_x) * (y[i] - mean_y);
    }
    sw_line line = {.slope = xy / xx, .freedom = n - 2.0};
    line.intercept = mean_y - line.slope * mean_x;
    for (size_t i = 0; i < count; i++) {
        double off = y[i] - line.intercept - line.slope * x[i];
        rest += off * off;
    }
    double variance = n > 2.0 ? rest / (n - 2.0) : INFINITY;
    line.rms = sqrt(variance);
    line.slope_error = sqrt(variance / xx);
    line.intercept_error = sqrt(variance * (1.0 / n + mean_x * mean_x / xx));
    return line;
}
