/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nonlinear least squares (Levenberg and Marquardt with geodesic acceleration off, GSL) and its
 * intervals. */
#ifndef SPILLWAY_CURVES_LEAST_SQUARES_H
#define SPILLWAY_CURVES_LEAST_SQUARES_H

#include <spillway/base.h>

enum { SW_LEAST_SQUARES_PARAMETERS = 64 };

typedef struct sw_least_squares {
    size_t points, parameters;
    /* residual[points] of parameter[parameters]; may give values that are not finite, which end a
     * step */
    void (*residuals)(void *user, const double *parameter, double *residual);
    void *user;
    size_t most_steps; /* 0: 200 */
    double difference; /* step of slopes, relative to a parameter; 0: 1e-8, for exact residuals */
    bool one_sided;    /* slopes cost half as much and are less exact */
    double tolerance;  /* of steps and of the slope, relative; 0: 1e-8 */
} sw_least_squares;

typedef struct sw_least_squares_result {
    double parameter[SW_LEAST_SQUARES_PARAMETERS];
    double spread[SW_LEAST_SQUARES_PARAMETERS]; /* half-width of the 95 % interval, Student's t */
    double covariance[SW_LEAST_SQUARES_PARAMETERS][SW_LEAST_SQUARES_PARAMETERS];
    double sum;         /* of squares */
    double correlation; /* of neighbouring residuals; where positive, covariance is widened by it */
    double freedom;
    bool converged;
} sw_least_squares_result;

/* From *result->parameter. SW_ERROR_NUMERIC where the start has no finite residuals or the matrix
 * is singular. */
SW_MUST_USE sw_status sw_least_squares_fit(sw_least_squares_result *result,
                                           const sw_least_squares *problem, sw_error *error);

/* AICc and BIC of a fit by least squares with `parameters` and the noise as one more. */
double sw_akaike(double sum, double points, double parameters);
double sw_bayes(double sum, double points, double parameters);

/* A straight line by least squares: value at x = 0, slope, and standard errors. */
typedef struct sw_line {
    double intercept, slope, intercept_error, slope_error, rms;
    double freedom;
} sw_line;
sw_line sw_line_fit(const double *x, const double *y, size_t count);

#endif
